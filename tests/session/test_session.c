/*
 * Sessions: a run in slices is the run; acts in the past make branches with the
 * same past, acts at the end go on; a wrong act changes nothing.
 */
#include "fixtures/check.h"
#include "fixtures/sessions.h"

#include <inttypes.h>

/* ---- runs ---- */

/* S, run in slices, is as FILE is when it is run at once. */
static void
is_as_run(const char *file, struct session *s)
{
	struct lab_options o = LAB_OPTIONS;
	struct trace *t = lab_trace(file, &o);
	const struct trace *mine = session_trace(s, 0);

	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	CU_ASSERT_EQUAL(trace_count(mine), trace_count(t));
	CU_ASSERT_EQUAL(trace_hash(mine), trace_hash(t));
	CU_ASSERT_TRUE(trace_complete(mine));
	CU_ASSERT_TRUE(session_can_act(s));
	CU_ASSERT_EQUAL(session_branches(s), 1);
	CU_ASSERT_STRING_EQUAL(session_name(s, 0), "main");
	CU_ASSERT_TRUE(session_title(s)[0] != '\0');
	trace_destroy(t);
}

static void
takes_options(void)
{
	const struct topology_setting settings[] = { { .text =
							   "bob.busy=true" } };
	const char *const acts[] = { "20:atl.crash" };
	struct session_options o = { .run = { .has_seed = true,
					 .seed = 5,
					 .has_detail = true,
					 .detail = TRACE_MESSAGES,
					 .until_ns = 3 * SIM_S,
					 .settings = settings,
					 .nsettings = 1,
					 .acts = acts,
					 .nacts = 1 } };
	struct diag d = DIAG_INIT;
	struct session *s;
	const struct trace *t;

	CU_ASSERT_EQUAL_FATAL(session_open(&s, TWO, &o, &d), 0);
	run_out(s, 0, &d);
	t = session_trace(s, 0);
	CU_ASSERT_EQUAL(d.err, 0);
	CU_ASSERT_EQUAL(trace_head(t)->seed, 5);
	CU_ASSERT_EQUAL(trace_time_of(t, trace_count(t)), 3 * SIM_S);
	CU_ASSERT_TRUE(repeats(t));
	session_destroy(s);
	CU_ASSERT_NOT_EQUAL(session_open(&s, "labs/nowhere", NULL, &d), 0);
	CU_ASSERT_PTR_NULL(s);
}

/* ---- the past ---- */

static void
drops_a_200(void)
{
	struct session *s = session_run(TWO);
	const struct trace *main_trace = session_trace(s, 0);
	uint64_t main_hash = trace_hash(main_trace);
	uint64_t seq =
	    send_of(main_trace, "bob", "bil", "SIP/2.0 200 OK\r\nVia", 1);
	struct lab_options o = LAB_OPTIONS;
	size_t branch = 0, parent;
	struct trace *t;
	struct diag d;
	uint64_t after;
	char act[64];

	CU_ASSERT_NOT_EQUAL_FATAL(seq, 0);
	CU_ASSERT_EQUAL(
	    do_act(s, 0, seq, "message", "drop", NULL, NULL, &branch, &d), 0);
	CU_ASSERT_EQUAL_FATAL(branch, 1);
	run_out(s, 1, &d);
	snprintf(act, sizeof(act), "%" PRIu64 ":message.drop", seq);
	o.act = act;
	t = lab_trace(TWO, &o);
	CU_ASSERT_EQUAL(trace_hash(t), trace_hash(session_trace(s, 1)));
	CU_ASSERT_STRING_EQUAL(session_name(s, 1), "drop 200 OK");
	CU_ASSERT_TRUE(session_parent(s, 1, &parent, &after));
	CU_ASSERT_EQUAL(parent, 0);
	CU_ASSERT_EQUAL(after, seq);
	CU_ASSERT_FALSE(session_parent(s, 0, &parent, &after));
	/* Nothing has changed in what it left. */
	CU_ASSERT_PTR_EQUAL(session_trace(s, 0), main_trace);
	CU_ASSERT_EQUAL(trace_hash(main_trace), main_hash);
	/* The same again has a name of its own; said of the receipt, too. */
	for (uint64_t at = seq + 1; at <= trace_count(main_trace); at++) {
		struct trace_rec rec;

		trace_get(main_trace, at, &rec);
		if (rec.kind != TRACE_RECV ||
		    trace_int(&rec, "of", 0) != (int64_t)seq)
			continue;
		CU_ASSERT_EQUAL(do_act(s, 0, at, "message", "drop", NULL, NULL,
				    &branch, &d),
		    0);
		CU_ASSERT_STRING_EQUAL(
		    session_name(s, branch), "drop 200 OK 2");
		run_out(s, branch, &d);
		CU_ASSERT_EQUAL(
		    trace_hash(t), trace_hash(session_trace(s, branch)));
	}
	CU_ASSERT_EQUAL(session_branches(s), 3);
	trace_destroy(t);
	session_destroy(s);
}

