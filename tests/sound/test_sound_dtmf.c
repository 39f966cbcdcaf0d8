/* Digits as tones: written, found, and what is none. */
#include "media/g711.h"
#include "media/rtp.h"
#include "sound/samples.h"
#include "sound/source.h"
#include "fixtures/sound_check.h"

#include <string.h>

#define DIGITS "123A456B789C*0#D"

static const double freqs[DTMF_TONES] = { 697, 770, 852, 941, 1209, 1336, 1477,
	1633 };

/* Two sines of any frequency, behind SKIP samples of silence, as samples. */
static void
put_tones(int16_t *out, size_t n, size_t skip, size_t length, double low_hz,
    double low, double high_hz, double high)
{
	double t;

	memset(out, 0, n * sizeof(*out));
	for (size_t i = skip; i < n && i < skip + length; i++) {
		t = 2 * M_PI * (double)(i - skip) / SOUND_RATE;
		out[i] = (int16_t)lround(
		    low * sin(low_hz * t) + high * sin(high_hz * t));
	}
}

/* How many digits are found in N samples. */
static size_t
found_in(const int16_t *samples, size_t n, char digits[32])
{
	struct dtmf_detector d = { 0 };

	memset(digits, 0, 32);
	return dtmf_detect(&d, samples, n, digits, 31);
}

/* The powers of digit 5 by exact frequencies. */
static void
powers(void)
{
	static const double want[DTMF_TONES] = { 5.85e7, 1.0534e10, 3.66e7,
		4.48e7, 9.00e7, 1.6620e10, 1.065e8, 2.28e7 };
	int16_t block[205];

	put_tones(block, 205, 0, 205, 770, 1000, 1336, 1259);
	for (unsigned t = 0; t < DTMF_TONES; t++)
		CU_ASSERT_DOUBLE_EQUAL((double)dtmf_power(t, block, 205),
		    want[t], want[t] * (want[t] > 1e9 ? 0.002 : 0.03));
	memset(block, 0, sizeof(block));
	CU_ASSERT_EQUAL(dtmf_power(0, block, 205), 0);
}

static void
written(void)
{
	int16_t whole[8000], part[8000];

	for (const char *d = DIGITS; *d != '\0'; d++) {
		double low = freqs[(d - &DIGITS[0]) / 4],
		       high = freqs[4 + (d - &DIGITS[0]) % 4], a, b;

		CU_ASSERT(dtmf_write(*d, DTMF_AMPLITUDE, 0, whole, 8000));
		a = share_of(whole, 8000, low);
		b = share_of(whole, 8000, high);
		CU_ASSERT(a + b > 0.999);
		CU_ASSERT_DOUBLE_EQUAL(10 * log10(b / a), 2, 0.1);
		for (size_t i = 0; i < 8000; i += 160)
			dtmf_write(*d, DTMF_AMPLITUDE, i, part + i, 160);
		CU_ASSERT(memcmp(whole, part, sizeof(whole)) == 0);
	}
	CU_ASSERT(!dtmf_write('x', DTMF_AMPLITUDE, 0, whole, 8000));
	CU_ASSERT(!dtmf_write('\0', DTMF_AMPLITUDE, 0, whole, 8000));
	CU_ASSERT(whole[0] == 0 && whole[7999] == 0);
}

/* Dialled as phones do, 50 ms on and 45 off, whatever the codec and the blocks
 * that it is heard in; an equal digit again is another. */
static void
dialled(void)
{
	static const char number[] = DIGITS "1100##";
	static int16_t said[800 * sizeof(number)], heard[800 * sizeof(number)];
	uint8_t coded[160];
	size_t n = 0, ndigits = sizeof(number) - 1;

	for (size_t i = 0; i < ndigits; i++, n += 760)
		dtmf_write(number[i], DTMF_AMPLITUDE, 0, said + n, 400);
	n = n / 160 * 160 + 160;
	for (int codec = RTP_PCMU; codec <= RTP_PCMA; codec += RTP_PCMA) {
		for (size_t i = 0; i < n; i += 160) {
			g711_encode(codec, said + i, 160, coded);
			g711_decode(codec, coded, 160, heard + i);
		}
		for (size_t step = 1; step < 1000; step += step / 3 + 1) {
			struct dtmf_detector d = { 0 };
			char digits[40] = "";
			size_t found = 0;

			for (size_t i = 0; i < n; i += step)
				found += dtmf_detect(&d, heard + i,
				    n - i < step ? n - i : step, digits + found,
				    sizeof(digits) - 1 - found);
			CU_ASSERT_STRING_EQUAL(digits, number);
		}
	}
}

/* Wherever blocks begin: 40 ms is a digit, 22 ms is none, a gap of 10 ms parts
 * none, a pause of 40 ms does. */
static void
lengths(void)
{
	static int16_t block[1600];
	char digits[32];

	for (size_t skip = 0; skip < 102; skip++)
		for (unsigned d = 0; d < 16; d += 5) {
			double low = freqs[d / 4], high = freqs[4 + d % 4];

			put_tones(
			    block, 1600, skip, 320, low, 4000, high, 4000);
			CU_ASSERT_EQUAL(found_in(block, 1600, digits), 1);
			put_tones(
			    block, 1600, skip, 176, low, 4000, high, 4000);
			CU_ASSERT_EQUAL(found_in(block, 1600, digits), 0);
			put_tones(
			    block, 1600, skip, 800, low, 4000, high, 4000);
			memset(block + skip + 400, 0, 80 * sizeof(*block));
			CU_ASSERT_EQUAL(found_in(block, 1600, digits), 1);
			put_tones(
			    block, 1600, skip, 1200, low, 4000, high, 4000);
			memset(block + skip + 400, 0, 320 * sizeof(*block));
			CU_ASSERT_EQUAL(found_in(block, 1600, digits), 2);
		}
}

/* Speech, tones and noise are no digits; and digits are found in noise. */
static void
nothing_else(void)
{
	static int16_t said[MINUTE];
	struct sound_source s;
	int32_t sum[400];
	int16_t tone[400];
	uint64_t draws = 5;
	char digits[32];

	for (uint64_t seed = 0; seed < 5; seed++) {
		sound_source_speech(&s, seed);
		sound_source_read(&s, said, MINUTE);
		CU_ASSERT_EQUAL(found_in(said, MINUTE, digits), 0);
	}
	for (unsigned number = 0; number < 15; number++) {
		sound_source_tone(&s, number);
		sound_source_read(&s, said, 4000);
		CU_ASSERT_EQUAL(found_in(said, 4000, digits), 0);
	}
	sound_comfort_write(&draws, 20, said, MINUTE);
	CU_ASSERT_EQUAL(found_in(said, MINUTE, digits), 0);
	for (const char *d = DIGITS; *d != '\0'; d++) {
		memset(sum, 0, sizeof(sum));
		sound_comfort_write(&draws, 35, tone, 400);
		sound_mix_add(sum, tone, 400);
		dtmf_write(*d, DTMF_AMPLITUDE, 0, tone, 400);
		sound_mix_add(sum, tone, 400);
		sound_mix_take(sum, NULL, tone, 400);
		CU_ASSERT_EQUAL(found_in(tone, 400, digits), 1);
		CU_ASSERT_EQUAL(digits[0], *d);
	}
}

CHECK_MAIN("sound dtmf", { "powers", powers }, { "written", written },
    { "dialled", dialled }, { "lengths", lengths },
    { "nothing else", nothing_else })
