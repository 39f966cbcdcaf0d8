/* A user agent registers: RFC 3261 10.2.  The tester is its registrar. */
#include "fixtures/stage.h"

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
	/* RFC 3327 5.1 */
	CU_ASSERT(tester_has(&reg, 0, "Supported", "path"));
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

/* 10.2: somebody else's; 10.2.1.2: several Contacts, with parameters. */
static void
others(void)
{
	start("expires=10s q=0.5");
	stage_do(&s, "bob", "register", NULL, "aor", "sip:carol@b.example",
	    "contact", "sip:x@192.0.2.8, <sip:y@192.0.2.8>;q=0.3 ", NULL);
	stage_run(&s, 20);
	CU_ASSERT_EQUAL_FATAL(reg.n, 1);
	CU_ASSERT(tester_has(&reg, 0, "To", "<sip:carol@b.example>"));
	CU_ASSERT(tester_has(&reg, 0, "From", "<sip:bob@b.example>;tag="));
	CU_ASSERT_EQUAL(msg_count_values(tester_at(&reg, 0), MSG_H_CONTACT), 2);
	CU_ASSERT(tester_has(
	    &reg, 0, "Contact", "<sip:x@192.0.2.8>;q=0.5;expires=10"));
	CU_ASSERT(tester_has(
	    &reg, 0, "Contact", "<sip:y@192.0.2.8>;q=0.3;expires=10"));
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("send"), RULE("register-third"), NULL), 1);
	/* 10.2.8: the same again, only for longer. */
	tester_answer(&reg, 0, 423, "r", "Min-Expires: 50\n");
	stage_run(&s, 20);
	CU_ASSERT_EQUAL_FATAL(reg.n, 2);
	CU_ASSERT(tester_has(&reg, 1, "To", "<sip:carol@b.example>"));
	CU_ASSERT(tester_has(
	    &reg, 1, "Contact", "<sip:y@192.0.2.8>;q=0.3;expires=50"));
	tester_answer(&reg, 1, 200, "r", GRANT(50));
	/* Nothing of it is refreshed. */
	stage_run(&s, 100000);
	CU_ASSERT_EQUAL(reg.n, 2);
	/* The own one in another domain, which is not here. */
	stage_do(
	    &s, "bob", "register", NULL, "aor", "sip:carol@c.example", NULL);
	stage_run(&s, 20);
	CU_ASSERT_EQUAL(reg.n, 2);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("bad"), RULE("uac-no-target"), NULL), 1);
	/* Several to be fetched, all to be taken away. */
	stage_do(&s, "bob", "register", NULL, "contact", "", NULL);
	stage_run(&s, 20);
	CU_ASSERT(msg_field(tester_at(&reg, 2), MSG_H_CONTACT, 0) == NULL);
	tester_answer(&reg, 2, 200, "r", "");
	stage_run(&s, 20);
	stage_do(&s, "bob", "register", NULL, "contact", "*", NULL);
	stage_run(&s, 20);
	CU_ASSERT(str_is(msg_value(tester_at(&reg, 3), MSG_H_CONTACT), "*"));
	CU_ASSERT(tester_has(&reg, 3, "Expires", "0"));
	tester_answer(&reg, 3, 200, "r", "");
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "register", NULL, "contact",
			    "sip:x@y sip:", NULL),
	    ERR_SYNTAX);
	stop();
}

/* RFC 3665 2.2: how long a mailbox is to last is left to the registrar, unless
 * somebody says it. */
static void
a_mailbox(void)
{
	start("expires=10s");
	stage_do(&s, "bob", "register", NULL, "contact",
	    "mailto:bob@b.example, sip:x@192.0.2.8", NULL);
	stage_run(&s, 20);
	CU_ASSERT(str_is(msg_value(tester_at(&reg, 0), MSG_H_CONTACT),
	    "<mailto:bob@b.example>"));
	CU_ASSERT(
	    tester_has(&reg, 0, "Contact", "<sip:x@192.0.2.8>;expires=10"));
	tester_answer(&reg, 0, 200, "r", "");
	stage_run(&s, 20);
	stage_do(&s, "bob", "register", NULL, "contact", "mailto:bob@b.example",
	    "expires", "0", NULL);
	stage_run(&s, 20);
	CU_ASSERT(
	    tester_has(&reg, 1, "Contact", "<mailto:bob@b.example>;expires=0"));
	stop();
}

/* RFC 3608 6.1: the route of the last 2xx, in its order, for what is not in a
 * dialog and no REGISTER. */
