/*
 * The firmware's phone within a dialog: INFO, UPDATE (RFC 3311), PRACK as the
 * caller and as the called side (RFC 3262).
 */
#include "fixtures/firmware_peer.h"

static unsigned number; /* of bob's requests */

/* bob's METHOD within the call ID, whose phone has TAG; the status it gets. */
static const char *
within(const char *method, const char *id, const char *tag, unsigned cseq,
    const char *more, const char *type, const char *body)
{
	static char status[4];
	const char *m;
	char branch[16];

	snprintf(branch, sizeof(branch), "w%u", ++number);
	world.seen = world.nsent;
	peer_send(&(struct peer_request){
	    method, branch, id, "bobtag", tag, cseq, more, type, body, NULL });
	m = world_take("SIP/2.0 ");
	snprintf(status, sizeof(status), "%s", m != NULL ? m + 8 : "");
	return status;
}

/* What the phone answered last. */
static const char *
answer(void)
{
	world.seen = world.nsent - 1;
	return world_take("SIP/2.0");
}

/* bob's call, answered; the phone's tag. */
static const char *
talk(void)
{
	static char tag[32];
	const char *ok;

	peer_begin(1500);
	peer_invite(1, NULL, PEER_SDP);
	world_press("{call}");
	ok = peer_gets("SIP/2.0 200");
	snprintf(
	    tag, sizeof(tag), "%s", peer_param(peer_header(ok, "To"), "tag"));
	peer_send(&(struct peer_request){ "ACK", "ack", "in1@192.0.2.3",
	    "bobtag", tag, 1, NULL, NULL, NULL, NULL });
	SHOWS("Talking");
	return tag;
}

#define ID "in1@192.0.2.3"

static void
info(void)
{
	static const struct {
		const char *more, *type, *body, *status;
	} cases[] = {
		{ NULL, NULL, NULL, "200" },
		{ NULL, "application/dtmf-relay",
		    "Signal=5\r\nDuration=160\r\n", "200" },
		{ NULL, "application/dtmf-relay",
		    "Duration=160\r\nsignal = #\r\n", "200" },
		{ NULL, "application/dtmf", "9", "200" },
		{ NULL, "application/dtmf-relay", "Signal=\r\n", "400" },
		{ NULL, "application/dtmf-relay", "Signal", "400" },
		{ NULL, "application/dtmf-relay", "Signal=55\r\n", "400" },
		{ NULL, "application/dtmf-relay", "\r\n\r\n", "400" },
		{ NULL, "application/dtmf", "99", "400" },
		{ NULL, "text/plain", "hello", "415" },
		{ "Info-Package: foo\r\n", "text/plain", "hello", "469" },
	};
	const char *tag = talk();

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		SAME(within("INFO", ID, tag, (unsigned)i + 2, cases[i].more,
			 cases[i].type, cases[i].body),
		    cases[i].status);
	HOLDS(answer(), "Recv-Info:");
	SHOWS("Keys: 5#9");
	for (unsigned i = 0; i < 40; i++)
		SAME(within("INFO", ID, tag, i + 20, NULL, "application/dtmf",
			 "7"),
		    "200");
	SHOWS("Keys: 77777777777777");
	SAME(within("INFO", ID, "other", 70, NULL, NULL, NULL), "481");
	world_close();
}

static void
message_within(void)
{
	const char *tag = talk();

	SAME(within("MESSAGE", ID, tag, 2, NULL, "text/plain", "psst"), "200");
	SAME(within("SUBSCRIBE", ID, tag, 3, "Event: presence\r\n", NULL, NULL),
	    "489");
	HOLDS(answer(), "Allow-Events:");
	SAME(within("OPTIONS", ID, tag, 4, NULL, NULL, NULL), "200");
	HOLDS(peer_header(answer(), "Supported"), "100rel");
	HOLDS(peer_header(answer(), "Allow"), "PRACK, UPDATE");
	HOLDS(peer_body(answer()), "m=audio 0 RTP/AVP 0 8 101");
	SHOWS("Talking");
	world_close();
}

/* ---- UPDATE ---- */

#define HOLD                                                     \
	"v=0\r\no=bob 1 2 IN IP4 192.0.2.3\r\ns=-\r\n"           \
	"c=IN IP4 192.0.2.3\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0 " \
	"101\r\na=sendonly\r\n"
