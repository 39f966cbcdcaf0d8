/* In which line and in which column of the grid everything stands. */
#include <limits.h>

#include "pictures/machines/machine_layout_in.h"
#include "base/num.h"

#define LAYOUT_LINES 300 /* of a figure */

/* ---- columns ---- */

/* The first and the last cell that a column of states has in each line, from
 * the left edge of its boxes. */
struct content {
	int first[LAYOUT_LINES], last[LAYOUT_LINES];
};

/* A lane, of all ways that share it. */
struct lane {
	struct way *way, *last; /* of them */
	size_t lo, hi;
};

struct lanes {
	struct lane list[PICTURE_EDGES];
	size_t n;
};

static void
cover(struct content *c, size_t y, int first, int last)
{
	if (y >= LAYOUT_LINES)
		return;
	c->first[y] = first < c->first[y] ? first : c->first[y];
	c->last[y] = last > c->last[y] ? last : c->last[y];
}

/* Lines Y1 to Y2 of one cell. */
static void
cover_line(struct content *c, size_t y1, size_t y2, size_t x)
{
	for (size_t y = y1 < y2 ? y1 : y2; y <= (y1 < y2 ? y2 : y1); y++)
		cover(c, y, (int)x, (int)x);
}

/* W's text, from (X, Y) on or up to it. */
static void
machine_grid_cover_text(const struct layout *l, struct content *c,
    struct way *w, int x, size_t y, bool ends)
{
	size_t at = layout_first_edge(l, w), n;

	w->text_x = x;
	w->text_y = y;
	w->ends = ends;
	for (size_t i = 0; i < w->lines; i++) {
		/* Only its own line touches it. */
		int apart = w->kind == WAY_LANE && y + i == w->y ? 0 : 1;

		at = layout_text(l, at, &n);
		cover(c, y + i, (ends ? x - (int)n + 1 : x) - apart,
		    (ends ? x : x + (int)n - 1) + apart);
	}
}

static void
cover_drop(const struct layout *l, struct content *c, struct way *w)
{
	const struct place *a = way_from_place(l, w), *b = way_to_place(l, w);
	size_t x, top;

	if (a->rank > b->rank) {
		x = LAYOUT_UP;
		top = l->y[a->rank] - (a->dot ? 1 : 0);
		machine_grid_cover_text(
		    l, c, w, (int)x - 1, top - w->lines, true);
		cover_line(c, l->y[a->rank], l->y[b->rank] + b->lines + 1, x);
	} else {
		x = layout_down_cell(l, b);
		top = l->y[a->rank + 1] - l->gaps[a->rank + 1];
		machine_grid_cover_text(l, c, w, (int)x + 1, top, false);
		cover_line(c, l->y[a->rank] + a->lines + 1, l->y[b->rank], x);
	}
}

static void
cover_way_out(const struct layout *l, struct content *c, struct way *w)
{
	const struct place *p = way_from_place(l, w);
	int width = (int)l->widths[p->column];

	if (w->kind == WAY_DROP)
		cover_drop(l, c, w);
	else if (w->kind == WAY_LANE)
		machine_grid_cover_text(l, c, w,
		    w->right ? width + (int)l->dash : -1 - (int)l->dash,
		    w->y - w->above, !w->right);
}

/* The text of W, a loop: inside, above, or after it. */
static void
cover_loop(const struct layout *l, struct content *c, struct way *w)
{
	const struct place *p = way_to_place(l, w);
	size_t y = l->y[p->rank] - w->lines, x = layout_foot_cell(l, p) + 2;

	if (p->inside)
		x = p->foot + 1;
	else if (p->over) {
		x = 0;
		y--;
	} else if (w->lines > 1 && !p->corner) {
		x++;
		y++;
	}
	machine_grid_cover_text(l, c, w, (int)x, y, false);
}

