/* What can be done to a thing of a session, and with which arguments. */
#include "fixtures/check.h"
#include "fixtures/golden.h"
#include "fixtures/sessions.h"

static void
put_verbs(
    const struct session *s, uint64_t after, const char *on, struct buf *out)
{
	struct act_verb verbs[40];
	struct diag d;
	size_t n = session_verbs(s, 0, after, on, verbs, 40, &d);

	buf_printf(out, "%s %llu\n", on, (unsigned long long)after);
	for (size_t i = 0; i < n; i++) {
		size_t at = out->n;

		buf_printf(out, "    %s", verbs[i].name);
		for (size_t k = 0;
		     k < ACT_VERB_ARGS && verbs[i].params[k] != NULL; k++)
			buf_printf(out, " %s=", verbs[i].params[k]);
		buf_fill(out, ' ', out->n - at < 40 ? 40 - (out->n - at) : 1);
		buf_puts(out, verbs[i].text);
		if (verbs[i].now[0] != '\0')
			buf_printf(out, " (now %s)", verbs[i].now);
		buf_putc(out, '\n');
	}
}

static void
verbs_of_things(void)
{
	static const struct {
		const char *on;
		uint64_t after;
	} things[] = { { "alice", 0 }, { "atl", 9999 }, { "lan1", 1 },
		{ "alice/1", 44 }, { "alice/1", 50 }, { "alice/1", 137 },
		{ "alice/1", 9999 }, { "bob/1", 79 }, { "bob/1", 86 },
		{ "bob/1", 127 }, { "bob/1", 146 }, { "bob/1", 152 },
		{ "lan1-lan2", 1 }, { "lan2--lan1", 1 }, { "alice-bil", 1 },
		{ "message", 1 }, { "nobody", 1 }, { "", 1 }, { "/", 1 } };
	struct session *s = session_run(TWO);
	struct act_verb one[1];
	struct diag d;
	LOCAL_BUF out = BUF_INIT;

	for (size_t i = 0; i < sizeof(things) / sizeof(things[0]); i++)
		put_verbs(s, things[i].after, things[i].on, &out);
	CU_ASSERT_TRUE(golden_same("verbs.txt", buf_view(&out)));
	CU_ASSERT_EQUAL(session_verbs(s, 0, 1, "alice", one, 1, &d), 1);
	CU_ASSERT_EQUAL(session_verbs(s, 0, 1, "alice", one, 0, &d), 0);
	session_destroy(s);
}

static bool
offers(const struct session *s, size_t branch, const char *on, const char *verb,
    const char *now)
{
	struct act_verb list[40];
	struct diag d;
	size_t n = session_verbs(
	    s, branch, trace_count(session_trace(s, branch)), on, list, 40, &d);

	for (size_t i = 0; i < n; i++)
		if (strcmp(list[i].name, verb) == 0)
			return strcmp(list[i].now, now) == 0;
	return false;
}

/* What was done changes what can be done; each is done before the call ends. */
static void
verbs_after_acts(void)
{
	struct session *s = session_run(TWO);
	struct diag d = DIAG_INIT;
	size_t at;

	CU_ASSERT_EQUAL_FATAL(do_crash(s, 0, 5, "atl", &at, &d), 0);
	CU_ASSERT(offers(s, at, "atl", "restart", ""));
	CU_ASSERT_FALSE(offers(s, at, "atl", "crash", ""));
	CU_ASSERT_EQUAL_FATAL(
	    do_act(s, 0, 5, "lan2-lan1", "loss", "loss", "20%", &at, &d), 0);
	CU_ASSERT_STRING_EQUAL(session_name(s, at), "loss lan2-lan1");
	CU_ASSERT(offers(s, at, "lan1-lan2", "loss", "20%"));
	CU_ASSERT(offers(s, at, "lan1-lan2", "delay", "20 ms"));
	CU_ASSERT_EQUAL_FATAL(
	    do_act(s, 0, 5, "lan2-lan1", "down", NULL, NULL, &at, &d), 0);
	CU_ASSERT(offers(s, at, "lan1-lan2", "up", ""));
	CU_ASSERT_FALSE(offers(s, at, "lan1-lan2", "down", ""));
	CU_ASSERT_EQUAL_FATAL(
	    do_act(s, 0, 146, "bob/1", "hold", NULL, NULL, &at, &d), 0);
	CU_ASSERT(offers(s, at, "bob/1", "resume", ""));
	CU_ASSERT_FALSE(offers(s, at, "bob/1", "hold", ""));
	session_destroy(s);
}

