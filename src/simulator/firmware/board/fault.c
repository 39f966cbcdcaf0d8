/* What can't be gone on from: a line on the console, then nothing until the
 * watchdog resets the board.  The processor sleeps meanwhile. */
#include "firmware/board/board.h"

static _Noreturn void
wait_for_the_watchdog(void)
{
	(void)irq_save();
	REG(S3C_INTMSK) = 0xFFFFFFFF;
	/* It may be that it never was started. */
	watchdog_start();
	for (;;)
		REG(S3C_CLKCON) |= S3C_CLKCON_IDLE;
}

_Noreturn void
hal_panic(const char *why)
{
	uart_text("panic: ");
	hal_log(why);
	wait_for_the_watchdog();
}

/* The fault's address and status (ARM926EJ-S TRM 2.3.5, 2.3.6). */
static uint32_t
fault_address(void)
{
	uint32_t value = 0;

#ifdef __arm__
	__asm__ volatile("mrc p15, 0, %0, c6, c0, 0" : "=r"(value));
#endif
	return value;
}

_Noreturn void
fault(uint32_t which, uint32_t address, uint32_t psr)
{
	static const char *const names[] = { "undefined instruction", "SWI",
		"prefetch abort", "data abort", "FIQ" };

	uart_text("fault: ");
	uart_text(which < sizeof(names) / sizeof(*names) ? names[which] : "?");
	uart_text(" at ");
	uart_hex(address);
	uart_text(", psr ");
	uart_hex(psr);
	if (which == 3) {
		uart_text(", address ");
		uart_hex(fault_address());
	}
	uart_text("\n");
	wait_for_the_watchdog();
}
