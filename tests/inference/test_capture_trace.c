/* What a capture's messages become: nodes, links, what is inferred. */
#include "fixtures/stand_in_capture.h"

#include "fixtures/golden.h"
#include "ladder/ladder_text.h"
#include "machine/machine.h"
#include "words/record_doc.h"

#include "base/err.h"

#define A "192.0.2.1"
#define P "192.0.2.2"
#define B "192.0.2.4"

#define ASKED(to, call, cseq)                                            \
	"From: <sip:alice@a.example>;tag=at\nTo: <sip:bob@b.example>" to \
	"\nCall-ID: " call "\nCSeq: " cseq "\n"
#define VIA(host, branch) "Via: SIP/2.0/UDP " host ";branch=z9hG4bK" branch "\n"
#define CALL(to, cseq)    ASKED(to, "c1", cseq)

/* The field KEY of record SEQ as text. */
static struct str
field(const struct trace *t, uint64_t seq, const char *key, struct buf *b)
{
	struct trace_rec rec;

	trace_get(t, seq, &rec);
	return trace_str(&rec, key, b);
}

static int64_t
number(const struct trace *t, uint64_t seq, const char *key)
{
	struct trace_rec rec;

	trace_get(t, seq, &rec);
	return trace_int(&rec, key, 0);
}

/* The N-th record of KIND, from 1; 0: there are fewer. */
static uint64_t
nth(const struct trace *t, enum trace_kind kind, size_t n)
{
	for (uint64_t seq = 1; seq <= trace_count(t); seq++)
		if (trace_kind_of(t, seq) == kind && --n == 0)
			return seq;
	return 0;
}

static size_t
how_many(const struct trace *t, enum trace_kind kind)
{
	size_t n = 0;

	for (uint64_t seq = 1; seq <= trace_count(t); seq++)
		n += trace_kind_of(t, seq) == kind;
	return n;
}

/* Whatever is inferred says so and is a step of its machine. */
static void
check_inferred(const struct trace *t)
{
	LOCAL_BUF m = BUF_INIT, from = BUF_INIT, to = BUF_INIT, ev = BUF_INIT;

	for (uint64_t seq = 1; seq <= trace_count(t); seq++) {
		const struct machine *machine = NULL;
		struct trace_rec rec;

		trace_get(t, seq, &rec);
		if (rec.kind == TRACE_SEND || rec.kind == TRACE_RECV ||
		    rec.kind == TRACE_END)
			continue;
		CU_ASSERT_EQUAL(
		    json_member(rec.object, "inferred").type, JSON_BOOL);
		if (rec.kind == TRACE_FSM)
			machine = machine_find(trace_str(&rec, "machine", &m));
		else if (rec.kind == TRACE_DIALOG)
			machine = machine_find(STR("dialog"));
		if (machine == NULL)
			continue;
		CU_ASSERT_PTR_NOT_NULL(machine_step(machine,
		    trace_str(&rec, "from", &from),
		    trace_str(&rec, "event", &ev), trace_str(&rec, "to", &to)));
	}
}

static void
golden(const char *name, struct trace *t, bool notes)
{
	struct layout_options o = LAYOUT_OPTIONS;
	struct layout *l = NULL;
	LOCAL_BUF out = BUF_INIT;

	o.notes = notes;
	CU_ASSERT_EQUAL_FATAL(layout_create(&l, t, &o, NULL), 0);
	CU_ASSERT_EQUAL(
	    ladder_text_write(
		l, &(struct ladder_text_options){ .title = true }, &out),
	    0);
	CU_ASSERT(golden_same(name, buf_view(&out)));
	layout_destroy(l);
}

/* ---- a call through a proxy ---- */

