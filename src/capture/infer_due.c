/*
 * What is to come: a heap of moments, the earliest on top.  Nothing is taken
 * out of it before its time; who waited for something else looks whether it
 * still holds.
 */
#include "capture/infer.h"

#include "base/err.h"
#include "base/mem.h"

static bool
before(const struct infer_due *a, const struct infer_due *b)
{
	return a->due != b->due ? a->due < b->due : a->order < b->order;
}

static void
swap(struct infer_due *a, struct infer_due *b)
{
	struct infer_due c = *a;

	*a = *b;
	*b = c;
}

static void
push(struct infer *f, struct infer_due end)
{
	size_t at = f->nheap;

	if (f->nheap == f->cap) {
		size_t cap = f->cap != 0 ? f->cap * 2 : 64;
		struct infer_due *heap =
		    mem_realloc_array(f->heap, cap, sizeof(*heap));

		if (heap == NULL) {
			f->err = ERR_NOMEM;
			return;
		}
		f->heap = heap;
		f->cap = cap;
	}
	f->heap[f->nheap++] = end;
	for (; at > 0 && before(&f->heap[at], &f->heap[(at - 1) / 2]);
	     at = (at - 1) / 2)
		swap(&f->heap[at], &f->heap[(at - 1) / 2]);
}

static struct infer_due
pop(struct infer *f)
{
	struct infer_due first = f->heap[0];
	size_t at = 0;

	f->heap[0] = f->heap[--f->nheap];
	for (;;) {
		size_t least = at, l = 2 * at + 1, r = l + 1;

		if (l < f->nheap && before(&f->heap[l], &f->heap[least]))
			least = l;
		if (r < f->nheap && before(&f->heap[r], &f->heap[least]))
			least = r;
		if (least == at)
			return first;
		swap(&f->heap[at], &f->heap[least]);
		at = least;
	}
}

void
infer_wait(struct infer *f, int64_t due, infer_due_fn *fn, void *of)
{
	push(f, (struct infer_due){ due, f->order++, fn, of });
}

void
infer_pass(struct infer *f, int64_t t)
{
	while (f->err == 0 && f->nheap > 0 && f->heap[0].due <= t) {
		struct infer_due next = pop(f);

		next.fn(f, next.due, next.of);
	}
}
