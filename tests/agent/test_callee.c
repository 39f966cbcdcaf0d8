/* A user agent is called by a tester: RFC 3261 8.2, 9.2, 13.3, 15. */
#include "fixtures/stage.h"

#define SDP(media)                                            \
	CONTACT(9)                                            \
	"Content-Type: application/sdp\n\nv=0\n"              \
	"o=- 1 1 IN IP4 192.0.2.9\ns=-\nc=IN IP4 192.0.2.9\n" \
	"t=0 0\n" media "\n"
#define AUDIO "m=audio 4000 RTP/AVP 8"

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

/* A request in the dialog of that INVITE; an ACK has an answer, for a 2xx that
 * offers. */
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
	tester_ask(&t, 3, method, "sip:bob@192.0.2.3", to, id, cseq, branch,
	    strcmp(method, "ACK") == 0 ? SDP(AUDIO) : "");
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
#define PARTS                                                        \
	"Content-Type: multipart/mixed;boundary=x\n\n"               \
	"--x\nContent-Type: application/sdp\n\nv=0\no=- 1 1 IN IP4 " \
	"192.0.2.9\n"                                                \
	"s=-\nc=IN IP4 192.0.2.9\nt=0 0\nm=audio 9 RTP/AVP 8\n\n"    \
	"--x\nContent-Type: application/isup;version=x"

static void
judges(void)
{
	static const struct {
		const char *method, *uri, *to, *extra;
		unsigned status;
	} rows[] = {
		{ "PUBLISH", "sip:bob@192.0.2.3", "<sip:bob@b>",
		    "Event: presence\n", 405 },
		{ "NEW", "sip:bob@192.0.2.3", "<sip:bob@b>", "", 501 },
		{ "OPTIONS", "tel:123", "<sip:bob@b>", "", 416 },
		/* 26.2.2: there is no TLS here. */
		{ "OPTIONS", "sips:bob@192.0.2.3", "<sip:bob@b>", "", 416 },
		{ "INVITE", "sips:bob@b.example", "<sip:bob@b>", CONTACT(9),
		    416 },
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
		    "Require: precondition\n", 420 },
		{ "INVITE", "sip:bob@192.0.2.3", "<sip:bob@b>",
		    CONTACT(9) "Require: x\nContent-Type: text/plain\n", 420 },
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
			       "v=0\no=- 1 1 IN IP4 192.0.2.9\ns=-\n"
			       "c=IN IP4 192.0.2.9\nt=0 0\n"
			       "m=video 9 RTP/AVP 9\nm=audio 9 RTP/AVP 3 8\n",
		    200 },
		/* RFC 5621 8.2: of parts that it does not know it may leave
		 * aside those that say so. */
		{ "INVITE", "sip:bob@192.0.2.3", "<sip:bob@b>",
		    CONTACT(9) PARTS "\n\nhello\n--x--\n", 415 },
		{ "INVITE", "sip:bob@192.0.2.3", "<sip:bob@b>",
		    CONTACT(9) PARTS "\nContent-Disposition: signal;"
				     "handling=optional\n\nhello\n--x--\n",
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

/* One more of the same: its branch is COPY. */
static void
again(const char *method, const char *id, const char *copy)
{
	tester_ask(&t, 3, method, "sip:bob@192.0.2.3", "<sip:bob@b.example>",
	    id, 1, copy, CONTACT(9));
	stage_run(&s, 25);
}

/* Also where the first one is refused, or no INVITE: as long as its
 * transaction lives. */
static void
merged_refused(void)
{
	size_t sent;

	start("busy=true");
	invite("a", CONTACT(9));
	again("INVITE", "a", "copy");
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 486), 1);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 482), 1);
	/* 9.2: a CANCEL of either has no effect but is answered. */
	again("CANCEL", "a", "copy");
	CU_ASSERT_EQUAL(tester_count(&t, "CANCEL", 200), 1);
	again("CANCEL", "a", "a");
	CU_ASSERT_EQUAL(tester_count(&t, "CANCEL", 200), 2);
	stage_run(&s, 40000);
	sent = tester_count(&t, "INVITE", 486);
	again("INVITE", "a", "later");
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 486), sent + 1);
	stop();
	start("");
	again("OPTIONS", "b", "one");
	again("OPTIONS", "b", "one");
	again("OPTIONS", "b", "two");
	CU_ASSERT_EQUAL(tester_count(&t, "OPTIONS", 200), 2);
	CU_ASSERT_EQUAL(tester_count(&t, "OPTIONS", 482), 1);
	again("OPTIONS", "c", "three");
	CU_ASSERT_EQUAL(tester_count(&t, "OPTIONS", 200), 3);
	/* Refused as no call can be: the first says why. */
	again("INVITE", "b", "inv");
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 180), 1);
	stage_do(&s, "bob", "reject", "bob/1", NULL);
	stop();
}

