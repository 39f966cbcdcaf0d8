/* The stateful proxy between two testers: RFC 3261 16, RFC 6026, RFC 4320. */
#include "fixtures/stage.h"

static struct stage s;
static struct tester up, down;

static void
start(const char *attrs)
{
	stage_open(&s);
	tester_open(&s, &up, "up", 8);
	tester_open(&s, &down, "down", 9);
	stage_node(&s, "prx", "proxy", "b.example", 2, attrs);
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

/* An INVITE on its way; the copy that came down is message 0 there. */
static void
invite(void)
{
	ask("INVITE", DOWN, "i1", CONTACT(8));
	CU_ASSERT(tester_is(&down, 0, "INVITE"));
	CU_ASSERT_EQUAL(tester_status(&up, 0), 100);
}

static bool
got(struct tester *t, const char *method, unsigned status, size_t n)
{
	return tester_count(t, method, status) == n;
}

/* 16.3 */
static void
validates(void)
{
	static const struct {
		const char *method, *uri, *extra;
		unsigned status;
	} rows[] = {
		{ "OPTIONS", "tel:1", "", 416 },
		{ "INVITE", "tel:1", CONTACT(8), 416 },
		{ "OPTIONS", DOWN, "Max-Forwards: 0\n", 483 },
		{ "REGISTER", DOWN, "Max-Forwards: 0\n", 483 },
		{ "OPTIONS", DOWN, "Proxy-Require: a\nProxy-Require: b\n",
		    420 },
		{ "OPTIONS", "sip:x@nowhere.example", "", 500 },
		/* Its own domain, but it has no location service. */
		{ "OPTIONS", "sip:x@B.example", "", 404 },
		{ "OPTIONS", "sip:192.0.2.2", "Max-Forwards: 0\n", 200 },
		{ "OPTIONS", "sip:B.example", "", 200 },
		{ "CANCEL", DOWN, "Max-Forwards: 0\n", 483 },
	};

	start("");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char id[12];

		snprintf(id, sizeof(id), "v%zu", i);
		ask(rows[i].method, rows[i].uri, id, rows[i].extra);
		if (tester_status(&up, up.n - 1) != rows[i].status)
			printf(
			    "  row %zu: %u\n", i, tester_status(&up, up.n - 1));
		CU_ASSERT_EQUAL(tester_status(&up, up.n - 1), rows[i].status);
	}
	CU_ASSERT(tester_has(
	    &up, tester_find(&up, "OPTIONS", 420, 0), "Unsupported", "a, b"));
	/* An ACK is never answered; why it goes no further is told. */
	ask("ACK", DOWN, "a1", "Max-Forwards: 0\n");
	ask("ACK", "tel:1", "a2", "");
	ask("ACK", "sip:x@nowhere.example", "a3", "");
	ask("ACK", "sip:x@b.example", "a4", "");
	CU_ASSERT_EQUAL(down.n, 0);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("drop"), NODE("prx"), "\"refused\""), 4);
	stop();
}

/* 16.6: what is changed in the copy, and nothing else. */
static void
forwards(void)
{
	const struct msg *m;

	start("");
	ask("OPTIONS", DOWN, "o1", "x-Odd :  a,, b\nv: SIP/2.0/UDP p\nk: z\n");
	m = tester_at(&down, 0);
	CU_ASSERT(str_find(m->bytes, "\r\nx-Odd :  a,, b\r\n") > 0);
	CU_ASSERT(tester_has(&down, 0, "Max-Forwards", "70"));
	CU_ASSERT_EQUAL(msg_count_values(m, MSG_H_VIA), 3);
	CU_ASSERT_EQUAL(msg_count_values(m, MSG_H_RECORD_ROUTE), 0);
	tester_answer(&down, 0, 200, "d", "");
	ask("INVITE", DOWN, "i1", "Max-Forwards: 9\n" CONTACT(8));
	CU_ASSERT(tester_has(&down, 1, "Max-Forwards", "8"));
	CU_ASSERT(
	    tester_has(&down, 1, "Record-Route", "<sip:192.0.2.2:5060;lr>"));
	tester_answer(&down, 1, 404, "d", "");
	/* Within a dialog there is none. */
	tester_ask(&up, 2, "INVITE", DOWN, "<" DOWN ">;tag=t", "i2", 1, "i2",
	    CONTACT(8));
	stage_run(&s, 25);
	CU_ASSERT(!tester_has(
	    &down, tester_find(&down, "INVITE", 0, 1), "Record-Route", ""));
	tester_answer(&down, tester_find(&down, "INVITE", 0, 1), 404, "d", "");
	stop();
	start("record_route=false");
	invite();
	CU_ASSERT(!tester_has(&down, 0, "Record-Route", ""));
	tester_answer(&down, 0, 404, "d", "");
	stop();
}

