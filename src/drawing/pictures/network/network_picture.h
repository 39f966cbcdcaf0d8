/*
 * The picture of a network: where its nodes stand and which way its links run,
 * in an area of some size.
 *
 * Each router with the hosts at it is an island: the router a point on a bus,
 * the hosts next to it, one below the other.  Islands stand from left to right
 * in the order of the head, those of a frame inside it; the hosts of the first
 * stand left of its bus, those of the others right of it, and those of the only
 * one on both sides.  Links between the routers run along the row of the
 * routers; a link that would pass another router runs below.  Routers without
 * hosts are in a row of their own below the islands.
 */
#ifndef PICTURES_NETWORK_NETWORK_PICTURE_H
#define PICTURES_NETWORK_NETWORK_PICTURE_H

#include "pictures/network/network_view_in.h"

/* Cells of the largest picture; in a larger area it is centred. */
#define NETWORK_WIDTH  160
#define NETWORK_HEIGHT 60
#define NETWORK_POINTS 5

struct network_point {
	uint16_t x, y;
};

/* A way of straight lines from its a to its b. */
struct network_way {
	struct network_point p[NETWORK_POINTS];
	size_t n; /* 0: not in the picture */
};

struct network_spot {
	bool placed, router;
	uint16_t x, y, w, h; /* the area drawn */
	uint16_t row;        /* of its line */
};

struct network_frame {
	struct str name;
	uint16_t x, w;
	bool drawn; /* else only the name */
};

struct network_picture {
	const struct network_state *s;
	struct grid_area area;
	struct network_spot spots[NETWORK_NODES + 1];
	struct network_way ways[NETWORK_LINKS];
	struct network_frame frames[NETWORK_NODES];
	size_t nframes;
	size_t frame_h; /* of all frames, from the top on */
};

/* Lays S out in AREA; false where it does not fit. */
bool network_picture_place(struct network_picture *p,
    const struct network_state *s, const struct grid_area *area);
void network_picture_draw(const struct network_picture *p);

/* The text at node I: its label, else its name. */
struct str network_label(const struct network_state *s, uint32_t node);
/* Its roles in few letters, "proxy reg", without its label; a slice
 * into OUT, which is cleared. */
struct str
network_roles(const struct network_state *s, uint32_t node, struct buf *out);

#endif
