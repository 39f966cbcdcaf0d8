/*
 * Reliable provisional responses: RFC 3262.  A tester calls bob (section 3),
 * and is called by him (section 4).
 */
#include "roles/ua/ua.h"
#include "fixtures/stage.h"

static struct stage s;
static struct tester t;

#define PEER "sip:peer@192.0.2.9"
#define MINE "bob/1"
#define CAN  "Supported: 100rel\n"
#define MUST "Require: 100rel\n"
#define SDP                                                                \
	"Content-Type: application/sdp\n\nv=0\no=- 1 1 IN IP4 192.0.2.9\n" \
	"s=-\nc=IN IP4 192.0.2.9\nt=0 0\nm=audio 4000 RTP/AVP 0\n"

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

/* ---- the called side: section 3 ---- */

static void
invite(const char *extra)
{
	char text[600];

	snprintf(text, sizeof(text), CONTACT(9) "%s", extra);
	tester_ask(&t, 3, "INVITE", "sip:bob@192.0.2.3", "<sip:bob@b.example>",
	    "a", 1, "a", text);
	stage_run(&s, 25);
}

/* The RSeq of the N-th response to the INVITE with STATUS; 0: it has none. */
static uint32_t
rseq(unsigned status, size_t n)
{
	size_t i = tester_find(&t, "INVITE", status, n);
	uint32_t number = 0;

	if (msg_rseq_read(msg_value(tester_at(&t, i), MSG_H_RSEQ), &number) !=
	    0)
		return 0;
	CU_ASSERT(tester_has(&t, i, "Require", "100rel"));
	return number;
}

/* A request in the dialog of the first response that has a To tag. */
static void
within(const char *method, unsigned cseq, const char *extra)
{
	char to[120], tag[80], branch[20];
	size_t i = 0;

	while (i < t.n && msg_tag(msg_value(tester_at(&t, i), MSG_H_TO)).n == 0)
		i++;
	snprintf(to, sizeof(to), "<sip:bob@b.example>;tag=%s",
	    tester_tag(&t, i, MSG_H_TO, tag));
	snprintf(branch, sizeof(branch), "%.8s%u", method, cseq);
	tester_ask(
	    &t, 3, method, "sip:bob@192.0.2.3", to, "a", cseq, branch, extra);
	stage_run(&s, 25);
}

static void
prack(unsigned cseq, const char *rack)
{
	char text[100];

	snprintf(text, sizeof(text), "RAck: %s\n", rack);
	within("PRACK", cseq, text);
}

static void
prack_number(unsigned cseq, uint32_t number)
{
	char text[40];

	snprintf(text, sizeof(text), "%u 1 INVITE", number);
	prack(cseq, text);
}

/* The answer to the PRACK with that CSeq. */
static unsigned
answer_to(unsigned cseq)
{
	for (size_t i = t.n; i-- > 0;) {
		struct msg_cseq at = { 0 };

		msg_cseq_read(msg_value(tester_at(&t, i), MSG_H_CSEQ), &at);
		if (!tester_at(&t, i)->request && at.number == cseq &&
		    str_is(at.method, "PRACK"))
			return tester_at(&t, i)->status;
	}
	return 0;
}

static int
ring(const char *code, const char *reliable)
{
	int err = stage_do(&s, "bob", "ring", MINE, "code", code,
	    reliable != NULL ? "reliable" : NULL, reliable, NULL);

	stage_run(&s, 25);
	return err;
}

static void
take(void)
{
	stage_do(&s, "bob", "answer", MINE, NULL);
	stage_run(&s, 25);
}

static void
hang_up(unsigned cseq)
{
	within("ACK", 1, "");
	within("BYE", cseq, "");
	CU_ASSERT(stage_call_is(&s, MINE, "terminated"));
	stop();
}

/* Repeated after T1, 3*T1, 7*T1 … until its PRACK; a copy gets its answer from
 * the transaction. */
static void
confirmed(void)
{
	uint32_t first;

	start("answer=never");
	invite(MUST SDP);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 180), 1);
	first = rseq(180, 0);
	CU_ASSERT(first >= 1 && first <= INT32_MAX);
	/* RFC 3311 4: it says what is allowed. */
	CU_ASSERT(tester_has(&t, 0, "Allow", "PRACK"));
	stage_run(&s, 4000);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 180), 4);
	CU_ASSERT(str_eq(buf_view(&t.got[0].bytes), buf_view(&t.got[3].bytes)));
	CU_ASSERT_EQUAL((t.got[3].t - t.got[0].t) / SIM_MS, 3500);
	prack_number(2, first);
	CU_ASSERT_EQUAL(answer_to(2), 200);
	stage_run(&s, 20000);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 180), 4);
	/* Without a description nothing has to wait. */
	take();
	CU_ASSERT(tester_at(&t, tester_find(&t, "INVITE", 200, 0))->body.n > 0);
	hang_up(3);
}

