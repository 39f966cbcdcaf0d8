/* Instant messages: RFC 3428. The tester is the other side of bob's phone. */
#include "base/err.h"
#include "msg/parts.h"
#include "roles/ua/ua.h"
#include "fixtures/stage.h"

static struct stage s;
static struct tester t;

#define PEER "sip:peer@192.0.2.9"
#define TEXT "Content-Type: text/plain\n\n"

static void
start(const char *attrs)
{
	stage_open(&s);
	tester_open(&s, &t, "peer", 9);
	stage_node(&s, "bob", "ua", "b.example", 3, attrs);
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
dates(void)
{
	static const struct {
		const char *text;
		int64_t s; /* -1: not read */
	} rows[] = {
		{ "Thu, 01 Jan 1970 00:00:00 GMT", 0 },
		{ "Wed, 01 Jan 2020 00:00:01 GMT", 1577836801 },
		{ "Sat, 29 Feb 2020 23:59:59 GMT", 1583020799 },
		{ "Fri, 31 Dec 9999 23:59:59 GMT", INT64_C(253402300799) },
		{ "Wed, 31 Dec 1969 23:59:58 GMT", -2 },
		{ "Sun, 29 Feb 2021 00:00:00 GMT", -1 },
		{ "Sun, 00 Jan 2021 00:00:00 GMT", -1 },
		{ "Sun, 01 jan 2021 00:00:00 GMT", -1 },
		{ "Sun, 01 Jan 2021 24:00:00 GMT", -1 },
		{ "Sun, 01 Jan 2021 00:60:00 GMT", -1 },
		{ "Sun, 01 Jan 2021 00:00:00 CET", -1 },
		{ "Sat, 01 Jan 0000 00:00:00 GMT", -1 },
		{ "Sun, 1 Jan 2021 00:00:00 GMT", -1 },
		{ "", -1 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf out = BUF_INIT;
		int64_t v = -1;
		int err = msg_date_read(str_of(rows[i].text), &v);

		CU_ASSERT_EQUAL(err, rows[i].s == -1 ? ERR_SYNTAX : 0);
		CU_ASSERT_EQUAL(v, rows[i].s);
		msg_date_write(v, &out);
		if (err == 0)
			CU_ASSERT(str_is(buf_view(&out), rows[i].text));
		buf_free(&out);
	}
}

/* What comes: whether it is shown, and the answer. */
static void
arrives(void)
{
	static const struct {
		const char *attrs, *extra;
		unsigned status;
		bool shown;
	} rows[] = {
		{ "", TEXT "Hello", 200, true },
		{ "busy=true", TEXT "Hello", 200, true },
		{ "forward=sip:c@c.example", TEXT "Hello", 200, true },
		{ "messages=refuse", TEXT "Hello", 603, false },
		{ "", "", 200, true },
		{ "", "Content-Type: TEXT/Plain; charset=UTF-8\n\nHello", 200,
		    true },
		{ "", "Content-Type: text/plain;charset=utf-16\n\nHello", 415,
		    false },
		{ "", "Content-Type: text/html\n\nHello", 415, false },
		{ "", "Content-Type: message/cpim\n\nHello", 415, false },
		{ "", "\nHello", 415, false },
		{ "", "Content-Encoding: gzip\n" TEXT "Hello", 415, false },
		{ "", "Require: cpim\n" TEXT "Hello", 420, false },
		{ "max_body=4", TEXT "Hello", 413, false },
		/* It must not be there, and does not matter. */
		{ "", CONTACT(9) TEXT "Hello", 200, true },
		{ "", "Expires: 1\n" TEXT "Hello", 200, true },
		{ "", "Expires: 0\n" TEXT "Hello", 200, false },
		{ "",
		    "Expires: 5\nDate: Tue, 31 Dec 2019 23:59:00 GMT\n" TEXT
		    "Hello",
		    200, false },
		{ "",
		    "Expires: 90\nDate: Tue, 31 Dec 2019 23:59:00 GMT\n" TEXT
		    "Hello",
		    200, true },
		{ "", "Date: Tue, 31 Dec 2009 23:59:00 GMT\n" TEXT "Hello", 200,
		    true },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		start(rows[i].attrs);
		tester_ask(&t, 3, "MESSAGE", "sip:bob@b.example",
		    "<sip:bob@b.example>", "m", 1, "m1", rows[i].extra);
		stage_run(&s, 25);
		CU_ASSERT_EQUAL(tester_count(&t, "MESSAGE", rows[i].status), 1);
		if (tester_count(&t, "MESSAGE", rows[i].status) != 1)
			printf("  row %zu: no %u\n", i, rows[i].status);
		CU_ASSERT_EQUAL(
		    stage_count(&s, KIND("note"), RULE("message-show"), NULL),
		    rows[i].shown);
		if (rows[i].status == 415)
			CU_ASSERT(
			    tester_has(&t, t.n - 1, "Accept", "text/plain") ||
			    tester_has(
				&t, t.n - 1, "Accept-Encoding", "identity"));
		/* 7: neither a body nor a Contact. */
		CU_ASSERT_EQUAL(tester_at(&t, t.n - 1)->body.n, 0);
		CU_ASSERT(msg_field(tester_at(&t, t.n - 1), MSG_H_CONTACT, 0) ==
			  NULL);
		stop();
	}
}

/* Twice the same request is shown once; a copy by another way not at all. */
static void
comes_again(void)
{
	start("");
	for (size_t i = 0; i < 3; i++)
		tester_ask(&t, 3, "MESSAGE", "sip:bob@b.example",
		    "<sip:bob@b.example>", "m", 1, i < 2 ? "m1" : "m2",
		    TEXT "Hello");
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(tester_count(&t, "MESSAGE", 200), 2);
	CU_ASSERT_EQUAL(tester_count(&t, "MESSAGE", 482), 1);
	CU_ASSERT_EQUAL(stage_count(&s, KIND("note"), "Hello", NULL), 1);
	stop();
}

/* A text is cut at a character, and nothing of it breaks the trace. */
static void
huge(void)
{
	struct buf b = BUF_INIT;

	start("");
	buf_puts(&b, TEXT "x");
	for (size_t i = 0; i < 1000; i++)
		buf_puts(&b, "ä\t\"");
	tester_ask(&t, 3, "MESSAGE", "sip:bob@b.example", "<sip:bob@b.example>",
	    "m", 1, "m1", buf_cstr(&b));
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(tester_count(&t, "MESSAGE", 200), 1);
	CU_ASSERT_EQUAL(stage_count(&s, KIND("note"), "…\"", NULL), 1);
	stop();
	buf_free(&b);
}

static int
say(const char *to, const char *text, const char *type)
{
	int err = stage_do(&s, "bob", "message", NULL, "target", to, "text",
	    text, type != NULL ? "type" : NULL, type, NULL);

	stage_run(&s, 15);
	return err;
}

/* 8: one after the other to one, at once to another. */
static void
waits_its_turn(void)
{
	struct tester carol;

	start("");
	tester_open(&s, &carol, "carol", 8);
	CU_ASSERT_EQUAL(say(PEER, "one", NULL), 0);
	CU_ASSERT_EQUAL(say(PEER, "two", NULL), 0);
	CU_ASSERT_EQUAL(say("sip:carol@192.0.2.8", "three", NULL), 0);
	CU_ASSERT_EQUAL(tester_count(&t, "MESSAGE", 0), 1);
	CU_ASSERT_EQUAL(tester_count(&carol, "MESSAGE", 0), 1);
	CU_ASSERT(msg_field(tester_at(&t, 0), MSG_H_CONTACT, 0) == NULL);
	tester_answer(&t, 0, 100, "", "");
	stage_run(&s, 15);
	CU_ASSERT_EQUAL(tester_count(&t, "MESSAGE", 0), 1);
	tester_answer(&t, 0, 200, "p", "");
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(tester_count(&t, "MESSAGE", 0), 2);
	CU_ASSERT(str_is(
	    tester_at(&t, tester_find(&t, "MESSAGE", 0, 1))->body, "two"));
	stop();
	tester_close(&carol);
}

/* What its user hears of the outcome. */
static void
outcomes(void)
{
	static const struct {
		unsigned status;
		const char *rule; /* NULL: nothing */
	} rows[] = {
		{ 200, NULL },
		{ 202, RULE("message-relayed") },
		{ 404, RULE("message-failed") },
		{ 603, RULE("message-declined") },
		{ 0, RULE("message-failed") },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		start("");
		say(PEER, "one", NULL);
		if (rows[i].status != 0)
			tester_answer(&t, 0, rows[i].status, "p", "");
		stage_run(&s, 40000);
		CU_ASSERT_EQUAL(
		    stage_count(&s, KIND("note"), NODE("bob"), NULL),
		    rows[i].rule != NULL);
		if (rows[i].rule != NULL)
			CU_ASSERT_EQUAL(
			    stage_count(&s, KIND("note"), rows[i].rule, NULL),
			    1);
		stop();
	}
}

/* What a script must not ask for; and the phone's end in the middle of it. */
static void
cant(void)
{
	start("");
	CU_ASSERT_EQUAL(say("sip:x@nowhere.example", "x", NULL), 0);
	CU_ASSERT_EQUAL(say("<", "x", NULL), ERR_SYNTAX);
	CU_ASSERT_EQUAL(say(PEER, "x", "text/plain\r\nX: y"), ERR_SYNTAX);
	CU_ASSERT_EQUAL(
	    stage_do(&s, "bob", "message", NULL, "target", PEER, NULL),
	    ERR_SYNTAX);
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "message", NULL, "target", PEER,
			    "text", "x", "expires", "soon", NULL),
	    ERR_SYNTAX);
	CU_ASSERT_EQUAL(say(PEER, "one", NULL), 0);
	CU_ASSERT_EQUAL(say(PEER, "two", NULL), 0);
	node_crash(world_find(s.w, "bob"));
	stop();
}

