/*
 * What a clause asks beyond what its checks prove, and another one is told of:
 * where that is broken or in doubt, the clause is exercised and no more.  What
 * need not be so is a row with DOUBT_ALWAYS (inspect/relation.h), or its check
 * says DOUBTED.
 */
#ifndef INSPECT_RULE_GAPS_H
#define INSPECT_RULE_GAPS_H

#include "inspect/inspect_in.h"

/* ROLE has broken RULE, or may have. */
void
inspect_note_gap(struct inspect *in, enum rule_id rule, enum role_class role);

#endif
