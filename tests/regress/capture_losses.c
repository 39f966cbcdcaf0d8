/*
 * What a capture lacks is said where it is: a gap in TCP, a lost fragment, a
 * message that is too long; and an ICMP error is of the message it answers.
 * Messages over TCP may be long.
 */
#include "fixtures/capture_made.h"
#include "fixtures/stand_in_capture.h"

#define S  INT64_C(1000000000)
#define T0 (INT64_C(1700000000) * S)

static void
put(struct buf *file, int64_t t, int from, int to, int proto, int id, int flags,
    struct buf *inner)
{
	struct buf ip = made_ip4(from, to, proto, id, flags, inner);

	made_packet(file, T0 + t, &ip);
}

/* STREAM from byte FROM on, in segments; those of the number GAP not. */
static void
put_stream(struct buf *file, int64_t t, struct str stream, size_t size, int gap)
{
	for (size_t n = 0; n * size < stream.n; n++) {
		struct buf tcp = made_tcp(5060, 40000, (uint32_t)(n * size),
		    0x10, str_slice(stream, n * size, (n + 1) * size));

		if ((int)n == gap)
			buf_free(&tcp);
		else
			put(file, t + (int64_t)n * 1000000, 1, 2, 6, 1, 0,
			    &tcp);
	}
}

static void
put_message(struct buf *file, int64_t t, int cseq)
{
	struct buf text = BUF_INIT, udp;

	made_message(&text, cseq, "hello");
	udp = made_udp(5060, 5060, buf_view(&text));
	put(file, t, 1, 2, 17, cseq, 0, &udp);
	buf_free(&text);
}

static struct trace *
make_trace(const struct buf *file, struct capture **c)
{
	static const struct capture_trace_options o = { .detail =
							    TRACE_PROTOCOL };
	struct capture_reader reader;
	struct trace *t;
	int err;

	*c = made_open(file);
	CU_ASSERT_PTR_NOT_NULL_FATAL(*c);
	reader = capture_reader_of(*c);
	t = stand_in_trace_of(&reader, &o, &err);
	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	return t;
}

/* The N-th record of KIND, from 1; 0: there is none. */
static uint64_t
nth(const struct trace *t, enum trace_kind kind, unsigned n)
{
	for (uint64_t i = 1; i <= trace_count(t); i++)
		if (trace_kind_of(t, i) == kind && --n == 0)
			return i;
	return 0;
}

/* FILE has N messages, and one note with that in `missing`; SAID is in the
 * sentence about all of it. */
static void
expect_note(struct buf *file, size_t n, const char *missing, const char *said)
{
	struct capture *c;
	struct trace *t = make_trace(file, &c);
	LOCAL_BUF b = BUF_INIT;
	struct trace_rec rec;

	CU_ASSERT_EQUAL(capture_count(c), n);
	CU_ASSERT_PTR_NOT_NULL_FATAL(capture_loss(c, 0));
	CU_ASSERT(str_find(str_of(capture_loss(c, 0)), said) >= 0);
	CU_ASSERT_PTR_NULL(capture_loss(c, 1));
	CU_ASSERT_NOT_EQUAL_FATAL(nth(t, TRACE_NOTE, 1), 0);
	CU_ASSERT_EQUAL(nth(t, TRACE_NOTE, 2), 0);
	trace_get(t, nth(t, TRACE_NOTE, 1), &rec);
	CU_ASSERT(str_is(trace_str(&rec, "missing", &b), missing));
	CU_ASSERT(str_is(rec.node, "192.0.2.2"));
	trace_destroy(t);
	capture_close(c);
	buf_free(file);
}

static void
gaps(void)
{
	struct buf stream = BUF_INIT, file;

	for (int i = 1; i <= 3; i++)
		made_message(&stream, i, "hello");
	/* In the second of three. */
	file = BUF_INIT;
	made_file(&file, 101);
	put_stream(&file, 0, buf_view(&stream), 100, 5);
	expect_note(&file, 2, "gap", "TCP segments are missing");
	/* In the first: told when it turns out to be SIP. */
	made_file(&file, 101);
	put_stream(&file, 0, buf_view(&stream), 100, 1);
	expect_note(&file, 2, "gap", "TCP segments are missing");
	/* The end. */
	made_file(&file, 101);
	put_stream(
	    &file, 0, str_slice(buf_view(&stream), 0, stream.n - 20), 100, -1);
	expect_note(&file, 2, "gap", "TCP segments are missing");
	buf_free(&stream);
}

