/*
 * A controller between two testers: the messages of the three flows of RFC 3725
 * 4, what becomes of failures (6), and what is passed on afterwards (7).
 */
#include "fixtures/stage.h"

#include "pair/pair_sdp.h"

#define ALICE "sip:a@192.0.2.8"
#define BOB   "sip:b@192.0.2.9"
#define HEAD(name)                          \
	"v=0\n"                             \
	"o=" name " 7 1 IN IP4 192.0.2.8\n" \
	"s=-\nc=IN IP4 192.0.2.8\nt=0 0\n"
#define AUDIO      "m=audio 4000 RTP/AVP 0\n"
#define VIDEO      "m=video 4002 RTP/AVP 99\na=rtpmap:99 H264/90000\n"
#define AUDIO_CRLF "m=audio 4000 RTP/AVP 0\r\n"

static struct stage s;
static struct tester a, b;

static void
start(const char *attrs)
{
	stage_open(&s);
	tester_open(&s, &a, "a", 8);
	tester_open(&s, &b, "b", 9);
	stage_node(&s, "ctl", "controller", "", 3, attrs);
}

/* Nothing is left alive. */
static void
stop(void)
{
	STAGE_STOP(&s, 400000);
	tester_close(&a);
	tester_close(&b);
}

/* T's answer to the N-th INVITE it got, with a description: what comes behind
 * the head that tester_answer writes is not counted, so it ends the datagram.
 */
static void
accept_with(struct tester *t, size_t n, const char *tag, const char *sdp)
{
	char text[1200];

	snprintf(text, sizeof(text), "%sContent-Type: application/sdp\n\n%s",
	    t == &a ? CONTACT(8) : CONTACT(9), sdp);
	tester_answer(t, tester_find(t, "INVITE", 0, n), 200, tag, text);
	stage_run(&s, 25);
}

static struct str
body(struct tester *t, const char *method, size_t n)
{
	return tester_at(t, tester_find(t, method, 0, n))->body;
}

static bool
says(struct tester *t, const char *method, size_t n, const char *text)
{
	return str_find(body(t, method, n), text) >= 0;
}

static void
connect_by(const char *flow)
{
	CU_ASSERT_EQUAL(stage_do(&s, "ctl", "connect", NULL, "first", ALICE,
			    "second", BOB, "flow", flow, NULL),
	    0);
	stage_run(&s, 15);
}

/* Both hang up, the first by itself. */
static void
hang_up(void)
{
	stage_do(&s, "ctl", "bye", "ctl/1", NULL);
	stage_run(&s, 15);
	tester_answer(&a, tester_find(&a, "BYE", 0, 0), 200, "", "");
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(tester_count(&b, "BYE", 0), 1);
	tester_answer(&b, tester_find(&b, "BYE", 0, 0), 200, "", "");
	stage_run(&s, 25);
	stop();
}

/* The second half of flows III and IV. */
static void
adapt(const char *offer, const char *want)
{
	CU_ASSERT_EQUAL(body(&b, "INVITE", 0).n, 0);
	accept_with(&b, 0, "b", offer);
	CU_ASSERT_EQUAL(tester_count(&b, "ACK", 0), 0);
	CU_ASSERT(says(&a, "INVITE", 1, want));
	CU_ASSERT(says(&a, "INVITE", 1, "o=- 1 2 IN IP4 192.0.2.3"));
}

static void
flow_three(void)
{
	start("");
	connect_by("III");
	CU_ASSERT_EQUAL(body(&a, "INVITE", 0).n, 0);
	accept_with(&a, 0, "a", HEAD("alice") VIDEO AUDIO);
	CU_ASSERT(says(&a, "ACK", 0, "c=IN IP4 0.0.0.0"));
	CU_ASSERT(says(&a, "ACK", 0, "a=inactive"));
	/* Alice's first stream stays first, though Bob has none such. */
	adapt(HEAD("bob") AUDIO,
	    "m=video 0 RTP/AVP 99\r\nm=audio 4000 RTP/AVP 0");
	accept_with(&a, 1, "", HEAD("alice") "m=video 0 RTP/AVP 99\n" AUDIO);
	CU_ASSERT(says(&b, "ACK", 0, "m=audio 4000"));
	CU_ASSERT(!says(&b, "ACK", 0, "m=video"));
	hang_up();
}

/* 6: the second party refuses, or does not answer; its first hears why. */
static void
second_fails(void)
{
	static const struct {
		const char *flow;
		unsigned status; /* 0: it rings for too long */
		const char *reason;
	} rows[] = { { "I", 486, "cause=486" }, { "III", 603, "cause=603" },
		{ "IV", 486, "cause=486" }, { "IV", 0, "cause=487" } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		size_t invite;

		start("no_answer=1s");
		connect_by(rows[i].flow);
		accept_with(&a, 0, "a",
		    strcmp(rows[i].flow, "IV") == 0 ? HEAD("alice")
						    : HEAD("alice") AUDIO);
		invite = tester_find(&b, "INVITE", 0, 0);
		if (rows[i].status != 0) {
			tester_answer(&b, invite, rows[i].status, "b", "");
		} else {
			tester_answer(&b, invite, 180, "b", CONTACT(9));
			stage_run(&s, 1010);
			CU_ASSERT_EQUAL(tester_count(&b, "CANCEL", 0), 1);
			tester_answer(
			    &b, tester_find(&b, "CANCEL", 0, 0), 200, "b", "");
			tester_answer(&b, invite, 487, "b", "");
		}
		stage_run(&s, 25);
		/* Flow I: its 2xx gets an ACK before. */
		CU_ASSERT_EQUAL(tester_count(&a, "ACK", 0), 1);
		CU_ASSERT(tester_has(&a, tester_find(&a, "BYE", 0, 0), "Reason",
		    rows[i].reason));
		tester_answer(&a, tester_find(&a, "BYE", 0, 0), 200, "", "");
		stop();
	}
}

