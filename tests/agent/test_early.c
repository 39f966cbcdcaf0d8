/*
 * Early dialogs that end before their INVITE: 199, RFC 6228.  A proxy that
 * forks for testers (section 6), and a caller whose fork the tester plays
 * (section 4).
 */
#include "fixtures/fork.h"

#define TWO                               \
	"Contact: <sip:bob@192.0.2.11>\n" \
	"Contact: <sip:bob@192.0.2.12>\n"
#define WANTS "Supported: 100rel, 199\n"

static size_t
told(const char *tag, const char *reason)
{
	size_t n = 0, i;

	for (size_t k = 0; k < tester_count(&fork_up, "INVITE", 199); k++) {
		i = tester_find(&fork_up, "INVITE", 199, k);
		n += tester_has(&fork_up, i, "To", tag) &&
		     tester_has(&fork_up, i, "Reason", reason);
	}
	return n;
}

/* ---- the proxy: section 6 ---- */

/* Two phones ring; the first refuses with STATUS. */
static void
refuse_first(const char *attrs, const char *extra, unsigned status)
{
	char text[200];

	snprintf(text, sizeof(text), CONTACT(8) "%s", extra);
	fork_start(attrs, TWO);
	fork_ask("INVITE", "i1", text);
	fork_answer(&fork_a, 180, "a", CONTACT(11));
	fork_answer(&fork_b, 180, "b", CONTACT(12));
	fork_answer(&fork_a, status, "a", "");
}

/* Who hears of it, and why. */
static void
who_is_told(void)
{
	static const struct {
		const char *attrs, *extra;
		unsigned status;
		const char *reason; /* NULL: no 199 */
	} rows[] = {
		{ "", WANTS, 486, "SIP;cause=486;text=\"Busy Here\"" },
		{ "", WANTS, 404, "SIP;cause=404;text=\"Not Found\"" },
		{ "", WANTS, 302, "SIP;cause=302" },
		{ "", WANTS, 603, "SIP;cause=603;text=\"Decline\"" },
		{ "", WANTS, 499, "SIP;cause=499" },
		{ "", "Supported: 199\nSupported: x\n", 486, "SIP;cause=486" },
		/* The caller does not know it. */
		{ "", "", 486, NULL },
		{ "", "Supported: 1990, 19\n", 486, NULL },
		{ "", "Require: 199\n", 486, NULL },
		/* It wants what a proxy can't send. */
		{ "", WANTS "Require: 100rel\n", 486, NULL },
		{ "early_ended=false", WANTS, 486, NULL },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		refuse_first(rows[i].attrs, rows[i].extra, rows[i].status);
		CU_ASSERT_EQUAL(tester_count(&fork_up, "INVITE", 199),
		    rows[i].reason != NULL);
		if (rows[i].reason != NULL)
			CU_ASSERT_EQUAL(told("tag=a", rows[i].reason), 1);
		fork_answer(&fork_b, 487, "b", "");
		fork_stop();
	}
}

/* What it has, and what not. */
static void
what_it_has(void)
{
	size_t i;

	refuse_first("", WANTS, 486);
	i = tester_find(&fork_up, "INVITE", 199, 0);
	CU_ASSERT(!tester_has(&fork_up, i, "Contact", ""));
	CU_ASSERT(!tester_has(&fork_up, i, "Record-Route", ""));
	CU_ASSERT(!tester_has(&fork_up, i, "Require", ""));
	CU_ASSERT(!tester_has(&fork_up, i, "Supported", ""));
	CU_ASSERT_EQUAL(tester_at(&fork_up, i)->body.n, 0);
	CU_ASSERT_EQUAL(
	    stage_count(&fork_s, KIND("send"), RULE("proxy-199"), NULL), 1);
	/* The other one is the last, and what it says goes up at once. */
	fork_answer(&fork_b, 480, "b", "");
	CU_ASSERT_EQUAL(tester_count(&fork_up, "INVITE", 199), 1);
	CU_ASSERT_EQUAL(tester_count(&fork_up, "INVITE", 486) +
			    tester_count(&fork_up, "INVITE", 480),
	    1);
	fork_stop();
}