/* The first node that plays something. */
static const char *
player(const struct trace *t, struct buf *name)
{
	const struct trace_head *h = trace_head(t);

	buf_clear(name);
	for (size_t i = 0; i < h->nnodes && name->n == 0; i++)
		if (h->nodes[i].role.n > 0)
			buf_str(name, h->nodes[i].name);
	return buf_cstr(name);
}

static void
has_one_past(const char *file)
{
	struct session *s = session_run(file);
	const struct trace *t = session_trace(s, 0);
	uint64_t count = trace_count(t);
	uint64_t at[] = { count / 2, count - 1, 0, 1, 2, count / 4,
		count * 3 / 4 };
	size_t n = lab_is_slow(file) ? 1 : sizeof(at) / sizeof(at[0]);
	struct buf name = BUF_INIT;
	struct trace_rec rec;
	struct diag d;
	size_t branch;

	is_as_run(file, s);
	for (size_t i = 0; i < n; i++) {
		const struct trace *b;
		uint64_t seq;
		int err = do_act(s, 0, at[i], player(t, &name), "crash", NULL,
		    NULL, &branch, &d);
		if (err != 0)
			CU_ASSERT_PTR_NOT_NULL(strstr(d.text, "crashed"));
		if (err != 0)
			continue;
		CU_ASSERT_NOT_EQUAL_FATAL(branch, 0);
		run_out(s, branch, &d);
		b = session_trace(s, branch);
		seq = difference(t, b);
		CU_ASSERT_TRUE_FATAL(seq > at[i] && seq <= trace_count(b));
		trace_get(b, seq, &rec);
		CU_ASSERT_EQUAL(rec.kind, TRACE_ACT);
		CU_ASSERT_TRUE(trace_complete(b));
		CU_ASSERT_TRUE(repeats(b));
	}
	CU_ASSERT_PTR_EQUAL(session_trace(s, 0), t);
	CU_ASSERT_EQUAL(trace_count(t), count);
	buf_free(&name);
	session_destroy(s);
}

static void
runs_in_slices_with_one_past(void)
{
	/* With LABS=all each; sanitized, seven branches of a lab take long. */
	size_t nth = IS_SANITIZED ? 4 : 2;

	labs_each_nth(has_one_past, true, getenv("LABS") != NULL ? 1 : nth);
}

/* Between two records: at its time, again and again the same, and gone where
 * one acts before it. */
static void
acts_between_records(void)
{
	const struct act hold = { "alice/1", "hold", NULL, 0, 4 * SIM_S + 5 };
	struct session *s = session_run(TWO);
	const struct trace *t = session_trace(s, 0);
	uint64_t last = trace_at_time(t, 4 * SIM_S), next;
	struct trace_rec rec;
	size_t one, two;
	struct diag d = DIAG_INIT;

	CU_ASSERT_TRUE_FATAL(trace_time_of(t, last) < 4 * SIM_S);
	CU_ASSERT_EQUAL_FATAL(act_at_once(s, 0, last, &hold, &one, &d), 0);
	run_out(s, one, &d);
	CU_ASSERT_EQUAL(d.err, 0);
	t = session_trace(s, one);
	CU_ASSERT_EQUAL(difference(t, session_trace(s, 0)), last + 1);
	trace_get(t, last + 1, &rec);
	CU_ASSERT_EQUAL(rec.kind, TRACE_ACT);
	CU_ASSERT_EQUAL(rec.t, 4 * SIM_S + 5);
	CU_ASSERT_EQUAL(trace_int(&rec, "after", 0), (int64_t)last);
	CU_ASSERT_TRUE(repeats(t));
	/* After it: it stays.  After the same record, but before it: not. */
	CU_ASSERT_EQUAL(do_crash(s, one, last + 1, "bob", &two, &d), 0);
	run_out(s, two, &d);
	CU_ASSERT_TRUE(difference(t, session_trace(s, two)) > last + 1);
	CU_ASSERT_TRUE(repeats(session_trace(s, two)));
	CU_ASSERT_EQUAL(do_crash(s, one, last, "bob", &two, &d), 0);
	run_out(s, two, &d);
	next = difference(t, session_trace(s, two));
	CU_ASSERT_EQUAL(next, last + 1);
	CU_ASSERT_EQUAL(
	    trace_time_of(session_trace(s, two), next), trace_time_of(t, last));
	CU_ASSERT_TRUE(repeats(session_trace(s, two)));
	session_destroy(s);
}

