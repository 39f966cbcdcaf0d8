/*
 * Remarks beside the lifelines: timers, what was refused, notes.  A line each;
 * on paper, where one is longer than its line, up to WRAP_LINES.
 */
#include "ladder/ladder_screen_in.h"
#include "words/record_text.h"

/* Narrower than this no text is broken into lines. */
#define WRAP_LEAST 16

/* Where a remark's text stands. */
struct remark_place {
	size_t at, cells;
	bool left; /* it ends at the last of them, beside its lifeline */
};

size_t
ladder_wrap_text(
    struct str text, size_t cells, struct buf *b, struct str lines[WRAP_LINES])
{
	struct str rest;
	size_t n = 0;

	lines[0] = text;
	if (cells < WRAP_LEAST || utf8_width(text) <= cells)
		return 1;
	record_wrap(b, text, 0, 0, cells);
	for (rest = buf_view(b); rest.n > 0 && n + 1 < WRAP_LINES; n++)
		lines[n] = str_cut(rest, '\n', &rest);
	if (rest.n == 0)
		return n;
	lines[n] = rest;
	/* It will be clipped; the rest is one text again. */
	for (size_t i = (size_t)(rest.p - b->p); i < b->n; i++)
		if (b->p[i] == '\n')
			b->p[i] = ' ';
	return n + 1;
}

/* Where CELLS of text stand beside a lifeline: between two lifelines if they
 * can, at its right if they can, else where there is more room; on paper, where
 * neither side has room for a word, over the lifelines. */
static struct remark_place
place_beside(const struct ladder_screen *s, size_t column, size_t cells)
{
	size_t x = s->x[column], left = s->x[s->first];
	size_t next =
	    column + 1 < s->end ? s->x[column + 1] : s->width + s->paper;
	size_t before = column > s->first ? s->x[column - 1] : x;
	/* On paper up to its edge, and over the first lifeline. */
	size_t around = s->paper ? 2 : 3, around_left = s->paper ? 1 : 3;
	size_t room = s->width > x + around ? s->width - x - around : 0;
	size_t room_left = x > left + around_left ? x - left - around_left : 0;

	if (x + 2 + cells < next)
		return (struct remark_place){ x + 2, cells, false };
	if (before + 1 + cells + 1 < x)
		return (struct remark_place){ x - 1 - cells, cells, true };
	if (s->paper && cells > room && room < WRAP_LEAST &&
	    cells > room_left && room_left < WRAP_LEAST)
		return (struct remark_place){ left + 2, s->width - left - 3,
			false };
	if (cells > room && (cells <= room_left || room_left > room)) {
		if (cells > room_left)
			cells = room_left;
		return (struct remark_place){ x - 1 - cells, cells, true };
	}
	return (
	    struct remark_place){ x + 2, cells < room ? cells : room, false };
}

/* Over all lifelines, in their middle where they are far enough apart. */
static struct remark_place
place_over(const struct ladder_screen *s, size_t cells)
{
	size_t left = s->x[s->first], right = s->x[s->end - 1];
	size_t at = left + 2, room;

	if (cells + 4 < right - left)
		at = (left + right - cells) / 2;
	room = s->width > at + 1 ? s->width - at - 1 : 0;
	return (struct remark_place){ at, cells < room ? cells : room, false };
}

static struct remark_place
place_remark(const struct ladder_screen *s, const struct layout_row *r)
{
	size_t cells = utf8_width(r->label);

	return r->from == LAYOUT_NONE ? place_over(s, cells)
				      : place_beside(s, r->from, cells);
}

size_t
ladder_remark_lines(const struct ladder_screen *s, const struct layout_row *r)
{
	struct str lines[WRAP_LINES];
	struct buf b = BUF_INIT;
	size_t n = 1;

	if (s->paper && s->l->ncolumns > 0)
		n = ladder_wrap_text(
		    r->label, place_remark(s, r).cells, &b, lines);
	buf_free(&b);
	return n;
}

