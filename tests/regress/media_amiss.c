/*
 * RTP that does not arrive was drawn as arriving, RTP to another port than the
 * SDP's as right; loss was in no picture, and a payload type that nobody agreed
 * upon passed.
 */
#include "fixtures/capture_made.h"
#include "fixtures/sample_trace.h"
#include "fixtures/stand_in_capture.h"

#include "ladder/layout.h"

#include <string.h>

#define S  INT64_C(1000000000)
#define T0 (INT64_C(1700000000) * S)

struct net {
	struct buf file;
	unsigned number; /* of the next packet of RTP */
};

struct end {
	uint8_t ip[4];
	int port;
};

#define ALICE                \
	{                    \
		192, 0, 2, 1 \
	}
#define BOB                  \
	{                    \
		192, 0, 2, 2 \
	}

static void
put_ip(struct net *n, int64_t t, struct end from, struct end to, int proto,
    struct buf *inner)
{
	struct buf ip = made_ip4(1, 2, proto, 1, 0, inner);

	memcpy(ip.p + 12, from.ip, 4);
	memcpy(ip.p + 16, to.ip, 4);
	made_packet(&n->file, T0 + t, &ip);
}

static void
put_udp(
    struct net *n, int64_t t, struct end from, struct end to, struct str what)
{
	struct buf udp = made_udp(from.port, to.port, what);

	put_ip(n, t, from, to, 17, &udp);
}

/* A message of the call, with SDP that names AT, if that has a port. */
static void
put_sip(struct net *n, int64_t t, struct end from, struct end to,
    const char *start, const char *cseq, struct end at, const char *formats)
{
	struct buf b = BUF_INIT, sdp = BUF_INIT;

	from.port = to.port = 5060;
	if (at.port != 0)
		buf_printf(&sdp,
		    "v=0\r\no=- 1 1 IN IP4 1.1.1.1\r\ns=-\r\n"
		    "c=IN IP4 %d.%d.%d.%d\r\nt=0 0\r\nm=audio %d RTP/AVP %s",
		    at.ip[0], at.ip[1], at.ip[2], at.ip[3], at.port, formats);
	buf_printf(&b,
	    "%s\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK%.1s\r\n"
	    "From: <sip:a@a.example>;tag=a\r\nTo: <sip:b@b.example>;tag=b\r\n"
	    "Call-ID: c1\r\nCSeq: %s\r\n"
	    "Content-Type: application/sdp\r\nContent-Length: %zu\r\n\r\n",
	    start, cseq, cseq, sdp.n);
	buf_str(&b, buf_view(&sdp));
	put_udp(n, t, from, to, buf_view(&b));
	buf_free(&b);
	buf_free(&sdp);
}

/* A call from A to B, whose SDP names AT and BT. */
static struct net
begin_call(struct end a, struct end at, const char *offer, struct end b,
    struct end bt, const char *answer)
{
	struct net n = { .number = 100 };

	made_file(&n.file, 101);
	put_sip(&n, 0, a, b, "INVITE sip:b@b.example SIP/2.0", "1 INVITE", at,
	    offer);
	put_sip(&n, S / 10, b, a, "SIP/2.0 200 OK", "1 INVITE", bt, answer);
	return n;
}

/* 100 packets from T on, 20 ms apart, without those from GAP to END. */
static void
put_rtp(struct net *n, int64_t t, struct end from, struct end to, int ssrc,
    int type, unsigned gap, unsigned end)
{
	LOCAL_BUF rtp = BUF_INIT;

	for (unsigned i = 0; i < 100; i++, n->number++) {
		if (i >= gap && i < end)
			continue;
		buf_clear(&rtp);
		made_be(&rtp, 0x8000u | (unsigned)type, 2);
		made_be(&rtp, n->number, 2);
		made_be(&rtp, i * 160, 4);
		made_be(&rtp, (uint64_t)ssrc, 4);
		buf_fill(&rtp, 'u', 20);
		put_udp(n, t + i * (S / 50), from, to, buf_view(&rtp));
	}
}

/* TO says that its port is closed, about a packet from FROM. */
static void
put_icmp(struct net *n, int64_t t, struct end from, struct end to)
{
	struct buf udp = made_udp(from.port, to.port, STR("x"));
	struct buf inner = made_ip4(1, 2, 17, 1, 0, &udp);
	struct buf icmp = BUF_INIT;

	memcpy(inner.p + 12, from.ip, 4);
	memcpy(inner.p + 16, to.ip, 4);
	made_be(&icmp, 0x0303, 2);
	made_be(&icmp, 0, 6);
	buf_str(&icmp, buf_view(&inner));
	put_ip(n, t, to, from, 1, &icmp);
	buf_free(&inner);
}

