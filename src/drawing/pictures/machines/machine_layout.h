/*
 * The layout of a machine's state diagram, made from the machine's table, in
 * cells of a grid.  What a state's row says of its column and rank
 * (machine/machine.h) is kept to; without, all are in one column in the order
 * of the table, which can always be drawn.
 */
#ifndef PICTURES_MACHINES_MACHINE_LAYOUT_H
#define PICTURES_MACHINES_MACHINE_LAYOUT_H

#include <stdint.h>

#include "machine/machine.h"

#define PICTURE_STATES 16
#define PICTURE_EDGES  128
#define PICTURE_POINTS 4

struct picture_box {
	enum state_id state;
	uint16_t x, y, w, h;
};

struct picture_point {
	uint16_t x, y;
};

/*
 * The way of all edges from one state to another.  It leaves the box at the
 * first point, on its frame, and has its head at the last: on the frame where
 * it comes from above or below, next to it where it comes from the side. Points
 * are joined by straight lines.  A way from no box begins with a dot.
 */
struct picture_route {
	enum state_id from, to;
	struct picture_point path[PICTURE_POINTS];
	size_t npoints;
};

/* Of an edge of the table: where its event's text begins, and whether a comma
 * and another text follow; its line ends at what it stands before, else it
 * begins behind that. */
struct picture_label {
	uint16_t x, y;
	bool comma, ends;
};

struct picture_figure {
	size_t w, h, nboxes, nroutes;
	struct picture_box boxes[PICTURE_STATES];
	struct picture_route routes[PICTURE_EDGES];
	struct picture_label labels[PICTURE_EDGES];
};

/* Lays M out in at most ROOM columns, as low as that can be.  False where it is
 * wider however its texts are broken, or has more states or edges than the
 * above: F is all zero then. */
bool
picture_lay_out(const struct machine *m, size_t room, struct picture_figure *f);

#endif
