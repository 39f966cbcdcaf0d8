/*
 * What stands where on a page, so that nothing comes to stand upon something
 * else: texts and boxes, which take their place alone; lines, which may cross
 * each other but no text; and bars on lifelines, which lines may meet.  Found
 * by their height, in bands of the page.
 */
#include "ladder/ladder_figure_in.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"

#include <math.h>
#include <stdlib.h>

#define BAND 32.0 /* points */
/* What a text has around it. */
#define ASIDE 2.0
#define ABOVE 1.0

enum room_kind { ROOM_TEXT, ROOM_LINE, ROOM_BAR, ROOM_KINDS };

/* Between what it stands, turned or not. */
struct extent {
	double left, top, right, bottom;
};

/* One of them; a line belongs to a row or a bracket, which it doesn't bother.
 */
struct room_thing {
	enum room_kind kind;
	struct extent extent;
	size_t owner;
	union {
		struct placed box;
		struct figure_point line[2];
	} at;
};

/* A band's things of one kind are a list; 0 ends it. */
struct room_link {
	uint32_t thing, next;
};

struct room {
	struct room_thing *things;
	struct room_link *links;
	uint32_t (*bands)[ROOM_KINDS];
	size_t nthings, cap_things, nlinks, cap_links, nbands;
};

void
picture_room_free(struct picture *p)
{
	if (p->room == NULL)
		return;
	mem_free(p->room->things);
	mem_free(p->room->links);
	mem_free(p->room->bands);
	mem_free(p->room);
	p->room = NULL;
}

int
picture_room_begin(struct picture *p)
{
	struct room *m;

	picture_room_free(p);
	m = p->room = mem_zalloc(1, sizeof(*m));
	if (m == NULL)
		return ERR_NOMEM;
	m->nbands = (size_t)((p->bottom - p->head) / BAND) + 4;
	m->bands = mem_zalloc(m->nbands, sizeof(*m->bands));
	return m->bands != NULL ? 0 : ERR_NOMEM;
}

static size_t
band_of(const struct picture *p, double y)
{
	double band = (y - p->head) / BAND + 1;

	if (!(band > 0))
		return 0;
	return band < (double)p->room->nbands ? (size_t)band
					      : p->room->nbands - 1;
}

static void
room_add(struct picture *p, const struct room_thing *thing)
{
	struct room *m = p->room;
	size_t last = band_of(p, thing->extent.bottom);

	if (m->nthings >= UINT32_MAX - 1 ||
	    ARRAY_ROOM(&m->things, &m->cap_things, m->nthings + 1) != 0)
		goto fail;
	m->things[m->nthings] = *thing;
	for (size_t i = band_of(p, thing->extent.top); i <= last; i++) {
		uint32_t *band = &m->bands[i][thing->kind];

		if (m->nlinks >= UINT32_MAX - 1 ||
		    ARRAY_ROOM(&m->links, &m->cap_links, m->nlinks + 1) != 0)
			goto fail;
		m->links[m->nlinks] =
		    (struct room_link){ (uint32_t)m->nthings, *band };
		*band = (uint32_t)++m->nlinks;
	}
	m->nthings++;
	return;
fail:
	p->figure.out->err = ERR_NOMEM;
}

/* Half of the height that BOX takes, turned as it is. */
static double
half_height(const struct placed *box)
{
	double half = (box->right - box->left) / 2;
	double high = (box->bottom - box->top) / 2;

	return fabs(box->sin) * half + sqrt(1 - box->sin * box->sin) * high;
}

static double
half_width(const struct placed *box)
{
	double half = (box->right - box->left) / 2;
	double high = (box->bottom - box->top) / 2;

	return sqrt(1 - box->sin * box->sin) * half + fabs(box->sin) * high;
}

static struct extent
room_extent_of(const struct placed *box)
{
	double x = (box->left + box->right) / 2, wide = half_width(box);
	double y = (box->top + box->bottom) / 2, high = half_height(box);

	return (struct extent){ x - wide, y - high, x + wide, y + high };
}

static struct extent
extent_of_line(struct figure_point a, struct figure_point b)
{
	return (struct extent){ fmin(a.x, b.x), fmin(a.y, b.y), fmax(a.x, b.x),
		fmax(a.y, b.y) };
}

