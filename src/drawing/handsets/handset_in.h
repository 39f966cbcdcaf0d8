/* What the files of the handset's pane share. */
#ifndef HANDSETS_HANDSET_IN_H
#define HANDSETS_HANDSET_IN_H

#include "draw/doc.h"
#include "handsets/handset_view.h"

/* Pixels of a screen whose size the trace does not tell: those of the phone. */
#define HANDSET_WIDTH  160
#define HANDSET_HEIGHT 128
/* Pixels of one character on it. */
#define HANDSET_CELL_W 8
#define HANDSET_CELL_H 16

/* The handset that is drawn. */
struct handset_look {
	const struct handset_view *v;
	struct str node;
	const struct fold_board *board; /* NULL: it has done nothing yet */
	unsigned width, height;         /* of its screen, in pixels */
};

/* ---- handset_screen.c ---- */
enum handset_form {
	HANDSET_TEXT,    /* its characters */
	HANDSET_BRAILLE, /* 2 × 4 pixels a cell */
	HANDSET_HALVES,  /* 1 × 2 */
};

/* Cells that the screen takes. */
void handset_screen_size(
    const struct handset_look *l, enum handset_form form, size_t *w, size_t *h);
/* Where A is too low, empty rows go first. */
void handset_screen_draw(const struct handset_look *l, enum handset_form form,
    const struct grid_area *a);

/* ---- handset_keypad.c ---- */
#define HANDSET_KEYPAD_W 18
#define HANDSET_KEYPAD_H 7

void
handset_keypad_draw(const struct handset_look *l, const struct grid_area *a);
const char *handset_keypad_hit(size_t x, size_t y);

/* ---- handset_blocks.c ---- */
/* Cells of the narrowest area in which blocks are drawn. */
#define HANDSET_BLOCKS_W 20

#define HANDSET_AREAS 3

/* One block after the other into N areas, each block into the first that has
 * room for it; DRAWN, or only to see how many lines of each area are USED.
 * False: not all found room. */
bool
handset_blocks_put(const struct handset_look *l, const struct grid_area *areas,
    size_t n, bool drawn, size_t used[HANDSET_AREAS]);

#endif
