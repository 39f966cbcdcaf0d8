/* A user agent is called by a tester: RFC 3261 8.2, 9.2, 13.3, 15. */
#include "fixtures/stage.h"

#include "msg/header_names.h"

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
	STAGE_OPEN(&s, &t, "peer", 9);
	stage_node(&s, "bob", "ua", "b.example", 3, attrs);
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
		CU_ASSERT(all > 0);
		CU_ASSERT(stage_call_is(&s, "bob/2", "early"));
		STAGE_CLOSE(&s, &t);
		for (unsigned long n = 1; n <= all; n++) {
			int err = story(step, n, &ignored);

			CU_ASSERT(err == ERR_NOMEM || err == 0);
			STAGE_CLOSE(&s, &t);
		}
	}
}

CHECK_MAIN("callee", { "no memory", no_memory }, )
