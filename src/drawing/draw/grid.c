/* Screens of cells, and the lines that meet on them; see draw/grid.h. */
#include "draw/grid.h"

#include <string.h>

#include "base/array.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"

/* More than any terminal has; keeps width * height from overflowing. */
#define SIDE_MOST 4096

int
grid_init(struct grid *g, size_t width, size_t height, bool ascii)
{
	*g = (struct grid){ .ascii = ascii };
	if (width > SIDE_MOST)
		width = SIDE_MOST;
	if (height > SIDE_MOST)
		height = SIDE_MOST;
	g->cells = mem_zalloc(width * height, sizeof(*g->cells));
	if (g->cells == NULL)
		return ERR_NOMEM;
	g->cap = width * height;
	g->width = width;
	g->height = height;
	return 0;
}

void
grid_free(struct grid *g)
{
	mem_free(g->cells);
	buf_free(&g->text);
	*g = (struct grid){ 0 };
}

struct grid_area
grid_lines(struct grid *g, size_t width, size_t lines)
{
	size_t n = width * lines;

	if (n > g->cap && ARRAY_RESIZE(&g->cells, n) == 0)
		g->cap = n;
	if (n > g->cap)
		g->err = ERR_NOMEM;
	g->width = n <= g->cap ? width : g->cap / lines;
	g->height = lines;
	grid_clear(g);
	return grid_all(g);
}

struct grid_area
grid_line(struct grid *g, size_t width)
{
	return grid_lines(g, width, 1);
}

void
grid_clear(struct grid *g)
{
	if (g->cells != NULL)
		memset(g->cells, 0, g->width * g->height * sizeof(*g->cells));
}

struct grid_area
grid_all(struct grid *g)
{
	return (struct grid_area){ g, 0, 0, g->width, g->height };
}

struct grid_area
grid_part(const struct grid_area *a, size_t x, size_t y, size_t w, size_t h)
{
	struct grid_area part = *a;

	x = x < a->w ? x : a->w;
	y = y < a->h ? y : a->h;
	part.x += x;
	part.y += y;
	part.w = w < a->w - x ? w : a->w - x;
	part.h = h < a->h - y ? h : a->h - y;
	return part;
}

static struct grid_cell *
find_area_cell(const struct grid_area *a, size_t x, size_t y)
{
	return &a->g->cells[(a->y + y) * a->g->width + a->x + x];
}

/* Nothing of a wide character stays beside the cell that will be drawn. */
static void
clear_halves(const struct grid_area *a, size_t x, size_t y)
{
	struct grid_cell *cell = find_area_cell(a, x, y);
	size_t column = a->x + x;

	if (cell->tail && column > 0)
		cell[-1].n = 0;
	if (column + 1 < a->g->width && cell[1].tail)
		cell[1] = (struct grid_cell){ .style = cell[1].style,
			.flags = cell[1].flags };
}

/* The most of one character and its marks that a cell has room for. */
static struct str
cell_text(struct str text)
{
	const size_t room = sizeof(((struct grid_cell *)0)->text);
	size_t n = text.n < room ? text.n : room;

	while (n > 0 && n < text.n && ((unsigned char)text.p[n] & 0xc0) == 0x80)
		n--;
	return str_slice(text, 0, n);
}

static void
set_cell(const struct grid_area *a, size_t x, size_t y, struct str text,
    unsigned style)
{
	struct grid_cell *cell = find_area_cell(a, x, y);

	clear_halves(a, x, y);
	*cell = (struct grid_cell){ .style = (uint8_t)style };
	text = cell_text(text);
	if (text.n > 0 && !(text.n == 1 && text.p[0] == ' '))
		memcpy(cell->text, text.p, text.n);
	cell->n = text.n == 1 && text.p[0] == ' ' ? 0 : (uint8_t)text.n;
}

static void
set_tail(const struct grid_area *a, size_t x, size_t y, unsigned style)
{
	clear_halves(a, x, y);
	*find_area_cell(a, x, y) =
	    (struct grid_cell){ .style = (uint8_t)style, .tail = true };
}

void
grid_put(const struct grid_area *a, size_t x, size_t y, enum canvas_glyph glyph,
    enum canvas_style style)
{
	if (x < a->w && y < a->h)
		set_cell(a, x, y, canvas_glyph_text(glyph, a->g->ascii), style);
}

void
grid_fill(const struct grid_area *a, size_t x, size_t y, size_t w, size_t h,
    enum canvas_glyph glyph, enum canvas_style style)
{
	struct grid_area part = grid_part(a, x, y, w, h);

	for (size_t j = 0; j < part.h; j++)
		for (size_t i = 0; i < part.w; i++)
			grid_put(&part, i, j, glyph, style);
}