/* ---- what the settings make it say ---- */

/* Of INVITE and OPTIONS alike (11.2), with the rule and a field of the answer.
 */
static void
settings(void)
{
	static const struct {
		const char *attr, *value, *extra;
		unsigned status;
		bool options; /* the same for OPTIONS */
		const char *rule, *header, *text;
	} rows[] = {
		{ "busy", "true", "", 486, true, "invite-reject", NULL, NULL },
		{ "forward", "sip:carol@c.example", "", 302, true,
		    "invite-redirect", "Contact", "<sip:carol@c.example>" },
		{ "alternative", "sip:box@c.example", "", 380, true,
		    "invite-alternative", "Content-Type", "text/uri-list" },
		{ "require", "100rel", "", 421, true, "uas-extension",
		    "Require", "100rel" },
		{ "require", "100rel", "Supported: timer, 100REL\n", 180, false,
		    "invite-progress", NULL, NULL },
		{ "max_body", "10", "", 413, true, "uas-body-large", NULL,
		    NULL },
		{ "max_body", "1000", "", 180, false, "invite-progress", NULL,
		    NULL },
		{ "progress", "183", "", 183, false, "invite-early-media",
		    "Content-Type", "application/sdp" },
		{ "q", "1", "Accept: text/plain\n", 406, false, "uas-accept",
		    NULL, NULL },
		{ "q", "1", "Accept:\n", 406, false, "uas-accept", NULL, NULL },
		{ "q", "1", "Accept: text/plain, application/*;q=0.1\n", 180,
		    false, "invite-progress", NULL, NULL },
		{ "q", "1", "Accept: Application/SDP\n", 180, false,
		    "invite-progress", NULL, NULL },
		{ "q", "1", "Content-Encoding: gzip\n", 415, true,
		    "uas-encoding", "Accept-Encoding", "identity" },
		{ "q", "1", "e: identity\n", 180, false, "invite-progress",
		    NULL, NULL },
		{ "q", "1",
		    "Content-Encoding: gzip\n"
		    "Content-Disposition: session;handling=optional\n",
		    180, false, "invite-progress", NULL, NULL },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char extra[400], rule[60];
		size_t n;

		start("answer=never");
		node_set_attr(
		    world_find(s.w, "bob"), rows[i].attr, rows[i].value);
		snprintf(
		    extra, sizeof(extra), "%s%s", rows[i].extra, SDP(AUDIO));
		snprintf(rule, sizeof(rule), "\"rule\":\"%s\"", rows[i].rule);
		invite("a", extra);
		if (tester_status(&t, 0) != rows[i].status)
			printf("  row %zu: %u\n", i, tester_status(&t, 0));
		CU_ASSERT_EQUAL(tester_status(&t, 0), rows[i].status);
		CU_ASSERT(stage_count(&s, KIND("send"), rule, NULL) > 0);
		CU_ASSERT(rows[i].header == NULL ||
			  tester_has(&t, 0, rows[i].header, rows[i].text));
		n = t.n;
		tester_ask(&t, 3, "OPTIONS", "sip:bob@192.0.2.3", "<sip:bob@b>",
		    "o", 1, "o", extra);
		stage_run(&s, 25);
		while (n < t.n &&
		       !str_is(msg_value(tester_at(&t, n), MSG_H_CALL_ID), "o"))
			n++;
		CU_ASSERT_EQUAL(tester_status(&t, n),
		    rows[i].options ? rows[i].status : 200);
		if (stage_count(&s, KIND("call"), NULL, NULL) > 0 &&
		    rows[i].status < 200)
			stage_do(&s, "bob", "reject", "bob/1", NULL);
		stop();
	}
}

