/*
 * Digits as pairs of tones among the samples (ITU-T Q.23, Q.24): written, and
 * found again.  Digits are 0 to 9, *, # and A to D.
 */
#ifndef SOUND_DTMF_H
#define SOUND_DTMF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DTMF_TONES     8    /* four rows, four columns */
#define DTMF_AMPLITUDE 5000 /* the lower tone's, usually: -13 dBm0 */

/* Samples FROM to FROM + N of DIGIT's tones: the lower has AMPLITUDE, the upper
 * is 2 dB louder.  False, and silence: it is no digit. */
bool dtmf_write(
    char digit, unsigned amplitude, uint64_t from, int16_t *out, size_t n);

/* The power of a tone, 0 to 3 a row, 4 to 7 a column, in a block: of a sine of
 * amplitude a it is about (a n / 2)^2 (Goertzel). */
uint64_t dtmf_power(unsigned tone, const int16_t *block, size_t n);

/*
 * Finds digits of 40 ms and more with pauses of 40 ms and more between; what
 * lasts less than 23 ms is none, and a gap of 10 ms parts none.  All zero at
 * first.
 */
#define DTMF_BLOCK 102 /* samples: 12.75 ms; one begins every half of that */

struct dtmf_detector {
	int16_t block[DTMF_BLOCK];
	unsigned n;      /* samples in it */
	char digit;      /* of the last block; 0: none */
	unsigned agreed; /* blocks in a row of the same */
	char reported;   /* until its pause has come; 0: none */
	unsigned missed; /* blocks in a row without it */
};

/* The digits found, put into DIGITS as far as SIZE reaches; their number.  N
 * samples have at most n / 204 + 1. */
size_t dtmf_detect(struct dtmf_detector *d, const int16_t *samples, size_t n,
    char *digits, size_t size);

#endif
