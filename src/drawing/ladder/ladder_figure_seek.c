/*
 * The search for a place of a text or a box beside its tie: the nearest that
 * keeps clear of what stands on the page (ladder_figure_room.c).
 */
#include "ladder/ladder_figure_in.h"

#include <math.h>
#include <stdlib.h>

/* How good a place is: what it must keep clear of. */
enum strictness {
	ALL_CLEAR,
	OVER_LIFELINES,
	OVER_BARS,
	OVER_LINES,
	STRICTNESSES
};

/* Whether a line from the wish's tie to END crosses another. */
static bool
is_way_crossed(
    const struct picture *p, const struct wish *w, struct figure_point end)
{
	double dx = end.x - w->tie.x, dy = end.y - w->tie.y;
	double length = fmax(hypot(dx, dy), fabs(dy));
	double x = w->tie.x + dx / 2, y = w->tie.y + dy / 2;
	struct placed thin = { x - length / 2, y - 0.5, x + length / 2, y + 0.5,
		length > 0 ? (dx < 0 ? -dy : dy) / length : 0 };

	return picture_crossed(p, w->owner, &thin);
}

static bool
is_good(const struct picture *p, const struct wish *w, const struct placed *box,
    enum strictness strict)
{
	struct placed wide = { box->left - TEXT_ASIDE, box->top - TEXT_ABOVE,
		box->right + TEXT_ASIDE, box->bottom + TEXT_ABOVE, 0 };
	struct figure_point end = picture_tie_end(box, w->tie);

	/* Cheap checks come first. */
	if (!picture_inside(p, &wide))
		return false;
	if (strict < OVER_LIFELINES && picture_on_lifeline(p, &wide))
		return false;
	if (!picture_free(p, &wide) ||
	    (strict < OVER_LINES && picture_crossed(p, ANYBODY, &wide)))
		return false;
	if (strict < OVER_BARS && picture_on_bar(p, &wide))
		return false;
	return (!picture_is_far(box, w->tie) ||
		   picture_is_clear_way(p, w->tie, end)) &&
	       !(w->alone && is_way_crossed(p, w, end));
}

/* How far off to the side it may stand. */
static const double away[] = { 0, 8, 16, 24, 36, 48, 64, 80, 100, 130, 160, 200,
	240, 280 };
/* And beside so many lifelines. */
#define LIFELINES 12

/* Where it may begin, and how far off that is. */
struct spot {
	double x, aside;
};

static int
compare_spots(const void *a, const void *b)
{
	const struct spot *x = a, *y = b;

	if (x->aside != y->aside)
		return x->aside < y->aside ? -1 : 1;
	return (x->x > y->x) - (x->x < y->x);
}

static void
add_spot(const struct wish *w, double x, struct spot *spots, size_t *n)
{
	bool left = x + w->width / 2 < w->tie.x;
	double aside = left ? w->tie.x - x - w->width : x - w->tie.x;

	if (aside < w->near)
		return;
	/* Where both are as good, the side that is wanted. */
	spots[(*n)++] =
	    (struct spot){ x, aside - w->near + (left != w->left ? 1 : 0) };
}

/* And at the right of all lifelines. */
#define MARGINS 4
#define SPOTS   (1 + 2 * COUNT_OF(away) + 2 * LIFELINES + MARGINS)

static size_t
list_spots(
    const struct picture *p, const struct wish *w, struct spot spots[SPOTS])
{
	size_t n = 0, column = 0, first, last;

	if (w->centred)
		spots[n++] = (struct spot){ w->tie.x - w->width / 2, 0 };
	for (size_t i = 0; i < COUNT_OF(away); i++) {
		add_spot(w, w->tie.x + w->near + away[i], spots, &n);
		add_spot(w, w->tie.x - w->near - away[i] - w->width, spots, &n);
	}
	while (column + 1 < p->l->ncolumns && p->x[column] < w->tie.x)
		column++;
	first = column > LIFELINES / 2 ? column - LIFELINES / 2 : 0;
	last = first + LIFELINES;
	for (size_t i = first; i < last && i < p->l->ncolumns; i++) {
		add_spot(w, p->x[i] + 9, spots, &n);
		add_spot(w, p->x[i] - 9 - w->width, spots, &n);
	}
	for (int i = 0; i < MARGINS; i++)
		add_spot(w, p->right + 20 + i * (w->width + 20), spots, &n);
	qsort(spots, n, sizeof(*spots), compare_spots);
	return n;
}

