/*
 * Captures that lie: about lengths, about how much there is, about how they are
 * packed.  Each is read in bounded time and memory, as far as it goes; running
 * out of memory at any place loses nothing but the capture.
 */
#include "fixtures/capture_made.h"
#include "fixtures/check.h"

#include "base/mem.h"
#include "packets/pcap_file.h"

#include <pcap/pcap.h>
#include <sys/resource.h>
#include <time.h>
#include <zlib.h>

#define T0 (INT64_C(1700000000) * 1000000000)

static void
put_call(struct buf *b, int cseq)
{
	struct buf t = BUF_INIT, udp, ip;

	made_message(&t, cseq, "hello");
	udp = made_udp(5060, 5060, buf_view(&t));
	ip = made_ip4(1, 2, 17, 1, 0, &udp);
	made_packet(b, T0 + cseq, &ip);
	buf_free(&t);
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
ng_begin(struct buf *b)
{
	LOCAL_BUF body = BUF_INIT;

	made_le(&body, 0x1a2b3c4d, 4);
	made_le(&body, 1, 2);
	made_le(&body, 0, 2);
	made_le(&body, UINT64_MAX, 8);
	block(b, 0x0a0d0d0a, buf_view(&body));
}

/* Ticks of 10^-RESOL s, or with 0x80 of 2^-RESOL s. */
static void
ng_interface(struct buf *b, uint32_t link, unsigned resol)
{
	LOCAL_BUF body = BUF_INIT;

	made_le(&body, link, 4);
	made_le(&body, 0, 4);
	made_le(&body, 9, 2);
	made_le(&body, 1, 2);
	made_le(&body, resol, 4);
	made_le(&body, 0, 4);
	block(b, 1, buf_view(&body));
}

static void
ng_packet(struct buf *b, uint32_t id, uint64_t ticks, struct buf *frame)
{
	LOCAL_BUF body = BUF_INIT;

	made_le(&body, id, 4);
	made_le(&body, ticks >> 32, 4);
	made_le(&body, ticks & UINT32_MAX, 4);
	made_le(&body, frame->n, 4);
	made_le(&body, frame->n, 4);
	buf_str(&body, buf_view(frame));
	buf_free(frame);
	block(b, 6, buf_view(&body));
}

static struct buf
ip_message(int cseq)
{
	struct buf t = BUF_INIT, udp;

	made_message(&t, cseq, "hello");
	udp = made_udp(5060, 5060, buf_view(&t));
	buf_free(&t);
	return made_ip4(1, 2, 17, 1, 0, &udp);
}

/* Interfaces with link layers and clocks of their own, sections, and blocks
 * that nobody knows. */
static void
pcapng(void)
{
	static const struct {
		unsigned resol;
		uint64_t ticks;
		int64_t t;
	} clocks[] = {
		{ 6, UINT64_C(1700000000123456), T0 + 123456000 },
		{ 9, UINT64_C(1700000000123456789), T0 + 123456789 },
		{ 3, UINT64_C(1700000000123), T0 + 123000000 },
		{ 0, UINT64_C(1700000000), T0 },
		{ 0x80 | 10, UINT64_C(1700000000) << 10 | 512, T0 + 500000000 },
		{ 12, UINT64_C(1700000000123456789) * 10, T0 / 100 + 1234567 },
	};
	const size_t n = sizeof(clocks) / sizeof(clocks[0]);
	struct buf b = BUF_INIT, scratch = BUF_INIT, ip;
	struct capture_message m;
	struct capture *c;

	ng_begin(&b);
	for (size_t i = 0; i < n; i++)
		ng_interface(&b, i % 2 == 0 ? 101 : 1, clocks[i].resol);
	block(&b, 0x0bad, STR("what is this"));
	for (size_t i = 0; i < n; i++) {
		ip = ip_message((int)i + 1);
		if (i % 2 != 0)
			ip = made_ether(0x0800, &ip);
		ng_packet(&b, (uint32_t)i, clocks[i].ticks, &ip);
	}
	ng_begin(&b);
	ng_interface(&b, 101, 9);
	ip = ip_message(9);
	ng_packet(&b, 0, (uint64_t)T0 * 2, &ip);
	c = made_open(&b);
	CU_ASSERT_PTR_NOT_NULL_FATAL(c);
	CU_ASSERT_PTR_NULL(capture_trouble(c));
	CU_ASSERT_EQUAL_FATAL(capture_count(c), n + 1);
	for (size_t i = 0; i < n; i++) {
		bool there = false;

		for (size_t k = 0; k < n; k++) {
			capture_get(c, k, &m, &scratch);
			there |= m.t == clocks[i].t && m.place == i &&
				 m.packet == i + 1;
		}
		CU_ASSERT(there);
	}
	capture_get(c, n, &m, &scratch);
	CU_ASSERT_EQUAL(m.place, n);
	capture_close(c);
	buf_free(&b);
	buf_free(&scratch);
}

/* What B holds is read as far as it goes: COUNT messages, and a sentence. */
static void
expect(const struct buf *b, size_t count, bool trouble)
{
	struct capture *c = made_open(b);

	CU_ASSERT_PTR_NOT_NULL_FATAL(c);
	CU_ASSERT_EQUAL(capture_count(c), count);
	CU_ASSERT_EQUAL(capture_trouble(c) != NULL, trouble);
	capture_close(c);
}

static void
lengths_that_lie(void)
{
	static const uint32_t lies[] = { 0xffffffff, 0x80000000, 262145, 100000,
		65536 };
	LOCAL_BUF b = BUF_INIT;
	size_t whole;

	for (size_t i = 0; i < sizeof(lies) / sizeof(lies[0]); i++) {
		buf_clear(&b);
		made_file(&b, 101);
		put_call(&b, 1);
		made_le(&b, 1, 8);
		made_le(&b, lies[i], 4);
		made_le(&b, lies[i], 4);
		buf_fill(&b, 'x', 100);
		expect(&b, 1, true);
		buf_clear(&b);
		ng_begin(&b);
		made_le(&b, i % 2 == 0 ? 6 : 77, 4);
		made_le(&b, lies[i], 4);
		buf_fill(&b, 'x', 100);
		expect(&b, 0, i % 2 == 0);
	}
	/* Cut anywhere. */
	buf_clear(&b);
	made_file(&b, 101);
	put_call(&b, 1);
	whole = b.n;
	put_call(&b, 2);
	while (b.n > whole + 1) {
		buf_truncate(&b, b.n - 1);
		expect(&b, 1, true);
	}
	buf_truncate(&b, whole);
	expect(&b, 1, false);
	while (b.n > 24) {
		buf_truncate(&b, b.n - 1);
		expect(&b, 0, b.n > 24);
	}
}

static long
peak_kib(void)
{
	struct rusage u;

	getrusage(RUSAGE_SELF, &u);
	return u.ru_maxrss;
}

static double
seconds(void)
{
	return (double)clock() / CLOCKS_PER_SEC;
}

/* Millions of blocks with nothing in them, interfaces, sections. */
static void
endless_blocks(void)
{
	static const uint32_t kinds[] = { 1, 5, 0x0bad };
	LOCAL_BUF b = BUF_INIT, interface = BUF_INIT;
	double t = seconds();

	made_le(&interface, 101, 8);
	for (size_t i = 0; i < 3; i++) {
		buf_clear(&b);
		ng_begin(&b);
		while (b.n < 8 << 20)
			block(&b, kinds[i], buf_view(&interface));
		expect(&b, 0, false);
	}
	buf_clear(&b);
	while (b.n < 8 << 20) {
		ng_begin(&b);
		ng_interface(&b, 101, 6);
	}
	expect(&b, 0, false);
	CU_ASSERT(seconds() - t < 10);
}

/* MANY packets of PROTO that all wait for more. */
static void
attack(struct buf *b, int proto, unsigned many)
{
	struct buf inner, ip;
	char part[1000];

	memset(part, 'A', sizeof(part));
	memcpy(part, "INVITE sip:a SIP/2.0\r\nX: ", 25);
	buf_clear(b);
	made_file(b, 101);
	for (unsigned i = 0; i < many; i++) {
		if (proto == 6) {
			/* Messages that never end, segments after gaps. */
			inner = made_tcp((int)(i % 60000), (int)(i / 60000),
			    i % 2 == 0 ? 1 : i * 4, i % 3 == 0 ? 2 : 0,
			    (struct str){ part, sizeof(part) });
		} else {
			inner = BUF_INIT;
			buf_add(&inner, part, sizeof(part));
		}
		ip = made_ip4(1, 2, proto, (int)(i & 0xffff),
		    proto == 17 ? (int)(i % 8 * 1000) | 0x2000 : 0, &inner);
		made_packet(b, T0, &ip);
	}
}

static void
what_waits(void)
{
	LOCAL_BUF b = BUF_INIT;
	struct capture *c;
	struct diag d;
	long before;
	double t = seconds();

	for (int proto = 6; proto <= 17; proto += 11) {
		attack(&b, proto, 60000);
		before = peak_kib();
		c = made_open_most(&b, 1 << 20, &d);
		CU_ASSERT_PTR_NOT_NULL_FATAL(c);
		CU_ASSERT_EQUAL(capture_count(c), 0);
		capture_close(c);
		/* 60 MB wait; 1 MiB of them may. */
		CU_ASSERT(IS_SANITIZED || peak_kib() - before < 40000);
	}
	CU_ASSERT(seconds() - t < 20);
}

/* B, compressed N times over (each 4 MiB of it a member). */
static struct buf
packed(const struct buf *b, unsigned members)
{
	struct buf out = BUF_INIT;
	uLong room = compressBound((uLong)b->n) + 64;
	z_stream z = { 0 };
	size_t size;

	CU_ASSERT_EQUAL_FATAL(deflateInit2(&z, 6, Z_DEFLATED, 31, 8, 0), Z_OK);
	CU_ASSERT_EQUAL_FATAL(buf_reserve(&out, room), 0);
	z.next_in = (Bytef *)b->p;
	z.avail_in = (uInt)b->n;
	z.next_out = (Bytef *)out.p;
	z.avail_out = (uInt)room;
	CU_ASSERT_EQUAL(deflate(&z, Z_FINISH), Z_STREAM_END);
	out.n = size = room - z.avail_out;
	deflateEnd(&z);
	for (unsigned i = 1; i < members; i++) {
		CU_ASSERT_EQUAL_FATAL(buf_reserve(&out, size), 0);
		memcpy(out.p + out.n, out.p, size);
		out.n += size;
	}
	return out;
}

static void
compressed(void)
{
	struct buf b = BUF_INIT, gz, two = BUF_INIT;
	double t = seconds();

	made_file(&b, 101);
	put_call(&b, 1);
	put_call(&b, 2);
	gz = packed(&b, 1);
	expect(&gz, 2, false);
	for (size_t n = gz.n; n > 30; n -= 7) {
		struct capture *c;

		buf_truncate(&gz, n);
		c = made_open(&gz);
		CU_ASSERT(n == gz.n || c == NULL || capture_trouble(c) != NULL);
		capture_close(c);
	}
	buf_free(&gz);
	/* A bomb: what comes out ends, with a sentence. */
	buf_fill(&b, '\0', 64 << 20);
	gz = packed(&b, 1);
	buf_free(&b);
	made_file(&two, 101);
	put_call(&two, 1);
	b = packed(&two, 1);
	expect(&b, 1, false);
	for (int i = 0; i < 12; i++)
		buf_str(&b, buf_view(&gz));
	expect(&b, 1, true);
	CU_ASSERT(seconds() - t < 20);
	buf_free(&b);
	buf_free(&two);
	buf_free(&gz);
}

static void
errors(void)
{
	struct capture *c = NULL;
	struct diag d = DIAG_INIT;
	LOCAL_BUF b = BUF_INIT;

	CU_ASSERT_EQUAL(capture_open(&c, "/nowhere/at/all", NULL, &d), ERR_IO);
	CU_ASSERT_EQUAL(d.err, ERR_IO);
	d = DIAG_INIT;
	CU_ASSERT_EQUAL(capture_open(&c, "/tmp", NULL, &d), ERR_IO);
	d = DIAG_INIT;
	CU_ASSERT_EQUAL(capture_open(&c, "/dev/null", NULL, &d), ERR_SYNTAX);
	CU_ASSERT_PTR_NULL(c);
	buf_puts(&b, "\x28\xb5\x2f\xfd zstandard");
	CU_ASSERT_PTR_NULL(made_open_most(&b, 0, &d));
	CU_ASSERT_EQUAL(d.err, ERR_UNSUPPORTED);
	buf_clear(&b);
	/* A link layer that is not read: the sentence names it. */
	made_file(&b, 192);
	put_call(&b, 1);
	c = made_open(&b);
	CU_ASSERT_PTR_NOT_NULL_FATAL(c);
	CU_ASSERT_EQUAL(capture_count(c), 0);
	CU_ASSERT(str_find(str_of(capture_trouble(c)), "PPI") >= 0);
	capture_close(c);
}

static void
no_memory(void)
{
	struct buf b = BUF_INIT, t = BUF_INIT, tcp, ip;
	char path[64];
	struct capture *c;
	struct diag d;
	int err;

	made_file(&b, 101);
	put_call(&b, 1);
	made_message(&t, 1, "v=0\r\nm=audio 4000 RTP/AVP 0\r\n");
	for (uint32_t i = 0; i < 3; i++) {
		tcp = made_tcp(1, 2,
		    i == 0   ? 1
		    : i == 1 ? 301
			     : 101,
		    0,
		    str_slice(buf_view(&t),
			i == 0   ? 0
			: i == 1 ? 300
				 : 100,
			i == 0   ? 100
			: i == 1 ? t.n
				 : 300));
		ip = made_ip4(1, 2, 6, 1, 0, &tcp);
		made_packet(&b, T0, &ip);
	}
	CU_ASSERT_EQUAL_FATAL(made_write(&b, path), 0);
	for (unsigned long n = 1; n < 200; n++) {
		d = DIAG_INIT;
		mem_fail_from(n);
		err = capture_open(&c, path, NULL, &d);
		mem_fail_from(0);
		if (err == 0) {
			CU_ASSERT_EQUAL(capture_count(c), 2);
			CU_ASSERT(n > 8);
			capture_close(c);
			break;
		}
		CU_ASSERT_EQUAL(err, ERR_NOMEM);
		CU_ASSERT_EQUAL(d.err, ERR_NOMEM);
	}
	unlink(path);
	buf_free(&b);
	buf_free(&t);
}

/* A file that somebody shortens meanwhile. */
static void
shortened(void)
{
	LOCAL_BUF b = BUF_INIT, scratch = BUF_INIT;
	char path[64];
	struct capture *c;
	struct capture_message m;

	made_file(&b, 101);
	put_call(&b, 1);
	put_call(&b, 2);
	CU_ASSERT_EQUAL_FATAL(made_write(&b, path), 0);
	CU_ASSERT_EQUAL_FATAL(capture_open(&c, path, NULL, NULL), 0);
	CU_ASSERT_EQUAL(truncate(path, 200), 0);
	capture_get(c, 1, &m, &scratch);
	CU_ASSERT_EQUAL(m.bytes.n, 0);
	capture_get(c, 0, &m, &scratch);
	CU_ASSERT(m.bytes.n > 0 && m.bytes.n < 200);
	capture_close(c);
	unlink(path);
}

/* Number, time and bytes of each packet are those that libpcap finds. */
static void
as_libpcap(const char *path)
{
	char why[PCAP_ERRBUF_SIZE];
	pcap_t *p = pcap_open_offline_with_tstamp_precision(
	    path, PCAP_TSTAMP_PRECISION_NANO, why);
	struct diag trouble = DIAG_INIT;
	struct source *s;
	struct pcap_file c = { 0 };
	struct packet packet;
	struct pcap_pkthdr *h;
	const u_char *bytes;

	if (p == NULL)
		return;
	CU_ASSERT_EQUAL_FATAL(source_open(&s, path, false, &trouble, NULL), 0);
	CU_ASSERT_EQUAL_FATAL(source_begin(s, path, NULL), 0);
	pcap_file_begin(&c, s, &trouble);
	while (pcap_next_ex(p, &h, &bytes) == 1) {
		CU_ASSERT_FATAL(pcap_file_next(&c, &packet));
		CU_ASSERT_EQUAL(packet.t,
		    (int64_t)h->ts.tv_sec * 1000000000 + h->ts.tv_usec);
		CU_ASSERT_EQUAL(packet.length, h->len);
		CU_ASSERT_EQUAL_FATAL(packet.data.n, h->caplen);
		CU_ASSERT_EQUAL(memcmp(packet.data.p, bytes, h->caplen), 0);
	}
	CU_ASSERT(!pcap_file_next(&c, &packet));
	CU_ASSERT_EQUAL(trouble.err, 0);
	pcap_file_end(&c);
	source_close(s);
	pcap_close(p);
}

static void
beside_libpcap(void)
{
	static const char *const names[] = { "b2bua-asterisk.pcapng",
		"auth-failure.pcapng", "t38-fax.pcap", "h263.pcap",
		"ipv6-fragments.pcap", "wireshark-sip.pcapng" };
	char path[1024];

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		snprintf(
		    path, sizeof(path), "%s/pcap/%s", check_data(), names[i]);
		if (access(path, R_OK) != 0) {
			check_skip("no captures");
			return;
		}
		as_libpcap(path);
	}
}

CHECK_MAIN("capture_hostile", { "pcapng", pcapng },
    { "lengths_that_lie", lengths_that_lie },
    { "endless_blocks", endless_blocks }, { "what_waits", what_waits },
    { "compressed", compressed }, { "errors", errors },
    { "no_memory", no_memory }, { "shortened", shortened },
    { "beside_libpcap", beside_libpcap })
