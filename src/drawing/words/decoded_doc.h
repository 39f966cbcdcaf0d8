/* Messages of binary protocols as lines for people. */
#ifndef WORDS_DECODED_DOC_H
#define WORDS_DECODED_DOC_H

#include "dns/dns_message.h"
#include "draw/doc.h"

/* Appends BYTES, a message of PROTO (a `proto` of `send` records), to D, lines
 * that lead to SEQ.  False where there is no such list of that protocol, or
 * where they are no message of it; their fault may then are in a line. */
bool decoded_doc(struct str proto, struct str bytes, uint64_t seq, size_t width,
    struct doc *d);

/* Appends R as a zone file would have it. */
void dns_doc_record(const struct dns_record *r, struct buf *out);

/*
 * Appends TEXT, a JSON object, to D as a list of names and values, for messages
 * that are no SIP: a member a line that leads to SEQ; false and nothing where
 * it is no object.
 */
bool json_doc(struct str text, uint64_t seq, size_t width, struct doc *d);

/* ---- a message as names and values, a row each ---- */

struct named_rows {
	struct doc *d;
	uint64_t seq; /* the record that the lines lead to */
	size_t width;
	size_t name; /* cells of the part before a value */
};

/* NAME may be empty, where it is that of the row before.  VALUE, untrusted
 * bytes, is freed and empty again. */
void named_rows_add(const struct named_rows *r, const char *name,
    enum canvas_style style, struct buf *value);

#endif
