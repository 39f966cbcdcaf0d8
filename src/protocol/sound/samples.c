/*
 * Samples: levels, sines, tones of digits, mixing, noise and concealment where
 * none come, another rate.
 */
#include "sound/samples.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* ---- levels by a decade of powers and one of amplitudes ---- */

/* Of a block of level 0 to 9: the least mean square, 2^30 * 10^(-(L + 1/2)/10),
 * each ten levels below a tenth. */
static const uint32_t least_power[10] = { 956973408, 760150998, 603809400,
	479622855, 380977976, 302621563, 240380852, 190941298, 151670064,
	120475814 };
/* 2^15 * 10^(-L/20) in 256ths, each twenty levels below a tenth. */
static const uint32_t level_amplitudes[20] = { 8388608, 7476355, 6663308,
	5938680, 5292854, 4717261, 4204263, 3747054, 3339565, 2976390, 2652711,
	2364231, 2107123, 1877975, 1673747, 1491729, 1329505, 1184922, 1056063,
	941217 };

uint8_t
sound_level(const int16_t *block, size_t n)
{
	uint64_t sum = 0;
	unsigned level = 0, i = 0;

	for (size_t k = 0; k < n; k++)
		sum += (uint64_t)((int32_t)block[k] * block[k]);
	if (sum == 0)
		return SOUND_LEVEL_SOFTEST;
	for (; level < 120 && sum < least_power[9] * (uint64_t)n; level += 10)
		sum *= 10;
	while (i < 9 && sum < least_power[i] * (uint64_t)n)
		i++;
	return (uint8_t)(level + i);
}

uint32_t
sound_level_rms(unsigned level)
{
	uint32_t rms;

	if (level >= SOUND_LEVEL_SOFTEST)
		return 0;
	rms = level_amplitudes[level % 20];
	for (unsigned i = 0; i < level / 20; i++)
		rms /= 10;
	return rms;
}

/* A quarter of a turn as a table, straight lines between its points: no sine is
 * off by more than 4 in 32767. */
static const int16_t quarter[65] = { 0, 804, 1608, 2410, 3212, 4011, 4808, 5602,
	6393, 7179, 7962, 8739, 9512, 10278, 11039, 11793, 12539, 13279, 14010,
	14732, 15446, 16151, 16846, 17530, 18204, 18868, 19519, 20159, 20787,
	21403, 22005, 22594, 23170, 23731, 24279, 24811, 25329, 25832, 26319,
	26790, 27245, 27683, 28105, 28510, 28898, 29268, 29621, 29956, 30273,
	30571, 30852, 31113, 31356, 31580, 31785, 31971, 32137, 32285, 32412,
	32521, 32609, 32678, 32728, 32757, 32767 };

int
sound_sine(uint32_t phase)
{
	uint32_t in_half = phase & 0x7FFFFFFF, at, part;
	int sine;

	if (in_half > 0x40000000)
		in_half = 0x80000000 - in_half;
	at = in_half >> 24;
	part = in_half >> 8 & 0xFFFF;
	sine = quarter[at];
	if (part != 0)
		sine += (int)((uint32_t)(quarter[at + 1] - sine) * part >> 16);
	return phase < 0x80000000 ? sine : -sine;
}

#define WHOLE 0x8000
/* How much louder a block of 20 ms may be than the one before: from silence to
 * all in 5 s, so that steady sound stays steady. */
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

/* At 8,000 samples a second. */
#define WINDOW   160
#define SHORTEST 40  /* 200 Hz */
#define LONGEST  120 /* 67 Hz */
#define FADE     480 /* 60 ms */

_Static_assert(WINDOW + LONGEST == SOUND_CONCEAL_KEPT, "all that is compared");

void
sound_conceal_note(struct sound_conceal *c, const int16_t *block, size_t n)
{
	size_t whole = SOUND_CONCEAL_KEPT;

	if (n > whole) {
		block += n - whole;
		n = whole;
	}
	memmove(c->kept, c->kept + n, (whole - n) * sizeof(*c->kept));
	if (n > 0)
		memcpy(c->kept + whole - n, block, n * sizeof(*block));
	c->lost = 0;
}

