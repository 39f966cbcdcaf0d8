/*
 * Packets of every kind that carry SIP: link layers, tunnels, fragments, TCP in
 * any order, a second message in a datagram, streams of media.
 */
#include "fixtures/capture_made.h"
#include "fixtures/check.h"

#include "msg/header_names.h"
#include "msg/message.h"

#include <zlib.h>

#define T0 (INT64_C(1700000000) * 1000000000)

static struct msg msg;

/* The messages of B have those numbers in CSeq, in that order. */
static void
expect(const struct buf *b, const char *numbers)
{
	struct capture *c = made_open(b);
	struct capture_message m;
	LOCAL_BUF scratch = BUF_INIT, got = BUF_INIT;

	CU_ASSERT_PTR_NOT_NULL_FATAL(c);
	for (size_t i = 0; i < capture_count(c); i++) {
		capture_get(c, i, &m, &scratch);
		enum msg_fault fault = msg_read(&msg, m.bytes, NULL);

		CU_ASSERT_EQUAL(fault, MSG_FAULT_NONE);
		if (fault != MSG_FAULT_NONE)
			printf("  %s: %.*s\n", msg_fault_name(fault),
			    STR_ARG(m.bytes));
		buf_printf(&got, "%s%.*s", i > 0 ? " " : "",
		    STR_ARG(str_slice(msg_value(&msg, MSG_H_CSEQ), 0, 1)));
	}
	CU_ASSERT_STRING_EQUAL(buf_cstr(&got), numbers);
	if (strcmp(buf_cstr(&got), numbers) != 0)
		printf("  found \"%s\", not \"%s\"\n", buf_cstr(&got), numbers);
	capture_close(c);
}

static struct buf
text(int cseq, const char *body)
{
	struct buf b = BUF_INIT;

	made_message(&b, cseq, body);
	return b;
}

static struct buf
udp_text(int cseq)
{
	struct buf t = text(cseq, "hello");
	struct buf u = made_udp(5060, 5060, buf_view(&t));

	buf_free(&t);
	return u;
}

/* One packet behind HEAD (in hexadecimal), in the link layer LINK. */
static void
link_layer(uint32_t link, const char *hex, bool six)
{
	struct buf b = BUF_INIT, frame = BUF_INIT, udp = udp_text(7), ip;
	unsigned v;

	made_file(&b, link);
	for (; hex[0] != '\0'; hex += 2) {
		sscanf(hex, "%2x", &v);
		buf_putc(&frame, (char)v);
	}
	ip = six ? made_ip6(1, 2, 17, &udp) : made_ip4(1, 2, 17, 1, 0, &udp);
	buf_str(&frame, buf_view(&ip));
	buf_free(&ip);
	made_packet(&b, T0, &frame);
	expect(&b, "7");
	buf_free(&b);
}

static void
link_layers(void)
{
#define MACS "020000000001020000000002"
	link_layer(1, MACS "0800", false);
	link_layer(1, MACS "86dd", true);
	link_layer(1, MACS "810000050800", false);
	link_layer(1, MACS "88a80005810000060800", false);
	link_layer(1,
	    MACS "884700005040"
		 "00000740",
	    false);
	link_layer(1, MACS "88641100000102000021", false);
	link_layer(0, "02000000", false);
	link_layer(0, "1e000000", true);
	link_layer(108, "00000002", false);
	link_layer(101, "", false);
	link_layer(101, "", true);
	link_layer(12, "", false);
	link_layer(228, "", false);
	link_layer(229, "", true);
	link_layer(9, "ff030021", false);
	link_layer(9, "21", false);
	link_layer(50, "ff030057", true);
	link_layer(113,
	    "0000000100060200000000010000"
	    "0800",
	    false);
	link_layer(276, "0800000000000002000100060200000000010000", false);
}

