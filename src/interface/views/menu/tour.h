/*
 * The tour: one screen for a first-time user of rung.  It names the parts of
 * the screen and the few keys that are enough to begin.
 */
#ifndef VIEWS_MENU_TOUR_H
#define VIEWS_MENU_TOUR_H

#include "draw/grid.h"

/* What fits without scrolling. */
#define TOUR_WIDTH  60
#define TOUR_HEIGHT 19

/* Names of the keys, which the caller takes from its table of keys.  In ASCII
 * if the grid is. */
struct tour_keys {
	const char *next, *back; /* "→", "←" */
	const char *choose;      /* "↑↓" */
	const char *pane;        /* "Tab" */
	const char *cause;       /* "Enter" */
	const char *help, *quit; /* "?", "q" */
};

/*
 * In the middle of A, with a frame; less where A is smaller: then the picture
 * is left out, and at last all but the keys.
 */
void tour_draw(const struct tour_keys *keys, const struct grid_area *a);

#endif
