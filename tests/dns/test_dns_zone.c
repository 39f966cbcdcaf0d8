/*
 * Zones: master files with all of their syntax, what is refused with which
 * sentence, and what a zone answers: wildcards, chains of CNAME, delegations,
 * NXDOMAIN and no data.
 */
#include "fixtures/check.h"

#include "base/err.h"
#include "base/mem.h"
#include "dns/zone.h"

#include <string.h>

static const char head[] = "$ORIGIN example.com.\n$TTL 300\n"
			   "@ SOA ns1 hostmaster 1 7200 900 1209600 60\n";

static struct dns_zone *
read_zone(const char *text, struct diag *d)
{
	struct dns_zone *z = NULL;

	*d = DIAG_INIT;
	(void)dns_zone_read(&z, str_of(text), "zone", NULL, d);
	return z;
}

/* HEAD and TEXT, which must be right. */
static struct dns_zone *
zone_of(const char *text)
{
	LOCAL_BUF all = BUF_INIT;
	struct diag d;
	struct dns_zone *z;

	buf_puts(&all, head);
	buf_puts(&all, text);
	z = read_zone(buf_cstr(&all), &d);
	if (z == NULL)
		printf("%u: %s\n", d.line, d.text);
	CU_ASSERT_PTR_NOT_NULL_FATAL(z);
	return z;
}

static struct dns_name
name_of(const char *text)
{
	struct dns_name origin, name = dns_root;

	CU_ASSERT_EQUAL(dns_name_read(STR("example.com."), NULL, &origin), 0);
	CU_ASSERT_EQUAL(dns_name_read(str_of(text), &origin, &name), 0);
	return name;
}

/* "NAME TTL TYPE DATA" of each record, a line each. */
static void
put_records(const struct dns_record *r, size_t n, struct buf *out)
{
	for (size_t i = 0; i < n; i++) {
		struct dns_name name;

		CU_ASSERT_EQUAL(dns_name_take(r[i].name, &name), 0);
		dns_name_write(&name, out);
		buf_printf(out, " %u ", (unsigned)r[i].ttl);
		dns_record_write(&r[i], out);
		buf_putc(out, '\n');
	}
}

/* What Z has of NAME, of any type, is WANT. */
static void
want_records(const struct dns_zone *z, const char *name, const char *want)
{
	struct dns_name n = name_of(name);
	const struct dns_record *r;
	LOCAL_BUF out = BUF_INIT;
	size_t count = dns_zone_get(z, &n, DNS_TYPE_ANY, &r);

	put_records(r, count, &out);
	if (strcmp(buf_cstr(&out), want) != 0)
		printf("%s", buf_cstr(&out));
	CU_ASSERT_STRING_EQUAL(buf_cstr(&out), want);
}

/* What Z says to NAME and TYPE: "NXDOMAIN aa", then the records, a line between
 * the sections. */
static void
want_answer(const struct dns_zone *z, const char *name, const char *type,
    const char *want)
{
	static const char *const marks[] = { "", "-- authority\n",
		"-- additional\n" };
	struct dns_message m = DNS_MESSAGE_INIT;
	LOCAL_BUF out = BUF_INIT;

	m.question = name_of(name);
	m.type = (uint16_t)dns_type_find(str_of(type));
	CU_ASSERT_EQUAL(dns_zone_answer(z, &m), 0);
	dns_rcode_write(m.rcode, &out);
	buf_puts(&out, m.authoritative ? " aa\n" : "\n");
	for (enum dns_section s = DNS_ANSWER; s < DNS_SECTIONS; s++) {
		if (m.counts[s] > 0)
			buf_puts(&out, marks[s]);
		put_records(dns_message_section(&m, s), m.counts[s], &out);
	}
	if (strcmp(buf_cstr(&out), want) != 0)
		printf("%s %s:\n%s", name, type, buf_cstr(&out));
	CU_ASSERT_STRING_EQUAL(buf_cstr(&out), want);
	dns_message_free(&m);
}

/* ---- master files ---- */

