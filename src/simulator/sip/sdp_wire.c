/*
 * How the packets of a stream go, in offers and answers: profiles,
 * multiplexing; see sip/sdp_wire.h.
 */
#include "sip/sdp_wire.h"

#include "base/err.h"
#include "sip/sdp_ice.h"

static const struct {
	const char *word;
	enum sip_sdp_setup other;
} setups[] = {
#define X(id, word, other) { word, SIP_SDP_SETUP_##other },
	SIP_SDP_SETUPS(X)
#undef X
};

const char *
sip_sdp_setup_word(enum sip_sdp_setup s)
{
	return setups[s].word;
}

enum sip_sdp_setup
sip_sdp_setup_find(struct str word)
{
	unsigned s = 0;

	while (s < SIP_SDP_SETUP_COUNT && !str_is(word, setups[s].word))
		s++;
	return (enum sip_sdp_setup)s;
}

void
sip_sdp_wire_write(const struct sip_sdp_wire *own, struct buf *b)
{
	if (own->mux)
		buf_puts(b, "a=rtcp-mux\r\n");
	if (own->metrics || own->receiver_trip)
		buf_puts(b, "a=rtcp-xr:rcvr-rtt=all voip-metrics\r\n");
	if (own->framed)
		buf_printf(b, "a=setup:%s\r\na=connection:%s\r\n",
		    sip_sdp_setup_word(own->setup),
		    own->existing ? "existing" : "new");
}

/* "53020", or "53020 IN IP4 126.16.64.4". */
struct addr
sip_sdp_wire_control(const struct msg_sdp *sdp, size_t i)
{
	struct addr control = { 0 };
	struct str value, rest;
	uint32_t port = 0;

	if (!msg_sdp_attribute_find(sdp, (unsigned)i + 1, "rtcp", 0, &value) ||
	    str_u32(str_cut(str_trim(value), ' ', &rest), &port) != 0 ||
	    port == 0 || port > UINT16_MAX)
		return control;
	str_cut(rest, ' ', &rest);
	str_cut(rest, ' ', &rest);
	if (addr_parse(rest, &control) != 0)
		control.len = 0;
	control.port = (uint16_t)port;
	return control;
}

/* RFC 3611 5.1: "rcvr-rtt=all:10 voip-metrics", of the stream, else of the
 * session. */
static void
read_extended(struct sip_sdp_wire *w, const struct msg_sdp *sdp, unsigned media)
{
	struct str rest;

	if (!msg_sdp_attribute_find(sdp, media, "rtcp-xr", 0, &rest) &&
	    !msg_sdp_attribute_find(sdp, 0, "rtcp-xr", 0, &rest))
		return;
	while (rest.n > 0) {
		struct str word = str_cut(str_trim(rest), ' ', &rest);

		w->metrics |= str_is(word, "voip-metrics");
		w->receiver_trip |= str_starts(word, "rcvr-rtt=all");
	}
}

/* RFC 4145 4, 5: of the stream, else of the session. */
static struct str
sdp_wire_find_word(const struct msg_sdp *sdp, unsigned media, const char *name)
{
	struct str value;

	if (msg_sdp_attribute_find(sdp, media, name, 0, &value) ||
	    msg_sdp_attribute_find(sdp, 0, name, 0, &value))
		return str_trim(value);
	return STR_NULL;
}

/* RFC 4145 4.1: the part that is left for this side; an offer of either leaves
 * it the choice. */
static enum sip_sdp_setup
choose_part(enum sip_sdp_setup own, struct str theirs, bool answer)
{
	enum sip_sdp_setup s = sip_sdp_setup_find(theirs);

	if (s == SIP_SDP_SETUP_COUNT)
		s = answer ? SIP_SDP_SETUP_PASSIVE : SIP_SDP_SETUP_ACTIVE;
	if (s == SIP_SDP_SETUP_ACTPASS && own == SIP_SDP_SETUP_PASSIVE)
		return own;
	return setups[s].other;
}

void
sip_sdp_wire_agree(struct sip_sdp_wire *agreed, const struct sip_sdp_wire *own,
    const struct msg_sdp *sdp, size_t i, bool answer)
{
	unsigned media = (unsigned)i + 1;
	struct str value;

	*agreed = (struct sip_sdp_wire){ 0 };
	/* RFC 5761 5.1.1: both have to say so. */
	agreed->mux = own->mux &&
		      msg_sdp_attribute_find(sdp, media, "rtcp-mux", 0, &value);
	/* RFC 3611 5.2: who has said nothing is not asked for it. */
	if (own->metrics)
		read_extended(agreed, sdp, media);
	agreed->framed = own->framed;
	if (!own->framed)
		return;
	agreed->setup = choose_part(
	    own->setup, sdp_wire_find_word(sdp, media, "setup"), answer);
	agreed->existing =
	    own->existing &&
	    str_is(sdp_wire_find_word(sdp, media, "connection"), "existing");
}

struct sip_sdp_wire
sip_sdp_wire_said(const struct msg_sdp *sdp, size_t i)
{
	enum sip_sdp_setup s = sip_sdp_setup_find(
	    sdp_wire_find_word(sdp, (unsigned)i + 1, "setup"));

	return (struct sip_sdp_wire){
		.setup = s != SIP_SDP_SETUP_COUNT ? s : SIP_SDP_SETUP_ACTPASS
	};
}

void
sip_sdp_wire_answer(struct sip_sdp_wire *own, const struct sip_sdp_wire *agreed)
{
	own->mux = agreed->mux;
	own->metrics = agreed->metrics;
	own->receiver_trip = agreed->receiver_trip;
	own->setup = agreed->setup;
	own->existing = agreed->existing;
}
