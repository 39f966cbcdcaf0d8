/* What is measured of calls, registrations and hang-ups: of labs whose ladders
 * anybody can read, and of traces that make no sense. */
#include "base/err.h"
#include "base/mem.h"
#include "fixtures/check.h"
#include "fixtures/labs.h"
#include "measures/measures.h"
#include "fixtures/sample_trace.h"

static struct measures *
measure_all(const struct trace *t, uint64_t slice)
{
	struct measures *m;

	CU_ASSERT_EQUAL_FATAL(measures_create(&m), 0);
	while (measures_extend(m, t, slice))
		;
	CU_ASSERT_EQUAL(measures_error(m), 0);
	return m;
}

/* "alice INVITE 100 ms 200, 23 messages": an attempt on a line. */
static void
put_attempt(struct buf *b, const struct trace *t, const struct measure *a)
{
	static const char *const kinds[] = { "INVITE", "REGISTER", "BYE" };
	static const char *const ends[] = { "open", "", "timeout",
		"transport" };
	struct str node = trace_name(t, a->node);

	buf_printf(b, "%.*s %s", STR_ARG(node), kinds[a->kind]);
	if (measure_delay(a) >= 0)
		buf_printf(b, " %lld ms", (long long)(measure_delay(a) / MS));
	if (a->end == MEASURE_ANSWERED)
		buf_printf(b, " %u", a->status);
	else
		buf_printf(b, " %s", ends[a->end]);
	if (a->kind == MEASURE_SESSION)
		buf_printf(b, " (%u, %u again)", a->messages, a->retx);
	if (measure_wait(a) >= 0)
		buf_printf(
		    b, " waited %lld ms", (long long)(measure_wait(a) / MS));
	buf_putc(b, '\n');
}

static void
expect(const struct trace *t, const char *name, const char *want)
{
	static const uint64_t slices[] = { 1, 1000 };

	for (size_t i = 0; i < 2; i++) {
		struct measures *m = measure_all(t, slices[i]);
		struct buf seen = BUF_INIT;

		for (size_t k = 0; k < measures_count(m); k++)
			put_attempt(&seen, t, measures_get(m, k));
		if (strcmp(buf_cstr(&seen), want) != 0)
			printf("BAD %s: seen:\n%sinstead of:\n%s", name,
			    buf_cstr(&seen), want);
		CU_ASSERT_STRING_EQUAL(buf_cstr(&seen), want);
		buf_free(&seen);
		measures_destroy(m);
	}
}

