/*
 * An arrow's label.  A label stands above its line and is turned with it where
 * the device can; it is in the gap beside its sender, where no other text
 * and no other line is; else in the next gap, below the line, or in a gap of
 * the line itself.
 */
#include "ladder/ladder_figure_in.h"

#include <math.h>

#define NUMBER 7.5 /* its type */
/* From one line of a label to the next, in its heights. */
#define PITCH 1.12
/* Labels of steeper lines stay level. */
#define STEEP 0.85

/* Where a label stands relative to its line: how far off, in its own heights,
 * negative above; in a gap of the line; apart from it and joined to it. */
static const double sides[] = { -0.75, 0.75, 0 };
#define WITHIN 2
/* What a gap leaves of the line at its start, and at its end with the head. */
#define WITHIN_MOST  0.6
#define WITHIN_CLEAR 4.0
#define START_LEAST  8.0
#define END_LEAST    14.0
/* A line's head or cross: its length and half of its height, with a little
 * more. */
#define HEAD_LONG 10.0
#define HEAD_HIGH 5.3
/* A thick line takes so much of the room around a label within its own. */
#define PEN_HALF 0.75
/* How much further off than its own another's line is. */
#define OWN_NEARER 3.0
/* Where room is short, a shorter label comes before one so far off. */
#define FAR 44.0

/* A line and the label that it carries. */
struct labelled {
	struct figure_point from, to;
	double gap;   /* how much of it lies beside the sender's lifeline */
	double drawn; /* how much of it there is, across */
	double width; /* of the label, the widest of its lines */
	double lines[LABEL_LINES];
	int n;           /* of them */
	double size;     /* of its type */
	double more;     /* half of what further lines add to its height */
	double sin, cos; /* of its turn */
	size_t side;     /* of `sides`, or COUNT_OF(sides) */
	int form;        /* of its words */
	bool crossed; /* other lines may go through: there is no better place */
	struct figure_point at;  /* the middle of the label */
	struct figure_point tie; /* where it is joined to its line */
	struct labelled *spare;  /* its first place near another line */
};

static struct placed
box_at(const struct labelled *n)
{
	double half = n->width / 2 + 2;

	double high = n->size * 0.55 + n->more;

	return (struct placed){ n->at.x - half, n->at.y - high, n->at.x + half,
		n->at.y + high, n->sin };
}

/* The place of line I of a level label. */
static struct placed
box_of_line(const struct labelled *n, int i)
{
	double half = n->lines[i] / 2, high = n->size * 0.55;
	double y = n->at.y + n->size * PITCH * i - n->more;

	return (struct placed){ n->at.x - half, y - high, n->at.x + half,
		y + high, 0 };
}

/* How the label is turned: as its line, seen from left to right. */
static void
label_turn(const struct picture *p, struct labelled *n)
{
	double dx = fabs(n->to.x - n->from.x);
	double dy =
	    n->to.x > n->from.x ? n->to.y - n->from.y : n->from.y - n->to.y;
	double length = sqrt(dx * dx + dy * dy);

	n->sin = 0;
	n->cos = 1;
	if (!p->figure.device->turns || dx < 1 || fabs(dy) < 0.5 ||
	    fabs(dy) > dx * STEEP)
		return;
	n->sin = dy / length;
	n->cos = dx / length;
}

/* Whether a label there would reach over the head of its line. */
static bool
is_over_head(const struct labelled *n, double way)
{
	double half = n->width * n->cos / 2;

	return way + half > n->drawn - HEAD_LONG * n->cos &&
	       way - half < n->drawn;
}

