/* The real-time clock (chapter 17): binary coded decimals, years since 2000. */
#include "firmware/board/board.h"

#define RTC_ENABLE 1u

static uint32_t
bcd(uint32_t address)
{
	uint32_t value = REG(address) & 0xFF;

	return (value >> 4) * 10 + (value & 15);
}

/* Days from 1970 to the first of MONTH (1 to 12) of YEAR, above 2000. */
static uint32_t
days_before(uint32_t year, uint32_t month)
{
	static const uint16_t before[] = { 0, 31, 59, 90, 120, 151, 181, 212,
		243, 273, 304, 334 };
	uint32_t past = year - 1; /* years whose leap days are over */
	uint32_t days = (year - 1970) * 365 +
			(past / 4 - past / 100 + past / 400) -
			(1969 / 4 - 1969 / 100 + 1969 / 400);

	if (month > 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0))
		days++;
	return days + before[(month + 11) % 12];
}

static uint32_t
read_once(void)
{
	uint32_t year = 2000 + bcd(S3C_BCDYEAR), month = bcd(S3C_BCDMON);
	uint32_t days = days_before(year, month) + bcd(S3C_BCDDATE) - 1;

	return ((days * 24 + bcd(S3C_BCDHOUR)) * 60 + bcd(S3C_BCDMIN)) * 60 +
	       bcd(S3C_BCDSEC);
}

/* A second may end between two reads: then the second look sees another. */
uint32_t
hal_clock_s(void)
{
	uint32_t first, second;

	REG(S3C_RTCCON) = RTC_ENABLE;
	second = read_once();
	for (unsigned i = 0; i < 3; i++) {
		first = second;
		second = read_once();
		if (first == second)
			break;
	}
	REG(S3C_RTCCON) = 0;
	return second;
}
