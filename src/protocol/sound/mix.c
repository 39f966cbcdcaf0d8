#include "sound/mix.h"

#include "sound/sine.h"

#define WHOLE 0x8000
/* How much louder a block of 20 ms may be than the one before: from silence to
 * all in 5 s, so that what is steady stays steady. */
#define RISE (WHOLE / 256)

void
sound_mix_add(int32_t *sum, const int16_t *block, size_t n)
{
	for (size_t i = 0; i < n; i++)
		sum[i] += block[i];
}

void
sound_mix_take(const int32_t *sum, const int16_t *own, int16_t *out, size_t n)
{
	for (size_t i = 0; i < n; i++)
		out[i] =
		    sound_clip((int64_t)sum[i] - (own != NULL ? own[i] : 0));
}

/* How loud SUM without OWN may be. */
static uint32_t
find_gain(const int32_t *sum, const int16_t *own, size_t n)
{
	int64_t peak = INT16_MAX, one;

	for (size_t i = 0; i < n; i++) {
		one = (int64_t)sum[i] - (own != NULL ? own[i] : 0);
		one = one < 0 ? -one - 1 : one;
		peak = one > peak ? one : peak;
	}
	return (uint32_t)(WHOLE * (int64_t)INT16_MAX / peak);
}

void
sound_mix_limit(struct sound_limiter *l, const int32_t *sum, const int16_t *own,
    int16_t *out, size_t n)
{
	uint32_t most = find_gain(sum, own, n), gain = WHOLE - l->less + RISE;

	gain = gain < most ? gain : most;
	l->less = (uint16_t)(WHOLE - gain);
	for (size_t i = 0; i < n; i++)
		out[i] =
		    sound_clip(((int64_t)sum[i] - (own != NULL ? own[i] : 0)) *
			       gain / WHOLE);
}

void
sound_mix_scale(int16_t *block, size_t n, unsigned percent)
{
	for (size_t i = 0; i < n; i++)
		block[i] = sound_clip(block[i] * (int64_t)percent / 100);
}
