/*
 * The codec of the DNS: messages to the byte, what is refused, names, the order
 * in which records are tried (RFC 2782), ENUM; and what tshark reads in what is
 * written.
 */
#include "check.h"

#include "base/err.h"
#include "base/mem.h"
#include "dns/e164.h"
#include "dns/order.h"
#include "dns/zone.h"

#include <string.h>
#include <unistd.h>

/* ---- helpers ---- */

static struct dns_name
name_of(const char *text)
{
	struct dns_name name = dns_root;

	CU_ASSERT_EQUAL(dns_name_read(str_of(text), NULL, &name), 0);
	return name;
}

static void
put_hex(const char *hex, struct buf *out)
{
	uint64_t byte;

	for (; *hex != '\0'; hex += 2) {
		while (*hex == ' ')
			hex++;
		CU_ASSERT_EQUAL_FATAL(
		    str_hex((struct str){ hex, 2 }, 2, &byte), 0);
		buf_putc(out, (char)byte);
	}
}

static bool
is_hex(struct str bytes, const char *hex)
{
	struct buf want = BUF_INIT;
	bool same;

	put_hex(hex, &want);
	same = str_eq(bytes, buf_view(&want));
	if (!same)
		for (size_t i = 0; i < bytes.n; i++)
			printf("%02x", (uint8_t)bytes.p[i]);
	buf_free(&want);
	return same;
}

static const char srv_query[] =
    "1a2b01000001000000000001045f736970045f756470076578616d706c6503636f6d"
    "000021000100002904d0000000000000";
static const char srv_response[] =
    "1a2b85000001000200000003045f736970045f756470076578616d706c6503636f6d"
    "0000210001c00c002100010000012c0018000a003c13c40473697031076578616d70"
    "6c6503636f6d00c00c002100010000012c0018000a001413c4047369703207657861"
    "6d706c6503636f6d00c039000100010000012c0004c000020bc05d00010001000001"
    "2c0004c000020c00002904d0000000000000";
static const char a_query[] =
    "0004010000010000000000000473697031076578616d706c6503636f6d0000010001";
static const char a_response[] =
    "0004850000010001000000000473697031076578616d706c6503636f6d0000010001"
    "c00c000100010000012c0004c000020b";
static const char nxdomain[] =
    "000285030001000000010001066e6f686f7374076578616d706c6503636f6d000001"
    "0001c0130006000100000e100027036e7331c0130a686f73746d6173746572c01378"
    "c275f500001c2000000384001275000000012c00002904d0000000000000";
static const char nodata[] =
    "0003850000010000000100010473697031076578616d706c6503636f6d00001c0001"
    "c0110006000100000e100027036e7331c0110a686f73746d6173746572c01178c275"
    "f500001c2000000384001275000000012c00002904d0000000000000";

/* The zone that these are of. */
static const char zone_text[] =
    "$ORIGIN example.com.\n$TTL 300\n"
    "@ 3600 IN SOA ns1 hostmaster 2026010101 7200 900 1209600 300\n"
    "_sip._udp SRV 10 60 5060 sip1\n"
    "          SRV 10 20 5060 sip2\n"
    "sip1 A 192.0.2.11\n"
    "sip2 A 192.0.2.12\n";

static struct dns_zone *
zone_of(const char *text)
{
	struct dns_zone *z = NULL;
	struct diag d = DIAG_INIT;

	CU_ASSERT_EQUAL_FATAL(
	    dns_zone_read(&z, str_of(text), "zone", NULL, &d), 0);
	return z;
}

/* The question HEX, answered by Z in LIMIT bytes, into OUT. */
static void
answer(const struct dns_zone *z, const char *hex, size_t limit, struct buf *out)
{
	struct buf bytes = BUF_INIT;
	struct dns_message m = DNS_MESSAGE_INIT;
	enum dns_fault fault;

	put_hex(hex, &bytes);
	CU_ASSERT_EQUAL_FATAL(
	    dns_message_read(buf_view(&bytes), &m, &fault), 0);
	m.response = true;
	if (m.edns)
		m.udp_size = DNS_EDNS_SIZE;
	CU_ASSERT_EQUAL(dns_zone_answer(z, &m), 0);
	CU_ASSERT_EQUAL(dns_message_write(&m, limit, out), 0);
	dns_message_free(&m);
	buf_free(&bytes);
}

