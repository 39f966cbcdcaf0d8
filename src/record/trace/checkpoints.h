/*
 * Checkpoints: the states at some positions of a trace are kept, so that the
 * state at any position is found at once: a seek continues from the nearest
 * checkpoint.  Their number and memory are bounded; their distance adapts to
 * that.  The trace may grow.
 */
#ifndef TRACE_CHECKPOINTS_H
#define TRACE_CHECKPOINTS_H

#include "trace/state_at.h"

struct checkpoints;

/* Borrows T, which must outlive it.  Makes no checkpoints yet.  0 or
 * ERR_NOMEM. */
int checkpoints_create(struct checkpoints **cp, const struct trace *t);
void checkpoints_destroy(struct checkpoints *cp);

/*
 * *F is the state after record SEQ (0: before all), valid until the next call
 * of this function: 0, ERR_RANGE or ERR_NOMEM, and *F is NULL.  Where the
 * checkpoints do not reach so far yet, they are made on the way.
 */
int
checkpoints_at(struct checkpoints *cp, uint64_t seq, const struct state_at **f);

/* Goes on making checkpoints over at most RECORDS more records, in pauses;
 * false when all that the trace has now is done, or memory ran out. */
bool checkpoints_prepare(struct checkpoints *cp, uint64_t records);

/* Bytes of all that is kept. */
size_t checkpoints_memory(const struct checkpoints *cp);

#endif
