/*
 * Subscriptions to registrations: RFC 3680.  The tester registers, and is told
 * of it by the registrar.
 */
#include "agent/reg_info.h"
#include "fixtures/stage.h"

static struct stage s;
static struct tester t;

#define MINE  "sip:tester@t.example"
#define TO    "<" MINE ">"
#define EVENT "Event: reg\n" CONTACT(9)

static void
start(const char *roles, const char *attrs)
{
	stage_open(&s);
	tester_open(&s, &t, "peer", 9);
	stage_node(&s, "reg", roles, "t.example", 4, attrs);
	CU_ASSERT_EQUAL_FATAL(
	    world_add_domain(s.w, "t.example", world_find(s.w, "reg")), 0);
}

static void
stop(void)
{
	CU_ASSERT(stage_run(&s, 90000));
	CU_ASSERT_EQUAL(sim_held(s.w->sim), 0);
	stage_close(&s);
	tester_close(&t);
}

static void
ask(const char *method, const char *uri, const char *to, const char *id,
    unsigned cseq, const char *extra)
{
	char branch[40];

	snprintf(branch, sizeof(branch), "%s%s%u", id, method, cseq);
	tester_ask(&t, 4, method, uri, to, id, cseq, branch, extra);
	stage_run(&s, 25);
}

/* The N-th NOTIFY, answered. */
static const struct msg *
notify(size_t n)
{
	size_t i = tester_find(&t, "NOTIFY", 0, n);

	CU_ASSERT_NOT_EQUAL(i, TESTER_GOT);
	tester_answer(&t, i, 200, "", "");
	stage_run(&s, 25);
	return tester_at(&t, i);
}

/* What a phone would say of it. */
static bool
says(size_t n, const char *text)
{
	const struct msg *m = notify(n);
	struct buf out = BUF_INIT;
	bool same;

	if (m->body.n > 0)
		CU_ASSERT_EQUAL(reg_info_read(m->body, &out), 0);
	same = strcmp(buf_cstr(&out), text) == 0;
	if (!same)
		printf("  %s\n  in place of %s\n", buf_cstr(&out), text);
	buf_free(&out);
	return same;
}

static bool
has(size_t n, const char *text)
{
	size_t i = tester_find(&t, "NOTIFY", 0, n);

	return str_find(tester_at(&t, i)->body, text) >= 0;
}

/* RFC 3261 12.2.2: of a dialog that a server has forgotten, whatever else it
 * is, its proxy too. */
static void
forgotten(void)
{
	static const char *const roles[] = { "registrar location",
		"proxy registrar location",
		"proxy registrar location presence" };

	for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++) {
		start(roles[i], "");
		ask("SUBSCRIBE", "sip:reg@192.0.2.4:5060", TO ";tag=old", "x",
		    2, EVENT);
		CU_ASSERT_EQUAL(tester_count(&t, "SUBSCRIBE", 481), 1);
		ask("SUBSCRIBE", "sip:reg@192.0.2.4:5060", TO ";tag=old", "y",
		    2, "Event: presence\n" CONTACT(9));
		CU_ASSERT_EQUAL(tester_count(&t, "SUBSCRIBE", 481), 2);
		stop();
	}
}

/* ---- bodies ---- */

#define ROOT "<reginfo xmlns=\"" REG_INFO_NAMESPACE "\" version=\"1\" "
#define FULL ROOT "state=\"full\">"
#define BOB  "<registration aor=\"sip:bob@b\" id=\"1\" state=\"active\">"
#define END  "</registration></reginfo>"

