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

static void
stop(void)
{
	CU_ASSERT(stage_run(&s, 250000));
	CU_ASSERT_EQUAL(sim_held(s.w->sim), 0);
	stage_close(&s);
	tester_close(&up);
	tester_close(&a);
	tester_close(&b);
}

#define BOB "sip:bob@b.example"
#define ONE "Contact: <sip:bob@192.0.2.11>\n"
#define TWO ONE "Contact: <sip:bob@192.0.2.12>;q=0.5\n"

static void
ask(const char *method, const char *uri, const char *id, const char *extra)
{
	tester_ask(&up, 2, method, uri, "<" BOB ">", id, 1, id, extra);
	stage_run(&s, 25);
}

static size_t
got(struct tester *t, const char *method, unsigned status)
{
	return tester_count(t, method, status);
}

static void
answer(struct tester *t, const char *method, unsigned status)
{
	tester_answer(t, tester_find(t, method, 0, 0), status, "x",
	    "Contact: <sip:bob@192.0.2.11>\n");
	stage_run(&s, 25);
}

/* 16.7 step 6: one that has said nothing can't be cancelled, and may still be
 * answered: while it lives there is no final response. */
static void
waits_for_the_silent(void)
{
	start("fork=sequential ring_time=5s", TWO);
	ask("INVITE", BOB, "i1", CONTACT(8));
	stage_run(&s, 5100);
	CU_ASSERT_EQUAL(got(&b, "INVITE", 0), 1);
	CU_ASSERT_EQUAL(got(&a, "CANCEL", 0), 0);
	answer(&b, "INVITE", 486);
	CU_ASSERT_EQUAL(got(&up, "INVITE", 486), 0);
	stage_run(&s, 2000);
	answer(&a, "INVITE", 200);
	CU_ASSERT_EQUAL(got(&up, "INVITE", 200), 1);
	CU_ASSERT_EQUAL(got(&up, "INVITE", 486), 0);
	stop();
	/* When it never answers, the refusal goes up at Timer B. */
	start("fork=sequential ring_time=5s", TWO);
	ask("INVITE", BOB, "i1", CONTACT(8));
	stage_run(&s, 5100);
	answer(&b, "INVITE", 486);
	stage_run(&s, 28000);
	CU_ASSERT(got(&up, "INVITE", 486) > 0);
	stop();
}

/* RFC 4320 4.2, whoever said it. */
static void
no_408(void)
{
	start("", TWO);
	ask("OPTIONS", BOB, "o1", "");
	answer(&a, "OPTIONS", 408);
	answer(&b, "OPTIONS", 408);
	stage_run(&s, 1000);
	CU_ASSERT_EQUAL(got(&up, "OPTIONS", 408), 0);
	ask("OPTIONS", BOB, "o2", "");
	tester_answer(&a, tester_find(&a, "OPTIONS", 0, 1), 408, "x", "");
	stage_run(&s, 25);
	tester_answer(&b, tester_find(&b, "OPTIONS", 0, 1), 503, "x", "");
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(got(&up, "OPTIONS", 500), 1);
	stop();
}

/* 16.4, 16.5; RFC 3263 4. */
static void
maddr(void)
{
	start("", ONE);
	ask("OPTIONS", BOB ";maddr=192.0.2.12", "o1", "");
	CU_ASSERT_EQUAL(got(&b, "OPTIONS", 0), 1);
	CU_ASSERT_EQUAL(got(&a, "OPTIONS", 0), 0);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("route"), RULE("proxy-by-maddr"), NULL), 1);
	answer(&b, "OPTIONS", 200);
	ask("OPTIONS", "sip:x@nowhere.example;maddr=192.0.2.11", "o2", "");
	CU_ASSERT_EQUAL(got(&a, "OPTIONS", 0), 1);
	answer(&a, "OPTIONS", 200);
	ask("OPTIONS", "sip:x@192.0.2.12;maddr=192.0.2.2;transport=udp;y=z",
	    "o3", "");
	CU_ASSERT(str_is(tester_at(&b, tester_find(&b, "OPTIONS", 0, 1))->uri,
	    "sip:x@192.0.2.12;y=z"));
	tester_answer(&b, tester_find(&b, "OPTIONS", 0, 1), 200, "x", "");
	stop();
}

