/*
 * Offers and answers that were taken as they came: descriptions without their
 * lines or of another network, offers with fewer m= lines or none in use,
 * answers that go another way or never come, a 2xx without a Contact, and what
 * a phone says in answer to OPTIONS.  RFC 3264, RFC 8866 5, RFC 3261 11.2,
 * 13.2, 20.43, RFC 3262 5.
 */
#include "fixtures/stage.h"

#include "sip/sdp_session.h"

#define PEER   "sip:peer@192.0.2.9"
#define FROM   "Contact: <" PEER ">\n"
#define TYPE   "Content-Type: application/sdp\n\n"
#define V      "v=0\n"
#define O      "o=- 1 1 IN IP4 192.0.2.9\n"
#define S      "s=-\n"
#define C      "c=IN IP4 192.0.2.9\n"
#define C6     "c=IN IP6 2001:db8::9\n"
#define T      "t=0 0\n"
#define AUDIO  "m=audio 4000 RTP/AVP 0\n"
#define HEAD   V O S C T
#define OFFER  FROM TYPE HEAD AUDIO
#define ANSWER TYPE HEAD AUDIO

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

static void
invite(const char *id, const char *extra)
{
	tester_ask(&t, 3, "INVITE", "sip:bob@192.0.2.3", "<sip:bob@b.example>",
	    id, 1, id, extra);
	stage_run(&s, 25);
}

/* Within the dialog that the first message of bob's names. */
static void
within(const char *method, const char *id, unsigned cseq, const char *extra)
{
	char to[120], tag[80], branch[20];

	snprintf(to, sizeof(to), "<sip:bob@b.example>;tag=%s",
	    tester_tag(&t, 0, MSG_H_TO, tag));
	snprintf(branch, sizeof(branch), "%s%u", method, cseq);
	tester_ask(
	    &t, 3, method, "sip:bob@192.0.2.3", to, id, cseq, branch, extra);
	stage_run(&s, 25);
}

static bool
says(const char *method, unsigned status, size_t n, const char *text)
{
	const struct msg *m = tester_at(&t, tester_find(&t, method, status, n));

	return str_find(m->body, text) >= 0;
}

/* ---- offers that come first ---- */

static const struct {
	const char *sdp;
	unsigned status;
	const char *said; /* in the Warning, or in the answer */
} offers[] = {
	{ HEAD AUDIO, 200, "m=audio 49170 RTP/AVP 0\r\n" },
	{ O S C T AUDIO, 488, "399 192.0.2.3:5060" },
	{ V S C T AUDIO, 488,
	    "399 192.0.2.3:5060 \"The session description "
	    "has no o= line\"" },
	{ V O C T AUDIO, 488, "no s= line" },
	{ V O S C AUDIO, 488, "no t= line" },
	{ V O S T AUDIO, 488, "no c= line" },
	{ V O S T AUDIO C "m=audio 4002 RTP/AVP 0\n", 488, "no c= line" },
	{ V O S T AUDIO C, 200, "m=audio 49" },
	{ V O S C6 T AUDIO, 488, "301 " },
	{ V O S "c=IN IP7 x\n" T AUDIO, 488, "301 " },
	{ V O S "c=ATM NSAP 47.0091.8100\n" T AUDIO, 488, "300 " },
	/* Another stream can be taken. */
	{ V O S C6 T AUDIO "m=audio 4002 RTP/AVP 0\n" C, 200,
	    "m=audio 0 RTP/AVP 0\r\nm=audio 49" },
	/* 6, 8.2: nothing to refuse. */
	{ HEAD "m=audio 0 RTP/AVP 0\nm=video 0 RTP/AVP 31\n", 200,
	    "m=audio 0 RTP/AVP 0\r\nm=video 0 RTP/AVP 31\r\n" },
	{ HEAD "m=audio 0 RTP/AVP 0\nm=video 4000 RTP/AVP 31\n", 488, "304 " },
	{ HEAD "m=audio 4000 RTP/SAVP 0\n", 488, "302 " },
	{ HEAD "m=audio 4000 RTP/AVP 18\n", 488, "305 " },
};