static void
cover_way_in(const struct layout *l, struct content *c, struct way *w)
{
	const struct place *p = way_to_place(l, w);
	size_t y = l->y[p->rank], x;

	if (w->kind == WAY_DOT) {
		x = layout_dot_cell(p);
		cover(c, y - 1, (int)x, (int)x);
		machine_grid_cover_text(
		    l, c, w, (int)x - 2, y - w->lines, true);
	} else if (w->kind == WAY_LOOP) {
		x = layout_foot_cell(l, p);
		cover(c, y - 1, (int)p->foot, (int)x);
		cover_loop(l, c, w);
	} else if (w->kind == WAY_LANE) {
		x = l->widths[p->column];
		cover(c, w->in_y, w->in_right ? (int)x : -1,
		    w->in_right ? (int)x : -1);
	}
}

static void
cover_column(struct layout *l, size_t column, struct content *c)
{
	for (size_t y = 0; y < l->h; y++) {
		c->first[y] = INT_MAX;
		c->last[y] = INT_MIN;
	}
	for (size_t i = 0; i < l->nplaces; i++) {
		const struct place *p = &l->places[i];

		for (size_t y = 0; p->column == column && y < p->lines + 2; y++)
			cover(c, l->y[p->rank] + y, 0,
			    (int)l->widths[column] - 1);
	}
	for (struct way *w = l->ways; w < &l->ways[l->nways]; w++) {
		if (w->from != LAYOUT_NONE &&
		    way_from_place(l, w)->column == column)
			cover_way_out(l, c, w);
		if (way_to_place(l, w)->column == column)
			cover_way_in(l, c, w);
	}
}

static bool
machine_grid_shares(const struct way *w, const struct lane *lane)
{
	return w->kind == WAY_LANE && w->channel == lane->way->channel &&
	       w->to == lane->way->to;
}

/* The lane of W, which is now one of its ways. */
static struct lane *
machine_grid_lane_of(struct lanes *s, struct way *w)
{
	w->next = NULL;
	for (struct lane *lane = s->list; lane < &s->list[s->n]; lane++)
		if (machine_grid_shares(w, lane)) {
			lane->last = lane->last->next = w;
			return lane;
		}
	s->list[s->n] = (struct lane){ w, w, w->y, w->y };
	return &s->list[s->n++];
}

static bool
runs_past(size_t y, const struct lane *lane)
{
	return lane->lo < y && y < lane->hi;
}

/* How often A, left of B, crosses it. */
static size_t
count_crossings(const struct lane *a, const struct lane *b)
{
	size_t n = 0;

	for (const struct way *w = a->way; w != NULL; w = w->next)
		n += !w->right && runs_past(w->y, b);
	for (const struct way *w = b->way; w != NULL; w = w->next)
		n += w->right && runs_past(w->y, a);
	n += !a->way->in_right && runs_past(a->way->in_y, b);
	n += b->way->in_right && runs_past(b->way->in_y, a);
	return n;
}

/* A had better stand left of B: it crosses it less there; of two equal ones the
 * short one is nearer to the states that they come from. */
static bool
is_left(const struct lane *a, const struct lane *b)
{
	size_t ab = count_crossings(a, b), ba = count_crossings(b, a);

	if (ab != ba)
		return ab < ba;
	return a->way->channel == 0 ? a->hi - a->lo > b->hi - b->lo
				    : a->hi - a->lo < b->hi - b->lo;
}

/* The lanes of channel K, from left to right. */
static void
find_lanes(struct layout *l, size_t k, struct lanes *s)
{
	s->n = 0;
	for (struct way *w = l->ways; w < &l->ways[l->nways]; w++) {
		struct lane *lane;

		if (w->kind != WAY_LANE || w->channel != k)
			continue;
		lane = machine_grid_lane_of(s, w);
		lane->lo = w->y < lane->lo ? w->y : lane->lo;
		lane->lo = w->in_y < lane->lo ? w->in_y : lane->lo;
		lane->hi = num_larger(lane->hi, num_larger(w->y, w->in_y));
	}
	for (size_t pass = 0; pass < s->n; pass++)
		for (size_t i = 1; i < s->n; i++)
			if (is_left(&s->list[i], &s->list[i - 1])) {
				struct lane swap = s->list[i];

				s->list[i] = s->list[i - 1];
				s->list[i - 1] = swap;
			}
	for (size_t i = 0; i < s->n; i++)
		for (size_t j = i + 1; j < s->n; j++)
			l->crossings +=
			    count_crossings(&s->list[i], &s->list[j]);
}

