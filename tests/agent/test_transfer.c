/*
 * Transfer: RFC 3515, RFC 6665, RFC 5589 6, RFC 3892.  The tester is the other
 * side of bob's call, and a second one whom it is transferred to.
 */
#include "roles/ua/ua.h"
#include "fixtures/stage.h"
#include "machine/machine.h"

static struct stage s;
static struct tester t, carol;

#define PEER   "sip:peer@192.0.2.9"
#define CAROL  "sip:carol@192.0.2.8"
#define MINE   "bob/1"
#define ACTIVE "Subscription-State: active;expires=60\n"
#define OVER   "Subscription-State: terminated;reason=noresource\n"
#define EVENT  "Event: refer\n"
#define FRAG   "Content-Type: message/sipfrag\n\n"
#define TRYING FRAG "SIP/2.0 100 Trying\n"

static void
start(const char *attrs)
{
	stage_open(&s);
	tester_open(&s, &t, "peer", 9);
	tester_open(&s, &carol, "carol", 8);
	stage_node(&s, "bob", "ua", "b.example", 3, attrs);
}

/* Each step of a subscription is in the table of machines. */
static void
check_steps(void)
{
	const struct machine *m = machine_find(STR("subscription"));
	struct str rest = buf_view(&s.trace);

	while (rest.n > 0) {
		struct str line = str_cut(rest, '\n', &rest), step[3];
		static const char *const keys[] = { "from", "event", "to" };
		struct buf text[3] = { BUF_INIT, BUF_INIT, BUF_INIT };
		struct json_value v;

		if (str_find(line, "\"machine\":\"subscription\"") < 0 ||
		    str_find(line, KIND("fsm")) < 0 ||
		    json_read(&line, &v) != 0)
			continue;
		for (size_t i = 0; i < 3; i++) {
			json_text(json_member(v, keys[i]), &text[i]);
			step[i] = buf_view(&text[i]);
		}
		if (machine_step(m, step[0], step[1], step[2]) == NULL) {
			printf("  %s, %s, %s\n", buf_cstr(&text[0]),
			    buf_cstr(&text[1]), buf_cstr(&text[2]));
			CU_FAIL("no such step");
		}
		for (size_t i = 0; i < 3; i++)
			buf_free(&text[i]);
	}
}

static void
stop(void)
{
	CU_ASSERT(stage_run(&s, 80000));
	check_steps();
	CU_ASSERT_EQUAL(sim_held(s.w->sim), 0);
	stage_close(&s);
	tester_close(&t);
	tester_close(&carol);
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
	CU_ASSERT(stage_call_is(&s, MINE, "confirmed"));
}

static void
hang_up(void)
{
	stage_do(&s, "bob", "bye", MINE, NULL);
	stage_run(&s, 15);
	tester_answer(&t, tester_find(&t, "BYE", 0, 0), 200, "", "");
	stop();
}

/* A request of the peer in the dialog of bob's first INVITE. */
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

/* The answer to it is STATUS. */
static bool
gets(const char *method, unsigned status)
{
	const struct msg *m = tester_at(&t, t.n - 1);
	struct msg_cseq cseq = { 0 };

	msg_cseq_read(msg_value(m, MSG_H_CSEQ), &cseq);
	if (m->status != status || !str_is(cseq.method, method))
		printf("  %s %u\n", method, m->status);
	return m->status == status && str_is(cseq.method, method);
}

static int
transfer(const char *to)
{
	int err = stage_do(&s, "bob", "transfer", MINE, "to", to, NULL);

	stage_run(&s, 15);
	return err;
}

/* bob's request METHOD number N is answered. */
static void
says(const char *method, size_t n, unsigned status, const char *extra)
{
	tester_answer(&t, tester_find(&t, method, 0, n), status, "", extra);
	stage_run(&s, 25);
}

static size_t
steps(const char *to, const char *event)
{
	char a[80], b[80];

	snprintf(a, sizeof(a), "\"to\":\"%s\"", to);
	snprintf(b, sizeof(b), "\"event\":\"%s\"", event);
	return stage_count(&s, "\"machine\":\"subscription\"", a, b);
}

static size_t
rules(const char *kind, const char *rule)
{
	char a[80], b[80];

	snprintf(a, sizeof(a), "\"kind\":\"%s\"", kind);
	snprintf(b, sizeof(b), "\"rule\":\"%s\"", rule);
	return stage_count(&s, a, b, NULL);
}

/* ---- the side that asks ---- */

