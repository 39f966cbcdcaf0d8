/* The registrar: RFC 3261 10.3, step by step. The tester is any user agent. */
#include "stage.h"

static struct stage s;
static struct tester t;
static unsigned branch;

static void
start(const char *attrs)
{
	stage_open(&s);
	tester_open(&s, &t, "phone", 9);
	stage_node(
	    &s, "srv", "proxy registrar location", "B.example", 2, attrs);
}

static void
stop(void)
{
	CU_ASSERT(stage_run(&s, 40000));
	CU_ASSERT_EQUAL(sim_held(s.w->sim), 0);
	stage_close(&s);
	tester_close(&t);
}

/* Sends a REGISTER and gives the index of what comes back. */
static size_t
ask(const char *to, const char *id, unsigned cseq, const char *extra)
{
	char b[20];

	snprintf(b, sizeof(b), "%u", ++branch);
	tester_ask(&t, 2, "REGISTER", "sip:b.example", to, id, cseq, b, extra);
	stage_run(&s, 100);
	return t.n - 1;
}

#define BOB "<sip:bob@b.example>"
#define C1  "Contact: <sip:bob@192.0.2.3>"
#define C2  "Contact: <sip:bob@192.0.2.4>"

static bool
lists(size_t i, const char *contact)
{
	return tester_status(&t, i) == 200 &&
	       tester_has(&t, i, "Contact", contact);
}

/* Steps 7 and 8: several contacts, what each asks for, what is left. */
static void
bindings(void)
{
	size_t i;

	start("");
	/* The parameter before the header field before the default. */
	i = ask(BOB, "a", 1,
	    "Expires: 200\n" C1 ";expires=100;q=0.25, "
	    "<sip:bob@192.0.2.4>\n");
	CU_ASSERT(lists(i, "<sip:bob@192.0.2.3>;expires=100;q=0.25"));
	CU_ASSERT(lists(i, "<sip:bob@192.0.2.4>;expires=200"));
	i = ask(BOB, "a", 2, "Contact: sip:bob@192.0.2.5;q=0.5\n");
	CU_ASSERT(lists(i, "<sip:bob@192.0.2.5>;expires=3600;q=0.5"));
	CU_ASSERT(lists(i, "<sip:bob@192.0.2.3>"));
	CU_ASSERT_EQUAL(msg_count_values(tester_at(&t, i), MSG_H_CONTACT), 3);
	/* Only asked: the seconds left are rounded up. */
	stage_run(&s, 30550);
	i = ask(BOB, "b", 1, "");
	CU_ASSERT(lists(i, "<sip:bob@192.0.2.3>;expires=70"));
	CU_ASSERT(lists(i, "<sip:bob@192.0.2.4>;expires=170"));
	/* Refreshed (equal by 19.1.4), another Call-ID may do so. */
	i = ask(BOB, "b", 1, "Contact: <SIP:%62ob@192.0.2.3>;expires=99\n");
	CU_ASSERT_EQUAL(msg_count_values(tester_at(&t, i), MSG_H_CONTACT), 3);
	CU_ASSERT(lists(i, "<sip:bob@192.0.2.3>;expires=99"));
	/* Another port is another Contact. */
	i = ask(BOB, "c", 1, "Contact: <sip:bob@192.0.2.3:5060>\n");
	CU_ASSERT_EQUAL(msg_count_values(tester_at(&t, i), MSG_H_CONTACT), 4);
	/* One taken away; then what is not there. */
	i = ask(BOB, "d", 1, C2 ";expires=0\n");
	CU_ASSERT_EQUAL(msg_count_values(tester_at(&t, i), MSG_H_CONTACT), 3);
	CU_ASSERT(!lists(i, "192.0.2.4"));
	i = ask(BOB, "d", 2, C2 ";expires=0\n");
	CU_ASSERT_EQUAL(tester_status(&t, i), 200);
	/* Time takes the first, not the others. */
	stage_run(&s, 99000);
	i = ask(BOB, "e", 1, "");
	CU_ASSERT_EQUAL(msg_count_values(tester_at(&t, i), MSG_H_CONTACT), 2);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("binding"), "\"op\":\"expire\"", NULL), 1);
	stop();
}