static void
first_offers(void)
{
	start("answer=0s");
	for (size_t i = 0; i < sizeof(offers) / sizeof(offers[0]); i++) {
		char text[400], id[12];
		size_t n = t.n;
		bool well;

		snprintf(
		    text, sizeof(text), "%s%s%s", FROM, TYPE, offers[i].sdp);
		snprintf(id, sizeof(id), "o%zu", i);
		invite(id, text);
		while (
		    n < t.n &&
		    (!str_is(msg_value(tester_at(&t, n), MSG_H_CALL_ID), id) ||
			tester_status(&t, n) < 200))
			n++;
		well = tester_status(&t, n) == offers[i].status &&
		       (offers[i].status == 200
			       ? str_find(tester_at(&t, n)->body,
				     offers[i].said) >= 0
			       : tester_has(&t, n, "Warning", offers[i].said));
		CU_ASSERT(well);
		if (!well)
			printf("  row %zu: %u %.*s\n", i, tester_status(&t, n),
			    STR_ARG(tester_at(&t, n)->body));
	}
	stop();
}

/* A phone whose address is one of IPv6 wants the other kind. */
static void
families(void)
{
	struct sip_sdp_can can;
	const char *text;

	sip_sdp_can_read(&can, NULL, NULL);
	can.v6 = true;
	CU_ASSERT_EQUAL(sip_sdp_judge(&can, 0,
			    STR("v=0\r\no=- 1 1 IN IP6 ::1\r\ns=-\r\n"
				"c=IN IP6 2001:db8::9\r\nt=0 0\r\n"
				"m=audio 4000 RTP/AVP 0\r\n"),
			    &text),
	    0);
	CU_ASSERT_EQUAL(sip_sdp_judge(&can, 0,
			    STR("v=0\r\no=- 1 1 IN IP4 192.0.2.9\r\ns=-\r\n"
				"c=IN IP4 192.0.2.9\r\nt=0 0\r\n"
				"m=audio 4000 RTP/AVP 0\r\n"),
			    &text),
	    301);
}

/* ---- offers that come later: RFC 3264 8 ---- */

#define TWO HEAD AUDIO "m=video 4002 RTP/AVP 31\n"

static void
fewer_lines(void)
{
	start("answer=0s");
	invite("a", FROM TYPE TWO);
	within("ACK", "a", 1, "");
	within("INVITE", "a", 2, OFFER);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 488), 1);
	CU_ASSERT(tester_has(&t, tester_find(&t, "INVITE", 488, 0), "Warning",
	    "399 192.0.2.3:5060 \"The offer has fewer m= lines"));
	within("ACK", "a", 2, "");
	within("UPDATE", "a", 3, OFFER);
	CU_ASSERT_EQUAL(tester_count(&t, "UPDATE", 488), 1);
	CU_ASSERT(stage_call_is(&s, "bob/1", "confirmed"));
	/* As many, none of them in use: 8.2. */
	within("INVITE", "a", 4,
	    FROM TYPE HEAD "m=audio 0 RTP/AVP 0\nm=video 0 RTP/AVP 31\n");
	CU_ASSERT(says("INVITE", 200, 1, "m=audio 0 "));
	within("ACK", "a", 4, "");
	/* And one more. */
	within("UPDATE", "a", 5, FROM TYPE TWO AUDIO);
	CU_ASSERT(says("UPDATE", 200, 0, "m=audio 49172 RTP/AVP 0\r\n"));
	CU_ASSERT(stage_call_is(&s, "bob/1", "confirmed"));
	CU_ASSERT_EQUAL(tester_count(&t, "BYE", 0), 0);
	stop();
}

/* The 2xx to an INVITE without one has the offer. */
static void
late_zeros(void)
{
	start("");
	stage_do(
	    &s, "bob", "invite", NULL, "target", PEER, "sdp", "false", NULL);
	stage_run(&s, 15);
	tester_answer(
	    &t, 0, 200, "one", FROM TYPE HEAD "m=audio 0 RTP/AVP 0\n");
	stage_run(&s, 25);
	CU_ASSERT(says("ACK", 0, 0, "m=audio 0 RTP/AVP 0\r\n"));
	CU_ASSERT(stage_call_is(&s, "bob/1", "confirmed"));
	stop();
}

/* ---- answers: 6.1 ---- */

