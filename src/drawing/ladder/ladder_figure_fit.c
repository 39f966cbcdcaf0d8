/*
 * The ladder's picture made to fit a width in print, a page's or a column's.
 * First the room beside labels goes; then labels have smaller type, and all of
 * it is drawn somewhat smaller; then labels have two lines.  Only where its
 * smallest type would be too small to read labels are cut, and only at last
 * everything becomes as small as it must.  Where there is more room than
 * needed, columns take it; type never grows.
 */
#include "base/err.h"
#include "ladder/ladder_figure_in.h"

#include <math.h>

/* How much smaller everything becomes before labels have smaller type, before
 * they have two lines, and before they are cut. */
#define SCALE_SMALL 0.9
#define SCALE_TWO   0.75
#define SCALE_CUT   ((LADDER_TYPE_LEAST + 0.05) / SMALLEST_TYPE)
/* Where a ladder goes over several pages beside each other. */
#define SCALE_TILE 0.8
/* Between two lifelines, at least, in points before scaling. */
#define LEAST_CUT  58.0
#define LEAST_TILE 76.0 /* on pages beside each other */

/* What a row would like to have between two lifelines. */
static double
row_least(const struct picture *p, const struct layout_row *r)
{
	const struct layout *l = p->l;
	double w;

	if (r->item == LAYOUT_TIMER && r->from + 1 < l->ncolumns &&
	    !p->narrow) {
		w = figure_text_width(r->label, 9, true) + 32;
		if (r->since != LAYOUT_NONE && l->rows[r->since].number > 0)
			w += figure_text_width(STR(" (since F99)"), 9, true);
		return w;
	}
	if (r->item != LAYOUT_MESSAGE)
		return 0;
	w = picture_words_width(p, r, LABEL_WHOLE);
	if (p->two)
		w = fmin(w, picture_words_width(p, r, LABEL_TWO));
	w += !p->narrow ? 24 : l->nbars > 0 ? 21 : 12;
	if (r->lost && !r->arrived && !p->bare)
		w += 20 + figure_text_width(r->lost_text, 8.5, false) / 2;
	return w;
}

/* LEAST, or what notes need between two lifelines, where they stand there. */
static double
with_notes(const struct picture *p, double least)
{
	double notes = p->over ? 0 : picture_notes_width(p->l, LAYOUT_NONE);

	least = notes > 0 && notes + 34 > least ? notes + 34 : least;
	return least + p->lanes;
}

static bool
numbered(const struct layout *l)
{
	for (size_t i = 0; i < l->nrows; i++)
		if (l->rows[i].number > 0)
			return true;
	return false;
}

/* With numbers in front of labels it is more. */
static double
least_cut(const struct picture *p)
{
	return with_notes(p, LEAST_CUT + (numbered(p->l) ? 8 : 0));
}

/* What the widest label needs. */
static double
label_least(const struct picture *p)
{
	double widest = least_cut(p);

	for (size_t i = 0; i < p->l->nrows; i++) {
		double w = row_least(p, &p->l->rows[i]) + p->lanes;

		widest = w > widest ? w : widest;
	}
	return widest;
}

/* Makes columns as wide as WIDTH lets them be, within limits. */
static void
set_columns(struct picture *p, double width, double least, double most)
{
	size_t n = p->l->ncolumns;
	double span = n > 1 ? p->l->columns[n - 1].x - p->l->columns[0].x : 0;

	/* What stands at the sides depends a little on the columns. */
	for (int i = 0; span > 0 && i < 4; i++) {
		double column = p->column + (width - p->least_width) / span;

		column = column < most ? column : most;
		column = column > least ? column : least;
		if (fabs(column - p->column) < 0.1)
			break;
		picture_measure(p, column);
	}
}

static double
less(double a, double b)
{
	return a < b ? a : b;
}

/* What gives way, one after the other. */
static const struct {
	double label_size;
	double scale; /* down to that everything is drawn smaller */
	bool narrow, two, bare, cut;
} ways[] = {
	{ LABEL_SIZE, SCALE_SMALL, false, false, false, false },
	{ LABEL_SMALL, SCALE_TWO, true, false, false, false },
	{ LABEL_SMALL, SCALE_TWO, true, true, true, false },
	{ LABEL_SMALL, SCALE_CUT, true, true, true, false },
	{ LABEL_SMALL, SCALE_CUT, true, true, true, true },
};

void
picture_fit(struct picture *p)
{
	double natural = p->natural = p->column;

	if (p->printed <= 0)
		return;
	if (p->least_width <= p->printed) {
		set_columns(p, p->printed, natural,
		    natural > COLUMN_MOST ? natural : COLUMN_MOST);
		return;
	}
	p->squeezed = true;
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		/* A page of paper has more on it. */
		if ((p->smaller || p->o->paper_height > 0) && ways[i].two &&
		    ways[i].scale > SCALE_CUT)
			continue;
		p->label_size = ways[i].label_size;
		p->narrow = ways[i].narrow;
		p->two = ways[i].two;
		p->bare = ways[i].bare;
		p->over = p->narrow && !p->keep_off && p->o->marks == NULL;
		picture_measure(p, p->column);
		set_columns(p, p->printed / ways[i].scale,
		    ways[i].cut ? less(least_cut(p), p->column)
				: less(label_least(p), p->column),
		    p->column);
		if (p->printed >= p->least_width * ways[i].scale - 0.5)
			return;
	}
}

int
picture_tile(struct picture *p)
{
	p->tiles = 1;
	p->window = p->width;
	if (p->o->paper_width <= 0 ||
	    SMALLEST_TYPE * picture_scale(p) >= LADDER_TYPE_LEAST)
		return 0;
	p->label_size = LABEL_SIZE;
	p->narrow = p->two = p->bare = p->over = false;
	picture_measure(
	    p, fmax(less(label_least(p), p->natural), LEAST_TILE) + p->wider);
	return picture_break_beside(p, p->printed / SCALE_TILE);
}

double
picture_scale(const struct picture *p)
{
	return p->printed > 0 ? p->printed / (p->window - 2 * p->cut) : 1;
}
