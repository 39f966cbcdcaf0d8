/*
 * The main of the test programs.  Many files of tests are linked into one
 * program, since linking each by itself takes longer than compiling it; the
 * name by which that is called (a symbolic link) says which of them is run.
 */
#include "check.h"

#include <stdbool.h>
#include <string.h>
#include <time.h>

static struct check_suite *suites;
static unsigned skipped;

void
check_register(struct check_suite *s)
{
	s->next = suites;
	suites = s;
}

const char *
check_data(void)
{
	const char *dir = getenv("RUNG_DATA");

	return dir != NULL ? dir : "../shared/data";
}

void
check_skip(const char *why)
{
	static CU_pTest last;

	printf("  skipped: %s\n", why);
	/* One case may say it of each of its files. */
	skipped += CU_get_current_test() != last;
	last = CU_get_current_test();
}

/* "tests/test_sums.c" is the file of the program build/tests/test_sums. */
static bool
is_named(const struct check_suite *s, const char *program)
{
	const char *file = strrchr(s->file, '/'), *name = strrchr(program, '/');
	size_t n;

	file = file != NULL ? file + 1 : s->file;
	name = name != NULL ? name + 1 : program;
	n = strlen(name);
	return strncmp(file, name, n) == 0 && strcmp(file + n, ".c") == 0;
}

/* The only suite, or the one that PROGRAM names; NULL where there is none. */
static const struct check_suite *
find_suite(const char *program)
{
	const struct check_suite *s = suites;

	if (s != NULL && s->next == NULL)
		return s;
	while (s != NULL && !is_named(s, program))
		s = s->next;
	return s;
}

/* With TEST_TIMES in the environment it is said what each case computes. */
static clock_t begun;

static void
note_begin(const CU_pTest test, const CU_pSuite suite)
{
	(void)test;
	(void)suite;
	begun = clock();
}

static void
say_time(const CU_pTest test, const CU_pSuite suite, CU_pFailureRecord failure)
{
	(void)suite;
	(void)failure;
	printf("%7.2f s  %s\n", (double)(clock() - begun) / CLOCKS_PER_SEC,
	    test->pName);
}

static int
run_suite(const struct check_suite *s)
{
	CU_pSuite suite;
	unsigned failed;

	if (CU_initialize_registry() != CUE_SUCCESS)
		return 2;
	suite = CU_add_suite(s->name, NULL, NULL);
	if (suite == NULL)
		return 2;
	for (size_t i = 0; i < s->ncases; i++)
		if (CU_add_test(suite, s->cases[i].name, s->cases[i].fn) ==
		    NULL)
			return 2;
	if (getenv("TEST_TIMES") != NULL) {
		CU_set_test_start_handler(note_begin);
		CU_set_test_complete_handler(say_time);
		CU_run_all_tests();
	} else {
		CU_basic_set_mode(CU_BRM_SILENT);
		CU_basic_run_tests();
	}
	failed = CU_get_number_of_tests_failed();
	for (CU_pFailureRecord f = CU_get_failure_list(); f != NULL;
	     f = f->pNext)
		printf("%s:%u: %s: %s\n", f->strFileName, f->uiLineNumber,
		    f->pTest != NULL ? f->pTest->pName : "", f->strCondition);
	printf("%s: %u passed, %u failed, %u skipped\n", s->name,
	    (unsigned)s->ncases - failed - skipped, failed, skipped);
	CU_cleanup_registry();
	return failed != 0;
}

int
main(int argc, char **argv)
{
	const struct check_suite *s = argc > 0 ? find_suite(argv[0]) : NULL;

	if (s == NULL) {
		fprintf(stderr, "no tests are called %s\n", argv[0]);
		return 2;
	}
	return run_suite(s);
}
