/* Calls of a user agent, the other side being a tester: RFC 3261 9, 12 to 15.
 */
#include "fixtures/stage.h"

static struct stage s;
static struct tester t;

static void
start(const char *attrs)
{
	stage_open(&s);
	tester_open(&s, &t, "peer", 9);
	stage_node(&s, "bob", "ua", "b.example", 3, attrs);
}

static void
stop(void)
{
	CU_ASSERT(stage_run(&s, 80000));
	CU_ASSERT_EQUAL(sim_held(s.w->sim), 0);
	stage_close(&s);
	tester_close(&t);
}

/* ---- bob calls ---- */

#define PEER "sip:peer@192.0.2.9"

/* Bob calls the tester: the call's name; its INVITE is message 0. */
static const char *
calls(void)
{
	const char *call = stage_call(&s, "bob", PEER);

	stage_run(&s, 15);
	CU_ASSERT(tester_is(&t, 0, "INVITE"));
	return call;
}

/* The same, answered and acknowledged. */
static char name[96];

static const char *
talks(const char *headers)
{
	snprintf(name, sizeof(name), "%s", calls());
	tester_answer(&t, 0, 200, "p", headers);
	stage_run(&s, 25);
	CU_ASSERT(stage_call_is(&s, name, "confirmed"));
	CU_ASSERT_EQUAL(tester_count(&t, "ACK", 0), 1);
	return name;
}

/* The branch of the I-th message. */
static const char *
branch_of(size_t i)
{
	static char text[100];
	struct msg_via via = { 0 };

	msg_via_read(msg_value(tester_at(&t, i), MSG_H_VIA), &via);
	snprintf(text, sizeof(text), "%.*s", STR_ARG(via.branch));
	return text;
}

static void
invites(void)
{
	size_t ack;

	start("");
	talks(CONTACT(9));
	CU_ASSERT(tester_has(&t, 0, "Allow", "INVITE, ACK"));
	CU_ASSERT(tester_has(&t, 0, "Contact", "<sip:bob@192.0.2.3:5060>"));
	CU_ASSERT(tester_has(&t, 0, "To", "<sip:peer@192.0.2.9>"));
	CU_ASSERT(str_starts(tester_at(&t, 0)->body, "v=0\r\n"));
	ack = tester_find(&t, "ACK", 0, 0);
	CU_ASSERT(str_is(tester_at(&t, ack)->uri, "sip:tester@192.0.2.9"));
	CU_ASSERT(tester_has(&t, ack, "CSeq", "1 ACK"));
	CU_ASSERT(!str_eq(msg_value(tester_at(&t, 0), MSG_H_VIA),
	    msg_value(tester_at(&t, ack), MSG_H_VIA)));
	/* 13.2.2.4: each repeated 2xx gets the same ACK, also the last. */
	tester_answer(&t, 0, 200, "p", CONTACT(9));
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(tester_count(&t, "ACK", 0), 2);
	CU_ASSERT(str_eq(buf_view(&t.got[ack].bytes),
	    buf_view(&t.got[tester_find(&t, "ACK", 0, 1)].bytes)));
	stage_run(&s, 35000);
	tester_answer(&t, 0, 200, "p", CONTACT(9));
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(tester_count(&t, "ACK", 0), 3);
	/* 15.1.1 */
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "bye", name, NULL), 0);
	stage_run(&s, 15);
	CU_ASSERT(
	    tester_has(&t, tester_find(&t, "BYE", 0, 0), "CSeq", "2 BYE"));
	CU_ASSERT(stage_call_is(&s, name, "terminating"));
	tester_answer(&t, tester_find(&t, "BYE", 0, 0), 200, "", "");
	stage_run(&s, 15);
	CU_ASSERT(stage_call_is(&s, name, "terminated"));
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "bye", name, NULL), ERR_NOTFOUND);
	stop();
}

