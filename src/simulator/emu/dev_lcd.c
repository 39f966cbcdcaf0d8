/*
 * The panel: the LCD controller (S3C2410A manual, chapter 15), whose registers
 * say where in memory the pixels are, and what was seen there last.  Nothing
 * happens by itself; memory is compared with that at times that the firmware
 * alone determines, so a change is seen at the same time in every run.  Pixels
 * lie in memory in the order of bytes (as with the swap bits of LCDCON5 set for
 * a little-endian processor).
 */
#include "emu/board_in.h"

#include <string.h>

#define PAGE      0x4d000000u
#define REG(name) ((S3C_##name - PAGE) / 4)

/* Where the panel's picture lies. */
struct lcd_picture {
	uint32_t w, h, bits; /* a pixel */
	uint32_t at;         /* address of the first row */
	uint32_t stride;     /* bytes of a row that are shown */
	uint32_t pitch;      /* bytes from one row to the next */
};

/* False where the panel is off, or set to what this board's can't show.  That
 * the picture lies in memory is still to be seen. */
static bool
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

/* Copies the picture; whether it is another than before. */
static bool
lcd_copy(struct screen *s, const struct lcd_picture *p, const uint8_t *from)
{
	struct board_screen now = { true, p->w, p->h, p->bits, p->stride,
		s->pixels };
	bool changed = !s->seen.on || s->seen.w != p->w || s->seen.h != p->h ||
		       s->seen.bits != p->bits;

	s->seen = now;
	for (uint32_t y = 0; y < p->h; y++) {
		uint8_t *to = s->pixels + (size_t)y * p->stride;
		const uint8_t *row = from + (size_t)y * p->pitch;

		if (!changed && memcmp(to, row, p->stride) == 0)
			continue;
		changed = true;
		memcpy(to, row, p->stride);
	}
	return changed;
}

void
screen_look(struct board *b)
{
	struct screen *s = &b->screen;
	struct lcd_picture p;
	const uint8_t *from = NULL;
	bool changed;

	if (lcd_picture(b, &p))
		from = board_bytes(b, p.at, p.pitch * (p.h - 1) + p.stride);
	if (from != NULL) {
		changed = lcd_copy(s, &p, from);
	} else {
		changed = s->seen.on;
		s->seen = (struct board_screen){ .pixels = s->pixels };
	}
	if (changed)
		board_say(b, BOARD_OUT_SCREEN, 0, NULL, 0);
}

const struct device device_lcd = {
	.base = PAGE,
	DEVICE_KEEPS(lcd),
};
