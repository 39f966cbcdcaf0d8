/*
 * Watchdog (S3C2410A manual, chapter 18): counts down from WTCNT, then from
 * WTDAT again and again; below 0 it asks for its interrupt, resets the board,
 * or both.
 */
#include "emu/board_in.h"

#define PAGE            0x53000000u
#define WTCON_INTERRUPT 0x4u

/* In ticks. */
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
expire(struct board *b, int64_t now)
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
	expire(b, board_now(b));
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
	if (PAGE + offset == S3C_WTCNT)
		return watchdog_left(b);
	return PAGE + offset < S3C_WTCNT ? b->s.watchdog.reg[offset / 4] : 0;
}

static void
watchdog_write(struct board *b, uint32_t offset, uint32_t value)
{
	struct watchdog *w = &b->s.watchdog;

	watchdog_sync(b);
	stop_watchdog(b);
	if (PAGE + offset <= S3C_WTCNT)
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

/* With nobody to tell, it need not be followed. */
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
		expire(b, now);
}

const struct device device_watchdog = {
	.base = PAGE,
	.read = watchdog_read,
	.write = watchdog_write,
	.reset = watchdog_reset,
	.due = watchdog_due,
	.pass = watchdog_pass,
};
