/*
 * A TCP connection that was in use, and of which the other side knows nothing
 * any more since it was restarted, costs neither the request nor the call: what
 * was sent over it goes out once more, over a new one (RFC 5923 8.1, 8.2; RFC
 * 3261 18).  Requests of phones, within a call and outside of one, those that
 * proxies forward, responses; after a crash and restart of either side, twice.
 */
#include "fixtures/tcp_tester.h"

#define AGAIN  RULE("transport-again")
#define DIRECT "sip:bob@192.0.2.2"
#define BOB    "sip:bob@b.example"
#define TIMES  2

static struct stage s;

static char call[64];

static void
phone(const char *name, unsigned host, const char *attrs)
{
	char all[200];

	snprintf(all, sizeof(all), "transport=tcp aor=sip:%s@b.example %s",
	    name, attrs);
	stage_node(&s, name, "ua", "b.example", host, all);
}

static void
bind_bob(void)
{
	CU_ASSERT_EQUAL(stage_do(&s, "px", "bind", NULL, "aor", BOB, "contact",
			    DIRECT ";transport=tcp", NULL),
	    0);
}

/* Alice and bob with the proxy px between them, where bob's binding is. */
static void
start_with_proxy(const char *attrs, const char *bob)
{
	char all[100];

	stage_open(&s);
	snprintf(all, sizeof(all), "transport=tcp %s", attrs);
	world_add_domain(s.w, "b.example",
	    stage_node(
		&s, "px", "proxy registrar location", "b.example", 3, all));
	phone("alice", 1, "outbound=px");
	phone("bob", 2, bob);
	bind_bob();
}

static void
restart(const char *node)
{
	STAGE_DO(&s, 100, node, "crash", NULL);
	CU_ASSERT_EQUAL(stage_do(&s, node, "restart", NULL, NULL), 0);
	if (strcmp(node, "px") == 0)
		bind_bob();
	stage_run(&s, 100);
}

static size_t
again(void)
{
	return stage_count(&s, KIND("send"), AGAIN, NULL);
}

static void
invite(const char *target, const char *state)
{
	snprintf(call, sizeof(call), "%s", stage_call(&s, "alice", target));
	stage_run(&s, 1000);
	CU_ASSERT(stage_call_is(&s, call, state));
}

static void
hang_up(void)
{
	STAGE_DO(&s, 500, "alice", "bye", call);
	CU_ASSERT(stage_call_is(&s, call, "terminated"));
	STAGE_HAS(&s, 0, KIND("call"), NODE("alice"), "\"status\":503");
}

/* Nothing ended because of a connection. */
static void
stop(void)
{
	CU_ASSERT(stage_run(&s, 200000));
	CU_ASSERT_EQUAL(sim_held(s.w->sim), 0);
	STAGE_HAS(&s, 0, "transport error", NULL, NULL);
	STAGE_HAS(&s, 0, "no-step", NULL, NULL);
	stage_close(&s);
}

/* ---- two phones ---- */

static void
requests(void)
{
	static const struct {
		const char *verb, *key, *value;
	} rows[] = { { "message", "text", "hi" }, { "options", NULL, NULL } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		stage_open(&s);
		phone("alice", 1, "");
		phone("bob", 2, "");
		for (unsigned n = 0; n <= TIMES; n++) {
			if (n > 0)
				restart("bob");
			STAGE_DO(&s, 500, "alice", rows[i].verb, NULL, "target",
			    DIRECT, rows[i].key, rows[i].value);
			CU_ASSERT_EQUAL(stage_count(&s, KIND("send"),
					    NODE("bob"), "\"start\":200"),
			    n + 1);
			CU_ASSERT_EQUAL(again(), n);
		}
		stop();
	}
}

static void
calls(void)
{
	stage_open(&s);
	phone("alice", 1, "");
	phone("bob", 2, "answer=100ms");
	for (unsigned n = 0; n <= TIMES; n++) {
		if (n > 0)
			restart("bob");
		invite(DIRECT, "confirmed");
		CU_ASSERT_EQUAL(again(), n);
		hang_up();
	}
	stop();
}

/* Who was called asks in turn, over a connection of its own. */
static void
called_side(void)
{
	stage_open(&s);
	phone("alice", 1, "");
	phone("bob", 2, "answer=100ms hangup=500ms");
	for (unsigned n = 0; n <= TIMES; n++) {
		if (n > 0)
			restart("alice");
		invite(DIRECT, "terminated");
		CU_ASSERT_EQUAL(stage_count(&s, KIND("call"), NODE("bob"),
				    "\"state\":\"terminated\""),
		    n + 1);
		CU_ASSERT_EQUAL(again(), n);
	}
	stop();
}

