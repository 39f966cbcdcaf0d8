/*
 * Brackets drawn, as far as the screen shows them: open where they go on above
 * it or below, their names at their first line that is seen.  A transaction has
 * a tee at each of its messages, and stands out while one of them is looked at.
 * Where brackets have no room, it is said how many begin on a line.
 */
#include "base/bisect.h"
#include "base/num.h"
#include "ladder/ladder_screen_in.h"

/* One of a lane as it is at the position. */
struct drawn {
	const struct ladder_lane *lane;
	const struct ladder_mark *mark;
	size_t i;        /* in its lane */
	size_t from, to; /* lines; the last one that is drawn, */
	bool open;       /* though it goes on below that */
	unsigned flags;
};

static void
put_beside(const struct ladder_view *v, size_t x, size_t line,
    enum canvas_glyph glyph, enum canvas_style style, unsigned flags)
{
	size_t y = line - v->top;

	if (line < v->top || y >= v->side.h)
		return;
	grid_put(&v->side, x, y, glyph, style);
	if (flags != 0)
		grid_flag(&v->side, x, y, 1, 1, flags);
}

static void
put_text_beside(const struct ladder_view *v, size_t x, size_t line,
    struct str text, size_t cells, enum canvas_style style, unsigned flags)
{
	size_t y = line - v->top;

	if (line < v->top || y >= v->side.h)
		return;
	cells = grid_text(&v->side, x, y, text, cells, style);
	if (flags != 0)
		grid_flag(&v->side, x, y, cells, 1, flags);
}

static unsigned
flags_at(const struct ladder_view *v, unsigned flags, size_t line)
{
	return flags | (line > v->now_line ? GRID_FUTURE : 0);
}

/* Whether a part of K is shown: predicted messages are not. */
static bool
is_begun(const struct ladder_view *v, const struct ladder_bracket *k)
{
	const struct ladder_mark *m = &v->s->brackets.m->list[k->mark];

	return !v->now->hide_future ||
	       v->s->l->rows[m->first].seq <= v->now->seq;
}

/* The transaction of the message that is looked at, plus 1; 0: none. */
static uint32_t
find_chosen(const struct ladder_view *v)
{
	const struct ladder_marks *m = v->s->brackets.m;

	return m->of != NULL && v->now->row < v->s->l->nrows
		   ? m->of[v->now->row]
		   : 0;
}

static struct drawn
drawn_of(const struct ladder_view *v, const struct ladder_lane *lane, size_t i)
{
	const struct ladder_bracket *k = &lane->list[i];
	struct drawn d = { .lane = lane,
		.mark = &v->s->brackets.m->list[k->mark],
		.i = i,
		.from = k->from,
		.to = k->to };

	if (v->now->hide_future &&
	    v->s->l->rows[d.mark->last].seq > v->now->seq) {
		d.to = num_larger(d.from, v->now_line);
		d.open = true;
	}
	if (find_chosen(v) == k->mark + 1)
		d.flags = GRID_BRIGHT;
	return d;
}

/* The bracket behind D begins on LINE, where D ends: the phases of a call. */
static bool
is_joint(const struct ladder_view *v, const struct drawn *d, size_t line)
{
	const struct ladder_bracket *next = &d->lane->list[d->i + 1];

	return d->i + 1 < d->lane->n && next->from == line && is_begun(v, next);
}

static enum canvas_glyph
bracket_glyph_at(
    const struct ladder_view *v, const struct drawn *d, size_t line)
{
	const struct ladder_bracket *k = &d->lane->list[d->i];
	bool ends = line == d->to && !d->open;
	bool up = line > d->from, down = line < d->to || d->open;

	if (line != d->from && !ends)
		return GLYPH_LIFE;
	up = up || (d->i > 0 && k[-1].to == line && k[-1].from < line);
	down = down || (ends && is_joint(v, d, line) && k[1].to > line);
	return up && down ? GLYPH_TICK
	       : down     ? GLYPH_CORNER_TR
	       : up       ? GLYPH_CORNER_BR
			  : GLYPH_SINGLE;
}

/* D ends on LINE, and what follows has its name there. */
static bool
has_other_name(const struct ladder_view *v, const struct drawn *d, size_t line)
{
	return line == d->to && d->from < d->to && is_joint(v, d, line);
}

/* On the first line of D that is seen, and where that is so, on the second. On
 * paper all lines are seen. */
static void
bracket_draw_name(const struct ladder_view *v, const struct drawn *d)
{
	const struct ladder_brackets *b = &v->s->brackets;
	size_t line = v->s->paper ? d->from : num_larger(d->from, v->top);
	size_t x = d->lane->x + 2, cells = d->lane->cells[b->form];
	bool both = b->form == BRACKET_LINE;
	LOCAL_BUF name = BUF_INIT;

	if (has_other_name(v, d, line))
		return;
	ladder_put_bracket_name(v->s, d->mark, true, both, &name);
	put_text_beside(v, x, line, buf_view(&name), cells, STYLE_PLAIN,
	    flags_at(v, d->flags, line));
	line++;
	if (b->form == BRACKET_LINES && line <= d->to &&
	    !has_other_name(v, d, line)) {
		buf_clear(&name);
		ladder_put_bracket_name(v->s, d->mark, false, true, &name);
		put_text_beside(v, x, line, buf_view(&name), cells, STYLE_DIM,
		    flags_at(v, d->flags, line));
	}
}

