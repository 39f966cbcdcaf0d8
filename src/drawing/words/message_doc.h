/*
 * The message that a record is about: its bytes, or each line explained; and
 * what has changed in it since the hop before.
 */
#ifndef WORDS_MESSAGE_DOC_H
#define WORDS_MESSAGE_DOC_H

#include "trace/reader.h"
#include "draw/doc.h"

struct message_options {
	size_t width;      /* cells of a line; 0: 80 */
	bool annotated;    /* below each line what it means */
	bool compare_hop;  /* marks what has changed since PREVIOUS, or since
			      the hop before or the first transmission */
	uint64_t previous; /* a record of a message; 0: none */
};

/*
 * Appends to D the message that record SEQ of T (a send, recv or drop) is
 * about; a sentence where it is about none.  D's err tells of missing memory.
 */
void message_doc(const struct trace *t, uint64_t seq,
    const struct message_options *o, struct doc *d);

/* The heading alone: what, from where to where, how long, which record. */
void message_heading(
    const struct trace *t, uint64_t seq, size_t width, struct doc *d);

/*
 * The bytes of the message that REC is about: where it is a recv with bytes of
 * its own, those; else those of its send.  A slice of the trace or of SCRATCH;
 * empty where there are none.
 */
struct str message_bytes(
    const struct trace *t, const struct trace_rec *rec, struct buf *scratch);

/* "1,024 bytes" */
void message_put_bytes(struct buf *b, uint64_t n);

#endif
