/*
 * A test program: a table of cases over CUnit.
 *
 *	static void adds(void) { CU_ASSERT_EQUAL(1 + 1, 2); }
 *	CHECK_MAIN("sums", { "adds", adds })
 *
 * The last line it prints is "NAME: N passed, N failed, N skipped";
 * tests/run.sh adds those up.  A case that needs the reference data beside the
 * project and does not find it calls check_skip and returns.
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

/* Whether this is the build with sanitizers: it takes five times as long, and
 * what was freed is kept for a while. */
#if defined(__has_feature)
#define IS_SANITIZED __has_feature(address_sanitizer)
#elif defined(__SANITIZE_ADDRESS__)
#define IS_SANITIZED 1
#else
#define IS_SANITIZED 0
#endif

/* Where the reference data are: $RUNG_DATA, else ../shared/data. */
const char *check_data(void);
/* The present case is not run, WHY is said. */
void check_skip(const char *why);

/* A file of tests; those of a program know each other by `next`. */
struct check_suite {
	const char *name, *file; /* "sums", "tests/test_sums.c" */
	const struct check_case *cases;
	size_t ncases;
	struct check_suite *next;
};

void check_register(struct check_suite *s);

/* A unit of tests/units.awk has some of them. */
#define CHECK_MAIN(...)       CHECK_MAIN_OF(__COUNTER__, __VA_ARGS__)
#define CHECK_MAIN_OF(n, ...) CHECK_MAIN_NTH(n, __VA_ARGS__)
#define CHECK_MAIN_NTH(n, suite, ...)                                     \
	__attribute__((constructor)) static void check_register_##n(void) \
	{                                                                 \
		static const struct check_case cases[] = { __VA_ARGS__ }; \
		static struct check_suite me = { suite, __FILE__, cases,  \
			sizeof(cases) / sizeof(cases[0]), NULL };         \
                                                                          \
		check_register(&me);                                      \
	}

#endif