static enum dns_fault
fault_of(const char *hex)
{
	struct buf bytes = BUF_INIT;
	struct dns_message m = DNS_MESSAGE_INIT;
	enum dns_fault fault;
	int err;

	put_hex(hex, &bytes);
	err = dns_message_read(buf_view(&bytes), &m, &fault);
	CU_ASSERT_EQUAL(err == 0, fault == DNS_FAULT_NONE);
	dns_message_free(&m);
	buf_free(&bytes);
	return fault;
}

/* ---- messages ---- */

static void
queries_are_written_to_the_byte(void)
{
	struct dns_message m = DNS_MESSAGE_INIT;
	struct buf out = BUF_INIT;

	m.id = 0x1a2b;
	m.recursion_desired = m.has_question = m.edns = true;
	m.udp_size = DNS_EDNS_SIZE;
	m.question = name_of("_sip._udp.example.com.");
	m.type = DNS_TYPE_SRV;
	CU_ASSERT_EQUAL(dns_message_write(&m, DNS_UDP_MAX, &out), 0);
	CU_ASSERT_EQUAL(out.n, 50);
	CU_ASSERT(is_hex(buf_view(&out), srv_query));
	buf_free(&out);
}

static void
answers_are_written_to_the_byte(void)
{
	static const struct {
		const char *query, *want;
		size_t size;
	} rows[] = {
		{ srv_query, srv_response, 154 },
		{ a_query, a_response, 50 },
		{ "000201000001000000000001066e6f686f7374076578616d706c6503"
		  "636f6d000001000100002904d0000000000000",
		    nxdomain, 98 },
		{ "0003010000010000000000010473697031076578616d706c6503636f"
		  "6d00001c000100002904d0000000000000",
		    nodata, 96 },
	};
	struct dns_zone *z = zone_of(zone_text);

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf out = BUF_INIT, want = BUF_INIT;
		ptrdiff_t soa;

		answer(z, rows[i].query, DNS_UDP_MAX, &out);
		CU_ASSERT_EQUAL(out.n, rows[i].size);
		put_hex(rows[i].want, &want);
		/* RFC 2308 3: a negative answer's SOA has the minimum as its
		 * TTL, 300 and not 3600. */
		soa = str_find(buf_view(&want), "\x0e\x10");
		CU_ASSERT_EQUAL(soa >= 0, i > 1);
		if (soa >= 0)
			memcpy(want.p + soa, "\x01\x2c", 2);
		CU_ASSERT(str_eq(buf_view(&out), buf_view(&want)));
		buf_free(&want);
		buf_free(&out);
	}
	dns_zone_destroy(z);
}

/* What is read comes back as it was, where it was as we write. */
static void
messages_come_back(void)
{
	static const char *const all[] = { srv_query, srv_response, a_query,
		a_response, nxdomain, nodata };

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		struct buf bytes = BUF_INIT, out = BUF_INIT;
		struct dns_message m = DNS_MESSAGE_INIT;
		enum dns_fault fault;

		put_hex(all[i], &bytes);
		CU_ASSERT_EQUAL(
		    dns_message_read(buf_view(&bytes), &m, &fault), 0);
		CU_ASSERT_EQUAL(dns_message_write(&m, DNS_UDP_MAX, &out), 0);
		CU_ASSERT(is_hex(buf_view(&out), all[i]));
		dns_message_free(&m);
		buf_free(&bytes);
		buf_free(&out);
	}
}

static void
naptr_targets_are_written_out(void)
{
	struct dns_zone *z =
	    zone_of("$ORIGIN example.com.\n$TTL 300\n"
		    "@ SOA ns1 hostmaster 1 2 3 4 5\n"
		    "@ NAPTR 50 50 \"s\" \"SIPS+D2T\" \"\" _sips._tcp\n"
		    "@ NAPTR 90 50 \"s\" \"SIP+D2T\" \"\" _sip._tcp\n"
		    "@ NAPTR 100 50 \"s\" \"SIP+D2U\" \"\" _sip._udp\n");
	struct buf out = BUF_INIT;
	struct dns_message m = DNS_MESSAGE_INIT;
	struct dns_naptr naptr;
	enum dns_fault fault;

	answer(z,
	    "000101000001000000000001076578616d706c6503636f6d0000230001"
	    "00002904d0000000000000",
	    DNS_UDP_MAX, &out);
	CU_ASSERT_EQUAL(out.n, 192);
	CU_ASSERT_EQUAL_FATAL(dns_message_read(buf_view(&out), &m, &fault), 0);
	CU_ASSERT_EQUAL_FATAL(m.counts[DNS_ANSWER], 3);
	CU_ASSERT_EQUAL(dns_record_naptr(&m.records[2], &naptr), 0);
	CU_ASSERT(str_is(naptr.service, "SIP+D2U"));
	CU_ASSERT_EQUAL(naptr.order, 100);
	dns_message_free(&m);
	buf_free(&out);
	dns_zone_destroy(z);
}

