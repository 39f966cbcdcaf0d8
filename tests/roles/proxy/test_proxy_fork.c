/*
 * Forking and the response context: RFC 3261 16.6, 16.7, 16.10.  bob@b.example
 * has up to three phones, which testers play.
 */
#include "fixtures/stage.h"

static struct stage s;
static struct tester up, a, b, c;

/* CONTACTS: one REGISTER's Contact lines. */
static void
start(const char *attrs, const char *contacts)
{
	stage_open(&s);
	tester_open(&s, &up, "up", 8);
	tester_open(&s, &a, "a", 11);
	tester_open(&s, &b, "b", 12);
	tester_open(&s, &c, "c", 13);
	stage_node(
	    &s, "prx", "proxy registrar location", "b.example", 2, attrs);
	tester_ask(&a, 2, "REGISTER", "sip:b.example", "<sip:bob@b.example>",
	    "r", 1, "r", contacts);
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(tester_status(&a, 0), 200);
}

static void
stop(void)
{
	CU_ASSERT(stage_run(&s, 80000));
	CU_ASSERT_EQUAL(sim_held(s.w->sim), 0);
	stage_close(&s);
	tester_close(&up);
	tester_close(&a);
	tester_close(&b);
	tester_close(&c);
}

#define BOB "sip:bob@b.example"
#define THREE                                 \
	"Contact: <sip:bob@192.0.2.11>;q=1\n" \
	"Contact: <sip:bob@192.0.2.12>;q=1\n" \
	"Contact: <sip:bob@192.0.2.13>;q=1\n"
#define STEPS                                   \
	"Contact: <sip:bob@192.0.2.12>;q=0.5\n" \
	"Contact: <sip:bob@192.0.2.11>;q=0.9\n" \
	"Contact: <sip:bob@192.0.2.13>;q=0.1\n"

static void
ask(const char *method, const char *branch, const char *extra)
{
	tester_ask(&up, 2, method, BOB, "<" BOB ">", branch, 1, branch, extra);
	stage_run(&s, 25);
}

static void
answer(struct tester *t, unsigned status, const char *tag, const char *extra)
{
	tester_answer(t, tester_find(t, "INVITE", 0, 0), status, tag, extra);
	stage_run(&s, 25);
}

static size_t
got(struct tester *t, const char *method, unsigned status)
{
	return tester_count(t, method, status);
}

/* All at once; every 2xx goes up, the others are cancelled. */
static void
parallel(void)
{
	start("", THREE);
	ask("INVITE", "i1", CONTACT(8));
	CU_ASSERT_EQUAL(got(&a, "INVITE", 0), 1);
	CU_ASSERT_EQUAL(got(&b, "INVITE", 0), 1);
	CU_ASSERT_EQUAL(got(&c, "INVITE", 0), 1);
	answer(&a, 180, "a", CONTACT(11));
	answer(&b, 180, "b", CONTACT(12));
	answer(&c, 100, "", "");
	CU_ASSERT_EQUAL(got(&up, "INVITE", 180), 2);
	answer(&b, 200, "b", CONTACT(12));
	CU_ASSERT_EQUAL(got(&up, "INVITE", 200), 1);
	CU_ASSERT_EQUAL(got(&a, "CANCEL", 0), 1);
	CU_ASSERT_EQUAL(got(&b, "CANCEL", 0), 0);
	CU_ASSERT_EQUAL(got(&c, "CANCEL", 0), 1);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("send"), RULE("proxy-cancel-others"), NULL),
	    2);
	/* a has answered meanwhile; c gives in. */
	answer(&a, 200, "a", CONTACT(11));
	answer(&c, 487, "c", "");
	CU_ASSERT_EQUAL(got(&up, "INVITE", 200), 2);
	CU_ASSERT_EQUAL(got(&up, "INVITE", 487), 0);
	/* Both again, in turn: repetitions, as the trace has it. */
	answer(&b, 200, "b", CONTACT(12));
	answer(&a, 200, "a", CONTACT(11));
	answer(&b, 200, "b", CONTACT(12));
	CU_ASSERT_EQUAL(got(&up, "INVITE", 200), 5);
	CU_ASSERT_EQUAL(stage_count(&s, KIND("send"), NODE("prx"),
			    "\"start\":200,\"cseq\":\"1 INVITE\""),
	    5);
	CU_ASSERT_EQUAL(stage_count(&s, "\"retx\"", NODE("prx"),
			    "\"start\":200,\"cseq\":\"1 INVITE\""),
	    3);
	CU_ASSERT_EQUAL(got(&c, "ACK", 0), 1);
	for (size_t i = 0; i < 2; i++) {
		struct tester *t = i == 0 ? &a : &c;

		tester_answer(t, tester_find(t, "CANCEL", 0, 0), 200, "x", "");
	}
	stop();
}

