/*
 * Networks by chance (tests/roles/random_net.h), again and again: after quiet,
 * memory is where it was after the quiet before.
 */
#include "random_net.h"

#include <malloc.h>

static struct random_net r;

/* libosip2's pool (sip/engine.c) takes so much at once, when the most that
 * was ever in use comes near to what it has; a wave may reach a few more. */
#define POOL_CHUNK ((size_t)4 << 20)

/* What is allocated grew from A to B. */
static bool
has_grown(size_t a, size_t b)
{
	return b > a + 8192 &&
	       (b < a + POOL_CHUNK || b > a + POOL_CHUNK + 8192);
}

/* The same calls in ten waves: what is still allocated after the quiet that
 * follows does not grow.  (What tables keep is there by the eighth.) */
static void
memory(void)
{
	if (mallinfo2().uordblks == 0) {
		check_skip("the sanitizer's allocator does not count");
		return;
	}
	for (uint64_t seed = 2001; seed <= 2010; seed++) {
		size_t used[10];

		random_open(&r, seed, true);
		for (int wave = 0; wave < 10; wave++) {
			r.rng = (struct rng){ { seed, 1, 2, 3 } };
			random_script(&r);
			CU_ASSERT_TRUE(
			    random_run(&r, sim_now(r.w->sim) + 600 * SIM_S));
			CU_ASSERT_EQUAL(sim_held(r.w->sim), 0);
			buf_free(&r.trace);
			used[wave] = mallinfo2().uordblks;
		}
		if (has_grown(used[7], used[9]))
			printf("  seed %llu: %zu, %zu, %zu, %zu\n",
			    (unsigned long long)seed, used[6], used[7], used[8],
			    used[9]);
		CU_ASSERT_FALSE(has_grown(used[7], used[9]));
		random_close(&r);
	}
}

CHECK_MAIN("random_memory", { "memory", memory })
