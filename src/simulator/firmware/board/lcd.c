/*
 * The panel (chapter 15): STN, single scan over four lines, one bit a pixel.
 * The frame buffer is read as bytes, the leftmost pixel in the highest bit:
 * LCDCON5's byte swap, for the controller itself begins with a word's highest
 * byte.
 */
#include "firmware/board/board.h"

/* A row of pixels over four data lines; halfwords in a row. */
#define HOZVAL    (HAL_LCD_W / 4 - 1)
#define LINEVAL   (HAL_LCD_H - 1)
#define PAGEWIDTH (HAL_LCD_STRIDE / 2)
#define CLKVAL    100u
#define BSWP      0x2u
#define FOUR_MB   0x400000u

static uint8_t pixels[HAL_LCD_STRIDE * HAL_LCD_H] __attribute__((aligned(16)));

void
lcd_start(void)
{
	uint32_t from = (uint32_t)(uintptr_t)pixels;
	uint32_t to = from + sizeof(pixels);

	REG(S3C_LCDCON1) = CLKVAL << 8 | S3C_LCD_STN4 << 5 | S3C_LCD_1BPP << 1;
	REG(S3C_LCDCON2) = (uint32_t)LINEVAL << 14;
	REG(S3C_LCDCON3) = (uint32_t)HOZVAL << 8;
	REG(S3C_LCDCON4) = 0;
	REG(S3C_LCDCON5) = BSWP;
	REG(S3C_LCDSADDR1) = from / FOUR_MB << 21 | (from % FOUR_MB) >> 1;
	REG(S3C_LCDSADDR2) = (to % FOUR_MB) >> 1;
	REG(S3C_LCDSADDR3) = PAGEWIDTH;
	hal_lcd_on(true);
}

uint8_t *
hal_lcd(void)
{
	return pixels;
}

void
hal_lcd_on(bool on)
{
	if (on)
		REG(S3C_LCDCON1) |= S3C_LCDCON1_ENVID;
	else
		REG(S3C_LCDCON1) &= ~S3C_LCDCON1_ENVID;
}
