/* What a stream's formats stand for: within src/sip/sdp_*.c. */
#ifndef SIP_SDP_CODECS_H
#define SIP_SDP_CODECS_H

#include "msg/sdp.h"
#include "sip/sdp_session.h"

struct sip_sdp_codec {
	int payload; /* RFC 3551 table 4 */
	const char *map;
};

extern const struct sip_sdp_codec sip_sdp_codecs[SIP_SDP_CODECS];

/* A format of a stream that is known here. */
struct sip_sdp_format {
	int payload;
	size_t codec; /* of sip_sdp_codecs */
};

/* The formats of stream I (from 0) that both sides know, in its order: how
 * many; 0 also where the stream is not for this side or taken out. */
size_t sip_sdp_common(const struct msg_sdp *sdp, size_t i,
    struct sip_sdp_format both[SIP_SDP_CODECS]);
bool sip_sdp_sends(enum msg_sdp_direction d);
bool sip_sdp_receives(enum msg_sdp_direction d);

#endif
