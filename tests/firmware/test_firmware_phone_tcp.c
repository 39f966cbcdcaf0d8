/*
 * SIP over the phone's TCP: what is sent by it, how a stream is cut, and
 * connections that are refused, reset, or used for what nobody should send.
 */
#include "fixtures/check.h"
#include "fixtures/firmware_hal.h"
#include "fixtures/firmware_peer.h"

#include "firmware/phone/phone_in.h"

#define FIN 1u
#define SYN 2u
#define RST 4u
#define PSH 8u
#define ACK 16u

/* ---- the other side: connections, by the phone's port and its own ---- */

#define LINKS 4
static struct link_end {
	uint16_t port, own; /* the phone's, and ours */
	uint32_t seq, rcv;
	bool open, reset, fin;
	char bytes[32768]; /* that came, with a NUL */
	size_t n;
} links[LINKS];
static unsigned nlinks;
static bool refuses;

static void
say(struct link_end *l, unsigned flags, const char *bytes, size_t n)
{
	world_segment(WORLD_PEER, &(struct world_segment){ l->own, l->port,
				      l->seq, l->rcv, 65535, flags, bytes, n });
	l->seq += (uint32_t)n + ((flags & (SYN | FIN)) != 0);
}

static struct link_end *
link_of(uint16_t port, uint16_t own)
{
	for (unsigned i = 0; i < nlinks; i++)
		if (links[i].port == port && links[i].own == own)
			return &links[i];
	CU_ASSERT_FATAL(nlinks < LINKS);
	links[nlinks] = (struct link_end){
		.port = port, .own = own, .seq = 1000 * (nlinks + 1)
	};
	return &links[nlinks++];
}

static uint32_t
number(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
	       (uint32_t)p[2] << 8 | p[3];
}

static void
on_segment(uint32_t ip, const uint8_t *t, size_t n)
{
	struct link_end *l =
	    link_of((uint16_t)(t[0] << 8 | t[1]), (uint16_t)(t[2] << 8 | t[3]));
	size_t head = 4u * (t[12] >> 4), bytes = n - head;
	uint32_t seq = number(t + 4);
	unsigned flags = t[13];

	CU_ASSERT_EQUAL(ip, WORLD_PEER);
	if ((flags & RST) != 0) {
		l->reset = true;
	} else if ((flags & SYN) != 0) {
		l->rcv = seq + 1;
		l->open = !refuses;
		if (refuses)
			say(l, RST | ACK, "", 0);
		else
			say(l, (flags & ACK) != 0 ? ACK : SYN | ACK, "", 0);
	} else if (seq == l->rcv && (bytes > 0 || (flags & FIN) != 0)) {
		CU_ASSERT_FATAL(l->n + bytes < sizeof(l->bytes));
		memcpy(l->bytes + l->n, t + head, bytes);
		l->n += bytes;
		l->bytes[l->n] = '\0';
		l->fin = (flags & FIN) != 0;
		l->rcv += (uint32_t)bytes + l->fin;
		say(l, ACK, "", 0);
	}
}

static struct link_end *
connect_to_phone(uint16_t own)
{
	struct link_end *l = link_of(5060, own);

	say(l, SYN, "", 0);
	world_run(10);
	return l;
}

/* In pieces of STEP bytes. */
static void
write_all(struct link_end *l, const char *bytes, size_t n, size_t step)
{
	for (size_t at = 0; at < n; at += step) {
		say(l, PSH | ACK, bytes + at, n - at < step ? n - at : step);
		world_run(5);
	}
}

static void
start(const char *config)
{
	memset(links, 0, sizeof(links));
	nlinks = 0;
	refuses = false;
	world_open(config);
	world.segment = on_segment;
	world_run(100);
}

static unsigned
times_in(const char *text, const char *what)
{
	unsigned n = 0;

	for (; (text = strstr(text, what)) != NULL; text++)
		n++;
	return n;
}

#define LONG_LIST                                                          \
	"codecs=\"PCMU PCMA G722 G729 G723 G728 G7221 iLBC iSAC SILK "     \
	"speex opus AMR AMR-WB EVS GSM GSM-EFR L16 DVI4 LPC QCELP VMR-WB " \
	"MP4A-LATM X1 X2 X3\" "

