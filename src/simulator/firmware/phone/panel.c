/* Cells into pixels. */
#include "firmware/phone/panel.h"

#include "firmware/hal.h"
#include "firmware/phone/font.h"
#include "firmware/phone/text.h"

#include <string.h>

#define CELL_H FONT_HEIGHT

_Static_assert(PANEL_COLS * 8 == HAL_LCD_W, "cells are a byte wide");
_Static_assert(PANEL_ROWS *CELL_H == HAL_LCD_H, "rows fill the panel");

void
panel_start(struct panel *p)
{
	panel_clear(p);
	memcpy(p->shown, p->next, sizeof(p->shown));
	memset(hal_lcd(), 0, (size_t)HAL_LCD_STRIDE * HAL_LCD_H);
	hal_lcd_on(true);
}

void
panel_clear(struct panel *p)
{
	for (unsigned row = 0; row < PANEL_ROWS; row++)
		for (unsigned col = 0; col < PANEL_COLS; col++)
			p->next[row][col] = (struct panel_cell){ ' ', 0 };
}

/* ---- writing ---- */

/* The next character that can be shown: no control characters, no invisible
 * ones.  *WIDTH is in cells. */
static uint32_t
next_code(const char **text, unsigned *width)
{
	uint32_t code = text_next(text);

	if (code == 0)
		return 0;
	if (code < ' ' || (code >= 0x7F && code < 0xA0))
		code = ' ';
	else if (code > 0xFFFF)
		code = 0xFFFD;
	*width = code < 0x80 ? 1 : font_find(code)->width / 8;
	return code;
}

static void
set_cells(struct panel *p, unsigned row, unsigned col, uint32_t code,
    unsigned width, unsigned style)
{
	for (unsigned i = 0; i < width; i++)
		p->next[row][col + i] = (struct panel_cell){ (uint16_t)code,
			(uint16_t)(style | (i > 0 ? PANEL_RIGHT : 0)) };
}

unsigned
panel_put(struct panel *p, unsigned row, unsigned col, const char *text,
    unsigned style)
{
	uint32_t code;
	unsigned width;

	while ((code = next_code(&text, &width)) != 0) {
		if (col + width > PANEL_COLS)
			break;
		set_cells(p, row, col, code, width, style);
		col += width;
	}
	return col;
}

unsigned
panel_width(const char *text)
{
	unsigned all = 0, width;

	while (next_code(&text, &width) != 0)
		all += width;
	return all;
}

void
panel_centre(struct panel *p, unsigned row, const char *text)
{
	unsigned width = panel_width(text);

	panel_put(
	    p, row, width < PANEL_COLS ? (PANEL_COLS - width) / 2 : 0, text, 0);
}

void
panel_bar(struct panel *p, unsigned row, const char *left, const char *right)
{
	unsigned width = panel_width(right);

	for (unsigned col = 0; col < PANEL_COLS; col++)
		set_cells(p, row, col, ' ', 1, PANEL_INVERSE);
	panel_put(p, row, 0, left, PANEL_INVERSE);
	if (width <= PANEL_COLS)
		panel_put(p, row, PANEL_COLS - width, right, PANEL_INVERSE);
}

void
panel_big(struct panel *p, unsigned row, const char *text)
{
	unsigned n = (unsigned)strlen(text);
	unsigned col = n < PANEL_COLS / 2 ? PANEL_COLS / 2 - n : 0;

	for (; *text != '\0' && col + 2 <= PANEL_COLS; text++, col += 2)
		for (unsigned i = 0; i < 4; i++)
			p->next[row + i / 2][col + i % 2] =
			    (struct panel_cell){ (unsigned char)*text,
				    (uint16_t)(PANEL_BIG |
					       (i % 2 ? PANEL_BIG_X : 0) |
					       (i / 2 ? PANEL_BIG_Y : 0)) };
}

/* Cells of the word that TEXT begins with: up to a space, or to a character
 * that may stand alone in a row. */
static unsigned
word_width(const char *text)
{
	unsigned all = 0, width;
	uint32_t code;

	while (
	    (code = next_code(&text, &width)) != 0 && code != ' ' && width == 1)
		all++;
	return all;
}

/* Whether a row that is filled up to COL ends before TEXT. */
static bool
breaks(const char *text, unsigned col, unsigned width, bool in_word)
{
	unsigned word = in_word || width > 1 ? width : word_width(text);

	return col + width > PANEL_COLS ||
	       (word <= PANEL_COLS && col + word > PANEL_COLS);
}

unsigned
panel_wrap(struct panel *p, unsigned first, unsigned last, const char *text,
    unsigned skip)
{
	unsigned line = 0, col = 0, width;
	bool in_word = false;

	for (;;) {
		const char *here = text;
		uint32_t code = next_code(&text, &width);

		if (code == 0)
			return line + (col > 0);
		if (*here == '\n' ||
		    (code != ' ' && breaks(here, col, width, in_word)) ||
		    col + width > PANEL_COLS) {
			line++;
			col = 0;
		}
		in_word = code != ' ' && width == 1;
		if (*here == '\n' || (col == 0 && code == ' '))
			continue;
		if (line >= skip && first + line - skip <= last)
			set_cells(p, first + line - skip, col, code, width, 0);
		col += width;
	}
}

/* ---- drawing ---- */

/* Four pixels become eight. */
static uint8_t
twice(uint8_t nibble)
{
	static const uint8_t bits[16] = { 0x00, 0x03, 0x0C, 0x0F, 0x30, 0x33,
		0x3C, 0x3F, 0xC0, 0xC3, 0xCC, 0xCF, 0xF0, 0xF3, 0xFC, 0xFF };

	return bits[nibble & 15];
}

static uint8_t
pixels(const struct font_glyph *g, unsigned style, unsigned y)
{
	uint8_t byte;

	if (style & PANEL_BIG) {
		byte = g->rows[(style & PANEL_BIG_Y ? CELL_H / 2 : 0) + y / 2];
		return twice((uint8_t)(style & PANEL_BIG_X ? byte : byte >> 4));
	}
	return g->width == 8 ? g->rows[y]
			     : g->rows[2 * y + (style & PANEL_RIGHT ? 1 : 0)];
}

static void
draw_cell(const struct panel_cell *cell, unsigned row, unsigned col)
{
	const struct font_glyph *g = font_find(cell->code);
	uint8_t dark = cell->style & PANEL_INVERSE ? 0xFF : 0;
	uint8_t *at = hal_lcd() + (size_t)row * CELL_H * HAL_LCD_STRIDE + col;

	for (unsigned y = 0; y < CELL_H; y++, at += HAL_LCD_STRIDE)
		*at = pixels(g, cell->style, y) ^ dark;
}

void
panel_show(struct panel *p)
{
	for (unsigned row = 0; row < PANEL_ROWS; row++)
		for (unsigned col = 0; col < PANEL_COLS; col++) {
			struct panel_cell *now = &p->shown[row][col];
			const struct panel_cell *next = &p->next[row][col];

			if (now->code == next->code &&
			    now->style == next->style)
				continue;
			*now = *next;
			draw_cell(now, row, col);
		}
}
