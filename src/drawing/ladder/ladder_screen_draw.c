/*
 * One drawing: which rows reach into the screen, what of them has happened at
 * the position, and in which order they are drawn: lifelines, the time column,
 * straight arrows, those that fall over them, the heads of all, and on top what
 * is written.
 */
#include "base/bisect.h"

#include "ladder/ladder_arrow.h"
#include "base/i18n.h"
#include "ladder/ladder_screen_in.h"
#include "words/record_text.h"

void
ladder_put(const struct ladder_view *v, ptrdiff_t x, size_t line,
    enum canvas_glyph glyph, enum canvas_style style, unsigned flags)
{
	size_t y = line - v->top;

	if (x < 0 || line < v->top || y >= v->body.h)
		return;
	grid_put(&v->body, (size_t)x, y, glyph, style);
	if (flags != 0)
		grid_flag(&v->body, (size_t)x, y, 1, 1, flags);
}

size_t
ladder_put_text(const struct ladder_view *v, size_t x, size_t line,
    struct str text, size_t cells, enum canvas_style style, unsigned flags)
{
	size_t y = line - v->top, taken;

	if (line < v->top || y >= v->body.h)
		return 0;
	taken = grid_text(&v->body, x, y, text, cells, style);
	if (flags != 0)
		grid_flag(&v->body, x, y, taken, 1, flags);
	return taken;
}

enum canvas_style
ladder_row_style(const struct layout_row *r)
{
	switch (r->item) {
	case LAYOUT_TIMER:
		return STYLE_TIMER;
	case LAYOUT_REFUSED:
		return STYLE_LOST;
	case LAYOUT_NOTE:
		return STYLE_PLAIN;
	case LAYOUT_MEDIA:
		return ladder_streams[r->stream_kind].style;
	default:
		return r->cost != LAYOUT_COST_UNKNOWN
			   ? ladder_costs[r->cost].style
			   : record_arrow_style(r->arrow);
	}
}

unsigned
ladder_flags(const struct ladder_view *v, size_t row)
{
	const struct ladder_screen *s = v->s;
	const struct ladder_fold *f = ladder_fold_of(s, row);
	unsigned flags = 0;

	if (s->l->rows[row].seq > v->now->seq)
		flags |= GRID_FUTURE;
	if (row == v->now->row || (f != NULL && v->now->row < s->l->nrows &&
				      ladder_fold_of(s, v->now->row) == f))
		flags |= GRID_BRIGHT;
	return flags;
}

static void
add_shown(
    struct ladder_screen *s, const struct ladder_screen_now *now, size_t row)
{
	const struct layout_row *r = &s->l->rows[row];
	struct ladder_shown *w;

	if (s->nshown == SHOWN_MOST || ladder_is_hidden(s, row))
		return;
	w = &s->shown[s->nshown++];
	*w = (struct ladder_shown){ .row = row,
		.label_line = s->place[row].from };
	w->arrow = s->place[row].to != PLACE_FOLD && ladder_is_arrow(r);
	w->under_way = !s->paper && r->item == LAYOUT_MESSAGE &&
		       r->seq <= now->seq &&
		       (r->end_seq > now->seq || r->under_way);
}

/* The rows that reach into the screen, and some around it. */
static void
list_shown(struct ladder_view *v)
{
	struct ladder_screen *s = v->s;
	size_t at = ladder_screen_row_at(s, v->top), first = 0;
	size_t back = s->mode == LADDER_TIME ? LOOK_BACK : ABOVE;
	/* Slices of paper have nothing to do with each other. */
	size_t above = s->paper ? 0 : ABOVE, below = s->paper ? 0 : LOOK_ON;

	s->nshown = 0;
	buf_clear(&s->text);
	if (at == LAYOUT_NONE)
		at = 0;
	if (at > back)
		first = at - back;
	for (size_t i = first; i < s->l->nrows; i++) {
		const struct ladder_place *p = &s->place[i];

		if (p->from >= v->top + v->body.h + below)
			break;
		/* Those that came long ago leave room for the others. */
		if (i + above >= at || (p->to < PLACE_FOLD && p->to >= v->top &&
					   s->nshown < SHOWN_MOST / 2))
			add_shown(s, v->now, i);
	}
}

/* The last row that has happened, or LAYOUT_NONE. */
static size_t
find_last_row(const struct layout *l, uint64_t seq)
{
	size_t i;

	BISECT(i, 0, l->nrows, l->rows[i].seq <= seq);
	return i > 0 ? i - 1 : LAYOUT_NONE;
}

/* Time and line of the position. */
static void
find_now(struct ladder_view *v)
{
	const struct ladder_screen *s = v->s;
	size_t row = find_last_row(s->l, v->now->seq);
	bool two = s->mode == LADDER_USUAL;

	v->t = v->now->t;
	v->now_line = 0;
	if (row == LAYOUT_NONE)
		return;
	if (v->t < 0)
		v->t = s->l->rows[row].t;
	v->now_line = ladder_screen_line_of(s, row);
	for (size_t i = 0; i < s->nshown; i++) {
		const struct ladder_shown *w = &s->shown[i];
		const struct layout_row *r = &s->l->rows[w->row];
		const struct ladder_place *p = &s->place[w->row];
		size_t last = p->from;

		if (r->seq > v->now->seq)
			break;
		if (w->arrow && two)
			last++;
		if (w->arrow && !w->under_way && p->to > last)
			last = p->to;
		if (last > v->now_line)
			v->now_line = last;
	}
}

