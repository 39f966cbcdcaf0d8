#include "base/addr.h"

#include "base/err.h"
#include "fixtures/check.h"

#include <arpa/inet.h>
#include <string.h>

static bool
reads(const char *text, const char *back)
{
	struct addr a, again;
	LOCAL_BUF b = BUF_INIT;
	bool ok = addr_parse(str_of(text), &a) == 0;

	addr_write(&a, &b);
	ok = ok && strcmp(buf_cstr(&b), back) == 0;
	ok = ok && addr_parse(buf_view(&b), &again) == 0;
	ok = ok && addr_eq(&a, &again);
	if (!ok)
		printf("  %s gives %s, not %s\n", text, buf_cstr(&b), back);
	return ok;
}

/* RFC 5952 4 and 5: one text for each address. */
static void
canonical(void)
{
	CU_ASSERT(reads("2001:DB8:0:0:0:0:0:1", "2001:db8::1"));
	CU_ASSERT(reads("2001:0db8::0001", "2001:db8::1"));
	CU_ASSERT(reads("::", "::"));
	CU_ASSERT(reads("::1", "::1"));
	CU_ASSERT(reads("1::", "1::"));
	CU_ASSERT(reads("[::]:5060", "[::]:5060"));
	CU_ASSERT(reads("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"));
	CU_ASSERT(reads("2001:0:0:1:0:0:0:1", "2001:0:0:1::1"));
	CU_ASSERT(reads("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"));
	CU_ASSERT(reads("1:2:3:4:5:6:0:0", "1:2:3:4:5:6::"));
	CU_ASSERT(reads("0:0:3:4:5:6:7:8", "::3:4:5:6:7:8"));
	CU_ASSERT(reads("a:b:c:d:e:f:10:100", "a:b:c:d:e:f:10:100"));
	CU_ASSERT(reads("::ffff:192.0.2.1", "::ffff:192.0.2.1"));
	CU_ASSERT(reads("::192.0.2.1", "::c000:201"));
}

static void
refused(void)
{
	static const char *const bad[] = { "", " ", "1", "1.2.3", "1.2.3.4.5",
		"1.2.3.256", "1.2.3.04", "1.2.3.4:", "1.2.3.4:0",
		"1.2.3.4:65536", "1.2.3.4:+5", "1.2.3.4: 5", "1.2.3.4:000005",
		"1.2.3.4:5:6", " 1.2.3.4", "1.2.3.4 ", "[1.2.3.4]",
		"[1.2.3.4]:5", "[", "[]", "[::1", "[::1]5", "[::1]:", "::1]",
		"[::1]:99999", "1:2", "::1%eth0", ":::", "1::2::3",
		"example.com", "example.com:5060", "12345::", ":5060",
		"1111:1111:1111:1111:1111:1111:111.111.111.1111" };
	struct addr a;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		memset(&a, 0xff, sizeof(a));
		CU_ASSERT_EQUAL(addr_parse(str_of(bad[i]), &a), ERR_SYNTAX);
		CU_ASSERT_EQUAL(a.len, 0);
	}
	CU_ASSERT_EQUAL(addr_parse(STR("1.2.3.4\0"), &a), ERR_SYNTAX);
	CU_ASSERT_EQUAL(addr_parse(STR_NULL, &a), ERR_SYNTAX);
}

static void
equal(void)
{
	struct addr a, b, c, d;

	CU_ASSERT_EQUAL(addr_parse(STR("192.0.2.1:5060"), &a), 0);
	CU_ASSERT_EQUAL(addr_parse(STR("192.0.2.1:5062"), &b), 0);
	CU_ASSERT_EQUAL(addr_parse(STR("192.0.2.2:5060"), &c), 0);
	CU_ASSERT_EQUAL(addr_parse(STR("::ffff:192.0.2.1"), &d), 0);
	CU_ASSERT(addr_eq(&a, &a));
	CU_ASSERT(!addr_eq(&a, &b));
	CU_ASSERT(addr_same_ip(&a, &b));
	CU_ASSERT(!addr_same_ip(&a, &c));
	CU_ASSERT(!addr_same_ip(&a, &d));
}

