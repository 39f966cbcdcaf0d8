/* The process of one run. */
#ifndef SWEEP_CHILD_H
#define SWEEP_CHILD_H

#include "sweep/experiment.h"

#include <sys/types.h>

/* The status of one that ran out of memory before it could say so. */
#define CHILD_NO_MEMORY 3

struct child_task {
	const struct experiment *e;
	size_t point;
	uint64_t seed;
	const char *folder; /* of the experiment */
	bool keep;          /* its trace, in folder/traces */
	int results;        /* which is its parent's alone */
};

/* Begins it; *FD is where the line of its result comes from.  0 or D's error.
 */
int
child_begin(const struct child_task *task, pid_t *pid, int *fd, struct diag *d);

#endif
