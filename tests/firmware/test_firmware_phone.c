/*
 * The firmware's phone, called and calling: what it sends to a peer written by
 * hand, and when.
 */
#include "fixtures/firmware_peer.h"

/* ---- the caller ---- */

/* Dials bob by the phone book; the INVITE. */
static const char *
dial_bob(void)
{
	world_press("{soft2}{ok}");
	return world_take("INVITE");
}

/* A call to bob that is answered. */
static const char *
talk_to_bob(const char *record_route)
{
	char more[256];
	const char *invite = dial_bob();

	CU_ASSERT_FATAL(invite != NULL);
	snprintf(more, sizeof(more), "%s%s", PEER_CONTACT, record_route);
	peer_answer(invite, "180 Ringing", "b1", more, NULL);
	peer_answer(invite, "200 OK", "b1", more, PEER_SDP);
	return invite;
}

static void
calls(void)
{
	const char *invite, *ack, *bye;

	peer_begin(1500);
	invite = dial_bob();
	CU_ASSERT_FATAL(invite != NULL);
	HOLDS(invite, "INVITE sip:bob@biloxi.example.com SIP/2.0\r\n");
	HOLDS(invite, "Content-Type: application/sdp");
	HOLDS(peer_header(invite, "From"), "\"Alice A.\" <sip:alice@atlanta");
	SAME(peer_header(invite, "To"), "<sip:bob@biloxi.example.com>");
	SAME(peer_header(invite, "CSeq"), "1 INVITE");
	SAME(peer_header(invite, "Max-Forwards"), "70");
	SAME(peer_header(invite, "Contact"), "<sip:alice@192.0.2.4:5060>");
	HOLDS(peer_header(invite, "Via"), "SIP/2.0/UDP 192.0.2.4:5060;");
	HOLDS(peer_body(invite), "m=audio 16386 RTP/AVP 0 8 101\r\n");
	SHOWS("Calling...");
	CU_ASSERT(world.hold == 2);
	peer_answer(invite, "100 Trying", NULL, NULL, NULL);
	SHOWS("Connecting...");
	peer_answer(invite, "180 Ringing", "b1", PEER_CONTACT, NULL);
	SHOWS("It rings...");
	peer_answer(invite, "200 OK", "b1", PEER_CONTACT, PEER_SDP);
	SHOWS("Talking");
	ack = peer_gets("ACK");
	HOLDS(ack, "ACK sip:bob@192.0.2.3:5060 SIP/2.0\r\n");
	SAME(peer_header(ack, "CSeq"), "1 ACK");
	HOLDS(peer_header(ack, "To"), ";tag=b1");
	CU_ASSERT(strcmp(peer_param(peer_header(ack, "Via"), "branch"),
		      peer_param(peer_header(invite, "Via"), "branch")) != 0);
	/* 13.2.2.4: a copy of the 2xx gets the same ACK. */
	world_run(500);
	peer_answer(invite, "200 OK", "b1", PEER_CONTACT, PEER_SDP);
	SAME(world_take("ACK"), ack);
	WAITED(64000, "01:04");
	world_press("{end}");
	bye = peer_gets("BYE");
	SAME(peer_header(bye, "CSeq"), "2 BYE");
	peer_answer(bye, "200 OK", NULL, NULL, NULL);
	CU_ASSERT(
	    world_reported("call 1 terminated sip:bob@biloxi.example.com*"));
	world_run(40000);
	CU_ASSERT(world.hold == 0);
	printf("  a call: at most %zu KB of heap\n", world.heap_most >> 10);
	world_close();
}

/* 17.1.1.2: Timer A doubles; Timer B. */
static void
nobody_answers(void)
{
	char times[256];

	peer_begin(1500);
	dial_bob();
	world_run(31899);
	SAME(world_times("INVITE", times, sizeof(times)),
	    "1600 2100 3100 5100 9100 17100 33100");
	SHOWS("Calling...");
	WAITED(2000, "No answer");
	SHOWS("Bob");
	CU_ASSERT(world_reported("call 1 terminated*"));
	CU_ASSERT(world.hold == 0);
	world_close();
}

