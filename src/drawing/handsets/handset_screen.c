/*
 * A phone's screen in cells: as dots of braille, as half blocks, or as the
 * characters that the trace says it shows.  What is light on dark there is so
 * here; a cell without a character that has dots in it (a large digit, a
 * symbol) is drawn as coarse dots.
 */
#include "handsets/handset_in.h"

#include "text/utf8.h"

#define STRIDE     (TRACE_BOARD_SIDE / 8)
#define CELL_DOTS  (HANDSET_CELL_W * HANDSET_CELL_H)
#define COARSE     4 /* pixels of a coarse dot, each way */
#define BRAILLE    0x2800u
#define HALF_UPPER 0x2580u
#define HALF_LOWER 0x2584u
#define WHOLE      0x2588u

struct pixels {
	unsigned w, h;
	uint8_t lines[TRACE_BOARD_SIDE][STRIDE];
};

static bool
dark(const struct pixels *p, size_t x, size_t y)
{
	return x < p->w && y < p->h &&
	       (p->lines[y][x / 8] >> (7 - x % 8) & 1) != 0;
}

/* The record that tells of row ROW, B what it says; false where none does, or
 * it is of another screen. */
static bool
row_of(const struct handset_look *l, unsigned row, struct trace_rec *rec,
    struct trace_board *b, struct buf *memory)
{
	uint64_t seq = l->board->rows[row];

	if (seq == 0)
		return false;
	trace_get(l->v->t, seq, rec);
	return trace_get_board(rec, b, memory) == 0 && b->row == row &&
	       b->width == l->width && b->height == l->height;
}

static void
read_pixels(const struct handset_look *l, struct pixels *p)
{
	struct buf memory = BUF_INIT, bytes = BUF_INIT;
	size_t stride = (l->width + 7) / 8;
	struct trace_board b;
	struct trace_rec rec;

	memset(p, 0, sizeof(*p));
	p->w = l->width;
	p->h = l->height;
	for (unsigned row = 0; row < TRACE_BOARD_ROWS; row++) {
		buf_clear(&bytes);
		if (!row_of(l, row, &rec, &b, &memory) ||
		    trace_board_pixels(&rec, &b, &bytes) != 0)
			continue;
		for (size_t y = 0; y < bytes.n / stride; y++)
			memcpy(p->lines[row * TRACE_BOARD_ROW + y],
			    bytes.p + y * stride, stride);
	}
	buf_free(&memory);
	buf_free(&bytes);
}

void
handset_screen_size(
    const struct handset_look *l, enum handset_form form, size_t *w, size_t *h)
{
	static const struct {
		unsigned w, h; /* pixels of a cell */
	} cells[] = {
		[HANDSET_TEXT] = { HANDSET_CELL_W, HANDSET_CELL_H },
		[HANDSET_BRAILLE] = { 2, 4 },
		[HANDSET_HALVES] = { 1, 2 },
	};

	*w = (l->width + cells[form].w - 1) / cells[form].w;
	*h = (l->height + cells[form].h - 1) / cells[form].h;
}

/* ---- dots ---- */

/* Unicode 8-dot patterns: three of a column, then three of the other, then the
 * two below. */
static const uint8_t dots[4][2] = { { 0x01, 0x08 }, { 0x02, 0x10 },
	{ 0x04, 0x20 }, { 0x40, 0x80 } };

static uint32_t
braille_at(const struct pixels *p, size_t x, size_t y)
{
	uint32_t bits = 0;

	for (size_t j = 0; j < 4; j++)
		for (size_t i = 0; i < 2; i++)
			if (dark(p, 2 * x + i, 4 * y + j))
				bits |= dots[j][i];
	return bits == 0 ? ' ' : BRAILLE + bits;
}

static uint32_t
halves_at(const struct pixels *p, size_t x, size_t y)
{
	bool upper = dark(p, x, 2 * y), lower = dark(p, x, 2 * y + 1);

	return upper && lower ? WHOLE
	       : upper        ? HALF_UPPER
	       : lower        ? HALF_LOWER
			      : ' ';
}

