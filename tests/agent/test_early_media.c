/*
 * Sessions of early dialogs: each has an answer, ports and numbers of its own
 * (RFC 3261 13.2.1, RFC 3264, RFC 3960), and that of the one which is answered
 * counts.  The tester plays the phones of a fork.
 */
#include "roles/ua/ua.h"
#include "fixtures/stage.h"

static struct stage s;
static struct tester t;

#define MINE "bob/1"
#define MUST "Require: 100rel\n"
/* A description of PORT with FORMATS, VERSION of o=. */
#define SDP(version, port, formats)                                        \
	"Content-Type: application/sdp\n\nv=0\no=- 1 " version             \
	" IN IP4 192.0.2.9\ns=-\nc=IN IP4 192.0.2.9\nt=0 0\nm=audio " port \
	" RTP/AVP " formats "\n"

static void
call(const char *attrs, const char *sdp)
{
	stage_open(&s);
	tester_open(&s, &t, "peer", 9);
	stage_node(&s, "bob", "ua", "b.example", 3, attrs);
	stage_do(&s, "bob", "invite", NULL, "target", "sip:peer@192.0.2.9",
	    "sdp", sdp, NULL);
	stage_run(&s, 15);
}

static void
stop(void)
{
	stage_do(&s, "bob", "bye", MINE, NULL);
	stage_run(&s, 15);
	if (tester_count(&t, "BYE", 0) > 0)
		tester_answer(&t, tester_find(&t, "BYE", 0, 0), 200, "", "");
	STAGE_STOP(&s, 80000);
	tester_close(&t);
}

static void
says(unsigned status, const char *tag, const char *extra)
{
	char text[700];

	snprintf(text, sizeof(text), CONTACT(9) "%s", extra);
	tester_answer(&t, 0, status, tag, text);
	stage_run(&s, 25);
}

/* The N-th METHOD that bob has sent, which is answered with 200 and SDP. */
static size_t
takes(const char *method, size_t n, const char *sdp)
{
	char text[600];
	size_t i = tester_find(&t, method, 0, n);

	snprintf(text, sizeof(text), CONTACT(9) "%s", sdp);
	tester_answer(&t, i, 200, "", text);
	stage_run(&s, 25);
	return i;
}

/* A request of the phone with TAG; its answer's place. */
static size_t
asks(const char *method, const char *tag, unsigned cseq, const char *extra)
{
	size_t n = tester_count(&t, method, 200);

	tester_say(&t, 3,
	    "%s sip:bob@192.0.2.3 SIP/2.0\n"
	    "Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bK%s%u\n"
	    "From: <sip:peer@192.0.2.9>;tag=%s\n"
	    "To: <sip:bob@b.example>;tag=%.*s\n"
	    "Call-ID: %.*s\n"
	    "CSeq: %u %s\n" CONTACT(9) "%s",
	    method, tag, cseq, tag,
	    STR_ARG(msg_tag(msg_value(tester_at(&t, 0), MSG_H_FROM))),
	    STR_ARG(msg_value(tester_at(&t, 0), MSG_H_CALL_ID)), cseq, method,
	    extra);
	stage_run(&s, 25);
	return tester_find(&t, method, 200, n);
}

/* The port of m=audio in the I-th message; 0: there is none. */
static unsigned
port_in(size_t i)
{
	static const char line[] = "m=audio ";
	struct str body = tester_at(&t, i)->body, rest;
	ptrdiff_t at = str_find(body, line);
	uint32_t port = 0;

	if (at >= 0)
		str_u32(str_cut(str_slice(body, (size_t)at + sizeof(line) - 1,
				    body.n),
			    ' ', &rest),
		    &port);
	return port;
}

/* What bob's call is by now. */
static struct sip_sdp_stream
agreed(void)
{
	const struct agent_call *c = agent_call_find(
	    node_role_state(world_find(s.w, "bob"), "ua"), MINE);

	CU_ASSERT_FATAL(
	    c != NULL && c->main != NULL && c->main->sdp.nplaces > 0);
	CU_ASSERT(stage_call_is(&s, MINE, "confirmed"));
	CU_ASSERT(c->main->sdp.places[0].own);
	return c->main->sdp.places[0].agreed;
}

static bool
is(const char *codec, uint16_t remote)
{
	struct sip_sdp_stream a = agreed();

	return strcmp(sip_sdp_codecs[a.codec].name, codec) == 0 &&
	       a.remote_port == remote;
}

/* Two phones play something before one is answered: whichever it is, and
 * whatever the other has said since. */
