/*
 * Responses that go where the name in their Via says (RFC 3263 5): a connection
 * that is gone and a source that refuses, names with and without a port and
 * with nobody behind them; maddr with a name (RFC 3261 18.2.2); with a
 * transaction and without.  Who is behind a name the table of domains says; the
 * DNS does in cli_dns.case.
 */
#include "fixtures/tcp_tester.h"

static struct stage s;
static struct tcp_tester peer;

/* Bob (2) answers after 200 ms; c.example is carol (3), e.example nobody.  The
 * peer (9) listens at no TCP port. */
static void
begin(const char *roles, const char *attrs)
{
	stage_open(&s);
	stage_node(&s, "bob", roles, "b.example", 2, attrs);
	CU_ASSERT_EQUAL_FATAL(
	    world_add_domain(s.w, "c.example",
		stage_node(&s, "carol", "proxy", "c.example", 3, "")),
	    0);
	tcp_tester_open(&s, &peer, "peer", 9, false);
}

/* How many messages with WHAT (NULL: anything) have gone to carol. */
static size_t
got_by_carol(const char *what)
{
	return stage_count(&s, KIND("send"), "\"dst\":\"carol\"", what);
}

static void
end(void)
{
	CU_ASSERT_TRUE(stage_run(&s, 250000));
	CU_ASSERT_EQUAL(sim_held(s.w->sim), 0);
	tcp_tester_close(&peer);
	stage_close(&s);
}

static void
write_request(
    struct buf *out, const char *method, const char *uri, const char *via)
{
	struct buf text = BUF_INIT;

	buf_printf(&text,
	    "%s %s SIP/2.0\n"
	    "Via: SIP/2.0/%s;branch=z9hG4bKone\n"
	    "From: <sip:peer@192.0.2.9>;tag=p\n"
	    "To: <sip:bob@192.0.2.2>\n"
	    "Call-ID: one\nCSeq: 1 %s\nMax-Forwards: 70\n"
	    "Contact: <sip:peer@192.0.2.9>\nContent-Length: 0\n\n",
	    method, uri, via, method);
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '\n')
			buf_putc(out, '\r');
		buf_putc(out, text.p[i]);
	}
	buf_free(&text);
}

/* An INVITE whose connection is gone when bob answers. */
static void
break_off(const char *via)
{
	struct buf b = BUF_INIT;
	struct line *l = tcp_tester_connect(&peer, 2);

	write_request(&b, "INVITE", "sip:bob@192.0.2.2", via);
	line_send(l, buf_view(&b));
	buf_free(&b);
	CU_ASSERT_TRUE(stage_run(&s, 100));
	TESTER_HAS(&peer.t, 1, "INVITE", 180);
	line_abort(l);
	CU_ASSERT_TRUE(stage_run(&s, 400));
}

#define UA "aor=sip:bob@192.0.2.2 answer=200ms"

static void
name_of_a_stream(void)
{
	begin("ua", UA);
	break_off("TCP c.example");
	STAGE_HAS(&s, 1, RULE("transport-reconnect"), "192.0.2.9:5060", NULL);
	STAGE_HAS(&s, 1, RULE("transport-sent-by-name"),
	    "sip:c.example;transport=tcp", "192.0.2.3:5060");
	CU_ASSERT_EQUAL(got_by_carol("\"tcp\""), 1);
	STAGE_HAS(&s, 0, RULE("server-transport-error"), NULL, NULL);
	end();
}

/* Where that name's server refuses, too, there is nobody left: the transaction
 * is told, once. */
static void
nobody_left(void)
{
	begin("ua", UA);
	break_off("TCP c.example:5070");
	STAGE_HAS(&s, 1, RULE("transport-sent-by-name"), "sip:c.example:5070",
	    "192.0.2.3:5070");
	STAGE_HAS(&s, 1, RULE("server-transport-error"), "refused", NULL);
	end();
	begin("ua", UA);
	break_off("TCP e.example");
	STAGE_HAS(&s, 0, RULE("transport-sent-by-name"), NULL, NULL);
	STAGE_HAS(&s, 1, RULE("server-transport-error"), "refused", NULL);
	end();
}

/* An address in the sent-by is tried, and nothing else. */
static void
address(void)
{
	begin("ua", UA);
	break_off("TCP 192.0.2.9:5062");
	STAGE_HAS(&s, 1, RULE("transport-reconnect"), "192.0.2.9:5062", NULL);
	STAGE_HAS(&s, 1, RULE("server-transport-error"), "refused", NULL);
	end();
}

static void
say(const char *method, const char *via)
{
	struct buf b = BUF_INIT;
	struct addr bob = stage_addr(2);

	write_request(&b, method, "sip:bob@192.0.2.2", via);
	tester_send(&peer.t, &bob, buf_view(&b));
	buf_free(&b);
	CU_ASSERT_TRUE(stage_run(&s, 400));
}

