/* A user agent is called by a tester: RFC 3261 8.2, 9.2, 13.3, 15. */
#include "stage.h"

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

/* An INVITE with Call-ID, tag and branch ID; runs until it has been answered
 * at once. */
static void
invite(const char *id, const char *extra)
{
	tester_ask(&t, 3, "INVITE", "sip:bob@192.0.2.3", "<sip:bob@b.example>",
	    id, 1, id, extra);
	stage_run(&s, 25);
}

/* A request in the dialog of that INVITE. */
static void
within(const char *method, const char *id, unsigned cseq, const char *branch)
{
	char to[120], tag[80];
	size_t i = t.n;

	do
		i--;
	while (i > 0 &&
	       (tester_at(&t, i)->request ||
		   msg_tag(msg_value(tester_at(&t, i), MSG_H_TO)).n == 0 ||
		   !str_is(msg_value(tester_at(&t, i), MSG_H_CALL_ID), id)));
	snprintf(to, sizeof(to), "<sip:bob@b.example>;tag=%s",
	    tester_tag(&t, i, MSG_H_TO, tag));
	tester_ask(
	    &t, 3, method, "sip:bob@192.0.2.3", to, id, cseq, branch, "");
	stage_run(&s, 25);
}

static void
answers(void)
{
	size_t ok;

	start("answer=1s");
	invite("a",
	    "Record-Route: <sip:192.0.2.9;lr>, <sip:192.0.2.8>\n" CONTACT(7));
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 180), 1);
	CU_ASSERT(tester_has(&t, 0, "Record-Route", "192.0.2.9"));
	CU_ASSERT(tester_has(&t, 0, "Contact", "<sip:bob@192.0.2.3:5060>"));
	CU_ASSERT(stage_call_is(&s, "bob/1", "early"));
	stage_run(&s, 1000);
	ok = tester_find(&t, "INVITE", 200, 0);
	CU_ASSERT(tester_has(&t, ok, "Record-Route", "192.0.2.8"));
	/* No offer in the INVITE: one in the 200. */
	CU_ASSERT(
	    str_find(tester_at(&t, ok)->body, "m=audio 49170 RTP/AVP 0 8") > 0);
	/* 13.3.1.4: repeated until the ACK, with the INVITE's CSeq. */
	within("ACK", "a", 2, "a2");
	stage_run(&s, 1600);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 200), 3);
	within("ACK", "a", 1, "a3");
	CU_ASSERT(stage_call_is(&s, "bob/1", "confirmed"));
	stage_run(&s, 40000);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 200), 3);
	/* 12.1.1: the routes in the order received; BYE along them. */
	stage_do(&s, "bob", "bye", "bob/1", NULL);
	stage_run(&s, 25);
	ok = tester_find(&t, "BYE", 0, 0);
	CU_ASSERT(str_is(
	    msg_value(tester_at(&t, ok), MSG_H_ROUTE), "<sip:192.0.2.9;lr>"));
	CU_ASSERT(tester_has(&t, ok, "Route", "<sip:192.0.2.8>"));
	CU_ASSERT(str_is(tester_at(&t, ok)->uri, "sip:tester@192.0.2.7"));
	tester_answer(&t, ok, 481, "", "");
	stage_run(&s, 25);
	CU_ASSERT(stage_call_is(&s, "bob/1", "terminated"));
	stop();
}

/* 13.3.1.4: 64*T1 without an ACK, then BYE.  15: a BYE waits for the ACK. */
static void
no_ack(void)
{
	start("answer=0s");
	invite("a", CONTACT(9));
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 200), 1);
	stage_run(&s, 31900);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 200), 11);
	CU_ASSERT_EQUAL(tester_count(&t, "BYE", 0), 0);
	stage_run(&s, 200);
	CU_ASSERT_EQUAL(tester_count(&t, "BYE", 0), 1);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("call"), RULE("invite-no-ack"), NULL), 1);
	invite("b", CONTACT(9));
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "bye", "bob/2", NULL), 0);
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(tester_count(&t, "BYE", 0), 1);
	within("ACK", "b", 1, "b2");
	CU_ASSERT_EQUAL(tester_count(&t, "BYE", 0), 2);
	/* An ACK with the INVITE's own branch, as of RFC 2543. */
	invite("c", CONTACT(9));
	within("ACK", "c", 1, "c");
	CU_ASSERT(stage_call_is(&s, "bob/3", "confirmed"));
	/* The caller hangs up before the ACK. */
	invite("d", CONTACT(9));
	within("BYE", "d", 2, "d2");
	CU_ASSERT(stage_call_is(&s, "bob/4", "terminated"));
	within("BYE", "c", 2, "c2");
	stop();
}