/* What bob says of a stream, and what the peer answers. */
static const struct {
	const char *how; /* he holds; NULL: he does not */
	const char *answer;
	bool astray;
} ways[] = {
	{ NULL, "", false },
	{ NULL, "a=inactive\n", false },
	{ NULL, "a=sendonly\n", false },
	{ "sendonly", "a=recvonly\n", false },
	{ "sendonly", "a=inactive\n", false },
	{ "sendonly", "", true },
	{ "sendonly", "a=sendrecv\n", true },
	{ "sendonly", "a=sendonly\n", true },
	{ "inactive", "a=inactive\n", false },
	{ "inactive", "a=recvonly\n", true },
	{ "inactive", "a=sendonly\n", true },
	{ "zero", "", false },
};

static bool
goes_astray(const char *how, const char *answer)
{
	char text[300];
	bool astray;

	start("");
	stage_call(&s, "bob", PEER);
	stage_run(&s, 15);
	tester_answer(&t, 0, 200, "one", FROM ANSWER);
	stage_run(&s, 25);
	if (how != NULL)
		stage_do(&s, "bob", "hold", "bob/1", "how", how, NULL);
	else
		stage_do(&s, "bob", "reinvite", "bob/1", NULL);
	stage_run(&s, 25);
	snprintf(text, sizeof(text), "%s%s%s", FROM, ANSWER, answer);
	tester_answer(&t, tester_find(&t, "INVITE", 0, 1), 200, "", text);
	stage_run(&s, 25);
	/* It is no reason to hang up. */
	CU_ASSERT(stage_call_is(&s, "bob/1", "confirmed"));
	CU_ASSERT_EQUAL(tester_count(&t, "ACK", 0), 2);
	astray = stage_count(&s, KIND("bad"), RULE("offer-direction"),
		     "\"fault\":\"sdp-direction\"") > 0;
	stop();
	return astray;
}

static void
directions(void)
{
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		bool well =
		    goes_astray(ways[i].how, ways[i].answer) == ways[i].astray;

		CU_ASSERT(well);
		if (!well)
			printf("  row %zu\n", i);
	}
}

/* An answer with the lines missing, or of another network, is none. */
static void
answers(void)
{
	static const struct {
		const char *sdp;
		bool fits;
	} rows[] = {
		{ HEAD AUDIO, true },
		{ V S C T AUDIO, false },
		{ V O S T AUDIO, false },
		{ V O S C6 T AUDIO, false },
		{ V O S T AUDIO C, true },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char text[300];

		start("");
		stage_call(&s, "bob", PEER);
		stage_run(&s, 15);
		snprintf(text, sizeof(text), FROM TYPE "%s", rows[i].sdp);
		tester_answer(&t, 0, 200, "one", text);
		stage_run(&s, 25);
		CU_ASSERT_EQUAL(
		    tester_count(&t, "BYE", 0), rows[i].fits ? 0 : 1);
		stop();
	}
}

/* ---- what is missing ---- */

static size_t
bad(const char *rule, const char *fault)
{
	return stage_count(&s, KIND("bad"), rule, fault);
}

/* The call goes on: an answer in the 2xx, the offer in it, its Contact. */
static void
missing_in_2xx(void)
{
	static const struct {
		const char *late, *text, *rule, *fault;
	} rows[] = {
		{ "true", FROM, RULE("offer-missing"), "no-answer" },
		{ "false", FROM, RULE("offer-none"), "no-offer" },
		{ "true", ANSWER, RULE("invite-2xx-contact"), "no-contact" },
		{ "true", FROM ANSWER, NULL, NULL },
		{ "false", OFFER, NULL, NULL },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		start("");
		stage_do(&s, "bob", "invite", NULL, "target", PEER, "sdp",
		    rows[i].late, NULL);
		stage_run(&s, 15);
		tester_answer(&t, 0, 200, "one", rows[i].text);
		stage_run(&s, 25);
		CU_ASSERT_EQUAL(stage_count(&s, KIND("bad"), NULL, NULL),
		    rows[i].rule != NULL ? 1 : 0);
		if (rows[i].rule != NULL)
			CU_ASSERT_EQUAL(bad(rows[i].rule, rows[i].fault), 1);
		CU_ASSERT_EQUAL(tester_count(&t, "ACK", 0), 1);
		CU_ASSERT(stage_call_is(&s, "bob/1", "confirmed"));
		stop();
	}
}

