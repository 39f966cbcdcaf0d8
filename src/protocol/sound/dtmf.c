/* Tones by the table of sines, and by Goertzel's sums with coefficients of 14
 * bits behind the point at the exact frequencies. */
#include "sound/dtmf.h"

#include "sound/sine.h"

#include <string.h>

static const uint16_t hz[DTMF_TONES] = { 697, 770, 852, 941, 1209, 1336, 1477,
	1633 };
/* 2 cos(2 pi f / 8000) in 2^14ths. */
static const int32_t turns[DTMF_TONES] = { 27980, 26956, 25701, 24219, 19073,
	16325, 13085, 9315 };
static const char digits_of[] = "123A456B789C*0#D"; /* row by row */

bool
dtmf_write(
    char digit, unsigned amplitude, uint64_t from, int16_t *out, size_t n)
{
	const char *at = digit != '\0' ? strchr(digits_of, digit) : NULL;
	uint32_t low, high;
	int64_t sample;
	size_t place;

	memset(out, 0, n * sizeof(*out));
	if (at == NULL)
		return false;
	place = (size_t)(at - digits_of);
	low = sound_turn(hz[place / 4], from);
	high = sound_turn(hz[4 + place % 4], from);
	for (size_t i = 0; i < n; i++) {
		/* 2 dB are 1259 thousandths. */
		sample = sound_sine(low) * INT64_C(1000) +
			 sound_sine(high) * INT64_C(1259);
		out[i] = sound_clip(sample * amplitude / 32767000);
		low += sound_turn(hz[place / 4], 1);
		high += sound_turn(hz[4 + place % 4], 1);
	}
	return true;
}

uint64_t
dtmf_power(unsigned tone, const int16_t *block, size_t n)
{
	int64_t s0, s1 = 0, s2 = 0, turn = turns[tone];

	/* In 16ths, so that rounding does not add up. */
	for (size_t i = 0; i < n; i++) {
		s0 = block[i] * 16 + (turn * s1 + 0x2000) / 0x4000 - s2;
		s2 = s1;
		s1 = s0;
	}
	s1 /= 16;
	s2 /= 16;
	s0 = s1 * s1 + s2 * s2 - turn * s1 / 0x4000 * s2;
	return s0 > 0 ? (uint64_t)s0 : 0;
}

/* ---- found ---- */

#define HALF (DTMF_BLOCK / 2)
/* A tone of amplitude 300, about -38 dBm0. */
#define LEAST (UINT64_C(300) * 300 * HALF * HALF)
/* How many blocks in a row make a digit, and how many without it a pause:
 * the numbers of 40 ms and of neither 23 nor 10. */
#define AGREE 4
#define PAUSE 5

/* The strongest of four; false: another is not much weaker. */
static bool
find_strongest(const uint64_t power[4], unsigned *best)
{
	*best = 0;
	for (unsigned i = 1; i < 4; i++)
		if (power[i] > power[*best])
			*best = i;
	for (unsigned i = 0; i < 4; i++)
		if (i != *best && power[i] > power[*best] / 4)
			return false;
	return power[*best] >= LEAST;
}

/* Q.24: an upper tone may be 8 dB weaker, or 4 dB louder; nearly 3 and 2 more
 * are for one that a block has not whole.  Both are nearly
 * all that is heard, and what else is there is no more than twice the
 * weaker, so that tones 3.5 % from their frequencies are none. */
static bool
fits(uint64_t row, uint64_t column, uint64_t all)
{
	uint64_t both = row + column, rest = all > both ? all - both : 0;

	return column * 12 >= row && column <= row * 4 &&
	       both * 10 >= all * 7 &&
	       rest <= 2 * (row < column ? row : column);
}

/* The digit of a block; 0: none. */
static char
digit_in(const int16_t block[DTMF_BLOCK])
{
	uint64_t power[DTMF_TONES], all = 0;
	unsigned row, column;

	for (int i = 0; i < DTMF_BLOCK; i++)
		all += (uint64_t)((int32_t)block[i] * block[i]);
	/* Of one sine: a^2 n / 2, its power (a n / 2)^2. */
	all *= HALF;
	if (all < LEAST)
		return '\0';
	for (unsigned t = 0; t < DTMF_TONES; t++)
		power[t] = dtmf_power(t, block, DTMF_BLOCK);
	if (!find_strongest(power, &row) ||
	    !find_strongest(power + 4, &column) ||
	    !fits(power[row], power[4 + column], all))
		return '\0';
	return digits_of[row * 4 + column];
}

/* A block has had DIGIT; what is to be reported, or 0. */
static char
note_digit(struct dtmf_detector *d, char digit)
{
	d->agreed = digit == d->digit ? d->agreed + 1 : 1;
	d->digit = digit;
	d->missed = digit == d->reported ? 0 : d->missed + 1;
	if (d->missed >= PAUSE)
		d->reported = '\0';
	if (digit == '\0' || digit == d->reported || d->agreed < AGREE)
		return '\0';
	d->reported = digit;
	d->missed = 0;
	return digit;
}

size_t
dtmf_detect(struct dtmf_detector *d, const int16_t *samples, size_t n,
    char *digits, size_t size)
{
	size_t found = 0;
	char digit;

	for (size_t i = 0; i < n; i++) {
		d->block[d->n++] = samples[i];
		if (d->n < DTMF_BLOCK)
			continue;
		digit = note_digit(d, digit_in(d->block));
		if (digit != '\0' && found < size)
			digits[found++] = digit;
		memmove(d->block, d->block + HALF, HALF * sizeof(*d->block));
		d->n = HALF;
	}
	return found;
}