/* Another proxy forks behind this one: all early dialogs of its branch end. */
static void
several_of_one_branch(void)
{
	fork_start("", TWO);
	fork_ask("INVITE", "i1", CONTACT(8) WANTS);
	fork_answer(&fork_a, 183, "a1", CONTACT(11));
	fork_answer(&fork_a, 180, "a2", CONTACT(11));
	fork_answer(&fork_a, 180, "a1", CONTACT(11));
	fork_answer(&fork_a, 180, "a3", CONTACT(11));
	/* It has said itself that one is over; that one is not told again. */
	fork_answer(&fork_a, 199, "a3", "Reason: SIP;cause=480\n");
	CU_ASSERT_EQUAL(told("tag=a3", "SIP;cause=480"), 1);
	fork_answer(&fork_a, 486, "a4", "");
	CU_ASSERT_EQUAL(tester_count(&fork_up, "INVITE", 199), 3);
	CU_ASSERT_EQUAL(told("tag=a1", "SIP;cause=486"), 1);
	CU_ASSERT_EQUAL(told("tag=a2", "SIP;cause=486"), 1);
	fork_answer(&fork_b, 200, "b", CONTACT(12));
	CU_ASSERT_EQUAL(tester_count(&fork_up, "INVITE", 200), 1);
	fork_stop();
}

/* After a final response there is none; nor where no early dialog was. */
static void
never_late(void)
{
	refuse_first("", WANTS, 200);
	fork_answer(&fork_b, 487, "b", "");
	CU_ASSERT_EQUAL(tester_count(&fork_up, "INVITE", 199), 0);
	fork_stop();
	fork_start("", TWO);
	fork_ask("INVITE", "i1", CONTACT(8) WANTS);
	fork_answer(&fork_a, 100, "", "");
	fork_answer(&fork_a, 486, "a", "");
	CU_ASSERT_EQUAL(tester_count(&fork_up, "INVITE", 199), 0);
	fork_answer(&fork_b, 486, "b", "");
	fork_stop();
	/* A fork that makes early dialogs without end. */
	fork_start("", TWO);
	fork_ask("INVITE", "i1", CONTACT(8) WANTS);
	for (unsigned i = 0; i < 100; i++) {
		char tag[20];

		snprintf(tag, sizeof(tag), "t%u", i);
		tester_answer(&fork_a, tester_find(&fork_a, "INVITE", 0, 0),
		    180, tag, CONTACT(11));
	}
	stage_run(&fork_s, 100);
	fork_answer(&fork_a, 486, "t0", "");
	CU_ASSERT_EQUAL(tester_count(&fork_up, "INVITE", 199), 64);
	fork_answer(&fork_b, 486, "b", "");
	fork_stop();
}

/* One after the other: the next one is tried meanwhile. */
static void
in_turns(void)
{
	fork_start("fork=sequential", TWO);
	fork_ask("INVITE", "i1", CONTACT(8) WANTS);
	fork_answer(&fork_a, 180, "a", CONTACT(11));
	fork_answer(&fork_a, 486, "a", "");
	CU_ASSERT_EQUAL(told("tag=a", "SIP;cause=486"), 1);
	CU_ASSERT_EQUAL(tester_count(&fork_b, "INVITE", 0), 1);
	fork_answer(&fork_b, 180, "b", CONTACT(12));
	fork_answer(&fork_b, 486, "b", "");
	CU_ASSERT_EQUAL(tester_count(&fork_up, "INVITE", 199), 1);
	fork_stop();
}

/* ---- the caller: section 4 ---- */

static struct stage s;
static struct tester t;

static void
start(const char *attrs)
{
	stage_open(&s);
	tester_open(&s, &t, "peer", 9);
	stage_node(&s, "bob", "ua", "b.example", 3, attrs);
	stage_call(&s, "bob", "sip:peer@192.0.2.9");
	stage_run(&s, 15);
}

static void
stop(void)
{
	CU_ASSERT(stage_run(&s, 80000));
	CU_ASSERT_EQUAL(sim_held(s.w->sim), 0);
	stage_close(&s);
	tester_close(&t);
}

static void
says(unsigned status, const char *tag, const char *extra)
{
	tester_answer(&t, tester_find(&t, "INVITE", 0, 0), status, tag, extra);
	stage_run(&s, 25);
}

static size_t
ended(const char *tag)
{
	char text[60];

	snprintf(text, sizeof(text), "\"remote_tag\":\"%s\"", tag);
	return stage_count(&s, KIND("dialog"), RULE("early-ended"), text);
}