/* A mark belongs to the character that ends before cell X. */
static void
grid_add_mark(const struct grid_area *a, size_t x, size_t y, struct str mark)
{
	struct grid_cell *cell;

	if (x == 0 || x > a->w || a->g->ascii)
		return;
	cell = find_area_cell(a, x - 1, y);
	if (cell->tail && x > 1)
		cell--;
	if (cell->n > 0 && cell->n + mark.n <= sizeof(cell->text)) {
		memcpy(cell->text + cell->n, mark.p, mark.n);
		cell->n += (uint8_t)mark.n;
	}
}

/* A character of one or two cells at X. */
static void
grid_put_char(const struct grid_area *a, ptrdiff_t x, size_t y, struct str text,
    bool wide, enum canvas_style style)
{
	size_t at = (size_t)x;

	if (x + wide < 0 || x >= (ptrdiff_t)a->w)
		return;
	if (x < 0) {
		set_cell(a, 0, y, STR(" "), STYLE_PLAIN);
	} else if (wide && at + 1 == a->w) {
		set_cell(a, at, y, STR(" "), style);
	} else {
		set_cell(a, at, y, text, style);
		if (wide)
			set_tail(a, at + 1, y, style);
	}
}

/* The character CODE as the grid shows it.  Words stay whose language is not
 * written in ASCII. */
static struct str
grid_shown(const struct grid *g, struct str text, uint32_t code)
{
	if (!g->ascii || code < 0x80 ||
	    (utf8_cells(code) == 2 && i18n_needs_utf8()))
		return text;
	return str_of(canvas_ascii(code));
}

size_t
grid_text_part(const struct grid_area *a, ptrdiff_t x, size_t y,
    struct str text, enum canvas_style style)
{
	struct buf *safe = &a->g->text;
	struct str rest;
	size_t used, taken = 0;

	buf_clear(safe);
	utf8_add_safe(safe, text);
	if (safe->err != 0)
		a->g->err = safe->err;
	rest = buf_view(safe);
	for (; rest.n > 0 && y < a->h; rest = str_slice(rest, used, rest.n)) {
		uint32_t code = utf8_decode(rest, &used);
		struct str one = str_slice(rest, 0, used);
		unsigned cells = utf8_cells(code);

		if (cells > 0)
			grid_put_char(a, x + (ptrdiff_t)taken, y,
			    grid_shown(a->g, one, code), cells == 2, style);
		else if (taken > 0)
			grid_add_mark(
			    a, (size_t)(x + (ptrdiff_t)taken), y, one);
		taken += cells;
	}
	return taken;
}

size_t
grid_text(const struct grid_area *a, size_t x, size_t y, struct str text,
    size_t cells, enum canvas_style style)
{
	size_t taken;

	if (x >= a->w || y >= a->h || text.n == 0 || cells == 0)
		return 0;
	if (cells > a->w - x)
		cells = a->w - x;
	if (utf8_width(text) <= cells)
		return grid_text_part(a, (ptrdiff_t)x, y, text, style);
	taken = grid_text_part(
	    a, (ptrdiff_t)x, y, utf8_clip(text, cells - 1), style);
	grid_put(a, x + taken, y, GLYPH_MORE, style);
	return taken + 1;
}

void
grid_box(const struct grid_area *a, size_t x, size_t y, size_t w, size_t h,
    enum canvas_style style)
{
	if (w < 2 || h < 2)
		return;
	grid_fill(a, x + 1, y, w - 2, 1, GLYPH_LINE, style);
	grid_fill(a, x + 1, y + h - 1, w - 2, 1, GLYPH_LINE, style);
	grid_fill(a, x, y + 1, 1, h - 2, GLYPH_LIFE, style);
	grid_fill(a, x + w - 1, y + 1, 1, h - 2, GLYPH_LIFE, style);
	grid_put(a, x, y, GLYPH_CORNER_TL, style);
	grid_put(a, x + w - 1, y, GLYPH_CORNER_TR, style);
	grid_put(a, x, y + h - 1, GLYPH_CORNER_BL, style);
	grid_put(a, x + w - 1, y + h - 1, GLYPH_CORNER_BR, style);
}

void
grid_copy(const struct grid_area *a, const struct grid_area *from)
{
	struct grid_area to = grid_part(a, 0, 0, from->w, from->h);

	for (size_t y = 0; y < to.h && to.w > 0; y++) {
		clear_halves(&to, 0, y);
		clear_halves(&to, to.w - 1, y);
		memcpy(find_area_cell(&to, 0, y), find_area_cell(from, 0, y),
		    to.w * sizeof(struct grid_cell));
	}
}

