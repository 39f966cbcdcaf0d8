/*
 * What is heard of a capture's streams: loss, jitter, silence, a clock that
 * goes otherwise, digits and RTCP, as a phone of a run would tell it; packets
 * that lie, or are torn.
 */
#include "fixtures/capture_made.h"
#include "fixtures/stand_in_capture.h"

#include "inspect/inspect.h"
#include "listen/listen.h"
#include "quality/rtcp.h"
#include "rules/rules.h"

#define MS INT64_C(1000000)
#define S  (1000 * MS)
#define T0 (INT64_C(1700000000) * S)

static struct buf file;

static void
put_udp(int64_t t, int from, int sport, int dport, struct str payload)
{
	struct buf udp = made_udp(sport, dport, payload);
	struct buf ip = made_ip4(from, 3 - from, 17, 1, 0, &udp);

	made_packet(&file, T0 + t, &ip);
}

/* A message between hosts 1 and 2 with SDP for PORT at HOST. */
static void
put_sip_at(int64_t t, int from, const char *start, const char *host, int port)
{
	struct buf b = BUF_INIT, sdp = BUF_INIT;

	buf_printf(&sdp,
	    "v=0\r\no=- 1 1 IN IP4 192.0.2.%d\r\ns=-\r\n"
	    "c=IN IP4 %s\r\nt=0 0\r\nm=audio %d RTP/AVP 0 101\r\n"
	    "a=rtpmap:101 telephone-event/8000\r\na=ptime:30\r\n",
	    from, host, port);
	buf_printf(&b,
	    "%s\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa\r\n"
	    "From: <sip:a@a.example>;tag=a\r\nTo: <sip:b@b.example>;tag=b\r\n"
	    "Call-ID: c\r\nCSeq: 1 INVITE\r\n"
	    "Content-Type: application/sdp\r\nContent-Length: %zu\r\n\r\n",
	    start, sdp.n);
	buf_str(&b, buf_view(&sdp));
	put_udp(t, from, 5060, 5060, buf_view(&b));
	buf_free(&b);
	buf_free(&sdp);
}

static void
put_sip(int64_t t, int from, const char *start, int port)
{
	put_sip_at(t, from, start, from == 1 ? "192.0.2.1" : "192.0.2.2", port);
}

static void
begin(void)
{
	file = BUF_INIT;
	made_file(&file, 101);
	put_sip(0, 1, "INVITE sip:b@b.example SIP/2.0", 4000);
	put_sip(S / 10, 2, "SIP/2.0 200 OK", 6000);
}

/* Octets that follow the sound in a packet. */
static size_t tail;

/* A packet from host 1 to host 2: 160 octets OCTET, or an event's four. */
static void
put_rtp(int64_t t, unsigned type, unsigned seq, unsigned stamp, int octet)
{
	LOCAL_BUF b = BUF_INIT;

	made_be(&b, 0x8000u | type, 2);
	made_be(&b, seq & 0xFFFF, 2);
	made_be(&b, stamp, 4);
	made_be(&b, 7, 4);
	if (type == 101) {
		made_be(&b, (unsigned)octet, 1);
		made_be(&b, 0x0A00A0, 3);
	} else {
		buf_fill(&b, (char)octet, 160 + tail);
	}
	put_udp(t, 1, 4000, 6000, buf_view(&b));
}

static struct trace *
trace_with(enum trace_detail detail)
{
	const struct capture_trace_options o = { .detail = detail };
	struct capture *c = made_open(&file);
	struct capture_reader reader;
	struct trace *t;
	int err;

	CU_ASSERT_PTR_NOT_NULL_FATAL(c);
	reader = capture_reader_of(c);
	t = stand_in_trace_of(&reader, &o, &err);
	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	capture_close(c);
	return t;
}

/* The Nth record, from 1, with that OP; false: there is none. */
static bool
find(const struct trace *t, const char *op, int n, struct trace_rec *rec)
{
	LOCAL_BUF b = BUF_INIT;
	bool is = false;

	for (uint64_t i = 1; i <= trace_count(t) && !is; i++) {
		if (trace_kind_of(t, i) != TRACE_MEDIA)
			continue;
		trace_get(t, i, rec);
		is = str_is(trace_str(rec, "op", &b), op) && --n == 0;
	}
	return is;
}

