/*
 * What people call a timer: RFC 3261's letters, and words for the timers of
 * user agents, which the RFC gives no letters.
 */
#ifndef WORDS_TIMER_WORDS_H
#define WORDS_TIMER_WORDS_H

#include "base/buf.h"

/* Begins a sentence: "Timer A", "The refresh timer". */
void timer_put_title(struct buf *b, struct str name);
/* Stands in a list: "Timer A", "refresh timer". */
void timer_put_short(struct buf *b, struct str name);
/* What is written where it fired, LENGTH (ns; 0: not known) after it was set:
 * "Timer A 500 ms", "2xx again after 500 ms". */
void timer_put_row(struct buf *b, struct str name, int64_t length);

#endif
