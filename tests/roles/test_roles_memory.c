/*
 * Whole scenarios in which memory runs out at each allocation in turn: no role
 * crashes or leaks, and the run stops and says why.
 */
#include "fixtures/stage.h"

static struct stage s;

struct cast {
	const char *name, *roles;
	unsigned host;
	const char *attrs;
};

/* VERB of NODE with one argument or two; without a verb time passes. */
struct step {
	int64_t ms;
	const char *node, *verb, *key[2], *value[2];
	bool on_call;       /* of the last call that was made */
	const char *object; /* of this one, where it says */
};

struct scenario {
	const char *name;
	struct cast cast[8];
	struct step steps[16];
	const char *proof[8]; /* what each rule's record shows of it */
};

#define BIND(to)                                                            \
	{                                                                   \
		.node = "prx", .verb = "bind", .key = { "aor", "contact" }, \
		.value = {                                                  \
			"bob",                                              \
			to                                                  \
		}                                                           \
	}
#define CALL(to)                                                        \
	{                                                               \
		.node = "alice", .verb = "invite", .key = { "target" }, \
		.value = {                                              \
			to                                              \
		}                                                       \
	}
#define OF_CALL(what)                                          \
	{                                                      \
		.node = "alice", .verb = what, .on_call = true \
	}
#define TRANSFER(to)                                                  \
	{                                                             \
		.node = "alice", .verb = "transfer", .on_call = true, \
		.key = { "to" }, .value = {                           \
			to                                            \
		}                                                     \
	}
#define OF(who, what, whose)                               \
	{                                                  \
		.node = who, .verb = what, .object = whose \
	}
#define WITH(who, what, whose, key1, value1, key2, value2)  \
	{                                                   \
		.node = who, .verb = what, .object = whose, \
		.key = { key1, key2 }, .value = {           \
			value1,                             \
			value2                              \
		}                                           \
	}
#define WAIT(time)         \
	{                  \
		.ms = time \
	}

#define ALICE "password=secret aor=sip:alice@b.example outbound=prx "
#define BOB   "aor=sip:bob@b.example "

