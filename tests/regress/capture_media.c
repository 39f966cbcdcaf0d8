/*
 * Which streams of RTP a capture has: of each call its own, wherever their
 * packets come from, cut where nothing is sent, each codec for itself.
 */
#include "fixtures/capture_made.h"
#include "fixtures/stand_in_capture.h"

#include "ladder/layout.h"

#define S  INT64_C(1000000000)
#define T0 (INT64_C(1700000000) * S)

struct net {
	struct buf file;
	unsigned packets;
};

static void
put_udp(struct net *n, int64_t t, int from, int sport, int to, int dport,
    struct str payload)
{
	struct buf udp = made_udp(sport, dport, payload), ip;

	ip = made_ip4(from, to, 17, 1, 0, &udp);
	made_packet(&n->file, T0 + t, &ip);
}

/* A message of call ID between hosts 1 and 2, with SDP for PORT where that is
 * not 0. */
static void
put_sip(struct net *n, int64_t t, int from, const char *start, const char *id,
    const char *cseq, int port, const char *format)
{
	struct buf b = BUF_INIT, sdp = BUF_INIT;

	if (port != 0)
		buf_printf(&sdp,
		    "v=0\r\no=- 1 1 IN IP4 192.0.2.%d\r\ns=-\r\n"
		    "c=IN IP4 192.0.2.%d\r\nt=0 0\r\nm=audio %d RTP/AVP %s",
		    from, from, port, format);
	buf_printf(&b,
	    "%s\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK%s%.1s\r\n"
	    "From: <sip:a@a.example>;tag=a\r\nTo: <sip:b@b.example>;tag=b\r\n"
	    "Call-ID: %s\r\nCSeq: %s\r\n"
	    "Content-Type: application/sdp\r\nContent-Length: %zu\r\n\r\n",
	    start, id, cseq, id, cseq, sdp.n);
	buf_str(&b, buf_view(&sdp));
	put_udp(n, t, from, 5060, 3 - from, 5060, buf_view(&b));
	buf_free(&b);
	buf_free(&sdp);
}

#define INVITE "INVITE sip:b@b.example SIP/2.0"
#define OK     "SIP/2.0 200 OK"
#define BYE    "BYE sip:b@b.example SIP/2.0"
#define G711   "8\r\n"

/* The call ID from T on; its media go between ports 4000 and 6000. */
static void
put_call(struct net *n, int64_t t, const char *id, const char *format)
{
	put_sip(n, t, 1, INVITE, id, "1 INVITE", 4000, format);
	put_sip(n, t + S / 10, 2, OK, id, "1 INVITE", 6000, format);
}

static void
put_bye(struct net *n, int64_t t, const char *id)
{
	put_sip(n, t, 1, BYE, id, "2 BYE", 0, "");
	put_sip(n, t + S / 10, 2, OK, id, "2 BYE", 0, "");
}

/* COUNT packets, 20 ms apart; each of them the next number. */
static void
put_rtp(struct net *n, int64_t t, int from, int sport, int to, int dport,
    uint32_t ssrc, int type, unsigned count)
{
	LOCAL_BUF rtp = BUF_INIT;

	for (unsigned i = 0; i < count; i++) {
		buf_clear(&rtp);
		made_be(&rtp, 0x8000u | (unsigned)type, 2);
		made_be(&rtp, n->packets++, 2);
		made_be(&rtp, i * 160, 4);
		made_be(&rtp, ssrc, 4);
		buf_fill(&rtp, 'u', 20);
		put_udp(n, t + i * (S / 50), from, sport, to, dport,
		    buf_view(&rtp));
	}
}

static struct net
begin(void)
{
	struct net n = { .packets = 100 };

	made_file(&n.file, 101);
	return n;
}

/* What the trace of N has: "node>dst codec packets lost from-to", a line for
 * each stream in the order of their ends; and as many bands in the ladder. */
static void
expect(struct net *n, const char *streams)
{
	static const struct capture_trace_options o = { .detail =
							    TRACE_PROTOCOL };
	struct capture *c = made_open(&n->file);
	struct capture_reader reader;
	LOCAL_BUF got = BUF_INIT, b = BUF_INIT;
	struct layout_options lo = LAYOUT_OPTIONS;
	struct trace_rec rec;
	struct layout *l;
	struct trace *t;
	size_t bands = 0, lines = 0;
	int64_t from = 0;
	int err;

	CU_ASSERT_PTR_NOT_NULL_FATAL(c);
	reader = capture_reader_of(c);
	t = stand_in_trace_of(&reader, &o, &err);
	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	for (uint64_t i = 1; i <= trace_count(t); i++) {
		if (trace_kind_of(t, i) != TRACE_MEDIA)
			continue;
		trace_get(t, i, &rec);
		if (!str_is(trace_str(&rec, "op", &b), "stop"))
			continue;
		for (uint64_t k = 1; k < i; k++) {
			struct trace_rec flow;
			struct buf two = BUF_INIT;

			if (trace_kind_of(t, k) != TRACE_MEDIA)
				continue;
			trace_get(t, k, &flow);
			if (str_is(trace_str(&flow, "op", &b), "flow") &&
			    trace_int(&flow, "ssrc", 0) ==
				trace_int(&rec, "ssrc", 0) &&
			    str_eq(trace_str(&flow, "codec", &b),
				trace_str(&rec, "codec", &two)))
				from = flow.t;
			buf_free(&two);
		}
		buf_printf(&got, "%.*s>", STR_ARG(rec.node));
		buf_str(&got, trace_str(&rec, "dst", &b));
		buf_putc(&got, ' ');
		buf_str(&got, trace_str(&rec, "codec", &b));
		buf_printf(&got, " %lld %lld %lld-%lld\n",
		    (long long)trace_int(&rec, "packets", -1),
		    (long long)trace_int(&rec, "lost", -1),
		    (long long)(from / S), (long long)(rec.t / S));
		lines++;
	}
	CU_ASSERT_STRING_EQUAL(buf_cstr(&got), streams);
	if (strcmp(buf_cstr(&got), streams) != 0)
		printf(
		    "  found:\n%s  instead of:\n%s", buf_cstr(&got), streams);
	CU_ASSERT_EQUAL_FATAL(layout_create(&l, t, &lo, NULL), 0);
	for (size_t i = 0; i < l->nrows; i++)
		bands += l->rows[i].item == LAYOUT_MEDIA;
	CU_ASSERT_EQUAL(bands, lines);
	layout_destroy(l);
	trace_destroy(t);
	capture_close(c);
	buf_free(&n->file);
}

