/*
 * The state of a node at a position, for a pane: its role, its bindings, its
 * calls with their media, its dialogs, and its machines and timers.
 */
#ifndef WORDS_NODE_DOC_H
#define WORDS_NODE_DOC_H

#include "draw/doc.h"
#include "trace/state_at.h"

/* What the state does not have (passwords asked for, TCP connections, whether
 * the node is up) is looked for among so many records before the position. */
#define NODE_WINDOW 20000

/*
 * Appends to D the state of NODE after record SEQ (0: before the first) at time
 * T_NS; F must stand at SEQ.  Lines lead to the records that told.  A NODE
 * that the trace does not have is a sentence.  D's err tells of missing memory.
 */
void node_doc(const struct trace *t, const struct state_at *f, struct str node,
    uint64_t seq, int64_t t_ns, size_t width, struct doc *d);

#endif
