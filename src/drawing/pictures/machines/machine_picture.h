/*
 * The state diagram of a machine of the vocabulary (machine/machine.h), drawn
 * on a grid: a box for each state, an arrow for each edge with its event, the
 * live state lit and the step just taken lit with its event.  RFC 3261 draws
 * the transactions so (figures 5 to 8).
 *
 * Where there is no room for the figure, or the machine has none, it is drawn
 * as a list: each state, and below it where which event leads.
 */
#ifndef PICTURES_MACHINES_MACHINE_PICTURE_H
#define PICTURES_MACHINES_MACHINE_PICTURE_H

#include "draw/grid.h"
#include "machine/machine.h"

struct machine_picture_now {
	struct str state;                /* the live one; empty: none */
	const struct machine_edge *edge; /* of M, the one just taken; or NULL */
};

/* The size that suits the picture in an area ROOM_W cells wide: that of the
 * figure where it fits (true), else that of the whole list (false). */
bool machine_picture_size(
    const struct machine *m, size_t room_w, size_t *w, size_t *h);

/* Lines of the whole list in WIDTH columns. */
size_t machine_picture_list_height(const struct machine *m, size_t width);

/* Draws M into all of AREA: the figure, drawn out as far as that is good and
 * centred, or as much of the list as there is room for, the live state always
 * in it.  The area is taken to be empty. */
void machine_picture_draw(const struct machine *m,
    const struct machine_picture_now *now, const struct grid_area *area);

#endif
