/* An ISUP message of the telephone network, field by field. */
#ifndef WORDS_ISUP_DOC_H
#define WORDS_ISUP_DOC_H

#include "draw/doc.h"

/* Appends BYTES to D, lines that lead to SEQ; false and nothing where no label
 * of MTP3 stands before them. */
bool isup_doc(struct str bytes, uint64_t seq, size_t width, struct doc *d);

#endif