/* The middle of a label WAY points along the line in x. */
static struct figure_point
label_at(const struct labelled *n, double way, size_t side)
{
	double dx = n->to.x - n->from.x, slope, off;
	double x = floor(n->from.x + (dx > 0 ? way : -way));
	double y;

	slope = fabs(dx) > 1 ? (n->to.y - n->from.y) / fabs(dx) : 0;
	y = n->from.y + slope * way;
	off = n->size * sides[side];
	/* The tails of its letters keep clear of the head as well. */
	if (side != WITHIN && is_over_head(n, way))
		off =
		    copysign(fmax(fabs(off), HEAD_HIGH + n->size * 0.55), off);
	if (side != WITHIN)
		off += off < 0 ? -n->more : n->more;
	/* The corner that is nearest to the line keeps clear of it. */
	if (n->sin == 0 && side != WITHIN)
		off += (off < 0 ? -1 : 1) * slope * (n->width / 2 + 0.5);
	return (struct figure_point){ x - off * n->sin, y + off * n->cos };
}

/* Of lifelines; where room is short. */
#define CLEAR      4.0
#define CLEAR_LESS 2.0
#define BAR        5.0 /* half of one, where states are shown */

/* Whether the label stands between two lifelines, WAY along its line. */
static bool
in_gap(const struct picture *p, const struct labelled *n, double way,
    double from, double to)
{
	double clear = p->fit.squeezed ? CLEAR_LESS : CLEAR;
	double half = n->width * n->cos / 2 + clear;
	double bar = p->l->nbars > 0 ? BAR : 0;

	return n->width * n->cos >= to - from - 2 * clear ||
	       (way - half > from + (from > 0 ? bar : 0) &&
		   way + half < to - bar);
}

/* Half of the gap that the label leaves in its line, in x: a steep line reaches
 * as far as a level label's top and bottom. */
static double
half_gap(const struct labelled *n)
{
	double half = n->width * n->cos / 2 + WITHIN_CLEAR;
	double slope = fabs((n->to.y - n->from.y) / (n->to.x - n->from.x));

	if (n->sin != 0)
		return half;
	return fmin(half, (n->size * 0.55 + WITHIN_CLEAR) / slope);
}

/* Whether the line is on this page WAY along it. */
static bool
is_way_on_page(const struct picture *p, const struct labelled *n, double way)
{
	double slope = (n->to.y - n->from.y) / fabs(n->to.x - n->from.x);
	double y = n->from.y + slope * way;

	return y >= p->top && y <= p->bottom;
}

/* Whether a gap WAY along the line leaves enough of it to be seen as one. */
static bool
leaves_line(const struct picture *p, const struct labelled *n, double way)
{
	double half = half_gap(n);
	double start = way - half - START_LEAST, end = way + half + END_LEAST;

	return n->more == 0 && 2 * half <= n->drawn * WITHIN_MOST + 8 &&
	       start >= 0 && end <= n->drawn && is_way_on_page(p, n, start) &&
	       is_way_on_page(p, n, end);
}

/* How far off, in its own heights, a label stands that nothing joins to its
 * line. */
#define NEAR_MOST 1.2

/* How far the label is from what there is of its line; 0: as far as one turned
 * with it.  One that is level keeps clear of a steep line by its nearest
 * corner, and beside a short one may be below all of it. */
static double
label_distance(const struct labelled *n)
{
	double dx = n->to.x - n->from.x, slope, least = INFINITY;

	if (n->sin != 0 || fabs(dx) < 1)
		return 0;
	slope = (n->to.y - n->from.y) / fabs(dx);
	for (int i = 0; i < 17 * n->n; i++) {
		struct placed box = box_of_line(n, i / 17);
		double way = n->drawn * (i % 17) / 16;
		struct figure_point at = { n->from.x + (dx > 0 ? way : -way),
			n->from.y + slope * way };
		struct figure_point end = picture_tie_end(&box, at);

		least = fmin(least, hypot(end.x - at.x, end.y - at.y));
	}
	return least;
}

/* Whether another line is not as much as NEARER further off than its own on the
 * label's side of that, half as much after it, and beside both ends. */