/* What stands apart from each other can't meet: most things do. */
static bool
is_near_extent(const struct extent *a, const struct extent *b)
{
	return a->left <= b->right && b->left <= a->right &&
	       a->top <= b->bottom && b->top <= a->bottom;
}

static void
place_box(struct picture *p, enum room_kind kind, const struct placed *at)
{
	struct room_thing thing = { .kind = kind, .owner = NOBODY };

	thing.at.box = *at;
	thing.extent = room_extent_of(at);
	room_add(p, &thing);
}

void
picture_place(struct picture *p, const struct placed *at)
{
	place_box(p, ROOM_TEXT, at);
}

void
picture_place_bar(struct picture *p, const struct placed *at)
{
	place_box(p, ROOM_BAR, at);
}

void
picture_place_line(struct picture *p, size_t owner, struct figure_point a,
    struct figure_point b)
{
	struct room_thing thing = { .kind = ROOM_LINE, .owner = owner };

	thing.at.line[0] = a;
	thing.at.line[1] = b;
	thing.extent = extent_of_line(a, b);
	room_add(p, &thing);
}

/* X, Y as seen from the middle of BOX, turned with it. */
static struct figure_point
seen_from(const struct placed *box, double x, double y)
{
	double cos = sqrt(1 - box->sin * box->sin);

	x -= (box->left + box->right) / 2;
	y -= (box->top + box->bottom) / 2;
	return (struct figure_point){ x * cos + y * box->sin,
		y * cos - x * box->sin };
}

/* Whether the line from A to B touches the box (Liang and Barsky's test), and
 * from which part of it on, 0 to 1. */
static bool
touches_from(const struct placed *box, struct figure_point a,
    struct figure_point b, double *part)
{
	struct figure_point from_a = seen_from(box, a.x, a.y);
	struct figure_point to_b = seen_from(box, b.x, b.y);
	double half = (box->right - box->left) / 2;
	double high = (box->bottom - box->top) / 2;
	double dx = to_b.x - from_a.x, dy = to_b.y - from_a.y;
	double from = *part = 0, to = 1;
	const double p[] = { -dx, dx, -dy, dy };
	const double q[] = { from_a.x + half, half - from_a.x, from_a.y + high,
		high - from_a.y };

	for (int i = 0; i < 4; i++) {
		double t;

		if (p[i] == 0) {
			if (q[i] < 0)
				return false;
			continue;
		}
		t = q[i] / p[i];
		if (p[i] < 0 && t > from)
			from = t;
		else if (p[i] > 0 && t < to)
			to = t;
	}
	*part = from;
	return from <= to;
}

/* Whether all of the box lies at one side of the line through A and B: so it is
 * with most lines that are near. */
static bool
is_aside(const struct placed *box, struct figure_point a, struct figure_point b)
{
	double cos = box->sin == 0 ? 1 : sqrt(1 - box->sin * box->sin);
	double dx = b.x - a.x, dy = b.y - a.y;
	double half = (box->right - box->left) / 2;
	double high = (box->bottom - box->top) / 2;
	double off = ((box->left + box->right) / 2 - a.x) * dy -
		     ((box->top + box->bottom) / 2 - a.y) * dx;

	return fabs(off) > half * fabs(cos * dy - box->sin * dx) +
			       high * fabs(box->sin * dy + cos * dx);
}

static bool
touches(const struct placed *box, struct figure_point a, struct figure_point b)
{
	double part;

	return !is_aside(box, a, b) && touches_from(box, a, b, &part);
}

/* Whether B lies beside A, seen along A's sides. */
static bool
room_is_beside(const struct placed *a, const struct placed *b)
{
	double cos = sqrt(1 - b->sin * b->sin);
	double half = (b->right - b->left) / 2, high = (b->bottom - b->top) / 2;
	double x = (b->left + b->right) / 2, y = (b->top + b->bottom) / 2;
	double left = INFINITY, right = -INFINITY;
	double top = INFINITY, bottom = -INFINITY;

	for (int i = 0; i < 4; i++) {
		double dx = i & 1 ? half : -half, dy = i & 2 ? high : -high;
		struct figure_point at = seen_from(
		    a, x + dx * cos - dy * b->sin, y + dx * b->sin + dy * cos);

		left = fmin(left, at.x);
		right = fmax(right, at.x);
		top = fmin(top, at.y);
		bottom = fmax(bottom, at.y);
	}
	half = (a->right - a->left) / 2;
	high = (a->bottom - a->top) / 2;
	return left >= half || right <= -half || top >= high || bottom <= -high;
}

