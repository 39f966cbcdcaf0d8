/*
 * Which lines a row has: where order counts, in true time, and of calls that
 * are shown as one line.
 */
#include <math.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/err.h"
#include "base/heap.h"
#include "base/map.h"
#include "base/mem.h"
#include "ladder/ladder_screen_in.h"
#include "words/time_words.h"

/* A message that arrives more rows below is not drawn slanting over them. */
#define SLANT_ROWS 8
/* `to` of the rows of a folded call. */
#define PLACE_HIDDEN UINT32_MAX

/* ---- calls that are shown as one line ---- */

const struct ladder_fold *
ladder_fold_of(const struct ladder_screen *s, size_t row)
{
	if (s->fold_of == NULL || s->fold_of[row] == 0)
		return NULL;
	return &s->folds[s->fold_of[row] - 1];
}

bool
ladder_is_hidden(const struct ladder_screen *s, size_t row)
{
	return s->place[row].to == PLACE_HIDDEN;
}

static void
screen_place_begin_fold(
    struct ladder_fold *f, const struct layout *l, size_t row)
{
	const struct layout_row *r = &l->rows[row];

	*f = (struct ladder_fold){ .head = row,
		.from = r->from,
		.to = r->to,
		.reached = row,
		.t = r->t,
		.seq = r->seq };
}

/* The message that R passes on, or what that repeats, is ROW. */
static bool
screen_place_passes_on(
    const struct layout *l, const struct layout_row *r, size_t row)
{
	size_t of = r->fwd;

	if (of != LAYOUT_NONE && l->rows[of].repeat.first != LAYOUT_NONE)
		of = l->rows[of].repeat.first;
	return of == row;
}

static void
add_to_fold(struct ladder_fold *f, const struct layout *l, size_t row)
{
	const struct layout_row *r = &l->rows[row];

	f->messages += 1 + r->repeat.folded;
	if (!r->loss.discarded)
		f->lost += r->lost ? 1 + r->repeat.folded : r->repeat.gone;
	if (r->t_end > f->t_end)
		f->t_end = r->t_end;
	f->end_seq = r->end_seq > r->seq ? r->end_seq : r->seq;
	/* The first request's way, as far as it was forwarded. */
	if (row != f->head && screen_place_passes_on(l, r, f->reached) &&
	    r->arrow == TRACE_ARROW_REQUEST) {
		f->reached = row;
		f->to = r->to;
	}
}

/* The number of the fold of CALL, begun at ROW if it has not appeared; 0 where
 * it is not to be folded. */
static uint32_t
find_fold_number(struct ladder_screen *s, const struct map *calls, size_t row)
{
	struct ladder_fold *f = map_get(calls, s->l->rows[row].call);

	if (f == NULL)
		return 0;
	if (f->messages == 0)
		screen_place_begin_fold(f, s->l, row);
	add_to_fold(f, s->l, row);
	return (uint32_t)(f - s->folds) + 1;
}

/* Messages of a hidden node count for their call. */
static void
add_left(const struct layout *l, const struct map *calls)
{
	for (size_t i = 0; i < l->nleft; i++) {
		struct ladder_fold *f = map_get(calls, l->left[i].call);

		if (f == NULL || f->messages == 0)
			continue;
		f->messages += l->left[i].messages;
		f->lost += l->left[i].lost;
	}
}

static int
name_calls(struct ladder_screen *s, struct map *calls,
    const struct ladder_screen_options *o)
{
	int err = 0;

	for (size_t i = 0; err == 0 && i < o->nfolded; i++)
		err = map_put(calls, o->folded[i], &s->folds[i]);
	return err;
}

int
ladder_fold_calls(
    struct ladder_screen *s, const struct ladder_screen_options *o)
{
	const struct layout *l = s->l;
	struct map *calls = NULL;
	int err;

