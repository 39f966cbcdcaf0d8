/* The outputs of a board that wait to be fetched. */
#ifndef EMU_OUT_IN_H
#define EMU_OUT_IN_H

#include "emu/board.h"

/* The most that wait; what a block of instructions puts beyond them is lost. */
#define OUTS_MAX   256u
#define OUTS_BYTES (256u << 10)

struct outs {
	struct {
		struct board_out out; /* bytes are at `from` */
		size_t from;
	} * queue;
	size_t first, n, cap;
	struct buf bytes;
};

/* 0 or ERR_NOMEM. */
void outs_free(struct outs *o);

static inline bool
outs_empty(const struct outs *o)
{
	return o->first == o->n;
}

#endif
