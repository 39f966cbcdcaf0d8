/* Why calls ended, of a trace that is there at once or grows: what is said at
 * which record, and that it does not depend on how the trace was read. */
#include "base/err.h"
#include "base/mem.h"
#include "fixtures/check.h"
#include "fixtures/exported.h"
#include "fixtures/labs.h"
#include "outcome/outcome.h"

static struct outcomes *
read_ends(const struct trace *t, uint64_t slice)
{
	struct outcomes *e;

	CU_ASSERT_EQUAL_FATAL(outcomes_create(&e, t, NULL), 0);
	while (outcomes_extend(e, slice))
		CU_ASSERT_EQUAL(outcomes_position(e), 0);
	CU_ASSERT_EQUAL(outcomes_error(e), 0);
	CU_ASSERT_EQUAL(outcomes_position(e), trace_count(t));
	return e;
}

/* The record of the last message of CALL_ID that is sent, by its line. */
static uint64_t
last_sent(const struct trace *t, struct str call_id)
{
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_send send;
	struct trace_rec rec;
	uint64_t last = 0, seq = 0;

	while (trace_next(t, TRACE_SEND, &seq, &rec))
		if (trace_get_send(&rec, &send, &scratch) == 0 &&
		    str_eq(send.call_id, call_id))
			last = seq;
	return last;
}

static bool
says_same(const struct outcome *a, const struct outcome *b)
{
	LOCAL_BUF x = BUF_INIT, y = BUF_INIT;

	if (a == NULL || b == NULL)
		return a == b;
	outcome_put_sentence(a, &x);
	outcome_put_proof(a, &x);
	outcome_put_sentence(b, &y);
	outcome_put_proof(b, &y);
	return str_eq(buf_view(&x), buf_view(&y));
}

/* From the last message of each call on its outcome is told, before that it is
 * not; the same whatever the slices. */
static void
told_at_the_end(const char *file)
{
	const struct lab_options o = LAB_OPTIONS;
	struct trace *t = lab_trace(file, &o);
	struct outcomes *whole, *sliced;
	struct outcomes *want = NULL;

	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	whole = read_ends(t, UINT64_MAX);
	sliced = read_ends(t, 7);
	CU_ASSERT_EQUAL_FATAL(outcomes_read(&want, t), 0);
	for (size_t i = 0; i < outcomes_count(want); i++) {
		const struct outcome *one = outcomes_at(want, i);
		uint64_t last = last_sent(t, one->call_id);
		bool open = outcome_level(one) == OUTCOME_OPEN;
		const struct outcome *at_end =
		    outcomes_then(whole, one->call_id, trace_count(t));

		CU_ASSERT(says_same(at_end, open ? NULL : one));
		CU_ASSERT(says_same(at_end,
		    outcomes_then(sliced, one->call_id, trace_count(t))));
		CU_ASSERT_PTR_NULL(
		    outcomes_then(whole, one->call_id, last - 1));
		CU_ASSERT_PTR_NULL(outcomes_then(NULL, one->call_id, last));
	}
	outcomes_destroy(want);
	outcomes_destroy(whole);
	outcomes_destroy(sliced);
	trace_destroy(t);
}

static void
labs_tell(void)
{
	labs_each_nth(told_at_the_end, false, LABS_SOME);
}

/* A call of one leg: at the last message itself, and few words for it. */
static void
at_the_last_message(void)
{
	const struct lab_options o = LAB_OPTIONS;
	struct trace *t = lab_trace("labs/no-answer", &o);
	struct outcomes *e;
	const struct outcome *one;
	struct str call_id;
	size_t at = 0, n = 0, troubles = 0;

	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	e = read_ends(t, UINT64_MAX);
	while (outcomes_next(e, &at, &call_id)) {
		n++;
		one = outcomes_then(e, call_id, UINT64_MAX);
		CU_ASSERT_PTR_NOT_NULL_FATAL(one);
		CU_ASSERT_EQUAL(one->last, last_sent(t, call_id));
		CU_ASSERT_PTR_EQUAL(outcomes_then(e, call_id, one->last), one);
		CU_ASSERT_PTR_NULL(outcomes_then(e, call_id, one->last - 1));
		if (outcome_level(one) != OUTCOME_TROUBLE) {
			CU_ASSERT_PTR_NULL(outcome_brief(one));
			continue;
		}
		troubles++;
		CU_ASSERT_STRING_EQUAL(outcome_brief(one), "lost");
	}
	CU_ASSERT(n == 3 && troubles == 1);
	CU_ASSERT_PTR_NULL(outcomes_then(e, STR("nobody's"), UINT64_MAX));
	outcomes_destroy(e);
	trace_destroy(t);
}