static void
proxied_call(struct stand_in *s)
{
	say(s, 0, A, P, "INVITE sip:bob@b.example SIP/2.0",
	    VIA(A, "a")
		CALL("", "1 INVITE") "Contact: <sip:alice@192.0.2.1>\n");
	say(s, 5, P, A, "SIP/2.0 100 Trying", VIA(A, "a") CALL("", "1 INVITE"));
	say(s, 10, P, B, "INVITE sip:bob@192.0.2.4 SIP/2.0",
	    VIA(P, "p") VIA(A, "a")
		CALL("", "1 INVITE") "Record-Route: <sip:192.0.2.2;lr>\n"
				     "Contact: <sip:alice@192.0.2.1>\n");
	say(s, 20, B, P, "SIP/2.0 180 Ringing",
	    VIA(P, "p") VIA(A, "a") CALL(";tag=bt",
		"1 INVITE") "Record-Route: <sip:192.0.2.2;lr>\nContact: "
			    "<sip:bob@192.0.2.4>\n");
	say(s, 25, P, A, "SIP/2.0 180 Ringing",
	    VIA(A, "a") CALL(";tag=bt",
		"1 INVITE") "Record-Route: <sip:192.0.2.2;lr>\nContact: "
			    "<sip:bob@192.0.2.4>\n");
	say(s, 2000, B, P, "SIP/2.0 200 OK",
	    VIA(P, "p") VIA(A, "a") CALL(";tag=bt",
		"1 INVITE") "Record-Route: <sip:192.0.2.2;lr>\nContact: "
			    "<sip:bob@192.0.2.4>\n");
	say(s, 2005, P, A, "SIP/2.0 200 OK",
	    VIA(A, "a") CALL(";tag=bt",
		"1 INVITE") "Record-Route: <sip:192.0.2.2;lr>\nContact: "
			    "<sip:bob@192.0.2.4>\n");
	say(s, 2010, A, P, "ACK sip:bob@192.0.2.4 SIP/2.0",
	    VIA(A, "k") CALL(";tag=bt", "1 ACK"));
	say(s, 2015, P, B, "ACK sip:bob@192.0.2.4 SIP/2.0",
	    VIA(P, "pk") VIA(A, "k") CALL(";tag=bt", "1 ACK"));
	say(s, 9000, A, P, "BYE sip:bob@192.0.2.4 SIP/2.0",
	    VIA(A, "b") CALL(";tag=bt", "2 BYE"));
	say(s, 9005, P, B, "BYE sip:bob@192.0.2.4 SIP/2.0",
	    VIA(P, "pb") VIA(A, "b") CALL(";tag=bt", "2 BYE"));
	say(s, 9010, B, P, "SIP/2.0 200 OK",
	    VIA(P, "pb") VIA(A, "b") CALL(";tag=bt", "2 BYE"));
	say(s, 9015, P, A, "SIP/2.0 200 OK",
	    VIA(A, "b") CALL(";tag=bt", "2 BYE"));
}

/* Each message that the proxy sends on names what came. */
static void
check_forwards(const struct trace *t)
{
	LOCAL_BUF src = BUF_INIT;
	size_t n = 0;

	for (uint64_t seq = 1; seq <= trace_count(t); seq++) {
		int64_t fwd;

		if (trace_kind_of(t, seq) != TRACE_SEND)
			continue;
		fwd = number(t, seq, "fwd");
		CU_ASSERT_EQUAL(
		    fwd != 0, str_is(field(t, seq, "src", &src), P) &&
				  number(t, seq, "start") != 100);
		n += fwd != 0;
		if (fwd != 0)
			CU_ASSERT_EQUAL(
			    trace_kind_of(t, (uint64_t)fwd), TRACE_RECV);
	}
	CU_ASSERT_EQUAL(n, 6);
}

static void
proxy(void)
{
	struct stand_in s = { .n = 0 };
	const struct trace_head *head;
	LOCAL_BUF b = BUF_INIT;
	struct trace *t;

	proxied_call(&s);
	t = stand_in_trace(&s, NULL);
	head = trace_head(t);
	CU_ASSERT_EQUAL(head->nnodes, 3);
	CU_ASSERT(str_is(head->nodes[0].name, A));
	CU_ASSERT(str_is(head->nodes[0].role, "ua"));
	CU_ASSERT(str_is(head->nodes[1].role, "proxy"));
	CU_ASSERT(str_is(head->nodes[2].role, "ua"));
	CU_ASSERT_EQUAL(how_many(t, TRACE_SEND), 13);
	CU_ASSERT_EQUAL(how_many(t, TRACE_RECV), 13);
	/* Two ends: early, moratorium, confirmed, mortal. */
	CU_ASSERT_EQUAL(how_many(t, TRACE_DIALOG), 8);
	CU_ASSERT(str_is(field(t, nth(t, TRACE_DIALOG, 1), "remote_target", &b),
	    "sip:alice@192.0.2.1"));
	check_forwards(t);
	check_inferred(t);
	golden("capture-proxy.txt", t, true);
	trace_destroy(t);
	stand_in_free(&s);
}