	if (o->nfolded == 0 || l->ncolumns == 0 || o->nfolded >= UINT32_MAX)
		return 0;
	s->folds = mem_zalloc(o->nfolded, sizeof(*s->folds));
	s->fold_of = mem_zalloc(l->nrows, sizeof(*s->fold_of));
	if (s->folds == NULL || s->fold_of == NULL)
		return ERR_NOMEM;
	if ((err = map_create(&calls)) == 0)
		err = name_calls(s, calls, o);
	for (size_t i = 0; err == 0 && i < l->nrows; i++) {
		const struct layout_row *r = &l->rows[i];

		if (r->item == LAYOUT_MESSAGE && r->call.n > 0)
			s->fold_of[i] = find_fold_number(s, calls, i);
		else if (r->item == LAYOUT_TIMER && r->since < i)
			s->fold_of[i] = s->fold_of[r->since];
	}
	if (err == 0)
		add_left(l, calls);
	map_destroy(calls);
	return err;
}

static void
put_fold(
    const struct ladder_view *v, const struct ladder_fold *f, struct buf *b)
{
	const struct layout *l = v->s->l;

	buf_str(b, l->columns[f->from].name);
	buf_puts(b, v->ascii ? " -> " : " → ");
	buf_str(b, l->columns[f->to].name);
	/* TRANSLATORS: "alice → bob" and "12 messages" */
	buf_puts(b, _(": "));
	if (f->messages == 1)
		buf_puts(b, _("1 message"));
	else
		buf_printf(b, _("%zu messages"), f->messages);
	/* TRANSLATORS: between "12 messages" and "2.5 s" */
	buf_puts(b, _(", "));
	time_put_length(b, f->t_end - f->t);
	if (f->lost > 0) {
		buf_puts(b, _(", "));
		buf_printf(b, _("%zu lost"), f->lost);
	}
	buf_puts(b, v->ascii ? " >" : " ▸");
}

void
ladder_draw_fold(const struct ladder_view *v, const struct ladder_fold *f)
{
	size_t line = v->s->place[f->head].from, at = v->s->x[v->s->first] + 3;
	unsigned flags = ladder_flags(v, f->head);
	LOCAL_BUF b = BUF_INIT;

	put_fold(v, f, &b);
	ladder_draw_band(v, line, flags);
	ladder_draw_band_text(v, at, line, buf_view(&b), SIZE_MAX, flags);
}

/* ---- lines in true time ---- */

/* A quick message falls by so many lines, a usual one by no more than so many;
 * of so many messages the scale is made. */
#define FALL_QUICK 2
#define FALL_USUAL 6
#define SAMPLES    4096
/* Quiet for more lines than that is cut to so many: while nothing is under way,
 * and while something is. */
#define QUIET_MOST  2
#define FLIGHT_MOST 12
/* No line is numbered higher. */
#define LINE_MOST (UINT32_MAX - 16)

struct clock {
	struct ladder_screen *s;
	size_t line;             /* of the last event */
	size_t base_line;        /* from here on lines follow time … */
	int64_t base_t;          /* … counted from here */
	int64_t t;               /* of the last event */
	size_t moment;           /* the first line of that time */
	uint32_t *free;          /* by gap: the first line that is free */
	struct heap_key *flying; /* rows by end_seq */
	size_t nflying, cap;
};