/* As some servers do (dnspython's): the target of the first is a pointer. */
static void
compressed_targets_are_read(void)
{
	struct buf bytes = BUF_INIT, line = BUF_INIT;
	struct dns_message m = DNS_MESSAGE_INIT;
	enum dns_fault fault;

	put_hex("1a2b85000001000100000000045f736970045f756470076578616d706c65"
		"03636f6d0000210001c00c002100010000012c000d000a003c13c4047369"
		"7031c016",
	    &bytes);
	CU_ASSERT_EQUAL(dns_message_read(buf_view(&bytes), &m, &fault), 0);
	CU_ASSERT_EQUAL_FATAL(m.counts[DNS_ANSWER], 1);
	dns_record_write(m.records, &line);
	CU_ASSERT_STRING_EQUAL(
	    buf_cstr(&line), "SRV 10 60 5060 sip1.example.com.");
	dns_message_free(&m);
	buf_free(&line);
	buf_free(&bytes);
}

static void
bad_messages_have_their_fault(void)
{
	static const struct {
		enum dns_fault fault;
		const char *hex;
	} rows[] = {
		{ DNS_FAULT_SHORT, "" },
		{ DNS_FAULT_SHORT, "0001" },
		{ DNS_FAULT_NONE, "000101000000000000000000" },
		{ DNS_FAULT_REST, "00010100000000000000000000" },
		{ DNS_FAULT_SHORT, "000101000001000000000000" },
		/* a pointer to itself, forwards, into the header, cut */
		{ DNS_FAULT_POINTER, "000101000001000000000000c00c00010001" },
		{ DNS_FAULT_POINTER, "000101000001000000000000c01200010001" },
		{ DNS_FAULT_POINTER, "000101000001000000000000c00000010001" },
		{ DNS_FAULT_SHORT, "000101000001000000000000c0" },
		/* two names that point to each other */
		{ DNS_FAULT_POINTER,
		    "0001000000000002000000000161c00f0161c00c" },
		/* a label of a length that is none: 10 and 01 in front */
		{ DNS_FAULT_LABEL, "0001010000010000000000008061" },
		{ DNS_FAULT_LABEL, "0001010000010000000000004061" },
		{ DNS_FAULT_SHORT, "0001010000010000000000003f6162" },
		{ DNS_FAULT_QUESTIONS,
		    "000101000002000000000000000001000100000100"
		    "01" },
		/* an A of 3 and of 5 bytes, an SRV that ends in its name */
		{ DNS_FAULT_DATA, "000180000000000100000000000001000100000000"
				  "0003c00002" },
		{ DNS_FAULT_DATA, "000180000000000100000000000001000100000000"
				  "0005c000020b00" },
		{ DNS_FAULT_DATA, "000180000000000100000000000021000100000000"
				  "0008000a003c13c4016100" },
		/* a length past the message's end */
		{ DNS_FAULT_SHORT,
		    "00018000000000010000000000000100010000000000"
		    "04c000" },
		/* OPT: two, not of the root, among the answers, garbled */
		{ DNS_FAULT_OPT,
		    "00010000000000000000000200002904d0000000000000"
		    "00002904d0000000000000" },
		{ DNS_FAULT_OPT,
		    "000100000000000000000001016100002904d0000000000000" },
		{ DNS_FAULT_OPT,
		    "00010000000000010000000000002904d0000000000000" },
		{ DNS_FAULT_OPT,
		    "00010000000000000000000100002904d00000000000040001"
		    "0001" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		enum dns_fault is = fault_of(rows[i].hex);

		if (is != rows[i].fault)
			printf("%zu: %s\n", i, dns_fault_name(is));
		CU_ASSERT_EQUAL(is, rows[i].fault);
	}
	for (int i = 1; i < DNS_FAULT_COUNT; i++)
		CU_ASSERT(dns_fault_text((enum dns_fault)i)[0] != '\0');
}

/* Every beginning of a message is short, and its id is known. */
static void
cut_messages_are_short(void)
{
	struct buf bytes = BUF_INIT;

	put_hex(srv_response, &bytes);
	for (size_t n = 0; n < bytes.n; n++) {
		struct dns_message m = DNS_MESSAGE_INIT;
		enum dns_fault fault;

		CU_ASSERT_EQUAL(
		    dns_message_read((struct str){ bytes.p, n }, &m, &fault),
		    ERR_SYNTAX);
		CU_ASSERT_EQUAL(fault, DNS_FAULT_SHORT);
		CU_ASSERT_EQUAL(m.id, n >= 2 ? 0x1a2b : 0);
		dns_message_free(&m);
	}
	buf_free(&bytes);
}

/* Each name is a label before the one of the record above. */
static void
chained_names_end_at_255_bytes(void)
{
	struct buf bytes = BUF_INIT;
	size_t above = DNS_HEADER;

	put_hex(
	    "00018000000000000000000000000100018000000000040a000001", &bytes);
	for (unsigned n = 1; n <= 129; n++) {
		struct dns_message m = DNS_MESSAGE_INIT;
		enum dns_fault fault;

		bytes.p[7] = (char)n;
		(void)dns_message_read(buf_view(&bytes), &m, &fault);
		CU_ASSERT_EQUAL(
		    fault, n <= 128 ? DNS_FAULT_NONE : DNS_FAULT_NAME);
		CU_ASSERT_EQUAL(m.counts[DNS_ANSWER], n <= 128 ? n : 128);
		CU_ASSERT_EQUAL(m.records[n <= 128 ? n - 1 : 127].name.n,
		    2 * (n <= 128 ? n : 128) - 1);
		CU_ASSERT_EQUAL(m.records[0].ttl, 0x80000000);
		dns_message_free(&m);
		buf_add(&bytes, "\1a", 2);
		put_hex("c000", &bytes);
		bytes.p[bytes.n - 2] = (char)(0xc0 | above >> 8);
		bytes.p[bytes.n - 1] = (char)above;
		above = bytes.n - 4;
		put_hex("000100018000000000040a000001", &bytes);
	}
	buf_free(&bytes);
}

static void
large_messages_are_read(void)
{
	struct buf bytes = BUF_INIT, out = BUF_INIT;
	struct dns_message m = DNS_MESSAGE_INIT;
	enum dns_fault fault;

	put_hex("000180000000110e00000000", &bytes);
	for (unsigned i = 0; i < 0x110e; i++)
		put_hex("000001000180000000"
			"00040a000001",
		    &bytes);
	CU_ASSERT_EQUAL(dns_message_read(buf_view(&bytes), &m, &fault), 0);
	CU_ASSERT_EQUAL_FATAL(m.counts[DNS_ANSWER], 0x110e);
	CU_ASSERT_EQUAL(dns_message_write(&m, DNS_MAX, &out), 0);
	CU_ASSERT_EQUAL(out.n, 65502);
	CU_ASSERT(str_eq(buf_view(&out), buf_view(&bytes)));
	dns_message_free(&m);
	buf_free(&bytes);
	buf_free(&out);
}

/* RFC 2181 9: additional records go first; where answers have no room, TC. */
static void
what_does_not_fit_is_cut(void)
{
	struct dns_zone *z = zone_of(zone_text);
	struct buf out = BUF_INIT;
	struct dns_message m = DNS_MESSAGE_INIT;
	enum dns_fault fault;

	answer(z, srv_query, 153, &out);
	CU_ASSERT_EQUAL(out.n, 154 - 16);
	CU_ASSERT_EQUAL(dns_message_read(buf_view(&out), &m, &fault), 0);
	CU_ASSERT_EQUAL(m.counts[DNS_ANSWER], 2);
	CU_ASSERT_EQUAL(m.counts[DNS_ADDITIONAL], 1);
	CU_ASSERT(!m.truncated && m.edns);
	dns_message_free(&m);
	buf_clear(&out);
	answer(z, srv_query, 121, &out);
	CU_ASSERT_EQUAL(dns_message_read(buf_view(&out), &m, &fault), 0);
	CU_ASSERT_EQUAL(m.counts[DNS_ANSWER], 0);
	CU_ASSERT(m.truncated && m.edns && m.has_question);
	CU_ASSERT_EQUAL(out.n, 50);
	dns_message_free(&m);
	buf_free(&out);
	dns_zone_destroy(z);
}

static void
upper_bits_of_rcodes_are_in_the_opt(void)
{
	struct dns_message m = DNS_MESSAGE_INIT, back = DNS_MESSAGE_INIT;
	struct buf out = BUF_INIT;
	enum dns_fault fault;

	m.edns = m.response = true;
	m.rcode = DNS_BADVERS;
	m.udp_size = 4096;
	CU_ASSERT_EQUAL(dns_message_write(&m, DNS_UDP_MAX, &out), 0);
	CU_ASSERT_EQUAL(dns_message_read(buf_view(&out), &back, &fault), 0);
	CU_ASSERT_EQUAL(back.rcode, DNS_BADVERS);
	CU_ASSERT_EQUAL(back.udp_size, 4096);
	dns_message_free(&back);
	buf_clear(&out);
	dns_rcode_write(DNS_BADVERS, &out);
	dns_rcode_write(11, &out);
	dns_type_write(DNS_TYPE_NAPTR, &out);
	dns_type_write(65, &out);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&out), "BADVERSRCODE11NAPTRTYPE65");
	CU_ASSERT_EQUAL(dns_type_find(STR("srv")), DNS_TYPE_SRV);
	CU_ASSERT_EQUAL(dns_type_find(STR("TYPE65")), 65);
	CU_ASSERT_EQUAL(dns_type_find(STR("TYPE65536")), 0);
	buf_free(&out);
}

