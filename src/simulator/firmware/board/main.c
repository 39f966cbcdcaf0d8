/* The board comes up, says so, and becomes a phone. */
#include "firmware/board/board.h"

#include "firmware/libc/glibc.h"
#include "firmware/phone/font.h"
#include "firmware/phone/phone.h"

#include <stdio.h>

#define GSTATUS2_WATCHDOG 0x4u

static bool was_reset;

bool
hal_was_reset(void)
{
	return was_reset;
}

/* TEXT, in ASCII, from column X and row Y of characters 8 by 16. */
static void
draw_text(const char *text, unsigned x, unsigned y)
{
	uint8_t *at = hal_lcd() + (size_t)y * FONT_HEIGHT * HAL_LCD_STRIDE + x;

	for (; *text != '\0' && x < HAL_LCD_STRIDE; text++, x++, at++) {
		const struct font_glyph *g = font_find((uint8_t)*text);

		for (unsigned row = 0; row < FONT_HEIGHT; row++)
			at[(size_t)row * HAL_LCD_STRIDE] = g->rows[row];
	}
}

static void
say(unsigned y, const char *text)
{
	hal_log(text);
	draw_text(text, 0, y);
}

static void
boot_text(bool ethernet)
{
	char text[32];

	(void)snprintf(text, sizeof(text), "S3C2410A %u MHz",
	    (unsigned)((clock_pclk_hz() + 125000) / 250000));
	say(0, text);
	(void)snprintf(
	    text, sizeof(text), "%u KB", (unsigned)(memory_size() >> 10));
	say(1, text);
	say(2, ethernet ? "CS8900A" : "no Ethernet");
	if (was_reset)
		say(3, "watchdog reset");
}

_Noreturn void
board_main(void)
{
	REG(S3C_INTMSK) = 0xFFFFFFFF;
	REG(S3C_INTMOD) = 0;
	libc_start();
	clock_start();
	watchdog_start();
	uart_start();
	was_reset = (REG(S3C_GSTATUS2) & GSTATUS2_WATCHDOG) != 0;
	REG(S3C_GSTATUS2) = GSTATUS2_WATCHDOG; /* writing 1 clears */
	lcd_start();
	keypad_start();
	irq_attach(S3C_INT_TIMER4, clock_alarmed);
	boot_text(ether_start());
	irq_restore(0);
	phone_main();
}
