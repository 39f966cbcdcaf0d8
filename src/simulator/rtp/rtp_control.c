/*
 * What a leg says of itself and of what it hears, in RTCP (RFC 3550 6): reports
 * at intervals that are drawn, and a BYE at the end; and what the other side
 * says.  Round trips are known from that, and with them how good it sounds.
 */
#include "rtp/rtp_in.h"

#include "quality/emodel.h"
#include "quality/rtcp.h"
#include "quality/voip.h"
#include "sip/stack.h"

#include <string.h>

static void rtp_control_stop(struct rtp_leg *leg);

/* ---- Extended reports: RFC 3611 ---- */

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

/*
 * Behind a report of LEG's, at NTP; what of a packet of them counts.  Extended
 * reports go out if both sides have said that they take them: the quality of a
 * stream at its receiver (4.7), and the round trip of a side that sends nothing
 * (4.4, 4.5).
 */
static void
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

/* 4.5: the answer to a reference of LEG's own. */
static void
rtcp_control_take_answer(
    struct rtp_leg *leg, const struct rtcp_reference *r, uint64_t ntp)
{
	struct rtcp_block b = { .lsr = r->lrr, .dlsr = r->dlrr };
	int64_t trip;

	if (r->ssrc != leg->out.ssrc || leg->codec == NULL ||
	    !rtp_round_trip(&b, ntp, &trip))
		return;
	leg->round_trip = trip;
	rtp_record_round_trip(leg);
}

static void
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
			rtcp_control_take_answer(leg, &r, ntp);
	}
}

static void on_timer(void *arg);

static uint64_t
draw_interval_random(const struct rtp_leg *leg)
{
	struct sip_stack *s = leg->session->node->stack;
	uint64_t half = UINT64_C(1) << 32;
	uint64_t high = sip_stack_below(s, SIP_STREAM_RTCP, half);

	return high << 32 | sip_stack_below(s, SIP_STREAM_RTCP, half);
}

static uint32_t
head_bytes(const struct rtp_leg *leg)
{
	return leg->to.len == 4 ? RTCP_UDP_IPV4 : RTCP_UDP_IPV6;
}

/* 6.2: 5 % of what the packets of both sides take. */
static double
bandwidth(const struct rtp_leg *leg)
{
	const struct sound_codec *c = leg->codec;
	double octets;

	if (c->kind == SOUND_VIDEO)
		return 2 * rtp_frames_rate() / RTCP_PART;
	octets = (double)sound_codec_octets(c, leg->ms, 0) + RTP_HEAD +
		 head_bytes(leg);
	return 2 * octets * 1000 / leg->ms / RTCP_PART;
}

static uint64_t
ntp_now(const struct rtp_leg *leg)
{
	const struct world *w = leg->session->node->world;

	return rtp_ntp(w->date.epoch_s * SIM_S + sim_now(w->sim));
}

/* ---- sending ---- */

static size_t
write_blocks(struct rtp_leg *leg, struct rtcp_block *blocks)
{
	size_t n = 0;

	list_each (struct rtp_source, src, &leg->sources, link) {
		rtp_ear_settle(src, sim_now(rtp_sim(leg)));
		rtp_stats_report(&src->stats, src->ssrc, sim_now(rtp_sim(leg)),
		    &blocks[n++]);
	}
	return n;
}

/* 6.4.1: the same moment on the stream's clock and the wall's. */
static void
rtcp_control_write_report(struct rtp_leg *leg, bool bye, struct buf *out)
{
	const struct node *n = leg->session->node;
	struct rtcp_block blocks[RTP_SOURCES];
	struct rtcp_sender sender = { .ntp = ntp_now(leg),
		.ts = leg->out.stamp,
		.packets = (uint32_t)leg->packets,
		.octets = (uint32_t)leg->octets };
	size_t count = write_blocks(leg, blocks);
	struct buf cname = BUF_INIT;

	buf_printf(&cname, "%s@", n->name);
	addr_write_host(&leg->at, &cname);
	rtcp_put_report(out, leg->out.ssrc, leg->timer.we_sent ? &sender : NULL,
	    blocks, count);
	rtcp_put_cname(out, leg->out.ssrc, buf_view(&cname));
	rtp_mix_put_names(leg, out);
	rtp_extended_write(leg, sender.ntp, out);
	if (bye)
		rtcp_put_bye(out, leg->out.ssrc, STR_NULL);
	buf_end(&cname, &out->err);
}

