/* What the files of the figure of a comparison share. */
#ifndef LADDER_DIFF_FIGURE_IN_H
#define LADDER_DIFF_FIGURE_IN_H

#include "draw/figure.h"
#include "ladder/diff_figure.h"

/* Points. */
#define MARGIN 26.0
#define TIMES  50.0
#define GUTTER 116.0
#define UNIT   27.0
#define NAMES  24.0
#define LABEL  9.5

/* One of the ladders. */
struct half {
	const struct align_side *side;
	const char *which, *name;
	size_t *column;    /* of each node plus 1; 0: it has none */
	struct str *names; /* by column */
	size_t ncolumns;
	double left, first, step, right; /* first: of its first lifeline */
	double names_half;               /* half of a name's box */
};

struct diff_picture {
	const struct align *al;
	const struct diff_figure_options *o;
	struct half a, b;
	struct figure figure;
	size_t nnodes, nrows; /* rows that are drawn */
	double width, top, bottom;
	uint8_t *seen; /* by message of B: one row of a moved one is drawn */
	struct buf text;
};

/* diff_figure_place.c: the columns of both, and where everything is.  0 or
 * ERR_NOMEM. */
int diff_figure_place(struct diff_picture *f);

#endif
