/*
 * A receiver's VoIP metrics (RFC 3611 4.7), out of what it has counted, its
 * buffer and the E-model.
 */
#ifndef QUALITY_VOIP_H
#define QUALITY_VOIP_H

#include "quality/emodel.h"
#include "quality/jitter_buffer.h"
#include "quality/rtcp.h"

struct voip_call {
	const struct rtp_stats *stats;
	const struct jitter_buffer *playout;
	const struct emodel_codec *codec; /* NULL: unknown */
	int64_t delay_ns;                 /* one way, without the buffer */
	int64_t round_trip_ns;            /* rtp_round_trip, 0: none yet */
	bool conceals;
};

/* Percent lost or discarded of what was due, and BurstR, for the E-model. */
double voip_loss(const struct jitter_buffer *p);
void voip_rate(const struct voip_call *call, struct emodel_rating *rating);
/* Signal, noise and echo are not known here. */
void voip_metrics(
    const struct voip_call *call, uint32_t ssrc, struct rtcp_voip *voip);

#endif