/* A 6xx ends all of it, but not before the others have answered. */
static void
global_failure(void)
{
	start("", THREE);
	ask("INVITE", "i1", CONTACT(8));
	answer(&a, 180, "a", CONTACT(11));
	answer(&c, 486, "c", "");
	answer(&b, 603, "b", "");
	CU_ASSERT_EQUAL(got(&a, "CANCEL", 0), 1);
	CU_ASSERT_EQUAL(got(&up, "INVITE", 603), 0);
	answer(&a, 487, "a", "");
	CU_ASSERT_EQUAL(got(&up, "INVITE", 603), 1);
	stop();
}

/* 16.7 step 6: of 404, 486 and 503 … */
static void
chooses_best(void)
{
	static const struct {
		unsigned a, b, c, best;
	} rows[] = {
		{ 404, 486, 503, 404 },
		{ 503, 503, 503, 500 },
		{ 503, 500, 503, 500 },
		{ 486, 407, 302, 302 },
		{ 486, 407, 500, 407 },
		{ 487, 486, 408, 486 },
		{ 500, 484, 404, 484 },
		{ 600, 302, 404, 600 },
		{ 501, 600, 604, 600 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		start("", THREE);
		ask("INVITE", "i1", CONTACT(8));
		answer(&a, rows[i].a, "a", "");
		answer(&b, rows[i].b, "b", "");
		CU_ASSERT_EQUAL(tester_status(&up, up.n - 1), 100);
		answer(&c, rows[i].c, "c", "");
		CU_ASSERT_EQUAL(tester_status(&up, up.n - 1), rows[i].best);
		if (tester_status(&up, up.n - 1) != rows[i].best)
			printf(
			    "  row %zu: %u\n", i, tester_status(&up, up.n - 1));
		stop();
	}
}

/* Step 7: the caller gets the challenges of all. */
static void
gathers_challenges(void)
{
	const struct msg *m;

	start("", THREE);
	ask("INVITE", "i1", CONTACT(8));
	answer(&a, 401, "a", "WWW-Authenticate: Digest realm=\"a\"\n");
	answer(&b, 407, "b", "Proxy-Authenticate: Digest realm=\"b\"\n");
	answer(&c, 404, "c", "WWW-Authenticate: Digest realm=\"no\"\n");
	m = tester_at(&up, up.n - 1);
	CU_ASSERT_EQUAL(m->status, 401);
	CU_ASSERT_EQUAL(msg_count_values(m, MSG_H_WWW_AUTHENTICATE), 1);
	CU_ASSERT_EQUAL(msg_count_values(m, MSG_H_PROXY_AUTHENTICATE), 1);
	stop();
}

/* The highest q first; the next when it has refused, or rung too long. */
static void
by_q(void)
{
	start("ring_time=5s", STEPS);
	ask("INVITE", "i1", CONTACT(8));
	CU_ASSERT_EQUAL(got(&a, "INVITE", 0), 1);
	CU_ASSERT_EQUAL(got(&b, "INVITE", 0), 0);
	answer(&a, 486, "a", "");
	CU_ASSERT_EQUAL(got(&b, "INVITE", 0), 1);
	CU_ASSERT_EQUAL(got(&c, "INVITE", 0), 0);
	answer(&b, 180, "b", CONTACT(12));
	stage_run(&s, 5000);
	CU_ASSERT_EQUAL(got(&b, "CANCEL", 0), 1);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("send"), RULE("proxy-ring-time"), NULL), 1);
	CU_ASSERT_EQUAL(got(&c, "INVITE", 0), 0);
	tester_answer(&b, tester_find(&b, "CANCEL", 0, 0), 200, "b", "");
	answer(&b, 487, "b", "");
	CU_ASSERT_EQUAL(got(&c, "INVITE", 0), 1);
	CU_ASSERT_EQUAL(got(&up, "INVITE", 486), 0);
	/* The last one may ring as long as Timer C. */
	answer(&c, 180, "c", CONTACT(13));
	stage_run(&s, 60000);
	CU_ASSERT_EQUAL(got(&c, "CANCEL", 0), 0);
	answer(&c, 480, "c", "");
	CU_ASSERT_EQUAL(got(&up, "INVITE", 486), 1);
	stop();
	/* Equal ones one after the other, if it is told so. */
	start("fork=sequential", THREE);
	ask("INVITE", "i1", CONTACT(8));
	CU_ASSERT_EQUAL(
	    got(&a, "INVITE", 0) + got(&b, "INVITE", 0) + got(&c, "INVITE", 0),
	    1);
	answer(&a, 603, "a", "");
	CU_ASSERT_EQUAL(got(&b, "INVITE", 0), 0);
	CU_ASSERT_EQUAL(got(&up, "INVITE", 603), 1);
	stop();
}

