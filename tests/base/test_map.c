/* base/map and base/list: order of insertion, holes, many keys. */
#include "fixtures/check.h"

#include "base/err.h"
#include "base/list.h"
#include "base/map.h"
#include "base/mem.h"

#include <string.h>

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

static void
keys(void)
{
	struct map *m;
	char room[8] = "abc";

	CU_ASSERT_EQUAL_FATAL(map_create(&m), 0);
	CU_ASSERT_EQUAL(map_put(m, str_of(room), &values[0]), 0);
	room[0] = 'x';
	CU_ASSERT_PTR_EQUAL(map_get(m, STR("abc")), &values[0]);
	CU_ASSERT_PTR_NULL(map_get(m, STR("xbc")));
	/* Any bytes, the empty key too. */
	CU_ASSERT_EQUAL(map_put(m, STR_NULL, &values[1]), 0);
	CU_ASSERT_PTR_EQUAL(map_get(m, STR("")), &values[1]);
	CU_ASSERT_EQUAL(map_put(m, STR("a\0b"), &values[2]), 0);
	CU_ASSERT_PTR_NULL(map_get(m, STR("a")));
	CU_ASSERT_PTR_EQUAL(map_get(m, STR("a\0b")), &values[2]);
	/* Replacing keeps count and place. */
	CU_ASSERT_EQUAL(map_put(m, STR("abc"), &values[3]), 0);
	CU_ASSERT_PTR_EQUAL(map_get(m, STR("abc")), &values[3]);
	CU_ASSERT_EQUAL(map_count(m), 3);
	CU_ASSERT_PTR_EQUAL(map_remove(m, STR("")), &values[1]);
	CU_ASSERT_PTR_NULL(map_remove(m, STR("")));
	CU_ASSERT_EQUAL(map_count(m), 2);
	map_destroy(m);
}

static void
order(void)
{
	static const char *const words[] = { "pear", "fig", "apple", "plum" };
	struct map *m;
	size_t at = 0, n = 0;
	struct str key;
	void *value;

	CU_ASSERT_EQUAL_FATAL(map_create(&m), 0);
	for (size_t i = 0; i < 4; i++)
		map_put(m, str_of(words[i]), &values[i]);
	map_put(m, STR("fig"), &values[9]);
	while (map_next(m, &at, &key, &value)) {
		CU_ASSERT_TRUE(str_is(key, words[n]));
		CU_ASSERT_PTR_EQUAL(value, &values[n == 1 ? 9 : n]);
		n++;
	}
	CU_ASSERT_EQUAL(n, 4);
	/* Taken out and put in again: at the end. */
	map_remove(m, STR("pear"));
	map_put(m, STR("pear"), &values[0]);
	at = 0;
	CU_ASSERT_TRUE(map_next(m, &at, &key, NULL));
	CU_ASSERT_TRUE(str_is(key, "fig"));
	while (map_next(m, &at, &key, NULL))
		;
	CU_ASSERT_TRUE(str_is(key, "pear"));
	map_destroy(m);
}

static void
many(void)
{
	struct map *m;
	char room[32];
	size_t at = 0, n = 0;
	struct str key;
	void *value;

	CU_ASSERT_EQUAL_FATAL(map_create(&m), 0);
	for (size_t i = 0; i < 20000; i++)
		CU_ASSERT_EQUAL(map_put(m, name(room, i), &values[i]), 0);
	CU_ASSERT_EQUAL(map_count(m), 20000);
	for (size_t i = 0; i < 20000; i++)
		CU_ASSERT_PTR_EQUAL(map_get(m, name(room, i)), &values[i]);
	for (size_t i = 0; i < 20000; i++)
		if (i % 3 != 0)
			CU_ASSERT_PTR_EQUAL(
			    map_remove(m, name(room, i)), &values[i]);
	CU_ASSERT_EQUAL(map_count(m), 6667);
	while (map_next(m, &at, &key, &value)) {
		CU_ASSERT_TRUE(str_eq(key, name(room, 3 * n)));
		CU_ASSERT_PTR_EQUAL(value, &values[3 * n]);
		n++;
	}
	CU_ASSERT_EQUAL(n, 6667);
	for (size_t i = 0; i < 20000; i++)
		CU_ASSERT_PTR_EQUAL(
		    map_get(m, name(room, i)), i % 3 == 0 ? &values[i] : NULL);
	map_destroy(m);
}