/* ---- names ---- */

static void
names_are_read_and_written(void)
{
	static const struct {
		const char *text, *want; /* NULL: refused */
	} rows[] = {
		{ "a.b.", "a.b" },
		{ "a.b", "a.b.example.com" },
		{ "@", "example.com" },
		{ ".", "." },
		{ "", NULL },
		{ "..", NULL },
		{ ".a", NULL },
		{ "a..b", NULL },
		{ "a\\.b.", "a\\.b" },
		{ "a\\\\b.", "a\\\\b" },
		{ "a\\046b.", "a\\.b" },
		{ "a\\032\\255.", "a\\032\\255" },
		{ "a\\256.", NULL },
		{ "a\\25", NULL },
		{ "a\\", NULL },
		{ "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		  "aaaa.",
		    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		    "aaaaaaa" },
		{ "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		  "aaaaa.",
		    NULL },
	};
	struct dns_name origin = name_of("example.com.");

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct dns_name name;
		struct buf out = BUF_INIT;
		int err = dns_name_read(str_of(rows[i].text), &origin, &name);

		CU_ASSERT_EQUAL(err, rows[i].want != NULL ? 0 : ERR_SYNTAX);
		if (err == 0) {
			dns_name_write(&name, &out);
			CU_ASSERT_STRING_EQUAL(buf_cstr(&out), rows[i].want);
		}
		buf_free(&out);
	}
}