static bool
is_doubtful(const struct picture *p, size_t row, const struct labelled *n,
    double nearer)
{
	double own = label_distance(n), off;
	struct labelled wide = *n;
	struct placed box;

	nearer = fmax(nearer, own > n->size * 0.25 ? own : 0);
	off = copysign(nearer / 4, sides[n->side]);
	wide.at.x -= off * n->sin;
	wide.at.y += off * n->cos;
	wide.more += n->size * 0.2 + nearer * 0.75;
	wide.width += 2 * nearer;
	box = box_at(&wide);
	return n->side != WITHIN && picture_crossed(p, row, &box);
}

/* A level text on a lifeline has white below it; a turned one would be struck
 * through. */
static bool
is_turned_on_lifeline(const struct picture *p, const struct labelled *n)
{
	double half =
	    n->width * n->cos / 2 + (n->size / 2 + n->more) * fabs(n->sin) + 1;

	for (size_t i = 0; n->sin != 0 && i < p->l->ncolumns; i++)
		if (fabs(p->x[i] - n->at.x) < half)
			return true;
	return false;
}

static bool
try_label(
    struct picture *p, size_t row, struct labelled *n, double way, size_t side)
{
	struct placed box;

	if (side == WITHIN && !leaves_line(p, n, way))
		return false;
	n->side = side;
	n->at = label_at(n, way, side);
	if (label_distance(n) > n->size * NEAR_MOST)
		return false;
	box = box_at(n);
	if (!n->crossed && is_turned_on_lifeline(p, n))
		return false;
	if (!n->crossed && p->l->nbars > 0 && picture_on_bar(p, &box))
		return false;
	if (!picture_inside(p, &box) || !picture_free(p, &box))
		return false;
	if (n->crossed)
		return true;
	if (is_doubtful(p, row, n, OWN_NEARER)) {
		if (n->spare->width == 0 && !is_doubtful(p, row, n, 0))
			*n->spare = *n;
		return false;
	}
	box.top -= PEN_HALF;
	box.bottom += PEN_HALF;
	return side != WITHIN || !picture_crossed(p, row, &box);
}

static const double parts[] = { 0.5, 0.53, 0.47, 0.56, 0.44, 0.59, 0.41, 0.62,
	0.38, 0.65, 0.35, 0.68, 0.32, 0.71, 0.29, 0.75, 0.25 };

/* WAY, or where the label ends before the line's head, if that has room. */
static double
before_head(const struct picture *p, const struct labelled *n, double way,
    double from, double to)
{
	double half = n->width * n->cos / 2;
	double before = n->drawn - HEAD_LONG * n->cos - half;

	if (!is_over_head(n, way) || before - half < from ||
	    !in_gap(p, n, before, from, to))
		return way;
	return before;
}

/* In one of the gaps that the line crosses, from FROM to TO along it. */
static bool
find_in_gap(struct picture *p, size_t row, struct labelled *n, double from,
    double to, size_t side)
{
	for (size_t i = 0; i < COUNT_OF(parts); i++) {
		double way = from + (to - from) * parts[i];
		double least = n->width * n->cos / 2 + 6;

		/* A label that is too wide begins where its line does. */
		if (from == 0 && n->width >= to - 8 && way < least)
			way = least;
		way = before_head(p, n, way, from, to);
		if (in_gap(p, n, way, from, to) &&
		    try_label(p, row, n, way, side))
			return true;
	}
	return false;
}

static bool
find_side(struct picture *p, size_t row, struct labelled *n, size_t side)
{
	const struct layout_row *r = &p->l->rows[row];
	double from = 0, whole = n->drawn;
	bool right = r->from < r->to;
	size_t column = r->from;

	if (find_in_gap(p, row, n, 0, n->gap, side))
		return true;
	/* Lines that begin together part later. */
	while ((p->l->true_time || p->tiles.n > 1) && column != r->to) {
		double to;

		column = right ? column + 1 : column - 1;
		to = fabs(p->x[column] - n->from.x);
		/* A bar may stand on the last lifeline. */
		if (to > whole + 6)
			break;
		if (from > 0 && find_in_gap(p, row, n, from, to, side))
			return true;
		from = to;
	}
	return false;
}

