/* See sip/sdp_capabilities.h. */
#include "sip/sdp_capabilities.h"

#include "sip/sdp_session_priv.h"

void
sip_sdp_write_capabilities(
    const char *user, const struct addr *addr, uint64_t id, struct buf *out)
{
	buf_printf(out, "v=0\r\no=%s %llu 1 ", user, (unsigned long long)id);
	sip_sdp_write_address(addr, out);
	buf_puts(out, "s=-\r\nc=");
	sip_sdp_write_address(addr, out);
	buf_puts(out, "t=0 0\r\nm=audio 0 RTP/AVP");
	for (size_t i = 0; i < SIP_SDP_CODECS; i++)
		buf_printf(out, " %d", sip_sdp_codecs[i].payload);
	buf_puts(out, "\r\n");
	for (size_t i = 0; i < SIP_SDP_CODECS; i++)
		buf_printf(out, "a=rtpmap:%d %s\r\n", sip_sdp_codecs[i].payload,
		    sip_sdp_codecs[i].map);
}
