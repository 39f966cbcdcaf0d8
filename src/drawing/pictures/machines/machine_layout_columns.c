/*
 * In which column of the grid everything stands.  From left to right each
 * column of states, and each lane, comes as near to what is left of it as the
 * lines that it stands in allow; what is left of the first column is pushed out
 * from there.
 */
#include "pictures/machines/machine_layout_in.h"

#include <limits.h>

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
cover_text(const struct layout *l, struct content *c, struct way *w, int x,
    size_t y, bool ends)
{
	size_t at = layout_first(l, w), n;

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
	const struct place *a = way_from(l, w), *b = way_to(l, w);
	size_t x, top;

	if (a->rank > b->rank) {
		x = LAYOUT_UP;
		top = l->y[a->rank] - (a->dot ? 1 : 0);
		cover_text(l, c, w, (int)x - 1, top - w->lines, true);
		cover_line(c, l->y[a->rank], l->y[b->rank] + b->lines + 1, x);
	} else {
		x = layout_down(l, b);
		top = l->y[a->rank + 1] - l->gaps[a->rank + 1];
		cover_text(l, c, w, (int)x + 1, top, false);
		cover_line(c, l->y[a->rank] + a->lines + 1, l->y[b->rank], x);
	}
}

static void
cover_way_out(const struct layout *l, struct content *c, struct way *w)
{
	const struct place *p = way_from(l, w);
	int width = (int)l->widths[p->column];

	if (w->kind == WAY_DROP)
		cover_drop(l, c, w);
	else if (w->kind == WAY_LANE)
		cover_text(l, c, w,
		    w->right ? width + (int)l->dash : -1 - (int)l->dash,
		    w->y - w->above, !w->right);
}

/* The text of W, a loop: inside, above, or behind it. */
static void
cover_loop(const struct layout *l, struct content *c, struct way *w)
{
	const struct place *p = way_to(l, w);
	size_t y = l->y[p->rank] - w->lines, x = layout_foot(l, p) + 2;

	if (p->inside)
		x = p->foot + 1;
	else if (p->over) {
		x = 0;
		y--;
	} else if (w->lines > 1 && !p->corner) {
		x++;
		y++;
	}
	cover_text(l, c, w, (int)x, y, false);
}

static void
cover_way_in(const struct layout *l, struct content *c, struct way *w)
{
	const struct place *p = way_to(l, w);
	size_t y = l->y[p->rank], x;

	if (w->kind == WAY_DOT) {
		x = layout_dot(p);
		cover(c, y - 1, (int)x, (int)x);
		cover_text(l, c, w, (int)x - 2, y - w->lines, true);
	} else if (w->kind == WAY_LOOP) {
		x = layout_foot(l, p);
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
		if (w->from != LAYOUT_NONE && way_from(l, w)->column == column)
			cover_way_out(l, c, w);
		if (way_to(l, w)->column == column)
			cover_way_in(l, c, w);
	}
}

static bool
shares(const struct way *w, const struct lane *lane)
{
	return w->kind == WAY_LANE && w->channel == lane->way->channel &&
	       w->to == lane->way->to;
}

/* The lane of W, which is now one of its ways. */
static struct lane *
lane_of(struct lanes *s, struct way *w)
{
	w->next = NULL;
	for (struct lane *lane = s->list; lane < &s->list[s->n]; lane++)
		if (shares(w, lane)) {
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
		lane = lane_of(s, w);
		lane->lo = w->y < lane->lo ? w->y : lane->lo;
		lane->lo = w->in_y < lane->lo ? w->in_y : lane->lo;
		lane->hi = layout_most(lane->hi, layout_most(w->y, w->in_y));
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

/* Puts LANE behind what is taken of each line, and a cell of line there. */
static void
push_lane(struct layout *l, const struct lane *lane, size_t *taken)
{
	size_t x = 0;

	if (lane->lo == lane->hi)
		return;
	for (size_t y = lane->lo; y <= lane->hi; y++)
		x = layout_most(x, taken[y]);
	x += l->dash;
	for (struct way *w = lane->way; w != NULL; w = w->next)
		w->x = x;
	for (size_t y = lane->lo; y <= lane->hi; y++)
		taken[y] = x + 1;
	l->w = layout_most(l->w, x + 1);
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
			l->x[0] = layout_most(l->x[0], (size_t)-c->first[y]);
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
			taken[y] = layout_most(
			    taken[y], (size_t)((int)l->x[k] + c.last[y]) + 1);
			l->w = layout_most(l->w, taken[y]);
		}
		find_lanes(l, k + 1, &s);
		for (size_t i = 0; i < s.n; i++)
			push_lane(l, &s.list[i], taken);
	}
}