static struct trace *
trace_of(struct net *n)
{
	static const struct capture_trace_options o = { .detail =
							    TRACE_PROTOCOL };
	struct capture *c = made_open(&n->file);
	struct capture_reader reader;
	struct trace *t;
	int err;

	CU_ASSERT_PTR_NOT_NULL_FATAL(c);
	reader = capture_reader_of(c);
	t = stand_in_trace_of(&reader, &o, &err);
	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	capture_close(c);
	buf_free(&n->file);
	return t;
}

/* The bands of T, "label marks[ lost: reason]", a line each; T is freed. */
static void
expect_bands(struct trace *t, const char *bands)
{
	struct layout_options lo = LAYOUT_OPTIONS;
	LOCAL_BUF got = BUF_INIT;
	struct layout *l;

	CU_ASSERT_EQUAL_FATAL(layout_create(&l, t, &lo, NULL), 0);
	for (size_t i = 0; i < l->nrows; i++) {
		const struct layout_row *r = &l->rows[i];

		if (r->item != LAYOUT_MEDIA)
			continue;
		buf_str(&got, r->label);
		layout_put_marks(r, LAYOUT_AGAIN, &got);
		if (r->lost)
			buf_printf(&got, " lost: %.*s", STR_ARG(r->loss.text));
		buf_putc(&got, '\n');
	}
	CU_ASSERT_STRING_EQUAL(buf_cstr(&got), bands);
	if (strcmp(buf_cstr(&got), bands) != 0)
		printf("  found:\n%s  instead of:\n%s", buf_cstr(&got), bands);
	layout_destroy(l);
	trace_destroy(t);
}

#define EXPECT(net, bands) expect_bands(trace_of(net), bands)
#define FINE               "RTP PCMA ×100\n"
#define NO_GAP             200, 200

static const struct end alice = { ALICE, 4000 }, bob = { BOB, 6000 };

/* Bob's phone is behind a NAT, and says so to nobody. */
static void
private_address(void)
{
	static const struct end home = { { 192, 168, 1, 10 }, 4000 };
	static const struct end nat = { { 203, 0, 113, 9 }, 31234 };
	static const struct end in = { { 10, 0, 0, 5 }, 6000 };
	static const struct end near = { { 192, 168, 1, 20 }, 6000 };
	struct net n = begin_call(alice, alice, "8", nat, in, "8");

	put_rtp(&n, S, alice, in, 1, 8, NO_GAP);
	put_rtp(&n, S + 1, nat, alice, 2, 8, NO_GAP);
	EXPECT(&n, "RTP PCMA ×100: to 10.0.0.5:6000 lost: no route to that "
		   "private address\n" FINE);
	/* Both are at home, in networks that have the same numbers. */
	n = begin_call(home, home, "8", nat, near, "8");
	put_rtp(&n, S, home, near, 1, 8, NO_GAP);
	put_rtp(&n, S + 1, nat, home, 2, 8, NO_GAP);
	EXPECT(&n, "RTP PCMA ×100: to 192.168.1.20:6000 lost: no route to that "
		   "private address\n" FINE);
	/* Two phones of one network with a registrar outside. */
	n = begin_call(home, home, "8", nat, near, "8");
	put_rtp(&n, S, home, near, 1, 8, NO_GAP);
	EXPECT(&n, FINE);
	/* Somebody is there. */
	n = begin_call(alice, alice, "8", nat, in, "8");
	put_rtp(&n, S, alice, in, 1, 8, NO_GAP);
	put_rtp(&n, S + 1, in, alice, 2, 8, NO_GAP);
	EXPECT(&n, FINE FINE);
	/* Private all along. */
	n = begin_call(home, home, "8", near, near, "8");
	put_rtp(&n, S, home, near, 1, 8, NO_GAP);
	EXPECT(&n, FINE);
}

