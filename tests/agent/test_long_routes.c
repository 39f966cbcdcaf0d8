/*
 * Route sets of the length that a message may have, and longer answers than
 * one may be: nobody is left without an answer.  RFC 3261 12.1, 13.2.2.4,
 * 13.3.1.
 */
#include "fixtures/stage.h"

#include "sip/defaults.h"

static struct stage s;
static struct tester a, b;

static void
start(const char *attrs)
{
	stage_open(&s);
	tester_open(&s, &a, "a", 11);
	tester_open(&s, &b, "b", 12);
	stage_node(&s, "bob", "ua", "b.example", 3, attrs);
}

static void
stop(void)
{
	CU_ASSERT(stage_run(&s, 90000));
	CU_ASSERT_EQUAL(sim_held(s.w->sim), 0);
	stage_close(&s);
	tester_close(&a);
	tester_close(&b);
}

/* CONTACT, and N Record-Routes in lines of PER. */
static const char *
routes(const char *contact, unsigned n, unsigned per)
{
	static char text[20000];
	size_t at = (size_t)snprintf(text, sizeof(text), "%s", contact);

	for (unsigned i = 0; i < n; i++)
		at += (size_t)snprintf(text + at, sizeof(text) - at,
		    "%s<sip:192.0.2.12;lr;n=%u>%s",
		    i % per == 0 ? "Record-Route: " : ",", i,
		    i % per == per - 1 || i == n - 1 ? "\n" : "");
	return text;
}

static size_t
count_routes(struct tester *t, size_t i)
{
	return msg_count_values(tester_at(t, i), MSG_H_ROUTE);
}

/* The caller: every request goes along the whole list, backwards. */
static void
caller(void)
{
	static const struct {
		unsigned n, per;
	} rows[] = { { 70, 1 }, { 71, 1 }, { 200, 1 }, { 250, 1 }, { 256, 8 } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		unsigned n = rows[i].n;
		char last[40];
		size_t ack;

		start("");
		snprintf(last, sizeof(last), "n=%u>", n - 1);
		stage_call(&s, "bob", "sip:peer@192.0.2.11");
		stage_run(&s, 15);
		tester_answer(
		    &a, 0, 200, "p", routes(CONTACT(11), n, rows[i].per));
		stage_run(&s, 100);
		CU_ASSERT(stage_call_is(&s, "bob/1", "confirmed"));
		ack = tester_find(&b, "ACK", 0, 0);
		CU_ASSERT_EQUAL(count_routes(&b, ack), n);
		CU_ASSERT(str_find(msg_value(tester_at(&b, ack), MSG_H_ROUTE),
			      last) > 0);
		stage_do(&s, "bob", "bye", "bob/1", NULL);
		stage_run(&s, 100);
		CU_ASSERT_EQUAL(
		    count_routes(&b, tester_find(&b, "BYE", 0, 0)), n);
		tester_answer(&b, tester_find(&b, "BYE", 0, 0), 200, "", "");
		stop();
	}
}

static void
invite(unsigned n, unsigned per)
{
	tester_ask(&a, 3, "INVITE", "sip:bob@192.0.2.3", "<sip:bob@b.example>",
	    "i", 1, "i", routes(CONTACT(11), n, per));
}

/* The called side. */
static void
called(void)
{
	static const struct {
		unsigned n, per;
	} rows[] = { { 71, 1 }, { 200, 1 }, { 256, 8 } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		start("answer=1s");
		invite(rows[i].n, rows[i].per);
		stage_run(&s, 1200);
		CU_ASSERT_EQUAL(tester_count(&a, "INVITE", 180), 1);
		CU_ASSERT_EQUAL(tester_count(&a, "INVITE", 200), 1);
		stop();
	}
}

/* As many Vias, as many in a line as they came. */
static void
vias(void)
{
	char text[20000];
	size_t at = 0, i;

	for (unsigned n = 1; n < MSG_MAX_VALUES; n++)
		at += (size_t)snprintf(text + at, sizeof(text) - at,
		    "%sSIP/2.0/UDP 192.0.2.%u;branch=z9hG4bK%u%s",
		    n % 15 == 1 ? "Via: " : ", ", n, n,
		    n % 15 == 0 ? "\n" : "");
	start("");
	tester_ask(&a, 3, "OPTIONS", "sip:bob@192.0.2.3", "<sip:bob@b.example>",
	    "o", 1, "o", text);
	stage_run(&s, 100);
	i = tester_find(&a, "OPTIONS", 200, 0);
	CU_ASSERT_EQUAL(
	    msg_count_values(tester_at(&a, i), MSG_H_VIA), MSG_MAX_VALUES);
	stop();
}

CHECK_MAIN("long_routes", { "caller", caller }, { "called", called },
    { "Vias", vias }, )
