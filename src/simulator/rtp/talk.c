/*
 * What a leg sends: a packet every so many milliseconds, as long as its
 * description says so (RFC 3550 5.1, RFC 3551 4).  What a phone says is voiced
 * beforehand (rtp/voice.h), and told apart into talk spurts, whose first packet
 * has the marker (RFC 3551 4.1).
 */
#include "rtp/rtp_in.h"

#include "base/err.h"

#include <string.h>

/* The largest payload that is sent in one packet. */
#define PAYLOAD_MOST 1200

static void talk(void *arg);

bool
rtp_is_folded(const struct rtp_leg *leg)
{
	return !trace_wants(sim_trace(rtp_sim(leg)), TRACE_PACKET);
}

/* RFC 3550 5.1: all three begin anywhere. */
void
rtp_begin(struct rtp_leg *leg)
{
	struct sip_stack *s = leg->session->node->stack;
	uint64_t bound = UINT64_C(1) << 32;

	if (leg->begun)
		return;
	leg->out.ssrc = (uint32_t)sip_stack_below(s, SIP_STREAM_RTP, bound);
	leg->out.stamp = (uint32_t)sip_stack_below(s, SIP_STREAM_RTP, bound);
	leg->out.sequence =
	    (uint16_t)sip_stack_below(s, SIP_STREAM_RTP, 1 + UINT16_MAX);
	leg->begun = true;
}

static void
wait_for_next(struct rtp_leg *leg)
{
	leg->tick = node_after(
	    leg->session->node, leg->codec->ptime_ms * SIM_MS, talk, leg);
}

static void
send_packet(struct rtp_leg *leg, const uint8_t *payload, size_t n)
{
	static const struct trace_message m = { .proto = TRACE_PROTO_RTP };
	uint8_t packet[RTP_HEAD + PAYLOAD_MOST];
	struct str bytes = { (const char *)packet, RTP_HEAD + n };

	rtp_write_head(&leg->out, (uint8_t)leg->payload, leg->marker,
	    leg->out.stamp, packet);
	memcpy(packet + RTP_HEAD, payload, n);
	leg->marker = false;
	leg->packets++;
	leg->octets += n;
	if (rtp_is_folded(leg))
		net_udp_send_folded(leg->sock, &leg->to, bytes, &m);
	else
		net_udp_send(leg->sock, &leg->to, bytes, &m, RULE_NONE);
}

/* A block of the voice is complete. */
static void
talk(void *arg)
{
	struct rtp_leg *leg = arg;
	struct sim *sim = rtp_sim(leg);
	unsigned ms = leg->codec->ptime_ms;
	size_t n;

	leg->tick = 0;
	if (!leg->flowing) {
		leg->flowing = true;
		sim_set_cause(sim, rtp_record_flow(leg));
	}
	n = sound_codec_octets(leg->codec, ms, 0);
	send_packet(leg, leg->voice->coded + leg->block * RTP_VOICE_BLOCK, n);
	leg->block = (leg->block + 1) % (RTP_VOICE_BLOCKS - 10);
	leg->out.stamp += sound_codec_ticks(leg->codec, ms);
	wait_for_next(leg);
}

void
rtp_talk_stop(struct rtp_leg *leg)
{
	sim_cancel(rtp_sim(leg), leg->tick);
	leg->tick = 0;
	if (leg->flowing)
		rtp_record_stop(leg);
	leg->flowing = false;
}

void
rtp_talk_follow(struct rtp_leg *leg)
{
	if (!leg->sends || leg->codec == NULL || leg->sock == NULL) {
		rtp_talk_stop(leg);
		return;
	}
	rtp_begin(leg);
	if (leg->tick != 0)
		return;
	leg->voice = rtp_voice_of(leg->session->node, leg->codec);
	if (leg->voice == NULL) {
		node_fail_memory(leg->session->node);
		return;
	}
	leg->marker = true;
	wait_for_next(leg);
}