static void
times_of_acts_by_option(void)
{
	static const struct {
		const char *act;
		bool right;
	} rows[] = {
		{ "108@2s:bob.crash", false },
		{ "55@1m:bob.crash", false },
		{ "20@4s:bob.crash", false },
		{ "20@4s:message.drop", false },
		{ "20@:bob.crash", false },
		{ "9999@4s:bob.crash", false },
		{ "1@0s:bob.crash", true },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct session_options o = { .run.acts = &rows[i].act,
			.run.nacts = 1 };
		struct diag d = DIAG_INIT;
		struct session *s = NULL;

		if (session_open(&s, TWO, &o, &d) == 0)
			run_out(s, 0, &d);
		CU_ASSERT_EQUAL(d.err == 0, rows[i].right);
		if ((d.err == 0) != rows[i].right)
			printf("  %s: %s\n", rows[i].act, d.text);
		session_destroy(s);
	}
}

/* ---- the end ---- */

static void
goes_on_at(const char *file, const char *on, const char *verb, const char *key,
    const char *value)
{
	struct session *s = session_run(file);
	const struct trace *old = session_trace(s, 0), *t;
	uint64_t end = trace_count(old);
	struct trace_rec rec;
	struct diag d;
	size_t branch = 9;

	CU_ASSERT_EQUAL(
	    do_act(s, 0, end, on, verb, key, value, &branch, &d), 0);
	if (d.err != 0)
		printf("  %s: %s\n", file, d.text);
	CU_ASSERT_EQUAL(branch, 0);
	CU_ASSERT_EQUAL(session_branches(s), 1);
	t = session_trace(s, 0);
	CU_ASSERT_PTR_NOT_EQUAL(t, old);
	/* The old one can still be read. */
	CU_ASSERT_EQUAL(difference(old, t), end);
	CU_ASSERT_TRUE(trace_count(t) >= end);
	trace_get(t, end, &rec);
	CU_ASSERT_EQUAL(rec.kind, TRACE_ACT);
	CU_ASSERT_EQUAL(rec.t, trace_time_of(old, end));
	run_out(s, 0, &d);
	CU_ASSERT_EQUAL(d.err, 0);
	CU_ASSERT_PTR_EQUAL(session_trace(s, 0), t);
	CU_ASSERT_TRUE(trace_complete(t) && trace_count(t) > end);
	CU_ASSERT_TRUE(repeats(t));
	/* And once more. */
	end = trace_count(t);
	CU_ASSERT_EQUAL(
	    do_act(s, 0, end, "alice", "options", "target", "bob", &branch, &d),
	    0);
	run_out(s, 0, &d);
	CU_ASSERT_TRUE(trace_count(session_trace(s, 0)) > end);
	CU_ASSERT_TRUE(repeats(session_trace(s, 0)));
	session_destroy(s);
}

static void
goes_on_at_the_end(void)
{
	goes_on_at(TWO, "bil", "crash", NULL, NULL);
	goes_on_at(TWO, "alice", "invite", "target", "bob");
	goes_on_at("topologies/two-proxies.gv", "bil", "crash", NULL, NULL);
	goes_on_at(
	    "topologies/two-proxies.gv", "alice", "invite", "target", "bob");
}

