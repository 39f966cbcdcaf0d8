/*
 * The ladder on a screen: making it, finding rows by lines and the other way
 * round, what a scrolled screen should show; and one drawing of it.
 */
#include "ladder/ladder_screen.h"

#include "base/bisect.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "ladder/ladder_arrow.h"
#include "ladder/ladder_screen_in.h"
#include "words/record_text.h"

/* In true time, rows that begin so far above may still reach into the screen.
 */
#define LOOK_BACK 4096
#define LOOK_ON   12

/* Lower than this, a message has one line. */
#define USUAL_FROM 30

static const struct {
	const char *name, *text;
} modes[] = {
#define X(id, name, text) { name, text },
	LADDER_MODES(X)
#undef X
};

const char *
ladder_mode_name(enum ladder_mode mode)
{
	return modes[mode].name;
}

const char *
ladder_mode_text(enum ladder_mode mode)
{
	return i18n_text(modes[mode].text);
}

enum ladder_mode
ladder_mode_for(size_t height)
{
	return height < USUAL_FROM ? LADDER_COMPACT : LADDER_USUAL;
}

/* Memory by column, and for the rows drawn at once. */
static int
reserve_numbers(struct ladder_screen *s)
{
	size_t n = s->l->ncolumns;

	s->numbers = mem_zalloc(n, 6 * sizeof(*s->numbers));
	s->frames = mem_zalloc(s->l->nframes, sizeof(*s->frames));
	s->shown = mem_zalloc(SHOWN_MOST, sizeof(*s->shown));
	if (s->numbers == NULL || s->frames == NULL || s->shown == NULL)
		return ERR_NOMEM;
	s->fit.l = s->l;
	s->fit.need = s->numbers;
	s->fit.wish = s->numbers + n;
	s->gaps = s->numbers + 2 * n;
	s->x = s->numbers + 3 * n;
	s->title = s->numbers + 4 * n;
	s->title_cells = s->numbers + 5 * n;
	s->fitted = SIZE_MAX; /* nothing has its place yet */
	s->time_cells = ladder_text_time_cells(s->l);
	s->edge_left = s->time_cells - 1;
	return 0;
}

int
ladder_screen_create(struct ladder_screen **out, const struct layout *l,
    const struct ladder_screen_options *o)
{
	const struct ladder_screen_options plain = { .mode = LADDER_USUAL };
	struct ladder_screen *s = mem_zalloc(1, sizeof(*s));
	int err;

	*out = NULL;
	if (s == NULL)
		return ERR_NOMEM;
	if (o == NULL)
		o = &plain;
	s->l = l;
	s->brackets.m = o->marks;
	s->mode = o->mode;
	s->paper = o->paper;
	for (size_t i = 0; i < l->ncolumns; i++)
		s->names = s->names || l->columns[i].label.n > 0;
	err = reserve_numbers(s);
	if (err == 0 && l->ncolumns > 0)
		ladder_text_measure(&s->fit);
	if (err == 0 && s->paper)
		err = ladder_make_lanes(s);
	if (err == 0 && s->paper)
		ladder_fit_paper(s, o->paper_width);
	if (err == 0)
		err = ladder_fold_calls(s, o);
	if (err == 0)
		err = ladder_place_rows(s, o);
	if (err == 0 && !s->paper)
		err = ladder_make_lanes(s);
	if (err != 0) {
		ladder_screen_destroy(s);
		return err;
	}
	ladder_place_brackets(s);
	*out = s;
	return 0;
}

void
ladder_screen_destroy(struct ladder_screen *s)
{
	if (s == NULL)
		return;
	mem_free(s->place);
	mem_free(s->folds);
	mem_free(s->fold_of);
	mem_free(s->numbers);
	mem_free(s->frames);
	mem_free(s->shown);
	ladder_free_brackets(&s->brackets);
	buf_free(&s->text);
	mem_free(s);
}

size_t
ladder_screen_lines(const struct ladder_screen *s)
{
	return s->lines;
}

size_t
ladder_screen_line_of(const struct ladder_screen *s, size_t row)
{
	const struct ladder_fold *f;

	if (row >= s->l->nrows)
		return 0;
	f = ladder_fold_of(s, row);
	return s->place[f != NULL ? f->head : row].from;
}

size_t
ladder_screen_row_at(const struct ladder_screen *s, size_t line)
{
	size_t i;

	/* Behind the last row that begins at or above LINE. */
	BISECT(i, 0, s->l->nrows, s->place[i].from <= line);
	if (i == 0)
		return LAYOUT_NONE;
	i--;
	/* The first that shows something on that line. */
	while (i > 0 && s->place[i - 1].from == s->place[i].from &&
	       !ladder_is_hidden(s, i - 1))
		i--;
	if (ladder_is_hidden(s, i) && s->fold_of != NULL)
		i = ladder_fold_of(s, i)->head;
	return i;
}

bool
ladder_screen_is_folded(const struct ladder_screen *s, size_t row)
{
	return row < s->l->nrows && ladder_fold_of(s, row) != NULL;
}

int64_t
ladder_screen_line_ns(const struct ladder_screen *s)
{
	return s->mode == LADDER_TIME ? (int64_t)s->line_ns : 0;
}

size_t
ladder_screen_head_lines(struct ladder_screen *s, size_t width)
{
	if (s->l->ncolumns == 0)
		return 0;
	ladder_screen_fit(s, ladder_fit_brackets(s, width), s->asked);
	return ladder_head_lines(s);
}

