/* Where a figure comes from, so that it can be checked or made again. */
#ifndef WORDS_ORIGIN_WORDS_H
#define WORDS_ORIGIN_WORDS_H

#include "trace/reader.h"

/* "rung · lost-messages · seed 7 · trace c9656b5bdf1404b1"; a capture, which
 * needs no seed, has neither name nor seed.  The name comes from the trace: the
 * caller escapes B. */
void origin_put(struct buf *b, const struct trace *t);
/* The same in B; and in FULL, for programs and not translated, also the title,
 * what was set and how many acts there were. */
void origin_put_both(struct buf *b, struct buf *full, const struct trace *t);

#endif