/* What is no SIP may have as many gaps as it likes. */
static void
other_gaps(void)
{
	LOCAL_BUF stream = BUF_INIT, file = BUF_INIT;
	struct capture *c;

	buf_fill(&stream, 'x', 1000);
	made_file(&file, 101);
	put_stream(&file, 0, buf_view(&stream), 100, 5);
	put_message(&file, S, 1);
	c = made_open(&file);
	CU_ASSERT_PTR_NOT_NULL_FATAL(c);
	CU_ASSERT_EQUAL(capture_count(c), 1);
	CU_ASSERT_PTR_NULL(capture_loss(c, 0));
	capture_close(c);
}

static void
fragments(void)
{
	struct buf text = BUF_INIT, udp;

	made_message(&text, 7, "hello");
	for (size_t lost = 0; lost < 3; lost++) {
		struct buf file = BUF_INIT;

		made_file(&file, 101);
		put_message(&file, 0, 1);
		udp = made_udp(5060, 5060, buf_view(&text));
		for (size_t i = 0; i < 3; i++) {
			size_t to = i == 2 ? udp.n : (i + 1) * 160;
			struct buf part = BUF_INIT;

			buf_str(&part, str_slice(buf_view(&udp), i * 160, to));
			if (i == lost)
				buf_free(&part);
			else
				put(&file, S, 1, 2, 17, 99,
				    (int)(i * 20) | (i < 2 ? 0x2000 : 0),
				    &part);
		}
		buf_free(&udp);
		put_message(&file, 2 * S, 2);
		expect_note(&file, 2, "fragment", "datagrams lack fragments");
	}
	buf_free(&text);
}

/* N bytes of body. */
static struct buf
make_long(size_t n)
{
	struct buf b = BUF_INIT, head = BUF_INIT;

	made_message(&head, 1, "");
	/* Its Content-Length is the last field. */
	buf_str(&b, str_slice(buf_view(&head), 0, head.n - 5));
	buf_printf(&b, "%zu\r\n\r\n", n);
	buf_fill(&b, 'b', n);
	buf_free(&head);
	return b;
}

/* A header field of N bytes. */
static struct buf
make_wide(size_t n)
{
	struct buf b = BUF_INIT, head = BUF_INIT;

	made_message(&head, 1, "");
	buf_str(&b, str_slice(buf_view(&head), 0, head.n - 2));
	buf_puts(&b, "X-Wide: ");
	buf_fill(&b, 'w', n);
	buf_puts(&b, "\r\n\r\n");
	buf_free(&head);
	return b;
}

/* The same of a message that is long before its body begins. */
static void
long_heads(void)
{
	struct buf stream = make_wide(300 * 1024), file = BUF_INIT;
	struct capture *c;

	made_message(&stream, 2, "hello");
	made_file(&file, 101);
	put_stream(&file, 0, buf_view(&stream), 1400, -1);
	trace_destroy(make_trace(&file, &c));
	CU_ASSERT_EQUAL(capture_count(c), 2);
	capture_close(c);
	buf_free(&file);
	buf_free(&stream);
	stream = make_wide(1100 * 1024);
	made_message(&stream, 2, "hello");
	made_file(&file, 101);
	put_stream(&file, 0, buf_view(&stream), 1400, -1);
	expect_note(&file, 1, "long", "longer than 1 MiB");
	buf_free(&stream);
}

