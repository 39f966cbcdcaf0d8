/*
 * The occupied areas of a page, so that no part covers another: texts and
 * boxes, which take their place alone; lines, which may cross each other but no
 * text; and bars on lifelines, which lines may meet.  Found by their height, in
 * bands of the page.
 */
#include "ladder/ladder_figure_in.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"

#include <math.h>

#define BAND 32.0 /* points */

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

/* Distant extents can't meet: most are. */
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

bool
picture_is_clear_way(
    const struct picture *p, struct figure_point a, struct figure_point b)
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
	       right = p->width - fmax(6, p->fit.cut + 2);

	/* The last of pages beside each other may be wider than its part. */
	if (p->tiles.n > 1)
		right = p->tiles.edge + p->tiles.window - 6;
	picture_part(p, &left, &right);
	return y - half >= p->top + 1 && y + half <= p->bottom - 1 &&
	       x - wide >= left && x + wide <= right;
}

void
picture_clear_lifeline(struct picture *p, const struct placed *text)
{
	bool struck =
	    p->fit.squeezed &&
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

void
picture_draw_tie(struct picture *p, const struct placed *box,
    struct figure_point tie, const char *colour)
{
	struct figure_pen pen = { 0.6, colour, NULL, FIGURE_PLAIN };
	struct figure_point line[] = { tie, picture_tie_end(box, tie) };

	figure_line(&p->figure, line, 2, &pen);
}

/* The way that was looked for, as far as the first of its lines' margins. */
void
picture_tie_text(struct picture *p, const struct placed *lines, int n,
    struct figure_point tie, const char *colour)
{
	struct figure_pen pen = { 0.6, colour, NULL, FIGURE_PLAIN };
	struct placed all = lines[0];
	struct figure_point line[] = { tie, tie };
	double part, least = 1, wide, beyond;

	for (int i = 1; i < n; i++) {
		all.left = fmin(all.left, lines[i].left);
		all.right = fmax(all.right, lines[i].right);
		all.bottom = lines[i].bottom;
	}
	line[1] = picture_tie_end(&all, tie);
	wide = fmax(all.right - all.left, all.bottom - all.top);
	beyond = wide / fmax(hypot(line[1].x - tie.x, line[1].y - tie.y), 1);
	line[1].x += (line[1].x - tie.x) * beyond;
	line[1].y += (line[1].y - tie.y) * beyond;
	for (int i = 0; i < n; i++) {
		struct placed margin = { lines[i].left - TEXT_ASIDE,
			lines[i].top - TEXT_ABOVE, lines[i].right + TEXT_ASIDE,
			lines[i].bottom + TEXT_ABOVE, 0 };

		if (touches_from(&margin, tie, line[1], &part))
			least = fmin(least, part);
	}
	/* It passes between them: as far as their box. */
	if (least == 1)
		least = 1 / (1 + beyond);
	line[1].x = tie.x + (line[1].x - tie.x) * least;
	line[1].y = tie.y + (line[1].y - tie.y) * least;
	figure_line(&p->figure, line, 2, &pen);
}
