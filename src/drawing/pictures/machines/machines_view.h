/*
 * The machines of one node at a position: a list of the transactions, dialogs
 * and calls that live there, and of one of them the state diagram, the step it
 * took last with its event and rule, and its timers counting down.
 */
#ifndef PICTURES_MACHINES_MACHINES_VIEW_H
#define PICTURES_MACHINES_MACHINES_VIEW_H

#include "trace/state_at.h"
#include "draw/grid.h"

struct machines_view {
	const struct trace *t;
	const struct state_at *f; /* the state after record SEQ */
	uint64_t seq;
	int64_t t_ns;    /* now, from which timers are reckoned */
	struct str node; /* empty: that of the record */
	size_t chosen;   /* of the list; beyond it: the one that the record
			    concerns, its cause or what it leads to */
	size_t room;     /* lines of the area that are seen at once; 0: all */
};

/* Entries of the list: what lives at the node, and what record SEQ has ended.
 */
size_t machines_view_count(const struct machines_view *v);
/* The one that is drawn; SIZE_MAX: there is none. */
size_t machines_view_shown(const struct machines_view *v);
/* The record that moved entry I last; 0: there is no such entry. */
uint64_t machines_view_seq(const struct machines_view *v, size_t i);
/* Lines that the whole pane takes when as many as AREA has are seen at once.
 * Draws nothing. */
size_t machines_view_height(
    const struct machines_view *v, const struct grid_area *area);
/* The area is taken to be empty.  The line of the entry that is drawn has
 * GRID_CHOSEN where it was chosen. */
void
machines_view_draw(const struct machines_view *v, const struct grid_area *area);

#endif
