/* A JSON text as a list of names and values, for messages that are no SIP. */
#ifndef WORDS_JSON_DOC_H
#define WORDS_JSON_DOC_H

#include "draw/doc.h"

/* Appends TEXT, an object, to D, a member a line that leads to SEQ; false and
 * nothing where it is none. */
bool json_doc(struct str text, uint64_t seq, size_t width, struct doc *d);

#endif
