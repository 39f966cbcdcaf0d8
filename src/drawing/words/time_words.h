/* Times and lengths of time in words, the same ones wherever they are shown. */
#ifndef WORDS_TIME_WORDS_H
#define WORDS_TIME_WORDS_H

#include "base/buf.h"

/* "0.505", "500 ms" as below, in OUT, which is returned. */
#define TIME_ROOM 40
const char *time_text(int64_t t_ns, char out[TIME_ROOM]);
const char *time_length_text(int64_t ns, char out[TIME_ROOM]);

/* "0.505", seconds with three decimals. */
void time_put(struct buf *b, int64_t t_ns);
/* The same with 3, 6 or 9 of them. */
void time_put_fine(struct buf *b, int64_t t_ns, unsigned decimals);
/* "500 ms", "32 s", "20 µs": a length of time in its shortest exact form. */
void time_put_length(struct buf *b, int64_t ns);

#endif
