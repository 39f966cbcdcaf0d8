/*
 * A buffer of fixed length against jitter: which of its slots the block of a
 * packet waits in, by the packet's sequence number, and which is due.  The
 * blocks are their owner's.
 */
#ifndef MEDIA_FIXED_JITTER_BUFFER_H
#define MEDIA_FIXED_JITTER_BUFFER_H

#include <stdbool.h>
#include <stdint.h>

#define JITTER_SLOTS 4 /* of 20 ms, they make up for 80 ms */

/* All zero at first: nothing has come. */
struct jitter {
	bool full[JITTER_SLOTS];
	uint16_t next;     /* the number that is due */
	bool synchronised; /* NEXT is known */
};

/* A block with this number has come: the slot that it is to be put into; -1: it
 * is late, and lost.  One far ahead makes the buffer begin again with it. */
int jitter_take(struct jitter *j, uint16_t number);
/* The slot that is due, -1: a gap, or nothing has come yet. */
int jitter_due(const struct jitter *j);
/* What was due is played, or the gap has passed. */
void jitter_advance(struct jitter *j);

#endif
