/*
 * What was sent over a TCP connection that was in use, and of which the other
 * side knows nothing any more, goes out once more, over a new one (RFC 5923
 * 8.1, 8.2): once alone, and not where it has arrived.  Restarted phones and
 * proxies: restarted_peers.case.
 */
#include "fixtures/tcp_tester.h"

#include "msg/header_names.h"

#define AGAIN  RULE("transport-again")
#define DIRECT "sip:bob@192.0.2.2"
#define BOB    "sip:bob@b.example"

static struct stage s;

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

static size_t
again(void)
{
	return stage_count(&s, KIND("send"), AGAIN, NULL);
}

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

CHECK_MAIN("forgotten_connection", { "once alone", once_alone },
    { "closed meanwhile", closed_meanwhile }, { "torn answer", torn_answer },
    { "answered meanwhile", answered_meanwhile })
