/*
 * The proxy's smaller rules, each with the section that asks for it: RFC 3261
 * 16.3 to 16.12, 18.2.2, 19.1, 20.22, 21.3, 26.2.2; RFC 4320; RFC 3327.
 */
#include "fixtures/tcp_tester.h"

static struct stage s;
static struct tester up, a, b;

static void
start(const char *attrs, const char *contacts)
{
	stage_open(&s);
	tester_open(&s, &up, "up", 8);
	tester_open(&s, &a, "a", 11);
	tester_open(&s, &b, "b", 12);
	stage_node(
	    &s, "prx", "proxy registrar location", "b.example", 2, attrs);
	tester_ask(&a, 2, "REGISTER", "sip:b.example", "<sip:bob@b.example>",
	    "r", 1, "r", contacts);
	stage_run(&s, 25);
}

#define ONE "Contact: <sip:bob@192.0.2.11>\n"

static void
answer(struct tester *t, const char *method, unsigned status)
{
	tester_answer(t, tester_find(t, method, 0, 0), status, "x",
	    "Contact: <sip:bob@192.0.2.11>\n");
	stage_run(&s, 25);
}

/* 18.2.2: back over the connection, though the client does not listen. */
static void
stateless_over_tcp(void)
{
	static const char text[] = "OPTIONS sip:x@192.0.2.11 SIP/2.0\r\n"
				   "Via: SIP/2.0/TCP 192.0.2.9:5060"
				   ";branch=z9hG4bKt2\r\n"
				   "From: <sip:t@t>;tag=1\r\nTo: <sip:x@x>\r\n"
				   "Call-ID: t2\r\nCSeq: 1 OPTIONS\r\n"
				   "Content-Length: 0\r\n\r\n";
	static const struct trace_message m = { .proto = TRACE_PROTO_SIP };
	static struct tcp_tester c;
	struct line *l;

	start("stateless=true", ONE);
	tcp_tester_open(&s, &c, "cli", 9, false);
	l = tcp_tester_connect(&c, 2);
	stage_run(&s, 100);
	net_tcp_send(l->c, str_of(text), &m, RULE_NONE);
	stage_run(&s, 100);
	CU_ASSERT(tester_has(&a, tester_find(&a, "OPTIONS", 0, 0), "Via",
	    ";received=192.0.2.9;rport="));
	answer(&a, "OPTIONS", 200);
	stage_run(&s, 100);
	TESTER_HAS(&c.t, 1, "OPTIONS", 200);
	CU_ASSERT_STRING_EQUAL(l->closed, "");
	stage_run(&s, 700000);
	stage_close(&s);
	tcp_tester_close(&c);
	tester_close(&up);
	tester_close(&a);
	tester_close(&b);
}

CHECK_MAIN("proxy_rules", { "stateless over TCP", stateless_over_tcp }, )