/* The period by which the window differs least from what was before it. */
static unsigned
find_period(const struct sound_conceal *c)
{
	const int16_t *window = c->kept + LONGEST;
	unsigned best = SHORTEST;
	long least = -1, sum;

	for (unsigned p = SHORTEST; p <= LONGEST; p++) {
		sum = 0;
		for (int i = 0; i < WINDOW; i++)
			sum += labs((long)window[i] - window[i - (int)p]);
		if (least < 0 || sum < least) {
			least = sum;
			best = p;
		}
	}
	return best;
}

void
sound_conceal_fill(struct sound_conceal *c, int16_t *out, size_t n)
{
	const int16_t *last;

	if (c->lost == 0)
		c->period = find_period(c);
	last = c->kept + SOUND_CONCEAL_KEPT - c->period;
	for (size_t i = 0; i < n; i++) {
		out[i] = (int16_t)(last[c->lost % c->period] *
				   (int)(FADE - c->lost) / FADE);
		if (c->lost < FADE)
			c->lost++;
	}
}

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

#define REACH     8   /* samples that go, to either side */
#define MOST_DOWN 441 /* that of 44,100 */

/*
 * The rates are as UP to DOWN in lowest terms. A place between two samples that
 * come is told in parts of UP, and one between two that go has DOWN of these.
 */
struct ratio {
	uint32_t up, down;
};

static struct ratio
find_ratio(uint32_t rate)
{
	uint32_t a = rate, b = SOUND_RATE, rest;

	while (b != 0) {
		rest = a % b;
		a = b;
		b = rest;
	}
	return (struct ratio){ SOUND_RATE / a, rate / a };
}

bool
sound_resample_knows(uint32_t rate)
{
	return rate >= SOUND_RATE && rate <= RESAMPLE_MOST &&
	       find_ratio(rate).down <= MOST_DOWN;
}

size_t
sound_resample_length(size_t n, uint32_t rate)
{
	return (n * SOUND_RATE + rate - 1) / rate;
}

/*
 * The weight of a sample OFF parts away, in 2^15ths: a sinc below 3,800 Hz
 * under Hann's window.
 */
static int32_t
find_weight(int64_t off, int64_t down)
{
	/* 0.475 turns for each sample that goes; 2.984513 is 0.95 pi. */
	uint32_t phase = (uint32_t)(off * 2040109466 / down);
	uint32_t window =
	    (uint32_t)(off * INT64_C(0x80000000) / (REACH * down)) + 0x40000000;
	int64_t sinc =
	    off == 0 ? 32767
		     : sound_sine(phase) * down * 1000000 / (off * 2984513);

	return (int32_t)(sinc * (32767 + sound_sine(window)) / 65534);
}

void
sound_resample(const int16_t *in, size_t n, uint32_t rate, int16_t *out)
{
	int32_t weights[REACH * MOST_DOWN + 1] = { 0 };
	struct ratio r = find_ratio(rate);
	int64_t up = r.up, reach = (int64_t)REACH * r.down, at, i, sum, all;
	size_t nout = sound_resample_length(n, rate);

	assert(sound_resample_knows(rate));
	for (int64_t off = 0; off <= reach; off++)
		weights[off] = find_weight(off, r.down);
	for (size_t t = 0; t < nout; t++) {
		at = (int64_t)t * r.down;
		i = at > reach ? (at - reach + up - 1) / up : 0;
		sum = all = 0;
		for (; i < (int64_t)n && i * up <= at + reach; i++) {
			int64_t off = i * up - at;
			int32_t w = weights[off < 0 ? -off : off];

			sum += (int64_t)w * in[i];
			all += w;
		}
		out[t] = sound_clip(all > 0 ? sum / all : 0);
	}
}

/* Tones by the table of sines, and by Goertzel's sums with coefficients of 14
 * bits behind the point at the exact frequencies. */
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
samples_fits(uint64_t row, uint64_t column, uint64_t all)
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
	    !samples_fits(power[row], power[4 + column], all))
		return '\0';
	return digits_of[row * 4 + column];
}

/* A block has had DIGIT; returns the digit to report, or 0. */
static char
samples_note_digit(struct dtmf_detector *d, char digit)
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
		digit = samples_note_digit(d, digit_in(d->block));
		if (digit != '\0' && found < size)
			digits[found++] = digit;
		memmove(d->block, d->block + HALF, HALF * sizeof(*d->block));
		d->n = HALF;
	}
	return found;
}