static void
bodies(void)
{
	static const struct {
		const char *body, *says; /* NULL: it is none */
	} rows[] = {
		{ "<?xml version=\"1.0\"?>" FULL BOB
		  "<contact id=\"2\" state=\"active\" event=\"refreshed\">"
		  "<uri>sip:b@1&amp;2</uri></contact><x><contact/></x>" END,
		    "sip:bob@b is registered, sip:b@1&2 (refreshed)" },
		{ ROOT "state=\"partial\"/>", "no registrations" },
		{ FULL "<registration aor=\"a\" id=\"1\" state=\"init\"/>"
		       "<registration aor=\"b\" id=\"2\" "
		       "state=\"terminated\"/></reginfo>",
		    "a is not registered; b is not registered" },
		{ ROOT "state=\"half\"/>", NULL },
		{ "<reginfo state=\"full\"/>", NULL },
		{ "<reginfo version=\"-1\" state=\"full\"/>", NULL },
		{ "<presence version=\"1\" state=\"full\"/>", NULL },
		{ FULL "<registration id=\"1\" state=\"init\"/></reginfo>",
		    NULL },
		{ FULL "<registration aor=\"a\" id=\"1\" state=\"x\"/>"
		       "</reginfo>",
		    NULL },
		{ FULL BOB
		    "<contact id=\"2\" state=\"active\" event=\"x\"/>" END,
		    NULL },
		{ FULL BOB "<contact state=\"active\" event=\"expired\"/>" END,
		    NULL },
		{ FULL BOB, NULL },
		{ FULL BOB "</reginfo>", NULL },
		{ "<!DOCTYPE a>" FULL BOB END, "sip:bob@b is registered" },
		{ "Messages-Waiting: yes\r\n", NULL },
		{ "", NULL },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf out = BUF_INIT;
		int err = reg_info_read(str_of(rows[i].body), &out);

		if (err != (rows[i].says == NULL ? ERR_SYNTAX : 0))
			printf("  row %zu\n", i);
		CU_ASSERT_EQUAL(err, rows[i].says == NULL ? ERR_SYNTAX : 0);
		if (err == 0 && rows[i].says != NULL)
			CU_ASSERT_STRING_EQUAL(buf_cstr(&out), rows[i].says);
		buf_free(&out);
	}
}

/* ---- who may know ---- */

static void
who_may_know(void)
{
	static const struct {
		const char *uri, *extra;
		unsigned status;
	} rows[] = {
		{ MINE, EVENT, 200 },
		{ "sip:tester@T.EXAMPLE;x=y", EVENT, 200 },
		{ "sip:third@t.example", EVENT, 200 },
		{ "sip:bob@t.example", EVENT, 403 },
		{ "sip:%00%ff@t.example", EVENT, 403 },
		{ MINE, "Event: presence\n" CONTACT(9), 489 },
		{ MINE, "Event: reg.winfo\n" CONTACT(9), 489 },
		{ MINE, EVENT "Accept: text/plain\n", 406 },
		{ MINE, EVENT "Expires: 5\n", 423 },
		{ MINE, EVENT "Require: x\n", 420 },
		{ MINE, "Event: reg\n", 400 },
		{ MINE, CONTACT(9), 400 },
		{ "sip:t.example", EVENT, 405 },
		{ "sip:tester@other.example", EVENT, 405 },
	};

	start("registrar location", "");
	stage_node(&s, "phone", "ua", "t.example", 3,
	    "aor=" MINE " registers_for=third");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char id[24];
		size_t before = t.n;

		snprintf(id, sizeof(id), "s%zu", i);
		ask("SUBSCRIBE", rows[i].uri, TO, id, 1, rows[i].extra);
		if (tester_status(&t, before) != rows[i].status)
			printf("  row %zu: %u\n", i, tester_status(&t, before));
		CU_ASSERT_EQUAL(tester_status(&t, before), rows[i].status);
		if (rows[i].status == 200)
			tester_answer(&t, before + 1, 200, "", "");
	}
	CU_ASSERT_EQUAL(tester_count(&t, "NOTIFY", 0), 3);
	CU_ASSERT(says(0, MINE " is not registered"));
	CU_ASSERT(has(0, "version=\"0\" state=\"full\""));
	CU_ASSERT(has(0, "state=\"init\""));
	stop();
	/* A proxy on the same node gets what is not the registrar's. */
	start("proxy registrar location", "");
	ask("SUBSCRIBE", MINE, TO, "p", 1, "Event: presence\n" CONTACT(9));
	CU_ASSERT_EQUAL(tester_count(&t, "SUBSCRIBE", 404), 1);
	ask("SUBSCRIBE", MINE, TO, "q", 1, EVENT);
	CU_ASSERT_EQUAL(tester_count(&t, "SUBSCRIBE", 200), 1);
	stop();
}

