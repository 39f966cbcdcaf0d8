/* A message of H.248 as lines for people: its items, each with its value and
 * what it is for, those in its braces below it. */
#ifndef WORDS_MEGACO_DOC_H
#define WORDS_MEGACO_DOC_H

#include "draw/doc.h"

/* Appends BYTES to D, lines that lead to SEQ, and what is wrong with them;
 * false where they have not even a head. */
bool megaco_doc(struct str bytes, uint64_t seq, size_t width, struct doc *d);

#endif
