/*
 * The firmware's phone, called: ringing, answering, refusing, the 2xx that is
 * repeated, and requests that are no calls.
 */
#include "fixtures/firmware_peer.h"

/* The ACK of bob's call N, whose 2xx is OK. */
static void
acknowledge(const char *ok)
{
	peer_send(
	    &(struct peer_request){ "ACK", "ack", peer_header(ok, "Call-ID"),
		"bobtag", peer_param(peer_header(ok, "To"), "tag"), 1, NULL,
		NULL, NULL, NULL });
}

/* bob's call N, answered with {call}; its 2xx. */
static const char *
answered(unsigned n)
{
	const char *ok;

	peer_invite(n, NULL, PEER_SDP);
	world_press("{call}");
	ok = peer_gets("SIP/2.0 200");
	acknowledge(ok);
	return ok;
}

static void
rings(void)
{
	const char *ringing, *ok;
	char call_id[64];

	peer_begin(1500);
	peer_invite(1, "Record-Route: <sip:192.0.2.7;lr>\r\n", PEER_SDP);
	ringing = peer_gets("SIP/2.0 180");
	CU_ASSERT(strlen(peer_param(peer_header(ringing, "To"), "tag")) == 16);
	SAME(peer_header(ringing, "Contact"), "<sip:alice@192.0.2.4:5060>");
	SAME(peer_header(ringing, "Record-Route"), "<sip:192.0.2.7;lr>");
	SHOWS("Incoming call");
	SHOWS("Bob");
	world_press("{call}");
	ok = peer_gets("SIP/2.0 200");
	SAME(peer_header(ok, "To"), peer_header(ringing, "To"));
	HOLDS(peer_body(ok), "m=audio 16386 RTP/AVP 0 101");
	HOLDS(peer_header(ok, "Allow"), "MESSAGE");
	CU_ASSERT(world_reported("call 1 early sip:bob@biloxi.example.com "
				 "in1@192.0.2.3"));
	CU_ASSERT(!world_reported("call 1 confirmed*"));
	acknowledge(ok);
	CU_ASSERT(world_reported("call 1 confirmed*"));
	SHOWS("Talking");
	world_run(10000);
	CU_ASSERT(world_take("SIP/2.0 200") == NULL);
	snprintf(call_id, sizeof(call_id), "%s", peer_header(ok, "Call-ID"));
	world_press("{end}");
	/* 12.1.1: the called side takes the route set as it is. */
	ok = world_take("BYE");
	HOLDS(ok, "BYE sip:bob@192.0.2.3:5060");
	SAME(peer_header(ok, "Route"), "<sip:192.0.2.7;lr>");
	SAME(peer_header(ok, "Call-ID"), call_id);
	HOLDS(peer_header(ok, "To"), "tag=bobtag");
	world_close();
}

/* 13.3.1.4: the 2xx again after T1, doubling to T2; then BYE. */
static void
no_ack(void)
{
	char times[256];

	peer_begin(1500);
	peer_invite(1, NULL, PEER_SDP);
	world_press("{call}");
	world_run(40000);
	SAME(world_times("SIP/2.0 200", times, sizeof(times)),
	    "1500 2000 3000 5000 9000 13000 17000 21000 25000 29000 33000");
	SAME(world_times("BYE", times, sizeof(times)),
	    "33500 34000 35000 37000 41000");
	world_run(30000);
	CU_ASSERT(world.hold == 0);
	world_close();
}

/* 17.2.1: Timer G, Timer H; {end} while it rings says 486. */
static void
refuses(void)
{
	char times[256];
	const char *busy;

	peer_begin(1500);
	peer_invite(1, NULL, PEER_SDP);
	world_press("{end}");
	busy = peer_gets("SIP/2.0 486");
	SAME(peer_param(peer_header(busy, "To"), "tag"),
	    peer_param(peer_header(world.sent[1].bytes, "To"), "tag"));
	world_run(40000);
	SAME(world_times("SIP/2.0 486", times, sizeof(times)),
	    "1500 2000 3000 5000 9000 13000 17000 21000 25000 29000 33000");
	CU_ASSERT(world.hold == 0);
	CU_ASSERT(!world_shows("Missed"));
	world_close();
}

