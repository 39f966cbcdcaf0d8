/*
 * Messages of DNS, STUN, TLS and WebSocket in captures: which are told, between
 * whom, and what is said of those that are damaged.
 */
#include "fixtures/capture_made.h"
#include "fixtures/check.h"

#include "inference/trace.h"
#include "stun/stun.h"

#define T0 (INT64_C(1700000000) * 1000000000)
#define MS INT64_C(1000000)

/* A question for the address of sip.example.com. */
static const char query[] = "\x12\x34\x01\0\0\1\0\0\0\0\0\0\3sip\7example\3com"
			    "\0\0\1\0\1";
#define QUERY ((struct str){ query, sizeof(query) - 1 })

static void
put_udp(struct buf *b, int64_t t, int from, int to, int sport, int dport,
    struct str payload)
{
	struct buf udp = made_udp(sport, dport, payload);
	struct buf ip = made_ip4(from, to, 17, 1, 0, &udp);

	made_packet(b, T0 + t, &ip);
}

static void
put_tcp(struct buf *b, int64_t t, int from, int to, int sport, int dport,
    uint32_t seq, struct str payload)
{
	struct buf tcp = made_tcp(sport, dport, seq, 0x18, payload);
	struct buf ip = made_ip4(from, to, 6, 1, 0, &tcp);

	made_packet(b, T0 + t, &ip);
}

static void
put_message(struct buf *b, int64_t t)
{
	LOCAL_BUF m = BUF_INIT;

	made_message(&m, 1, "hello");
	put_udp(b, t, 1, 2, 5060, 5060, buf_view(&m));
}

static int
keep_line(const char *line, size_t n, void *arg)
{
	buf_add(arg, line, n);
	return 0;
}

/* The trace of the capture B, which is freed. */
static struct buf
trace_of(struct buf *b)
{
	struct capture_trace_options o = { .detail = TRACE_PROTOCOL };
	struct buf out = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct capture *c = made_open(b);
	struct capture_reader r = capture_reader_of(c);

	CU_ASSERT_EQUAL(capture_trace(&r, &o, keep_line, &out, &d), 0);
	capture_close(c);
	buf_free(b);
	return out;
}

static struct buf
begin(void)
{
	struct buf b = BUF_INIT;

	made_file(&b, 101);
	return b;
}

static int
count(const struct buf *trace, const char *what)
{
	struct str rest = buf_view(trace);
	ptrdiff_t at;
	int n = 0;

	for (; (at = str_find(rest, what)) >= 0; n++)
		rest = str_slice(rest, (size_t)at + 1, rest.n);
	return n;
}

static void
test_dns(void)
{
	struct buf b = begin(), framed = BUF_INIT, trace;

	/* Asked before the message, by its sender; by somebody else. */
	put_udp(&b, 0, 1, 53, 40000, 53, QUERY);
	put_udp(&b, 5 * MS, 9, 53, 40000, 53, QUERY);
	put_udp(&b, 6 * MS, 53, 54, 40001, 53, QUERY);
	put_message(&b, 20 * MS);
	made_be(&framed, QUERY.n, 2);
	buf_str(&framed, QUERY);
	put_tcp(&b, 30 * MS, 1, 53, 40001, 53, 1,
	    str_slice(buf_view(&framed), 0, 9));
	put_tcp(&b, 31 * MS, 1, 53, 40001, 53, 10,
	    str_slice(buf_view(&framed), 9, framed.n));
	/* Cut off in the question. */
	put_udp(&b, 40 * MS, 1, 53, 40000, 53, str_slice(QUERY, 0, 20));
	trace = trace_of(&b);
	CU_ASSERT_EQUAL(
	    count(&trace, "\"proto\":\"dns\",\"start\":\"query\""), 4);
	CU_ASSERT_EQUAL(count(&trace, "\"src\":\"192.0.2.9\""), 0);
	CU_ASSERT_EQUAL(count(&trace, "\"src\":\"192.0.2.53\""), 1);
	CU_ASSERT_EQUAL(
	    count(&trace, "\"name\":\"192.0.2.53\",\"role\":\"dns\""), 1);
	CU_ASSERT_EQUAL(
	    count(&trace, "\"t\":0,\"node\":\"192.0.2.1\",\"kind\":\"send\""),
	    1);
	CU_ASSERT_EQUAL(
	    count(&trace, "\"transport\":\"tcp\",\"proto\":\"dns\""), 1);
	CU_ASSERT_EQUAL(count(&trace, "\"fault\":\"dns-question\",\"at\":"
				      "\"short\",\"inferred\":true"),
	    1);
	buf_free(&trace);
	buf_free(&framed);
}