/* Whether a line or a bar goes through the letters themselves. */
static bool
is_box_struck(const struct picture *p, size_t owner, const struct placed *box)
{
	return picture_crossed(p, owner, box) || picture_on_bar(p, box);
}

/* At all places that are FAR from the best one; a point to the side counts half
 * of one up or down, since a line from there can be seen to lead here. */
static bool
room_seek_at(const struct picture *p, const struct wish *w,
    const struct spot *spots, size_t n, double far, struct placed *box,
    enum strictness strict)
{
	for (size_t i = 0; i < 2 * n; i++) {
		const struct spot *at = &spots[i / 2];
		double by = far - at->aside / 2;
		double y = w->tie.y + w->below + (i % 2 == 0 ? -by : by);

		if (by < 0)
			break;
		*box = (struct placed){ at->x, y - w->height / 2,
			at->x + w->width, y + w->height / 2, 0 };
		if (is_good(p, w, box, strict) &&
		    !(w->clear && is_box_struck(p, w->owner, box)))
			return true;
	}
	return false;
}

/* Points further and further off; in a ladder of very many rows, fewer. */
#define STEP       4.0
#define STEPS      120
#define STEPS_MANY 8

/* Of the whole page, where there is nothing nearer. */
#define GRID_X 10.0
#define GRID_Y 4.0

/* The nearest place of all on the page that no line and no bar goes through. */
static bool
seek_anywhere(const struct picture *p, const struct wish *w, struct placed *box)
{
	double left = p->left - p->axis + 4, right = p->width, best = INFINITY;

	if (p->tiles.n > 1)
		right = p->tiles.edge + p->tiles.window;
	picture_part(p, &left, &right);
	for (double y = p->top; y + w->height < p->bottom; y += GRID_Y) {
		for (double x = left; x + w->width < right; x += GRID_X) {
			struct placed at = { x, y, x + w->width, y + w->height,
				0 };
			struct figure_point end = picture_tie_end(&at, w->tie);
			double far =
			    fabs(end.y - w->tie.y) + fabs(end.x - w->tie.x) / 2;

			if (far >= best || !is_good(p, w, &at, OVER_LIFELINES))
				continue;
			best = far;
			*box = at;
		}
	}
	return best < INFINITY;
}

/* BOX is W's from now on. */
static void
room_take_place(
    struct picture *p, const struct wish *w, const struct placed *box)
{
	picture_place(p, box);
	if (picture_is_far(box, w->tie))
		picture_place_line(
		    p, w->owner, w->tie, picture_tie_end(box, w->tie));
}

bool
picture_seek(struct picture *p, const struct wish *w, struct placed *box)
{
	int most = w->most > 0 ? (int)(w->most / STEP) : STEPS;
	int steps = p->l->nrows > TIPS_MOST ? STEPS_MANY : most;
	struct spot spots[SPOTS];
	size_t n = list_spots(p, w, spots);

	for (int s = 0; s < STRICTNESSES; s++) {
		/* Only where room is short there is white below it. */
		if (w->most > 0 && s > (p->fit.squeezed ? OVER_LIFELINES : 0))
			return false;
		p->fit.tight += s > ALL_CLEAR && w->most <= 0;
		if (s == OVER_BARS && !w->clear && p->l->nrows <= TIPS_MOST &&
		    seek_anywhere(p, w, box)) {
			room_take_place(p, w, box);
			return true;
		}
		for (int i = 0; i < steps; i++) {
			if (!room_seek_at(p, w, spots, n, STEP * i, box,
				(enum strictness)s))
				continue;
			p->fit.struck += s > OVER_LIFELINES ||
					 is_box_struck(p, w->owner, box);
			room_take_place(p, w, box);
			return true;
		}
	}
	p->fit.struck |= w->clear;
	return false;
}
