/* A trace's run made again for its packets; see runs/drive.c. */
#ifndef RUNS_NETWORK_RERUN_H
#define RUNS_NETWORK_RERUN_H

#include "trace/reader.h"

struct network_rerun {
	struct trace *trace; /* with the detail network; NULL: none */
	/* The number that each record of it has in the trace that was given, 0
	 * for those of a detail which that leaves out; by seq. */
	uint64_t *numbers;
};

/*
 * Runs the inputs of T again, which was read from FILE (a handset's
 * firmware is looked up beside it; NULL: nowhere).  R->trace is NULL afterwards
 * where T has packets already or no inputs, and where its inputs can't be run
 * or make other records than T's: then WHY has the reason.  Free R in any case.
 * 0 or ERR_NOMEM.
 */
int network_rerun(struct network_rerun *r, const struct trace *t,
    const char *file, struct diag *why);
void network_rerun_free(struct network_rerun *r);

#endif