/* 21.6: who speaks for all phones of the user. */
static void
everywhere(void)
{
	static const struct {
		const char *attrs, *uri, *extra;
		unsigned status;
	} rows[] = {
		{ "global=true busy=true", "sip:bob@192.0.2.3", CONTACT(9),
		    600 },
		{ "global=true no_answer=10ms", "sip:bob@192.0.2.3", CONTACT(9),
		    603 },
		{ "global=true", "sip:eve@192.0.2.3", CONTACT(9), 604 },
		{ "global=true", "sip:bob@192.0.2.3",
		    SDP("m=video 9 RTP/AVP 99"), 606 },
		{ "busy=true", "sip:bob@192.0.2.3", CONTACT(9), 486 },
		{ "no_answer=10ms", "sip:bob@192.0.2.3", CONTACT(9), 480 },
		{ "q=1", "sip:eve@192.0.2.3", CONTACT(9), 404 },
		{ "q=1", "sip:bob@192.0.2.3", SDP("m=video 9 RTP/AVP 99"),
		    488 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		bool all = rows[i].status >= 600;

		start(rows[i].attrs);
		tester_ask(&t, 3, "INVITE", rows[i].uri, "<sip:bob@b.example>",
		    "a", 1, "a", rows[i].extra);
		stage_run(&s, 50);
		CU_ASSERT_EQUAL(tester_count(&t, "INVITE", rows[i].status), 1);
		CU_ASSERT((stage_count(&s, KIND("send"),
			       RULE("invite-everywhere"), NULL) > 0) == all);
		stop();
	}
}

/* 21.4.12, 21.5.2, 21.4.28. */
static void
unreadable(void)
{
	struct buf uri = BUF_INIT;

	start("answer=never");
	buf_puts(&uri, "sip:bob@192.0.2.3;x=");
	buf_fill(&uri, 'y', 1024 - uri.n);
	tester_ask(
	    &t, 3, "OPTIONS", buf_cstr(&uri), "<sip:bob@b>", "o1", 1, "o1", "");
	buf_putc(&uri, 'y');
	tester_ask(
	    &t, 3, "OPTIONS", buf_cstr(&uri), "<sip:bob@b>", "o2", 1, "o2", "");
	stage_run(&s, 25);
	CU_ASSERT(tester_count(&t, "OPTIONS", 414) == 1);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("send"), RULE("uri-too-long"), NULL), 1);
	tester_ask(
	    &t, 3, "FOO", "sip:bob@192.0.2.3", "<sip:bob@b>", "f", 1, "f", "");
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(tester_count(&t, "FOO", 501), 1);
	CU_ASSERT(
	    tester_has(&t, tester_find(&t, "FOO", 501, 0), "Allow", "OPTIONS"));
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("send"), RULE("uas-method-unknown"), NULL), 1);
	invite("a",
	    CONTACT(9) "Content-Type: application/pkcs7-mime;x=y\n\nsecret");
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 493), 1);
	buf_free(&uri);
	stop();
}

/* 13.3.1.1: who answers at once does not ring first. */
static void
at_once(void)
{
	start("answer=0s");
	invite("a", CONTACT(9));
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 180), 0);
	CU_ASSERT_EQUAL(tester_status(&t, 0), 200);
	CU_ASSERT_EQUAL(stage_count(&s, KIND("act"), "\"answer\"", NULL), 1);
	within("ACK", "a", 1, "a2");
	within("BYE", "a", 2, "a3");
	stop();
}

/* 13.2.1: the 200 repeats the answer of the 183; without an offer there is
 * none. */