/* The way of the states, and each end that an unanswered call can take. */
static void
comes_to_nothing(void)
{
	start("");
	calls();
	CU_ASSERT(stage_call_is(&s, "bob/1", "calling"));
	tester_answer(&t, 0, 100, "", "");
	stage_run(&s, 15);
	CU_ASSERT(stage_call_is(&s, "bob/1", "proceeding"));
	tester_answer(&t, 0, 180, "p", CONTACT(9));
	stage_run(&s, 15);
	CU_ASSERT(stage_call_is(&s, "bob/1", "early"));
	tester_answer(&t, 0, 603, "p", "");
	stage_run(&s, 25);
	CU_ASSERT(stage_call_is(&s, "bob/1", "terminated"));
	CU_ASSERT_EQUAL(tester_count(&t, "ACK", 0), 1);
	/* Nobody there: 408. */
	stage_call(&s, "bob", "sip:x@192.0.2.77");
	stage_run(&s, 33000);
	CU_ASSERT(stage_call_is(&s, "bob/2", "terminated"));
	CU_ASSERT_EQUAL(stage_count(&s, KIND("call"), "\"status\":408",
			    RULE("uac-timeout-408")),
	    1);
	/* What can't be called. */
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "invite", NULL, "target",
			    "sip:a@nowhere.example", NULL),
	    0);
	CU_ASSERT(s.w->lost.text[0] != '\0');
	stage_run(&s, 25);
	CU_ASSERT(stage_call_is(&s, "bob/3", "terminated"));
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "invite", NULL, "target",
			    "sip:a@192.0.2.9>\r\nEvil: 1", NULL),
	    ERR_SYNTAX);
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "invite", NULL, NULL), ERR_SYNTAX);
	stop();
}

/* 9.1: in each state; and when the 200 is faster. */
static void
cancels(void)
{
	size_t invite;

	start("");
	/* Before a provisional response: waits for one. */
	calls();
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "cancel", "bob/1", NULL), 0);
	stage_run(&s, 15);
	CU_ASSERT_EQUAL(tester_count(&t, "CANCEL", 0), 0);
	CU_ASSERT(stage_call_is(&s, "bob/1", "terminating"));
	tester_answer(&t, 0, 180, "p", CONTACT(9));
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(tester_count(&t, "CANCEL", 0), 1);
	CU_ASSERT(tester_has(
	    &t, tester_find(&t, "CANCEL", 0, 0), "Via", branch_of(0)));
	/* Another 1xx changes nothing. */
	tester_answer(&t, 0, 183, "p", CONTACT(9));
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(tester_count(&t, "CANCEL", 0), 1);
	CU_ASSERT(stage_call_is(&s, "bob/1", "terminating"));
	tester_answer(&t, tester_find(&t, "CANCEL", 0, 0), 200, "p", "");
	tester_answer(&t, 0, 487, "p", "");
	stage_run(&s, 25);
	CU_ASSERT(stage_call_is(&s, "bob/1", "terminated"));
	/* Crossing with the 200: ACK, then BYE. */
	stage_call(&s, "bob", PEER);
	stage_run(&s, 15);
	invite = tester_find(&t, "INVITE", 0, 1);
	tester_answer(&t, invite, 180, "q", CONTACT(9));
	stage_run(&s, 15);
	stage_do(&s, "bob", "cancel", "bob/2", NULL);
	tester_answer(&t, invite, 200, "q", CONTACT(9));
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(tester_count(&t, "ACK", 0), 2);
	CU_ASSERT_EQUAL(tester_count(&t, "BYE", 0), 1);
	tester_answer(&t, tester_find(&t, "BYE", 0, 0), 200, "", "");
	/* No final response for 64*T1: given up. */
	stage_call(&s, "bob", PEER);
	stage_run(&s, 15);
	tester_answer(
	    &t, tester_find(&t, "INVITE", 0, 2), 180, "r", CONTACT(9));
	stage_run(&s, 15);
	/* `bye` of an unanswered call takes it back. */
	stage_do(&s, "bob", "bye", "bob/3", NULL);
	stage_run(&s, 31900);
	CU_ASSERT(stage_call_is(&s, "bob/3", "terminating"));
	stage_run(&s, 200);
	CU_ASSERT(stage_call_is(&s, "bob/3", "terminated"));
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("call"), RULE("cancel-timeout"), NULL), 1);
	stop();
}