static void
master_files_are_read(void)
{
	struct dns_zone *z =
	    zone_of("; a comment\n"
		    "\n"
		    "   ; another, behind blanks\n"
		    "@\tIN NS ns1 ; behind a record\n"
		    "  NS ns2.example.net.\n"
		    "ns1 600 IN A 192.0.2.53\n"
		    "ns1 IN 600 AAAA 2001:db8::53\n"
		    "mail MX 10 ns1\r\n"
		    "txt TXT \"a ; b (c) \\\"d\\\"\" e\\032f \\059 \"\"\n"
		    "odd TYPE65 \\# 4 0a00 0001\n"
		    "raw A \\# 4 c000020b\n"
		    "a\\.b\\032c A 192.0.2.1\n"
		    "$ORIGIN sub\n"
		    "@ A 192.0.2.2\n"
		    "$TTL 5\n"
		    "x A 192.0.2.3\n"
		    "_sip._udp.example.com. ( SRV 10 ; priority\n"
		    "  60\n"
		    " 5060 x\n"
		    ")\n"
		    "$ORIGIN example.com.\n"
		    "@ NAPTR 50 50 \"s\" \"SIP+D2U\" \"\" _sip._udp\n"
		    "n naptr 1 2 u E2U+sip \"!^.*$!sip:\\\\1@x!\" .\n"
		    "MiXeD cname X.Sub");

	want_records(z, "@",
	    "example.com 300 SOA ns1.example.com. "
	    "hostmaster.example.com. 1 7200 900 1209600 60\n"
	    "example.com 300 NS ns1.example.com.\n"
	    "example.com 300 NS ns2.example.net.\n"
	    "example.com 5 NAPTR 50 50 \"s\" \"SIP+D2U\" \"\" "
	    "_sip._udp.example.com.\n");
	want_records(z, "ns1",
	    "ns1.example.com 600 A 192.0.2.53\n"
	    "ns1.example.com 600 AAAA 2001:db8::53\n");
	want_records(
	    z, "mail", "mail.example.com 300 MX 10 ns1.example.com.\n");
	want_records(z, "txt",
	    "txt.example.com 300 TXT \"a ; b (c) \\\"d\\\"\" \"e f\" \";\" "
	    "\"\"\n");
	want_records(z, "odd", "odd.example.com 300 TYPE65 \\# 4 0a000001\n");
	want_records(z, "raw", "raw.example.com 300 A 192.0.2.11\n");
	want_records(
	    z, "a\\.b\\032c", "a\\.b\\032c.example.com 300 A 192.0.2.1\n");
	want_records(z, "sub", "sub.example.com 300 A 192.0.2.2\n");
	want_records(z, "x.sub", "x.sub.example.com 5 A 192.0.2.3\n");
	want_records(z, "_sip._udp",
	    "_sip._udp.example.com 5 SRV 10 60 5060 x.sub.example.com.\n");
	want_records(z, "n",
	    "n.example.com 5 NAPTR 1 2 \"u\" \"E2U+sip\" "
	    "\"!^.*$!sip:\\\\1@x!\" .\n");
	want_records(
	    z, "mixed", "MiXeD.example.com 5 CNAME X.Sub.example.com.\n");
	dns_zone_destroy(z);
}

