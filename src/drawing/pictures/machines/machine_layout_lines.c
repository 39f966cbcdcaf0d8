/*
 * Which line everything stands in.  What leaves or enters a state at its side
 * has a line of the state's rank for itself as far as it runs; what goes up
 * stands above what goes down, so that lines do not cross more than they must.
 */
#include "pictures/machines/machine_layout_in.h"

/* What needs a line: a way that leaves, or all those that come in from one
 * channel. */
struct track {
	struct way *way;
	bool in;
	size_t first, last; /* of channels and columns in turn: channel 0 is 0,
			     * column 0 is 1 */
	int order;
};

struct tracks {
	struct track list[2 * PICTURE_EDGES];
	size_t n;
};

static bool
is_together(const struct way *a, const struct way *b)
{
	return a->kind == WAY_LANE && b->kind == WAY_LANE && a->to == b->to &&
	       a->channel == b->channel;
}

/* Runs along one line from one state to the other. */
static bool
is_level(const struct layout *l, const struct way *w)
{
	return w->kind == WAY_LANE &&
	       way_from(l, w)->rank == way_to(l, w)->rank;
}

/* Ways up come first, the nearest before the others; then what is level; then
 * ways down, the nearest last. */
static int
order_of(const struct place *here, const struct place *there)
{
	int d = (int)there->rank - (int)here->rank;

	return d < 0 ? -100 - d : d > 0 ? 100 - d : 0;
}

/* Of all that come in with W: where they come from, if that is one side. */
static int
order_in(const struct layout *l, const struct way *w)
{
	int lo = 200, hi = -200;

	for (size_t i = 0; i < l->nways; i++)
		if (is_together(w, &l->ways[i])) {
			int o =
			    order_of(way_to(l, w), way_from(l, &l->ways[i]));

			lo = o < lo ? o : lo;
			hi = o > hi ? o : hi;
		}
	return hi < 0 ? hi : lo > 0 ? lo : 0;
}

static void
add_track(struct tracks *t, struct way *w, bool in, size_t column, size_t end,
    int order)
{
	size_t a = 2 * column + 1;
	size_t i = t->n++;

	/* Up to the side of the state. */
	a = end > a ? a + 1 : a - 1;
	for (; i > 0 && t->list[i - 1].order > order; i--)
		t->list[i] = t->list[i - 1];
	t->list[i] = (struct track){ w, in, a < end ? a : end,
		a < end ? end : a, order };
}

/* W is the first of those that come in with it, and none of them is level. */
static bool
needs_entry(const struct layout *l, const struct way *w)
{
	for (const struct way *o = l->ways; o < &l->ways[l->nways]; o++)
		if (is_together(w, o) && (o < w || is_level(l, o)))
			return false;
	return w->kind == WAY_LANE;
}

static void
find_tracks(struct layout *l, size_t rank, struct tracks *t)
{
	t->n = 0;
	for (size_t i = 0; i < l->nways; i++) {
		struct way *w = &l->ways[i];
		const struct place *to = way_to(l, w), *from;
		size_t end = 2 * w->channel;

		if (w->kind != WAY_LANE)
			continue;
		from = way_from(l, w);
		if (is_level(l, w))
			end = 2 * to->column + (w->in_right ? 2 : 0);
		if (from->rank == rank)
			add_track(
			    t, w, false, from->column, end, order_of(from, to));
		if (to->rank == rank && needs_entry(l, w))
			add_track(t, w, true, to->column, 2 * w->channel,
			    order_in(l, w));
	}
}

static void
enter(struct layout *l, const struct way *w, size_t y)
{
	for (size_t i = 0; i < l->nways; i++)
		if (is_together(w, &l->ways[i]))
			l->ways[i].in_y = y;
}

static void
grow(struct place *p, size_t lines)
{
	if (p->lines < lines)
		p->lines = lines;
}

/* The channel beside the state of K. */
static size_t
beside(const struct track *k)
{
	return (k->in ? k->way->in_right : k->way->right) ? k->first : k->last;
}

static bool
is_last(const struct tracks *t, size_t i)
{
	size_t z = beside(&t->list[i]);

	while (++i < t->n)
		if (t->list[i].first <= z && z <= t->list[i].last)
			return false;
	return true;
}

/* W leaves in line Y; returns how far its text goes down.  Lines of it may
 * stand beside the frame, above and below. */
static size_t
leave(struct layout *l, struct way *w, size_t y, bool last)
{
	size_t end;

	w->y = y;
	w->above = y == 0 && w->lines > 1;
	l->places[w->from].corner |= w->above && w->right;
	end = y + w->lines - w->above;
	grow(&l->places[w->from], end - (last && end > y + 1));
	if (is_level(l, w)) {
		enter(l, w, y);
		grow(&l->places[w->to], y + 1);
	}
	return end;
}

