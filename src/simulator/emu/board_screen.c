/*
 * The panel read as text: cells of 8 by 16 pixels that are exactly a glyph of
 * the image's font, dark on light or light on dark.
 */
#include "emu/board.h"

#include "emu/board_in.h"
#include "emu/bytes_in.h"
#include "emu/image_in.h"
#include "text/utf8.h"

#include <string.h>

const struct board_screen *
board_screen(const struct board *b)
{
	return &b->screen.seen;
}

#define CELL_W 8u
#define CELL_H 16u

/* Whether 5:6:5 is on the dark side. */
static bool
lcd_is_dark(uint32_t colour)
{
	uint32_t red = colour >> 11, green = colour >> 5 & 63,
		 blue = colour & 31;

	return 6 * red + 6 * green + 2 * blue < (6 * 31 + 6 * 63 + 2 * 31) / 2;
}

bool
board_screen_dark(const struct board_screen *s, unsigned x, unsigned y)
{
	const uint8_t *row = s->pixels + (size_t)y * s->stride;

	return s->bits == 1 ? (row[x / 8] >> (7 - x % 8) & 1u) != 0
			    : lcd_is_dark(get16(row + (size_t)2 * x));
}

/* The pixels of cell X, Y; whether all of them are alike. */
static bool
read_cell(
    const struct board_screen *s, unsigned x, unsigned y, uint8_t cell[CELL_H])
{
	bool plain = true;

	for (unsigned i = 0; i < CELL_H; i++) {
		unsigned bits = 0;

		for (unsigned j = 0; j < CELL_W; j++)
			bits = bits << 1 | board_screen_dark(s, x * CELL_W + j,
					       y * CELL_H + i);
		cell[i] = (uint8_t)bits;
		plain &= bits == (cell[0] & 0x80 ? 0xffu : 0u);
	}
	return plain;
}

/* The character of WIDTH that ROWS is, or is the other way round; 0. */
static uint32_t
code_of(const struct image *im, unsigned width, const uint8_t *rows)
{
	uint32_t code = image_font_code(im, width, rows);
	uint8_t other[32];

	for (size_t i = 0; i < sizeof(other); i++)
		other[i] = (uint8_t)~rows[i];
	return code != 0 ? code : image_font_code(im, width, other);
}

struct cell {
	uint8_t rows[32]; /* 16 of them are used */
	bool plain;
	uint32_t code; /* 0: no narrow character */
};

static void
take_cell(const struct board *b, const struct board_screen *s, unsigned x,
    unsigned y, struct cell *c)
{
	memset(c, 0, sizeof(*c));
	c->plain = read_cell(s, x, y, c->rows);
	c->code = c->plain ? ' ' : code_of(b->config.image, CELL_W, c->rows);
}

/* The wide character that two cells are together; 0. */
static uint32_t
wide_code(const struct board *b, const struct cell *l, const struct cell *r)
{
	uint8_t rows[32];

	/* Two characters that stand side by side are just that. */
	if ((l->plain && r->plain) ||
	    (l->code != 0 && r->code != 0 && !l->plain && !r->plain))
		return 0;
	for (unsigned i = 0; i < CELL_H; i++) {
		rows[2 * i] = l->rows[i];
		rows[2 * i + 1] = r->rows[i];
	}
	return code_of(b->config.image, 2 * CELL_W, rows);
}

void
board_screen_text(const struct board *b, unsigned row, struct buf *out)
{
	const struct board_screen *s = board_screen(b);
	size_t end = out->n;
	struct cell left, right;

	if (b->config.image->font.n == 0 || !s->on || row >= s->h / CELL_H)
		return;
	for (unsigned x = 0; x < s->w / CELL_W; x++) {
		uint32_t code = 0;

		take_cell(b, s, x, row, &left);
		if (x + 1 < s->w / CELL_W) {
			take_cell(b, s, x + 1, row, &right);
			code = wide_code(b, &left, &right);
		}
		if (code != 0)
			x++;
		else
			code = left.code != 0 ? left.code : ' ';
		utf8_encode(out, code);
		if (code != ' ')
			end = out->n;
	}
	buf_truncate(out, end);
}