static void
asked(void)
{
	size_t i;

	calls("");
	CU_ASSERT_EQUAL(transfer(CAROL), 0);
	i = tester_find(&t, "REFER", 0, 0);
	CU_ASSERT(tester_has(&t, i, "Refer-To", "<" CAROL ">"));
	CU_ASSERT(tester_has(&t, i, "Referred-By", "<sip:bob@b.example>"));
	CU_ASSERT(tester_has(&t, i, "Contact", "<sip:bob@192.0.2.3:5060>"));
	CU_ASSERT(tester_has(&t, i, "CSeq", "2 REFER"));
	CU_ASSERT(tester_has(&t, i, "To", "tag=p"));
	CU_ASSERT_EQUAL(transfer(CAROL), ERR_STATE); /* under way */
	says("REFER", 0, 202, CONTACT(9));
	CU_ASSERT_EQUAL(steps("notify_wait", "2xx"), 1);
	asks("NOTIFY", 5, EVENT ACTIVE TRYING);
	CU_ASSERT(gets("NOTIFY", 200));
	CU_ASSERT_EQUAL(steps("active", "NOTIFY active"), 1);
	CU_ASSERT_EQUAL(stage_count(&s, "\"op\":\"stop\"", "\"name\":\"N\"",
			    "\"machine\":\"subscription\""),
	    1);
	CU_ASSERT_EQUAL(tester_count(&t, "BYE", 0), 0);
	asks("NOTIFY", 6, EVENT OVER FRAG "SIP/2.0 200 OK\n");
	CU_ASSERT_EQUAL(tester_count(&t, "NOTIFY", 200), 2);
	CU_ASSERT_EQUAL(rules("call", "transfer-done"), 1);
	CU_ASSERT_EQUAL(tester_count(&t, "BYE", 0), 1);
	CU_ASSERT(stage_call_is(&s, MINE, "terminating"));
	hang_up();
}

/* Who sends the NOTIFY does not wait for the 202's way, nor for its end. */
static void
overtaken(void)
{
	calls("");
	transfer(CAROL);
	asks("NOTIFY", 5, EVENT "Subscription-State: pending\n" TRYING);
	CU_ASSERT_EQUAL(steps("pending", "NOTIFY pending"), 1);
	asks("NOTIFY", 6, EVENT ACTIVE TRYING);
	asks("NOTIFY", 7, EVENT "Subscription-State: pending\n" TRYING);
	CU_ASSERT_EQUAL(steps("active", "NOTIFY active"), 2);
	asks("NOTIFY", 8, EVENT OVER FRAG "SIP/2.0 200 OK\n");
	CU_ASSERT_EQUAL(tester_count(&t, "BYE", 0), 1);
	says("REFER", 0, 202, CONTACT(9));
	CU_ASSERT_EQUAL(steps("notify_wait", "2xx"), 0);
	hang_up();
}

/* News come, but never the answer to the REFER itself. */
static void
unanswered(void)
{
	for (size_t i = 0; i < 3; i++) {
		calls("");
		transfer(CAROL);
		asks("NOTIFY", 5,
		    i == 0 ? EVENT "Subscription-State: pending\n" TRYING
			   : EVENT ACTIVE TRYING);
		if (i < 2) {
			stage_run(&s, 32000);
			CU_ASSERT_EQUAL(steps("terminated", "timeout"), 1);
			CU_ASSERT_EQUAL(tester_count(&t, "BYE", 0), 1);
		} else {
			says("REFER", 0, 403, "");
			CU_ASSERT_EQUAL(steps("terminated", "300-699"), 1);
			CU_ASSERT(stage_call_is(&s, MINE, "confirmed"));
		}
		hang_up();
	}
}

/* RFC 5589 6.3: the call goes on, and off hold. */
static void
failed(void)
{
	static const struct {
		unsigned status;
		const char *body; /* of the NOTIFY; NULL: the REFER's answer */
	} rows[] = {
		{ 603, NULL },
		{ 405, NULL },
		{ 202, "SIP/2.0 486 Busy Here\n" },
		{ 202, "SIP/2.0 100 Trying\n" },
	};

	for (size_t i = 0; i < 4; i++) {
		char text[200];

		calls("");
		stage_do(&s, "bob", "hold", MINE, NULL);
		stage_run(&s, 15);
		says("INVITE", 1, 200, CONTACT(9));
		transfer(CAROL);
		says("REFER", 0, rows[i].status, "");
		snprintf(text, sizeof(text), EVENT OVER FRAG "%s",
		    rows[i].body != NULL ? rows[i].body : "");
		if (rows[i].body != NULL)
			asks("NOTIFY", 5, text);
		CU_ASSERT_EQUAL(rules("call", "transfer-failed"), 1);
		CU_ASSERT_EQUAL(rules("send", "resume-send"), 1);
		CU_ASSERT(stage_call_is(&s, MINE, "confirmed"));
		CU_ASSERT_EQUAL(tester_count(&t, "BYE", 0), 0);
		says("INVITE", 2, 200, CONTACT(9));
		/* What comes now is of no subscription any more. */
		asks("NOTIFY", 9, EVENT OVER TRYING);
		CU_ASSERT(gets("NOTIFY", 481));
		hang_up();
	}
}