static const struct {
	const char *lab, *setting, *want;
} of_labs[] = {
	{ "direct-call", NULL,
	    "alice INVITE 20 ms 200 (6, 0 again)\n"
	    "bob BYE 20 ms 200\n" },
	{ "two-proxies", NULL,
	    "alice REGISTER 20 ms 200\n"
	    "bob REGISTER 20 ms 200\n"
	    "alice INVITE 100 ms 200 (20, 0 again)\n"
	    "bob BYE 100 ms 200\n" },
	{ "two-proxies", "loss=30%",
	    "alice REGISTER 19520 ms 200\n"
	    "bob REGISTER 11520 ms 200\n"
	    "alice INVITE 31600 ms 200 (34, 23 again)\n" },
	{ "two-proxies", "alice--lan1.loss=100%",
	    "alice REGISTER 32000 ms timeout\n"
	    "bob REGISTER 20 ms 200\n"
	    "alice INVITE timeout (7, 6 again)\n" },
	{ "two-proxies", "bob.transport=tcp",
	    "alice REGISTER 20 ms 200\n"
	    "bob REGISTER 40 ms 200\n"
	    "alice INVITE 120 ms 200 (20, 0 again)\n"
	    "bob BYE 100 ms 200\n" },
	{ "busy", NULL,
	    "alice REGISTER 20 ms 200\n"
	    "bob REGISTER 20 ms 200\n"
	    "alice INVITE 100 ms 486 (11, 0 again)\n" },
	{ "cancel", NULL,
	    "alice REGISTER 20 ms 200\n"
	    "bob REGISTER 20 ms 200\n"
	    "alice INVITE 100 ms 487 (20, 0 again)\n" },
	{ "redirection", NULL,
	    "alice INVITE 260 ms 200 (12, 0 again)\n"
	    "alice BYE 100 ms 200\n"
	    "alice INVITE 160 ms 302 (6, 0 again)\n" },
	{ "no-answer", NULL,
	    "alice REGISTER 20 ms 200\n"
	    "bob REGISTER 20 ms 200\n"
	    "alice INVITE 32080 ms 408 (15, 6 again)\n" },
	{ "rfc3665-3.2", NULL,
	    "alice INVITE 120 ms 200 (23, 0 again)\n"
	    "bob BYE 100 ms 200\n" },
	{ "rfc3665-2.1", NULL, "bob REGISTER 80 ms 200\n" },
	{ "rfc3665-2.5", NULL, "bob REGISTER 80 ms 401\n" },
	{ "third-party", NULL,
	    "controller INVITE 10 ms 200 (8, 2 again)\n"
	    "controller INVITE 10 ms 200 (6, 0 again)\n"
	    "controller BYE 10 ms 200\n"
	    "controller BYE 10 ms 200\n"
	    "controller INVITE 10 ms 200 (9, 0 again)\n"
	    "controller INVITE 10 ms 200 (6, 0 again)\n"
	    "controller BYE 10 ms 200\n"
	    "controller BYE 10 ms 200\n"
	    "controller INVITE 10 ms 200 (9, 0 again)\n"
	    "controller INVITE 10 ms 200 (6, 0 again)\n"
	    "controller BYE 10 ms 200\n"
	    "controller BYE 10 ms 200\n"
	    "controller INVITE 10 ms 200 (6, 0 again)\n"
	    "controller INVITE 10 ms 486 (3, 0 again)\n"
	    "controller BYE 10 ms 200\n" },
	{ "forking", NULL,
	    "alice REGISTER 20 ms 200\n"
	    "desk REGISTER 20 ms 200\n"
	    "mobile REGISTER 20 ms 200\n"
	    "home REGISTER 20 ms 200\n"
	    "alice INVITE 40 ms 200 (33, 0 again)\n"
	    "alice BYE 40 ms 200\n"
	    "alice BYE 40 ms 200\n" },
	{ "torn-tcp", NULL,
	    "alice REGISTER 40 ms 200\n"
	    "bob REGISTER 40 ms 200\n"
	    "alice INVITE 60 ms 500 (5, 0 again)\n"
	    "alice INVITE 60 ms 200 (13, 0 again)\n"
	    "alice BYE 40 ms 200\n" },
	{ "session-timer", NULL,
	    "alice INVITE 60 ms 200 (55, 28 again)\n"
	    "bob BYE 32000 ms timeout\n" },
	{ "handset-call", NULL,
	    "bob REGISTER 40 ms 200\n"
	    "phone REGISTER 41 ms 200\n"
	    "phone INVITE 62 ms 200 (16, 0 again)\n"
	    "phone BYE 40 ms 200\n"
	    "bob INVITE 61 ms 200 (16, 0 again)\n"
	    "bob BYE 41 ms 200\n" },
};

static void
measures_labs(void)
{
	for (size_t i = 0; i < sizeof(of_labs) / sizeof(of_labs[0]); i++) {
		struct lab_options o = LAB_OPTIONS;
		struct buf out = BUF_INIT, path = BUF_INIT;
		struct diag d = DIAG_INIT;
		struct trace *t;

		o.setting = of_labs[i].setting;
		buf_printf(&path, "labs/%s", of_labs[i].lab);
		CU_ASSERT_EQUAL_FATAL(
		    lab_run(buf_cstr(&path), &o, &out, &d), 0);
		CU_ASSERT_EQUAL_FATAL(trace_load_buf(&t, &out, "lab", &d), 0);
		expect(t, of_labs[i].lab, of_labs[i].want);
		trace_destroy(t);
		buf_free(&path);
		buf_free(&out);
	}
}

/* ---- by hand ---- */

static void
begin_story(struct sample *s)
{
	sample_begin(s, "By hand");
	sample_node(s, "a", "ua", "x.example", "A");
	sample_node(s, "b", "ua", "x.example", "B");
}

