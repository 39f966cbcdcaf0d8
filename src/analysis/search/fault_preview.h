/*
 * A preview of the effects of faults at one record of a run: each fault that
 * can hit it there is run and judged, one after the other.  Only the run
 * without faults is kept from one record to the next.
 */
#ifndef SEARCH_FAULT_PREVIEW_H
#define SEARCH_FAULT_PREVIEW_H

#include "draw/doc.h"
#include "search/search.h"

struct fault_preview;

/* Of the run that T, which is complete, is of: it is made once more.  T is
 * borrowed.  0, ERR_UNSUPPORTED with a sentence where T has no inputs, is not
 * complete or was recorded with another detail than `protocol`, ERR_STATE where
 * its run comes out otherwise, or D's error.
 * Free with fault_preview_destroy. */
int fault_preview_create(
    struct fault_preview **p, const struct trace *t, struct diag *d);
void fault_preview_destroy(struct fault_preview *p);

/* Looks at record SEQ from now on.  0 or ERR_NOMEM. */
int fault_preview_look_at_record(struct fault_preview *p, uint64_t seq);
/* Runs one more of its faults; *MORE while there are others.  0 or
 * ERR_NOMEM. */
int fault_preview_go_on(struct fault_preview *p, bool *more);

/* How many faults there are, and the Ith: the act that it is, as a person's
 * right after the record; faults with an end, such as a crash with its restart,
 * are left out.  Faults that differ by some milliseconds and end alike are one,
 * the first of them, once they have been run. */
size_t fault_preview_count(const struct fault_preview *p);
const struct found_fault *
fault_preview_fault_at(const struct fault_preview *p, size_t i);
/* Which of them F, which was one of them before, is or has become part of. */
size_t fault_preview_find_fault(
    const struct fault_preview *p, const struct found_fault *f);

/* Appends them, a line each behind FAULT_PREVIEW_HEAD lines: the fault, and its
 * effect.  NOW may be NULL: there is nothing to show, and WHY says why. */
#define FAULT_PREVIEW_HEAD 2
void fault_preview_put_lines(const struct fault_preview *now, const char *why,
    size_t width, struct doc *doc);

#endif
