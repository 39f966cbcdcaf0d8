#include "sound/mix.h"

#include "sound/sine.h"

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

void
sound_mix_scale(int16_t *block, size_t n, unsigned percent)
{
	for (size_t i = 0; i < n; i++)
		block[i] = sound_clip(block[i] * (int64_t)percent / 100);
}
