/* What tests of samples share. */
#ifndef SOUND_CHECK_H
#define SOUND_CHECK_H

#include "sound/sine.h"

#include "check.h"

#include <math.h>

#define MINUTE (60 * SOUND_RATE)

/* The power of HZ in a block, as a part of all of it. */
static inline double
share_of(const int16_t *block, size_t n, double hz)
{
	double re = 0, im = 0, all = 0, w = 2 * M_PI * hz / SOUND_RATE;

	for (size_t i = 0; i < n; i++) {
		re += block[i] * cos(w * (double)i);
		im += block[i] * sin(w * (double)i);
		all += block[i] * (double)block[i];
	}
	return 2 * (re * re + im * im) / (all * (double)n);
}

#endif
