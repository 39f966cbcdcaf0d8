/*
 * The driver of a run: for recordings, played sessions, experiments and marks
 * alike.  It takes the run through its slices, collects its trace, within
 * bounds, and ends it early on request.
 *
 * The machine's clock is not read here.  A caller that wants slices of so many
 * milliseconds, or virtual time that keeps pace with real time, supplies a
 * clock; the run is the same with any clock, or none, except for arrivals from
 * outside (inputs/arrivals.h), which are stamped with virtual time as they are
 * taken in.
 */
#ifndef RUNS_DRIVE_H
#define RUNS_DRIVE_H

#include "runs/run.h"

struct drive;

/* A clock that never goes back: nanoseconds from anywhere. */
typedef int64_t drive_clock_fn(void *arg);

/* Zeroed: nothing is kept, slices have no end, virtual time flies. */
struct drive_options {
	/* Fed with what the run writes, and the caller's; NULL: none. */
	struct trace *trace;
	/* Of that trace, 0: any number.  One more ends the run. */
	uint64_t max_records, max_bytes;
	/* Gets each line behind the trace; NULL.  Without a trace and this
	 * records are numbered and not written. */
	trace_sink_fn *line;
	void *arg;
	uint64_t events; /* in a slice; 0: no bound */
	drive_clock_fn *clock;
	void *clock_arg;
	int64_t slice_ns; /* by the clock: slices go on so long; 0: no longer */
	uint64_t slice_bytes; /* … until they have written so much; 0: any */
	bool paced; /* virtual time goes as the clock does, from the first slice
		     */
	int64_t zero_ns; /* … or from there, of the clock; 0: the first slice */
};

/* Makes the run that IN, which is borrowed while D lives, says: its header is
 * written.  0, or WHY's error. */
int drive_begin(struct drive **d, struct inputs *in,
    const struct drive_options *o, struct diag *why);
/* The run is gone; the trace stays.  NULL is fine. */
void drive_end(struct drive *d);

/*
 * One slice, no further than TO says (its number of events does not count), or
 * NULL.  *STATE says how it ended.  0, or WHY's error: the run is over then.
 */
int drive_slice(struct drive *d, const struct run_goal *to,
    enum run_state *state, struct diag *why);

/* Called behind each slice, the last one as well: 0, or an error, which ends
 * drive_through; DRIVE_ENOUGH ends it well. */
typedef int drive_between_fn(struct drive *d, enum run_state state, void *arg);
#define DRIVE_ENOUGH (-1)

/* Slices to the end of the run.  BETWEEN may be NULL; a caller with a pacing
 * clock waits there (drive_wait_ns).  0, or WHY's error. */
int drive_through(
    struct drive *d, drive_between_fn *between, void *arg, struct diag *why);

/* A has arrived AGO_NS before now, by a clock that paces, but not before what
 * has happened; without such a clock as run_arrive has it.  0, or WHY's
 * error. */
int drive_arrive(
    struct drive *d, const struct arrival *a, int64_t ago_ns, struct diag *why);
/* The run does not pass T_NS, up to which all arrivals are known, whatever the
 * clock shows; INT64_MAX, as at first: no bound. */
void drive_hold(struct drive *d, int64_t t_ns);
struct run *drive_run(const struct drive *d);
/* Lines so far, the header among them. */
uint64_t drive_lines(const struct drive *d);
/* Bytes of them. */
uint64_t drive_bytes(const struct drive *d);
/* The virtual time that the clock shows; without one that paces 0. */
int64_t drive_now_ns(const struct drive *d);
/* What the clock showed at virtual time 0; 0: no slice has begun. */
int64_t drive_zero_ns(const struct drive *d);
/* How long, by the clock, until there is something to do: 0 where there is no
 * clock that paces, INT64_MAX where only arrivals from outside can come. */
int64_t drive_wait_ns(const struct drive *d);

#endif