/* The packet's time and its addresses, those of the innermost IP. */
static void
tunnels(void)
{
	static const char gre[] = "\0\0\x08\0",
			  keyed[] = "\x20\0\x08\0\0\0\0\x07";
	struct str heads[] = { { "", 0 }, { gre, 4 }, { keyed, 8 } };
	struct capture_message m;
	LOCAL_BUF scratch = BUF_INIT;

	for (int i = 0; i < 4; i++) {
		struct buf b = BUF_INIT, udp = udp_text(3), in, frame;
		struct buf mid = BUF_INIT;
		struct capture *c;

		in = i == 3 ? made_ip6(1, 2, 17, &udp)
			    : made_ip4(1, 2, 17, 1, 0, &udp);
		if (i < 3)
			buf_str(&mid, heads[i]);
		buf_str(&mid, buf_view(&in));
		buf_free(&in);
		frame = made_ip4(8, 9,
		    i == 0   ? 4
		    : i == 3 ? 41
			     : 47,
		    2, 0, &mid);
		made_file(&b, 101);
		made_packet(&b, T0 + 5, &frame);
		c = made_open(&b);
		CU_ASSERT_PTR_NOT_NULL_FATAL(c);
		CU_ASSERT_EQUAL_FATAL(capture_count(c), 1);
		capture_get(c, 0, &m, &scratch);
		CU_ASSERT_EQUAL(m.t, T0 + 5);
		CU_ASSERT_EQUAL(m.src.ip[m.src.len - 1], 1);
		CU_ASSERT_EQUAL(m.dst.ip[m.dst.len - 1], 2);
		CU_ASSERT_EQUAL(m.src.port, 5060);
		capture_close(c);
		buf_free(&b);
	}
}

/* A datagram in pieces of 8 * N bytes, sent in the order of ORDER. */
static void
fragments_of(bool six, const char *order, const char *found)
{
	struct buf b = BUF_INIT, udp = udp_text(4), piece, frame;
	const size_t size = 160;
	size_t at, n, last = (udp.n - 1) / size;

	made_file(&b, 101);
	for (; *order != '\0'; order++) {
		at = (size_t)(*order - '0') * size;
		if (at > udp.n)
			continue;
		n = udp.n - at < size ? udp.n - at : size;
		piece = BUF_INIT;
		if (six) {
			made_be(&piece, 0x1100, 2);
			made_be(&piece, at | (at / size != last), 2);
			made_be(&piece, 77, 4);
		}
		buf_str(&piece, str_slice(buf_view(&udp), at, at + n));
		frame =
		    six ? made_ip6(1, 2, 44, &piece)
			: made_ip4(1, 2, 17, 9,
			      (int)(at / 8) | (at / size != last ? 0x2000 : 0),
			      &piece);
		made_packet(&b, T0, &frame);
	}
	expect(&b, found);
	buf_free(&b);
	buf_free(&udp);
}

static void
fragments(void)
{
	for (int six = 0; six < 2; six++) {
		fragments_of(six == 1, "012", "4");
		fragments_of(six == 1, "210", "4");
		fragments_of(six == 1, "102", "4");
		fragments_of(six == 1, "0012", "4");
		fragments_of(six == 1, "201201", "4 4");
		fragments_of(six == 1, "02", "");
		fragments_of(six == 1, "12", "");
	}
}

/* A TCP stream of three messages, cut into SIZE bytes each. */
struct tcp {
	struct buf file, stream;
	size_t size;
	uint32_t seq;
	int64_t t;
};

static struct tcp
tcp_begin(size_t size, uint32_t seq)
{
	struct tcp s = { BUF_INIT, BUF_INIT, size, seq, T0 };

	made_file(&s.file, 101);
	for (int i = 1; i <= 3; i++) {
		made_message(&s.stream, i, i == 2 ? "two" : "");
		if (i == 1)
			buf_puts(&s.stream, "\r\n\r\n");
	}
	return s;
}

static void
tcp_send(struct tcp *s, uint32_t seq, int flags, struct str bytes)
{
	struct buf tcp = made_tcp(5060, 40000, seq, flags, bytes);
	struct buf ip = made_ip4(1, 2, 6, 1, 0, &tcp);

	made_packet(&s->file, s->t, &ip);
	s->t += 1000000;
}