static bool
says(const struct trace_rec *rec, const char *key, const char *value)
{
	LOCAL_BUF b = BUF_INIT;
	bool same = str_is(trace_str(rec, key, &b), value);

	return same;
}

/* How often an inspection of T finds RULE broken. */
static uint64_t
found(const struct trace *t, const char *rule)
{
	const struct inspect_source from = { .name = STR("t") };
	const struct inspect_report *r;
	struct inspect *in;
	uint64_t n = 0;

	CU_ASSERT_EQUAL_FATAL(inspect_create(&in, 0), 0);
	CU_ASSERT_EQUAL(inspect_take(in, t, &from), 0);
	CU_ASSERT_EQUAL(inspect_finish(in), 0);
	r = inspect_report(in);
	CU_ASSERT_EQUAL(r->nverdicts, 1);
	for (size_t i = 0; i < r->nfindings; i++)
		if (strcmp(
			rule_at(inspect_clause_at(r->findings[i].clause)->rule)
			    ->key,
			rule) == 0)
			n += r->findings[i].count;
	inspect_destroy(in);
	return n;
}

/* 40 s of silence by a clock that goes 500 millionths too fast. */
static void
silence_and_skew(void)
{
	struct trace_rec rec;
	struct trace *t;

	begin();
	for (unsigned i = 0; i < 2000; i++)
		put_rtp(S + i * (20 * MS - 10000), 0, i, 160 * i, 0xFF);
	t = trace_with(TRACE_PROTOCOL);
	CU_ASSERT_TRUE_FATAL(find(t, "heard", 1, &rec));
	CU_ASSERT_TRUE(says(&rec, "sound", "silence"));
	CU_ASSERT_TRUE(trace_int(&rec, "skew", 0) > 480);
	CU_ASSERT_TRUE(trace_int(&rec, "skew", 0) < 520);
	CU_ASSERT_EQUAL(found(t, "media-skew"), 1);
	CU_ASSERT_EQUAL(found(t, "media-silence"), 1);
	CU_ASSERT_EQUAL(found(t, "media-unreported"), 1);
	CU_ASSERT_EQUAL(found(t, "media-ptime"), 1);
	CU_ASSERT_EQUAL(found(t, "media-types"), 0);
	trace_destroy(t);
	buf_free(&file);
}

/* Ten octets too many in each packet are a tag of SRTP; four may be an
 * extension of its head, and one packet without them shows that they are none.
 */
static void
sent_as_srtp(void)
{
	static const struct {
		size_t tail, last;
		uint64_t found;
	} rows[] = { { 0, 0, 0 }, { 10, 10, 1 }, { 4, 4, 0 }, { 10, 0, 0 } };

	for (size_t k = 0; k < sizeof(rows) / sizeof(rows[0]); k++) {
		struct trace *t;

		begin();
		for (unsigned i = 0; i < 100; i++) {
			tail = i < 99 ? rows[k].tail : rows[k].last;
			put_rtp(S + i * 20 * MS, 0, i, 160 * i, (int)i);
		}
		tail = 0;
		t = trace_with(TRACE_PROTOCOL);
		CU_ASSERT_EQUAL(found(t, "media-secret"), rows[k].found);
		trace_destroy(t);
		buf_free(&file);
	}
}

/* A clock that jumps once is none that goes wrong; one that is a tenth off, or
 * counts twice as much, is. */