static int
compare_lengths(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* 1, 2 or 5 times a power of ten, at most NS and at least 1. */
static int64_t
round_down(int64_t ns)
{
	int64_t unit = 1;

	while (ns / unit >= 10)
		unit *= 10;
	return ns / unit >= 5 ? 5 * unit : ns / unit >= 2 ? 2 * unit : unit;
}

/* How long messages take; where none takes any time, how long nothing is
 * sent. */
static size_t
sample_lengths(const struct layout *l, bool between, int64_t *took)
{
	size_t step = l->nrows / SAMPLES + 1, n = 0;

	for (size_t i = 0; i < l->nrows; i += step) {
		const struct layout_row *r = &l->rows[i];
		int64_t t = r->t_end - r->t;

		if (between)
			t = i + 1 < l->nrows ? r[1].t - r->t : 0;
		else if (r->item != LAYOUT_MESSAGE)
			t = 0;
		if (t > 0)
			took[n++] = t;
	}
	qsort(took, n, sizeof(*took), compare_lengths);
	return n;
}

static int
choose_line_length(const struct layout *l, double *ns)
{
	int64_t *took = mem_zalloc(SAMPLES, sizeof(*took)), quick, usual;
	size_t n;

	*ns = 1e6;
	if (took == NULL)
		return ERR_NOMEM;
	n = sample_lengths(l, false, took);
	if (n == 0)
		n = sample_lengths(l, true, took);
	if (n > 0) {
		quick = took[n / 4] / FALL_QUICK;
		usual = took[n / 2] / FALL_USUAL;
		*ns = (double)round_down(quick > usual ? quick : usual);
	}
	mem_free(took);
	return 0;
}

/* Nothing of it is needed from here on. */
static void
rebase_clock(struct clock *c)
{
	c->base_line = c->line;
	c->base_t = c->t;
}

static void
move_to(struct clock *c, size_t line)
{
	if (line > LINE_MOST)
		line = LINE_MOST;
	if (line > c->line)
		c->line = line;
}

/* The line of an event at T, where it has room. */
static void
advance_clock(struct clock *c, int64_t t)
{
	double quiet = (double)(t - c->t) / c->s->line_ns;
	double lines = (double)(t - c->base_t) / c->s->line_ns;
	size_t most = c->nflying > 0 ? FLIGHT_MOST : QUIET_MOST;
	bool later = t > c->t;

	c->t = t;
	if (quiet > (double)most) {
		move_to(c, c->line + most);
		rebase_clock(c);
	} else {
		move_to(c, c->base_line + (size_t)floor(lines + 0.5));
	}
	if (later)
		c->moment = c->line;
}

/* It has the gaps FROM … TO for itself on its line, pushed down if need be. */
static void
take_gaps(struct clock *c, size_t from, size_t to)
{
	size_t before = c->line;

	for (size_t g = from; g <= to; g++)
		move_to(c, c->free[g]);
	if (c->line != before)
		rebase_clock(c);
	for (size_t g = from; g <= to; g++)
		c->free[g] = (uint32_t)c->line + 1;
}

static bool
arrives(const struct layout_row *r)
{
	return r->item == LAYOUT_MESSAGE && r->end_seq > r->seq;
}

static int
begin_flight(struct clock *c, size_t row)
{
	struct heap_key e = { (int64_t)c->s->l->rows[row].end_seq, row };

	if (ARRAY_ROOM(&c->flying, &c->cap, c->nflying + 1) != 0)
		return ERR_NOMEM;
	heap_put(c->flying, c->nflying++, &e, sizeof(e));
	return 0;
}

/* The gap beside column A on the way to column B. */
static size_t
gap_towards(size_t a, size_t b)
{
	return a <= b ? a : a - 1;
}

/* On the line where it was sent, if that is now and nothing is in the way; else
 * where there is room beside the receiver. */
static void
place_arrival(struct clock *c)
{
	size_t row = c->flying[0].order;
	const struct layout_row *r = &c->s->l->rows[row];
	struct ladder_place *p = &c->s->place[row];
	size_t sent = gap_towards(r->from, r->to);
	size_t got =
	    r->lost && !r->loss.arrived ? sent : gap_towards(r->to, r->from);
	size_t lo = sent < got ? sent : got, hi = sent < got ? got : sent;
	size_t line;
	bool flat;

	advance_clock(c, r->t_end);
	heap_drop(c->flying, --c->nflying, sizeof(*c->flying));
	/* What happens elsewhere at that time pushes it down no further. */
	line = c->moment > c->free[got] ? c->moment : c->free[got];
	if (line < c->line && line > p->from) {
		c->free[got] = (uint32_t)line + 1;
		p->to = (uint32_t)line;
		return;
	}
	flat = c->line == p->from;
	for (size_t g = lo; flat && g <= hi; g++)
		flat = g == sent || c->free[g] <= c->line;
	if (flat) {
		for (size_t g = lo; g <= hi; g++)
			c->free[g] = (uint32_t)c->line + 1;
	} else {
		if (c->line == p->from) {
			move_to(c, c->line + 1);
			rebase_clock(c);
		}
		take_gaps(c, got, got);
	}
	p->to = (uint32_t)c->line;
}

/* Gaps that the row needs where it begins. */
static void
begin_row_in_time(struct clock *c, const struct layout_row *r)
{
	size_t last = c->s->l->ncolumns > 0 ? c->s->l->ncolumns - 1 : 0;
	size_t from = r->from, to;

	advance_clock(c, r->t);
	if (from == LAYOUT_NONE) {
		take_gaps(c, 0, last);
	} else if (r->item == LAYOUT_MESSAGE || r->item == LAYOUT_MEDIA) {
		from = gap_towards(r->from, r->to);
		to = arrives(r) ? from : gap_towards(r->to, r->from);
		take_gaps(c, from < to ? from : to, from < to ? to : from);
	} else {
		take_gaps(c, from > 0 ? from - 1 : 0, from);
	}
}

static int
place_row_in_time(struct clock *c, size_t i)
{
	struct ladder_screen *s = c->s;
	const struct layout_row *r = &s->l->rows[i];
	const struct ladder_fold *f = ladder_fold_of(s, i);

	if (f != NULL && i != f->head) {
		s->place[i] =
		    (struct ladder_place){ (uint32_t)c->line, PLACE_HIDDEN };
		return 0;
	}
	if (f != NULL) {
		advance_clock(c, r->t);
		take_gaps(c, 0, s->l->ncolumns - 1);
		s->place[i] =
		    (struct ladder_place){ (uint32_t)c->line, PLACE_FOLD };
		return 0;
	}
	begin_row_in_time(c, r);
	s->place[i] =
	    (struct ladder_place){ (uint32_t)c->line, (uint32_t)c->line };
	return arrives(r) ? begin_flight(c, i) : 0;
}

/*
 * A line lasts as long everywhere, with two exceptions, which the time column
 * tells. Where nothing happens for long, time is left out; and where more
 * happens at one moment than stands on one line between two lifelines, that
 * moment takes another line.
 */
static int
ladder_place_times(struct ladder_screen *s, int64_t line_ns)
{
	const struct layout *l = s->l;
	struct clock c = { .s = s };
	int err = 0;

	s->line_ns = (double)line_ns;
	if (line_ns <= 0)
		err = choose_line_length(l, &s->line_ns);
	c.free = mem_zalloc(l->ncolumns + 1, sizeof(*c.free));
	if (c.free == NULL)
		err = ERR_NOMEM;
	if (l->nrows > 0)
		c.t = c.base_t = l->rows[0].t;
	for (size_t i = 0; err == 0 && i < l->nrows; i++) {
		while (
		    c.nflying > 0 && (uint64_t)c.flying[0].t < l->rows[i].seq)
			place_arrival(&c);
		err = place_row_in_time(&c, i);
	}
	while (err == 0 && c.nflying > 0)
		place_arrival(&c);
	s->lines = l->nrows > 0 ? c.line + 1 : 0;
	mem_free(c.free);
	mem_free(c.flying);
	return err;
}

/* ---- lines where order counts and time does not ---- */

/* A message that will arrive on a line below row AFTER. */
struct coming {
	size_t row, after;
};

struct coming_list {
	struct coming list[2 * SLANT_ROWS];
	size_t n;
};

/* Whether A, drawn as if it arrived at once, would be misleading about B: as if
 * A's receiver had sent B, or B had come after it or was needless. */
static bool
misleads(const struct layout_row *a, const struct layout_row *b)
{
	if (b->item != LAYOUT_MESSAGE || b->t >= a->t_end)
		return false;
	if (b->from == a->to && b->to == a->from)
		return true;
	if (b->from != a->from || b->to != a->to)
		return false;
	return (b->repeat.retx > 0 && b->t > a->t) ||
	       (b->end_seq > b->seq && b->t_end < a->t_end && !b->lost);
}

size_t
ladder_arrives_after(const struct layout *l, size_t i, bool *late)
{
	const struct layout_row *r = &l->rows[i];
	bool wrong = false;
	size_t last = i;

	*late = false;
	if (r->item != LAYOUT_MESSAGE || r->lost || r->from == r->to)
		return i;
	for (size_t j = i + 1; j < l->nrows && l->rows[j].seq < r->end_seq;
	     j++) {
		if (j - i > SLANT_ROWS) {
			*late = wrong;
			return i;
		}
		wrong = wrong || misleads(r, &l->rows[j]);
		last = j;
	}
	return wrong ? last : i;
}

bool
ladder_is_arrow(const struct layout_row *r)
{
	return r->item == LAYOUT_MESSAGE || r->item == LAYOUT_MEDIA;
}

/* Lines of row I on paper, which has its place. */
static size_t
count_paper_lines(struct ladder_screen *s, size_t i)
{
	const struct layout_row *r = &s->l->rows[i];
	const struct ladder_screen_now now = LADDER_SCREEN_NOW;
	struct ladder_view v = { .s = s, .now = &now, .body.w = s->width };
	struct ladder_shown w = { .row = i };
	struct layout_row note;
	size_t lines;

	if (!ladder_is_arrow(r)) {
		lines = ladder_remark_lines(s, r);
	} else {
		if (r->lost)
			ladder_aim(&v, &w);
		lines = ladder_arrow_lines(&v, &w);
		buf_clear(&s->text);
	}
	if (r->note.text.n > 0) {
		note = ladder_note_of(r);
		lines += ladder_remark_lines(s, &note);
	}
	return lines;
}

/* Row I begins on LINE; how many it has, all together. */
static size_t
place_row(struct ladder_screen *s, size_t i, size_t line)
{
	size_t height =
	    s->mode == LADDER_USUAL && ladder_is_arrow(&s->l->rows[i]) ? 2 : 1;

	s->place[i].from = (uint32_t)line;
	s->place[i].to = (uint32_t)(line + height - 1);
	return s->paper ? count_paper_lines(s, i) : height;
}

/* Messages that arrive below row J, in that order. */
static size_t
place_arrivals(
    struct ladder_screen *s, struct coming_list *c, size_t j, size_t line)
{
	for (;;) {
		size_t next = c->n;

		for (size_t i = 0; i < c->n; i++)
			if (c->list[i].after == j &&
			    (next == c->n ||
				s->l->rows[c->list[i].row].end_seq <
				    s->l->rows[c->list[next].row].end_seq))
				next = i;
		if (next == c->n)
			return line;
		s->place[c->list[next].row].to = (uint32_t)line++;
		c->list[next] = c->list[--c->n];
	}
}

/* Rows of a folded call share the line of the first of them. */
static bool
place_folded(struct ladder_screen *s, size_t i, size_t *line)
{
	const struct ladder_fold *f = ladder_fold_of(s, i);

	if (f == NULL)
		return false;
	s->place[i].from = (uint32_t)*line;
	s->place[i].to = i == f->head ? PLACE_FOLD : PLACE_HIDDEN;
	*line += i == f->head;
	return true;
}

/*
 * Two lines a message or one, one a remark. An arrow is drawn straight although
 * it takes time. Only if that would tell something wrong (two messages pass
 * each other, one overtakes the other, a sender repeats what seems to have
 * arrived) does it arrive on a line of its own, below what was sent meanwhile.
 */
static int
screen_place_in_order(struct ladder_screen *s)
{
	const struct layout *l = s->l;
	struct coming_list c = { .n = 0 };
	size_t line = s->lead;

	for (size_t i = 0; i < l->nrows; i++) {
		size_t after;
		bool late;

		if (!place_folded(s, i, &line)) {
			line += place_row(s, i, line);
			after = ladder_arrives_after(l, i, &late);
			if (after != i && c.n < COUNT_OF(c.list))
				c.list[c.n++] = (struct coming){ i, after };
		}
		line = place_arrivals(s, &c, i, line);
	}
	s->lines = line + (s->mode == LADDER_USUAL && l->ncolumns > 0);
	return 0;
}

int
ladder_place_rows(
    struct ladder_screen *s, const struct ladder_screen_options *o)
{
	/* Three lines a row, on paper seven, or in true time 32, have numbers
	 * of 32 bits. */
	if (s->l->nrows > UINT32_MAX / 8)
		return ERR_NOMEM;
	s->place = mem_zalloc(s->l->nrows, sizeof(*s->place));
	if (s->place == NULL)
		return ERR_NOMEM;
	/* On paper labels have that line. */
	s->lead = s->mode == LADDER_USUAL &&
		  !(s->paper && (s->names || s->l->ncolumns == 0));
	if (s->mode == LADDER_TIME)
		return ladder_place_times(s, o->line_ns);
	return screen_place_in_order(s);
}