#define NO_CODEC                                       \
	"v=0\r\no=bob 1 3 IN IP4 192.0.2.3\r\ns=-\r\n" \
	"c=IN IP4 192.0.2.3\r\nt=0 0\r\nm=audio 4000 RTP/AVP 18\r\n"
#define MOVED "Contact: <sip:bob@192.0.2.3:5060;moved>\r\n"

static void
update(void)
{
	const char *tag = talk(), *m;

	SAME(
	    within("UPDATE", ID, tag, 2, PEER_CONTACT, "application/sdp", HOLD),
	    "200");
	HOLDS(peer_body(answer()), "a=recvonly");
	SAME(peer_header(answer(), "Contact"), "<sip:alice@192.0.2.4:5060>");
	SHOWS("You are on hold");
	SAME(within("UPDATE", ID, tag, 3, PEER_CONTACT, "application/sdp",
		 NO_CODEC),
	    "488");
	SHOWS("You are on hold");
	SAME(within("UPDATE", ID, tag, 4, PEER_CONTACT, "text/plain", "x"),
	    "415");
	SAME(within(
		 "UPDATE", ID, tag, 5, PEER_CONTACT, "application/sdp", "v=0"),
	    "488");
	/* Out of order. */
	SAME(within("UPDATE", ID, tag, 4, MOVED, NULL, NULL), "500");
	SAME(within("UPDATE", ID, tag, 6, MOVED, NULL, NULL), "200");
	SAME(peer_body(answer()), "");
	/* Ours waits. */
	world.seen = world.nsent;
	world_press("{soft1}");
	m = world_take("INVITE sip:bob@192.0.2.3:5060;moved");
	CU_ASSERT_FATAL(m != NULL);
	SAME(within("UPDATE", ID, tag, 7, PEER_CONTACT, "application/sdp",
		 PEER_SDP),
	    "491");
	SAME(within("UPDATE", ID, "other", 8, NULL, NULL, NULL), "481");
	world_close();
}

/* Before it is answered: RFC 3311 5.2. */
static void
early_update(void)
{
	char tag[32];

	peer_begin(1500);
	peer_invite(1, NULL, PEER_SDP);
	snprintf(tag, sizeof(tag), "%s",
	    peer_param(peer_header(world_take("SIP/2.0 180"), "To"), "tag"));
	SAME(
	    within("UPDATE", ID, tag, 2, PEER_CONTACT, "application/sdp", HOLD),
	    "500");
	SAME(peer_header(answer(), "Retry-After"), "5");
	SAME(within("UPDATE", ID, tag, 3, MOVED, NULL, NULL), "200");
	world_press("{call}");
	CU_ASSERT(world_take("SIP/2.0 200") != NULL);
	peer_send(&(struct peer_request){
	    "ACK", "ack", ID, "bobtag", tag, 1, NULL, NULL, NULL, NULL });
	world_press("{end}");
	CU_ASSERT(world_take("BYE sip:bob@192.0.2.3:5060;moved") != NULL);
	world_close();
}

/* ---- PRACK, called ---- */

#define REQUIRE "Require: 100rel\r\n"

/* Rings bob's call that requires it; the 180. */
static const char *
ring_reliably(const char *sdp)
{
	const char *ringing;

	peer_begin(1500);
	peer_invite(1, REQUIRE, sdp);
	ringing = peer_gets("SIP/2.0 180");
	SAME(peer_header(ringing, "Require"), "100rel");
	HOLDS(peer_header(ringing, "Contact"), "sip:alice@192.0.2.4");
	return ringing;
}

/* A PRACK of RINGING, its number BY too high. */
static const char *
prack(const char *ringing, unsigned cseq, unsigned by, const char *sdp)
{
	unsigned long rseq = strtoul(peer_header(ringing, "RSeq"), NULL, 10);
	char more[64];

	CU_ASSERT(rseq > 0 && rseq < 0x80000000);
	snprintf(more, sizeof(more), "RAck: %lu  1 INVITE\r\n", rseq + by);
	return within("PRACK", ID,
	    peer_param(peer_header(ringing, "To"), "tag"), cseq, more,
	    "application/sdp", sdp);
}

