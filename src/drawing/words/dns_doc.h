/* A DNS message as lines for people: its head, its question, a line for each
 * record as a zone file would have it. */
#ifndef WORDS_DNS_DOC_H
#define WORDS_DNS_DOC_H

#include "dns/message.h"
#include "draw/doc.h"

/* Appends R as a zone file would have it. */
void dns_doc_record(const struct dns_record *r, struct buf *out);
/* Appends BYTES to D, lines that lead to SEQ; where they are no DNS message
 * false, behind a line that says why not. */
bool dns_doc(struct str bytes, uint64_t seq, size_t width, struct doc *d);

#endif
