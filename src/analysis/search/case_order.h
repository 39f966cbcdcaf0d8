/* In which order the cases of a level are run, the most telling first. */
#ifndef SEARCH_CASE_ORDER_H
#define SEARCH_CASE_ORDER_H

#include "search/search.h"

/* The class of fault F, which happens in a run with trace T, after faults of
 * class BEFORE (0: none). */
uint64_t fault_order_class(const struct trace *t, const struct found_fault *f,
    uint64_t before, struct buf *scratch);

/*
 * The cases of S from FROM to the last in the order in which they are run, the
 * most telling first. Cases are of one class by the same kind of fault on the
 * same kind of message between the same nodes, or behind the same step of the
 * same node. The first of each class come first, then the second of each. So a
 * search that is ended early has seen something of everything. Sets of faults
 * that rank the same go by the seed of the run.
 *
 * They are numbers, which the caller frees with mem_free; *ORDER is NULL where
 * there are none. 0 or ERR_NOMEM.
 */
int search_order_cases(const struct search *s, size_t from, uint32_t **order);

#endif