/* The line of the first row that ends behind T, or below all. */
static size_t
line_behind(const struct ladder_screen *s, int64_t t)
{
	size_t i;

	BISECT(i, 0, s->l->nrows, s->l->rows[i].t < t);
	return i < s->l->nrows ? s->place[i].from : s->lines;
}

/* What a crash costs, on each piece of a lifeline of which that is known. */
static void
draw_pieces(const struct ladder_view *v)
{
	const struct ladder_screen *s = v->s;
	size_t last = v->top + v->body.h;

	for (size_t i = 0; i < s->l->npieces; i++) {
		const struct layout_piece *p = &s->l->pieces[i];
		const struct ladder_cost *cost = &ladder_costs[p->cost];
		size_t line = line_behind(s, p->t);
		size_t end = line_behind(s, p->t_end);

		if (p->column < s->first || p->column >= s->end)
			continue;
		if (line < v->top)
			line = v->top;
		for (; line < end && line < last; line++)
			ladder_put(v, (ptrdiff_t)s->x[p->column], line,
			    cost->glyph, cost->style,
			    line > v->now_line ? GRID_FUTURE : 0);
	}
}

/* Down to the end of the run, or of the screen where it goes on. */
static void
draw_lifelines(const struct ladder_view *v)
{
	const struct ladder_screen *s = v->s;

	for (size_t y = 0; y < v->body.h; y++) {
		size_t line = v->top + y;
		unsigned flags = line > v->now_line ? GRID_FUTURE : 0;

		/* Where they end tells when all is over. */
		if (line >= s->lines && s->l->complete && !v->now->hide_future)
			break;
		for (size_t i = s->first; i < s->end; i++)
			ladder_put(v, (ptrdiff_t)s->x[i], line, GLYPH_LIFE,
			    STYLE_DIM, flags);
	}
}

static bool
is_drawn(const struct ladder_view *v, const struct ladder_shown *w)
{
	return !v->now->hide_future || v->s->l->rows[w->row].seq <= v->now->seq;
}

static void
draw_arrows(const struct ladder_view *v, bool slanted)
{
	struct ladder_screen *s = v->s;

	for (size_t i = 0; i < s->nshown; i++)
		if (s->shown[i].arrow && s->shown[i].slanted == slanted &&
		    is_drawn(v, &s->shown[i]))
			ladder_draw_arrow(v, &s->shown[i]);
}

static void
draw_arrow_heads(const struct ladder_view *v)
{
	struct ladder_screen *s = v->s;

	for (size_t i = 0; i < s->nshown; i++)
		if (s->shown[i].arrow && is_drawn(v, &s->shown[i]))
			ladder_draw_arrow_head(v, &s->shown[i]);
}

/* What is written of W, on paper with its note below. */
static void
draw_what_is_written(const struct ladder_view *v, const struct ladder_shown *w)
{
	const struct ladder_screen *s = v->s;
	const struct layout_row *r = &s->l->rows[w->row];
	const struct ladder_fold *f = ladder_fold_of(s, w->row);
	size_t line = s->place[w->row].from;
	struct layout_row note;

	if (w->arrow)
		ladder_draw_label(v, w);
	else if (f != NULL)
		ladder_draw_fold(v, f);
	else
		ladder_draw_remark(v, r, line, ladder_flags(v, w->row));
	if (!s->paper || r->note.n == 0)
		return;
	note = ladder_note_of(r);
	line += w->arrow ? ladder_arrow_lines(v, w) : ladder_remark_lines(s, r);
	ladder_draw_remark(v, &note, line, 0);
}

static void
draw_shown(const struct ladder_view *v)
{
	struct ladder_screen *s = v->s;

	for (size_t i = 0; i < s->nshown; i++)
		if (s->shown[i].arrow)
			ladder_aim(v, &s->shown[i]);
	for (size_t i = 0; i < s->nshown; i++)
		if (s->shown[i].arrow)
			ladder_turn(v, &s->shown[i]);
	draw_arrows(v, false);
	draw_arrows(v, true);
	draw_arrow_heads(v);
	for (size_t i = 0; i < s->nshown; i++)
		if (is_drawn(v, &s->shown[i]))
			draw_what_is_written(v, &s->shown[i]);
}

void
ladder_draw_body(struct ladder_view *v)
{
	list_shown(v);
	find_now(v);
	draw_lifelines(v);
	draw_pieces(v);
	ladder_draw_times(v);
	draw_shown(v);
	ladder_draw_brackets(v);
}

void
ladder_screen_draw(struct ladder_screen *s, const struct ladder_screen_now *now,
    const struct grid_area *a)
{
	struct ladder_view v = {
		.s = s, .now = now, .top = now->top, .ascii = a->g->ascii
	};
	struct grid_area left = *a;
	size_t head = 0;

	if (a->w < 2 || a->h == 0)
		return;
	if (s->l->ncolumns > 0) {
		left.w = ladder_fit_brackets(s, a->w);
		ladder_screen_fit(s, left.w, now->first);
		left.w = s->width;
		ladder_draw_head(s, now, &left);
		head = ladder_head_lines(s);
	}
	v.body = grid_part(&left, 0, head, left.w, a->h);
	v.side = grid_part(a, left.w, head, a->w - left.w, a->h);
	if (s->l->nrows == 0) {
		grid_text(&v.body, TIME_MARGIN, 1, str_of(_("No messages.")),
		    a->w, STYLE_DIM);
		return;
	}
	ladder_draw_body(&v);
}
