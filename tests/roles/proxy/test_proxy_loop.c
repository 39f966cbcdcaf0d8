/*
 * Loops and spirals (RFC 3261 16.3, RFC 5393), strict routers (16.4, RFC 2543),
 * Path (RFC 3327), and a long way (70 proxies).
 */
#include "fixtures/stage.h"

static struct stage s;
static struct tester up, down;

static void
start(void)
{
	stage_open(&s);
	tester_open(&s, &up, "up", 8);
	tester_open(&s, &down, "down", 9);
}

static void
stop(void)
{
	CU_ASSERT(stage_run(&s, 80000));
	CU_ASSERT_EQUAL(sim_held(s.w->sim), 0);
	stage_close(&s);
	tester_close(&up);
	tester_close(&down);
}

static void
bind(unsigned host, const char *domain, const char *user, const char *contact)
{
	char uri[80], to[80], line[160];
	static unsigned n;

	snprintf(uri, sizeof(uri), "sip:%s", domain);
	snprintf(to, sizeof(to), "<sip:%s@%s>", user, domain);
	snprintf(line, sizeof(line), "Contact: <%s>\n", contact);
	snprintf(to + 60, 20, "r%u", ++n);
	tester_ask(&up, host, "REGISTER", uri, to, to + 60, 1, to + 60, line);
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(tester_status(&up, up.n - 1), 200);
}

static void
invite(unsigned host, const char *uri, const char *id)
{
	char to[80];

	snprintf(to, sizeof(to), "<%s>", uri);
	tester_ask(&up, host, "INVITE", uri, to, id, 1, id, CONTACT(8));
}

#define PRX "proxy registrar location"

/* Two domains whose bindings point at each other: 482 at the second visit. */
static void
loop(void)
{
	start();
	stage_node(&s, "p1", PRX, "one.example", 2, "");
	stage_node(&s, "p2", PRX, "two.example", 3, "");
	world_add_domain(s.w, "one.example", world_find(s.w, "p1"));
	world_add_domain(s.w, "two.example", world_find(s.w, "p2"));
	bind(2, "one.example", "x", "sip:x@two.example");
	bind(3, "two.example", "x", "sip:x@one.example");
	invite(2, "sip:x@one.example", "i1");
	stage_run(&s, 400);
	CU_ASSERT_EQUAL(tester_count(&up, "INVITE", 482), 1);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("send"), RULE("proxy-loop"), NULL), 1);
	/* No more copies than it takes to notice. */
	CU_ASSERT(stage_count(&s, KIND("recv"), NODE("p1"), NULL) < 12);
	stop();
}

/* The same proxy twice, with another target each time: a spiral, which is
 * well. */
static void
spiral(void)
{
	start();
	stage_node(&s, "p1", PRX, "one.example", 2, "");
	world_add_domain(s.w, "one.example", world_find(s.w, "p1"));
	bind(2, "one.example", "x", "sip:y@one.example");
	bind(2, "one.example", "y", "sip:z@192.0.2.9");
	invite(2, "sip:x@one.example", "i1");
	stage_run(&s, 100);
	CU_ASSERT_EQUAL(tester_count(&down, "INVITE", 0), 1);
	CU_ASSERT_EQUAL(msg_count_values(tester_at(&down, 0), MSG_H_VIA), 3);
	tester_answer(&down, 0, 486, "d", "");
	stage_run(&s, 100);
	CU_ASSERT_EQUAL(tester_count(&up, "INVITE", 486), 1);
	stop();
}

/* A binding that names its own address-of-record. */
static void
self(void)
{
	start();
	stage_node(&s, "p1", PRX, "one.example", 2, "");
	world_add_domain(s.w, "one.example", world_find(s.w, "p1"));
	bind(2, "one.example", "x", "sip:x@one.example");
	invite(2, "sip:x@one.example", "i1");
	stage_run(&s, 100);
	CU_ASSERT_EQUAL(tester_count(&up, "INVITE", 482), 1);
	stop();
}

/* Somebody else's branch with the same ending is no loop. */
static void
not_ours(void)
{
	start();
	stage_node(&s, "p1", PRX, "one.example", 2, "");
	tester_ask(&up, 2, "OPTIONS", "sip:x@192.0.2.9", "<sip:x@t>", "o1", 1,
	    "o1",
	    "Via: SIP/2.0/UDP 192.0.2.2:5062;branch=z9hG4bK-p1.12345678\n"
	    "Via: SIP/2.0/UDP 192.0.2.2;branch=x\n"
	    "Via: SIP/2.0/UDP 192.0.2.2:5060;branch=z9hG4bK-p1.12345678\n");
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(tester_count(&down, "OPTIONS", 0), 1);
	tester_answer(&down, 0, 200, "d", "");
	stop();
}

