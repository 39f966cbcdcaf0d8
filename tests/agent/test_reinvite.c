/*
 * Re-INVITE: RFC 3261 14, 12.2.1.2, 12.2.2.  The tester is the other side.
 */
#include "roles/ua/ua.h"
#include "fixtures/stage.h"

static struct stage s;
static struct tester t;

#define PEER "sip:peer@192.0.2.9"
#define MINE "bob/1"

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

/* bob has called and is answered: the peer's tag is p. */
static void
calls(void)
{
	start("password=x");
	stage_call(&s, "bob", PEER);
	stage_run(&s, 15);
	tester_answer(&t, 0, 200, "p", CONTACT(9));
	stage_run(&s, 25);
	CU_ASSERT(stage_call_is(&s, MINE, "confirmed"));
}

#define SDP(media)                                            \
	"Content-Type: application/sdp\n\nv=0\n"              \
	"o=- 1 2 IN IP4 192.0.2.9\ns=-\nc=IN IP4 192.0.2.9\n" \
	"t=0 0\n" media "\n"
#define AUDIO "m=audio 4000 RTP/AVP 8"

/* A request of the peer in the dialog of bob's first INVITE. */
static void
asks(const char *method, unsigned cseq, const char *branch, const char *extra)
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

/* bob's re-INVITE number N is answered. */
static void
says(size_t n, unsigned status, const char *extra)
{
	tester_answer(&t, tester_find(&t, "INVITE", 0, n), status, "", extra);
	stage_run(&s, 25);
}

static int
reinvite(const char *sdp)
{
	int err = stage_do(&s, "bob", "reinvite", MINE, "sdp", sdp, NULL);

	stage_run(&s, 15);
	return err;
}

static void
hang_up(void)
{
	stage_do(&s, "bob", "bye", MINE, NULL);
	stage_run(&s, 15);
	tester_answer(&t, tester_find(&t, "BYE", 0, 0), 200, "", "");
	stop();
}

/* ---- sent ---- */

/* 14.1: the whole session anew; 12.2.1.2: the 2xx brings a new target. */
static void
sent(void)
{
	size_t i, ack;

	calls();
	CU_ASSERT_EQUAL(reinvite("true"), 0);
	i = tester_find(&t, "INVITE", 0, 1);
	CU_ASSERT(tester_has(&t, i, "CSeq", "2 INVITE"));
	CU_ASSERT(tester_has(&t, i, "To", "tag=p"));
	CU_ASSERT(tester_has(&t, i, "Contact", "<sip:bob@192.0.2.3:5060>"));
	/* RFC 3264 8: the same session, its next version. */
	CU_ASSERT(str_find(tester_at(&t, 0)->body, "o=bob 1 1 IN") > 0);
	CU_ASSERT(str_find(tester_at(&t, i)->body, "o=bob 1 2 IN") > 0);
	/* One at a time. */
	CU_ASSERT_EQUAL(reinvite("true"), ERR_STATE);
	says(1, 180, "");
	says(1, 200, "Contact: <sip:moved@192.0.2.9>\n" SDP(AUDIO));
	ack = tester_find(&t, "ACK", 0, 1);
	CU_ASSERT(tester_has(&t, ack, "CSeq", "2 ACK"));
	CU_ASSERT(str_is(tester_at(&t, ack)->uri, "sip:moved@192.0.2.9"));
	CU_ASSERT_EQUAL(tester_at(&t, ack)->body.n, 0);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("dialog"), RULE("dialog-refresh"), NULL), 1);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("call"), RULE("reinvite-ok"), NULL), 1);
	/* Each 2xx again gets the same ACK, that of the first INVITE too. */
	says(1, 200, "Contact: <sip:moved@192.0.2.9>\n");
	CU_ASSERT(str_eq(buf_view(&t.got[ack].bytes),
	    buf_view(&t.got[tester_find(&t, "ACK", 0, 2)].bytes)));
	tester_answer(&t, 0, 200, "p", CONTACT(9));
	stage_run(&s, 25);
	CU_ASSERT(
	    tester_has(&t, tester_find(&t, "ACK", 0, 3), "CSeq", "1 ACK"));
	/* And again, soon after: the first one's 2xx finds its ACK still. */
	CU_ASSERT_EQUAL(reinvite("true"), 0);
	says(2, 200, CONTACT(9));
	says(1, 200, CONTACT(9));
	CU_ASSERT(
	    tester_has(&t, tester_find(&t, "ACK", 0, 5), "CSeq", "2 ACK"));
	stage_run(&s, 40000);
	says(2, 200, CONTACT(9));
	CU_ASSERT(
	    tester_has(&t, tester_find(&t, "ACK", 0, 6), "CSeq", "3 ACK"));
	hang_up();
}