static const char options[] =
    "OPTIONS sip:alice@192.0.2.4 SIP/2.0\r\n"
    "Via: SIP/2.0/TCP 192.0.2.3:5060;branch=z9hG4bKo1\r\n"
    "From: <sip:bob@biloxi.example.com>;tag=1\r\n"
    "To: <sip:alice@atlanta.example.com>\r\nCall-ID: o1\r\n"
    "CSeq: 1 OPTIONS\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n";

/* ---- cutting ---- */

static const struct {
	const char *in;
	enum sip_framed want;
	size_t size;
} cuts[] = {
	{ "A\r\nContent-Length: 2\r\n\r\nxyz", SIP_FRAMED_MESSAGE, 26 },
	{ "A\r\nl : 0 \r\n\r\n", SIP_FRAMED_MESSAGE, 13 },
	{ "A\r\nL:1\r\nCONTENT-LENGTH: 1\r\n\r\n.", SIP_FRAMED_MESSAGE, 30 },
	{ "A\r\nContent-Length: 2\r\n\r\nx", SIP_FRAMED_MORE, 0 },
	{ "A\r\nContent-Length: 2\r\n", SIP_FRAMED_MORE, 0 },
	{ "\r\n\r\nA", SIP_FRAMED_SKIP, 4 },
	{ "A\r\nTo: x\r\n\r\n", SIP_FRAMED_BAD, 0 },
	{ "A\r\nl: 1\r\nl: 2\r\n\r\n", SIP_FRAMED_BAD, 0 },
	{ "A\r\nl: -1\r\n\r\n", SIP_FRAMED_BAD, 0 },
	{ "A\r\nl: 1x\r\n\r\n", SIP_FRAMED_BAD, 0 },
	{ "A\r\nl:\r\n\r\n", SIP_FRAMED_BAD, 0 },
	{ "A\r\nl: 99999999999999999999\r\n\r\n", SIP_FRAMED_BAD, 0 },
	{ "A\r\nl: 8192\r\n\r\n", SIP_FRAMED_BAD, 0 },
};

static void
framing(void)
{
	for (size_t i = 0; i < sizeof(cuts) / sizeof(cuts[0]); i++) {
		struct sip_framing f = { 0, 0 };
		size_t size = 0, n = strlen(cuts[i].in);
		enum sip_framed got =
		    sip_framing_next(&f, cuts[i].in, n, &size);

		if (got != cuts[i].want || size != cuts[i].size)
			printf("  cut %zu: %d, %zu\n", i, got, size);
		CU_ASSERT_EQUAL(got, cuts[i].want);
		CU_ASSERT_EQUAL(size, cuts[i].size);
		/* Byte by byte it is the same. */
		f = (struct sip_framing){ 0, 0 };
		got = SIP_FRAMED_MORE;
		for (size_t k = 1; k <= n && got == SIP_FRAMED_MORE; k++)
			got = sip_framing_next(&f, cuts[i].in, k, &size);
		CU_ASSERT_EQUAL(got, cuts[i].want);
	}
}

/* ---- what the phone sends ---- */

static void
registers(void)
{
	start(PEER_CONFIG "register=yes transport=tcp outbound=192.0.2.3");
	CU_ASSERT_EQUAL(nlinks, 1);
	CU_ASSERT_EQUAL(world_count("REGISTER"), 0);
	HOLDS(links[0].bytes, "REGISTER sip:");
	HOLDS(links[0].bytes, "Via: SIP/2.0/TCP 192.0.2.4:5060");
	HOLDS(links[0].bytes,
	    "Contact: <sip:alice@192.0.2.4:5060;transport=tcp>");
	HOLDS(links[0].bytes, "Route: <sip:192.0.2.3:5060;transport=tcp;lr>");
	/* Nothing is repeated (17.1.2.2), Timer F ends it. */
	world_run(31000);
	CU_ASSERT_EQUAL(times_in(links[0].bytes, "REGISTER sip:"), 1);
	CU_ASSERT_FALSE(world_reported("registration failed*"));
	world_run(2000);
	CU_ASSERT_TRUE(world_reported("registration failed*"));
	world_close();
}

