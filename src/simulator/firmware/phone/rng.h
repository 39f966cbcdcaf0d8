/*
 * The phone's random numbers: splitmix64 (Steele, Lea, Flood: Fast Splittable
 * Pseudorandom Number Generators, 2014).  The seed comes from the command line,
 * so that a run can be repeated; a phone for use would ask its hardware.
 */
#ifndef FIRMWARE_PHONE_RNG_H
#define FIRMWARE_PHONE_RNG_H

#include "firmware/phone/text.h"

struct rng {
	uint64_t state;
};

uint64_t rng_next(struct rng *rng);
/* A number below N, which is above 0. */
uint32_t rng_below(struct rng *rng, uint32_t n);
/* Adds 16 hexadecimal digits: a tag, a branch, a Call-ID. */
void rng_word(struct rng *rng, struct text *t);

#endif