/* Segment NUMBER, with EXTRA bytes of those before it too. */
static void
tcp_segment(struct tcp *s, size_t number, size_t extra)
{
	size_t at = number * s->size;

	if (at >= s->stream.n)
		return;
	extra = extra < at ? extra : at;
	tcp_send(s, s->seq + (uint32_t)(at - extra), 0x10,
	    str_slice(buf_view(&s->stream), at - extra, at + s->size));
}

static void
tcp_expect(struct tcp *s, const char *numbers)
{
	expect(&s->file, numbers);
	buf_free(&s->file);
	buf_free(&s->stream);
}

static void
tcp_in_order(void)
{
	static const size_t sizes[] = { 1, 2, 7, 100, 401, 3000 };

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		/* The numbers turn over in the midst of it. */
		struct tcp s = tcp_begin(sizes[i], 0xffffff00u);

		tcp_send(&s, s.seq - 1, 0x02, STR(""));
		for (size_t n = 0; n * s.size < s.stream.n; n++)
			tcp_segment(&s, n, 0);
		tcp_send(&s, s.seq + (uint32_t)s.stream.n, 0x11, STR(""));
		tcp_expect(&s, "1 2 3");
	}
}

static void
tcp_any_order(void)
{
	/* Each four segments backwards. */
	struct tcp s = tcp_begin(60, 5);

	tcp_send(&s, s.seq - 1, 0x02, STR(""));
	for (size_t n = 0; n * s.size < s.stream.n; n += 4)
		for (size_t k = 4; k-- > 0;)
			tcp_segment(&s, n + k, 0);
	tcp_expect(&s, "1 2 3");
	/* Each sent twice, and with bytes sent before. */
	s = tcp_begin(60, 5);
	tcp_send(&s, s.seq - 1, 0x02, STR(""));
	for (size_t n = 0; n * s.size < s.stream.n; n++) {
		tcp_segment(&s, n, 25);
		tcp_segment(&s, n, 70);
		tcp_send(&s, s.seq - 1, 0x02, STR(""));
	}
	tcp_expect(&s, "1 2 3");
}

/* Begun in the midst; with a piece missing; ended by RST. */
static void
tcp_gaps(void)
{
	struct tcp s = tcp_begin(100, 5);

	for (size_t n = 1; n * s.size < s.stream.n; n++)
		tcp_segment(&s, n, 0);
	tcp_expect(&s, "2 3");
	s = tcp_begin(100, 5);
	for (size_t n = 0; n * s.size < s.stream.n; n++)
		if (n != 4)
			tcp_segment(&s, n, 0);
	tcp_expect(&s, "1 3");
	s = tcp_begin(100, 5);
	for (size_t n = 0; n < 5; n++)
		tcp_segment(&s, n, 0);
	tcp_send(&s, s.seq + 500, 0x04, STR(""));
	/* The next connection, with other numbers. */
	s.seq = 0x80000000u;
	tcp_send(&s, s.seq - 1, 0x02, STR(""));
	for (size_t n = 0; n * s.size < s.stream.n; n++)
		tcp_segment(&s, n, 0);
	tcp_expect(&s, "1 1 2 3");
}

static void
udp_file(struct buf *b, struct str payload)
{
	struct buf udp = made_udp(5060, 5060, payload);
	struct buf ip = made_ip4(1, 2, 17, 1, 0, &udp);

	made_file(b, 101);
	made_packet(b, T0, &ip);
}

