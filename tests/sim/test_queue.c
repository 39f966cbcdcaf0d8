/* The event queue: order, cancelling, memory. */
#include "base/mem.h"
#include "fixtures/check.h"
#include "sim/event_queue.h"
#include "sim/rng.h"

#include <stdint.h>
#include <stdlib.h>

static void
nothing(void *arg)
{
	(void)arg;
}

static uint64_t
push(struct queue *q, int64_t t, uintptr_t id)
{
	struct queue_event e = { t, nothing, (void *)id, "test", 0 };

	return queue_push(q, &e);
}

static uintptr_t
pop(struct queue *q, int64_t *t)
{
	struct queue_event e;

	if (!queue_pop(q, &e))
		return 0;
	*t = e.t;
	return (uintptr_t)e.arg;
}

static void
first_in_first_out(void)
{
	struct queue *q;
	int64_t t;

	CU_ASSERT_EQUAL_FATAL(queue_create(&q), 0);
	for (uintptr_t i = 1; i <= 1000; i++)
		push(q, 7, i);
	for (uintptr_t i = 1; i <= 1000; i++)
		CU_ASSERT_EQUAL(pop(q, &t), i);
	queue_destroy(q);
}

static void
cancelled(void)
{
	struct queue *q;
	uint64_t names[10];
	int64_t t;

	CU_ASSERT_EQUAL_FATAL(queue_create(&q), 0);
	for (uintptr_t i = 0; i < 10; i++)
		names[i] = push(q, (int64_t)i, i + 1);
	queue_cancel(q, names[0]);
	queue_cancel(q, names[5]);
	queue_cancel(q, names[5]);
	queue_cancel(q, 0);
	queue_cancel(q, UINT64_MAX);
	CU_ASSERT_EQUAL(queue_live(q), 8);
	CU_ASSERT(queue_peek(q, &t) && t == 1);
	for (uintptr_t i = 1; i < 10; i++)
		if (i != 5)
			CU_ASSERT_EQUAL(pop(q, &t), i + 1);
	CU_ASSERT_EQUAL(pop(q, &t), 0);
	queue_destroy(q);
}

/* Against a list that is searched: random pushes, pops and cancels. */
static void
like_a_list(void)
{
	enum { MOST = 3000 };
	static struct {
		int64_t t;
		uint64_t name;
		bool live;
	} all[MOST];
	struct queue *q;
	struct rng r;
	size_t n = 0;
	int64_t t = 0, now = 0;

	rng_init(&r, 1, "test", "queue");
	CU_ASSERT_EQUAL_FATAL(queue_create(&q), 0);
	for (int step = 0; step < 8000; step++) {
		uint64_t what = rng_below(&r, 10);

		if (what < 5 && n < MOST) {
			all[n].t = now + (int64_t)rng_below(&r, 50);
			all[n].name = push(q, all[n].t, n + 1);
			all[n++].live = true;
		} else if (what < 8 && n > 0) {
			size_t i = (size_t)rng_below(&r, n);

			if (all[i].live)
				queue_cancel(q, all[i].name);
			all[i].live = false;
		} else {
			size_t best = SIZE_MAX;
			uintptr_t id = pop(q, &t);

			for (size_t i = 0; i < n; i++)
				if (all[i].live && (best == SIZE_MAX ||
						       all[i].t < all[best].t))
					best = i;
			CU_ASSERT_EQUAL(id, best == SIZE_MAX ? 0 : best + 1);
			if (best != SIZE_MAX) {
				all[best].live = false;
				now = t;
			}
		}
	}
	queue_destroy(q);
}

/* ---- very many ---- */

#define MANY 60000

/* When the I-th of MANY events is due. */
typedef int64_t when_fn(size_t i, struct rng *r);

static int64_t
anywhen(size_t i, struct rng *r)
{
	(void)i;
	return (int64_t)rng_below(r, 1000000);
}

static int64_t
at_once(size_t i, struct rng *r)
{
	(void)i;
	(void)r;
	return 7;
}

static int64_t
later_and_later(size_t i, struct rng *r)
{
	(void)r;
	return (int64_t)i;
}