/* A call after an end that was planned is not cut short. */
static void
outlives_its_duration(void)
{
	const struct topology_setting none = { NULL, NULL };
	struct session_options o = { .run.until_ns = 2 * SIM_S,
		.run.settings = &none };
	struct diag d = DIAG_INIT;
	const struct trace *t;
	struct session *s;
	size_t branch;

	CU_ASSERT_EQUAL_FATAL(session_open(&s, TWO, &o, &d), 0);
	run_out(s, 0, &d);
	t = session_trace(s, 0);
	CU_ASSERT_EQUAL(trace_time_of(t, trace_count(t)), 2 * SIM_S);
	CU_ASSERT_EQUAL(do_act(s, 0, trace_count(t), "bob", "set", "busy",
			    "true", &branch, &d),
	    0);
	run_out(s, 0, &d);
	t = session_trace(s, 0);
	CU_ASSERT_TRUE(trace_time_of(t, trace_count(t)) > 2 * SIM_S);
	CU_ASSERT_TRUE(repeats(t));
	session_destroy(s);
}

/* Right after the last record of a run that has not ended yet. */
static void
acts_while_it_runs(void)
{
	char path[TEXT_PATH];
	struct diag d = DIAG_INIT;
	const struct trace *old;
	struct session *s;
	size_t branch = 9;
	uint64_t last;
	bool done;

	s = session_of(write_text(
	    "lab { topology = \"two-proxies.gv\" }\n"
	    "script(function() sleep \"1s\" for i = 1, 40 do\n"
	    "	local c = node(\"alice\"):invite "
	    "\"sip:bob@biloxi.example.com\"\n"
	    "	wait(c, \"confirmed\") c:bye() wait(c, \"terminated\") end\n"
	    "end)\n",
	    path));
	CU_ASSERT_EQUAL(trace_count(session_trace(s, 0)), 0);
	CU_ASSERT_EQUAL(trace_head(session_trace(s, 0))->nnodes, 6);
	session_advance(s, 0, &done, &d);
	old = session_trace(s, 0);
	last = trace_count(old);
	CU_ASSERT_FALSE(done || last == 0);
	CU_ASSERT_EQUAL(do_crash(s, 0, last, "lan1", &branch, &d), 0);
	CU_ASSERT_EQUAL(branch, 0);
	CU_ASSERT_EQUAL(difference(old, session_trace(s, 0)), last + 1);
	/* In its past, while it runs. */
	CU_ASSERT_EQUAL(do_crash(s, 0, last / 2, "bob", &branch, &d), 0);
	CU_ASSERT_EQUAL(branch, 1);
	for (size_t i = 0; i < session_branches(s); i++) {
		run_out(s, i, &d);
		CU_ASSERT_TRUE(repeats(session_trace(s, i)));
	}
	session_destroy(s);
	/* Before anything has happened at all. */
	s = session_of(TWO);
	CU_ASSERT_EQUAL(do_crash(s, 0, 0, "bob", &branch, &d), 0);
	CU_ASSERT_EQUAL(branch, 0);
	run_out(s, 0, &d);
	CU_ASSERT_TRUE(repeats(session_trace(s, 0)));
	session_destroy(s);
	remove(path);
}

/* An act in slices; meanwhile its branch goes on, or it is taken back. */
static void
acts_in_slices(void)
{
	struct act act = { .on = "bob", .verb = "crash" };
	struct session *s = session_of("labs/overloaded");
	struct diag d = DIAG_INIT;
	uint64_t last, now, all;
	bool done = false;
	size_t branch = 9;

	session_advance(s, 0, &done, &d);
	last = trace_count(session_trace(s, 0));
	CU_ASSERT_EQUAL(session_act_begin(s, 0, last, &act, &d), 0);
	session_act_progress(s, &now, &all);
	CU_ASSERT_TRUE(now == 0 && all == last);
	session_act_cancel(s);
	CU_ASSERT_EQUAL(session_act_step(s, &done, &branch, &d), ERR_STATE);
	d = DIAG_INIT;
	CU_ASSERT_EQUAL(session_act_begin(s, 0, last, &act, &d), 0);
	run_out(s, 0, &d);
	done = false;
	while (!done && d.err == 0)
		session_act_step(s, &done, &branch, &d);
	CU_ASSERT_EQUAL(d.err, 0);
	CU_ASSERT_EQUAL(
	    branch, trace_count(session_trace(s, 0)) > last ? 1 : 0);
	for (size_t i = 0; i < session_branches(s); i++) {
		run_out(s, i, &d);
		CU_ASSERT_TRUE(repeats(session_trace(s, i)));
	}
	/* One that is not brought to its end. */
	CU_ASSERT_EQUAL(session_act_begin(s, 0, 3, &act, &d), 0);
	session_destroy(s);
}

