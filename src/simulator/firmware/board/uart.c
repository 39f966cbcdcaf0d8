/* The serial console: UART 0 (chapter 11), 115,200 baud, 8 bits, no parity.
 * Sending waits until the transmitter takes the next character. */
#include "firmware/board/board.h"

#define BAUD         115200u
#define ULCON_8N1    0x3u
#define UCON_POLLING 0x5u
#define SENT         0x2u      /* UTRSTAT0: the buffer is empty */
#define PATIENCE     0x100000u /* looks at UTRSTAT0; a character is 87 µs */

void
uart_start(void)
{
	uint32_t divisor = clock_pclk_hz() / (BAUD * 16);

	REG(S3C_ULCON0) = ULCON_8N1;
	REG(S3C_UCON0) = UCON_POLLING;
	REG(S3C_UFCON0) = 0;
	REG(S3C_UMCON0) = 0;
	REG(S3C_UBRDIV0) = divisor > 0 ? divisor - 1 : 0;
}

static void
put_char(char c)
{
	for (uint32_t i = 0; i < PATIENCE; i++)
		if (REG(S3C_UTRSTAT0) & SENT)
			break;
	REG(S3C_UTXH0) = (uint8_t)c;
}

void
uart_text(const char *text)
{
	for (; *text != '\0'; text++) {
		if (*text == '\n')
			put_char('\r');
		put_char(*text);
	}
}

void
uart_hex(uint32_t value)
{
	for (int shift = 28; shift >= 0; shift -= 4)
		put_char("0123456789abcdef"[value >> shift & 15]);
}

void
hal_log(const char *line)
{
	uart_text(line);
	uart_text("\n");
}
