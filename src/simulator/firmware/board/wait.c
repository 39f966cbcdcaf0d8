/*
 * Sleeping, and the watchdog (chapter 18).
 *
 * Between the look and the sleep the processor's interrupts are off: one that
 * comes then stays pending, and a pending interrupt that INTMSK lets through
 * ends the sleep whatever CPSR.I says.  So no wake-up is lost, and the handler
 * runs when interrupts are on again.
 */
#include "firmware/board/board.h"

/* WTCON: prescaler 15..8, divider 4..3 (3 is 128). */
#define PRESCALER  255u
#define DIVIDER    128u
#define WATCHDOG_S 3u
#define WTCON_RUN  (PRESCALER << 8 | 3u << 3 | S3C_WTCON_ON | S3C_WTCON_RESET)

#define MEASURE_US 100000u

static uint32_t watchdog_count;

void
watchdog_start(void)
{
	watchdog_count =
	    clock_pclk_hz() / ((PRESCALER + 1) * DIVIDER) * WATCHDOG_S;
	REG(S3C_WTDAT) = watchdog_count;
	REG(S3C_WTCNT) = watchdog_count;
	REG(S3C_WTCON) = WTCON_RUN;
}

/* The time base wants to be looked at as often.  The stack's depth need not be
 * known at every turn. */
void
hal_watchdog(void)
{
	static uint64_t measured;
	uint64_t now = hal_now_us();

	REG(S3C_WTCNT) = watchdog_count;
	if (now - measured < MEASURE_US)
		return;
	measured = now;
	memory_measure();
}

/* The write takes effect some instructions later; the bit stays set until it
 * is cleared (7, CLKCON). */
static void
idle(void)
{
	uint32_t con = REG(S3C_CLKCON);

	REG(S3C_CLKCON) = con | S3C_CLKCON_IDLE;
	for (unsigned i = 0; i < 4; i++)
		(void)REG(S3C_CLKCON);
	REG(S3C_CLKCON) = con & ~S3C_CLKCON_IDLE;
}

static bool
something_waits(void)
{
	return ether_waiting() || keypad_waiting() || audio_waiting();
}

void
hal_wait(uint64_t until_us)
{
	for (;;) {
		uint32_t saved = irq_save();
		uint64_t now = hal_now_us();

		if (something_waits() || now >= until_us) {
			irq_restore(saved);
			return;
		}
		clock_alarm(until_us - now);
		hal_watchdog();
		idle();
		irq_restore(saved);
	}
}
