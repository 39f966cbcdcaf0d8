/*
 * The RTP ports of a phone: each live stream has one of its own, those of ended
 * calls are used again, and who has none left refuses.  RFC 3550 11, RFC 3261
 * 21.5.1.
 */
#include "fixtures/stage.h"

#include "roles/ua/ua.h"

#define PEER "sip:peer@192.0.2.9"
#define FROM "Contact: <" PEER ">\n"
#define SDP                                                   \
	"Content-Type: application/sdp\n\nv=0\n"              \
	"o=- 1 2 IN IP4 192.0.2.9\ns=-\nc=IN IP4 192.0.2.9\n" \
	"t=0 0\nm=audio 4000 RTP/AVP 8\nm=audio 4002 RTP/AVP 8\n"

static struct stage s;
static struct tester t;

/* In turn, round again, and only what is free. */
static void
in_turn(void)
{
	struct sip_sdp_ports p = { 0 };
	uint16_t port = 0;

	for (unsigned i = 0; i < SIP_SDP_PORTS; i++) {
		CU_ASSERT_EQUAL(sip_sdp_port_take(&p, &port), 0);
		CU_ASSERT_EQUAL(port, 49170 + 2 * i);
	}
	CU_ASSERT_EQUAL(port, 65534);
	CU_ASSERT_EQUAL(sip_sdp_port_take(&p, &port), ERR_LIMIT);
	sip_sdp_port_give_back(&p, 49180);
	sip_sdp_port_give_back(&p, 65534);
	CU_ASSERT_EQUAL(sip_sdp_port_take(&p, &port), 0);
	CU_ASSERT_EQUAL(port, 49180);
	sip_sdp_port_give_back(&p, 49170);
	CU_ASSERT_EQUAL(sip_sdp_port_take(&p, &port), 0);
	CU_ASSERT_EQUAL(port, 65534);
	CU_ASSERT_EQUAL(sip_sdp_port_take(&p, &port), 0);
	CU_ASSERT_EQUAL(port, 49170);
	CU_ASSERT_EQUAL(sip_sdp_port_take(&p, &port), ERR_LIMIT);
	sip_sdp_ports_free(&p);
}

/* ---- a phone with two ports, or none ---- */

static void
start(unsigned left)
{
	struct node *bob;
	uint16_t port;

	STAGE_OPEN(&s, &t, "peer", 9);
	bob = stage_node(&s, "bob", "ua", "b.example", 3, "answer=0s");
	for (unsigned i = left; i < SIP_SDP_PORTS; i++)
		sip_sdp_port_take(&bob->rtp, &port);
}

static void
stop(void)
{
	STAGE_CLOSE(&s, &t);
}

static void
is_called(const char *id, const char *extra)
{
	tester_ask(&t, 3, "INVITE", "sip:bob@192.0.2.3", "<sip:bob@b.example>",
	    id, 1, id, extra);
	stage_run(&s, 25);
}

static size_t
refusals(void)
{
	return stage_count(&s, KIND("send"), RULE("rtp-ports"), NULL);
}

static bool
says(unsigned status, const char *media)
{
	return str_find(
		   tester_at(&t, tester_find(&t, "INVITE", status, 0))->body,
		   media) >= 0;
}

static void
called_without_port(void)
{
	start(0);
	is_called("a", FROM SDP);
	CU_ASSERT_EQUAL(refusals(), 1);
	is_called("b", FROM);
	CU_ASSERT_EQUAL(refusals(), 2);
	TESTER_HAS(&t, 2, "INVITE", 500);
	CU_ASSERT(stage_call_is(&s, "bob/2", "terminated"));
	stop();
	/* One is enough to answer; the other stream is refused. */
	start(1);
	is_called("a", FROM SDP);
	CU_ASSERT(says(200, "m=audio 65534 RTP/AVP 8\r\n"));
	CU_ASSERT(says(200, "m=audio 0 RTP/AVP 8\r\n"));
	is_called("b", FROM SDP);
	CU_ASSERT_EQUAL(refusals(), 1);
	stop();
}

/* 183, too. */
static void
rings_without_port(void)
{
	start(0);
	node_set_attr(world_find(s.w, "bob"), "progress", "183");
	node_set_attr(world_find(s.w, "bob"), "answer", "1s");
	is_called("a", FROM SDP);
	TESTER_HAS(&t, 0, "INVITE", 183);
	CU_ASSERT_EQUAL(refusals(), 1);
	stop();
}

static void
calls_without_port(void)
{
	start(0);
	CU_ASSERT_EQUAL(
	    stage_do(&s, "bob", "invite", NULL, "target", PEER, NULL),
	    ERR_LIMIT);
	CU_ASSERT_STRING_EQUAL(
	    s.d.text, "bob can't call " PEER ": all its RTP ports are in use");
	/* 13.2.2.4: the offer of a 2xx is answered, and that is all. */
	STAGE_DO(&s, 15, "bob", "invite", NULL, "target", PEER, "sdp", "false");
	tester_answer(
	    &t, tester_find(&t, "INVITE", 0, 0), 200, "one", FROM SDP);
	stage_run(&s, 25);
	CU_ASSERT(str_find(tester_at(&t, tester_find(&t, "ACK", 0, 0))->body,
		      "m=audio 0 RTP/AVP 8\r\nm=audio 0 ") > 0);
	STAGE_HAS(&s, 1, KIND("send"), RULE("rtp-ports"), "BYE");
	stop();
}

/* A call that has ended leaves its ports to the next. */
static void
used_again(void)
{
	char id[3] = "a0";

	start(2);
	for (unsigned i = 0; i < 6; i++, id[1]++) {
		is_called(id, FROM SDP);
		/* 13.3.1.4: no ACK comes, nor an answer to the BYE then. */
		stage_run(&s, 65000);
		CU_ASSERT_EQUAL(refusals(), 0);
	}
	stop();
	/* Also one that only waits for what its INVITE may yet bring. */
	start(1);
	for (unsigned i = 0; i < 4; i++) {
		char call[20];

		snprintf(call, sizeof(call), "bob/%u", i + 1);
		STAGE_DO(&s, 15, "bob", "invite", NULL, "target", PEER);
		tester_answer(
		    &t, tester_find(&t, "INVITE", 0, i), 200, "one", FROM);
		stage_run(&s, 25);
		STAGE_DO(&s, 15, "bob", "bye", call);
		tester_answer(&t, tester_find(&t, "BYE", 0, i), 200, "", "");
		stage_run(&s, 15);
	}
	stop();
}

CHECK_MAIN("rtp_ports", { "in turn", in_turn },
    { "called without port", called_without_port },
    { "rings without port", rings_without_port },
    { "calls without port", calls_without_port }, { "used again", used_again })
