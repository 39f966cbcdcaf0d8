/*
 * A ladder over pages beside each other: where it is broken.  A page ends
 * behind a lifeline, which stands on the next one again: so what passes between
 * two neighbours is whole on one page, and of what goes further each page has
 * its way from lifeline to lifeline.  Brackets at the right are parted between
 * their lanes.
 */
#include "ladder/ladder_figure_in.h"

#include "base/array.h"
#include "base/err.h"

#include <math.h>

#define MARGIN 30.0
#define BEYOND 6.0 /* what is seen behind the name of a lifeline */
#define LANE   10.0

/* What is seen beyond a lifeline where the ladder is broken. */
static double
beyond(const struct picture *p)
{
	return p->half + BEYOND;
}

/* The window that shows each gap between two lifelines whole, and what stands
 * at the right of the last one. */
static double
least_window(const struct picture *p)
{
	double side = p->marks_at - p->more - p->right;
	double least = side + beyond(p) + 2 * MARGIN;

	for (size_t i = 1; i < p->l->ncolumns; i++) {
		double left = i > 1 ? p->x[i - 1] - beyond(p) - MARGIN : 0;

		least = fmax(least, p->x[i] + beyond(p) + MARGIN - left);
	}
	return least;
}

/* Where T, which begins, ends: at LIMIT at the latest. */
static void
end_tile(const struct picture *p, struct tile *t, double limit)
{
	t->to = t->right = limit;
	for (size_t i = 0; i < p->l->ncolumns; i++) {
		if (p->x[i] <= t->from || p->x[i] + beyond(p) > limit)
			continue;
		t->to = p->x[i];
		t->right = p->x[i] + beyond(p);
	}
	if (t->to < limit || p->lane <= 0)
		return;
	for (double x = p->marks_at - LANE; x <= limit; x += p->lane)
		if (x > t->from)
			t->to = t->right = x;
}

int
picture_break_beside(struct picture *p, double window)
{
	struct tile t = { -INFINITY, 0, -INFINITY, 0 };

	p->window = fmax(window, least_window(p));
	for (p->tiles = 0; t.to < INFINITY; p->tiles++) {
		double edge = p->tiles > 0 ? t.left - MARGIN : 0;

		if (ARRAY_RESIZE(&p->parts, p->tiles + 1) != 0)
			return ERR_NOMEM;
		if (edge + p->window >= p->width)
			t.to = t.right = INFINITY;
		else
			end_tile(p, &t, edge + p->window - MARGIN);
		p->parts[p->tiles] = t;
		t.from = t.to;
		t.left = t.to - (t.right - t.to);
	}
	if (p->tiles == 1)
		p->window = p->width;
	return 0;
}

void
picture_beside(struct picture *p, size_t tile)
{
	p->tile = tile;
	p->edge = tile > 0 ? p->parts[tile].left - MARGIN : 0;
}

/* The page's part of the ladder: all of it where none stands beside it. */
static const struct tile *
tile_of(const struct picture *p)
{
	static const struct tile whole = { .from = -INFINITY,
		.to = INFINITY,
		.left = -INFINITY,
		.right = INFINITY };

	return p->tiles > 1 ? &p->parts[p->tile] : &whole;
}

bool
picture_has(const struct picture *p, double x)
{
	const struct tile *t = tile_of(p);

	return x >= t->from && x < t->to;
}

bool
picture_has_some(const struct picture *p, double x, double end)
{
	const struct tile *t = tile_of(p);

	return fmax(x, end) > t->from + BEYOND && fmin(x, end) < t->to - BEYOND;
}

bool
picture_part(const struct picture *p, double *left, double *right)
{
	const struct tile *t = tile_of(p);

	*left = fmax(*left, t->left);
	*right = fmin(*right, t->right);
	return *left < *right;
}