/* Gives each track of RANK the first line that is free all along it and below
 * those that were before it there. */
static void
share_lines(struct layout *l, size_t rank, const struct tracks *t)
{
	size_t next[2 * PICTURE_STATES + 1] = { 0 };

	for (size_t i = 0; i < t->n; i++) {
		const struct track *k = &t->list[i];
		size_t y = 0;

		for (size_t z = k->first; z <= k->last; z++)
			y = next[z] > y ? next[z] : y;
		for (size_t z = k->first; z <= k->last; z++)
			next[z] = y + 1;
		if (k->in) {
			enter(l, k->way, y);
			grow(&l->places[k->way->to], y + 1);
		} else {
			next[beside(k)] = leave(l, k->way, y, is_last(t, i));
		}
	}
	l->lines[rank] = 1;
	for (size_t i = 0; i < l->nplaces; i++)
		if (l->places[i].rank == rank) {
			grow(&l->places[i], 1);
			if (l->places[i].lines > l->lines[rank])
				l->lines[rank] = l->places[i].lines;
		}
}

/* Puts W, the loop of P, at the right end of its box, with its text inside
 * where there is room beside what else is there; TAKEN cells are not free. */
static void
place_loop(
    const struct layout *l, struct place *p, const struct way *w, size_t taken)
{
	size_t right = layout_foot(l, p);

	p->inside = w->lines == 1 && taken + 1 + w->width + 1 <= right;
	p->foot = right - (p->inside ? w->width + 1 : 3);
	p->over = l->over && w->lines > 1 && !p->dot && !p->up && !p->down;
}

/* Lines above P that its loop W takes. */
static size_t
loop_lines(const struct place *p, const struct way *w)
{
	return w->lines + p->over - (!p->over && w->lines > 1 && !p->corner);
}

/* Lines above place I: of what leads straight down to it from the rank before,
 * beside or above its loop; of what goes up from it, above its dot. */
static size_t
lines_above(struct layout *l, size_t i)
{
	struct place *p = &l->places[i];
	const struct way *loop = NULL;
	size_t left = 0, down = 0, own = 0, end = 0;

	for (const struct way *w = l->ways; w < &l->ways[l->nways]; w++) {
		if (w->to == i && w->kind == WAY_LOOP)
			loop = w;
		if ((w->kind == WAY_DOT && w->to == i) ||
		    (w->kind == WAY_DROP && w->from == i &&
			way_to(l, w)->rank < p->rank))
			left += w->lines;
		if (w->kind != WAY_DROP || w->to != i ||
		    way_from(l, w)->rank > p->rank)
			continue;
		end = layout_down(l, p) + 1;
		if (way_from(l, w)->rank + 1 == p->rank) {
			down = w->lines;
			end += w->width;
		}
	}
	if (p->dot || p->up)
		end = layout_most(end, LAYOUT_UP + 2);
	if (loop == NULL)
		return layout_most(left, down);
	place_loop(l, p, loop, end);
	own = loop_lines(p, loop);
	if (down > 0 && end > l->widths[p->column])
		own += down;
	else if (down > 0 && end >= p->foot)
		own = layout_most(own, down + 1);
	return layout_most(left, layout_most(down, own));
}

/* Lines below place I of what leads down over more than a rank. */
static size_t
lines_below(const struct layout *l, size_t i)
{
	for (size_t k = 0; k < l->nways; k++)
		if (l->ways[k].kind == WAY_DROP && l->ways[k].from == i &&
		    way_to(l, &l->ways[k])->rank > l->places[i].rank)
			return l->ways[k].lines;
	return 0;
}

static void
grow_gaps(struct layout *l)
{
	for (size_t r = 0; r < l->nranks; r++)
		l->gaps[r] = r > 0;
	for (size_t i = 0; i < l->nplaces; i++) {
		size_t r = l->places[i].rank, above = lines_above(l, i);
		size_t below = lines_below(l, i);

		if (above > l->gaps[r])
			l->gaps[r] = above;
		if (r + 1 < l->nranks && below > l->gaps[r + 1])
			l->gaps[r + 1] = below;
	}
}

bool
layout_lines(struct layout *l)
{
	struct tracks t;

	for (size_t r = 0; r < l->nranks; r++) {
		find_tracks(l, r, &t);
		share_lines(l, r, &t);
	}
	grow_gaps(l);
	l->h = 0;
	for (size_t r = 0; r < l->nranks; r++) {
		l->y[r] = l->h + l->gaps[r];
		l->h = l->y[r] + l->lines[r] + 2;
	}
	for (size_t i = 0; i < l->nways; i++) {
		struct way *w = &l->ways[i];

		if (w->kind == WAY_LANE) {
			w->y += l->y[way_from(l, w)->rank] + 1;
			w->in_y += l->y[way_to(l, w)->rank] + 1;
		}
	}
	return l->h <= LAYOUT_LINES;
}