/* 9.2 in each state; 15.1.2: BYE of an early dialog. */
static void
cancelled(void)
{
	char tag[80];

	start("answer=5s");
	invite("a", CONTACT(9));
	tester_ask(&t, 3, "CANCEL", "sip:bob@192.0.2.3", "<sip:bob@b.example>",
	    "a", 1, "a", "");
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(tester_count(&t, "CANCEL", 200), 1);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 487), 1);
	tester_tag(&t, 0, MSG_H_TO, tag);
	CU_ASSERT(tester_has(&t, tester_find(&t, "CANCEL", 200, 0), "To", tag));
	CU_ASSERT(tester_has(&t, tester_find(&t, "INVITE", 487, 0), "To", tag));
	within("ACK", "a", 1, "a");
	/* Another branch: nothing is found. */
	tester_ask(&t, 3, "CANCEL", "sip:bob@192.0.2.3", "<sip:bob@b.example>",
	    "a", 1, "x", "");
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(tester_count(&t, "CANCEL", 481), 1);
	/* Answered: no effect. */
	invite("b", CONTACT(9));
	stage_do(&s, "bob", "answer", "bob/2", NULL);
	tester_ask(&t, 3, "CANCEL", "sip:bob@192.0.2.3", "<sip:bob@b.example>",
	    "b", 1, "b", "");
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(tester_count(&t, "CANCEL", 200), 2);
	within("ACK", "b", 1, "b1");
	CU_ASSERT(stage_call_is(&s, "bob/2", "confirmed"));
	within("BYE", "b", 2, "b2");
	/* BYE while it rings. */
	invite("c", CONTACT(9));
	within("BYE", "c", 2, "c2");
	CU_ASSERT_EQUAL(tester_count(&t, "BYE", 200), 2);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 487), 2);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("call"), RULE("bye-487"), NULL), 1);
	stop();
}

static void
refuses(void)
{
	start("answer=never");
	invite("a", CONTACT(9));
	CU_ASSERT_EQUAL(
	    stage_do(&s, "bob", "reject", "bob/1", "code", "99", NULL),
	    ERR_RANGE);
	CU_ASSERT_EQUAL(
	    stage_do(&s, "bob", "reject", "bob/1", "code", "603", NULL), 0);
	invite("b", CONTACT(9));
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "ring", "bob/2", NULL), 0);
	CU_ASSERT_EQUAL(
	    stage_do(&s, "bob", "cancel", "bob/2", NULL), ERR_STATE);
	/* `bye` of a call that rings refuses it. */
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "bye", "bob/2", NULL), 0);
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 603), 1);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 486), 1);
	stage_do(&s, "bob", "set", NULL, "busy", "true", NULL);
	invite("c", CONTACT(9));
	tester_ask(&t, 3, "OPTIONS", "sip:bob@b.example:5060", "<sip:bob@b>",
	    "o", 1, "o", "");
	stage_run(&s, 25);
	CU_ASSERT(tester_count(&t, "INVITE", 486) >= 2);
	CU_ASSERT_EQUAL(tester_count(&t, "OPTIONS", 486), 1);
	stop();
}

/* 13.3.1, 13.3.1.1: Expires; the 180 every minute. */
static void
rings_long(void)
{
	start("answer=never");
	invite("a", "Expires: 130\n" CONTACT(9));
	stage_run(&s, 125000);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 180), 3);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 487), 0);
	stage_run(&s, 5100);
	CU_ASSERT(tester_count(&t, "INVITE", 487) > 0);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("call"), RULE("invite-expired"), NULL), 1);
	stop();
}

