/*
 * LCD controller (S3C2410A manual, chapter 15): its registers say where in
 * memory the panel's pixels are; nothing happens by itself, for a picture is
 * looked at by screen.c.  Pixels lie in memory in the order of bytes (as with
 * the swap bits of LCDCON5 set for a little-endian processor).
 */
#include "emu/board_in.h"
#include "emu/lcd.h"

#define PAGE      0x4d000000u
#define REG(name) ((S3C_##name - PAGE) / 4)

bool
lcd_picture(const struct board *b, struct lcd_picture *p)
{
	const uint32_t *r = b->s.lcd;
	uint32_t panel = r[REG(LCDCON1)] >> 5 & 3;
	uint32_t depth = r[REG(LCDCON1)] >> 1 & 15;
	uint32_t hozval = r[REG(LCDCON3)] >> 8 & 0x7ff, row;

	if ((r[REG(LCDCON1)] & S3C_LCDCON1_ENVID) == 0)
		return false;
	p->h = (r[REG(LCDCON2)] >> 14 & 0x3ff) + 1;
	if (panel == S3C_LCD_TFT && depth == S3C_LCD_16BPP) {
		p->bits = 16;
		p->w = hozval + 1;
	} else if (panel == S3C_LCD_STN4 && depth == S3C_LCD_1BPP) {
		p->bits = 1;
		p->w = 4 * (hozval + 1);
	} else {
		return false;
	}
	p->stride = (p->w * p->bits + 7) / 8;
	row = 2 *
	      ((r[REG(LCDSADDR3)] & 0x7ff) + (r[REG(LCDSADDR3)] >> 11 & 0x7ff));
	p->pitch = row >= p->stride ? row : p->stride;
	p->at = (r[REG(LCDSADDR1)] & 0x3fffffff) << 1;
	return p->w <= BOARD_SCREEN_SIDE && p->h <= BOARD_SCREEN_SIDE &&
	       p->stride * p->h <= BOARD_SCREEN_MAX;
}

const struct device device_lcd = {
	.name = "lcd",
	.base = PAGE,
	DEVICE_KEEPS(lcd),
};
