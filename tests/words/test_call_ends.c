/* Why calls ended, of a trace that is there at once or grows: what is said at
 * which record, and that it does not depend on how the trace was read. */
#include "base/err.h"
#include "fixtures/check.h"
#include "fixtures/labs.h"
#include "words/call_ends.h"

static struct call_ends *
read_ends(const struct trace *t, uint64_t slice)
{
	struct call_ends *e;

	CU_ASSERT_EQUAL_FATAL(call_ends_create(&e, t), 0);
	while (call_ends_extend(e, slice))
		CU_ASSERT_EQUAL(call_ends_position(e), 0);
	CU_ASSERT_EQUAL(call_ends_error(e), 0);
	CU_ASSERT_EQUAL(call_ends_position(e), trace_count(t));
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
	struct call_ends *whole, *sliced;
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
		    call_ends_at(whole, one->call_id, trace_count(t));

		CU_ASSERT(says_same(at_end, open ? NULL : one));
		CU_ASSERT(says_same(at_end,
		    call_ends_at(sliced, one->call_id, trace_count(t))));
		CU_ASSERT_PTR_NULL(call_ends_at(whole, one->call_id, last - 1));
		CU_ASSERT_PTR_NULL(call_ends_at(NULL, one->call_id, last));
	}
	outcomes_destroy(want);
	call_ends_destroy(whole);
	call_ends_destroy(sliced);
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
	struct call_ends *e;
	const struct outcome *one;
	struct str call_id;
	uint64_t last;
	size_t at = 0, n = 0, troubles = 0;

	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	e = read_ends(t, UINT64_MAX);
	while (call_ends_next(e, &at, &call_id, &one, &last)) {
		n++;
		CU_ASSERT_PTR_NOT_NULL_FATAL(one);
		CU_ASSERT_EQUAL(last, last_sent(t, call_id));
		CU_ASSERT_PTR_EQUAL(call_ends_at(e, call_id, last), one);
		CU_ASSERT_PTR_NULL(call_ends_at(e, call_id, last - 1));
		if (outcome_level(one) != OUTCOME_TROUBLE) {
			CU_ASSERT_PTR_NULL(call_end_word(one));
			continue;
		}
		troubles++;
		CU_ASSERT_STRING_EQUAL(call_end_word(one), "lost");
	}
	CU_ASSERT(n == 3 && troubles == 1);
	CU_ASSERT_PTR_NULL(call_ends_at(e, STR("nobody's"), UINT64_MAX));
	call_ends_destroy(e);
	trace_destroy(t);
}

/* What was judged stays until all that has come since is judged. */
static void
grows(void)
{
	struct buf text = BUF_INIT;
	struct diag d = DIAG_INIT;
	const struct lab_options o = LAB_OPTIONS;
	struct call_ends *e, *want;
	struct trace *t;
	struct str rest, call_id;
	const struct outcome *one;
	uint64_t last, judged = 0;
	size_t at = 0, n;

	CU_ASSERT_EQUAL_FATAL(lab_run("labs/no-answer", &o, &text, &d), 0);
	CU_ASSERT_EQUAL_FATAL(trace_begin(&t, "x"), 0);
	CU_ASSERT_EQUAL_FATAL(call_ends_create(&e, t), 0);
	CU_ASSERT_FALSE(call_ends_extend(e, 1));
	for (rest = buf_view(&text); rest.n > 0;) {
		n = (size_t)str_chr(rest, '\n') + 1;
		CU_ASSERT_EQUAL_FATAL(trace_feed(t, rest.p, n, &d), 0);
		rest = str_slice(rest, n, rest.n);
		if (trace_count(t) % 40 != 20)
			continue;
		CU_ASSERT_TRUE(call_ends_extend(e, 1));
		CU_ASSERT_EQUAL(call_ends_position(e), judged);
		while (call_ends_extend(e, 3))
			;
		judged = trace_count(t);
		CU_ASSERT_EQUAL(call_ends_position(e), judged);
	}
	while (call_ends_extend(e, 3))
		;
	want = read_ends(t, UINT64_MAX);
	while (call_ends_next(want, &at, &call_id, &one, &last))
		CU_ASSERT(says_same(call_ends_at(e, call_id, last), one));
	call_ends_destroy(want);
	call_ends_destroy(e);
	trace_destroy(t);
	buf_free(&text);
}

CHECK_MAIN("call_ends", { "at_the_last_message", at_the_last_message },
    { "labs_tell", labs_tell }, { "grows", grows })