/* 16.4, 16.6 step 6. */
static void
routes(void)
{
	start("");
	ask("OPTIONS", "sip:y@b.example", "o1",
	    "Route: <sip:192.0.2.2;lr>, <sip:192.0.2.9;lr>\n");
	CU_ASSERT(str_is(tester_at(&down, 0)->uri, "sip:y@b.example"));
	CU_ASSERT(str_is(
	    msg_value(tester_at(&down, 0), MSG_H_ROUTE), "<sip:192.0.2.9;lr>"));
	tester_answer(&down, 0, 200, "d", "");
	/* From a strict router: our Record-Route is the Request-URI. */
	ask("OPTIONS", "sip:192.0.2.2:5060;lr", "o2",
	    "Route: <sip:192.0.2.9;lr>\nRoute: <sip:z@c.example>\n");
	CU_ASSERT(str_is(tester_at(&down, 1)->uri, "sip:z@c.example"));
	CU_ASSERT(str_is(
	    msg_value(tester_at(&down, 1), MSG_H_ROUTE), "<sip:192.0.2.9;lr>"));
	CU_ASSERT_EQUAL(msg_count_values(tester_at(&down, 1), MSG_H_ROUTE), 1);
	tester_answer(&down, 1, 200, "d", "");
	ask("OPTIONS", "sip:192.0.2.2:5060;lr", "o3",
	    "Route: <sip:192.0.2.2;lr>, <" DOWN ">\n");
	CU_ASSERT(str_is(tester_at(&down, 2)->uri, DOWN));
	CU_ASSERT_EQUAL(msg_count_values(tester_at(&down, 2), MSG_H_ROUTE), 0);
	tester_answer(&down, 2, 200, "d", "");
	/* To a strict router. */
	ask("OPTIONS", "sip:y@c.example", "o4",
	    "Route: <sip:192.0.2.2;lr>, <sip:192.0.2.9>\n"
	    "Route: <sip:192.0.2.7;lr>\n");
	CU_ASSERT(str_is(tester_at(&down, 3)->uri, "sip:192.0.2.9"));
	CU_ASSERT(str_is(
	    msg_value(tester_at(&down, 3), MSG_H_ROUTE), "<sip:192.0.2.7;lr>"));
	CU_ASSERT(tester_has(&down, 3, "Route", "<sip:y@c.example>"));
	tester_answer(&down, 3, 200, "d", "");
	ask("OPTIONS", "sip:y@c.example", "o5", "Route: <sip:192.0.2.9>\n");
	CU_ASSERT(str_is(
	    msg_value(tester_at(&down, 4), MSG_H_ROUTE), "<sip:y@c.example>"));
	tester_answer(&down, 4, 200, "d", "");
	stage_run(&s, 25);
	CU_ASSERT(got(&up, "OPTIONS", 200, 5));
	stop();
}

