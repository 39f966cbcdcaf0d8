/* What a proxy does with calls because their user wants it: RFC 5359 2.7, 2.8,
 * 2.9, 2.12. */
#include "fixtures/fork.h"

#define ONE "Contact: <sip:bob@192.0.2.11>\n"
#define C   "sip:bob@192.0.2.13"

/* Bob's phone has settings: KEY, value, …, NULL. */
static void
start(const char *contacts, ...)
{
	struct node *n;
	const char *key;
	va_list ap;

	fork_start("ring_time=5s", contacts);
	n = stage_node(&fork_s, "phone", "ua", "b.example", 20,
	    "aor=" FORK_BOB " services=proxy answer=never");
	va_start(ap, contacts);
	while ((key = va_arg(ap, const char *)) != NULL)
		CU_ASSERT_EQUAL(
		    node_set_attr(n, key, va_arg(ap, const char *)), 0);
	va_end(ap);
}

static size_t
got(struct tester *t, const char *method, unsigned status)
{
	return tester_count(t, method, status);
}

static size_t
ruled(const char *rule)
{
	return stage_count(&fork_s, KIND("route"), rule, NODE("prx"));
}

static void
forwards_all(void)
{
	start(ONE, "forward", C, "forward_no_answer", "sip:x@192.0.2.12", NULL);
	fork_ask("INVITE", "i1", CONTACT(8));
	CU_ASSERT_EQUAL(got(&fork_up, "INVITE", 181), 1);
	CU_ASSERT_EQUAL(got(&fork_a, "INVITE", 0), 0);
	CU_ASSERT_EQUAL(got(&fork_c, "INVITE", 0), 1);
	CU_ASSERT(str_is(tester_at(&fork_c, 0)->uri, C));
	CU_ASSERT_EQUAL(ruled(RULE("service-forward")), 1);
	/* Whom it was forwarded to may ring for as long as he likes. */
	fork_answer(&fork_c, 180, "c", CONTACT(13));
	stage_run(&fork_s, 30000);
	CU_ASSERT_EQUAL(got(&fork_c, "CANCEL", 0), 0);
	CU_ASSERT_EQUAL(got(&fork_b, "INVITE", 0), 0);
	fork_answer(&fork_c, 200, "c", CONTACT(13));
	CU_ASSERT_EQUAL(got(&fork_up, "INVITE", 200), 1);
	fork_stop();
}

/* Calls alone are forwarded, and none that lies in a dialog. */
static void
forwards_calls_alone(void)
{
	start(ONE, "forward", C, NULL);
	fork_ask("OPTIONS", "o1", "");
	CU_ASSERT_EQUAL(got(&fork_a, "OPTIONS", 0), 1);
	tester_answer(&fork_a, 1, 200, "a", "");
	tester_ask(&fork_up, 2, "INVITE", FORK_BOB, "<" FORK_BOB ">;tag=t",
	    "i1", 1, "i1", CONTACT(8));
	stage_run(&fork_s, 25);
	CU_ASSERT_EQUAL(got(&fork_a, "INVITE", 0), 1);
	CU_ASSERT_EQUAL(got(&fork_c, "INVITE", 0), 0);
	fork_answer(&fork_a, 404, "a", "");
	fork_stop();
}

/* What a phone says, and whether the call goes on to c. */
static void
goes_on(void)
{
	static const struct {
		const char *attr;
		unsigned status;
		bool on;
	} rows[] = {
		{ "forward_busy", 486, true },
		{ "forward_busy", 480, false },
		{ "forward_busy", 404, false },
		{ "forward_busy", 600, false },
		{ "forward_no_answer", 480, true },
		{ "forward_no_answer", 408, true },
		{ "forward_no_answer", 486, false },
		{ "forward_no_answer", 603, false },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		start(ONE, rows[i].attr, C, NULL);
		fork_ask("INVITE", "i1", CONTACT(8));
		fork_answer(&fork_a, rows[i].status, "a", "");
		CU_ASSERT_EQUAL(got(&fork_c, "INVITE", 0), rows[i].on);
		CU_ASSERT_EQUAL(got(&fork_up, "INVITE", 181), rows[i].on);
		CU_ASSERT_EQUAL(
		    got(&fork_up, "INVITE", rows[i].status), !rows[i].on);
		if (rows[i].on)
			fork_answer(&fork_c, 404, "c", "");
		/* Of two refusals of one class the first (16.7). */
		CU_ASSERT_EQUAL(tester_status(&fork_up, fork_up.n - 1),
		    rows[i].status == 408 ? 404 : rows[i].status);
		fork_stop();
	}
}

