/*
 * Sines and draws by integers: what signals are made of.
 */
#ifndef SOUND_SINE_H
#define SOUND_SINE_H

#include <stdint.h>

#define SOUND_RATE 8000 /* samples a second */

/* The sine of PHASE / 2^32 turns, of -32767 to 32767. */
int sound_sine(uint32_t phase);

/* How far the phase of a tone of HZ moves on in N samples. */
static inline uint32_t
sound_turn(unsigned hz, uint64_t n)
{
	return (uint32_t)(((uint64_t)hz << 32) / SOUND_RATE * n);
}

/* The next draw of 32 bits of a linear congruential generator, whatever *STATE
 * it begins with. */
static inline uint32_t
sound_draw(uint64_t *state)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*state >> 32);
}

/* One of LEAST to MOST. */
static inline unsigned
sound_draw_between(uint64_t *state, unsigned least, unsigned most)
{
	return least +
	       (unsigned)((uint64_t)sound_draw(state) * (most - least + 1) >>
			  32);
}

static inline int16_t
sound_clip(int64_t sample)
{
	return (int16_t)(sample > INT16_MAX   ? INT16_MAX
			 : sample < INT16_MIN ? INT16_MIN
					      : sample);
}

#endif