/* The records of a small one, so that all of it is seen by who changes it. */
static void
records(void)
{
	struct stand_in s = { .n = 0 };
	struct records_options o = { .width = 100 };
	struct record_filter f;
	LOCAL_BUF out = BUF_INIT;
	size_t shown;
	struct trace *t;

	say(&s, 0, A, P, "OPTIONS sip:p SIP/2.0",
	    VIA(A, "a") ASKED("", "c1", "1 OPTIONS"));
	say_again(&s, 500, 0);
	say(&s, 520, P, A, "SIP/2.0 200 OK",
	    VIA(A, "a") ASKED(";tag=p", "c1", "1 OPTIONS"));
	say(&s, 40000, A, P, "OPTIONS sip:p SIP/2.0",
	    VIA(A, "b") ASKED("", "c1", "2 OPTIONS"));
	t = stand_in_trace(&s, NULL);
	CU_ASSERT_EQUAL_FATAL(record_filter_parse(&f, "", t, NULL), 0);
	CU_ASSERT_EQUAL(records_write(t, &f, &o, &shown, &out), 0);
	CU_ASSERT(golden_same("capture-records.txt", buf_view(&out)));
	check_inferred(t);
	trace_destroy(t);
	stand_in_free(&s);
}

/* ---- repetitions ---- */

static void
repetitions(void)
{
	static const char invite[] = VIA(A, "a") CALL("", "1 INVITE");
	static const char busy[] = VIA(A, "a") CALL(";tag=b", "1 INVITE");
	struct stand_in s = { .n = 0 };
	struct trace *t;

	say(&s, 0, A, B, "INVITE sip:bob@b.example SIP/2.0", invite);
	say_again(&s, 500, 0);
	say_again(&s, 1500, 0);
	say(&s, 1600, B, A, "SIP/2.0 486 Busy Here", busy);
	say_again(&s, 2100, 0);
	say(&s, 2300, A, B, "ACK sip:bob@b.example SIP/2.0",
	    VIA(A, "a") CALL(";tag=b", "1 ACK"));
	t = stand_in_trace(&s, NULL);
	check_inferred(t);
	CU_ASSERT_EQUAL(number(t, nth(t, TRACE_SEND, 2), "retx"),
	    (int64_t)nth(t, TRACE_SEND, 1));
	CU_ASSERT_EQUAL(number(t, nth(t, TRACE_SEND, 3), "retx"),
	    (int64_t)nth(t, TRACE_SEND, 1));
	CU_ASSERT_EQUAL(number(t, nth(t, TRACE_SEND, 5), "retx"),
	    (int64_t)nth(t, TRACE_SEND, 4));
	golden("capture-again.txt", t, true);
	trace_destroy(t);
	stand_in_free(&s);
}

/* ---- one message at several places ---- */

static const char options_heads[] = VIA(A, "a") ASKED("", "c1", "1 OPTIONS");

/* A NAT writes another source address into the packet and leaves the bytes. */
static void
nat(void)
{
	struct stand_in s = { .n = 0 };
	LOCAL_BUF b = BUF_INIT;
	struct trace *t;
	uint64_t recv;

	say(&s, 0, "10.0.0.1", P, "OPTIONS sip:p SIP/2.0", options_heads);
	say_again(&s, 2, 1);
	s.m[1].src = stand_in_addr("198.51.100.9:40000");
	t = stand_in_trace(&s, NULL);
	CU_ASSERT_EQUAL(how_many(t, TRACE_SEND), 1);
	recv = nth(t, TRACE_RECV, 1);
	CU_ASSERT(str_is(field(t, recv, "src_addr", &b), "198.51.100.9:40000"));
	CU_ASSERT_EQUAL(trace_head(t)->nnodes, 2);
	trace_destroy(t);
	stand_in_free(&s);
}