/* 16.10: all branches, and none is started any more. */
static void
cancels_all(void)
{
	start("", "Contact: <sip:bob@192.0.2.11>, <sip:bob@192.0.2.12>\n"
		  "Contact: <sip:bob@192.0.2.13>;q=0.1\n");
	ask("INVITE", "i1", CONTACT(8));
	answer(&a, 180, "a", CONTACT(11));
	ask("CANCEL", "i1", "");
	CU_ASSERT_EQUAL(got(&a, "CANCEL", 0), 1);
	/* 9.1: b has not said anything yet. */
	CU_ASSERT_EQUAL(got(&b, "CANCEL", 0), 0);
	answer(&b, 180, "b", CONTACT(12));
	CU_ASSERT_EQUAL(got(&b, "CANCEL", 0), 1);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("send"), RULE("proxy-cancel"), NULL), 2);
	answer(&a, 487, "a", "");
	answer(&b, 487, "b", "");
	CU_ASSERT_EQUAL(got(&c, "INVITE", 0), 0);
	CU_ASSERT_EQUAL(got(&up, "INVITE", 487), 1);
	tester_answer(&a, tester_find(&a, "CANCEL", 0, 0), 200, "b", "");
	tester_answer(&b, tester_find(&b, "CANCEL", 0, 0), 200, "b", "");
	stop();
}

/* Other requests fork, too; RFC 4320 for those that nobody answers. */
static void
forks_options(void)
{
	start("", THREE);
	ask("OPTIONS", "o1", "");
	CU_ASSERT_EQUAL(got(&b, "OPTIONS", 0), 1);
	tester_answer(&b, tester_find(&b, "OPTIONS", 0, 0), 200, "b", "");
	stage_run(&s, 25);
	tester_answer(&c, tester_find(&c, "OPTIONS", 0, 0), 200, "b", "");
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(got(&up, "OPTIONS", 200), 1);
	stage_run(&s, 34000);
	CU_ASSERT_EQUAL(got(&up, "OPTIONS", 408), 0);
	stop();
}

/* 16.7 step 4: it goes on where a 302 points, and nowhere twice. */
static void
recurses(void)
{
	start("recurse=true", "Contact: <sip:bob@192.0.2.11>\n");
	ask("INVITE", "i1", CONTACT(8));
	answer(&a, 302, "a",
	    "Contact: <sip:bob@192.0.2.12>, <sip:bob@192.0.2.11>\n"
	    "Contact: <mailto:bob@b.example>\n");
	CU_ASSERT_EQUAL(got(&up, "INVITE", 181), 1);
	CU_ASSERT_EQUAL(got(&b, "INVITE", 0), 1);
	CU_ASSERT_EQUAL(got(&a, "INVITE", 0), 1);
	answer(&b, 302, "b", "Contact: <sip:bob@192.0.2.11>\n");
	/* Nothing new: this one goes up. */
	CU_ASSERT_EQUAL(got(&up, "INVITE", 302), 1);
	CU_ASSERT_EQUAL(got(&a, "INVITE", 0), 1);
	stop();
	/* It is not responsible for an address that is not of its domain. */
	start("recurse=true", "Contact: <sip:bob@192.0.2.11>\n");
	tester_ask(&up, 2, "INVITE", "sip:x@192.0.2.12", "<" BOB ">", "i1", 1,
	    "i1", CONTACT(8));
	stage_run(&s, 25);
	answer(&b, 302, "b", "Contact: <sip:bob@192.0.2.11>\n");
	CU_ASSERT_EQUAL(got(&up, "INVITE", 302), 1);
	stop();
}

