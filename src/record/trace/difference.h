/*
 * Where two traces part: branches of one run have the same records up to what
 * made one of them go another way.
 */
#ifndef TRACE_DIFFERENCE_H
#define TRACE_DIFFERENCE_H

#include "trace/reader.h"

/*
 * The first records of A and B that are not the same bytes: true, with their
 * numbers, or 0 for the one that has ended there.  False where both have the
 * same records (the first lines of the traces may differ).  Linear.
 */
bool trace_first_difference(const struct trace *a, const struct trace *b,
    uint64_t *seq_a, uint64_t *seq_b);

/* How many records, from the first on, are the same in both, of MOST at most;
 * that the first KNOWN are is known. */
uint64_t trace_same(const struct trace *a, const struct trace *b,
    uint64_t known, uint64_t most);

#endif
