/*
 * A run that goes as the clock does, with real programs in place of some of its
 * nodes: what they send arrives from outside (inputs/arrivals.h), and is so an
 * input of the run, which its trace has: that runs again without them, to the
 * same bytes.  The machine's clock, and sockets, are known here and in
 * live_sockets.h alone.
 */
#ifndef LIVE_LIVE_RUN_H
#define LIVE_LIVE_RUN_H

#include "live/live_sockets.h"
#include "runs/drive.h"
#include "session/session.h"

struct live_run;

/* A run with no other end is over after so long. */
#define LIVE_LONGEST_NS (INT64_C(24) * 3600 * SIM_S)
#define LIVE_SOUND_MOST UINT64_C(100000000)

/* How late things were, by the clock: departures behind their virtual time,
 * arrivals behind their coming to the machine. */
struct live_lateness {
	uint64_t n;
	int64_t half_ns, most_ns,
	    worst_ns; /* of 50 and of 99 in a hundred; of all */
};

/* How often, and for how long, nothing went on here, as the machine slept or
 * rung was stopped: the run's clock has stood still as well, and all went on
 * from there. */
struct live_still {
	unsigned n;
	int64_t ns;
};

struct live_options {
	/* Nodes that real programs play, "bob,carol=127.0.0.1:5070": an address
	 * is the program's, else one is given to it.  NULL: those of the
	 * topology alone. */
	const char *outside;
	/* Which nodes are open to other machines, and where: as in
	 * real_programs_take_faces. */
	const char *faces;
	/* Pages that may come by WebSocket, by their origins, with commas
	 * between; NULL: none. */
	const char *pages;
	/* So many bytes of what people say are inputs; silence is in the place
	 * of what comes behind.  0: LIVE_SOUND_MOST. */
	uint64_t sound_most;
	/* Where certificates are written, and kept; NULL: a folder of its own.
	 */
	const char *certs;
	/* Of the trace; a little before, the run ends in order, and its trace
	 * is whole.  0: no bound, or a session's. */
	uint64_t max_records, max_bytes;
	drive_clock_fn *clock; /* its argument is NULL; NULL: the machine's */
	/* As in drive_options; a session has its own. */
	struct trace *trace;
	trace_sink_fn *line;
	void *arg;
};

/*
 * Makes the run of IN, whose nodes get addresses of 127.64.0.0/10 where they
 * have but one (settings of the run, as --set makes them), and opens
 * their places.  IN is borrowed.  0, or D's error.
 */
int live_run_begin(struct live_run **l, struct inputs *in,
    const struct live_options *o, struct diag *d);
/* The same as branch 0 of a session, *S, by the name of the file opened: IN is
 * taken, also on failure; the session is the caller's, to be destroyed after L
 * has ended.  The player advances it (session_advance), and takes arrivals by
 * live_run_attend. */
int live_run_play(struct live_run **l, struct session **s, const char *name,
    struct inputs *in, const struct live_options *o, struct diag *d);
void live_run_end(struct live_run *l);
/* The run's clock goes on from here: what has passed since it was read last was
 * no time of the run. */
void live_run_put_off(struct live_run *l);

/* Runs the events that are due, and waits for input, for WAIT_NS at most.  0 or
 * D's error. */
int live_run_turn(
    struct live_run *l, int64_t wait_ns, enum run_state *state, struct diag *d);

/* Waits alone, WAIT_NS at most, and takes input; opens the places that the run
 * has by now.  0 or D's error. */
int live_run_attend(struct live_run *l, int64_t wait_ns, struct diag *d);
/* How long there is nothing to do (drive_wait_ns), unless *FD, a descriptor
 * that can be read then, says that something has come. */
int64_t live_run_idle_ns(const struct live_run *l, int *fd);

/* NULL where a session's run is over. */
struct drive *live_run_drive(const struct live_run *l);
const struct real_programs *live_run_programs(const struct live_run *l);
const struct live_sockets *live_run_sockets(const struct live_run *l);
const struct certificate_authority *
live_run_authority(const struct live_run *l);
/* As the run has it. */
const struct topology *live_run_topology(const struct live_run *l);
/* A place that could not be opened later on: the first, or no error. */
const struct diag *live_run_trouble(const struct live_run *l);
/* Once, as sound_most is reached: that there is silence from then on.  Else
 * NULL. */
const struct diag *live_run_take_muted(struct live_run *l);
/* Which bound has ended the run, or no error. */
const struct diag *live_run_full(const struct live_run *l);
struct live_still live_run_still(const struct live_run *l);
struct live_lateness live_run_lateness(const struct live_run *l);

#endif