/* Judged again and again, E says what one says that reads T now. */
static void
try_grown(const struct outcomes *e, const struct trace *t)
{
	struct outcomes *want = read_ends(t, UINT64_MAX);

	CU_ASSERT_EQUAL_FATAL(outcomes_count(e), outcomes_count(want));
	for (size_t i = 0; i < outcomes_count(want); i++) {
		CU_ASSERT(says_same(outcomes_at(e, i), outcomes_at(want, i)));
		CU_ASSERT_EQUAL(
		    outcomes_at(e, i)->last, outcomes_at(want, i)->last);
	}
	outcomes_destroy(want);
}

/* What was judged stays until all that has come since is judged. */
static void
try_growing(const struct trace *whole)
{
	LOCAL_BUF line = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct outcomes *e;
	struct trace *t;
	uint64_t judged = 0;

	CU_ASSERT_EQUAL_FATAL(trace_begin(&t, "x"), 0);
	CU_ASSERT_EQUAL_FATAL(outcomes_create(&e, t, NULL), 0);
	CU_ASSERT_FALSE(outcomes_extend(e, 1));
	for (uint64_t seq = 0; seq <= trace_count(whole); seq++) {
		buf_clear(&line);
		buf_str(&line, trace_line(whole, seq));
		buf_putc(&line, '\n');
		CU_ASSERT_EQUAL_FATAL(trace_feed(t, line.p, line.n, &d), 0);
		if (seq % 100 != 20 && seq < trace_count(whole))
			continue;
		if (seq > judged + 1)
			CU_ASSERT_TRUE(outcomes_extend(e, 1));
		CU_ASSERT_EQUAL(outcomes_position(e), judged);
		while (outcomes_extend(e, 3))
			;
		judged = seq;
		CU_ASSERT_EQUAL(outcomes_position(e), judged);
		try_grown(e, t);
	}
	outcomes_destroy(e);
	trace_destroy(t);
}

/* Requests without an answer, legs of a B2BUA, a client that sends once; as
 * runs, and as captures, which say in their first line that they are. */
static void
grows(void)
{
	static const char *const labs[] = { "labs/no-answer",
		"labs/call-centre", "labs/agent-transaction" };
	const struct lab_options o = LAB_OPTIONS;

	for (size_t i = 0; i < sizeof(labs) / sizeof(labs[0]); i++) {
		struct trace *t = lab_trace(labs[i], &o);
		struct trace *c = t != NULL ? export_trace(t, labs[i]) : NULL;

		CU_ASSERT_PTR_NOT_NULL_FATAL(c);
		try_growing(t);
		try_growing(c);
		trace_destroy(c);
		trace_destroy(t);
	}
}

/* Without memory nothing is told; then it is read again from the beginning. */
static void
reads_again(void)
{
	const struct lab_options o = LAB_OPTIONS;
	struct trace *t = lab_trace("labs/no-answer", &o);
	unsigned long nth = 1;
	int err = ERR_NOMEM;

	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	for (; err != 0 && nth < 100000; nth += 3) {
		struct outcomes *e;

		CU_ASSERT_EQUAL_FATAL(outcomes_create(&e, t, NULL), 0);
		mem_fail_from(nth);
		while (outcomes_extend(e, 50))
			;
		mem_fail_from(0);
		err = outcomes_error(e);
		CU_ASSERT_EQUAL(
		    outcomes_position(e), err == 0 ? trace_count(t) : 0);
		while (outcomes_extend(e, 50))
			;
		CU_ASSERT_EQUAL(outcomes_error(e), 0);
		try_grown(e, t);
		outcomes_destroy(e);
	}
	CU_ASSERT(nth > 20);
	trace_destroy(t);
}

CHECK_MAIN("outcome told", { "at_the_last_message", at_the_last_message },
    { "labs_tell", labs_tell }, { "grows", grows },
    { "reads_again", reads_again })