/* Which PRACKs fit: number, CSeq, method, each once. */
static void
misfits(void)
{
	char text[60];
	uint32_t n;

	start("answer=never");
	invite(MUST SDP);
	n = rseq(180, 0);
	prack_number(2, n + 1);
	CU_ASSERT_EQUAL(answer_to(2), 481);
	snprintf(text, sizeof(text), "%u 2 INVITE", n);
	prack(3, text);
	CU_ASSERT_EQUAL(answer_to(3), 481);
	snprintf(text, sizeof(text), "%u 1 invite", n);
	prack(4, text);
	CU_ASSERT_EQUAL(answer_to(4), 481);
	/* What is no RAck at all: 400. */
	static const char *const bad[] = { "0 1 INVITE", "1", "1 INVITE",
		"x 1 INVITE", "4294967296 1 INVITE", "1 4294967296 INVITE",
		"1 1 INVITE x", "-1 1 INVITE", "1 1" };
	for (unsigned i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		prack(5 + i, bad[i]);
		CU_ASSERT_EQUAL(answer_to(5 + i), 400);
	}
	within("PRACK", 20, "");
	CU_ASSERT_EQUAL(answer_to(20), 400);
	/* Another dialog's. */
	tester_ask(&t, 3, "PRACK", "sip:bob@192.0.2.3",
	    "<sip:bob@b.example>;tag=other", "a", 30, "o",
	    "RAck: 1 1 INVITE\n");
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(answer_to(30), 481);
	CU_ASSERT_EQUAL(tester_count(&t, "PRACK", 200), 0);
	prack_number(31, n);
	CU_ASSERT_EQUAL(answer_to(31), 200);
	/* A second time there is nothing to confirm; 12.2.2: nor in the past.
	 */
	prack_number(32, n);
	CU_ASSERT_EQUAL(answer_to(32), 481);
	prack_number(29, n);
	CU_ASSERT_EQUAL(answer_to(29), 500);
	take();
	hang_up(33);
}

/* Nobody confirms: 5xx after 64*T1. */
static void
silent(void)
{
	start("answer=never");
	invite(MUST SDP);
	stage_run(&s, 31900);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 180), 7);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 500), 0);
	stage_run(&s, 150);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 500), 1);
	CU_ASSERT(stage_call_is(&s, MINE, "terminated"));
	/* One that comes after all gets its answer (3). */
	prack_number(2, rseq(180, 0));
	CU_ASSERT_EQUAL(answer_to(2), 200);
	stop();
}

/* One at a time, each number one more; what waits is the newest. */
static void
one_after_the_other(void)
{
	uint32_t n;

	start("answer=never");
	invite(MUST SDP);
	n = rseq(180, 0);
	CU_ASSERT_EQUAL(ring("181", NULL), 0);
	CU_ASSERT_EQUAL(ring("183", NULL), 0);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 183), 0);
	prack_number(2, n);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 181), 0);
	CU_ASSERT_EQUAL(rseq(183, 0), n + 1);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("send"), RULE("reliable-one"), NULL), 1);
	/* The old number fits no more. */
	prack_number(3, n);
	CU_ASSERT_EQUAL(answer_to(3), 481);
	/* 3, 5: the 183 has the answer, so the 2xx waits for the PRACK … */
	take();
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 200), 0);
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "answer", MINE, NULL), 0);
	prack_number(4, n + 1);
	CU_ASSERT_EQUAL(answer_to(4), 200);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 200), 1);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("send"), RULE("reliable-2xx"), NULL), 1);
	/* … and does not say it again. */
	CU_ASSERT_EQUAL(
	    tester_at(&t, tester_find(&t, "INVITE", 200, 0))->body.n, 0);
	hang_up(5);
}