/* 2.9: rings, is cancelled, and the next has its turn. */
static void
no_answer(void)
{
	start(ONE, "forward_no_answer", C, NULL);
	fork_ask("INVITE", "i1", CONTACT(8));
	fork_answer(&fork_a, 180, "a", CONTACT(11));
	stage_run(&fork_s, 4800);
	CU_ASSERT_EQUAL(got(&fork_a, "CANCEL", 0), 0);
	stage_run(&fork_s, 300);
	CU_ASSERT_EQUAL(got(&fork_a, "CANCEL", 0), 1);
	CU_ASSERT_EQUAL(got(&fork_up, "INVITE", 181), 0);
	tester_answer(
	    &fork_a, tester_find(&fork_a, "CANCEL", 0, 0), 200, "a", "");
	fork_answer(&fork_a, 487, "a", "");
	CU_ASSERT_EQUAL(got(&fork_up, "INVITE", 181), 1);
	CU_ASSERT_EQUAL(got(&fork_c, "INVITE", 0), 1);
	fork_answer(&fork_c, 200, "c", CONTACT(13));
	CU_ASSERT_EQUAL(got(&fork_up, "INVITE", 200), 1);
	fork_stop();
}

/* A phone that is silent can't be cancelled (9.1): the next has its turn beside
 * it. */
static void
silent_phone(void)
{
	start(ONE, "forward_no_answer", C, NULL);
	fork_ask("INVITE", "i1", CONTACT(8));
	stage_run(&fork_s, 5100);
	CU_ASSERT_EQUAL(got(&fork_a, "CANCEL", 0), 0);
	CU_ASSERT_EQUAL(got(&fork_c, "INVITE", 0), 1);
	fork_answer(&fork_c, 200, "c", CONTACT(13));
	CU_ASSERT_EQUAL(got(&fork_up, "INVITE", 200), 1);
	fork_stop();
}

/* Nobody is registered, or never was: nobody answers. */
static void
nobody_there(void)
{
	start("", "forward_no_answer", C, NULL);
	fork_ask("INVITE", "i1", CONTACT(8));
	CU_ASSERT_EQUAL(got(&fork_c, "INVITE", 0), 1);
	fork_answer(&fork_c, 486, "c", "");
	CU_ASSERT_EQUAL(got(&fork_up, "INVITE", 480), 1);
	fork_stop();
	start("", "forward_busy", C, NULL);
	fork_ask("INVITE", "i1", CONTACT(8));
	CU_ASSERT_EQUAL(got(&fork_up, "INVITE", 404), 1);
	fork_stop();
}

/* The caller gives up: nothing is tried any more. */
static void
given_up(void)
{
	start(ONE, "forward_no_answer", C, NULL);
	fork_ask("INVITE", "i1", CONTACT(8));
	fork_answer(&fork_a, 180, "a", CONTACT(11));
	tester_ask(&fork_up, 2, "CANCEL", FORK_BOB, "<" FORK_BOB ">", "i1", 1,
	    "i1", "");
	stage_run(&fork_s, 25);
	fork_answer(&fork_a, 487, "a", "");
	CU_ASSERT_EQUAL(got(&fork_c, "INVITE", 0), 0);
	CU_ASSERT_EQUAL(got(&fork_up, "INVITE", 487), 1);
	fork_stop();
}

/* 2.12: in order, whatever `fork` says; what is no URI, or stands twice, is
 * left out. */
static void
find_me(void)
{
	start(ONE, "find_me",
	    "sip:bob@192.0.2.12 nonsense  tel:1 sip:bob@192.0.2.12 " C, NULL);
	fork_ask("INVITE", "i1", CONTACT(8));
	CU_ASSERT_EQUAL(got(&fork_b, "INVITE", 0), 1);
	CU_ASSERT_EQUAL(got(&fork_c, "INVITE", 0), 0);
	fork_answer(&fork_b, 486, "b", "");
	CU_ASSERT_EQUAL(got(&fork_c, "INVITE", 0), 1);
	CU_ASSERT_EQUAL(got(&fork_a, "INVITE", 0), 0);
	CU_ASSERT_EQUAL(got(&fork_up, "INVITE", 181), 0);
	fork_answer(&fork_c, 480, "c", "");
	CU_ASSERT_EQUAL(got(&fork_up, "INVITE", 486), 1);
	fork_stop();
}

