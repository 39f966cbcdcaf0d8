/*
 * A signal like speech: spurts of a second or so, of syllables, and pauses of
 * about 0.7 s in which a room is heard softly.  A syllable may begin with a
 * hiss; its vowel has a pitch that falls and the formants of one of five.  All
 * of it follows from a seed.
 */
#ifndef SOUND_SPEECH_H
#define SOUND_SPEECH_H

#include <stdint.h>

#define SOUND_SPEECH_WAVE 128 /* samples of one period of a vowel */

enum sound_piece { SOUND_PAUSE, SOUND_HISS, SOUND_VOWEL };

struct sound_speech {
	uint64_t draws;
	unsigned pitch_hz;      /* of the voice, about */
	unsigned syllables;     /* that are left of the spurt */
	enum sound_piece piece; /* the kind of sound */
	unsigned at, length;    /* samples of it: said, in all */
	uint32_t phase, turn;   /* of a vowel: now, and a sample's */
	uint32_t fall;          /* by so much TURN falls a sample */
	int last;               /* of a hiss: the draw before */
	int16_t wave[SOUND_SPEECH_WAVE];
};

#endif
