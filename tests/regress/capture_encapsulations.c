/*
 * SIP in what carries packets and messages of others: the inner addresses are
 * shown.  What has SIP inside and can't be decoded is no message between the
 * outer hosts, and is said.
 */
#include "fixtures/capture_made.h"
#include "fixtures/check.h"

#define T0 (INT64_C(1700000000) * 1000000000)

#define REQUEST                                                      \
	"OPTIONS sip:bob@biloxi.example.com SIP/2.0\r\n"             \
	"Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r\n"             \
	"From: <sip:a@a.example>;tag=1\r\nTo: <sip:b@b.example>\r\n" \
	"Call-ID: c\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n"

static void
add_hex(struct buf *b, const char *hex)
{
	unsigned v;

	for (; hex[0] != '\0'; hex += 2) {
		while (*hex == ' ')
			hex++;
		sscanf(hex, "%2x", &v);
		buf_putc(b, (char)v);
	}
}

/* What stands inside: a message, or its packets. */
enum inner { MESSAGE, PACKET, PACKET6, FRAME };

static struct buf
make_inner(enum inner inner)
{
	struct buf udp, ip;

	if (inner == MESSAGE) {
		udp = BUF_INIT;
		buf_puts(&udp, REQUEST);
		return udp;
	}
	udp = made_udp(5070, 5080, STR(REQUEST));
	ip = inner == PACKET6 ? made_ip6(1, 2, 17, &udp)
			      : made_ip4(1, 2, 17, 1, 0, &udp);
	return inner == FRAME ? made_ether(0x0800, &ip) : ip;
}

/* UDP from 192.0.2.8 to 192.0.2.9, port PORT, with HEAD and INNER. */
static struct buf
make_file(int port, const char *head, enum inner inner)
{
	struct buf b = BUF_INIT, in = make_inner(inner), all = BUF_INIT, udp;
	struct buf ip;

	add_hex(&all, head);
	buf_str(&all, buf_view(&in));
	udp = made_udp(40000, port, buf_view(&all));
	ip = made_ip4(8, 9, 17, 1, 0, &udp);
	made_file(&b, 101);
	made_packet(&b, T0, &ip);
	buf_free(&in);
	buf_free(&all);
	return b;
}

static const struct row {
	int port;
	const char *head;
	enum inner inner;
} rows[] = {
	/* GTP-U: plain; with a sequence; with an extension head of QoS */
	{ 2152, "30ff 0000 00000001", PACKET },
	{ 2152, "30ff 0000 00000001", PACKET6 },
	{ 2152, "32ff 0000 00000001 0001 00 00", PACKET },
	{ 2152, "34ff 0000 00000001 0000 00 85 01 00 09 00", PACKET },
	/* VXLAN, also on the port of old Linux */
	{ 4789, "0800 0000 00000700", FRAME },
	{ 8472, "0800 0000 00000700", FRAME },
	/* GENEVE: a frame; an option before a packet */
	{ 6081, "0000 6558 00000700", FRAME },
	{ 6081, "0200 0800 00000700 0102030401020304", PACKET },
	/* TZSP: end at once; padding and a field before it */
	{ 37008, "01 00 0001 01", FRAME },
	{ 37008, "01 00 0001 00 0a01ff 01", FRAME },
	{ 4754, "0000 0800", PACKET },
	/* HEP 1, 2 and 3 */
	{ 9060, "01 10 02 11 13ce 13d8 c0000201 c0000202", MESSAGE },
	{ 9060,
	    "02 1c 02 11 13ce 13d8 c0000201 c0000202 "
	    "00000000 00000000 07000000",
	    MESSAGE },
	{ 9063,
	    "01 28 0a 11 13ce 13d8 20010db8000000000000000000000001 "
	    "20010db8000000000000000000000002",
	    MESSAGE },
};

/* GTP's length, which make_file does not know. */
static void
set_gtp_length(struct buf *b)
{
	size_t at = 24 + 16 + 20 + 8, n = b->n - at - 8;

	b->p[at + 2] = (char)(n >> 8);
	b->p[at + 3] = (char)n;
}