/* RFC 6665 4.1.2.4: Timer N; RFC 3261 12.2.1.2: no answer at all. */
static void
silent(void)
{
	calls("");
	transfer(CAROL);
	says("REFER", 0, 202, "");
	stage_run(&s, 31000);
	CU_ASSERT_EQUAL(steps("terminated", "Timer N"), 0);
	stage_run(&s, 1000);
	CU_ASSERT_EQUAL(steps("terminated", "Timer N"), 1);
	CU_ASSERT(stage_call_is(&s, MINE, "confirmed"));
	asks("NOTIFY", 5, EVENT ACTIVE TRYING);
	CU_ASSERT(gets("NOTIFY", 481));
	hang_up();
	/* The news end. */
	calls("");
	transfer(CAROL);
	says("REFER", 0, 202, "");
	asks(
	    "NOTIFY", 5, EVENT "Subscription-State: active;expires=2\n" TRYING);
	stage_run(&s, 33000);
	CU_ASSERT_EQUAL(steps("terminated", "Timer expire"), 0);
	stage_run(&s, 1000);
	CU_ASSERT_EQUAL(steps("terminated", "Timer expire"), 1);
	hang_up();
	/* Nobody there, or nobody who knows the call. */
	for (size_t i = 0; i < 2; i++) {
		calls("");
		transfer(CAROL);
		if (i == 0)
			says("REFER", 0, 481, "");
		else
			stage_run(&s, 32100);
		CU_ASSERT_EQUAL(tester_count(&t, "REFER", 0), i == 0 ? 1 : 11);
		CU_ASSERT_EQUAL(
		    steps("terminated", i == 0 ? "300-699" : "timeout"), 1);
		CU_ASSERT_EQUAL(rules("call", "reinvite-lost"), 1);
		CU_ASSERT_EQUAL(tester_count(&t, "BYE", 0), 1);
		hang_up();
	}
}

static void
bad_news(void)
{
	static const struct {
		const char *text;
		unsigned status;
		const char *name, *value;
	} rows[] = {
		{ "Event: weather\n" ACTIVE TRYING, 489, "Allow-Events",
		    "refer" },
		{ "Event: presence\n" ACTIVE TRYING, 481, NULL, NULL },
		{ ACTIVE TRYING, 400, NULL, NULL },
		{ "Event: refer;id=1\n" ACTIVE TRYING, 481, NULL, NULL },
		{ "Event: refer;id=x\n" ACTIVE TRYING, 481, NULL, NULL },
		{ EVENT TRYING, 400, NULL, NULL },
		{ EVENT ACTIVE "\n", 415, "Accept", "message/sipfrag" },
		{ EVENT ACTIVE "Content-Type: text/plain\n\nSIP/2.0 200 OK\n",
		    415, "Accept", "message/sipfrag" },
		{ EVENT ACTIVE FRAG "SIP/2.0 2 OK\n", 400, NULL, NULL },
		{ EVENT ACTIVE FRAG "SIP/2.0 700 OK\n", 400, NULL, NULL },
		{ EVENT ACTIVE FRAG "BYE sip:bob SIP/2.0\n", 400, NULL, NULL },
		{ EVENT ACTIVE "Contact: *\n" TRYING, 400, NULL, NULL },
	};

	calls("");
	asks("NOTIFY", 4, EVENT ACTIVE TRYING);
	CU_ASSERT(gets("NOTIFY", 481));
	transfer(CAROL);
	for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		asks("NOTIFY", 10 + i, rows[i].text);
		CU_ASSERT(gets("NOTIFY", rows[i].status));
		if (rows[i].name != NULL)
			CU_ASSERT(tester_has(
			    &t, t.n - 1, rows[i].name, rows[i].value));
	}
	says("REFER", 0, 202, "");
	CU_ASSERT_EQUAL(steps("active", "NOTIFY active"), 0);
	/* RFC 6665 8.2.1: byte by byte. */
	asks("NOTIFY", 49, "Event: REFER\n" OVER FRAG "SIP/2.0 404 No\n");
	CU_ASSERT(gets("NOTIFY", 489));
	/* 2.4.6: the number of this REFER is as good as none. */
	asks("NOTIFY", 50, "Event: refer;id=2\n" ACTIVE TRYING);
	CU_ASSERT(gets("NOTIFY", 200));
	asks("NOTIFY", 51, "Event: refer\n" OVER FRAG "SIP/2.0 404 No\n");
	CU_ASSERT(gets("NOTIFY", 200));
	/* From the second on it is wanted. */
	CU_ASSERT_EQUAL(transfer("carol"), 0);
	CU_ASSERT(tester_has(&t, tester_find(&t, "REFER", 0, 1), "Refer-To",
	    "<sip:carol@b.example>"));
	says("REFER", 1, 202, "");
	asks("NOTIFY", 52, EVENT ACTIVE TRYING);
	CU_ASSERT(gets("NOTIFY", 481));
	asks("NOTIFY", 53, "Event: refer;id=2\n" ACTIVE TRYING);
	CU_ASSERT(gets("NOTIFY", 481));
	asks("NOTIFY", 54, "Event: refer;id=3\n" ACTIVE TRYING);
	CU_ASSERT(gets("NOTIFY", 200));
	/* Hung up meanwhile: RFC 5057 5.5, the subscription goes on. */
	stage_do(&s, "bob", "bye", MINE, NULL);
	stage_run(&s, 15);
	CU_ASSERT_EQUAL(steps("terminated", "NOTIFY terminated"), 1);
	asks("NOTIFY", 55, "Event: refer;id=3\n" OVER TRYING);
	CU_ASSERT(gets("NOTIFY", 200));
	CU_ASSERT_EQUAL(steps("terminated", "NOTIFY terminated"), 2);
	asks("NOTIFY", 56, "Event: refer;id=3\n" OVER TRYING);
	CU_ASSERT(gets("NOTIFY", 481));
	hang_up();
}

