/*
 * Random streams by name: "alice/tag", "atl>bil/loss".  A stream depends on
 * the run's seed and its name alone, so that drawing from one leaves all
 * others as they were.  xoshiro256** (Blackman, Vigna 2018), seeded by
 * splitmix64.  Not for secrets.
 */
#ifndef SIM_RNG_H
#define SIM_RNG_H

#include "base/buf.h"

struct rng {
	uint64_t s[4];
};

/* The name is OWNER/PURPOSE. */
void
rng_init(struct rng *r, uint64_t seed, const char *owner, const char *purpose);
uint64_t rng_u64(struct rng *r);
/* Evenly from 0 to BOUND - 1; BOUND > 0. */
uint64_t rng_below(struct rng *r, uint64_t bound);
/* Evenly from [0, 1). */
double rng_unit(struct rng *r);
/* N characters out of 0-9a-z. */
void rng_token(struct rng *r, struct buf *b, size_t n);

#endif
