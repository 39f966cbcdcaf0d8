/*
 * SIP over WebSocket (RFC 7118) is read in both directions, masked or not, in
 * one frame or several; and SIP in HEP3 over TCP, between whom it went.
 */
#include "fixtures/capture_made.h"
#include "fixtures/check.h"

#define T0 (INT64_C(1700000000) * 1000000000)

#define GET                                             \
	"GET / HTTP/1.1\r\nHost: proxy.example.com\r\n" \
	"upgrade: WebSocket\r\nConnection: Upgrade\r\n" \
	"Sec-WebSocket-Protocol: sip\r\nSec-WebSocket-Version: 13\r\n\r\n"
#define SWITCH                                                       \
	"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n" \
	"Connection: Upgrade\r\nSec-WebSocket-Protocol: sip\r\n\r\n"

#define MASK 0x37fa213du

static void
put_frame(struct buf *b, int flags, bool masked, struct str payload)
{
	size_t at;

	made_be(b, (uint64_t)flags, 1);
	if (payload.n < 126) {
		made_be(b, payload.n | (masked ? 0x80u : 0), 1);
	} else if (payload.n < 65536) {
		made_be(b, 126u | (masked ? 0x80u : 0), 1);
		made_be(b, payload.n, 2);
	} else {
		made_be(b, 127u | (masked ? 0x80u : 0), 1);
		made_be(b, payload.n, 8);
	}
	if (masked)
		made_be(b, MASK, 4);
	at = b->n;
	buf_str(b, payload);
	for (size_t i = 0; masked && i < payload.n; i++)
		b->p[at + i] ^= (char)(MASK >> (24 - i % 4 * 8));
}

static struct buf
message(int cseq)
{
	struct buf b = BUF_INIT;

	made_message(&b, cseq, "hello");
	return b;
}

/* The bytes FROM … TO of STREAM in a segment of their own, the Nth. */
static void
put_segment(struct buf *file, const struct buf *stream, size_t n, size_t from,
    size_t to)
{
	struct buf tcp = made_tcp(40000, 8080, (uint32_t)from, 0x10,
	    str_slice(buf_view(stream), from, to));
	struct buf ip = made_ip4(1, 2, 6, 1, 0, &tcp);

	made_packet(file, T0 + (int64_t)n * 1000000, &ip);
}

/* STREAM in segments of SIZE bytes; the first has the number SKIP. */
static struct capture *
open_stream(const struct buf *stream, size_t size, size_t skip)
{
	LOCAL_BUF file = BUF_INIT;
	struct capture *c;

	made_file(&file, 101);
	for (size_t n = skip; n * size < stream->n; n++)
		put_segment(&file, stream, n, n * size, (n + 1) * size);
	c = made_open(&file);
	CU_ASSERT_PTR_NOT_NULL_FATAL(c);
	return c;
}

/* C has the messages from FIRST to LAST, each whole; closed. */
static void
expect(struct capture *c, int first, int last)
{
	struct capture_message m;
	LOCAL_BUF scratch = BUF_INIT;

	CU_ASSERT_EQUAL(capture_count(c), (size_t)(last - first + 1));
	for (size_t i = 0; i < capture_count(c); i++) {
		struct buf want = message(first + (int)i);

		capture_get(c, i, &m, &scratch);
		CU_ASSERT(str_eq(m.bytes, buf_view(&want)));
		CU_ASSERT_EQUAL(m.src.transport, ADDR_TCP);
		buf_free(&want);
	}
	capture_close(c);
}

/* Six messages, with what else there may be between them. */
static struct buf
make_stream(bool masked, const char *handshake)
{
	struct buf b = BUF_INIT, text;

	buf_puts(&b, handshake);
	for (int i = 1; i <= 6; i++) {
		text = message(i);
		if (i == 3) {
			put_frame(&b, 0x01, masked,
			    str_slice(buf_view(&text), 0, 50));
			/* 5.4: control frames may come between. */
			put_frame(&b, 0x89, masked, STR("ping"));
			put_frame(&b, 0x00, masked,
			    str_slice(buf_view(&text), 50, 200));
			put_frame(&b, 0x80, masked,
			    str_slice(buf_view(&text), 200, text.n));
		} else {
			put_frame(
			    &b, i == 4 ? 0x82 : 0x81, masked, buf_view(&text));
		}
		if (i == 4)
			put_frame(&b, 0x81, masked, STR("\r\n\r\n"));
		buf_free(&text);
	}
	put_frame(&b, 0x88, masked, STR("\x03\xe8"));
	return b;
}

static void
both_directions(void)
{
	for (int masked = 0; masked < 2; masked++) {
		struct buf b = make_stream(masked != 0, masked ? GET : SWITCH);

		for (size_t size = 1; size < 2000; size = size * 3 + 1)
			expect(open_stream(&b, size, 0), 1, 6);
		buf_free(&b);
	}
}

/* The handshake was not captured. */
static void
joined_in_the_middle(void)
{
	for (int masked = 0; masked < 2; masked++) {
		struct buf b = make_stream(masked != 0, "");

		expect(open_stream(&b, 100000, 0), 1, 6);
		expect(open_stream(&b, 100, 0), 1, 6);
		buf_free(&b);
	}
}

