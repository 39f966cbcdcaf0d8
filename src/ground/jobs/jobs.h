/*
 * Work in processes of its own, so many at once, each with bounds on what it
 * takes of the machine.  A job that crashes, computes or waits without end
 * costs itself alone.  What it says comes through a pipe and counts when the
 * job has ended in good order.
 */
#ifndef JOBS_JOBS_H
#define JOBS_JOBS_H

#include "base/buf.h"
#include "base/diag.h"
#include "jobs/child.h"

/* X(ID): how a job ended. */
#define JOB_ENDS(X)                                                            \
	X(DONE)    /* in good order: what it said counts */                    \
	X(MEMORY)  /* out of it */                                             \
	X(CPU)     /* its time on the processor was over */                    \
	X(TIMEOUT) /* its time was over, or it stood still */                  \
	X(TROUBLE) /* the machine could not do it: it said why,                \
		    * unless it had no memory for that */                      \
	X(CRASH)   /* by a signal, with a wrong status, or it said too much */ \
	X(KILLED)  /* from outside, by a signal that it never sends itself */

enum job_end {
#define X(id) JOB_##id,
	JOB_ENDS(X)
#undef X
};

struct job_bounds {
	uint64_t memory; /* bytes of addresses; 0: no bound */
	int64_t cpu;     /* ns; 0: no bound */
	int64_t wall;    /* ns by the clock; 0: a day, as more is as well */
	int64_t idle;    /* ns without computing; 0: no bound */
	size_t said;     /* bytes of what it says */
};

struct jobs {
	unsigned at_once;
	struct job_bounds bounds;
	/* The number of a job to be begun; false: there is none left.  NULL:
	 * there is one, 0. */
	bool (*next)(void *arg, uint64_t *job);
	/* Does JOB, in a process of its own; what it says into OUT.  0,
	 * ERR_NOMEM, or another error where the machine is at fault, which OUT
	 * says in a sentence. */
	int (*work)(void *arg, uint64_t job, struct buf *out);
	/* In place of `work`, or NULL: a program, and what it writes is what it
	 * says.  JOB_TROUBLE is that it does not start. */
	const struct child_plan *program;
	/* JOB has ended in the way END, and wrote SAID; WHAT is the reason of a
	 * crash or a kill, else "".  0 or D's error, which ends all. */
	int (*done)(void *arg, uint64_t job, enum job_end end, struct str said,
	    const char *what, struct diag *d);
	/* Called some times a second; not 0: go no further.  NULL: nothing. */
	int (*look)(void *arg);
	void *arg;
	int closed; /* a file that is this process's alone, or -1 */
};

/* Does them all.  0 (also where `look` ended it) or D's error; no process is
 * left. */
int jobs_do(struct jobs *j, struct diag *d);

/* WHAT, as `done` gets it, is the reason of a job that was killed. */
bool jobs_is_killed(struct str what);

/* The processors that this process may use, 1 at least. */
unsigned jobs_processors(void);

#endif
