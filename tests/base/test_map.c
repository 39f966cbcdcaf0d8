/* base/map and base/list: order of insertion, holes, many keys. */
#include "fixtures/check.h"

#include "base/list.h"
#include "base/map.h"
#include "base/mem.h"

static int values[20000];

static struct str
name(char *room, size_t i)
{
	return (struct str){ room, (size_t)sprintf(room, "key-%zu", i) };
}

static void
empty(void)
{
	struct map *m;
	size_t at = 0;

	CU_ASSERT_EQUAL_FATAL(map_create(&m), 0);
	CU_ASSERT_EQUAL(map_count(m), 0);
	CU_ASSERT_PTR_NULL(map_get(m, STR("x")));
	CU_ASSERT_PTR_NULL(map_remove(m, STR("x")));
	CU_ASSERT_FALSE(map_next(m, &at, NULL, NULL));
	map_destroy(m);
	map_destroy(NULL);
}

/* What could not be put is not there, and what was there still is. */
static void
any_allocation_may_fail(void)
{
	bool done = false;
	unsigned n;

	for (n = 1; !done && n < 500; n++) {
		struct map *m = NULL;
		size_t put = 0;

		mem_fail_from(n);
		if (map_create(&m) == 0) {
			char room[32];

			while (put < 100 &&
			       map_put(m, name(room, put), &values[put]) == 0)
				put++;
			done = put == 100;
			CU_ASSERT_EQUAL(map_count(m), put);
			for (size_t i = 0; i < 100; i++)
				CU_ASSERT_PTR_EQUAL(map_get(m, name(room, i)),
				    i < put ? &values[i] : NULL);
		} else {
			CU_ASSERT_PTR_NULL(m);
		}
		mem_fail_from(0);
		map_destroy(m);
	}
	CU_ASSERT_TRUE(done);
	CU_ASSERT_TRUE(n > 100);
}

struct item {
	int n;
	struct list link;
};

static void
lists(void)
{
	struct list head;
	struct item items[5];
	int n = 0;

	list_init(&head);
	CU_ASSERT_TRUE(list_empty(&head));
	CU_ASSERT_PTR_NULL(list_first(&head));
	list_foreach (l, &head)
		CU_FAIL("nothing to walk");
	for (int i = 0; i < 5; i++) {
		items[i].n = i;
		list_append(&head, &items[i].link);
	}
	CU_ASSERT_PTR_EQUAL(list_first(&head), &items[0].link);
	/* Taking out in the body, here every other one. */
	list_foreach (l, &head) {
		struct item *it = LIST_ENTRY(l, struct item, link);

		CU_ASSERT_EQUAL(it->n, n);
		if (n++ % 2 == 0)
			list_remove(l);
	}
	CU_ASSERT_EQUAL(n, 5);
	n = 1;
	list_foreach (l, &head) {
		CU_ASSERT_EQUAL(LIST_ENTRY(l, struct item, link)->n, n);
		n += 2;
	}
	CU_ASSERT_EQUAL(n, 5);
	/* Twice is harmless. */
	list_remove(&items[0].link);
	list_remove(&items[1].link);
	list_remove(&items[1].link);
	list_remove(&items[3].link);
	CU_ASSERT_TRUE(list_empty(&head));
}

/* Keys of others stay where they are; what stands under another value is not
 * dropped. */
static void
borrows(void)
{
	char a[] = "a", again[] = "a", b[] = "b";
	struct str key;
	struct map *m;
	size_t at = 0;
	void *value;

	CU_ASSERT_EQUAL_FATAL(map_create_borrowing(&m), 0);
	CU_ASSERT_EQUAL(map_put(m, str_of(a), a), 0);
	CU_ASSERT_EQUAL(map_put(m, str_of(b), b), 0);
	/* What replaces it brings a key of its own. */
	CU_ASSERT_EQUAL(map_put(m, str_of(again), again), 0);
	a[0] = 'x';
	CU_ASSERT(map_next(m, &at, &key, &value));
	CU_ASSERT(key.p == again && value == again);
	map_drop(m, STR("a"), a);
	CU_ASSERT_PTR_EQUAL(map_get(m, STR("a")), again);
	map_drop(m, STR("a"), again);
	CU_ASSERT_PTR_NULL(map_get(m, STR("a")));
	map_drop(m, STR("a"), again);
	CU_ASSERT_PTR_EQUAL(map_remove(m, STR("b")), b);
	CU_ASSERT_EQUAL(map_count(m), 0);
	map_destroy(m);
}

CHECK_MAIN("map", { "empty", empty }, { "borrows", borrows },
    { "any allocation may fail", any_allocation_may_fail }, { "lists", lists })