static void
early_media(void)
{
	char body[400];

	start("progress=183 answer=2s");
	invite("a", SDP(AUDIO));
	CU_ASSERT_EQUAL(tester_status(&t, 0), 183);
	snprintf(body, sizeof(body), "%.*s", STR_ARG(tester_at(&t, 0)->body));
	CU_ASSERT(strstr(body, "m=audio 49170 RTP/AVP 8\r\n") != NULL);
	CU_ASSERT(stage_call_is(&s, "bob/1", "early"));
	stage_run(&s, 2000);
	CU_ASSERT(str_is(
	    tester_at(&t, tester_find(&t, "INVITE", 200, 0))->body, body));
	within("ACK", "a", 1, "a2");
	within("BYE", "a", 2, "a3");
	invite("b", CONTACT(9));
	CU_ASSERT_EQUAL(
	    tester_at(&t, tester_find(&t, "INVITE", 183, 1))->body.n, 0);
	stage_do(&s, "bob", "reject", "bob/2", NULL);
	stop();
}

/* 21.4.18: nobody answers. */
static void
nobody(void)
{
	start("no_answer=3s");
	invite("a", CONTACT(9));
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 180), 1);
	stage_run(&s, 2900);
	CU_ASSERT_EQUAL(t.n, 1);
	stage_run(&s, 200);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 480), 1);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("call"), RULE("invite-unanswered"), NULL), 1);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("timer"), "\"no-answer\"", NULL), 2);
	stop();
	/* It would answer before. */
	start("no_answer=3s answer=1s");
	invite("a", CONTACT(9));
	stage_run(&s, 5000);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 480), 0);
	CU_ASSERT(tester_count(&t, "INVITE", 200) > 0);
	within("ACK", "a", 1, "a2");
	within("BYE", "a", 2, "a3");
	stop();
}

/* The attributes `lines` and `waiting`: 486; 182, then a turn for each. */
static void
lines(void)
{
	start("lines=1 answer=1s");
	invite("a", CONTACT(9));
	invite("b", CONTACT(9));
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 486), 1);
	tester_ask(&t, 3, "OPTIONS", "sip:bob@192.0.2.3", "<sip:bob@b>", "o", 1,
	    "o", "");
	stage_run(&s, 1500);
	CU_ASSERT_EQUAL(tester_count(&t, "OPTIONS", 486), 1);
	within("ACK", "a", 1, "a2");
	within("BYE", "a", 2, "a3");
	invite("c", CONTACT(9));
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 180), 2);
	stage_do(&s, "bob", "reject", "bob/3", NULL);
	stop();

	start("lines=1 answer=1s waiting=true");
	invite("a", CONTACT(9));
	invite("b", CONTACT(9));
	invite("c", CONTACT(9));
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 182), 2);
	CU_ASSERT(stage_call_is(&s, "bob/2", "proceeding"));
	CU_ASSERT_EQUAL(stage_count(&s, KIND("call"), "\"status\":182",
			    RULE("invite-queued")),
	    2);
	/* 13.3.1.1: that, too, is said again every minute. */
	stage_run(&s, 1500);
	within("ACK", "a", 1, "a2");
	stage_run(&s, 60000);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 182), 4);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 180), 1);
	within("BYE", "a", 2, "a3");
	/* The line is free: the next one rings and is answered. */
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 180), 2);
	CU_ASSERT(stage_call_is(&s, "bob/2", "early"));
	CU_ASSERT(stage_call_is(&s, "bob/3", "proceeding"));
	/* Its caller gives up: the third one's turn. */
	tester_ask(&t, 3, "CANCEL", "sip:bob@192.0.2.3", "<sip:bob@b.example>",
	    "b", 1, "b", "");
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 487), 1);
	CU_ASSERT(stage_call_is(&s, "bob/3", "early"));
	stage_run(&s, 1000);
	within("ACK", "c", 1, "c2");
	CU_ASSERT(stage_call_is(&s, "bob/3", "confirmed"));
	/* One that waits can be refused, or goes. */
	invite("d", CONTACT(9));
	invite("e", CONTACT(9));
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "reject", "bob/4", NULL), 0);
	tester_ask(&t, 3, "CANCEL", "sip:bob@192.0.2.3", "<sip:bob@b.example>",
	    "e", 1, "e", "");
	stage_run(&s, 25);
	within("BYE", "c", 2, "c3");
	CU_ASSERT(stage_call_is(&s, "bob/4", "terminated"));
	CU_ASSERT(stage_call_is(&s, "bob/5", "terminated"));
	stop();
}

