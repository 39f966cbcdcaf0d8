/* base/mem: sizes at the edge, copies, and the failing-allocation mode. */
#include "fixtures/check.h"

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"

#include <stdint.h>
#include <string.h>

static void
sizes(void)
{
	void *p = mem_alloc(0);
	unsigned char *z = mem_zalloc(3, 5);
	volatile size_t huge = SIZE_MAX;

	CU_ASSERT_PTR_NOT_NULL(p);
	mem_free(p);
	CU_ASSERT_PTR_NOT_NULL_FATAL(z);
	for (int i = 0; i < 15; i++)
		CU_ASSERT_EQUAL(z[i], 0);
	mem_free(z);
	p = mem_zalloc(0, 8);
	CU_ASSERT_PTR_NOT_NULL(p);
	mem_free(p);
	CU_ASSERT_PTR_NULL(mem_zalloc(huge, 2));
	CU_ASSERT_PTR_NULL(mem_zalloc(huge / 2, 3));
	mem_free(NULL);
}

static void
grows(void)
{
	volatile size_t huge = SIZE_MAX;
	uint32_t *a = mem_realloc_array(NULL, 4, sizeof(*a));
	uint32_t *b;

	CU_ASSERT_PTR_NOT_NULL_FATAL(a);
	for (uint32_t i = 0; i < 4; i++)
		a[i] = i;
	CU_ASSERT_PTR_NULL(mem_realloc_array(a, huge / 2, sizeof(*a)));
	b = mem_realloc_array(a, 1000, sizeof(*a));
	CU_ASSERT_PTR_NOT_NULL_FATAL(b);
	for (uint32_t i = 0; i < 4; i++)
		CU_ASSERT_EQUAL(b[i], i);
	mem_fail_from(1);
	CU_ASSERT_PTR_NULL(mem_realloc(b, 8000));
	mem_fail_from(0);
	CU_ASSERT_EQUAL(b[3], 3);
	/* A size of 0 does not free. */
	b = mem_realloc(b, 0);
	CU_ASSERT_PTR_NOT_NULL(b);
	mem_free(b);
}

static void
fails_on_demand(void)
{
	void *p, *q;

	mem_fail_from(2);
	p = mem_alloc(1);
	CU_ASSERT_PTR_NOT_NULL(p);
	CU_ASSERT_PTR_NULL(mem_alloc(1));
	CU_ASSERT_PTR_NULL(mem_zalloc(1, 1));
	CU_ASSERT_PTR_NULL(mem_strdup("x"));
	mem_fail_from(0);
	q = mem_alloc(1);
	CU_ASSERT_PTR_NOT_NULL(q);
	mem_free(p);
	mem_free(q);
}

static void
remembers_failures(void)
{
	volatile size_t huge = SIZE_MAX;
	struct buf b = BUF_INIT;
	void *p;

	mem_forgive();
	p = mem_alloc(1);
	CU_ASSERT_EQUAL(mem_failures(), 0);
	mem_free(p);
	CU_ASSERT_PTR_NULL(mem_zalloc(huge, 2));
	CU_ASSERT_PTR_NULL(mem_realloc_array(NULL, huge / 2, 3));
	CU_ASSERT_PTR_NULL(mem_dup("", huge));
	CU_ASSERT_EQUAL(mem_failures(), 3);
	mem_fail_only(2);
	CU_ASSERT_EQUAL(mem_failures(), 0);
	p = mem_alloc(1);
	CU_ASSERT_PTR_NULL(mem_strdup("x"));
	mem_free(p);
	p = mem_alloc(1);
	CU_ASSERT_PTR_NOT_NULL(p);
	mem_free(p);
	CU_ASSERT_EQUAL(mem_failures(), 1);
	/* What a buffer forgets is still known. */
	mem_fail_only(1);
	buf_puts(&b, "a");
	CU_ASSERT_EQUAL(b.err, ERR_NOMEM);
	buf_clear(&b);
	buf_puts(&b, "b");
	CU_ASSERT_STRING_EQUAL(buf_cstr(&b), "b");
	CU_ASSERT_EQUAL(mem_failures(), 1);
	buf_free(&b);
	mem_note_failure();
	CU_ASSERT_EQUAL(mem_failures(), 2);
	mem_forgive();
	CU_ASSERT_EQUAL(mem_failures(), 0);
}

static void
errors_have_sentences(void)
{
	for (int code = 0; code < ERR_COUNT; code++) {
		CU_ASSERT_TRUE(strlen(err_text(code)) > 0);
		for (int other = 0; other < code; other++)
			CU_ASSERT_STRING_NOT_EQUAL(
			    err_text(code), err_text(other));
	}
	CU_ASSERT_STRING_EQUAL(err_text(0), "no error");
	CU_ASSERT_STRING_EQUAL(err_text(-1), "unknown error");
	CU_ASSERT_STRING_EQUAL(err_text(ERR_COUNT), "unknown error");
	CU_ASSERT_STRING_EQUAL(err_text(INT32_MAX), "unknown error");
}

CHECK_MAIN("mem", { "sizes", sizes }, { "grows", grows },
    { "fails on demand", fails_on_demand },
    { "remembers failures", remembers_failures },
    { "errors have sentences", errors_have_sentences })
