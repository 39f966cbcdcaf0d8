/*
 * A test program: a table of cases over CUnit.
 *
 *	static void adds(void) { CU_ASSERT_EQUAL(1 + 1, 2); }
 *	CHECK_MAIN("sums", { "adds", adds })
 *
 * The last line it prints is "NAME: N passed, N failed, N skipped";
 *tests/run.sh adds those up.  A case that needs the reference data beside the
 *project and does not find it calls check_skip and returns.
 */
#ifndef CHECK_H
#define CHECK_H

#include <CUnit/Basic.h>
#include <stdio.h>
#include <stdlib.h>

struct check_case {
	const char *name;
	void (*fn)(void);
};

static unsigned check_skipped;

/* Where the reference data are: $RUNG_DATA, else ../shared/data. */
__attribute__((unused)) static const char *
check_data(void)
{
	const char *dir = getenv("RUNG_DATA");

	return dir != NULL ? dir : "../shared/data";
}

__attribute__((unused)) static void
check_skip(const char *why)
{
	printf("  skipped: %s\n", why);
	check_skipped++;
}

__attribute__((unused)) static int
check_run(const char *suite_name, const struct check_case *cases, size_t n)
{
	CU_pSuite suite;
	unsigned failed;

	if (CU_initialize_registry() != CUE_SUCCESS)
		return 2;
	suite = CU_add_suite(suite_name, NULL, NULL);
	if (suite == NULL)
		return 2;
	for (size_t i = 0; i < n; i++)
		if (CU_add_test(suite, cases[i].name, cases[i].fn) == NULL)
			return 2;
	CU_basic_set_mode(CU_BRM_SILENT);
	CU_basic_run_tests();
	failed = CU_get_number_of_tests_failed();
	for (CU_pFailureRecord f = CU_get_failure_list(); f != NULL;
	     f = f->pNext)
		printf("%s:%u: %s: %s\n", f->strFileName, f->uiLineNumber,
		    f->pTest != NULL ? f->pTest->pName : "", f->strCondition);
	printf("%s: %u passed, %u failed, %u skipped\n", suite_name,
	    (unsigned)n - failed - check_skipped, failed, check_skipped);
	CU_cleanup_registry();
	return failed != 0;
}

#define CHECK_MAIN(suite, ...)                                            \
	int main(void)                                                    \
	{                                                                 \
		static const struct check_case cases[] = { __VA_ARGS__ }; \
                                                                          \
		return check_run(                                         \
		    suite, cases, sizeof(cases) / sizeof(cases[0]));      \
	}

#endif