/* A message of call "c" from SRC to DST; START is "'INVITE'" or "200". */
static uint64_t
sent(struct sample *s, const char *src, const char *dst, const char *start,
    const char *method, const char *branch, const char *more)
{
	s->t += MS;
	return sample_rec(s, "send", src, 0, NULL,
	    ",'src':'%s','dst':'%s','proto':'sip','start':%s,'cseq':'1 %s',"
	    "'call_id':'c','branch':'%s'%s",
	    src, dst, start, method, branch, more);
}

static void
receive(struct sample *s, const char *node, uint64_t of)
{
	s->t += MS;
	sample_rec(
	    s, "recv", node, of, NULL, ",'of':%llu", (unsigned long long)of);
}

/* Of a stream the last record counts; the same SSRC in another call, or at
 * another node, is another stream. */
static void
streams(void)
{
	static const struct {
		const char *node, *op, *call;
		int packets, lost, mos;
	} rows[] = {
		{ "a", "hear", "a/1", 1, 0, 0 },
		{ "a", "quality", "a/1", 90, 10, 3000 },
		{ "b", "quality", "b/1", 50, -2, 0 },
		{ "a", "heard", "a/1", 150, 50, 2500 },
		{ "a", "heard", "a/1", 1, 0, 4300 },
		{ "a", "heard", "a/2", 10, 0, 4400 },
	};
	static const struct measure_stream want[] = {
		{ .packets = 150, .lost = 50, .mos1000 = 2500 },
		{ .packets = 50, .lost = 0, .mos1000 = -1 },
		{ .packets = 10, .lost = 0, .mos1000 = 4400 },
	};
	struct sample s;
	struct diag d = DIAG_INIT;
	struct measures *m;
	struct trace *t;

	begin_story(&s);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char mos[20] = "";

		if (rows[i].mos != 0)
			snprintf(mos, sizeof(mos), ",'mos':%d", rows[i].mos);
		sample_rec(&s, "media", rows[i].node, 0, NULL,
		    ",'op':'%s','call':'%s','ssrc':7,'packets':%d,'lost':%d,"
		    "'late':5,'jitter':9%s",
		    rows[i].op, rows[i].call, rows[i].packets, rows[i].lost,
		    mos);
	}
	CU_ASSERT_EQUAL_FATAL(trace_load_buf(&t, &s.b, "media", &d), 0);
	m = measure_all(t, 1);
	CU_ASSERT_EQUAL_FATAL(measures_streams(m), 3);
	for (size_t i = 0; i < 3; i++) {
		const struct measure_stream *seen = measures_stream(m, i);

		CU_ASSERT_EQUAL(seen->packets, want[i].packets);
		CU_ASSERT_EQUAL(seen->lost, want[i].lost);
		CU_ASSERT_EQUAL(seen->late, 5);
		CU_ASSERT_EQUAL(seen->jitter_ns, 9);
		CU_ASSERT_EQUAL(seen->mos1000, want[i].mos1000);
	}
	CU_ASSERT_DOUBLE_EQUAL(
	    measure_stream_share(measures_stream(m, 0), 50), 0.25, 1e-9);
	measures_destroy(m);
	trace_destroy(t);
}

static void
expect_story(struct sample *s, const char *name, const char *want)
{
	struct diag d = DIAG_INIT;
	struct trace *t;

	CU_ASSERT_EQUAL_FATAL(trace_load_buf(&t, &s->b, name, &d), 0);
	expect(t, name, want);
	trace_destroy(t);
}

/* A challenge and its answer are one attempt; who was refused and comes again
 * without credentials begins another. */