/* Step 3: who it is has to be proved. */
static void
with_passwords(void)
{
	start("registrar location", "auth=true");
	ask("SUBSCRIBE", MINE, TO, "a", 1, EVENT);
	CU_ASSERT_EQUAL(tester_count(&t, "SUBSCRIBE", 401), 1);
	stage_node(&s, "alice", "ua", "t.example", 3, "password=secret");
	stage_node(&s, "bob", "ua", "t.example", 2, "password=other");
	CU_ASSERT_EQUAL(
	    stage_do(&s, "alice", "subscribe", NULL, "event", "reg", NULL), 0);
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "subscribe", NULL, "target",
			    "alice", "event", "reg", NULL),
	    0);
	stage_run(&s, 200);
	CU_ASSERT_EQUAL(stage_count(&s, KIND("note"),
			    "sip:alice@t.example is not registered", NULL),
	    1);
	CU_ASSERT_EQUAL(stage_count(&s, NODE("reg"), "\"start\":403", NULL), 1);
	stop();
}

/* ---- what happens ---- */

#define PC   "sip:tester@192.0.2.9"
#define CELL "sip:tester@192.0.2.10"

static void
registers(unsigned cseq, const char *extra)
{
	ask("REGISTER", "sip:t.example", TO, "r", cseq, extra);
}

static void
events(void)
{
	start("registrar location", "");
	ask("SUBSCRIBE", MINE, TO, "s", 1, EVENT "Expires: 3600\n");
	CU_ASSERT(says(0, MINE " is not registered"));
	registers(1, "Contact: <" PC ">;expires=600\n");
	CU_ASSERT(says(1, MINE " is registered, " PC " (registered)"));
	CU_ASSERT(has(1, "version=\"1\""));
	CU_ASSERT(has(1, "duration-registered=\"0\" expires=\"600\">"));
	stage_run(&s, 10000);
	registers(2, "Contact: <" CELL ">;expires=100;q=0.5\n");
	CU_ASSERT(says(2,
	    MINE " is registered, " PC " (registered), " CELL " (registered)"));
	CU_ASSERT(has(2, "expires=\"590\""));
	CU_ASSERT(has(2, "q=\"0.500\""));
	/* Only asked: nothing has happened. */
	registers(3, "");
	CU_ASSERT_EQUAL(tester_count(&t, "NOTIFY", 0), 3);
	registers(4, "Contact: <" PC ">;expires=600\n");
	CU_ASSERT(says(3,
	    MINE " is registered, " PC " (refreshed), " CELL " (registered)"));
	registers(5, "Contact: <" PC ">;expires=0\n");
	CU_ASSERT(says(4, MINE " is registered, " PC " (unregistered), " CELL
			       " (registered)"));
	/* What has ended is said once. */
	stage_run(&s, 98000);
	for (size_t i = 0; tester_count(&t, "NOTIFY", 0) < 6 && i < 40; i++)
		stage_run(&s, 100);
	CU_ASSERT(says(5, MINE " is not registered, " CELL " (expired)"));
	CU_ASSERT(has(5,
	    "<registration aor=\"" MINE "\" id=\"r1\" state=\"terminated\">"));
	registers(6, "Contact: <" PC ">, <" CELL ">\n");
	CU_ASSERT(says(6,
	    MINE " is registered, " PC " (registered), " CELL " (registered)"));
	CU_ASSERT(has(6, "<contact id=\"c3\" state=\"active\""));
	registers(7, "Contact: *\nExpires: 0\n");
	CU_ASSERT(says(7, MINE " is not registered, " PC
			       " (unregistered), " CELL " (unregistered)"));
	/* What is refused changes nothing. */
	registers(8, "Contact: *\n");
	registers(9, "Contact: <" PC ">;expires=5\n");
	CU_ASSERT_EQUAL(tester_count(&t, "NOTIFY", 0), 8);
	stop();
}

static int
bind(const char *verb, const char *expires)
{
	int err = stage_do(&s, "reg", verb, NULL, "aor", MINE, "contact", PC,
	    expires != NULL ? "expires" : NULL, expires, NULL);

	stage_run(&s, 25);
	return err;
}

