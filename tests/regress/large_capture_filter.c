/*
 * A filter finds the same messages in a capture that is too large for one trace
 * as in the trace of it all: its calls are found without a trace, and theirs
 * alone is made.  "Too large" is lowered for that.
 */
#include "base/err.h"
#include "base/mem.h"
#include "cli/capture_input.h"
#include "words/record_filter.h"

#include "fixtures/capture_many.h"
#include "fixtures/check.h"

#define CALLS 60

static char path[] = "/tmp/rung-filter-XXXXXX";

/* Of every tenth call the INVITE is refused: its 200 becomes a 503. */
static void
refuse_some(void)
{
	static const char good[] = "SIP/2.0 200 OK", bad[] = "SIP/2.0 503 No";
	LOCAL_BUF b = BUF_INIT;
	unsigned answers = 0;
	FILE *f;

	CU_ASSERT_EQUAL_FATAL(buf_read_file(&b, path, 1 << 24), 0);
	for (size_t i = 0; i + sizeof(good) < b.n; i++)
		if (memcmp(b.p + i, good, sizeof(good) - 1) == 0 &&
		    answers++ % 10 == 0)
			memcpy(b.p + i, bad, sizeof(bad) - 1);
	f = fopen(path, "wb");
	CU_ASSERT_FATAL(f != NULL && fwrite(b.p, 1, b.n, f) == b.n);
	fclose(f);
	CU_ASSERT_EQUAL(answers, 2 * CALLS);
}

static struct trace *
load(const char *filter, size_t most, int wanted)
{
	struct cli c = { .messages_most = most,
		.quiet = true,
		.sift = filter,
		.to_ns = INT64_MAX };
	struct diag d = DIAG_INIT;
	struct trace *t = NULL;

	CU_ASSERT_EQUAL(cli_capture_load(&c, path, &t, &d), wanted);
	CU_ASSERT_EQUAL(d.err, wanted);
	return t;
}

/* The messages that FILTER lets through of T, a line each, in OUT. */
static void
list_messages(const struct trace *t, const char *filter, struct buf *out)
{
	LOCAL_BUF scratch = BUF_INIT, fields = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct record_filter f;

	CU_ASSERT_EQUAL_FATAL(record_filter_parse(&f, filter, NULL, &d), 0);
	for (uint64_t seq = 1; seq <= trace_count(t); seq++) {
		struct trace_send s;
		struct trace_rec rec;

		if (trace_kind_of(t, seq) != TRACE_SEND)
			continue;
		trace_get(t, seq, &rec);
		if (!record_filter_match(&f, t, &rec, &scratch) ||
		    trace_get_send(&rec, &s, &fields) != 0)
			continue;
		buf_printf(out, "%lld %.*s %.*s %u %.*s\n", (long long)rec.t,
		    STR_ARG(s.call_id), STR_ARG(s.method), s.status,
		    STR_ARG(s.src));
	}
}

static void
finds_the_same(void)
{
	static const char *const filters[] = { "status=503", "status=5xx",
		"status=503,404", "src=192.0.2.7", "dst=192.0.2.7",
		"node=192.0.2.7", "status=503 src=192.0.2.250",
		"cseq=INVITE status=503", "call=9e3779b1", "call=9e,3c",
		"from=9.04s method=BYE", "to=0.002s method=INVITE",
		"text=alice7@", "alice7@", "kind=send status=503",
		"proto=sip status=503" };
	struct trace *all = load(NULL, 100000, 0);

	CU_ASSERT_PTR_NOT_NULL_FATAL(all);
	for (size_t i = 0; i < sizeof(filters) / sizeof(filters[0]); i++) {
		struct buf want = BUF_INIT, got = BUF_INIT;
		struct trace *t = load(filters[i], 419, 0);

		CU_ASSERT_PTR_NOT_NULL_FATAL(t);
		CU_ASSERT(trace_count(t) < trace_count(all));
		list_messages(all, filters[i], &want);
		list_messages(t, filters[i], &got);
		CU_ASSERT(want.n > 0);
		CU_ASSERT_STRING_EQUAL(buf_cstr(&got), buf_cstr(&want));
		buf_free(&want);
		buf_free(&got);
		trace_destroy(t);
	}
	trace_destroy(all);
}

static void
says_what_it_cannot(void)
{
	CU_ASSERT_PTR_NULL(load("status=180", 419, ERR_LIMIT));
	CU_ASSERT_PTR_NULL(load("status=404", 419, ERR_NOTFOUND));
	CU_ASSERT_PTR_NULL(load("status=4", 419, ERR_SYNTAX));
	CU_ASSERT_PTR_NULL(load(NULL, 419, ERR_LIMIT));
}

static void
without_memory(void)
{
	struct trace *t = NULL;
	unsigned long n = 1;

	for (; t == NULL && n < 100000; n += 1 + n / 50) {
		struct cli c = { .messages_most = 419,
			.quiet = true,
			.sift = "status=503",
			.to_ns = INT64_MAX };
		struct diag d = DIAG_INIT;

		mem_fail_from(n);
		if (cli_capture_load(&c, path, &t, &d) != 0)
			CU_ASSERT_EQUAL(d.err, ERR_NOMEM);
		mem_fail_from(0);
	}
	CU_ASSERT_PTR_NOT_NULL(t);
	trace_destroy(t);
}

static void
makes_a_capture(void)
{
	int fd = mkstemp(path);

	CU_ASSERT_FATAL(fd >= 0 && close(fd) == 0);
	CU_ASSERT_TRUE_FATAL(made_many(path, CALLS));
	refuse_some();
}

static void
removes_it(void)
{
	CU_ASSERT_EQUAL(unlink(path), 0);
}

CHECK_MAIN("large_capture_filter", { "a capture", makes_a_capture },
    { "finds the same", finds_the_same },
    { "says what it can't", says_what_it_cannot },
    { "without memory", without_memory }, { "removed", removes_it })
