/*
 * A URI leads to several places: who gets nothing back from the first, or a
 * 503, tries the next one, be it a user agent or a proxy (RFC 3263 4.3).  A
 * response that has come, a 408 too, is an answer.
 */
#include "node/locate.h"
#include "fixtures/stage.h"

static struct stage s;
static struct tester first, second;

/* Whoever is asked for b.example hears of both testers; LATE: a moment later.
 */
static bool late;
static uint8_t by; /* the transport to the first */

static int
answer_both(struct node_question *q, struct addr *dst)
{
	struct addr other = second.addr;

	*dst = first.addr;
	dst->transport = by;
	return node_locate_add(q, &other);
}

static void
answer_late(void *arg)
{
	struct node_question *q = arg;
	struct addr dst;

	CU_ASSERT_EQUAL_FATAL(answer_both(q, &dst), 0);
	node_locate_answer(q, 0, &dst);
}

static int
ask(struct node_question *q, struct str uri, struct addr *dst)
{
	if (str_find(uri, "b.example") < 0)
		return world_locate(q->node->world, uri, dst);
	if (!late)
		return answer_both(q, dst);
	sim_after(s.w->sim, SIM_MS, q->node->name, answer_late, q);
	return ERR_STOPPED;
}

static void
forget(struct node_question *q)
{
	(void)q;
}

static const struct node_locator both = { .ask = ask, .forget = forget };

/* PROXY: alice's requests go through one. */
static void
start(bool proxy)
{
	stage_open(&s);
	tester_open(&s, &first, "first", 8);
	tester_open(&s, &second, "second", 9);
	if (proxy)
		stage_node(&s, "px", "proxy", "p.example", 2, "");
	stage_node(
	    &s, "alice", "ua", "a.example", 3, proxy ? "outbound=px" : "");
	s.w->locator = &both;
}

static void
stop(void)
{
	CU_ASSERT_EQUAL(sim_held(s.w->sim), 0);
	stage_close(&s);
	tester_close(&first);
	tester_close(&second);
	late = false;
	by = ADDR_UDP;
}

static void
invite(void)
{
	stage_call(&s, "alice", "sip:bob@b.example");
}

/* The second is asked like the first, but in a transaction of its own, and
 * answers: the call stands, and ends. */
static void
check_second_answers(bool proxy)
{
	struct str old, new;

	CU_ASSERT_EQUAL_FATAL(tester_count(&second, "INVITE", 0), 1);
	CU_ASSERT(tester_has(&second, 0, "CSeq", "1 INVITE"));
	if (first.n > 0) {
		struct msg_via via;
		char branch[128];

		CU_ASSERT_EQUAL(msg_top_via(tester_at(&first, 0), &via), 0);
		old = via.branch;
		snprintf(branch, sizeof(branch), "%.*s", STR_ARG(old));
		CU_ASSERT_EQUAL(msg_top_via(tester_at(&second, 0), &via), 0);
		new = via.branch;
		CU_ASSERT(!str_is(new, branch));
	}
	CU_ASSERT(stage_count(&s, KIND("route"), RULE("uac-failover"),
		      NODE("alice")) > 0 ||
		  proxy);
	CU_ASSERT(
	    stage_count(&s, KIND("send"), RULE("uac-failover"), NULL) > 0);
	tester_answer(&second, 0, 200, "b", CONTACT(9));
	stage_run(&s, 100);
	CU_ASSERT(stage_call_is(&s, "alice/1", "confirmed"));
	CU_ASSERT_EQUAL(tester_count(&second, "ACK", 0), 1);
	stage_do(&s, "alice", "bye", "alice/1", NULL);
	stage_run(&s, 100);
	tester_answer(&second, tester_find(&second, "BYE", 0, 0), 200, "", "");
	stage_run(&s, 100 * 1000);
	CU_ASSERT(stage_call_is(&s, "alice/1", "terminated"));
}

/* Nobody listens there for connections. */
static void
no_connection(void)
{
	for (int proxy = 0; proxy < 2; proxy++) {
		start(proxy);
		by = ADDR_TCP;
		invite();
		stage_run(&s, 200);
		CU_ASSERT_EQUAL(first.n, 0);
		check_second_answers(proxy);
		stop();
	}
}

/* A 503 is a failure after a provisional response, too: the early dialog is
 * over, and a CANCEL waits for one of the other place. */
