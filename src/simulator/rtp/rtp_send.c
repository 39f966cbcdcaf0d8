/*
 * What a leg sends: a packet every so many milliseconds, as long as its
 * description says so (RFC 3550 5.1, RFC 3551 4).  What a phone says is voiced
 * beforehand (rtp/voice.h), and told apart into talk spurts, whose first packet
 * has the marker (RFC 3551 4.1).
 */
#include "rtp/rtp_in.h"

#include "base/err.h"
#include "base/prefetch.h"
#include "media/g711.h"
#include "media/telephone_event.h"
#include "sip/stack.h"
#include "sound/samples.h"

#include <string.h>

static void rtp_send(struct rtp_leg *leg, int payload, bool marker,
    uint32_t stamp, const uint8_t *data, size_t n);

/* ---- Digits ---- */

#define PAUSE_MS  60 /* between two digits */
#define ENDS      3  /* 2.5.1.4: how often the end of one is told */
#define AMPLITUDE 6000

static struct rtp_leg *
find_talking(const struct rtp_session *s)
{
	for (size_t i = 0; i < s->nlegs; i++)
		if (s->legs[i]->kind == SIP_SDP_AUDIO && s->legs[i]->tick != 0)
			return s->legs[i];
	return NULL;
}

/* The digits that a user presses are sent as telephone events (RFC 4733), which
 * stand instead of the voice, or in band, as tones among the samples. */
int
rtp_session_press(
    struct rtp_session *s, enum rtp_way way, struct str digits, unsigned ms)
{
	struct rtp_leg *leg = s != NULL ? find_talking(s) : NULL;
	struct rtp_press *p;
	size_t waiting;

	if (leg == NULL)
		return s == NULL ? ERR_STATE : ERR_UNSUPPORTED;
	p = &leg->press;
	if (way == RTP_EVENTS ? leg->theirs[SIP_SDP_CODEC_EVENTS] < 0
			      : leg->codec->kind != SOUND_REAL)
		return ERR_NOTFOUND;
	waiting = strlen(p->digits);
	if (digits.n > RTP_DIGITS - waiting)
		return ERR_LIMIT;
	memcpy(p->digits + waiting, digits.p, digits.n);
	p->digits[waiting + digits.n] = '\0';
	for (size_t i = 0; i < digits.n; i++)
		p->ms[waiting + i] = (uint16_t)ms;
	p->way = way;
	return 0;
}

/* 3.2 */
static uint8_t
talker_event_of(char digit)
{
	return digit >= 'A' && digit <= 'D' ? (uint8_t)(12 + digit - 'A')
					    : telephone_event_of(digit);
}

static void
next_digit(struct rtp_press *p)
{
	memmove(p->digits, p->digits + 1, strlen(p->digits));
	memmove(p->ms, p->ms + 1, sizeof(p->ms) - sizeof(p->ms[0]));
	p->done_ms = p->ends = p->told = 0;
	p->rest_ms = PAUSE_MS;
}

/* 2.5.1.2, 2.5.1.4: while the digit lasts it grows; its end is sent three
 * times. 2.5.1.3: an event longer than the bits of a duration goes on as
 * another segment, from where the one before it has ended. */
static void
send_event(struct rtp_leg *leg, unsigned ms)
{
	struct rtp_press *p = &leg->press;
	uint8_t data[TELEPHONE_EVENT_BYTES];
	bool begins = p->done_ms == 0, ends, full;
	uint32_t ticks;

	if (begins)
		p->stamp = leg->out.stamp;
	p->done_ms = p->done_ms + ms < p->ms[0] ? p->done_ms + ms : p->ms[0];
	ticks = p->done_ms * (leg->codec->clock / 1000) - p->told;
	full = ticks > TELEPHONE_EVENT_MOST;
	ends = p->done_ms == p->ms[0] && !full;
	telephone_event_write(talker_event_of(p->digits[0]), ends,
	    full ? TELEPHONE_EVENT_MOST : (uint16_t)ticks, data);
	rtp_send(leg, leg->theirs[SIP_SDP_CODEC_EVENTS], begins, p->stamp, data,
	    sizeof(data));
	if (full) {
		p->told += TELEPHONE_EVENT_MOST;
		p->stamp += TELEPHONE_EVENT_MOST;
	}
	if (ends && ++p->ends == ENDS)
		next_digit(p);
}