/* 18.2.2: each response goes to maddr, by the port of the sent-by. */
static void
maddr_is_a_name(void)
{
	begin("ua", UA);
	say("INVITE", "UDP 192.0.2.9;maddr=c.example");
	STAGE_HAS(&s, 1, RULE("transport-sent-by-name"),
	    "sip:c.example:5060;transport=udp", NULL);
	CU_ASSERT_TRUE(got_by_carol("\"start\":180") > 0);
	CU_ASSERT_TRUE(got_by_carol("\"start\":200") > 0);
	CU_ASSERT_EQUAL(peer.t.n, 0);
	end();
	begin("ua", UA);
	say("OPTIONS", "UDP 192.0.2.9;maddr=e.example");
	STAGE_HAS(&s, 0, KIND("send"), NODE("bob"), NULL);
	CU_ASSERT_EQUAL(peer.t.n, 0);
	end();
}

/* An OPTIONS for URI whose connection is gone MS later: what its transaction
 * has sent last is under way when that is over. */
static void
ask_and_leave(const char *uri, int64_t ms)
{
	struct buf b = BUF_INIT;
	struct line *l = tcp_tester_connect(&peer, 2);

	CU_ASSERT_TRUE(stage_run(&s, 50));
	write_request(&b, "OPTIONS", uri, "TCP c.example");
	line_send(l, buf_view(&b));
	buf_free(&b);
	CU_ASSERT_TRUE(stage_run(&s, ms));
	line_abort(l);
	CU_ASSERT_TRUE(stage_run(&s, 400));
	STAGE_HAS(
	    &s, 1, RULE("transport-reconnect"), "192.0.2.9:5060", NODE("bob"));
	CU_ASSERT_EQUAL(got_by_carol("\"tcp\""), 1);
	end();
}

static void
outlives_its_transaction(void)
{
	begin("ua", UA);
	ask_and_leave("sip:bob@192.0.2.2", 0);
	begin("ua", UA);
	ask_and_leave("sip:bob@192.0.2.2", 15);
	/* The answer comes to the proxy when it knows that already. */
	begin("proxy", "");
	stage_node(&s, "dave", "ua", "d.example", 5, "");
	ask_and_leave("sip:dave@192.0.2.5", 0);
}

/* 8.2.7: without a transaction, too. */
static void
stateless(void)
{
	begin("proxy", "stateless=true");
	say("OPTIONS", "UDP 192.0.2.9;maddr=c.example;branch=1;branch=2");
	say("NOSUCH", "UDP 192.0.2.9;maddr=c.example");
	CU_ASSERT_TRUE(got_by_carol("\"udp\"") > 0);
	CU_ASSERT_EQUAL(got_by_carol("\"udp\""),
	    stage_count(&s, RULE("transport-sent-by-name"), NULL, NULL));
	CU_ASSERT_EQUAL(peer.t.n, 0);
	end();
}

/* What is none, nor an address, is not looked up. */
static void
strange_names(void)
{
	static const char *const vias[] = { "UDP 192.0.2.9;maddr=a_b",
		"UDP 192.0.2.9;maddr=", "UDP 192.0.2.9;maddr=c.example%00",
		"UDP 192.0.2.9;maddr=\"c.example\"", "UDP 192.0.2.9;maddr=[::1",
		"UDP 192.0.2.9;maddr=..", "UDP 192.0.2.9;maddr=-" };

	for (size_t i = 0; i < sizeof(vias) / sizeof(vias[0]); i++) {
		begin("ua", UA);
		say("OPTIONS", vias[i]);
		CU_ASSERT_EQUAL(got_by_carol(NULL), 0);
		STAGE_HAS(&s, 0, RULE("transport-sent-by-name"), NULL, NULL);
		end();
	}
}

/* What waits ends with its node, and with the run. */
static void
ends_early(void)
{
	begin("ua", UA);
	break_off("TCP c.example");
	stage_do(&s, "bob", "crash", NULL, NULL);
	CU_ASSERT_TRUE(stage_run(&s, 100));
	stage_do(&s, "bob", "restart", NULL, NULL);
	end();
	begin("ua", UA);
	break_off("TCP c.example:5070");
	tcp_tester_close(&peer);
	stage_close(&s);
}

/* No memory, wherever: the run fails or goes on, and nothing leaks. */
static void
memory_fails(void)
{
	for (unsigned long n = 1; n < 60; n += 3) {
		struct buf b = BUF_INIT;
		struct line *l;

		begin("ua", UA);
		l = tcp_tester_connect(&peer, 2);
		write_request(
		    &b, "INVITE", "sip:bob@192.0.2.2", "TCP c.example");
		line_send(l, buf_view(&b));
		buf_free(&b);
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

CHECK_MAIN("way_back", { "the name of a stream", name_of_a_stream },
    { "nobody left", nobody_left }, { "an address", address },
    { "maddr is a name", maddr_is_a_name }, { "stateless", stateless },
    { "it outlives its transaction", outlives_its_transaction },
    { "strange names", strange_names }, { "ends early", ends_early },
    { "memory fails", memory_fails })