/* What is known of transports: RFC 3261 18, 19.1.1, RFC 3263 4.1, RFC 4168,
 * RFC 7118. */
static void
transports(void)
{
	static const char *const uris[ADDR_KNOWN_TRANSPORTS] = {
		[ADDR_UDP] = "sip:",
		[ADDR_TCP] = "sip:;transport=tcp",
		[ADDR_TLS] = "sip:;transport=tls",
		[ADDR_SCTP] = "sip:;transport=sctp",
		[ADDR_TLS_SCTP] = "sips:;transport=sctp",
		[ADDR_WS] = "sip:;transport=ws",
		[ADDR_WSS] = "sips:;transport=ws",
	};
	uint8_t found;

	for (uint8_t i = 0; i < ADDR_KNOWN_TRANSPORTS; i++) {
		const struct addr_transport_row *row = &addr_transports[i];
		const struct addr_transport_row *asked =
		    addr_transport_asked(str_of(row->param), row->secure);
		struct buf uri = BUF_INIT, word = BUF_INIT;

		CU_ASSERT_EQUAL(addr_word_port(str_of(row->name)), row->port);
		CU_ASSERT_EQUAL(addr_word_needs_length(str_of(row->name)),
		    row->framing == ADDR_LENGTH);
		CU_ASSERT(addr_transport_known(str_of(row->name)) == row);
		/* A URI that asks for it, and what sips makes of one. */
		CU_ASSERT(asked == row);
		CU_ASSERT(addr_transports[row->sips].secure);
		CU_ASSERT_EQUAL(addr_transports[row->sips].sips, row->sips);
		CU_ASSERT(!row->secure || row->sips == i);
		CU_ASSERT(i == ADDR_UDP ||
			  addr_transports[row->sips].framing == row->framing);
		buf_puts(&uri, addr_scheme(i));
		addr_write_transport(i, &uri);
		for (const char *p = row->name; *p != '\0'; p++)
			buf_putc(&word, chr_lower(*p));
		CU_ASSERT_STRING_EQUAL(buf_cstr(&word), row->word);
		CU_ASSERT_STRING_EQUAL(buf_cstr(&uri), uris[i]);
		buf_free(&uri);
		buf_free(&word);
		CU_ASSERT_EQUAL(row->stream, i != ADDR_UDP);
		CU_ASSERT_EQUAL(
		    addr_word_is_stream(str_of(row->name)), row->stream);
		CU_ASSERT_EQUAL(addr_transport_find(str_of(row->word), &found),
		    i < ADDR_TRANSPORTS);
	}
	CU_ASSERT(addr_word_is_udp(STR("udp")) && !addr_word_is_udp(STR("")));
	CU_ASSERT(addr_transport_asked(STR_NULL, false) ==
		  &addr_transports[ADDR_UDP]);
	/* RFC 3261 26.2.2: TLS over TCP, whichever of the two is named. */
	CU_ASSERT(
	    addr_transport_asked(STR_NULL, true) == &addr_transports[ADDR_TLS]);
	CU_ASSERT(addr_transport_asked(STR("TCP"), true) ==
		  &addr_transports[ADDR_TLS]);
	CU_ASSERT_PTR_NULL(addr_transport_asked(STR("tls-sctp"), false));
	CU_ASSERT_PTR_NULL(addr_transport_asked(STR("tlsx"), true));
	CU_ASSERT_PTR_NULL(addr_transport_known(STR("TLSX")));
	CU_ASSERT_EQUAL(addr_word_port(STR("TLSX")), ADDR_PORT_SIP);
	CU_ASSERT(!addr_word_needs_length(STR("TLSX")));
	CU_ASSERT(!addr_word_is_stream(STR("DCCP")));
}

CHECK_MAIN("addr", { "transports", transports },
    { "one text for each address (RFC 5952)", canonical },
    { "what is no address", refused }, { "equality", equal })