static void
long_messages(void)
{
	struct buf stream, file = BUF_INIT, scratch = BUF_INIT;
	struct capture_message m;
	struct capture *c;
	struct trace *t;
	size_t n;

	for (size_t kib = 100; kib < 1000; kib += 400) {
		stream = make_long(kib * 1024);
		n = stream.n;
		made_message(&stream, 2, "hello");
		made_file(&file, 101);
		put_stream(&file, 0, buf_view(&stream), 1400, -1);
		t = make_trace(&file, &c);
		CU_ASSERT_EQUAL_FATAL(capture_count(c), 2);
		capture_get(c, 0, &m, &scratch);
		CU_ASSERT(str_eq(m.bytes, str_slice(buf_view(&stream), 0, n)));
		CU_ASSERT_PTR_NULL(capture_loss(c, 0));
		trace_destroy(t);
		capture_close(c);
		buf_free(&file);
		buf_free(&stream);
	}
	buf_free(&scratch);
	/* There is a limit, which says itself, and what follows is read. */
	stream = make_long(1024 * 1024);
	made_message(&stream, 2, "hello");
	made_file(&file, 101);
	put_stream(&file, 0, buf_view(&stream), 1400, -1);
	expect_note(&file, 1, "long", "longer than 1 MiB");
	buf_free(&stream);
}

/* An ICMP error of TYPE and CODE from host FROM about SENT, N bytes of it. */
static void
put_icmp(struct buf *file, int64_t t, int from, int type, int code,
    const struct buf *sent, size_t n)
{
	struct buf icmp = BUF_INIT;

	made_be(&icmp, (uint64_t)type, 1);
	made_be(&icmp, (uint64_t)code, 1);
	made_be(&icmp, 0, 6);
	buf_str(&icmp, str_slice(buf_view(sent), 0, n));
	put(file, t, from, 1, 1, 5, 0, &icmp);
}

static void
icmp(void)
{
	static const struct {
		int type, code;
		size_t quoted;
		const char *reason;
	} errors[] = { { 3, 3, 28, "no-socket" }, { 3, 1, 200, "no-host" },
		{ 3, 0, 28, "no-path" }, { 11, 0, 28, "no-path" },
		{ 3, 13, 28, "refused" } };
	LOCAL_BUF b = BUF_INIT;

	for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++) {
		struct buf file = BUF_INIT, text = BUF_INIT, udp, sent;
		struct trace_rec rec;
		struct capture *c;
		struct trace *t;

		made_file(&file, 101);
		put_message(&file, 0, 1);
		put_message(&file, S, 2);
		made_message(&text, 2, "hello");
		udp = made_udp(5060, 5060, buf_view(&text));
		sent = made_ip4(1, 2, 17, 2, 0, &udp);
		put_icmp(&file, S + S / 100, 2, errors[i].type, errors[i].code,
		    &sent, errors[i].quoted);
		/* About nothing that is SIP. */
		sent.p[21] = 1;
		put_icmp(&file, S + S / 50, 2, 3, 3, &sent, 28);
		/* Cut, no error, not the quoted packet. */
		put_icmp(&file, 2 * S, 2, 3, 3, &sent, 20);
		put_icmp(&file, 2 * S, 2, 8, 0, &sent, 28);
		put_icmp(&file, 2 * S, 2, 3, 3, &text, 28);
		t = make_trace(&file, &c);
		CU_ASSERT_EQUAL(capture_count(c), 2);
		CU_ASSERT_EQUAL(nth(t, TRACE_RECV, 2), 0);
		CU_ASSERT_EQUAL(nth(t, TRACE_DROP, 2), 0);
		CU_ASSERT_NOT_EQUAL_FATAL(nth(t, TRACE_DROP, 1), 0);
		trace_get(t, nth(t, TRACE_DROP, 1), &rec);
		CU_ASSERT(
		    str_is(trace_str(&rec, "reason", &b), errors[i].reason));
		CU_ASSERT_EQUAL(
		    (uint64_t)trace_int(&rec, "of", 0), nth(t, TRACE_SEND, 2));
		CU_ASSERT_EQUAL(rec.t, S + S / 100);
		trace_destroy(t);
		capture_close(c);
		buf_free(&file);
		buf_free(&text);
		buf_free(&sent);
	}
}

CHECK_MAIN("capture_losses", { "gaps in TCP", gaps },
    { "gaps in what is no SIP", other_gaps }, { "fragments", fragments },
    { "long messages", long_messages }, { "long heads", long_heads },
    { "ICMP errors", icmp })