static void
several(void)
{
	struct buf b = BUF_INIT, t = BUF_INIT, small = BUF_INIT;
	struct capture *c;

	buf_puts(&t, "\r\n\r\n");
	made_message(&t, 1, "one");
	made_message(&t, 2, "");
	buf_puts(&t, "\r\n");
	made_message(&t, 3, "SIP/2.0 200 OK\r\n");
	udp_file(&b, buf_view(&t));
	/* RFC 3261 18.3: a datagram has one. */
	expect(&b, "1");
	c = made_open(&b);
	CU_ASSERT_PTR_NOT_NULL_FATAL(c);
	CU_ASSERT_PTR_NOT_NULL(capture_loss(c, 0));
	capture_close(c);
	buf_free(&b);
	/* Behind junk, also such as looks like the beginning: what is inside
	 * of something went between others. */
	buf_clear(&t);
	buf_puts(&t, "\1\2 SIP/2.0\r\nVia: SIP/2.0/UDP a\r\n\xffGET ");
	made_message(&t, 6, "");
	udp_file(&b, buf_view(&t));
	expect(&b, "");
	buf_free(&b);
	/* Other protocols. */
	buf_puts(&small, "GET / HTTP/1.1\r\nVia: SIP/2.0/UDP a\r\n\r\n");
	udp_file(&b, buf_view(&small));
	expect(&b, "");
	buf_free(&b);
	buf_free(&small);
	buf_free(&t);
}

/* RTP of SSRC in N packets, each STEP-th one. */
static void
put_rtp(struct buf *b, int port, uint32_t ssrc, unsigned n, unsigned step)
{
	for (unsigned i = 0; i < n; i++) {
		struct buf rtp = BUF_INIT, udp, ip;

		made_be(&rtp, 0x8008, 2);
		made_be(&rtp, (65530 + i * step) & 65535, 2);
		made_be(&rtp, i * 160, 4);
		made_be(&rtp, ssrc, 4);
		buf_fill(&rtp, 'u', 160);
		udp = made_udp(40000, port, buf_view(&rtp));
		buf_free(&rtp);
		ip = made_ip4(1, 2, 17, 1, 0, &udp);
		made_packet(b, T0 + (int64_t)i * 20000000, &ip);
	}
}

static void
media(void)
{
	LOCAL_BUF b = BUF_INIT, t = BUF_INIT;
	struct capture *c;
	const struct capture_stream *s;

	made_message(&t, 1,
	    "v=0\r\no=- 1 1 IN IP4 192.0.2.2\r\ns=-\r\nc=IN IP4 192.0.2.2\r\n"
	    "t=0 0\r\nm=audio 49170 RTP/AVP 8\r\n");
	udp_file(&b, buf_view(&t));
	put_rtp(&b, 49170, 1, 2, 1); /* announced */
	put_rtp(&b, 50000, 2, 3, 1); /* too few */
	put_rtp(&b, 50000, 3, 20, 2);
	c = made_open(&b);
	CU_ASSERT_PTR_NOT_NULL_FATAL(c);
	CU_ASSERT_EQUAL(capture_count(c), 1);
	CU_ASSERT_EQUAL_FATAL(capture_streams(c), 2);
	s = capture_stream_get(c, 0);
	CU_ASSERT_EQUAL(s->ssrc, 1);
	CU_ASSERT_EQUAL(s->packets, 2);
	s = capture_stream_get(c, 1);
	CU_ASSERT_EQUAL(s->ssrc, 3);
	CU_ASSERT_EQUAL(s->packets, 20);
	CU_ASSERT_EQUAL(s->lost, 19);
	CU_ASSERT_EQUAL(s->bytes, 20 * 172);
	CU_ASSERT_EQUAL(s->payload_type, 8);
	CU_ASSERT_EQUAL(s->last - s->first, 19 * 20000000);
	CU_ASSERT(!s->rtcp);
	capture_close(c);
}

/* Seen in two VLANs, later ones first in the file. */
static void
places_and_order(void)
{
	LOCAL_BUF b = BUF_INIT;
	struct capture *c;
	struct capture_message m;
	LOCAL_BUF scratch = BUF_INIT;

	made_file(&b, 1);
	for (int i = 0; i < 4; i++) {
		struct buf udp = udp_text(i + 1), ip, vlan = BUF_INIT, frame;

		ip = made_ip4(1, 2, 17, 1, 0, &udp);
		made_be(&vlan, 10 + (unsigned)i % 2, 2);
		made_be(&vlan, 0x0800, 2);
		buf_str(&vlan, buf_view(&ip));
		buf_free(&ip);
		frame = made_ether(0x8100, &vlan);
		made_packet(&b, T0 - i / 2, &frame);
	}
	expect(&b, "3 4 1 2");
	c = made_open(&b);
	CU_ASSERT_PTR_NOT_NULL_FATAL(c);
	for (size_t i = 0; i < 4; i++) {
		capture_get(c, i, &m, &scratch);
		CU_ASSERT_EQUAL(m.place, i % 2);
	}
	capture_close(c);
}