/* The re-INVITE is refused: both are hung up, after an ACK to the second. */
static void
adapting_fails(void)
{
	start("");
	connect_by("IV");
	accept_with(&a, 0, "a", HEAD("alice"));
	adapt(HEAD("bob") AUDIO, AUDIO_CRLF);
	tester_answer(&a, tester_find(&a, "INVITE", 0, 1), 488, "", "");
	stage_run(&s, 25);
	CU_ASSERT(says(&b, "ACK", 0, "m=audio 0 RTP/AVP 0"));
	CU_ASSERT_EQUAL(tester_count(&a, "BYE", 0), 1);
	CU_ASSERT_EQUAL(tester_count(&b, "BYE", 0), 1);
	stop();
}

/* 7: the first asks for another session, which is passed on to the second;
 * what the second answers, the first hears. */
static void
changed_afterwards(void)
{
	static const unsigned answers[] = { 200, 488 };

	for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
		char id[100], from[100], own[80];
		struct str v;
		size_t again;

		start("");
		connect_by("I");
		v = msg_value(tester_at(&a, 0), MSG_H_CALL_ID);
		snprintf(id, sizeof(id), "%.*s", (int)v.n, v.p);
		accept_with(&a, 0, id, HEAD("alice") AUDIO);
		accept_with(&b, 0, "b", HEAD("bob") AUDIO);
		snprintf(from, sizeof(from), "<sip:ctl@192.0.2.3>;tag=%s",
		    tester_tag(&a, 0, MSG_H_FROM, own));
		tester_ask(&a, 3, "INVITE", "sip:ctl@192.0.2.3", from, id, 7,
		    "change",
		    CONTACT(8) "Content-Type: application/sdp\n\n" HEAD(
			"alice") "m=audio 4400 RTP/AVP 0\n");
		stage_run(&s, 25);
		CU_ASSERT(says(&b, "INVITE", 1, "m=audio 4400"));
		CU_ASSERT_EQUAL(tester_count(&a, "INVITE", 200), 0);
		again = tester_find(&b, "INVITE", 0, 1);
		if (answers[i] == 200)
			accept_with(
			    &b, 1, "", HEAD("bob") "m=audio 4600 RTP/AVP 0\n");
		else
			tester_answer(&b, again, answers[i], "", "");
		stage_run(&s, 25);
		CU_ASSERT_EQUAL(tester_count(&a, "INVITE", answers[i]), 1);
		CU_ASSERT_EQUAL(str_find(tester_at(&a, tester_find(&a, "INVITE",
							   answers[i], 0))
					     ->body,
				    "m=audio 4600") >= 0,
		    answers[i] == 200);
		tester_ask(&a, 3, "ACK", "sip:ctl@192.0.2.3", from, id, 7,
		    answers[i] == 200 ? "ack" : "change", "");
		stage_run(&s, 15);
		hang_up();
	}
}

static void
hostile_texts(void)
{
	static const char *const texts[] = { "", "v=0", "m=", "m=\r\nm=\r\n",
		"m=audio", "v=0\r\nm=audio 1 RTP/AVP 0", "o=\no=\no=\n",
		"\n\n\n", "m=audio 1\nm=audio 2\nm=audio 3\n" };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct pair_sdp sdp = { .addr = {
					    stage_addr(3), stage_addr(3) } };
		struct pair_sdp_way way = { .offer = str_of(texts[5]) };
		struct buf out = BUF_INIT;

		CU_ASSERT_EQUAL(pair_sdp_hear(&sdp, 0, str_of(texts[i])), 0);
		way.offers = i % 2 == 0;
		pair_sdp_pass(&sdp, 1, str_of(texts[i]), &way, &out);
		way.transcodes = true;
		pair_sdp_pass(&sdp, 1, str_of(texts[i]), &way, &out);
		pair_sdp_empty(&sdp, 0, &out);
		pair_sdp_hole(&sdp, 0, str_of(texts[i]), &out);
		CU_ASSERT_EQUAL(out.err, 0);
		buf_free(&out);
		pair_sdp_free(&sdp);
	}
}

static void
too_many_streams(void)
{
	struct pair_sdp sdp = { .addr = { stage_addr(3), stage_addr(3) } };
	struct buf text = BUF_INIT;

	buf_puts(&text, "v=0\r\n");
	for (int i = 0; i <= PAIR_STREAMS; i++)
		buf_printf(&text, "m=audio %d RTP/AVP 0\r\n", 4000 + i);
	CU_ASSERT_EQUAL(pair_sdp_hear(&sdp, 0, buf_view(&text)), ERR_LIMIT);
	buf_free(&text);
	pair_sdp_free(&sdp);
}

static void
wrong_arguments(void)
{
	start("");
	CU_ASSERT_EQUAL(stage_do(&s, "ctl", "connect", NULL, NULL), ERR_SYNTAX);
	CU_ASSERT_EQUAL(stage_do(&s, "ctl", "connect", NULL, "first", ALICE,
			    "second", BOB, "flow", "II", NULL),
	    ERR_SYNTAX);
	CU_ASSERT_EQUAL(
	    stage_do(&s, "ctl", "bye", "ctl/9", NULL), ERR_NOTFOUND);
	stop();
}

CHECK_MAIN("controller", { "flow III", flow_three },
    { "the second fails", second_fails }, { "adapting fails", adapting_fails },
    { "changed afterwards", changed_afterwards },
    { "hostile texts", hostile_texts },
    { "too many streams", too_many_streams },
    { "wrong arguments", wrong_arguments })
