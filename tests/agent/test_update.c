/*
 * UPDATE: RFC 3311.  The tester calls bob with a reliable 183, as in section 8,
 * or is called by him.
 */
#include "roles/ua/ua.h"
#include "fixtures/stage.h"

static struct stage s;
static struct tester t;

#define PEER "sip:peer@192.0.2.9"
#define MINE "bob/1"
#define MUST "Require: 100rel\n"
#define SDP_OF(port, line)                                                 \
	"Content-Type: application/sdp\n\nv=0\no=- 1 1 IN IP4 192.0.2.9\n" \
	"s=-\nc=IN IP4 192.0.2.9\nt=0 0\nm=audio " port " RTP/AVP 0\n" line
#define SDP   SDP_OF("4000", "")
#define MOVED "Contact: <sip:moved@192.0.2.9>\n"

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

/* A request in the dialog that bob's first response with a tag has made. */
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

static int
update(const char *sdp)
{
	int err = stage_do(&s, "bob", "update", MINE, "sdp", sdp, NULL);

	stage_run(&s, 15);
	return err;
}

/* The last UPDATE of bob's gets its answer. */
static void
answers(unsigned status, const char *extra)
{
	size_t n = tester_count(&t, "UPDATE", 0);

	tester_answer(
	    &t, tester_find(&t, "UPDATE", 0, n - 1), status, "", extra);
	stage_run(&s, 25);
}

/* bob is called, and rings with a reliable 183 that has the answer. */
static void
rings(const char *attrs)
{
	char text[600];

	start(attrs);
	snprintf(text, sizeof(text), CONTACT(9) MUST "%s", SDP);
	tester_ask(&t, 3, "INVITE", "sip:bob@192.0.2.3", "<sip:bob@b.example>",
	    "a", 1, "a", text);
	stage_run(&s, 25);
}

static void
prack(unsigned cseq)
{
	char text[60];

	snprintf(text, sizeof(text), "RAck: %.*s 1 INVITE\n",
	    STR_ARG(msg_value(
		tester_at(&t, tester_find(&t, "INVITE", 183, 0)), MSG_H_RSEQ)));
	within("PRACK", cseq, text);
	CU_ASSERT_EQUAL(tester_count(&t, "PRACK", 200), 1);
}

static void
take(unsigned cseq)
{
	stage_do(&s, "bob", "answer", MINE, NULL);
	stage_run(&s, 25);
	within("ACK", 1, "");
	CU_ASSERT(stage_call_is(&s, MINE, "confirmed"));
	within("BYE", cseq, "");
	stop();
}

/* bob calls, and is answered where ANSWERED. */
static void
calls(bool answered)
{
	start("");
	stage_call(&s, "bob", PEER);
	stage_run(&s, 15);
	tester_answer(&t, 0, 183, "p", CONTACT(9) MUST "RSeq: 1\n" SDP);
	stage_run(&s, 25);
	tester_answer(&t, tester_find(&t, "PRACK", 0, 0), 200, "", "");
	stage_run(&s, 25);
	if (answered)
		tester_answer(&t, 0, 200, "p", CONTACT(9));
	stage_run(&s, 25);
}

static void
hang_up(void)
{
	size_t bye;

	stage_do(&s, "bob", "bye", MINE, NULL);
	stage_run(&s, 15);
	bye = tester_find(&t, "BYE", 0, 0);
	if (bye < t.n)
		tester_answer(&t, bye, 200, "", "");
	stop();
}

/* Section 8: the caller changes the session before it is answered, then the
 * called side does. */