/* Timer I: the ACK ends it. */
static void
refused_and_acknowledged(void)
{
	peer_begin(1500);
	peer_invite(1, NULL, PEER_SDP);
	world_press("{end}");
	CU_ASSERT(world_take("SIP/2.0 486") != NULL);
	peer_send(&(struct peer_request){ "ACK", "in1@192.0.2.3",
	    "in1@192.0.2.3", "bobtag", "x", 1, NULL, NULL, NULL, NULL });
	world_run(4800);
	CU_ASSERT(world_take("SIP/2.0 486") == NULL);
	CU_ASSERT(world.hold == 1);
	world_run(300);
	CU_ASSERT(world.hold == 0);
	CU_ASSERT(world_reported("fsm IST z9hG4bKin1@192.0.2.3 confirmed "
				 "terminated Timer I"));
	world_close();
}

static void
is_cancelled(void)
{
	const char *ok, *gone;

	peer_begin(1500);
	peer_invite(1, NULL, PEER_SDP);
	peer_send(&(struct peer_request){ "CANCEL", "in1@192.0.2.3",
	    "in1@192.0.2.3", "bobtag", NULL, 1, NULL, NULL, NULL, NULL });
	ok = world_take("SIP/2.0 200");
	SAME(peer_header(ok, "CSeq"), "1 CANCEL");
	gone = world_take("SIP/2.0 487");
	SAME(peer_header(gone, "CSeq"), "1 INVITE");
	WAITED(3000, "Missed calls: 1");
	PRESSED("{up}", "Bob");
	world_press("{end}");
	CU_ASSERT(!world_shows("Missed calls: 1"));
	/* 9.2: of nothing. */
	peer_send(&(struct peer_request){ "CANCEL", "other", "in9", "bobtag",
	    NULL, 1, NULL, NULL, NULL, NULL });
	CU_ASSERT(world_take("SIP/2.0 481") != NULL);
	world_close();
}

/* Copies of the INVITE get the 180 again, and after the 2xx nothing. */
static void
copies(void)
{
	peer_begin(1500);
	peer_invite(1, NULL, PEER_SDP);
	CU_ASSERT(world_take("SIP/2.0 180") != NULL);
	peer_invite(1, NULL, PEER_SDP);
	CU_ASSERT(world_take("SIP/2.0 180") != NULL);
	world_press("{call}");
	CU_ASSERT(world_take("SIP/2.0 200") != NULL);
	peer_invite(1, NULL, PEER_SDP);
	CU_ASSERT(world_take("SIP/2.0") == NULL);
	CU_ASSERT(world_count("SIP/2.0 180") == 2);
	CU_ASSERT(world_reported(
	    "fsm IST z9hG4bKin1@192.0.2.3 accepted accepted request"));
	world_close();
}

/* It answers by itself after as many seconds as the command line says. */
static void
answers_itself(void)
{
	char times[64];

	world_open(PEER_CONFIG "answer=2 ");
	world_run(1500);
	peer_invite(1, NULL, PEER_SDP);
	world_run(2100);
	SAME(world_times("SIP/2.0 200", times, sizeof(times)), "3500");
	world_close();
}