static void
draw_dots(
    const struct pixels *p, enum handset_form form, const struct grid_area *a)
{
	struct buf line = BUF_INIT;

	for (size_t y = 0; y < a->h; y++) {
		buf_clear(&line);
		for (size_t x = 0; x < a->w; x++)
			utf8_encode(&line, form == HANDSET_BRAILLE
					       ? braille_at(p, x, y)
					       : halves_at(p, x, y));
		grid_text(a, 0, y, buf_view(&line), a->w, STYLE_PLAIN);
	}
	buf_free(&line);
}

/* ---- characters ---- */

static unsigned
count_dark(const struct pixels *p, size_t x, size_t y, size_t w, size_t h)
{
	unsigned n = 0;

	for (size_t j = 0; j < h; j++)
		for (size_t i = 0; i < w; i++)
			n += dark(p, x + i, y + j);
	return n;
}

/* What of a cell has no character, in dots of 4 × 4 pixels. */
static void
draw_coarse(const struct pixels *p, size_t x, size_t row, bool light,
    const struct grid_area *a, size_t y)
{
	enum canvas_style style = light ? STYLE_HERE : STYLE_PLAIN;
	struct buf b = BUF_INIT;
	uint32_t bits = 0;

	for (size_t j = 0; j < 4; j++)
		for (size_t i = 0; i < 2; i++) {
			unsigned n = count_dark(p,
			    x * HANDSET_CELL_W + i * COARSE,
			    row * HANDSET_CELL_H + j * COARSE, COARSE, COARSE);

			if ((light ? COARSE * COARSE - n : n) >= 5)
				bits |= dots[j][i];
		}
	if (a->g->ascii)
		buf_putc(&b, bits != 0 ? '#' : ' ');
	else
		utf8_encode(&b, bits != 0 ? BRAILLE + bits : ' ');
	grid_text(a, x, y, buf_view(&b), 1, style);
	buf_free(&b);
}

static bool
is_light(const struct pixels *p, size_t x, size_t row, size_t cells)
{
	return count_dark(p, x * HANDSET_CELL_W, row * HANDSET_CELL_H,
		   cells * HANDSET_CELL_W,
		   HANDSET_CELL_H) > cells * CELL_DOTS / 2;
}

/* Row ROW of the screen on line Y. */
static void
draw_row(const struct pixels *p, struct str text, size_t row,
    const struct grid_area *a, size_t y)
{
	size_t x = 0, cells = p->w / HANDSET_CELL_W;

	while (x < a->w && x < cells) {
		size_t used = 0, w = 1;
		uint32_t c = ' ';

		if (text.n > 0) {
			c = utf8_decode(text, &used);
			w = utf8_cells(c) > 1 ? 2 : 1;
		}
		if (c == ' ' || c == UTF8_BAD)
			draw_coarse(p, x, row, is_light(p, x, row, 1), a, y);
		else
			grid_text(a, x, y, str_slice(text, 0, used), w,
			    is_light(p, x, row, w) ? STYLE_HERE : STYLE_PLAIN);
		text = str_slice(text, used, text.n);
		x += w;
	}
}

/* Nothing to be seen in it. */
static bool
is_blank(const struct pixels *p, struct str text, size_t row)
{
	return str_trim(text).n == 0 && count_dark(p, 0, row * HANDSET_CELL_H,
					    p->w, HANDSET_CELL_H) == 0;
}

static void
draw_text(const struct handset_look *l, const struct pixels *p,
    const struct grid_area *a)
{
	struct buf memory = BUF_INIT;
	struct trace_board b;
	struct trace_rec rec;
	size_t rows = (p->h + HANDSET_CELL_H - 1) / HANDSET_CELL_H, y = 0;
	size_t over = rows > a->h ? rows - a->h : 0;

	for (unsigned row = 0; row < rows && y < a->h; row++) {
		bool known = row_of(l, row, &rec, &b, &memory);
		struct str text = known ? b.text : STR_NULL;

		if (over > 0 && is_blank(p, text, row)) {
			over--;
			continue;
		}
		draw_row(p, text, row, a, y++);
	}
	buf_free(&memory);
}

void
handset_screen_draw(const struct handset_look *l, enum handset_form form,
    const struct grid_area *a)
{
	struct pixels p;

	read_pixels(l, &p);
	if (form == HANDSET_TEXT)
		draw_text(l, &p, a);
	else
		draw_dots(&p, form, a);
}
