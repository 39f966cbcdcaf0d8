/*
 * Where the lines of messages run: from which point to which, where a lost one
 * ends, and how lines that would be one are kept apart.
 */
#include "ladder/ladder_figure_in.h"

#include <math.h>

/* Lines that would be seen as one, in units of the layout; how far apart they
 * are drawn, and of how many, in points; rows that are looked at for that. */
#define ONE_LINE    0.06
#define PARTED      6.5
#define PARTED_MOST 35.0
#define NEAR        200

double
picture_y(const struct picture *p, double y)
{
	return p->top + 22 + (y - p->from) * p->unit;
}

/* What the label of a lost message takes of its line. */
static double
lost_label(const struct picture *p, const struct layout_row *r)
{
	return fmin(picture_words_width(p, r, LABEL_WHOLE),
		   picture_words_width(p, r, LABEL_TWO)) +
	       (p->l->nbars > 0 ? 19 : 14);
}

/*
 * Where a message was lost.  The text that says so stands behind the cross,
 * where its line would have gone on: the cross keeps clear of the next lifeline
 * by as much, as far as the label in front allows.
 */
static double
lost_x(const struct picture *p, const struct layout_row *r)
{
	double from = p->x[r->from], to = p->x[r->to];
	double sign = to > from ? 1 : -1, x = from + (to - from) * 0.5;
	double text = figure_text_width(r->lost_text, 8.5, false) + 16;
	double start = from, end = to, least;

	/* The gap between two lifelines that its middle lies in. */
	for (size_t i = 0; i < p->l->ncolumns; i++) {
		if ((p->x[i] - x) * sign > 1 && (p->x[i] - end) * sign < 0)
			end = p->x[i];
		if ((x - p->x[i]) * sign > -1 && (p->x[i] - start) * sign > 0)
			start = p->x[i];
	}
	if ((end - x) * sign < text)
		x = end - sign * text;
	least = (end - start) * sign * 0.4;
	/* Where it has no room behind the cross it stands below the line. */
	if ((x - start) * sign < least && p->bare)
		least = fmin(
		    fmax(least, lost_label(p, r)), (end - start) * sign * 0.85);
	if ((x - start) * sign < least)
		x = start + sign * least;
	return x;
}

/* Whether their lines would be seen as one. */
static bool
are_one_line(const struct layout_row *a, const struct layout_row *b)
{
	bool same = a->from == b->from && a->to == b->to;
	bool back = a->from == b->to && a->to == b->from;

	if (a->item != LAYOUT_MESSAGE || b->item != LAYOUT_MESSAGE ||
	    a->from == a->to)
		return false;
	return (same && fabs(a->y - b->y) < ONE_LINE &&
		   fabs(a->y_end - b->y_end) < ONE_LINE) ||
	       (back && fabs(a->y - b->y_end) < ONE_LINE &&
		   fabs(a->y_end - b->y) < ONE_LINE);
}

/* In order of sending, each below those before it; of very many, less. */
void
picture_part_lines(struct picture *p)
{
	const struct layout *l = p->l;

	for (size_t i = 1; l->true_time && i < l->nrows; i++) {
		const struct layout_row *r = &l->rows[i];
		double below = 0;

		for (size_t k = i; k-- > 0 && i - k < NEAR;) {
			if (l->rows[k].y < r->y - ONE_LINE)
				break;
			if (are_one_line(&l->rows[k], r))
				below = fmax(
				    below, p->stands[k].down +
					       (p->stands[k].down < PARTED_MOST
						       ? PARTED
						       : PARTED / 8));
		}
		p->stands[i].down = below;
	}
}

void
picture_line(const struct picture *p, const struct layout_row *r,
    struct figure_point line[2], struct figure_point *arrow)
{
	double sign = r->from < r->to ? 1 : -1, part;
	double down = p->stands[r - p->l->rows].down;

	line[0] = (struct figure_point){
		p->x[r->from] + sign * picture_bar_half(p, r->from, r->y),
		picture_y(p, r->y) + down
	};
	line[1] = (struct figure_point){
		p->x[r->to] - sign * picture_bar_half(p, r->to, r->y_end),
		picture_y(p, r->y_end) + down
	};
	if (arrow != NULL)
		*arrow = line[1];
	if (r->lost && !r->arrived) {
		part = (lost_x(p, r) - line[0].x) / (line[1].x - line[0].x);
		line[1].x = lost_x(p, r);
		/* It fell as far as others do on their whole way. */
		if (r->y_end <= r->y + 0.01 && p->l->true_time)
			line[1].y += p->unit * part;
		if (arrow != NULL)
			arrow->y = line[0].y + (line[1].y - line[0].y) / part;
	}
	if (r->under_way) {
		/* Nobody knows how far it has come. */
		line[1].x = (line[0].x + line[1].x) / 2;
		line[1].y += p->l->true_time ? p->unit / 2 : 0;
	}
}
