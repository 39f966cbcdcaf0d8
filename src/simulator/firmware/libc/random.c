/*
 * Random numbers of the C library: libosip2 draws on lrand48.  It seeds from
 * /dev/urandom, which there is not, then from the time; both are passed over:
 * the numbers come from the command line's seed, so that a run can be repeated.
 * splitmix64 (Steele, Lea, Flood 2014), on a stream of its own.
 */
#include "firmware/libc/glibc.h"

#include "firmware/hal.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static uint64_t state;
static bool seeded;

static void
seed(void)
{
	const char *at = strstr(hal_config(), "seed=");

	state = at == NULL ? 0 : strtoull(at + 5, NULL, 16);
	state ^= 0x6C6962635F726E67; /* another stream than the phone's */
	seeded = true;
}

void
srand48(long ignored)
{
	(void)ignored;
}

long
lrand48(void)
{
	uint64_t z;

	if (!seeded)
		seed();
	state += 0x9E3779B97F4A7C15;
	z = state;
	z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
	z = (z ^ z >> 27) * 0x94D049BB133111EB;
	return (long)((z ^ z >> 31) >> 33);
}