/* A final response ends the repetition, and the PRACK is taken all the same. */
static void
answered_first(void)
{
	uint32_t n;
	size_t before;

	start("answer=never");
	invite(MUST SDP);
	n = rseq(180, 0);
	take();
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 200), 1);
	before = tester_count(&t, "INVITE", 180);
	stage_run(&s, 3000);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 180), before);
	prack_number(2, n);
	CU_ASSERT_EQUAL(answer_to(2), 200);
	CU_ASSERT(tester_count(&t, "INVITE", 200) >= 3);
	hang_up(3);
	/* Refused, cancelled, hung up while a 183 waits for its PRACK. */
	for (unsigned i = 0; i < 3; i++) {
		start("answer=never progress=183");
		invite(MUST SDP);
		take();
		if (i == 0)
			stage_do(&s, "bob", "reject", MINE, NULL);
		else if (i == 1)
			tester_ask(&t, 3, "CANCEL", "sip:bob@192.0.2.3",
			    "<sip:bob@b.example>", "a", 1, "a", "");
		else
			within("BYE", 2, "");
		stage_run(&s, 25);
		CU_ASSERT(stage_call_is(&s, MINE, "terminated"));
		CU_ASSERT_EQUAL(
		    tester_count(&t, "INVITE", i == 0 ? 486 : 487), 1);
		CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 183), 1);
		stop();
	}
}

/* Who may ask for it, and who is refused. */
static void
agreed(void)
{
	static const struct {
		const char *attrs, *invite;
		unsigned status;
		bool reliable;
	} rows[] = {
		{ "answer=never", "", 180, false },
		{ "answer=never", CAN, 180, false },
		{ "answer=never", MUST, 180, true },
		{ "answer=never reliable=required", CAN, 180, true },
		{ "answer=never reliable=required", "", 421, false },
		{ "answer=never reliable=required", MUST, 180, true },
		{ "answer=never reliable=no", CAN, 180, false },
		{ "answer=never reliable=no", MUST, 420, false },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char text[500];

		start(rows[i].attrs);
		snprintf(text, sizeof(text), "%s" SDP, rows[i].invite);
		invite(text);
		CU_ASSERT_EQUAL(tester_status(&t, 0), rows[i].status);
		CU_ASSERT_EQUAL(
		    tester_has(&t, 0, "RSeq", ""), rows[i].reliable);
		if (rows[i].status == 421)
			CU_ASSERT(tester_has(&t, 0, "Require", "100rel"));
		if (rows[i].status == 420)
			CU_ASSERT(tester_has(&t, 0, "Unsupported", "100rel"));
		if (rows[i].status == 180)
			stage_do(&s, "bob", "reject", MINE, NULL);
		stop();
	}
}

/* The argument of ring. */
static void
asked(void)
{
	start("answer=never");
	invite(CAN SDP);
	CU_ASSERT_EQUAL(rseq(180, 0), 0);
	CU_ASSERT_EQUAL(ring("183", "perhaps"), ERR_SYNTAX);
	CU_ASSERT_EQUAL(ring("183", "true"), 0);
	prack_number(2, rseq(183, 0));
	CU_ASSERT_EQUAL(answer_to(2), 200);
	CU_ASSERT_EQUAL(ring("180", "false"), 0);
	CU_ASSERT_EQUAL(rseq(180, 1), 0);
	take();
	hang_up(3);
	start("answer=never");
	invite(SDP);
	CU_ASSERT_EQUAL(ring("183", "true"), ERR_STATE);
	stage_do(&s, "bob", "reject", MINE, NULL);
	stop();
	start("answer=never");
	invite(MUST SDP);
	CU_ASSERT_EQUAL(ring("183", "false"), ERR_STATE);
	stage_do(&s, "bob", "reject", MINE, NULL);
	stop();
	start("answer=never reliable=no");
	invite(CAN SDP);
	CU_ASSERT_EQUAL(ring("183", "true"), ERR_STATE);
	stage_do(&s, "bob", "reject", MINE, NULL);
	stop();
}

/* RFC 3311 8: a 180 may answer the offer, too. */
static void
rings_with_answer(void)
{
	start("answer=never progress=none");
	invite(CAN SDP);
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "ring", MINE, "sdp", "perhaps",
			    "reliable", "true", NULL),
	    ERR_SYNTAX);
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "ring", MINE, "sdp", "true",
			    "reliable", "true", NULL),
	    0);
	stage_run(&s, 25);
	CU_ASSERT(tester_at(&t, tester_find(&t, "INVITE", 180, 0))->body.n > 0);
	prack_number(2, rseq(180, 0));
	CU_ASSERT_EQUAL(answer_to(2), 200);
	take();
	/* RFC 3262 5: it is agreed already. */
	CU_ASSERT_EQUAL(
	    tester_at(&t, tester_find(&t, "INVITE", 200, 0))->body.n, 0);
	hang_up(3);
}

