/* Which ways there are, and how each runs; see machine_layout_in.h. */
#include "pictures/machines/machine_layout_in.h"

#include "pictures/machines/machine_path.h"

static const struct place *
place_at(const struct layout *l, size_t column, size_t rank)
{
	for (size_t i = 0; i < l->nplaces; i++)
		if (l->places[i].column == column && l->places[i].rank == rank)
			return &l->places[i];
	return NULL;
}

static size_t
index_of_state(const struct layout *l, enum state_id id)
{
	const struct machine_state *s = machine_state_of(l->m, id);

	return s != NULL ? (size_t)(s - l->m->states) : LAYOUT_NONE;
}

static void
place(struct layout *l, size_t i, size_t column, size_t rank)
{
	l->places[i] = (struct place){ .column = column, .rank = rank };
	l->nplaces++;
	l->nranks = layout_most(l->nranks, rank + 1);
	l->ncolumns = layout_most(l->ncolumns, column + 1);
}

/* As the table's grid says; what it does not name goes below. */
static void
place_states(struct layout *l)
{
	bool placed[PICTURE_STATES] = { false };

	for (size_t r = 0; r < MACHINE_RANKS && !l->alone; r++)
		for (size_t c = 0; c < MACHINE_COLUMNS; c++) {
			size_t i = index_of_state(l, l->m->grid[r][c]);

			if (i == LAYOUT_NONE || placed[i])
				continue;
			place(l, i, c, r);
			placed[i] = true;
		}
	for (size_t i = 0; i < l->m->nstates; i++)
		if (!placed[i])
			place(l, i, 0, l->nranks);
}

static struct way *
way_of(struct layout *l, const struct machine_edge *e)
{
	struct way *w = l->ways;

	while (w < &l->ways[l->nways] &&
	       !machine_leads(e, w->edge->from, w->edge->to))
		w++;
	return w;
}

void
layout_find_ways(struct layout *l)
{
	size_t last[PICTURE_EDGES]; /* edge of each way up to now */

	l->nways = 0;
	for (size_t i = 0; i < l->m->nedges; i++) {
		const struct machine_edge *e = &l->m->edges[i];
		struct way *w = way_of(l, e);

		l->next[i] = l->m->nedges;
		if (w < &l->ways[l->nways])
			l->next[last[w - l->ways]] = i;
		last[w - l->ways] = i;
		if (w == &l->ways[l->nways]) {
			*w = (struct way){ .edge = e,
				.from = index_of_state(l, e->from),
				.to = index_of_state(l, e->to) };
			l->nways++;
		}
	}
}

/* No state stands in the columns FROM … before TO of RANK. */
static bool
is_row_free(const struct layout *l, size_t rank, size_t from, size_t to)
{
	for (size_t c = from; c < to; c++)
		if (place_at(l, c, rank) != NULL)
			return false;
	return true;
}

/* Straight down or up, with nothing between. */
static bool
is_drop(const struct layout *l, const struct way *w)
{
	const struct place *a = way_from(l, w), *b = way_to(l, w);
	size_t high = a->rank < b->rank ? a->rank : b->rank;
	size_t low = layout_most(a->rank, b->rank);

	while (++high < low)
		if (place_at(l, a->column, high) != NULL)
			return false;
	return a->column == b->column;
}

/* Columns between a column and a channel. */
static size_t
columns_to(size_t column, size_t channel)
{
	return channel > column ? channel - column - 1 : column - channel;
}

/* The outer side of a column; where there is one column only, what goes back
 * goes left. */
static bool
is_outer(const struct layout *l, const struct place *a, const struct place *b,
    size_t k)
{
	bool right = k > a->column;

	if (l->ncolumns == 1)
		return right == (b->rank > a->rank);
	return right ? a->column == l->ncolumns - 1 : a->column == 0;
}

static bool
is_shared(const struct layout *l, const struct way *w, size_t channel)
{
	for (const struct way *o = l->ways; o < &l->ways[l->nways]; o++)
		if (o->kind == WAY_LANE && o->to == w->to &&
		    o->channel == channel && l->ncolumns > 1)
			return true;
	return false;
}

/* How well channel K suits W: less is better; SIZE_MAX: not at all. */
static size_t
channel_cost(const struct layout *l, const struct way *w, size_t k)
{
	const struct place *a = way_from(l, w), *b = way_to(l, w);
	size_t to_a = columns_to(a->column, k), to_b = columns_to(b->column, k);

	if (!is_row_free(l, a->rank, k > a->column ? a->column + 1 : k,
		k > a->column ? k : a->column) ||
	    !is_row_free(l, b->rank, k > b->column ? b->column + 1 : k,
		k > b->column ? k : b->column))
		return SIZE_MAX;
	return 8 * (to_a + to_b) + (to_b > 0 ? 4 : 0) +
	       (a->column == b->column && is_outer(l, a, b, k) == l->turned
		       ? 2
		       : 0) +
	       (is_shared(l, w, k) ? 0 : 4) +
	       (l->outer && to_a == to_b ? 10 : 0);
}

static bool
choose_channel(struct layout *l, struct way *w)
{
	size_t best = SIZE_MAX, cost;

	for (size_t k = 0; k <= l->ncolumns; k++)
		if ((cost = channel_cost(l, w, k)) < best) {
			best = cost;
			w->channel = k;
		}
	w->right = w->channel > way_from(l, w)->column;
	w->in_right = w->channel > way_to(l, w)->column;
	return best != SIZE_MAX;
}

static void
find_straight(struct layout *l)
{
	for (size_t i = 0; i < l->nways; i++) {
		struct way *w = &l->ways[i];

		w->kind = WAY_LANE;
		w->channel = LAYOUT_NONE;
		if (w->from == LAYOUT_NONE) {
			w->kind = WAY_DOT;
			l->places[w->to].dot = true;
		} else if (w->from == w->to) {
			w->kind = WAY_LOOP;
			l->places[w->to].loop = true;
		} else if (is_drop(l, w)) {
			w->kind = WAY_DROP;
			if (way_from(l, w)->rank < way_to(l, w)->rank)
				l->places[w->to].down = true;
			else
				l->places[w->from].up = true;
		}
	}
}

bool
layout_ways(struct layout *l)
{
	place_states(l);
	find_straight(l);
	/* Those from column to column, then those within one, which may join
	 * them. */
	for (int within = 0; within < 2; within++)
		for (struct way *w = l->ways; w < &l->ways[l->nways]; w++)
			if (w->kind == WAY_LANE &&
			    (way_from(l, w)->column == way_to(l, w)->column) ==
				within &&
			    !choose_channel(l, w))
				return false;
	return true;
}