static const struct scenario scenarios[] = {
	/* Bob's phones: one is sent on to one that only rings and is cancelled;
	 * one refuses; then comes the turn of one that answers. */
	{ "forking",
	    { { "prx", "proxy registrar location", 2,
		  "auth=true recurse=true path=true ring_time=300ms" },
		{ "alice", "ua", 3, ALICE },
		{ "b1", "ua", 4, BOB "forward=sip:bob@192.0.2.7" },
		{ "b2", "ua", 5, BOB "busy=true" },
		{ "b3", "ua", 6, BOB "answer=200ms q=0.5 password=x" },
		{ "b4", "ua", 7, BOB "answer=never" } },
	    { BIND("sip:bob@192.0.2.4"), BIND("sip:bob@192.0.2.5"),
		{ .node = "b3",
		    .verb = "register",
		    .key = { "expires" },
		    .value = { "100s" } },
		{ .node = "alice", .verb = "register" }, WAIT(200),
		CALL("sip:bob@b.example"), WAIT(1500), OF_CALL("reinvite"),
		WAIT(500), OF_CALL("bye"), WAIT(40000) },
	    { RULE("auth-407"), RULE("proxy-recurse"), RULE("proxy-ring-time"),
		RULE("proxy-2xx") } },
	/* Twice sent on, and asked who she is in both places. */
	{ "redirected",
	    { { "prx", "redirect location registrar", 2, "" },
		{ "p2", "proxy location", 4, "auth=all" },
		{ "alice", "ua", 3,
		    "aor=sip:alice@b.example accounts=alice:secret@c.example" },
		{ "b1", "ua", 5, BOB "forward=sip:bob@c.example" },
		{ "b2", "ua", 6, BOB "answer=100ms" } },
	    { BIND("sip:bob@192.0.2.5"),
		{ .node = "p2",
		    .verb = "bind",
		    .key = { "aor", "contact" },
		    .value = { "sip:bob@c.example", "sip:bob@192.0.2.6" } },
		CALL("sip:bob@b.example"), WAIT(1500), OF_CALL("reinvite"),
		WAIT(500), OF_CALL("bye"), WAIT(40000) },
	    { RULE("redirect-302"), RULE("redirect-follow"),
		RULE("auth-407") } },
	{ "by TCP",
	    { { "prx", "proxy registrar location", 2, "auth=true" },
		{ "alice", "ua", 3, ALICE "transport=tcp" },
		{ "b1", "ua", 4, BOB "transport=tcp answer=100ms" } },
	    { { .node = "b1", .verb = "register" }, WAIT(200),
		CALL("sip:bob@b.example"), WAIT(1500), OF_CALL("reinvite"),
		WAIT(500), OF_CALL("bye"), WAIT(400000) },
	    { RULE("auth-407"), "\"transport\":\"tcp\"" } },
	/* Alice's call with b1 goes to b2, after one that is refused. */
	{ "transferred",
	    { { "alice", "ua", 3, "aor=sip:alice@b.example password=x" },
		{ "b1", "ua", 4, "answer=0s aor=sip:b1@b.example" },
		{ "b2", "ua", 5, "answer=300ms aor=sip:b2@b.example" },
		{ "b3", "ua", 6, "busy=true aor=sip:b3@b.example" } },
	    { CALL("sip:b1@192.0.2.4"), WAIT(200), OF_CALL("hold"), WAIT(200),
		TRANSFER("sip:b3@192.0.2.6"), WAIT(500),
		TRANSFER("sip:b2@192.0.2.5"), WAIT(3000),
		{ .node = "b1", .verb = "crash" },
		{ .node = "b2", .verb = "crash" }, WAIT(80000) },
	    { RULE("refer-accept"), RULE("transfer-failed"),
		RULE("transfer-done"), RULE("notify-final"),
		RULE("resume-send") } },
	/* One way out without, and one with transactions; a location service
	 * of its own. */
	{ "stateless",
	    { { "sl", "proxy", 4, "stateless=true" },
		{ "loc", "location", 5, "" },
		{ "prx", "proxy registrar", 2, "location=loc" },
		{ "alice", "ua", 3, "aor=sip:alice@c.example outbound=sl" },
		{ "b1", "ua", 6, BOB "answer=100ms" } },
	    { { .node = "b1", .verb = "register" }, WAIT(500),
		CALL("sip:bob@b.example"), WAIT(1500), OF_CALL("cancel"),
		WAIT(500), OF_CALL("bye"), WAIT(40000) },
	    { RULE("proxy-stateless-branch"), RULE("location-query") } },
	/* Alice watches b1's calls, while she has one with him. */
	{ "watched",
	    { { "alice", "ua", 3, "aor=sip:alice@b.example" },
		{ "b1", "ua", 4, BOB "answer=200ms dialogs=all" } },
	    { WITH("alice", "subscribe", NULL, "target", "sip:bob@192.0.2.4",
		  "event", "dialog"),
		WAIT(200), CALL("sip:bob@192.0.2.4"), WAIT(500),
		OF("alice", "refresh", "alice/dialog-1"), WAIT(200),
		OF_CALL("bye"), WAIT(200),
		OF("alice", "unsubscribe", "alice/dialog-1"), WAIT(40000) },
	    { RULE("subscribe-accept"), RULE("notify-change"),
		RULE("subscribe-refreshed"), RULE("subscribe-stop") } },
	/* Rung reliably, changed before and after it is answered, refreshed. */
	{ "changed",
	    { { "alice", "ua", 3,
		  "aor=sip:alice@b.example session_expires=90s "
		  "reliable=required" },
		{ "b1", "ua", 4,
		    BOB "answer=never session_expires=90s packages=x" } },
	    { CALL("sip:bob@192.0.2.4"), WAIT(100),
		WITH("b1", "ring", "b1/1", "code", "183", NULL, NULL),
		WAIT(100), OF_CALL("update"), WAIT(100),
		OF("b1", "answer", "b1/1"), WAIT(200),
		OF("b1", "update", "b1/1"), WAIT(100),
		WITH("alice", "info", "alice/1", "package", "x", "body", "y"),
		OF("alice", "options", "alice/1"), WAIT(60000), OF_CALL("bye"),
		WAIT(40000) },
	    { RULE("prack-send"), RULE("update-recv"),
		RULE("session-update") } },
	/* Alice speaks with b1, then with b2, whom b1 is to have in her place;
	 * b3 then takes that call. */
	{ "replaced",
	    { { "alice", "ua", 3, "aor=sip:alice@b.example" },
		{ "b1", "ua", 4, "answer=0s aor=sip:b1@b.example" },
		{ "b2", "ua", 5, "answer=0s aor=sip:b2@b.example" },
		{ "b3", "ua", 6, "aor=sip:b3@b.example" } },
	    { CALL("sip:b1@192.0.2.4"), WAIT(200), OF_CALL("hold"), WAIT(200),
		CALL("sip:b2@192.0.2.5"), WAIT(200),
		WITH("alice", "transfer", "alice/1", "replaces", "alice/2",
		    NULL, NULL),
		WAIT(2000),
		WITH("b3", "invite", NULL, "replaces", "b2/2", NULL, NULL),
		WAIT(500), OF("b3", "bye", "b3/1"), WAIT(80000) },
	    { RULE("replaces-accept"), RULE("replaces-bye"),
		RULE("transfer-done") } },
	/* Two agents ring, one answers; then nobody does. */
	{ "queued",
	    { { "alice", "ua", 3, "aor=sip:alice@b.example" },
		{ "b1", "ua", 4, "answer=never aor=sip:b1@b.example" },
		{ "b2", "ua", 5, "answer=200ms aor=sip:b2@b.example" },
		{ "q", "queue", 6,
		    "strategy=all ring_time=500ms rest=1s wrap_up=1s" } },
	    { WITH("q", "logon", NULL, "agent", "b1", "skills", "x,y"),
		WITH("q", "logon", NULL, "agent", "b2", NULL, NULL),
		CALL("sip:x@192.0.2.6"), WAIT(1000), OF_CALL("bye"), WAIT(1500),
		WITH("q", "logoff", NULL, "agent", "b2", NULL, NULL),
		CALL("sip:x@192.0.2.6"), WAIT(800), OF_CALL("cancel"),
		WAIT(80000) },
	    { RULE("queue-wait"), RULE("queue-talk"), RULE("queue-wrap-up"),
		RULE("queue-silent"), RULE("queue-abandoned") } },
	{ "told",
	    { { "alice", "ua", 3, "aor=sip:alice@b.example" },
		{ "b1", "ua", 4, BOB "answer=0s" } },
	    { WITH("alice", "message", NULL, "target", "sip:bob@192.0.2.4",
		  "text", "hello"),
		WITH("alice", "message", NULL, "target", "sip:bob@192.0.2.4",
		    "text", "again"),
		WAIT(200), CALL("sip:bob@192.0.2.4"), WAIT(200),
		WITH("alice", "message", "alice/1", "text", "within", "expires",
		    "60s"),
		WITH("alice", "dtmf", "alice/1", "digits", "12", NULL, NULL),
		WAIT(1000), OF_CALL("bye"), WAIT(40000) },
	    { RULE("message-show"), RULE("info-digit") } },
	{ "conferred",
	    { { "conf", "conference", 2, "rooms=r most=5" },
		{ "alice", "ua", 3, "aor=sip:alice@b.example" },
		{ "b1", "ua", 4, "answer=0s refer=anywhere" },
		{ "b2", "ua", 5, "answer=0s aor=sip:b2@b.example" } },
	    { CALL("sip:b1@192.0.2.4"), WAIT(200),
		WITH("alice", "confer", "alice/1", "focus",
		    "sip:conf@192.0.2.2", NULL, NULL),
		WAIT(6000),
		WITH("conf", "summon", NULL, "target", "sip:b1@192.0.2.4",
		    "room", "r"),
		WITH("conf", "bring", NULL, "target", "sip:b2@192.0.2.5",
		    "room", "r"),
		WAIT(6000),
		WITH("b1", "refer", NULL, "target", "sip:r@192.0.2.2", "to",
		    "sip:b2@192.0.2.5;method=BYE"),
		WAIT(1000), OF("alice", "bye", "alice/2"), WAIT(1000),
		WITH("conf", "disband", NULL, "room", "r", NULL, NULL),
		WAIT(40000) },
	    { RULE("conference-create"), RULE("conference-mix"),
		RULE("conference-referred"), RULE("conference-remove"),
		RULE("conference-delete"), RULE("replaces-bye") } },
};