/* 16.7: provisional, 2xx again, what comes too late; the ACK for a 2xx. */
static void
responses(void)
{
	start("");
	invite();
	tester_answer(&down, 0, 100, "", "");
	tester_answer(&down, 0, 180, "d", CONTACT(9) "X: y\n");
	tester_answer(&down, 0, 183, "d", CONTACT(9));
	stage_run(&s, 25);
	CU_ASSERT(got(&up, "INVITE", 100, 1));
	CU_ASSERT(got(&up, "INVITE", 180, 1));
	CU_ASSERT(got(&up, "INVITE", 183, 1));
	CU_ASSERT(tester_has(&up, 1, "X", "y"));
	CU_ASSERT_EQUAL(msg_count_values(tester_at(&up, 1), MSG_H_VIA), 1);
	tester_answer(&down, 0, 200, "d", CONTACT(9));
	stage_run(&s, 500);
	tester_answer(&down, 0, 200, "d", CONTACT(9));
	tester_answer(&down, 0, 200, "fork", CONTACT(9));
	/* RFC 6026: nothing but 2xx any more. */
	tester_answer(&down, 0, 486, "d", "");
	stage_run(&s, 25);
	CU_ASSERT(got(&up, "INVITE", 200, 3));
	CU_ASSERT(got(&up, "INVITE", 486, 0));
	/* The ACK, end to end; the same one has the same branch. */
	tester_ask(&up, 2, "ACK", DOWN, "<" DOWN ">;tag=d", "i1", 1, "a1",
	    "Route: <sip:192.0.2.2;lr>\n");
	tester_ask(&up, 2, "ACK", DOWN, "<" DOWN ">;tag=d", "i1", 1, "a1",
	    "Route: <sip:192.0.2.2;lr>\n");
	/* One with the INVITE's branch, as of RFC 2543. */
	tester_ask(&up, 2, "ACK", DOWN, "<" DOWN ">;tag=d", "i1", 1, "i1", "");
	stage_run(&s, 25);
	CU_ASSERT(got(&down, "ACK", 0, 3));
	CU_ASSERT(
	    str_eq(buf_view(&down.got[tester_find(&down, "ACK", 0, 0)].bytes),
		buf_view(&down.got[tester_find(&down, "ACK", 0, 1)].bytes)));
	/* 64*T1 later it is late: dropped, with a record. */
	stage_run(&s, 33000);
	tester_answer(&down, 0, 200, "d", CONTACT(9));
	stage_run(&s, 25);
	CU_ASSERT(got(&up, "INVITE", 200, 3));
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("drop"), RULE("stray-response"), NULL), 1);
	stop();
}

/* The ACK for a refusal stays at the hop; 503 becomes 500. */
static void
refusals(void)
{
	start("");
	invite();
	tester_answer(&down, 0, 486, "d", "Retry-After: 7\n");
	stage_run(&s, 25);
	CU_ASSERT(tester_has(
	    &up, tester_find(&up, "INVITE", 486, 0), "Retry-After", "7"));
	CU_ASSERT(got(&down, "ACK", 0, 1));
	ask("ACK", DOWN, "i1", "");
	CU_ASSERT(got(&down, "ACK", 0, 1));
	ask("INVITE", DOWN, "i2", CONTACT(8));
	tester_answer(&down, tester_find(&down, "INVITE", 0, 1), 503, "d", "");
	stage_run(&s, 25);
	CU_ASSERT(got(&up, "INVITE", 503, 0));
	CU_ASSERT(got(&up, "INVITE", 500, 1));
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("send"), RULE("proxy-503"), NULL), 1);
	stop();
}

/* 16.8, RFC 4320: nobody answers. */
static void
silence(void)
{
	start("");
	ask("INVITE", "sip:x@192.0.2.77", "i1", CONTACT(8));
	ask("OPTIONS", "sip:x@192.0.2.77", "o1", "");
	stage_run(&s, 3400);
	CU_ASSERT(got(&up, "OPTIONS", 100, 0));
	stage_run(&s, 200);
	CU_ASSERT(got(&up, "OPTIONS", 100, 1));
	stage_run(&s, 33000);
	CU_ASSERT(tester_count(&up, "INVITE", 408) > 0);
	CU_ASSERT(got(&up, "OPTIONS", 408, 0));
	/* Provisional responses to it are not passed on, and it ends. */
	ask("OPTIONS", DOWN, "o2", "");
	tester_answer(&down, 0, 180, "d", "");
	stage_run(&s, 34000);
	CU_ASSERT(got(&up, "OPTIONS", 180, 0));
	CU_ASSERT(got(&up, "OPTIONS", 408, 0));
	stop();
}