struct layout_row
ladder_note_of(const struct layout_row *r)
{
	return (struct layout_row){ .item = LAYOUT_NOTE,
		.from = r->note_at,
		.to = r->note_at,
		.label = r->note };
}

void
ladder_draw_band(const struct ladder_view *v, size_t line, unsigned flags)
{
	const struct ladder_screen *s = v->s;

	for (size_t x = s->x[s->first]; x <= s->x[s->end - 1]; x++)
		ladder_put(v, (ptrdiff_t)x, line, GLYPH_DOTS, STYLE_DIM,
		    flags & GRID_FUTURE);
}

void
ladder_draw_band_text(const struct ladder_view *v, size_t at, size_t line,
    struct str text, size_t cells, unsigned flags)
{
	ladder_put(v, (ptrdiff_t)at - 1, line, GLYPH_SPACE, STYLE_PLAIN, 0);
	cells = ladder_put_text(v, at, line, text, cells, STYLE_BOLD, flags);
	ladder_put(
	    v, (ptrdiff_t)(at + cells), line, GLYPH_SPACE, STYLE_PLAIN, 0);
}

void
ladder_draw_far_off(const struct ladder_view *v, bool left, size_t line,
    struct str text, enum canvas_style style, unsigned flags)
{
	struct buf b = BUF_INIT;
	size_t cells, at = v->s->edge_left;

	if (left)
		buf_puts(&b, "‹ ");
	buf_str(&b, text);
	if (!left)
		buf_puts(&b, " ›");
	cells = utf8_width(buf_view(&b));
	if (!left && v->body.w > cells + at)
		at = v->body.w - cells;
	ladder_put_text(v, at, line, buf_view(&b), cells, style, flags);
	buf_free(&b);
}

/* "proxy14: Timer A 500 ms" */
static void
draw_remark_far_off(const struct ladder_view *v, const struct layout_row *r,
    size_t line, unsigned flags)
{
	struct buf b = BUF_INIT;

	buf_printf(&b, "%.*s: ", STR_ARG(v->s->l->columns[r->from].name));
	buf_str(&b, r->label);
	ladder_draw_far_off(
	    v, r->from < v->s->first, line, buf_view(&b), STYLE_DIM, flags);
	buf_free(&b);
}

/* One line of what is remarked. */
static void
draw_remark_line(const struct ladder_view *v, const struct layout_row *r,
    struct remark_place p, struct str text, size_t line, unsigned flags)
{
	enum canvas_style style = ladder_row_style(r);
	size_t cells = utf8_width(text);

	if (cells > p.cells)
		cells = p.cells;
	if (r->from == LAYOUT_NONE) {
		ladder_draw_band_text(v, p.at, line, text, cells, flags);
		return;
	}
	ladder_put(v, (ptrdiff_t)v->s->x[r->from], line, GLYPH_WAIT, style,
	    flags & ~GRID_FOUND);
	ladder_put_text(v, p.left ? p.at + p.cells - cells : p.at, line, text,
	    cells, style, flags);
}

void
ladder_draw_remark(const struct ladder_view *v, const struct layout_row *r,
    size_t line, unsigned flags)
{
	const struct ladder_screen *s = v->s;
	struct str lines[WRAP_LINES] = { r->label };
	struct buf b = BUF_INIT;
	struct remark_place p;
	size_t n = 1;

	if (v->now->found != NULL && v->now->found(r, v->now->arg))
		flags |= GRID_FOUND;
	if (s->l->ncolumns == 0) {
		ladder_put_text(v, s->edge_left + 1, line, r->label, v->body.w,
		    STYLE_BOLD, flags);
		return;
	}
	if (r->from != LAYOUT_NONE && !ladder_is_seen(s, r->from)) {
		draw_remark_far_off(v, r, line, flags);
		return;
	}
	p = place_remark(s, r);
	if (s->paper)
		n = ladder_wrap_text(r->label, p.cells, &b, lines);
	if (r->from == LAYOUT_NONE)
		ladder_draw_band(v, line, flags);
	for (size_t i = 0; i < n; i++)
		draw_remark_line(v, r, p, lines[i], line + i, flags);
	buf_free(&b);
}