static void
cancels(void)
{
	const char *invite, *cancel;

	peer_begin(1500);
	invite = dial_bob();
	/* 9.1: not before a provisional response. */
	world_press("{end}");
	CU_ASSERT(world_take("CANCEL") == NULL);
	peer_answer(invite, "180 Ringing", "b1", PEER_CONTACT, NULL);
	cancel = peer_gets("CANCEL");
	SAME(peer_header(cancel, "Via"), peer_header(invite, "Via"));
	SAME(peer_header(cancel, "CSeq"), "1 CANCEL");
	SAME(peer_header(cancel, "To"), peer_header(invite, "To"));
	peer_answer(cancel, "200 OK", "b1", NULL, NULL);
	peer_answer(invite, "487 Request Terminated", "b1", NULL, NULL);
	HOLDS(world_take("ACK"), "ACK sip:bob@biloxi.example.com SIP/2.0");
	CU_ASSERT(world_reported("call 1 terminating*"));
	CU_ASSERT(world_reported("call 1 terminated*"));
	world_run(40000);
	CU_ASSERT(world.hold == 0);
	world_close();
}

/* The 200 crosses the CANCEL: it is acknowledged, then ended. */
static void
cancel_too_late(void)
{
	const char *invite;

	peer_begin(1500);
	invite = dial_bob();
	peer_answer(invite, "180 Ringing", "b1", PEER_CONTACT, NULL);
	world_press("{end}");
	CU_ASSERT(world_take("CANCEL") != NULL);
	peer_answer(invite, "200 OK", "b1", PEER_CONTACT, PEER_SDP);
	CU_ASSERT(world_take("ACK") != NULL);
	peer_answer(world_take("BYE"), "200 OK", NULL, NULL, NULL);
	CU_ASSERT(world_reported("call 1 terminated*"));
	world_close();
}

/* 13.2.2.4: another branch's 2xx gets ACK and BYE of its own. */
static void
forked(void)
{
	const char *invite, *ack, *bye;

	peer_begin(1500);
	invite = talk_to_bob("");
	world_take("ACK");
	peer_answer(invite, "200 OK", "b2",
	    "Contact: <sip:bob@192.0.2.5:5060>\r\n", PEER_SDP);
	ack = world_take("ACK");
	HOLDS(ack, "ACK sip:bob@192.0.2.5:5060");
	HOLDS(peer_header(ack, "To"), "tag=b2");
	bye = world_take("BYE");
	HOLDS(bye, "BYE sip:bob@192.0.2.5:5060");
	SAME(peer_header(bye, "CSeq"), "2 BYE");
	SHOWS("Talking");
	world_press("{end}");
	bye = world_take("BYE");
	HOLDS(peer_header(bye, "To"), "tag=b1");
	world_close();
}

static void
is_busy(void)
{
	const char *invite;

	peer_begin(1500);
	invite = dial_bob();
	peer_answer(invite, "486 Busy Here", "b1", NULL, NULL);
	HOLDS(world_take("ACK"), "ACK sip:bob@biloxi.example.com");
	SHOWS("Busy");
	world_run(3000);
	CU_ASSERT(!world_shows("Busy"));
	SHOWS("Not registered");
	world_close();
}

/* 8.1.3.4: sent elsewhere: it goes there, once. */
static void
redirected(void)
{
	const char *invite, *again;

	peer_begin(1500);
	invite = dial_bob();
	peer_answer(invite, "302 Moved Temporarily", "r1",
	    "Contact: <sip:carol@192.0.2.5>\r\n", NULL);
	again = world_take("INVITE");
	HOLDS(again, "INVITE sip:carol@192.0.2.5 SIP/2.0");
	SAME(peer_header(again, "Call-ID"), peer_header(invite, "Call-ID"));
	SAME(peer_header(again, "CSeq"), "2 INVITE");
	SHOWS("carol");
	peer_answer(again, "302 Moved Temporarily", "r2",
	    "Contact: <sip:dave@192.0.2.5>\r\n", NULL);
	CU_ASSERT(world_take("INVITE") == NULL);
	SHOWS("Moved");
	SHOWS("dave");
	world_close();
}