/* 255 bytes with the root's: 127 labels of one byte, and no more. */
static void
names_have_255_bytes_at_most(void)
{
	struct buf text = BUF_INIT;
	struct dns_name name, longer;

	for (unsigned i = 0; i < 127; i++)
		buf_puts(&text, "a.");
	CU_ASSERT_EQUAL(dns_name_read(buf_view(&text), NULL, &name), 0);
	CU_ASSERT_EQUAL(name.n, 255);
	CU_ASSERT_EQUAL(dns_name_labels(&name), 127);
	CU_ASSERT_EQUAL(dns_name_join("b", &name, &longer), ERR_SYNTAX);
	buf_puts(&text, "a.");
	CU_ASSERT_EQUAL(
	    dns_name_read(buf_view(&text), NULL, &name), ERR_SYNTAX);
	buf_free(&text);
}

static void
names_are_compared_and_cut(void)
{
	struct dns_name com = name_of("Example.COM."), rest;
	struct dns_name sip = name_of("_sip._udp.example.com.");
	struct dns_name other = name_of("notexample.com.");
	struct addr a;
	struct buf out = BUF_INIT;

	CU_ASSERT(dns_name_is_below(&sip, &com));
	CU_ASSERT(dns_name_is_below(&com, &com));
	CU_ASSERT(!dns_name_is_below(&com, &sip));
	CU_ASSERT(!dns_name_is_below(&other, &com));
	CU_ASSERT(dns_name_is_below(&com, &dns_root));
	dns_name_cut(&sip, 2, &rest);
	CU_ASSERT(dns_name_eq(&rest, &com));
	dns_name_cut(&sip, 9, &rest);
	CU_ASSERT(dns_name_eq(&rest, &dns_root));
	CU_ASSERT_EQUAL(dns_name_join("_sip._udp", &com, &rest), 0);
	CU_ASSERT(dns_name_eq(&rest, &sip));
	CU_ASSERT_EQUAL(addr_parse(STR("192.0.2.11"), &a), 0);
	dns_name_of_addr(&a, &rest);
	dns_name_write(&rest, &out);
	buf_putc(&out, ' ');
	CU_ASSERT_EQUAL(addr_parse(STR("2001:db8::11"), &a), 0);
	dns_name_of_addr(&a, &rest);
	dns_name_write(&rest, &out);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&out),
	    "11.2.0.192.in-addr.arpa 1.1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0."
	    "0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa");
	buf_free(&out);
}