static void
sound_digit(struct rtp_leg *leg, unsigned ms, int16_t *mixed)
{
	struct rtp_press *p = &leg->press;

	dtmf_write(p->digits[0], AMPLITUDE,
	    (uint64_t)p->done_ms * (SOUND_RATE / 1000), mixed,
	    (size_t)ms * (SOUND_RATE / 1000));
	p->done_ms += ms;
	if (p->done_ms >= p->ms[0])
		next_digit(p);
}

/* A digit is pressed in these MS: its packet is sent, or, in band, MIXED
 * becomes the samples that are sent instead of the voice's.  False: the voice
 * is sent. */
static bool
rtp_press_block(struct rtp_leg *leg, unsigned ms, int16_t *mixed, bool *in_band)
{
	struct rtp_press *p = &leg->press;
	bool pausing = p->rest_ms > 0;

	p->rest_ms = p->rest_ms > ms ? p->rest_ms - ms : 0;
	if (p->digits[0] == '\0' || pausing)
		return false;
	*in_band = p->way == RTP_IN_BAND;
	if (p->done_ms == 0)
		rtp_record_pressed(leg, p->digits[0]);
	if (*in_band)
		sound_digit(leg, ms, mixed);
	else
		send_event(leg, ms);
	return true;
}

/* ---- Video ---- */

/* RFC 6184 5.8: as much as a packet takes on a path of 1,200 bytes and more. */
#define FRAME_PAYLOAD_MOST 1188

/* The length of one frame of LEG's video, nanoseconds. */
static int64_t
rtp_frame_ns(void)
{
	return SIM_S / SOUND_VIDEO_FPS;
}

double
rtp_frames_rate(void)
{
	return SOUND_VIDEO_KBIT_S * 1000.0 / 8;
}

static uint64_t
draw_frame_random(const struct rtp_leg *leg)
{
	return sip_stack_below(
		   leg->session->node->stack, SIP_STREAM_RTP, UINT64_C(1) << 32)
	       << 32;
}

/* Packet I of the N that F takes. */
static void
send_part(
    struct rtp_leg *leg, const struct sound_video_frame *f, size_t i, size_t n)
{
	struct sound_part part =
	    sound_video_part(leg->codec, f, FRAME_PAYLOAD_MOST, i);
	size_t octets =
	    sound_video_payload(leg->codec, f->octets, FRAME_PAYLOAD_MOST, i);
	uint8_t payload[FRAME_PAYLOAD_MOST];

	memcpy(payload, leg->voice->coded, octets);
	if (leg->codec->write_heads != NULL)
		octets = leg->codec->write_heads(&part, payload, octets);
	rtp_send(
	    leg, leg->payload, i + 1 == n, leg->out.stamp, payload, octets);
}

/*
 * LEG's next frame, in as many packets as it takes; how long it is shown.  A
 * model gives the size of each frame (sound/source.h), which goes out in a
 * burst of packets with one timestamp, of which the last has the marker (RFC
 * 6184 5.1, RFC 7741 4.1).  What they contain after their headers has no
 * meaning.
 */