/* RFC 2617 3.2.2 with the values of its 3.5. */
static void
challenged(void)
{
	const char *invite, *again, *ack, *auth;

	peer_begin(1500);
	invite = dial_bob();
	peer_answer(invite, "407 Proxy Authentication Required", "p1",
	    "Proxy-Authenticate: Digest realm=\"atlanta\", nonce=\"abc\", "
	    "qop=\"auth,auth-int\", opaque=\"xyz\"\r\n",
	    NULL);
	again = peer_gets("INVITE");
	SAME(peer_header(again, "CSeq"), "2 INVITE");
	auth = peer_header(again, "Proxy-Authorization");
	SAME(peer_param(auth, "Digest username"), "alice");
	SAME(peer_param(auth, "realm"), "atlanta");
	SAME(peer_param(auth, "nonce"), "abc");
	SAME(peer_param(auth, "opaque"), "xyz");
	SAME(peer_param(auth, "qop"), "auth");
	SAME(peer_param(auth, "nc"), "00000001");
	SAME(peer_param(auth, "uri"), "sip:bob@biloxi.example.com");
	CU_ASSERT(strlen(peer_param(auth, "response")) == 32);
	peer_answer(again, "200 OK", "b1", PEER_CONTACT, PEER_SDP);
	ack = world_take("ACK sip:bob@192.0.2.3");
	/* 22.1: the ACK says what the INVITE said. */
	HOLDS(peer_header(ack, "Proxy-Authorization"),
	    peer_param(auth, "response"));
	/* A password that is wrong is not tried for ever. */
	world_press("{end}");
	world_run(1);
	HOLDS(peer_header(world_take("BYE"), "Proxy-Authorization"),
	    "nc=00000002");
	world_close();
}

static void
wrong_password(void)
{
	const char *challenge = "WWW-Authenticate: Digest realm=\"a\", "
				"nonce=\"n\", algorithm=MD5\r\n";

	peer_begin(1500);
	peer_answer(dial_bob(), "401 Unauthorized", "x", challenge, NULL);
	peer_answer(
	    world_take("INVITE"), "401 Unauthorized", "x", challenge, NULL);
	CU_ASSERT(world_take("INVITE") == NULL);
	SHOWS("Wrong password");
	world_close();
}

/* 12.2.1.1: the route set, reversed; a strict router takes the URI's place. */
static void
routes(void)
{
	const char *ack, *bye;

	peer_begin(1500);
	talk_to_bob("Record-Route: <sip:192.0.2.7;lr>\r\n"
		    "Record-Route: <sip:192.0.2.5:5070;lr>\r\n");
	ack = world_take("ACK");
	HOLDS(ack, "ACK sip:bob@192.0.2.3:5060 SIP/2.0");
	SAME(peer_header(ack, "Route"), "<sip:192.0.2.5:5070;lr>");
	SAME(peer_header_at(ack, "Route", 1), "<sip:192.0.2.7;lr>");
	CU_ASSERT(world.sent[world.seen - 1].ip == WORLD_OTHER);
	CU_ASSERT(world.sent[world.seen - 1].port == 5070);
	world_close();

	peer_begin(1500);
	talk_to_bob("Record-Route: <sip:192.0.2.7;lr>\r\n"
		    "Record-Route: <sip:192.0.2.5:5070>\r\n");
	world_press("{end}");
	bye = world_take("BYE");
	HOLDS(bye, "BYE sip:192.0.2.5:5070 SIP/2.0");
	SAME(peer_header(bye, "Route"), "<sip:192.0.2.7;lr>");
	SAME(peer_header_at(bye, "Route", 1), "<sip:bob@192.0.2.3:5060>");
	world_close();
}

static void
outbound(void)
{
	const char *invite;

	world_open(PEER_CONFIG "outbound=192.0.2.5:5080 ");
	world_run(1500);
	invite = dial_bob();
	SAME(peer_header(invite, "Route"), "<sip:192.0.2.5:5080;lr>");
	CU_ASSERT(world.sent[world.seen - 1].ip == WORLD_OTHER);
	CU_ASSERT(world.sent[world.seen - 1].port == 5080);
	world_close();
}

static void
unknown_host(void)
{
	world_open(PEER_CONFIG "phonebook=\"Eve=sip:eve@nowhere.example\"");
	world_run(1500);
	CU_ASSERT(dial_bob() == NULL);
	SHOWS("Unknown host");
	CU_ASSERT(world.hold == 0);
	world_close();
}

/* ---- within a call ---- */

static void
holds(void)
{
	const char *re, *ack;

	peer_begin(1500);
	talk_to_bob("");
	world_press("{soft1}");
	re = peer_gets("INVITE");
	SAME(peer_header(re, "CSeq"), "2 INVITE");
	HOLDS(peer_body(re), "a=sendonly");
	HOLDS(peer_header(re, "To"), ";tag=b1");
	peer_answer(
	    re, "200 OK", NULL, PEER_CONTACT, PEER_SDP "a=recvonly\r\n");
	ack = world_take("ACK");
	SAME(peer_header(ack, "CSeq"), "2 ACK");
	SHOWS("On hold");
	SHOWS("Resume");
	world_press("{soft1}");
	re = world_take("INVITE");
	HOLDS(peer_body(re), "a=sendrecv");
	peer_answer(re, "200 OK", NULL, PEER_CONTACT, PEER_SDP);
	CU_ASSERT(world_take("ACK") != NULL);
	SHOWS("Talking");
	world_close();
}

