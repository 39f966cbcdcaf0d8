/*
 * Calling again who was busy (RFC 5359 2.17): a phone with redial=true, and a
 * tester that is busy, says when it is free, and says other things.
 */
#include "fixtures/stage.h"

#define PEER "sip:peer@192.0.2.9"

static struct stage s;
static struct tester t;

static void
start(const char *attrs)
{
	stage_open(&s);
	tester_open(&s, &t, "peer", 9);
	stage_node(&s, "alice", "ua", "a.example", 3, attrs);
}

static void
stop(void)
{
	CU_ASSERT(stage_run(&s, 4000000));
	CU_ASSERT_EQUAL(sim_held(s.w->sim), 0);
	stage_close(&s);
	tester_close(&t);
}

static void
call(unsigned status)
{
	stage_call(&s, "alice", PEER);
	stage_run(&s, 15);
	tester_answer(&t, tester_find(&t, "INVITE", 0, 0), status, "p", "");
	stage_run(&s, 25);
}

/* A NOTIFY of the branch with the tag FROM. */
static void
notify_by(const char *from, unsigned cseq, const char *state, const char *body)
{
	size_t i = tester_find(&t, "SUBSCRIBE", 0, 0);
	char tag[80], id[200];

	tester_tag(&t, i, MSG_H_FROM, tag);
	snprintf(id, sizeof(id), "%.*s",
	    STR_ARG(msg_value(tester_at(&t, i), MSG_H_CALL_ID)));
	tester_say(&t, 3,
	    "NOTIFY sip:alice@192.0.2.3 SIP/2.0\n"
	    "Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKn%s%u\n"
	    "From: <%s>;tag=%s\nTo: <sip:alice@a.example>;tag=%s\n"
	    "Call-ID: %s\nCSeq: %u NOTIFY\nMax-Forwards: 70\n"
	    "Contact: <sip:peer@192.0.2.9>\nEvent: dialog\n"
	    "Subscription-State: %s\n"
	    "Content-Type: application/dialog-info+xml\n"
	    "Content-Length: %u\n\n%s",
	    from, cseq, PEER, from, tag, id, cseq, state,
	    (unsigned)strlen(body), body);
	stage_run(&s, 25);
}

/* In the dialog of the first subscription. */
static void
notify(unsigned cseq, const char *state, const char *body)
{
	notify_by("p", cseq, state, body);
}

#define DOC(dialogs)                                                  \
	"<?xml version=\"1.0\"?><dialog-info "                        \
	"xmlns=\"urn:ietf:params:xml:ns:dialog-info\" version=\"0\" " \
	"state=\"full\" entity=\"" PEER "\">" dialogs "</dialog-info>"
#define DIALOG(state) "<dialog id=\"1\"><state>" state "</state></dialog>"
#define ACTIVE        "active;expires=600"

static void
subscribe(void)
{
	call(486);
	CU_ASSERT(tester_has(
	    &t, tester_find(&t, "SUBSCRIBE", 0, 0), "Event", "dialog"));
	tester_answer(&t, tester_find(&t, "SUBSCRIBE", 0, 0), 200, "p",
	    CONTACT(9) "Expires: 600\n");
	stage_run(&s, 25);
}

static void
calls_again(void)
{
	start("redial=true");
	subscribe();
	notify(1, ACTIVE, DOC(DIALOG("confirmed")));
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 0), 1);
	notify(2, ACTIVE, DOC(DIALOG("terminated")));
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 0), 2);
	/* Busy again: the subscription goes on. */
	tester_answer(&t, tester_find(&t, "INVITE", 0, 1), 486, "q", "");
	stage_run(&s, 25);
	CU_ASSERT_EQUAL(tester_count(&t, "SUBSCRIBE", 0), 1);
	/* That call is over for him, too, but he is as busy as he was. */
	notify(3, ACTIVE, DOC(DIALOG("trying")));
	notify(4, ACTIVE, DOC(""));
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 0), 2);
	notify(5, ACTIVE, DOC(DIALOG("confirmed")));
	notify(6, ACTIVE, DOC(""));
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 0), 3);
	tester_answer(
	    &t, tester_find(&t, "INVITE", 0, 2), 200, "r", CONTACT(9));
	stage_run(&s, 25);
	notify(7, ACTIVE, DOC(DIALOG("confirmed")));
	CU_ASSERT(
	    tester_has(&t, tester_find(&t, "SUBSCRIBE", 0, 1), "Expires", "0"));
	tester_answer(&t, tester_find(&t, "SUBSCRIBE", 0, 1), 200, "", "");
	notify(8, "terminated;reason=timeout", DOC(""));
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 0), 3);
	stage_do(&s, "alice", "bye", "alice/3", NULL);
	stage_run(&s, 15);
	tester_answer(&t, tester_find(&t, "BYE", 0, 0), 200, "", "");
	stop();
}