static void
expect_inner(const struct buf *b, int transport)
{
	struct capture *c = made_open(b);
	struct capture_message m;
	LOCAL_BUF scratch = BUF_INIT;

	CU_ASSERT_PTR_NOT_NULL_FATAL(c);
	CU_ASSERT_EQUAL(capture_count(c), 1);
	if (capture_count(c) == 1) {
		capture_get(c, 0, &m, &scratch);
		CU_ASSERT(str_is(m.bytes, REQUEST));
		CU_ASSERT_EQUAL(m.src.ip[m.src.len - 1], 1);
		CU_ASSERT_EQUAL(m.dst.ip[m.dst.len - 1], 2);
		CU_ASSERT_EQUAL(m.src.port, 5070);
		CU_ASSERT_EQUAL(m.dst.port, 5080);
		CU_ASSERT_EQUAL(m.src.transport, transport);
	}
	CU_ASSERT_PTR_NULL(capture_loss(c, 0));
	capture_close(c);
}

static void
tunnels(void)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf b =
		    make_file(rows[i].port, rows[i].head, rows[i].inner);

		if (rows[i].port == 2152)
			set_gtp_length(&b);
		expect_inner(&b, ADDR_UDP);
		buf_free(&b);
	}
}

static void
chunk(struct buf *b, int type, const char *hex, struct str bytes)
{
	LOCAL_BUF value = BUF_INIT;

	add_hex(&value, hex);
	buf_str(&value, bytes);
	made_be(b, 0, 2);
	made_be(b, (uint64_t)type, 2);
	made_be(b, 6 + value.n, 2);
	buf_str(b, buf_view(&value));
}

/* A packet of HEP3 with the message, which went by PROTO (hexadecimal). */
static struct buf
make_hep3(const char *proto, const char *kind)
{
	struct buf b = BUF_INIT, chunks = BUF_INIT;

	chunk(&chunks, 1, "02", STR_NULL);
	chunk(&chunks, 2, proto, STR_NULL);
	chunk(&chunks, 3, "c0000201", STR_NULL);
	chunk(&chunks, 4, "c0000202", STR_NULL);
	chunk(&chunks, 7, "13ce", STR_NULL);
	chunk(&chunks, 8, "13d8", STR_NULL);
	chunk(&chunks, 11, kind, STR_NULL);
	chunk(&chunks, 12, "000007d1", STR_NULL);
	chunk(&chunks, 15, "", STR(REQUEST));
	chunk(&chunks, 17, "", STR("c"));
	buf_puts(&b, "HEP3");
	made_be(&b, 6 + chunks.n, 2);
	buf_str(&b, buf_view(&chunks));
	buf_free(&chunks);
	return b;
}

static struct buf
hep3_file(const char *proto, const char *kind)
{
	struct buf b = BUF_INIT, hep = make_hep3(proto, kind), udp, ip;

	udp = made_udp(40000, 9060, buf_view(&hep));
	ip = made_ip4(8, 9, 17, 1, 0, &udp);
	made_file(&b, 101);
	made_packet(&b, T0, &ip);
	buf_free(&hep);
	return b;
}

static void
hep3(void)
{
	struct buf b = hep3_file("11", "01");
	struct capture *c;

	expect_inner(&b, ADDR_UDP);
	buf_free(&b);
	b = hep3_file("06", "01");
	expect_inner(&b, ADDR_TCP);
	buf_free(&b);
	/* A log line, not SIP. */
	b = hep3_file("11", "64");
	c = made_open(&b);
	CU_ASSERT_PTR_NOT_NULL_FATAL(c);
	CU_ASSERT_EQUAL(capture_count(c), 0);
	capture_close(c);
	buf_free(&b);
}

/* Link type 252, as Wireshark's "Export PDUs" writes it. */
static void
exported(void)
{
	static const struct {
		const char *tags;
		int transport;
	} kinds[] = {
		{ "000c0004 73697000 00140004 c0000201 00150004 c0000202 "
		  "00180004 00000003 00190004 000013ce 001a0004 000013d8 "
		  "001e0004 00000001 00000000",
		    ADDR_UDP },
		{ "000c0004 73697000 "
		  "00160010 20010db8000000000000000000000001 "
		  "00170010 20010db8000000000000000000000002 "
		  "00180004 00000002 00190004 000013ce 001a0004 000013d8 "
		  "00000000",
		    ADDR_TCP },
	};

	for (size_t i = 0; i < 2; i++) {
		struct buf b = BUF_INIT, frame = BUF_INIT;

		add_hex(&frame, kinds[i].tags);
		buf_puts(&frame, REQUEST);
		made_file(&b, 252);
		made_packet(&b, T0, &frame);
		expect_inner(&b, kinds[i].transport);
		buf_free(&b);
	}
}

