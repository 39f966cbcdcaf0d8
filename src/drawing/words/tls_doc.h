/* What a message of TLS says to whoever sees it pass. */
#ifndef WORDS_TLS_DOC_H
#define WORDS_TLS_DOC_H

#include "draw/doc.h"

/* Appends BYTES, records of one direction, to D: a row for each message, for
 * what it names, and for each record that is sealed.  False: there are none. */
bool tls_doc(struct str bytes, uint64_t seq, size_t width, struct doc *d);

#endif
