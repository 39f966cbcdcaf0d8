/*
 * What is written on an arrow.  A label stands above its line and is turned
 * with it where the device can; it stands in the gap beside its sender, where
 * no other text and no other line is; else in the next gap, below the line, or
 * in a gap of the line itself.
 */
#include "ladder/ladder_figure_in.h"

#include <math.h>

#define NUMBER 7.5
/* Labels of steeper lines stay level. */
#define STEEP 0.85

/* Where a label stands relative to its line: how far off, in its own heights,
 * negative above.  Further away only where lines lie upon each other. */
static const double sides[] = { -0.75, 0.75, 0, -1.9, 1.9, -3.1, 3.1, -4.3 };
#define SIDES  (sizeof(sides) / sizeof(sides[0]))
#define WITHIN 2 /* in a gap of the line */

/* A line and the label that it carries. */
struct labelled {
	struct figure_point from, to;
	double gap;      /* how much of it lies beside the sender's lifeline */
	double width;    /* of the label */
	double sin, cos; /* of its turn */
	size_t side;     /* of `sides` */
	bool crossed; /* other lines may go through: there is no better place */
	struct figure_point at; /* the middle of the label */
};

void
picture_marks(struct buf *b, const struct layout_row *r)
{
	if (r->retx > 0 || r->folded > 0)
		buf_puts(b, " ↻");
	if (r->retx > 0)
		buf_printf(b, "%u", r->retx);
	if (r->folded > 0)
		buf_printf(b, "+%u", r->folded);
	if (r->gone > 0)
		buf_printf(b, " ╳%u", r->gone);
	if (r->copies > 1)
		buf_printf(b, " ×%u", r->copies);
}

static struct placed
box_at(const struct labelled *n)
{
	double half = n->width / 2 + 2;

	return (struct placed){ n->at.x - half, n->at.y - LABEL_SIZE * 0.55,
		n->at.x + half, n->at.y + LABEL_SIZE * 0.55, n->sin };
}

/* How the label is turned: as its line, seen from left to right. */
static void
turn(const struct picture *p, struct labelled *n)
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

/* The middle of a label WAY points along the line in x. */
static struct figure_point
label_at(const struct labelled *n, double way, size_t side)
{
	double dx = n->to.x - n->from.x, slope, off;
	double x = floor(n->from.x + (dx > 0 ? way : -way));
	double y;

	slope = fabs(dx) > 1 ? (n->to.y - n->from.y) / fabs(dx) : 0;
	y = n->from.y + slope * way;
	off = LABEL_SIZE * sides[side];
	/* The corner that is nearest to the line keeps clear of it. */
	if (n->sin == 0 && side != WITHIN)
		off += (off < 0 ? -1 : 1) * slope * n->width / 2;
	return (struct figure_point){ x - off * n->sin, y + off * n->cos };
}

/* Whether the label stands between two lifelines, WAY along its line. */
static bool
in_gap(const struct labelled *n, double way, double from, double to)
{
	double half = n->width * n->cos / 2 + 4;

	return n->width >= to - from - 8 ||
	       (way - half > from && way + half < to);
}

static bool
try_label(
    struct picture *p, size_t row, struct labelled *n, double way, size_t side)
{
	struct placed box;

	n->side = side;
	n->at = label_at(n, way, side);
	box = box_at(n);
	return picture_free(p, &box) && (n->crossed || !p->l->true_time ||
					    !picture_crossed(p, row, &box));
}

static const double parts[] = { 0.5, 0.56, 0.44, 0.62, 0.38, 0.68, 0.32, 0.75,
	0.25 };
#define PARTS (sizeof(parts) / sizeof(parts[0]))

/* In one of the gaps that the line crosses, from FROM to TO along it. */
static bool
find_in_gap(struct picture *p, size_t row, struct labelled *n, double from,
    double to, size_t side)
{
	for (size_t i = 0; i < PARTS; i++) {
		double way = from + (to - from) * parts[i];

		if (in_gap(n, way, from, to) && try_label(p, row, n, way, side))
			return true;
	}
	return false;
}