/* p1 loose, p2 strict, p3 loose: whatever stands in between, the target gets
 * its own URI back, and a request along the recorded route does, too. */
static void
strict(void)
{
	const struct msg *m;

	start();
	stage_node(&s, "p1", "proxy", "one.example", 2, "");
	stage_node(&s, "p2", "proxy", "two.example", 3, "strict_routing=true");
	stage_node(&s, "p3", "proxy", "three.example", 4, "");
	tester_ask(&up, 2, "INVITE", "sip:x@192.0.2.9", "<sip:x@t>", "i1", 1,
	    "i1",
	    "Route: <sip:192.0.2.2;lr>, <sip:192.0.2.3>, "
	    "<sip:192.0.2.4;lr>\n" CONTACT(8));
	stage_run(&s, 100);
	CU_ASSERT_EQUAL(tester_count(&down, "INVITE", 0), 1);
	m = tester_at(&down, 0);
	CU_ASSERT(str_is(m->uri, "sip:x@192.0.2.9"));
	CU_ASSERT_EQUAL(msg_count_values(m, MSG_H_ROUTE), 0);
	CU_ASSERT(tester_has(&down, 0, "Record-Route", "<sip:192.0.2.3:5060>"));
	tester_answer(&down, 0, 200, "d", CONTACT(9));
	stage_run(&s, 100);
	CU_ASSERT_EQUAL(tester_count(&up, "INVITE", 200), 1);
	tester_ask(&up, 2, "BYE", "sip:tester@192.0.2.9", "<sip:x@t>;tag=d",
	    "i1", 2, "b1",
	    "Route: <sip:192.0.2.2:5060;lr>, <sip:192.0.2.3:5060>\n"
	    "Route: <sip:192.0.2.4:5060;lr>\n");
	stage_run(&s, 100);
	CU_ASSERT_EQUAL(tester_count(&down, "BYE", 0), 1);
	m = tester_at(&down, tester_find(&down, "BYE", 0, 0));
	CU_ASSERT(str_is(m->uri, "sip:tester@192.0.2.9"));
	tester_answer(&down, tester_find(&down, "BYE", 0, 0), 200, "d", "");
	stage_run(&s, 100);
	CU_ASSERT_EQUAL(tester_count(&up, "BYE", 200), 1);
	stop();
}

/* RFC 3327: on the way in a proxy puts itself into Path. */
static void
path(void)
{
	start();
	stage_node(&s, "edge", "proxy", "one.example", 2, "path=true");
	tester_ask(&up, 2, "REGISTER", "sip:192.0.2.9", "<sip:x@t>", "r1", 1,
	    "r1", "Supported: path\nPath: <sip:192.0.2.77;lr>\n" CONTACT(8));
	stage_run(&s, 25);
	CU_ASSERT(str_is(msg_value(tester_at(&down, 0), MSG_H_PATH),
	    "<sip:192.0.2.2:5060;lr>"));
	CU_ASSERT_EQUAL(msg_count_values(tester_at(&down, 0), MSG_H_PATH), 2);
	tester_answer(&down, 0, 200, "d", "");
	stop();
}

/* 70 proxies, each routing to the next: the request arrives, the answer comes
 * back, and the Via stack unwinds exactly. */
static void
long_way(void)
{
	struct buf route = BUF_INIT;

	start();
	for (unsigned i = 0; i < 70; i++) {
		char name[12];

		snprintf(name, sizeof(name), "p%u", i);
		stage_node(&s, name, "proxy", "", 20 + i, "");
		buf_printf(&route, "Route: <sip:192.0.2.%u;lr>\n", 20 + i);
	}
	buf_puts(&route, "Max-Forwards: 70\n");
	tester_ask(&up, 20, "OPTIONS", "sip:x@192.0.2.9", "<sip:x@t>", "o1", 1,
	    "o1", buf_cstr(&route));
	/* What is too large for UDP goes by TCP in between (18.1.1). */
	stage_run(&s, 6000);
	CU_ASSERT(tester_count(&down, "OPTIONS", 0) > 0);
	CU_ASSERT_EQUAL(msg_count_values(tester_at(&down, 0), MSG_H_VIA), 71);
	CU_ASSERT(tester_has(&down, 0, "Max-Forwards", "0"));
	tester_answer(&down, 0, 200, "d", "");
	stage_run(&s, 6000);
	CU_ASSERT_EQUAL(tester_count(&up, "OPTIONS", 200), 1);
	CU_ASSERT_EQUAL(
	    msg_count_values(
		tester_at(&up, tester_find(&up, "OPTIONS", 200, 0)), MSG_H_VIA),
	    1);
	buf_free(&route);
	stop();
}

