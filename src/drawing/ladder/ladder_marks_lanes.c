/*
 * Which lane a bracket has: an interval colouring.  Brackets that overlap at
 * one side of a column, or beside the ladder, have different lanes; phases of
 * one call have one.  There are only so many lanes: what is left has a name and
 * no bracket.
 */
#include "ladder/ladder_marks_in.h"

#include "base/err.h"
#include "base/mem.h"

#include <math.h>
#include <stdlib.h>

/* Between the end of one and the beginning of the next in its lane. */
#define APART 0.45

/* Marks that share a lane, as one interval. */
struct interval {
	size_t place; /* the side of a column, or the kind beside the ladder */
	size_t first; /* mark */
	double from, to;
};

static int
compare(const void *a, const void *b)
{
	const struct interval *x = a, *y = b;

	if (x->place != y->place)
		return x->place < y->place ? -1 : 1;
	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return (x->first > y->first) - (x->first < y->first);
}

static size_t
place_of_mark(const struct ladder_mark *m)
{
	if (m->column == LAYOUT_NONE)
		return (size_t)m->kind;
	return LADDER_MARK_COUNT + 2 * m->column + (m->peer < m->column);
}

/* Marks of one group follow each other. */
static size_t
list_mark_intervals(const struct ladder_marks *m, struct interval *list)
{
	size_t n = 0;

	for (size_t i = 0; i < m->n; i++) {
		const struct ladder_mark *k = &m->list[i];

		if (n > 0 && m->list[list[n - 1].first].group == k->group) {
			list[n - 1].to = fmax(list[n - 1].to, k->y_end);
			continue;
		}
		list[n++] =
		    (struct interval){ place_of_mark(k), i, k->y, k->y_end };
	}
	qsort(list, n, sizeof(*list), compare);
	return n;
}

static void
give(struct ladder_marks *m, const struct interval *v, size_t lane)
{
	size_t group = m->list[v->first].group;

	for (size_t i = v->first; i < m->n && m->list[i].group == group; i++)
		m->list[i].lane = lane;
	m->crowded |= lane == LAYOUT_NONE;
}

/* Those of one place, N; returns how many lanes they have. */
static size_t
colour_place_intervals(struct ladder_marks *m, const struct interval *list,
    size_t n, size_t first_lane)
{
	double ends[LADDER_MARK_LANES];
	size_t lanes = 0;

	for (size_t i = 0; i < n; i++) {
		size_t lane = 0;

		while (lane < lanes && ends[lane] + APART > list[i].from)
			lane++;
		if (lane == LADDER_MARK_LANES) {
			give(m, &list[i], LAYOUT_NONE);
			continue;
		}
		lanes = lane == lanes ? lanes + 1 : lanes;
		ends[lane] = list[i].to;
		give(m, &list[i], first_lane + lane);
	}
	return lanes;
}

int
marks_give_lanes(struct ladder_marks *m, const struct layout *l)
{
	struct interval *list = mem_zalloc(m->n + 1, sizeof(*list));
	size_t n, next;

	m->nreach = l->ncolumns;
	m->reach = mem_zalloc(l->ncolumns + 1, sizeof(*m->reach));
	if (list == NULL || m->reach == NULL) {
		mem_free(list);
		return ERR_NOMEM;
	}
	n = list_mark_intervals(m, list);
	for (size_t i = 0; i < n; i = next) {
		const struct ladder_mark *k = &m->list[list[i].first];
		bool beside = k->column == LAYOUT_NONE;
		size_t lanes;

		next = i + 1;
		while (next < n && list[next].place == list[i].place)
			next++;
		lanes = colour_place_intervals(
		    m, &list[i], next - i, beside ? m->lanes : 0);
		if (beside)
			m->lanes += lanes;
		else if (k->peer < k->column)
			m->reach[k->column] = lanes;
	}
	mem_free(list);
	return 0;
}
