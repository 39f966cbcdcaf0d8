/*
 * A record with all it says: a sentence, the rule behind it, its fields, its
 * message.
 */
#ifndef WORDS_RECORD_DOC_H
#define WORDS_RECORD_DOC_H

#include "trace/reader.h"
#include "draw/doc.h"

/* Appends record SEQ (1 … trace_count, else nothing) to D, in lines of at
 * most WIDTH cells; D's err tells of missing memory.  Fields that name another
 * record lead to it. */
void
record_doc(const struct trace *t, uint64_t seq, size_t width, struct doc *d);

/* All of it but the heading, the message in lines of at most LINES cells (0: as
 * long as they are). */
void record_doc_rest(const struct trace *t, const struct trace_rec *rec,
    size_t width, size_t lines, struct doc *d);
/* Its parts: the sentence and the rule; the bytes of the message that it
 * carries. */
void record_doc_says(const struct trace *t, const struct trace_rec *rec,
    size_t width, struct doc *d);
void record_doc_bytes(const struct trace_rec *rec, size_t lines, struct doc *d);

#endif
