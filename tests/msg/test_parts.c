/* Parts of values: parameters, Via, name-addr, CSeq, q.  RFC 3261 20, 25.1. */
#include "fixtures/check.h"

#include "base/err.h"
#include "msg/parts.h"

static void
walks_params(void)
{
	struct str rest = STR(" ;a=1 ; B = \"x;,\\\"y\" ;flag;\r\n c=[::1]:5"),
		   n, v;

	CU_ASSERT_TRUE(msg_next_param(&rest, &n, &v));
	CU_ASSERT_TRUE(str_is(n, "a") && str_is(v, "1"));
	CU_ASSERT_TRUE(msg_next_param(&rest, &n, &v));
	CU_ASSERT_TRUE(str_is(n, "B") && str_is(v, "\"x;,\\\"y\""));
	CU_ASSERT_TRUE(msg_next_param(&rest, &n, &v));
	CU_ASSERT_TRUE(str_is(n, "flag") && v.n == 0);
	CU_ASSERT_TRUE(msg_next_param(&rest, &n, &v));
	CU_ASSERT_TRUE(str_is(n, "c") && str_is(v, "[::1]:5"));
	CU_ASSERT_FALSE(msg_next_param(&rest, &n, &v));
	CU_ASSERT_EQUAL(rest.n, 0);
}

static void
reads_via(void)
{
	struct msg_via via;

	CU_ASSERT_EQUAL(msg_via_read(STR("SIP  / 2.0\r\n /UDP\r\n   192.0.2.2 "
					 ": 5070 ;branch = z9hG4bKx;rport"),
			    &via),
	    0);
	CU_ASSERT_TRUE(str_is(via.transport, "UDP"));
	CU_ASSERT_TRUE(str_is(via.host, "192.0.2.2"));
	CU_ASSERT_TRUE(str_is(via.sent_by, "192.0.2.2 : 5070"));
	CU_ASSERT_EQUAL(via.port, 5070);
	CU_ASSERT_TRUE(str_is(via.branch, "z9hG4bKx"));
	CU_ASSERT_TRUE(via.has_rport && via.rport.n == 0);
	CU_ASSERT_EQUAL(
	    msg_via_read(STR("SIP/2.0/TLS [2001:db8::9]:5061;received="
			     "2001:db8::1;rport=9;branch=a"),
		&via),
	    0);
	CU_ASSERT_TRUE(str_is(via.host, "2001:db8::9"));
	CU_ASSERT_TRUE(str_is(via.sent_by, "[2001:db8::9]:5061"));
	CU_ASSERT_TRUE(str_is(via.received, "2001:db8::1"));
	CU_ASSERT_TRUE(str_is(via.rport, "9"));
	CU_ASSERT_EQUAL(msg_via_read(STR("SIP/2.0/UDP a"), &via), 0);
	CU_ASSERT_EQUAL(via.port, 0);
	CU_ASSERT_EQUAL(via.params.n, 0);
}

static void
refuses_via(void)
{
	static const char *const bad[] = { "", "SIP", "SIP/2.0", "SIP/2.0/UDP",
		"SIP/2.0/UDP ", "SIP/3.0/UDP a", "HTTP/2.0/UDP a",
		"SIP/2.0 UDP a", "SIP/2.0/UDP a:", "SIP/2.0/UDP a:0",
		"SIP/2.0/UDP a:65536", "SIP/2.0/UDP a b", "SIP/2.0/UDP [::1",
		"SIP/2.0/UDP []", "SIP/2.0/UDP ::1", "SIP/2.0/UDP a;",
		"SIP/2.0/UDP a;branch=", "SIP/2.0/UDP a, b" };
	struct msg_via via;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		CU_ASSERT_EQUAL(msg_via_read(str_of(bad[i]), &via), ERR_SYNTAX);
}

#define ADDR(text, d, u, p)                                        \
	do {                                                       \
		struct msg_addr a_;                                \
		CU_ASSERT_EQUAL(msg_addr_read(STR(text), &a_), 0); \
		CU_ASSERT_TRUE(str_is(a_.display, d));             \
		CU_ASSERT_TRUE(str_is(a_.uri, u));                 \
		CU_ASSERT_TRUE(str_is(a_.params, p));              \
	} while (0)

static void
reads_addr(void)
{
	struct msg_addr a;

	ADDR("\"Bob \\\"B\\\" <x>\" <sip:b@b;lr>;tag=1", "Bob \\\"B\\\" <x>",
	    "sip:b@b;lr", ";tag=1");
	ADDR("sip:b@b;tag=1", "", "sip:b@b", ";tag=1");
	ADDR(" Bob van Buren\r\n <sip:b@b> ; q=1 ", "Bob van Buren", "sip:b@b",
	    "; q=1");
	/* RFC 4475 3.1.1.6: no white space before the '<' */
	ADDR("caller<sip:c@d>", "caller", "sip:c@d", "");
	ADDR("<tel:+1-212-555-0101>", "", "tel:+1-212-555-0101", "");
	ADDR("sip:b@b;x=\"<\"", "", "sip:b@b", ";x=\"<\"");
	ADDR("Zo\xc3\xab <sip:z@z>", "Zo\xc3\xab", "sip:z@z", "");
	CU_ASSERT_EQUAL(msg_addr_read(STR(" * "), &a), 0);
	CU_ASSERT_TRUE(a.star);
	CU_ASSERT_TRUE(str_is(msg_tag(STR("<sip:a>;x;TAG=q")), "q"));
	CU_ASSERT_EQUAL(msg_tag(STR("<sip:a;tag=1>")).n, 0);
}

