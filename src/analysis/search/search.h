/*
 * The search: a run without faults, then each single fault, then pairs of them,
 * breadth first.  Of a case that may have more faults its own come behind the
 * ones that it has.  What needs not be run is not: see docs/SEARCH.md.
 */
#ifndef SEARCH_SEARCH_H
#define SEARCH_SEARCH_H

#include "search/candidates.h"
#include "search/judge.h"

/* Cases that are looked at, at most. */
#define SEARCH_CASES_MAX 1000000

/* Whether a case is run, and why not. */
enum search_spared {
	SPARED_RUN,
	SPARED_IDLE,  /* nothing rests on what the fault touches */
	SPARED_EQUAL, /* it would be the same ladder as another's */
	SPARED_COUNT
};

#define SEARCH_NONE UINT32_MAX
#define SEARCH_BASE (UINT32_MAX - 1)

/* One set of faults: those of its parent, and one more. */
struct search_case {
	uint32_t parent; /* SEARCH_NONE: the run without faults */
	/* The first case whose run was found to be equal, or is taken to be;
	 * SEARCH_BASE: the run without faults; SEARCH_NONE: none is known. */
	uint32_t like;
	struct found_fault fault;
	struct verdict v;
	uint64_t class; /* of case_order.h */
	enum search_spared spared;
	uint32_t first, children; /* its cases, run or not */
	bool done;                /* V is known */
};

struct search;

struct search_options {
	struct search_wish wish;
	unsigned faults;                 /* at once: 1 to ATTEMPT_FAULTS */
	uint64_t runs;                   /* at most; 0: any number */
	bool all;                        /* nothing is spared */
	const struct judge_goals *goals; /* of the lab; NULL: none */
	/* Runs those of the N cases ORDER that search_is_to_run; NULL: one
	 * after the other, in this process.  0 or D's error. */
	int (*run)(
	    struct search *s, const uint32_t *order, size_t n, struct diag *d);
	unsigned jobs; /* of search_run_apart: processes at one time */
	/* Of search_run_apart as well: what a run lasts on this machine, about,
	 * by which jobs are made as long as they should be; 0: unknown. */
	int64_t run_ns;
	/* Of the sets of most faults every PARTS-th alone is run, from PART on,
	 * which counts from 1; 0: all are. */
	unsigned part, parts;
	/* The verdict of case I is known: it is not run.  May be NULL. */
	bool (*known)(
	    void *arg, const struct search *s, size_t i, struct verdict *v);
	/* Case I was run.  0 or D's error, which ends it.  May be NULL. */
	int (*found)(
	    void *arg, const struct search *s, size_t i, struct diag *d);
	/* Called before the sets of so many faults are run: RUNS of them are to
	 * be.  May be NULL. */
	void (*level)(void *arg, uint64_t runs);
	/* Called some times a second, of runs in this process before each: not
	 * 0 ends it.  May be NULL. */
	int (*look)(void *arg);
	void *arg;
};

struct search {
	const struct inputs *in; /* borrowed; detail PROTOCOL */
	struct search_options o;
	struct attempt base;
	struct inputs tried; /* acts: to give up each call; those of O */
	struct judged usual;
	struct search_case *cases;
	size_t ncases, cases_cap;
	size_t
	    level[ATTEMPT_FAULTS + 1]; /* where cases of so many faults end */
	unsigned now;                  /* so many faults have those at work */
	size_t grown; /* so many cases have those with one more fault */
	uint64_t runs, runs_known; /* that were made; are to be */
	uint64_t undone;           /* runs that were killed, or had no memory */
	uint64_t max_records;
	bool cut;     /* `look` ended it */
	bool stopped; /* it, or the number of runs: there is more */
	bool full;    /* there are more sets of faults than are looked at */
};

/* Free S in any case.  0, or D's error: the run without faults fails. */
int search_begin(struct search *s, const struct inputs *in,
    const struct search_options *o, struct diag *d);
/* To its end, or where `look` ends it: called again it goes on from there. */
int search_go(struct search *s, struct diag *d);
void search_free(struct search *s);
/* Some message of the run without faults is of the method that S wishes, if it
 * does.  0 or D's error. */
int search_check_method(const struct search *s, struct diag *d);

/* S's cases are the single faults of the run without any that come right at
 * record SEQ.  None of them is run.  0 or ERR_NOMEM. */
int search_take(struct search *s, uint64_t seq);

/* The faults of case I, in their order; how many. */
size_t search_faults(const struct search *s, size_t i,
    struct found_fault faults[ATTEMPT_FAULTS]);
/* The run of case I once more. */
int search_attempt(
    const struct search *s, size_t i, struct attempt *a, struct diag *d);

bool search_is_to_run(const struct search *s, size_t i);
/* Judges the run of case I.  0 or ERR_NOMEM. */
int search_judge_case(const struct search *s, size_t i, struct verdict *v);
/* Case I, which was run, has its verdict: for now alone, or it is to be kept.
 * 0 or D's error. */
void search_case_ended(struct search *s, size_t i);
int search_case_found(struct search *s, size_t i, struct diag *d);
/* Tells how far it is, and asks whether to go on; not 0: no. */
int search_look(struct search *s);

/* What the process of a run may take, in bytes. */
#define SEARCH_MEMORY ((uint64_t)2 << 30)

/* search_work.c: search_options.run in processes of its own, so that a run
 * that crashes or never ends costs itself alone. */
int search_run_apart(
    struct search *s, const uint32_t *order, size_t n, struct diag *d);

#endif
