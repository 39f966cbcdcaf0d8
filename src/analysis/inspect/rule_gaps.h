/*
 * Rule gaps: what a rule asks beyond what its own checks prove.  Another rule
 * checks that.  If the other rule is broken, or may be, this one counts as
 * exercised and not as kept.  A gap that no rule checks is a row with
 * DOUBT_ALWAYS (inspect/relation.h), or the check returns DOUBTED.
 */
#ifndef INSPECT_RULE_GAPS_H
#define INSPECT_RULE_GAPS_H

#include "inspect/inspect_in.h"

/* ROLE has broken RULE, or may have: RULE, and the rules that ask for it as
 * well, are not proved to be kept. */
void
inspect_note_gap(struct inspect *in, enum rule_id rule, enum role_class role);

#endif