static int64_t
sooner_and_sooner(size_t i, struct rng *r)
{
	(void)r;
	return 2 * MANY - (int64_t)i;
}

/* A few at regular distances come long before all others. */
static int64_t
in_strides(size_t i, struct rng *r)
{
	return i % (MANY / 128) == 0 ? (int64_t)rng_below(r, 100)
				     : 1000 + (int64_t)rng_below(r, 1000);
}

/* One of a few delays, as those of links and streams are. */
static int64_t
as_usual(size_t i, struct rng *r)
{
	static const int64_t delays[] = { 5, 10, 20, 500, 32000 };

	(void)i;
	return delays[rng_below(r, 5)] * 1000000;
}

/* What is pushed is never due before what runs, so that all events run in the
 * order of (time, sequence). */
static void
check_many(when_fn *when)
{
	uint64_t *names = calloc(MANY * 2 + 1, sizeof(*names));
	bool *gone = calloc(MANY * 2 + 1, sizeof(*gone));
	size_t n = 0, cancelled_n = 0, run = 0, wrong = 0;
	uintptr_t id, last_id = 0;
	int64_t t, last = -1;
	struct queue *q;
	struct rng r;

	rng_init(&r, 1, "test", "queue");
	CU_ASSERT_TRUE_FATAL(names != NULL && gone != NULL);
	CU_ASSERT_EQUAL_FATAL(queue_create(&q), 0);
	for (size_t i = 0; i < MANY; i++, n++)
		names[n + 1] = push(q, when(i, &r), n + 1);
	while ((id = pop(q, &t)) != 0) {
		size_t other = 1 + (size_t)rng_below(&r, n);

		wrong += t < last || (t == last && id < last_id) || gone[id];
		gone[id] = true;
		run++;
		last = t;
		last_id = id;
		if (rng_below(&r, 4) == 0 && !gone[other]) {
			queue_cancel(q, names[other]);
			gone[other] = true;
			cancelled_n++;
		}
		if (n < MANY * 2 && rng_below(&r, 3) > 0) {
			n++;
			names[n] = push(q, t + when(n - 1, &r), n);
		}
		wrong += queue_live(q) != n - run - cancelled_n;
	}
	CU_ASSERT_EQUAL(wrong, 0);
	CU_ASSERT_EQUAL(run + cancelled_n, n);
	CU_ASSERT(n > MANY);
	queue_destroy(q);
	free(gone);
	free(names);
}

static void
very_many(void)
{
	check_many(anywhen);
	check_many(at_once);
	check_many(later_and_later);
	check_many(sooner_and_sooner);
	check_many(in_strides);
	check_many(as_usual);
}

/* A million timers set and cancelled leave room for the few that live. */
static void
memory_of_the_living(void)
{
	struct queue *q;
	uint64_t last = 0;

	CU_ASSERT_EQUAL_FATAL(queue_create(&q), 0);
	mem_count();
	for (int i = 0; i < 1000000; i++) {
		queue_cancel(q, last);
		last = push(q, 32000000000 + i, 1);
	}
	CU_ASSERT_EQUAL(queue_live(q), 1);
	CU_ASSERT(mem_count() < 20);
	queue_destroy(q);
}

static void
out_of_memory(void)
{
	struct queue *q = NULL;

	mem_fail_from(1);
	CU_ASSERT_NOT_EQUAL(queue_create(&q), 0);
	mem_fail_from(0);
	CU_ASSERT_EQUAL_FATAL(queue_create(&q), 0);
	mem_fail_from(1);
	CU_ASSERT_EQUAL(push(q, 1, 1), 0);
	mem_fail_from(0);
	CU_ASSERT_NOT_EQUAL(push(q, 1, 1), 0);
	queue_destroy(q);
}

CHECK_MAIN("queue", { "equal times first in, first out", first_in_first_out },
    { "cancelled events do not run", cancelled },
    { "like a searched list", like_a_list }, { "very many", very_many },
    { "memory for the living only", memory_of_the_living },
    { "out of memory", out_of_memory })