/* How far along the line a label apart is joined to it: at that part of its
 * length beside the sender. */
static double
tie_way(const struct picture *p, const struct labelled *n, double part)
{
	double way = fmin(n->gap, n->drawn) * part;
	double end = n->to.x > n->from.x ? n->drawn : -n->drawn;
	double left = fmin(n->from.x, n->from.x + end), right = left + n->drawn;

	if (p->tiles.n <= 1 || !picture_part(p, &left, &right) ||
	    picture_tile_has(p, n->from.x + (end > 0 ? way : -way)))
		return way;
	return fabs((left + right) / 2 - n->from.x);
}

/* Beside its line, joined to it, MOST points off; 0: anywhere.  ALONE: by a
 * line that crosses no other. */
static bool
find_apart(
    struct picture *p, size_t row, struct labelled *n, double most, bool alone)
{
	static const double ties[] = { 0.5, 0.25, 0.75 };
	struct wish w = { .owner = row,
		.width = n->width,
		.height = p->types.label + 2 * n->more,
		.near = 8,
		.most = most,
		.centred = true,
		.alone = alone };
	struct placed box;
	bool found = false;

	for (size_t i = 0; !found && i < (alone ? 3 : 1); i++) {
		w.tie = label_at(n, tie_way(p, n, ties[i]), WITHIN);
		found = picture_seek(p, &w, &box);
	}
	if (!found)
		return false;
	n->side = COUNT_OF(sides);
	n->tie = w.tie;
	n->sin = 0;
	n->cos = 1;
	n->at = (struct figure_point){ (box.left + box.right) / 2,
		(box.top + box.bottom) / 2 };
	return true;
}

/* Whether another line goes through its letters, which are lower than it. */
static bool
is_label_struck(const struct picture *p, size_t row, const struct labelled *n)
{
	double half = n->width / 2, high = n->size * 0.42 + n->more;
	const struct placed letters = { n->at.x - half, n->at.y - high,
		n->at.x + half, n->at.y + high, n->sin };

	return n->crossed && picture_crossed(p, row, &letters);
}

/* The places of one form, where no other line goes through. */
static bool
find_clear(struct picture *p, size_t row, struct labelled *n)
{
	n->crossed = false;
	for (size_t i = 0; i < COUNT_OF(sides); i++)
		if (find_side(p, row, n, i))
			return true;
	return false;
}

static bool
find_crossed(struct picture *p, size_t row, struct labelled *n)
{
	struct placed box;

	n->crossed = true;
	for (size_t i = 0; i < COUNT_OF(sides); i++) {
		if (!find_side(p, row, n, i))
			continue;
		p->fit.struck++;
		return true;
	}
	if (p->l->true_time)
		return false;
	n->side = 0;
	n->at = label_at(n, n->gap / 2, 0);
	box = box_at(n);
	return picture_inside(p, &box);
}

/* How the line of R and its label lie. */
static void
take_message_line(const struct picture *p, const struct layout_row *r,
    const struct figure_point line[2], struct figure_point aim,
    struct labelled *n)
{
	size_t next = r->from < r->to ? r->from + 1 : r->from - 1;

	*n = (struct labelled){
		.from = line[0], .to = aim, .size = p->types.label
	};
	n->drawn = fabs(line[1].x - line[0].x);
	n->gap = fabs(p->x[next] - line[0].x);
	/* Its label stands above what there is of it, and if that is short,
	 * begins where it begins. */
	if (n->drawn < n->gap)
		n->gap = n->drawn + 8;
	label_turn(p, n);
}

/* Gives N the words W. */
static void
label_take_words(
    const struct picture *p, struct labelled *n, const struct label_words *w)
{
	n->width = w->width;
	n->n = w->n;
	for (int i = 0; i < w->n; i++)
		n->lines[i] = (i == 0 ? w->before : 0) +
			      figure_text_width(
				  buf_view(&w->lines[i]), p->types.label, true);
	n->more = p->types.label * PITCH * (w->n - 1) / 2;
	if (w->err != 0)
		p->figure.out->err = w->err;
}

