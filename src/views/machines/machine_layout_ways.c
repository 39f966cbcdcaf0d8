/* Which ways there are, and how each runs; see machine_layout_in.h. */
#include "views/machines/machine_layout_in.h"

#include "views/machines/machine_path.h"

static const struct place *
place_at(const struct layout *l, size_t column, size_t rank)
{
	for (size_t i = 0; i < l->nplaces; i++)
		if (l->places[i].column == column && l->places[i].rank == rank)
			return &l->places[i];
	return NULL;
}

static size_t
find_place(const struct layout *l, enum state_id id)
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
			size_t i = find_place(l, l->m->grid[r][c]);

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
	l->nways = 0;
	for (size_t i = 0; i < l->m->nedges; i++) {
		const struct machine_edge *e = &l->m->edges[i];
		struct way *w = way_of(l, e);

		l->of[i] = w - l->ways;
		if (w == &l->ways[l->nways]) {
			*w = (struct way){ .edge = e,
				.from = find_place(l, e->from),
				.to = find_place(l, e->to) };
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

/* None in the ranks between A and B of COLUMN; A may count, too. */
static bool
is_column_free(
    const struct layout *l, size_t column, size_t a, size_t b, bool with_a)
{
	size_t lo = a < b ? a + !with_a : b + 1, hi = a < b ? b : a + with_a;

	for (size_t r = lo; r < hi; r++)
		if (place_at(l, column, r) != NULL)
			return false;
	return true;
}

static bool
is_drop(const struct layout *l, const struct way *w)
{
	const struct place *a = way_from(l, w), *b = way_to(l, w);

	return a->column == b->column &&
	       is_column_free(l, a->column, a->rank, b->rank, false);
}

static void
note_drop(struct layout *l, const struct way *w)
{
	bool up = way_from(l, w)->rank > way_to(l, w)->rank;
	struct place *low = &l->places[up ? w->from : w->to];
	struct place *high = &l->places[up ? w->to : w->from];

	low->up |= up;
	low->down |= !up;
	high->below = true;
}

/* Along A's rank, then down or up onto B, where nothing else comes there. */
static bool
is_fall(const struct layout *l, const struct way *w)
{
	const struct place *a = way_from(l, w), *b = way_to(l, w);
	bool right = b->column > a->column;

	if (a->column == b->column || a->rank == b->rank)
		return false;
	if (l->outer)
		return false;
	if (a->rank > b->rank ? b->below : right ? b->dot || b->up : b->loop)
		return false;
	return is_row_free(l, a->rank, right ? a->column + 1 : b->column,
		   right ? b->column : a->column) &&
	       is_column_free(l, b->column, a->rank, b->rank, true);
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
	w->kind = WAY_LANE;
	w->right = w->channel > way_from(l, w)->column;
	w->in_right = w->channel > way_to(l, w)->column;
	return best != SIZE_MAX;
}

static void
find_straight(struct layout *l)
{
	for (size_t i = 0; i < l->nways; i++) {
		struct way *w = &l->ways[i];

		w->kind = WAY_FALL;
		if (w->from == LAYOUT_NONE) {
			w->kind = WAY_DOT;
			l->places[w->to].dot = true;
		} else if (w->from == w->to) {
			w->kind = WAY_LOOP;
			l->places[w->to].loop = true;
		} else if (is_drop(l, w)) {
			w->kind = WAY_DROP;
			note_drop(l, w);
		}
	}
}

bool
layout_ways(struct layout *l)
{
	place_states(l);
	find_straight(l);
	/* Those that have no other way, then those within a column, which may
	 * join them. */
	for (int within = 0; within < 2; within++)
		for (struct way *w = l->ways; w < &l->ways[l->nways]; w++) {
			if (w->kind != WAY_FALL ||
			    (way_from(l, w)->column == way_to(l, w)->column) !=
				within)
				continue;
			w->right =
			    way_to(l, w)->column > way_from(l, w)->column;
			if (is_fall(l, w))
				l->places[w->to].fall |= w->right;
			else if (!choose_channel(l, w))
				return false;
		}
	return true;
}
