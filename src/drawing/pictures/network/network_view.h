/*
 * The network at a position: nodes with their roles, the head's frames, links
 * as lines, on them the messages that are under way just then, which way they
 * go and how far they have come; links that are down or lose messages, nodes
 * that have crashed; below it what has just happened.
 *
 * A network that does not fit is drawn as a list of links with their packets.
 */
#ifndef PICTURES_NETWORK_NETWORK_VIEW_H
#define PICTURES_NETWORK_NETWORK_VIEW_H

#include "draw/grid.h"
#include "trace/state_at.h"

/*
 * A message counts as under way if its send is among the last
 * NETWORK_VIEW_RECORDS records up to the position, and it has neither arrived
 * nor been lost by then; its end is looked for among as many records behind the
 * position.  So the cost does not grow with the trace.
 */
#define NETWORK_VIEW_RECORDS 4096
/* Messages under way at most; more are counted only. */
#define NETWORK_VIEW_MESSAGES 64

struct network_view {
	const struct trace *t;
	const struct state_at *f; /* the state after record SEQ */
	uint64_t seq;             /* the position */
	int64_t t_ns; /* now: not before record SEQ, nor after the next one */
	struct str node; /* chosen: its box has GRID_CHOSEN; may be empty */
	size_t room;     /* lines of the area that are seen at once; 0: all */
};

/* Lines that the whole pane takes when as many as AREA has are seen at once:
 * more than AREA has only where it is a list.  Draws nothing. */
size_t
network_view_height(const struct network_view *v, const struct grid_area *area);

/* The area is taken to be empty. */
void
network_view_draw(const struct network_view *v, const struct grid_area *area);

#endif
