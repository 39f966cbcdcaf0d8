/*
 * A heap of timed elements: of one size, in an array, the earliest first, and
 * of those of one time the one with the least order.  Each element begins with
 * a struct heap_key.  Four children a node: half as deep as a binary heap, and
 * their keys lie beside each other.
 *
 * The array is the caller's (base/array.h), as is its count:
 *
 *	heap_put(q->heap, q->n++, &e, sizeof(e));     there is room for it
 *	first = q->heap[0];
 *	heap_drop(q->heap, --q->n, sizeof(*q->heap));
 */
#ifndef BASE_HEAP_H
#define BASE_HEAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define HEAP_CHILDREN 4

struct heap_key {
	int64_t t;      /* any unit */
	uint64_t order; /* among elements of one time */
};

static inline bool
heap_before(const struct heap_key *a, const struct heap_key *b)
{
	return a->t != b->t ? a->t < b->t : a->order < b->order;
}

/* Element I of HEAP. */
static inline void *
heap_at(void *heap, size_t i, size_t size)
{
	return (char *)heap + i * size;
}

/* Puts the SIZE bytes at E into HEAP, which has N elements and room for one
 * more.  E lies elsewhere. */
static inline void
heap_put(void *heap, size_t n, const void *e, size_t size)
{
	struct heap_key key = *(const struct heap_key *)e;
	size_t i = n;

	while (i > 0) {
		size_t parent = (i - 1) / HEAP_CHILDREN;

		if (!heap_before(&key, heap_at(heap, parent, size)))
			break;
		memcpy(
		    heap_at(heap, i, size), heap_at(heap, parent, size), size);
		i = parent;
	}
	memcpy(heap_at(heap, i, size), e, size);
}

/* Takes the first element out of HEAP, which has N others. */
static inline void
heap_drop(void *heap, size_t n, size_t size)
{
	const void *last = heap_at(heap, n, size);
	struct heap_key key = *(const struct heap_key *)last;
	size_t i = 0;

	for (;;) {
		size_t child = HEAP_CHILDREN * i + 1;
		size_t end = child + HEAP_CHILDREN, best = child;

		if (child >= n)
			break;
		if (end > n)
			end = n;
		while (++child < end)
			if (heap_before(heap_at(heap, child, size),
				heap_at(heap, best, size)))
				best = child;
		if (!heap_before(heap_at(heap, best, size), &key))
			break;
		memcpy(heap_at(heap, i, size), heap_at(heap, best, size), size);
		i = best;
	}
	if (n > 0)
		memcpy(heap_at(heap, i, size), last, size);
}

#endif