static bool
find_side(struct picture *p, size_t row, struct labelled *n, size_t side)
{
	const struct layout_row *r = &p->l->rows[row];
	double from = 0, whole = fabs(n->to.x - n->from.x);
	bool right = r->from < r->to;
	size_t column = r->from;

	if (find_in_gap(p, row, n, 0, n->gap, side))
		return true;
	/* Lines that begin together part later. */
	while (p->l->true_time && column != r->to) {
		double to;

		column = right ? column + 1 : column - 1;
		to = fabs(p->x[column] - n->from.x);
		if (to > whole)
			break;
		if (from > 0 && find_in_gap(p, row, n, from, to, side))
			return true;
		from = to;
	}
	return false;
}

static void
find_label(struct picture *p, size_t row, struct labelled *n)
{
	struct placed box;

	for (size_t i = 0; i < 2 * SIDES; i++) {
		n->crossed = i >= SIDES;
		if (find_side(p, row, n, i % SIDES))
			goto found;
	}
	n->side = 0;
	n->at = label_at(n, n->gap / 2, 0);
found:
	box = box_at(n);
	picture_place(p, &box);
}

/* Whether what the message is about fits on the line, too. */
static bool
detail_fits(const struct layout_row *r, const struct labelled *n)
{
	return r->detail.n > 0 &&
	       figure_text_width(r->label, LABEL_SIZE, true) +
		       figure_text_width(r->detail, LABEL_SIZE, true) + 22 <
		   n->gap;
}

static void
draw_label(struct picture *p, const struct layout_row *r, struct labelled *n,
    const char *colour)
{
	struct figure_font font = { LABEL_SIZE, colour, true, false };
	struct figure_font small = { NUMBER, GREY, false, false };
	struct buf text = BUF_INIT, number = BUF_INIT;
	double before = 0, start, angle;

	buf_str(&text, r->label);
	if (detail_fits(r, n))
		buf_str(&text, r->detail);
	picture_marks(&text, r);
	if (r->number > 0) {
		buf_putc(&number, 'F');
		buf_u64(&number, r->number);
		before =
		    figure_text_width(buf_view(&number), NUMBER, false) + 4;
	}
	n->width =
	    figure_text_width(buf_view(&text), LABEL_SIZE, true) + before;
	find_label(p, (size_t)(r - p->l->rows), n);
	angle = n->sin == 0 ? 0 : asin(n->sin) * 180 / acos(-1);
	if (before > 0) {
		start = -n->width / 2;
		figure_turned(&p->figure, n->at.x + start * n->cos,
		    n->at.y + start * n->sin + 0.8, buf_view(&number),
		    FIGURE_LEFT, &small, angle);
	}
	/* Its middle is where it should be, however wide it turns out. */
	start = before / 2;
	figure_turned(&p->figure, n->at.x + start * n->cos,
	    n->at.y + start * n->sin, buf_view(&text), FIGURE_CENTRE, &font,
	    angle);
	if (text.err != 0 || number.err != 0)
		p->figure.out->err = text.err | number.err;
	buf_free(&text);
	buf_free(&number);
}

/* The line, with a gap where its label stands within it. */
static void
draw_line(struct picture *p, const struct labelled *n,
    const struct figure_point *line, struct figure_pen pen)
{
	double dx = n->to.x - n->from.x, dy = n->to.y - n->from.y;
	double half = (n->width * n->cos / 2 + 4) * (dx > 0 ? 1 : -1);
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

void
picture_arrow(struct picture *p, const struct layout_row *r,
    const struct figure_point line[2], struct figure_point aim,
    const struct figure_pen *pen)
{
	size_t next = r->from < r->to ? r->from + 1 : r->from - 1;
	struct labelled n = { .from = line[0], .to = aim };
	struct figure_pen drawn = *pen;

	n.gap = fabs(p->x[next] - p->x[r->from]);
	/* In order of time its label stands above what there is of it. */
	if (!p->l->true_time && fabs(line[1].x - line[0].x) < n.gap)
		n.gap = fabs(line[1].x - line[0].x) + 8;
	turn(p, &n);
	draw_label(p, r, &n, pen->colour);
	draw_line(p, &n, line, drawn);
}
