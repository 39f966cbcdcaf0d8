/*
 * Frames of video as a model of their sizes, and the packets that they go in:
 * a key frame of about five others every four seconds, and others that come
 * with it to the rate wanted.
 */
#ifndef SOUND_VIDEO_H
#define SOUND_VIDEO_H

#include "sound/codec.h"

#define SOUND_VIDEO_FPS    15
#define SOUND_VIDEO_KBIT_S 300

struct sound_video {
	const struct sound_codec *codec;
	unsigned fps, kbit_s;
	unsigned until_key; /* frames; 0: the next is one */
	uint16_t number;    /* of the next */
};

struct sound_video_frame {
	bool key;
	uint16_t number; /* counted on */
	size_t octets;
	uint32_t ticks; /* from its timestamp to the next one's */
};

/* The first frame is a key frame.  FPS and KBIT_S above 0. */
void sound_video_begin(struct sound_video *v, const struct sound_codec *codec,
    unsigned fps, unsigned kbit_s);
/* DRAW, of 0 to 2^64 - 1, decides how large it is: others by a quarter, key
 * frames by a fifth, up and down. */
void sound_video_next(
    struct sound_video *v, uint64_t draw, struct sound_video_frame *frame);

/* How many packets with payloads of at most MAX octets (6 or more) a frame
 * takes, and the payload of packet I. */
size_t
sound_video_packets(const struct sound_codec *codec, size_t octets, size_t max);
size_t sound_video_payload(
    const struct sound_codec *codec, size_t octets, size_t max, size_t i);
/* What packet I of frame F is. */
struct sound_part sound_video_part(const struct sound_codec *codec,
    const struct sound_video_frame *f, size_t max, size_t i);

#endif
