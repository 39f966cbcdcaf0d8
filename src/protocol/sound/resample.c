/*
 * A sinc below 3,800 Hz under Hann's window.  The rates are as UP to DOWN in
 * lowest terms; a place between two samples that come is told in parts of UP,
 * and one between two that go has DOWN of these.
 */
#include "sound/resample.h"

#include "sound/sine.h"

#include <assert.h>

#define REACH     8   /* samples that go, to either side */
#define MOST_DOWN 441 /* that of 44,100 */

struct ratio {
	uint32_t up, down;
};

static struct ratio
find_ratio(uint32_t rate)
{
	uint32_t a = rate, b = SOUND_RATE, rest;

	while (b != 0) {
		rest = a % b;
		a = b;
		b = rest;
	}
	return (struct ratio){ SOUND_RATE / a, rate / a };
}

bool
sound_resample_knows(uint32_t rate)
{
	return rate >= SOUND_RATE && rate <= RESAMPLE_MOST &&
	       find_ratio(rate).down <= MOST_DOWN;
}

size_t
sound_resample_length(size_t n, uint32_t rate)
{
	return (n * SOUND_RATE + rate - 1) / rate;
}

/* The weight of a sample OFF parts away, in 2^15ths. */
static int32_t
find_weight(int64_t off, int64_t down)
{
	/* 0.475 turns for each sample that goes; 2.984513 is 0.95 pi. */
	uint32_t phase = (uint32_t)(off * 2040109466 / down);
	uint32_t window =
	    (uint32_t)(off * INT64_C(0x80000000) / (REACH * down)) + 0x40000000;
	int64_t sinc =
	    off == 0 ? 32767
		     : sound_sine(phase) * down * 1000000 / (off * 2984513);

	return (int32_t)(sinc * (32767 + sound_sine(window)) / 65534);
}

void
sound_resample(const int16_t *in, size_t n, uint32_t rate, int16_t *out)
{
	int32_t weights[REACH * MOST_DOWN + 1] = { 0 };
	struct ratio r = find_ratio(rate);
	int64_t up = r.up, reach = (int64_t)REACH * r.down, at, i, sum, all;
	size_t nout = sound_resample_length(n, rate);

	assert(sound_resample_knows(rate));
	for (int64_t off = 0; off <= reach; off++)
		weights[off] = find_weight(off, r.down);
	for (size_t t = 0; t < nout; t++) {
		at = (int64_t)t * r.down;
		i = at > reach ? (at - reach + up - 1) / up : 0;
		sum = all = 0;
		for (; i < (int64_t)n && i * up <= at + reach; i++) {
			int64_t off = i * up - at;
			int32_t w = weights[off < 0 ? -off : off];

			sum += (int64_t)w * in[i];
			all += w;
		}
		out[t] = sound_clip(all > 0 ? sum / all : 0);
	}
}
