/* A quarter of a turn as a table, straight lines between its points: no sine is
 * off by more than 4 in 32767. */
#include "sound/sine.h"

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