static void
administrator(void)
{
	start("registrar location", "");
	CU_ASSERT_EQUAL(bind("bind", NULL), 0);
	ask("SUBSCRIBE", MINE, TO, "s", 1, EVENT);
	CU_ASSERT(says(0, MINE " is registered, " PC " (created)"));
	CU_ASSERT(!has(0, "expires="));
	CU_ASSERT_EQUAL(bind("bind", "100s"), 0);
	CU_ASSERT(says(1, MINE " is registered, " PC " (shortened)"));
	CU_ASSERT_EQUAL(bind("unbind", NULL), 0);
	CU_ASSERT(says(2, MINE " is not registered, " PC " (deactivated)"));
	CU_ASSERT_EQUAL(bind("bind", "100s"), 0);
	CU_ASSERT(says(3, MINE " is registered, " PC " (created)"));
	stop();
}

/* One watcher is slow: what ends meanwhile reaches both. */
static void
slow_watcher(void)
{
	start("registrar location", "");
	ask("SUBSCRIBE", MINE, TO, "s", 1, EVENT);
	notify(0);
	ask("SUBSCRIBE", MINE, TO, "u", 1, EVENT);
	/* The second one's first NOTIFY is not answered yet. */
	registers(1, "Contact: <" PC ">\n");
	CU_ASSERT(says(2, MINE " is registered, " PC " (registered)"));
	registers(2, "Contact: <" PC ">;expires=0\n");
	CU_ASSERT(says(3, MINE " is not registered, " PC " (unregistered)"));
	registers(3, "Contact: <" CELL ">\n");
	CU_ASSERT(says(4, MINE " is registered, " CELL " (registered)"));
	CU_ASSERT_EQUAL(tester_count(&t, "NOTIFY", 0), 5);
	notify(1);
	CU_ASSERT(says(5, MINE " is registered, " PC " (unregistered), " CELL
			       " (registered)"));
	/* The last watcher goes: nothing is kept. */
	CU_ASSERT_EQUAL(stage_do(&s, "reg", "crash", NULL, NULL), 0);
	CU_ASSERT_EQUAL(stage_do(&s, "reg", "restart", NULL, NULL), 0);
	registers(4, "Contact: <" PC ">\n");
	CU_ASSERT_EQUAL(tester_count(&t, "NOTIFY", 0), 6);
	stop();
}

/* A NOTIFY can't be sent, now or later: the subscription is over. */
static void
unreachable(void)
{
	static const char *const contacts[] = { "<tel:123>",
		"<sip:tester@nowhere.example>", "<sips:tester@192.0.2.9>" };

	for (size_t i = 0; i < sizeof(contacts) / sizeof(contacts[0]); i++) {
		char extra[100];

		start("registrar location", "");
		snprintf(extra, sizeof(extra), "Event: reg\nContact: %s\n",
		    contacts[i]);
		ask("SUBSCRIBE", MINE, TO, "s", 1, extra);
		registers(1, "Contact: <" PC ">;expires=600\n");
		CU_ASSERT_EQUAL(tester_count(&t, "REGISTER", 200), 1);
		CU_ASSERT_EQUAL(tester_count(&t, "NOTIFY", 0), 0);
		stop();
	}
	/* It is reached once, and sends its NOTIFYs elsewhere then. */
	start("registrar location", "");
	ask("SUBSCRIBE", MINE, TO, "s", 1, EVENT);
	tester_answer(&t, tester_find(&t, "NOTIFY", 0, 0), 200, "",
	    "Contact: <tel:123>\n");
	stage_run(&s, 25);
	registers(1, "Contact: <" PC ">;expires=600\n");
	stage_run(&s, 70000);
	registers(2, "Contact: <" CELL ">;expires=600\n");
	CU_ASSERT_EQUAL(tester_count(&t, "REGISTER", 200), 2);
	stop();
}