static void
bad_master_files_are_refused(void)
{
	static const struct {
		const char *text; /* behind HEAD where it has no SOA */
		unsigned line;
		const char *why;
	} rows[] = {
		{ "a A 192.0.2.1 (\n", 4, "“(” without “)”" },
		{ "a A 192.0.2.1 )\n", 4, "“)” without “(”" },
		{ "a TXT \"b\nc\"\n", 4,
		    "a quoted text must end on the same line" },
		{ "a TXT \"b", 4, "a quoted text has no closing quote" },
		{ "\na A 192.0.2.256", 5,
		    "“192.0.2.256” is not an IPv4 address" },
		{ "a A 192.0.2.1:53", 4,
		    "“192.0.2.1:53” is not an IPv4 address" },
		{ "a AAAA [2001:db8::1]", 4,
		    "“[2001:db8::1]” is not an IPv6 address" },
		{ "a AAAA 192.0.2.1", 4, "“192.0.2.1” is not an IPv6 address" },
		{ "a A", 4, "an address is missing" },
		{ "a A 192.0.2.1 192.0.2.2", 4,
		    "“192.0.2.2” is one word too many" },
		{ "a SRV 10 60 65536 b", 4,
		    "“65536” is not a number of 16 bits" },
		{ "a SRV 10 60", 4, "a number is missing" },
		{ "a CNAME b..c", 4, "“b..c” is not a domain name" },
		{ "a TXT b\\25", 4, "“b\\25” contains an invalid escape" },
		{ "a TXT b\\256", 4, "“b\\256” contains an invalid escape" },
		{ "a 1h A 192.0.2.1", 4,
		    "“1h” is not a TTL; write a number of seconds (RFC 1035 "
		    "5.1)" },
		{ "$TTL 1d", 4,
		    "“1d” is not a TTL; write a number of seconds (RFC 1035 "
		    "5.1)" },
		{ "a 2147483648 A 192.0.2.1", 4,
		    "“2147483648” is too long for a TTL; the maximum is "
		    "2147483647 (RFC 2181 8)" },
		{ "a CH A 192.0.2.1", 4,
		    "class CH is not supported; only IN is" },
		{ "a", 4, "a type is missing" },
		{ "a AX b", 4, "“AX” is not a record type" },
		{ "a OPT b", 4, "“OPT” is not a record type" },
		{ "a TYPE65 b", 4,
		    "rung does not know the data of TYPE65; write them after "
		    "\\#" },
		{ "a TYPE65 \\# 3 0102", 4,
		    "the length says 3 bytes, but there are 2" },
		{ "a TYPE65 \\# 1 0g", 4,
		    "“0g” is not a series of bytes in hexadecimal digits" },
		{ "a A \\# 3 010203", 4,
		    "the data do not have the form of that type" },
		{ "a.example.net. A 192.0.2.1", 4,
		    "a.example.net is not in the zone" },
		{ "@ SOA a b 1 2 3 4 5", 4, "a zone must have only one SOA" },
		{ "a CNAME b\na A 192.0.2.1", 5,
		    "a.example.com has a CNAME and other data" },
		{ "a A 192.0.2.1\na CNAME b", 5,
		    "a.example.com has a CNAME and other data" },
		{ "a CNAME b\na CNAME c", 5,
		    "a.example.com has a CNAME and other data" },
		{ "$INCLUDE other", 4, "$INCLUDE is not supported" },
		{ "$GENERATE 1-2 a A 1", 4,
		    "“$GENERATE” is not supported; only $ORIGIN and $TTL are" },
		{ "$TTL", 4, "a TTL is missing" },
	};
	static const struct {
		const char *text;
		const char *why;
	} whole[] = {
		{ "", "a zone must begin with its SOA" },
		{ "example.com. 5 A 192.0.2.1",
		    "a zone must begin with its SOA" },
		{ " SOA a. b. 1 2 3 4 5", "the first record has no name" },
		{ "@ SOA a. b. 1 2 3 4 5",
		    "“@” does not end in a dot, and there is no $ORIGIN" },
		{ "example.com. SOA a. b. 1 2 3 4", "a number is missing" },
	};
	struct diag d;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf all = BUF_INIT;

		buf_puts(&all, head);
		buf_puts(&all, rows[i].text);
		CU_ASSERT_PTR_NULL(read_zone(buf_cstr(&all), &d));
		if (d.line != rows[i].line || strcmp(d.text, rows[i].why) != 0)
			printf("%s: %u: %s\n", rows[i].text, d.line, d.text);
		CU_ASSERT_EQUAL(d.line, rows[i].line);
		CU_ASSERT_STRING_EQUAL(d.text, rows[i].why);
		CU_ASSERT_STRING_EQUAL(d.file, "zone");
		buf_free(&all);
	}
	for (size_t i = 0; i < sizeof(whole) / sizeof(whole[0]); i++) {
		CU_ASSERT_PTR_NULL(read_zone(whole[i].text, &d));
		CU_ASSERT_STRING_EQUAL(d.text, whole[i].why);
	}
}

/* RFC 2308 4, RFC 1035 5.1 */
static void
ttls_are_said_or_inherited(void)
{
	struct diag d;
	struct dns_zone *z =
	    read_zone("example.com. SOA a. b. 1 2 3 4 77\n"
		      "example.com. NS a.\n"
		      "x.example.com. 5 A 192.0.2.1\n"
		      "y.example.com. A 192.0.2.1\n"
		      "x.example.com. 3 A 192.0.2.2\n"
		      "x.example.com. 9 A 192.0.2.3\n"
		      "x.example.com. 9 A 192.0.2.3\n"
		      "z.example.com. 2147483647 A 192.0.2.1\n",
		&d);

	CU_ASSERT_PTR_NOT_NULL_FATAL(z);
	want_records(z, "@",
	    "example.com 77 SOA a. b. 1 2 3 4 77\n"
	    "example.com 77 NS a.\n");
	want_records(z, "y", "y.example.com 5 A 192.0.2.1\n");
	/* RFC 2181 5.2: a set has one TTL. */
	want_records(z, "x",
	    "x.example.com 3 A 192.0.2.1\n"
	    "x.example.com 3 A 192.0.2.2\n"
	    "x.example.com 3 A 192.0.2.3\n");
	want_records(z, "z", "z.example.com 2147483647 A 192.0.2.1\n");
	dns_zone_destroy(z);
}