static void
test_stun(void)
{
	struct buf b = begin(), m = BUF_INIT, trace;

	stun_begin(&m, STUN_BINDING, STUN_REQUEST, "abcdefghijkl");
	put_message(&b, 0);
	put_udp(&b, 10 * MS, 1, 2, 5060, 5060, buf_view(&m));
	m.p[3] = 4; /* longer than it is */
	put_udp(&b, 20 * MS, 1, 2, 5060, 5060, buf_view(&m));
	trace = trace_of(&b);
	CU_ASSERT_EQUAL(count(&trace, "\"start\":\"Binding request\""), 2);
	CU_ASSERT_EQUAL(count(&trace, "\"fault\":\"stun\""), 1);
	buf_free(&trace);
	buf_free(&m);
}

static void
test_tls(void)
{
	static const char hello[] = "\x16\3\1\0\5\1\0\0\1x";
	static const char alert[] = "\x15\3\3\0\2\2\x2a"
				    "\x17\3\3\0\1x";
	struct buf b = begin(), trace;

	/* No message of SIP is in it. */
	put_tcp(&b, 0, 1, 2, 40000, 5061, 1,
	    (struct str){ hello, sizeof(hello) - 1 });
	put_tcp(&b, 5 * MS, 2, 1, 5061, 40000, 1,
	    (struct str){ alert, sizeof(alert) - 1 });
	put_tcp(&b, 9 * MS, 1, 3, 40001, 443, 1,
	    (struct str){ hello, sizeof(hello) - 1 });
	trace = trace_of(&b);
	CU_ASSERT_EQUAL(count(&trace, "\"start\":\"ClientHello\""), 1);
	CU_ASSERT_EQUAL(
	    count(&trace,
		"\"start\":\"Alert bad_certificate, application data\""),
	    1);
	CU_ASSERT_EQUAL(count(&trace, "\"kind\":\"recv\""), 2);
	buf_free(&trace);
}

static void
test_websocket(void)
{
	static const char get[] =
	    "GET / HTTP/1.1\r\nUpgrade: websocket\r\n\r\n";
	static const char frames[] = "\x88\x82\0\0\0\0\3\xea"
				     "\x89\0";
	struct buf b = begin(), trace;

	put_message(&b, 0);
	put_tcp(&b, MS, 1, 2, 40000, 80, 1, str_of(get));
	put_tcp(&b, 2 * MS, 1, 2, 40000, 80, sizeof(get),
	    (struct str){ frames, sizeof(frames) - 1 });
	trace = trace_of(&b);
	CU_ASSERT_EQUAL(
	    count(&trace, "\"proto\":\"websocket\",\"start\":\"GET\""), 1);
	CU_ASSERT_EQUAL(count(&trace, "\"start\":\"Close 1002\""), 1);
	CU_ASSERT_EQUAL(count(&trace, "\"start\":\"Ping\""), 1);
	CU_ASSERT_EQUAL(count(&trace, "\"missing\":\"unmasked\""), 1);
	buf_free(&trace);
}

static void
test_too_many(void)
{
	struct buf b = begin();
	struct capture *c;

	put_message(&b, 0);
	for (int i = 0; i < 16390; i++)
		put_udp(&b, i, 1, 53, 40000, 53, QUERY);
	c = made_open(&b);
	CU_ASSERT_PTR_NOT_NULL(strstr(capture_loss(c, 0), "(6 in all"));
	capture_close(c);
	buf_free(&b);
}

CHECK_MAIN("capture_others", { "DNS", test_dns }, { "STUN", test_stun },
    { "TLS", test_tls }, { "WebSocket", test_websocket },
    { "too many", test_too_many })
