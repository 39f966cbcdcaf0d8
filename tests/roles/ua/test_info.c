/* INFO: RFC 6086; OPTIONS: RFC 3261 11, RFC 3264 9. The tester is the other
 * side of bob's call. */
#include "base/err.h"
#include "roles/ua/ua.h"
#include "fixtures/stage.h"

static struct stage s;
static struct tester t;

#define PEER "sip:peer@192.0.2.9"
#define DTMF "Content-Type: application/dtmf-relay\n\n"

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

/* bob has called and is answered: the peer's tag is p. */
static void
calls(const char *attrs)
{
	start(attrs);
	stage_call(&s, "bob", PEER);
	stage_run(&s, 15);
	tester_answer(&t, 0, 200, "p", CONTACT(9));
	stage_run(&s, 25);
}

static void
hang_up(void)
{
	stage_do(&s, "bob", "bye", "bob/1", NULL);
	stage_run(&s, 15);
	tester_answer(&t, tester_find(&t, "BYE", 0, 0), 200, "", "");
	stop();
}

/* A request of the peer in the dialog of bob's INVITE. */
static void
asks(const char *method, unsigned cseq, const char *extra)
{
	tester_say(&t, 3,
	    "%s sip:bob@192.0.2.3 SIP/2.0\n"
	    "Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bK%s%u\n"
	    "From: <sip:peer@192.0.2.9>;tag=p\n"
	    "To: <sip:bob@b.example>;tag=%.*s\n"
	    "Call-ID: %.*s\n"
	    "CSeq: %u %s\n%s\n",
	    method, method, cseq,
	    STR_ARG(msg_tag(msg_value(tester_at(&t, 0), MSG_H_FROM))),
	    STR_ARG(msg_value(tester_at(&t, 0), MSG_H_CALL_ID)), cseq, method,
	    extra);
	stage_run(&s, 25);
}

static void
taken(void)
{
	static const struct {
		const char *attrs, *extra;
		unsigned status;
		const char *note, *name, *value; /* or NULL */
	} rows[] = {
		{ "", DTMF "Signal=5\nDuration=160\n", 200, "DTMF 5, 160 ms",
		    NULL, NULL },
		{ "", DTMF "Signal=5\nDuration=x\n", 200, "DTMF 5", NULL,
		    NULL },
		{ "", "", 200, NULL, NULL, NULL },
		{ "", DTMF "Signal=55\n", 400, NULL, NULL, NULL },
		{ "", DTMF "Duration=160\n", 400, NULL, NULL, NULL },
		{ "", "\nSignal=5", 415, NULL, "Accept",
		    "application/dtmf-relay" },
		{ "", "Content-Type: text/plain\n\nfive", 415, NULL, "Accept",
		    "application/dtmf-relay" },
		{ "", "Info-Package: foo\n", 469, NULL, "Recv-Info", "" },
		{ "packages=a,foo", "Info-Package: foo;x=y\n", 200,
		    "package foo", NULL, NULL },
		{ "packages=foo;z=1",
		    "Info-Package: foo\nContent-Type: a/b\n\nhello", 200,
		    "bytes of a/b", NULL, NULL },
		/* 7.2: octet by octet */
		{ "packages=foo", "Info-Package: Foo\n", 469, NULL, "Recv-Info",
		    "foo" },
		{ "packages=foo", "Info-Package: fo\n", 469, NULL, "Recv-Info",
		    "foo" },
		{ "", "Require: x\n", 420, NULL, NULL, NULL },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		calls(rows[i].attrs);
		asks("INFO", 5, rows[i].extra);
		if (tester_count(&t, "INFO", rows[i].status) != 1 ||
		    stage_count(&s, KIND("note"),
			rows[i].note != NULL ? rows[i].note : "",
			NULL) != (rows[i].note != NULL))
			printf("  row %zu\n", i);
		CU_ASSERT_EQUAL(tester_count(&t, "INFO", rows[i].status), 1);
		CU_ASSERT_EQUAL(
		    stage_count(&s, KIND("note"),
			rows[i].note != NULL ? rows[i].note : "", NULL),
		    rows[i].note != NULL);
		if (rows[i].name != NULL)
			CU_ASSERT(tester_has(
			    &t, t.n - 1, rows[i].name, rows[i].value));
		/* 12.2.2: out of order. */
		asks("INFO", 4, rows[i].extra);
		CU_ASSERT_EQUAL(tester_count(&t, "INFO", 500), 1);
		CU_ASSERT(stage_call_is(&s, "bob/1", "confirmed"));
		hang_up();
	}
	start("packages=foo");
	tester_ask(&t, 3, "INFO", "sip:bob@b.example", "<sip:bob@b.example>",
	    "o", 1, "o1", "Info-Package: foo\n");
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(tester_count(&t, "INFO", 481), 1);
	stop();
}

