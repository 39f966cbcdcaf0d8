/* Programs of the system: what they read and write, their bounds and ends. */
#include "base/program.h"
#include "base/err.h"

#include "check.h"

#define NS_A_SECOND INT64_C(1000000000)

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

static void
reads_and_writes(void)
{
	const struct job_bounds wide = { .said = 10 << 20 };
	struct buf in = BUF_INIT;

	/* More than a pipe takes at once. */
	for (int i = 0; i < 200000; i++)
		buf_printf(&in, "%d\n", i);
	CU_ASSERT_EQUAL(run_shell("cat", buf_view(&in), wide), 0);
	CU_ASSERT(str_eq(buf_view(&out), buf_view(&in)));
	CU_ASSERT_EQUAL(complaints.n, 0);
	CU_ASSERT_EQUAL(
	    run_shell("echo half; echo oh >&2; exit 3", STR(""), wide),
	    ERR_UNSUPPORTED);
	CU_ASSERT_STRING_EQUAL(said.text, "the program “sh” failed: oh");
	CU_ASSERT_STRING_EQUAL(buf_cstr(&out), "half\n");
	CU_ASSERT_EQUAL(run_shell("exit 4", STR(""), wide), ERR_UNSUPPORTED);
	CU_ASSERT_STRING_EQUAL(
	    said.text, "the program “sh” failed: it ended with status 4");
	CU_ASSERT_EQUAL(run_shell("echo $LC_ALL", STR(""), wide), 0);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&out), "C.UTF-8\n");
	buf_free(&in);
}

static void
keeps_bounds(void)
{
	CU_ASSERT_EQUAL(run_shell("sleep 60; :", STR(""),
			    (struct job_bounds){ .wall = NS_A_SECOND / 10 }),
	    ERR_LIMIT);
	CU_ASSERT_STRING_EQUAL(said.text, "the program “sh” took too long");
	CU_ASSERT_EQUAL(run_shell("while :; do :; done", STR(""),
			    (struct job_bounds){ .cpu = NS_A_SECOND }),
	    ERR_LIMIT);
	CU_ASSERT_EQUAL(
	    run_shell("yes", STR(""), (struct job_bounds){ .said = 1000 }),
	    ERR_UNSUPPORTED);
	CU_ASSERT_STRING_EQUAL(
	    said.text, "the program “sh” failed: it said too much");
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

CHECK_MAIN("program", { "reads and writes", reads_and_writes },
    { "keeps bounds", keeps_bounds }, { "is not there", is_not_there })