#define SCENARIOS (sizeof(scenarios) / sizeof(scenarios[0]))

/* prx is the entry of b.example, p2 of c.example, where nobody else is. */
static int
enter(const struct cast *c)
{
	bool other = strcmp(c->name, "p2") == 0;
	const char *domain = other ? "c.example" : "b.example";
	struct node *n =
	    stage_add(&s, c->name, c->roles, domain, c->host, c->attrs);
	int err = n != NULL ? node_start(n) : ERR_NOMEM;

	if (err == 0 && (other || strcmp(c->name, "prx") == 0))
		err = world_add_domain(s.w, domain, n);
	return err;
}

static int
make(const struct scenario *k)
{
	int err = stage_try(&s);

	for (const struct cast *c = k->cast; err == 0 && c->name != NULL; c++)
		err = enter(c);
	return err;
}

static int
run(int64_t ms)
{
	if (!stage_run(&s, ms))
		return sim_error(s.w->sim)->err;
	return trace_writer_error(s.writer);
}

/* What is wrong for other reasons than memory shows in the proof. */
static int
act(const struct scenario *k)
{
	char call[sizeof(s.result.object)] = "";
	int err = 0;

	for (const struct step *p = k->steps; p->ms > 0 || p->node != NULL;
	     p++) {
		if (p->ms > 0) {
			err = run(p->ms);
		} else {
			err = stage_do(&s, p->node, p->verb,
			    p->on_call ? call : p->object, p->key[0],
			    p->value[0], p->key[1], p->value[1], NULL);
			if (s.result.object[0] != '\0')
				snprintf(
				    call, sizeof(call), "%s", s.result.object);
		}
		if (err == ERR_NOMEM)
			return err;
	}
	return 0;
}