static void
begins_anew(void)
{
	static const char bare[] = ",'text':'REGISTER\\r\\nTo: <sip:x>\\r\\n"
				   "\\r\\nAuthorization: body'";
	static const char known[] =
	    ",'text':'REGISTER\\r\\nauthorization: Digest\\r\\n\\r\\n'";
	struct sample s;

	begin_story(&s);
	sent(&s, "a", "b", "'REGISTER'", "REGISTER", "z1", bare);
	receive(&s, "a", sent(&s, "b", "a", "401", "REGISTER", "z1", ""));
	sent(&s, "a", "b", "'REGISTER'", "REGISTER", "z2", known);
	receive(&s, "a", sent(&s, "b", "a", "401", "REGISTER", "z2", ""));
	s.t += 150000 * MS;
	sent(&s, "a", "b", "'REGISTER'", "REGISTER", "z3", bare);
	receive(&s, "a", sent(&s, "b", "a", "401", "REGISTER", "z3", ""));
	sent(&s, "a", "b", "'REGISTER'", "REGISTER", "z4", known);
	receive(&s, "a", sent(&s, "b", "a", "200", "REGISTER", "z4", ""));
	expect_story(&s, "anew",
	    "a REGISTER 5 ms 401\n"
	    "a REGISTER 5 ms 200\n");
}

/* A connection that fails, the next server, which answers; then it is the
 * callee who changes the session, and a caller who hangs up in vain. */
static void
next_server(void)
{
	struct sample s;

	begin_story(&s);
	sent(&s, "a", "b", "'INVITE'", "INVITE", "z1", "");
	sample_rec(&s, "fsm", "a", 1, NULL,
	    ",'machine':'ICT','id':'z1','from':'calling','to':'terminated',"
	    "'event':'transport error'");
	sent(&s, "a", "b", "'INVITE'", "INVITE", "z2", "");
	receive(&s, "a", sent(&s, "b", "a", "183", "INVITE", "z2", ""));
	receive(&s, "a", sent(&s, "b", "a", "200", "INVITE", "z2", ""));
	sent(&s, "b", "a", "'INVITE'", "INVITE", "z3", "");
	receive(&s, "b", sent(&s, "a", "b", "488", "INVITE", "z3", ""));
	sent(&s, "a", "b", "'BYE'", "BYE", "z4", "");
	sent(&s, "a", "b", "'BYE'", "BYE", "z4", ",'retx':11");
	receive(&s, "a", sent(&s, "b", "a", "481", "BYE", "z4", ""));
	expect_story(&s, "next server",
	    "a INVITE 3 ms 200 (9, 1 again)\na BYE 3 ms 481\n");
}

/* Responses to nothing, to somebody else's request, to another method; a recv
 * of what is no send; a transaction of nobody. */
static void
nonsense(void)
{
	struct sample s;

	begin_story(&s);
	receive(&s, "a", sent(&s, "b", "a", "200", "INVITE", "z1", ""));
	sent(&s, "a", "b", "'INVITE'", "INVITE", "z1", "");
	receive(&s, "b", sent(&s, "a", "b", "200", "INVITE", "z1", ""));
	receive(&s, "a", sent(&s, "b", "a", "200", "CANCEL", "z1", ""));
	receive(&s, "a", 2);
	sample_rec(&s, "recv", "a", 1, NULL, ",'of':'x'");
	sample_rec(&s, "recv", "a", 1, NULL, ",'of':99999");
	sample_rec(&s, "fsm", "b", 1, NULL,
	    ",'machine':'ICT','id':'z1','from':'calling','to':'terminated',"
	    "'event':'Timer B'");
	sample_rec(&s, "fsm", "a", 1, NULL, ",'event':'Timer B'");
	sample_rec(&s, "send", "a", 1, NULL, ",'x':1");
	expect_story(&s, "nonsense", "a INVITE open (3, 0 again)\n");
}

/* Each allocation fails once: an error, and nothing leaks. */
static void
no_memory(void)
{
	struct lab_options o = LAB_OPTIONS;
	struct trace *t = lab_trace("labs/direct-call", &o);
	bool failed = true;

	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	for (unsigned long n = 1; failed; n++) {
		struct measures *m;

		mem_fail_from(n);
		failed = measures_create(&m) != 0;
		while (!failed && measures_extend(m, t, 10))
			;
		failed = failed || measures_error(m) != 0;
		mem_fail_from(0);
		measures_destroy(m);
	}
	trace_destroy(t);
}

CHECK_MAIN("measures", { "labs", measures_labs },
    { "begins anew", begins_anew }, { "next server", next_server },
    { "nonsense", nonsense }, { "streams", streams },
    { "no memory", no_memory })
