/*
 * Captures and logs with bytes changed, cut out, doubled and mixed, for a
 * bounded time: whatever they hold, they are read or refused, each message can
 * be had, and the same bytes give the same messages.  $RUNG_FUZZ_SECONDS asks
 * for more than the usual second.
 */
#include "fixtures/capture_made.h"
#include "fixtures/check.h"

#include "msg/message.h"

#include <time.h>

#define T0    (INT64_C(1700000000) * 1000000000)
#define SEEDS 7

static struct msg msg;
static struct buf seeds[SEEDS];

static uint64_t
next(uint64_t *x)
{
	*x ^= *x << 13;
	*x ^= *x >> 7;
	*x ^= *x << 17;
	return *x;
}

static void
block(struct buf *b, uint32_t kind, struct str body)
{
	size_t n = (body.n + 3) / 4 * 4;

	made_le(b, kind, 4);
	made_le(b, 12 + n, 4);
	buf_str(b, body);
	buf_fill(b, '\0', n - body.n);
	made_le(b, 12 + n, 4);
}

static void
put(struct buf *b, bool ng, struct buf *frame)
{
	LOCAL_BUF body = BUF_INIT;

	if (!ng) {
		made_packet(b, T0, frame);
		return;
	}
	made_le(&body, 0, 4);
	made_le(&body, 0x60a24, 4);
	made_le(&body, 77, 4);
	made_le(&body, frame->n, 4);
	made_le(&body, frame->n, 4);
	buf_str(&body, buf_view(frame));
	block(b, 6, buf_view(&body));
	buf_free(frame);
}

/* A datagram, fragments of either version, a TCP stream, RTP. */
static void
put_packets(struct buf *b, bool ng)
{
	struct buf t = BUF_INIT, in, ip, head = BUF_INIT;

	made_message(
	    &t, 1, "v=0\r\nc=IN IP4 192.0.2.2\r\nm=audio 4000 R 0\r\n");
	in = made_udp(5060, 5060, buf_view(&t));
	ip = made_ip4(1, 2, 17, 1, 0, &in);
	put(b, ng, &ip);
	for (size_t at = 0; at < t.n; at += 120) {
		in = made_tcp(5060, 4000, (uint32_t)at, 0x10,
		    str_slice(buf_view(&t), at, at + 120));
		ip = made_ip4(1, 2, 6, 1, 0, &in);
		put(b, ng, &ip);
	}
	in = made_udp(5060, 5060, buf_view(&t));
	buf_free(&t);
	t = in;
	for (size_t at = 0; at < t.n; at += 160) {
		in = BUF_INIT;
		buf_str(&in, str_slice(buf_view(&t), at, at + 160));
		ip = made_ip4(1, 2, 17, 3,
		    (int)(at / 8) | (at + 160 < t.n ? 0x2000 : 0), &in);
		put(b, ng, &ip);
		in = BUF_INIT;
		made_be(&in, 0x1100, 2);
		made_be(&in, at | (at + 160 < t.n), 2);
		made_be(&in, 9, 4);
		buf_str(&in, str_slice(buf_view(&t), at, at + 160));
		ip = made_ip6(1, 2, 44, &in);
		put(b, ng, &ip);
	}
	for (unsigned i = 0; i < 5; i++) {
		buf_clear(&head);
		made_be(&head, 0x80000000u + i, 4);
		made_be(&head, 7, 8);
		in = made_udp(4000, 4000, buf_view(&head));
		ip = made_ip4(1, 2, 17, 1, 0, &in);
		put(b, ng, &ip);
	}
	buf_free(&head);
	buf_free(&t);
}

/* Bytes as two digits each. */
static void
put_hex(struct buf *b, const char *hex)
{
	unsigned v;

	for (; hex[0] != '\0'; hex += 2) {
		sscanf(hex, "%2x", &v);
		buf_putc(b, (char)v);
	}
}

/* A message, or its packets, in what carries those of others. */
static void
put_tunnels(struct buf *b)
{
	static const struct {
		int port;
		const char *head;
		bool packet;
	} tunnels[] = {
		{ 2152, "34ff020000000001000000850100090001000900", true },
		{ 4789,
		    "0800000000000700020000000001020000000002"
		    "0800",
		    true },
		{ 6081, "010008000000070001020304", true },
		{ 37008,
		    "010000010a01ff01020000000001020000000002"
		    "0800",
		    true },
		{ 9060,
		    "021c021113ce13d8c0000201c0000202"
		    "000000000000000007000000",
		    false },
		{ 9060,
		    "4845503303000000000200071100000003000ac0000201"
		    "00000004000ac0000202000000070008"
		    "13ce"
		    "000000080008"
		    "13d8"
		    "0000000f02cf",
		    false },
	};
	struct buf t = BUF_INIT, in, ip, all = BUF_INIT;

	made_message(&t, 1, "hello");
	for (size_t i = 0; i < sizeof(tunnels) / sizeof(tunnels[0]); i++) {
		buf_clear(&all);
		put_hex(&all, tunnels[i].head);
		in = made_udp(5060, 5060, buf_view(&t));
		ip = made_ip4(1, 2, 17, 1, 0, &in);
		buf_str(&all, tunnels[i].packet ? buf_view(&ip) : buf_view(&t));
		buf_free(&ip);
		in = made_udp(40000, tunnels[i].port, buf_view(&all));
		ip = made_ip4(8, 9, 17, 1, 0, &in);
		put(b, false, &ip);
	}
	buf_free(&all);
	buf_free(&t);
}