/* ---- a proxy between them ---- */

static const struct in_call {
	const char *verb, *key, *value;
} within[] = {
	{ "hold", NULL, NULL },
	{ "resume", NULL, NULL },
	{ "reinvite", NULL, NULL },
	{ "update", NULL, NULL },
	{ "message", "text", "hi" },
	{ "dtmf", "digits", "1" },
	{ "options", NULL, NULL },
};

/* Each within alice's call, after px was restarted. */
static void
do_in_call(const struct in_call *what)
{
	size_t before = again(),
	       answers = stage_count(&s, KIND("recv"), NODE("alice"), NULL);

	restart("px");
	STAGE_DO(&s, 1000, "alice", what->verb, call, what->key, what->value);
	CU_ASSERT(stage_call_is(&s, call, "confirmed"));
	CU_ASSERT(again() > before);
	CU_ASSERT(stage_count(&s, KIND("recv"), NODE("alice"), NULL) > answers);
}

static void
within_call(void)
{
	start_with_proxy("record_route=true", "answer=100ms");
	invite(BOB, "confirmed");
	for (unsigned n = 0; n < TIMES; n++)
		for (size_t i = 0; i < sizeof(within) / sizeof(within[0]); i++)
			do_in_call(&within[i]);
	CU_ASSERT_EQUAL(
	    stage_count(&s, NODE("alice"), KIND("call"), "\"status\":200"),
	    1 + 3 * TIMES);
	restart("px");
	hang_up();
	stop();
}

/* RFC 5923 8.1: a CANCEL goes over a new connection, too; px sends it on to who
 * rings (16.10). */
static void
cancel(void)
{
	start_with_proxy("", "answer=never");
	for (unsigned n = 0; n < TIMES; n++) {
		size_t before = again();

		invite(BOB, "early");
		restart("px");
		STAGE_DO(&s, 500, "alice", "cancel", call);
		CU_ASSERT(again() > before);
		CU_ASSERT_EQUAL(stage_count(&s, KIND("call"), NODE("bob"),
				    "\"state\":\"terminated\""),
		    n + 1);
	}
	stage_run(&s, 64000);
	stop();
}

static void
forwarded(void)
{
	start_with_proxy("record_route=true", "answer=100ms");
	for (unsigned n = 0; n <= TIMES; n++) {
		if (n > 0)
			restart("bob");
		invite(BOB, "confirmed");
		CU_ASSERT_EQUAL(again(), n);
		hang_up();
	}
	STAGE_HAS(&s, TIMES, AGAIN, NODE("px"), NULL);
	stop();
}

/* 16.11: nobody keeps what a stateless proxy has forwarded; nor the answers
 * that come back to it. */
static void
stateless(void)
{
	start_with_proxy("stateless=true", "answer=500ms");
	for (unsigned n = 0; n < TIMES; n++) {
		size_t before = again();

		snprintf(call, sizeof(call), "%s",
		    stage_call(&s, "alice", DIRECT ";transport=tcp"));
		stage_run(&s, 200);
		restart("px");
		stage_run(&s, 1000);
		CU_ASSERT(stage_call_is(&s, call, "confirmed"));
		CU_ASSERT(again() > before);
		before = again();
		restart("bob");
		STAGE_DO(&s, 500, "alice", "message", NULL, "target",
		    DIRECT ";transport=tcp", "text", "hi");
		CU_ASSERT(again() > before);
		CU_ASSERT_EQUAL(
		    stage_count(&s, NODE("bob"), KIND("send"), " MESSAGE\""),
		    n + 1);
		hang_up();
	}
	stop();
}

/* ---- how often, and when not ---- */

static struct tcp_tester peer;

static void
say_hi(void)
{
	CU_ASSERT_EQUAL(
	    stage_do(&s, "alice", "message", NULL, "target",
		"sip:peer@192.0.2.9;transport=tcp", "text", "hi", NULL),
	    0);
}

/* Alice's phone has sent a message to a tester, who has answered it. */
static void
start_with_tester(void)
{
	stage_open(&s);
	tcp_tester_open(&s, &peer, "peer", 9, true);
	phone("alice", 1, "");
	say_hi();
	stage_run(&s, 100);
	CU_ASSERT_EQUAL_FATAL(peer.t.n, 1);
	line_answer(&peer, 0, 200, "q", "");
	stage_run(&s, 100);
}

