/* Lines of cells; see draw/canvas.h. */
#include "draw/canvas.h"

#include "base/array.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"

#include <string.h>

static const struct {
	const char *utf8;
	char ascii[2];
} glyphs[] = {
#define X(id, utf8, ascii) { utf8, { ascii, 0 } },
	CANVAS_GLYPHS(X)
#undef X
};

struct str
canvas_glyph_text(enum canvas_glyph glyph, bool ascii)
{
	return str_of(ascii ? glyphs[glyph].ascii : glyphs[glyph].utf8);
}

void
canvas_free(struct canvas *c)
{
	mem_free(c->cells);
	buf_free(&c->text);
	*c = CANVAS_INIT;
}

void
canvas_start(struct canvas *c, size_t width)
{
	buf_clear(&c->text);
	c->err = 0;
	if (width > c->cap) {
		c->err = ARRAY_RESIZE(&c->cells, width);
		if (c->err == 0)
			c->cap = width;
		else
			width = c->cap;
	}
	c->width = width;
	if (width > 0)
		memset(c->cells, 0, width * sizeof(*c->cells));
}

/* Nothing of a wide character stays beside cell X. */
static void
clear_halves(struct canvas *c, size_t x)
{
	if (c->cells[x].tail && x > 0)
		c->cells[x - 1] = (struct canvas_cell){ 0 };
	if (x + 1 < c->width && c->cells[x + 1].tail)
		c->cells[x + 1] = (struct canvas_cell){ 0 };
}

void
canvas_put(struct canvas *c, size_t x, enum canvas_glyph glyph,
    enum canvas_style style)
{
	if (x >= c->width)
		return;
	clear_halves(c, x);
	c->cells[x] =
	    (struct canvas_cell){ .at = glyph, .style = (uint8_t)style };
}

void
canvas_fill(struct canvas *c, size_t from, size_t to, enum canvas_glyph glyph,
    enum canvas_style style)
{
	for (size_t x = from; x < to && x < c->width; x++)
		canvas_put(c, x, glyph, style);
}

/* Puts the safe text that begins at FROM in the scratch into cells. */
static size_t
put_safe(struct canvas *c, size_t x, size_t from, enum canvas_style style)
{
	size_t start = x;

	while (from < c->text.n) {
		size_t used;
		uint32_t code = utf8_decode(
		    str_slice(buf_view(&c->text), from, c->text.n), &used);
		unsigned cells = utf8_cells(code);

		if (cells == 0) {
			/* A mark belongs to the cell before it, whose text
			 * ends just here. */
			size_t before =
			    x > start && c->cells[x - 1].tail ? x - 2 : x - 1;

			if (x > start && c->cells[before].n < 64)
				c->cells[before].n += (uint16_t)used;
			from += used;
			continue;
		}
		if (x + cells > c->width)
			break;
		for (unsigned i = 0; i < cells; i++)
			clear_halves(c, x + i);
		c->cells[x] = (struct canvas_cell){ .at = (uint32_t)from,
			.n = (uint16_t)used,
			.style = (uint8_t)style };
		if (cells == 2)
			c->cells[x + 1] = (struct canvas_cell){ .tail = true,
				.style = (uint8_t)style };
		x += cells;
		from += used;
	}
	return x - start;
}

size_t
canvas_text(struct canvas *c, size_t x, struct str text, size_t cells,
    enum canvas_style style)
{
	size_t from = c->text.n, taken;
	bool clipped;

	if (x >= c->width || cells == 0)
		return 0;
	if (cells > c->width - x)
		cells = c->width - x;
	clipped = utf8_width(text) > cells;
	utf8_add_safe(&c->text, clipped ? utf8_clip(text, cells - 1) : text);
	if (c->text.err != 0) {
		c->err = ERR_NOMEM;
		return 0;
	}
	taken = put_safe(c, x, from, style);
	if (clipped) {
		canvas_put(c, x + taken, GLYPH_MORE, style);
		taken++;
	}
	return taken;
}

/* A character in ASCII: as the glyph that it is, or what looks like it; what
 * ASCII has no sign for is one '?' for each cell. */
static const char *
ascii_of(struct str s, bool wide)
{
	static const struct {
		uint32_t code;
		const char *ascii;
	} looks[] = {
		{ 0xa0, " " },
		{ 0xb5, "u" },
		{ 0x3bc, "u" },
		{ 0xb7, "-" },
		{ 0xd7, "x" },
		{ 0x2013, "-" },
		{ 0x2014, "-" },
		{ 0x2018, "'" },
		{ 0x2019, "'" },
		{ 0x201c, "\"" },
		{ 0x201d, "\"" },
		{ 0x2190, "<" },
		{ 0x2192, ">" },
		{ 0x21bb, "@" },
		{ 0x2212, "-" },
	};
	size_t used;
	uint32_t code = utf8_decode(s, &used);

	for (size_t i = 0; i < sizeof(looks) / sizeof(looks[0]); i++)
		if (looks[i].code == code)
			return looks[i].ascii;
	for (size_t i = 0; i < GLYPH_COUNT; i++)
		if (str_is(str_slice(s, 0, used), glyphs[i].utf8))
			return glyphs[i].ascii;
	return wide ? "??" : "?";
}

struct str
canvas_cell_text(const struct canvas *c, size_t x)
{
	const struct canvas_cell *cell = &c->cells[x];
	bool wide = x + 1 < c->width && c->cells[x + 1].tail;
	struct str s;

	if (cell->tail)
		return STR_NULL;
	if (cell->n == 0)
		return canvas_glyph_text(cell->at, c->ascii);
	s = str_slice(buf_view(&c->text), cell->at, cell->at + cell->n);
	if (!c->ascii || (unsigned char)s.p[0] < 0x80)
		return c->ascii ? str_slice(s, 0, 1) : s;
	/* Words stay whose language is not written in ASCII. */
	return wide && i18n_needs_utf8() ? s : str_of(ascii_of(s, wide));
}

int
canvas_end(struct canvas *c, enum theme theme, struct buf *out)
{
	size_t end = c->width;
	bool ground = theme_has_ground(theme);
	unsigned style = ground ? STYLE_COUNT : STYLE_PLAIN;

	while (end > 0 && c->cells[end - 1].n == 0 && !c->cells[end - 1].tail &&
	       c->cells[end - 1].at == GLYPH_SPACE)
		end--;
	for (size_t x = 0; x < end; x++) {
		const struct canvas_cell *cell = &c->cells[x];
		bool blank = cell->n == 0 && cell->at == GLYPH_SPACE;

		if (theme != THEME_NONE && !cell->tail && (ground || !blank) &&
		    cell->style != style) {
			theme_put(theme, cell->style, out);
			style = cell->style;
		}
		buf_str(out, canvas_cell_text(c, x));
	}
	theme_put_end(theme, style, out);
	buf_putc(out, '\n');
	if (c->err == 0 && out->err != 0)
		c->err = ERR_NOMEM;
	return c->err;
}
