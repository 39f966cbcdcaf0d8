/* A STUN message as a list of its attributes. */
#ifndef WORDS_STUN_DOC_H
#define WORDS_STUN_DOC_H

#include "draw/doc.h"

/* Appends BYTES to D, an attribute a line that leads to SEQ; false and nothing
 * where they are no STUN message. */
bool stun_doc(struct str bytes, uint64_t seq, size_t width, struct doc *d);

#endif
