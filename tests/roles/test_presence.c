/*
 * The presence agent: RFC 3903 6, RFC 3856, RFC 6665 4.2; and phones that
 * publish, RFC 3903 4.  The tester is whoever is on the other side.
 */
#include "roles/presence/presence_in.h"
#include "fixtures/stage.h"

static struct stage s;
static struct tester t;

#define BOB   "sip:bob@b.example"
#define EVENT "Event: presence\n"
#define PIDF  "Content-Type: application/pidf+xml\n\n"

static void
start(const char *attrs)
{
	stage_open(&s);
	tester_open(&s, &t, "peer", 9);
	stage_node(&s, "pa", "presence", "b.example", 3, attrs);
}

static void
stop(void)
{
	CU_ASSERT(stage_run(&s, 100000));
	CU_ASSERT_EQUAL(sim_held(s.w->sim), 0);
	stage_close(&s);
	tester_close(&t);
}

static unsigned number;

/* A PUBLISH with EXTRA; the status of its answer, which is the last message but
 * for NOTIFYs. */
static unsigned
publishes(const char *extra)
{
	char id[20];
	size_t n = t.n;

	snprintf(id, sizeof(id), "p%u", ++number);
	tester_ask(&t, 3, "PUBLISH", BOB, "<" BOB ">", id, 1, id, extra);
	stage_run(&s, 25);
	for (size_t i = n; i < t.n; i++)
		if (!tester_at(&t, i)->request)
			return tester_status(&t, i);
	return 0;
}

static unsigned
subscribes(const char *id, unsigned cseq, const char *to, const char *extra)
{
	char branch[40];
	size_t n = t.n;

	snprintf(branch, sizeof(branch), "s%s%u", id, cseq);
	tester_ask(&t, 3, "SUBSCRIBE",
	    to == NULL ? BOB : "sip:pa@192.0.2.3:5060",
	    to == NULL ? "<" BOB ">" : to, id, cseq, branch, extra);
	stage_run(&s, 25);
	for (size_t i = n; i < t.n; i++)
		if (!tester_at(&t, i)->request)
			return tester_status(&t, i);
	return 0;
}

/* The N-th NOTIFY says STATE, and TEXT in its body. */
static bool
told(size_t n, const char *state, const char *text)
{
	size_t i = tester_find(&t, "NOTIFY", 0, n);

	return i < TESTER_GOT &&
	       tester_has(&t, i, "Subscription-State", state) &&
	       (text == NULL ? tester_at(&t, i)->body.n == 0
			     : str_find(tester_at(&t, i)->body, text) >= 0);
}

static void
answers(size_t n, unsigned status)
{
	tester_answer(&t, tester_find(&t, "NOTIFY", 0, n), status, "", "");
	stage_run(&s, 25);
}

static size_t
notified(void)
{
	return tester_count(&t, "NOTIFY", 0);
}

/* ---- a phone that publishes ---- */

/* What is told of a user goes into one message, whatever was published: here
 * notes in which each character is written with three more. */
static void
crowded(void)
{
	struct buf text = BUF_INIT;
	unsigned status = 200, n = 0;

	start("");
	subscribes("w", 1, NULL, EVENT "Expires: 600\n" CONTACT(9));
	answers(0, 200);
	while (status == 200 && n < 20) {
		buf_clear(&text);
		buf_puts(&text,
		    EVENT PIDF "<presence xmlns=\"urn:ietf:params:xml:ns:"
			       "pidf\" entity=\"pres:bob@b.example\"><tuple "
			       "id=\"t\"><status><basic>open</basic></status>"
			       "<note>");
		for (size_t i = 0; i < 4000; i++)
			buf_putc(&text, '>');
		buf_puts(&text, "</note></tuple></presence>");
		status = publishes(buf_cstr(&text));
		n += status == 200;
		stage_run(&s, 2000);
		answers(notified() - 1, 200);
	}
	CU_ASSERT_EQUAL(status, 413);
	CU_ASSERT_EQUAL(n, 2);
	CU_ASSERT(told(notified() - 1, "active", "id=\"t-2\""));
	buf_free(&text);
	stop();
}

CHECK_MAIN("presence", { "crowded", crowded }, )