static bool
has_verb(const struct session *s, size_t branch, uint64_t after, const char *on,
    const char *verb)
{
	struct act_verb list[40];
	struct diag d;
	size_t n = session_verbs(s, branch, after, on, list, 40, &d);

	for (size_t i = 0; i < n; i++)
		if (strcmp(list[i].name, verb) == 0)
			return true;
	return false;
}

/* One transfer at a time; where it fails, who was on hold is not any more. */
static void
verbs_of_a_transfer(void)
{
	struct session *s = session_run("labs/transfer");
	struct diag d = DIAG_INIT;
	uint64_t asked = 0;
	size_t at;

	while (
	    trace_kind_of(session_trace(s, 0), ++asked) != TRACE_FSM ||
	    str_find(trace_line(session_trace(s, 0), asked), "REFER sent") < 0)
		;
	CU_ASSERT(has_verb(s, 0, asked - 2, "bob/1", "transfer"));
	CU_ASSERT(has_verb(s, 0, asked - 2, "bob/1", "resume"));
	CU_ASSERT(!has_verb(s, 0, asked, "bob/1", "transfer"));
	CU_ASSERT(has_verb(s, 0, asked, "bob/1", "bye"));
	CU_ASSERT(!has_verb(s, 0, asked + 30, "alice/1", "transfer"));
	CU_ASSERT_EQUAL_FATAL(
	    do_act(s, 0, 5, "alice", "set", "refer", "refuse", &at, &d), 0);
	run_out(s, at, &d);
	asked = trace_count(session_trace(s, at));
	CU_ASSERT(has_verb(s, at, asked, "bob/1", "transfer"));
	CU_ASSERT(has_verb(s, at, asked, "bob/1", "hold"));
	CU_ASSERT(!has_verb(s, at, asked, "bob/1", "resume"));
	session_destroy(s);
}

static void
verbs_of_a_subscription(void)
{
	struct session *s = session_run("labs/presence");
	const struct trace *t = session_trace(s, 0);
	uint64_t asked = 0;

	while (trace_kind_of(t, ++asked) != TRACE_FSM ||
	       str_find(trace_line(t, asked), "alice/presence-1") < 0)
		;
	CU_ASSERT(has_verb(s, 0, asked, "alice/presence-1", "refresh"));
	CU_ASSERT(has_verb(s, 0, asked, "alice/presence-1", "unsubscribe"));
	CU_ASSERT(!has_verb(s, 0, asked - 1, "alice/presence-1", "refresh"));
	CU_ASSERT(!has_verb(s, 0, asked, "alice/presence-1", "bye"));
	CU_ASSERT(!has_verb(s, 0, asked + 40, "pa/presence-1", "refresh"));
	CU_ASSERT(
	    !has_verb(s, 0, trace_count(t), "alice/presence-1", "unsubscribe"));
	session_destroy(s);
}