static void
answers_of_two(void)
{
	static const struct {
		const char *tag, *codec;
		uint16_t port;
		bool repeats; /* the 2xx has a description, too */
	} rows[] = {
		{ "one", "PCMA", 4000, true },
		{ "one", "PCMA", 4000, false },
		{ "two", "G729", 5000, true },
		{ "two", "G729", 5000, false },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		call("codecs=PCMU,PCMA,G729", "true");
		says(183, "one", SDP("1", "4000", "8"));
		says(183, "two", SDP("1", "5000", "18"));
		/* 13.2.1: the first of each counts. */
		says(183, "one", SDP("2", "4444", "0"));
		says(180, "three", "");
		says(200, rows[i].tag,
		    rows[i].repeats ? SDP("3", "6666", "0") : "");
		CU_ASSERT(is(rows[i].codec, rows[i].port));
		CU_ASSERT_EQUAL(agreed().port, port_in(0));
		stop();
	}
}

/* One that ends by 199 takes nothing of the others with it. */
static void
one_ends(void)
{
	call("codecs=PCMU,PCMA,G729", "true");
	says(183, "one", SDP("1", "4000", "8"));
	says(183, "two", SDP("1", "5000", "18"));
	says(199, "one", "");
	says(200, "two", "");
	CU_ASSERT(is("G729", 5000));
	stop();
	/* None is left, and another begins. */
	call("codecs=PCMU,PCMA,G729", "true");
	says(183, "one", SDP("1", "4000", "8"));
	says(199, "one", "");
	says(183, "two", SDP("1", "5000", "18"));
	says(200, "two", "");
	CU_ASSERT(is("G729", 5000));
	CU_ASSERT_EQUAL(agreed().port, port_in(0));
	stop();
}

/* The INVITE had no offer: each phone makes its own, and each gets an answer
 * with another port. */
static void
offers_of_two(void)
{
	unsigned first, second;

	for (int which = 0; which < 2; which++) {
		call("codecs=PCMU,PCMA,G729", "false");
		says(183, "one", MUST "RSeq: 1\n" SDP("1", "4000", "8"));
		says(183, "two", MUST "RSeq: 9\n" SDP("1", "5000", "18"));
		first = port_in(takes("PRACK", 0, ""));
		second = port_in(takes("PRACK", 1, ""));
		CU_ASSERT(first != 0 && second != 0 && first != second);
		says(200, which == 0 ? "one" : "two", "");
		CU_ASSERT(which == 0 ? is("PCMA", 4000) : is("G729", 5000));
		CU_ASSERT_EQUAL(agreed().port, which == 0 ? first : second);
		stop();
	}
}

/* RFC 3311: a session that is changed in one early dialog stays as it was in
 * the other. */
static void
update_of_one(void)
{
	for (int which = 0; which < 2; which++) {
		call("codecs=PCMU,PCMA,G729", "true");
		says(183, "one", MUST "RSeq: 1\n" SDP("1", "4000", "8"));
		says(183, "two", MUST "RSeq: 9\n" SDP("1", "5000", "18"));
		takes("PRACK", 0, "");
		takes("PRACK", 1, "");
		CU_ASSERT_EQUAL(
		    port_in(asks("UPDATE", "two", 7, SDP("2", "7000", "0"))),
		    port_in(0));
		TESTER_HAS(&t, 1, "UPDATE", 200);
		says(200, which == 0 ? "one" : "two", "");
		CU_ASSERT(which == 0 ? is("PCMA", 4000) : is("PCMU", 7000));
		stop();
	}
}

/* What is no answer in one dialog leaves the others. */
static void
bad_answers(void)
{
	call("", "true");
	says(183, "one", "Content-Type: application/sdp\n\nnonsense");
	says(183, "two", SDP("1", "5000", "8"));
	says(200, "two", "");
	CU_ASSERT(is("PCMA", 5000));
	stop();
	call("", "true");
	says(183, "one", SDP("1", "4000", "99"));
	says(183, "two", SDP("1", "5000", "8"));
	says(200, "one", SDP("1", "4000", "99"));
	TESTER_HAS(&t, 1, "BYE", 0);
	stop();
}

/* Calls of many dialogs give all their ports back. */
static void
ports_come_back(void)
{
	call("", "false");
	for (unsigned i = 0; i < 40; i++) {
		char tag[12];

		snprintf(tag, sizeof(tag), "t%u", i);
		tester_answer(&t, 0, 183, tag,
		    CONTACT(9) MUST "RSeq: 1\n" SDP("1", "4000", "8"));
	}
	stage_run(&s, 25);
	TESTER_HAS(&t, 40, "PRACK", 0);
	says(486, "t0", "");
	CU_ASSERT(stage_run(&s, 80000));
	{
		const struct node *bob = world_find(s.w, "bob");

		for (size_t i = 0; i < (SIP_SDP_PORTS + 7) / 8; i++)
			CU_ASSERT_EQUAL(bob->rtp.taken[i], 0);
	}
	stage_close(&s);
	tester_close(&t);
}

CHECK_MAIN("early_media", { "answers of two", answers_of_two },
    { "one ends", one_ends }, { "offers of two", offers_of_two },
    { "update of one", update_of_one }, { "bad answers", bad_answers },
    { "ports come back", ports_come_back }, )
