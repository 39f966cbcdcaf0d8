/*
 * Messages of the DNS to the byte, what is refused of them, and what tshark
 * reads in what is written.
 */
#include "fixtures/check.h"

#include "base/err.h"
#include "base/mem.h"
#include "fixtures/capture_made.h"
#include "dns/zone.h"
#include "dns_names.h"

#include <string.h>

/* ---- helpers ---- */

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
	LOCAL_BUF want = BUF_INIT;
	bool same;

	put_hex(hex, &want);
	same = str_eq(bytes, buf_view(&want));
	if (!same)
		for (size_t i = 0; i < bytes.n; i++)
			printf("%02x", (uint8_t)bytes.p[i]);
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
	LOCAL_BUF bytes = BUF_INIT;
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
}

static enum dns_fault
fault_of(const char *hex)
{
	LOCAL_BUF bytes = BUF_INIT;
	struct dns_message m = DNS_MESSAGE_INIT;
	enum dns_fault fault;
	int err;

	put_hex(hex, &bytes);
	err = dns_message_read(buf_view(&bytes), &m, &fault);
	CU_ASSERT_EQUAL(err == 0, fault == DNS_FAULT_NONE);
	dns_message_free(&m);
	return fault;
}

/* ---- messages ---- */

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
	LOCAL_BUF bytes = BUF_INIT;

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
}

/* Each name is a label before the one of the record above. */
static void
chained_names_end_at_255_bytes(void)
{
	LOCAL_BUF bytes = BUF_INIT;
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
}

/* RFC 2181 9: additional records go first; where answers have no room, TC. */
static void
what_does_not_fit_is_cut(void)
{
	struct dns_zone *z = zone_of(zone_text);
	LOCAL_BUF out = BUF_INIT;
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
	dns_zone_destroy(z);
}

static void
upper_bits_of_rcodes_are_in_the_opt(void)
{
	struct dns_message m = DNS_MESSAGE_INIT, back = DNS_MESSAGE_INIT;
	LOCAL_BUF out = BUF_INIT;
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
}

/* ---- a second reader ---- */

/* HEX read, written again, and put into a packet of B. */
static void
put_packet(const char *hex, struct buf *b)
{
	struct buf bytes = BUF_INIT, out = BUF_INIT, frame;
	struct dns_message m = DNS_MESSAGE_INIT;
	enum dns_fault fault;

	put_hex(hex, &bytes);
	CU_ASSERT_EQUAL(dns_message_read(buf_view(&bytes), &m, &fault), 0);
	CU_ASSERT_EQUAL(dns_message_write(&m, DNS_UDP_MAX, &out), 0);
	frame = made_udp(53, 53, buf_view(&out));
	frame = made_ip4(1, 2, 17, 1, 0, &frame);
	frame = made_ether(0x800, &frame);
	made_packet(b, 0, &frame);
	dns_message_free(&m);
	buf_free(&bytes);
	buf_free(&out);
}

static void
tshark_reads_them(void)
{
	static const struct {
		const char *hex, *said;
	} rows[] = {
		{ srv_query, "|_sip._udp.example.com||||\n" },
		{ srv_response, "0|_sip._udp.example.com|sip1.example.com,"
				"sip2.example.com|192.0.2.11,192.0.2.12||\n" },
		{ a_response, "0|sip1.example.com||192.0.2.11||\n" },
		{ nxdomain, "3|nohost.example.com|||ns1.example.com|\n" },
		{ nodata, "0|sip1.example.com|||ns1.example.com|\n" },
	};
	char path[64], command[400], line[200];
	LOCAL_BUF b = BUF_INIT;
	FILE *f;

	if (system("command -v tshark > /dev/null 2>&1") != 0) {
		check_skip("no tshark");
		return;
	}
	made_file(&b, 1);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		put_packet(rows[i].hex, &b);
	CU_ASSERT_EQUAL_FATAL(made_write(&b, path), 0);
	snprintf(command, sizeof(command),
	    "tshark -n -r %s -T fields -E separator='|' -e dns.flags.rcode -e "
	    "dns.qry.name -e dns.srv.target -e dns.a -e dns.soa.mname -e "
	    "_ws.expert.message 2> /dev/null",
	    path);
	f = popen(command, "r");
	CU_ASSERT_PTR_NOT_NULL_FATAL(f);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *want = rows[i].said;
		char *hit = fgets(line, sizeof(line), f);

		CU_ASSERT_PTR_NOT_NULL_FATAL(hit);
		/* tshark notes that a query has no answer: not a fault. */
		if (strncmp(line, want, strlen(want) - 1) != 0)
			printf("%s instead of %s", line, want);
		CU_ASSERT_EQUAL(strncmp(line, want, strlen(want) - 1), 0);
		CU_ASSERT_PTR_NULL(strstr(line, "Malformed"));
	}
	pclose(f);
	unlink(path);
}

static void
messages_are_read_or_memory_is_out(void)
{
	LOCAL_BUF bytes = BUF_INIT;
	int err = ERR_NOMEM;

	put_hex(srv_response, &bytes);
	for (unsigned long n = 1; err == ERR_NOMEM && n < 100; n++) {
		struct dns_message m = DNS_MESSAGE_INIT;
		enum dns_fault fault;

		mem_fail_only(n);
		err = dns_message_read(buf_view(&bytes), &m, &fault);
		mem_fail_only(0);
		dns_message_free(&m);
	}
	CU_ASSERT_EQUAL(err, 0);
}

CHECK_MAIN("dns", { "messages come back", messages_come_back },
    { "bad messages have their fault", bad_messages_have_their_fault },
    { "cut messages are short", cut_messages_are_short },
    { "messages are read, or memory is out",
	messages_are_read_or_memory_is_out },
    { "chained names end at 255 bytes", chained_names_end_at_255_bytes },
    { "what does not fit is cut", what_does_not_fit_is_cut },
    { "upper bits of rcodes are in the OPT",
	upper_bits_of_rcodes_are_in_the_opt },
    { "tshark reads them", tshark_reads_them })