static void
another_port(void)
{
	static const struct end other = { BOB, 6002 };
	static const struct end wrong = { ALICE, 4002 };
	static const struct end elsewhere = { { 198, 51, 100, 9 }, 6000 };
	static const struct end there = { { 198, 51, 100, 7 }, 6000 };
	struct net n = begin_call(alice, alice, "8", bob, bob, "8");

	put_rtp(&n, S, alice, other, 1, 8, NO_GAP);
	put_rtp(&n, S + 1, bob, alice, 2, 8, NO_GAP);
	EXPECT(&n, "RTP PCMA ×100: to port 6002, SDP has 6000\n" FINE);
	n = begin_call(alice, alice, "8", bob, bob, "8");
	put_rtp(&n, S, alice, there, 1, 8, NO_GAP);
	EXPECT(&n, "RTP PCMA → 198.51.100.7:6000 ×100: to 198.51.100.7:6000, "
		   "SDP has 192.0.2.2:6000\n");
	/* Nor is their source what SDP has: that of somebody else. */
	n = begin_call(alice, alice, "8", bob, elsewhere, "8");
	put_rtp(&n, S, alice, elsewhere, 1, 8, NO_GAP);
	put_rtp(&n, S + 1, bob, wrong, 2, 8, NO_GAP);
	EXPECT(&n, FINE "RTP PCMA ×100: to port 4002, SDP has 4000\n");
	/* Another call between the same hosts, of which nothing is known. */
	n = begin_call(alice, alice, "8", bob, bob, "8");
	put_rtp(&n, S, bob, alice, 2, 8, NO_GAP);
	put_rtp(&n, S + 1, other, wrong, 3, 8, NO_GAP);
	EXPECT(&n, FINE);
	/* RFC 4961: there is where bob's packets come from. */
	n = begin_call(alice, alice, "8", bob, bob, "8");
	put_rtp(&n, S, other, alice, 2, 8, NO_GAP);
	put_rtp(&n, S + 1, alice, other, 1, 8, NO_GAP);
	EXPECT(&n, FINE FINE);
	/* RFC 8445: what is agreed upon is not in SDP. */
	n = begin_call(alice, alice, "8", bob, bob,
	    "8\r\na=candidate:1 1 UDP 1 192.0.2.2 6000 typ host");
	put_rtp(&n, S, alice, other, 1, 8, NO_GAP);
	EXPECT(&n, FINE);
}

static void
payload_types(void)
{
	struct net n = begin_call(alice, alice, "8 0 18", bob, bob, "8 101");

	put_rtp(&n, S, alice, bob, 1, 18, NO_GAP);
	put_rtp(&n, S + 1, bob, alice, 2, 18, NO_GAP);
	EXPECT(&n, "RTP G729 ×100: type 18, SDP has 8 101\nRTP G729 ×100\n");
	/* Nobody knows what it is. */
	n = begin_call(alice, alice, "8", bob, bob, "8");
	put_rtp(&n, S, alice, bob, 1, 97, NO_GAP);
	EXPECT(&n, "RTP ×100: type 97, SDP has 8\n");
	/* A later offer of the call has it. */
	n = begin_call(alice, alice, "8", bob, bob, "8");
	put_sip(&n, S / 2, bob, alice, "INVITE sip:a@a.example SIP/2.0",
	    "9 INVITE", bob, "0");
	put_rtp(&n, S, alice, bob, 1, 0, NO_GAP);
	put_rtp(&n, 4 * S, alice, bob, 1, 8, NO_GAP);
	EXPECT(&n, "RTP PCMU ×100\nRTP PCMA ×100\n");
}

static void
lost_packets(void)
{
	struct net n = begin_call(alice, alice, "8", bob, bob, "8");

	put_rtp(&n, S, alice, bob, 1, 8, 50, 67);
	EXPECT(&n, "RTP PCMA ×83 of 100\n");
}

/* Port unreachable: from the beginning to the end, or after the call. */
static void
refused(void)
{
	struct net n = begin_call(alice, alice, "8", bob, bob, "8");

	put_rtp(&n, S, alice, bob, 1, 8, NO_GAP);
	put_icmp(&n, 3 * S, alice, bob);
	EXPECT(&n, FINE);
	n = begin_call(alice, alice, "8", bob, bob, "8");
	put_rtp(&n, S, alice, bob, 1, 8, NO_GAP);
	put_icmp(&n, S + S / 10, alice, bob);
	put_icmp(&n, 2 * S, alice, bob);
	EXPECT(&n, "RTP PCMA ×100: to 192.0.2.2:6000 lost: nobody listens on "
		   "that port\n");
}

#define A   "192.0.2.1:5060"
#define B   "192.0.2.2:5060"
#define VIA "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK"
#define CALL                                                             \
	"\nFrom: <sip:a@a.example>;tag=a\nTo: <sip:b@b.example>;tag=b\n" \
	"Call-ID: c1\nContent-Type: application/sdp\nCSeq: "
#define SDP(host, port)                                                    \
	"\n\nv=0\no=- 1 1 IN IP4 1.1.1.1\ns=-\nc=IN IP4 " host "\nt=0 0\n" \
	"m=audio " port " RTP/AVP 8\n"

