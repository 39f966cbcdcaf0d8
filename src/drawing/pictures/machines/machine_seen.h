/*
 * Machines that nodes' programs make up (state("ringing"), `fsm` records of
 * TRACE_PROGRAM_MACHINE): there is no table of them, so their figure has what a
 * trace has seen.
 */
#ifndef PICTURES_MACHINES_MACHINE_SEEN_H
#define PICTURES_MACHINES_MACHINE_SEEN_H

#include "machine/machine.h"
#include "trace/reader.h"

/*
 * The way that a trace took through a state machine: how often each edge of
 * its table.
 */
struct machine_path {
	const struct machine *m;
	uint64_t *taken; /* by edge; owned */
	/* Steps whose event the records do not tell, counted at the first of
	 * the edges that join the same two states; owned. */
	uint64_t *open;
	uint64_t begun; /* transactions, dialogs … that came to be */
	uint64_t steps; /* that the records tell of … */
	uint64_t other; /* … and of these, the ones missing in the table */
};

/* Which records count; NULL: all. */
struct machine_path_options {
	bool (*keep)(
	    const struct trace *t, const struct trace_rec *rec, void *arg);
	void *arg;
};

/* No steps yet.  0 or ERR_NOMEM; free in any case. */
int machine_path_init(struct machine_path *p, const struct machine *m);
void machine_path_free(struct machine_path *p);

/* Adds the steps of T to the N paths, each of another machine; O may be NULL.
 * Takes one pass over the records. */
void machine_paths_take(struct machine_path *paths, size_t n,
    const struct trace *t, const struct machine_path_options *o);

/* E goes from one state to another, by their names. */
bool machine_leads(
    const struct machine_edge *e, enum state_id from, enum state_id to);

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