/* 21.3.4, 21.3.5: neither is for a proxy to follow. */
static void
no_recursion(void)
{
	static const unsigned rows[] = { 305, 380 };

	for (size_t i = 0; i < 2; i++) {
		start("recurse=true", ONE);
		ask("INVITE", BOB, "i1", CONTACT(8));
		tester_answer(&a, tester_find(&a, "INVITE", 0, 0), rows[i], "x",
		    "Contact: <sip:bob@192.0.2.12>\n");
		stage_run(&s, 25);
		CU_ASSERT_EQUAL(got(&b, "INVITE", 0), 0);
		CU_ASSERT_EQUAL(got(&up, "INVITE", 181), 0);
		CU_ASSERT_EQUAL(got(&up, "INVITE", rows[i]), 1);
		stop();
	}
}

/* 26.2.2: sips wants TLS on every hop.  20.22: up to 255. */
static void
refuses(void)
{
	static const struct {
		const char *uri, *extra;
		unsigned status;
	} rows[] = {
		{ "sips:bob@b.example", "", 416 },
		{ "sips:x@192.0.2.12", "", 416 },
		{ BOB, "Max-Forwards: 256\n", 400 },
		{ BOB, "Max-Forwards: 99999999999\n", 400 },
		{ BOB, "Max-Forwards: 0\n", 483 },
	};

	start("", "Contact: <mailto:bob@b.example>\n");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char id[8];

		snprintf(id, sizeof(id), "o%zu", i);
		ask("OPTIONS", rows[i].uri, id, rows[i].extra);
		CU_ASSERT_EQUAL(tester_status(&up, up.n - 1), rows[i].status);
	}
	/* A binding that can't be reached from here is none. */
	ask("OPTIONS", BOB, "last", "Max-Forwards: 255\n");
	CU_ASSERT_EQUAL(tester_status(&up, up.n - 1), 480);
	CU_ASSERT_EQUAL(a.n, 1);
	stop();
}

/* 19.1.1, 16.6 step 2: what a Request-URI may not have. */
static void
cleans_targets(void)
{
	start("", "Contact: <sip:bob@192.0.2.11;method=INVITE;x=y?Route=z>\n");
	ask("OPTIONS", BOB, "o1", "");
	CU_ASSERT(str_is(tester_at(&a, tester_find(&a, "OPTIONS", 0, 0))->uri,
	    "sip:bob@192.0.2.11;x=y"));
	answer(&a, "OPTIONS", 200);
	stop();
}

/* 16.4: a Route with the domain's name is for the domain's entry. */
static void
routes_of_the_domain(void)
{
	start("", ONE);
	world_add_domain(s.w, "b.example", world_find(s.w, "b"));
	ask("OPTIONS", "sip:x@192.0.2.11", "o1", "Route: <sip:b.example;lr>\n");
	CU_ASSERT_EQUAL(got(&b, "OPTIONS", 0), 1);
	CU_ASSERT_EQUAL(got(&a, "OPTIONS", 0), 0);
	answer(&b, "OPTIONS", 200);
	stop();
}

/* 9.2: 200 and no effect for what is no INVITE; 16.10: what is unknown is
 * forwarded. */
static void
cancels_others(void)
{
	start("", ONE);
	ask("OPTIONS", BOB, "o1", "");
	ask("CANCEL", BOB, "o1", "");
	CU_ASSERT_EQUAL(got(&up, "CANCEL", 200), 1);
	CU_ASSERT_EQUAL(got(&a, "CANCEL", 0), 0);
	ask("CANCEL", BOB, "o2", "");
	CU_ASSERT_EQUAL(got(&up, "CANCEL", 481), 0);
	answer(&a, "CANCEL", 481);
	CU_ASSERT_EQUAL(got(&up, "CANCEL", 481), 1);
	answer(&a, "OPTIONS", 200);
	CU_ASSERT_EQUAL(got(&up, "OPTIONS", 200), 1);
	stop();
}

/* Why a CANCEL goes out is told: a 2xx, a 6xx, the ring time, the caller. */
static void
tells_why_it_cancels(void)
{
	static const struct {
		unsigned status;
		const char *rule;
	} rows[] = {
		{ 200, RULE("proxy-cancel-others") },
		{ 603, RULE("proxy-6xx") },
	};

	for (size_t i = 0; i < 2; i++) {
		start("", ONE "Contact: <sip:bob@192.0.2.12>\n");
		ask("INVITE", BOB, "i1", CONTACT(8));
		answer(&b, "INVITE", 180);
		answer(&a, "INVITE", rows[i].status);
		CU_ASSERT_EQUAL(got(&b, "CANCEL", 0), 1);
		CU_ASSERT_EQUAL(stage_count(&s, "\"start\":\"CANCEL\"",
				    NODE("prx"), rows[i].rule),
		    1);
		answer(&b, "INVITE", 487);
		answer(&b, "CANCEL", 200);
		stop();
	}
	start("ring_time=2s", TWO);
	ask("INVITE", BOB, "i1", CONTACT(8));
	answer(&a, "INVITE", 180);
	stage_run(&s, 2000);
	CU_ASSERT_EQUAL(stage_count(&s, "\"start\":\"CANCEL\"", NODE("prx"),
			    RULE("proxy-ring-time")),
	    1);
	answer(&a, "CANCEL", 200);
	answer(&a, "INVITE", 487);
	answer(&b, "INVITE", 404);
	stop();
}