/* A stream with that SSRC at PLACE, from one second to three. */
static void
add_stream(
    struct stand_in *s, const char *src, const char *dst, int ssrc, int place)
{
	struct capture_stream *one = &s->streams[s->nstreams++];

	*one = (struct capture_stream){ .src = stand_in_addr(src),
		.dst = stand_in_addr(dst),
		.ssrc = (uint32_t)ssrc,
		.payload_type = 8,
		.packets = 100,
		.place = (uint32_t)place,
		.first = s->m[0].t + S,
		.last = s->m[0].t + 3 * S };
}

/* Captured at both ends: what Alice sends is seen at hers alone. */
static void
unseen(void)
{
	for (int seen = 0; seen < 2; seen++) {
		static const struct capture_trace_options o = {
			.detail = TRACE_PROTOCOL
		};
		static struct stand_in s;
		struct capture_reader reader;
		struct trace *t;
		int err;

		s = (struct stand_in){ .n = 0 };
		say(&s, 0, A, B, "INVITE sip:b@b.example SIP/2.0",
		    VIA "1" CALL "1 INVITE" SDP("192.0.2.1", "4000"));
		say_again(&s, 10, 1);
		say(&s, 100, B, A, "SIP/2.0 200 OK",
		    VIA "1" CALL "1 INVITE" SDP("192.0.2.2", "6000"));
		s.m[s.n - 1].place = 1;
		say_again(&s, 110, 0);
		say(&s, 5000, A, B, "BYE sip:b@b.example SIP/2.0",
		    VIA "2" CALL "2 BYE");
		say_again(&s, 5010, 1);
		add_stream(&s, "192.0.2.1:4000", "192.0.2.2:6000", 1, 0);
		add_stream(&s, "192.0.2.2:6000", "192.0.2.1:4000", 2, 1);
		add_stream(&s, "192.0.2.2:6000", "192.0.2.1:4000", 2, 0);
		if (seen)
			add_stream(
			    &s, "192.0.2.1:4000", "192.0.2.2:6000", 1, 1);
		reader = stand_in_reader(&s);
		t = stand_in_trace_of(&reader, &o, &err);
		CU_ASSERT_PTR_NOT_NULL_FATAL(t);
		expect_bands(
		    t, seen ? FINE FINE
			    : "RTP PCMA ×100: to 192.0.2.2:6000 lost: not seen "
			      "at its receiver\n" FINE);
		stand_in_free(&s);
	}
}

/* A run: what the links lost, and what nobody waited for. */
static void
of_a_run(void)
{
	struct sample s = SAMPLE_INIT;
	uint64_t sent[6];

	sample_begin(&s, "media");
	sample_node(&s, "a", "ua", "", "");
	sample_node(&s, "b", "ua", "", "");
	for (int i = 0; i < 6; i++, s.t += 20 * MS)
		sent[i] = sample_rec(&s, "send", "a", 0, NULL,
		    ",'src':'a','dst':'b','proto':'rtp','transport':'udp'");
	/* Of two copies of the fifth one arrives. */
	for (int i = 0; i < 6; i++) {
		if (i == 2 || i == 4)
			sample_rec(&s, "drop", NULL, sent[i], NULL,
			    ",'of':%d,'reason':'loss'", (int)sent[i]);
		if (i != 2)
			sample_rec(&s, "recv", "b", sent[i], NULL, ",'of':%d",
			    (int)sent[i]);
	}
	expect_bands(sample_end(&s), "RTP ×5 of 6\n");
	s = SAMPLE_INIT;
	sample_begin(&s, "media");
	sample_node(&s, "a", "ua", "", "");
	sample_node(&s, "b", "ua", "", "");
	sent[0] = sample_rec(&s, "send", "a", 0, NULL,
	    ",'src':'a','dst':'b','proto':'rtp','transport':'udp'");
	sample_rec(&s, "drop", NULL, sent[0], NULL,
	    ",'of':%d,'reason':'no-socket'", (int)sent[0]);
	expect_bands(
	    sample_end(&s), "RTP ×0 of 1 lost: nobody listens on that port\n");
}

CHECK_MAIN("media_amiss", { "an address behind a NAT", private_address },
    { "another port than the SDP's", another_port },
    { "payload types that nobody agreed upon", payload_types },
    { "packets that are missing", lost_packets },
    { "a port that is closed", refused },
    { "seen at the sender alone", unseen }, { "packets of a run", of_a_run })