/* ---- wrong acts ---- */

static void
refuses(void)
{
	static const struct {
		const char *on, *verb, *key, *value, *says;
	} rows[] = {
		{ "nobody", "crash", NULL, NULL,
		    "there is no node, call or link “nobody”" },
		{ "bob", "explode", NULL, NULL, "bob can't “explode”" },
		{ "bob", "restart", NULL, NULL, "bob is running" },
		{ "bob/7", "bye", NULL, NULL, "there is no bob/7" },
		{ "alice", "invite", NULL, NULL, "invite needs the URI" },
		{ "alice", "invite", "targe", "bob", "did you mean “target”?" },
		{ "bob", "set", "busy", "perhaps", "perhaps" },
		{ "lan1-lan2", "set", "delay", "long",
		    "is not a value for a link" },
		{ "lan1--bob", "down", NULL, NULL, "lan1--bob" },
		{ "message", "drop", NULL, NULL,
		    "record 1 is not a message that is" },
	};
	struct session *s = session_run(TWO);
	const struct trace *t = session_trace(s, 0);
	uint64_t hash = trace_hash(t);
	uint64_t send = send_of(t, "alice", "atl", "INVITE", 1);
	uint64_t at[] = { 1, trace_count(t) };
	struct diag d;
	size_t branch = 77;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		for (size_t k = 0; k < 2; k++) {
			CU_ASSERT_NOT_EQUAL(
			    do_act(s, 0, at[k], rows[i].on, rows[i].verb,
				rows[i].key, rows[i].value, &branch, &d),
			    0);
			if (k == 0 && strstr(d.text, rows[i].says) == NULL) {
				printf("  %s\n", d.text);
				CU_FAIL("another sentence");
			}
		}
	}
	CU_ASSERT_NOT_EQUAL(
	    do_act(s, 0, send, "message", "delay", "by", "long", &branch, &d),
	    0);
	CU_ASSERT_PTR_NOT_NULL(strstr(d.text, "is not a time"));
	CU_ASSERT_NOT_EQUAL(
	    do_crash(s, 0, trace_count(t) + 1, "bob", &branch, &d), 0);
	CU_ASSERT_NOT_EQUAL(do_crash(s, 3, 1, "bob", &branch, &d), 0);
	CU_ASSERT_EQUAL(branch, 77);
	CU_ASSERT_EQUAL(session_branches(s), 1);
	CU_ASSERT_PTR_EQUAL(session_trace(s, 0), t);
	CU_ASSERT_EQUAL(trace_hash(t), hash);
	session_destroy(s);
}

/* ---- limits, failures, names ---- */

static void
too_long(void)
{
	struct session_options o = { .max_records = 64 };
	struct diag d = DIAG_INIT;
	struct session *s;
	size_t branch;

	CU_ASSERT_EQUAL_FATAL(session_open(&s, TWO, &o, &d), 0);
	run_out(s, 0, &d);
	CU_ASSERT_EQUAL(d.err, ERR_LIMIT);
	CU_ASSERT_PTR_NOT_NULL(strstr(d.text, "64 records"));
	CU_ASSERT_EQUAL(trace_count(session_trace(s, 0)), 64);
	CU_ASSERT_FALSE(trace_complete(session_trace(s, 0)));
	CU_ASSERT_EQUAL(do_crash(s, 0, 64, "bob", &branch, &d), ERR_LIMIT);
	CU_ASSERT_EQUAL(do_crash(s, 0, 20, "bob", &branch, &d), 0);
	session_destroy(s);
}

static void
a_run_that_fails(void)
{
	char path[TEXT_PATH];
	struct diag d = DIAG_INIT;
	struct session *s;
	size_t branch;
	bool done;

	s = session_of(write_text(
	    "lab { topology = \"two-proxies.gv\" }\n"
	    "script(function() sleep \"1s\"\n node(\"bob\"):explode() end)\n",
	    path));
	run_out(s, 0, &d);
	CU_ASSERT_PTR_NOT_NULL(strstr(d.text, "explode"));
	CU_ASSERT_TRUE(trace_complete(session_trace(s, 0)));
	/* It is said once. */
	d = DIAG_INIT;
	session_advance(s, 0, &done, &d);
	CU_ASSERT_TRUE(done && d.err == 0);
	/* An act at that end: the script's part is over, all else goes on. */
	CU_ASSERT_EQUAL(
	    do_act(s, 0, trace_count(session_trace(s, 0)), "alice", "invite",
		"target", "sip:bob@biloxi.example.com", &branch, &d),
	    0);
	run_out(s, 0, &d);
	CU_ASSERT_TRUE(repeats(session_trace(s, 0)));
	session_destroy(s);
	remove(path);
}