/* How many bytes went, 0: none. */
static uint32_t
send_report(struct rtp_leg *leg, bool bye)
{
	static const char room[SRTP_TRAILER];
	LOCAL_BUF b = BUF_INIT;
	uint32_t size;

	rtcp_control_write_report(leg, bye, &b);
	buf_add(&b, room, sizeof(room));
	size = b.err == 0 ? (uint32_t)rtp_seal(
				leg, (uint8_t *)b.p, b.n - sizeof(room), true)
			  : 0;
	b.n = size;
	if (b.err != 0)
		node_fail_memory(leg->session->node);
	else
		rtp_pass(leg, true, buf_view(&b),
		    rtp_message(leg->secret != NULL, true));
	return size;
}

/* ---- how it sounds ---- */

/* One way: half of the round trip, the packet, and the wait for its turn. */
static double
delay_ms(const struct rtp_leg *leg, const struct rtp_source *src)
{
	double ns = (double)leg->round_trip / 2 +
		    (double)src->playout.delay_ns +
		    (double)src->playout.options.block_ns;

	return ns / SIM_MS;
}

enum emodel_scale
rtp_scale_of(const struct sound_codec *codec)
{
	const struct emodel_codec *c =
	    emodel_codec_of(str_of(codec->name), 0, EMODEL_CONCEALS);

	return c != NULL ? c->scale : EMODEL_NARROWBAND;
}

void
rtp_rate(const struct rtp_leg *leg, const struct rtp_source *src,
    struct emodel_rating *rating)
{
	double due = (double)src->playout.played +
		     jitter_buffer_lost(&src->playout) +
		     jitter_buffer_discarded(&src->playout);
	double gone = jitter_buffer_lost(&src->playout) +
		      (double)jitter_buffer_discarded(&src->playout);
	struct emodel_call call = {
		.codec = src->codec != NULL
			     ? emodel_codec_of(
				   str_of(src->codec->name), 0, EMODEL_CONCEALS)
			     : NULL,
		.delay_ms = delay_ms(leg, src),
		.loss = due > 0 ? gone * 100 / due : 0,
		.burst_ratio = loss_bursts_ratio(&src->playout.bursts) / 1000.0,
	};

	emodel_rate(&call, rating);
}

/* ---- the interval ---- */

static void
arm_report_timer(struct rtp_leg *leg)
{
	leg->report = node_after(leg->session->node,
	    leg->timer.tn_ns - sim_now(rtp_sim(leg)), on_timer, leg);
}

/* 6.3.8: who has sent since the report before the last one is a sender. */
static void
on_timer(void *arg)
{
	struct rtp_leg *leg = arg;
	int64_t now = sim_now(rtp_sim(leg));
	uint32_t others, size;

	leg->report = 0;
	rtp_sources_time_out(leg);
	others = rtp_count_members(leg);
	leg->timer.members = 1 + others;
	leg->timer.senders = others + leg->timer.we_sent;
	if (rtcp_timer_expire(&leg->timer, now, draw_interval_random(leg))) {
		leg->timer.we_sent = leg->packets > leg->reported;
		leg->reported = leg->packets;
		size = send_report(leg, false);
		rtcp_timer_sent(&leg->timer, size + head_bytes(leg), now,
		    draw_interval_random(leg));
		list_each (struct rtp_source, src, &leg->sources, link)
			rtp_record_quality(leg, src);
	}
	arm_report_timer(leg);
}

void
rtp_control_follow(struct rtp_leg *leg)
{
	bool wanted = rtp_reaches(leg, true) && leg->codec != NULL &&
		      (leg->sends || leg->receives);

	if (!wanted) {
		rtp_control_stop(leg);
		return;
	}
	if (leg->report != 0)
		return;
	rtp_begin(leg);
	leg->timer.we_sent = leg->sends;
	rtcp_timer_begin(&leg->timer, bandwidth(leg), 100,
	    sim_now(rtp_sim(leg)), draw_interval_random(leg));
	arm_report_timer(leg);
}