static int64_t
rtp_send_frame(struct rtp_leg *leg)
{
	struct sound_video_frame f;
	size_t n;

	if (leg->video.codec != leg->codec)
		sound_video_begin(&leg->video, leg->codec, SOUND_VIDEO_FPS,
		    SOUND_VIDEO_KBIT_S);
	sound_video_next(&leg->video, draw_frame_random(leg), &f);
	n = sound_video_packets(leg->codec, f.octets, FRAME_PAYLOAD_MOST);
	for (size_t i = 0; i < n; i++)
		send_part(leg, &f, i, n);
	leg->out.stamp += f.ticks;
	return (int64_t)f.ticks * SIM_S / leg->codec->clock;
}

/* The largest payload that is sent in one packet. */
#define PAYLOAD_MOST 1200
/* The level of a silent room, in -dBov. */
#define ROOM_LEVEL 65
/* What another level is, in dB, and how long the one that was told stays. */
#define LEVEL_STEP 6
#define TELL_MS    100

static void talker_talk(void *arg);

int64_t
rtp_block_ns(const struct sound_codec *codec)
{
	return codec->kind == SOUND_VIDEO ? rtp_frame_ns()
					  : codec->ptime_ms * SIM_MS;
}

static int64_t
next_after(const struct rtp_leg *leg)
{
	return leg->codec->kind == SOUND_VIDEO ? rtp_frame_ns()
					       : leg->ms * SIM_MS;
}

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
	leg->out.ssrc = leg->session->source;
	if (leg->out.ssrc == 0)
		leg->out.ssrc =
		    (uint32_t)sip_stack_below(s, SIP_STREAM_RTP, bound);
	leg->out.stamp = (uint32_t)sip_stack_below(s, SIP_STREAM_RTP, bound);
	leg->out.sequence =
	    (uint16_t)sip_stack_below(s, SIP_STREAM_RTP, 1 + UINT16_MAX);
	leg->clock = leg->codec->clock;
	leg->begun = true;
}

void
rtp_renew(struct rtp_leg *leg)
{
	rtp_control_leave(leg);
	leg->packets = leg->octets = leg->reported = 0;
	leg->begun = false;
	rtp_begin(leg);
}

/* RFC 3550 5.2: a source has one clock, so that another is another's. */
static void
follow_clock(struct rtp_leg *leg)
{
	if (leg->begun && leg->clock != leg->codec->clock)
		rtp_renew(leg);
	rtp_begin(leg);
}

static void
prefetch_talk(const void *arg, unsigned step)
{
	const struct rtp_leg *leg = arg;

	if (step == 1)
		prefetch(leg, offsetof(struct rtp_leg, contributors));
	else if (step == 3)
		prefetch(leg->session, PREFETCH_LINE);
	else if (step == 4)
		prefetch(leg->session->node, PREFETCH_LINE);
	if (step >= 3 && leg->sock != NULL)
		net_udp_prefetch_path(leg->sock, step - 3);
}

static void
wait_for_next(struct rtp_leg *leg, int64_t ns)
{
	leg->due_ns = sim_now(rtp_sim(leg)) + ns;
	leg->tick = node_after(leg->session->node, ns, talker_talk, leg);
}

/* One packet more of LEG's own, with a payload type of the other side's; its
 * time is STAMP. */
static void
rtp_send(struct rtp_leg *leg, int payload, bool marker, uint32_t stamp,
    const uint8_t *data, size_t n)
{
	const struct trace_message *m = rtp_message(leg->secret != NULL, false);
	uint8_t packet[RTP_HEAD + 4 * RTP_CSRCS + PAYLOAD_MOST + SRTP_TRAILER];
	struct str bytes = { (const char *)packet, 0 };
	size_t head;

	rtp_write_head(&leg->out, (uint8_t)payload, marker, stamp, packet);
	head = rtp_write_sources(leg->contributors, leg->ncontributors, packet);
	memcpy(packet + head, data, n);
	bytes.n = rtp_seal(leg, packet, head + n, false);
	if (bytes.n == 0)
		return;
	leg->packets++;
	leg->octets += n;
	leg->flow.packets++;
	leg->flow.octets += n;
	rtp_pass(leg, false, bytes, m);
}