/* 12.1.2, 12.2.1.1: routes reversed; a strict router; names as targets. */
static void
routes(void)
{
	size_t i;

	start("");
	world_add_domain(s.w, "peer.example", t.node);
	talks("Record-Route: <sip:192.0.2.77;lr>, <sip:192.0.2.78;lr>\n"
	      "Record-Route: <sip:192.0.2.9;lr>\n" CONTACT(5));
	i = tester_find(&t, "ACK", 0, 0);
	CU_ASSERT(str_is(tester_at(&t, i)->uri, "sip:tester@192.0.2.5"));
	CU_ASSERT_EQUAL(msg_count_values(tester_at(&t, i), MSG_H_ROUTE), 3);
	CU_ASSERT(str_is(
	    msg_value(tester_at(&t, i), MSG_H_ROUTE), "<sip:192.0.2.9;lr>"));
	stage_do(&s, "bob", "bye", name, NULL);
	stage_run(&s, 15);
	CU_ASSERT_EQUAL(tester_count(&t, "BYE", 0), 1);
	stop();
	/* The first one strict: it is the Request-URI, the target comes last.
	 */
	start("");
	talks(
	    "Record-Route: <sip:192.0.2.78;lr>, <sip:192.0.2.9>\n" CONTACT(5));
	i = tester_find(&t, "ACK", 0, 0);
	CU_ASSERT(str_is(tester_at(&t, i)->uri, "sip:192.0.2.9"));
	CU_ASSERT(str_is(
	    msg_value(tester_at(&t, i), MSG_H_ROUTE), "<sip:192.0.2.78;lr>"));
	CU_ASSERT(tester_has(&t, i, "Route", "<sip:tester@192.0.2.5>"));
	stage_do(&s, "bob", "bye", name, NULL);
	stop();
	/* A Contact that is a name; one that leads nowhere. */
	start("");
	world_add_domain(s.w, "peer.example", t.node);
	talks("Contact: <sip:tester@Peer.Example>\n");
	stage_do(&s, "bob", "bye", name, NULL);
	stage_run(&s, 15);
	CU_ASSERT_EQUAL(tester_count(&t, "BYE", 0), 1);
	stop();
	start("");
	snprintf(name, sizeof(name), "%s", calls());
	tester_answer(&t, 0, 200, "p", "Contact: <sip:x@nowhere.example>\n");
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(tester_count(&t, "ACK", 0), 0);
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "bye", name, NULL), ERR_NOTFOUND);
	CU_ASSERT(stage_call_is(&s, name, "terminated"));
	stop();
}

/* A 2xx without a Contact, or with one that names nobody. */
static void
no_contact(void)
{
	static const char *const contacts[] = { "", "Contact: *\n",
		"Contact: <tel:5>\n" };

	for (size_t i = 0; i < 3; i++) {
		start("");
		calls();
		if (i > 0)
			tester_answer(&t, 0, 180, "p", CONTACT(9));
		stage_run(&s, 15);
		tester_answer(&t, 0, 200, "p", contacts[i]);
		stage_run(&s, 25);
		CU_ASSERT(stage_call_is(&s, "bob/1", "confirmed"));
		CU_ASSERT_EQUAL(tester_count(&t, "ACK", 0), i < 2);
		stage_do(&s, "bob", "bye", "bob/1", NULL);
		stop();
	}
}

/* 13.2.2.4: several dialogs of one INVITE. */
static void
forked(void)
{
	size_t bye;

	start("");
	snprintf(name, sizeof(name), "%s", calls());
	tester_answer(&t, 0, 180, "one", CONTACT(9));
	tester_answer(&t, 0, 180, "two", CONTACT(9));
	stage_run(&s, 15);
	/* The one that rang second answers first. */
	tester_answer(&t, 0, 200, "two", CONTACT(9));
	stage_run(&s, 25);
	CU_ASSERT(stage_call_is(&s, name, "confirmed"));
	CU_ASSERT(
	    tester_has(&t, tester_find(&t, "ACK", 0, 0), "To", "tag=two"));
	/* A second 200: acknowledged, that session ended; also when the 200
	 * comes again. */
	tester_answer(&t, 0, 200, "one", CONTACT(9));
	stage_run(&s, 25);
	tester_answer(&t, 0, 200, "one", CONTACT(9));
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(tester_count(&t, "ACK", 0), 3);
	CU_ASSERT_EQUAL(tester_count(&t, "BYE", 0), 1);
	bye = tester_find(&t, "BYE", 0, 0);
	CU_ASSERT(tester_has(&t, bye, "To", "tag=one"));
	tester_answer(&t, bye, 200, "", "");
	stage_run(&s, 25);
	CU_ASSERT(stage_call_is(&s, name, "confirmed"));
	CU_ASSERT(stage_call_is(&s, "bob/2", "terminated"));
	stage_do(&s, "bob", "bye", name, NULL);
	stage_run(&s, 25);
	CU_ASSERT(
	    tester_has(&t, tester_find(&t, "BYE", 0, 1), "To", "tag=two"));
	stop();
}