static bool
overlap(const struct placed *a, const struct placed *b)
{
	if (a->sin == 0 && b->sin == 0)
		return a->left < b->right && b->left < a->right &&
		       a->top < b->bottom && b->top < a->bottom;
	return !room_is_beside(a, b) && !room_is_beside(b, a);
}

/* Whether BOX meets something of that KIND that is not OWNER's. */
static bool
meets(const struct picture *p, const struct placed *box, enum room_kind kind,
    size_t owner)
{
	const struct room *m = p->room;
	struct extent extent = room_extent_of(box);
	size_t last;

	/* A list of messages has no places to look for. */
	if (m == NULL)
		return false;
	last = band_of(p, extent.bottom);

	for (size_t i = band_of(p, extent.top); i <= last; i++) {
		for (uint32_t at = m->bands[i][kind]; at != 0;
		     at = m->links[at - 1].next) {
			const struct room_thing *t =
			    &m->things[m->links[at - 1].thing];

			if (t->owner == owner ||
			    !is_near_extent(&extent, &t->extent))
				continue;
			if (kind == ROOM_LINE
				? touches(box, t->at.line[0], t->at.line[1])
				: overlap(box, &t->at.box))
				return true;
		}
	}
	return false;
}

bool
picture_free(const struct picture *p, const struct placed *at)
{
	return !meets(p, at, ROOM_TEXT, ANYBODY);
}

bool
picture_crossed(const struct picture *p, size_t owner, const struct placed *at)
{
	return meets(p, at, ROOM_LINE, owner);
}

bool
picture_on_bar(const struct picture *p, const struct placed *at)
{
	return meets(p, at, ROOM_BAR, ANYBODY);
}

/* Whether no text stands on the way from A to B. */
static bool
clear_way(const struct picture *p, struct figure_point a, struct figure_point b)
{
	const struct room *m = p->room;
	struct extent extent = extent_of_line(a, b);
	size_t last = band_of(p, extent.bottom);

	for (size_t i = band_of(p, extent.top); i <= last; i++) {
		for (uint32_t at = m->bands[i][ROOM_TEXT]; at != 0;
		     at = m->links[at - 1].next) {
			const struct room_thing *t =
			    &m->things[m->links[at - 1].thing];

			if (is_near_extent(&extent, &t->extent) &&
			    touches(&t->at.box, a, b))
				return false;
		}
	}
	return true;
}

/* Whether it comes as NEAR to a lifeline. */
static bool
touches_lifeline(const struct picture *p, const struct placed *box, double near)
{
	for (size_t i = 0; i < p->l->ncolumns; i++)
		if (box->left < p->x[i] + near && box->right > p->x[i] - near)
			return true;
	return false;
}

bool
picture_on_lifeline(const struct picture *p, const struct placed *box)
{
	return touches_lifeline(p, box, 6);
}

bool
picture_inside(const struct picture *p, const struct placed *box)
{
	double y = (box->top + box->bottom) / 2, half = half_height(box);
	double x = (box->left + box->right) / 2, wide = half_width(box);
	double left = p->left - p->axis + 3.5,
	       right = p->width - fmax(6, p->cut + 2);

	/* The last of pages beside each other may be wider than its part. */
	if (p->tiles > 1)
		right = p->edge + p->window - 6;
	picture_part(p, &left, &right);
	return y - half >= p->top + 1 && y + half <= p->bottom - 1 &&
	       x - wide >= left && x + wide <= right;
}

void
picture_clear_lifeline(struct picture *p, const struct placed *text)
{
	bool struck =
	    p->squeezed &&
	    (touches_lifeline(p, text, 0) ||
		(!p->l->true_time && picture_crossed(p, ANYBODY, text)));

	if (text->sin == 0 && (struck || picture_on_bar(p, text)))
		figure_box(&p->figure, text->left, text->top, text->right,
		    text->bottom, "white", NULL, false);
}