/* 5: without an offer in the INVITE the first reliable response has one, and
 * its PRACK the answer. */
static void
late_offer(void)
{
	char text[500];
	size_t i;

	start("answer=never");
	invite(MUST);
	CU_ASSERT(str_find(tester_at(&t, 0)->body, "m=audio") > 0);
	take();
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 200), 0);
	snprintf(
	    text, sizeof(text), "RAck: %u 1 INVITE\n%s", rseq(180, 0), SDP);
	within("PRACK", 2, text);
	i = tester_find(&t, "INVITE", 200, 0);
	CU_ASSERT(i < t.n);
	CU_ASSERT_EQUAL(tester_at(&t, i)->body.n, 0);
	hang_up(3);
	/* An answer that leaves nothing of it; none at all. */
	for (int k = 0; k < 2; k++) {
		start("answer=never");
		invite(MUST);
		snprintf(text, sizeof(text), "RAck: %u 1 INVITE\n%s",
		    rseq(180, 0),
		    k == 0 ? "Content-Type: application/sdp\n\nv=0\n"
			     "o=- 1 1 IN IP4 192.0.2.9\ns=-\n"
			     "c=IN IP4 192.0.2.9\nt=0 0\n"
			     "m=audio 0 RTP/AVP 0\n"
			   : "");
		within("PRACK", 2, text);
		CU_ASSERT_EQUAL(answer_to(2), 200);
		CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 488), 1);
		CU_ASSERT_EQUAL(stage_count(&s, RULE("prack-unanswered"),
				    KIND("send"), NULL),
		    k == 0 ? 0 : 1);
		stop();
	}
	/* An offer in PRACK is answered in its 200. */
	start("answer=never progress=183");
	invite(MUST SDP);
	snprintf(
	    text, sizeof(text), "RAck: %u 1 INVITE\n%s", rseq(183, 0), SDP);
	within("PRACK", 2, text);
	i = tester_find(&t, "PRACK", 200, 0);
	CU_ASSERT(str_find(tester_at(&t, i)->body, "m=audio 49170") > 0);
	take();
	hang_up(3);
}

/* ---- the calling side: section 4 ---- */

static void
call(const char *attrs)
{
	start(attrs);
	stage_call(&s, "bob", PEER);
	stage_run(&s, 15);
}

/* A provisional response from the phone with TAG. */
static void
says(unsigned status, const char *tag, const char *extra)
{
	char text[600];

	snprintf(text, sizeof(text), CONTACT(9) "%s", extra);
	tester_answer(&t, 0, status, tag, text);
	stage_run(&s, 25);
}

static void
end_call(void)
{
	tester_answer(&t, 0, 200, "p", CONTACT(9) SDP);
	stage_run(&s, 25);
	CU_ASSERT(stage_call_is(&s, MINE, "confirmed"));
	stage_do(&s, "bob", "bye", MINE, NULL);
	stage_run(&s, 15);
	tester_answer(&t, tester_find(&t, "BYE", 0, 0), 200, "", "");
	stop();
}

static void
caller_confirms(void)
{
	size_t i;

	call("");
	CU_ASSERT(tester_has(&t, 0, "Supported", "100rel"));
	CU_ASSERT(!tester_has(&t, 0, "Require", "100rel"));
	says(183, "p",
	    "Record-Route: <sip:192.0.2.9;lr>\n" MUST "RSeq: 7\n" SDP);
	i = tester_find(&t, "PRACK", 0, 0);
	CU_ASSERT(tester_has(&t, i, "RAck", "7 1 INVITE"));
	CU_ASSERT(tester_has(&t, i, "CSeq", "2 PRACK"));
	CU_ASSERT(tester_has(&t, i, "Route", "192.0.2.9"));
	CU_ASSERT(str_is(tester_at(&t, i)->uri, "sip:tester@192.0.2.9"));
	tester_answer(&t, i, 200, "", "");
	/* A copy is left aside; so are those out of order, without a number,
	 * and with one that is none. */
	says(183, "p", MUST "RSeq: 7\n" SDP);
	says(180, "p", MUST "RSeq: 9\n");
	says(180, "p", MUST "RSeq: 6\n");
	says(180, "p", MUST);
	says(180, "p", MUST "RSeq: 0\n");
	says(180, "p", MUST "RSeq: 4294967304\n");
	says(180, "p", MUST "RSeq: 8 8\n");
	CU_ASSERT_EQUAL(tester_count(&t, "PRACK", 0), 1);
	CU_ASSERT_EQUAL(stage_count(&s, KIND("drop"), "prack-", NULL), 7);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("drop"), RULE("prack-repeated"), NULL), 2);
	/* The next. */
	says(180, "p", MUST "RSeq: 8\n");
	i = tester_find(&t, "PRACK", 0, 1);
	CU_ASSERT(tester_has(&t, i, "RAck", "8 1 INVITE"));
	/* Lost, it is repeated by its own transaction. */
	stage_run(&s, 600);
	CU_ASSERT_EQUAL(tester_count(&t, "PRACK", 0), 3);
	tester_answer(&t, i, 200, "", "");
	/* 100 is never reliable. */
	says(100, "p", MUST "RSeq: 9\n");
	CU_ASSERT_EQUAL(tester_count(&t, "PRACK", 0), 3);
	end_call();
}