/* 8.2: what is no call, in the order of the sections. */
static void
judges(void)
{
	static const struct {
		const char *method, *uri, *to, *extra;
		unsigned status;
	} rows[] = {
		{ "MESSAGE", "sip:bob@192.0.2.3", "<sip:bob@b>", "", 405 },
		{ "NEW", "sip:bob@192.0.2.3", "<sip:bob@b>", "", 501 },
		{ "OPTIONS", "tel:123", "<sip:bob@b>", "", 416 },
		{ "OPTIONS", "sip:eve@192.0.2.3", "<sip:bob@b>", "", 404 },
		{ "OPTIONS", "sip:bob@c.example", "<sip:bob@b>", "", 404 },
		{ "OPTIONS", "sip:192.0.2.3", "<sip:bob@b>", "", 200 },
		{ "OPTIONS", "sip:b%6Fb@B.example;user=phone", "<sip:x@b>", "",
		    200 },
		{ "OPTIONS", "sip:bob@192.0.2.3", "<sip:bob@b>;tag=x", "",
		    481 },
		{ "BYE", "sip:bob@192.0.2.3", "<sip:bob@b>", "", 481 },
		{ "INVITE", "sip:bob@192.0.2.3", "<sip:bob@b>;tag=x",
		    CONTACT(9), 481 },
		{ "OPTIONS", "sip:bob@192.0.2.3", "<sip:bob@b>",
		    "Require: 100rel\n", 420 },
		{ "INVITE", "sip:bob@192.0.2.3", "<sip:bob@b>",
		    "Require: x\nContent-Type: text/plain\n", 420 },
		{ "INVITE", "sip:bob@192.0.2.3", "<sip:bob@b>", "", 400 },
		{ "INVITE", "sip:bob@192.0.2.3", "<sip:bob@b>", "Contact: *\n",
		    400 },
		{ "INVITE", "sip:bob@192.0.2.3", "<sip:bob@b>",
		    CONTACT(9) "Content-Type: text/plain\n\nhello", 415 },
		{ "INVITE", "sip:bob@192.0.2.3", "<sip:bob@b>",
		    CONTACT(9) "Content-Type: application/sdp\n\nhello", 488 },
		{ "INVITE", "sip:bob@192.0.2.3", "<sip:bob@b>",
		    CONTACT(9) "Content-Type: application/sdp\n\n"
			       "v=0\nm=video 9 RTP/AVP 0\n",
		    488 },
		{ "INVITE", "sip:bob@192.0.2.3", "<sip:bob@b>",
		    CONTACT(9) "Content-Type: Application/SDP; x=y\n\n"
			       "v=0\nc=IN IP4 192.0.2.9\n"
			       "m=video 9 RTP/AVP 9\nm=audio 9 RTP/AVP 3 8\n",
		    200 },
	};
	size_t i;

	start("answer=0s");
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char id[12];
		size_t n = t.n;

		snprintf(id, sizeof(id), "j%zu", i);
		tester_ask(&t, 3, rows[i].method, rows[i].uri, rows[i].to, id,
		    1, id, rows[i].extra);
		stage_run(&s, 25);
		while (
		    n < t.n &&
		    (!str_is(msg_value(tester_at(&t, n), MSG_H_CALL_ID), id) ||
			tester_status(&t, n) < 200))
			n++;
		if (tester_status(&t, n) != rows[i].status)
			printf("  row %zu: %u\n", i, tester_status(&t, n));
		CU_ASSERT_EQUAL(tester_status(&t, n), rows[i].status);
		CU_ASSERT(rows[i].status != 405 ||
			  tester_has(&t, n, "Allow",
			      "INVITE, ACK, BYE, CANCEL, OPTIONS"));
		CU_ASSERT(rows[i].status != 415 ||
			  tester_has(&t, n, "Accept", "application/sdp"));
	}
	/* RFC 3264 6: the video refused, of the audio what is known. */
	i = tester_find(&t, "INVITE", 200, 0);
	CU_ASSERT(
	    str_find(tester_at(&t, i)->body,
		"m=video 0 RTP/AVP 9\r\nm=audio 49170 RTP/AVP 8\r\n") > 0);
	stop();
}

/* 8.2.2.2: the same INVITE by two ways. */
static void
merged(void)
{
	start("answer=1s");
	invite("a", CONTACT(9));
	tester_ask(&t, 3, "INVITE", "sip:bob@192.0.2.3", "<sip:bob@b.example>",
	    "a", 1, "other", CONTACT(9));
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 482), 1);
	/* By the same way: absorbed. */
	invite("a", CONTACT(9));
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 180), 2);
	CU_ASSERT_EQUAL(stage_count(&s, KIND("call"), "\"bob/2\"", NULL), 0);
	stop();
}

CHECK_MAIN("callee", { "answers", answers }, { "no ACK", no_ack },
    { "cancelled", cancelled }, { "refuses", refuses },
    { "rings long", rings_long }, { "judges", judges }, { "merged", merged }, )
