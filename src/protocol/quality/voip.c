/* A receiver's VoIP metrics (RFC 3611 4.7); see quality/voip.h. */
#include "quality/voip.h"

#define MS 1000000

double
voip_loss(const struct jitter_buffer *p)
{
	uint64_t all = (uint64_t)p->bursts.good + p->bursts.lost;

	return all > 0 ? 100.0 * p->bursts.lost / (double)all : 0;
}

/* With DELAY nanoseconds from mouth to ear. */
static void
rate(const struct voip_call *call, int64_t delay, struct emodel_rating *rating)
{
	struct emodel_call c = { .codec = call->codec,
		.delay_ms = (double)delay / MS,
		.loss = voip_loss(call->playout),
		.burst_ratio =
		    loss_bursts_ratio(&call->playout->bursts) / 1000.0 };

	emodel_rate(&c, rating);
}

/* What a block lasts passes before it is sent. */
static int64_t
system_delay(const struct jitter_buffer *p)
{
	return p->delay_ns + p->options.block_ns;
}

void
voip_rate(const struct voip_call *call, struct emodel_rating *rating)
{
	rate(call, call->delay_ns + system_delay(call->playout), rating);
}

static uint16_t
to_ms(int64_t ns)
{
	int64_t ms = ns / MS;

	return (uint16_t)(ms < 0 ? 0 : ms < 0xFFFF ? ms : 0xFFFF);
}

/* 4.7.5: R on G.107's scale, from 0 to 100. */
static uint8_t
r_field(const struct emodel_rating *r)
{
	if (!r->known || r->scale != EMODEL_NARROWBAND)
		return RTCP_UNKNOWN;
	return (uint8_t)(r->r100 > 0 ? (r->r100 + 50) / 100 : 0);
}

static uint8_t
mos_field(const struct emodel_rating *r)
{
	return r->known ? (uint8_t)((r->mos1000 + 50) / 100) : RTCP_UNKNOWN;
}

void
voip_metrics(
    const struct voip_call *call, uint32_t ssrc, struct rtcp_voip *voip)
{
	const struct jitter_buffer *p = call->playout;
	uint64_t expected = rtp_stats_expected(call->stats);
	int64_t ring = JITTER_BUFFER_SLOTS * p->options.block_ns;
	struct emodel_rating talking, listening;
	struct loss_figures figures;

	voip_rate(call, &talking);
	rate(call, 0, &listening);
	loss_bursts_figures(
	    &p->bursts, (uint32_t)(p->options.block_ns / MS), &figures);
	*voip = (struct rtcp_voip){ .ssrc = ssrc,
		.loss_rate = rtp_fraction(jitter_buffer_lost(p), expected),
		.discard_rate =
		    rtp_fraction(jitter_buffer_discarded(p), expected),
		.burst_density = figures.burst_density,
		.gap_density = figures.gap_density,
		.burst_ms = figures.burst_ms,
		.gap_ms = figures.gap_ms,
		.round_trip_ms = to_ms(call->round_trip_ns),
		.end_system_ms = to_ms(system_delay(p)),
		.signal_level = RTCP_UNKNOWN,
		.noise_level = RTCP_UNKNOWN,
		.rerl = RTCP_UNKNOWN,
		.gmin = JITTER_BUFFER_GMIN,
		.r = r_field(&talking),
		.external_r = RTCP_UNKNOWN,
		.mos_lq = mos_field(&listening),
		.mos_cq = mos_field(&talking),
		.nominal_ms = to_ms(p->delay_ns),
		.maximum_ms = to_ms(ring),
		.absolute_ms = to_ms(ring) };
	voip->rx_config =
	    (call->conceals ? RTCP_PLC_STANDARD : RTCP_PLC_SILENCE) |
	    (p->options.adaptive ? RTCP_BUFFER_ADAPTS : RTCP_BUFFER_FIXED);
}
