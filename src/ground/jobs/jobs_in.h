/* The process of one job; see jobs/jobs.h. */
#ifndef JOBS_JOBS_IN_H
#define JOBS_JOBS_IN_H

#include "jobs/jobs.h"

/* The status of one that ran out of memory before it could say so. */
#define JOB_STATUS_NO_MEMORY 3
/* The status of one that could not be done, and has said why. */
#define JOB_STATUS_TROUBLE 4
/* The status of a program that could not be loaded: that of the dynamic
 * linker, and of a shell that has not found what it is to run. */
#define JOB_STATUS_NOT_STARTED 127

/* Begins JOB; *FD is where comes what it says.  0 or errno. */
int job_begin(const struct jobs *j, uint64_t job, struct child *c, int *fd);

#endif