static void
service_route(void)
{
	struct tester out;

	start("");
	tester_open(&s, &out, "out", 8);
	stage_do(&s, "bob", "register", NULL, NULL);
	stage_run(&s, 20);
	tester_answer(&reg, 0, 200, "r",
	    "Service-Route: <sip:192.0.2.9;lr>, <sip:p2.b.example;lr>\n"
	    "Service-Route: <sip:p3.b.example;lr>;x=y\n" GRANT(100));
	stage_run(&s, 20);
	stage_do(
	    &s, "bob", "options", NULL, "target", "sip:x@192.0.2.77", NULL);
	stage_run(&s, 20);
	CU_ASSERT_EQUAL_FATAL(reg.n, 2);
	CU_ASSERT_EQUAL(msg_count_values(tester_at(&reg, 1), MSG_H_ROUTE), 3);
	CU_ASSERT(str_is(
	    msg_value(tester_at(&reg, 1), MSG_H_ROUTE), "<sip:192.0.2.9;lr>"));
	CU_ASSERT(tester_has(&reg, 1, "Route", "<sip:p3.b.example;lr>;x=y"));
	CU_ASSERT_EQUAL(stage_count(&s, KIND("route"), "\"how\":\"route\"",
			    RULE("service-route")),
	    1);
	tester_answer(&reg, 1, 200, "r", "");
	/* Behind the way out; not twice where it names that. */
	node_set_attr(world_find(s.w, "bob"), "outbound", "out");
	stage_do(
	    &s, "bob", "options", NULL, "target", "sip:x@192.0.2.77", NULL);
	node_set_attr(world_find(s.w, "bob"), "outbound", "reg");
	stage_do(
	    &s, "bob", "options", NULL, "target", "sip:x@192.0.2.77", NULL);
	stage_run(&s, 20);
	CU_ASSERT_EQUAL(msg_count_values(tester_at(&out, 0), MSG_H_ROUTE), 4);
	CU_ASSERT(str_is(msg_value(tester_at(&out, 0), MSG_H_ROUTE),
	    "<sip:192.0.2.8:5060;lr>"));
	CU_ASSERT_EQUAL(msg_count_values(tester_at(&reg, 2), MSG_H_ROUTE), 3);
	tester_answer(&reg, 2, 200, "r", "");
	tester_answer(&out, 0, 200, "r", "");
	/* The refresh goes without; its 2xx has none: forgotten. */
	stage_run(&s, 90000);
	CU_ASSERT_EQUAL_FATAL(reg.n, 4);
	CU_ASSERT_EQUAL(msg_count_values(tester_at(&reg, 3), MSG_H_ROUTE), 1);
	tester_answer(&reg, 3, 200, "r", GRANT(1000));
	stage_run(&s, 20);
	stage_do(
	    &s, "bob", "options", NULL, "target", "sip:x@192.0.2.77", NULL);
	stage_run(&s, 20);
	CU_ASSERT_EQUAL(msg_count_values(tester_at(&reg, 4), MSG_H_ROUTE), 1);
	tester_answer(&reg, 4, 200, "r", "");
	stage_run(&s, 20);
	tester_close(&out);
	stop();
}

/* What never comes back, and a phone that was there before. */
static void
fails(void)
{
	start("");
	stage_do(&s, "bob", "register", NULL, NULL);
	stage_run(&s, 20);
	tester_answer(&reg, 0, 500, "r", "");
	stage_run(&s, 20);
	stage_do(&s, "bob", "register", NULL, NULL);
	stage_run(&s, 20);
	CU_ASSERT(tester_has(&reg, 1, "CSeq", "2 REGISTER"));
	tester_answer(&reg, 1, 302, "r", "Contact: <sip:192.0.2.9>\n");
	stage_run(&s, 20);
	/* 8.1.3.4 holds for every request. */
	CU_ASSERT_EQUAL_FATAL(reg.n, 3);
	CU_ASSERT(str_is(tester_at(&reg, 2)->uri, "sip:192.0.2.9"));
	CU_ASSERT(tester_has(&reg, 2, "CSeq", "3 REGISTER"));
	tester_answer(&reg, 2, 200, "r", GRANT(100));
	stage_run(&s, 90100);
	CU_ASSERT_EQUAL_FATAL(reg.n, 4);
	CU_ASSERT(str_is(tester_at(&reg, 3)->uri, "sip:b.example"));
	CU_ASSERT(tester_has(&reg, 3, "CSeq", "4 REGISTER"));
	tester_answer(&reg, 3, 404, "r", "");
	stop();
	/* Nobody to ask. */
	start("aor=sip:bob@c.example");
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "register", NULL, NULL), 0);
	stage_run(&s, 20);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("bad"), "\"fault\":\"no-registrar\"",
		"\"at\":\"sip:bob@c.example\""),
	    1);
	CU_ASSERT_EQUAL(reg.n, 0);
	stop();
}

