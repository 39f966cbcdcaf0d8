/* A user agent registers: RFC 3261 10.2.  The tester is its registrar. */
#include "stage.h"

static struct stage s;
static struct tester reg;

static void
start(const char *attrs)
{
	stage_open(&s);
	tester_open(&s, &reg, "reg", 9);
	stage_node(&s, "bob", "ua", "b.example", 3, attrs);
	CU_ASSERT_EQUAL(world_add_domain(s.w, "B.example", reg.node), 0);
}

static void
stop(void)
{
	stage_run(&s, 60000);
	CU_ASSERT_EQUAL(sim_held(s.w->sim), 0);
	stage_close(&s);
	tester_close(&reg);
}

#define GRANT(s) "Contact: <sip:bob@192.0.2.3:5060>;expires=" #s "\n"

/* 10.2, 10.2.4: what it asks, and the refresh with the next CSeq. */
static void
refreshes(void)
{
	start("expires=1000s q=0.5");
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "register", NULL, NULL), 0);
	stage_run(&s, 20);
	CU_ASSERT_EQUAL_FATAL(reg.n, 1);
	CU_ASSERT(str_is(tester_at(&reg, 0)->uri, "sip:b.example"));
	CU_ASSERT(tester_has(&reg, 0, "To", "<sip:bob@b.example>"));
	CU_ASSERT(tester_has(
	    &reg, 0, "Contact", "<sip:bob@192.0.2.3:5060>;q=0.5;expires=1000"));
	CU_ASSERT(tester_has(&reg, 0, "CSeq", "1 REGISTER"));
	tester_answer(&reg, 0, 200, "r", GRANT(100));
	/* 100 s were granted: refreshed after 90. */
	stage_run(&s, 89900);
	CU_ASSERT_EQUAL(reg.n, 1);
	stage_run(&s, 300);
	CU_ASSERT_EQUAL_FATAL(reg.n, 2);
	CU_ASSERT(tester_has(&reg, 1, "CSeq", "2 REGISTER"));
	CU_ASSERT(tester_has(&reg, 1, "Contact", "expires=1000"));
	tester_answer(&reg, 1, 200, "r", "Expires: 1000\n");
	/* Taken away: nothing is refreshed any more. */
	stage_run(&s, 1000);
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "unregister", NULL, NULL), 0);
	stage_run(&s, 20);
	CU_ASSERT_EQUAL_FATAL(reg.n, 3);
	CU_ASSERT(tester_has(&reg, 2, "Contact", "expires=0"));
	tester_answer(&reg, 2, 200, "r", "");
	stage_run(&s, 2000000);
	CU_ASSERT_EQUAL(reg.n, 3);
	stop();
}

/* 10.2.8: 423 is asked again with Min-Expires, but only if that is more. */
static void
too_brief(void)
{
	start("expires=10s");
	stage_do(&s, "bob", "register", NULL, NULL);
	stage_run(&s, 20);
	tester_answer(&reg, 0, 423, "r", "Min-Expires: 50\n");
	stage_run(&s, 20);
	CU_ASSERT_EQUAL_FATAL(reg.n, 2);
	CU_ASSERT(tester_has(&reg, 1, "Contact", "expires=50"));
	tester_answer(&reg, 1, 423, "r", "Min-Expires: 50\n");
	stage_run(&s, 20);
	CU_ASSERT_EQUAL(reg.n, 2);
	/* Nor does one make a registration of its removal. */
	stage_do(&s, "bob", "unregister", NULL, NULL);
	stage_run(&s, 20);
	tester_answer(&reg, 2, 423, "r", "Min-Expires: 50\n");
	stage_run(&s, 20);
	CU_ASSERT_EQUAL(reg.n, 3);
	stop();
}

/* 10.2: not again before the last one is answered or timed out. */
static void
one_at_a_time(void)
{
	start("");
	stage_do(&s, "bob", "register", NULL, NULL);
	stage_do(&s, "bob", "unregister", NULL, NULL);
	stage_do(&s, "bob", "register", NULL, "expires", "1500ms", NULL);
	stage_run(&s, 20);
	CU_ASSERT_EQUAL_FATAL(reg.n, 1);
	tester_answer(&reg, 0, 200, "r", GRANT(3600));
	stage_run(&s, 20);
	CU_ASSERT_EQUAL_FATAL(reg.n, 2);
	/* Whole seconds, rounded up. */
	CU_ASSERT(tester_has(&reg, 1, "Contact", "expires=2"));
	/* Nobody answers: Timer F, then nothing. */
	stage_run(&s, 40000);
	CU_ASSERT_EQUAL(tester_count(&reg, "REGISTER", 0), 12);
	stop();
}

/* A node that comes up again repeats no Call-ID, and registers by itself. */
static void
after_a_crash(void)
{
	char first[80];

	start("register=true");
	stage_do(&s, "bob", "register", NULL, NULL);
	stage_run(&s, 20);
	tester_answer(&reg, 0, 200, "r", GRANT(100));
	snprintf(first, sizeof(first), "%.*s",
	    STR_ARG(msg_value(tester_at(&reg, 0), MSG_H_CALL_ID)));
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "crash", NULL, NULL), 0);
	stage_run(&s, 200000);
	CU_ASSERT_EQUAL(reg.n, 1);
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "restart", NULL, NULL), 0);
	stage_run(&s, 20);
	CU_ASSERT_EQUAL_FATAL(reg.n, 2);
	CU_ASSERT(!str_is(msg_value(tester_at(&reg, 1), MSG_H_CALL_ID), first));
	CU_ASSERT(!str_eq(msg_value(tester_at(&reg, 1), MSG_H_VIA),
	    msg_value(tester_at(&reg, 0), MSG_H_VIA)));
	/* In the trace it is still bob. */
	CU_ASSERT_EQUAL(stage_count(&s, "bob/2", NULL, NULL), 0);
	stop();
}

CHECK_MAIN("register", { "asks, refreshes, takes away", refreshes },
    { "423", too_brief }, { "one at a time", one_at_a_time },
    { "after a crash", after_a_crash }, )
