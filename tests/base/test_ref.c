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

CHECK_MAIN("ref", { "holders may be shared", holders_may_be_shared },
    { "nothing is harmless", nothing_is_harmless }, { "failures", failures })
