/* A Diameter message as lines for people: its head, then a line for each AVP
 * with what it holds and what it is for, those of a group below it. */
#ifndef WORDS_DIAMETER_DOC_H
#define WORDS_DIAMETER_DOC_H

#include "draw/doc.h"

/* Appends BYTES to D, lines that lead to SEQ, and what is wrong with them;
 * where they have not even a head false, behind a line that says so. */
bool diameter_doc(struct str bytes, uint64_t seq, size_t width, struct doc *d);

#endif