/* 13.2.1: the offer in the 2xx, the answer in the ACK. */
static void
late_offer(void)
{
	size_t ack;

	calls();
	CU_ASSERT_EQUAL(reinvite("false"), 0);
	CU_ASSERT_EQUAL(
	    tester_at(&t, tester_find(&t, "INVITE", 0, 1))->body.n, 0);
	says(1, 200, CONTACT(9) SDP(AUDIO));
	ack = tester_find(&t, "ACK", 0, 1);
	CU_ASSERT(str_find(tester_at(&t, ack)->body, "o=bob 1 2 IN") > 0);
	CU_ASSERT(str_find(tester_at(&t, ack)->body, "RTP/AVP 8\r\n") > 0);
	CU_ASSERT(stage_call_is(&s, MINE, "confirmed"));
	CU_ASSERT_EQUAL(reinvite("false"), 0);
	says(2, 200, CONTACT(9) SDP("m=video 1 RTP/AVP 99"));
	CU_ASSERT(stage_call_is(&s, MINE, "terminating"));
	hang_up();
}

/* 14.1: what other answers do. */
static void
refused(void)
{
	calls();
	reinvite("true");
	says(1, 488, "Contact: <sip:evil@192.0.2.9>\n");
	CU_ASSERT(stage_call_is(&s, MINE, "confirmed"));
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("call"), RULE("reinvite-refused"), NULL), 1);
	/* Within the dialog a challenge and a redirection are followed, too. */
	reinvite("true");
	says(2, 401,
	    "WWW-Authenticate: Digest realm=\"b.example\", nonce=\"n\"\n");
	CU_ASSERT(tester_has(&t, tester_find(&t, "INVITE", 0, 3),
	    "Authorization", "nonce=\"n\""));
	CU_ASSERT(tester_has(
	    &t, tester_find(&t, "INVITE", 0, 3), "CSeq", "4 INVITE"));
	says(3, 302, "Contact: <sip:other@192.0.2.9>\n");
	CU_ASSERT(str_is(tester_at(&t, tester_find(&t, "INVITE", 0, 4))->uri,
	    "sip:other@192.0.2.9"));
	says(4, 200, CONTACT(9));
	CU_ASSERT(tester_has(&t,
	    tester_find(&t, "ACK", 0, tester_count(&t, "ACK", 0) - 1),
	    "Authorization", "nonce=\"n\""));
	hang_up();
	/* 12.2.1.2: lost. */
	for (size_t i = 0; i < 2; i++) {
		calls();
		reinvite("true");
		if (i == 0)
			says(1, 481, "");
		else
			stage_run(&s, 32000);
		CU_ASSERT_EQUAL(tester_count(&t, "BYE", 0), 1);
		CU_ASSERT_EQUAL(
		    stage_count(&s, KIND("call"), RULE("reinvite-lost"), NULL),
		    1);
		hang_up();
	}
	/* Hung up meanwhile. */
	calls();
	reinvite("true");
	stage_do(&s, "bob", "bye", MINE, NULL);
	says(1, 200, CONTACT(9));
	CU_ASSERT_EQUAL(tester_count(&t, "ACK", 0), 2);
	hang_up();
	/* The same, and the other side never comes to an answer. */
	calls();
	reinvite("true");
	says(1, 180, "");
	hang_up();
	/* Not yet, no more. */
	start("");
	stage_call(&s, "bob", PEER);
	CU_ASSERT_EQUAL(reinvite("true"), ERR_STATE);
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "reinvite", MINE, "sdp", "x", NULL),
	    ERR_SYNTAX);
	tester_answer(&t, 0, 486, "p", "");
	stop();
}