/* ---- answers ---- */

static const char soa[] =
    "example.com 60 SOA ns1.example.com. hostmaster.example.com. 1 7200 900 "
    "1209600 60\n";

static void
additional_records_come_along(void)
{
	struct dns_zone *z =
	    zone_of("@ NAPTR 50 50 s SIP+D2U \"\" _sip._udp\n"
		    "@ NAPTR 60 50 s SIP+D2T \"\" _sip._tcp\n"
		    "@ MX 10 m\n"
		    "_sip._udp SRV 10 60 5060 p\n"
		    "_sip._udp SRV 10 20 5062 p\n"
		    "_sip._udp SRV 10 20 5060 elsewhere.example.net.\n"
		    "p A 192.0.2.1\np AAAA 2001:db8::1\n"
		    "m A 192.0.2.2\n");

	want_answer(z, "@", "NAPTR",
	    "NOERROR aa\n"
	    "example.com 300 NAPTR 50 50 \"s\" \"SIP+D2U\" \"\" "
	    "_sip._udp.example.com.\n"
	    "example.com 300 NAPTR 60 50 \"s\" \"SIP+D2T\" \"\" "
	    "_sip._tcp.example.com.\n"
	    "-- additional\n"
	    "_sip._udp.example.com 300 SRV 10 60 5060 p.example.com.\n"
	    "_sip._udp.example.com 300 SRV 10 20 5062 p.example.com.\n"
	    "_sip._udp.example.com 300 SRV 10 20 5060 "
	    "elsewhere.example.net.\n"
	    "p.example.com 300 A 192.0.2.1\n"
	    "p.example.com 300 AAAA 2001:db8::1\n");
	want_answer(z, "@", "MX",
	    "NOERROR aa\nexample.com 300 MX 10 m.example.com.\n"
	    "-- additional\nm.example.com 300 A 192.0.2.2\n");
	dns_zone_destroy(z);
}

/* RFC 4592 3.3.1: "*" stands for what is not there below the closest name. */
static void
wildcards_stand_for_others(void)
{
	struct dns_zone *z = zone_of("* A 192.0.2.1\n"
				     "x.sub A 192.0.2.2\n"
				     "*.c CNAME x.sub\n");
	LOCAL_BUF want = BUF_INIT;

	want_answer(z, "any.thing", "A",
	    "NOERROR aa\nany.thing.example.com 300 A 192.0.2.1\n");
	want_answer(z, "y.c", "A",
	    "NOERROR aa\ny.c.example.com 300 CNAME x.sub.example.com.\n"
	    "x.sub.example.com 300 A 192.0.2.2\n");
	buf_printf(&want, "NOERROR aa\n-- authority\n%s", soa);
	want_answer(z, "any.thing", "AAAA", buf_cstr(&want));
	/* "sub" is there, so that "*" does not stand for what is below it. */
	want_answer(z, "sub", "A", buf_cstr(&want));
	buf_clear(&want);
	buf_printf(&want, "NXDOMAIN aa\n-- authority\n%s", soa);
	want_answer(z, "y.sub", "A", buf_cstr(&want));
	dns_zone_destroy(z);
}

static void
cnames_are_followed(void)
{
	struct dns_zone *z = zone_of("a CNAME b\nb CNAME c\nc A 192.0.2.1\n"
				     "out CNAME www.example.net.\n"
				     "gone CNAME nowhere\n"
				     "r1 CNAME r2\nr2 CNAME r1\n");
	LOCAL_BUF want = BUF_INIT;
	struct dns_message m = DNS_MESSAGE_INIT;

	want_answer(z, "a", "A",
	    "NOERROR aa\na.example.com 300 CNAME b.example.com.\n"
	    "b.example.com 300 CNAME c.example.com.\n"
	    "c.example.com 300 A 192.0.2.1\n");
	want_answer(z, "a", "CNAME",
	    "NOERROR aa\na.example.com 300 CNAME b.example.com.\n");
	want_answer(z, "a", "ANY",
	    "NOERROR aa\na.example.com 300 CNAME b.example.com.\n");
	want_answer(z, "out", "A",
	    "NOERROR aa\nout.example.com 300 CNAME www.example.net.\n");
	buf_printf(&want,
	    "NXDOMAIN aa\ngone.example.com 300 CNAME nowhere.example.com.\n"
	    "-- authority\n%s",
	    soa);
	want_answer(z, "gone", "A", buf_cstr(&want));
	m.question = name_of("r1");
	m.type = DNS_TYPE_A;
	CU_ASSERT_EQUAL(dns_zone_answer(z, &m), 0);
	CU_ASSERT_EQUAL(m.counts[DNS_ANSWER], 2);
	dns_message_free(&m);
	dns_zone_destroy(z);
}

