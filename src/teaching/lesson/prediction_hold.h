/*
 * The prediction hold: a task that is asked ahead wants a prediction, so it
 * hides (holds) its runs until the student's first try.
 */
#ifndef LESSON_PREDICTION_HOLD_H
#define LESSON_PREDICTION_HOLD_H

#include "lesson/answers.h"

struct prediction_hold {
	/* The student's own run shows its records before this one alone; 0: all
	 * of them. */
	uint64_t before;
	unsigned own;    /* the number of the task that holds it; 0: none */
	unsigned others; /* of the task about other runs, which are not shown */
};

/* Task I of L is asked ahead, and by A it was neither tried nor its run seen.
 */
bool prediction_hold_is_open(
    const struct lesson *l, const struct answers *a, size_t i);
/* Any of L's tasks is. */
bool
prediction_hold_is_any_open(const struct lesson *l, const struct answers *a);
/*
 * Of each of L's tasks what lesson_asks_from gives of RUN, L's own, into FROM.
 * A check that fails on RUN says nothing, and any record of RUN may show what
 * it asks: WHY says why (of the first that is asked ahead; may be NULL).  0 or
 * ERR_NOMEM.
 */
int prediction_hold_find(struct lesson *l, const struct trace *run,
    uint64_t from[LESSON_TASKS_MAX], struct diag *why);
/*
 * What L's open tasks hold of runs, where A is what its student has done.  FROM
 * has of each task what lesson_asks_from gave, and RECORDS is how many its run
 * has.  A task with a number behind these is about other runs.  One with 0 may
 * be told by any record.
 */
struct prediction_hold prediction_hold_of(const struct lesson *l,
    const struct answers *a, const uint64_t *from, uint64_t records);
/* Task I, which is not asked ahead, is about records that H hides, by FROM and
 * RECORDS as above: the task that holds the run comes before it. */
bool prediction_hold_hides(const struct prediction_hold *h,
    const struct lesson *l, size_t i, const uint64_t *from, uint64_t records);
/* The student has looked at a run without a prediction: at the own run, else at
 * another one.  The open tasks of L about it hold it no longer.  True: there
 * were some. */
bool prediction_hold_look(const struct lesson *l, struct answers *a,
    const uint64_t *from, uint64_t records, bool own);

#endif