/* A wrong value is told before anything is done. */
static void
arguments_are_judged(void)
{
	static const struct {
		const char *on, *verb, *key, *good, *bad, *says;
	} rows[] = {
		{ "alice", "invite", "target", "bob", "", "like bob" },
		{ "alice", "invite", "target", "sip:b@x", "a b", "a node" },
		{ "alice", "invite", "sdp", "x", NULL, NULL },
		{ "alice", "register", "expires", "", "soon", "not a time" },
		{ "alice", "set", "*", "answer=5s", "answer=x", "time" },
		{ "alice", "set", "*", "busy=true", "aor=x", "changed" },
		{ "alice", "set", "*", "busy = no", "answer", "name=value" },
		{ "alice", "set", "*", "busy=no", "busi=no", "busi" },
		{ "bob/1", "reject", "code", "603", "200", "300 to 699" },
		{ "bob/1", "reject", "reason", "No", "a\nb", "one line" },
		{ "bob/1", "ring", "code", "", "200", "180 to 183" },
		{ "bob/1", "ring", "reliable", "true", "x", "true" },
		{ "bob/1", "dtmf", "digits", "12#*A", "12x", "A to D" },
		{ "bob/1", "hold", "how", "zero", "x", "sendonly" },
		{ "bob/1", "reinvite", "add", "video", "smell", "stream" },
		{ "bob/1", "transfer", "to", "carol", "a b", "a node" },
		{ "bob/1", "send", "method", "FOO", "", "like OPTIONS" },
		{ "alice", "publish", "status", "open", "away", "closed" },
		{ "alice", "publish", "expires", "60s", "soon", "not a time" },
		{ "alice", "refer", "to", "carol", "<x>", "a node" },
		{ "alice", "replace", "replaces", "bob/1", "", "bob/1" },
		{ "bob/1", "redirect", "uri", "sip:c@x", "carol", "not a URI" },
		{ "bob/1", "reinvite", "sdp", "false", "x", "true" },
		{ "atl", "bind", "q", "0.5", "2", "from 0 to 1" },
		{ "lan1-lan2", "loss", "loss", "20%", "200%", "share" },
		{ "lan2--lan1", "delay", "delay", "2s", "2x", "time" },
		{ "lan1-lan2", "set", "*", "rate=1mbit", "x=1", "no “x”" },
		{ "lan1-lan2", "set", "*", "mtu=600", "mtu=6", "mtu" },
		{ "message", "delay", "by", "2s", "much", "time" },
		{ "alice", "invite-with", "sdp", "false", "x", "true" },
		{ "alice", "invite-with", "reliable", "no", "yes", "required" },
		{ "alice", "invite-with", "headers", "Subject: a: b", "Subject",
		    "header field" },
		{ "alice", "invite-with", "headers", "", "Via: x", "header" },
		{ "alice", "refer-with", "sub", "false", "0.5", "true" },
		{ "alice", "message-with", "type", "a/b;c=d", "text", "type" },
		{ "alice", "message-with", "type", "", "a/b/c", "type" },
		{ "alice", "redial", "target", "", "a b", "a node" },
		{ "bob/1", "send", "method", "FOO", "F O", "not a method" },
		{ "bob/1", "dtmf", "duration", "80ms", "long", "not a time" },
		{ "bob/1", "bye-with", "now", "true", "soon", "true" },
		{ "bob/1", "bye-with", "reason", "SIP;cause=1", "a\rb",
		    "one line" },
	};
	struct session *s = session_run(TWO);

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct diag d = DIAG_INIT;

		if (session_check_arg(s, 0, rows[i].on, rows[i].verb,
			rows[i].key, rows[i].good, &d) != 0)
			CU_FAIL(rows[i].good);
		if (rows[i].bad == NULL)
			continue;
		CU_ASSERT_NOT_EQUAL(
		    session_check_arg(s, 0, rows[i].on, rows[i].verb,
			rows[i].key, rows[i].bad, &d),
		    0);
		if (strstr(d.text, rows[i].says) == NULL) {
			printf(
			    "  %s %s: %s\n", rows[i].verb, rows[i].bad, d.text);
			CU_FAIL(rows[i].bad);
		}
	}
	session_destroy(s);
}

/* What is given by a row with more arguments reaches the verb. */
static void
acts_with_more(void)
{
	const struct act_arg invite[] = { { "target", "bob" },
		{ "headers", "Subject: lunch" }, { "reliable", "no" } };
	const struct act_arg bye[] = { { "reason", "SIP;cause=600" } };
	const struct {
		const char *on, *verb, *shows;
		const struct act_arg *args;
		size_t nargs;
	} rows[] = { { "alice", "invite-with", "Subject: lunch", invite, 3 },
		{ "alice/1", "bye-with", "Reason: SIP;cause=600", bye, 1 } };
	struct session *s = session_run("labs/direct-call");
	uint64_t after = 0;

	while (str_find(trace_line(session_trace(s, 0), ++after),
		   "\"state\":\"confirmed\"") < 0)
		;
	for (size_t i = 0; i < 2; i++) {
		struct act act = { .on = rows[i].on,
			.verb = rows[i].verb,
			.args = rows[i].args,
			.nargs = rows[i].nargs };
		struct diag d = DIAG_INIT;
		const struct trace *t;
		bool found = false;
		size_t at;

		if (act_at_once(s, 0, after + 2, &act, &at, &d) != 0) {
			CU_FAIL("not done");
			printf("  %s: %s\n", act.verb, d.text);
			continue;
		}
		run_out(s, at, &d);
		t = session_trace(s, at);
		for (uint64_t n = after; n <= trace_count(t); n++)
			found |= str_find(trace_line(t, n), rows[i].shows) >= 0;
		CU_ASSERT(found);
	}
	session_destroy(s);
}

CHECK_MAIN("session_verbs", { "verbs_of_things", verbs_of_things },
    { "verbs_after_acts", verbs_after_acts },
    { "verbs of a transfer", verbs_of_a_transfer },
    { "acts_with_more", acts_with_more },
    { "verbs_of_a_subscription", verbs_of_a_subscription },
    { "arguments_are_judged", arguments_are_judged })