static void
early(void)
{
	size_t i;

	rings("answer=never progress=183");
	/* 5.2: what bob has offered an answer to is not final before PRACK
	 * only for himself: the caller has it. */
	prack(2);
	within("UPDATE", 3, MOVED SDP_OF("5000", ""));
	i = tester_find(&t, "UPDATE", 200, 0);
	CU_ASSERT(str_find(tester_at(&t, i)->body, "m=audio 49170") > 0);
	CU_ASSERT(tester_has(&t, i, "Contact", "<sip:bob@192.0.2.3:5060>"));
	CU_ASSERT(tester_has(&t, i, "Allow", "UPDATE"));
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("dialog"), "moved@", RULE("dialog-refresh")),
	    1);
	/* It goes to the new target. */
	CU_ASSERT_EQUAL(update("true"), 0);
	i = tester_find(&t, "UPDATE", 0, 0);
	CU_ASSERT(str_is(tester_at(&t, i)->uri, "sip:moved@192.0.2.9"));
	CU_ASSERT(tester_at(&t, i)->body.n > 0);
	/* Not two at once; without a description neither. */
	CU_ASSERT_EQUAL(update("true"), ERR_STATE);
	CU_ASSERT_EQUAL(update("false"), ERR_STATE);
	/* 5.2: the offers meet. */
	within("UPDATE", 4, MOVED SDP);
	CU_ASSERT_EQUAL(tester_count(&t, "UPDATE", 491), 1);
	within("UPDATE", 5, MOVED);
	CU_ASSERT_EQUAL(tester_count(&t, "UPDATE", 200), 2);
	answers(200, CONTACT(9) SDP);
	CU_ASSERT(stage_call_is(&s, MINE, "early"));
	take(6);
}

/* 5.2: the offer of the INVITE has no answer yet, or none that counts. */
static void
too_early(void)
{
	size_t i;

	rings("answer=never");
	CU_ASSERT_EQUAL(update("true"), ERR_STATE);
	within("UPDATE", 2, CONTACT(9) SDP);
	i = tester_find(&t, "UPDATE", 500, 0);
	CU_ASSERT(i < t.n && tester_has(&t, i, "Retry-After", ""));
	within("UPDATE", 3, CONTACT(9));
	CU_ASSERT_EQUAL(tester_count(&t, "UPDATE", 200), 1);
	CU_ASSERT_EQUAL(update("false"), 0);
	CU_ASSERT_EQUAL(
	    tester_at(&t, tester_find(&t, "UPDATE", 0, 0))->body.n, 0);
	answers(200, MOVED);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("dialog"), "moved@", RULE("dialog-refresh")),
	    1);
	stage_do(&s, "bob", "reject", MINE, NULL);
	stop();
	/* No dialog, none any more, another one. */
	start("");
	stage_call(&s, "bob", PEER);
	stage_run(&s, 15);
	CU_ASSERT_EQUAL(update("true"), ERR_STATE);
	tester_answer(&t, 0, 486, "p", "");
	stage_run(&s, 25);
	tester_ask(&t, 3, "UPDATE", "sip:bob@192.0.2.3",
	    "<sip:bob@b.example>;tag=x", "u", 1, "u", CONTACT(9));
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(tester_count(&t, "UPDATE", 481), 1);
	stop();
}

/* What is refused, and what is no good. */
static void
refuses(void)
{
	static const struct {
		const char *extra;
		unsigned status;
	} rows[] = {
		{ CONTACT(9) SDP_OF("4000", "a=sendonly\n"), 504 },
		{ CONTACT(9), 200 },
		{ CONTACT(9) "Require: nothing\n", 420 },
		{ "Contact: *\n", 400 },
		{ CONTACT(9) "Content-Type: text/plain\n\nHello\n", 415 },
		{ CONTACT(9) "Content-Type: application/sdp\n\nv=0\no=- 1 1 "
			     "IN IP4 192.0.2.9\ns=-\nt=0 0\nm=video 1 RTP/AVP "
			     "99\n",
		    488 },
	};

	rings("answer=never progress=183 update=ask");
	prack(2);
	for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		size_t n = tester_count(&t, "UPDATE", rows[i].status);

		within("UPDATE", 3 + i, rows[i].extra);
		CU_ASSERT_EQUAL(
		    tester_count(&t, "UPDATE", rows[i].status), n + 1);
	}
	/* 12.2.2: out of order. */
	within("UPDATE", 2, MOVED);
	CU_ASSERT_EQUAL(tester_count(&t, "UPDATE", 500), 1);
	take(20);
}

