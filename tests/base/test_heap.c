/* base/heap: the order in which elements come out, of any size. */
#include "fixtures/check.h"

#include "base/heap.h"

#include <stdlib.h>

#define MANY 2000

struct thing {
	struct heap_key key;
	char name[13];
};

static int
compare(const void *a, const void *b)
{
	return heap_before(a, b) ? -1 : heap_before(b, a);
}

static void
comes_out_in_order(void)
{
	static struct thing heap[MANY], sorted[MANY];
	uint64_t seed = 88172645463325252u;
	size_t n = 0;

	for (size_t i = 0; i < MANY; i++) {
		struct thing *t = &sorted[i];

		seed = seed * 6364136223846793005u + 1442695040888963407u;
		/* Many of one time, and some before time's beginning. */
		t->key = (struct heap_key){ (int64_t)(seed >> 56) - 20, i };
		snprintf(t->name, sizeof(t->name), "%zu", i);
		heap_put(heap, n++, t, sizeof(*t));
	}
	qsort(sorted, MANY, sizeof(sorted[0]), compare);
	for (size_t i = 0; i < MANY; i++) {
		CU_ASSERT_EQUAL(heap[0].key.t, sorted[i].key.t);
		CU_ASSERT_EQUAL(heap[0].key.order, sorted[i].key.order);
		CU_ASSERT_STRING_EQUAL(heap[0].name, sorted[i].name);
		heap_drop(heap, --n, sizeof(heap[0]));
	}
}

static void
put_and_dropped_in_turns(void)
{
	struct heap_key heap[8];
	size_t n = 0;

	for (uint64_t i = 0; i < 100; i++) {
		struct heap_key now = { (int64_t)i, 0 }, later = { 1000, i };

		heap_put(heap, n++, &later, sizeof(later));
		heap_put(heap, n++, &now, sizeof(now));
		CU_ASSERT_EQUAL(heap[0].t, now.t);
		heap_drop(heap, --n, sizeof(now));
		/* The oldest of those of one time. */
		CU_ASSERT_EQUAL(heap[0].order, i < 5 ? 0 : i - 5);
		if (n > 5)
			heap_drop(heap, --n, sizeof(now));
	}
	while (n > 0)
		heap_drop(heap, --n, sizeof(heap[0]));
}

CHECK_MAIN("heap", { "comes out in order", comes_out_in_order },
    { "put and dropped in turns", put_and_dropped_in_turns })