static void
caller_goes_on(void)
{
	start("");
	CU_ASSERT(tester_has(&t, 0, "Supported", "199"));
	says(180, "one", CONTACT(9));
	says(183, "two", CONTACT(9));
	/* The first one, which the call was shown by; no BYE. */
	says(199, "one", "Reason: SIP;cause=486\n");
	CU_ASSERT_EQUAL(ended("one"), 1);
	CU_ASSERT(stage_call_is(&s, "bob/1", "early"));
	says(199, "two", "");
	CU_ASSERT_EQUAL(ended("two"), 1);
	CU_ASSERT(stage_call_is(&s, "bob/1", "proceeding"));
	CU_ASSERT_EQUAL(tester_count(&t, "BYE", 0), 0);
	CU_ASSERT_EQUAL(tester_count(&t, "CANCEL", 0), 0);
	/* More may come, and be answered. */
	says(180, "three", CONTACT(9));
	CU_ASSERT(stage_call_is(&s, "bob/1", "early"));
	says(200, "three", CONTACT(9));
	CU_ASSERT(stage_call_is(&s, "bob/1", "confirmed"));
	stage_do(&s, "bob", "bye", "bob/1", NULL);
	stage_run(&s, 15);
	tester_answer(&t, tester_find(&t, "BYE", 0, 0), 200, "", "");
	stop();
}

/* The INVITE ends in whatever way after it. */
static void
ends_after_it(void)
{
	static const struct {
		unsigned status;
		const char *state;
	} rows[] = {
		{ 486, "terminated" },
		{ 200, "confirmed" }, /* of the very phone that refused */
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		start("");
		says(180, "one", CONTACT(9));
		says(199, "one", "");
		says(rows[i].status, "one", CONTACT(9));
		CU_ASSERT(stage_call_is(&s, "bob/1", rows[i].state));
		if (rows[i].status == 200) {
			stage_do(&s, "bob", "bye", "bob/1", NULL);
			stage_run(&s, 15);
			tester_answer(
			    &t, tester_find(&t, "BYE", 0, 0), 200, "", "");
		}
		stop();
	}
	/* It is taken back with no early dialog left. */
	start("");
	says(180, "one", CONTACT(9));
	says(199, "one", "");
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "cancel", "bob/1", NULL), 0);
	stage_run(&s, 15);
	CU_ASSERT_EQUAL(tester_count(&t, "CANCEL", 0), 1);
	says(199, "one", "");
	says(487, "one", "");
	CU_ASSERT(stage_call_is(&s, "bob/1", "terminated"));
	stop();
}

/* Of no dialog, without a tag, to be confirmed, after the call. */
static void
odd_ones(void)
{
	start("");
	says(199, "none", "");
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("drop"), RULE("early-unknown"), NULL), 1);
	CU_ASSERT(!stage_call_is(&s, "bob/1", "early"));
	says(180, "one", CONTACT(9));
	says(199, "", "");
	CU_ASSERT(stage_call_is(&s, "bob/1", "early"));
	CU_ASSERT_EQUAL(tester_count(&t, "PRACK", 0), 0);
	/* Reliable ones get their PRACK, in a dialog of their own, too. */
	says(199, "new", CONTACT(9) "Require: 100rel\nRSeq: 5\n");
	CU_ASSERT_EQUAL(tester_count(&t, "PRACK", 0), 1);
	CU_ASSERT_EQUAL(ended("new"), 1);
	CU_ASSERT(stage_call_is(&s, "bob/1", "early"));
	says(180, "two", CONTACT(9) "Require: 100rel\nRSeq: 9\n");
	says(199, "two", CONTACT(9) "Require: 100rel\nRSeq: 9\n");
	CU_ASSERT_EQUAL(ended("two"), 0);
	says(199, "two", CONTACT(9) "Require: 100rel\nRSeq: 10\n");
	CU_ASSERT_EQUAL(ended("two"), 1);
	CU_ASSERT_EQUAL(tester_count(&t, "PRACK", 0), 3);
	/* Without a Contact it goes where the INVITE went. */
	says(199, "bare", "Require: 100rel\nRSeq: 1\n");
	CU_ASSERT_EQUAL(tester_count(&t, "PRACK", 0), 4);
	CU_ASSERT_EQUAL(ended("bare"), 1);
	/* Without a number it is none that could be confirmed. */
	says(199, "bad", CONTACT(9) "Require: 100rel\n");
	CU_ASSERT_EQUAL(tester_count(&t, "PRACK", 0), 4);
	says(200, "one", CONTACT(9));
	says(199, "one", "");
	CU_ASSERT(stage_call_is(&s, "bob/1", "confirmed"));
	stage_do(&s, "bob", "bye", "bob/1", NULL);
	stop();
}

CHECK_MAIN("early", { "who is told", who_is_told },
    { "what it has", what_it_has },
    { "several of one branch", several_of_one_branch },
    { "never late", never_late }, { "in turns", in_turns },
    { "caller goes on", caller_goes_on }, { "ends after it", ends_after_it },
    { "odd ones", odd_ones }, )