static void
names(void)
{
	struct session *s = session_run(TWO);
	struct diag d = DIAG_INIT;
	size_t branch;

	do_crash(s, 0, 30, "bil", &branch, &d);
	CU_ASSERT_STRING_EQUAL(session_name(s, 1), "crash bil");
	CU_ASSERT_EQUAL(session_rename(s, 1, "main", &d), ERR_EXISTS);
	d = DIAG_INIT;
	CU_ASSERT_EQUAL(session_rename(s, 1, "Überlast 过载", &d), 0);
	CU_ASSERT_STRING_EQUAL(session_name(s, 1), "Überlast 过载");
	CU_ASSERT_EQUAL(session_rename(s, 1, session_name(s, 1), &d), 0);
	CU_ASSERT_EQUAL(session_rename(s, 1, "", &d), ERR_SYNTAX);
	CU_ASSERT_EQUAL(session_rename(s, 1, "a\033[2J", &d), ERR_SYNTAX);
	CU_ASSERT_EQUAL(session_rename(s, 1,
			    "12345678901234567890123456789012345678901234567890"
			    "123456789012345",
			    &d),
	    ERR_SYNTAX);
	CU_ASSERT_EQUAL(session_rename(s, 2, "a", &d), ERR_RANGE);
	session_destroy(s);
}

static void
too_many_branches(void)
{
	struct session *s = session_run("labs/direct-call");
	struct diag d = DIAG_INIT;
	size_t branch, n = 1;

	while (n < 200 && do_crash(s, 0, 5, "bob", &branch, &d) == 0)
		n++;
	CU_ASSERT_EQUAL(n, 100);
	CU_ASSERT_EQUAL(d.err, ERR_LIMIT);
	CU_ASSERT_EQUAL(session_branches(s), 100);
	CU_ASSERT_STRING_EQUAL(session_name(s, 99), "crash bob 99");
	session_destroy(s);
}

/* ---- memory ---- */

static void
play(unsigned long n, bool *well)
{
	struct session *s = NULL;
	struct diag d = DIAG_INIT;
	size_t branch;
	bool done = false;
	int err;

	mem_fail_from(n);
	err = session_open(&s, "labs/direct-call", NULL, &d);
	while (err == 0 && !done) {
		session_advance(s, 0, &done, &d);
		err = d.err;
	}
	if (err == 0)
		err = do_crash(s, 0, 20, "bob", &branch, &d);
	if (err == 0)
		err = do_act(s, 0, trace_count(session_trace(s, 0)), "alice",
		    "invite", "target", "bob", &branch, &d);
	mem_fail_from(0);
	*well = err == 0;
	if (err != 0 && d.err != ERR_NOMEM)
		printf("  %lu: %d %s\n", n, d.err, d.text);
	CU_ASSERT_TRUE(err == 0 || d.err == ERR_NOMEM);
	/* What there is can still be used. */
	for (size_t i = 0; s != NULL && i < session_branches(s); i++)
		CU_ASSERT_PTR_NOT_NULL(session_name(s, i));
	session_destroy(s);
}

static void
out_of_memory(void)
{
	bool well = false;

	for (unsigned long n = 1; !well; n += 1 + n / 40)
		play(n, &well);
}

CHECK_MAIN("session",
    { "runs_in_slices_with_one_past", runs_in_slices_with_one_past },
    { "takes_options", takes_options }, { "drops_a_200", drops_a_200 },
    { "acts_between_records", acts_between_records },
    { "times_of_acts_by_option", times_of_acts_by_option },
    { "goes_on_at_the_end", goes_on_at_the_end },
    { "outlives_its_duration", outlives_its_duration },
    { "acts_while_it_runs", acts_while_it_runs },
    { "acts_in_slices", acts_in_slices }, { "refuses", refuses },
    { "too_long", too_long }, { "a_run_that_fails", a_run_that_fails },
    { "names", names }, { "too_many_branches", too_many_branches },
    { "out_of_memory", out_of_memory })