/* ---- one block ---- */

/* The level of the silent room; mixed sound has none. */
static uint8_t
room_level(const struct rtp_leg *leg, bool mixes)
{
	return mixes ? ROOM_LEVEL
		     : leg->voice->level[leg->at_ms / RTP_VOICE_MS];
}

/* RFC 3389 4, RFC 3551 4.1: at the beginning of silence its level is sent,
 * where the other side takes that, and again when it changes; nothing more
 * until speech begins again. */
static bool
keep_quiet(struct rtp_leg *leg, bool silent, bool mixes)
{
	int8_t payload = leg->theirs[SIP_SDP_CODEC_CN];
	uint8_t level = room_level(leg, mixes);
	int off = (int)level - (int)leg->told_level;

	if (payload < 0 || leg->codec->kind != SOUND_REAL || !silent) {
		leg->marker = leg->marker || leg->quiet;
		leg->quiet = false;
		return false;
	}
	leg->untold += leg->ms;
	if (!leg->quiet || (leg->untold >= TELL_MS &&
			       (off >= LEVEL_STEP || off <= -LEVEL_STEP))) {
		rtp_send(leg, payload, false, leg->out.stamp, &level, 1);
		leg->told_level = level;
		leg->untold = 0;
	}
	leg->quiet = true;
	return true;
}

static void
send_voice(struct rtp_leg *leg, const int16_t *mixed)
{
	const uint8_t *block =
	    leg->voice->coded + leg->at_ms * (RTP_VOICE_BLOCK / RTP_VOICE_MS);
	size_t n = sound_codec_octets(leg->codec, leg->ms, 0);
	struct sound_part part = { .ms = leg->ms };
	uint8_t coded[RTP_PACKET_MOST];

	if (mixed != NULL) {
		g711_encode(leg->payload, mixed, n, coded);
		block = coded;
	} else if (leg->codec->write_heads != NULL) {
		memcpy(coded, block, n);
		n = leg->codec->write_heads(&part, coded, n);
		block = coded;
	}
	rtp_send(leg, leg->payload, leg->marker, leg->out.stamp, block, n);
	leg->marker = false;
}

/* A sound that is played once is over with the first silent block. */
static void
end_once(struct rtp_leg *leg, bool silent)
{
	struct rtp_session *s = leg->session;

	if (!leg->voice->once || !silent || s->said)
		return;
	s->said = true;
	rtp_record_says(leg);
}

/* The next packet is silence. */
static bool
is_next_packet_silent(const struct rtp_leg *leg)
{
	unsigned i = leg->at_ms / RTP_VOICE_MS;
	unsigned last = (leg->at_ms + leg->ms - 1) / RTP_VOICE_MS;

	while (i < last && rtp_voice_is_silent(leg->voice, i))
		i++;
	return rtp_voice_is_silent(leg->voice, i);
}

static void
advance_voice(struct rtp_leg *leg)
{
	unsigned all = (unsigned)leg->voice->nblocks * RTP_VOICE_MS;

	leg->at_ms += leg->ms;
	if (leg->at_ms >= all)
		leg->at_ms =
		    leg->voice->once ? all - RTP_VOICE_MS : leg->at_ms - all;
}

/* How long it is. */
static int64_t
send_packet(struct rtp_leg *leg)
{
	unsigned ms = leg->ms;
	bool in_band = false, silent = is_next_packet_silent(leg), mixes;
	int16_t mixed[RTP_PACKET_MOST];

	end_once(leg, silent);
	mixes = rtp_mix_block(leg, mixed, &silent);
	if (rtp_press_block(leg, ms, mixed, &in_band)) {
		if (in_band)
			send_voice(leg, mixed);
	} else if (!keep_quiet(leg, silent, mixes)) {
		send_voice(leg, mixes ? mixed : NULL);
	}
	leg->ncontributors = 0;
	advance_voice(leg);
	leg->out.stamp += sound_codec_ticks(leg->codec, ms);
	return ms * SIM_MS;
}