/* A snapshot length that keeps less than a packet. */
static void
cut_packets(void)
{
	struct buf b = BUF_INIT, t = text(1, "hello"), udp, ip;
	struct capture *c;
	struct capture_message m;
	LOCAL_BUF scratch = BUF_INIT;

	udp = made_udp(5060, 5060, buf_view(&t));
	ip = made_ip4(1, 2, 17, 1, 0, &udp);
	buf_truncate(&ip, 128);
	made_file(&b, 101);
	made_packet(&b, T0, &ip);
	c = made_open(&b);
	CU_ASSERT_PTR_NOT_NULL_FATAL(c);
	CU_ASSERT_EQUAL_FATAL(capture_count(c), 1);
	capture_get(c, 0, &m, &scratch);
	CU_ASSERT(m.cut);
	CU_ASSERT_EQUAL(m.bytes.n, 100);
	CU_ASSERT_PTR_NOT_NULL(capture_trouble(c));
	capture_close(c);
	buf_free(&b);
	buf_free(&t);
}

/* B with gzip, into ROOM bytes at TO; how many. */
static size_t
pack(const struct buf *b, char *to, size_t room)
{
	z_stream z = { 0 };

	CU_ASSERT_EQUAL_FATAL(deflateInit2(&z, 1, Z_DEFLATED, 31, 8, 0), Z_OK);
	z.next_in = (Bytef *)b->p;
	z.avail_in = (uInt)b->n;
	z.next_out = (Bytef *)to;
	z.avail_out = (uInt)room;
	CU_ASSERT_EQUAL(deflate(&z, Z_FINISH), Z_STREAM_END);
	deflateEnd(&z);
	return room - z.avail_out;
}

/* The same messages in both, with the same bytes, times and packets. */
static void
expect_same(const struct capture *a, const struct capture *b)
{
	LOCAL_BUF x = BUF_INIT, y = BUF_INIT;
	struct capture_message m, n;

	CU_ASSERT_EQUAL_FATAL(capture_count(a), capture_count(b));
	for (size_t i = 0; i < capture_count(a); i++) {
		/* There and back, so that nothing depends on the order. */
		size_t k = i % 3 == 0 ? capture_count(a) - 1 - i : i;

		capture_get(a, k, &m, &x);
		capture_get(b, k, &n, &y);
		CU_ASSERT_FATAL(str_eq(m.bytes, n.bytes));
		CU_ASSERT(m.t == n.t && m.packet == n.packet);
	}
}

/* From a file, compressed (of which more is kept than fits in memory), and
 * through a pipe. */
static void
ways_in(void)
{
	struct buf b = BUF_INIT, t = BUF_INIT, gz = BUF_INIT, udp, ip;
	struct capture *plain, *other = NULL;
	uLongf room;
	int in = dup(STDIN_FILENO), fds[2];

	CU_ASSERT_EQUAL_FATAL(pipe(fds), 0);
	made_file(&b, 101);
	for (int i = 0; i < 40000; i++) {
		buf_clear(&t);
		made_message(&t, i, "hello");
		udp = made_udp(5060, 5060, buf_view(&t));
		ip = made_ip4(1, 2, 17, 1, 0, &udp);
		made_packet(&b, T0 + i, &ip);
		/* A pipe takes so much at once. */
		if (i == 99)
			CU_ASSERT_EQUAL(write(fds[1], b.p, b.n), (ssize_t)b.n);
	}
	plain = made_open(&b);
	CU_ASSERT_PTR_NOT_NULL_FATAL(plain);
	CU_ASSERT_EQUAL(capture_count(plain), 40000);
	room = compressBound((uLong)b.n) + 64;
	CU_ASSERT_EQUAL_FATAL(buf_reserve(&gz, room), 0);
	gz.n = pack(&b, gz.p, room);
	other = made_open(&gz);
	CU_ASSERT_PTR_NOT_NULL_FATAL(other);
	expect_same(plain, other);
	capture_close(other);
	capture_close(plain);

	close(fds[1]);
	dup2(fds[0], STDIN_FILENO);
	close(fds[0]);
	CU_ASSERT_EQUAL(capture_open(&other, "-", NULL, NULL), 0);
	dup2(in, STDIN_FILENO);
	close(in);
	CU_ASSERT_EQUAL(capture_count(other), 100);
	capture_close(other);
	buf_free(&b);
	buf_free(&t);
	buf_free(&gz);
}

