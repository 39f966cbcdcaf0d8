/* Which runs of an experiment have their results, and how they ended. */
#ifndef SWEEP_RUNS_H
#define SWEEP_RUNS_H

#include "sweep/result.h"
#include "sweep/store.h"

/* Failed runs whose reasons are kept: the first ones. */
#define SWEEP_REASONS 10

struct sweep_reason {
	uint64_t run;
	char *what; /* owned; may be empty */
};

struct sweep_runs {
	const struct experiment *e; /* borrowed */
	uint8_t *state;             /* by run: 0, or its enum sweep_end + 1 */
	uint32_t *digest;           /* of its line */
	uint64_t done, failed;
	uint64_t differing; /* second results that differ from the first */
	struct sweep_reason reasons[SWEEP_REASONS]; /* by run */
	size_t nreasons;
};

int sweep_runs_create(struct sweep_runs *r, const struct experiment *e);
void sweep_runs_free(struct sweep_runs *r);
/* Notes RESULT, of a run of the experiment, and LINE, which it was read from.
 * True for the first result of that run that came to its end (SWEEP_OK). */
bool sweep_runs_take(
    struct sweep_runs *r, const struct sweep_result *result, struct str line);

static inline bool
sweep_runs_has(const struct sweep_runs *r, uint64_t run)
{
	return r->state[run] != 0;
}

/* How run RUN, which has a result, ended. */
static inline enum sweep_end
sweep_runs_end(const struct sweep_runs *r, uint64_t run)
{
	return (enum sweep_end)(r->state[run] - 1);
}

/* Appends the number of failed runs, the first of them named; and all remarks
 * on R.
 */
void sweep_put_failures(const struct sweep_runs *r, struct buf *out);
void sweep_put_counts(const struct sweep_runs *r, struct buf *out);

/*
 * Doing an experiment's runs: each in a process of its own with bounds on
 * what it takes of the machine, so many at once. A run that crashes,
 * computes or waits without end costs itself alone. Only this process
 * writes results.
 */
struct sweep_work {
	const struct experiment *e;
	const struct store *store;
	struct sweep_runs *runs; /* results kept here are not computed again */
	int results;             /* of store_open_results; -1: none are kept */
	unsigned jobs;
	/* Of the runs, every PARTS-th from PART on, which counts from 1; 1 of 1
	 * is all. */
	unsigned part, parts;
	bool keep;       /* traces as well, in the folder "traces" */
	uint64_t killed; /* runs that something outside ended: no result */
	size_t bytes;    /* of results */
	/* Called some times a second; not 0: go no further. */
	int (*look)(void *arg);
	void *arg;
};

/* How many runs W is to do. */
uint64_t sweep_work_size(const struct sweep_work *w);
/* Does them.  0 (also where LOOK ended it) or D's error; no process is left. */
int sweep_work_do(struct sweep_work *w, struct diag *d);

/* runs.c: run RUN of E in this process, of RECORDS at most (0: any number);
 * the line of its result into LINE, its trace into the file TRACE (NULL:
 * nowhere).  0, or ERR_NOMEM, which the line says as well. */
int sweep_run_once(const struct experiment *e, uint64_t run, const char *trace,
    uint64_t records, struct buf *line);

#endif