/* RFC 3327 5.2: no Path for a phone that does not know it. */
static void
path_if_supported(void)
{
	start("path=true", ONE);
	ask("REGISTER", "sip:192.0.2.11", "r1", CONTACT(8));
	CU_ASSERT(
	    !tester_has(&a, tester_find(&a, "REGISTER", 0, 0), "Path", ""));
	ask("REGISTER", "sip:192.0.2.11", "r2", "k: 100rel, path\n" CONTACT(8));
	CU_ASSERT(tester_has(&a, tester_find(&a, "REGISTER", 0, 1), "Path",
	    "<sip:192.0.2.2:5060;lr>"));
	tester_answer(&a, tester_find(&a, "REGISTER", 0, 0), 200, "x", "");
	tester_answer(&a, tester_find(&a, "REGISTER", 0, 1), 200, "x", "");
	stop();
}

/* 8.2.2.3, 16.11. */
static void
stateless_420(void)
{
	start("stateless=true", ONE);
	ask("OPTIONS", "sip:x@192.0.2.11", "o1", "Proxy-Require: p, q\n");
	CU_ASSERT_EQUAL(got(&up, "OPTIONS", 420), 1);
	CU_ASSERT(tester_has(&up, up.n - 1, "Unsupported", "p"));
	CU_ASSERT(tester_has(&up, up.n - 1, "Unsupported", "q"));
	stop();
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
	CU_ASSERT_EQUAL(tester_count(&c.t, "OPTIONS", 200), 1);
	CU_ASSERT_STRING_EQUAL(l->closed, "");
	stage_run(&s, 700000);
	stage_close(&s);
	tcp_tester_close(&c);
	tester_close(&up);
	tester_close(&a);
	tester_close(&b);
}

/* 17.2.1: within a dialog a 100 may wait for 200 ms (attribute `trying`). */
static void
says_100_in_time(void)
{
	static const struct {
		const char *attrs, *to;
		int64_t ms;          /* until the phone answers */
		unsigned status;     /* its answer */
		size_t at_once, got; /* 100s, before and after that */
	} rows[] = {
		{ "", "<" BOB ">;tag=x", 300, 200, 1, 1 },
		{ "trying=200ms", "<" BOB ">", 300, 200, 1, 1 },
		{ "trying=200ms", "<" BOB ">;tag=x", 100, 200, 0, 0 },
		{ "trying=200ms", "<" BOB ">;tag=x", 100, 180, 0, 0 },
		{ "trying=200ms", "<" BOB ">;tag=x", 100, 488, 0, 0 },
		{ "trying=200ms", "<" BOB ">;tag=x", 300, 200, 0, 1 },
		{ "trying=20s", "<" BOB ">;tag=x", 300, 200, 0, 1 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		start(rows[i].attrs, ONE);
		tester_ask(&up, 2, "INVITE", "sip:bob@192.0.2.11", rows[i].to,
		    "i", 2, "i1", CONTACT(8) "Route: <sip:192.0.2.2;lr>\n");
		stage_run(&s, 25);
		CU_ASSERT_EQUAL(got(&up, "INVITE", 100), rows[i].at_once);
		stage_run(&s, rows[i].ms);
		answer(&a, "INVITE", rows[i].status);
		CU_ASSERT_EQUAL(got(&up, "INVITE", 100), rows[i].got);
		CU_ASSERT_EQUAL(got(&up, "INVITE", rows[i].status), 1);
		if (rows[i].status == 180)
			answer(&a, "INVITE", 200);
		stop();
	}
}

CHECK_MAIN("proxy_rules", { "waits for the silent", waits_for_the_silent },
    { "no 408", no_408 }, { "maddr", maddr }, { "no recursion", no_recursion },
    { "refuses", refuses }, { "cleans targets", cleans_targets },
    { "routes of the domain", routes_of_the_domain },
    { "cancels others", cancels_others },
    { "tells why it cancels", tells_why_it_cancels },
    { "Path if supported", path_if_supported },
    { "stateless 420", stateless_420 },
    { "stateless over TCP", stateless_over_tcp },
    { "says_100_in_time", says_100_in_time })
