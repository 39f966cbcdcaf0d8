/*
 * Real-time clock (S3C2410A manual, chapter 17): the time of day in BCD, and a
 * tick of (n + 1) / 128 s.  The years are those from 2000 on.  Alarms are left
 * out.
 */
#include "emu/board_in.h"

#define PAGE       0x57000000u
#define RTCCON_ON  1u
#define TICNT_ON   0x80u
#define DAY_S      INT64_C(86400)
#define EPOCH_2000 INT64_C(946684800) /* seconds from 1970 */
#define CENTURY    INT64_C(36525)     /* days from 2000 to 2100 */

enum field { SEC, MIN, HOUR, DATE, DAY, MON, YEAR, FIELDS };

static const uint16_t days_before[13] = { 0, 31, 59, 90, 120, 151, 181, 212,
	243, 273, 304, 334, 365 };

/* Days from the start of YEAR (0: 2000, all but multiples of 4 common; 2100 is
 * out of reach) to that of MONTH (0 to 12). */
static uint32_t
days_to(uint32_t year, uint32_t month)
{
	return days_before[month] + (month > 1 && year % 4 == 0);
}

/* S seconds after 2000 in fields, counted as people do. */
static void
split(int64_t s, uint32_t f[FIELDS])
{
	uint32_t day = (uint32_t)(s / DAY_S), in_day = (uint32_t)(s % DAY_S);
	uint32_t year = day / 1461 * 4, rest = day % 1461, month = 0;

	f[SEC] = in_day % 60;
	f[MIN] = in_day / 60 % 60;
	f[HOUR] = in_day / 3600;
	f[DAY] = (day + 6) % 7 + 1; /* 1 is Sunday; 2000 began on Saturday */
	if (rest >= 366) {
		year += 1 + (rest - 366) / 365;
		rest = (rest - 366) % 365;
	}
	while (rest >= days_to(year, month + 1))
		month++;
	f[YEAR] = year;
	f[MON] = month + 1;
	f[DATE] = rest - days_to(year, month) + 1;
}

static int64_t
join(const uint32_t f[FIELDS])
{
	uint32_t year = f[YEAR] % 100;
	int64_t days = year * INT64_C(365) + (year + 3) / 4;

	days += days_to(year, (f[MON] + 11) % 12) + f[DATE] - INT64_C(1);
	return days * DAY_S + f[HOUR] * INT64_C(3600) + f[MIN] * 60 + f[SEC];
}

/* Seconds since 2000, within the century. */
static int64_t
seconds(const struct board *b)
{
	int64_t s = b->config.epoch_s + board_now(b) / 1000000000 +
		    b->s.rtc_ahead_s - EPOCH_2000;

	s %= CENTURY * DAY_S;
	return s < 0 ? s + CENTURY * DAY_S : s;
}

static uint32_t
to_bcd(uint32_t x)
{
	return x / 10 << 4 | x % 10;
}

static uint32_t
from_bcd(uint32_t x)
{
	return (x >> 4 & 15) % 10 * 10 + (x & 15) % 10;
}

static bool
field_at(uint32_t offset, enum field *f)
{
	if (PAGE + offset < S3C_BCDSEC || PAGE + offset > S3C_BCDYEAR)
		return false;
	*f = (enum field)((PAGE + offset - S3C_BCDSEC) / 4);
	return true;
}

static uint32_t
rtc_read(struct board *b, uint32_t offset)
{
	uint32_t fields[FIELDS];
	enum field f;

	if (field_at(offset, &f)) {
		split(seconds(b), fields);
		return to_bcd(fields[f]);
	}
	return PAGE + offset == S3C_RTCCON  ? b->s.rtc.rtccon
	       : PAGE + offset == S3C_TICNT ? b->s.rtc.ticnt
					    : 0;
}

static void
set_field(struct board *b, enum field f, uint32_t value)
{
	static const uint8_t most[FIELDS] = { 59, 59, 23, 31, 7, 12, 99 };
	uint32_t fields[FIELDS];
	int64_t was = seconds(b);

	value = from_bcd(value);
	/* The day of the week follows from the date. */
	if ((b->s.rtc.rtccon & RTCCON_ON) == 0 || f == DAY || value > most[f])
		return;
	split(was, fields);
	fields[f] = value;
	if (fields[DATE] == 0)
		fields[DATE] = 1;
	b->s.rtc_ahead_s += join(fields) - was;
	b->s.rtc_ahead_s %= CENTURY * DAY_S;
}

static uint64_t
tick_period(const struct board *b)
{
	return (b->s.rtc.ticnt & 0x7f) + UINT64_C(1);
}

static void
rtc_write(struct board *b, uint32_t offset, uint32_t value)
{
	struct rtc *r = &b->s.rtc;
	enum field f;

	if (field_at(offset, &f)) {
		set_field(b, f, value);
	} else if (PAGE + offset == S3C_RTCCON) {
		r->rtccon = value & 15;
	} else if (PAGE + offset == S3C_TICNT) {
		rtc_sync(b);
		r->ticnt = value & 0xff;
		if ((value & TICNT_ON) != 0)
			counter_start(&r->tick, board_now(b), tick_period(b),
			    1000000000, 128);
		else
			counter_stop(&r->tick);
		board_kick(b);
	}
}

static void
rtc_reset(struct board *b)
{
	counter_stop(&b->s.rtc.tick);
}

static int64_t
rtc_due(const struct board *b)
{
	return (b->s.intc.srcpnd >> S3C_INT_TICK & 1) != 0
		   ? NEVER
		   : b->s.rtc.tick.due_ns;
}

void
rtc_sync(struct board *b)
{
	if (counter_pass(&b->s.rtc.tick, board_now(b), tick_period(b)))
		intc_raise(b, S3C_INT_TICK);
}

static void
rtc_pass(struct board *b, int64_t now)
{
	if (rtc_due(b) <= now)
		rtc_sync(b);
}

const struct device device_rtc = {
	.base = PAGE,
	.read = rtc_read,
	.write = rtc_write,
	.reset = rtc_reset,
	.due = rtc_due,
	.pass = rtc_pass,
};
