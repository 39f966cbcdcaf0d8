/* What tests of samples share. */
#ifndef SOUND_CHECK_H
#define SOUND_CHECK_H

#include "base/str.h"
#include "sound/sine.h"

#include "check.h"

#include <math.h>
#include <stdio.h>

#define MINUTE (60 * SOUND_RATE)

/* The samples of a minute have a hash that is the same everywhere. */
static inline void
want_hash(const char *what, const int16_t *minute, uint64_t want)
{
	uint64_t h = STR_HASH_START;
	char octets[2];

	for (size_t i = 0; i < MINUTE; i++) {
		octets[0] = (char)minute[i];
		octets[1] = (char)(minute[i] >> 8);
		h = str_hash_add(h, (struct str){ octets, 2 });
	}
	h = str_hash_end(h);
	CU_ASSERT_EQUAL(h, want);
	if (h != want)
		printf("BAD %s: %#llx\n", what, (unsigned long long)h);
}

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
