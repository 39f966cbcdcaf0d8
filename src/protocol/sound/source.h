/*
 * The sound that a phone sends: silence, a tone of its own, a signal like
 * speech, notes, or the samples of a file.  A source continues where it was
 * read last, whatever the lengths of the blocks; it may be copied, and is all
 * zero for silence.
 */
#ifndef SOUND_SOURCE_H
#define SOUND_SOURCE_H

#include "sound/codec.h"
#include "sound/speech.h"

#include <stdbool.h>

/* Blocks softer than this, in -dBov, are silent: a room is, speech is not. */
#define SOUND_SILENT_LEVEL 55

enum sound_source_kind {
	SOUND_SILENCE,
	SOUND_TONE,
	SOUND_SPEECH,
	SOUND_SAMPLES,
	SOUND_NOTES,
};

/* One after the other, and again from the first. */
struct sound_note {
	uint16_t hz; /* 0: a pause */
	uint16_t ms;
};

struct sound_source {
	enum sound_source_kind kind;
	uint32_t phase, turn; /* of a tone: now, and a sample's */
	struct sound_speech speech;
	const int16_t *samples; /* borrowed */
	size_t nsamples, at;
	const struct sound_note *notes; /* borrowed */
	size_t nnotes, note;            /* AT samples of this one are over */
};

#define SOUND_TONES 15 /* that differ */

/* The frequency of the tone that phone NUMBER has, which is none of a digit's.
 */
unsigned sound_tone_hz(unsigned number);
void sound_source_tone(struct sound_source *s, unsigned number);
void sound_source_speech(struct sound_source *s, uint64_t seed);
/* N samples again and again, with pauses of a second between. */
void
sound_source_samples(struct sound_source *s, const int16_t *samples, size_t n);

void sound_source_notes(
    struct sound_source *s, const struct sound_note *notes, size_t n);

void sound_source_read(struct sound_source *s, int16_t *out, size_t n);
bool sound_source_is_silent(const int16_t *block, size_t n);

/*
 * Frames of video as a model of their sizes, and the packets that they go in:
 * a key frame of about five others every four seconds, and others that come
 * with it to the rate wanted.
 */
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