/* Whether FORM is another than those before it, and has room between two
 * lifelines. */
static bool
take_form(struct picture *p, const struct layout_row *r, enum label_form form,
    struct labelled *n)
{
	struct label_words w;
	bool fits = picture_words(p, r, form, p->label, &w);

	label_take_words(p, n, &w);
	picture_words_free(&w);
	n->form = form;
	if (form <= LABEL_GIST)
		return fits && n->width + 22 < n->gap;
	return form == LABEL_LEAST || (fits && n->width <= p->label / n->cos);
}

/* The first form that has room. */
static void
take_first_form(
    struct picture *p, const struct layout_row *r, struct labelled *n)
{
	int form = LABEL_DETAIL;

	while (!take_form(p, r, (enum label_form)form, n))
		form++;
}

/* The first form from FORM on, down to the shortest, that has a clear place. */
static bool
find_shorter(
    struct picture *p, const struct layout_row *r, int form, struct labelled *n)
{
	for (; form <= LABEL_LEAST; form++)
		if (take_form(p, r, (enum label_form)form, n) &&
		    find_clear(p, (size_t)(r - p->l->rows), n))
			return true;
	return false;
}

/* The best form that finds a place where it cannot be taken for another's.
 * Where type has its own size, there will be more room, and nothing is left out
 * as long as a line to it crosses no other; whose answer it is, is left out
 * only where it finds no place apart. */
static bool
label_find_form(
    struct picture *p, const struct layout_row *r, struct labelled *n)
{
	size_t row = (size_t)(r - p->l->rows);
	int first = n->form;

	for (int form = first; form < LABEL_LEAST || form == first; form++) {
		if (!p->fit.squeezed && form > first && form != LABEL_TWO)
			continue;
		if (take_form(p, r, (enum label_form)form, n) &&
		    find_clear(p, row, n))
			return true;
	}
	take_form(p, r, (enum label_form)first, n);
	if (p->l->true_time && (find_apart(p, row, n, FAR / 2, true) ||
				   find_apart(p, row, n, FAR, true)))
		return true;
	if (p->fit.squeezed && find_shorter(p, r, LABEL_LEAST, n))
		return true;
	take_form(p, r, (enum label_form)first, n);
	if (n->spare->width > 0) {
		*n = *n->spare;
		return true;
	}
	if (p->l->true_time && find_apart(p, row, n, 4 * FAR, true))
		return true;
	if (!p->fit.squeezed && p->l->true_time &&
	    find_shorter(p, r, first + 1, n)) {
		p->fit.struck++;
		return true;
	}
	take_form(p, r, (enum label_form)first, n);
	if (p->l->true_time && find_apart(p, row, n, 0, false)) {
		p->fit.struck++;
		return true;
	}
	return find_crossed(p, row, n);
}

/* False where there is no place for it on this page. */
static bool
find_label(struct picture *p, const struct layout_row *r, struct labelled *n)
{
	size_t row = (size_t)(r - p->l->rows);
	struct labelled spare = { 0 };
	struct placed box;
	bool found;

	take_first_form(p, r, n);
	n->spare = &spare;
	found = label_find_form(p, r, n);
	n->spare = NULL;
	box = box_at(n);
	/* A label apart has taken its place. */
	if (found && n->side == COUNT_OF(sides))
		return true;
	p->fit.struck |= !found || is_label_struck(p, row, n);
	if (found)
		picture_place(p, &box);
	return found;
}

void
picture_settle_label(struct picture *p, const struct layout_row *r,
    const struct figure_point line[2], struct figure_point aim)
{
	struct stand *s = &p->stands[r - p->l->rows];
	struct labelled n;

	take_message_line(p, r, line, aim, &n);
	if (picture_has_some(p, line[0].x, line[1].x))
		s->label = find_label(p, r, &n);
	else
		take_first_form(p, r, &n);
	s->form = n.form;
	s->at = n.at;
	s->sin = n.sin;
	s->side = n.side;
	s->tie = n.tie;
	s->width = n.width;
}

