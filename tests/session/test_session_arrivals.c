/*
 * Sessions whose runs are open to the outside: what arrived is there in
 * branches, after acts, when a kept session is gone on with, and in the trace
 * of each branch.
 */
#include "base/folder.h"
#include "fixtures/check.h"
#include "fixtures/sessions.h"

static struct arrival
datagram(const char *node, const char *text)
{
	struct arrival a = { .node = node, .face = "", .bytes = str_of(text) };

	addr_parse(STR("203.0.113.7:5060"), &a.from);
	return a;
}

#define OPTIONS(n)                                                      \
	"OPTIONS sip:bob@biloxi.example.com SIP/2.0\r\n"                \
	"Via: SIP/2.0/UDP 203.0.113.7;branch=z9hG4bK" n "\r\n"          \
	"From: <sip:x@y>;tag=1\r\nTo: <sip:bob@biloxi.example.com>\r\n" \
	"Call-ID: " n "\r\nCSeq: 1 OPTIONS\r\nMax-Forwards: 70\r\n"     \
	"Content-Length: 0\r\n\r\n"

static struct session *
open_two(void)
{
	struct session_options o = { .open = true };
	struct diag d = DIAG_INIT;
	struct session *s;

	CU_ASSERT_EQUAL_FATAL(session_open(&s, TWO, &o, &d), 0);
	return s;
}

/* Until it has RECORDS. */
static void
go_on(struct session *s, size_t branch, uint64_t records)
{
	const struct run_goal to = { .until_ns = INT64_MAX,
		.until_seq = records };
	enum run_state state = RUN_GOES_ON;
	struct diag d = DIAG_INIT;

	while (state == RUN_GOES_ON)
		CU_ASSERT_EQUAL(
		    session_advance_to(s, branch, &to, &state, &d), 0);
	CU_ASSERT_EQUAL(d.err, 0);
	CU_ASSERT_EQUAL(state, RUN_IS_THERE);
}

static void
come(struct session *s, size_t branch, const char *node, const char *text)
{
	struct arrival a = datagram(node, text);
	struct diag d = DIAG_INIT;

	CU_ASSERT_EQUAL(session_arrive(s, branch, &a, &d), 0);
	if (d.err != 0)
		printf("  %s\n", d.text);
}

static uint64_t
outside_acts(const struct trace *t)
{
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_rec rec;
	uint64_t n = 0;

	for (uint64_t seq = 1; seq <= trace_count(t); seq++) {
		trace_get(t, seq, &rec);
		n += rec.kind == TRACE_ACT &&
		     str_is(trace_str(&rec, "by", &scratch), "outside");
	}
	return n;
}

/* Three arrivals in the one branch; one more, and an act, in another. */
static struct session *
play(void)
{
	struct session *s = open_two();
	struct diag d;
	size_t branch;

	come(s, 0, "bil", OPTIONS("a"));
	go_on(s, 0, 80);
	come(s, 0, "bil", OPTIONS("b"));
	go_on(s, 0, 120);
	come(s, 0, "bob", OPTIONS("c"));
	go_on(s, 0, 180);
	/* In the past, between two of them; the third arrives as before. */
	CU_ASSERT_EQUAL(do_crash(s, 0, 100, "alice", &branch, &d), 0);
	CU_ASSERT_EQUAL_FATAL(branch, 1);
	go_on(s, 1, 110);
	come(s, 1, "bil", OPTIONS("d"));
	go_on(s, 1, 160);
	session_stop(s, 0);
	session_stop(s, 1);
	d = DIAG_INIT;
	run_out(s, 0, &d);
	run_out(s, 1, &d);
	CU_ASSERT_EQUAL(d.err, 0);
	return s;
}

/* A run that was stopped goes on where somebody acts at its end. */
static void
an_act_goes_on(void)
{
	struct session *s = play();
	uint64_t last = trace_count(session_trace(s, 0));
	int64_t then = trace_time_of(session_trace(s, 0), last);
	struct diag d = DIAG_INIT;
	const struct trace *t;
	size_t branch;

	CU_ASSERT_EQUAL(do_crash(s, 0, last, "bob", &branch, &d), 0);
	CU_ASSERT_EQUAL(branch, 0);
	run_out(s, 0, &d);
	CU_ASSERT_EQUAL(d.err, 0);
	t = session_trace(s, 0);
	CU_ASSERT_FATAL(trace_count(t) >= last);
	CU_ASSERT_EQUAL(trace_kind_of(t, last), TRACE_ACT);
	CU_ASSERT_EQUAL(trace_time_of(t, last), then);
	CU_ASSERT_EQUAL(outside_acts(t), 3);
	CU_ASSERT(repeats(t));
	session_destroy(s);
}

static void
nothing_comes_when_it_is_over(void)
{
	struct session *s = play(), *plain = session_run(TWO);
	struct arrival a = datagram("bob", "x");
	struct diag d = DIAG_INIT;

	CU_ASSERT_NOT_EQUAL(session_arrive(s, 0, &a, &d), 0);
	CU_ASSERT(d.text[0] != '\0');
	d = DIAG_INIT;
	CU_ASSERT_NOT_EQUAL(session_arrive(plain, 0, &a, &d), 0);
	session_destroy(s);
	session_destroy(plain);
	plain = session_of(TWO);
	d = DIAG_INIT;
	CU_ASSERT_NOT_EQUAL(session_arrive(plain, 0, &a, &d), 0);
	CU_ASSERT_STRING_EQUAL(
	    d.text, "the run has no connection to the outside");
	session_destroy(plain);
}

/* ---- kept ---- */

static void
resumes(struct session *s)
{
	struct diag d = DIAG_INIT;
	struct session *again;

	CU_ASSERT_EQUAL_FATAL(session_save(s, STR("{}"), &d), 0);
	CU_ASSERT_EQUAL_FATAL(session_resume(&again, session_file(s), &d), 0);
	CU_ASSERT_EQUAL_FATAL(session_branches(again), session_branches(s));
	for (size_t i = 0; i < session_branches(s); i++) {
		const struct trace *was = session_trace(s, i), *is;

		run_out(again, i, &d);
		session_tell_change(again, i, &d);
		CU_ASSERT_EQUAL(d.err, 0);
		is = session_trace(again, i);
		if (trace_complete(was))
			CU_ASSERT_EQUAL(trace_hash(is), trace_hash(was));
		CU_ASSERT(difference(is, was) > trace_count(was));
		CU_ASSERT(repeats(is));
	}
	session_destroy(again);
}

static void
is_kept(void)
{
	char home[] = "/tmp/rung-test-XXXXXX";
	struct diag d = DIAG_INIT;
	struct session *s;
	size_t branch;

	CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(home));
	setenv("XDG_STATE_HOME", home, 1);
	s = play();
	/* Of the same arrivals as the first. */
	CU_ASSERT_EQUAL(do_crash(s, 0, 150, "bob", &branch, &d), 0);
	CU_ASSERT_EQUAL_FATAL(branch, 2);
	run_out(s, 2, &d);
	resumes(s);
	session_destroy(s);
	/* While it is open, too, and something comes. */
	s = open_two();
	go_on(s, 0, 60);
	come(s, 0, "bob", OPTIONS("a"));
	go_on(s, 0, 240);
	CU_ASSERT_FALSE(trace_complete(session_trace(s, 0)));
	resumes(s);
	session_destroy(s);
	folder_remove(home);
}

CHECK_MAIN("session_arrivals", { "an act goes on", an_act_goes_on },
    { "nothing comes when it is over", nothing_comes_when_it_is_over },
    { "is kept", is_kept })