/* Recursion without end: every 302 names somebody new. */
static void
recursion_ends(void)
{
	size_t n = 0;

	start("recurse=true", "Contact: <sip:0@192.0.2.11>\n");
	ask("INVITE", "i1", CONTACT(8));
	while (n < 150 && got(&a, "INVITE", 0) > n) {
		char contact[80];

		snprintf(contact, sizeof(contact),
		    "Contact: <sip:%zu@192.0.2.11>\n", ++n);
		tester_answer(
		    &a, tester_find(&a, "INVITE", 0, n - 1), 302, "a", contact);
		stage_run(&s, 25);
	}
	CU_ASSERT_EQUAL(n, 100);
	CU_ASSERT_EQUAL(got(&up, "INVITE", 302), 1);
	stop();
}

/* Targets that can't be reached are as good as 503. */
static void
unreachable(void)
{
	start("", "Contact: <sip:bob@nowhere.example>\n"
		  "Contact: <sip:bob@192.0.2.12>;q=0.5\n");
	ask("INVITE", "i1", CONTACT(8));
	answer(&b, 486, "b", "");
	CU_ASSERT_EQUAL(got(&up, "INVITE", 486), 1);
	stop();
	start("", "Contact: <sip:bob@nowhere.example>\n");
	ask("INVITE", "i1", CONTACT(8));
	CU_ASSERT_EQUAL(got(&up, "INVITE", 500), 1);
	stop();
	start("unanswered=480", "Contact: <sip:bob@192.0.2.99>\n");
	ask("INVITE", "i1", CONTACT(8));
	stage_run(&s, 33000);
	CU_ASSERT(got(&up, "INVITE", 480) > 0);
	CU_ASSERT_EQUAL(got(&up, "INVITE", 408), 0);
	stop();
}

/* 21.5.4, 21.4.12 */
static void
refuses(void)
{
	char uri[1200] = "sip:";

	start("capacity=1", THREE);
	ask("INVITE", "i1", CONTACT(8));
	ask("INVITE", "i2", CONTACT(8));
	CU_ASSERT_EQUAL(got(&up, "INVITE", 503), 1);
	CU_ASSERT(tester_has(
	    &up, tester_find(&up, "INVITE", 503, 0), "Retry-After", "10"));
	answer(&a, 603, "a", "");
	answer(&b, 603, "a", "");
	answer(&c, 603, "a", "");
	memset(uri + 4, 'x', 1100);
	snprintf(uri + 1104, sizeof(uri) - 1104, "@b.example");
	tester_ask(&up, 2, "OPTIONS", uri, "<" BOB ">", "o1", 1, "o1", "");
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(got(&up, "OPTIONS", 414), 1);
	stop();
}

/* The proxy goes down in the middle of a fork. */
static void
crashes(void)
{
	start("", THREE);
	ask("INVITE", "i1", CONTACT(8));
	answer(&a, 180, "a", CONTACT(11));
	ask("CANCEL", "i1", "");
	CU_ASSERT_EQUAL(stage_do(&s, "prx", "crash", NULL, NULL), 0);
	answer(&a, 200, "a", CONTACT(11));
	stop();
}

CHECK_MAIN("proxy_fork", { "parallel", parallel },
    { "global failure", global_failure }, { "chooses best", chooses_best },
    { "gathers challenges", gathers_challenges }, { "by q", by_q },
    { "cancels all", cancels_all }, { "forks OPTIONS", forks_options },
    { "recurses", recurses }, { "recursion ends", recursion_ends },
    { "unreachable", unreachable }, { "refuses", refuses },
    { "crashes", crashes })
