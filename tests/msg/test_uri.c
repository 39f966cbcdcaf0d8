/* SIP URIs: reading, equality by RFC 3261 19.1.4, canonical addresses. */
#include "fixtures/check.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/parts.h"

static void
refuses_uris(void)
{
	static const char *const bad[] = { "", "sip", "sip:", ":a", "1sip:a",
		"s p:a", "sip:@a", "sip:a@", "sip:a@b@c", "sip:a b", "sip:<a>",
		"sip:\"a\"", "sip:a:0", "sip:a:", "sip:a:99999", "sip:a:1x",
		"sip:a%@b", "sip:a%4@b", "sip:a%4g@b", "sip:2001:db8::1",
		"sip:[::1", "sip:[x]", "sip:[]", "sip:\xc3\xab@a", "sip:a@b/c",
		"sip::x@a" };
	struct msg_uri u;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		CU_ASSERT_EQUAL(msg_uri_read(str_of(bad[i]), &u), ERR_SYNTAX);
}

struct pair {
	const char *a, *b;
};

/* The examples of 19.1.4, and after them what its rules say besides. */
static const struct pair equal[] = {
	{ "sip:%61lice@atlanta.com;transport=TCP",
	    "sip:alice@AtLanTa.CoM;Transport=tcp" },
	{ "sip:carol@chicago.com", "sip:carol@chicago.com;newparam=5" },
	{ "sip:carol@chicago.com", "sip:carol@chicago.com;security=on" },
	{ "sip:carol@chicago.com;newparam=5",
	    "sip:carol@chicago.com;security=on" },
	{ "sip:biloxi.com;transport=tcp;method=REGISTER"
	  "?to=sip:bob%40biloxi.com",
	    "sip:biloxi.com;method=REGISTER;transport=tcp"
	    "?to=sip:bob%40biloxi.com" },
	{ "sip:alice@atlanta.com?subject=project%20x&priority=urgent",
	    "sip:alice@atlanta.com?priority=urgent&subject=project%20x" },
	{ "sip:carol@chicago.com", "sip:carol@chicago.com;security=off" },
	{ "SIP:a@b", "sip:a@B" },
	{ "sip:a%3bb@c", "sip:a%3Bb@c" },
	{ "sip:a:%70w@c", "sip:a:pw@c" },
	{ "sip:a@[2001:DB8::1]", "sip:a@[2001:db8::1]" },
	{ "sip:a@b;user=phone;l%72", "sip:a@b;USER=Phone" },
	{ "tel:+1", "TEL:+1" },
};

static const struct pair different[] = {
	{ "SIP:ALICE@AtLanTa.CoM;Transport=udp",
	    "sip:alice@AtLanTa.CoM;Transport=UDP" },
	{ "sip:bob@biloxi.com", "sip:bob@biloxi.com:5060" },
	{ "sip:bob@biloxi.com", "sip:bob@biloxi.com;transport=udp" },
	{ "sip:bob@biloxi.com", "sip:bob@biloxi.com:6000;transport=tcp" },
	{ "sip:carol@chicago.com",
	    "sip:carol@chicago.com?Subject=next%20meeting" },
	{ "sip:bob@phone21.boxesbybob.com", "sip:bob@192.0.2.4" },
	{ "sip:carol@chicago.com;security=on",
	    "sip:carol@chicago.com;security=off" },
	{ "sip:a@b", "sips:a@b" },
	{ "sip:a@b", "sip:b" },
	{ "sip:a@b", "sip:a:@b" },
	{ "sip:a:x@b", "sip:a:X@b" },
	{ "sip:a;b@c", "sip:a%3Bb@c" },
	{ "sip:a@b", "sip:a@b;user=ip" },
	{ "sip:a@b", "sip:a@b;ttl=1" },
	{ "sip:a@b", "sip:a@b;method=INVITE" },
	{ "sip:a@b", "sip:a@b;maddr=192.0.2.1" },
	{ "sip:a@b;method=INVITE", "sip:a@b;method=invite" },
	{ "sip:a@b;x", "sip:a@b;x=" },
	{ "sip:a@b?x=1", "sip:a@b?x=1&y=2" },
	{ "sip:a@b@c", "sip:a@b@c" },
	{ "", "" },
	{ "tel:+1", "tel:+2" },
};

