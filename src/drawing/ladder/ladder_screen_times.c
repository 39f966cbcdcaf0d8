/*
 * The time column: when each row began, where the position is, the user's
 * marks; and in true time an axis with a tick for every moment at which
 * something happens, torn where time is left out.
 */
#include "base/bisect.h"
#include "base/mem.h"
#include "ladder/ladder_screen_in.h"
#include "words/time_words.h"

/* Cells of a mark's sign and of the sign of the row to look at. */
#define HERE_AT 0
#define MARK_AT 1

static bool
is_marked(const struct ladder_screen_now *now, const struct layout_row *r)
{
	size_t i;
	uint64_t last = r->end_seq > r->seq ? r->end_seq : r->seq;

	/* The first mark at or after SEQ. */
	BISECT(i, 0, now->nmarks, now->marks[i] < r->seq);
	for (; i < now->nmarks && now->marks[i] <= last; i++)
		if (now->marks[i] == r->seq || now->marks[i] == last)
			return true;
	return false;
}

static void
screen_head_put_time(const struct ladder_view *v, size_t line, int64_t t,
    enum canvas_style style, unsigned flags)
{
	size_t end = v->s->time_cells - TIME_AFTER;
	LOCAL_BUF b = BUF_INIT;

	time_put(&b, t);
	ladder_put_text(v, end > b.n ? end - b.n : 0, line, buf_view(&b), b.n,
	    style, flags);
}

/* Where the position is; between ROW and the next where its record belongs to
 * neither. */
static void
draw_here(const struct ladder_view *v, size_t row)
{
	const struct ladder_screen *s = v->s;
	const struct ladder_place *p = &s->place[row];
	size_t line = ladder_screen_line_of(s, row);
	bool past = !s->paper && v->now->seq > s->l->rows[row].seq &&
		    !layout_row_has(s->l, row, v->now->seq);

	if (past && s->mode == LADDER_USUAL && p->to < PLACE_FOLD &&
	    p->to > p->from)
		line++;
	ladder_put(v, HERE_AT, line, past ? GLYPH_PAST : GLYPH_HERE, STYLE_BOLD,
	    GRID_BRIGHT);
}

static void
draw_signs(const struct ladder_view *v, size_t row)
{
	const struct ladder_screen *s = v->s;
	size_t line = s->place[row].from;

	if (row == v->now->row)
		draw_here(v, row);
	if (is_marked(v->now, &s->l->rows[row]))
		ladder_put(v, MARK_AT, line, GLYPH_BULLET, STYLE_MARK, 0);
}

static void
draw_row_time(const struct ladder_view *v, size_t row)
{
	const struct layout *l = v->s->l;
	const struct layout_row *r = &l->rows[row];
	bool here = row == v->now->row;

	/* A remark shares the time of the message it explains. */
	if (r->item == LAYOUT_TIMER && row + 1 < l->nrows && r[1].t == r->t &&
	    !here)
		return;
	screen_head_put_time(v, v->s->place[row].from, r->t,
	    here ? STYLE_BOLD : STYLE_DIM, ladder_flags(v, row));
}

/* A moment on the axis. */
struct tick {
	int64_t t;
	bool there, bold, future;
};

struct axis {
	struct tick *ticks; /* by line, from the screen's first on */
	size_t n;
	/* The last moment above, the first below. */
	size_t before, after;
	int64_t before_t, after_t;
};

static void
add_tick(const struct ladder_view *v, struct axis *x, size_t line, int64_t t,
    bool bold, bool future)
{
	struct tick *k;

	if (line < v->top) {
		if (x->before == SIZE_MAX || line > x->before) {
			x->before = line;
			x->before_t = t;
		}
	} else if (line - v->top >= x->n) {
		if (line < x->after) {
			x->after = line;
			x->after_t = t;
		}
	} else {
		k = &x->ticks[line - v->top];
		if (!k->there)
			*k = (struct tick){ t, true, bold, future };
		k->bold = k->bold || bold;
		k->future = k->future && future;
	}
}