/* ---- order ---- */

/* A tree of draws: each path through it is an order, and its chance a product
 * of 1 / (most + 1). */
struct draws {
	uint64_t say[8], most[8];
	unsigned n;
};

static uint64_t
say_draw(uint64_t most, void *arg)
{
	struct draws *d = arg;

	d->most[d->n] = most;
	return d->say[d->n++];
}

static struct dns_srv
srv_of(const char *target, uint16_t priority, uint16_t weight)
{
	return (struct dns_srv){ priority, weight, 5060, name_of(target) };
}

/* The next path; false: that was the last. */
static bool
next_path(struct draws *d)
{
	while (d->n > 0 && d->say[d->n - 1] == d->most[d->n - 1])
		d->say[--d->n] = 0;
	if (d->n == 0)
		return false;
	d->say[d->n - 1]++;
	return true;
}

/* The chance that weights W, N of them, come in each order: those of weight W
 * at place P, times 4840 * 140, which all denominators divide. */
#define DENOMINATOR 677600.0

static void
odds_of(const uint16_t *w, size_t n, double odds[4][4])
{
	static const char *const names[] = { "a.", "b.", "c.", "d." };
	struct draws d = { .n = 0 };

	memset(odds, 0, 16 * sizeof(odds[0][0]));
	do {
		struct dns_srv srv[4];
		double chance = 1;

		for (size_t i = 0; i < n; i++)
			srv[i] = srv_of(names[i], 10, w[i]);
		d.n = 0;
		dns_order_srv(srv, n, say_draw, &d);
		for (unsigned i = 0; i < d.n; i++)
			chance /= (double)d.most[i] + 1;
		for (size_t place = 0; place < n; place++)
			for (size_t i = 0; i < n; i++)
				if (srv[place].weight == w[i])
					odds[place][i] += chance;
	} while (next_path(&d));
}

static void
odds_are_those_of_2782(void)
{
	static const uint16_t weights[] = { 0, 1, 3, 6 };
	static const double want[4][4] = {
		{ 61600, 61600, 184800, 369600 },
		{ 103180, 108220, 257040, 209160 },
		{ 213840, 233163, 154616, 75981 },
		{ 298980, 274617, 81144, 22859 },
	};
	double odds[4][4];

	odds_of(weights, 4, odds);
	for (size_t i = 0; i < 4; i++)
		for (size_t k = 0; k < 4; k++) {
			double off = odds[i][k] * DENOMINATOR - want[i][k];

			CU_ASSERT(off < 1e-6 && off > -1e-6);
		}
}

/* 0 may be drawn: the first listed has one chance more, unless one of weight 0
 * stands before it. */
static void
the_first_has_one_chance_more(void)
{
	static const uint16_t two[] = { 60, 20 }, three[] = { 60, 20, 0 };
	double odds[4][4];

	odds_of(two, 2, odds);
	CU_ASSERT_DOUBLE_EQUAL(odds[0][0], 61.0 / 81, 1e-12);
	odds_of(three, 3, odds);
	CU_ASSERT_DOUBLE_EQUAL(odds[0][0], 60.0 / 81, 1e-12);
	CU_ASSERT_DOUBLE_EQUAL(odds[0][2], 1.0 / 81, 1e-12);
}

static void
an_answers_order_decides_nothing(void)
{
	struct dns_srv srv[3], other[3];
	struct draws d = { .say = { 7, 1 } }, e = d;

	srv[0] = other[2] = srv_of("b.", 10, 20);
	srv[1] = other[0] = srv_of("a.", 10, 60);
	srv[2] = other[1] = srv_of("c.", 5, 0);
	dns_order_srv(srv, 3, say_draw, &d);
	dns_order_srv(other, 3, say_draw, &e);
	CU_ASSERT_EQUAL(d.n, 1);
	CU_ASSERT_EQUAL(srv[0].priority, 5);
	for (size_t i = 0; i < 3; i++)
		CU_ASSERT(dns_name_eq(&srv[i].target, &other[i].target));
}

