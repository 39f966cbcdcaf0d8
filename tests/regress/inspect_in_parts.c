/*
 * A capture that is inspected in parts gets the same report as one trace of it:
 * the same findings of the same nodes at the same times, as often, and the same
 * cells of the matrix.
 */
#include "base/err.h"
#include "base/mem.h"
#include "cli/inspect.h"

#include "fixtures/capture_many.h"
#include "fixtures/check.h"
#include "outcome/troubles.h"
#include "rules/rule_names.h"
#include "rules/rules.h"

/* So many that there are several parts. */
#define CALLS    3100
#define REJECTED 5

static char path[] = "/tmp/rung-parts-XXXXXX";

/* Of some calls the INVITE is refused with 405, without Allow, and some BYEs
 * have an odd Max-Forwards. */
static void
break_some(void)
{
	static const char good[] = "SIP/2.0 200 OK", bad[] = "SIP/2.0 405 No";
	static const char hops[] = "Max-Forwards: 70";
	LOCAL_BUF b = BUF_INIT;
	unsigned answers = 0, requests = 0;
	FILE *f;

	CU_ASSERT_EQUAL_FATAL(buf_read_file(&b, path, 1 << 28), 0);
	for (size_t i = 0; i + sizeof(hops) < b.n; i++) {
		if (memcmp(b.p + i, good, sizeof(good) - 1) == 0 &&
		    answers++ % 700 == 0)
			memcpy(b.p + i, bad, sizeof(bad) - 1);
		if (memcmp(b.p + i, hops, sizeof(hops) - 1) == 0 &&
		    requests++ % 900 == 0)
			memcpy(b.p + i, "Max-Forwards: 7x", sizeof(hops) - 1);
	}
	f = fopen(path, "wb");
	CU_ASSERT_FATAL(f != NULL && fwrite(b.p, 1, b.n, f) == b.n);
	fclose(f);
}

/* Further calls, behind the others, whose INVITE, outside of a dialog, is
 * rejected. */
static void
add_rejected(void)
{
	static const struct made_step steps[] = {
		{ "INVITE sip:bob@biloxi.example.com SIP/2.0", 1, "INVITE",
		    true, true, 0 },
		{ "SIP/2.0 404 Not Found", 1, "INVITE", false, false, 10 },
		{ "ACK sip:bob@biloxi.example.com SIP/2.0", 1, "ACK", true,
		    false, 20 },
	};
	LOCAL_BUF b = BUF_INIT;
	FILE *f = fopen(path, "ab");

	for (unsigned i = 0; i < REJECTED * COUNT_OF(steps); i++) {
		unsigned call = i / COUNT_OF(steps);
		const struct made_step *s = &steps[i % COUNT_OF(steps)];

		made_call_step(&b, CALLS + call, s,
		    1700000020000000000 +
			(call * 100 + s->after_ms) * INT64_C(1000000));
	}
	for (size_t i = 0; i + 8 < b.n; i++)
		if (memcmp(b.p + i, ";tag=b", 6) == 0)
			b.p[i + 1] = 'x';
	CU_ASSERT_FATAL(f != NULL && fwrite(b.p, 1, b.n, f) == b.n);
	fclose(f);
}

static struct inspect *
inspect_at_once(void)
{
	const struct inspect_source from = { .name = STR_INIT("many") };
	struct cli c = { .messages_most = 1000000, .to_ns = INT64_MAX };
	struct diag d = DIAG_INIT;
	struct inspect *in = NULL;
	struct trace *t = NULL;

	CU_ASSERT_EQUAL_FATAL(cli_capture_load(&c, path, &t, &d), 0);
	CU_ASSERT_EQUAL_FATAL(inspect_create(&in, 0), 0);
	CU_ASSERT_EQUAL_FATAL(inspect_take(in, t, &from), 0);
	CU_ASSERT_EQUAL(inspect_finish(in), 0);
	trace_destroy(t);
	return in;
}

static struct inspect *
inspect_parts(uint64_t sample, int *err)
{
	struct inspect_source from = { .name = STR_INIT("many") };
	struct cli c = { .sample = sample, .to_ns = INT64_MAX };
	struct cli_capture_input f = { .file = NULL };
	struct diag d = DIAG_INIT;
	struct inspect *in = NULL;

	*err = inspect_create(&in, sample);
	if (*err == 0)
		*err = cli_capture_input_open(&c, path, &f, &d);
	if (*err == 0)
		*err = cli_inspect_parts(&c, in, &f, &from, &d);
	cli_capture_input_close(&f);
	if (*err == 0)
		*err = inspect_finish(in);
	return in;
}