/* WebSocket, from its handshake on, and packets of HEP3 behind each other; an
 * ICMP error about a datagram. */
static void
put_streams(struct buf *b)
{
	struct buf t = BUF_INIT, s = BUF_INIT, in, ip;
	uint32_t seq = 0;

	made_message(&t, 1, "hello");
	buf_puts(&s, "GET / HTTP/1.1\r\nUpgrade: websocket\r\n\r\n");
	for (int i = 0; i < 3; i++) {
		put_hex(&s, i == 1 ? "01fe0010" : i == 2 ? "80fe" : "81fe");
		if (i != 1)
			made_be(&s, i == 2 ? t.n - 16 : t.n, 2);
		put_hex(&s, "00000000");
		buf_str(&s, str_slice(buf_view(&t), i == 2 ? 16 : 0,
				i == 1 ? 16 : t.n));
	}
	put_hex(&s, "8900c10400010203");
	put_hex(&s, "48455033014100000003000ac0000201"
		    "00000004000ac00002020000000f");
	made_be(&s, 6 + t.n, 2);
	buf_str(&s, buf_view(&t));
	for (size_t at = 0; at < s.n; at += 90, seq += 90) {
		in = made_tcp(40000, 8080, seq, 0x10,
		    str_slice(buf_view(&s), at, at + 90));
		ip = made_ip4(1, 2, 6, 1, 0, &in);
		put(b, false, &ip);
	}
	in = made_udp(5060, 5060, buf_view(&t));
	ip = made_ip4(1, 2, 17, 1, 0, &in);
	in = BUF_INIT;
	put_hex(&in, "0303000000000000");
	buf_str(&in, buf_view(&ip));
	buf_free(&ip);
	ip = made_ip4(2, 1, 1, 1, 0, &in);
	put(b, false, &ip);
	buf_free(&t);
	buf_free(&s);
}

/* DNS by UDP and TCP, STUN, TLS with an alert, beside what was put before. */
static void
put_others(struct buf *b)
{
	static const struct {
		int proto, port;
		const char *bytes;
	} rows[] = {
		{ 17, 53,
		    "123401000001000000000000037369700000010001c00c0001" },
		{ 17, 53,
		    "1234818000010001000000000373697000000100"
		    "01c00c000100010000012c0004c0000202" },
		{ 6, 53,
		    "00151234010000010000000000000373697000000100"
		    "01" },
		{ 17, 5060, "000100002112a4426162636465666768696a6b6c" },
		{ 17, 5060,
		    "0101000c2112a4426162636465666768696a6b6c"
		    "002000080001"
		    "32d6e112a643" },
		{ 6, 5061,
		    "160301000501000001781403030001011503030002022a"
		    "17030300"
		    "0178" },
	};
	struct buf t = BUF_INIT, in, ip;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		buf_clear(&t);
		put_hex(&t, rows[i].bytes);
		in = rows[i].proto == 17
			 ? made_udp(40000, rows[i].port, buf_view(&t))
			 : made_tcp(40000, rows[i].port, 1, 0x18, buf_view(&t));
		ip = made_ip4(1, 2, rows[i].proto, 1, 0, &in);
		put(b, false, &ip);
	}
	buf_free(&t);
}

/* What Wireshark exports of a layer. */
static void
put_exported(struct buf *b)
{
	struct buf frame = BUF_INIT;

	made_file(b, 252);
	for (int i = 0; i < 3; i++) {
		put_hex(&frame,
		    "000c00047369700000140004c0000201"
		    "00150004c0000202001800040000000300190004000013ce"
		    "001a0004000013d800000000");
		made_message(&frame, i, "hello");
		put(b, false, &frame);
	}
}

