/*
 * An attempt: a run with some faults.  What ends a fault after a while, a
 * restart or a link that comes up, finds its place while the run goes: its
 * act names the last record before its time.
 */
#ifndef SEARCH_ATTEMPT_H
#define SEARCH_ATTEMPT_H

#include "search/fault.h"
#include "trace/reader.h"

/* Faults of one run, at most. */
#define ATTEMPT_FAULTS 3

struct attempt {
	struct inputs in;    /* with all acts: it is the run */
	struct trace *trace; /* complete, unless ENDLESS */
	bool endless;        /* it wrote more records than it may */
	/* What it is doubtful about, and what its programs did wrong; owned. */
	struct diag *doubts;
	size_t ndoubts;
};

/*
 * The run of IN with N FAULTS, in the order of their records, at most
 * MAX_RECORDS long; HEAD is that of any run of IN, and NULL without faults;
 * TRIED has the acts that faults may be.
 * Free A in any case.  0, ERR_NOTFOUND where a fault can't be, as of a node
 * that is down, or D's error.
 */
int attempt_make(struct attempt *a, const struct inputs *in,
    const struct trace_head *head, const struct inputs *tried,
    const struct found_fault *faults, size_t n, uint64_t max_records,
    struct diag *d);
void attempt_free(struct attempt *a);

#endif