/* Until the peer has got N INVITEs, for at most MS. */
static void
wait_for(size_t n, int ms)
{
	for (int i = 0; i < ms && tester_count(&t, "INVITE", 0) < n; i += 20)
		stage_run(&s, 20);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 0), n);
}

/* 14.1, 14.2: both at once: 491 to each; who owns the Call-ID waits longer. */
static void
glare(void)
{
	int64_t sent_at;
	size_t i;

	calls();
	reinvite("true");
	asks("INVITE", 9, "g1", CONTACT(9) SDP(AUDIO));
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 491), 1);
	asks("ACK", 9, "g1", "");
	says(1, 491, "");
	sent_at = sim_now(s.w->sim);
	CU_ASSERT_EQUAL(reinvite("true"), ERR_STATE);
	stage_run(&s, 2050);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 0), 2);
	/* The other side was faster now. */
	asks("INVITE", 10, "g2", CONTACT(9) SDP(AUDIO));
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 200), 1);
	asks("ACK", 10, "g3", "");
	wait_for(3, 1950);
	i = tester_find(&t, "INVITE", 0, 2);
	CU_ASSERT_FATAL(i < TESTER_GOT);
	CU_ASSERT(t.got[i].t - sent_at >= 2000 * SIM_MS &&
		  t.got[i].t - sent_at <= 4100 * SIM_MS);
	CU_ASSERT(tester_has(&t, i, "CSeq", "3 INVITE"));
	CU_ASSERT_EQUAL(stage_count(&s, KIND("timer"), "\"name\":\"glare\"",
			    RULE("reinvite-glare")),
	    2);
	says(2, 200, CONTACT(9));
	/* Hung up while it waits. */
	reinvite("true");
	says(3, 491, "");
	stage_do(&s, "bob", "bye", MINE, NULL);
	stage_run(&s, 5000);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 0), 4);
	hang_up();
}

/* ---- hold: RFC 3264 8.4 ---- */

static int
holds(const char *verb)
{
	int err = stage_do(&s, "bob", verb, MINE, NULL);

	stage_run(&s, 15);
	return err;
}

/* bob's re-INVITE number N says DIRECTION, or none. */
static bool
offers(size_t n, const char *direction)
{
	struct str body = tester_at(&t, tester_find(&t, "INVITE", 0, n))->body;

	return direction != NULL ? str_find(body, direction) > 0
				 : str_find(body, "a=send") < 0 &&
				       str_find(body, "a=inactive") < 0;
}

static void
held(void)
{
	calls();
	CU_ASSERT_EQUAL(holds("resume"), ERR_STATE);
	CU_ASSERT_EQUAL(holds("hold"), 0);
	CU_ASSERT(offers(1, "\r\na=sendonly\r\n"));
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("send"), RULE("hold-send"), NULL), 1);
	CU_ASSERT_EQUAL(holds("hold"), ERR_STATE); /* under way */
	says(1, 200, CONTACT(9) SDP(AUDIO "\na=recvonly"));
	CU_ASSERT_EQUAL(holds("hold"), ERR_STATE);
	/* Any other change leaves the hold. */
	CU_ASSERT_EQUAL(reinvite("true"), 0);
	CU_ASSERT(offers(2, "\r\na=sendonly\r\n"));
	says(2, 200, CONTACT(9) SDP(AUDIO "\na=recvonly"));
	/* The other side holds as well. */
	asks("INVITE", 5, "h1", CONTACT(9) SDP(AUDIO "\na=sendonly"));
	CU_ASSERT(
	    str_find(tester_at(&t, tester_find(&t, "INVITE", 200, 0))->body,
		"a=inactive") > 0);
	asks("ACK", 5, "h2", "");
	CU_ASSERT_EQUAL(reinvite("true"), 0);
	CU_ASSERT(offers(3, "\r\na=inactive\r\n"));
	says(3, 200, CONTACT(9) SDP(AUDIO "\na=inactive"));
	/* Both ways again, as far as this side goes. */
	CU_ASSERT_EQUAL(holds("resume"), 0);
	CU_ASSERT(offers(4, "\r\na=sendrecv\r\n"));
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("send"), RULE("resume-send"), NULL), 1);
	says(4, 200, CONTACT(9) SDP(AUDIO "\na=sendonly"));
	asks("INVITE", 6, "h3", CONTACT(9) SDP(AUDIO));
	CU_ASSERT(
	    str_find(tester_at(&t, tester_find(&t, "INVITE", 200, 1))->body,
		"a=sendrecv") > 0);
	asks("ACK", 6, "h4", "");
	hang_up();
}

