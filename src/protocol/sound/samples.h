/*
 * Operations on blocks of samples: level, sum, digits in band, comfort noise,
 * sine, other rates, concealment of losses.
 */
#ifndef SOUND_SAMPLES_H
#define SOUND_SAMPLES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * How loud a block of samples is, in -dBov: 0 is a square wave as large as
 * samples can be, 127 is the softest and silence (RFC 3389 3.1, RFC 6464 3).
 */
#define SOUND_LEVEL_SOFTEST 127

uint8_t sound_level(const int16_t *block, size_t n);
/* The root mean square of samples of a LEVEL, in 256ths; 0 of the softest. */
uint32_t sound_level_rms(unsigned level);

/* ---- blocks of samples put together ---- */

/*
 * What each of a conference hears is the sum of all without its own. A sum is
 * kept whole until the end, so that the order of its parts makes no difference.
 * Where it is too loud then it is made softer, by this, block by block. All
 * zero at first, and the sum comes as it is.
 */
struct sound_limiter {
	uint16_t less; /* 2^15ths */
};

void sound_mix_add(int32_t *sum, const int16_t *block, size_t n);
/* The sum, clipped, without the block OWN; NULL: all of it. */
void
sound_mix_take(const int32_t *sum, const int16_t *own, int16_t *out, size_t n);
/* The same, never clipped: a block that would be is made softer as a whole, and
 * those after it get louder again little by little. */
void sound_mix_limit(struct sound_limiter *l, const int32_t *sum,
    const int16_t *own, int16_t *out, size_t n);
/* Makes a block so many percent as loud; clipped. */
void sound_mix_scale(int16_t *block, size_t n, unsigned percent);

/*
 * Digits as pairs of tones among the samples (ITU-T Q.23, Q.24): written, and
 * found again.  Digits are 0 to 9, *, # and A to D.
 */
#define DTMF_TONES     8    /* four rows, four columns */
#define DTMF_AMPLITUDE 5000 /* the lower tone's, usually: -13 dBm0 */

/* Samples FROM to FROM + N of DIGIT's tones: the lower has AMPLITUDE, the upper
 * is 2 dB louder.  False, and silence: it is not a digit. */
bool dtmf_write(
    char digit, unsigned amplitude, uint64_t from, int16_t *out, size_t n);

/* The power of a tone, 0 to 3 a row, 4 to 7 a column, in a block: of a sine of
 * amplitude a it is about (a n / 2)^2 (Goertzel). */
uint64_t dtmf_power(unsigned tone, const int16_t *block, size_t n);

/*
 * Finds digits of 40 ms and more with pauses of 40 ms and more between; what
 * lasts less than 23 ms is none, and a gap of 10 ms parts none.  All zero at
 * first.
 */
#define DTMF_BLOCK 102 /* samples: 12.75 ms; one begins every half of that */

struct dtmf_detector {
	int16_t block[DTMF_BLOCK];
	unsigned n;      /* samples in it */
	char digit;      /* of the last block; 0: none */
	unsigned agreed; /* blocks in a row of the same */
	char reported;   /* until its pause has come; 0: none */
	unsigned missed; /* blocks in a row without it */
};

/* The digits found, put into DIGITS as far as SIZE reaches; their number.  N
 * samples have at most n / 204 + 1. */
size_t dtmf_detect(struct dtmf_detector *d, const int16_t *samples, size_t n,
    char *digits, size_t size);

/*
 * Comfort noise (RFC 3389), played while the other side sends nothing, as loud
 * as the noise on its side; the level in a packet is sound_level of a block.
 *
 * N samples of white noise of a LEVEL, 0 to 127, as *DRAWS has them: any number
 * at first. Louder than -5 dBov it is clipped.
 */
void
sound_comfort_write(uint64_t *draws, unsigned level, int16_t *out, size_t n);

/* ---- sines and draws by integers: what signals are made of ---- */

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

#define RESAMPLE_MOST 48000 /* samples a second */

/* Whether samples of that RATE can be: the usual rates from 8,000 to 48,000. */
bool sound_resample_knows(uint32_t rate);
/* How many N samples become. */
size_t sound_resample_length(size_t n, uint32_t rate);
/*
 * Samples brought to 8,000 a second: each is a weighted mean of its neighbours,
 * by which frequencies above 4,000 Hz are removed.
 *
 * N samples of a RATE that is known into OUT, which has room for as many.
 */
void sound_resample(const int16_t *in, size_t n, uint32_t rate, int16_t *out);

/*
 * Concealment of lost packets of samples: the last period of the pitch again
 * and again, softer and softer, nothing after 60 ms (as ITU-T G.711 Appendix I
 * does it, in short).  All zero at first.
 */
#define SOUND_CONCEAL_KEPT 280 /* samples: a window and the longest period */

struct sound_conceal {
	int16_t
	    kept[SOUND_CONCEAL_KEPT]; /* what was heard, the last one last */
	unsigned period;              /* of what was heard before the loss */
	unsigned lost;                /* samples in a row */
};

/* A block that is there. */
void
sound_conceal_note(struct sound_conceal *c, const int16_t *block, size_t n);
/* N samples in place of those lost. */
void sound_conceal_fill(struct sound_conceal *c, int16_t *out, size_t n);

#endif