/* ---- nodes ---- */

static void
names(void)
{
	struct stand_in s = { .n = 0 };
	struct address_names *n = NULL;
	struct capture_trace_options o = { .detail = TRACE_MESSAGES };
	struct diag d = DIAG_INIT;
	struct trace *t;

	CU_ASSERT_EQUAL_FATAL(address_names_create(&n), 0);
	CU_ASSERT_EQUAL(address_names_add(n, "192.0.2.0/30=core", &d), 0);
	CU_ASSERT_EQUAL(address_names_add(n, "192.0.2.1=alice", &d), 0);
	CU_ASSERT_EQUAL(address_names_add(n, "192.0.2.4:5070=fax", &d), 0);
	CU_ASSERT_EQUAL(address_names_add(n, "2001:db8::/32=six", &d), 0);
	say(&s, 0, A, P, "OPTIONS sip:p SIP/2.0", options_heads);
	say(&s, 1, "192.0.2.3", "192.0.2.4:5070", "OPTIONS sip:f SIP/2.0", "");
	say(&s, 2, "192.0.2.4:5060", "[2001:db8::1]:5060",
	    "OPTIONS sip:f SIP/2.0", "");
	o.names = n;
	t = stand_in_trace(&s, &o);
	CU_ASSERT_EQUAL_FATAL(trace_head(t)->nnodes, 5);
	CU_ASSERT(str_is(trace_head(t)->nodes[0].name, "alice"));
	CU_ASSERT(str_is(trace_head(t)->nodes[1].name, "core"));
	CU_ASSERT(str_is(trace_head(t)->nodes[2].name, "fax"));
	CU_ASSERT(str_is(trace_head(t)->nodes[3].name, "192.0.2.4"));
	CU_ASSERT(str_is(trace_head(t)->nodes[4].name, "six"));
	trace_destroy(t);
	stand_in_free(&s);
	address_names_destroy(n);
}

static void
bad_names(void)
{
	static const char *const bad[] = { "", "=x", "192.0.2.1",
		"192.0.2.1=", "192.0.2.1/33=x", "host=x", "192.0.2.1/x=y",
		"192.0.2.1=a b", "192.0.2.1=a\"b", "192.0.2.1=\x1b[2J",
		"192.0.2.1:5060/24=x" };
	struct address_names *n = NULL;

	CU_ASSERT_EQUAL_FATAL(address_names_create(&n), 0);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct diag d = DIAG_INIT;

		CU_ASSERT_EQUAL(address_names_add(n, bad[i], &d), ERR_SYNTAX);
		CU_ASSERT(d.text[0] != '\0');
	}
	address_names_destroy(n);
}

/* ---- two calls that are one ---- */

#define ICID(id) "P-Charging-Vector: icid-value=" id ";orig-ioi=a\n"

static void
legs(struct stand_in *s, const char *second, const char *id)
{
	LOCAL_BUF b = BUF_INIT;

	say(s, 0, A, P, "INVITE sip:600@p SIP/2.0",
	    VIA(A, "a") CALL("", "1 INVITE") ICID("one"));
	buf_puts(&b, VIA(P, "p"));
	buf_puts(&b, second);
	say(s, 3, P, B, "INVITE sip:bob@192.0.2.4 SIP/2.0", buf_cstr(&b));
	buf_clear(&b);
	buf_printf(&b, "%s%s\nCall-ID: %s\n", VIA(P, "p"),
	    "From: <sip:alice@p>;tag=pf\nTo: <sip:bob@p>;tag=bt\n"
	    "CSeq: 7 INVITE",
	    id);
	say(s, 50, B, P, "SIP/2.0 180 Ringing", buf_cstr(&b));
	say(s, 52, P, A, "SIP/2.0 180 Ringing",
	    VIA(A, "a") CALL(";tag=pt", "1 INVITE"));
}