static void
acknowledged(void)
{
	const char *ringing = ring_reliably(PEER_SDP);
	char times[64];

	world_run(2000);
	SAME(
	    world_times("SIP/2.0 180", times, sizeof(times)), "1500 2000 3000");
	SAME(prack(ringing, 2, 1, NULL), "481");
	SAME(prack(ringing, 3, 0, NULL), "200");
	/* Not a second time. */
	SAME(prack(ringing, 4, 0, NULL), "481");
	world_run(20000);
	CU_ASSERT(world_count("SIP/2.0 180") == 3);
	world_press("{call}");
	HOLDS(peer_body(world_take("SIP/2.0 200")), "m=audio 16386");
	world_close();
}

static void
no_prack(void)
{
	char times[64];

	ring_reliably(PEER_SDP);
	world_run(40000);
	SAME(world_times("SIP/2.0 180", times, sizeof(times)),
	    "1500 2000 3000 5000 9000 17000 33000");
	CU_ASSERT(world_take("SIP/2.0 504") != NULL);
	world_run(40000);
	CU_ASSERT(world.hold == 0);
	world_close();
}

/* Answered before the PRACK: that is still taken. */
static void
prack_later(void)
{
	const char *ringing = ring_reliably(PEER_SDP);

	world_press("{call}");
	CU_ASSERT(world_take("SIP/2.0 200") != NULL);
	SAME(prack(ringing, 2, 0, NULL), "200");
	CU_ASSERT(world_count("SIP/2.0 180") == 1);
	world_close();
}

/* RFC 3262 5: the offer is in the 180, its answer in the PRACK, and the 2xx
 * waits for it. */
static void
offer_in_180(void)
{
	const char *ringing = ring_reliably(NULL);

	HOLDS(peer_body(ringing), "m=audio 16386 RTP/AVP 0 8 101");
	world_press("{call}");
	CU_ASSERT(world_take("SIP/2.0 200") == NULL);
	SAME(prack(ringing, 2, 0, NULL), "400");
	SAME(within("UPDATE", ID, peer_param(peer_header(ringing, "To"), "tag"),
		 3, PEER_CONTACT, "application/sdp", HOLD),
	    "491");
	SAME(prack(ringing, 4, 0, PEER_SDP), "200");
	ringing = peer_gets("SIP/2.0 200");
	SAME(peer_header(ringing, "CSeq"), "1 INVITE");
	SAME(peer_body(ringing), "");
	world_close();
}

/* What RAck can't be. */
static void
bad_rack(void)
{
	static const char *const racks[] = { "", "RAck:\r\n", "RAck: 1\r\n",
		"RAck: 99999999999999999999 1 INVITE\r\n",
		"RAck: -1 1 INVITE\r\n", "RAck: a b c\r\n" };
	const char *ringing = ring_reliably(PEER_SDP);
	char tag[32];

	snprintf(tag, sizeof(tag), "%s",
	    peer_param(peer_header(ringing, "To"), "tag"));
	for (size_t i = 0; i < sizeof(racks) / sizeof(racks[0]); i++)
		SAME(within("PRACK", ID, tag, (unsigned)i + 2, racks[i], NULL,
			 NULL),
		    "481");
	peer_send(&(struct peer_request){
	    "CANCEL", ID, ID, "bobtag", NULL, 1, NULL, NULL, NULL, NULL });
	CU_ASSERT(world_take("SIP/2.0 487") != NULL);
	world_run(40000);
	CU_ASSERT(world_count("SIP/2.0 180") == 1);
	CU_ASSERT(world.hold == 0);
	world_close();
}

/* ---- PRACK, calling ---- */

static const char *
dial_bob(void)
{
	const char *invite;

	peer_begin(1500);
	world_press("{soft2}");
	world_press("{ok}");
	world_run(20);
	invite = peer_gets("INVITE");
	HOLDS(peer_header(invite, "Supported"), "100rel");
	return invite;
}

#define RELIABLE(n) PEER_CONTACT REQUIRE "RSeq: " n "\r\n"