/* 14.1: both change the session at once; who made the Call-ID waits longer. */
static void
glare(void)
{
	const char *re, *other;
	uint64_t t;

	peer_begin(1500);
	talk_to_bob("");
	world_press("{soft1}");
	re = world_take("INVITE");
	peer_send(
	    &(struct peer_request){ "INVITE", "x1", peer_header(re, "Call-ID"),
		"b1", peer_param(peer_header(re, "From"), "tag"), 7,
		PEER_CONTACT, "application/sdp", PEER_SDP, NULL });
	other = world_take("SIP/2.0 491");
	CU_ASSERT(other != NULL);
	peer_answer(re, "491 Request Pending", NULL, NULL, NULL);
	t = world.now_us;
	world_run(4100);
	re = peer_gets("INVITE");
	t = world.sent[world.seen - 1].t_us - t;
	CU_ASSERT(t >= 2100000 && t <= 4000000);
	SAME(peer_header(re, "CSeq"), "3 INVITE");
	world_close();
}

static void
is_held(void)
{
	const char *invite, *ok;
	struct peer_request re;

	peer_begin(1500);
	invite = talk_to_bob("");
	re = (struct peer_request){ "INVITE", "x1",
		peer_header(invite, "Call-ID"), "b1",
		peer_param(peer_header(invite, "From"), "tag"), 7, PEER_CONTACT,
		"application/sdp", PEER_SDP "a=sendonly\r\n", NULL };
	peer_send(&re);
	ok = peer_gets("SIP/2.0 200");
	HOLDS(peer_body(ok), "a=recvonly");
	HOLDS(peer_body(ok), "m=audio 16386 RTP/AVP 0 101");
	SHOWS("You are on hold");
	/* 14.2: another before the ACK: 500 with Retry-After. */
	re.branch = "x2";
	re.cseq = 8;
	peer_send(&re);
	HOLDS(world_take("SIP/2.0 500"), "Retry-After: 5");
	/* 12.2.2: the past is refused. */
	re.branch = "x3";
	re.cseq = 6;
	peer_send(&re);
	CU_ASSERT(world_take("SIP/2.0 500") != NULL);
	re.branch = "x4";
	re.method = "ACK";
	re.cseq = 7;
	re.body = NULL;
	peer_send(&re);
	world_run(2000);
	CU_ASSERT(world_take("SIP/2.0 200") == NULL);
	world_close();
}

static void
digits(void)
{
	const char *info;

	peer_begin(1500);
	talk_to_bob("");
	world_press("5*");
	info = world_take("INFO");
	HOLDS(info, "Content-Type: application/dtmf-relay");
	SAME(peer_body(info), "Signal=5\r\nDuration=160\r\n");
	HOLDS(peer_body(world_take("INFO")), "Signal=*\r\n");
	SHOWS("5*");
	world_close();
}

static void
peer_hangs_up(void)
{
	const char *invite;

	peer_begin(1500);
	invite = talk_to_bob("");
	peer_send(
	    &(struct peer_request){ "BYE", "y1", peer_header(invite, "Call-ID"),
		"b1", peer_param(peer_header(invite, "From"), "tag"), 9, NULL,
		NULL, NULL, NULL });
	CU_ASSERT(world_take("SIP/2.0 200") != NULL);
	SHOWS("Call ended");
	CU_ASSERT(world_reported("call 1 terminated*"));
	/* A number begun on the notice has its first digit. */
	PRESSED("34", "34");
	CU_ASSERT(!world_shows("Call ended"));
	world_close();
}

CHECK_MAIN("firmware: phone calls", { "calls", calls },
    { "nobody answers", nobody_answers }, { "cancels", cancels },
    { "cancel too late", cancel_too_late }, { "forked", forked },
    { "busy", is_busy }, { "redirected", redirected },
    { "challenged", challenged }, { "wrong password", wrong_password },
    { "routes", routes }, { "outbound", outbound },
    { "unknown host", unknown_host }, { "holds", holds }, { "glare", glare },
    { "is held", is_held }, { "digits", digits },
    { "peer hangs up", peer_hangs_up })
