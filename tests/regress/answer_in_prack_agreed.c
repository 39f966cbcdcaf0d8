/*
 * The answer in a PRACK to what a reliable provisional response has offered
 * (RFC 3262 5) was not agreed: in this side's next offer a stream that it
 * refuses stood as offered again, and one that it accepts was not to be taken
 * out.  RFC 3264 8.
 */
#include "fixtures/stage.h"

#include "msg/parts.h"

#define SDP                                                                \
	"Content-Type: application/sdp\n\nv=0\no=- 1 1 IN IP4 192.0.2.9\n" \
	"s=-\nc=IN IP4 192.0.2.9\nt=0 0\nm=audio 4000 RTP/AVP 0\n"         \
	"m=video 0 RTP/AVP 31\n"

static struct stage s;
static struct tester t;

/* The peer sends METHOD within the dialog that bob's 180 has made. */
static void
within(const char *method, unsigned cseq, const char *extra)
{
	char to[120], tag[80], branch[20];

	snprintf(to, sizeof(to), "<sip:bob@b.example>;tag=%s",
	    tester_tag(&t, tester_find(&t, "INVITE", 180, 0), MSG_H_TO, tag));
	snprintf(branch, sizeof(branch), "%.8s%u", method, cseq);
	tester_ask(
	    &t, 3, method, "sip:bob@192.0.2.3", to, "a", cseq, branch, extra);
	stage_run(&s, 25);
}

/* bob has offered sound and pictures in his 180, and has answered; the peer
 * wants the sound alone. */
static void
talk(void)
{
	char text[500];
	uint32_t number = 0;
	size_t ringing;

	stage_open(&s);
	tester_open(&s, &t, "peer", 9);
	stage_node(&s, "bob", "ua", "b.example", 3,
	    "answer=never streams=audio,video");
	tester_ask(&t, 3, "INVITE", "sip:bob@192.0.2.3", "<sip:bob@b.example>",
	    "a", 1, "a", CONTACT(9) "Require: 100rel\n");
	stage_run(&s, 25);
	ringing = tester_find(&t, "INVITE", 180, 0);
	CU_ASSERT_FATAL(ringing < t.n);
	CU_ASSERT(str_find(tester_at(&t, ringing)->body, "m=video 0") < 0);
	CU_ASSERT_EQUAL(
	    msg_rseq_read(
		msg_value(tester_at(&t, ringing), MSG_H_RSEQ), &number),
	    0);
	snprintf(text, sizeof(text), "RAck: %u 1 INVITE\n" SDP, number);
	within("PRACK", 2, text);
	stage_do(&s, "bob", "answer", "bob/1", NULL);
	stage_run(&s, 25);
	within("ACK", 1, "");
}

static void
stop(void)
{
	stage_close(&s);
	tester_close(&t);
}

static struct str
last_offer(void)
{
	size_t i = tester_find(&t, "INVITE", 0, 0);

	return i < t.n ? tester_at(&t, i)->body : STR_NULL;
}

static void
offers_again(void)
{
	talk();
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "hold", "bob/1", NULL), 0);
	stage_run(&s, 25);
	CU_ASSERT(str_find(last_offer(), "m=audio 4") > 0);
	CU_ASSERT(str_find(last_offer(), "m=video 0") > 0);
	stop();
}

static void
adds_again(void)
{
	talk();
	CU_ASSERT_EQUAL(
	    stage_do(&s, "bob", "reinvite", "bob/1", "remove", "video", NULL),
	    ERR_STATE);
	CU_ASSERT_EQUAL(
	    stage_do(&s, "bob", "reinvite", "bob/1", "add", "video", NULL), 0);
	stage_run(&s, 25);
	CU_ASSERT(str_find(last_offer(), "m=video 4") > 0);
	stop();
}

CHECK_MAIN("answer in PRACK", { "offers again", offers_again },
    { "adds again", adds_again })
