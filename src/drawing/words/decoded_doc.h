/* Messages of binary protocols as lines for people. */
#ifndef WORDS_DECODED_DOC_H
#define WORDS_DECODED_DOC_H

#include "draw/doc.h"

/* Appends BYTES, a message of PROTO (a `proto` of `send` records), to D, lines
 * that lead to SEQ.  False where there is no such list of that protocol, or
 * where they are no message of it; what is wrong with them may then stand in a
 * line. */
bool decoded_doc(struct str proto, struct str bytes, uint64_t seq, size_t width,
    struct doc *d);

#endif
