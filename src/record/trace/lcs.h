/*
 * What two sequences have in common, in order: Eugene Myers, "An O(ND)
 * difference algorithm and its variations", Algorithmica 1 (1986), greedy and
 * forward, with a limit on how far it looks for the best way on.
 */
#ifndef TRACE_LCS_H
#define TRACE_LCS_H

#include <stddef.h>
#include <stdint.h>

#define LCS_NONE SIZE_MAX

/*
 * MATCH[i], for each of the NA keys of A, is the index of the equal key in B
 * (NB keys) that it corresponds to, or LCS_NONE; the indexes increase.  Linear
 * where the two are much alike; where they part by more than some hundreds, the
 * match may be shorter than the longest, and time stays below a constant times
 * NA + NB.  0 or ERR_NOMEM.
 */
int lcs_match(
    const uint64_t *a, size_t na, const uint64_t *b, size_t nb, size_t *match);

#endif
