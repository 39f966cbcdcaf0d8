/* Messages that a user has edited in a session, and faults beside them. */
#include "fixtures/check.h"
#include "fixtures/sessions.h"

#include <inttypes.h>

static void
edits(const char *file, const char *src, const char *dst)
{
	struct buf text = BUF_INIT, b = BUF_INIT;
	struct session *s = session_run(file);
	struct diag d;
	const struct trace *t;
	struct trace_rec rec;
	size_t branch = 0, line;
	struct str all;
	uint64_t seq;
	bool seen = false;

	t = session_trace(s, 0);
	seq = send_of(t, src, dst, "INVITE", 1);
	CU_ASSERT_NOT_EQUAL_FATAL(seq, 0);
	/* One field more, with commas in it; and one byte that is no text. */
	trace_get(t, seq, &rec);
	all = trace_bytes(&rec, &b);
	line = (size_t)str_find(all, "\r\n") + 2;
	buf_str(&text, str_slice(all, 0, line));
	buf_puts(&text, "X-Mine: a, b=\\\"c\xff\"\r\n");
	buf_str(&text, str_slice(all, line, all.n));
	CU_ASSERT_EQUAL(do_act(s, 0, seq, "message", "edit", "text",
			    buf_cstr(&text), &branch, &d),
	    0);
	CU_ASSERT_STRING_EQUAL(session_name(s, branch), "edit INVITE");
	run_out(s, branch, &d);
	t = session_trace(s, branch);
	for (uint64_t at = seq; at <= trace_count(t) && !seen; at++) {
		trace_get(t, at, &rec);
		seen = rec.kind == TRACE_RECV &&
		       trace_int(&rec, "of", 0) == (int64_t)seq &&
		       str_eq(trace_bytes(&rec, &b), buf_view(&text));
	}
	CU_ASSERT_TRUE(seen);
	/* It passes the proxy as any unknown field does. */
	seen = false;
	for (uint64_t at = seq; at <= trace_count(t) && !seen; at++) {
		trace_get(t, at, &rec);
		seen = rec.kind == TRACE_SEND &&
		       str_find(trace_bytes(&rec, &b),
			   "X-Mine: a, b=\\\"c\xff\"\r\n") > 0;
	}
	CU_ASSERT_TRUE(seen);
	CU_ASSERT_TRUE(repeats(t));
	session_destroy(s);
	buf_free(&text);
	buf_free(&b);
}

static void
edits_messages(void)
{
	edits(TWO, "alice", "atl");
	edits("topologies/tcp.gv", "alice", "px");
}

/* The same by the command line's form. */
static void
edits_by_option(void)
{
	struct lab_options o = LAB_OPTIONS;
	LOCAL_BUF out = BUF_INIT, want = BUF_INIT;
	struct trace *t = lab_trace(TWO, &o);
	struct diag d = DIAG_INIT;
	struct trace_rec rec;
	struct buf b = BUF_INIT;
	char act[160];
	uint64_t seq;

	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	seq = send_of(t, "atl", "bil", "INVITE", 1);
	snprintf(act, sizeof(act),
	    "%" PRIu64 ":message.edit:text=A, b=c\\r\\n\\t\\\\ \\x41 \\\" \\q",
	    seq);
	trace_destroy(t);
	o.act = act;
	t = lab_trace(TWO, &o);
	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	CU_ASSERT_TRUE(repeats(t));
	for (uint64_t at = seq; at <= trace_count(t); at++) {
		trace_get(t, at, &rec);
		if (rec.kind == TRACE_FAULT)
			CU_ASSERT_TRUE(
			    str_is(trace_str(&rec, "effect", &b), "edit"));
		if (rec.kind == TRACE_RECV &&
		    trace_int(&rec, "of", 0) == (int64_t)seq)
			buf_str(&want, trace_bytes(&rec, &b));
	}
	CU_ASSERT_STRING_EQUAL(buf_cstr(&want), "A, b=c\r\n\t\\ A \\\" \\q");
	trace_destroy(t);
	snprintf(act, sizeof(act), "%" PRIu64 ":message.edit", seq);
	CU_ASSERT_NOT_EQUAL(lab_run(TWO, &o, &out, &d), 0);
	snprintf(act, sizeof(act), "%" PRIu64 ":message.edit:text=\\x0", seq);
	CU_ASSERT_NOT_EQUAL(lab_run(TWO, &o, &out, &d), 0);
	buf_free(&b);
}

/* A script's fault that comes later keeps its number and its chances. */
static void
leaves_the_scripts_faults_alone(void)
{
	static const char text[] =
	    "lab { topology = \"two-proxies.gv\", duration = \"40s\" }\n"
	    "at(\"1s\", function() fault { src = \"bil\", dst = \"bob\", "
	    "probability = \"50%\", drop = true } end)\n"
	    "script(function() sleep \"2s\"\n"
	    "	node(\"alice\"):invite \"sip:bob@biloxi.example.com\" end)\n";
	char path[TEXT_PATH];
	struct session *s;
	const struct trace *t;
	struct diag d;
	size_t branch;
	uint64_t seq;

	s = session_run(write_text(text, path));
	t = session_trace(s, 0);
	seq = send_of(t, "bob", "bil", "SIP/2.0 200 OK\r\nVia", 1);
	CU_ASSERT_NOT_EQUAL_FATAL(seq, 0);
	/* The faults lie before it. */
	CU_ASSERT_EQUAL(
	    do_act(s, 0, seq, "message", "delay", "by", "50ms", &branch, &d),
	    0);
	if (d.err != 0)
		printf("  %s\n", d.text);
	CU_ASSERT_TRUE(difference(t, session_trace(s, branch)) > seq);
	session_destroy(s);
	remove(path);
}

CHECK_MAIN("session_edits", { "edits_messages", edits_messages },
    { "edits_by_option", edits_by_option },
    { "leaves_the_scripts_faults_alone", leaves_the_scripts_faults_alone })
