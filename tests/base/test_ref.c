/* base/ref: when the destructor runs, what fails. */
#include "fixtures/check.h"

#include "base/mem.h"
#include "base/ref.h"

#include <stdalign.h>
#include <stdint.h>

struct thing {
	int *gone;
	struct thing *inner;
};

static void
thing_destroy(void *p)
{
	struct thing *t = p;

	++*t->gone;
	ref_drop(t->inner);
}

static void
last_holder_destroys(void)
{
	int gone = 0;
	struct thing *t = ref_alloc(sizeof(*t), thing_destroy);

	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	CU_ASSERT_PTR_NULL(t->inner);
	CU_ASSERT_EQUAL((uintptr_t)t % alignof(max_align_t), 0);
	t->gone = &gone;
	CU_ASSERT_EQUAL(ref_holders(t), 1);
	CU_ASSERT_PTR_EQUAL(ref_keep(t), t);
	CU_ASSERT_PTR_EQUAL(ref_keep(t), t);
	CU_ASSERT_EQUAL(ref_holders(t), 3);
	ref_drop(t);
	ref_drop(t);
	CU_ASSERT_EQUAL(gone, 0);
	ref_drop(t);
	CU_ASSERT_EQUAL(gone, 1);
}

static void
holders_may_be_shared(void)
{
	int gone = 0;
	struct thing *inner = ref_alloc(sizeof(*inner), thing_destroy);
	struct thing *outer = ref_alloc(sizeof(*outer), thing_destroy);

	CU_ASSERT_PTR_NOT_NULL_FATAL(inner);
	CU_ASSERT_PTR_NOT_NULL_FATAL(outer);
	inner->gone = outer->gone = &gone;
	outer->inner = ref_keep(inner);
	ref_drop(inner);
	CU_ASSERT_EQUAL(gone, 0);
	ref_drop(outer);
	CU_ASSERT_EQUAL(gone, 2);
}

static void
nothing_is_harmless(void)
{
	CU_ASSERT_PTR_NULL(ref_keep(NULL));
	ref_drop(NULL);
	ref_drop(ref_alloc(0, NULL));
}

static void
failures(void)
{
	mem_fail_from(1);
	CU_ASSERT_PTR_NULL(ref_alloc(1, NULL));
	mem_fail_from(0);
	CU_ASSERT_PTR_NULL(ref_alloc(SIZE_MAX, NULL));
	CU_ASSERT_PTR_NULL(ref_alloc(SIZE_MAX - 1, NULL));
	CU_ASSERT_EQUAL(mem_failures(), 2);
	mem_forgive();
}

CHECK_MAIN("ref", { "last holder destroys", last_holder_destroys },
    { "holders may be shared", holders_may_be_shared },
    { "nothing is harmless", nothing_is_harmless }, { "failures", failures })