static void
not_now(void)
{
	start("");
	stage_call(&s, "bob", PEER);
	CU_ASSERT_EQUAL(transfer(CAROL), ERR_STATE);
	CU_ASSERT_EQUAL(transfer(NULL), ERR_SYNTAX);
	CU_ASSERT_EQUAL(transfer(""), ERR_SYNTAX);
	tester_answer(&t, 0, 200, "p", CONTACT(9));
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(transfer("<sip:x>"), ERR_SYNTAX);
	CU_ASSERT_EQUAL(transfer("a b"), ERR_SYNTAX);
	CU_ASSERT_EQUAL(transfer("sip:"), ERR_SYNTAX);
	CU_ASSERT_EQUAL(transfer("sip:x@y\r\nEvil: 1"), ERR_SYNTAX);
	CU_ASSERT_EQUAL(tester_count(&t, "REFER", 0), 0);
	/* The other side hangs up, and this one crashes, in the middle. */
	transfer(CAROL);
	asks("BYE", 7, "");
	CU_ASSERT(gets("BYE", 200));
	stop();
	calls("");
	transfer(CAROL);
	says("REFER", 0, 202, "");
	node_crash(world_find(s.w, "bob"));
	stop();
}

/* ---- the side that is asked ---- */

#define TO_CAROL "Refer-To: <" CAROL ">\n" CONTACT(9)

static void
carol_says(unsigned status)
{
	tester_answer(&carol, tester_find(&carol, "INVITE", 0, 0), status, "c",
	    CONTACT(8));
	stage_run(&s, 25);
}

/* The N-th NOTIFY. */
static bool
tells(size_t n, const char *state, const char *line)
{
	size_t i = tester_find(&t, "NOTIFY", 0, n);

	return tester_has(&t, i, "Subscription-State", state) &&
	       tester_has(&t, i, "Content-Type", "message/sipfrag") &&
	       str_starts(tester_at(&t, i)->body, line);
}

static void
told(void)
{
	size_t i;

	calls("");
	asks("REFER", 4,
	    "Refer-To: \"C\" <" CAROL ";method=INVITE>;x=1\n"
	    "b: <" PEER ">\n ;x=y\n" CONTACT(9));
	CU_ASSERT_EQUAL(tester_count(&t, "REFER", 202), 1);
	CU_ASSERT(tester_has(&t, tester_find(&t, "REFER", 202, 0), "Contact",
	    "<sip:bob@192.0.2.3:5060>"));
	i = tester_find(&t, "NOTIFY", 0, 0);
	CU_ASSERT(tells(0, "active;expires=180", "SIP/2.0 100 Trying\r\n"));
	CU_ASSERT(tester_has(&t, i, "Event", "refer"));
	CU_ASSERT(!tester_has(&t, i, "Event", "id"));
	CU_ASSERT(tester_has(&t, i, "Contact", "<sip:bob@192.0.2.3:5060>"));
	CU_ASSERT(tester_has(&t, i, "CSeq", "2 NOTIFY"));
	i = tester_find(&carol, "INVITE", 0, 0);
	CU_ASSERT(str_is(tester_at(&carol, i)->uri, CAROL));
	CU_ASSERT(tester_has(&carol, i, "Referred-By", "<" PEER ">  ;x=y"));
	CU_ASSERT(tester_has(&carol, i, "CSeq", "1 INVITE"));
	CU_ASSERT(!str_eq(msg_value(tester_at(&carol, i), MSG_H_CALL_ID),
	    msg_value(tester_at(&t, 0), MSG_H_CALL_ID)));
	says("NOTIFY", 0, 200, "");
	/* The same REFER again is the transaction's business. */
	asks("REFER", 4, TO_CAROL);
	CU_ASSERT_EQUAL(tester_count(&carol, "INVITE", 0), 1);
	carol_says(180);
	CU_ASSERT_EQUAL(tester_count(&t, "NOTIFY", 0), 1);
	carol_says(200);
	CU_ASSERT(tells(1, "terminated;reason=noresource", "SIP/2.0 200 OK"));
	CU_ASSERT(tester_has(
	    &t, tester_find(&t, "NOTIFY", 0, 1), "CSeq", "3 NOTIFY"));
	says("NOTIFY", 1, 200, "");
	CU_ASSERT_EQUAL(steps("terminated", "outcome sent"), 1);
	CU_ASSERT(stage_call_is(&s, "bob/2", "confirmed"));
	CU_ASSERT(stage_call_is(&s, MINE, "confirmed"));
	/* 2.4.6: a second REFER. */
	asks("REFER", 9, TO_CAROL);
	CU_ASSERT(tester_has(
	    &t, tester_find(&t, "NOTIFY", 0, 2), "Event", "refer;id=9"));
	/* RFC 5057 5.5: the peer hangs up, and hears the outcome all the same.
	 */
	asks("BYE", 10, "");
	says("NOTIFY", 2, 200, "");
	tester_answer(
	    &carol, tester_find(&carol, "INVITE", 0, 1), 486, "d", "");
	stage_run(&s, 25);
	CU_ASSERT(tells(3, "terminated;reason=noresource", "SIP/2.0 486"));
	says("NOTIFY", 3, 200, "");
	CU_ASSERT_EQUAL(tester_count(&t, "NOTIFY", 0), 4);
	stage_do(&s, "bob", "bye", "bob/2", NULL);
	stage_run(&s, 15);
	tester_answer(&carol, tester_find(&carol, "BYE", 0, 0), 200, "", "");
	stop();
}

