/*
 * UART 0 (S3C2410A manual, chapter 11), as a console: what is sent goes out at
 * once, a line at a time; nothing is ever received.
 */
#include "emu/board_in.h"

#define PAGE        0x50000000u
#define ALL_SENT    0x6u /* UTRSTAT0: both of its bits */
#define UCON_TX_INT 0x4u /* transmit by interrupt request or polling */

static void
put(struct board *b, char c)
{
	struct uart *u = &b->s.uart;

	if (c != '\n' && c != '\r')
		u->line[u->n++] = c;
	if (c == '\n' || u->n == sizeof(u->line)) {
		board_say(b, BOARD_OUT_UART, 0, u->line, u->n);
		u->n = 0;
	}
	if ((u->reg[1] & 0xc) == UCON_TX_INT)
		b->s.intc.subsrcpnd |= S3C_SUB_TXD0;
}

static uint32_t
uart_read(struct board *b, uint32_t offset)
{
	if (PAGE + offset == S3C_UTRSTAT0)
		return ALL_SENT;
	/* No errors, nothing waits, nothing came. */
	if (offset < 0x10 || PAGE + offset == S3C_UBRDIV0)
		return b->s.uart.reg[offset / 4];
	return 0;
}

static void
uart_write(struct board *b, uint32_t offset, uint32_t value)
{
	if (PAGE + offset == S3C_UTXH0)
		put(b, (char)value);
	else if (offset < 0x10 || PAGE + offset == S3C_UBRDIV0)
		b->s.uart.reg[offset / 4] = value;
}

const struct device device_uart = {
	.base = PAGE,
	.read = uart_read,
	.write = uart_write,
};
