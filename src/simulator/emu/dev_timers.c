/*
 * The clocks of the S3C2410A: PWM timers (manual, chapter 10), the real-time
 * clock (17), the watchdog (18).
 */
#include "emu/board_in.h"

/* ---- PWM timers 0 to 4 (S3C2410A manual, chapter 10) ---- */

#define TIMERS_PAGE 0x51000000u

/* Each timer counts down from what was loaded, asks for its interrupt below 0,
 * and loads TCNTB again or stops.  The wave that they put out is left out. */
static const struct {
	uint8_t start, update, reload; /* bits of TCON */
} bits[TIMERS] = {
	{ 0, 1, 3 },
	{ 8, 9, 11 },
	{ 12, 13, 15 },
	{ 16, 17, 19 },
	{ 20, 21, 22 },
};

static bool
tcon(const struct timers *t, unsigned bit)
{
	return t->tcon >> bit & 1;
}

static uint64_t
period_of(const struct timers *t, unsigned i)
{
	return tcon(t, bits[i].reload) ? t->tcntb[i] + UINT64_C(1) : 0;
}

/* While an interrupt is pending that the timer asked for before, further ones
 * change nothing; so it is not followed until the firmware clears it, and a
 * short period costs the host nothing. */
static bool
pending(const struct board *b, unsigned i)
{
	return b->s.intc.srcpnd >> (S3C_INT_TIMER0 + i) & 1;
}

/* A tick of timer I in nanoseconds; false with an outer clock, which this
 * board has none of. */
static bool
timers_tick(const struct board *b, unsigned i, uint64_t *num, uint64_t *den)
{
	const struct timers *t = &b->s.timers;
	uint32_t prescaler = i < 2 ? t->tcfg0 & 0xff : t->tcfg0 >> 8 & 0xff;
	uint32_t mux = t->tcfg1 >> 4 * i & 15;

	if (mux > 3)
		return false;
	power_pclk(b, num, den);
	*num = *num * (prescaler + 1) << (mux + 1);
	return true;
}

static void
timers_start_one(struct board *b, unsigned i)
{
	struct timers *t = &b->s.timers;
	uint64_t num, den;

	if (timers_tick(b, i, &num, &den))
		counter_start(&t->run[i], board_now(b),
		    t->tcnt[i] + UINT64_C(1), num, den);
	else
		counter_stop(&t->run[i]);
	board_kick(b);
}

/* What TCNTO shows. */
static uint32_t
count_left(const struct board *b, unsigned i)
{
	const struct timers *t = &b->s.timers;
	uint64_t left = counter_left(&t->run[i], board_now(b), period_of(t, i));

	return left != 0 ? (uint32_t)(left - 1) : t->tcnt[i];
}

static void
timers_stop_one(struct board *b, unsigned i)
{
	b->s.timers.tcnt[i] = count_left(b, i);
	counter_stop(&b->s.timers.run[i]);
	board_kick(b);
}

static void
pass_timer(struct board *b, unsigned i, int64_t now)
{
	struct timers *t = &b->s.timers;

	if (!counter_pass(&t->run[i], now, period_of(t, i)))
		return;
	intc_raise(b, S3C_INT_TIMER0 + i);
	if (!tcon(t, bits[i].reload)) {
		t->tcon &= ~(1u << bits[i].start);
		t->tcnt[i] = 0;
	}
}

void
timers_sync(struct board *b)
{
	int64_t now = board_now(b);

	for (unsigned i = 0; i < TIMERS; i++)
		pass_timer(b, i, now);
}

void
timers_retime(struct board *b)
{
	timers_sync(b);
	for (unsigned i = 0; i < TIMERS; i++)
		if (tcon(&b->s.timers, bits[i].start)) {
			timers_stop_one(b, i);
			timers_start_one(b, i);
		}
}

static void
write_tcon(struct board *b, uint32_t value)
{
	struct timers *t = &b->s.timers;
	uint32_t was = t->tcon;

	t->tcon = value;
	for (unsigned i = 0; i < TIMERS; i++) {
		bool ran = was >> bits[i].start & 1;
		bool runs = tcon(t, bits[i].start);

		if (ran && !runs)
			timers_stop_one(b, i);
		if (tcon(t, bits[i].update))
			t->tcnt[i] = t->tcntb[i];
		if (runs && (!ran || tcon(t, bits[i].update)))
			timers_start_one(b, i);
	}
}

/* Timer I's register WHICH: 0 TCNTB, 1 TCMPB, 2 TCNTO.  Timer 4 has no
 * TCMPB. */
