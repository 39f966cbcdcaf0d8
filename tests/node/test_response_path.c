/* A response whose connection is gone, and whose Via names another host (RFC
 * 3263 5), without memory.  Where it goes: way_back.case. */
#include "fixtures/tcp_tester.h"

static struct stage s;
static struct tcp_tester peer;

static const char invite[] = "INVITE sip:bob@192.0.2.2 SIP/2.0\r\n"
			     "Via: SIP/2.0/TCP c.example;branch=z9hG4bKone\r\n"
			     "From: <sip:peer@192.0.2.9>;tag=p\r\n"
			     "To: <sip:bob@192.0.2.2>\r\n"
			     "Call-ID: one\r\nCSeq: 1 INVITE\r\n"
			     "Contact: <sip:peer@192.0.2.9>\r\n"
			     "Content-Length: 0\r\n\r\n";

/* Bob answers when the connection is gone; c.example is carol. */
static struct line *
begin(void)
{
	struct line *l;

	stage_open(&s);
	stage_node(&s, "bob", "ua", "b.example", 2,
	    "aor=sip:bob@192.0.2.2 answer=200ms");
	CU_ASSERT_EQUAL_FATAL(
	    world_add_domain(s.w, "c.example",
		stage_node(&s, "carol", "proxy", "c.example", 3, "")),
	    0);
	tcp_tester_open(&s, &peer, "peer", 9, false);
	l = tcp_tester_connect(&peer, 2);
	line_send(l, str_of(invite));
	return l;
}

/* No memory, wherever: the run fails or goes on, and nothing leaks. */
static void
memory_fails(void)
{
	for (unsigned long n = 1; n < 60; n += 3) {
		struct line *l = begin();

		stage_run(&s, 100);
		line_abort(l);
		stage_run(&s, 135);
		mem_fail_only(n);
		stage_run(&s, 400);
		mem_fail_only(0);
		mem_forgive();
		tcp_tester_close(&peer);
		stage_close(&s);
	}
}

CHECK_MAIN("way_back", { "memory fails", memory_fails })