static void
steps_and_rates(void)
{
	static const struct {
		int64_t every; /* ns */
		unsigned ticks;
		int jump; /* ticks, at packet 700, where … */
		int seq;  /* … sequence numbers jump, too */
		size_t skew, base;
	} rows[] = {
		{ 20 * MS, 160, 0, 0, 0, 0 },
		{ 20 * MS, 160, 400, 0, 0, 0 },
		{ 20 * MS, 160, 800, 0, 0, 0 },
		{ 20 * MS, 160, 4000, 0, 0, 0 },
		{ 20 * MS, 160, 7900, 0, 0, 0 },
		{ 20 * MS, 160, 20000, 0, 0, 0 },
		{ 20 * MS, 160, -4000, 0, 0, 0 },
		{ 20 * MS, 160, 4000, 3, 0, 0 },
		{ 20 * MS, 160, 800000, 0, 0, 1 },
		{ 20 * MS, 160, 800000, 20000, 0, 0 },
		{ 22 * MS, 160, 0, 0, 1, 0 },
		{ 18 * MS, 160, 0, 0, 1, 0 },
		{ 20 * MS, 320, 0, 0, 1, 0 },
	};

	for (size_t r = 0; r < sizeof(rows) / sizeof(rows[0]); r++) {
		struct trace *t;

		begin();
		for (int i = 0; i < 2000; i++)
			put_rtp(S + i * rows[r].every, 0,
			    (unsigned)(i + (i < 700 ? 0 : rows[r].seq)),
			    rows[r].ticks * (unsigned)i + 100000U +
				(unsigned)(i < 700 ? 0 : rows[r].jump),
			    'u');
		t = trace_with(TRACE_PROTOCOL);
		if (found(t, "media-skew") != rows[r].skew ||
		    found(t, "media-base") != rows[r].base)
			printf("BAD row %zu: skew %zu, base %zu\n", r,
			    found(t, "media-skew"), found(t, "media-base"));
		CU_ASSERT_EQUAL(found(t, "media-skew"), rows[r].skew);
		CU_ASSERT_EQUAL(found(t, "media-base"), rows[r].base);
		trace_destroy(t);
		buf_free(&file);
	}
}

/* A digit in three packets, and another; RTCP about it, cut short after the
 * first report. */
static void
digits_and_reports(void)
{
	const struct rtcp_block block = {
		.ssrc = 7, .lost = 3, .fraction = 25, .jitter = 80
	};
	LOCAL_BUF report = BUF_INIT;
	struct trace_rec rec;
	struct trace *t;

	begin();
	for (unsigned i = 0; i < 100; i++) {
		bool event = i >= 50 && i < 56;

		put_rtp(S + 20 * i * MS, event ? 101 : 0, i,
		    160 * (!event      ? i
			      : i < 53 ? 50
				       : 53),
		    event ? (i < 53 ? 5 : 11) : 'u');
		if (i != 70)
			continue;
		rtcp_put_report(&report, 9, NULL, &block, 1);
		rtcp_put_cname(&report, 9, STR("bob"));
		put_udp(S + 1405 * MS, 2, 6001, 4001, buf_view(&report));
		put_udp(S + 1406 * MS, 2, 6001, 4001,
		    str_slice(buf_view(&report), 0, 20));
	}
	t = trace_with(TRACE_PROTOCOL);
	CU_ASSERT_TRUE_FATAL(find(t, "press", 1, &rec));
	CU_ASSERT_TRUE(str_is(rec.node, "192.0.2.1"));
	CU_ASSERT_TRUE(says(&rec, "digit", "5"));
	CU_ASSERT_TRUE_FATAL(find(t, "digit", 2, &rec));
	CU_ASSERT_TRUE(str_is(rec.node, "192.0.2.2"));
	CU_ASSERT_TRUE(says(&rec, "digit", "#"));
	CU_ASSERT_FALSE(find(t, "press", 3, &rec));
	CU_ASSERT_TRUE_FATAL(find(t, "report", 1, &rec));
	CU_ASSERT_TRUE(str_is(rec.node, "192.0.2.1"));
	CU_ASSERT_EQUAL(trace_int(&rec, "lost", 0), 3);
	CU_ASSERT_EQUAL(trace_int(&rec, "jitter", 0), 10 * MS);
	CU_ASSERT_FALSE(find(t, "report", 2, &rec));
	CU_ASSERT_TRUE_FATAL(find(t, "quality", 1, &rec));
	CU_ASSERT_EQUAL(trace_int(&rec, "packets", 0), 71);
	CU_ASSERT_TRUE_FATAL(find(t, "heard", 1, &rec));
	CU_ASSERT_EQUAL(trace_int(&rec, "packets", 0), 100);
	CU_ASSERT_EQUAL(trace_int(&rec, "lost", -1), 0);
	CU_ASSERT_EQUAL(found(t, "media-event"), 0);
	trace_destroy(t);
	buf_free(&file);
}