/* The location service is elsewhere, slow, or silent. */
static void
far_location(void)
{
	for (size_t i = 0; i < 3; i++) {
		start("registrar", "location=loc");
		stage_node(&s, "loc", "location", "t.example", 5,
		    i == 1 ? "think=100ms" : "");
		registers(1, "Contact: <" PC ">\n");
		stage_run(&s, 200);
		if (i == 2)
			stage_do(&s, "loc", "crash", NULL, NULL);
		ask("SUBSCRIBE", MINE, TO, "s", 1, EVENT);
		/* Nothing is known yet, and nothing said. */
		CU_ASSERT(says(0, ""));
		if (i == 1)
			registers(2, "Contact: <" CELL ">\n");
		stage_run(&s, 4000);
		if (i == 0)
			CU_ASSERT(says(
			    1, MINE " is registered, " PC " (registered)"));
		if (i == 1)
			notify(1);
		if (i == 1)
			CU_ASSERT(says(tester_count(&t, "NOTIFY", 0) - 1,
			    MINE " is registered, " PC " (registered), " CELL
				 " (registered)"));
		if (i == 2)
			CU_ASSERT_EQUAL(tester_count(&t, "NOTIFY", 0), 1);
		/* It ends while a question is open. */
		if (i == 0)
			ask("SUBSCRIBE", MINE, TO, "e", 1,
			    EVENT "Expires: 0\n");
		stage_do(&s, "reg", "crash", NULL, NULL);
		stop();
	}
	start("registrar", "location=loc");
	stage_node(&s, "loc", "location", "t.example", 5, "think=5s");
	ask("SUBSCRIBE", MINE, TO, "e", 1, EVENT "Expires: 0\n");
	notify(0);
	stage_do(&s, "reg", "crash", NULL, NULL);
	stop();
}

/* ---- a phone whose binding the registrar ends ---- */

#define ALICE "sip:alice@a.example"
#define CONTACT_OF(state, event)                               \
	"<contact id=\"2\" state=\"" state "\" event=\"" event \
	"\"><uri>sip:alice@192.0.2.3:5060</uri></contact>"
#define ENDED(event) CONTACT_OF("terminated", event)
#define OF(aor)      "<registration aor=\"" aor "\" id=\"1\" state=\"active\">"

static size_t
registered(void)
{
	return tester_count(&t, "REGISTER", 0);
}

/* Alice's phone has registered with the tester, and subscribes to that. */
static void
start_phone(void)
{
	stage_open(&s);
	tester_open(&s, &t, "peer", 9);
	stage_node(&s, "alice", "ua", "a.example", 3, "");
	CU_ASSERT_EQUAL_FATAL(
	    world_add_domain(s.w, "a.example", world_find(s.w, "peer")), 0);
	stage_do(&s, "alice", "register", NULL, NULL);
	stage_run(&s, 25);
	tester_answer(&t, tester_find(&t, "REGISTER", 0, 0), 200, "r",
	    "Contact: <sip:alice@192.0.2.3:5060>;expires=3600\n");
	stage_do(&s, "alice", "subscribe", NULL, "target", ALICE, "event",
	    "reg", NULL);
	stage_run(&s, 25);
	tester_answer(&t, tester_find(&t, "SUBSCRIBE", 0, 0), 200, "r",
	    "Expires: 3761\n");
}

/* The tester's NOTIFY number CSEQ has BODY. */
static void
tell_phone(unsigned cseq, const char *body)
{
	size_t i = tester_find(&t, "SUBSCRIBE", 0, 0);

	tester_say(&t, 3,
	    "NOTIFY sip:alice@192.0.2.3 SIP/2.0\n"
	    "Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKn%u\n"
	    "From: <" ALICE ">;tag=r\n"
	    "To: <" ALICE ">;tag=%.*s\n"
	    "Call-ID: %.*s\n"
	    "CSeq: %u NOTIFY\n"
	    "Contact: <sip:reg@192.0.2.9>\n"
	    "Event: reg\nSubscription-State: active;expires=3000\n"
	    "Content-Type: " REG_INFO_TYPE "\n\n"
	    "%s",
	    cseq, STR_ARG(msg_tag(msg_value(tester_at(&t, i), MSG_H_FROM))),
	    STR_ARG(msg_value(tester_at(&t, i), MSG_H_CALL_ID)), cseq, body);
	stage_run(&s, 25);
}

/* RFC 3680 4.7.1: how many REGISTERs follow at once, and how many after a
 * minute and a half; another one is the refresh, much later. */
