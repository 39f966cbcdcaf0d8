/*
 * Names of the DNS: as they are read and written, how long they may be, which
 * lies below which.
 */
#include "fixtures/check.h"

#include "base/addr.h"
#include "base/err.h"
#include "dns/name.h"
#include "dns_names.h"

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
	struct dns_name origin = dns_name_of("example.com.");

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
	LOCAL_BUF text = BUF_INIT;
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
}

static void
names_are_compared_and_cut(void)
{
	struct dns_name com = dns_name_of("Example.COM."), rest;
	struct dns_name sip = dns_name_of("_sip._udp.example.com.");
	struct dns_name other = dns_name_of("notexample.com.");
	struct addr a;
	LOCAL_BUF out = BUF_INIT;

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
}

CHECK_MAIN("dns_name",
    { "names are read and written", names_are_read_and_written },
    { "names have 255 bytes at most", names_have_255_bytes_at_most },
    { "names are compared and cut", names_are_compared_and_cut })