#define A "192.0.2.1"
#define B "192.0.2.2"

/* The receiver's port counts, whatever the sender's is. */
static void
other_source(void)
{
	struct net n = begin();

	put_call(&n, 0, "c1", G711);
	put_rtp(&n, S, 1, 4000, 2, 6000, 1, 8, 50);
	put_rtp(&n, 2 * S, 2, 7777, 1, 4000, 2, 8, 50);
	put_bye(&n, 4 * S, "c1");
	expect(&n,
	    A ">" B " PCMA/8000 50 0 1-1\n" B ">" A " PCMA/8000 50 0 2-2\n");
	/* From a host that sends no SIP. */
	n = begin();
	put_call(&n, 0, "c1", G711);
	put_rtp(&n, S, 9, 7777, 1, 4000, 2, 8, 50);
	expect(&n, B ">" A " PCMA/8000 50 0 1-1\n");
}

/* One source, one SSRC, two receivers. */
static void
two_places(void)
{
	struct net n = begin();

	put_call(&n, 0, "c1", G711);
	put_sip(&n, S / 5, 1, INVITE, "c2", "1 INVITE", 4000, G711);
	put_sip(&n, S / 4, 2, OK, "c2", "1 INVITE", 6100, G711);
	put_rtp(&n, S, 1, 4000, 2, 6000, 7, 8, 50);
	put_rtp(&n, S, 1, 4000, 2, 6100, 7, 8, 100);
	expect(&n,
	    A ">" B " PCMA/8000 50 0 1-1\n" A ">" B " PCMA/8000 100 0 1-2\n");
}

/* The same ports and SSRC again: after BYE, and after a silence. */
static void
two_calls(void)
{
	struct net n = begin();

	put_call(&n, 0, "c1", G711);
	put_rtp(&n, S, 1, 4000, 2, 6000, 7, 8, 100);
	put_bye(&n, 3 * S, "c1");
	put_call(&n, 4 * S, "c2", G711);
	put_rtp(&n, 5 * S, 1, 4000, 2, 6000, 7, 8, 100);
	put_rtp(&n, 60 * S, 1, 4000, 2, 6000, 7, 8, 100);
	put_bye(&n, 63 * S, "c2");
	expect(&n,
	    A ">" B " PCMA/8000 100 0 1-2\n" A ">" B " PCMA/8000 100 0 5-6\n" A
	      ">" B " PCMA/8000 100 0 60-61\n");
	/* BYE, and packets that come late are not of the pause before. */
	n = begin();
	put_call(&n, 0, "c1", G711);
	put_rtp(&n, S, 1, 4000, 2, 6000, 7, 8, 50);
	put_bye(&n, 3 * S, "c1");
	put_rtp(&n, 5 * S, 1, 4000, 2, 6000, 7, 8, 50);
	expect(&n,
	    A ">" B " PCMA/8000 50 0 1-1\n" A ">" B " PCMA/8000 50 0 5-5\n");
	/* A re-INVITE with the same Call-ID cuts nothing. */
	n = begin();
	put_call(&n, 0, "c1", G711);
	put_rtp(&n, S, 1, 4000, 2, 6000, 7, 8, 50);
	put_sip(&n, 2 * S, 1, INVITE, "c1", "2 INVITE", 4000, G711);
	put_rtp(&n, 2 * S + S / 2, 1, 4000, 2, 6000, 7, 8, 50);
	expect(&n, A ">" B " PCMA/8000 100 0 1-3\n");
}

/* Payload types that a=rtpmap names; digits are not speech. */
static void
dynamic_types(void)
{
	static const char formats[] = "111 101\r\na=rtpmap:111 opus/48000/2\r\n"
				      "a=rtpmap:101 telephone-event/8000\r\n";
	struct net n = begin();

	put_call(&n, 0, "c1", formats);
	put_rtp(&n, S, 1, 4000, 2, 6000, 7, 111, 50);
	put_rtp(&n, 2 * S, 1, 4000, 2, 6000, 7, 101, 10);
	put_rtp(&n, 2 * S + S / 4, 1, 4000, 2, 6000, 7, 111, 50);
	expect(&n, A ">" B " telephone-event/8000 10 0 2-2\n" A ">" B
		     " opus/48000/2 100 0 1-3\n");
	/* One that nothing names has none. */
	n = begin();
	put_call(&n, 0, "c1", "111\r\n");
	put_rtp(&n, S, 1, 4000, 2, 6000, 7, 112, 50);
	expect(&n, A ">" B "  50 0 1-1\n");
}

CHECK_MAIN("capture_media", { "another source port", other_source },
    { "one SSRC to two places", two_places },
    { "two calls of one pair", two_calls },
    { "dynamic payload types", dynamic_types })
