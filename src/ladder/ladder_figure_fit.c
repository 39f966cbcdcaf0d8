/*
 * The ladder's picture made to fit a width in print, a page's or a column's.
 * Columns give way before type does: first the room beside labels goes, then
 * long labels are cut, and only then everything is drawn smaller.  Where there
 * is more room than needed, columns take it; type never grows.
 */
#include "base/err.h"
#include "ladder/ladder_figure_in.h"

#include <math.h>

/* How much smaller type becomes before labels are cut: long ones, then all. */
#define SCALE_LONG 0.85
#define SCALE_CUT  0.7
/* Where a ladder goes over several pages beside each other. */
#define SCALE_TILE 0.8
/* Between two lifelines, at least, in points before scaling. */
#define LEAST_LONG 150.0
#define LEAST_CUT  76.0

static bool
numbered(const struct layout *l)
{
	for (size_t i = 0; i < l->nrows; i++)
		if (l->rows[i].number > 0)
			return true;
	return false;
}

/* What a row would like to have between two lifelines. */
static double
row_least(const struct picture *p, const struct layout_row *r)
{
	const struct layout *l = p->l;
	double w;

	if (r->item == LAYOUT_TIMER && r->from + 1 < l->ncolumns) {
		w = figure_text_width(r->label, 9, true) + 32;
		if (r->since != LAYOUT_NONE && l->rows[r->since].number > 0)
			w += figure_text_width(STR(" (since F99)"), 9, true);
		return w;
	}
	if (r->item != LAYOUT_MESSAGE)
		return 0;
	w = figure_text_width(r->label, LABEL_SIZE, true) + 24;
	if (r->lost && !r->arrived)
		w += 20 + figure_text_width(r->lost_text, 8.5, false) / 2;
	if (r->number > 0)
		w += 20;
	if (r->retx > 0 || r->folded > 0 || r->copies > 1)
		w += 22;
	return w;
}

/* LEAST, or what notes need between two lifelines, which are never cut. */
static double
with_notes(const struct picture *p, double least)
{
	double notes = picture_notes_width(p->l, LAYOUT_NONE);

	least = notes > 0 && notes + 34 > least ? notes + 34 : least;
	return least + p->lanes;
}

/* With numbers in front of labels it is more. */
static double
least_cut(const struct picture *p)
{
	return with_notes(p, LEAST_CUT + (numbered(p->l) ? 20 : 0));
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

void
picture_fit(struct picture *p)
{
	double natural = p->natural = p->column, least;

	if (p->printed <= 0)
		return;
	if (p->least_width <= p->printed) {
		set_columns(p, p->printed, natural,
		    natural > COLUMN_MOST ? natural : COLUMN_MOST);
		return;
	}
	p->squeezed = true;
	picture_measure(p, natural);
	least = less(label_least(p), natural);
	set_columns(p, p->printed, least, natural);
	if (p->printed < p->least_width * SCALE_LONG)
		set_columns(p, p->printed / SCALE_LONG,
		    less(with_notes(p, LEAST_LONG), least), p->column);
	if (p->printed < p->least_width * SCALE_CUT)
		set_columns(p, p->printed / SCALE_CUT,
		    less(least_cut(p), least), p->column);
}

int
picture_tile(struct picture *p)
{
	p->tiles = 1;
	p->window = p->width;
	if (p->o->paper_width <= 0 ||
	    SMALLEST_TYPE * picture_scale(p) >= LADDER_TYPE_LEAST)
		return 0;
	picture_measure(p, less(label_least(p), p->natural) + p->wider);
	return picture_break_beside(p, p->printed / SCALE_TILE);
}

double
picture_scale(const struct picture *p)
{
	return p->printed > 0 ? p->printed / (p->window - 2 * p->cut) : 1;
}

void
picture_label(const struct layout_row *r, double width, struct buf *out)
{
	struct str label = r->label;
	ptrdiff_t bracket = str_find(label, " (");

	if (bracket > 0 && figure_text_width(label, LABEL_SIZE, true) > width &&
	    figure_text_width(str_slice(label, 0, (size_t)bracket), LABEL_SIZE,
		true) <= width - LABEL_SIZE) {
		/* "INVITE…" rather than "INVITE (SD…". */
		buf_str(out, str_slice(label, 0, (size_t)bracket));
		buf_puts(out, "…");
		return;
	}
	figure_fit(out, label, LABEL_SIZE, true, width);
	/* "180" rather than "180 R…". */
	if (r->kind != LAYOUT_KIND_REQUEST && r->brief.n > 0 &&
	    out->n < label.n * 2 / 3) {
		buf_clear(out);
		buf_str(out, r->brief);
	}
}
