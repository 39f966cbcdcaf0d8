/*
 * The handset's ACK of 300 to 699 has Max-Forwards as every request has (RFC
 * 3261 8.1.1, 17.1.1.3), also when it is sent again, and "sip/2.0" is the same
 * version as "SIP/2.0" (7.1, 25.1).
 */
#include "fixtures/firmware_peer.h"

/* An INVITE to bob, who rings. */
static const char *
dial_bob(void)
{
	peer_begin(1500);
	world_press("{soft2}{ok}");
	return world_take("INVITE");
}

static void
acknowledges(const char *status)
{
	const char *invite = dial_bob(), *ack;

	CU_ASSERT_FATAL(invite != NULL);
	peer_answer(invite, status, "b1", NULL, NULL);
	ack = peer_gets("ACK");
	SAME(peer_header(ack, "Max-Forwards"), "70");
	SAME(peer_header_at(ack, "Max-Forwards", 1), "");
	SAME(peer_header(ack, "Via"), peer_header(invite, "Via"));
	/* The ACK was lost: the same once more. */
	peer_answer(invite, status, "b1", NULL, NULL);
	SAME(world_take("ACK"), ack);
	world_close();
}

static void
ack_of_refusals(void)
{
	acknowledges("486 Busy Here");
	acknowledges("503 Service Unavailable");
	acknowledges("603 Decline");
}

static void
every_request(void)
{
	const char *invite = dial_bob(), *ack;

	SAME(peer_header(invite, "Max-Forwards"), "70");
	peer_answer(invite, "200 OK", "b1", PEER_CONTACT, PEER_SDP);
	ack = world_take("ACK");
	SAME(peer_header(ack, "Max-Forwards"), "70");
	world_press("{end}");
	SAME(peer_header(world_take("BYE"), "Max-Forwards"), "70");
	world_close();
}

/* OPTIONS with the version VERSION; what the phone answers. */
static const char *
options(const char *version)
{
	char text[1024];

	snprintf(text, sizeof(text),
	    "OPTIONS sip:alice@192.0.2.4:5060 %s\r\n"
	    "Via: %s/UDP 192.0.2.3:5060;branch=z9hG4bK-%s\r\n"
	    "Max-Forwards: 70\r\nFrom: <sip:bob@biloxi.example.com>;tag=b\r\n"
	    "To: <sip:alice@atlanta.example.com>\r\nCall-ID: o\r\n"
	    "CSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n",
	    version, version, version);
	world_sip(text);
	return world_take("SIP/2.0");
}

static void
versions(void)
{
	peer_begin(1500);
	HOLDS(options("SIP/2.0"), "SIP/2.0 200 OK");
	HOLDS(options("sip/2.0"), "SIP/2.0 200 OK");
	HOLDS(options("Sip/2.0"), "SIP/2.0 200 OK");
	world_close();
}

/* A response that says "sip/2.0" is one, too. */
static void
version_of_response(void)
{
	const char *invite = dial_bob();
	char text[2048];

	snprintf(text, sizeof(text),
	    "sip/2.0 486 Busy Here\r\nVia: %s\r\nFrom: %s\r\nTo: %s;tag=b1\r\n"
	    "Call-ID: %s\r\nCSeq: %s\r\nContent-Length: 0\r\n\r\n",
	    peer_header(invite, "Via"), peer_header(invite, "From"),
	    peer_header(invite, "To"), peer_header(invite, "Call-ID"),
	    peer_header(invite, "CSeq"));
	world_sip(text);
	CU_ASSERT(world_take("ACK") != NULL);
	world_close();
}

CHECK_MAIN("firmware: ACK and version", { "ACK of refusals", ack_of_refusals },
    { "every request", every_request }, { "versions", versions },
    { "version of a response", version_of_response })
