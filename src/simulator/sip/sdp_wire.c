/* See sip/sdp_wire.h. */
#include "sip/sdp_wire.h"

void
sip_sdp_wire_write(const struct sip_sdp_wire *own, struct buf *b)
{
	if (own->mux)
		buf_puts(b, "a=rtcp-mux\r\n");
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
}
