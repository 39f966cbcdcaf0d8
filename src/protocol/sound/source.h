/*
 * What a phone says: silence, a tone of its own, a signal like speech, notes,
 * or the samples of a file.  A source goes on where it was read last, whatever
 * the lengths of the blocks; it may be copied, and is all zero for silence.
 */
#ifndef SOUND_SOURCE_H
#define SOUND_SOURCE_H

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

#endif