/* ---- RFC 5393 5: Max-Breadth ---- */

static void
do_bind(const char *node, const char *aor, const char *contact)
{
	CU_ASSERT_EQUAL(stage_do(&s, node, "bind", NULL, "aor", aor, "contact",
			    contact, NULL),
	    0);
}

/* Each copy gets its share; what is not forked has all. */
static void
breadth(void)
{
	char contact[60];

	start();
	stage_node(&s, "p1", PRX, "one.example", 2, "");
	for (unsigned i = 0; i < 4; i++) {
		snprintf(contact, sizeof(contact), "sip:x%u@192.0.2.9", i);
		do_bind("p1", i < 3 ? "x" : "y", contact);
	}
	tester_ask(
	    &up, 2, "OPTIONS", "sip:x@one.example", "<sip:x>", "a", 1, "a", "");
	tester_ask(&up, 2, "OPTIONS", "sip:x@one.example", "<sip:x>", "b", 1,
	    "b", "Max-Breadth: 5\n");
	tester_ask(&up, 2, "OPTIONS", "sip:x@one.example", "<sip:x>", "c", 1,
	    "c", "Max-Breadth: 2\n");
	tester_ask(
	    &up, 2, "OPTIONS", "sip:y@one.example", "<sip:y>", "d", 1, "d", "");
	tester_ask(&up, 2, "OPTIONS", "sip:y@one.example", "<sip:y>", "e", 1,
	    "e", "Max-Breadth: 1\n");
	tester_ask(&up, 2, "OPTIONS", "sip:y@one.example", "<sip:y>", "f", 1,
	    "f", "Max-Breadth: 61\n");
	stage_run(&s, 50);
	CU_ASSERT_EQUAL(down.n, 9);
	for (size_t i = 0; i < 3; i++)
		CU_ASSERT(tester_has(&down, i, "Max-Breadth", "20"));
	CU_ASSERT(tester_has(&down, 3, "Max-Breadth", "2"));
	CU_ASSERT(tester_has(&down, 4, "Max-Breadth", "2"));
	CU_ASSERT(tester_has(&down, 5, "Max-Breadth", "1"));
	CU_ASSERT(tester_has(&down, 6, "Max-Breadth", "60"));
	CU_ASSERT(tester_has(&down, 7, "Max-Breadth", "1"));
	CU_ASSERT(tester_has(&down, 8, "Max-Breadth", "60"));
	CU_ASSERT_EQUAL(up.n, 1);
	CU_ASSERT_EQUAL(tester_status(&up, 0), 440);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("send"), RULE("proxy-breadth"), NULL), 1);
	for (size_t i = 0; i < 9; i++)
		tester_answer(&down, i, 404, "x", "");
	stop();
}

/* RFC 5393 3: users who all are bound to all users of the other domain; without
 * a bound there would be millions of copies. */
static void
amplification(void)
{
	static const char *const domain[] = { "one.example", "two.example" };
	char aor[20], contact[60];

	start();
	for (unsigned p = 0; p < 2; p++) {
		const char *name = p == 0 ? "p1" : "p2";

		world_add_domain(s.w, domain[p],
		    stage_node(&s, name, PRX, domain[p], 2 + p, ""));
		for (unsigned i = 0; i < 64; i++) {
			snprintf(aor, sizeof(aor), "u%u", i / 8);
			snprintf(contact, sizeof(contact), "sip:u%u@%s", i % 8,
			    domain[1 - p]);
			do_bind(name, aor, contact);
		}
	}
	invite(2, "sip:u0@one.example", "i1");
	CU_ASSERT(stage_run(&s, 5000));
	CU_ASSERT(stage_count(&s, KIND("send"), RULE("proxy-forward"),
		      "\"fwd\"") < 2000);
	CU_ASSERT(
	    stage_count(&s, KIND("send"), RULE("proxy-breadth"), NULL) > 0);
	/* Repeated until the ACK comes. */
	CU_ASSERT(tester_count(&up, "INVITE", 440) +
		      tester_count(&up, "INVITE", 482) >
		  0);
	tester_ask(&up, 2, "ACK", "sip:u0@one.example",
	    "<sip:u0@one.example>;tag=x", "i1", 1, "i1", "");
	stop();
}

CHECK_MAIN("proxy_loop", { "loop", loop }, { "spiral", spiral },
    { "self", self }, { "not ours", not_ours }, { "strict", strict },
    { "path", path }, { "long way", long_way }, { "breadth", breadth },
    { "amplification", amplification }, )
