/*
 * Why a record happened, for a pane: the question, one line for each step of
 * the chain of causes (the nearest first), each leading to its record, what
 * the rule behind the record says, and what came of it.
 */
#ifndef WORDS_WHY_DOC_H
#define WORDS_WHY_DOC_H

#include "trace/reader.h"
#include "draw/doc.h"

/* Effects are looked for among so many records behind a record. */
#define WHY_WINDOW 10000

/* Appends it to D, whose err tells of missing memory.  SEQ 0, or beyond the
 * end, is a sentence. */
void why_doc(const struct trace *t, uint64_t seq, size_t width, struct doc *d);

/* One line of a chain: number, kind, what happened, the rule at the right. */
void why_step(const struct trace *t, const struct trace_rec *rec,
    size_t seq_cells, size_t width, struct doc *d);

#endif