static bool
which_timer(uint32_t offset, unsigned *i, unsigned *which)
{
	uint32_t n = (offset - 0x0c) / 4;

	if (offset < 0x0c || offset > 0x40)
		return false;
	*i = n / 3;
	*which = n % 3;
	if (*i == 4 && *which == 1)
		*which = 2;
	return true;
}

static uint32_t
timers_read(struct board *b, uint32_t offset)
{
	const struct timers *t = &b->s.timers;
	unsigned i, which;

	if (which_timer(offset, &i, &which))
		return which == 0   ? t->tcntb[i]
		       : which == 1 ? t->tcmpb[i]
				    : count_left(b, i) & 0xffff;
	return offset == 0x00   ? t->tcfg0
	       : offset == 0x04 ? t->tcfg1
	       : offset == 0x08 ? t->tcon
				: 0;
}

static void
timers_write(struct board *b, uint32_t offset, uint32_t value)
{
	struct timers *t = &b->s.timers;
	unsigned i, which;

	timers_sync(b);
	if (which_timer(offset, &i, &which)) {
		if (which == 0)
			t->tcntb[i] = value & 0xffff;
		else if (which == 1)
			t->tcmpb[i] = value & 0xffff;
	} else if (offset == 0x08) {
		write_tcon(b, value & 0x7fffff);
	} else if (offset == 0x00 || offset == 0x04) {
		*(offset == 0 ? &t->tcfg0 : &t->tcfg1) = value & 0xffffff;
		timers_retime(b);
	}
}

static void
timers_reset(struct board *b)
{
	for (unsigned i = 0; i < TIMERS; i++)
		counter_stop(&b->s.timers.run[i]);
}

static int64_t
timers_due(const struct board *b)
{
	int64_t due = NEVER;

	for (unsigned i = 0; i < TIMERS; i++)
		if (!pending(b, i) && b->s.timers.run[i].due_ns < due)
			due = b->s.timers.run[i].due_ns;
	return due;
}

static void
timers_pass(struct board *b, int64_t now)
{
	for (unsigned i = 0; i < TIMERS; i++)
		if (!pending(b, i))
			pass_timer(b, i, now);
}

const struct device device_timers = {
	.base = TIMERS_PAGE,
	.read = timers_read,
	.write = timers_write,
	.reset = timers_reset,
	.due = timers_due,
	.pass = timers_pass,
};

/* ---- Watchdog (chapter 18) ---- */

#define WATCHDOG_PAGE   0x53000000u
#define WTCON_INTERRUPT 0x4u

/* In ticks.  The watchdog counts down from WTCNT, then from WTDAT again and
 * again; below 0 it asks for its interrupt, resets the board, or both. */
static uint64_t
watchdog_period(const struct watchdog *w)
{
	return w->wtdat + UINT64_C(1);
}

static void
start_watchdog(struct board *b)
{
	struct watchdog *w = &b->s.watchdog;
	uint64_t num, den;

	power_pclk(b, &num, &den);
	/* PCLK / (prescaler + 1) / 16, 32, 64 or 128 */
	num = num * ((w->wtcon >> 8 & 0xff) + 1) << (4 + (w->wtcon >> 3 & 3));
	counter_start(&w->run, board_now(b), w->wtcnt + UINT64_C(1), num, den);
	board_kick(b);
}

static uint32_t
watchdog_left(const struct board *b)
{
	const struct watchdog *w = &b->s.watchdog;
	uint64_t left = counter_left(&w->run, board_now(b), watchdog_period(w));

	return left != 0 ? (uint32_t)(left - 1) & 0xffff : w->wtcnt;
}

static void
stop_watchdog(struct board *b)
{
	b->s.watchdog.wtcnt = watchdog_left(b);
	counter_stop(&b->s.watchdog.run);
}

static void
timers_expire(struct board *b, int64_t now)
{
	struct watchdog *w = &b->s.watchdog;

	if (!counter_pass(&w->run, now, watchdog_period(w)))
		return;
	if ((w->wtcon & WTCON_INTERRUPT) != 0)
		intc_raise(b, S3C_INT_WDT);
	if ((w->wtcon & S3C_WTCON_RESET) != 0) {
		b->s.watchdog_bit = 1;
		board_kick(b);
	}
}

void
watchdog_sync(struct board *b)
{
	timers_expire(b, board_now(b));
}

void
watchdog_retime(struct board *b)
{
	if ((b->s.watchdog.wtcon & S3C_WTCON_ON) == 0)
		return;
	watchdog_sync(b);
	stop_watchdog(b);
	start_watchdog(b);
}

static uint32_t
watchdog_read(struct board *b, uint32_t offset)
{
	if (WATCHDOG_PAGE + offset == S3C_WTCNT)
		return watchdog_left(b);
	return WATCHDOG_PAGE + offset < S3C_WTCNT
		   ? b->s.watchdog.reg[offset / 4]
		   : 0;
}