/* 13.2.2.4, RFC 3262 5: the call does not go on. */
static void
missing_must(void)
{
	start("answer=0s");
	invite("a", FROM);
	within("ACK", "a", 1, "");
	CU_ASSERT_EQUAL(bad(RULE("offer-missing"), "no-answer"), 1);
	CU_ASSERT_EQUAL(tester_count(&t, "BYE", 0), 1);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("send"), RULE("offer-unanswered"), "BYE"), 1);
	stop();
	start("answer=never");
	invite("a", FROM "Require: 100rel\n");
	{
		char rack[60];

		snprintf(rack, sizeof(rack), "RAck: %.*s 1 INVITE\n",
		    STR_ARG(msg_value(tester_at(&t, 0), MSG_H_RSEQ)));
		within("PRACK", "a", 2, rack);
	}
	CU_ASSERT_EQUAL(tester_count(&t, "PRACK", 200), 1);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 488), 1);
	CU_ASSERT_EQUAL(bad(RULE("offer-missing"), "no-answer"), 1);
	stop();
}

/* 2xx to a re-INVITE, and to an UPDATE, with an offer: the session stays. */
static void
missing_in_change(void)
{
	start("");
	stage_call(&s, "bob", PEER);
	stage_run(&s, 15);
	tester_answer(&t, 0, 200, "one", FROM ANSWER);
	stage_run(&s, 25);
	stage_do(&s, "bob", "reinvite", "bob/1", "add", "video", NULL);
	stage_run(&s, 25);
	CU_ASSERT(says("INVITE", 0, 1, "m=video"));
	tester_answer(&t, tester_find(&t, "INVITE", 0, 1), 200, "", FROM);
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(bad(RULE("offer-missing"), "no-answer"), 1);
	stage_do(&s, "bob", "update", "bob/1", NULL);
	stage_run(&s, 25);
	CU_ASSERT_FALSE(says("UPDATE", 0, 0, "m=video"));
	tester_answer(&t, tester_find(&t, "UPDATE", 0, 0), 200, "", FROM);
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(bad(RULE("offer-missing"), "no-answer"), 2);
	CU_ASSERT(stage_call_is(&s, "bob/1", "confirmed"));
	stop();
}

/* ---- OPTIONS: 11.2, RFC 3264 9 ---- */

static void
capabilities(void)
{
	static const struct {
		const char *attrs, *said;
	} rows[] = {
		{ "", "m=audio 0 RTP/AVP 0 8\r\na=rtpmap:0 PCMU/8000\r\n"
		      "a=rtpmap:8 PCMA/8000\r\n" },
		{ "codecs=opus,telephone-event",
		    "m=audio 0 RTP/AVP 96 101\r\n"
		    "a=rtpmap:96 opus/48000/2\r\n"
		    "a=rtpmap:101 telephone-event/8000\r\n"
		    "a=fmtp:101 0-15\r\n" },
		{ "codecs=G729,VP8 streams=audio,video",
		    "m=audio 0 RTP/AVP 18\r\na=rtpmap:18 G729/8000\r\n"
		    "m=video 0 RTP/AVP 98\r\na=rtpmap:98 VP8/90000\r\n" },
		{ "streams=video bandwidth=64",
		    "m=video 0 RTP/AVP 97\r\na=rtpmap:97 H264/90000\r\n" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct str body;
		ptrdiff_t at;

		start(rows[i].attrs);
		tester_ask(&t, 3, "OPTIONS", "sip:bob@192.0.2.3",
		    "<sip:bob@b.example>", "o", 1, "o", "");
		stage_run(&s, 25);
		body = tester_at(&t, tester_find(&t, "OPTIONS", 200, 0))->body;
		at = str_find(body, "m=");
		CU_ASSERT_FATAL(at > 0);
		CU_ASSERT(
		    str_is(str_slice(body, (size_t)at, body.n), rows[i].said));
		stop();
	}
}

CHECK_MAIN("offer_unfit", { "first offers", first_offers },
    { "families", families }, { "fewer lines", fewer_lines },
    { "late zeros", late_zeros }, { "directions", directions },
    { "answers", answers }, { "missing in a 2xx", missing_in_2xx },
    { "missing that must be", missing_must },
    { "missing in a change", missing_in_change },
    { "capabilities", capabilities })