void
grid_flag(const struct grid_area *a, size_t x, size_t y, size_t w, size_t h,
    unsigned flags)
{
	struct grid_area part = grid_part(a, x, y, w, h);

	for (size_t j = 0; j < part.h; j++)
		for (size_t i = 0; i < part.w; i++)
			find_area_cell(&part, i, j)->flags |= (uint8_t)flags;
}

void
grid_paint(const struct grid_area *a, size_t x, size_t y, size_t w, size_t h,
    enum canvas_style style)
{
	struct grid_area part = grid_part(a, x, y, w, h);

	for (size_t j = 0; j < part.h; j++)
		for (size_t i = 0; i < part.w; i++)
			find_area_cell(&part, i, j)->style = (uint8_t)style;
}

static void
grid_write_line(
    const struct grid *g, size_t y, enum theme theme, struct buf *out)
{
	const struct grid_cell *row =
	    g->width > 0 ? &g->cells[y * g->width] : NULL;
	bool ground = theme_has_ground(theme);
	unsigned style = ground ? STYLE_COUNT : STYLE_PLAIN;
	size_t end = g->width;

	while (end > 0 && row[end - 1].n == 0 && !row[end - 1].tail)
		end--;
	for (size_t x = 0; x < end; x++) {
		bool blank = row[x].n == 0 && row[x].style == STYLE_PLAIN;

		if (!row[x].tail && (ground || !blank) && row[x].style != style)
			theme_put(theme, style = row[x].style, out);
		if (row[x].n > 0)
			buf_add(out, row[x].text, row[x].n);
		else if (!row[x].tail)
			buf_putc(out, ' ');
	}
	theme_put_end(theme, style, out);
	buf_putc(out, '\n');
}

int
grid_write_colour(const struct grid *g, enum theme theme, struct buf *out)
{
	for (size_t y = 0; y < g->height; y++)
		grid_write_line(g, y, theme, out);
	return g->err != 0 ? g->err : out->err;
}

int
grid_write(const struct grid *g, struct buf *out)
{
	return grid_write_colour(g, THEME_NONE, out);
}

/* ---- lines that meet ---- */

enum canvas_glyph
grid_line_glyph(unsigned sides)
{
	static const uint8_t glyphs[16] = {
		[0] = GLYPH_SPACE,
		[SIDE_UP] = GLYPH_LIFE,
		[SIDE_DOWN] = GLYPH_LIFE,
		[SIDE_UP | SIDE_DOWN] = GLYPH_LIFE,
		[SIDE_LEFT] = GLYPH_LINE,
		[SIDE_RIGHT] = GLYPH_LINE,
		[SIDE_LEFT | SIDE_RIGHT] = GLYPH_LINE,
		[SIDE_DOWN | SIDE_RIGHT] = GLYPH_CORNER_TL,
		[SIDE_DOWN | SIDE_LEFT] = GLYPH_CORNER_TR,
		[SIDE_UP | SIDE_RIGHT] = GLYPH_CORNER_BL,
		[SIDE_UP | SIDE_LEFT] = GLYPH_CORNER_BR,
		[SIDE_UP | SIDE_DOWN | SIDE_RIGHT] = GLYPH_FROM_LEFT,
		[SIDE_UP | SIDE_DOWN | SIDE_LEFT] = GLYPH_FROM_RIGHT,
		[SIDE_DOWN | SIDE_LEFT | SIDE_RIGHT] = GLYPH_TEE_DOWN,
		[SIDE_UP | SIDE_LEFT | SIDE_RIGHT] = GLYPH_TEE_UP,
		[15] = GLYPH_CROSS,
	};

	return (enum canvas_glyph)glyphs[sides & 15];
}

enum canvas_glyph
grid_head_glyph(unsigned side)
{
	return side == SIDE_UP     ? GLYPH_TO_DOWN
	       : side == SIDE_DOWN ? GLYPH_TO_UP
	       : side == SIDE_LEFT ? GLYPH_TO_RIGHT
				   : GLYPH_TO_LEFT;
}

unsigned
grid_line_towards(size_t x, size_t y, size_t to_x, size_t to_y)
{
	if (x != to_x)
		return x < to_x ? SIDE_RIGHT : SIDE_LEFT;
	return y < to_y ? SIDE_DOWN : SIDE_UP;
}

unsigned
grid_line_back(unsigned side)
{
	switch (side) {
	case SIDE_UP:
		return SIDE_DOWN;
	case SIDE_DOWN:
		return SIDE_UP;
	case SIDE_LEFT:
		return SIDE_RIGHT;
	default:
		return SIDE_LEFT;
	}
}

void
grid_line_step(unsigned side, size_t *x, size_t *y)
{
	*x += side == SIDE_RIGHT;
	*x -= side == SIDE_LEFT;
	*y += side == SIDE_DOWN;
	*y -= side == SIDE_UP;
}