static void
refuses_addr(void)
{
	static const char *const bad[] = { "", "bob", "<>", "<sip:>", "<sip:a",
		"\"a\" sip:b", "\"a <sip:b>", "\"a", "< sip:a >", "<a b:c>",
		"Bell, A <sip:b>", "a@b <sip:c>", "sip:a?x=y", "sip:a,b",
		"<sip:a> x", "<sip:a>;", "<sip:a>;;", "sip:a b", "<1:a>",
		"a>b <sip:c>", "* *", "\"\\\"" };
	struct msg_addr a;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		CU_ASSERT_EQUAL(msg_addr_read(str_of(bad[i]), &a), ERR_SYNTAX);
}

static void
reads_cseq(void)
{
	struct msg_cseq c;

	CU_ASSERT_EQUAL(msg_cseq_read(STR(" 0009\r\n  INVITE "), &c), 0);
	CU_ASSERT_EQUAL(c.number, 9);
	CU_ASSERT_TRUE(str_is(c.method, "INVITE"));
	CU_ASSERT_EQUAL(msg_cseq_read(STR("2147483647 X"), &c), 0);
	CU_ASSERT_EQUAL(c.number, 2147483647);
	CU_ASSERT_EQUAL(msg_cseq_read(STR("2147483648 X"), &c), ERR_RANGE);
	CU_ASSERT_EQUAL(
	    msg_cseq_read(STR("99999999999999999999 X"), &c), ERR_RANGE);
	CU_ASSERT_EQUAL(msg_cseq_read(STR("1INVITE"), &c), ERR_SYNTAX);
	CU_ASSERT_EQUAL(msg_cseq_read(STR("1"), &c), ERR_SYNTAX);
	CU_ASSERT_EQUAL(msg_cseq_read(STR("-1 A"), &c), ERR_SYNTAX);
	CU_ASSERT_EQUAL(msg_cseq_read(STR("1 A B"), &c), ERR_SYNTAX);
	CU_ASSERT_EQUAL(msg_cseq_read(STR(" A"), &c), ERR_SYNTAX);
	CU_ASSERT_EQUAL(msg_cseq_read(STR_NULL, &c), ERR_SYNTAX);
}

static void
reads_q(void)
{
	CU_ASSERT_EQUAL(msg_q(STR(";q=0.5")), 500);
	CU_ASSERT_EQUAL(msg_q(STR(";q=0")), 0);
	CU_ASSERT_EQUAL(msg_q(STR(";q=0.")), 0);
	CU_ASSERT_EQUAL(msg_q(STR(";x;Q=0.125")), 125);
	CU_ASSERT_EQUAL(msg_q(STR(";q=1.000")), 1000);
	CU_ASSERT_EQUAL(msg_q(STR(";q=1.5")), 1000);
	CU_ASSERT_EQUAL(msg_q(STR(";q=0.1234")), 1000);
	CU_ASSERT_EQUAL(msg_q(STR(";q=.5")), 1000);
	CU_ASSERT_EQUAL(msg_q(STR_NULL), 1000);
}

/* RFC 3420: of a response; anything else is none. */
static void
reads_sipfrag(void)
{
	static const struct {
		const char *body;
		unsigned status;
		const char *reason;
	} rows[] = {
		{ "SIP/2.0 200 OK\r\n", 200, "OK" },
		{ "SIP/2.0 486 Busy Here", 486, "Busy Here" },
		{ "sip/2.0 100 \r\nVia: x\r\n", 100, "" },
		{ "SIP/2.0 603\n", 603, "" },
		{ "SIP/2.0 99 No\r\n", 0, "" },
		{ "SIP/2.0 700 No\r\n", 0, "" },
		{ "SIP/2.0 0200 No\r\n", 0, "" },
		{ "SIP/2.0  200 No\r\n", 0, "" },
		{ "SIP/3.0 200 No\r\n", 0, "" },
		{ "\r\nSIP/2.0 200 OK\r\n", 0, "" },
		{ "BYE sip:bob SIP/2.0\r\n", 0, "" },
		{ "SIP/2.0", 0, "" },
		{ "", 0, "" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct str reason;

		CU_ASSERT_EQUAL(
		    msg_sipfrag_status(str_of(rows[i].body), &reason),
		    rows[i].status);
		CU_ASSERT(str_is(reason, rows[i].reason));
	}
}

CHECK_MAIN("parts", { "parameters are walked", walks_params },
    { "Via is read", reads_via }, { "bad Via is refused", refuses_via },
    { "addresses are read", reads_addr },
    { "bad addresses are refused", refuses_addr },
    { "CSeq is read", reads_cseq }, { "q is read", reads_q },
    { "sipfrag is read", reads_sipfrag })
