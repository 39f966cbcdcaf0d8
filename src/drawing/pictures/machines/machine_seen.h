/*
 * Machines that nodes' programs make up (state("ringing"), `fsm` records of
 * TRACE_PROGRAM_MACHINE): there is no table of them, so their figure has what a
 * trace has seen.
 */
#ifndef PICTURES_MACHINES_MACHINE_SEEN_H
#define PICTURES_MACHINES_MACHINE_SEEN_H

#include "pictures/machines/machine_path.h"

struct machine_seen; /* those of all nodes */

/* The steps in T that O, which may be NULL, keeps.  *S is NULL where there are
 * none.  0 or ERR_NOMEM. */
int machine_seen_take(struct machine_seen **s, const struct trace *t,
    const struct machine_path_options *o);
void machine_seen_free(struct machine_seen *s);

/* Appends them to a graph for dot, a cluster for each node, of which the first
 * is called NUMBER. */
void
machine_seen_put(const struct machine_seen *s, size_t number, struct buf *out);

#endif