/* Heads of nothing that is known. */
static void
inside(void)
{
	static const struct {
		int port;
		const char *head;
	} others[] = { { 7777, "0102030405060708" }, { 4789, "00000001" },
		{ 5060, "80000001000000020000000300000004" } };
	const char *loss;

	for (size_t i = 0; i < 3; i++) {
		struct buf b =
		    make_file(others[i].port, others[i].head, MESSAGE);
		struct capture *c = made_open(&b);

		CU_ASSERT_PTR_NOT_NULL_FATAL(c);
		CU_ASSERT_EQUAL(capture_count(c), 0);
		loss = capture_loss(c, 0);
		CU_ASSERT_PTR_NOT_NULL_FATAL(loss);
		CU_ASSERT(str_find(str_of(loss), "can't be decoded") >= 0);
		capture_close(c);
		buf_free(&b);
	}
	/* Empty lines before it are nothing. */
	for (size_t i = 0; i < 2; i++) {
		struct buf b =
		    make_file(5060, i == 0 ? "0d0a0d0a" : "00000000", MESSAGE);
		struct capture *c = made_open(&b);

		CU_ASSERT_PTR_NOT_NULL_FATAL(c);
		CU_ASSERT_EQUAL(capture_count(c), 1);
		capture_close(c);
		buf_free(&b);
	}
}

/* Each of them cut at each byte: read or refused. */
static void
torn(void)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]) + 1; i++) {
		struct buf in = BUF_INIT, udp, ip, file;
		struct capture *c;

		if (i > 0)
			add_hex(&in, rows[i - 1].head);
		else
			in = make_hep3("11", "01");
		file = BUF_INIT;
		made_file(&file, 101);
		for (size_t n = 0; n <= in.n; n++) {
			udp = made_udp(40000, i > 0 ? rows[i - 1].port : 9060,
			    str_slice(buf_view(&in), 0, n));
			ip = made_ip4(8, 9, 17, 1, 0, &udp);
			made_packet(&file, T0, &ip);
		}
		c = made_open(&file);
		CU_ASSERT_PTR_NOT_NULL_FATAL(c);
		CU_ASSERT_EQUAL(capture_count(c), i == 0 ? 1 : 0);
		capture_close(c);
		buf_free(&in);
		buf_free(&file);
	}
}

/* A method is any token (RFC 3261 25.1), and is not cut where it is long. */
static void
long_methods(void)
{
	for (size_t n = 30; n <= 8192; n += n + 15) {
		struct buf b = BUF_INIT, text = BUF_INIT, udp, ip;
		struct capture_message m;
		struct buf scratch = BUF_INIT;
		struct capture *c;

		buf_fill(&text, 'M', n);
		buf_puts(&text, strchr(REQUEST, ' '));
		udp = made_udp(5070, 5080, buf_view(&text));
		ip = made_ip4(1, 2, 17, 1, 0, &udp);
		made_file(&b, 101);
		made_packet(&b, T0, &ip);
		c = made_open(&b);
		CU_ASSERT_PTR_NOT_NULL_FATAL(c);
		CU_ASSERT_EQUAL_FATAL(capture_count(c), 1);
		capture_get(c, 0, &m, &scratch);
		CU_ASSERT(str_eq(m.bytes, buf_view(&text)));
		capture_close(c);
		buf_free(&b);
		buf_free(&text);
		buf_free(&scratch);
	}
}

#define MACS   "020000000001 020000000002 "
#define LLC    "aaaa03 000000 0800"
#define WIFI   "020000000001 020000000002 020000000003 0000"
#define HEP(n) "48455033 00" n "0000 0003 000a c0000201 0000 0004 000a c0000202"

/* HEAD and what is INNER, over link layer LINK. */
static struct buf
make_link(uint32_t link, const char *head, enum inner inner)
{
	struct buf b = BUF_INIT, in = make_inner(inner), all = BUF_INIT;

	add_hex(&all, head);
	buf_str(&all, buf_view(&in));
	made_file(&b, link);
	made_packet(&b, T0, &all);
	buf_free(&in);
	return b;
}

