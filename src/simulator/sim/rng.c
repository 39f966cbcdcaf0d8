/* xoshiro256** streams, named. */
#include "sim/rng.h"

static uint64_t
splitmix(uint64_t *x)
{
	uint64_t z = *x += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return z ^ z >> 31;
}

void
rng_init(struct rng *r, uint64_t seed, const char *owner, const char *purpose)
{
	uint64_t a = str_hash(str_of(owner));
	uint64_t b = str_hash(str_of(purpose));
	uint64_t x = splitmix(&seed) ^ splitmix(&a);

	x = splitmix(&x) ^ splitmix(&b);
	for (size_t i = 0; i < 4; i++)
		r->s[i] = splitmix(&x);
}

static uint64_t
rotl(uint64_t x, int k)
{
	return x << k | x >> (64 - k);
}

uint64_t
rng_u64(struct rng *r)
{
	uint64_t *s = r->s;
	uint64_t result = rotl(s[1] * 5, 7) * 9;
	uint64_t t = s[1] << 17;

	s[2] ^= s[0];
	s[3] ^= s[1];
	s[1] ^= s[2];
	s[0] ^= s[3];
	s[2] ^= t;
	s[3] = rotl(s[3], 45);
	return result;
}

uint64_t
rng_below(struct rng *r, uint64_t bound)
{
	/* One draw, always: the bias is below 2^-64 * bound. */
	__extension__ typedef unsigned __int128 u128;

	return (uint64_t)((u128)rng_u64(r) * bound >> 64);
}

double
rng_unit(struct rng *r)
{
	return (double)(rng_u64(r) >> 11) * 0x1p-53;
}

void
rng_token(struct rng *r, struct buf *b, size_t n)
{
	static const char digits[] = "0123456789abcdefghijklmnopqrstuvwxyz";

	while (n > 0) {
		uint64_t v = rng_u64(r);

		/* 12 digits of base 36 fit into 62 bits. */
		for (size_t i = 0; i < 12 && n > 0; i++, n--) {
			buf_putc(b, digits[v % 36]);
			v /= 36;
		}
	}
}
