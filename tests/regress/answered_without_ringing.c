/*
 * RFC 3261 12.1, RFC 5407 2: a 2xx confirms the called side's dialog, and until
 * its ACK the call is in moratorium, as its dialog is: a call that never rang
 * is not early at any time, and one that rang is early no longer.  From there
 * it goes on by ACK, without one, by a BYE of either side and by a re-INVITE.
 */
#include "fixtures/stage.h"

#define BOB "sip:bob@192.0.2.3"
#define SDP                                                                \
	"Content-Type: application/sdp\n\nv=0\no=- 1 1 IN IP4 192.0.2.9\n" \
	"s=-\nc=IN IP4 192.0.2.9\nt=0 0\nm=audio 4000 RTP/AVP 0\n"

static struct stage s;
static struct tester t;

/* Bob has answered, at once or (RANG) after a second of ringing. */
static void
start(bool rang)
{
	stage_open(&s);
	tester_open(&s, &t, "peer", 9);
	stage_node(
	    &s, "bob", "ua", "b.example", 3, rang ? "answer=1s" : "answer=0s");
	tester_ask(&t, 3, "INVITE", BOB, "<sip:bob@b.example>", "a", 1, "a",
	    CONTACT(9) SDP);
	stage_run(&s, rang ? 1025 : 25);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 180), rang ? 1 : 0);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 200), 1);
}

static void
stop(void)
{
	/* No step was missing, and none is from or to another state. */
	CU_ASSERT_EQUAL(stage_count(&s, KIND("bad"), "no-step", NULL), 0);
	stage_close(&s);
	tester_close(&t);
}

static void
within(const char *method, unsigned cseq, const char *extra)
{
	char to[120], tag[80], branch[20];

	snprintf(to, sizeof(to), "<sip:bob@b.example>;tag=%s",
	    tester_tag(&t, 0, MSG_H_TO, tag));
	snprintf(branch, sizeof(branch), "%s%u", method, cseq);
	tester_ask(&t, 3, method, BOB, to, "a", cseq, branch, extra);
	stage_run(&s, 25);
}

/* The call has gone from FROM to TO, how often. */
static size_t
steps(const char *from, const char *to)
{
	char text[80];

	snprintf(
	    text, sizeof(text), "\"from\":\"%s\",\"state\":\"%s\"", from, to);
	return stage_count(&s, KIND("call"), text, NULL);
}

/* ---- the ways on ---- */

static void
by_ack(void)
{
	within("ACK", 1, "");
	CU_ASSERT_EQUAL(steps("moratorium", "confirmed"), 1);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("call"), RULE("invite-acked"), NULL), 1);
}

static void
without_ack(void)
{
	stage_run(&s, 33000);
	CU_ASSERT_EQUAL(steps("moratorium", "confirmed"), 1);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("call"), RULE("invite-no-ack"), NULL), 1);
	CU_ASSERT_EQUAL(steps("confirmed", "terminating"), 1);
}

static void
by_own_bye(void)
{
	stage_do(&s, "bob", "bye", "bob/1", "now", "true", NULL);
	stage_run(&s, 25);
	CU_ASSERT(stage_call_is(&s, "bob/1", "terminating"));
	CU_ASSERT_EQUAL(steps("moratorium", "terminating"), 1);
}

/* 15: whoever waits for the ACK does so in moratorium. */
static void
by_patient_bye(void)
{
	stage_do(&s, "bob", "bye", "bob/1", NULL);
	stage_run(&s, 25);
	CU_ASSERT(stage_call_is(&s, "bob/1", "moratorium"));
	CU_ASSERT_EQUAL(tester_count(&t, "BYE", 0), 0);
	within("ACK", 1, "");
	CU_ASSERT_EQUAL(tester_count(&t, "BYE", 0), 1);
	CU_ASSERT_EQUAL(steps("moratorium", "confirmed"), 1);
	CU_ASSERT_EQUAL(steps("confirmed", "terminating"), 1);
}

/* RFC 5407 3.1.3, 3.1.6 */
static void
by_bye(void)
{
	within("BYE", 2, "");
	CU_ASSERT_EQUAL(tester_count(&t, "BYE", 200), 1);
	CU_ASSERT_EQUAL(steps("moratorium", "terminated"), 1);
}

/* RFC 5407 3.1.2: a CANCEL changes nothing any more. */
static void
by_cancel(void)
{
	tester_ask(
	    &t, 3, "CANCEL", BOB, "<sip:bob@b.example>", "a", 1, "a", "");
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(tester_count(&t, "CANCEL", 200), 1);
	CU_ASSERT(stage_call_is(&s, "bob/1", "moratorium"));
}

/* RFC 5407 3.1.4 */
static void
by_reinvite(void)
{
	within("INVITE", 2, CONTACT(8) SDP);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 200), 2);
	CU_ASSERT_EQUAL(steps("moratorium", "moratorium"), 1);
	within("ACK", 1, "");
	CU_ASSERT_EQUAL(steps("moratorium", "confirmed"), 1);
}

/* It tells somebody something in its dialog. */
static void
by_info(void)
{
	stage_do(&s, "bob", "dtmf", "bob/1", "digits", "1", NULL);
	stage_run(&s, 25);
	CU_ASSERT(stage_call_is(&s, "bob/1", "moratorium"));
	CU_ASSERT_EQUAL(tester_count(&t, "INFO", 0), 1);
}

static void
each_way(void)
{
	static void (*const ways[])(void) = { by_ack, without_ack, by_own_bye,
		by_patient_bye, by_bye, by_cancel, by_reinvite, by_info };

	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++)
		for (size_t rang = 0; rang < 2; rang++) {
			start(rang != 0);
			CU_ASSERT(stage_call_is(&s, "bob/1", "moratorium"));
			CU_ASSERT_EQUAL(
			    steps("proceeding", "early"), (size_t)rang);
			CU_ASSERT_EQUAL(
			    steps("early", "moratorium"), (size_t)rang);
			CU_ASSERT_EQUAL(
			    steps("proceeding", "moratorium"), 1 - rang);
			ways[i]();
			CU_ASSERT_EQUAL(steps("early", "confirmed"), 0);
			stop();
		}
}

CHECK_MAIN("answered_without_ringing", { "each way", each_way })