/* Nothing is asked for after other answers, or without the attribute. */
static void
only_when_busy(void)
{
	static const struct {
		const char *attrs;
		unsigned status;
		size_t asks;
	} rows[] = { { "redial=true", 600, 1 }, { "redial=true", 404, 0 },
		{ "redial=true", 480, 0 }, { "redial=true", 503, 0 },
		{ "", 486, 0 } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		start(rows[i].attrs);
		call(rows[i].status);
		CU_ASSERT_EQUAL(tester_count(&t, "SUBSCRIBE", 0), rows[i].asks);
		/* Nobody says anything: all is over by itself. */
		stop();
	}
}

/* What can't be read, or says nothing, makes nobody call. */
static void
bad_news(void)
{
	static const char *const bodies[] = { "", "no", "<dialog-info",
		DOC("<dialog id=\"1\"/>"), "<presence/>",
		DOC(DIALOG("trying") DIALOG("terminated")) };

	for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
		start("redial=true");
		subscribe();
		notify(1, ACTIVE, DOC(DIALOG("confirmed")));
		notify(2, ACTIVE, bodies[i]);
		CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 0), 1);
		notify(3, "terminated;reason=noresource", "");
		stop();
	}
}

/* The subscription is refused; the phone crashes while it waits, or calls. */
static void
ends(void)
{
	start("redial=true");
	call(486);
	tester_answer(&t, tester_find(&t, "SUBSCRIBE", 0, 0), 489, "p", "");
	stop();
	for (int calling = 0; calling < 2; calling++) {
		start("redial=true");
		subscribe();
		notify(1, ACTIVE, calling ? DOC("") : DOC(DIALOG("confirmed")));
		CU_ASSERT_EQUAL(stage_do(&s, "alice", "crash", NULL, NULL), 0);
		stop();
	}
	start("redial=true");
	subscribe();
	notify(1, ACTIVE, DOC(""));
	stage_close(&s);
	tester_close(&t);
}

/* RFC 6665 4.1.4: the SUBSCRIBE was forked, and the other branch has news, too.
 * Whichever subscription ends first leaves the other. */
static void
forked(void)
{
	static const char *const firsts[] = { "p", "q" };

	for (size_t i = 0; i < 2; i++) {
		start("redial=true");
		subscribe();
		notify(1, ACTIVE, DOC(DIALOG("confirmed")));
		notify_by("q", 1, ACTIVE, DOC(DIALOG("confirmed")));
		notify_by(
		    firsts[i], 2, "terminated;reason=noresource", DOC(""));
		CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 0), 1);
		notify_by(firsts[!i], 2, ACTIVE, DOC(""));
		CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 0), 2);
		notify_by(
		    firsts[!i], 3, "terminated;reason=noresource", DOC(""));
		stop();
	}
}

