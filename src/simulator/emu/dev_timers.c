/*
 * PWM timers 0 to 4 (S3C2410A manual, chapter 10): each counts down from what
 * was loaded, asks for its interrupt below 0, and loads TCNTB anew or stops.
 * The wave that they put out is left out.
 *
 * While an interrupt is pending that the timer asked for before, further ones
 * change nothing; so it is not followed until the firmware clears it, and a
 * short period costs the host nothing.
 */
#include "emu/board_in.h"

#define PAGE 0x51000000u

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
timer_period(const struct timers *t, unsigned i)
{
	return tcon(t, bits[i].reload) ? t->tcntb[i] + UINT64_C(1) : 0;
}

static bool
pending(const struct board *b, unsigned i)
{
	return b->s.intc.srcpnd >> (S3C_INT_TIMER0 + i) & 1;
}

/* A tick of timer I in nanoseconds; false with an outer clock, which this
 * board has none of. */
static bool
tick(const struct board *b, unsigned i, uint64_t *num, uint64_t *den)
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
start_timer(struct board *b, unsigned i)
{
	struct timers *t = &b->s.timers;
	uint64_t num, den;

	if (tick(b, i, &num, &den))
		counter_start(&t->run[i], board_now(b),
		    t->tcnt[i] + UINT64_C(1), num, den);
	else
		counter_stop(&t->run[i]);
	board_kick(b);
}

/* What TCNTO shows. */
static uint32_t
timer_left(const struct board *b, unsigned i)
{
	const struct timers *t = &b->s.timers;
	uint64_t left =
	    counter_left(&t->run[i], board_now(b), timer_period(t, i));

	return left != 0 ? (uint32_t)(left - 1) : t->tcnt[i];
}

static void
stop_timer(struct board *b, unsigned i)
{
	b->s.timers.tcnt[i] = timer_left(b, i);
	counter_stop(&b->s.timers.run[i]);
	board_kick(b);
}

static void
pass_timer(struct board *b, unsigned i, int64_t now)
{
	struct timers *t = &b->s.timers;

	if (!counter_pass(&t->run[i], now, timer_period(t, i)))
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
			stop_timer(b, i);
			start_timer(b, i);
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
			stop_timer(b, i);
		if (tcon(t, bits[i].update))
			t->tcnt[i] = t->tcntb[i];
		if (runs && (!ran || tcon(t, bits[i].update)))
			start_timer(b, i);
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
				    : timer_left(b, i) & 0xffff;
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
	.base = PAGE,
	.read = timers_read,
	.write = timers_write,
	.reset = timers_reset,
	.due = timers_due,
	.pass = timers_pass,
};