/* A packet of host FROM's with SSRC 7, between those ports. */
static void
put_other(
    int64_t t, int from, int sport, int dport, unsigned type, unsigned seq)
{
	LOCAL_BUF b = BUF_INIT;

	made_be(&b, 0x8000u | type, 2);
	made_be(&b, seq, 2);
	made_be(&b, 160 * seq, 4);
	made_be(&b, 7, 4);
	buf_fill(&b, 'u', 160);
	put_udp(t, from, sport, dport, buf_view(&b));
}

/* Host 2 has the SSRC of host 1 and sends a payload type that nobody has asked
 * for; then to a port that nobody has named. */
static void
sent_otherwise(void)
{
	struct trace *t;

	begin();
	for (unsigned i = 0; i < 200; i++) {
		put_rtp(S + 20 * i * MS, 0, i, 160 * i, 'u');
		put_other(S + (20 * i + 1) * MS, 2, 6000, 4000, 18, i);
	}
	t = trace_with(TRACE_PROTOCOL);
	CU_ASSERT_EQUAL(found(t, "media-ssrc"), 1);
	CU_ASSERT_EQUAL(found(t, "media-types"), 1);
	CU_ASSERT_EQUAL(found(t, "media-place"), 0);
	trace_destroy(t);
	buf_free(&file);
	begin();
	for (unsigned i = 0; i < 100; i++) {
		put_rtp(S + 20 * i * MS, 0, i, 160 * i, 'u');
		put_other(S + (20 * i + 1) * MS, 2, 6000, 4002, 0, i);
	}
	t = trace_with(TRACE_PROTOCOL);
	CU_ASSERT_EQUAL(found(t, "media-place"), 1);
	CU_ASSERT_EQUAL(found(t, "media-heard"), 1);
	trace_destroy(t);
	buf_free(&file);
}

/* Host 1's description has an address behind a NAT; host 2 sends to where its
 * packets come from, and so reaches it. */
static void
latched(void)
{
	struct trace_rec rec;
	struct trace *t;

	file = BUF_INIT;
	made_file(&file, 101);
	put_sip_at(0, 1, "INVITE sip:b@b.example SIP/2.0", "10.0.0.7", 4444);
	put_sip(S / 10, 2, "SIP/2.0 200 OK", 6000);
	for (unsigned i = 0; i < 100; i++) {
		put_rtp(S + 20 * i * MS, 0, i, 160 * i, 'u');
		put_other(S + (20 * i + 1) * MS, 2, 6000, 4000, 0, i);
	}
	t = trace_with(TRACE_PROTOCOL);
	CU_ASSERT_TRUE_FATAL(find(t, "heard", 2, &rec));
	CU_ASSERT_TRUE(str_is(rec.node, "192.0.2.1"));
	CU_ASSERT_TRUE(says(&rec, "peer", "192.0.2.2:6000"));
	CU_ASSERT_EQUAL(found(t, "media-heard"), 0);
	CU_ASSERT_EQUAL(found(t, "media-place"), 0);
	trace_destroy(t);
	buf_free(&file);
}

/* In detail `network` the packets are there, and can be listened to. */
static void
listened_to(void)
{
	struct listen_who who = { .hear = STR("192.0.2.2") };
	struct listen *l;
	int64_t from;
	struct trace *t;

	begin();
	for (unsigned i = 0; i < 50; i++)
		put_rtp(S + 20 * i * MS, 0, i, 160 * i, 'u');
	t = trace_with(TRACE_NETWORK);
	CU_ASSERT_EQUAL_FATAL(listen_create(&l, -1, INT64_MAX), 0);
	CU_ASSERT_EQUAL(listen_trace(l, t, &who), 0);
	CU_ASSERT_EQUAL(listen_packets(l, LISTEN_HEARD), 50);
	CU_ASSERT_EQUAL(listen_length(l, &from), 50 * 160);
	CU_ASSERT_EQUAL(from, S + 60 * MS);
	CU_ASSERT_TRUE(listen_has_sound(l, LISTEN_HEARD));
	listen_destroy(l);
	trace_destroy(t);
	buf_free(&file);
}

CHECK_MAIN("capture_heard", { "silence_and_skew", silence_and_skew },
    { "sent_as_srtp", sent_as_srtp }, { "steps_and_rates", steps_and_rates },
    { "digits_and_reports", digits_and_reports },
    { "sent_otherwise", sent_otherwise }, { "latched", latched },
    { "listened_to", listened_to })
