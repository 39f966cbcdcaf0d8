/*
 * What lives at one moment of a trace: for each node its calls, dialogs,
 * bindings, transactions with their timers, as words/node_doc.h tells them.
 */
#ifndef WORDS_STATE_DOC_H
#define WORDS_STATE_DOC_H

#include "draw/doc.h"
#include "trace/fold.h"

/*
 * Appends to D the state after record SEQ (0: before the first, trace_count at
 * most) at time T_NS, from which what is left of timers and bindings is
 * reckoned; -1: the record's own.  Of NODE alone, or with NULL of all nodes
 * where anything lives; WIDTH 0 counts as 80.  0, ERR_NOMEM, or ERR_NOTFOUND
 * with a sentence in DIAG.
 */
int state_doc(const struct trace *t, uint64_t seq, int64_t t_ns,
    const char *node, size_t width, struct doc *d, struct diag *diag);

#endif