/* 5.3, of an UPDATE in an answered call. */
static void
refused(void)
{
	calls(true);
	CU_ASSERT(stage_call_is(&s, MINE, "confirmed"));
	CU_ASSERT_EQUAL(update("true"), 0);
	answers(488, MOVED);
	CU_ASSERT(stage_call_is(&s, MINE, "confirmed"));
	CU_ASSERT_EQUAL(stage_count(&s, KIND("dialog"), "moved@", NULL), 0);
	/* 491: the owner of the Call-ID waits for 2.1 s to 4 s. */
	CU_ASSERT_EQUAL(update("true"), 0);
	answers(491, "");
	CU_ASSERT_EQUAL(update("true"), ERR_STATE);
	stage_run(&s, 2000);
	CU_ASSERT_EQUAL(tester_count(&t, "UPDATE", 0), 2);
	for (int ms = 0; ms < 2000 && tester_count(&t, "UPDATE", 0) < 3;
	     ms += 20)
		stage_run(&s, 20);
	CU_ASSERT_EQUAL(tester_count(&t, "UPDATE", 0), 3);
	answers(500, "Retry-After: 3 (busy)\n");
	stage_run(&s, 2900);
	CU_ASSERT_EQUAL(tester_count(&t, "UPDATE", 0), 3);
	stage_run(&s, 200);
	CU_ASSERT_EQUAL(tester_count(&t, "UPDATE", 0), 4);
	/* It holds; a re-INVITE has to wait for its answer. */
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "reinvite", MINE, NULL), ERR_STATE);
	answers(200, MOVED SDP_OF("4000", "a=sendonly\n"));
	CU_ASSERT_EQUAL(stage_count(&s, KIND("dialog"), "moved@", NULL), 1);
	/* An answer that leaves nothing: BYE. */
	CU_ASSERT_EQUAL(update("true"), 0);
	answers(200, MOVED SDP_OF("0", ""));
	CU_ASSERT_EQUAL(tester_count(&t, "BYE", 0), 1);
	hang_up();
}

/* The other side has lost the dialog, or is silent; or it is hung up. */
static void
lost(void)
{
	for (int i = 0; i < 2; i++) {
		calls(true);
		CU_ASSERT_EQUAL(update("false"), 0);
		if (i == 0)
			answers(481, "");
		else
			stage_run(&s, 32200);
		CU_ASSERT_EQUAL(tester_count(&t, "BYE", 0), 1);
		hang_up();
	}
	calls(true);
	CU_ASSERT_EQUAL(update("true"), 0);
	hang_up();
	calls(false);
	CU_ASSERT_EQUAL(update("true"), 0);
	answers(491, "");
	stage_do(&s, "bob", "cancel", MINE, NULL);
	stage_run(&s, 5000);
	CU_ASSERT_EQUAL(tester_count(&t, "UPDATE", 0), 1);
	tester_answer(&t, 0, 487, "p", "");
	stop();
	/* The early dialog is gone before the answer. */
	calls(false);
	CU_ASSERT_EQUAL(update("true"), 0);
	tester_answer(&t, 0, 486, "p", "");
	stage_run(&s, 25);
	answers(481, "");
	stop();
}

/* The called side changes the session twice and hangs up before the first
 * UPDATE's transaction is over: nobody tells the call of it any more. */
static void
twice_then_over(void)
{
	rings("answer=never progress=183");
	prack(2);
	stage_do(&s, "bob", "answer", MINE, NULL);
	stage_run(&s, 25);
	within("ACK", 1, "");
	CU_ASSERT_EQUAL(update("true"), 0);
	answers(200, CONTACT(9) SDP);
	CU_ASSERT_EQUAL(update("true"), 0);
	answers(200, CONTACT(9) SDP);
	CU_ASSERT_EQUAL(tester_count(&t, "UPDATE", 0), 2);
	hang_up();
}

CHECK_MAIN("update", { "early", early }, { "too early", too_early },
    { "refuses", refuses }, { "refused", refused }, { "lost", lost },
    { "twice, then over", twice_then_over }, )