/* Within a call, with its dialog; a call that the other side has forgotten
 * ends. */
static void
within(void)
{
	start("");
	stage_call(&s, "bob", PEER);
	stage_run(&s, 15);
	CU_ASSERT_EQUAL(
	    stage_do(&s, "bob", "message", "bob/1", "text", "x", NULL),
	    ERR_STATE);
	tester_answer(&t, 0, 200, "p", CONTACT(9));
	stage_run(&s, 25);
	for (size_t i = 0; i < 2; i++)
		CU_ASSERT_EQUAL(
		    stage_do(&s, "bob", "message", "bob/1", "text", "x", NULL),
		    0);
	stage_run(&s, 15);
	CU_ASSERT_EQUAL(tester_count(&t, "MESSAGE", 0), 1);
	tester_answer(&t, tester_find(&t, "MESSAGE", 0, 0), 481, "", "");
	stage_run(&s, 25);
	/* RFC 5057 5.3: a MESSAGE belongs to no usage, and ends none. */
	CU_ASSERT_EQUAL(tester_count(&t, "MESSAGE", 0), 2);
	tester_answer(&t, tester_find(&t, "MESSAGE", 0, 1), 200, "", "");
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(tester_count(&t, "BYE", 0), 0);
	stage_do(&s, "bob", "bye", "bob/1", NULL);
	stage_run(&s, 15);
	tester_answer(&t, tester_find(&t, "BYE", 0, 0), 200, "", "");
	stop();
}

CHECK_MAIN("message method", { "dates", dates }, { "arrives", arrives },
    { "comes again", comes_again }, { "huge", huge },
    { "waits its turn", waits_its_turn }, { "outcomes", outcomes },
    { "can't", cant }, { "within", within }, )