/* 5.2.3: Recv-Info in INVITEs, and in the 2xx to those that have it. */
static void
announced(void)
{
	static const struct {
		const char *attrs, *asked;
		int invite, ok; /* -1: none, else how long */
	} rows[] = {
		{ "answer=0s", "Recv-Info: x\n", -1, -1 },
		{ "answer=0s packages=foo", "Recv-Info:\n", 3, 3 },
		{ "answer=0s packages=foo", "", 3, -1 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf extra = BUF_INIT;
		const struct msg_field *f;

		calls(rows[i].attrs);
		f = msg_field(tester_at(&t, 0), MSG_H_RECV_INFO, 0);
		CU_ASSERT_EQUAL(
		    f != NULL ? (int)f->value.n : -1, rows[i].invite);
		buf_puts(&extra, CONTACT(9));
		buf_puts(&extra, rows[i].asked);
		tester_ask(&t, 3, "INVITE", "sip:bob@b.example",
		    "<sip:bob@b.example>", "i", 1, "i1", buf_cstr(&extra));
		stage_run(&s, 25);
		f = msg_field(tester_at(&t, tester_find(&t, "INVITE", 200, 0)),
		    MSG_H_RECV_INFO, 0);
		CU_ASSERT_EQUAL(f != NULL ? (int)f->value.n : -1, rows[i].ok);
		buf_free(&extra);
		stage_run(&s, 40000);
		hang_up();
	}
}

/* One digit after the other. */
static void
digits(void)
{
	static const char *const bad[] = { "", "12x", "1 2" };

	calls("");
	for (size_t i = 0; i < 3; i++)
		CU_ASSERT_EQUAL(stage_do(&s, "bob", "dtmf", "bob/1", "digits",
				    bad[i], NULL),
		    ERR_SYNTAX);
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "dtmf", "bob/1", "digits", "1",
			    "duration", "2h", NULL),
	    ERR_RANGE);
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "info", "bob/1", "body", "x", NULL),
	    ERR_SYNTAX);
	CU_ASSERT_EQUAL(
	    stage_do(&s, "bob", "dtmf", "bob/1", "digits", "1#", NULL), 0);
	stage_run(&s, 15);
	CU_ASSERT_EQUAL(tester_count(&t, "INFO", 0), 1);
	CU_ASSERT(str_is(
	    tester_at(&t, t.n - 1)->body, "Signal=1\r\nDuration=160\r\n"));
	tester_answer(&t, t.n - 1, 415, "", "");
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(tester_count(&t, "INFO", 0), 2);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("note"), RULE("info-refused"), NULL), 1);
	CU_ASSERT(stage_call_is(&s, "bob/1", "confirmed"));
	hang_up();
	/* The call ends in the middle of it. */
	calls("");
	stage_do(&s, "bob", "dtmf", "bob/1", "digits", "1234", NULL);
	stage_run(&s, 15);
	hang_up();
	CU_ASSERT_EQUAL(tester_count(&t, "INFO", 0), 0);
}

static void
capable(void)
{
	static const struct {
		const char *extra;
		bool described;
	} rows[] = { { "", true }, { "Accept: application/*\n", true },
		{ "Accept: text/plain\n", false }, { "Accept:\n", false } };
	struct str first = STR_NULL;

	calls("");
	for (unsigned i = 0; i < 4; i++) {
		const struct msg *m;

		asks("OPTIONS", 10 + i, rows[i].extra);
		CU_ASSERT_EQUAL(tester_count(&t, "OPTIONS", 200), i + 1);
		m = tester_at(&t, t.n - 1);
		CU_ASSERT_EQUAL(m->body.n > 0, rows[i].described);
		CU_ASSERT_EQUAL(str_find(m->body, "m=audio 0 RTP/AVP 0 8") >= 0,
		    rows[i].described);
		/* 9: another id each time. */
		if (rows[i].described)
			CU_ASSERT(!str_eq(m->body, first));
		first = m->body;
	}
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "options", "bob/1", NULL), 0);
	stage_run(&s, 15);
	CU_ASSERT_EQUAL(tester_count(&t, "OPTIONS", 0), 1);
	tester_answer(&t, t.n - 1, 200, "", "");
	hang_up();
}

/* Its server goes, and comes back. */
static void
pings(void)
{
	start("");
	stage_node(&s, "px", "proxy", "c.example", 4, "");
	stage_node(&s, "carol", "ua", "c.example", 5, "outbound=px ping=10s");
	stage_run(&s, 10100);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("send"), RULE("ping-send"), NULL), 1);
	CU_ASSERT_EQUAL(stage_count(&s, KIND("note"), NODE("carol"), NULL), 0);
	node_crash(world_find(s.w, "px"));
	stage_run(&s, 45000);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("note"), RULE("ping-lost"), NULL), 1);
	CU_ASSERT_EQUAL(node_start(world_find(s.w, "px")), 0);
	stage_run(&s, 10100);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("note"), RULE("ping-back"), NULL), 1);
	stage_run(&s, 5000);
	node_crash(world_find(s.w, "carol"));
	stop();
}

CHECK_MAIN("info", { "taken", taken }, { "announced", announced },
    { "digits", digits }, { "capable", capable }, { "pings", pings }, )