static void
stop_with_tester(void)
{
	CU_ASSERT(stage_run(&s, 200000));
	CU_ASSERT_EQUAL(sim_held(s.w->sim), 0);
	tcp_tester_close(&peer);
	stage_close(&s);
}

/* The next connection, too, is broken off: that was once, and the request has
 * failed. */
static void
once_alone(void)
{
	struct msg_via a = { 0 }, b = { 0 };
	char branch[100];

	start_with_tester();
	say_hi();
	stage_run(&s, 15);
	CU_ASSERT_EQUAL_FATAL(peer.t.n, 2);
	line_abort(&peer.lines[0]);
	stage_run(&s, 100);
	CU_ASSERT_EQUAL_FATAL(peer.t.n, 3);
	msg_via_read(msg_value(tester_at(&peer.t, 1), MSG_H_VIA), &a);
	snprintf(branch, sizeof(branch), "%.*s", STR_ARG(a.branch));
	msg_via_read(msg_value(tester_at(&peer.t, 2), MSG_H_VIA), &b);
	CU_ASSERT(str_is(b.branch, branch));
	CU_ASSERT_EQUAL(again(), 1);
	line_abort(&peer.lines[1]);
	stage_run(&s, 100);
	CU_ASSERT_EQUAL(peer.t.n, 3);
	CU_ASSERT_EQUAL(again(), 1);
	STAGE_HAS(&s, 1, "transport error", NODE("alice"), NULL);
	STAGE_HAS(&s, 1, "not delivered: 503", NULL, NULL);
	stop_with_tester();
}

/* The tester closes it in good order; what alice says meanwhile nobody reads.
 */
static void
closed_meanwhile(void)
{
	start_with_tester();
	line_close(&peer.lines[0]);
	stage_run(&s, 2);
	say_hi();
	stage_run(&s, 100);
	CU_ASSERT_EQUAL_FATAL(peer.t.n, 2);
	CU_ASSERT_EQUAL(peer.by[1], 1);
	CU_ASSERT_EQUAL(again(), 1);
	line_answer(&peer, 1, 200, "q", "");
	stage_run(&s, 100);
	STAGE_HAS(&s, 0, "not delivered", NULL, NULL);
	stop_with_tester();
}

/* An answer has begun: it is known that the request came. */
static void
torn_answer(void)
{
	start_with_tester();
	say_hi();
	stage_run(&s, 15);
	line_send(&peer.lines[0], STR("SIP/2.0 200 O"));
	stage_run(&s, 15);
	line_abort(&peer.lines[0]);
	stage_run(&s, 100);
	CU_ASSERT_EQUAL(peer.t.n, 2);
	CU_ASSERT_EQUAL(again(), 0);
	stop_with_tester();
}

/* Alice's phone asks the tester through px; true once it has come there. */
static bool
asks_tester(unsigned n)
{
	say_hi();
	for (unsigned ms = 0; ms < 100 && peer.t.n < n; ms++)
		stage_run(&s, 1);
	return peer.t.n == n;
}

/* The answer comes over another connection, and the acknowledgement of TCP is
 * lost: px, whose transaction is over, has nothing to send again. */
static void
answered_meanwhile(void)
{
	struct net_link *link;
	struct line *l;

	start_with_proxy("", "");
	tcp_tester_open(&s, &peer, "peer", 9, true);
	CU_ASSERT_FATAL(asks_tester(1));
	line_answer(&peer, 0, 200, "q", "");
	l = tcp_tester_connect(&peer, 3);
	stage_run(&s, 100);
	CU_ASSERT_FATAL(asks_tester(2));
	link = net_find_link(s.w->net, "peer", s.hub->name);
	net_link_set_up(link, false);
	net_link_set_up(link, true);
	peer.by[1] = (size_t)(l - peer.lines);
	line_answer(&peer, 1, 200, "q", "");
	stage_run(&s, 15);
	line_abort(&peer.lines[0]);
	stage_run(&s, 100);
	STAGE_HAS(&s, 2, KIND("recv"), NODE("alice"), NULL);
	CU_ASSERT_EQUAL(peer.t.n, 2);
	CU_ASSERT_EQUAL(again(), 0);
	stop_with_tester();
}

CHECK_MAIN("forgotten_connection", { "requests", requests }, { "calls", calls },
    { "called side", called_side }, { "within a call", within_call },
    { "cancel", cancel }, { "forwarded", forwarded },
    { "stateless", stateless }, { "once alone", once_alone },
    { "closed meanwhile", closed_meanwhile }, { "torn answer", torn_answer },
    { "answered meanwhile", answered_meanwhile })
