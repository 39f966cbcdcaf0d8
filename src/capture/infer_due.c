/*
 * What is to come: a heap of moments, the earliest on top.  Nothing is taken
 * out of it before its time; who waited for something else looks whether it
 * still holds.
 */
#include "capture/infer.h"

#include "base/array.h"
#include "base/err.h"

void
infer_wait(struct infer *f, int64_t due, infer_due_fn *fn, void *of)
{
	struct infer_due new = { { due, f->order++ }, fn, of };

	if (ARRAY_ROOM(&f->heap, &f->cap, f->nheap + 1) != 0)
		f->err = ERR_NOMEM;
	else
		heap_put(f->heap, f->nheap++, &new, sizeof(new));
}

void
infer_pass(struct infer *f, int64_t t)
{
	while (f->err == 0 && f->nheap > 0 && f->heap[0].key.t <= t) {
		struct infer_due next = f->heap[0];

		heap_drop(f->heap, --f->nheap, sizeof(next));
		next.fn(f, next.key.t, next.of);
	}
}
