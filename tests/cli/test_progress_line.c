/*
 * The line of progress by a clock of the test's: when it is drawn, what stands
 * in it, in how many cells.
 */
#include "base/progress.h"
#include "text/utf8.h"
#include "cli/progress.h"

#include "fixtures/check.h"

#define MS INT64_C(1000000)

static struct progress_step
step_of(const char *what, uint64_t done, uint64_t of)
{
	return (struct progress_step){ .what = what, .done = done, .of = of };
}

static bool
due(struct progress_line *l, const char *what, uint64_t done, uint64_t of,
    int64_t ms)
{
	const struct progress_step step = step_of(what, done, of);

	return progress_line_take(l, &step, ms * MS);
}

/* Not before a second, and five times a second at most. */
static void
when(void)
{
	struct progress_line l = { .began = 0 };
	unsigned drawn = 0;

	CU_ASSERT_FALSE(due(&l, "reading", 1, 100, 10));
	CU_ASSERT_FALSE(due(&l, "reading", 2, 100, 999));
	CU_ASSERT_TRUE(due(&l, "reading", 3, 100, 1000));
	CU_ASSERT_FALSE(due(&l, "reading", 4, 100, 1001));
	CU_ASSERT_FALSE(due(&l, "drawing", 0, 100, 1199));
	CU_ASSERT_TRUE(due(&l, "drawing", 1, 100, 1200));
	for (int64_t ms = 2000; ms < 12000; ms++)
		drawn += due(&l, "drawing", (uint64_t)ms, 20000, ms);
	CU_ASSERT_EQUAL(drawn, 50);
}

#define AT(what, done, of)                        \
	{                                         \
		what, done, of, false, 0, 0, NULL \
	}

/* BEFORE and STEP are told at their times; the line then is TEXT. */
static const struct row {
	struct progress_step before;
	int64_t before_ms;
	struct progress_step step;
	int64_t ms;
	size_t cells;
	bool ascii;
	const char *text;
} rows[] = {
	{ AT("a", 0, 0), 0, AT("reading", 0, 100), 1000, 79, true,
	    "reading .............................. 0 %" },
	{ AT("reading", 0, 100), 0, AT("reading", 50, 100), 400, 79, true,
	    "reading ###############............... 50 %" },
	{ AT("reading", 0, 100), 0, AT("reading", 50, 100), 2000, 79, true,
	    "reading ###############............... 50 %, 2 s left" },
	{ AT("reading", 0, 100), 0, AT("reading", 50, 100), 2000, 79, false,
	    "reading ━━━━━━━━━━━━━━━┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄ 50 %, 2 s left" },
	/* What was done before it was known how much there is. */
	{ AT("reading", 0, 0), 0, AT("reading", 50, 100), 2000, 79, true,
	    "reading ###############............... 50 %" },
	{ AT("reading", 60, 100), 0, AT("reading", 50, 100), 2000, 79, true,
	    "reading ###############............... 50 %" },
	{ AT("a", 0, 1000), 0, AT("a", 999, 1000), 60000, 79, true,
	    "a ############################## 99 %, 1 s left" },
	{ AT("a", 0, 100), 0, AT("a", 200, 100), 60000, 79, true,
	    "a ############################## 100 %, 0 s left" },
	{ AT("a", 0, 1000), 0, AT("a", 1, 1000), 1000, 79, true,
	    "a .............................. 0 %, 16 min 39 s left" },
	{ AT("a", 0, 100000), 0, AT("a", 1, 100000), 1000, 79, true,
	    "a .............................. 0 %, 27 h 46 min left" },
	{ AT("a", 0, UINT64_MAX), 0, AT("a", 1, UINT64_MAX), 1000, 79, true,
	    "a .............................. 0 %, 99 h 59 min left" },
	/* Nobody knows the end. */
	{ AT("a", 0, 0), 0, AT("drawing the figure", 0, 0), 1000, 79, true,
	    "drawing the figure ..." },
	{ AT("a", 0, 0), 0, AT("drawing the figure", 7, 0), 1000, 79, false,
	    "drawing the figure …" },
	/* Runs. */
	{ { "running", 0, 0, true, 0, 0, NULL }, 0,
	    { "running", 5, 0, true, 12345 * MS, 3000, NULL }, 400, 79, true,
	    "running 12.345 s of virtual time, 3000 records" },
	{ { "running", 0, 0, true, 0, 1000, NULL }, 0,
	    { "running", 5, 0, true, 12345 * MS, 3000, NULL }, 4000, 79, true,
	    "running 12.345 s of virtual time, 3000 records (500 per second)" },
	{ { "running", 0, 400, true, 0, 1000, NULL }, 0,
	    { "running", 100, 400, true, 100, 3000, NULL }, 1000, 79, true,
	    "running ########...................... 25 %, 3 s left" },
	{ { "running", 0, 400, false, 0, 0, NULL }, 0,
	    { "running", 100, 400, false, 0, 0, "3 failed" }, 1000, 79, true,
	    "running ########...................... 25 %, 3 s left, 3 failed" },
	/* Narrow: the bar gives way first. */
	{ AT("reading", 0, 100), 0, AT("reading", 50, 100), 2000, 35, true,
	    "reading ######...... 50 %, 2 s left" },
	{ AT("reading", 0, 100), 0, AT("reading", 50, 100), 2000, 27, true,
	    "reading 50 %, 2 s left" },
	{ AT("reading", 0, 100), 0, AT("reading", 50, 100), 2000, 12, true,
	    "reading 50 %" },
	{ AT("reading", 0, 100), 0, AT("reading", 50, 100), 2000, 5, false,
	    "read…" },
	{ AT("a", 0, 0), 0, AT("a", 1, 2), 2000, 0, true, "" },
};

