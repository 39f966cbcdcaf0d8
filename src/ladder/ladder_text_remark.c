/*
 * What stands in a ladder beside its arrows: the title, and the remarks.  A
 * remark has the line to itself, so it may be as long as the line; what is
 * longer goes on below, up to REMARK_LINES.
 */
#include "ladder/ladder_text_in.h"

#include "base/err.h"
#include "words/record_text.h"

#define REMARK_LINES 3
#define TITLE_LINES  3
/* Narrower than this no text is broken into lines. */
#define WRAP_LEAST 16

/* Where a remark's text stands. */
struct place {
	size_t at, cells; /* from which cell on, how many */
	bool left;        /* it ends beside its lifeline */
};

/* Line NUMBER of TEXT in lines of at most CELLS; the last one that there may
 * be, LINES - 1, has all that is left.  B owns it. */
static struct str
line_of(
    struct buf *b, struct str text, size_t cells, size_t number, size_t lines)
{
	struct str rest, line;

	if (cells < WRAP_LEAST || utf8_width(text) <= cells)
		return number == 0 ? text : STR_NULL;
	record_wrap(b, text, 0, 0, cells);
	rest = buf_view(b);
	for (size_t i = 0; i < number && rest.n > 0; i++)
		str_cut(rest, '\n', &rest);
	if (number + 1 < lines)
		return str_cut(rest, '\n', &rest);
	line = rest;
	/* It will be clipped; the rest is one text again. */
	for (size_t i = (size_t)(line.p - b->p); i < b->n; i++)
		if (b->p[i] == '\n')
			b->p[i] = ' ';
	return line;
}

static size_t
count_lines(struct str text, size_t cells, size_t most)
{
	struct buf b = BUF_INIT;
	size_t n = 1;

	if (cells >= WRAP_LEAST && utf8_width(text) > cells)
		record_wrap(&b, text, 0, 0, cells);
	for (size_t i = 0; i < b.n; i++)
		n += b.p[i] == '\n';
	buf_free(&b);
	return n < most ? n : most;
}

/* Beside its lifeline where there is more room; a remark of the whole run over
 * all of them. */
static struct place
place_of(const struct ladder_text *t, const struct layout_row *r)
{
	size_t cells = utf8_width(r->label), first = t->x[0], x;
	size_t right, left;

	if (r->from == LAYOUT_NONE) {
		size_t last = t->x[t->l->ncolumns - 1];

		x = first + 2;
		if (cells + 4 < last - first)
			x = (first + last - cells) / 2;
		return (struct place){ x, t->room - x - 1, false };
	}
	x = t->x[r->from];
	right = t->room - x - 2;
	left = x > first ? x - first - 1 : 0;
	/* Too little for a word on either side: over the lifelines. */
	if (cells > right && cells > left && right < WRAP_LEAST &&
	    left < WRAP_LEAST)
		return (struct place){ first + 2, t->room - first - 3, false };
	if (cells <= right || (cells > left && right >= left))
		return (struct place){ x + 2, right, false };
	return (struct place){ first, left, true };
}

size_t
ladder_text_remark_lines(
    const struct ladder_text *t, const struct layout_row *r)
{
	if (t->l->ncolumns == 0)
		return 1;
	return count_lines(r->label, place_of(t, r).cells, REMARK_LINES);
}

void
ladder_text_draw_remark(const struct ladder_text *t, const struct layout_row *r,
    size_t line, const struct grid_area *c, enum canvas_style style)
{
	struct place p = place_of(t, r);
	struct buf b = BUF_INIT;
	struct str text = line_of(&b, r->label, p.cells, line, REMARK_LINES);
	size_t cells = utf8_width(text);

	if (cells > p.cells)
		cells = p.cells;
	if (r->from == LAYOUT_NONE) {
		size_t last = t->x[t->l->ncolumns - 1];

		if (line == 0)
			grid_fill(c, t->x[0], 0, last + 1 - t->x[0], 1,
			    GLYPH_DOTS, STYLE_DIM);
		grid_put(c, p.at - 1, 0, GLYPH_SPACE, STYLE_PLAIN);
		grid_put(c, p.at + cells, 0, GLYPH_SPACE, STYLE_PLAIN);
		grid_text(c, p.at, 0, text, cells, STYLE_BOLD);
	} else {
		grid_put(c, t->x[r->from], 0, GLYPH_WAIT, style);
		grid_text(c, p.left ? p.at + p.cells - cells : p.at, 0, text,
		    cells, style);
	}
	if (b.err != 0)
		c->g->err = b.err;
	buf_free(&b);
}

int
ladder_text_write_title(
    const struct ladder_text *t, struct grid *g, struct buf *out)
{
	size_t room = t->room > TIME_MARGIN ? t->room - TIME_MARGIN : 0;
	struct str title = t->l->title;
	size_t lines;
	int err = 0;

	if (!t->o.title || title.n == 0)
		return 0;
	/* Where nothing says how wide a line may be, it is as wide as that. */
	if (t->o.width == 0 && utf8_width(title) > room)
		room = utf8_width(title);
	lines = count_lines(title, room, TITLE_LINES);
	for (size_t i = 0; err == 0 && i < lines; i++) {
		struct grid_area c = grid_line(g, TIME_MARGIN + room);
		struct buf b = BUF_INIT;

		grid_text(&c, TIME_MARGIN, 0,
		    line_of(&b, title, room, i, TITLE_LINES), room, STYLE_BOLD);
		err = grid_write_colour(g, t->o.theme, out);
		if (b.err != 0)
			err = b.err;
		buf_free(&b);
	}
	buf_putc(out, '\n');
	return err;
}