/* Paints over what lies below where the text stands. */
static void
room_cover_text(
    struct picture *p, const struct placed *text, const char *colour)
{
	struct figure_pen pen = { text->bottom - text->top, colour, NULL,
		FIGURE_PLAIN };
	double half = (text->right - text->left) / 2;
	double x = (text->left + text->right) / 2;
	double y = (text->top + text->bottom) / 2;
	double cos = sqrt(1 - text->sin * text->sin);
	struct figure_point along[] = { { x - half * cos,
					    y - half * text->sin },
		{ x + half * cos, y + half * text->sin } };

	if (text->sin == 0)
		figure_box(&p->figure, text->left, text->top, text->right,
		    text->bottom, colour, NULL, false);
	else
		figure_line(&p->figure, along, 2, &pen);
}

void
picture_clear_texts(struct picture *p, struct figure_point a,
    struct figure_point b, const char *colour)
{
	const struct room *m = p->room;
	struct extent extent = extent_of_line(a, b);
	size_t first = band_of(p, extent.top);

	for (size_t i = first; i <= band_of(p, extent.bottom); i++)
		for (uint32_t at = m->bands[i][ROOM_TEXT]; at != 0;
		     at = m->links[at - 1].next) {
			const struct room_thing *t =
			    &m->things[m->links[at - 1].thing];

			/* Of its bands the first one counts. */
			if ((i == first || i == band_of(p, t->extent.top)) &&
			    is_near_extent(&extent, &t->extent) &&
			    touches(&t->at.box, a, b))
				room_cover_text(p, &t->at.box, colour);
		}
}

static double
clamped(double at, double low, double high)
{
	return at < low ? low : at > high ? high : at;
}

struct figure_point
picture_tie_end(const struct placed *box, struct figure_point tie)
{
	return (struct figure_point){ clamped(tie.x, box->left, box->right),
		clamped(tie.y, box->top, box->bottom) };
}

double
picture_lowest(const struct picture *p)
{
	double lowest = p->top;

	for (size_t i = 0; i < p->room->nthings; i++)
		lowest = fmax(lowest, p->room->things[i].extent.bottom);
	return lowest;
}

bool
picture_is_far(const struct placed *box, struct figure_point tie)
{
	struct figure_point end = picture_tie_end(box, tie);

	return fabs(end.y - tie.y) > 4 || fabs(end.x - tie.x) > 12;
}

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
	struct placed wide = { box->left - ASIDE, box->top - ABOVE,
		box->right + ASIDE, box->bottom + ABOVE, 0 };
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
	return (!picture_is_far(box, w->tie) || clear_way(p, w->tie, end)) &&
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

	if (p->tiles > 1)
		right = p->edge + p->window;
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
		if (w->most > 0 && s > (p->squeezed ? OVER_LIFELINES : 0))
			return false;
		p->tight |= s > ALL_CLEAR && w->most <= 0;
		if (s == OVER_BARS && !w->clear && p->l->nrows <= TIPS_MOST &&
		    seek_anywhere(p, w, box)) {
			room_take_place(p, w, box);
			return true;
		}
		for (int i = 0; i < steps; i++) {
			if (!room_seek_at(p, w, spots, n, STEP * i, box,
				(enum strictness)s))
				continue;
			p->struck += s > OVER_LIFELINES ||
				     is_box_struck(p, w->owner, box);
			room_take_place(p, w, box);
			return true;
		}
	}
	p->struck |= w->clear;
	return false;
}

void
picture_draw_tie(struct picture *p, const struct placed *box,
    struct figure_point tie, const char *colour)
{
	struct figure_pen pen = { 0.6, colour, NULL, FIGURE_PLAIN };
	struct figure_point line[] = { tie, picture_tie_end(box, tie) };

	figure_line(&p->figure, line, 2, &pen);
}

/* Where its place was taken, as far as the text's margin. */
void
picture_tie_text(struct picture *p, const struct placed *text,
    struct figure_point tie, const char *colour)
{
	struct figure_pen pen = { 0.6, colour, NULL, FIGURE_PLAIN };
	struct placed wide = { text->left - ASIDE, text->top - ABOVE,
		text->right + ASIDE, text->bottom + ABOVE, 0 };
	struct figure_point end = picture_tie_end(text, tie);
	struct figure_point line[] = { tie, end };
	double part;

	if (touches_from(&wide, tie, end, &part)) {
		line[1].x = tie.x + (end.x - tie.x) * part;
		line[1].y = tie.y + (end.y - tie.y) * part;
	}
	figure_line(&p->figure, line, 2, &pen);
}
