#include "sound/comfort.h"

#include "sound/level.h"
#include "sound/sine.h"

void
sound_comfort_write(uint64_t *draws, unsigned level, int16_t *out, size_t n)
{
	/* Draws of -peak to peak have a root mean square of peak over root 3;
	 * in 256ths. */
	int64_t peak = (int64_t)sound_level_rms(level) * 1774 / 1024, sample;

	for (size_t i = 0; i < n; i++) {
		sample = (int64_t)sound_draw(draws) - INT64_C(0x80000000);
		out[i] = sound_clip(
		    (sample * peak / INT64_C(0x80000000) + 0x8080) / 256 -
		    0x80);
	}
}
