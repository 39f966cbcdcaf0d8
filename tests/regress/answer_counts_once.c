/*
 * The answer to an offer of a phone's: the first session description of a
 * dialog, be it in a provisional response, to a re-INVITE or in an ACK; one
 * that does not fit ends the call; one that holds is known from the start.  RFC
 * 3261 13.2.1, 14.1, RFC 6337 3.1.1, RFC 3264 8.4.
 */
#include "fixtures/stage.h"

#define PEER "sip:peer@192.0.2.9"
#define FROM "Contact: <" PEER ">\n"
/* A description of the peer, whose address is AT. */
#define SDP_AT(at, media)                                         \
	"Content-Type: application/sdp\n\nv=0\n"                  \
	"o=- 1 2 IN IP4 192.0.2.9\ns=-\nc=IN IP4 " at "\nt=0 0\n" \
	"m=" media "\n"
#define SDP(media) SDP_AT("192.0.2.9", media)
#define GOOD       SDP("audio 4000 RTP/AVP 8")
#define BAD        SDP("audio 4000 RTP/AVP 18")

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
	stage_close(&s);
	tester_close(&t);
}

/* bob calls; LATE: without an offer. */
static void
calls(bool late)
{
	start("");
	stage_do(&s, "bob", "invite", NULL, "target", PEER, "sdp",
	    late ? "false" : "true", NULL);
	stage_run(&s, 15);
}

/* The peer answers bob's N-th INVITE. */
static void
says(size_t n, unsigned status, const char *tag, const char *extra)
{
	tester_answer(&t, tester_find(&t, "INVITE", 0, n), status, tag, extra);
	stage_run(&s, 25);
}

static bool
previews(void)
{
	return stage_count(&s, KIND("call"), RULE("invite-preview"), NULL) > 0;
}

/* bob goes on talking, or has hung up by RULE. */
static void
ends(const char *rule)
{
	CU_ASSERT_EQUAL(tester_count(&t, "BYE", 0), rule != NULL ? 1 : 0);
	CU_ASSERT_EQUAL(stage_call_is(&s, "bob/1", "confirmed"), rule == NULL);
	if (rule != NULL)
		CU_ASSERT_EQUAL(stage_count(&s, KIND("send"), rule, NULL), 1);
	stop();
}

/* ---- provisional responses ---- */

static void
first_counts(void)
{
	calls(false);
	says(0, 183, "one", FROM GOOD);
	CU_ASSERT(previews());
	says(0, 200, "one", FROM BAD);
	CU_ASSERT_EQUAL(tester_count(&t, "ACK", 0), 1);
	ends(NULL);
	calls(false);
	says(0, 183, "one", FROM BAD);
	CU_ASSERT_EQUAL(tester_count(&t, "BYE", 0), 0);
	says(0, 200, "one", FROM GOOD);
	CU_ASSERT_EQUAL(tester_count(&t, "ACK", 0), 1);
	ends(RULE("bye-unfit-answer"));
	/* The second of two previews is none; a 180 says nothing. */
	calls(false);
	says(0, 180, "one", FROM);
	CU_ASSERT_FALSE(previews());
	says(0, 183, "one", FROM GOOD);
	says(0, 183, "one", FROM BAD);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("call"), RULE("invite-preview"), NULL), 1);
	says(0, 200, "one", FROM);
	ends(NULL);
}

/* Each branch of a fork has an answer of its own. */
static void
branches_differ(void)
{
	for (int first = 0; first < 2; first++) {
		calls(false);
		says(0, 183, "one", FROM GOOD);
		says(0, 183, "two", FROM BAD);
		says(0, 183, "three", FROM);
		says(0, 200, first ? "one" : "two", FROM);
		ends(first ? NULL : RULE("bye-unfit-answer"));
	}
	calls(false);
	says(0, 183, "one", FROM GOOD);
	says(0, 200, "two", FROM BAD);
	ends(RULE("bye-unfit-answer"));
}

/* RFC 6337 3.1.2: where nothing was offered there is nothing to answer; the 2xx
 * has the offer. */
static void
late_offer(void)
{
	calls(true);
	says(0, 183, "one", FROM BAD);
	CU_ASSERT_FALSE(previews());
	says(0, 200, "one", FROM GOOD);
	CU_ASSERT(tester_at(&t, tester_find(&t, "ACK", 0, 0))->body.n > 0);
	ends(NULL);
}

/* What is said to an INVITE that is challenged is over with it. */
static void
next_attempt(void)
{
	start("password=x");
	stage_do(&s, "bob", "invite", NULL, "target", PEER, NULL);
	stage_run(&s, 15);
	says(0, 183, "one", FROM BAD);
	says(0, 302, "one", "Contact: <sip:other@192.0.2.9>\n");
	says(1, 200, "one", FROM GOOD);
	ends(NULL);
}

/* What a script offers is no business of the phone's. */
static void
offer_of_a_script(void)
{
	start("");
	stage_do(&s, "bob", "invite", NULL, "target", PEER, "headers",
	    "Content-Type: application/sdp", "body",
	    "v=0\r\no=- 1 2 IN IP4 192.0.2.3\r\ns=-\r\n"
	    "c=IN IP4 192.0.2.3\r\nt=0 0\r\nm=audio 4 RTP/AVP 0\r\n",
	    NULL);
	stage_run(&s, 15);
	says(0, 200, "one", FROM GOOD);
	ends(NULL);
}

/* ---- re-INVITEs ---- */