/* Settings that lead nowhere are none: the phone is asked. */
static void
bad_settings(void)
{
	static const char *const rows[] = { "", " ", "bob", "tel:1",
		"sips:bob@192.0.2.13", "sip:", "<sip:bob@192.0.2.13>" };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		start(ONE, "forward", rows[i], "find_me", rows[i], NULL);
		fork_ask("INVITE", "i1", CONTACT(8));
		CU_ASSERT_EQUAL(got(&fork_a, "INVITE", 0), 1);
		fork_answer(&fork_a, 404, "a", "");
		fork_stop();
	}
}

/* Users who forward to each other: a spiral at first, then a loop (RFC 5393);
 * through many it is Max-Forwards that ends it. */
static void
circles(void)
{
	struct node *carol;

	start(ONE, "forward", "sip:carol@b.example", NULL);
	carol = stage_node(&fork_s, "carol", "ua", "b.example", 21,
	    "services=proxy forward=" FORK_BOB);
	CU_ASSERT_PTR_NOT_NULL(carol);
	CU_ASSERT_EQUAL(world_add_domain(
			    fork_s.w, "b.example", world_find(fork_s.w, "prx")),
	    0);
	fork_ask("INVITE", "i1", CONTACT(8));
	CU_ASSERT_EQUAL(got(&fork_up, "INVITE", 482), 1);
	CU_ASSERT_EQUAL(ruled(RULE("service-forward")), 2);
	tester_ask(&fork_up, 2, "INVITE", FORK_BOB, "<" FORK_BOB ">", "i2", 1,
	    "i2", "Max-Forwards: 1\n" CONTACT(8));
	stage_run(&fork_s, 25);
	CU_ASSERT_EQUAL(got(&fork_up, "INVITE", 483), 1);
	fork_stop();
}

/* services=phone: the phone says 302 itself. */
static void
by_the_phone(void)
{
	static const struct {
		const char *attr, *more, *value;
		unsigned status;
		unsigned after_ms;
	} rows[] = {
		{ "forward", "busy", "true", 302, 0 },
		{ "forward_busy", "busy", "true", 302, 0 },
		{ "forward_busy", "do_not_disturb", "true", 480, 0 },
		{ "forward_busy", "no_answer", "2s", 480, 2000 },
		{ "forward_no_answer", "busy", "true", 486, 0 },
		{ "forward_no_answer", "no_answer", "2s", 302, 2000 },
		{ "forward_no_answer", "lines", "1", 302, 20000 },
		{ "find_me", "no_answer", "2s", 480, 2000 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		start("Contact: <sip:bob@192.0.2.20>\n", "services", "phone",
		    rows[i].attr, C, rows[i].more, rows[i].value, NULL);
		fork_ask("INVITE", "i1", CONTACT(8));
		stage_run(&fork_s, rows[i].after_ms + 25);
		CU_ASSERT_EQUAL(got(&fork_up, "INVITE", rows[i].status), 1);
		if (rows[i].status == 302)
			CU_ASSERT(tester_has(
			    &fork_up, fork_up.n - 1, "Contact", "<" C ">"));
		fork_stop();
	}
}

/* The proxy does it, and the phone does not. */
static void
not_by_both(void)
{
	start("Contact: <sip:bob@192.0.2.20>\n", "forward_busy", C, "busy",
	    "true", NULL);
	fork_ask("INVITE", "i1", CONTACT(8));
	stage_run(&fork_s, 25);
	CU_ASSERT_EQUAL(got(&fork_up, "INVITE", 302), 0);
	CU_ASSERT_EQUAL(got(&fork_c, "INVITE", 0), 1);
	fork_answer(&fork_c, 404, "c", "");
	fork_stop();
}

CHECK_MAIN("proxy_service", { "forwards_all", forwards_all },
    { "forwards_calls_alone", forwards_calls_alone }, { "goes_on", goes_on },
    { "no_answer", no_answer }, { "silent_phone", silent_phone },
    { "nobody_there", nobody_there }, { "given_up", given_up },
    { "find_me", find_me }, { "bad_settings", bad_settings },
    { "circles", circles }, { "by_the_phone", by_the_phone },
    { "not_by_both", not_by_both })