static void
list_ticks(const struct ladder_view *v, struct axis *x)
{
	const struct ladder_screen *s = v->s;

	for (size_t k = 0; k < s->nshown; k++) {
		size_t i = s->shown[k].row;
		const struct layout_row *r = &s->l->rows[i];
		const struct ladder_place *p = &s->place[i];
		bool future = r->seq > v->now->seq;

		if (future && v->now->hide_future)
			continue;
		add_tick(v, x, p->from, r->t, i == v->now->row, future);
		if (p->to == PLACE_FOLD || r->item != LAYOUT_MESSAGE ||
		    r->end_seq <= r->seq)
			continue;
		future = r->end_seq > v->now->seq;
		if (!future || !v->now->hide_future)
			add_tick(v, x, p->to, r->t_end, false, future);
	}
}

/* "1.95 s" in the middle of LINES lines that stand for more time than they
 * would; and lifelines that are torn there. */
static void
draw_time_left_out(const struct ladder_view *v, size_t from, int64_t t,
    size_t to, int64_t t_end)
{
	const struct ladder_screen *s = v->s;
	size_t line = from + (to - from) / 2;
	size_t end = s->time_cells - TIME_AFTER;
	unsigned flags = line > v->now_line ? GRID_FUTURE : 0;
	LOCAL_BUF b = BUF_INIT;

	if (to <= from + 1 ||
	    (double)(t_end - t) / s->line_ns <= (double)(to - from) + 1 ||
	    (flags && v->now->hide_future))
		return;
	time_put_length(&b, t_end - t);
	if (b.n > end)
		buf_clear(&b);
	ladder_put_text(
	    v, end - b.n, line, buf_view(&b), b.n, STYLE_DIM, flags);
	ladder_put(v, (ptrdiff_t)end + 1, line, GLYPH_WAIT, STYLE_DIM, flags);
	for (size_t i = s->first; i < s->end; i++)
		ladder_put(
		    v, (ptrdiff_t)s->x[i], line, GLYPH_WAIT, STYLE_DIM, flags);
}

static void
draw_ticks(const struct ladder_view *v, const struct axis *x)
{
	ptrdiff_t axis = (ptrdiff_t)v->s->time_cells - 2;
	size_t last = x->before;
	int64_t t = x->before_t, shown = -1;

	for (size_t i = 0; i < x->n; i++) {
		const struct tick *k = &x->ticks[i];
		unsigned flags = k->future ? GRID_FUTURE : 0;

		if (!k->there)
			continue;
		/* A moment that takes several lines is told once. */
		if (k->t != shown || k->bold) {
			screen_head_put_time(v, v->top + i, k->t,
			    k->bold ? STYLE_BOLD : STYLE_DIM, flags);
			ladder_put(v, axis, v->top + i, GLYPH_FROM_RIGHT,
			    STYLE_DIM, flags);
		}
		if (last != SIZE_MAX)
			draw_time_left_out(v, last, t, v->top + i, k->t);
		last = v->top + i;
		t = shown = k->t;
	}
	if (last != SIZE_MAX && x->after != SIZE_MAX)
		draw_time_left_out(v, last, t, x->after, x->after_t);
}

static void
draw_axis(const struct ladder_view *v)
{
	struct axis x = {
		.n = v->body.h, .before = SIZE_MAX, .after = SIZE_MAX
	};
	ptrdiff_t at = (ptrdiff_t)v->s->time_cells - 2;

	x.ticks = mem_zalloc(x.n, sizeof(*x.ticks));
	if (x.ticks == NULL)
		return;
	/* Where it ends tells when all is over. */
	for (size_t i = 0;
	     i < x.n && (v->top + i < v->s->lines || v->now->hide_future); i++)
		ladder_put(v, at, v->top + i, GLYPH_LIFE, STYLE_DIM,
		    v->top + i > v->now_line ? GRID_FUTURE : 0);
	list_ticks(v, &x);
	draw_ticks(v, &x);
	mem_free(x.ticks);
}

void
ladder_draw_times(const struct ladder_view *v)
{
	const struct ladder_screen *s = v->s;

	if (s->mode == LADDER_TIME && s->l->ncolumns > 0)
		draw_axis(v);
	for (size_t k = 0; k < s->nshown; k++) {
		size_t i = s->shown[k].row;

		if (s->l->rows[i].seq > v->now->seq && v->now->hide_future)
			continue;
		if (s->mode != LADDER_TIME)
			draw_row_time(v, i);
		draw_signs(v, i);
	}
}