static void
told_phone(void)
{
	static const struct {
		const char *body;
		size_t at_once, later;
		const char *state;
	} rows[] = {
		{ FULL OF(ALICE) ENDED("deactivated") END, 1, 1,
		    "registering" },
		{ FULL OF(ALICE) ENDED("probation\" retry-after=\"80") END, 0,
		    1, "unregistered" },
		{ FULL OF(ALICE) ENDED("probation") END, 0, 1, "unregistered" },
		{ FULL OF(ALICE) ENDED("probation\" retry-after=\"x") END, 0, 1,
		    "unregistered" },
		{ FULL OF(ALICE) ENDED("probation\" retry-after=\"4294967295")
			END,
		    0, 0, "unregistered" },
		{ FULL OF(ALICE) ENDED("rejected") END, 0, 0, "failed" },
		{ FULL OF(ALICE) ENDED("unregistered") END, 0, 0, NULL },
		{ FULL OF(ALICE) ENDED("expired") END, 0, 0, NULL },
		{ FULL OF(ALICE) CONTACT_OF("active", "shortened") END, 0, 0,
		    NULL },
		/* It is there again already. */
		{ FULL OF(ALICE) ENDED("deactivated")
			CONTACT_OF("active", "registered") END,
		    0, 0, NULL },
		{ FULL OF(ALICE) CONTACT_OF("active", "registered")
			ENDED("rejected") END,
		    0, 0, NULL },
		/* Another user's, another contact, no document. */
		{ FULL OF("sip:bob@a.example") ENDED("deactivated") END, 0, 0,
		    NULL },
		{ FULL OF(ALICE) "<contact id=\"2\" state=\"terminated\" "
				 "event=\"deactivated\"><uri>sip:alice@192.0.2."
				 "7</uri>"
				 "</contact>" END,
		    0, 0, NULL },
		{ FULL OF(ALICE) ENDED("deactivated"), 0, 0, NULL },
		{ "", 0, 0, NULL },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char to[40];

		start_phone();
		tell_phone(1, rows[i].body);
		if (registered() != 1 + rows[i].at_once)
			printf("  row %zu: %zu\n", i, registered());
		CU_ASSERT_EQUAL(registered(), 1 + rows[i].at_once);
		snprintf(to, sizeof(to), "\"to\":\"%s\"",
		    rows[i].state != NULL ? rows[i].state : "");
		CU_ASSERT_EQUAL(stage_count(&s, "\"machine\":\"registration\"",
				    "rfc3680-4.7.1", to),
		    rows[i].state != NULL);
		if (rows[i].at_once > 0)
			tester_answer(&t, tester_find(&t, "REGISTER", 0, 1),
			    200, "r",
			    "Contact: <sip:alice@192.0.2.3:5060>;"
			    "expires=3600\n");
		stage_run(&s, 82000);
		if (registered() > 1)
			tester_answer(&t, tester_find(&t, "REGISTER", 0, 1),
			    200, "r", "");
		CU_ASSERT(registered() >= 1 + rows[i].later);
		CU_ASSERT((registered() > 1) == (rows[i].later > 0));
		stage_do(&s, "alice", "crash", NULL, NULL);
		stop();
	}
}

/* Whoever ends it again and again does not get a REGISTER each time, whatever
 * he calls it. */
static void
told_so_often(const char *ended)
{
	start_phone();
	for (unsigned i = 1; i < 20; i++) {
		size_t before = registered();

		tell_phone(i, ended);
		if (registered() > before)
			tester_answer(&t,
			    tester_find(&t, "REGISTER", 0, before), 200, "r",
			    "Contact: <sip:alice@192.0.2.3:5060>;"
			    "expires=3600\n");
		stage_run(&s, 25);
	}
	CU_ASSERT_EQUAL(registered(), 2);
	/* Taken back while it waits: nothing more is asked for. */
	stage_do(&s, "alice", "unregister", NULL, NULL);
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(registered(), 3);
	tester_answer(&t, tester_find(&t, "REGISTER", 0, 2), 200, "r", "");
	stage_run(&s, 82000);
	CU_ASSERT_EQUAL(registered(), 3);
	stage_do(&s, "alice", "crash", NULL, NULL);
	stop();
}

static void
told_often(void)
{
	told_so_often(FULL OF(ALICE) ENDED("deactivated") END);
	told_so_often(FULL OF(ALICE) ENDED("probation\" retry-after=\"0") END);
}

CHECK_MAIN("reg_event", { "bodies", bodies }, { "who may know", who_may_know },
    { "with passwords", with_passwords }, { "events", events },
    { "administrator", administrator }, { "slow watcher", slow_watcher },
    { "unreachable", unreachable }, { "far location", far_location },
    { "forgotten", forgotten }, { "told phone", told_phone },
    { "told often", told_often })
