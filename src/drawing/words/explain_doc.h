/*
 * Why a record happened: the question, the chain of its causes from the record
 * back to the act that started it, the newest first, since each step is the
 * reason of the one above it.
 */
#ifndef WORDS_EXPLAIN_DOC_H
#define WORDS_EXPLAIN_DOC_H

#include "draw/doc.h"
#include "trace/reader.h"
#include "outcome/outcome.h"

struct explain_options {
	size_t width; /* cells of a line; 0: 80 */
	/* A line for each step, with its rule's section at the right; below,
	 * the sentence of the record's own rule, and the record's effects.  The
	 * middle of a long chain is left out. */
	bool brief;
	bool past; /* effects are left out */
	/* In brief: why its call ended comes first, once that is over; NULL:
	 * that is not told. */
	const struct outcomes *ends;
};

/* Appends it to D, whose err tells of missing memory; steps lead to their
 * records.  SEQ 0, or beyond the end, is a sentence.  O may be NULL. */
void explain_doc(const struct trace *t, uint64_t seq,
    const struct explain_options *o, struct doc *d);

/* Into OUT: what T can't tell of REC, with which a chain ends that no person's
 * act began; of a capture, where to capture to see it. */
void explain_put_end(
    const struct trace *t, const struct trace_rec *rec, struct buf *out);

#endif
