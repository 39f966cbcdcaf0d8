/*
 * A state diagram as data: where the boxes stand, which way the arrows run,
 * where their events are written.  All positions are cells of the smallest
 * form; in a larger room whatever lies behind the columns `wide` and the rows
 * `high` moves on.
 */
#ifndef VIEWS_MACHINES_MACHINE_PICTURE_IN_H
#define VIEWS_MACHINES_MACHINE_PICTURE_IN_H

#include "views/machines/machine_picture.h"

#define PICTURE_POINTS 7
#define PICTURE_LABELS 10

struct picture_box {
	enum state_id state;
	uint8_t x, y, w, h;
};

struct picture_point {
	uint8_t x, y;
};

enum picture_place {
	PLACE_FROM, /* the text begins at x */
	PLACE_TO,   /* it ends at x, the cell included */
	PLACE_NEXT, /* it follows the label before, behind a comma */
};

struct picture_label {
	enum event_id event; /* NONE: there is no more */
	uint8_t x, y;
	uint8_t place;
};

/*
 * The way of all edges from one state to another.  It leaves the box at the
 * first point, on its frame, and has its head at the last: on the frame where
 * it comes from above or below, beside it where it comes from the side.  Points
 * are joined by straight lines; (0, 0) ends them.  What comes from no box
 * begins with a dot.
 */
struct picture_route {
	enum state_id from, to;
	struct picture_point path[PICTURE_POINTS];
	struct picture_label labels[PICTURE_LABELS];
};

struct picture_figure {
	const char *machine;
	uint8_t w, h;
	const struct picture_box *boxes;
	size_t nboxes;
	const struct picture_route *routes;
	size_t nroutes;
	uint8_t wide[6], high[8]; /* 0 ends each */
};

#define FIGURE_TABLES(prefix)                                       \
	.boxes = prefix##_boxes,                                    \
	.nboxes = sizeof(prefix##_boxes) / sizeof(*prefix##_boxes), \
	.routes = prefix##_routes,                                  \
	.nroutes = sizeof(prefix##_routes) / sizeof(*prefix##_routes)

/* machine_picture_transactions.c, machine_picture_usages.c */
extern const struct picture_figure picture_ict, picture_nict, picture_ist,
    picture_nist, picture_dialog, picture_call, picture_registration,
    picture_subscription;

/* How often E stands in F. */
size_t picture_count_edge(
    const struct picture_figure *f, const struct machine_edge *e);

/* The figure of M; NULL where there is none that has all its states and steps:
 * then it is drawn as a list. */
const struct picture_figure *picture_find(const struct machine *m);

/* machine_picture_list.c */
void picture_list_draw(const struct machine *m,
    const struct machine_picture_now *now, const struct grid_area *area);

#endif
