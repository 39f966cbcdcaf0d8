/*
 * A run: a world made from a topology, moved by a script and by settings,
 * written to a trace.  Nothing here waits for a screen; a run may be driven in
 * slices and is the same whatever the slices are.
 */
#ifndef RUNS_RUN_H
#define RUNS_RUN_H

#include "inputs/inputs.h"
#include "sim/sim.h"

struct run;

/* A run without a duration ends after this virtual time at the latest; an act
 * at its end gives it as much again. */
#define RUN_LONGEST_NS (INT64_C(3600) * SIM_S)

/*
 * Makes the world and loads the script; the trace's header has been written to
 * SINK afterwards.  IN is borrowed while the run lives (its topology is read
 * here when the script names it).  0, or D's error.
 */
int run_create(struct run **r, struct inputs *in, trace_sink_fn *sink,
    void *arg, struct diag *d);
void run_destroy(struct run *r);
/* Makes what runs begin with, for processes that are forked then. */
void run_prepare(void);
/* The writer of its trace. */
struct trace_writer *run_writer(const struct run *r);
/* A sink that feeds the struct trace ARG. */
int run_feed_trace(const char *line, size_t n, void *arg);

/*
 * Runs at most MAX_EVENTS events (0: to the end).  *DONE when the run has
 * ended and its `end` record is written.  0, or D's error: the trace then ends
 * with reason "error".  After sim_stop the next call ends it, with reason
 * "stopped".
 */
int run_advance(struct run *r, uint64_t max_events, bool *done, struct diag *d);

/* How far to go. */
struct run_goal {
	uint64_t max_events; /* 0: no bound */
	int64_t until_ns;    /* events due then are run; INT64_MAX: no bound */
	uint64_t until_seq;  /* until this record is written; 0: no bound */
};

enum run_state {
	RUN_GOES_ON,
	RUN_IS_THERE, /* where the goal's time or record is */
	RUN_IS_OVER,  /* its `end` record is written */
};

/* As run_advance, no further than GOAL.  An error is the end as well. */
int run_advance_to(struct run *r, const struct run_goal *goal,
    enum run_state *state, struct diag *d);
/* When something is to be done next; INT64_MAX: by itself nothing is. */
int64_t run_next(const struct run *r);

/* The trace has its last record, and all of it reached the sink. */
bool run_is_whole(const struct run *r);

/* Every act of the inputs has been done. */
bool run_caught_up(const struct run *r);
/* Why the act that ended the run was rejected, in words without its number and
 * name; NULL where none was. */
const struct diag *run_refusal(const struct run *r);

/* What the person who runs this should know although the run goes on, I from 0:
 * a topology that can hardly be meant so, a part of the script that could not
 * go on after a person's act; with this error, a node's program that has
 * failed.  NULL behind the last. */
#define RUN_PROGRAM_FAILED ERR_STOPPED
const struct diag *run_warning(const struct run *r, size_t i);

/* ---- the outside (in->outside.there) ---- */

/* The node that stands for it in the trace. */
#define RUN_OUTSIDE "outside"

/* What a node has sent there, and what became of its connections. */
struct run_departure {
	int64_t t_ns;
	enum {
		RUN_LEFT_BYTES, /* a datagram, or bytes of a connection */
		RUN_LEFT_OPEN,  /* it has opened one */
		RUN_LEFT_CLOSE, /* a connection has ended, from either side */
	} what;
	const char *node;     /* NULL: an address that no node has any more */
	struct addr from, to; /* with their transport */
	enum connection_end why; /* … a connection has */
	struct str bytes;        /* nothing of it outlives the call */
};
typedef void run_departs_fn(const struct run_departure *d, void *arg);
/* FN, which may not touch the run, is told of all that leaves from now on; the
 * run is the same without it. */
void run_listen(struct run *r, run_departs_fn *fn, void *arg);

/* The places of arrivals, FN(NODE, FACE, AT, ARG) for each UDP port and each
 * listener of a node, FACE "" where it has only one; the strings are R's.
 * run_places_changed counts what changes them. */
typedef void run_place_fn(
    const char *node, const char *face, const struct addr *at, void *arg);
void run_each_place(const struct run *r, run_place_fn *fn, void *arg);
uint64_t run_places_changed(const struct run *r);

/*
 * A arrives at its time, or now where that is past; IN gets a copy, so that the
 * inputs remain those of the run.  0, or D's error: there is no such node or
 * face, it can't come from that address.
 */
int run_arrive(struct run *r, const struct arrival *a, struct diag *d);
/* All that are known so far; *EXPECTED of them, the last, have yet to come. */
const struct arrivals *run_arrivals(const struct run *r, size_t *expected);
/* The outside is open until the run is stopped, or its time is over: nothing
 * else ends it, though all is quiet. */
void run_keep_open(struct run *r);
/* It ends, with reason "stopped", when all that is due now has happened. */
void run_stop(struct run *r);

struct sim *run_sim(const struct run *r);
/* The time at which it ends, or 0: when all is quiet. */
int64_t run_until(const struct run *r);

/* NAME=VALUE as an act `set` of NODE, or of a link, would take it: 0, or D's
 * error. */
int run_check_setting(
    const char *node, const char *name, const char *value, struct diag *d);
int run_check_link(const char *name, const char *value, struct diag *d);

#endif