/* Step 7: 423 below the least, but not where an hour is asked for. */
static void
too_brief(void)
{
	size_t i;

	start("min_expires=100s default_expires=2h");
	i = ask(BOB, "a", 1, C1 ";expires=99\n");
	CU_ASSERT_EQUAL(tester_status(&t, i), 423);
	CU_ASSERT(tester_has(&t, i, "Min-Expires", "100"));
	CU_ASSERT_EQUAL(tester_status(&t, ask(BOB, "a", 2, "")), 200);
	CU_ASSERT_EQUAL(
	    msg_count_values(tester_at(&t, t.n - 1), MSG_H_CONTACT), 0);
	CU_ASSERT(lists(ask(BOB, "a", 3, C1 ";expires=100\n"), "expires=100"));
	CU_ASSERT(lists(ask(BOB, "a", 4, C1 "\n"), "expires=7200"));
	/* Taking away is never too brief. */
	CU_ASSERT_EQUAL(
	    tester_status(&t, ask(BOB, "a", 5, C1 ";expires=0\n")), 200);
	stop();
}

/* Step 6. */
static void
star(void)
{
	size_t i;

	start("");
	ask(BOB, "a", 5, C1 "\n" C2 "\n");
	CU_ASSERT_EQUAL(
	    tester_status(&t, ask(BOB, "a", 6, "Contact: *\n")), 400);
	CU_ASSERT_EQUAL(
	    tester_status(&t, ask(BOB, "a", 6, "Contact: *\nExpires: 5\n")),
	    400);
	CU_ASSERT_EQUAL(
	    tester_status(
		&t, ask(BOB, "a", 6, "Contact: *\n" C1 "\nExpires: 0\n")),
	    400);
	/* Out of order it takes nothing away. */
	CU_ASSERT_EQUAL(
	    tester_status(&t, ask(BOB, "a", 5, "Contact: *\nExpires: 0\n")),
	    500);
	i = ask(BOB, "b", 1, "");
	CU_ASSERT_EQUAL(msg_count_values(tester_at(&t, i), MSG_H_CONTACT), 2);
	i = ask(BOB, "a", 6, "Contact: *\nExpires: 0\n");
	CU_ASSERT_EQUAL(tester_status(&t, i), 200);
	CU_ASSERT_EQUAL(msg_count_values(tester_at(&t, i), MSG_H_CONTACT), 0);
	stop();
}

/* Step 7: the same Call-ID needs a higher CSeq, else nothing changes. */
static void
order(void)
{
	size_t i;

	start("");
	ask(BOB, "a", 5, C1 ";expires=500\n");
	CU_ASSERT_EQUAL(
	    tester_status(&t, ask(BOB, "a", 5, C1 ";expires=900\n")), 500);
	CU_ASSERT_EQUAL(
	    tester_status(
		&t, ask(BOB, "a", 4, C2 ";expires=900\n" C1 ";expires=0\n")),
	    500);
	i = ask(BOB, "a", 1, "");
	CU_ASSERT(lists(i, "192.0.2.3"));
	CU_ASSERT(!lists(i, "192.0.2.4"));
	CU_ASSERT(lists(ask(BOB, "a", 6, C1 ";expires=900\n"), "expires=900"));
	CU_ASSERT(lists(ask(BOB, "z", 1, C1 ";expires=800\n"), "expires=800"));
	/* The same REGISTER again, by its branch, is answered as before. */
	branch--;
	i = ask(BOB, "z", 1, C1 ";expires=800\n");
	CU_ASSERT(lists(i, "expires=800"));
	stop();
}

