/*
 * A handset at a position: its screen, its keypad, and the work of its
 * processor. The screen is drawn in dots if there is room for all of it,
 * otherwise as the characters that it shows; of the rest as much is shown as
 * fits, the most useful first.
 *
 *	handset_view.c     which node; where each part stands; screen and keys
 *	handset_blocks.c   what the processor is at, block by block
 */
#ifndef HANDSETS_HANDSET_VIEW_H
#define HANDSETS_HANDSET_VIEW_H

#include "draw/grid.h"
#include "trace/state_at.h"

struct handset_view {
	const struct trace *t;
	const struct state_at *f; /* the state after record SEQ */
	uint64_t seq;
	int64_t t_ns;
	struct str node; /* the chosen node; else the first handset */
	bool keypad;     /* keys typed go to the phone */
	size_t room;     /* lines of the area that are seen at once; 0: all */
};

/* The trace has a node whose role is handset. */
bool handset_view_has(const struct trace *t);
/* The handset that is drawn; empty: there is none. */
struct str handset_view_node(const struct handset_view *v);
/* Its processor has not failed, nor has it crashed. */
bool handset_view_is_up(const struct handset_view *v);
/* Lines that the whole pane takes when as many as AREA has are seen at once.
 * Draws nothing. */
size_t
handset_view_height(const struct handset_view *v, const struct grid_area *area);
/* The area is taken to be empty. */
void
handset_view_draw(const struct handset_view *v, const struct grid_area *area);
/* The key drawn at (X, Y) of AREA, by its name in acts ("5", "{call}"), a
 * constant; NULL: none. */
const char *handset_view_hit(const struct handset_view *v,
    const struct grid_area *area, size_t x, size_t y);

#endif
