/* ICE in offers and answers (RFC 8839); see sip/sdp_ice.h. */
#include "sip/sdp_ice.h"

#include "base/err.h"
#include "base/mem.h"
#include "sip/sdp_wire.h"

#include <string.h>

/* ---- reading ---- */

/* RFC 8445 5.3: 24 and 128 bits, at least. */
#define UFRAG 8
#define PWD   24

static const struct {
	const char *word;
	unsigned preference;
} types[] = {
#define X(id, word, preference) { word, preference },
	SIP_SDP_CANDIDATE_TYPES(X)
#undef X
};

const char *
sip_sdp_candidate_word(enum sip_sdp_candidate_type type)
{
	return types[type].word;
}

uint32_t
sip_sdp_candidate_priority(enum sip_sdp_candidate_type type)
{
	return types[type].preference << 24 | 65535u << 8 | 255;
}

enum sip_sdp_ice_part
sip_sdp_ice_find(struct str word)
{
#define X(id, name)             \
	if (str_is(word, name)) \
		return SIP_SDP_ICE_##id;
	SIP_SDP_ICE_PARTS(X)
#undef X
	return SIP_SDP_ICE_NO;
}

/* ---- writing ---- */

/* RFC 8839 5.4: N ice-chars, and a zero. */
static void
draw_word(const struct sip_sdp_terms *t, char *out, size_t n)
{
	static const char chars[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/";

	t->draw(t->draw_arg, (uint8_t *)out, n);
	for (size_t i = 0; i < n; i++)
		out[i] = chars[(uint8_t)out[i] % 64];
	out[n] = '\0';
}

/* RFC 8839 4.4.2.1: THEIRS has other names; 4.4.3.1: who offers (NULL) has
 * heard none in the last answer. */
static bool
begins_anew(
    const struct sip_sdp_ice *ice, const struct sip_sdp_ice_side *theirs)
{
	return ice != NULL && ice->settled &&
	       (!ice->agreed || (theirs != NULL && strcmp(ice->theirs.ufrag,
						       theirs->ufrag) != 0));
}

/* P's own part, with other names where it begins ANEW (RFC 8839 4.4.1.1.1), or
 * is elsewhere than before (RFC 8445 9). */
static int
make_ice(struct sip_sdp_place *p, const struct sip_sdp_terms *t, bool anew)
{
	struct sip_sdp_ice *ice = p->ice;
	struct sip_sdp_candidate host = { .type = SIP_SDP_CANDIDATE_HOST,
		.addr = t->addr,
		.priority =
		    sip_sdp_candidate_priority(SIP_SDP_CANDIDATE_HOST) };

	if (ice == NULL)
		ice = p->ice = mem_zalloc(1, sizeof(*ice));
	if (ice == NULL)
		return ERR_NOMEM;
	host.addr.port = p->port;
	if (anew || ice->own.ncandidates == 0 ||
	    !addr_eq(&ice->own.candidates[0].addr, &host.addr)) {
		draw_word(t, ice->own.ufrag, UFRAG);
		draw_word(t, ice->own.pwd, PWD);
		ice->agreed = false;
	}
	ice->own.lite = t->can->ice == SIP_SDP_ICE_LITE;
	ice->own.candidates[0] = host;
	ice->own.ncandidates = 1;
	return 0;
}

/* RFC 8839 5.1: "candidate:1 1 UDP 2130706431 192.0.2.1 49170 typ host" */
static void
write_side(const struct sip_sdp_ice_side *s, struct buf *b)
{
	buf_printf(b, "a=ice-ufrag:%s\r\na=ice-pwd:%s\r\n", s->ufrag, s->pwd);
	buf_puts(b, "a=ice-options:ice2\r\n");
	for (size_t i = 0; i < s->ncandidates; i++) {
		const struct sip_sdp_candidate *c = &s->candidates[i];

		buf_printf(b, "a=candidate:%zu 1 UDP %u ", i + 1, c->priority);
		addr_write_bare(&c->addr, b);
		buf_printf(b, " %u typ %s\r\n", c->addr.port,
		    sip_sdp_candidate_word(c->type));
	}
}

int
sip_sdp_ice_offer(
    struct sip_sdp_place *p, const struct sip_sdp_terms *t, struct buf *b)
{
	if (t->can->ice == SIP_SDP_ICE_NO)
		return 0;
	if (make_ice(p, t, begins_anew(p->ice, NULL)) != 0)
		return ERR_NOMEM;
	p->ice->offers = p->ice->offers || !p->ice->settled;
	write_side(&p->ice->own, b);
	return b->err;
}

void
sip_sdp_ice_readdress(struct sip_sdp_place *p, const struct addr *to)
{
	if (p->ice == NULL)
		return;
	p->ice->own.candidates[0].addr = *to;
	p->ice->own.candidates[0].addr.port = p->port;
}

/* ---- reading ---- */

bool
sip_sdp_ice_is_in(const struct msg_sdp *sdp)
{
	struct str v;

	for (unsigned i = 0; i <= sdp->nmedia; i++)
		if (msg_sdp_attribute_find(sdp, i, "ice-ufrag", 0, &v))
			return true;
	return false;
}

/* RFC 8839 5.4: of the stream, else of the session; too long is none. */
static void
read_word(const struct msg_sdp *sdp, unsigned media, const char *name, char *to)
{
	struct str v;

	to[0] = '\0';
	if (!msg_sdp_attribute_find(sdp, media, name, 0, &v) &&
	    !msg_sdp_attribute_find(sdp, 0, name, 0, &v))
		return;
	v = str_trim(v);
	if (v.n == 0 || v.n > SIP_SDP_ICE_WORD)
		return;
	memcpy(to, v.p, v.n);
	to[v.n] = '\0';
}

static enum sip_sdp_candidate_type
find_type(struct str word)
{
	unsigned t = 0;

	while (t < SIP_SDP_CANDIDATE_COUNT && !str_is(word, types[t].word))
		t++;
	return (enum sip_sdp_candidate_type)t;
}

/* False: it is none, or none of use here (another component, TCP, a name). */
static bool
read_candidate(struct str v, struct sip_sdp_candidate *c)
{
	enum {
		FOUNDATION,
		COMPONENT,
		TRANSPORT,
		RANK, /* its priority */
		ADDR,
		PORT,
		TYP,
		TYPE,
		WORDS
	};
	struct str words[WORDS];
	uint32_t port;

	for (unsigned i = 0; i < WORDS; i++)
		words[i] = str_cut(v, ' ', &v);
	c->type = find_type(str_trim(words[TYPE]));
	if (!str_is(words[COMPONENT], "1") ||
	    !str_iis(words[TRANSPORT], "UDP") || !str_is(words[TYP], "typ") ||
	    str_u32(words[RANK], &c->priority) != 0 ||
	    str_u32(words[PORT], &port) != 0 || port == 0 ||
	    port > UINT16_MAX || addr_parse(words[ADDR], &c->addr) != 0 ||
	    c->type == SIP_SDP_CANDIDATE_COUNT)
		return false;
	c->addr.port = (uint16_t)port;
	return true;
}

/* RFC 8839 4.2.5: the address of c= and m= is one of the candidates, or ICE is
 * of no use: a box between has changed one and not the other. */
static bool
fits_default(const struct sip_sdp_ice_side *s, const struct msg_sdp_media *m)
{
	struct addr at;

	if (addr_parse(m->address, &at) != 0)
		return false;
	at.port = m->port;
	for (size_t i = 0; i < s->ncandidates; i++)
		if (addr_eq(&s->candidates[i].addr, &at))
			return true;
	return false;
}

/* False: stream I says nothing of ICE, or what contradicts its address. */
static bool
read_side(struct sip_sdp_ice_side *s, const struct msg_sdp *sdp, size_t i,
    bool *mismatch)
{
	unsigned media = (unsigned)i + 1;
	struct str v;

	*s = (struct sip_sdp_ice_side){ 0 };
	*mismatch = false;
	read_word(sdp, media, "ice-ufrag", s->ufrag);
	read_word(sdp, media, "ice-pwd", s->pwd);
	s->lite = msg_sdp_attribute_find(sdp, 0, "ice-lite", 0, &v);
	for (size_t k = 0;
	     s->ncandidates < SIP_SDP_CANDIDATES &&
	     msg_sdp_attribute_find(sdp, media, "candidate", k, &v);
	     k++)
		s->ncandidates +=
		    read_candidate(v, &s->candidates[s->ncandidates]);
	if (s->ufrag[0] == '\0' || s->pwd[0] == '\0')
		return false;
	*mismatch = !fits_default(s, &sdp->media[i]);
	if (*mismatch)
		s->ufrag[0] = '\0';
	return !*mismatch;
}

static void
hear_side(
    struct sip_sdp_ice *ice, const struct sip_sdp_ice_side *theirs, bool agreed)
{
	ice->theirs = *theirs;
	ice->agreed = agreed;
	ice->settled |= agreed;
}

int
sip_sdp_ice_answer(struct sip_sdp_place *p, const struct sip_sdp_terms *t,
    const struct msg_sdp *offer, size_t i, struct buf *b)
{
	struct sip_sdp_ice_side theirs;
	bool mismatch, has = read_side(&theirs, offer, i, &mismatch);

	if (t->can->ice == SIP_SDP_ICE_NO || (!has && !mismatch)) {
		if (p->ice != NULL)
			hear_side(p->ice, &theirs, false);
		return 0;
	}
	if (make_ice(p, t, begins_anew(p->ice, &theirs)) != 0)
		return ERR_NOMEM;
	p->ice->offers = p->ice->settled && p->ice->offers;
	hear_side(p->ice, &theirs, has);
	if (has)
		write_side(&p->ice->own, b);
	else
		buf_puts(b, "a=ice-mismatch\r\n");
	return b->err;
}

void
sip_sdp_ice_settle(
    struct sip_sdp_place *p, const struct msg_sdp *answer, size_t i)
{
	struct sip_sdp_ice_side theirs;
	bool mismatch, has;

	if (p->ice == NULL)
		return;
	has = read_side(&theirs, answer, i, &mismatch);
	hear_side(p->ice, &theirs, has);
}
