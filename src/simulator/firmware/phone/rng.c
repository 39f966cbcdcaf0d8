/* splitmix64. */
#include "firmware/phone/rng.h"

uint64_t
rng_next(struct rng *rng)
{
	uint64_t z = rng->state += 0x9E3779B97F4A7C15u;

	z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
	z = (z ^ z >> 27) * 0x94D049BB133111EBu;
	return z ^ z >> 31;
}

uint32_t
rng_below(struct rng *rng, uint32_t n)
{
	return (uint32_t)((rng_next(rng) >> 32) * n >> 32);
}

void
rng_word(struct rng *rng, struct text *t)
{
	uint64_t bits = rng_next(rng);

	text_x(t, (uint32_t)(bits >> 32));
	text_x(t, (uint32_t)bits);
}
