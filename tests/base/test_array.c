/* base/array: growing by doubling, exact sizes, what fails. */
#include "fixtures/check.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"

#include <stdint.h>

struct pair {
	char name[24];
	int64_t n;
};

static void
grows_by_doubling(void)
{
	struct pair *list = NULL;
	size_t cap = 0, moves = 0;

	for (size_t n = 0; n < 1000; n++) {
		size_t before = cap;

		CU_ASSERT_EQUAL_FATAL(ARRAY_ROOM(&list, &cap, n + 1), 0);
		CU_ASSERT_TRUE(cap > n);
		moves += cap != before;
		list[n] = (struct pair){ .n = (int64_t)n };
	}
	CU_ASSERT_EQUAL(moves, 8);
	CU_ASSERT_EQUAL(cap, 1024);
	for (size_t n = 0; n < 1000; n++)
		CU_ASSERT_EQUAL(list[n].n, (int64_t)n);
	/* More at once than the double. */
	CU_ASSERT_EQUAL(ARRAY_ROOM(&list, &cap, 5000), 0);
	CU_ASSERT_EQUAL(cap, 5000);
	CU_ASSERT_EQUAL(list[999].n, 999);
	/* What is there is not asked for again. */
	mem_fail_from(1);
	CU_ASSERT_EQUAL(ARRAY_ROOM(&list, &cap, 5000), 0);
	CU_ASSERT_EQUAL(ARRAY_ROOM(&list, &cap, 0), 0);
	mem_fail_from(0);
	mem_free(list);
}

static void
failure_changes_nothing(void)
{
	uint32_t *list = NULL, *first;
	size_t cap = 0;

	mem_fail_from(1);
	CU_ASSERT_EQUAL(ARRAY_ROOM(&list, &cap, 1), ERR_NOMEM);
	CU_ASSERT_EQUAL(ARRAY_RESIZE(&list, 1), ERR_NOMEM);
	CU_ASSERT_PTR_NULL(list);
	CU_ASSERT_EQUAL(cap, 0);
	CU_ASSERT_EQUAL(mem_failures(), 2);
	mem_fail_from(0);
	CU_ASSERT_EQUAL_FATAL(ARRAY_ROOM(&list, &cap, 8), 0);
	first = list;
	list[7] = 7;
	mem_fail_only(1);
	CU_ASSERT_EQUAL(ARRAY_ROOM(&list, &cap, 9), ERR_NOMEM);
	CU_ASSERT_PTR_EQUAL(list, first);
	CU_ASSERT_EQUAL(cap, 8);
	CU_ASSERT_EQUAL(list[7], 7);
	/* The same again, now that there is memory. */
	CU_ASSERT_EQUAL(ARRAY_ROOM(&list, &cap, 9), 0);
	CU_ASSERT_EQUAL(cap, 16);
	mem_fail_from(0);
	mem_free(list);
}

static void
overflow_is_out_of_memory(void)
{
	struct pair *list = NULL;
	size_t cap = 0;

	CU_ASSERT_EQUAL(ARRAY_ROOM(&list, &cap, SIZE_MAX), ERR_NOMEM);
	CU_ASSERT_EQUAL(
	    ARRAY_ROOM(&list, &cap, SIZE_MAX / sizeof(*list) + 1), ERR_NOMEM);
	CU_ASSERT_EQUAL(ARRAY_RESIZE(&list, SIZE_MAX / 2), ERR_NOMEM);
	CU_ASSERT_PTR_NULL(list);
	CU_ASSERT_EQUAL(cap, 0);
	/* Where doubling itself wraps around. */
	cap = SIZE_MAX / 2 + 2;
	CU_ASSERT_EQUAL(ARRAY_ROOM(&list, &cap, cap + 1), ERR_NOMEM);
	CU_ASSERT_EQUAL(cap, SIZE_MAX / 2 + 2);
	mem_forgive();
}

CHECK_MAIN("array", { "grows by doubling", grows_by_doubling },
    { "failure changes nothing", failure_changes_nothing },
    { "overflow is out of memory", overflow_is_out_of_memory })