static void
delegations_are_referrals(void)
{
	static const char referral[] =
	    "NOERROR\n-- authority\n"
	    "sub.example.com 300 NS ns.sub.example.com.\n"
	    "sub.example.com 300 NS ns.example.net.\n"
	    "-- additional\nns.sub.example.com 300 A 192.0.2.9\n";
	struct dns_zone *z = zone_of("@ NS ns1\nns1 A 192.0.2.1\n"
				     "sub NS ns.sub\nsub NS ns.example.net.\n"
				     "ns.sub A 192.0.2.9\n"
				     "alias CNAME www.sub\n");
	LOCAL_BUF want = BUF_INIT;

	want_answer(z, "sub", "A", referral);
	want_answer(z, "sub", "NS", referral);
	want_answer(z, "www.sub", "SRV", referral);
	want_answer(z, "ns.sub", "A", referral);
	buf_printf(&want,
	    "NOERROR aa\nalias.example.com 300 CNAME www.sub.example.com.\n"
	    "%s",
	    referral + strlen("NOERROR\n"));
	want_answer(z, "alias", "A", buf_cstr(&want));
	want_answer(z, "@", "NS",
	    "NOERROR aa\nexample.com 300 NS ns1.example.com.\n"
	    "-- additional\nns1.example.com 300 A 192.0.2.1\n");
	dns_zone_destroy(z);
}

/* ---- records that come and go ---- */

static void
records_are_removed(void)
{
	struct dns_zone *z =
	    zone_of("a.b A 192.0.2.1\na.b A 192.0.2.2\na.b TXT x\n");
	struct dns_name name = name_of("a.b"), over = name_of("b");
	const struct dns_record *r;
	LOCAL_BUF want = BUF_INIT;

	CU_ASSERT_EQUAL(dns_zone_get(z, &name, DNS_TYPE_A, &r), 2);
	CU_ASSERT_EQUAL(dns_zone_remove(z, &name, DNS_TYPE_A), 2);
	CU_ASSERT_EQUAL(dns_zone_remove(z, &name, DNS_TYPE_A), 0);
	want_records(z, "a.b", "a.b.example.com 300 TXT \"x\"\n");
	CU_ASSERT_EQUAL(dns_zone_remove(z, &name, DNS_TYPE_ANY), 1);
	/* Nothing is left, nor is "b". */
	buf_printf(&want, "NXDOMAIN aa\n-- authority\n%s", soa);
	want_answer(z, "b", "A", buf_cstr(&want));
	CU_ASSERT_EQUAL(
	    dns_zone_add(z, &over, DNS_TYPE_A, 7, STR("\1\2\3\4")), 0);
	CU_ASSERT_EQUAL(
	    dns_zone_add(z, &over, DNS_TYPE_A, 7, STR("\1\2\3")), ERR_SYNTAX);
	want_records(z, "b", "b.example.com 7 A 1.2.3.4\n");
	dns_zone_destroy(z);
}

/* Each allocation fails in its turn: nothing leaks, and no zone is half one. */
static void
no_memory_is_said(void)
{
	int err = ERR_NOMEM;

	for (unsigned long n = 1; err == ERR_NOMEM; n++) {
		struct diag d = DIAG_INIT;
		struct dns_zone *z;

		mem_fail_from(n);
		err = dns_zone_read(&z,
		    STR("$ORIGIN example.com.\n$TTL 5\n"
			"@ SOA a b 1 2 3 4 5\na.b.c A 192.0.2.1\n"
			"a.b.c TXT x\n"),
		    "zone", NULL, &d);
		mem_fail_from(0);
		CU_ASSERT_EQUAL(z != NULL, err == 0);
		CU_ASSERT(err == 0 || d.err == ERR_NOMEM);
		dns_zone_destroy(z);
	}
	CU_ASSERT_EQUAL(err, 0);
}

CHECK_MAIN("dns_zone", { "master files are read", master_files_are_read },
    { "bad master files are refused", bad_master_files_are_refused },
    { "TTLs are said or inherited", ttls_are_said_or_inherited },
    { "additional records come along", additional_records_come_along },
    { "wildcards stand for others", wildcards_stand_for_others },
    { "CNAMEs are followed", cnames_are_followed },
    { "delegations are referrals", delegations_are_referrals },
    { "records are removed", records_are_removed },
    { "no memory is said", no_memory_is_said })
