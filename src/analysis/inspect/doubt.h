/*
 * What a clause asks beyond what its check proves.  A check that finds nothing
 * wrong has kept the clause only where it would have found it: where something
 * else that the clause speaks of is not as it should be, or may not be, the
 * clause is exercised and no more.
 */
#ifndef INSPECT_DOUBT_H
#define INSPECT_DOUBT_H

#include "inspect/inspect_in.h"

/* L's check says KEPT: true where that is not enough to call its
 * clause kept. */
bool inspect_doubts(struct look *l);
/* Notes of TX, which L's request begins, what doubts compare with later. */
void inspect_note_request(struct look *l, struct tx *tx);

#endif
