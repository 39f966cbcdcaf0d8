/* Why what arrived could not be read, in words. */
#ifndef WORDS_REFUSAL_WORDS_H
#define WORDS_REFUSAL_WORDS_H

#include "trace/reader.h"

/* Why a `bad` record's input was refused, and at which words; safe text in
 * the user's language. */
void refusal_put_words(struct buf *b, const struct trace_rec *rec);

#endif