static void
large_request(void)
{
	start(PEER_CONFIG LONG_LIST);
	world_press("12#");
	CU_ASSERT_EQUAL_FATAL(nlinks, 1);
	CU_ASSERT_EQUAL(world_count("INVITE"), 0);
	HOLDS(links[0].bytes, "INVITE sip:");
	HOLDS(links[0].bytes, "Via: SIP/2.0/TCP ");
	CU_ASSERT_TRUE(links[0].n > SIP_UDP_SIZE);
	CU_ASSERT_TRUE(world_reported("size *"));
	world_close();
}

/* 18.1.1: nobody takes it by TCP; it is repeated as by UDP then. */
static void
refused_large_request(void)
{
	char buf[128];

	start(PEER_CONFIG LONG_LIST);
	refuses = true;
	world_press("12#");
	CU_ASSERT_EQUAL(world_count("INVITE"), 1);
	HOLDS(world_take("INVITE"), "Via: SIP/2.0/UDP ");
	world_run(1600);
	CU_ASSERT_EQUAL(world_count("INVITE"), 3);
	printf("  at %s\n", world_times("INVITE", buf, sizeof(buf)));
	WAITED(40000, "Not registered");
	world_close();
}

/* 18.4: who wants TCP does not go by UDP. */
static void
refused_registration(void)
{
	memset(links, 0, sizeof(links));
	nlinks = 0;
	refuses = true;
	world_open(PEER_CONFIG "register=yes transport=tcp outbound=192.0.2.3");
	world.segment = on_segment;
	world_run(500);
	CU_ASSERT_EQUAL(world_count("REGISTER"), 0);
	CU_ASSERT_TRUE(world_reported("registration failed*"));
	world_close();
}

static void
reset_within_request(void)
{
	start(PEER_CONFIG LONG_LIST);
	world_press("12#");
	CU_ASSERT_EQUAL_FATAL(nlinks, 1);
	say(&links[0], RST | ACK, "", 0);
	world_run(1000);
	CU_ASSERT_EQUAL(world_count("INVITE"), 0);
	CU_ASSERT_TRUE(world_logged("connection broken"));
	CU_ASSERT_EQUAL(world.hold, 0);
	world_close();
}

/* ---- what comes ---- */

static void
answers(size_t step)
{
	struct link_end *l;

	start(PEER_CONFIG);
	l = connect_to_phone(40000);
	write_all(l, options, sizeof(options) - 1, step);
	CU_ASSERT_EQUAL(times_in(l->bytes, "SIP/2.0 200 OK"), 1);
	CU_ASSERT_EQUAL(world_count("SIP/2.0"), 0);
	world_close();
}

static void
answers_in_pieces(void)
{
	answers(1400);
	answers(100);
	answers(7);
	answers(1);
}

static void
two_at_once(void)
{
	char both[2 * sizeof(options) + 8];
	struct link_end *l;
	int n;

	start(PEER_CONFIG);
	l = connect_to_phone(40000);
	n = snprintf(both, sizeof(both), "%s\r\n\r\n%s", options, options);
	memcpy(
	    strstr(strstr(both, "\r\n\r\n\r\n"), "z9hG4bKo1"), "z9hG4bKo2", 9);
	write_all(l, both, (size_t)n, 1400);
	CU_ASSERT_EQUAL(times_in(l->bytes, "SIP/2.0 200 OK"), 2);
	world_close();
}

/* A third is refused, the two go on. */
static void
three_connections(void)
{
	struct link_end *a, *b, *c;

	start(PEER_CONFIG);
	a = connect_to_phone(40000);
	b = connect_to_phone(40001);
	c = connect_to_phone(40002);
	CU_ASSERT_FALSE(a->reset);
	CU_ASSERT_FALSE(b->reset);
	CU_ASSERT_TRUE(c->reset);
	write_all(a, options, 50, 50);
	write_all(b, options, sizeof(options) - 1, 1400);
	write_all(a, options + 50, sizeof(options) - 51, 1400);
	CU_ASSERT_EQUAL(times_in(b->bytes, "SIP/2.0 200 OK"), 1);
	/* The other is a copy of the same request, and answered as that. */
	CU_ASSERT_EQUAL(times_in(a->bytes, "SIP/2.0 200 OK") +
			    times_in(b->bytes, "SIP/2.0 200 OK"),
	    1 + (unsigned)(times_in(a->bytes, "SIP/2.0") > 0));
	world_close();
}