/* 14.1: refused, nothing has changed; after a 491 it is tried again. */
static void
hold_refused(void)
{
	calls();
	CU_ASSERT_EQUAL(holds("hold"), 0);
	says(1, 488, "");
	CU_ASSERT_EQUAL(holds("resume"), ERR_STATE);
	CU_ASSERT_EQUAL(reinvite("true"), 0);
	CU_ASSERT(offers(2, "a=sendrecv"));
	says(2, 200, CONTACT(9) SDP(AUDIO));
	CU_ASSERT_EQUAL(holds("hold"), 0);
	says(3, 491, "");
	stage_run(&s, 5000);
	CU_ASSERT(offers(4, "\r\na=sendonly\r\n"));
	says(4, 200, CONTACT(9) SDP(AUDIO "\na=recvonly"));
	CU_ASSERT_EQUAL(holds("resume"), 0);
	says(5, 200, CONTACT(9) SDP(AUDIO));
	hang_up();
}

/* ---- received ---- */

/* 14.2, 12.2.2: accepted at once, with an answer; the target is new. */
static void
received(void)
{
	size_t i;

	calls();
	asks("INVITE", 5, "r1",
	    "Contact: <sip:new@192.0.2.9>\n" SDP(
		"m=audio 1 RTP/AVP 3 8\nm=video 1 RTP/AVP 99"));
	i = tester_find(&t, "INVITE", 200, 0);
	CU_ASSERT(tester_has(&t, i, "Contact", "<sip:bob@192.0.2.3:5060>"));
	CU_ASSERT(str_find(tester_at(&t, i)->body, "o=bob 1 2 IN") > 0);
	CU_ASSERT(str_find(tester_at(&t, i)->body,
		      "m=audio 49170 RTP/AVP 8\r\n") > 0);
	CU_ASSERT(str_find(tester_at(&t, i)->body, "m=video 0") > 0);
	CU_ASSERT_EQUAL(stage_count(&s, KIND("dialog"), "sip:new@192.0.2.9",
			    RULE("dialog-refresh")),
	    1);
	/* 14.1: not before the ACK; RFC 5407 3.1.4: but the other side. */
	CU_ASSERT_EQUAL(reinvite("true"), ERR_STATE);
	asks("INVITE", 6, "r2",
	    "Contact: <sip:new@192.0.2.9>\n" SDP(
		AUDIO "\nm=video 0 RTP/AVP 99"));
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 200), 2);
	asks("ACK", 6, "r9", "");
	/* 13.3.1.4: repeated until the ACK, each until its own. */
	CU_ASSERT_EQUAL(reinvite("true"), ERR_STATE);
	stage_run(&s, 1600);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 200), 4);
	asks("ACK", 5, "r3", "");
	stage_run(&s, 10000);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 200), 4);
	CU_ASSERT(stage_call_is(&s, MINE, "confirmed"));
	/* Without an offer: one in the 200. */
	asks("INVITE", 7, "r4", "");
	i = tester_find(&t, "INVITE", 200, 4);
	CU_ASSERT(
	    str_find(tester_at(&t, i)->body, "m=audio 49170 RTP/AVP 0 8") > 0);
	CU_ASSERT(str_find(tester_at(&t, i)->body, "o=bob 1 3 IN") > 0);
	asks("ACK", 7, "r5", SDP(AUDIO "\nm=video 0 RTP/AVP 99"));
	/* Refused: nothing is changed. */
	asks("INVITE", 8, "r6",
	    "Contact: <sip:evil@192.0.2.9>\n" SDP(
		"m=audio 0 RTP/AVP 8\nm=video 1 RTP/AVP 99"));
	i = tester_find(&t, "INVITE", 488, 0);
	CU_ASSERT(tester_has(&t, i, "Warning", "304 192.0.2.3:5060"));
	asks("ACK", 8, "r6", "");
	asks("INVITE", 9, "r7", "Contact: *\n" SDP(AUDIO));
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 400), 1);
	asks("ACK", 9, "r7", "");
	asks("INVITE", 10, "r8", "Require: x\n");
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 420), 1);
	asks("ACK", 10, "r8", "");
	asks("CANCEL", 7, "r4", "");
	CU_ASSERT_EQUAL(tester_count(&t, "CANCEL", 200), 1);
	CU_ASSERT(stage_call_is(&s, MINE, "confirmed"));
	stage_do(&s, "bob", "bye", MINE, NULL);
	stage_run(&s, 15);
	CU_ASSERT(str_is(tester_at(&t, tester_find(&t, "BYE", 0, 0))->uri,
	    "sip:new@192.0.2.9"));
	hang_up();
	/* No ACK for 64*T1: ended. */
	calls();
	asks("INVITE", 5, "n1", CONTACT(9) SDP(AUDIO));
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "bye", MINE, NULL), 0);
	CU_ASSERT_EQUAL(tester_count(&t, "BYE", 0), 0);
	stage_run(&s, 32100);
	CU_ASSERT_EQUAL(tester_count(&t, "BYE", 0), 1);
	hang_up();
}