/* A second call waits; answered, it puts the first on hold; then they swap. */
static void
second_call(void)
{
	const char *first, *re, *ok;

	peer_begin(1500);
	first = answered(1);
	peer_invite(2, NULL, PEER_SDP);
	SHOWS("Call waiting");
	/* A third is one too many. */
	peer_invite(3, NULL, PEER_SDP);
	CU_ASSERT(world_take("SIP/2.0 486") != NULL);
	world_press("{call}");
	re = peer_gets("INVITE");
	SAME(peer_header(re, "Call-ID"), peer_header(first, "Call-ID"));
	HOLDS(peer_body(re), "a=sendonly");
	peer_answer(re, "200 OK", NULL, PEER_CONTACT, PEER_SDP);
	world.seen = 0;
	while ((ok = world_take("SIP/2.0 200")) != NULL &&
	       strcmp(peer_header(ok, "Call-ID"), "in2@192.0.2.3") != 0)
		continue;
	CU_ASSERT_FATAL(ok != NULL);
	acknowledge(ok);
	SHOWS("Held: Bob");
	SHOWS("Swap");
	world.seen = world.nsent;
	world_press("{soft1}");
	HOLDS(peer_body(world_take("INVITE")), "a=sendonly");
	HOLDS(peer_body(world_take("INVITE")), "a=sendrecv");
	world_close();
}

/* An INVITE without an offer: ours is in the 2xx, the answer in the ACK. */
static void
late_offer(void)
{
	const char *ok;

	peer_begin(1500);
	peer_invite(1, NULL, NULL);
	world_press("{ok}");
	ok = world_take("SIP/2.0 200");
	HOLDS(peer_body(ok), "m=audio 16386 RTP/AVP 0 8 101");
	peer_send(&(struct peer_request){ "ACK", "a", "in1@192.0.2.3", "bobtag",
	    peer_param(peer_header(ok, "To"), "tag"), 1, NULL,
	    "application/sdp", PEER_SDP, NULL });
	SHOWS("Talking");
	world_close();
}

static void
no_codec(void)
{
	peer_begin(1500);
	peer_invite(1, NULL,
	    "v=0\r\no=- 1 1 IN IP4 192.0.2.3\r\ns=-\r\nc=IN IP4 192.0.2.3\r\n"
	    "t=0 0\r\nm=audio 4000 RTP/AVP 18\r\n");
	HOLDS(peer_header(world_take("SIP/2.0 488"), "Warning"),
	    "305 192.0.2.4:5060 \"Incompatible media format\"");
	/* Video is refused, sound is taken (RFC 3264 6). */
	peer_invite(2, NULL,
	    PEER_SDP "m=video 4002 RTP/AVP 31\r\na=rtpmap:31 H261/90000\r\n");
	world_press("{call}");
	HOLDS(peer_body(world_take("SIP/2.0 200")), "m=video 0 RTP/AVP 31");
	world_close();
}

/* ---- what is no call ---- */

static const char *
status_of(struct peer_request r)
{
	static char status[4];
	const char *m;
	static unsigned n;
	char branch[16], id[16];

	snprintf(branch, sizeof(branch), "n%u", ++n);
	snprintf(id, sizeof(id), "i%u", n);
	r.branch = branch;
	if (r.call_id == NULL)
		r.call_id = id;
	r.from_tag = "bobtag";
	r.cseq = 1;
	world.seen = world.nsent;
	peer_send(&r);
	m = world_take("SIP/2.0 ");
	snprintf(status, sizeof(status), "%s", m != NULL ? m + 8 : "");
	return status;
}