/* … and each frame's head comes in a segment of its own, or in two that end
 * after SPLIT bytes of it; so does the beginning of what it carries. */
static void
heads_apart(void)
{
	for (int masked = 0; masked < 2; masked++)
		for (size_t split = 1; split < 40; split++) {
			struct buf b = BUF_INIT, file = BUF_INIT;
			size_t n = 0;

			made_file(&file, 101);
			for (int i = 1; i <= 3; i++) {
				struct buf text = message(i);
				size_t at = b.n, head, cuts[3];

				put_frame(
				    &b, 0x81, masked != 0, buf_view(&text));
				head = b.n - text.n;
				cuts[0] = at + split < head ? at + split : head;
				cuts[1] = at + split < head ? head : at + split;
				cuts[2] = b.n;
				for (size_t k = 0; k < 3; at = cuts[k++])
					if (cuts[k] > at)
						put_segment(&file, &b, n++, at,
						    cuts[k]);
				buf_free(&text);
			}
			expect(made_open(&file), 1, 3);
			buf_free(&file);
			buf_free(&b);
		}
}

static void
compressed(void)
{
	struct buf b = BUF_INIT, text = message(1);
	struct capture *c;

	buf_puts(&b, GET);
	put_frame(&b, 0xc1, true, STR("\x4a\x4c\x49\x05 and more of it"));
	put_frame(&b, 0x81, true, buf_view(&text));
	c = open_stream(&b, 1000, 0);
	CU_ASSERT_PTR_NOT_NULL_FATAL(capture_loss(c, 0));
	CU_ASSERT(str_find(str_of(capture_loss(c, 0)), "compressed") >= 0);
	expect(c, 1, 1);
	buf_free(&b);
	buf_free(&text);
}

/* Frames whose lengths lie, and such as are none. */
static void
hostile(void)
{
	static const char *const frames[] = {
		"\x81\xff\xff\xff\xff\xff\xff\xff\xff\xffmask",
		"\x81\x7f\x7f\xff\xff\xff\xff\xff\xff\xff", "\x01\x7e\xff\xff",
		"\xb1\x05hello", "\x83\x05hello", "\x80\xff",
		"\x81\xfe\xff\xff", "\x00\x05hello"
	};
	static const size_t sizes[] = { 14, 10, 4, 7, 7, 2, 4, 7 };

	for (size_t i = 0; i < sizeof(frames) / sizeof(frames[0]); i++) {
		struct buf b = BUF_INIT;

		buf_puts(&b, GET);
		buf_add(&b, frames[i], sizes[i]);
		buf_fill(&b, 'x', 3000);
		for (size_t size = 1; size < 4000; size = size * 5 + 2)
			expect(open_stream(&b, size, 0), 1, 0);
		buf_free(&b);
	}
}

static void
chunk(struct buf *b, unsigned type, uint64_t value, int bytes)
{
	made_be(b, type, 4);
	made_be(b, 6 + (unsigned)bytes, 2);
	made_be(b, value, bytes);
}

/* HEP3 over TCP: one packet behind the other. */
static void
hep(void)
{
	struct buf b = BUF_INIT, chunks = BUF_INIT, text, scratch = BUF_INIT;
	struct capture_message m;
	struct capture *c;

	for (int i = 1; i <= 3; i++) {
		text = message(i);
		buf_clear(&chunks);
		chunk(&chunks, 2, 6, 1);
		chunk(&chunks, 3, 0xc0000207, 4);
		chunk(&chunks, 4, 0xc0000208, 4);
		chunk(&chunks, 7, 5061, 2);
		chunk(&chunks, 8, 5062, 2);
		made_be(&chunks, 15, 4);
		made_be(&chunks, 6 + text.n, 2);
		buf_str(&chunks, buf_view(&text));
		buf_puts(&b, "HEP3");
		made_be(&b, 6 + chunks.n, 2);
		buf_str(&b, buf_view(&chunks));
		buf_free(&text);
	}
	for (size_t size = 1; size < 2000; size = size * 3 + 1) {
		c = open_stream(&b, size, 0);
		CU_ASSERT_EQUAL_FATAL(capture_count(c), 3);
		capture_get(c, 2, &m, &scratch);
		CU_ASSERT_EQUAL(m.src.ip[3], 7);
		CU_ASSERT_EQUAL(m.dst.ip[3], 8);
		CU_ASSERT_EQUAL(m.src.port, 5061);
		CU_ASSERT_EQUAL(m.dst.port, 5062);
		expect(c, 1, 3);
	}
	buf_free(&b);
	buf_free(&chunks);
	buf_free(&scratch);
}

CHECK_MAIN("capture_websocket", { "both directions", both_directions },
    { "joined in the middle", joined_in_the_middle },
    { "heads of frames in segments of their own", heads_apart },
    { "compressed", compressed }, { "hostile frames", hostile },
    { "HEP over TCP", hep })
