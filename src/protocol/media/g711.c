/* By the segments of G.711's tables 1a and 2a. */
#include "media/g711.h"

#include "media/rtp.h"

#define MU_BIAS 0x84
#define MU_MOST 32635

/* The number of the highest segment that MAGNITUDE reaches, 0 to 7, where the
 * first ends below 1 << FIRST. */
static unsigned
find_segment(unsigned magnitude, unsigned first)
{
	unsigned s = 0;

	while (s < 7 && magnitude >> (first + s) != 0)
		s++;
	return s;
}

static uint8_t
mu_encode(int sample)
{
	unsigned sign = sample < 0 ? 0x80 : 0, s;
	int magnitude = sample < 0 ? -sample : sample;

	if (magnitude > MU_MOST)
		magnitude = MU_MOST;
	magnitude += MU_BIAS;
	s = find_segment((unsigned)magnitude, 8);
	return (uint8_t) ~(
	    sign | s << 4 | ((unsigned)magnitude >> (s + 3) & 0x0F));
}

static int
mu_decode(uint8_t coded)
{
	unsigned c = (uint8_t)~coded, s = c >> 4 & 7;
	int magnitude = (int)((((c & 0x0F) << 3) + MU_BIAS) << s) - MU_BIAS;

	return c & 0x80 ? -magnitude : magnitude;
}

/* Every other bit is inverted: 0x55. */
static uint8_t
a_encode(int sample)
{
	unsigned sign = sample >= 0 ? 0x80 : 0, s, code;
	unsigned magnitude =
	    (unsigned)(sample >= 0 ? sample : -sample - 1) >> 3;

	s = find_segment(magnitude, 5);
	code = s < 2 ? magnitude >> 1 & 0x0F : magnitude >> s & 0x0F;
	return (uint8_t)((sign | s << 4 | code) ^ 0x55);
}

static int
a_decode(uint8_t coded)
{
	unsigned c = coded ^ 0x55u, s = c >> 4 & 7;
	int magnitude = (int)((c & 0x0F) << 4) + 8;

	if (s > 0)
		magnitude = (magnitude + 0x100) << (s - 1);
	return c & 0x80 ? magnitude : -magnitude;
}

void
g711_encode(int codec, const int16_t *samples, size_t n, uint8_t *coded)
{
	for (size_t i = 0; i < n; i++)
		coded[i] = codec == RTP_PCMU ? mu_encode(samples[i])
					     : a_encode(samples[i]);
}

void
g711_decode(int codec, const uint8_t *coded, size_t n, int16_t *samples)
{
	for (size_t i = 0; i < n; i++)
		samples[i] = (int16_t)(codec == RTP_PCMU ? mu_decode(coded[i])
							 : a_decode(coded[i]));
}