/* Link layers and labels, and L2TP of version 2. */
static void
layers(void)
{
	static const struct {
		uint32_t link; /* 0: UDP to port 1701 */
		const char *head;
		enum inner inner;
	} known[] = {
		/* 802.3 with LLC and SNAP, also behind a VLAN */
		{ 1, MACS "0200" LLC, PACKET },
		{ 1, MACS "8100 0007 0200" LLC, PACKET },
		/* 802.1ah, in a backbone's VLAN or none */
		{ 1, MACS "88e7 00000700", FRAME },
		{ 1, MACS "88a8 0007 88e7 00000700", FRAME },
		/* MPLS pseudo-wires: with a control word, and without */
		{ 1, MACS "8847 00001140 00000000", FRAME },
		{ 1, MACS "8847 00001140", FRAME },
		{ 1, MACS "8847 00001140 00000000" MACS "0800", PACKET },
		{ 1, MACS "8847 00001140 000000000001 000000000002 0800",
		    PACKET },
		/* 802.11: plain, QoS, between access points; radiotap */
		{ 105, "0801 0000" WIFI LLC, PACKET },
		{ 105, "8802 0000" WIFI "0000" LLC, PACKET },
		{ 105, "8803 0000" WIFI "020000000004 0000" LLC, PACKET },
		{ 105, "8881 0000" WIFI "0000 00000000" LLC, PACKET },
		{ 127, "0000 0a00 00000000 0000 0801 0000" WIFI LLC, PACKET },
		/* L2TP: plain; length and sequence; an offset */
		{ 0, "0002 00010002 ff03 0021", PACKET },
		{ 0, "4802 0000 00010002 00000001 0021", PACKET },
		{ 0, "0202 00010002 0002 ffff ff03 0021", PACKET },
	};
	struct buf b;

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		b = known[i].link != 0
			? make_link(
			      known[i].link, known[i].head, known[i].inner)
			: make_file(1701, known[i].head, known[i].inner);
		expect_inner(&b, ADDR_UDP);
		buf_free(&b);
	}
}

/* A packet of netfilter's log, and one of UDP-Lite, whose length is that of
 * what the checksum covers. */
static void
with_lengths(void)
{
	struct buf b = BUF_INIT, in = make_inner(PACKET), all = BUF_INIT;

	add_hex(&all, "02000000 0800 0a00 01020304 0500 0b00 41 000000");
	made_le(&all, in.n + 4, 2);
	made_le(&all, 9, 2);
	buf_str(&all, buf_view(&in));
	made_file(&b, 239);
	made_packet(&b, T0, &all);
	expect_inner(&b, ADDR_UDP);
	buf_free(&b);
	b = BUF_INIT;
	in.p[9] = (char)136;
	in.p[24] = 0;
	in.p[25] = 8;
	made_file(&b, 101);
	made_packet(&b, T0, &in);
	expect_inner(&b, ADDR_UDP);
	buf_free(&b);
}

/* What is not read says what it is. */
static void
unread(void)
{
	static const struct {
		uint32_t link; /* or a port of UDP */
		bool port;
		const char *head;
		const char *says;
	} others[] = {
		{ 101, false,
		    "45000100 00010000 40840000 c0000201 c0000202 13ce13d8"
		    "00000001 00000000 00030014 00000001 00000000 00000000",
		    "over SCTP are not readable" },
		{ 101, false,
		    "45000100 00010000 40320000 c0000201 c0000202 00000001",
		    "ESP" },
		{ 101, false,
		    "45000100 00010000 40730000 c0000201 c0000202 00000001",
		    "L2TP" },
		{ 101, false, "45000100 00010000 40630000 c0000201 c0000202",
		    "a protocol that is not read" },
		{ 1, false, MACS "9999", "a protocol that is not read" },
		{ 105, false, "0841 0000" WIFI, "encrypted" },
		{ 1701, true, "0003 0000 00000001", "L2TP" },
		{ 9060, true, HEP("26") "0000 0010 000c 789c03000000",
		    "compressed" },
	};
	const char *loss;

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		struct buf b = others[i].port ? make_file((int)others[i].link,
						    others[i].head, MESSAGE)
					      : make_link(others[i].link,
						    others[i].head, MESSAGE);
		struct capture *c = made_open(&b);

		CU_ASSERT_PTR_NOT_NULL_FATAL(c);
		CU_ASSERT_EQUAL(capture_count(c), 0);
		loss = capture_loss(c, 0);
		CU_ASSERT_PTR_NOT_NULL_FATAL(loss);
		CU_ASSERT(str_find(str_of(loss), others[i].says) >= 0);
		CU_ASSERT_PTR_NULL(capture_loss(c, 1));
		capture_close(c);
		buf_free(&b);
	}
}

CHECK_MAIN("capture_encapsulations", { "tunnels", tunnels }, { "HEP3", hep3 },
    { "exported PDUs", exported }, { "SIP inside of something", inside },
    { "heads that are cut", torn }, { "long methods", long_methods },
    { "layers", layers }, { "layers with lengths", with_lengths },
    { "what is not read", unread })
