/*
 * In which order the cases of a level are run: the most telling first.  Of each
 * class (the same kind of fault upon the same kind of message between the same
 * nodes, or behind the same step of the same node) the first, then of each the
 * second: so a search that is ended early has seen something of everything.
 */
#ifndef SEARCH_ORDER_H
#define SEARCH_ORDER_H

#include "search/search.h"

/* The class of fault F, which befalls a run with trace T, behind faults of
 * class BEFORE (0: none). */
uint64_t order_class(const struct trace *t, const struct found_fault *f,
    uint64_t before, struct buf *scratch);

/* The cases of S from FROM to the last in their order: numbers, which the
 * caller frees with mem_free; *ORDER is NULL where there are none.  Sets of
 * faults that rank the same go by the seed of the run.  0 or ERR_NOMEM. */
int order_cases(const struct search *s, size_t from, uint32_t **order);

#endif
