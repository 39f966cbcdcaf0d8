/* Sessions of a trace: branched, of another program, and one that grows. */
#include "fixtures/check.h"
#include "fixtures/sessions.h"
#include "session/session_in.h"

static void
a_trace_can_be_branched(void)
{
	char path[TEXT_PATH];
	struct lab_options o = LAB_OPTIONS;
	LOCAL_BUF text = BUF_INIT;
	struct diag d = DIAG_INIT;
	const struct trace *t;
	struct session *s;
	uint64_t hash;
	size_t branch;
	bool done;
	char *at;

	CU_ASSERT_EQUAL(lab_run(TWO, &o, &text, &d), 0);
	s = session_of(write_text(buf_cstr(&text), path));
	t = session_trace(s, 0);
	hash = trace_hash(t);
	CU_ASSERT_TRUE(session_can_act(s) && trace_complete(t));
	session_advance(s, 0, &done, &d);
	CU_ASSERT_TRUE(done);
	CU_ASSERT_EQUAL(
	    do_crash(s, 0, trace_count(t) / 2, "bob", &branch, &d), 0);
	CU_ASSERT_EQUAL(branch, 1);
	run_out(s, 1, &d);
	CU_ASSERT_EQUAL(trace_hash(session_trace(s, 0)), hash);
	CU_ASSERT_EQUAL(do_crash(s, 0, trace_count(t), "bob", &branch, &d), 0);
	CU_ASSERT_EQUAL(branch, 0);
	run_out(s, 0, &d);
	CU_ASSERT_TRUE(repeats(session_trace(s, 0)));
	session_destroy(s);
	/* One that its inputs do not give: from another program, say. */
	at = strstr(text.p, "\"state\":\"calling\",\"peer\":\"sip:bob");
	CU_ASSERT_PTR_NOT_NULL_FATAL(at);
	memcpy(at, "\"state\":\"calling\",\"peer\":\"sip:bub", 33);
	remove(path);
	s = session_of(write_text(buf_cstr(&text), path));
	t = session_trace(s, 0);
	CU_ASSERT_NOT_EQUAL(
	    do_crash(s, 0, trace_count(t) / 2, "bob", &branch, &d), 0);
	CU_ASSERT_PTR_NOT_NULL(
	    strstr(d.text, "did another version of rung make the trace"));
	CU_ASSERT_EQUAL(session_branches(s), 1);
	CU_ASSERT_PTR_EQUAL(session_trace(s, 0), t);
	/* Before that place it can be. */
	CU_ASSERT_EQUAL(do_crash(s, 0, 5, "bob", &branch, &d), 0);
	session_destroy(s);
	remove(path);
}

static void
a_trace_from_elsewhere(void)
{
	static const char line[] =
	    "{\"kind\":\"trace\",\"version\":1,\"nodes\":[{\"name\":\"a\"}]}\n"
	    "{\"seq\":1,\"t\":0,\"kind\":\"act\"}\n";
	char path[TEXT_PATH];
	struct act_verb verbs[4];
	struct session *s;
	struct diag d;
	size_t branch;

	s = session_of(write_text(line, path));
	CU_ASSERT_FALSE(session_can_act(s));
	CU_ASSERT_EQUAL(trace_count(session_trace(s, 0)), 1);
	CU_ASSERT_EQUAL(session_verbs(s, 0, 1, "a", verbs, 4, &d), 0);
	CU_ASSERT_NOT_EQUAL(do_crash(s, 0, 1, "a", &branch, &d), 0);
	CU_ASSERT_PTR_NOT_NULL(
	    strstr(d.text, "this trace does not contain the inputs of"));
	session_destroy(s);
	remove(path);
}

/* A trace that is shown takes as many lines as it may have records. */
static void
grows_to_a_bound(void)
{
	static const char lines[] = "{\"seq\":2,\"t\":0,\"kind\":\"act\"}\n"
				    "{\"seq\":3,\"t\":0,\"kind\":\"act\"}\n"
				    "{\"seq\":4,\"t\":0,\"kind\":\"act\"}\n";
	char path[TEXT_PATH];
	struct session *s;
	struct diag d = DIAG_INIT;

	s = session_of(write_text(
	    "{\"kind\":\"trace\",\"version\":1,\"nodes\":[{\"name\":\"a\"}]}\n"
	    "{\"seq\":1,\"t\":0,\"kind\":\"act\"}\n",
	    path));
	s->branches[0]->max_records = 3;
	CU_ASSERT_EQUAL(session_grow(s, str_of(lines), &d), ERR_LIMIT);
	CU_ASSERT_PTR_NOT_NULL(strstr(d.text, "3 records"));
	CU_ASSERT_EQUAL(trace_count(session_trace(s, 0)), 3);
	CU_ASSERT_EQUAL(session_grow(s, STR_NULL, &d), 0);
	session_destroy(s);
	remove(path);
}

CHECK_MAIN("session_trace",
    { "a_trace_can_be_branched", a_trace_can_be_branched },
    { "a_trace_from_elsewhere", a_trace_from_elsewhere },
    { "grows_to_a_bound", grows_to_a_bound })