static void
texts(void)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct row *r = &rows[i];
		struct progress_line l = { .began = 0 };
		struct buf out = BUF_INIT;

		progress_line_take(&l, &r->before, r->before_ms * MS);
		progress_line_take(&l, &r->step, r->ms * MS);
		progress_line_put(
		    &l, &r->step, r->ms * MS, r->cells, r->ascii, &out);
		CU_ASSERT_STRING_EQUAL(buf_cstr(&out), r->text);
		CU_ASSERT(utf8_width(buf_view(&out)) <= r->cells);
		buf_free(&out);
	}
}

static void
lengths(void)
{
	static const struct {
		int64_t ns;
		const char *text;
	} left[] = { { 0, "0 s" }, { 1, "1 s" }, { 59000 * MS, "59 s" },
		{ 59001 * MS, "1 min 0 s" }, { 125000 * MS, "2 min 5 s" },
		{ INT64_C(3600000) * MS, "1 h 0 min" },
		{ INT64_MAX, "99 h 59 min" } };

	for (size_t i = 0; i < sizeof(left) / sizeof(left[0]); i++) {
		struct buf out = BUF_INIT;

		progress_put_left(&out, left[i].ns);
		CU_ASSERT_STRING_EQUAL(buf_cstr(&out), left[i].text);
		buf_free(&out);
	}
}

static void
count(const char *what, uint64_t done, uint64_t of, void *arg)
{
	CU_ASSERT_STRING_EQUAL(what, "a");
	CU_ASSERT(done <= of);
	++*(unsigned *)arg;
}

static void
listeners(void)
{
	unsigned n = 0;

	progress_tell("a", 1, 2);
	progress_listen(count, &n);
	progress_tell("a", 1, 2);
	CU_ASSERT_EQUAL(n, 1);
	for (uint64_t i = 0; i < 10 * PROGRESS_EACH; i++)
		progress_count("a", i, 10 * PROGRESS_EACH);
	CU_ASSERT_EQUAL(n, 11);
	progress_listen(NULL, NULL);
	progress_tell("a", 1, 2);
	CU_ASSERT_EQUAL(n, 11);
}

CHECK_MAIN("progress_line", { "when it is drawn", when },
    { "what stands in it", texts }, { "lengths of time", lengths },
    { "who is told", listeners })