/* The packets in which tshark sees SIP, and we. */
static void
as_tshark(void)
{
	struct buf b = BUF_INIT, mine = BUF_INIT, theirs = BUF_INIT, t;
	struct buf scratch = BUF_INIT, frame;
	struct capture_message m;
	struct capture *c;
	char path[64], line[256];
	uint64_t last = 0;
	FILE *f;

	if (system("command -v tshark > /dev/null 2>&1") != 0) {
		check_skip("no tshark");
		return;
	}
	made_file(&b, 101);
	for (int i = 1; i <= 9; i++) {
		t = text(i, i % 2 == 0 ? "" : "hello");
		frame =
		    made_tcp(5060, 40000, (uint32_t)i * 5000, 0x02, STR(""));
		frame = made_ip4(i, 9, 6, i, 0, &frame);
		made_packet(&b, T0 + i * 1000, &frame);
		for (size_t at = 0, n; at < t.n; at += n) {
			n = (size_t)i * 40;
			frame = made_tcp(5060, 40000,
			    (uint32_t)i * 5000 + 1 + (uint32_t)at, 0x18,
			    str_slice(buf_view(&t), at, at + n));
			frame = made_ip4(i, 9, 6, i, 0, &frame);
			made_packet(
			    &b, T0 + i * 1000 + 1 + (int64_t)at, &frame);
		}
		frame = made_udp(5060, 5060, buf_view(&t));
		frame = i % 3 == 0 ? made_ip6(i, 9, 17, &frame)
				   : made_ip4(i, 9, 17, i, 0, &frame);
		made_packet(&b, T0 + i * 1000 + 900, &frame);
		buf_free(&t);
	}
	c = made_open(&b);
	CU_ASSERT_PTR_NOT_NULL_FATAL(c);
	for (size_t i = 0; i < capture_count(c); i++) {
		capture_get(c, i, &m, &scratch);
		if (m.packet != last)
			buf_printf(
			    &mine, "%llu\n", (unsigned long long)m.packet);
		last = m.packet;
	}
	CU_ASSERT_EQUAL(capture_count(c), 18);
	CU_ASSERT_EQUAL_FATAL(made_write(&b, path), 0);
	snprintf(line, sizeof(line),
	    "tshark -n -r %s -Y sip -T fields -e frame.number 2> /dev/null",
	    path);
	f = popen(line, "r");
	CU_ASSERT_PTR_NOT_NULL_FATAL(f);
	while (fgets(line, sizeof(line), f) != NULL)
		buf_puts(&theirs, line);
	pclose(f);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&mine), buf_cstr(&theirs));
	unlink(path);
	capture_close(c);
	buf_free(&b);
	buf_free(&mine);
	buf_free(&theirs);
	buf_free(&scratch);
}

CHECK_MAIN("capture", { "link_layers", link_layers }, { "tunnels", tunnels },
    { "fragments", fragments }, { "tcp_in_order", tcp_in_order },
    { "tcp_any_order", tcp_any_order }, { "tcp_gaps", tcp_gaps },
    { "several", several }, { "media", media },
    { "places_and_order", places_and_order }, { "cut_packets", cut_packets },
    { "ways_in", ways_in }, { "as_tshark", as_tshark })