/* Puts LANE behind the taken part of each line, and a cell of line there. */
static void
push_lane(struct layout *l, const struct lane *lane, size_t *taken)
{
	size_t x = 0;

	if (lane->lo == lane->hi)
		return;
	for (size_t y = lane->lo; y <= lane->hi; y++)
		x = num_larger(x, taken[y]);
	x += l->dash;
	for (struct way *w = lane->way; w != NULL; w = w->next)
		w->x = x;
	for (size_t y = lane->lo; y <= lane->hi; y++)
		taken[y] = x + 1;
	l->w = num_larger(l->w, x + 1);
}

/* The lanes left of the first column, each as near to it as it can, and with
 * them the column. */
static void
place_first(struct layout *l, const struct content *c)
{
	size_t taken[LAYOUT_LINES];
	struct lanes s;

	find_lanes(l, 0, &s);
	for (size_t y = 0; y < l->h; y++)
		taken[y] = c->first[y] < 0 ? (size_t)-c->first[y] : 0;
	l->w = 0;
	for (size_t i = s.n; i-- > 0;)
		push_lane(l, &s.list[i], taken);
	/* Cells left of it, counted from it: 0 is the nearest. */
	l->x[0] = l->w;
	for (size_t y = 0; y < l->h; y++)
		if (c->first[y] < 0)
			l->x[0] = num_larger(l->x[0], (size_t)-c->first[y]);
	for (size_t i = 0; i < l->nways; i++)
		if (l->ways[i].kind == WAY_LANE && l->ways[i].channel == 0)
			l->ways[i].x = l->x[0] - 1 - l->ways[i].x;
}

static void
place_column(
    struct layout *l, size_t k, const struct content *c, const size_t *taken)
{
	int x = (int)(l->x[k - 1] + l->widths[k - 1]) + 3;

	for (size_t y = 0; y < l->h; y++)
		if (c->first[y] != INT_MAX && (int)taken[y] - c->first[y] >= x)
			x = (int)taken[y] - c->first[y] + 1;
	l->x[k] = (size_t)x;
}

/*
 * From left to right each column of states, and each lane, comes as near to its
 * left neighbour as the lines that it is in allow; the parts left of the first
 * column are pushed out from there.
 */
void
layout_columns(struct layout *l)
{
	size_t taken[LAYOUT_LINES] = { 0 };
	struct content c = { 0 };
	struct lanes s;

	for (size_t k = 0; k < l->ncolumns; k++) {
		cover_column(l, k, &c);
		if (k == 0)
			place_first(l, &c);
		else
			place_column(l, k, &c, taken);
		for (size_t y = 0; y < l->h; y++) {
			if (c.last[y] == INT_MIN)
				continue;
			taken[y] = num_larger(
			    taken[y], (size_t)((int)l->x[k] + c.last[y]) + 1);
			l->w = num_larger(l->w, taken[y]);
		}
		find_lanes(l, k + 1, &s);
		for (size_t i = 0; i < s.n; i++)
			push_lane(l, &s.list[i], taken);
	}
}

/* ---- lines ---- */

/* A user of a line: a way that leaves, or all ways that come in from one
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
	       way_from_place(l, w)->rank == way_to_place(l, w)->rank;
}

/* Ways up come first, the nearest before the others; then level ones; then ways
 * down, the nearest last. */
