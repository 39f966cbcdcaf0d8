/*
 * Doing an experiment's runs: each in a process of its own with bounds on what
 * it takes of the machine, so many at once.  A run that crashes, computes or
 * waits without end costs itself alone.  Only this process writes results.
 */
#ifndef SWEEP_WORK_H
#define SWEEP_WORK_H

#include "sweep/runs.h"
#include "sweep/store.h"

struct sweep_work {
	const struct experiment *e;
	const struct store *store;
	struct sweep_runs *runs; /* what is done is not done again */
	int results;             /* of store_open_results; -1: none are kept */
	unsigned jobs;
	/* Of the runs, every PARTS-th from PART on, which counts from 1; 1 of 1
	 * is all. */
	unsigned part, parts;
	bool keep;       /* traces, too, in the folder "traces" */
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

/* one_run.c: run RUN of E in this process, of RECORDS at most (0: any number);
 * the line of its result into LINE, its trace into the file TRACE (NULL:
 * nowhere).  0, or ERR_NOMEM, which the line says, too. */
int sweep_run_once(const struct experiment *e, uint64_t run, const char *trace,
    uint64_t records, struct buf *line);

#endif