/* Verbs of the called side. */
static void
verbs(void)
{
	size_t i;

	start("answer=never");
	invite("a", CONTACT(9));
	CU_ASSERT_EQUAL(
	    stage_do(&s, "bob", "ring", "bob/1", "code", "184", NULL),
	    ERR_RANGE);
	CU_ASSERT_EQUAL(
	    stage_do(&s, "bob", "ring", "bob/1", "code", "181", NULL), 0);
	CU_ASSERT_EQUAL(
	    stage_do(&s, "bob", "ring", "bob/1", "code", "183", NULL), 0);
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 181), 1);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 183), 1);
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "reject", "bob/1", "code", "480",
			    "reason", "Gone\r\nEvil: 1", NULL),
	    ERR_SYNTAX);
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "reject", "bob/1", "code", "480",
			    "reason", "Gone fishing", NULL),
	    0);
	stage_run(&s, 25);
	i = tester_find(&t, "INVITE", 480, 0);
	CU_ASSERT(str_is(tester_at(&t, i)->reason, "Gone fishing"));
	invite("b", CONTACT(9));
	CU_ASSERT_EQUAL(
	    stage_do(&s, "bob", "redirect", "bob/2", "uri", "<sip:x>", NULL),
	    ERR_SYNTAX);
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "redirect", "bob/2", "uri",
			    "sip:carol@c.example;x=y", NULL),
	    0);
	stage_run(&s, 25);
	i = tester_find(&t, "INVITE", 302, 0);
	CU_ASSERT(tester_has(&t, i, "Contact", "<sip:carol@c.example;x=y>"));
	CU_ASSERT(tester_has(&t, i, "To", "tag="));
	CU_ASSERT_EQUAL(
	    stage_do(&s, "bob", "reinvite", "bob/2", NULL), ERR_NOTFOUND);
	stop();
}

/* ---- memory ---- */

/* Two calls to a phone with one line: 183 and 182, an answer, a re-INVITE, the
 * second one's turn; allocation N of STEP and all after it fail. */
static int
story(int step, unsigned long n, unsigned long *count)
{
	int err = 0;

	start("lines=1 waiting=true progress=183 answer=100ms");
	for (size_t i = 0; i < 20; i++)
		buf_reserve(&t.got[i].bytes, 2000);
	for (int i = 0; err == 0 && i < 6; i++) {
		mem_count();
		if (i == step)
			mem_fail_from(n);
		if (i < 2)
			tester_ask(&t, 3, "INVITE", "sip:bob@192.0.2.3",
			    "<sip:bob@b.example>", i == 0 ? "a" : "b", 1,
			    i == 0 ? "a" : "b", SDP(AUDIO));
		if (i == 3)
			within("ACK", "a", 1, "a2");
		if (i == 4)
			within("INVITE", "a", 2, "a3");
		if (i == 5)
			within("BYE", "a", 3, "a4");
		if (!stage_run(&s, i == 2 ? 150 : 25))
			err = sim_error(s.w->sim)->err;
		if (i == step)
			*count = mem_count();
		mem_fail_from(0);
	}
	return err;
}

static void
no_memory(void)
{
	unsigned long all = 0, ignored;

	for (int step = 0; step < 6; step++) {
		CU_ASSERT_EQUAL(story(step, 0, &all), 0);
		CU_ASSERT(all > 5);
		CU_ASSERT(stage_call_is(&s, "bob/2", "early"));
		stage_close(&s);
		tester_close(&t);
		for (unsigned long n = 1; n <= all; n++) {
			int err = story(step, n, &ignored);

			CU_ASSERT(err == ERR_NOMEM || err == 0);
			stage_close(&s);
			tester_close(&t);
		}
	}
}

CHECK_MAIN("callee", { "answers", answers }, { "no ACK", no_ack },
    { "cancelled", cancelled }, { "refuses", refuses },
    { "rings long", rings_long }, { "judges", judges }, { "merged", merged },
    { "merged, refused", merged_refused }, { "settings", settings },
    { "everywhere", everywhere }, { "unreadable", unreadable },
    { "at once", at_once }, { "early media", early_media },
    { "nobody", nobody }, { "lines", lines }, { "verbs", verbs },
    { "no memory", no_memory }, )
