/* Levels by a decade of powers and one of amplitudes. */
#include "sound/level.h"

/* Of a block of level 0 to 9: the least mean square, 2^30 * 10^(-(L + 1/2)/10),
 * each ten levels below a tenth. */
static const uint32_t least_power[10] = { 956973408, 760150998, 603809400,
	479622855, 380977976, 302621563, 240380852, 190941298, 151670064,
	120475814 };
/* 2^15 * 10^(-L/20) in 256ths, each twenty levels below a tenth. */
static const uint32_t amplitude[20] = { 8388608, 7476355, 6663308, 5938680,
	5292854, 4717261, 4204263, 3747054, 3339565, 2976390, 2652711, 2364231,
	2107123, 1877975, 1673747, 1491729, 1329505, 1184922, 1056063, 941217 };

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
	rms = amplitude[level % 20];
	for (unsigned i = 0; i < level / 20; i++)
		rms /= 10;
	return rms;
}
