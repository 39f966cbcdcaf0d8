/* Runs made here and now, in memory, for their traces. */
#ifndef RUNS_RERUN_H
#define RUNS_RERUN_H

#include "inputs/inputs.h"
#include "runs/drive.h"
#include "trace/reader.h"

/* A repeated run that is made in slices. */
struct rerun {
	struct drive *run; /* NULL: it has ended */
	struct trace *trace;
	/* What it complained of, a line each, with what says where; each once.
	 */
	struct buf said;
};

#define RERUN_INIT ((struct rerun){ .run = NULL })

/* Begins the run that IN, which is borrowed while it lives, says.  0 or D's
 * error; R is to be freed in any case. */
int rerun_begin(struct rerun *r, struct inputs *in, struct diag *d);
/* Some milliseconds more; a run that fails has ended.  0 or D's error. */
int rerun_step(struct rerun *r, struct diag *d);
void rerun_free(struct rerun *r);

/* The run that IN says, to its end; a run that fails has the trace up to there,
 * and 0 is returned.  *T is the caller's; SAID, or NULL, gets the run's
 * complaints.  0 or D's error. */
int rerun_inputs(
    struct inputs *in, struct trace **t, struct buf *said, struct diag *d);

/* ---- A trace's run made again for its packets ---- */

struct network_rerun {
	struct trace *trace; /* with the detail network; NULL: none */
	/* The number that each record of it has in the trace that was given, 0
	 * for those of a detail which that leaves out; by seq. */
	uint64_t *numbers;
};

/*
 * Runs the inputs of T again, which was read from FILE (a handset's
 * firmware is looked up next to it; NULL: nowhere).  R->trace is NULL
 * afterwards where T has packets already or no inputs, and where its inputs
 * can't be run or make other records than T's: then WHY has the reason.  Free R
 * in any case. 0 or ERR_NOMEM.
 */
int network_rerun(struct network_rerun *r, const struct trace *t,
    const char *file, struct diag *why);
void network_rerun_free(struct network_rerun *r);

#endif