static void
calling(void)
{
	const char *invite = dial_bob(), *m;
	char copy[4096];

	snprintf(copy, sizeof(copy), "%s", invite);
	invite = copy;
	peer_answer(invite, "183 Session Progress", "t1",
	    RELIABLE("4294967294"), PEER_SDP);
	m = peer_gets("PRACK sip:bob@192.0.2.3:5060");
	SAME(peer_header(m, "RAck"), "4294967294 1 INVITE");
	SAME(peer_header(m, "CSeq"), "2 PRACK");
	HOLDS(peer_header(m, "To"), "tag=t1");
	peer_answer(m, "200 OK", NULL, NULL, NULL);
	/* A copy, and one too far. */
	peer_answer(invite, "183 Session Progress", "t1",
	    RELIABLE("4294967294"), PEER_SDP);
	peer_answer(invite, "183 Session Progress", "t1", RELIABLE("7"), NULL);
	CU_ASSERT(world_take("PRACK") == NULL);
	peer_answer(invite, "180 Ringing", "t1", RELIABLE("4294967295"), NULL);
	m = peer_gets("PRACK");
	SAME(peer_header(m, "CSeq"), "3 PRACK");
	/* It asks who it is. */
	peer_answer(m, "407 Proxy Authentication Required", NULL,
	    "Proxy-Authenticate: Digest realm=\"r\", nonce=\"n\"\r\n", NULL);
	m = peer_gets("PRACK");
	SAME(peer_header(m, "CSeq"), "4 PRACK");
	SAME(peer_header(m, "RAck"), "4294967295 1 INVITE");
	HOLDS(peer_header(m, "Proxy-Authorization"), "realm=\"r\"");
	peer_answer(m, "200 OK", NULL, NULL, NULL);
	peer_answer(invite, "200 OK", "t1", PEER_CONTACT, NULL);
	SAME(peer_header(world_take("ACK"), "CSeq"), "1 ACK");
	SHOWS("Talking");
	world_press("{end}");
	SAME(peer_header(world_take("BYE"), "CSeq"), "5 BYE");
	world_close();
}

/* Each branch of a fork has numbers of its own. */
static void
branches(void)
{
	const char *invite = dial_bob(), *m;
	char copy[4096], tag[8];

	snprintf(copy, sizeof(copy), "%s", invite);
	for (unsigned i = 1; i <= 6; i++) {
		snprintf(tag, sizeof(tag), "t%u", i);
		peer_answer(copy, "180 Ringing", tag, RELIABLE("7"), NULL);
		m = world_take("PRACK");
		if (i > 4) {
			/* More than it keeps in mind. */
			CU_ASSERT(m == NULL);
			continue;
		}
		CU_ASSERT_FATAL(m != NULL);
		SAME(peer_param(peer_header(m, "To"), "tag"), tag);
		SAME(peer_header(m, "CSeq"), "2 PRACK");
	}
	peer_answer(copy, "180 Ringing", "t2", RELIABLE("8"), NULL);
	m = peer_gets("PRACK");
	SAME(peer_header(m, "CSeq"), "3 PRACK");
	peer_answer(copy, "200 OK", "t2", PEER_CONTACT, PEER_SDP);
	CU_ASSERT(world_take("ACK") != NULL);
	world_press("{end}");
	m = world_take("BYE");
	SAME(peer_header(m, "CSeq"), "4 BYE");
	SAME(peer_param(peer_header(m, "To"), "tag"), "t2");
	world_close();
}

/* RSeq that is none; the INVITE goes on without. */
static void
bad_rseq(void)
{
	static const char *const more[] = { REQUIRE "RSeq: 0\r\n",
		REQUIRE "RSeq: 4294967296\r\n", REQUIRE "RSeq: x\r\n",
		REQUIRE "RSeq:\r\n" };
	char copy[4096];

	snprintf(copy, sizeof(copy), "%s", dial_bob());
	for (size_t i = 0; i < sizeof(more) / sizeof(more[0]); i++)
		peer_answer(copy, "180 Ringing", "t1", more[i], NULL);
	/* Required without RSeq, RSeq without being required: an old 1xx. */
	peer_answer(copy, "180 Ringing", "t1", "RSeq: 1\r\n", NULL);
	SHOWS("It rings");
	/* 4: no Contact, so that nobody knows where to. */
	peer_answer(copy, "180 Ringing", "t1", REQUIRE "RSeq: 1\r\n", NULL);
	peer_answer(copy, "486 Busy Here", "t1", NULL, NULL);
	SHOWS("Busy");
	world_run(70000);
	CU_ASSERT(world.hold == 0);
	world_close();
}

CHECK_MAIN("firmware: phone in dialogs", { "INFO", info },
    { "MESSAGE, SUBSCRIBE, OPTIONS", message_within }, { "UPDATE", update },
    { "early UPDATE", early_update }, { "PRACK", acknowledged },
    { "no PRACK", no_prack }, { "PRACK after 2xx", prack_later },
    { "offer in 180", offer_in_180 }, { "bad RAck", bad_rack },
    { "calling", calling }, { "branches", branches }, { "bad RSeq", bad_rseq })