/* At AWAY points along the label from its middle, DOWN across it. */
static void
label_draw_words(struct picture *p, const struct labelled *n, double away,
    double down, const struct buf *text, enum figure_align align,
    const struct figure_font *font)
{
	double angle = n->sin == 0 ? 0 : asin(n->sin) * 180 / acos(-1);

	figure_turned(&p->figure, n->at.x + away * n->cos - down * n->sin,
	    n->at.y + away * n->sin + down * n->cos, buf_view(text), align,
	    font, angle);
}

static void
label_draw(struct picture *p, const struct layout_row *r, struct labelled *n,
    const char *colour)
{
	struct figure_font font = { p->types.label, colour, true, false };
	struct figure_font small = { NUMBER, GREY, false, false };
	LOCAL(picture_words_free) struct label_words w;
	struct placed box;

	picture_words(p, r, (enum label_form)n->form, p->label, &w);
	label_take_words(p, n, &w);
	box = box_at(n);
	picture_clear_lifeline(p, &box);
	for (int i = 0; i < w.n; i++) {
		double before = i == 0 ? w.before : 0;
		double down = p->types.label * PITCH * i - n->more;
		double half = figure_text_width(
				  buf_view(&w.lines[i]), p->types.label, true) /
			      2;

		if (before > 0)
			label_draw_words(p, n, -half - before / 2, down,
			    &w.number, FIGURE_LEFT, &small);
		/* Its middle is where it should be, however wide it turns
		 * out. */
		if (w.lines[i].n > 0)
			label_draw_words(p, n, before / 2, down, &w.lines[i],
			    FIGURE_CENTRE, &font);
	}
}

/* The line, with a gap where its label stands within it. */
static void
draw_message_line(struct picture *p, const struct labelled *n,
    const struct figure_point *line, struct figure_pen pen)
{
	double dx = n->to.x - n->from.x, dy = n->to.y - n->from.y;
	double half = copysign(half_gap(n), dx);
	struct figure_point one[2] = { line[0] }, two[2] = { { 0 }, line[1] };
	enum figure_head head = pen.head;

	if (n->side != WITHIN || fabs(dx) < 1) {
		figure_line(&p->figure, line, 2, &pen);
		return;
	}
	one[1] =
	    (struct figure_point){ n->at.x - half, n->at.y - half * dy / dx };
	two[0] =
	    (struct figure_point){ n->at.x + half, n->at.y + half * dy / dx };
	pen.head = FIGURE_PLAIN;
	figure_line(&p->figure, one, 2, &pen);
	pen.head = head;
	figure_line(&p->figure, two, 2, &pen);
}

/* From a label that stands apart to its line. */
static void
draw_tie(struct picture *p, const struct layout_row *r, struct labelled *n,
    const char *colour)
{
	struct placed lines[LABEL_LINES];

	take_form(p, r, (enum label_form)n->form, n);
	for (int i = 0; i < n->n; i++)
		lines[i] = box_of_line(n, i);
	picture_tie_text(p, lines, n->n, p->stands[r - p->l->rows].tie, colour);
}

void
picture_arrow(struct picture *p, const struct layout_row *r,
    const struct figure_point line[2], struct figure_point aim,
    const struct figure_pen *pen)
{
	const struct stand *s = &p->stands[r - p->l->rows];
	struct figure_pen drawn = *pen;
	struct labelled n;

	take_message_line(p, r, line, aim, &n);
	n.at = s->at;
	n.form = s->form;
	n.width = s->width;
	n.side = s->label ? s->side : 0;
	if (s->side == COUNT_OF(sides))
		draw_tie(p, r, &n, pen->colour);
	n.sin = s->sin;
	n.cos = sqrt(1 - n.sin * n.sin);
	if (s->label)
		label_draw(p, r, &n, pen->colour);
	draw_message_line(p, &n, line, drawn);
}
