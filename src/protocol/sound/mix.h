/*
 * Blocks of samples put together: what each of a conference hears is the sum of
 * all without its own.  A sum is kept whole until the end, so that the order of
 * its parts makes no difference; where it is too loud then it is made softer.
 */
#ifndef SOUND_MIX_H
#define SOUND_MIX_H

#include <stddef.h>
#include <stdint.h>

/* What makes a mix softer, block by block; all zero at first, and the sum comes
 * as it is. */
struct sound_limiter {
	uint16_t less; /* 2^15ths */
};

void sound_mix_add(int32_t *sum, const int16_t *block, size_t n);
/* The sum, clipped, without the block OWN; NULL: all of it. */
void
sound_mix_take(const int32_t *sum, const int16_t *own, int16_t *out, size_t n);
/* The same, never clipped: a block that would be is made softer as a whole, and
 * those behind it get louder again little by little. */
void sound_mix_limit(struct sound_limiter *l, const int32_t *sum,
    const int16_t *own, int16_t *out, size_t n);
/* Makes a block so many percent as loud; clipped. */
void sound_mix_scale(int16_t *block, size_t n, unsigned percent);

#endif