static void
watchdog_write(struct board *b, uint32_t offset, uint32_t value)
{
	struct watchdog *w = &b->s.watchdog;

	watchdog_sync(b);
	stop_watchdog(b);
	if (WATCHDOG_PAGE + offset <= S3C_WTCNT)
		w->reg[offset / 4] = value & 0xffff;
	if ((w->wtcon & S3C_WTCON_ON) != 0)
		start_watchdog(b);
}

static void
watchdog_reset(struct board *b)
{
	struct watchdog *w = &b->s.watchdog;

	/* On after a reset by the chip's manual; the boot loader has
	 * switched it off. */
	w->wtcon = 0x8000;
	w->wtdat = w->wtcnt = 0x8000;
	counter_stop(&w->run);
}

/* While it would raise neither an interrupt nor a reset it need not be
 * followed. */
static int64_t
watchdog_due(const struct board *b)
{
	const struct watchdog *w = &b->s.watchdog;
	bool told = (b->s.intc.srcpnd >> S3C_INT_WDT & 1) != 0 ||
		    (w->wtcon & WTCON_INTERRUPT) == 0;

	return told && (w->wtcon & S3C_WTCON_RESET) == 0 ? NEVER
							 : w->run.due_ns;
}

static void
watchdog_pass(struct board *b, int64_t now)
{
	if (watchdog_due(b) <= now)
		timers_expire(b, now);
}

const struct device device_watchdog = {
	.base = WATCHDOG_PAGE,
	.read = watchdog_read,
	.write = watchdog_write,
	.reset = watchdog_reset,
	.due = watchdog_due,
	.pass = watchdog_pass,
};

/* ---- Real-time clock (chapter 17) ---- */

#define RTC_PAGE   0x57000000u
#define RTCCON_ON  1u
#define TICNT_ON   0x80u
#define DAY_S      INT64_C(86400)
#define EPOCH_2000 INT64_C(946684800) /* seconds from 1970 */
#define CENTURY    INT64_C(36525)     /* days from 2000 to 2100 */

/* The time of day in BCD; the years are those from 2000 on.  Alarms are left
 * out. */
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
timers_split(int64_t s, uint32_t f[FIELDS])
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
timers_join(const uint32_t f[FIELDS])
{
	uint32_t year = f[YEAR] % 100;
	int64_t days = year * INT64_C(365) + (year + 3) / 4;

	days += days_to(year, (f[MON] + 11) % 12) + f[DATE] - INT64_C(1);
	return days * DAY_S + f[HOUR] * INT64_C(3600) + f[MIN] * 60 + f[SEC];
}

/* Seconds since 2000, within the century. */
static int64_t
timers_seconds(const struct board *b)
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
	if (RTC_PAGE + offset < S3C_BCDSEC || RTC_PAGE + offset > S3C_BCDYEAR)
		return false;
	*f = (enum field)((RTC_PAGE + offset - S3C_BCDSEC) / 4);
	return true;
}

static uint32_t
rtc_read(struct board *b, uint32_t offset)
{
	uint32_t fields[FIELDS];
	enum field f;

	if (field_at(offset, &f)) {
		timers_split(timers_seconds(b), fields);
		return to_bcd(fields[f]);
	}
	return RTC_PAGE + offset == S3C_RTCCON  ? b->s.rtc.rtccon
	       : RTC_PAGE + offset == S3C_TICNT ? b->s.rtc.ticnt
						: 0;
}

static void
set_field(struct board *b, enum field f, uint32_t value)
{
	static const uint8_t most[FIELDS] = { 59, 59, 23, 31, 7, 12, 99 };
	uint32_t fields[FIELDS];
	int64_t was = timers_seconds(b);

	value = from_bcd(value);
	/* The day of the week follows from the date. */
	if ((b->s.rtc.rtccon & RTCCON_ON) == 0 || f == DAY || value > most[f])
		return;
	timers_split(was, fields);
	fields[f] = value;
	if (fields[DATE] == 0)
		fields[DATE] = 1;
	b->s.rtc_ahead_s += timers_join(fields) - was;
	b->s.rtc_ahead_s %= CENTURY * DAY_S;
}

/* In 1/128 s. */
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
	} else if (RTC_PAGE + offset == S3C_RTCCON) {
		r->rtccon = value & 15;
	} else if (RTC_PAGE + offset == S3C_TICNT) {
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
	.base = RTC_PAGE,
	.read = rtc_read,
	.write = rtc_write,
	.reset = rtc_reset,
	.due = rtc_due,
	.pass = rtc_pass,
};
