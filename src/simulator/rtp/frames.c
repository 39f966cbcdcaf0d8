/*
 * Video: frames whose sizes a model gives (sound/video.h), each in a burst of
 * packets with one timestamp, of which the last has the marker (RFC 6184 5.1,
 * RFC 7741 4.1).  What they contain has no meaning behind their heads.
 */
#include "rtp/rtp_in.h"

#include "sip/stack.h"

#include <string.h>

/* RFC 6184 5.8: as much as a packet takes on a path of 1,200 bytes and more. */
#define PAYLOAD_MOST 1188

int64_t
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
	    sound_video_part(leg->codec, f, PAYLOAD_MOST, i);
	size_t octets =
	    sound_video_payload(leg->codec, f->octets, PAYLOAD_MOST, i);
	uint8_t payload[PAYLOAD_MOST];

	memcpy(payload, leg->voice->coded, octets);
	if (leg->codec->write_heads != NULL)
		octets = leg->codec->write_heads(&part, payload, octets);
	rtp_send(
	    leg, leg->payload, i + 1 == n, leg->out.stamp, payload, octets);
}

int64_t
rtp_send_frame(struct rtp_leg *leg)
{
	struct sound_video_frame f;
	size_t n;

	if (leg->video.codec != leg->codec)
		sound_video_begin(&leg->video, leg->codec, SOUND_VIDEO_FPS,
		    SOUND_VIDEO_KBIT_S);
	sound_video_next(&leg->video, draw_frame_random(leg), &f);
	n = sound_video_packets(leg->codec, f.octets, PAYLOAD_MOST);
	for (size_t i = 0; i < n; i++)
		send_part(leg, &f, i, n);
	leg->out.stamp += f.ticks;
	return (int64_t)f.ticks * SIM_S / leg->codec->clock;
}
