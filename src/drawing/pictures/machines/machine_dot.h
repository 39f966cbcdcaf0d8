/*
 * State machines as figures that Graphviz lays out, from the tables that the
 * program runs on (machine/machine.h): a box for each state with the timers
 * that run in it, an edge for each way from one to another with its events and
 * their sections.  What a trace has taken is thick and has its number; the rest
 * is thin and dashed, so that it can be told apart without colours.
 */
#ifndef PICTURES_MACHINES_MACHINE_DOT_H
#define PICTURES_MACHINES_MACHINE_DOT_H

#include "pictures/machines/machine_seen.h"

struct machine_dot_options {
	const char *title;               /* NULL: the machine's own */
	const char *footer;              /* where it comes from, or NULL */
	bool plain;                      /* no path: the table alone */
	const struct machine_seen *seen; /* of programs, behind the N; NULL */
};

/* Appends the file of the N machines, one beside the other, for plain dot.  O
 * may be NULL.  0 or ERR_NOMEM. */
int machine_dot_write(const struct machine_path *paths, size_t n,
    const struct machine_dot_options *o, struct buf *out);

#endif
