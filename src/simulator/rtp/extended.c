/*
 * Extended reports (RFC 3611), where both sides have said that they take them:
 * how a stream sounds to whoever hears it (4.7), and the round trip of who
 * sends nothing (4.4, 4.5).
 */
#include "rtp/rtp_in.h"

#include "quality/voip.h"

static void
write_metrics(
    struct rtp_leg *leg, const struct rtp_source *src, struct buf *out)
{
	struct voip_call call = { .stats = &src->stats,
		.playout = &src->playout,
		.codec = emodel_codec_of(
		    str_of(src->codec->name), 0, EMODEL_CONCEALS),
		.delay_ns = leg->round_trip / 2,
		.round_trip_ns = leg->round_trip,
		.conceals = true };
	struct rtcp_voip voip;

	voip_metrics(&call, src->ssrc, &voip);
	rtcp_put_voip(out, leg->out.ssrc, &voip);
}

void
rtp_extended_write(struct rtp_leg *leg, uint64_t ntp, struct buf *out)
{
	struct rtcp_reference *r = &leg->reference;

	list_each (struct rtp_source, src, &leg->sources, link)
		if (leg->wire.metrics && src->codec != NULL &&
		    leg->kind == SIP_SDP_AUDIO)
			write_metrics(leg, src, out);
	/* 4.4: a sender's report says as much. */
	if (leg->wire.receiver_trip && !leg->timer.we_sent)
		rtcp_put_reference(out, leg->out.ssrc, ntp);
	if (leg->wire.receiver_trip && r->lrr != 0) {
		r->dlrr = (uint32_t)(ntp >> 16) - leg->referred;
		rtcp_put_dlrr(out, leg->out.ssrc, r);
	}
}

/* 4.5: what comes back of a reference of LEG's own. */
static void
take_answer(struct rtp_leg *leg, const struct rtcp_reference *r, uint64_t ntp)
{
	struct rtcp_block b = { .lsr = r->lrr, .dlsr = r->dlrr };
	int64_t trip;

	if (r->ssrc != leg->out.ssrc || leg->codec == NULL ||
	    !rtp_round_trip(&b, ntp, &trip))
		return;
	leg->round_trip = trip;
	rtp_record_round_trip(leg);
}

void
rtp_extended_hear(
    struct rtp_leg *leg, const struct rtcp_packet *p, uint64_t ntp)
{
	struct rtcp_reference r;
	struct rtcp_voip voip;
	struct str block;
	unsigned type;
	uint64_t theirs;
	size_t at = 0;

	while (rtcp_xr_next(p, &at, &type, &block)) {
		if (rtcp_read_voip(block, &voip) &&
		    voip.ssrc == leg->out.ssrc && leg->codec != NULL)
			rtp_record_metrics(leg, &voip);
		if (rtcp_read_reference(block, &theirs)) {
			leg->reference = (struct rtcp_reference){ p->ssrc,
				(uint32_t)(theirs >> 16), 0 };
			leg->referred = (uint32_t)(ntp >> 16);
		}
		for (unsigned i = 0; rtcp_dlrr_at(block, i, &r); i++)
			take_answer(leg, &r, ntp);
	}
}