/* Who was reached is watched by none of them any more. */
static void
forked_and_done(void)
{
	start("redial=true");
	subscribe();
	notify(1, ACTIVE, DOC(DIALOG("confirmed")));
	notify_by("q", 1, ACTIVE, DOC(""));
	tester_answer(
	    &t, tester_find(&t, "INVITE", 0, 1), 200, "r", CONTACT(9));
	stage_run(&s, 25);
	notify(2, ACTIVE, DOC(DIALOG("confirmed")));
	CU_ASSERT_EQUAL(tester_count(&t, "SUBSCRIBE", 0), 3);
	for (size_t i = 1; i < 3; i++)
		CU_ASSERT(tester_has(
		    &t, tester_find(&t, "SUBSCRIBE", 0, i), "Expires", "0"));
	notify(3, "terminated;reason=timeout", "");
	notify_by("q", 2, "terminated;reason=timeout", "");
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 0), 2);
	stage_do(&s, "alice", "bye", "alice/2", NULL);
	stop();
	for (int calling = 0; calling < 2; calling++) {
		start("redial=true");
		subscribe();
		notify(1, ACTIVE, DOC(DIALOG("confirmed")));
		notify_by(
		    "q", 1, ACTIVE, calling ? DOC("") : DOC(DIALOG("early")));
		CU_ASSERT_EQUAL(stage_do(&s, "alice", "crash", NULL, NULL), 0);
		stop();
	}
}

/* Without the attribute, by the verb. */
static void
told_to(void)
{
	static const struct {
		const char *target;
		int err;
	} rows[] = { { PEER, 0 }, { NULL, 0 }, { "tel:1", ERR_SYNTAX },
		{ "<", ERR_SYNTAX }, { "", ERR_SYNTAX } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *key = rows[i].target != NULL ? "target" : NULL;

		start("");
		CU_ASSERT_EQUAL(
		    stage_do(&s, "alice", "redial", NULL, NULL), ERR_STATE);
		call(486);
		CU_ASSERT_EQUAL(tester_count(&t, "SUBSCRIBE", 0), 0);
		CU_ASSERT_EQUAL(stage_do(&s, "alice", "redial", NULL, key,
				    rows[i].target, NULL),
		    rows[i].err);
		if (s.d.err != rows[i].err)
			printf("  %s: %s\n", rows[i].target, s.d.text);
		if (rows[i].err != 0) {
			CU_ASSERT_EQUAL(s.d.err, rows[i].err);
			stop();
			continue;
		}
		CU_ASSERT_STRING_EQUAL(s.result.object, "alice/dialog-1");
		CU_ASSERT_EQUAL(stage_do(&s, "alice", "redial", NULL, key,
				    rows[i].target, NULL),
		    ERR_STATE);
		stage_run(&s, 15);
		tester_answer(&t, tester_find(&t, "SUBSCRIBE", 0, 0), 200, "p",
		    CONTACT(9) "Expires: 600\n");
		stage_run(&s, 25);
		notify(1, ACTIVE, DOC(DIALOG("confirmed")));
		CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 0), 1);
		notify(2, ACTIVE, DOC(""));
		CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 0), 2);
		stop();
	}
	/* Given up; and no more than so many. */
	start("");
	CU_ASSERT_EQUAL(
	    stage_do(&s, "alice", "redial", NULL, "target", PEER, NULL), 0);
	stage_run(&s, 15);
	tester_answer(&t, tester_find(&t, "SUBSCRIBE", 0, 0), 200, "p",
	    CONTACT(9) "Expires: 600\n");
	stage_run(&s, 25);
	notify(1, ACTIVE, DOC(DIALOG("confirmed")));
	CU_ASSERT_EQUAL(
	    stage_do(&s, "alice", "unsubscribe", "alice/dialog-1", NULL), 0);
	stage_run(&s, 15);
	tester_answer(&t, tester_find(&t, "SUBSCRIBE", 0, 1), 200, "", "");
	notify(2, "terminated;reason=timeout", DOC(""));
	CU_ASSERT_EQUAL(tester_count(&t, "INVITE", 0), 0);
	for (unsigned i = 0; i < 17; i++) {
		char uri[40];

		snprintf(uri, sizeof(uri), "sip:p%u@192.0.2.9", i);
		CU_ASSERT_EQUAL(
		    stage_do(&s, "alice", "redial", NULL, "target", uri, NULL),
		    i < 16 ? 0 : ERR_LIMIT);
	}
	CU_ASSERT_EQUAL(stage_do(&s, "alice", "crash", NULL, NULL), 0);
	stop();
}

CHECK_MAIN("redial", { "told to", told_to }, { "calls again", calls_again },
    { "only when busy", only_when_busy }, { "bad news", bad_news },
    { "ends", ends }, { "forked", forked },
    { "forked and done", forked_and_done })