/* Who only asks, or registers somebody else, goes on refreshing his own. */
static void
refreshed_beside_others(void)
{
	start("expires=100s");
	stage_do(&s, "bob", "register", NULL, NULL);
	stage_run(&s, 20);
	tester_answer(&reg, 0, 200, "r", GRANT(100));
	stage_run(&s, 1000);
	stage_do(&s, "bob", "register", NULL, "contact", "", NULL);
	stage_run(&s, 20);
	tester_answer(&reg, 1, 200, "r", GRANT(99));
	stage_run(&s, 1000);
	stage_do(&s, "bob", "register", NULL, "aor", "sip:carol@b.example",
	    "expires", "7s", NULL);
	stage_run(&s, 20);
	tester_answer(&reg, 2, 200, "r", "");
	CU_ASSERT_EQUAL(reg.n, 3);
	stage_run(&s, 88000);
	CU_ASSERT_EQUAL_FATAL(reg.n, 4);
	CU_ASSERT(tester_has(&reg, 3, "To", "<sip:bob@b.example>"));
	CU_ASSERT(tester_has(
	    &reg, 3, "Contact", "<sip:bob@192.0.2.3:5060>;expires=100"));
	stop();
}

/* How often bob's registration went FROM → TO on EVENT. */
static size_t
steps_of(const char *from, const char *to, const char *event)
{
	char text[200];

	snprintf(text, sizeof(text),
	    "\"id\":\"sip:bob@b.example\",\"from\":\"%s\",\"to\":\"%s\","
	    "\"event\":\"%s\"",
	    from, to, event);
	return stage_count(
	    &s, KIND("fsm"), "\"machine\":\"registration\"", text);
}

/* 10.2: its way through the machine's table. */
static void
takes_its_steps(void)
{
	start("expires=10s");
	stage_do(&s, "bob", "register", NULL, NULL);
	stage_run(&s, 20);
	tester_answer(&reg, 0, 423, "r", "Min-Expires: 100\n");
	stage_run(&s, 20);
	tester_answer(&reg, 1, 200, "r", GRANT(100));
	CU_ASSERT_EQUAL(steps_of("unregistered", "registering", "register"), 1);
	stage_run(&s, 20);
	CU_ASSERT_EQUAL(steps_of("registering", "registering", "423"), 1);
	CU_ASSERT_EQUAL(steps_of("registering", "registered", "2xx"), 1);
	/* What only asks, or is another's, is no step. */
	stage_do(&s, "bob", "register", NULL, "contact", "", NULL);
	stage_run(&s, 20);
	tester_answer(&reg, 2, 200, "r", GRANT(99));
	stage_run(&s, 20);
	stage_do(
	    &s, "bob", "register", NULL, "aor", "sip:carol@b.example", NULL);
	stage_run(&s, 20);
	tester_answer(&reg, 3, 403, "r", "");
	stage_run(&s, 20);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("fsm"), "\"machine\":\"registration\"", NULL),
	    3);
	/* The refresh, and its answer that gives no time. */
	stage_run(&s, 90000);
	CU_ASSERT_EQUAL(
	    steps_of("registered", "refreshing", "Timer refresh"), 1);
	tester_answer(&reg, reg.n - 1, 200, "r", GRANT(0));
	stage_run(&s, 20);
	CU_ASSERT_EQUAL(
	    steps_of("refreshing", "unregistered", "2xx not bound"), 1);
	/* Refused; taken away all the same; not answered. */
	stage_do(&s, "bob", "register", NULL, NULL);
	stage_run(&s, 20);
	tester_answer(&reg, reg.n - 1, 403, "r", "");
	stage_run(&s, 20);
	CU_ASSERT_EQUAL(steps_of("registering", "failed", "300-699"), 1);
	stage_do(&s, "bob", "unregister", NULL, NULL);
	stage_run(&s, 40000);
	CU_ASSERT_EQUAL(steps_of("failed", "unregistering", "unregister"), 1);
	CU_ASSERT_EQUAL(steps_of("unregistering", "failed", "timeout"), 1);
	stop();
}

/* Of no domain: there is nobody but itself. */
static void
nowhere(void)
{
	stage_open(&s);
	tester_open(&s, &reg, "reg", 9);
	stage_node(&s, "bob", "ua", "", 3, "");
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "register", NULL, NULL), ERR_STATE);
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "register", NULL, "aor",
			    "sip:bob@192.0.2.9", NULL),
	    0);
	CU_ASSERT(stage_run(&s, 90000));
	CU_ASSERT_EQUAL(tester_count(&reg, "REGISTER", 0) > 0, true);
	stage_close(&s);
	tester_close(&reg);
}

CHECK_MAIN("register", { "asks, refreshes, takes away", refreshes },
    { "423", too_brief }, { "one at a time", one_at_a_time },
    { "after a crash", after_a_crash }, { "others", others },
    { "a mailbox", a_mailbox }, { "service route", service_route },
    { "fails", fails }, { "refreshed beside others", refreshed_beside_others },
    { "takes its steps", takes_its_steps }, { "nowhere", nowhere })