static void
hostile(void)
{
	static char endless[SIP_STREAM_MAX + 1000];
	static const char none[] = "OPTIONS sip:a SIP/2.0\r\nTo: x\r\n\r\n";
	struct link_end *l;

	memset(endless, 'x', sizeof(endless));
	start(PEER_CONFIG);
	l = connect_to_phone(40000);
	write_all(l, endless, SIP_STREAM_MAX - 1, 1000);
	CU_ASSERT_FALSE(l->reset);
	write_all(l, "x", 1, 1);
	CU_ASSERT_TRUE(l->reset);
	l = connect_to_phone(40001);
	write_all(l, none, sizeof(none) - 1, 1400);
	CU_ASSERT_TRUE(l->reset);
	/* Half a message, then the end, or a reset. */
	l = connect_to_phone(40002);
	write_all(l, options, 100, 100);
	say(l, FIN | ACK, "", 0);
	world_run(10);
	CU_ASSERT_TRUE(l->fin);
	CU_ASSERT_TRUE(world_logged("half a message"));
	l = connect_to_phone(40003);
	write_all(l, options, 100, 100);
	say(l, RST | ACK, "", 0);
	world_run(10);
	/* It is still there. */
	world_sip("OPTIONS sip:alice@192.0.2.4 SIP/2.0\r\n"
		  "Via: SIP/2.0/UDP 192.0.2.3:5060;branch=z9hG4bKu\r\n"
		  "From: <sip:bob@biloxi.example.com>;tag=1\r\n"
		  "To: <sip:alice@atlanta.example.com>\r\nCall-ID: u\r\n"
		  "CSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n");
	CU_ASSERT_EQUAL(world_count("SIP/2.0 200"), 1);
	world_close();
}

/* 18.2.2: the connection is gone before the answer: to the Via's sent-by. */
static void
answers_elsewhere(void)
{
	char invite[1024];
	struct link_end *l;
	int n;

	start(PEER_CONFIG "answer=1");
	l = connect_to_phone(40000);
	n = snprintf(invite, sizeof(invite),
	    "INVITE sip:alice@192.0.2.4 SIP/2.0\r\n"
	    "Via: SIP/2.0/TCP 192.0.2.3:5070;branch=z9hG4bKi;rport\r\n"
	    "From: <sip:bob@biloxi.example.com>;tag=1\r\n"
	    "To: <sip:alice@atlanta.example.com>\r\nCall-ID: i\r\n"
	    "CSeq: 1 INVITE\r\nContact: <sip:bob@192.0.2.3:5070>\r\n"
	    "Content-Type: application/sdp\r\nContent-Length: %zu\r\n\r\n%s",
	    sizeof(PEER_SDP) - 1, PEER_SDP);
	write_all(l, invite, (size_t)n, 1400);
	HOLDS(l->bytes, "SIP/2.0 180");
	say(l, FIN | ACK, "", 0);
	world_run(1500);
	CU_ASSERT_EQUAL_FATAL(nlinks, 2);
	CU_ASSERT_EQUAL(links[1].own, 5070);
	HOLDS(links[1].bytes, "SIP/2.0 200");
	world_close();
}

CHECK_MAIN("firmware: phone by TCP", { "framing", framing },
    { "registers", registers }, { "large request", large_request },
    { "refused large request", refused_large_request },
    { "refused registration", refused_registration },
    { "reset within request", reset_within_request },
    { "answers in pieces", answers_in_pieces }, { "two at once", two_at_once },
    { "three connections", three_connections }, { "hostile", hostile },
    { "answers elsewhere", answers_elsewhere })