/* Steps 1, 2 and 5: whose address-of-record. */
static void
whose(void)
{
	size_t i;

	start("");
	CU_ASSERT(lists(ask("<sip:b%6fb@B.EXAMPLE:5060;x=y>", "a", 1, C1 "\n"),
	    "192.0.2.3"));
	CU_ASSERT(lists(ask("\"Bob\" " BOB ";p=q", "b", 1, ""), "192.0.2.3"));
	/* Capitals of the user count; From, a third party, does not. */
	i = ask("<sip:Bob@b.example>", "b", 1, "");
	CU_ASSERT_EQUAL(msg_count_values(tester_at(&t, i), MSG_H_CONTACT), 0);
	CU_ASSERT_EQUAL(
	    tester_status(&t, ask("<sip:bob@c.example>", "c", 1, C1 "\n")),
	    404);
	CU_ASSERT_EQUAL(
	    tester_status(&t, ask("<tel:123>", "c", 1, C1 "\n")), 404);
	i = ask(BOB, "d", 1, "Require: a, b\nRequire: c\n" C1 "\n");
	CU_ASSERT_EQUAL(tester_status(&t, i), 420);
	CU_ASSERT(tester_has(&t, i, "Unsupported", "a, b, c"));
	/* Hostile ones are refused in time. */
	CU_ASSERT_EQUAL(
	    tester_status(&t, ask(BOB, "e", 1, "Contact: <\n")), 400);
	stop();
}

/* No more than so many contacts, then nothing of the update. */
static void
crowd(void)
{
	struct buf many = BUF_INIT;
	size_t i;

	start("");
	for (int k = 0; k < LOCATION_CONTACTS; k++)
		buf_printf(&many, "%s<sip:%d@192.0.2.3>",
		    k > 0 ? ", " : "Contact: ", k);
	buf_puts(&many, "\n");
	i = ask(BOB, "a", 1, buf_cstr(&many));
	CU_ASSERT_EQUAL(tester_status(&t, i), 200);
	CU_ASSERT_EQUAL(msg_count_values(tester_at(&t, i), MSG_H_CONTACT),
	    LOCATION_CONTACTS);
	CU_ASSERT_EQUAL(
	    tester_status(
		&t, ask(BOB, "b", 1,
			"Contact: <sip:0@192.0.2.3>;expires=0\n" C1 "\n")),
	    500);
	i = ask(BOB, "c", 1, "");
	CU_ASSERT(lists(i, "sip:0@192.0.2.3"));
	buf_free(&many);
	stop();
}

/* A registrar alone: what else it is asked. */
static void
alone(void)
{
	stage_open(&s);
	tester_open(&s, &t, "phone", 9);
	stage_node(&s, "srv", "registrar location", "b.example", 2, "");
	tester_ask(&t, 2, "OPTIONS", "sip:b.example", "<sip:b.example>", "a", 1,
	    "a1", "");
	tester_ask(&t, 2, "INVITE", "sip:bob@b.example", BOB, "b", 1, "a2",
	    CONTACT(9));
	tester_ask(&t, 2, "REGISTER", "sip:c.example", BOB, "c", 1, "a3", "");
	tester_ask(&t, 2, "ACK", "sip:bob@b.example", BOB, "d", 1, "a4", "");
	stage_run(&s, 50);
	CU_ASSERT_EQUAL(tester_count(&t, "OPTIONS", 200), 1);
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 405), 1);
	CU_ASSERT(tester_has(&t, tester_find(&t, "INVITE", 405, 0), "Allow",
	    "REGISTER, OPTIONS"));
	CU_ASSERT_EQUAL(tester_count(&t, "REGISTER", 404), 1);
	CU_ASSERT_EQUAL(stage_count(&s, KIND("drop"), NODE("srv"), NULL), 1);
	stop();
}

CHECK_MAIN("registrar", { "bindings", bindings }, { "423", too_brief },
    { "star", star }, { "order", order }, { "whose", whose },
    { "crowd", crowd }, { "alone", alone }, )