/* ---- requests within the dialog ---- */

static void
in_dialog(
    const char *method, unsigned cseq, const char *branch, const char *extra)
{
	tester_say(&t, 3,
	    "%s sip:bob@192.0.2.3 SIP/2.0\n"
	    "Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bK%s\n"
	    "From: <sip:peer@192.0.2.9>;tag=p\n"
	    "To: <sip:bob@b.example>;tag=%.*s\n"
	    "Call-ID: %.*s\n"
	    "CSeq: %u %s\n%s\n",
	    method, branch,
	    STR_ARG(msg_tag(msg_value(tester_at(&t, 0), MSG_H_FROM))),
	    STR_ARG(msg_value(tester_at(&t, 0), MSG_H_CALL_ID)), cseq, method,
	    extra);
	stage_run(&s, 25);
}

static void
within(void)
{
	start("busy=true");
	talks(CONTACT(9));
	in_dialog("OPTIONS", 10, "1", "");
	CU_ASSERT_EQUAL(tester_count(&t, "OPTIONS", 200), 1);
	/* 12.2.2: lower is out of order; a gap is fine. */
	in_dialog("OPTIONS", 9, "2", "");
	CU_ASSERT_EQUAL(tester_count(&t, "OPTIONS", 500), 1);
	in_dialog("REGISTER", 20, "3", "");
	CU_ASSERT_EQUAL(tester_count(&t, "REGISTER", 405), 1);
	CU_ASSERT(tester_has(
	    &t, tester_find(&t, "REGISTER", 405, 0), "Allow", "OPTIONS"));
	in_dialog("OPTIONS", 21, "4", "Require: x\n");
	CU_ASSERT_EQUAL(tester_count(&t, "OPTIONS", 420), 1);
	/* 14.2: refused, and nothing is changed by it. */
	in_dialog("INVITE", 22, "5",
	    "Contact: <sip:peer@192.0.2.88>\n"
	    "Content-Type: application/sdp\n\n"
	    "v=0\nm=video 9 RTP/AVP 9\n");
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 488), 1);
	in_dialog("ACK", 22, "5", "");
	CU_ASSERT(stage_call_is(&s, name, "confirmed"));
	stage_do(&s, "bob", "bye", name, NULL);
	stage_run(&s, 15);
	CU_ASSERT(str_is(tester_at(&t, tester_find(&t, "BYE", 0, 0))->uri,
	    "sip:tester@192.0.2.9"));
	/* Both hang up at once. */
	in_dialog("INVITE", 23, "6", CONTACT(9));
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 481), 1);
	in_dialog("BYE", 24, "7", "");
	CU_ASSERT_EQUAL(tester_count(&t, "BYE", 200), 1);
	CU_ASSERT(stage_call_is(&s, name, "terminated"));
	in_dialog("BYE", 25, "8", "");
	CU_ASSERT_EQUAL(tester_count(&t, "BYE", 200), 2);
	in_dialog("OPTIONS", 26, "9", "");
	CU_ASSERT_EQUAL(tester_count(&t, "OPTIONS", 481), 1);
	/* RFC 5407 2: as long as Timer J of the BYEs runs. */
	stage_run(&s, 33000);
	in_dialog("BYE", 27, "10", "");
	CU_ASSERT_EQUAL(tester_count(&t, "BYE", 481), 1);
	stop();
}

/* The attribute `hangup`, and a BYE that nobody answers. */
static void
hangs_up(void)
{
	start("hangup=3s");
	talks(CONTACT(9));
	stage_run(&s, 3000);
	CU_ASSERT_EQUAL(tester_count(&t, "BYE", 0), 1);
	stage_run(&s, 33000);
	CU_ASSERT(stage_call_is(&s, name, "terminated"));
	CU_ASSERT_EQUAL(stage_count(&s, KIND("timer"), "\"hangup\"", NULL), 2);
	stop();
}

CHECK_MAIN("call", { "invites", invites },
    { "comes to nothing", comes_to_nothing }, { "cancels", cancels },
    { "routes", routes }, { "no contact", no_contact }, { "forked", forked },
    { "within", within }, { "hangs up", hangs_up }, )