static bool
is_same(const struct inspect_finding *a, const struct inspect_finding *b)
{
	return a->clause == b->clause && a->role == b->role && a->t == b->t &&
	       a->count == b->count && str_eq(a->name, b->name) &&
	       str_eq(a->text, b->text);
}

/* Whether a node attacks others is asked at the end of each part. */
static bool
is_of_parts(const char *rule)
{
	return strncmp(rule, "attack-", strlen("attack-")) == 0;
}

static void
compare_rows(const struct inspect_report *a, const struct inspect_report *b)
{
	for (int r = RULE_NONE + 1; r < RULE_COUNT; r++)
		if (!is_of_parts(rule_at((enum rule_id)r)->key) &&
		    memcmp(&a->rows[r], &b->rows[r], sizeof(a->rows[r])) != 0) {
			printf("  %s\n", rule_at((enum rule_id)r)->key);
			CU_FAIL("a row differs");
		}
}

static void
compare_troubles(const struct troubles *a, const struct troubles *b)
{
	CU_ASSERT_EQUAL(troubles_calls(a), REJECTED);
	CU_ASSERT_EQUAL(troubles_calls(b), troubles_calls(a));
	CU_ASSERT_EQUAL(troubles_judged(b), troubles_judged(a));
	CU_ASSERT_EQUAL_FATAL(troubles_count(b), troubles_count(a));
	for (size_t i = 0; i < troubles_count(a); i++) {
		const struct trouble *x = troubles_at(a, i);
		const struct trouble *y = troubles_at(b, i);

		CU_ASSERT_TRUE(str_eq(x->sentence, y->sentence));
		CU_ASSERT_TRUE(str_eq(x->call_id, y->call_id));
		CU_ASSERT_EQUAL(x->count, y->count);
		CU_ASSERT(y->seq >= x->seq);
	}
}

static void
says_the_same(void)
{
	struct inspect *once = inspect_at_once(), *parts;
	const struct inspect_report *a = inspect_report(once), *b;
	int err;

	parts = inspect_parts(0, &err);
	CU_ASSERT_EQUAL_FATAL(err, 0);
	b = inspect_report(parts);
	CU_ASSERT(a->nfindings > 3);
	CU_ASSERT_EQUAL_FATAL(b->nfindings, a->nfindings);
	for (size_t i = 0; i < a->nfindings; i++)
		CU_ASSERT_TRUE(is_same(&a->findings[i], &b->findings[i]));
	CU_ASSERT_EQUAL(b->nnodes, a->nnodes);
	CU_ASSERT_EQUAL(b->nfiles, 1);
	CU_ASSERT_EQUAL(b->files[0].messages, a->files[0].messages);
	CU_ASSERT(b->files[0].records > a->files[0].records);
	compare_rows(a, b);
	compare_troubles(a->troubles, b->troubles);
	CU_ASSERT_EQUAL(b->metrics.durations.n, a->metrics.durations.n);
	inspect_destroy(once);
	inspect_destroy(parts);
}

static void
a_sample_is_told(void)
{
	int err;
	struct inspect *in = inspect_parts(50, &err);
	const struct inspect_file *f = &inspect_report(in)->files[0];

	CU_ASSERT_EQUAL(err, 0);
	CU_ASSERT_EQUAL(f->sampled, 50);
	CU_ASSERT_EQUAL(f->calls, CALLS + REJECTED);
	CU_ASSERT_EQUAL(f->messages, 50 * MADE_MESSAGES);
	inspect_destroy(in);
}

static void
without_memory(void)
{
	unsigned long n = 1;
	int err = ERR_NOMEM;

	for (; err == ERR_NOMEM && n < 10000000; n += 1 + n / 4) {
		struct inspect *in;

		mem_fail_from(n);
		in = inspect_parts(40, &err);
		mem_fail_from(0);
		inspect_destroy(in);
	}
	CU_ASSERT_EQUAL(err, 0);
}

static void
makes_a_capture(void)
{
	int fd = mkstemp(path);

	CU_ASSERT_FATAL(fd >= 0 && close(fd) == 0);
	CU_ASSERT_TRUE_FATAL(made_many(path, CALLS));
	break_some();
	add_rejected();
}

static void
removes_it(void)
{
	CU_ASSERT_EQUAL(unlink(path), 0);
}

CHECK_MAIN("inspect_in_parts", { "a capture", makes_a_capture },
    { "says the same", says_the_same },
    { "a sample is told", a_sample_is_told },
    { "without memory", without_memory }, { "removed", removes_it })
