/* Programs of the system: what they read and write, their bounds and ends. */
#include "jobs/program.h"
#include "base/err.h"

#include "fixtures/check.h"

#include <sys/resource.h>
#include <time.h>

#define MS INT64_C(1000000)

static struct buf out, complaints;
static struct diag said;

/* The error of `sh -c SCRIPT`, which reads IN. */
static int
run_shell(const char *script, struct str in, struct job_bounds bounds)
{
	const char *const argv[] = { "sh", "-c", script, NULL };
	const struct program shell = {
		.argv = argv, .in = in, .bounds = bounds, .activity = "testing"
	};

	buf_clear(&out);
	buf_clear(&complaints);
	said = DIAG_INIT;
	return program_run(&shell, &out, &complaints, &said);
}

#define TOO_LONG "the program “sh” took too long"

/* However a program goes on, it is over within a second or two, and so is whom
 * it began: `sleep 30` is what was waited for. */
static const struct {
	const char *script;
	struct job_bounds bounds;
	int err;
	const char *text, *out;
} ends[] = {
	{ "sleep 30; :", { .wall = MS }, ERR_LIMIT, TOO_LONG, "" },
	{ "trap '' TERM; echo a; sleep 30; :", { .wall = 300 * MS }, ERR_LIMIT,
	    TOO_LONG, "a\n" },
	{ "echo a; exec >&-; sleep 30; :", { .wall = 300 * MS }, ERR_LIMIT,
	    TOO_LONG, "a\n" },
	{ "echo a; exec >&-; sleep 30; :", { .idle = 300 * MS }, ERR_LIMIT,
	    TOO_LONG, "a\n" },
	{ "exec >&-; sleep 0.1; exit 3", { .wall = 9000 * MS }, ERR_UNSUPPORTED,
	    "the program “sh” failed: it ended with status 3", "" },
	{ "while :; do echo; sleep 0.01; done", { .wall = 300 * MS }, ERR_LIMIT,
	    TOO_LONG, NULL },
	{ "while :; do :; done", { .cpu = 1000 * MS }, ERR_LIMIT, TOO_LONG,
	    "" },
	{ "yes", { .said = 1000 }, ERR_UNSUPPORTED,
	    "the program “sh” failed: it wrote too much output", NULL },
	{ "yes >&2", { .cpu = 9000 * MS }, ERR_UNSUPPORTED,
	    "the program “sh” failed: y", "" },
	{ "exec <&-; echo a", { 0 }, 0, "", "a\n" },
	{ "(sleep 30; echo b) & echo a", { 0 }, 0, "", "a\n" },
	{ "setsid sleep 20 & echo a", { 0 }, 0, "", "a\n" },
};

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void
ends_in_time(void)
{
	LOCAL_BUF in = BUF_INIT;

	buf_fill(&in, 'x', 1 << 20);
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		struct job_bounds bounds = ends[i].bounds;
		double begun = now();

		if (bounds.said == 0)
			bounds.said = 100000;
		CU_ASSERT_EQUAL(
		    run_shell(ends[i].script, buf_view(&in), bounds),
		    ends[i].err);
		CU_ASSERT_STRING_EQUAL(said.text, ends[i].text);
		CU_ASSERT(ends[i].out == NULL ||
			  strcmp(buf_cstr(&out), ends[i].out) == 0);
		CU_ASSERT(now() - begun < 9);
	}
}

/* Some wait for ever where they have no memory. */
static void
has_little_memory(void)
{
	const struct job_bounds bounds = {
		.wall = 300 * MS, .said = 1000, .memory = UINT64_C(16) << 30
	};
	struct rlimit before, little;

	if (IS_SANITIZED) {
		check_skip("sanitizers take more");
		return;
	}
	CU_ASSERT_EQUAL_FATAL(getrlimit(RLIMIT_AS, &before), 0);
	little = before;
	little.rlim_cur = (rlim_t)8 << 30;
	CU_ASSERT_EQUAL_FATAL(setrlimit(RLIMIT_AS, &little), 0);
	CU_ASSERT_EQUAL(run_shell("sleep 30; :", STR(""), bounds), ERR_NOMEM);
	CU_ASSERT_EQUAL(setrlimit(RLIMIT_AS, &before), 0);
	CU_ASSERT_STRING_EQUAL(said.text,
	    "the program “sh” failed; perhaps 8192 MB are not enough memory: "
	    "it took too long");
}

static void
is_not_there(void)
{
	const char *const argv[] = { "no-such-program", NULL };
	const struct program none = {
		.argv = argv, .bounds = { .said = 1000 }, .activity = "testing"
	};

	buf_clear(&complaints);
	said = DIAG_INIT;
	CU_ASSERT_EQUAL(
	    program_run(&none, &out, &complaints, &said), ERR_UNSUPPORTED);
	CU_ASSERT_STRING_EQUAL(said.text,
	    "this needs the program “no-such-program”, which can't be "
	    "started: No such file or directory");
	buf_free(&out);
	buf_free(&complaints);
}

CHECK_MAIN("program", { "ends in time", ends_in_time },
    { "has little memory", has_little_memory },
    { "is not there", is_not_there })
