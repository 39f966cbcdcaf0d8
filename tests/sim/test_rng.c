/* Random streams: by name, the same everywhere, independent. */
#include "fixtures/check.h"
#include "sim/rng.h"

static uint64_t
first(uint64_t seed, const char *owner, const char *purpose)
{
	struct rng r;

	rng_init(&r, seed, owner, purpose);
	return rng_u64(&r);
}

/* These figures are part of every trace: they must never change. */
static void
same_everywhere(void)
{
	struct rng r;
	LOCAL_BUF b = BUF_INIT;

	rng_init(&r, 7, "alice", "tag");
	rng_token(&r, &b, 20);
	CU_ASSERT_EQUAL(b.n, 20);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&b), "lxm48eaima2vwlb2g0bn");
}

static void
streams_differ(void)
{
	uint64_t a = first(1, "alice", "tag");

	CU_ASSERT_EQUAL(a, first(1, "alice", "tag"));
	CU_ASSERT_NOT_EQUAL(a, first(2, "alice", "tag"));
	CU_ASSERT_NOT_EQUAL(a, first(1, "alice", "branch"));
	CU_ASSERT_NOT_EQUAL(a, first(1, "bob", "tag"));
	CU_ASSERT_NOT_EQUAL(first(1, "ab", "c"), first(1, "a", "bc"));
	CU_ASSERT_NOT_EQUAL(first(1, "a", "b"), first(1, "b", "a"));
}

static void
evenly(void)
{
	unsigned count[10] = { 0 };
	struct rng r;
	double sum = 0;

	rng_init(&r, 1, "a>b", "loss");
	for (int i = 0; i < 100000; i++) {
		double u = rng_unit(&r);

		CU_ASSERT(u >= 0 && u < 1);
		sum += u;
		count[rng_below(&r, 10)]++;
	}
	CU_ASSERT(sum > 49500 && sum < 50500);
	for (int i = 0; i < 10; i++)
		CU_ASSERT(count[i] > 9600 && count[i] < 10400);
}

CHECK_MAIN("rng", { "the same everywhere", same_everywhere },
    { "each name its own stream", streams_differ }, { "evenly", evenly })