/* What stands in the last NOTIFY. */
static void
outcomes(void)
{
	static const struct {
		const char *refer, *attrs;
		unsigned status; /* carol's; 0: bob takes it back */
		const char *line;
	} rows[] = {
		{ TO_CAROL, "", 486, "SIP/2.0 486 Busy Here\r\n" },
		{ TO_CAROL, "", 603, "SIP/2.0 603 Decline\r\n" },
		{ TO_CAROL, "", 0, "SIP/2.0 487 Request Terminated\r\n" },
		{ TO_CAROL, "", 1, "SIP/2.0 408 Request Timeout\r\n" },
		{ "Refer-To: sip:x@nowhere.example\n" CONTACT(9), "", 2,
		    "SIP/2.0 503 Service Unavailable\r\n" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		calls(rows[i].attrs);
		asks("REFER", 4, rows[i].refer);
		says("NOTIFY", 0, 200, "");
		if (rows[i].status >= 100) {
			carol_says(rows[i].status);
		} else if (rows[i].status == 0) {
			carol_says(180);
			stage_do(&s, "bob", "cancel", "bob/2", NULL);
			stage_run(&s, 15);
			carol_says(487);
		} else if (rows[i].status == 1) {
			stage_run(&s, 32500);
		}
		CU_ASSERT(
		    tells(1, "terminated;reason=noresource", rows[i].line));
		says("NOTIFY", 1, 200, "");
		CU_ASSERT(stage_call_is(&s, MINE, "confirmed"));
		hang_up();
	}
}

/* One NOTIFY after the other; lost and refused ones; RFC 6665 4.2.2. */
static void
unheard(void)
{
	calls("");
	asks("REFER", 4, TO_CAROL);
	carol_says(486);
	CU_ASSERT_EQUAL(tester_count(&t, "NOTIFY", 0), 1);
	stage_run(&s, 520);
	CU_ASSERT_EQUAL(tester_count(&t, "NOTIFY", 0), 2); /* again */
	CU_ASSERT(tells(1, "active", "SIP/2.0 100"));
	says("NOTIFY", 1, 200, "");
	CU_ASSERT(tells(2, "terminated", "SIP/2.0 486"));
	says("NOTIFY", 2, 481, "");
	hang_up();
	for (size_t i = 0; i < 2; i++) {
		calls("");
		asks("REFER", 4, TO_CAROL);
		if (i == 0)
			says("NOTIFY", 0, 481, "");
		else
			stage_run(&s, 32500);
		CU_ASSERT_EQUAL(rules("fsm", "notify-lost"), 1);
		if (i == 0)
			carol_says(486);
		CU_ASSERT_EQUAL(tester_count(&t, "NOTIFY", 0), i == 0 ? 1 : 11);
		CU_ASSERT(stage_call_is(&s, MINE, "confirmed"));
		hang_up();
	}
	/* It rings for longer than was promised; another one may be asked for
	 * then. */
	calls("");
	asks("REFER", 4, TO_CAROL);
	says("NOTIFY", 0, 200, "");
	carol_says(180);
	stage_run(&s, 180000);
	CU_ASSERT(tells(1, "terminated;reason=timeout", "SIP/2.0 100"));
	says("NOTIFY", 1, 200, "");
	carol_says(486);
	CU_ASSERT_EQUAL(tester_count(&t, "NOTIFY", 0), 2);
	hang_up();
}

static void
declined(void)
{
	static const struct {
		const char *attrs, *extra;
		unsigned status;
	} rows[] = {
		{ "", CONTACT(9), 400 },
		{ "", "Refer-To: <" CAROL ">\n" TO_CAROL, 400 },
		{ "", "Refer-To: <" CAROL ">, <" CAROL ">\n" CONTACT(9), 400 },
		{ "", "Refer-To: <\n" CONTACT(9), 400 },
		{ "", "Refer-To: *\n" CONTACT(9), 400 },
		{ "",
		    "Referred-By: <" PEER ">\nReferred-By: <" PEER
		    ">\n" TO_CAROL,
		    400 },
		{ "refer=refuse", TO_CAROL, 603 },
		{ "", "Refer-To: <tel:110>\n" CONTACT(9), 603 },
		{ "", "Refer-To: <http://x.example/>\n" CONTACT(9), 603 },
		{ "", "Refer-To: <sips:carol@192.0.2.8>\n" CONTACT(9), 603 },
		{ "", "Refer-To: <" CAROL ";method=BYE>\n" CONTACT(9), 603 },
		{ "", "Refer-To: <" CAROL "?Replaces=1>\n" CONTACT(9), 603 },
		{ "norefersub=no", "Require: norefersub\n" TO_CAROL, 420 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		calls(rows[i].attrs);
		asks("REFER", 4, rows[i].extra);
		if (!gets("REFER", rows[i].status))
			CU_FAIL("another status");
		CU_ASSERT_EQUAL(tester_count(&carol, "INVITE", 0), 0);
		CU_ASSERT_EQUAL(tester_count(&t, "NOTIFY", 0), 0);
		hang_up();
	}
	/* One at a time, of either side. */
	calls("");
	asks("REFER", 4, TO_CAROL);
	asks("REFER", 5, TO_CAROL);
	CU_ASSERT(gets("REFER", 491));
	CU_ASSERT_EQUAL(transfer(CAROL), ERR_STATE);
	says("NOTIFY", 0, 200, "");
	carol_says(486);
	says("NOTIFY", 1, 200, "");
	CU_ASSERT_EQUAL(transfer(CAROL), 0);
	asks("REFER", 6, TO_CAROL);
	CU_ASSERT(gets("REFER", 491));
	stage_do(&s, "bob", "bye", MINE, NULL);
	asks("REFER", 7, TO_CAROL);
	CU_ASSERT(gets("REFER", 481));
	hang_up();
	/* bob crashes in between. */
	calls("");
	asks("REFER", 4, TO_CAROL);
	node_crash(world_find(s.w, "bob"));
	stop();
}

static void
outside(void)
{
	start("");
	tester_ask(&t, 3, "REFER", "sip:bob@b.example", "<sip:bob@b.example>",
	    "o", 1, "o1", TO_CAROL);
	stage_run(&s, 25);
	CU_ASSERT(gets("REFER", 603));
	tester_ask(&t, 3, "REFER", "sip:bob@b.example",
	    "<sip:bob@b.example>;tag=x", "o", 2, "o2", TO_CAROL);
	stage_run(&s, 25);
	CU_ASSERT(gets("REFER", 481));
	tester_ask(&t, 3, "NOTIFY", "sip:bob@b.example", "<sip:bob@b.example>",
	    "o", 3, "o3", EVENT ACTIVE);
	stage_run(&s, 25);
	CU_ASSERT(gets("NOTIFY", 481));
	tester_ask(&t, 3, "NOTIFY", "sip:bob@b.example", "<sip:bob@b.example>",
	    "o", 4, "o4", "Event: weather\n" ACTIVE);
	stage_run(&s, 25);
	CU_ASSERT(gets("NOTIFY", 489));
	tester_ask(&t, 3, "SUBSCRIBE", "sip:bob@b.example",
	    "<sip:bob@b.example>", "o", 5, "o5", EVENT);
	stage_run(&s, 25);
	/* RFC 3515 2.4.4 */
	CU_ASSERT(gets("SUBSCRIBE", 403));
	stop();
}

/* Attribute `refer_after`: it says 202 and 100, and calls later. */
static void
in_time(void)
{
	calls("refer_after=500ms");
	asks("REFER", 4, TO_CAROL);
	CU_ASSERT_EQUAL(tester_count(&t, "REFER", 202), 1);
	CU_ASSERT(tells(0, "active;expires=180", "SIP/2.0 100 Trying\r\n"));
	says("NOTIFY", 0, 200, "");
	asks("REFER", 5, TO_CAROL);
	CU_ASSERT(gets("REFER", 491));
	/* RFC 5057 5.5: the call is over in the meantime. */
	asks("BYE", 6, "");
	CU_ASSERT_EQUAL(tester_count(&carol, "INVITE", 0), 0);
	stage_run(&s, 500);
	CU_ASSERT_EQUAL(tester_count(&carol, "INVITE", 0), 1);
	carol_says(486);
	CU_ASSERT(tells(1, "terminated;reason=noresource", "SIP/2.0 486"));
	says("NOTIFY", 1, 200, "");
	stop();
	/* Nobody wants to know any more. */
	calls("refer_after=500ms");
	asks("REFER", 4, TO_CAROL);
	says("NOTIFY", 0, 481, "");
	stage_run(&s, 600);
	CU_ASSERT_EQUAL(tester_count(&carol, "INVITE", 0), 0);
	hang_up();
	/* Whom it can't call; it crashes. */
	calls("refer_after=500ms");
	asks("REFER", 4, "Refer-To: sip:x@nowhere.example\n" CONTACT(9));
	says("NOTIFY", 0, 200, "");
	stage_run(&s, 600);
	CU_ASSERT(tells(1, "terminated;reason=noresource", "SIP/2.0 503"));
	says("NOTIFY", 1, 200, "");
	hang_up();
	calls("refer_after=500ms");
	asks("REFER", 4, TO_CAROL);
	node_crash(world_find(s.w, "bob"));
	stop();
}

/* ---- without a subscription: RFC 4488 ---- */

/* bob asks not to be told. */
static void
unheard_of(void)
{
	static const struct {
		const char *grant; /* of the 202 */
		const char *rule;
		bool waits;
	} rows[] = {
		{ "Refer-Sub: false\n", "refer-unheard", false },
		{ "Refer-Sub: FALSE;x=1\n", "refer-unheard", false },
		{ "Refer-Sub: true\n", "refer-sub-kept", true },
		{ "Refer-Sub: maybe\n", "refer-sub-kept", true },
		{ "", "refer-sub-kept", true },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		calls("");
		CU_ASSERT_EQUAL(stage_do(&s, "bob", "transfer", MINE, "to",
				    CAROL, "sub", "false", NULL),
		    0);
		stage_run(&s, 15);
		CU_ASSERT(tester_has(
		    &t, tester_find(&t, "REFER", 0, 0), "Refer-Sub", "false"));
		CU_ASSERT(tester_has(&t, tester_find(&t, "REFER", 0, 0),
		    "Supported", "norefersub"));
		says("REFER", 0, 202, rows[i].grant);
		CU_ASSERT_EQUAL(rules("fsm", rows[i].rule), 1);
		CU_ASSERT_EQUAL(
		    rules("call", "refer-unheard"), rows[i].waits ? 0 : 1);
		/* Another one only where the first is done with. */
		CU_ASSERT_EQUAL(transfer(CAROL), rows[i].waits ? ERR_STATE : 0);
		if (rows[i].waits) {
			asks("NOTIFY", 4, EVENT OVER FRAG "SIP/2.0 200 OK\n");
			CU_ASSERT(!stage_call_is(&s, MINE, "confirmed"));
			says("BYE", 0, 200, "");
			stop();
			continue;
		}
		CU_ASSERT(stage_call_is(&s, MINE, "confirmed"));
		/* Of the first nothing is taken; of the second by its id. */
		says("REFER", 1, 603, "");
		asks("NOTIFY", 4, EVENT ACTIVE TRYING);
		CU_ASSERT(gets("NOTIFY", 481));
		CU_ASSERT(stage_call_is(&s, MINE, "confirmed"));
		hang_up();
	}
	/* The NOTIFY is faster than the 202 that denies it: it counts. */
	calls("");
	stage_do(
	    &s, "bob", "transfer", MINE, "to", CAROL, "sub", "false", NULL);
	stage_run(&s, 15);
	asks("NOTIFY", 4, EVENT ACTIVE TRYING);
	CU_ASSERT(gets("NOTIFY", 200));
	says("REFER", 0, 202, "Refer-Sub: false\n");
	asks("NOTIFY", 5, EVENT OVER FRAG "SIP/2.0 486 Busy Here\n");
	CU_ASSERT(gets("NOTIFY", 200));
	CU_ASSERT(stage_call_is(&s, MINE, "confirmed"));
	CU_ASSERT_EQUAL(rules("call", "transfer-failed"), 1);
	/* What it can't mean. */
	CU_ASSERT_EQUAL(stage_do(&s, "bob", "transfer", MINE, "to", CAROL,
			    "sub", "perhaps", NULL),
	    ERR_SYNTAX);
	CU_ASSERT_EQUAL(tester_count(&t, "REFER", 0), 1);
	hang_up();
}

/* bob is asked to tell nothing. */
static void
untold(void)
{
	static const struct {
		const char *attrs, *extra;
		bool silent;
	} rows[] = {
		{ "", "Refer-Sub: false\n", true },
		{ "", "Refer-Sub: false\nRequire: norefersub\n", true },
		{ "norefersub=supported", "Refer-Sub: False;a\n", true },
		{ "", "Refer-Sub: true\n", false },
		{ "", "Refer-Sub:\n", false },
		{ "", "Require: norefersub\n", false },
		{ "norefersub=no", "Refer-Sub: false\n", false },
	};
	char extra[200];

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		calls(rows[i].attrs);
		CU_ASSERT_EQUAL(tester_has(&t, 0, "Supported", "norefersub"),
		    strstr(rows[i].attrs, "supported") != NULL);
		snprintf(extra, sizeof(extra), "%s%s", rows[i].extra, TO_CAROL);
		asks("REFER", 4, extra);
		CU_ASSERT_EQUAL(tester_count(&t, "REFER", 202), 1);
		CU_ASSERT_EQUAL(tester_has(&t, tester_find(&t, "REFER", 202, 0),
				    "Refer-Sub", "false"),
		    rows[i].silent);
		CU_ASSERT_EQUAL(
		    tester_count(&t, "NOTIFY", 0), rows[i].silent ? 0 : 1);
		CU_ASSERT_EQUAL(tester_count(&carol, "INVITE", 0), 1);
		CU_ASSERT_EQUAL(
		    rules("send", "refer-untold"), rows[i].silent ? 1 : 0);
		if (!rows[i].silent)
			says("NOTIFY", 0, 481, "");
		/* The next one is not the first (RFC 3515 2.4.6). */
		carol_says(486);
		asks("REFER", 5, TO_CAROL);
		CU_ASSERT(tester_has(&t,
		    tester_find(&t, "NOTIFY", 0, rows[i].silent ? 0 : 1),
		    "Event", "refer;id=5"));
		says("NOTIFY", rows[i].silent ? 0 : 1, 481, "");
		carol_says(486);
		hang_up();
	}
	/* Whom it can't call: 202 all the same, and nobody hears of it. */
	calls("");
	asks("REFER", 4,
	    "Refer-Sub: false\nRefer-To: sip:x@nowhere.example\n" CONTACT(9));
	CU_ASSERT(gets("REFER", 202));
	asks("REFER", 5, "Refer-Sub: false\nRefer-To: <tel:1>\n" CONTACT(9));
	CU_ASSERT(gets("REFER", 603));
	hang_up();
}

/* RFC 4488 5: outside of calls only one phone is asked for silence. */
static void
one_phone(void)
{
	static const struct {
		const char *target, *sub;
		int err;
	} rows[] = {
		{ PEER, "false", 0 },
		{ "sip:peer@b.example", "false", ERR_STATE },
		{ "somebody", "false", ERR_STATE },
		{ PEER, "no such", ERR_SYNTAX },
		{ PEER, "", ERR_SYNTAX },
		{ "tel:1", "false", ERR_STATE },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		start("");
		CU_ASSERT_EQUAL(
		    stage_do(&s, "bob", "refer", NULL, "target", rows[i].target,
			"to", CAROL, "sub", rows[i].sub, NULL),
		    rows[i].err);
		stage_run(&s, 15);
		CU_ASSERT_EQUAL(
		    tester_count(&t, "REFER", 0), rows[i].err == 0 ? 1 : 0);
		if (rows[i].err == 0) {
			says("REFER", 0, 202, "Refer-Sub: false\n");
			CU_ASSERT_EQUAL(rules("fsm", "refer-unheard"), 1);
		}
		stop();
	}
}

/* RFC 5057 5.5: bob's BYE is out, and the news of his REFER still have the
 * dialog: what the peer asks of the session meanwhile comes too late. */
static void
session_left(void)
{
	static const char *const methods[] = { "INVITE", "UPDATE", "INFO" };

	calls("");
	stage_do(&s, "bob", "transfer", MINE, "to", CAROL, NULL);
	stage_run(&s, 15);
	says("REFER", 0, 202, CONTACT(9));
	asks("NOTIFY", 2, CONTACT(9) EVENT ACTIVE TRYING);
	CU_ASSERT(gets("NOTIFY", 200));
	stage_do(&s, "bob", "bye", MINE, NULL);
	stage_run(&s, 15);
	CU_ASSERT_EQUAL(tester_count(&t, "BYE", 0), 1);
	for (unsigned i = 0; i < sizeof(methods) / sizeof(methods[0]); i++) {
		asks(methods[i], 3 + i, CONTACT(9));
		CU_ASSERT(gets(methods[i], 481));
	}
	CU_ASSERT(stage_call_is(&s, MINE, "terminating"));
	asks("ACK", 3, "");
	asks("NOTIFY", 6, CONTACT(9) EVENT OVER TRYING);
	CU_ASSERT(gets("NOTIFY", 200));
	says("BYE", 0, 200, "");
	stop();
}

CHECK_MAIN("transfer", { "unheard of", unheard_of }, { "untold", untold },
    { "one phone", one_phone }, { "asked", asked }, { "overtaken", overtaken },
    { "unanswered", unanswered }, { "failed", failed }, { "silent", silent },
    { "bad news", bad_news }, { "not now", not_now }, { "told", told },
    { "outcomes", outcomes }, { "unheard", unheard }, { "declined", declined },
    { "outside", outside }, { "in time", in_time },
    { "session left", session_left }, )