/* 5: what the response offers is answered in PRACK; a 2xx that says it again
 * gets an ACK without a body. */
static void
answers_in_prack(void)
{
	size_t i;

	start("");
	stage_do(
	    &s, "bob", "invite", NULL, "target", PEER, "sdp", "false", NULL);
	stage_run(&s, 15);
	CU_ASSERT_EQUAL(tester_at(&t, 0)->body.n, 0);
	says(183, "p", MUST "RSeq: 7\n" SDP);
	i = tester_find(&t, "PRACK", 0, 0);
	CU_ASSERT(str_find(tester_at(&t, i)->body, "m=audio") > 0);
	tester_answer(&t, i, 200, "", "");
	stage_run(&s, 25);
	tester_answer(&t, 0, 200, "p", CONTACT(9) SDP);
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(tester_at(&t, tester_find(&t, "ACK", 0, 0))->body.n, 0);
	end_call();
}

/* Each dialog of a fork counts by itself, and its PRACK goes there. */
static void
forked(void)
{
	call("");
	says(180, "p", MUST "RSeq: 7\n");
	tester_answer(&t, 0, 183, "q",
	    "Contact: <sip:other@192.0.2.9>\n" MUST "RSeq: 70\n" SDP);
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(tester_count(&t, "PRACK", 0), 2);
	CU_ASSERT(str_is(tester_at(&t, tester_find(&t, "PRACK", 0, 1))->uri,
	    "sip:other@192.0.2.9"));
	CU_ASSERT(
	    tester_has(&t, tester_find(&t, "PRACK", 0, 1), "RAck", "70 1"));
	CU_ASSERT(
	    tester_has(&t, tester_find(&t, "PRACK", 0, 1), "CSeq", "2 PRACK"));
	says(180, "q", MUST "RSeq: 8\n");
	CU_ASSERT_EQUAL(tester_count(&t, "PRACK", 0), 2);
	says(180, "q", MUST "RSeq: 71\n");
	says(180, "p", MUST "RSeq: 8\n");
	CU_ASSERT_EQUAL(tester_count(&t, "PRACK", 0), 4);
	/* The dialogs end while PRACKs are under way. */
	end_call();
}

static void
caller_insists(void)
{
	call("reliable=required");
	CU_ASSERT(tester_has(&t, 0, "Require", "100rel"));
	tester_answer(&t, 0, 420, "p", "Unsupported: 100rel\n");
	stage_run(&s, 25);
	tester_answer(&t, tester_find(&t, "INVITE", 0, 1), 486, "p", "");
	stop();
	call("reliable=no");
	CU_ASSERT(!tester_has(&t, 0, "Supported", "100rel"));
	says(180, "p", MUST "RSeq: 7\n");
	CU_ASSERT_EQUAL(tester_count(&t, "PRACK", 0), 0);
	end_call();
	start("");
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "invite", NULL, "target", PEER,
			    "reliable", "always", NULL),
	    ERR_SYNTAX);
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "invite", NULL, "target", PEER,
			    "reliable", "required", NULL),
	    0);
	stage_run(&s, 15);
	CU_ASSERT(tester_has(&t, 0, "Require", "100rel"));
	/* 4: what comes when it is cancelled is confirmed, too. */
	stage_do(&s, "bob", "cancel", MINE, NULL);
	says(180, "p", MUST "RSeq: 7\n");
	CU_ASSERT_EQUAL(tester_count(&t, "PRACK", 0), 1);
	CU_ASSERT_EQUAL(tester_count(&t, "CANCEL", 0), 1);
	tester_answer(&t, 0, 487, "p", "");
	stop();
}