/* Timer C: 181 s without a 1xx but 100, then CANCEL, then 408. */
static void
timer_c(void)
{
	start("");
	invite();
	tester_answer(&down, 0, 180, "d", CONTACT(9));
	stage_run(&s, 170000);
	tester_answer(&down, 0, 180, "d", CONTACT(9));
	stage_run(&s, 180000);
	CU_ASSERT(got(&down, "CANCEL", 0, 0));
	stage_run(&s, 1100);
	CU_ASSERT(got(&down, "CANCEL", 0, 1));
	tester_answer(&down, tester_find(&down, "CANCEL", 0, 0), 200, "d", "");
	stage_run(&s, 31800);
	CU_ASSERT(got(&up, "INVITE", 408, 0));
	stage_run(&s, 300);
	CU_ASSERT(tester_count(&up, "INVITE", 408) > 0);
	stop();
}

/* 16.10, 9.1 */
static void
cancels(void)
{
	start("");
	invite();
	/* Waits for a provisional response. */
	ask("CANCEL", DOWN, "i1", "");
	CU_ASSERT(got(&up, "CANCEL", 200, 1));
	CU_ASSERT(got(&down, "CANCEL", 0, 0));
	tester_answer(&down, 0, 100, "", "");
	stage_run(&s, 25);
	CU_ASSERT(got(&down, "CANCEL", 0, 1));
	tester_answer(&down, 0, 180, "d", CONTACT(9));
	stage_run(&s, 25);
	CU_ASSERT(got(&down, "CANCEL", 0, 1));
	tester_answer(&down, tester_find(&down, "CANCEL", 0, 0), 200, "d", "");
	tester_answer(&down, 0, 487, "d", "");
	stage_run(&s, 25);
	CU_ASSERT(got(&up, "INVITE", 487, 1));
	/* Crossing with a 200: that goes up. */
	ask("INVITE", DOWN, "i2", CONTACT(8));
	tester_answer(
	    &down, tester_find(&down, "INVITE", 0, 1), 180, "e", CONTACT(9));
	tester_answer(
	    &down, tester_find(&down, "INVITE", 0, 1), 200, "e", CONTACT(9));
	ask("CANCEL", DOWN, "i2", "");
	CU_ASSERT(got(&up, "INVITE", 200, 1));
	CU_ASSERT(got(&down, "CANCEL", 0, 1));
	/* Nothing comes for 64*T1. */
	ask("INVITE", DOWN, "i3", CONTACT(8));
	tester_answer(
	    &down, tester_find(&down, "INVITE", 0, 2), 180, "f", CONTACT(9));
	stage_run(&s, 25);
	ask("CANCEL", DOWN, "i3", "");
	stage_run(&s, 33000);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("send"), RULE("cancel-timeout"), NULL), 1);
	stop();
}

/* A crash in the middle of each of them. */
static void
crashes(void)
{
	start("");
	invite();
	ask("OPTIONS", DOWN, "o1", "");
	ask("INVITE", DOWN, "i2", CONTACT(8));
	tester_answer(&down, 0, 180, "d", CONTACT(9));
	stage_run(&s, 25);
	ask("CANCEL", DOWN, "i1", "");
	CU_ASSERT_EQUAL(stage_do(&s, "prx", "crash", NULL, NULL), 0);
	CU_ASSERT_EQUAL(stage_do(&s, "prx", "restart", NULL, NULL), 0);
	tester_answer(&down, 0, 200, "d", CONTACT(9));
	stage_run(&s, 25);
	CU_ASSERT(got(&up, "INVITE", 200, 0));
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("drop"), RULE("stray-response"), NULL), 1);
	/* The INVITE again is a new one for it. */
	ask("INVITE", DOWN, "i1", CONTACT(8));
	CU_ASSERT(got(&down, "INVITE", 0, 3));
	tester_answer(&down, down.n - 1, 404, "d", "");
	stop();
}

CHECK_MAIN("proxy", { "validates", validates }, { "forwards", forwards },
    { "routes", routes }, { "responses", responses }, { "refusals", refusals },
    { "silence", silence }, { "Timer C", timer_c }, { "cancels", cancels },
    { "crashes", crashes }, )