static void
check_legs(const char *second, const char *id, const char *by)
{
	struct stand_in s = { .n = 0 };
	struct str call = STR("c1");
	struct capture_trace_options o = {
		.detail = TRACE_PROTOCOL, .calls = &call, .ncalls = 1
	};
	LOCAL_BUF b = BUF_INIT;
	struct trace *t;
	uint64_t note;

	legs(&s, second, id);
	t = stand_in_trace(&s, &o);
	note = nth(t, TRACE_NOTE, 1);
	CU_ASSERT_EQUAL(note != 0, by != NULL);
	CU_ASSERT_EQUAL(how_many(t, TRACE_SEND), by != NULL ? 4 : 2);
	if (note != 0) {
		CU_ASSERT(str_is(field(t, note, "by", &b), by));
		CU_ASSERT(str_is(field(t, note, "of_call", &b), "c1"));
		CU_ASSERT(str_is(trace_head(t)->nodes[1].role, "b2bua"));
		/* What came on one side is why there is something on the
		 * other. */
		CU_ASSERT(trace_cause_of(t, nth(t, TRACE_SEND, 2)) != 0);
		if (strstr(second, "X-Call-ID") != NULL)
			golden("capture-legs.txt", t, true);
	}
	trace_destroy(t);
	stand_in_free(&s);
}

static void
b2bua(void)
{
	check_legs(
	    ASKED("", "c2", "7 INVITE") "X-Call-ID: c1\n", "c2", "x-call-id");
	check_legs(ASKED("", "c1_b2b-1", "7 INVITE"), "c1_b2b-1", "x-call-id");
	check_legs(ASKED("", "c1-more", "7 INVITE"), "c1-more", "caller");
	check_legs(ICID("one") "From: <sip:zoe@p>;tag=1\nCSeq: 7 INVITE\n"
			       "To: <sip:bob@p>\nCall-ID: c2\n",
	    "c2", "icid");
	check_legs(ICID("two") "From: <sip:zoe@p>;tag=1\nCSeq: 7 INVITE\n"
			       "To: <sip:bob@p>\nCall-ID: c2\n",
	    "c2", NULL);
	check_legs(ASKED("", "c2", "7 INVITE"), "c2", "caller");
	check_legs("From: <sip:zoe@p>;tag=1\nTo: <sip:bob@p>\n"
		   "Call-ID: c2\nCSeq: 7 INVITE\n",
	    "c2", NULL);
}

static void
no_such_call(void)
{
	struct stand_in s = { .n = 0 };
	struct str call = STR("nobody");
	struct capture_trace_options o = { .calls = &call, .ncalls = 1 };
	struct capture_reader reader;
	int err;

	say(&s, 0, A, P, "OPTIONS sip:p SIP/2.0", options_heads);
	reader = stand_in_reader(&s);
	CU_ASSERT_PTR_NULL(stand_in_trace_of(&reader, &o, &err));
	CU_ASSERT_EQUAL(err, ERR_NOTFOUND);
	stand_in_free(&s);
}

/* ---- media ---- */

static void
add_stream(struct stand_in *s, const char *src, const char *dst, int64_t ms)
{
	s->streams[s->nstreams++] =
	    (struct capture_stream){ .src = stand_in_addr(src),
		    .dst = stand_in_addr(dst),
		    .ssrc = 7,
		    .payload_type = 8,
		    .first = ms * 1000000,
		    .last = (ms + 1000) * 1000000,
		    .packets = 50,
		    .lost = 2 };
}