size_t
ladder_screen_top(const struct ladder_screen *s,
    const struct ladder_screen_now *now, size_t height, size_t row)
{
	size_t line = ladder_screen_line_of(s, row), top = now->top;
	/* The middle: from a quarter of the screen to three of them. */
	size_t above = height / 4, below = height - height / 4;
	size_t most = s->lines > height ? s->lines - height : 0;

	/* That there is no more is not told. */
	if (now->hide_future)
		most = s->lines;
	if (row >= s->l->nrows || height == 0)
		return top < most ? top : most;
	if (line + height < top || line > top + 2 * height)
		top = line > height / 3 ? line - height / 3 : 0;
	else if (line < top + above)
		top = line > above ? line - above : 0;
	else if (line + 1 >= top + below)
		top = line + 2 - below;
	return top < most ? top : most;
}

void
ladder_screen_columns(
    struct ladder_screen *s, size_t width, size_t *first, size_t *end)
{
	ladder_screen_fit(s, ladder_fit_brackets(s, width), *first);
	*first = s->first;
	*end = s->end;
}

size_t
ladder_screen_first(struct ladder_screen *s,
    const struct ladder_screen_now *now, size_t width, size_t row)
{
	const struct layout_row *r = &s->l->rows[row];
	size_t first = now->first, end, lo, hi, n;

	ladder_screen_columns(s, width, &first, &end);
	if (row >= s->l->nrows || r->from == LAYOUT_NONE)
		return first;
	lo = r->from < r->to ? r->from : r->to;
	hi = r->from < r->to ? r->to : r->from;
	n = end - first;
	/* Not both: the sender, with as much of the way as there is. */
	if (hi - lo >= n && r->from < r->to)
		hi = lo;
	else if (hi - lo >= n)
		lo = hi;
	if (lo < first) {
		first = lo;
		ladder_screen_columns(s, width, &first, &end);
	}
	/* The last columns may have less room than those before. */
	for (size_t i = 0; hi >= end && i < s->l->ncolumns; i++) {
		first = hi >= n && first < hi + 1 - n ? hi + 1 - n : first + 1;
		ladder_screen_columns(s, width, &first, &end);
	}
	if (r->from < first || r->from >= end) {
		first = r->from;
		ladder_screen_columns(s, width, &first, &end);
	}
	return first;
}

/* Of the rows that begin on the same line as ROW, the one nearest to X. */
static size_t
find_row_near(const struct ladder_screen *s, size_t row, size_t x)
{
	for (size_t i = row; i < s->l->nrows; i++) {
		const struct layout_row *r = &s->l->rows[i];
		size_t a = r->from, b = r->to;

		if (s->place[i].from != s->place[row].from)
			break;
		if (ladder_is_hidden(s, i) || a == LAYOUT_NONE ||
		    !ladder_is_seen(s, a) || !ladder_is_seen(s, b))
			continue;
		if (a > b) {
			a = r->to;
			b = r->from;
		}
		if (x >= s->x[a] && x <= s->x[b])
			return i;
	}
	return row;
}

bool
ladder_screen_hit(struct ladder_screen *s, const struct ladder_screen_now *now,
    const struct grid_area *a, size_t x, size_t y, size_t *row, size_t *column)
{
	size_t head, near = SIZE_MAX;

	*row = *column = LAYOUT_NONE;
	if (x >= a->w || y >= a->h || s->l->ncolumns == 0)
		return false;
	ladder_screen_fit(s, ladder_fit_brackets(s, a->w), now->first);
	head = ladder_head_lines(s);
	for (size_t i = s->first; i < s->end; i++) {
		size_t off = x > s->x[i] ? x - s->x[i] : s->x[i] - x;

		if (x + 1 >= s->edge_left && off < near) {
			near = off;
			*column = i;
		}
	}
	if (y >= head && now->top + y - head < s->lines) {
		*row = ladder_screen_row_at(s, now->top + y - head);
		if (*row != LAYOUT_NONE)
			*row = find_row_near(s, *row, x);
	}
	return *row != LAYOUT_NONE || *column != LAYOUT_NONE;
}

/* ---- one drawing ---- */

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
		return ladder_streams[r->media.kind].style;
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
		/* Messages sent long ago leave room for the others. */
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
screen_is_drawn(const struct ladder_view *v, const struct ladder_shown *w)
{
	return !v->now->hide_future || v->s->l->rows[w->row].seq <= v->now->seq;
}

static void
screen_draw_arrows(const struct ladder_view *v, bool slanted)
{
	struct ladder_screen *s = v->s;

	for (size_t i = 0; i < s->nshown; i++)
		if (s->shown[i].arrow && s->shown[i].slanted == slanted &&
		    screen_is_drawn(v, &s->shown[i]))
			ladder_draw_arrow(v, &s->shown[i]);
}

static void
draw_arrow_heads(const struct ladder_view *v)
{
	struct ladder_screen *s = v->s;

	for (size_t i = 0; i < s->nshown; i++)
		if (s->shown[i].arrow && screen_is_drawn(v, &s->shown[i]))
			ladder_draw_arrow_head(v, &s->shown[i]);
}

/* The text of W, on paper with its note below. */
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
	if (!s->paper || r->note.text.n == 0)
		return;
	note = ladder_note_of(r);
	line += w->arrow ? ladder_arrow_lines(v, w) : ladder_remark_lines(s, r);
	ladder_draw_remark(v, &note, line, 0);
}

/*
 * In this order: straight arrows, slanting arrows over them, the heads of all,
 * and on top the texts.
 */
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
	screen_draw_arrows(v, false);
	screen_draw_arrows(v, true);
	draw_arrow_heads(v);
	for (size_t i = 0; i < s->nshown; i++)
		if (screen_is_drawn(v, &s->shown[i]))
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
