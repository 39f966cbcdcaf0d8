/* The stateless proxy: RFC 3261 16.11. */
#include "fixtures/stage.h"

static struct stage s;
static struct tester up, down;

static void
start(const char *roles)
{
	stage_open(&s);
	tester_open(&s, &up, "up", 8);
	tester_open(&s, &down, "down", 9);
	stage_node(&s, "prx", roles, "b.example", 2, "stateless=true");
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

#define DOWN "sip:x@192.0.2.9"

static void
ask(const char *method, const char *uri, const char *branch, const char *extra)
{
	tester_ask(&up, 2, method, uri, "<" DOWN ">", branch, 1, branch, extra);
	stage_run(&s, 25);
}

/* Everything passes by itself: repetitions, CANCEL, ACK; the branch is the
 * same; no timer, no machine, no 100. */
static void
passes(void)
{
	char text[4096];

	start("proxy");
	ask("INVITE", DOWN, "i1", CONTACT(8));
	ask("INVITE", DOWN, "i1", CONTACT(8));
	CU_ASSERT_EQUAL(tester_count(&down, "INVITE", 0), 2);
	CU_ASSERT(
	    str_eq(buf_view(&down.got[0].bytes), buf_view(&down.got[1].bytes)));
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("send"), NODE("prx"), "\"retx\""), 1);
	CU_ASSERT_EQUAL(up.n, 0);
	snprintf(text, sizeof(text), "%.*s",
	    STR_ARG(msg_value(tester_at(&down, 0), MSG_H_VIA)));
	ask("CANCEL", DOWN, "i1", "");
	CU_ASSERT(str_is(msg_value(tester_at(&down, 2), MSG_H_VIA), text));
	tester_answer(&down, 2, 200, "d", "");
	tester_answer(&down, 0, 100, "", "");
	tester_answer(&down, 0, 487, "d", "");
	tester_answer(&down, 0, 487, "d", "");
	stage_run(&s, 25);
	/* 100 as well: there is nobody here who would keep it. */
	CU_ASSERT_EQUAL(tester_count(&up, "INVITE", 100), 1);
	CU_ASSERT_EQUAL(tester_count(&up, "INVITE", 487), 2);
	CU_ASSERT_EQUAL(tester_count(&up, "CANCEL", 200), 1);
	ask("ACK", DOWN, "i1", "");
	CU_ASSERT_EQUAL(tester_count(&down, "ACK", 0), 1);
	CU_ASSERT(
	    str_is(msg_value(tester_at(&down, down.n - 1), MSG_H_VIA), text));
	/* Another transaction, another branch. */
	ask("OPTIONS", DOWN, "o2", "");
	CU_ASSERT_FALSE(
	    str_is(msg_value(tester_at(&down, down.n - 1), MSG_H_VIA), text));
	CU_ASSERT_EQUAL(stage_count(&s, KIND("timer"), NULL, NULL), 0);
	CU_ASSERT_EQUAL(stage_count(&s, KIND("fsm"), NULL, NULL), 0);
	stop();
}

/* 8.2.7: it refuses without a transaction; ACKs go nowhere. */
static void
refuses(void)
{
	static const struct {
		const char *method, *uri, *extra;
		unsigned status;
	} rows[] = {
		{ "OPTIONS", "tel:1", "", 416 },
		{ "INVITE", DOWN, "Max-Forwards: 0\n", 483 },
		{ "OPTIONS", DOWN, "Proxy-Require: a\n", 420 },
		{ "OPTIONS", "sip:x@nowhere.example", "", 500 },
		/* Its own domain: it has no one to ask. */
		{ "OPTIONS", "sip:x@b.example", "", 404 },
	};

	start("proxy");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char id[12];

		snprintf(id, sizeof(id), "v%zu", i);
		ask(rows[i].method, rows[i].uri, id, rows[i].extra);
		if (tester_status(&up, up.n - 1) != rows[i].status)
			printf(
			    "  row %zu: %u\n", i, tester_status(&up, up.n - 1));
		CU_ASSERT_EQUAL(tester_status(&up, up.n - 1), rows[i].status);
	}
	ask("ACK", "sip:x@b.example", "a1", "");
	CU_ASSERT_EQUAL(down.n, 0);
	CU_ASSERT_EQUAL(stage_count(&s, KIND("fsm"), NULL, NULL), 0);
	stop();
}

/* The own domain's entry is another node; a registrar on the same node still
 * has its transactions. */
static void
own_domain(void)
{
	start("proxy registrar location");
	stage_node(&s, "in", "proxy", "b.example", 3, "");
	world_add_domain(s.w, "b.example", world_find(s.w, "in"));
	tester_ask(&up, 2, "REGISTER", "sip:b.example", "<sip:x@b.example>",
	    "r1", 1, "r1", CONTACT(8));
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(tester_count(&up, "REGISTER", 200), 1);
	ask("OPTIONS", "sip:x@b.example", "o1", "");
	CU_ASSERT_EQUAL(stage_count(&s, KIND("recv"), NODE("in"), NULL), 1);
	stop();
}

/* A response that no Via is left in. */
static void
lost_response(void)
{
	start("proxy");
	tester_say(&down, 2,
	    "SIP/2.0 200 OK\n"
	    "Via: SIP/2.0/UDP 192.0.2.2:5060;branch=z9hG4bK1\n"
	    "From: <sip:a@b>;tag=1\nTo: <sip:a@b>;tag=2\nCall-ID: 1\n"
	    "CSeq: 1 OPTIONS\n\n");
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(stage_count(&s, KIND("drop"), NODE("prx"), NULL), 1);
	stop();
}

CHECK_MAIN("proxy_stateless", { "passes", passes }, { "refuses", refuses },
    { "own domain", own_domain }, { "lost response", lost_response })
