/*
 * A request within a dialog that can't be sent counts as if a 503 had come (RFC
 * 3261 8.1.3.1), and a 503 ends its transaction alone (RFC 5057 5.1): whoever
 * is between two phones may be away for a while, and neither their call nor
 * their subscriptions end.  That nobody answers is another thing: a 408, which
 * ends the usage (5.2).
 */
#include "fixtures/stage.h"

static struct stage s;
static char call[96];

/* Alice and bob with the proxy px between them, by TCP; they talk. */
static void
start(const char *alice, const char *bob)
{
	char all[200];

	stage_open(&s);
	world_add_domain(s.w, "b.example",
	    stage_node(&s, "px", "proxy registrar location", "b.example", 3,
		"transport=tcp record_route=true"));
	snprintf(all, sizeof(all),
	    "transport=tcp outbound=px aor=sip:alice@b.example %s", alice);
	stage_node(&s, "alice", "ua", "b.example", 1, all);
	snprintf(all, sizeof(all),
	    "transport=tcp outbound=px aor=sip:bob@b.example answer=100ms %s",
	    bob);
	stage_node(&s, "bob", "ua", "b.example", 2, all);
	CU_ASSERT_EQUAL(
	    stage_do(&s, "px", "bind", NULL, "aor", "sip:bob@b.example",
		"contact", "sip:bob@192.0.2.2;transport=tcp", NULL),
	    0);
}

static void
talk(void)
{
	snprintf(call, sizeof(call), "%s",
	    stage_call(&s, "alice", "sip:bob@b.example"));
	stage_run(&s, 1000);
	CU_ASSERT(stage_call_is(&s, call, "confirmed"));
}

/* Between them nobody answers; what is sent fails after a while. */
static void
away(void)
{
	CU_ASSERT_EQUAL(stage_do(&s, "px", "crash", NULL, NULL), 0);
}

static void
back(void)
{
	STAGE_DO(&s, 1000, "px", "restart", NULL);
}

static void
stop(void)
{
	CU_ASSERT(stage_run(&s, 400000));
	CU_ASSERT_EQUAL(sim_held(s.w->sim), 0);
	STAGE_HAS(&s, 0, "no-step", NULL, NULL);
	stage_close(&s);
}

/* ---- a call ---- */

static const struct {
	const char *verb, *key, *value;
} within[] = {
	{ "hold", NULL, NULL },
	{ "reinvite", NULL, NULL },
	{ "update", NULL, NULL },
	{ "message", "text", "hi" },
	{ "dtmf", "digits", "1" },
	{ "options", NULL, NULL },
	{ "transfer", "to", "sip:carol@192.0.2.7" },
};

static int
do_it(size_t i)
{
	return stage_do(&s, "alice", within[i].verb, call, within[i].key,
	    within[i].value, NULL);
}

/* Each fails once, and is possible afterwards; the BYE then gets through. */
static void
in_call(void)
{
	for (size_t i = 0; i < sizeof(within) / sizeof(within[0]); i++) {
		start("", "");
		talk();
		away();
		CU_ASSERT_EQUAL(do_it(i), 0);
		stage_run(&s, 31000);
		STAGE_HAS(
		    &s, 1, "transport error", NODE("alice"), "\"time-out\"");
		if (!stage_call_is(&s, call, "confirmed"))
			printf("  (%s)\n", within[i].verb);
		CU_ASSERT(stage_call_is(&s, call, "confirmed"));
		STAGE_HAS(&s, 0, KIND("send"), "\"start\":\"BYE\"", NULL);
		back();
		CU_ASSERT_EQUAL(do_it(i), 0);
		stage_run(&s, 1000);
		if (strcmp(within[i].verb, "transfer") == 0)
			stage_run(&s, 20000);
		CU_ASSERT(stage_call_is(&s, call, "confirmed"));
		STAGE_DO(&s, 1000, "alice", "bye", call);
		CU_ASSERT(stage_call_is(&s, "bob/1", "terminated"));
		stop();
	}
}

/* A hold that failed has left the session as it was: the next one is not
 * refused as being done already. */
static void
hold_again(void)
{
	start("", "");
	talk();
	away();
	STAGE_DO(&s, 31000, "alice", "hold", call);
	back();
	CU_ASSERT(stage_do(&s, "alice", "resume", call, NULL) != 0);
	STAGE_DO(&s, 1000, "alice", "hold", call);
	STAGE_DO(&s, 1000, "alice", "resume", call);
	STAGE_DO(&s, 1000, "alice", "bye", call);
	CU_ASSERT(stage_call_is(&s, "bob/1", "terminated"));
	stop();
}

/* By UDP nothing tells that nobody is there: no answer ends the call. */
static void
no_answer(void)
{
	stage_open(&s);
	stage_node(&s, "alice", "ua", "b.example", 1, "");
	stage_node(&s, "bob", "ua", "b.example", 2, "answer=0s");
	snprintf(call, sizeof(call), "%s",
	    stage_call(&s, "alice", "sip:bob@192.0.2.2"));
	stage_run(&s, 1000);
	CU_ASSERT(stage_call_is(&s, call, "confirmed"));
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "crash", NULL, NULL), 0);
	STAGE_DO(&s, 33000, "alice", "hold", call);
	CU_ASSERT(stage_call_is(&s, call, "terminating"));
	stop();
}

/* ---- a subscription ---- */

static bool
is_told(const char *what)
{
	return stage_count(&s, KIND("note"), NODE("alice"), what) > 0;
}

static void
subscription(void)
{
	char id[96];

	start("", "presence=self");
	CU_ASSERT_EQUAL(stage_do(&s, "alice", "subscribe", NULL, "target",
			    "sip:bob@b.example", "expires", "300s", NULL),
	    0);
	snprintf(id, sizeof(id), "%s", s.result.object);
	stage_run(&s, 1000);
	away();
	/* Neither a NOTIFY nor a refresh gets through. */
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "publish", NULL, "status", "open",
			    "note", "one", NULL),
	    0);
	STAGE_DO(&s, 31000, "alice", "refresh", id);
	CU_ASSERT(stage_count(&s, "transport error", NODE("alice"), NULL) > 0);
	CU_ASSERT(stage_count(&s, "transport error", NODE("bob"), NULL) > 0);
	CU_ASSERT(!is_told("one"));
	back();
	STAGE_DO(
	    &s, 1000, "bob", "publish", NULL, "status", "open", "note", "two");
	CU_ASSERT(is_told("two"));
	STAGE_DO(&s, 1000, "alice", "refresh", id);
	STAGE_HAS(&s, 0, KIND("send"), NODE("bob"), "\"start\":481");
	CU_ASSERT_EQUAL(stage_do(&s, "alice", "unsubscribe", id, NULL), 0);
	stop();
}

CHECK_MAIN("transport_error_in_dialog", { "in a call", in_call },
    { "hold again", hold_again }, { "no answer", no_answer },
    { "subscription", subscription })
