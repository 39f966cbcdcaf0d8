/*
 * Remarks beside the lifelines, a line each: timers, what was refused, notes.
 */
#include "ladder/ladder_screen_in.h"

struct place {
	size_t at, cells;
};

/* Where CELLS of text stand beside lifeline X: between two lifelines if they
 * can, at its right if they can, else where there is more room. */
static struct place
place_beside(const struct ladder_view *v, size_t column, size_t cells)
{
	const struct ladder_screen *s = v->s;
	size_t x = s->x[column], left = s->x[s->first];
	size_t next = column + 1 < s->end ? s->x[column + 1] : v->body.w;
	size_t before = column > s->first ? s->x[column - 1] : x;
	size_t room = v->body.w > x + 3 ? v->body.w - x - 3 : 0;
	size_t room_left = x > left + 2 ? x - left - 3 : 0;

	if (x + 2 + cells < next)
		return (struct place){ x + 2, cells };
	if (before + 1 + cells + 1 < x)
		return (struct place){ x - 1 - cells, cells };
	if (cells > room && (cells <= room_left || room_left > room)) {
		if (cells > room_left)
			cells = room_left;
		return (struct place){ x - 1 - cells, cells };
	}
	return (struct place){ x + 2, cells < room ? cells : room };
}

static void
draw_band(const struct ladder_view *v, const struct layout_row *r, size_t line,
    unsigned flags)
{
	const struct ladder_screen *s = v->s;
	size_t left = s->x[s->first], right = s->x[s->end - 1];
	size_t cells = utf8_width(r->label), at = left + 2, room;

	if (cells + 4 < right - left)
		at = (left + right - cells) / 2;
	room = v->body.w > at + 1 ? v->body.w - at - 1 : 0;
	if (cells > room)
		cells = room;
	for (size_t x = left; x <= right; x++)
		ladder_put(v, (ptrdiff_t)x, line, GLYPH_DOTS, STYLE_DIM,
		    flags & GRID_FUTURE);
	ladder_put(v, (ptrdiff_t)at - 1, line, GLYPH_SPACE, STYLE_PLAIN, 0);
	ladder_put(
	    v, (ptrdiff_t)(at + cells), line, GLYPH_SPACE, STYLE_PLAIN, 0);
	ladder_put_text(v, at, line, r->label, cells, STYLE_BOLD, flags);
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
draw_far_off(const struct ladder_view *v, const struct layout_row *r,
    size_t line, unsigned flags)
{
	struct buf b = BUF_INIT;

	buf_printf(&b, "%.*s: ", STR_ARG(v->s->l->columns[r->from].name));
	buf_str(&b, r->label);
	ladder_draw_far_off(
	    v, r->from < v->s->first, line, buf_view(&b), STYLE_DIM, flags);
	buf_free(&b);
}

void
ladder_draw_remark(const struct ladder_view *v, size_t row)
{
	const struct ladder_screen *s = v->s;
	const struct layout_row *r = &s->l->rows[row];
	size_t line = s->place[row].from;
	enum canvas_style style = ladder_text_style(r);
	unsigned flags = ladder_flags(v, row);
	struct place p;

	if (v->now->found != NULL && v->now->found(r, v->now->arg))
		flags |= GRID_FOUND;
	if (s->l->ncolumns == 0) {
		ladder_put_text(v, s->edge_left + 1, line, r->label, v->body.w,
		    STYLE_BOLD, flags);
	} else if (r->from == LAYOUT_NONE) {
		draw_band(v, r, line, flags);
	} else if (!ladder_is_seen(s, r->from)) {
		draw_far_off(v, r, line, flags);
	} else {
		p = place_beside(v, r->from, utf8_width(r->label));
		ladder_put(v, (ptrdiff_t)s->x[r->from], line, GLYPH_WAIT, style,
		    flags & ~GRID_FOUND);
		ladder_put_text(v, p.at, line, r->label, p.cells, style, flags);
	}
}
