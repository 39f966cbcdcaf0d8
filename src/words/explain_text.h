/*
 * Why a record happened: the chain of its causes, from the record back to the
 * act that started it, each with its rule.
 */
#ifndef WORDS_EXPLAIN_TEXT_H
#define WORDS_EXPLAIN_TEXT_H

#include "draw/theme.h"
#include "trace/reader.h"

struct explain_options {
	size_t width; /* cells of a line; 0: 80 */
	enum theme theme;
	size_t most; /* steps shown, the middle left out; 0: all */
};

/*
 * Appends the question and its answer.  A SEQ that the trace does not have is
 * a mistake with a sentence in D.  0, ERR_RANGE, ERR_NOMEM; O may be NULL.
 */
int explain_write(const struct trace *t, uint64_t seq,
    const struct explain_options *o, struct buf *out, struct diag *d);

/* For whoever else shows the chain.  How many records are in that of SEQ; and
 * what is to be said below LAST, its end, or NULL. */
uint64_t explain_steps(const struct trace *t, uint64_t seq);
const char *explain_missing(const struct trace_rec *last);

#endif