static bool
proved(const struct scenario *k)
{
	bool all = true;

	for (const char *const *p = k->proof; *p != NULL; p++) {
		if (stage_count(&s, *p, NULL, NULL) > 0)
			continue;
		printf("  %s: no record with %s\n", k->name, *p);
		all = false;
	}
	return all;
}

/* Every STEP-th allocation, by FAIL; all of them where there are few. */
static void
each_allocation(const struct scenario *k, void (*fail)(unsigned long n))
{
	unsigned long all, n, told = 0, tried = 0, step;

	CU_ASSERT_EQUAL_FATAL(make(k), 0);
	mem_count();
	CU_ASSERT_EQUAL(act(k), 0);
	all = mem_count();
	CU_ASSERT(proved(k));
	CU_ASSERT_EQUAL(sim_held(s.w->sim), 0);
	stage_close(&s);
	step = getenv("RUNG_FUZZ_SECONDS") != NULL ? 1 : all / 400 + 1;
	for (n = 1; n <= all; n += step, tried++) {
		int err;

		CU_ASSERT_EQUAL_FATAL(make(k), 0);
		fail(n);
		err = act(k);
		mem_fail_only(0);
		/* What is missing for a moment may be done without: the program
		 * says so in the end (mem_failures). */
		if (fail == mem_fail_only)
			err = ERR_NOMEM;
		told += err == ERR_NOMEM;
		if (err != ERR_NOMEM)
			printf("  %s: allocation %lu of %lu: %d\n", k->name, n,
			    all, err);
		stage_close(&s);
	}
	CU_ASSERT_EQUAL(told, tried);
}

static void
no_memory(void)
{
	for (size_t i = 0; i < SCENARIOS; i++)
		each_allocation(&scenarios[i], mem_fail_from);
}

static void
one_failure(void)
{
	for (size_t i = 0; i < SCENARIOS; i++)
		each_allocation(&scenarios[i], mem_fail_only);
}

CHECK_MAIN("roles_memory", { "no memory", no_memory },
    { "one failure", one_failure }, )