static void
rtp_control_stop(struct rtp_leg *leg)
{
	if (leg->report == 0)
		return;
	sim_cancel(rtp_sim(leg), leg->report);
	leg->report = 0;
}

void
rtp_control_leave(struct rtp_leg *leg)
{
	if (leg->report != 0 && leg->session->node->up)
		send_report(leg, true);
	rtp_control_stop(leg);
}

/* ---- receiving ---- */

/* 6.4.1: what the other side says of what it gets from here. */
static void
rtcp_control_take_block(struct rtp_leg *leg, const struct rtcp_block *b)
{
	int64_t trip;

	if (b->ssrc != leg->out.ssrc || leg->codec == NULL)
		return;
	if (rtp_round_trip(b, ntp_now(leg), &trip))
		leg->round_trip = trip;
	rtp_record_reported(leg, b);
}

/* 6.5.1 */
static void
rtcp_control_take_names(struct rtp_leg *leg, const struct rtcp_packet *p)
{
	struct rtcp_item_walk at = { 0 };
	struct rtcp_item item;
	struct rtp_source *src;

	while (rtcp_item_next(p, &at, &item)) {
		src = rtp_find_source(leg, item.ssrc);
		if (src == NULL || item.type != RTCP_ITEM_CNAME ||
		    item.text.n > RTP_CNAME)
			continue;
		memcpy(src->cname, item.text.p, item.text.n);
		src->cname[item.text.n] = '\0';
	}
}

static void
take_rtcp_packet(struct rtp_leg *leg, const struct rtcp_packet *p)
{
	struct rtp_source *src = rtp_find_source(leg, p->ssrc);
	struct rtcp_block b;

	if (src != NULL)
		src->alive_ns = sim_now(rtp_sim(leg));
	if (p->type == RTCP_SR && src != NULL)
		rtp_stats_take_sr(
		    &src->stats, p->sender.ntp, sim_now(rtp_sim(leg)));
	for (unsigned i = 0;
	     (p->type == RTCP_SR || p->type == RTCP_RR) && i < p->count; i++) {
		rtcp_block_at(p, i, &b);
		rtcp_control_take_block(leg, &b);
	}
	if (p->type == RTCP_SDES)
		rtcp_control_take_names(leg, p);
	if (p->type == RTCP_XR)
		rtp_extended_hear(leg, p, ntp_now(leg));
	for (unsigned i = 0; p->type == RTCP_BYE && i < p->count; i++) {
		src = rtp_find_source(leg, rtcp_source_at(p, i));
		if (src != NULL)
			rtp_source_leave(src);
	}
}

/* RFC 3550 8.2: a packet with SSRC is from FROM, another host than its
 * source's, and none where LEG sends. */
static bool
is_strange(const struct rtp_leg *leg, const struct addr *from, uint32_t ssrc)
{
	const struct rtp_source *src = rtp_find_source(leg, ssrc);

	if (src == NULL)
		return leg->begun && ssrc == leg->out.ssrc;
	return !rtp_is_neighbour(from, &src->now) &&
	       !rtp_is_neighbour(from, &leg->to) &&
	       !rtp_is_neighbour(from, &leg->control_to);
}

void
rtp_control_hear(const struct net_datagram *d, void *arg)
{
	struct rtp_leg *leg = arg;
	enum rtcp_fault fault = rtcp_check(d->bytes);
	struct rtcp_walk walk = { .left = d->bytes };
	struct rtcp_packet p;

	if (fault != RTCP_FAULT_NONE) {
		rtp_leg_refuse(leg, RTP_REFUSED_CONTROL, &d->src, "%s",
		    rtcp_fault_words(fault));
		return;
	}
	while (rtcp_next(&walk, &p)) {
		if (is_strange(leg, &d->src, p.ssrc)) {
			rtp_leg_refuse(leg, RTP_REFUSED_SSRC, &d->src,
			    "RTCP SSRC %u", (unsigned)p.ssrc);
			return;
		}
		take_rtcp_packet(leg, &p);
	}
	if (leg->report != 0)
		rtcp_timer_heard(
		    &leg->timer, (uint32_t)d->bytes.n + head_bytes(leg));
}