static void
compares_uris(void)
{
	for (size_t i = 0; i < sizeof(equal) / sizeof(equal[0]); i++) {
		struct str a = str_of(equal[i].a), b = str_of(equal[i].b);

		CU_ASSERT_TRUE(msg_uri_equal(a, b));
		CU_ASSERT_TRUE(msg_uri_equal(b, a));
		CU_ASSERT_TRUE(msg_uri_equal(a, a));
	}
	for (size_t i = 0; i < sizeof(different) / sizeof(different[0]); i++) {
		struct str a = str_of(different[i].a);
		struct str b = str_of(different[i].b);

		CU_ASSERT_FALSE(msg_uri_equal(a, b));
		CU_ASSERT_FALSE(msg_uri_equal(b, a));
	}
}

static void
makes_canonical_addresses(void)
{
	static const struct pair pairs[] = {
		{ "SIP:%61lice@Atlanta.Example;x=y?z=1",
		    "sip:alice@atlanta.example" },
		{ "sip:a@b:5060", "sip:a@b" },
		{ "sips:a@b:5061", "sip:a@b" }, /* RFC 5630 5.4 */
		{ "sip:a@b:5061", "sip:a@b:5061" },
		{ "sip:null%00%2f%40@B", "sip:null%00%2F%40@b" },
		{ "sip:%00%00@b", "sip:%00%00@b" },
		{ "sip:B", "sip:b" },
		{ "sip:a@[2001:DB8::1]:5060", "sip:a@[2001:db8::1]" },
		{ "TEL:+1-212", "tel:+1-212" },
	};
	struct buf out = BUF_INIT;

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		buf_clear(&out);
		CU_ASSERT_EQUAL(msg_uri_aor(str_of(pairs[i].a), &out), 0);
		CU_ASSERT_STRING_EQUAL(buf_cstr(&out), pairs[i].b);
	}
	CU_ASSERT_EQUAL(msg_uri_aor(STR("sip:"), &out), ERR_SYNTAX);
	buf_free(&out);
	mem_fail_from(1);
	CU_ASSERT_EQUAL(msg_uri_aor(STR("sip:a@b"), &out), ERR_NOMEM);
	mem_fail_from(0);
	buf_free(&out);
}

/* 19.1.2: the port is that of transport and scheme; 18.1.1 for a Via. */
static void
default_ports(void)
{
	static const struct {
		const char *uri;
		uint16_t port;
		int by; /* -1: nothing is known of it */
	} rows[] = {
		{ "sip:b.example", 5060, ADDR_UDP },
		{ "sip:b.example:5070", 5070, ADDR_UDP },
		{ "sip:b.example;transport=TCP", 5060, ADDR_TCP },
		{ "sip:b.example;transport=tls", 5061, ADDR_TLS },
		{ "sip:b.example:5070;transport=tls", 5070, ADDR_TLS },
		{ "sip:b.example;transport=ws", 80, ADDR_WS },
		{ "sip:b.example;transport=sctp", 5060, ADDR_SCTP },
		{ "sip:b.example;transport=dccp", 5060, -1 },
		{ "sips:b.example", 5061, ADDR_TLS },
		{ "SIPS:b.example;transport=tcp", 5061, ADDR_TLS },
		{ "sips:b.example;transport=sctp", 5061, ADDR_TLS_SCTP },
		{ "sips:b.example;transport=ws", 443, ADDR_WSS },
		{ "sips:b.example:5060", 5060, ADDR_TLS },
		{ "sips:b.example;transport=dccp", 5061, -1 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct addr_transport_row *by;
		struct msg_uri u;

		CU_ASSERT_EQUAL_FATAL(msg_uri_read(str_of(rows[i].uri), &u), 0);
		by = msg_uri_transport(&u);
		CU_ASSERT_EQUAL(msg_uri_port(&u), rows[i].port);
		CU_ASSERT(
		    by ==
		    (rows[i].by < 0 ? NULL : &addr_transports[rows[i].by]));
	}
	for (size_t i = 0; i < ADDR_KNOWN_TRANSPORTS; i++) {
		struct buf value = BUF_INIT;
		struct msg_via via;

		buf_printf(&value, "SIP/2.0/%s 192.0.2.1;branch=z9hG4bK1",
		    addr_transports[i].name);
		CU_ASSERT_EQUAL_FATAL(msg_via_read(buf_view(&value), &via), 0);
		CU_ASSERT_EQUAL(msg_via_port(&via), addr_transports[i].port);
		via.port = 5070;
		CU_ASSERT_EQUAL(msg_via_port(&via), 5070);
		buf_free(&value);
	}
}

CHECK_MAIN("uri", { "default ports", default_ports },
    { "bad URIs are refused", refuses_uris },
    { "URIs are compared by 19.1.4", compares_uris },
    { "addresses-of-record are canonical", makes_canonical_addresses })
