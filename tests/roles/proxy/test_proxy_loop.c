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
invite(unsigned host, const char *uri, const char *id)
{
	char to[80];

	snprintf(to, sizeof(to), "<%s>", uri);
	tester_ask(&up, host, "INVITE", uri, to, id, 1, id, CONTACT(8));
}

#define PRX "proxy registrar location"

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

CHECK_MAIN("proxy_loop", { "long way", long_way },
    { "amplification", amplification }, )