static void
changes(const char *sdp)
{
	calls(false);
	says(0, 200, "one", FROM GOOD);
	CU_ASSERT_EQUAL(
	    stage_do(&s, "bob", "reinvite", "bob/1", "sdp", sdp, NULL), 0);
	stage_run(&s, 15);
}

static void
change_is_judged(void)
{
	static const struct {
		const char *answer;
		bool fits;
	} rows[] = {
		{ GOOD, true },
		{ "", true },
		{ BAD, false },
		{ SDP("audio 0 RTP/AVP 0"), false },
		{ SDP("video 4000 RTP/AVP 31"), false },
		{ SDP("audio 4000 RTP/AVP 0\nm=audio 4002 RTP/AVP 0"), false },
		{ "Content-Type: application/sdp\n\nhello\n", false },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf b = BUF_INIT;

		buf_printf(&b, FROM "%s", rows[i].answer);
		changes("true");
		says(1, 200, "", buf_cstr(&b));
		CU_ASSERT_EQUAL(tester_count(&t, "ACK", 0), 2);
		ends(rows[i].fits ? NULL : RULE("bye-unfit-change"));
		buf_free(&b);
	}
	/* 14.1: a refusal leaves the session, whatever came before it. */
	changes("true");
	says(1, 183, "", FROM BAD);
	says(1, 488, "", "");
	ends(NULL);
	changes("true");
	says(1, 183, "", FROM BAD);
	says(1, 200, "", FROM GOOD);
	ends(RULE("bye-unfit-change"));
	changes("false");
	says(1, 200, "", FROM BAD);
	ends(RULE("bye-unusable-offer"));
}

/* ---- hold ---- */

/* The peer calls bob with EXTRA and acknowledges with ANSWER. */
static void
called(const char *extra, const char *answer)
{
	char tag[80];

	start("answer=0s");
	tester_ask(&t, 3, "INVITE", "sip:bob@192.0.2.3", "<sip:bob@b.example>",
	    "i", 1, "i", extra);
	stage_run(&s, 25);
	tester_say(&t, 3,
	    "ACK sip:bob@192.0.2.3 SIP/2.0\n"
	    "Via: SIP/2.0/UDP 192.0.2.9:5060;branch=z9hG4bKa\n"
	    "From: <sip:tester@t.example>;tag=i\n"
	    "To: <sip:bob@b.example>;tag=%s\nCall-ID: i\nCSeq: 1 ACK\n%s\n",
	    tester_tag(&t, tester_find(&t, "INVITE", 200, 0), MSG_H_TO, tag),
	    answer);
	stage_run(&s, 25);
}

/* 8.4: who is held himself holds by a=inactive. */
static void
is_held(bool held)
{
	size_t i;

	CU_ASSERT_EQUAL(stage_do(&s, "bob", "hold", "bob/1", NULL), 0);
	stage_run(&s, 25);
	i = tester_find(&t, "INVITE", 0, 0);
	if (str_starts(tester_at(&t, i)->uri, "sip:peer") &&
	    tester_count(&t, "INVITE", 0) > 1)
		i = tester_find(&t, "INVITE", 0, 1);
	CU_ASSERT(str_find(tester_at(&t, i)->body,
		      held ? "a=inactive\r\n" : "a=sendonly\r\n") > 0);
	stop();
}

static void
held_from_the_start(void)
{
	static const struct {
		const char *media;
		bool held;
	} rows[] = {
		{ SDP("audio 4000 RTP/AVP 8"), false },
		{ SDP("audio 4000 RTP/AVP 8\na=recvonly"), false },
		{ SDP("audio 4000 RTP/AVP 8\na=sendonly"), true },
		{ SDP("audio 4000 RTP/AVP 8\na=inactive"), true },
		{ SDP_AT("0.0.0.0", "audio 4000 RTP/AVP 8"), true },
		{ SDP_AT("0.0.0.0", "audio 4000 RTP/AVP 8\nc=IN IP4 192.0.2.9"),
		    false },
		{ SDP_AT("a.invalid", "audio 4000 RTP/AVP 8"), true },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf b = BUF_INIT;

		buf_printf(&b, FROM "%s", rows[i].media);
		/* The offer of the caller; what answers that of the called. */
		called(buf_cstr(&b), "");
		is_held(rows[i].held);
		called(FROM, rows[i].media);
		is_held(rows[i].held);
		/* The answer of the called side, and its offer. */
		for (int late = 0; late < 2; late++) {
			calls(late != 0);
			says(0, 200, "one", buf_cstr(&b));
			is_held(rows[i].held);
		}
		/* The preview of that answer. */
		calls(false);
		says(0, 183, "one", buf_cstr(&b));
		says(0, 200, "one", FROM);
		is_held(rows[i].held);
		buf_free(&b);
	}
}

/* 13.2.1: an ACK has the answer where the 2xx had the offer. */
static void
ack_is_judged(void)
{
	called(FROM, GOOD);
	ends(NULL);
	called(FROM, "");
	ends(RULE("offer-unanswered"));
	called(FROM, BAD);
	ends(RULE("bye-unfit-answer"));
}

CHECK_MAIN("answer_counts_once", { "first counts", first_counts },
    { "branches differ", branches_differ }, { "late offer", late_offer },
    { "next attempt", next_attempt },
    { "offer of a script", offer_of_a_script },
    { "change is judged", change_is_judged },
    { "held from the start", held_from_the_start },
    { "ack is judged", ack_is_judged })