static void
naptr_go_by_order_then_preference(void)
{
	struct dns_naptr n[3] = {
		{ 100, 50, STR("s"), STR("SIP+D2U"), STR(""), dns_root },
		{ 50, 60, STR("s"), STR("SIPS+D2T"), STR(""), dns_root },
		{ 50, 50, STR("s"), STR("SIP+D2T"), STR(""), dns_root },
	};

	dns_order_naptr(n, 3);
	CU_ASSERT(str_is(n[0].service, "SIP+D2T"));
	CU_ASSERT(str_is(n[1].service, "SIPS+D2T"));
	CU_ASSERT(str_is(n[2].service, "SIP+D2U"));
}

/* ---- ENUM ---- */

static void
numbers_are_names(void)
{
	static const char *const bad[] = { "", "+", "0044207", "+44a",
		"+1234567890123456" };
	struct dns_name name;
	struct buf out = BUF_INIT;

	CU_ASSERT_EQUAL(
	    dns_e164_name(STR("+44-(207)-946.0148"), NULL, &name), 0);
	dns_name_write(&name, &out);
	CU_ASSERT_STRING_EQUAL(
	    buf_cstr(&out), "8.4.1.0.6.4.9.7.0.2.4.4.e164.arpa");
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		CU_ASSERT_EQUAL(
		    dns_e164_name(str_of(bad[i]), NULL, &name), ERR_SYNTAX);
	buf_free(&out);
}

static void
regexps_make_uris(void)
{
	static const struct {
		const char *regexp, *want;
		int err;
	} rows[] = {
		{ "!^.*$!sip:info@example.com!", "sip:info@example.com", 0 },
		{ "!^\\+44(.*)$!sip:0\\1@example.com!",
		    "sip:02079460148@example.com", 0 },
		{ "!(44)(20|207)([0-9]{3})!\\3-\\2-\\1!", "794-20-44", 0 },
		{ "!^\\+44([^3-9]+)([0-9]*)$!\\1/\\2!", "20/79460148", 0 },
		{ "!^(\\+)?(49)?44!a\\1b\\2!", "a+b", 0 },
		{ "!^\\+4{2}2?0{1,2}7{2,}!x!", "", ERR_NOTFOUND },
		{ "!^\\+4{2}2?0{1,2}7{1,}!x!", "x", 0 },
		{ "/^x\\/|4\\/$|0148$/a\\/b/", "a/b", 0 },
		{ "!^.*$!\\1!", "", ERR_SYNTAX },
		{ "!^.*$!a\\!", "", ERR_SYNTAX },
		{ "!^(.*$!a!", "", ERR_SYNTAX },
		{ "!^.*)$!a!", "", ERR_NOTFOUND },
		{ "!^+!a!", "", ERR_SYNTAX },
		{ "!^.{2,1}!a!", "", ERR_SYNTAX },
		{ "!^.{999}!a!", "", ERR_SYNTAX },
		{ "![a!a!", "", ERR_SYNTAX },
		{ "!a!b!c!", "", ERR_SYNTAX },
		{ "!a!b", "", ERR_SYNTAX },
		{ "1a1b1", "", ERR_SYNTAX },
		{ "", "", ERR_SYNTAX },
		/* these take others for ever */
		{ "!^((.*)*)*x$!a!", "", ERR_NOTFOUND },
		{ "!(.|..|...|.*)*(.|..|.*)*x!a!", "", ERR_NOTFOUND },
		{ "!((((((.{9}){9}){9}){9}){9}){9})!a!", "", ERR_SYNTAX },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct dns_naptr n = { .regexp = str_of(rows[i].regexp) };
		struct buf out = BUF_INIT;
		int err = dns_e164_uri(&n, STR("+44-2079460148"), &out);

		if (err != rows[i].err ||
		    strcmp(buf_cstr(&out), rows[i].want) != 0)
			printf(
			    "%s: %d %s\n", rows[i].regexp, err, buf_cstr(&out));
		CU_ASSERT_EQUAL(err, rows[i].err);
		CU_ASSERT_STRING_EQUAL(buf_cstr(&out), rows[i].want);
		buf_free(&out);
	}
}

static void
services_of_enum(void)
{
	static const struct {
		const char *flags, *service;
		bool is;
	} rows[] = {
		{ "u", "E2U+sip", true },
		{ "U", "e2u+SIP", true },
		{ "u", "E2U+voice:tel+sip", true },
		{ "u", "E2U+email:mailto", false },
		{ "u", "E2U+sipx", false },
		{ "s", "E2U+sip", false },
		{ "u", "SIP+D2U", false },
		{ "", "", false },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct dns_naptr n = { .flags = str_of(rows[i].flags),
			.service = str_of(rows[i].service) };

		CU_ASSERT_EQUAL(dns_e164_is_sip(&n), rows[i].is);
	}
}

