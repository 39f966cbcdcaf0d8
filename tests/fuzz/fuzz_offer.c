/*
 * Offers and answers of others, as texts, at a phone that seals its media, has
 * ICE, extended reports, TCP, or nothing of that: what
 * it answers can be read, has a line for each of the offer's, and a key where a
 * stream is secret; what is no answer to its own offer leaves no stream with a
 * key.  The first octet says what the phone is like; a NUL parts an offer from
 * an answer.
 */
#include "fuzz.h"

#include "base/err.h"
#include "sip/sdp_crypto.h"
#include "sip/sdp_ice.h"

#include <string.h>

static void
draw(void *arg, uint8_t *octets, size_t n)
{
	unsigned *drawn = arg;

	memset(octets, (int)++*drawn, n);
}

/* Every stream of S that is agreed and secret has keys, all others none. */
static void
want_keys(const struct sip_sdp_session *s)
{
	for (size_t i = 0; i < s->nplaces; i++) {
		const struct sip_sdp_place *p = &s->places[i];
		bool secret = p->own && sip_sdp_profile(str_of(p->proto)) ==
					    SIP_SDP_SECRET;

		fuzz_want(!secret || (p->crypto != NULL && p->crypto->agreed));
		fuzz_want(p->ice == NULL || !p->ice->agreed ||
			  (p->ice->theirs.ncandidates <= SIP_SDP_CANDIDATES &&
			      p->ice->theirs.ufrag[0] != '\0'));
	}
}

static void
answer_it(
    struct sip_sdp_session *s, const struct sip_sdp_terms *t, struct str offer)
{
	LOCAL_BUF out = BUF_INIT;
	struct msg_sdp theirs, ours;
	const char *text;
	int err;

	sip_sdp_judge(t->can, s->nagreed, offer, &text);
	err = sip_sdp_write_answer(s, t, offer, &out);
	fuzz_want(msg_sdp_read(&ours, buf_view(&out), NULL) == 0);
	fuzz_want(
	    err == ERR_SYNTAX || (msg_sdp_read(&theirs, offer, NULL) == 0 &&
				     theirs.nmedia == ours.nmedia));
	if (err == 0)
		want_keys(s);
}

static void
take_answer(
    struct sip_sdp_session *s, const struct sip_sdp_terms *t, struct str answer)
{
	enum msg_sdp_direction ways[2];
	LOCAL_BUF out = BUF_INIT;
	enum sip_sdp_fit fit;
	struct msg_sdp sdp;

	if (sip_sdp_write_offer(s, t, &out) == 0) {
		bool good = msg_sdp_read(&sdp, answer, NULL) == 0;

		fit = sip_sdp_judge_answer(s, good ? &sdp : NULL, ways);
		fuzz_want(s->fault == SDES_NONE || fit == SIP_SDP_UNFIT);
		sip_sdp_preview(s, answer);
		if (sip_sdp_agree(s, answer))
			want_keys(s);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct sip_sdp_ports ports = { 0 };
	struct sip_sdp_session s = { .ports = &ports };
	struct sip_sdp_can can;
	unsigned drawn = 0;
	struct sip_sdp_terms t = { .user = "bob",
		.id = 7,
		.sends = true,
		.receives = true,
		.can = &can,
		.draw = draw,
		.draw_arg = &drawn };
	struct str offer, answer;

	if (n == 0)
		return 0;
	sip_sdp_can_read(&can, NULL, "audio video");
	can.secrecy = (enum sip_sdp_secrecy)(bytes[0] % 3);
	can.ice = (enum sip_sdp_ice_part)(bytes[0] / 3 % 3);
	can.wire = (struct sip_sdp_wire){ .mux = bytes[0] / 9 % 2 != 0,
		.metrics = bytes[0] / 18 % 2 != 0,
		.framed = bytes[0] / 36 % 2 != 0,
		.setup = (enum sip_sdp_setup)(bytes[0] / 72 % 3) };
	addr_parse(STR("192.0.2.3"), &t.addr);
	offer = str_cut(
	    (struct str){ (const char *)bytes + 1, n - 1 }, '\0', &answer);
	answer_it(&s, &t, offer);
	take_answer(&s, &t, answer);
	answer_it(&s, &t, offer);
	sip_sdp_free(&s);
	sip_sdp_ports_free(&ports);
	return 0;
}
