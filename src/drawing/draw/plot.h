/*
 * A plot as papers have it: axes with round numbers, series with error bars,
 * each told from the others by colour, line and marker.  Lines that would lie
 * on one another are drawn a little apart.
 */
#ifndef DRAW_PLOT_H
#define DRAW_PLOT_H

#include "draw/figure.h"

#include <stdbool.h>

#define PLOT_SERIES_MAX 6

struct plot_point {
	double x, y;
	double low, high;       /* the ends of its error bar, … */
	bool has_low, has_high; /* … where there is one */
};

/* Points in order of X. */
struct plot_series {
	struct str name;
	const struct plot_point *points;
	size_t n;
};

struct plot {
	struct str title, x_label, y_label;
	struct str note;            /* what the error bars are; may be empty */
	const char *const *x_names; /* of x = 0, 1, …; NULL: x is a number */
	size_t nx;
	const struct plot_series *series;
	size_t nseries; /* at most PLOT_SERIES_MAX are drawn */
	double y_least; /* the axis begins there */
	double y_most;  /* and ends there; 0: where it suits */
	/* Each series is a distribution: Y is what share is at most X.  It goes
	 * up in steps, and X, which is no less than 0.0001, by powers of ten.
	 */
	bool shares;
};

/* Appends it to OUT, which keeps an error.  INFO as in figure_begin. */
void plot_draw(const struct plot *p, const struct figure_info *info,
    const struct figure_device *device, struct buf *out);

#endif