static void
media(void)
{
	static const char sdp[] =
	    "INVITE sip:bob@b.example SIP/2.0\r\n"
	    "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa\r\n"
	    "From: <sip:a@x>;tag=at\r\nTo: <sip:b@x>\r\nCall-ID: c1\r\n"
	    "CSeq: 1 INVITE\r\nContent-Type: application/sdp\r\n\r\n"
	    "v=0\r\no=- 1 1 IN IP4 192.0.2.9\r\ns=-\r\n"
	    "c=IN IP4 192.0.2.9\r\nt=0 0\r\nm=audio 4000 RTP/AVP 8\r\n";
	struct stand_in s = { .n = 0 };
	struct buf b = BUF_INIT;
	struct trace *t;
	uint64_t flow, stop;

	stand_in_bytes(&s, 0, 0, A, B, str_of(sdp));
	add_stream(&s, "192.0.2.9:4000", "192.0.2.4:5000", 100);
	add_stream(&s, "192.0.2.8:4000", "192.0.2.4:5000", 100);
	t = stand_in_trace(&s, NULL);
	CU_ASSERT_EQUAL(how_many(t, TRACE_MEDIA), 2);
	flow = nth(t, TRACE_MEDIA, 1);
	stop = nth(t, TRACE_MEDIA, 2);
	CU_ASSERT(str_is(field(t, flow, "op", &b), "flow"));
	CU_ASSERT(str_is(field(t, flow, "call", &b), "192.0.2.1/1"));
	CU_ASSERT(str_is(field(t, flow, "peer", &b), "192.0.2.4:5000"));
	CU_ASSERT(str_is(field(t, flow, "codec", &b), "PCMA/8000"));
	CU_ASSERT_EQUAL(trace_time_of(t, stop), 1100000000);
	CU_ASSERT_EQUAL(number(t, stop, "packets"), 50);
	CU_ASSERT_EQUAL(number(t, stop, "lost"), 2);
	trace_destroy(t);
	stand_in_free(&s);
	buf_free(&b);
}

/* Where a stream goes is the node that named the place in its SDP, whatever its
 * own address is, and also where it names it later. */
static void
media_ends(void)
{
	static const char offer[] =
	    "INVITE sip:bob@b.example SIP/2.0\r\n"
	    "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa\r\n"
	    "From: <sip:a@x>;tag=at\r\nTo: <sip:b@x>\r\nCall-ID: c1\r\n"
	    "CSeq: 1 INVITE\r\nContent-Type: application/sdp\r\n\r\n"
	    "v=0\r\no=- 1 1 IN IP4 192.0.2.9\r\ns=-\r\n"
	    "c=IN IP4 192.0.2.9\r\nt=0 0\r\nm=audio 4000 RTP/AVP 8\r\n";
	static const char answer[] =
	    "SIP/2.0 200 OK\r\n"
	    "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa\r\n"
	    "From: <sip:a@x>;tag=at\r\nTo: <sip:b@x>;tag=bt\r\n"
	    "Call-ID: c1\r\nCSeq: 1 INVITE\r\n"
	    "Content-Type: application/sdp\r\n\r\n"
	    "v=0\r\no=- 1 1 IN IP4 192.0.2.8\r\ns=-\r\n"
	    "c=IN IP4 192.0.2.8\r\nt=0 0\r\nm=audio 6000 RTP/AVP 8\r\n";
	struct stand_in s = { .n = 0 };
	struct buf b = BUF_INIT;
	struct trace *t;

	stand_in_bytes(&s, 0, 0, A, B, str_of(offer));
	stand_in_bytes(&s, 200, 0, B, A, str_of(answer));
	add_stream(&s, "192.0.2.9:4000", "192.0.2.8:6000", 100);
	add_stream(&s, "192.0.2.8:6000", "192.0.2.9:4000", 300);
	s.streams[1].ssrc = 8;
	add_stream(&s, "192.0.2.9:4000", "192.0.2.7:6000", 400);
	s.streams[2].ssrc = 9;
	t = stand_in_trace(&s, NULL);
	CU_ASSERT_EQUAL(how_many(t, TRACE_MEDIA), 6);
	CU_ASSERT(str_is(field(t, nth(t, TRACE_MEDIA, 1), "dst", &b), B));
	CU_ASSERT(str_is(field(t, nth(t, TRACE_MEDIA, 2), "dst", &b), A));
	/* Nobody's SDP has this one. */
	CU_ASSERT_EQUAL(field(t, nth(t, TRACE_MEDIA, 3), "dst", &b).n, 0);
	trace_destroy(t);
	stand_in_free(&s);
	buf_free(&b);
}

CHECK_MAIN("capture_trace", { "proxy", proxy }, { "records", records },
    { "repetitions", repetitions }, { "nat", nat }, { "names", names },
    { "bad_names", bad_names }, { "b2bua", b2bua },
    { "no_such_call", no_such_call }, { "media", media },
    { "media_ends", media_ends })