static bool
continues_own_flow(const struct rtp_leg *leg)
{
	return leg->flowing && addr_eq(&leg->flow.to, &leg->to) &&
	       leg->flow.ssrc == leg->out.ssrc &&
	       leg->flow.payload == leg->payload &&
	       leg->flow.format == leg->format;
}

/* To another address, or as another codec, another stream flows. */
static void
begin_own_flow(struct rtp_leg *leg)
{
	if (leg->flowing)
		rtp_record_stop(leg);
	leg->flowing = true;
	leg->flow.to = leg->to;
	leg->flow.ssrc = leg->out.ssrc;
	leg->flow.payload = leg->payload;
	leg->flow.format = leg->format;
	leg->flow.packets = leg->flow.octets = 0;
	sim_set_cause(rtp_sim(leg), rtp_record_flow(leg));
}

/* A block of the voice is complete, or a frame of the camera. */
static void
talker_talk(void *arg)
{
	struct rtp_leg *leg = arg;

	leg->tick = 0;
	if (!continues_own_flow(leg))
		begin_own_flow(leg);
	wait_for_next(leg, leg->codec->kind == SOUND_VIDEO ? rtp_send_frame(leg)
							   : send_packet(leg));
}

void
rtp_send_stop(struct rtp_leg *leg)
{
	sim_cancel(rtp_sim(leg), leg->tick);
	leg->tick = 0;
	if (leg->flowing)
		rtp_record_stop(leg);
	leg->flowing = false;
}

/* False: memory is out. */
static bool
find_voice(struct rtp_leg *leg)
{
	leg->voice = rtp_voice_of(leg->session->node, leg->session->says,
	    leg->session->number, leg->codec);
	if (leg->voice == NULL)
		node_fail_memory(leg->session->node);
	return leg->voice != NULL;
}

void
rtp_send_change(struct rtp_leg *leg)
{
	if (leg->tick == 0)
		return;
	leg->at_ms = 0;
	if (!find_voice(leg))
		rtp_send_stop(leg);
	else if (leg->flowing && leg->kind == SIP_SDP_AUDIO)
		rtp_record_says(leg);
}

/* RFC 3550 5.1: the stream's clock runs also while nothing is sent, until
 * NEXT. */
static void
pass_pause(struct rtp_leg *leg, int64_t next)
{
	int64_t tick = SIM_S / leg->codec->clock;

	if (leg->due_ns != 0 && next > leg->due_ns)
		leg->out.stamp += (uint32_t)((next - leg->due_ns) / tick);
}

bool
rtp_has_source(const struct rtp_leg *leg)
{
	const struct rtp_session *from = leg->session->from;

	for (size_t i = 0; from != NULL && i < from->nlegs; i++)
		list_each (
		    struct rtp_source, src, &from->legs[i]->sources, link)
			if (from->legs[i]->kind == leg->kind &&
			    from->legs[i]->hears && !src->silent &&
			    src->leaves == 0)
				return true;
	return !leg->session->relays;
}

void
rtp_send_follow(struct rtp_leg *leg)
{
	int64_t wait;

	if (!leg->sends || leg->codec == NULL || !rtp_reaches(leg, false) ||
	    !rtp_has_source(leg)) {
		rtp_send_stop(leg);
		return;
	}
	follow_clock(leg);
	if (!find_voice(leg)) {
		rtp_send_stop(leg);
		return;
	}
	if (leg->tick != 0)
		return;
	leg->marker = true;
	sim_prefetch(rtp_sim(leg), talker_talk, prefetch_talk);
	/* What has come goes on. */
	wait = leg->session->relays ? 0 : next_after(leg);
	pass_pause(leg, sim_now(rtp_sim(leg)) + wait);
	wait_for_next(leg, wait);
}
