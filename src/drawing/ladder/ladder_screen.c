/*
 * The ladder on a screen: making it, finding rows by lines and the other way
 * round, what a scrolled screen should show.
 */
#include "ladder/ladder_screen.h"

#include "base/bisect.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "ladder/ladder_screen_in.h"

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

/* Memory by column, and for what is drawn at once. */
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
