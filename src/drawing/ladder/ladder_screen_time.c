/*
 * Which lines a row has in true time: a line lasts as long everywhere, with two
 * exceptions, which the time column tells.  Where nothing happens for long,
 * time is left out; and where more happens at one moment than stands on one
 * line between two lifelines, that moment takes another line.
 */
#include "base/array.h"
#include "base/err.h"
#include "base/heap.h"
#include "base/mem.h"
#include "ladder/ladder_screen_in.h"

#include <math.h>
#include <stdlib.h>

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
	    r->lost && !r->arrived ? sent : gap_towards(r->to, r->from);
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

int
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