/* In and out for ever, as Call-IDs go: against a plain model. */
static void
churn(void)
{
	struct map *m;
	bool in[64] = { false };
	size_t live = 0;
	uint64_t x = 1;

	CU_ASSERT_EQUAL_FATAL(map_create(&m), 0);
	for (unsigned step = 0; step < 100000; step++) {
		char room[32];
		size_t i;
		struct str key;

		x = x * 6364136223846793005u + 1442695040888963407u;
		i = (x >> 33) % 64;
		key = name(room, i);
		if (map_get(m, key) != (in[i] ? &values[i] : NULL))
			CU_FAIL("the map and the model differ");
		if (x >> 63 && !in[i]) {
			map_put(m, key, &values[i]);
			in[i] = true;
			live++;
		} else if (in[i]) {
			if (map_remove(m, key) != &values[i])
				CU_FAIL("not what was put in");
			in[i] = false;
			live--;
		}
		if (map_count(m) != live)
			CU_FAIL("count");
	}
	map_destroy(m);
}

/* One key in a table of millions of comings and goings stays small and
 * findable: holes do not fill the table. */
static void
holes(void)
{
	struct map *m;

	CU_ASSERT_EQUAL_FATAL(map_create(&m), 0);
	map_put(m, STR("stays"), &values[0]);
	for (size_t i = 0; i < 200000; i++) {
		char room[32];
		struct str key = name(room, i);

		map_put(m, key, &values[1]);
		if (map_remove(m, key) != &values[1])
			CU_FAIL("lost");
	}
	CU_ASSERT_PTR_EQUAL(map_get(m, STR("stays")), &values[0]);
	CU_ASSERT_PTR_NULL(map_get(m, STR("never")));
	CU_ASSERT_EQUAL(map_count(m), 1);
	map_destroy(m);
}

static void
removes_while_walking(void)
{
	struct map *m;
	char room[32];
	size_t at = 0, n = 0;
	struct str key;

	CU_ASSERT_EQUAL_FATAL(map_create(&m), 0);
	for (size_t i = 0; i < 100; i++)
		map_put(m, name(room, i), &values[i]);
	while (map_next(m, &at, &key, NULL)) {
		CU_ASSERT_TRUE(str_eq(key, name(room, n)));
		CU_ASSERT_PTR_EQUAL(map_remove(m, key), &values[n]);
		n++;
	}
	CU_ASSERT_EQUAL(n, 100);
	CU_ASSERT_EQUAL(map_count(m), 0);
	at = 0;
	CU_ASSERT_FALSE(map_next(m, &at, &key, NULL));
	map_destroy(m);
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

static void
keeps(void)
{
	struct str one, again, none;
	struct map *m;
	char text[16];

	CU_ASSERT_EQUAL_FATAL(map_create(&m), 0);
	CU_ASSERT_EQUAL(map_keep(m, STR("INVITE"), &one), 0);
	CU_ASSERT_EQUAL(map_keep(m, STR_NULL, &none), 0);
	CU_ASSERT(none.p != NULL && none.n == 0);
	/* It stays where it is. */
	for (int i = 0; i < 100; i++) {
		snprintf(text, sizeof(text), "text %d", i);
		CU_ASSERT_EQUAL(map_keep(m, str_of(text), &again), 0);
		CU_ASSERT(str_is(again, text) && again.p != text);
	}
	CU_ASSERT_EQUAL(map_keep(m, STR("INVITE"), &again), 0);
	CU_ASSERT(str_is(one, "INVITE") && again.p == one.p);
	CU_ASSERT_EQUAL(map_count(m), 102);
	map_destroy(m);
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

CHECK_MAIN("map", { "empty", empty }, { "keys", keys }, { "order", order },
    { "keeps", keeps }, { "borrows", borrows }, { "many", many },
    { "churn", churn }, { "holes", holes },
    { "removes while walking", removes_while_walking },
    { "any allocation may fail", any_allocation_may_fail }, { "lists", lists })
