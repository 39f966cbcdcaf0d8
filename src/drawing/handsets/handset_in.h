/* Shared by the files of the handset's pane. */
#ifndef HANDSETS_HANDSET_IN_H
#define HANDSETS_HANDSET_IN_H

#include "draw/doc.h"
#include "handsets/handset_view.h"

/* The handset that is drawn. */
struct handset_look {
	const struct handset_view *v;
	struct str node;
	const struct state_at_board *board; /* NULL: it has done nothing yet */
	unsigned width, height;             /* of its screen, in pixels */
};

#define HANDSET_AREAS 3

/* One block after the other into N areas, each block into the first that has
 * room for it; DRAWN, or only to see how many lines of each area are USED.
 * False: not all found room. */
bool
handset_blocks_put(const struct handset_look *l, const struct grid_area *areas,
    size_t n, bool drawn, size_t used[HANDSET_AREAS]);

#endif
