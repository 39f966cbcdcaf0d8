/*
 * What a handset's board did, in words: numbers of instructions, what they went
 * into, memory.  The pieces that sentences, panes and figures share.
 */
#ifndef WORDS_BOARD_WORDS_H
#define WORDS_BOARD_WORDS_H

#include "base/buf.h"
#include "trace/board.h"

/* "145,320 instructions, 1.07 ms" */
void board_put_work(struct buf *b, uint64_t count, uint64_t ns);
/* "585 KiB program, 51 KiB heap, 2.6 KiB stack, of 64 MiB" */
void board_put_memory(struct buf *b, const struct trace_board *r);
/* PART of WHOLE in hundredths, rounded; 0 where WHOLE is 0. */
unsigned board_percent(uint64_t part, uint64_t whole);

#endif