static void
unavailable_late(void)
{
	for (int proxy = 0; proxy < 2; proxy++) {
		start(proxy);
		invite();
		stage_run(&s, 100);
		tester_answer(&first, 0, 180, "a", CONTACT(8));
		stage_run(&s, 100);
		tester_answer(&first, 0, 503, "a", "");
		stage_run(&s, 100);
		CU_ASSERT_EQUAL(tester_count(&first, "ACK", 0), 1);
		CU_ASSERT_EQUAL(tester_count(&second, "INVITE", 0), 1);
		stage_do(&s, "alice", "cancel", "alice/1", NULL);
		stage_run(&s, 100);
		CU_ASSERT_EQUAL(tester_count(&second, "CANCEL", 0), 0);
		tester_answer(&second, 0, 180, "b", CONTACT(9));
		stage_run(&s, 100);
		CU_ASSERT_EQUAL(tester_count(&first, "CANCEL", 0), 0);
		CU_ASSERT_EQUAL_FATAL(tester_count(&second, "CANCEL", 0), 1);
		tester_answer(&second, tester_find(&second, "CANCEL", 0, 0),
		    200, "b", "");
		tester_answer(&second, 0, 487, "b", "");
		stage_run(&s, 100 * 1000);
		CU_ASSERT(stage_call_is(&s, "alice/1", "terminated"));
		stop();
	}
}

/* A 100 to a request that is no INVITE is a response, too. */
static void
trying(void)
{
	for (int proxy = 0; proxy < 2; proxy++)
		for (int answers = 0; answers < 2; answers++) {
			start(proxy);
			stage_do(&s, "alice", "options", NULL, "target",
			    "sip:bob@b.example", NULL);
			stage_run(&s, 100);
			if (answers)
				tester_answer(&first, 0, 100, "", "");
			stage_run(&s, 32500);
			CU_ASSERT_EQUAL(second.n > 0, !answers);
			stage_run(&s, 100 * 1000);
			stop();
		}
}

/* After a provisional response there is no other place for who has given up. */
static void
too_late(void)
{
	for (int proxy = 0; proxy < 2; proxy++) {
		start(proxy);
		invite();
		stage_run(&s, 100);
		tester_answer(&first, 0, 180, "a", CONTACT(8));
		stage_run(&s, 1000);
		stage_do(&s, "alice", "cancel", "alice/1", NULL);
		stage_run(&s, 100);
		tester_answer(
		    &first, tester_find(&first, "CANCEL", 0, 0), 200, "a", "");
		tester_answer(&first, 0, 503, "a", "");
		stage_run(&s, 100 * 1000);
		CU_ASSERT_EQUAL(second.n, 0);
		stop();
	}
}

/* RFC 7339 5.10: the first has asked for less, so the second gets it, until it
 * has asked for less, too. */
static void
kept_back(void)
{
	static const char *const word =
	    "oc=100;oc-algo=\"loss\";oc-validity=9000;oc-seq=1.0";
	struct tester *const places[] = { &first, &second };

	stage_open(&s);
	tester_open(&s, &first, "first", 8);
	tester_open(&s, &second, "second", 9);
	stage_node(&s, "px", "proxy", "p.example", 2, "oc=true");
	stage_node(&s, "alice", "ua", "a.example", 3, "outbound=px");
	s.w->locator = &both;
	for (size_t i = 0; i < 3; i++) {
		stage_do(&s, "alice", "options", NULL, "target",
		    "sip:bob@b.example", NULL);
		stage_run(&s, 100);
		CU_ASSERT_EQUAL(tester_count(&first, "OPTIONS", 0), 1);
		CU_ASSERT_EQUAL(tester_count(&second, "OPTIONS", 0), i > 0);
		if (i < 2)
			tester_answer_by(places[i], 0, 200, word);
		stage_run(&s, 100);
		CU_ASSERT_EQUAL(stage_count(&s, KIND("send"), "\"src\":\"px\"",
				    "\"start\":503"),
		    i == 2);
	}
	CU_ASSERT(stage_count(&s, KIND("send"), RULE("overload-obeyed"),
		      "\"dst\":\"second\"") == 1);
	stage_run(&s, 100 * 1000);
	stop();
}

CHECK_MAIN("locate_next", { "no connection", no_connection },
    { "unavailable late", unavailable_late }, { "trying", trying },
    { "too late", too_late }, { "kept back", kept_back })
