/*
 * Where a ladder's picture may be cut, so that it goes on on another page: in
 * front of a row, where no line is under way and no text stands.  Lifelines,
 * states and timers go over the cut.
 */
#include "ladder/ladder_figure_in.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"

#include <math.h>

/* In front of a row, in units of y: its label stands above it.  How far below
 * the row before at least. */
static const double before[] = { 0.5, 0.6, 0.7, 0.8 };
#define BEHIND 0.15

static bool
goes_over(const struct layout_row *r)
{
	return r->item == LAYOUT_TIMER || r->item == LAYOUT_MEDIA;
}

static bool
has_no_text(const struct picture *p, double y)
{
	const struct placed strip = {
		.right = p->width, .top = y - 1, .bottom = y + 1
	};

	return picture_free(p, &strip);
}

/* The height of a cut between LOW and TOP, units of y; 0: there is none. */
static double
find_page_cut(const struct picture *p, double low, double top)
{
	for (size_t i = 0; i < sizeof(before) / sizeof(before[0]); i++) {
		double y = picture_y(p, top - before[i]);

		if (top - before[i] >= low + BEHIND && has_no_text(p, y))
			return y;
	}
	return 0;
}

static int
add_cut(struct ladder_cuts *cuts, double y)
{
	if (ARRAY_RESIZE(&cuts->at, cuts->n + 1) != 0)
		return ERR_NOMEM;
	cuts->at[cuts->n++] = y;
	return 0;
}

int
picture_cut(const struct picture *p, struct ladder_cuts *cuts)
{
	double scale = picture_scale(p), low = 0;
	int err = 0;

	cuts->names_top = (p->head - 2) * scale;
	cuts->names_bottom = (p->top + 6) * scale;
	cuts->type = SMALLEST_TYPE * scale;
	for (size_t i = 0; err == 0 && i < p->l->nrows; i++) {
		const struct layout_row *r = &p->l->rows[i];
		double y = find_page_cut(p, low, fmin(r->y, r->y_end));

		if (i > 0 && y > 0)
			err = add_cut(cuts, y * scale);
		if (!goes_over(r))
			low = fmax(low, fmax(r->y, r->y_end));
	}
	return err;
}

void
ladder_cuts_free(struct ladder_cuts *cuts)
{
	mem_free(cuts->at);
	*cuts = (struct ladder_cuts){ .at = NULL };
}