static void
draw_screen_bracket(
    const struct ladder_view *v, const struct ladder_lane *lane, size_t i)
{
	struct drawn d = drawn_of(v, lane, i);
	size_t end = v->top + v->side.h;

	for (size_t line = num_larger(d.from, v->top);
	     line <= d.to && line < end; line++)
		put_beside(v, lane->x, line, bracket_glyph_at(v, &d, line),
		    STYLE_DIM, flags_at(v, d.flags, line));
	bracket_draw_name(v, &d);
}

/* Brackets that touch the screen: they are in the order of their lines. */
static void
draw_lane(const struct ladder_view *v, const struct ladder_lane *lane)
{
	size_t i;

	BISECT(i, 0, lane->n, lane->list[i].to < v->top);
	for (; i < lane->n && lane->list[i].from < v->top + v->side.h; i++)
		if (is_begun(v, &lane->list[i]))
			draw_screen_bracket(v, lane, i);
}

/* The bracket of mark MARK, which has a lane that is shown; or NULL. */
static const struct ladder_bracket *
find_bracket_of(const struct ladder_brackets *b, uint32_t mark,
    const struct ladder_lane **lane)
{
	size_t number = b->lane_of[mark], i;

	if (number >= b->shown)
		return NULL;
	*lane = &b->lanes[number];
	BISECT(i, 0, (*lane)->n, (*lane)->list[i].mark < mark);
	return i < (*lane)->n && (*lane)->list[i].mark == mark
		   ? &(*lane)->list[i]
		   : NULL;
}

/* A tee at each message of a transaction, but where its bracket has a corner.
 */
static void
draw_tees(const struct ladder_view *v)
{
	const struct ladder_screen *s = v->s;
	const struct ladder_brackets *b = &s->brackets;
	uint32_t chosen = find_chosen(v);

	for (size_t i = 0; b->m->of != NULL && i < s->nshown; i++) {
		size_t row = s->shown[i].row, line;
		uint32_t of = b->m->of[row];
		const struct ladder_bracket *k;
		const struct ladder_lane *lane;

		if (of == 0 || ladder_fold_of(s, row) != NULL ||
		    (v->now->hide_future && s->l->rows[row].seq > v->now->seq))
			continue;
		k = find_bracket_of(b, of - 1, &lane);
		line = ladder_send_line(s, row);
		if (k != NULL && line > k->from && line < k->to)
			put_beside(v, lane->x, line, GLYPH_TICK, STYLE_DIM,
			    flags_at(v, of == chosen ? GRID_BRIGHT : 0, line));
	}
}

/* How many brackets without room begin on LINE; *MARK is one of them. */
static size_t
count_left_out(const struct ladder_view *v, size_t line, uint32_t *mark)
{
	const struct ladder_brackets *b = &v->s->brackets;
	size_t count = 0;

	for (size_t k = b->shown; k <= b->nlanes; k++) {
		const struct ladder_lane *lane =
		    k < b->nlanes ? &b->lanes[k] : &b->rest;
		size_t i;

		BISECT(i, 0, lane->n, lane->list[i].from < line);
		for (; i < lane->n && lane->list[i].from == line; i++)
			if (is_begun(v, &lane->list[i])) {
				*mark = lane->list[i].mark;
				count++;
			}
	}
	return count;
}

/* "+T7", or where that has no room or there are several, "+2". */
static void
draw_left_out_note(const struct ladder_view *v, size_t line)
{
	const struct ladder_brackets *b = &v->s->brackets;
	size_t cells = LADDER_NOTE_CELLS - 1;
	LOCAL_BUF note = BUF_INIT;
	uint32_t mark = 0;
	size_t n = count_left_out(v, line, &mark);

	if (n == 1 && utf8_width(b->m->list[mark].label) < cells)
		buf_printf(&note, "+%.*s", STR_ARG(b->m->list[mark].label));
	else
		buf_printf(&note, "+%zu", n);
	put_text_beside(v, b->note_x, line, buf_view(&note), cells, STYLE_DIM,
	    flags_at(v, 0, line));
}

static void
draw_notes(const struct ladder_view *v, const struct ladder_lane *lane)
{
	size_t i;

	BISECT(i, 0, lane->n, lane->list[i].from < v->top);
	for (; i < lane->n && lane->list[i].from < v->top + v->side.h; i++)
		if (is_begun(v, &lane->list[i]))
			draw_left_out_note(v, lane->list[i].from);
}

void
ladder_draw_brackets(const struct ladder_view *v)
{
	const struct ladder_brackets *b = &v->s->brackets;

	if (b->m == NULL || b->cells == 0)
		return;
	for (size_t i = 0; i < b->shown; i++)
		draw_lane(v, &b->lanes[i]);
	draw_tees(v);
	for (size_t i = b->shown; b->noted && i < b->nlanes; i++)
		draw_notes(v, &b->lanes[i]);
	if (b->noted)
		draw_notes(v, &b->rest);
}
