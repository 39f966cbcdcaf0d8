/*
 * Shows what a record has left open (an invariant that is broken) when its run
 * has ended: the last part of an explanation, after the chain of causes.
 */
#ifndef SEARCH_LEFT_OPEN_H
#define SEARCH_LEFT_OPEN_H

#include "draw/doc.h"
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

#endif