static void
others(void)
{
	size_t from;
	const char *ok;

	peer_begin(1500);
	SAME(status_of((struct peer_request){ .method = "OPTIONS" }), "200");
	world.seen = 0;
	ok = world_take("SIP/2.0 200");
	SAME(peer_header(ok, "Accept"),
	    "application/sdp, text/plain, application/dtmf-relay");
	SAME(peer_header(ok, "Accept-Encoding"), "identity");
	SAME(peer_header(ok, "Accept-Language"), "en");
	HOLDS(peer_header(ok, "Allow"), "INVITE, ACK, CANCEL, BYE");
	HOLDS(peer_body(ok), "m=audio 0 ");
	from = world.nsent;
	SAME(status_of((struct peer_request){
		 .method = "OPTIONS", .more = "Accept: text/plain\r\n" }),
	    "200");
	world.seen = from;
	ok = world_take("SIP/2.0 200");
	SAME(peer_body(ok), "");
	SAME(status_of((struct peer_request){ .method = "INVITE",
		 .more = PEER_CONTACT "Accept: text/plain\r\n",
		 .type = "application/sdp",
		 .body = PEER_SDP }),
	    "406");
	SAME(status_of((struct peer_request){ .method = "SUBSCRIBE" }), "489");
	SAME(status_of((struct peer_request){ .method = "FROBNICATE" }), "501");
	SAME(status_of((struct peer_request){ .method = "BYE" }), "481");
	SAME(status_of(
		 (struct peer_request){ .method = "BYE", .to_tag = "nobody" }),
	    "481");
	SAME(status_of((struct peer_request){
		 .method = "INVITE", .to_tag = "nobody" }),
	    "481");
	SAME(status_of((struct peer_request){
		 .method = "OPTIONS", .uri = "sip:eve@192.0.2.4" }),
	    "404");
	SAME(status_of((struct peer_request){
		 .method = "OPTIONS", .uri = "nobodyKnowsThisScheme:xyz" }),
	    "416");
	SAME(status_of((struct peer_request){ .method = "OPTIONS",
		 .more = "Require: 100rel\r\nRequire: nothing\r\n" }),
	    "420");
	world.seen = 0;
	ok = world_take("SIP/2.0 420");
	SAME(peer_header(ok, "Unsupported"), "nothing");
	SAME(status_of((struct peer_request){ .method = "INVITE",
		 .more = PEER_CONTACT,
		 .type = "text/plain",
		 .body = "x" }),
	    "415");
	SAME(status_of((struct peer_request){ .method = "INVITE" }), "400");
	CU_ASSERT(world_count("SIP/2.0 180") == 0);
	world_run(40000);
	CU_ASSERT(world.hold == 0);
	world_close();
}

static void
message(void)
{
	peer_begin(1500);
	SAME(status_of((struct peer_request){ .method = "MESSAGE",
		 .type = "text/plain",
		 .body = "Watson, come here. 我想见你" }),
	    "200");
	SHOWS("New messages: 1");
	SAME(status_of((struct peer_request){
		 .method = "MESSAGE", .type = "image/png", .body = "x" }),
	    "415");
	world.seen = 0;
	SAME(peer_header(world_take("SIP/2.0 415"), "Accept"), "text/plain");
	PRESSED("{ok}4{ok}", "From Bob");
	SHOWS("Watson, come here. ");
	SHOWS("我想见你");
	world_press("{end}");
	CU_ASSERT(!world_shows("New messages"));
	world_close();
}

/* Each message names what it was for: the frame or key that began it, also
 * where a timer sends it. */
static void
causes(void)
{
	uint32_t invite, first;

	peer_begin(1500);
	/* So that ARP knows the way: what waits for it goes out later. */
	SAME(status_of((struct peer_request){ .method = "OPTIONS" }), "200");
	world_press("{soft2}");
	world_press("{ok}");
	invite = world.sent[world.nsent - 1].cause;
	CU_ASSERT(invite == world.causes);
	peer_send(&(struct peer_request){
	    "OPTIONS", "o", "o", "bobtag", NULL, 1, NULL, NULL, NULL, NULL });
	first = world.sent[world.nsent - 1].cause;
	CU_ASSERT(first == world.causes && first != invite);
	world.cause = 0;
	world_run(1000); /* Timer A */
	CU_ASSERT(world.sent[world.nsent - 1].cause == invite);
	HOLDS(world.sent[world.nsent - 1].bytes, "INVITE sip:bob");
	world_close();
}

CHECK_MAIN("firmware: phone called", { "rings", rings }, { "no ACK", no_ack },
    { "refuses", refuses },
    { "refused and acknowledged", refused_and_acknowledged },
    { "is cancelled", is_cancelled }, { "copies", copies },
    { "answers itself", answers_itself }, { "second call", second_call },
    { "late offer", late_offer }, { "no codec", no_codec },
    { "others", others }, { "message", message }, { "causes", causes })
