/*
 * Timers and what else waits for its time: events in the order in which they
 * are due, the records of timers, and which time fits one that repeats.
 */
#include "inference/infer.h"

#include "base/array.h"
#include "base/err.h"

uint64_t
infer_wait(struct infer *f, int64_t due, infer_due_fn *fn, void *of)
{
	struct infer_due new = { { due, ++f->order }, fn, of };

	if (ARRAY_ROOM(&f->heap, &f->cap, f->nheap + 1) != 0)
		f->err = ERR_NOMEM;
	else
		heap_put(f->heap, f->nheap++, &new, sizeof(new));
	return new.key.order;
}

void
infer_pass(struct infer *f, int64_t t)
{
	while (f->err == 0 && f->nheap > 0 && f->heap[0].key.t <= t) {
		struct infer_due next = f->heap[0];

		heap_drop(f->heap, --f->nheap, sizeof(next));
		f->passing = next.key.order;
		next.fn(f, next.key.t, next.of);
	}
}

uint64_t
infer_write_timer(struct infer *f, const struct infer_timer *timer,
    const char *op, int64_t t, uint64_t cause, int64_t length)
{
	trace_open(f->w, TRACE_TIMER, t, f->co->nodes[timer->node].name, cause,
	    timer->rule);
	trace_put_cstr(f->w, "op", op);
	trace_put_cstr(f->w, "name", timer->name);
	if (timer->m != NULL)
		trace_put_cstr(f->w, "machine", timer->m->name);
	trace_put_str(f->w, "id", timer->id);
	if (length >= 0) {
		trace_put_int(f->w, "due", t + length);
		trace_put_int(f->w, "length", length);
	}
	trace_put_bool(f->w, "inferred", true);
	return trace_close(f->w);
}

bool
infer_gap_fits(int64_t gap, int64_t *interval, int64_t most)
{
	int64_t step = *interval, sum = 0;

	/* One or some in between may have been lost before they were seen. */
	for (int k = 0; k < 6 && step > 0; k++) {
		sum += step;
		step = step * 2 < most ? step * 2 : most;
		if (gap < sum - sum / 5)
			return false;
		if (gap <= sum + sum / 4 + 50000000) {
			*interval = step;
			return true;
		}
	}
	return false;
}
