/*
 * Shows what a record leaves broken when its run has ended: the last part of
 * an explanation, after the chain of causes.
 */
#ifndef SEARCH_LEFT_OPEN_H
#define SEARCH_LEFT_OPEN_H

#include "draw/doc.h"
#include "ladder/layout.h"
#include "search/search.h"
#include "trace/reader.h"

/*
 * Into D, WIDTH cells wide (0: as usual): the invariants that record SEQ of T
 * shows to be broken at the end of the run, the hole of the protocol it fell
 * into, and what has struck it.  Nothing where T has not ended, is of no run or
 * long, or nothing of that is broken.  0 or ERR_NOMEM.
 */
int left_open_explain(
    const struct trace *t, uint64_t seq, size_t width, struct doc *d);

/*
 * What would come of a fault at one record of a run: each fault that can
 * befall it there, run and judged, one after the other. A view of a
 * moment: nothing of it is kept but the run without faults.
 */
struct befall;

/* Of the run that T, which is complete, is of: it is made once more.  T is
 * borrowed.  0, ERR_UNSUPPORTED with a sentence where T has no inputs, is not
 * complete or was recorded with another detail than `protocol`, ERR_STATE where
 * its run comes out otherwise, or D's error.
 * Free with befall_destroy. */
int befall_create(struct befall **b, const struct trace *t, struct diag *d);
void befall_destroy(struct befall *b);

/* Looks at record SEQ from now on.  0 or ERR_NOMEM. */
int befall_look_at_record(struct befall *b, uint64_t seq);
/* Runs one more of its faults; *MORE while there are others.  0 or
 * ERR_NOMEM. */
int befall_go_on(struct befall *b, bool *more);

/* How many faults there are, and the Ith: the act that it is, as in a person
 * right behind the record; faults with an end, as a crash with its restart, are
 * left out.  Faults that differ by some milliseconds and end alike are one, the
 * first of them, once they have been run. */
size_t befall_count(const struct befall *b);
const struct found_fault *befall_fault_at(const struct befall *b, size_t i);
/* Which of them F, which was one of them before, is or has become part of. */
size_t befall_find_fault(const struct befall *b, const struct found_fault *f);

/* Appends them, a line each behind BEFALL_HEAD lines: the fault, and its
 * effect.  NOW may be NULL: there is nothing to show, and WHY says why. */
#define BEFALL_HEAD 2
void befall_put_lines(
    const struct befall *now, const char *why, size_t width, struct doc *doc);

/* ---- what faults cost, shown in the ladder of the run without any ---- */

/* A ladder by O has each arrow by what its loss costs, each piece of a lifeline
 * by what a crash there does, as S has found it, which is borrowed. */
void search_take_costs(struct search *s, struct layout_options *o);

#endif