static void
make_seeds(void)
{
	static const char *const logs[] = {
		"[2026-01-31 12:34:56.5] VERBOSE[1] x.c: <--- Received SIP "
		"request (4 bytes) from UDP:[2001:db8::1]:5070 --->\n",
		"recv 40 bytes from udp/[192.0.2.1]:5070 at 12:34:56.5:\n"
		"   -----------------------------------------\n   ",
		"Jan 31 23:59:59 h opensips: 192.0.2.1:5060 -> 192.0.2.2:5060 ",
		"------------------- 2026-01-31 12:34:56.500000\n"
		"UDP message sent (509 bytes):\n\n",
	};
	LOCAL_BUF body = BUF_INIT;

	made_file(&seeds[0], 101);
	put_packets(&seeds[0], false);
	put_tunnels(&seeds[0]);
	put_streams(&seeds[0]);
	put_others(&seeds[0]);
	put_exported(&seeds[6]);
	made_le(&body, 0x1a2b3c4d, 4);
	made_le(&body, 1, 4);
	made_le(&body, UINT64_MAX, 8);
	block(&seeds[1], 0x0a0d0d0a, buf_view(&body));
	buf_clear(&body);
	made_le(&body, 101, 4);
	made_le(&body, 0, 4);
	made_le(&body, 9 | 1 << 16, 4);
	made_le(&body, 9, 4);
	block(&seeds[1], 1, buf_view(&body));
	put_packets(&seeds[1], true);
	for (size_t i = 2; i < 6; i++)
		for (int n = 0; n < 3; n++) {
			buf_puts(&seeds[i], logs[i - 2]);
			made_message(&seeds[i], n, "hello");
			buf_puts(&seeds[i], "\n\n-----------\n");
		}
}

static void
mutate(struct buf *b, uint64_t *x)
{
	static const char *const pieces[] = { "\r\n\r\n", "#015#012", "\x1b[1m",
		"SIP/2.0 200 OK\r\n", "Content-Length: 99999\r\n", "-> ",
		"INVITE sip:a SIP/2.0\r\n", "<--- SIP read from UDP:1:2 --->\n",
		"23:59:60.9999999999", "\xff\xff\xff\xff", " bytes to udp/[" };
	struct buf out = BUF_INIT;
	struct str all = buf_view(b);
	size_t at = (size_t)(next(x) % (b->n + 1));
	size_t len = (size_t)(next(x) % 90);

	buf_str(&out, str_slice(all, 0, at));
	switch (next(x) % 5) {
	case 0: /* cut out */
		buf_str(&out, str_slice(all, at + len, all.n));
		break;
	case 1: /* put in */
		buf_puts(&out,
		    pieces[next(x) % (sizeof(pieces) / sizeof(pieces[0]))]);
		buf_str(&out, str_slice(all, at, all.n));
		break;
	case 2: /* say again */
		buf_str(&out, str_slice(all, at > len ? at - len : 0, all.n));
		break;
	default: /* change some */
		buf_str(&out, str_slice(all, at, all.n));
		for (size_t i = next(x) % 4; at < out.n; at++) {
			out.p[at] = (char)(next(x) % 3 == 0 ? 255 : next(x));
			if (i-- == 0)
				break;
		}
	}
	buf_free(b);
	*b = out;
}

/* A number that depends on all that was found. */
static uint64_t
look(const struct capture *c)
{
	LOCAL_BUF scratch = BUF_INIT;
	struct capture_message m;
	uint64_t h = STR_HASH_START;
	int64_t last = INT64_MIN;

	for (size_t i = 0; i < capture_count(c); i++) {
		capture_get(c, i, &m, &scratch);
		CU_ASSERT(m.t >= last);
		CU_ASSERT(m.bytes.n > 0);
		CU_ASSERT(m.src.len <= 16 && m.dst.len <= 16);
		last = m.t;
		msg_read(&msg, m.bytes, NULL);
		h = str_hash_add(h, m.bytes);
	}
	for (size_t i = 0; i < capture_streams(c); i++)
		h += capture_stream_get(c, i)->packets;
	return h;
}

static void
hostile_bytes(void)
{
	const char *more = getenv("RUNG_FUZZ_SECONDS");
	time_t end = time(NULL) + (more != NULL ? atoi(more) : 1);
	uint64_t x = 88172645463325252u, found = 0, n = 0, h;
	LOCAL_BUF b = BUF_INIT;
	struct capture *c;
	struct diag d;

	make_seeds();
	for (size_t i = 0; i < SEEDS; i++) {
		c = made_open(&seeds[i]);
		CU_ASSERT_PTR_NOT_NULL_FATAL(c);
		CU_ASSERT(capture_count(c) >= 3);
		capture_close(c);
	}
	for (; time(NULL) <= end; n++) {
		buf_clear(&b);
		buf_str(&b, buf_view(&seeds[next(&x) % SEEDS]));
		for (uint64_t k = next(&x) % 12; k > 0; k--)
			mutate(&b, &x);
		c = made_open_most(&b, 100000, &d);
		if (c == NULL) {
			CU_ASSERT(d.err != 0 && d.text[0] != '\0');
			continue;
		}
		found += capture_count(c);
		h = look(c);
		capture_close(c);
		if (n % 16 != 0)
			continue;
		c = made_open_most(&b, 100000, &d);
		CU_ASSERT_PTR_NOT_NULL_FATAL(c);
		CU_ASSERT_EQUAL(look(c), h);
		capture_close(c);
	}
	CU_ASSERT(found > n / 4);
	printf("  %llu captures, %llu messages\n", (unsigned long long)n,
	    (unsigned long long)found);
	for (size_t i = 0; i < SEEDS; i++)
		buf_free(&seeds[i]);
}

CHECK_MAIN("fuzz_capture", { "hostile_bytes", hostile_bytes })