/* ---- a second reader ---- */

static void
tshark_reads_them(void)
{
	static const char *const all[] = { srv_query, srv_response, a_response,
		nxdomain, nodata };
	char path[] = "/tmp/rung-dns-XXXXXX", command[400], line[200];
	int fd;
	FILE *f;

	if (system("command -v tshark text2pcap > /dev/null 2>&1") != 0) {
		check_skip("no tshark");
		return;
	}
	fd = mkstemp(path);
	CU_ASSERT_FATAL(fd >= 0);
	f = fdopen(fd, "w");
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		struct buf bytes = BUF_INIT, out = BUF_INIT;
		struct dns_message m = DNS_MESSAGE_INIT;
		enum dns_fault fault;

		put_hex(all[i], &bytes);
		CU_ASSERT_EQUAL(
		    dns_message_read(buf_view(&bytes), &m, &fault), 0);
		CU_ASSERT_EQUAL(dns_message_write(&m, DNS_UDP_MAX, &out), 0);
		fprintf(f, "000000");
		for (size_t k = 0; k < out.n; k++)
			fprintf(f, " %02x", (uint8_t)out.p[k]);
		fprintf(f, "\n");
		dns_message_free(&m);
		buf_free(&bytes);
		buf_free(&out);
	}
	fclose(f);
	snprintf(command, sizeof(command),
	    "text2pcap -q -u 53,53 %s %s.pcap 2> /dev/null && tshark -n -r "
	    "%s.pcap -T fields -E separator='|' -e dns.flags.rcode -e "
	    "dns.qry.name -e dns.srv.target -e dns.a -e dns.soa.mname -e "
	    "_ws.expert.message 2> /dev/null; rm -f %s %s.pcap",
	    path, path, path, path, path);
	f = popen(command, "r");
	CU_ASSERT_PTR_NOT_NULL_FATAL(f);
	static const char *const want[] = {
		"|_sip._udp.example.com||||\n",
		("0|_sip._udp.example.com|sip1.example.com,sip2.example.com|"
		 "192.0.2.11,192.0.2.12||\n"),
		"0|sip1.example.com||192.0.2.11||\n",
		"3|nohost.example.com|||ns1.example.com|\n",
		"0|sip1.example.com|||ns1.example.com|\n",
	};
	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		char *hit = fgets(line, sizeof(line), f);

		CU_ASSERT_PTR_NOT_NULL_FATAL(hit);
		/* tshark notes that a query has no answer: not a fault. */
		if (strncmp(line, want[i], strlen(want[i]) - 1) != 0)
			printf("%s instead of %s", line, want[i]);
		CU_ASSERT_EQUAL(strncmp(line, want[i], strlen(want[i]) - 1), 0);
		CU_ASSERT_PTR_NULL(strstr(line, "Malformed"));
	}
	pclose(f);
}

CHECK_MAIN("dns",
    { "queries are written to the byte", queries_are_written_to_the_byte },
    { "answers are written to the byte", answers_are_written_to_the_byte },
    { "messages come back", messages_come_back },
    { "targets of NAPTR are written out", naptr_targets_are_written_out },
    { "compressed targets are read", compressed_targets_are_read },
    { "bad messages have their fault", bad_messages_have_their_fault },
    { "cut messages are short", cut_messages_are_short },
    { "chained names end at 255 bytes", chained_names_end_at_255_bytes },
    { "64 KiB are read", large_messages_are_read },
    { "what does not fit is cut", what_does_not_fit_is_cut },
    { "upper bits of rcodes are in the OPT",
	upper_bits_of_rcodes_are_in_the_opt },
    { "names are read and written", names_are_read_and_written },
    { "names have 255 bytes at most", names_have_255_bytes_at_most },
    { "names are compared and cut", names_are_compared_and_cut },
    { "odds are those of RFC 2782", odds_are_those_of_2782 },
    { "the first has one chance more", the_first_has_one_chance_more },
    { "an answer's order decides nothing", an_answers_order_decides_nothing },
    { "NAPTR go by order, then preference", naptr_go_by_order_then_preference },
    { "numbers are names", numbers_are_names },
    { "regexps make URIs", regexps_make_uris },
    { "services of ENUM", services_of_enum },
    { "tshark reads them", tshark_reads_them })