static int
machine_grid_order_of(const struct place *here, const struct place *there)
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
			int o = machine_grid_order_of(
			    way_to_place(l, w), way_from_place(l, &l->ways[i]));

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

/* W is the first of the ways that come in together, and none of them is
 * level. */
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
		const struct place *to = way_to_place(l, w), *from;
		size_t end = 2 * w->channel;

		if (w->kind != WAY_LANE)
			continue;
		from = way_from_place(l, w);
		if (is_level(l, w))
			end = 2 * to->column + (w->in_right ? 2 : 0);
		if (from->rank == rank)
			add_track(t, w, false, from->column, end,
			    machine_grid_order_of(from, to));
		if (to->rank == rank && needs_entry(l, w))
			add_track(t, w, true, to->column, 2 * w->channel,
			    order_in(l, w));
	}
}

static void
machine_grid_enter(struct layout *l, const struct way *w, size_t y)
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
machine_grid_beside(const struct track *k)
{
	return (k->in ? k->way->in_right : k->way->right) ? k->first : k->last;
}

static bool
machine_grid_is_last(const struct tracks *t, size_t i)
{
	size_t z = machine_grid_beside(&t->list[i]);

	while (++i < t->n)
		if (t->list[i].first <= z && z <= t->list[i].last)
			return false;
	return true;
}

/* W leaves in line Y; returns how far its text goes down.  Lines of it may
 * are next to the frame, above and below. */
static size_t
machine_grid_leave(struct layout *l, struct way *w, size_t y, bool last)
{
	size_t end;

	w->y = y;
	w->above = y == 0 && w->lines > 1;
	l->places[w->from].corner |= w->above && w->right;
	end = y + w->lines - w->above;
	grow(&l->places[w->from], end - (last && end > y + 1));
	if (is_level(l, w)) {
		machine_grid_enter(l, w, y);
		grow(&l->places[w->to], y + 1);
	}
	return end;
}

/* Gives each track of RANK the first line that is free all along it and below
 * the lines of earlier tracks there. */
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
			machine_grid_enter(l, k->way, y);
			grow(&l->places[k->way->to], y + 1);
		} else {
			next[machine_grid_beside(k)] = machine_grid_leave(
			    l, k->way, y, machine_grid_is_last(t, i));
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
	size_t right = layout_foot_cell(l, p);

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

/* Lines above place I: of the way straight down to it from the rank before,
 * beside or above its loop; of the way up from it, above its dot. */
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
			way_to_place(l, w)->rank < p->rank))
			left += w->lines;
		if (w->kind != WAY_DROP || w->to != i ||
		    way_from_place(l, w)->rank > p->rank)
			continue;
		end = layout_down_cell(l, p) + 1;
		if (way_from_place(l, w)->rank + 1 == p->rank) {
			down = w->lines;
			end += w->width;
		}
	}
	if (p->dot || p->up)
		end = num_larger(end, LAYOUT_UP + 2);
	if (loop == NULL)
		return num_larger(left, down);
	place_loop(l, p, loop, end);
	own = loop_lines(p, loop);
	if (down > 0 && end > l->widths[p->column])
		own += down;
	else if (down > 0 && end >= p->foot)
		own = num_larger(own, down + 1);
	return num_larger(left, num_larger(down, own));
}

/* Lines below place I of what leads down over more than a rank. */
static size_t
lines_below(const struct layout *l, size_t i)
{
	for (size_t k = 0; k < l->nways; k++)
		if (l->ways[k].kind == WAY_DROP && l->ways[k].from == i &&
		    way_to_place(l, &l->ways[k])->rank > l->places[i].rank)
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

/*
 * A way that leaves or enters a state at its side has a line of the state's
 * rank for itself as far as it runs; ways up stand above ways down, so that
 * lines do not cross more than they must.
 */
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
			w->y += l->y[way_from_place(l, w)->rank] + 1;
			w->in_y += l->y[way_to_place(l, w)->rank] + 1;
		}
	}
	return l->h <= LAYOUT_LINES;
}
