/*
 * What lives at one moment of a trace, as text: for each node its calls,
 * dialogs, transactions with their timers, and bindings.
 */
#ifndef WORDS_STATE_TEXT_H
#define WORDS_STATE_TEXT_H

#include "draw/theme.h"
#include "trace/fold.h"

struct state_options {
	size_t width; /* lines are clipped to it; 0: 80 */
	enum theme theme;
	bool ascii;
	const char *node; /* only this one; NULL: all */
};

/*
 * The state after record SEQ (0: before the first, trace_count at most) at time
 * T_NS, from which what is left of timers and bindings is reckoned; -1: the
 * record's own.  O may be NULL.  0, ERR_NOMEM, ERR_NOTFOUND with a sentence in
 * D.
 */
int state_write(const struct trace *t, uint64_t seq, int64_t t_ns,
    const struct state_options *o, struct buf *out, struct diag *d);

#endif
