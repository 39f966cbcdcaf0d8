/* See sip/sdp_wire.h. */
#include "sip/sdp_wire.h"

void
sip_sdp_wire_write(const struct sip_sdp_wire *own, struct buf *b)
{
	if (own->mux)
		buf_puts(b, "a=rtcp-mux\r\n");
	if (own->metrics || own->receiver_trip)
		buf_puts(b, "a=rtcp-xr:rcvr-rtt=all voip-metrics\r\n");
}

/* RFC 3605 2.1: "53020", or "53020 IN IP4 126.16.64.4". */
static void
read_control(struct str value, struct sip_sdp_wire *w)
{
	struct str rest, port = str_cut(str_trim(value), ' ', &rest);
	uint32_t number = 0;
	size_t n;

	if (str_u32(port, &number) != 0 || number == 0 || number > UINT16_MAX)
		return;
	w->control = (uint16_t)number;
	str_cut(rest, ' ', &rest);
	str_cut(rest, ' ', &rest);
	n = rest.n < SIP_SDP_HOST ? rest.n : 0;
	for (size_t i = 0; i < n; i++)
		w->control_host[i] = rest.p[i];
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

void
sip_sdp_wire_agree(struct sip_sdp_wire *agreed, const struct sip_sdp_wire *own,
    const struct msg_sdp *sdp, size_t i)
{
	unsigned media = (unsigned)i + 1;
	struct str value;

	*agreed = (struct sip_sdp_wire){ 0 };
	/* RFC 5761 5.1.1: both have to say so. */
	agreed->mux = own->mux &&
		      msg_sdp_attribute_find(sdp, media, "rtcp-mux", 0, &value);
	if (!agreed->mux &&
	    msg_sdp_attribute_find(sdp, media, "rtcp", 0, &value))
		read_control(value, agreed);
	/* RFC 3611 5.2: who has said nothing is not asked for it. */
	if (own->metrics)
		read_extended(agreed, sdp, media);
}

void
sip_sdp_wire_answer(struct sip_sdp_wire *own, const struct sip_sdp_wire *agreed)
{
	own->mux = agreed->mux;
	own->metrics = agreed->metrics;
	own->receiver_trip = agreed->receiver_trip;
}
