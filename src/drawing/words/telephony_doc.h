/* Messages of the telephone network as lines for people: ISUP and H.248. */
#ifndef WORDS_TELEPHONY_DOC_H
#define WORDS_TELEPHONY_DOC_H

#include "draw/doc.h"

/* Appends BYTES to D, lines that lead to SEQ; false and nothing where no label
 * of MTP3 stands before them. */
bool isup_doc(struct str bytes, uint64_t seq, size_t width, struct doc *d);

/* Appends what the cause in BYTES, such a message, means and what a gateway
 * makes of it; false and nothing where it has none. */
bool isup_doc_cause(struct str bytes, struct buf *out);

/*
 * Appends BYTES, a message of H.248, to D, lines that lead to SEQ, and their
 * faults: its items, each with its value and what it is for, those in its
 * braces below it. False where they have not even a head.
 */
bool megaco_doc(struct str bytes, uint64_t seq, size_t width, struct doc *d);

#endif
