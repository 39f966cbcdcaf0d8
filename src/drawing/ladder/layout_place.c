/*
 * Where everything stands.  In order of time, a row is one unit high and says
 * nothing of how long anything took.  In true time a nanosecond has the same
 * height everywhere, except in marked gaps, where nothing happens for long:
 * there some time is left out.  The scale makes a quick message fall by one
 * unit, unless slow ones would then fall very far.
 */
#include "base/bisect.h"
#include "base/err.h"
#include "base/mem.h"
#include "ladder/layout_in.h"

#include <stdlib.h>

/* In units: what a slow message may fall; when time is left out; how much is
 * kept at both sides of a gap, and how high the gap itself is. */
#define FALL_MEDIAN 4.0
#define FALL_MAX    9.0
#define GAP_FROM    5.0
#define GAP_KEEP    1.0
#define GAP_HEIGHT  1.6
/* Ticks nearer to each other than this would overprint. */
#define TICK_APART 0.62
/* What was computed since a key or a timer begins so far above its arrow. */
#define WORK_ABOVE 0.5
/* A note, and each line of it. */
#define NOTE_ROOM 0.35
#define NOTE_LINE 0.38

struct span {
	int64_t from, to;
};

static int
row_place_compare_times(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static int
compare_spans(const void *a, const void *b)
{
	const struct span *x = a, *y = b;

	return (x->from > y->from) - (x->from < y->from);
}

static bool
row_place_is_arrow(const struct layout_row *r)
{
	return r->item == LAYOUT_MESSAGE;
}

/* Where no message took any time, as in a capture made at one place: from one
 * to the next as for a quick message.  TOOK has room. */
static double
scale_of_steps(const struct layout *l, int64_t *took)
{
	size_t n = 0;

	for (size_t i = 1; i < l->nrows; i++)
		if (l->rows[i].t > l->rows[i - 1].t)
			took[n++] = l->rows[i].t - l->rows[i - 1].t;
	if (n == 0)
		return 0;
	qsort(took, n, sizeof(*took), row_place_compare_times);
	n /= 4;
	return 1.0 / (double)took[n];
}

/* Units for a nanosecond; 0 where everything is at one time. */
static int
choose_scale(const struct layout *l, double *scale)
{
	LOCAL_MEM int64_t *took = mem_zalloc(l->nrows, sizeof(*took));
	size_t n = 0, quick, middle;
	double by_median, by_max;

	*scale = 0;
	if (took == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < l->nrows; i++)
		if (row_place_is_arrow(&l->rows[i]) &&
		    l->rows[i].t_end > l->rows[i].t)
			took[n++] = l->rows[i].t_end - l->rows[i].t;
	quick = n / 4;
	middle = n / 2;
	if (n > 0) {
		qsort(took, n, sizeof(*took), row_place_compare_times);
		*scale = 1.0 / (double)took[quick];
		by_median = FALL_MEDIAN / (double)took[middle];
		by_max = FALL_MAX / (double)took[n - 1];
		if (by_median < *scale)
			*scale = by_median;
		if (by_max < *scale)
			*scale = by_max;
	} else {
		*scale = scale_of_steps(l, took);
	}
	return 0;
}

/* What happens, as spans of time in their order: arrows take time. */
static size_t
list_spans(const struct layout *l, struct span *spans)
{
	size_t n = 0;

	for (size_t i = 0; i < l->nrows; i++) {
		const struct layout_row *r = &l->rows[i];

		spans[n] = (struct span){ r->t, r->t };
		if (row_place_is_arrow(r))
			spans[n].to = r->t_end;
		n++;
		if (r->item == LAYOUT_MEDIA)
			spans[n++] = (struct span){ r->t_end, r->t_end };
	}
	qsort(spans, n, sizeof(*spans), compare_spans);
	return n;
}

static int
make_gaps(struct layout *l, double scale)
{
	LOCAL_MEM struct span *spans = mem_zalloc(2 * l->nrows, sizeof(*spans));
	int64_t until;
	size_t n;

	l->gaps = mem_zalloc(2 * l->nrows, sizeof(*l->gaps));
	if (spans == NULL || l->gaps == NULL)
		return ERR_NOMEM;
	n = list_spans(l, spans);
	until = n > 0 ? spans[0].to : 0;
	for (size_t i = 1; i < n; i++) {
		double quiet = (double)(spans[i].from - until) * scale;

		if (quiet > GAP_FROM) {
			int64_t keep = (int64_t)(GAP_KEEP / scale);

			l->gaps[l->ngaps++] = (struct layout_gap){ until + keep,
				spans[i].from - keep, 0 };
		}
		if (spans[i].to > until)
			until = spans[i].to;
	}
	return 0;
}

/* The height of time T. */
static double
height_of_time(const struct layout *l, int64_t origin, double scale, int64_t t)
{
	size_t i;
	const struct layout_gap *g;
	double into;

	/* The last gap that begins before T. */
	BISECT(i, 0, l->ngaps, l->gaps[i].from <= t);
	if (i == 0)
		return (double)(t - origin) * scale;
	g = &l->gaps[i - 1];
	if (t >= g->to)
		return g->y + GAP_HEIGHT / 2 + (double)(t - g->to) * scale;
	into = (double)(t - g->from) / (double)(g->to - g->from);
	return g->y + (into - 0.5) * GAP_HEIGHT;
}

static void
place_gaps(struct layout *l, int64_t origin, double scale)
{
	int64_t from = origin;
	double y = 0;

	for (size_t i = 0; i < l->ngaps; i++) {
		struct layout_gap *g = &l->gaps[i];

		y += (double)(g->from - from) * scale;
		g->y = y + GAP_HEIGHT / 2;
		y += GAP_HEIGHT;
		from = g->to;
	}
}

static int
place_true(struct layout *l, double scale)
{
	int64_t origin = INT64_MAX;
	int err = make_gaps(l, scale);

	for (size_t i = 0; i < l->nrows; i++)
		if (l->rows[i].t < origin)
			origin = l->rows[i].t;
	if (err != 0)
		return err;
	place_gaps(l, origin, scale);
	for (size_t i = 0; i < l->nrows; i++) {
		struct layout_row *r = &l->rows[i];
		int64_t end = r->t_end > origin ? r->t_end : origin;

		r->y = height_of_time(l, origin, scale, r->t);
		r->y_end = height_of_time(l, origin, scale, end);
		r->media.y_answer =
		    height_of_time(l, origin, scale, r->media.t_answer);
		if (r->y > l->height)
			l->height = r->y;
		if (r->y_end > l->height)
			l->height = r->y_end;
	}
	for (size_t i = 0; i < l->nbars; i++) {
		struct layout_bar *b = &l->bars[i];

		b->y = height_of_time(l, origin, scale, b->t);
		b->y_end = height_of_time(l, origin, scale, b->t_end);
	}
	for (size_t i = 0; i < l->npieces; i++) {
		struct layout_piece *piece = &l->pieces[i];

		piece->y = height_of_time(l, origin, scale, piece->t);
		piece->y_end = height_of_time(l, origin, scale, piece->t_end);
	}
	for (size_t i = 0; i < l->nworks; i++) {
		struct layout_work *w = &l->works[i];

		w->y = height_of_time(l, origin, scale, w->t);
		w->y_end = l->rows[w->row].y;
		if (w->y < 0)
			w->y = 0;
	}
	return 0;
}

/* The row at which COLUMN is at T: that of the message that it gets or sends
 * then, else of the one that arrives anywhere, else the first at or after T. */
static double
row_height(const struct layout *l, const struct layout_order *ends,
    size_t column, int64_t t)
{
	size_t arrived = layout_order_find(ends, t), i;

	BISECT(i, 0, ends->n, ends->list[i].key < t);
	for (; i < ends->n && ends->list[i].key == t; i++)
		if (l->rows[ends->list[i].row].to == column)
			return l->rows[ends->list[i].row].y;
	BISECT(i, 0, l->nrows, l->rows[i].t < t);
	for (size_t k = i; k < l->nrows && l->rows[k].t == t; k++)
		if (row_place_is_arrow(&l->rows[k]) &&
		    l->rows[k].from == column)
			return l->rows[k].y;
	i = arrived != LAYOUT_NONE ? arrived : i;
	return i < l->nrows ? l->rows[i].y : l->height + 1;
}

/* The row of ORIGIN, what a step at COLUMN and T followed from; where that has
 * none, the one that its time tells. */
static double
row_of_step(const struct layout *l, const struct layout_order *ends,
    size_t column, uint64_t origin, int64_t t)
{
	size_t row = origin != 0 ? layout_row_at(l, origin) : LAYOUT_NONE;

	if (row != LAYOUT_NONE && layout_row_has(l, row, origin) &&
	    l->rows[row].to == column)
		return l->rows[row].y;
	return row_height(l, ends, column, t);
}

static int
place_bars(struct layout *l)
{
	struct layout_order ends;

	if (l->nbars == 0 && l->npieces == 0)
		return 0;
	if (layout_order_init(&ends, l->nrows) != 0)
		return ERR_NOMEM;
	for (size_t i = 0; i < l->nrows; i++)
		if (row_place_is_arrow(&l->rows[i]) && !l->rows[i].lost)
			layout_order_add(&ends, l->rows[i].t_end, i);
	layout_order_sort(&ends);
	for (size_t i = 0; i < l->nbars; i++) {
		struct layout_bar *b = &l->bars[i];

		b->y = row_of_step(l, &ends, b->column, b->since, b->t);
		b->y_end = b->open ? l->rows[l->nrows - 1].y
				   : row_of_step(l, &ends, b->column, b->until,
					 b->t_end);
	}
	for (size_t i = 0; i < l->npieces; i++) {
		struct layout_piece *piece = &l->pieces[i];

		piece->y = row_height(l, &ends, piece->column, piece->t);
		piece->y_end =
		    row_height(l, &ends, piece->column, piece->t_end);
	}
	mem_free(ends.list);
	return 0;
}

/* From the arrow that set it off to the one it ended in; where it was a key or
 * a timer, from just above. */
static void
place_works(struct layout *l)
{
	for (size_t i = 0; i < l->nworks; i++) {
		struct layout_work *w = &l->works[i];

		w->y_end = l->rows[w->row].y;
		w->y = w->since != LAYOUT_NONE ? l->rows[w->since].y
					       : w->y_end - WORK_ABOVE;
	}
}

/* Notes stand below their row, and have room of their own; in true time they
 * have to find some. */
static double
room_for_notes(const struct layout_row *r)
{
	struct str lines[LAYOUT_NOTE_LINES];
	bool beside = (r->item == LAYOUT_NOTE || r->item == LAYOUT_REFUSED) &&
		      r->from != LAYOUT_NONE;
	double room = 0;

	if (r->note.text.n > 0)
		room =
		    NOTE_ROOM +
		    NOTE_LINE * (double)layout_note_lines(r->note.text, lines) +
		    (r->item == LAYOUT_TIMER ? NOTE_ROOM : 0);
	/* A line of its own has room in any case. */
	if (beside && r->label.n > 0)
		room += NOTE_LINE *
			(double)(layout_note_lines(r->label, lines) - 1);
	return room;
}

static int
place_order(struct layout *l)
{
	double y = 0;

	for (size_t i = 0; i < l->nrows; i++) {
		struct layout_row *r = &l->rows[i];

		r->y = r->y_end = y;
		r->note.room = room_for_notes(r);
		l->height = y + r->note.room;
		y += 1 + r->note.room;
	}
	place_works(l);
	return place_bars(l);
}

static int
make_ticks(struct layout *l)
{
	double last = -TICK_APART;

	l->ticks = mem_zalloc(l->nrows, sizeof(*l->ticks));
	if (l->ticks == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < l->nrows; i++) {
		const struct layout_row *r = &l->rows[i];

		/* A timer shares the time of the message it makes sent. */
		if (r->item == LAYOUT_TIMER && i + 1 < l->nrows &&
		    r[1].t == r->t)
			continue;
		if (r->y - last < TICK_APART ||
		    (l->nticks > 0 && l->true_time &&
			l->ticks[l->nticks - 1].t == r->t))
			continue;
		l->ticks[l->nticks++] = (struct layout_tick){ r->t, r->y };
		last = r->y;
	}
	return 0;
}

int
layout_place(struct layout *l, const struct layout_options *o)
{
	double scale = 0;
	int err = 0;

	if (o->true_time)
		err = choose_scale(l, &scale);
	if (err == 0 && scale > 0) {
		l->true_time = true;
		err = place_true(l, scale);
	} else if (err == 0) {
		err = place_order(l);
	}
	return err != 0 ? err : make_ticks(l);
}