/* 14.2: while the first INVITE is not answered; RFC 5407 3.1.5: while its 2xx
 * with an offer is not acknowledged. */
static void
too_early(void)
{
	char to[120], tag[80];

	start("answer=never");
	tester_ask(&t, 3, "INVITE", "sip:bob@192.0.2.3", "<sip:bob@b.example>",
	    "e", 1, "e1", CONTACT(9));
	stage_run(&s, 25);
	snprintf(to, sizeof(to), "<sip:bob@b.example>;tag=%s",
	    tester_tag(&t, 0, MSG_H_TO, tag));
	tester_ask(
	    &t, 3, "INVITE", "sip:bob@192.0.2.3", to, "e", 2, "e2", CONTACT(9));
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 500), 1);
	CU_ASSERT_EQUAL(stage_count(&s, KIND("send"),
			    "Retry-After: ", RULE("reinvite-early")),
	    1);
	tester_ask(&t, 3, "ACK", "sip:bob@192.0.2.3", to, "e", 2, "e2", "");
	stage_do(&s, "bob", "answer", "bob/1", NULL);
	stage_run(&s, 25);
	tester_ask(
	    &t, 3, "INVITE", "sip:bob@192.0.2.3", to, "e", 3, "e3", CONTACT(9));
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 500), 1);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 491), 1);
	tester_ask(&t, 3, "ACK", "sip:bob@192.0.2.3", to, "e", 3, "e3", "");
	tester_ask(
	    &t, 3, "ACK", "sip:bob@192.0.2.3", to, "e", 1, "e4", SDP(AUDIO));
	stage_run(&s, 25);
	/* RFC 3665 3.7: the called side moves, and says so. */
	world_find(s.w, "bob")->faces[0].addr.ip[3] = 33;
	CU_ASSERT_EQUAL(
	    role_ua.moved(node_role_state(world_find(s.w, "bob"), "ua")), 0);
	stage_do(&s, "bob", "reinvite", "bob/1", NULL);
	stage_run(&s, 25);
	CU_ASSERT(tester_has(&t, tester_find(&t, "INVITE", 0, 0), "Contact",
	    "<sip:bob@192.0.2.33:5060>"));
	CU_ASSERT(str_find(tester_at(&t, tester_find(&t, "INVITE", 0, 0))->body,
		      "c=IN IP4 192.0.2.33") > 0);
	tester_answer(&t, tester_find(&t, "INVITE", 0, 0), 491, "", "");
	/* 14.1: not the owner of the Call-ID: within 2 seconds. */
	wait_for(2, 2050);
	tester_answer(&t, tester_find(&t, "INVITE", 0, 1), 481, "", "");
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(tester_count(&t, "BYE", 0), 1);
	stop();
}

CHECK_MAIN("reinvite", { "sent", sent }, { "late offer", late_offer },
    { "refused", refused }, { "glare", glare }, { "received", received },
    { "held", held }, { "hold refused", hold_refused },
    { "too early", too_early }, )