/* RFC 5057 5.1: a PRACK that is refused, or not answered (0), may end the call
 * that it is of, which is taken back. */
static void
prack_fails(void)
{
	static const struct {
		unsigned status;
		bool ends;
	} rows[] = { { 481, true }, { 408, true }, { 404, true }, { 0, true },
		{ 500, false }, { 400, false }, { 603, false } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		call("");
		says(180, "p", MUST "RSeq: 7\n");
		if (rows[i].status != 0)
			tester_answer(&t, tester_find(&t, "PRACK", 0, 0),
			    rows[i].status, "", "");
		stage_run(&s, rows[i].status != 0 ? 25 : 32100);
		CU_ASSERT_EQUAL(
		    tester_count(&t, "CANCEL", 0) > 0, rows[i].ends);
		if (!rows[i].ends) {
			end_call();
			continue;
		}
		tester_answer(&t, tester_find(&t, "CANCEL", 0, 0), 200, "", "");
		tester_answer(&t, 0, 487, "p", "");
		stop();
	}
}

/* Of a fork it ends one dialog alone. */
static void
prack_fails_in_a_fork(void)
{
	for (size_t k = 0; k < 2; k++) {
		call("");
		says(180, "p", MUST "RSeq: 7\n");
		says(180, "q", MUST "RSeq: 9\n");
		tester_answer(&t, tester_find(&t, "PRACK", 0, k), 481, "", "");
		stage_run(&s, 25);
		CU_ASSERT_EQUAL(
		    stage_count(&s, KIND("dialog"), RULE("early-lost"),
			k == 0 ? "\"remote_tag\":\"p\""
			       : "\"remote_tag\":\"q\""),
		    1);
		CU_ASSERT_EQUAL(tester_count(&t, "CANCEL", 0), 0);
		CU_ASSERT(stage_call_is(&s, MINE, "early"));
		/* It is answered all the same. */
		end_call();
	}
}

/* 3: the INVITE is refused before the PRACK is there. */
static void
late_prack(void)
{
	uint32_t number;

	start("answer=never");
	invite(MUST SDP);
	number = rseq(180, 0);
	stage_do(&s, "bob", "reject", MINE, NULL);
	stage_run(&s, 25);
	prack(2, "1 1 INVITE");
	CU_ASSERT_EQUAL(answer_to(2), 481);
	prack(3, "x");
	CU_ASSERT_NOT_EQUAL(answer_to(3), 200);
	prack_number(4, number + 1);
	CU_ASSERT_EQUAL(answer_to(4), 481);
	prack_number(5, number);
	CU_ASSERT_EQUAL(answer_to(5), 200);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("send"), RULE("prack-late"), NULL), 1);
	prack_number(6, number);
	CU_ASSERT_EQUAL(answer_to(6), 481);
	stop();
	/* It was confirmed before; */
	start("answer=never");
	invite(MUST SDP);
	number = rseq(180, 0);
	prack_number(2, number);
	stage_do(&s, "bob", "reject", MINE, NULL);
	stage_run(&s, 25);
	prack_number(3, number);
	CU_ASSERT_EQUAL(answer_to(3), 481);
	stop();
	/* or comes when nothing is left of the INVITE. */
	start("answer=never");
	invite(MUST SDP);
	number = rseq(180, 0);
	stage_do(&s, "bob", "reject", MINE, NULL);
	stage_run(&s, 40000);
	prack_number(2, number);
	CU_ASSERT_EQUAL(answer_to(2), 481);
	stop();
}

CHECK_MAIN("prack", { "confirmed", confirmed }, { "misfits", misfits },
    { "silent", silent }, { "one after the other", one_after_the_other },
    { "answered first", answered_first }, { "agreed", agreed },
    { "asked", asked }, { "rings with answer", rings_with_answer },
    { "late offer", late_offer }, { "answers in PRACK", answers_in_prack },
    { "caller confirms", caller_confirms }, { "forked", forked },
    { "caller insists", caller_insists }, { "PRACK fails", prack_fails },
    { "PRACK fails in a fork", prack_fails_in_a_fork },
    { "late PRACK", late_prack }, )
