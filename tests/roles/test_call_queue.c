/*
 * A queue between testers who call and agents: whose turn it is, what callers
 * are told meanwhile, what becomes of those whom nobody answers, and that
 * nothing is left behind when somebody vanishes.
 */
#include "fixtures/stage.h"

#define SDP                                                                \
	"Content-Type: application/sdp\n\nv=0\no=- 1 1 IN IP4 192.0.2.8\n" \
	"s=-\nc=IN IP4 192.0.2.8\nt=0 0\nm=audio 4000 RTP/AVP 0\n"

static struct stage s;
static struct tester a, b;

static void
log_on(const char *agent, const char *skills)
{
	CU_ASSERT_EQUAL(stage_do(&s, "q", "logon", NULL, "agent", agent,
			    skills != NULL ? "skills" : NULL, skills, NULL),
	    0);
}

/* A queue, and two phones, which are logged on. */
static void
start(const char *queue, const char *ann, const char *ben)
{
	stage_open(&s);
	tester_open(&s, &a, "a", 8);
	tester_open(&s, &b, "b", 9);
	stage_node(&s, "q", "queue", "q.example", 3, queue);
	if (ann != NULL) {
		stage_node(&s, "ann", "ua", "", 4, ann);
		log_on("ann", NULL);
	}
	if (ben != NULL) {
		stage_node(&s, "ben", "ua", "", 5, ben);
		log_on("ben", NULL);
	}
}

/* Nothing is left alive. */
static void
stop(void)
{
	CU_ASSERT(stage_run(&s, 200000));
	CU_ASSERT_EQUAL(sim_held(s.w->sim), 0);
	stage_close(&s);
	tester_close(&a);
	tester_close(&b);
}

static void
call_user(struct tester *t, const char *id, const char *user, const char *more)
{
	char uri[80];

	snprintf(uri, sizeof(uri), "sip:%s@192.0.2.3", user);
	tester_ask(
	    t, 3, "INVITE", uri, "<sip:help@q.example>", id, 1, id, more);
}

static void
call(struct tester *t, const char *id)
{
	call_user(t, id, "help", t == &a ? CONTACT(8) SDP : CONTACT(9) SDP);
}

/* In the dialog that the 2xx to the call ID has made. */
static void
ask_within(struct tester *t, const char *method, const char *id, unsigned cseq)
{
	size_t i = t->n;
	char tag[80], to[120], branch[40];

	while (i > 0 && !(tester_status(t, i - 1) == 200 &&
			    msg_tag_of(&s.m, MSG_H_TO).n > 0 &&
			    str_is(msg_value(&s.m, MSG_H_CALL_ID), id)))
		i--;
	CU_ASSERT_FATAL(i > 0);
	snprintf(to, sizeof(to), "<sip:help@q.example>;tag=%s",
	    tester_tag(t, i - 1, MSG_H_TO, tag));
	snprintf(branch, sizeof(branch), "%s%s", id, method);
	tester_ask(
	    t, 3, method, "sip:help@192.0.2.3", to, id, cseq, branch, "");
}

static void
acknowledge(struct tester *t, const char *id)
{
	ask_within(t, "ACK", id, 1);
	stage_run(&s, 20);
}

static void
hang_up(struct tester *t, const char *id)
{
	ask_within(t, "BYE", id, 2);
	stage_run(&s, 50);
}

static bool
told(struct tester *t, size_t n, const char *phrase)
{
	size_t i = tester_find(t, "INVITE", 182, n);

	return i < t->n && str_is(tester_at(t, i)->reason, phrase);
}

/* Steps of calls in the queue into STATE. */
static size_t
count_steps(const char *state)
{
	char to[64];

	snprintf(to, sizeof(to), "\"to\":\"%s\"", state);
	return stage_count(&s, "\"machine\":\"queue-call\"", to, NULL);
}

/* Calls that have come to NODE. */
static size_t
count_calls(const char *node)
{
	char at[40];

	snprintf(at, sizeof(at), NODE("%s"), node);
	return stage_count(&s, at, KIND("call"), "\"from\":\"idle\"");
}

/* ---- waiting ---- */

static void
waits_until_an_agent_is_free(void)
{
	start("wrap_up=3s", "answer=1s", NULL);
	call(&a, "a1");
	stage_run(&s, 1100);
	CU_ASSERT(told(&a, 0, "Queued, you are next"));
	CU_ASSERT_EQUAL(tester_count(&a, "INVITE", 180), 1);
	CU_ASSERT_EQUAL(tester_count(&a, "INVITE", 200), 1);
	acknowledge(&a, "a1");
	call(&b, "b1");
	stage_run(&s, 5000);
	CU_ASSERT(told(&b, 0, "Queued, you are next"));
	CU_ASSERT_EQUAL(tester_count(&b, "INVITE", 0), 0);
	CU_ASSERT_EQUAL(count_calls("ann"), 1);
	hang_up(&a, "a1");
	/* Ann writes down what it was about. */
	stage_run(&s, 2500);
	CU_ASSERT_EQUAL(count_calls("ann"), 1);
	stage_run(&s, 1700);
	CU_ASSERT_EQUAL(count_calls("ann"), 2);
	CU_ASSERT_EQUAL(tester_count(&b, "INVITE", 200), 1);
	acknowledge(&b, "b1");
	hang_up(&b, "b1");
	stop();
}

/* Places are told again, but not within ten seconds; with what calls have taken
 * so far. */
static void
tells_the_place_again(void)
{
	int64_t first, second;

	start("wrap_up=1s", "answer=0s", NULL);
	call(&a, "a1");
	stage_run(&s, 100);
	acknowledge(&a, "a1");
	call(&a, "a2");
	stage_run(&s, 100);
	call(&b, "b1");
	stage_run(&s, 100);
	CU_ASSERT(told(&b, 0, "Queued, 1 ahead of you"));
	/* Who is ahead gives up. */
	tester_ask(&a, 3, "CANCEL", "sip:help@192.0.2.3",
	    "<sip:help@q.example>", "a2", 1, "a2", "");
	stage_run(&s, 9000);
	CU_ASSERT(tester_count(&a, "INVITE", 487) >= 1);
	CU_ASSERT_EQUAL(tester_count(&b, "INVITE", 182), 1);
	stage_run(&s, 2000);
	CU_ASSERT(told(&b, 1, "Queued, you are next"));
	CU_ASSERT_EQUAL(tester_count(&b, "INVITE", 182), 2);
	first = b.got[tester_find(&b, "INVITE", 182, 0)].t;
	second = b.got[tester_find(&b, "INVITE", 182, 1)].t;
	CU_ASSERT_EQUAL(second - first, 10 * SIM_S);
	hang_up(&a, "a1");
	stage_run(&s, 1100);
	CU_ASSERT_EQUAL(tester_count(&b, "INVITE", 200), 1);
	acknowledge(&b, "b1");
	/* 11 s of talk and one of writing, for one agent. */
	call(&a, "a3");
	stage_run(&s, 100);
	CU_ASSERT(told(&a, 2, "Queued, you are next, about 20 s"));
	hang_up(&b, "b1");
	stage_run(&s, 1100);
	acknowledge(&a, "a3");
	hang_up(&a, "a3");
	stop();
}

/* ---- agents who do not answer ---- */

static void
next_agent_when_one_refuses(void)
{
	start("rest=5s", "busy=true", "answer=never");
	call(&a, "a1");
	stage_run(&s, 300);
	CU_ASSERT_EQUAL(count_calls("ann"), 1);
	CU_ASSERT_EQUAL(count_calls("ben"), 1);
	CU_ASSERT_EQUAL(tester_count(&a, "INVITE", 486), 0);
	/* Ben's phone rings for 20 s; Ann has had her rest by then. */
	stage_run(&s, 19000);
	CU_ASSERT_EQUAL(count_calls("ann"), 1);
	stage_run(&s, 1000);
	CU_ASSERT_EQUAL(stage_count(&s, KIND("send"), "\"start\":\"CANCEL\"",
			    "\"dst\":\"ben\""),
	    1);
	CU_ASSERT_EQUAL(count_calls("ann"), 2);
	/* The caller waits on, and hears so. */
	CU_ASSERT_EQUAL(tester_count(&a, "INVITE", 182), 2);
	CU_ASSERT(stage_do(&s, "ann", "set", NULL, "busy", "false", "answer",
		      "0s", NULL) == 0);
	CU_ASSERT(stage_do(&s, "ben", "set", NULL, "answer", "0s", NULL) == 0);
	stage_run(&s, 6000);
	CU_ASSERT(tester_count(&a, "INVITE", 200) >= 1);
	acknowledge(&a, "a1");
	hang_up(&a, "a1");
	stop();
}

/* Nobody answers for a phone that is gone; who can't be called at all is not
 * called without end. */
static void
next_agent_when_one_has_vanished(void)
{
	start("ring_time=4s rest=0s", "answer=0s", "answer=0s");
	log_on("sip:nobody@nowhere.example", NULL);
	CU_ASSERT_EQUAL(stage_do(&s, "ann", "crash", NULL, NULL), 0);
	call(&a, "a1");
	stage_run(&s, 4100);
	CU_ASSERT_EQUAL(tester_count(&a, "INVITE", 200), 1);
	CU_ASSERT_EQUAL(count_calls("ben"), 1);
	acknowledge(&a, "a1");
	call(&b, "b1");
	stage_run(&s, 3000);
	/* Who is in no table of domains has had his turns meanwhile. */
	CU_ASSERT(s.trace.n < 400000);
	tester_ask(&b, 3, "CANCEL", "sip:help@192.0.2.3",
	    "<sip:help@q.example>", "b1", 1, "b1", "");
	hang_up(&a, "a1");
	stop();
}

/* ---- strategies ---- */

/* Six calls, one after the other; ann is called as often as she is to be. */
static void
expect_turns(const char *strategy, size_t ann, size_t ben)
{
	start(strategy, "answer=0s", "answer=0s");
	for (unsigned i = 0; i < 6; i++) {
		char id[16];

		snprintf(id, sizeof(id), "c%u", i);
		call(&a, id);
		stage_run(&s, 200);
		acknowledge(&a, id);
		hang_up(&a, id);
		stage_run(&s, 1500);
	}
	CU_ASSERT_EQUAL(tester_count(&a, "INVITE", 200), 6);
	CU_ASSERT_EQUAL(count_calls("ann"), ann);
	CU_ASSERT_EQUAL(count_calls("ben"), ben);
	stop();
}

static void
strategies(void)
{
	expect_turns("strategy=longest-idle wrap_up=1s", 3, 3);
	expect_turns("strategy=round-robin wrap_up=1s", 3, 3);
	/* Ben logged on later, and who is asked for can do all. */
	expect_turns("strategy=skills wrap_up=1s", 3, 3);
	expect_turns("strategy=all wrap_up=1s", 6, 6);
}

static void
by_skill(void)
{
	start("strategy=skills", "answer=0s", "answer=0s");
	log_on("ann", "billing, sales");
	log_on("ben", "sales");
	call_user(&a, "a1", "billing", CONTACT(8) SDP);
	stage_run(&s, 100);
	acknowledge(&a, "a1");
	CU_ASSERT_EQUAL(count_calls("ann"), 1);
	/* The second waits for her, though Ben is free. */
	call_user(&b, "b1", "billing", CONTACT(9) SDP);
	stage_run(&s, 100);
	CU_ASSERT_EQUAL(count_calls("ben"), 0);
	CU_ASSERT(told(&b, 0, "Queued, you are next"));
	/* Another one does not. */
	call_user(&a, "a2", "sales", CONTACT(8) SDP);
	stage_run(&s, 100);
	CU_ASSERT_EQUAL(count_calls("ben"), 1);
	acknowledge(&a, "a2");
	/* Nobody can that. */
	call_user(&a, "a3", "repairs", CONTACT(8) SDP);
	stage_run(&s, 100);
	CU_ASSERT_EQUAL(tester_count(&a, "INVITE", 480), 1);
	/* The only one who could goes home: Bob is turned away. */
	CU_ASSERT_EQUAL(
	    stage_do(&s, "q", "logoff", NULL, "agent", "ann", NULL), 0);
	stage_run(&s, 100);
	CU_ASSERT_EQUAL(tester_count(&b, "INVITE", 480), 1);
	hang_up(&a, "a2");
	ask_within(&a, "BYE", "a1", 3);
	stop();
}

/* All ring, one answers; LATE: the caller has not offered anything. */
static void
first_to_answer(const char *ben, const char *body, size_t byes)
{
	start("strategy=all", "answer=1s", ben);
	call_user(&a, "a1", "help", body);
	stage_run(&s, 1200);
	CU_ASSERT_EQUAL(count_calls("ann"), 1);
	CU_ASSERT_EQUAL(count_calls("ben"), 1);
	CU_ASSERT_EQUAL(tester_count(&a, "INVITE", 200), 1);
	/* RFC 3326 3.1 */
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("send"), "completed elsewhere", NULL),
	    1 + byes);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("send"), "\"start\":\"BYE\"", NODE("q")),
	    byes);
	CU_ASSERT_EQUAL(count_steps("talking"), 1);
	acknowledge(&a, "a1");
	stage_run(&s, 2000);
	hang_up(&a, "a1");
	/* Neither phone has a call. */
	CU_ASSERT(stage_call_is(&s, "ann/1", "terminated"));
	CU_ASSERT(stage_call_is(&s, "ben/1", "terminated"));
	stop();
}

static void
all_ring(void)
{
	first_to_answer("answer=never", CONTACT(8) SDP, 0);
	/* At the same instant: the second is answered with a BYE. */
	first_to_answer("answer=1s", CONTACT(8) SDP, 1);
	first_to_answer("answer=1s", CONTACT(8), 1);
}

/* ---- those who can't wait ---- */

static void
caller_gives_up(void)
{
	start("strategy=all", "answer=never", "answer=never");
	call(&a, "a1");
	stage_run(&s, 500);
	tester_ask(&a, 3, "CANCEL", "sip:help@192.0.2.3",
	    "<sip:help@q.example>", "a1", 1, "a1",
	    "Reason: SIP;cause=487;text=\"Too long\"\n");
	stage_run(&s, 100);
	CU_ASSERT_EQUAL(tester_count(&a, "INVITE", 487), 1);
	CU_ASSERT(stage_call_is(&s, "ann/1", "terminated"));
	CU_ASSERT(stage_call_is(&s, "ben/1", "terminated"));
	CU_ASSERT_EQUAL(count_steps("over"), 1);
	/* Both are free at once. */
	call(&b, "b1");
	stage_run(&s, 500);
	CU_ASSERT_EQUAL(count_calls("ann"), 2);
	CU_ASSERT_EQUAL(count_calls("ben"), 2);
	tester_ask(&b, 3, "CANCEL", "sip:help@192.0.2.3",
	    "<sip:help@q.example>", "b1", 1, "b1", "");
	stop();
}

static void
no_room(void)
{
	start("room=0", "answer=0s", NULL);
	call(&a, "a1");
	stage_run(&s, 100);
	CU_ASSERT_EQUAL(tester_count(&a, "INVITE", 200), 1);
	acknowledge(&a, "a1");
	call(&b, "b1");
	stage_run(&s, 100);
	CU_ASSERT_EQUAL(tester_count(&b, "INVITE", 486), 1);
	/* Elsewhere there is room. */
	CU_ASSERT_EQUAL(stage_do(&s, "q", "set", NULL, "overflow",
			    "sip:tester@192.0.2.8", NULL),
	    0);
	call(&b, "b2");
	stage_run(&s, 100);
	CU_ASSERT_EQUAL(tester_count(&a, "INVITE", 0), 1);
	CU_ASSERT_EQUAL(tester_count(&b, "INVITE", 182), 0);
	tester_answer(&a, tester_find(&a, "INVITE", 0, 0), 603, "x", "");
	stage_run(&s, 100);
	CU_ASSERT_EQUAL(tester_count(&b, "INVITE", 603), 1);
	/* Overflowing into itself ends. */
	CU_ASSERT_EQUAL(stage_do(&s, "q", "set", NULL, "overflow",
			    "sip:help@192.0.2.3", NULL),
	    0);
	call_user(&b, "b3", "help", CONTACT(9) SDP);
	stage_run(&s, 2000);
	CU_ASSERT(tester_count(&b, "INVITE", 483) >= 1);
	ask_within(&a, "BYE", "a1", 2);
	stop();
}

static void
nobody_there(void)
{
	start("", NULL, NULL);
	call(&a, "a1");
	stage_run(&s, 100);
	CU_ASSERT_EQUAL(tester_count(&a, "INVITE", 480), 1);
	CU_ASSERT_EQUAL(tester_count(&a, "INVITE", 182), 0);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("send"), RULE("queue-empty"), NULL), 1);
	/* The last one leaves while somebody waits, who goes on elsewhere. */
	log_on("sip:tester@192.0.2.9", NULL);
	call(&a, "a2");
	stage_run(&s, 100);
	CU_ASSERT_EQUAL(tester_count(&b, "INVITE", 0), 1);
	CU_ASSERT_EQUAL(stage_do(&s, "q", "set", NULL, "overflow",
			    "sip:other@192.0.2.9", NULL),
	    0);
	CU_ASSERT_EQUAL(stage_do(&s, "q", "logoff", NULL, "agent",
			    "sip:tester@192.0.2.9", NULL),
	    0);
	tester_answer(&b, tester_find(&b, "INVITE", 0, 0), 486, "x", "");
	stage_run(&s, 100);
	CU_ASSERT_EQUAL(tester_count(&b, "INVITE", 0), 2);
	CU_ASSERT(str_is(tester_at(&b, tester_find(&b, "INVITE", 0, 1))->uri,
	    "sip:other@192.0.2.9"));
	tester_answer(&b, tester_find(&b, "INVITE", 0, 1), 486, "y", "");
	stage_run(&s, 100);
	CU_ASSERT_EQUAL(tester_count(&a, "INVITE", 486), 1);
	stop();
}

/* The run begins at midnight. */
static void
at_night(void)
{
	start("hours=08:00-18:00", "answer=0s", NULL);
	call(&a, "a1");
	stage_run(&s, 100);
	CU_ASSERT_EQUAL(tester_count(&a, "INVITE", 480), 1);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("send"), RULE("queue-closed"), NULL), 1);
	stage_do(
	    &s, "q", "set", NULL, "hours", "08:00-18:00 22:00-06:00", NULL);
	call(&a, "a2");
	stage_run(&s, 100);
	CU_ASSERT_EQUAL(tester_count(&a, "INVITE", 200), 1);
	acknowledge(&a, "a2");
	hang_up(&a, "a2");
	/* What is no span is nothing: it is open, and Ann is still busy. */
	stage_do(&s, "q", "set", NULL, "hours", "25 o'clock", NULL);
	call(&a, "a3");
	stage_run(&s, 100);
	CU_ASSERT_EQUAL(tester_count(&a, "INVITE", 182), 2);
	tester_ask(&a, 3, "CANCEL", "sip:help@192.0.2.3",
	    "<sip:help@q.example>", "a3", 1, "a3", "");
	stop();
}

/* ---- REGISTER ---- */

static void
log_on_by(struct tester *t, const char *who, unsigned cseq, const char *extra)
{
	char to[80], branch[16];

	snprintf(to, sizeof(to), "<sip:%s@q.example>", who);
	snprintf(branch, sizeof(branch), "r%u", cseq);
	tester_ask(
	    t, 3, "REGISTER", "sip:192.0.2.3", to, "r", cseq, branch, extra);
	stage_run(&s, 100);
}

static void
registers(void)
{
	start("staff=tester", NULL, NULL);
	log_on_by(&b, "tester", 5, CONTACT(9) "Expires: 60\n");
	CU_ASSERT(tester_has(&b, tester_find(&b, "REGISTER", 200, 0), "Contact",
	    "<sip:tester@192.0.2.9>;expires=60"));
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("note"), RULE("queue-logon"), NULL), 1);
	/* One that was overtaken; too brief; without sense; a stranger. */
	log_on_by(&b, "tester", 4, "Contact: *\nExpires: 0\n");
	CU_ASSERT_EQUAL(tester_count(&b, "REGISTER", 500), 1);
	log_on_by(&b, "tester", 6, CONTACT(9) "Expires: 5\n");
	CU_ASSERT_EQUAL(tester_count(&b, "REGISTER", 423), 1);
	log_on_by(&b, "tester", 7, "Contact: *\nExpires: 7\n");
	CU_ASSERT_EQUAL(tester_count(&b, "REGISTER", 400), 1);
	log_on_by(&b, "mallory", 8, CONTACT(9));
	CU_ASSERT_EQUAL(tester_count(&b, "REGISTER", 403), 1);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("send"), RULE("queue-stranger"), NULL), 1);
	call(&a, "a1");
	stage_run(&s, 100);
	CU_ASSERT_EQUAL(tester_count(&b, "INVITE", 0), 1);
	tester_answer(&b, tester_find(&b, "INVITE", 0, 0), 180, "b", "");
	/* It expires while it rings: the call goes on … */
	stage_run(&s, 15000);
	log_on_by(&b, "tester", 9, "Contact: *\nExpires: 0\n");
	CU_ASSERT_EQUAL(tester_find(&b, "REGISTER", 200, 1) < b.n, true);
	tester_answer(
	    &b, tester_find(&b, "INVITE", 0, 0), 200, "b", CONTACT(9) SDP);
	stage_run(&s, 100);
	CU_ASSERT_EQUAL(tester_count(&a, "INVITE", 200), 1);
	acknowledge(&a, "a1");
	/* … and no other comes. */
	call(&a, "a2");
	stage_run(&s, 100);
	CU_ASSERT_EQUAL(tester_count(&a, "INVITE", 480), 1);
	ask_within(&a, "BYE", "a1", 3);
	stage_run(&s, 50);
	tester_answer(&b, tester_find(&b, "BYE", 0, 0), 200, "", "");
	/* Who says nothing any more is off when his time is over. */
	log_on_by(&b, "tester", 10, CONTACT(9) "Expires: 60\n");
	stage_run(&s, 61000);
	CU_ASSERT_EQUAL(
	    stage_count(&s, KIND("note"), RULE("queue-logoff"), NULL), 2);
	stop();
}

/* ---- crashes ---- */

static void
queue_crashes(void)
{
	start("", "answer=0s", "answer=never");
	call(&a, "a1");
	stage_run(&s, 100);
	acknowledge(&a, "a1");
	call(&b, "b1");
	stage_run(&s, 100);
	call(&b, "b2");
	stage_run(&s, 100);
	CU_ASSERT_EQUAL(count_steps("ringing"), 2);
	CU_ASSERT_EQUAL(stage_do(&s, "q", "crash", NULL, NULL), 0);
	stage_run(&s, 1000);
	CU_ASSERT_EQUAL(stage_do(&s, "q", "restart", NULL, NULL), 0);
	/* What was is not known any more, and nobody is logged on. */
	hang_up(&a, "a1");
	CU_ASSERT_EQUAL(tester_count(&a, "BYE", 481), 1);
	call(&b, "b3");
	stage_run(&s, 100);
	CU_ASSERT_EQUAL(tester_count(&b, "INVITE", 480), 1);
	CU_ASSERT_EQUAL(stage_do(&s, "ann", "bye", "ann/1", NULL), 0);
	CU_ASSERT_EQUAL(stage_do(&s, "ben", "reject", "ben/1", NULL), 0);
	log_on("ann", NULL);
	call(&b, "b4");
	stage_run(&s, 200);
	CU_ASSERT_EQUAL(tester_count(&b, "INVITE", 200), 1);
	acknowledge(&b, "b4");
	hang_up(&b, "b4");
	stop();
}

/* RFC 3261 9.1: what has no provisional response can't be taken back; until it
 * has timed out the agent gets no other call. */
static void
agent_is_silent(void)
{
	size_t calls = 0;

	start("ring_time=2s rest=0s", NULL, NULL);
	log_on("sip:tester@192.0.2.9", NULL);
	call(&a, "a1");
	stage_run(&s, 31000);
	for (size_t i = 0; i < b.n; i++)
		calls += tester_is(&b, i, "INVITE") &&
			 str_eq(msg_value(tester_at(&b, i), MSG_H_CALL_ID),
			     msg_value(tester_at(&b, 0), MSG_H_CALL_ID));
	CU_ASSERT_EQUAL(calls, b.n);
	CU_ASSERT(calls > 1);
	stage_run(&s, 2000);
	CU_ASSERT(tester_count(&b, "INVITE", 0) > calls);
	CU_ASSERT_EQUAL(count_steps("ringing"), 2);
	/* Who has logged off meanwhile is forgotten when that is over. */
	CU_ASSERT_EQUAL(stage_do(&s, "q", "logoff", NULL, "agent",
			    "sip:tester@192.0.2.9", NULL),
	    0);
	stage_run(&s, 4000);
	CU_ASSERT_EQUAL(tester_count(&a, "INVITE", 480) >= 1, true);
	stop();
}

/* An agent who says that the queue itself is where he is called waits in it. */
static void
queue_is_its_own_agent(void)
{
	start("ring_time=3s rest=1s", NULL, NULL);
	log_on_by(&b, "loop", 1, "Contact: <sip:help@192.0.2.3>\n");
	log_on_by(&b, "ring", 2, "Contact: <sip:help@192.0.2.3;x>\n");
	call(&a, "a1");
	stage_run(&s, 20000);
	CU_ASSERT(count_steps("ringing") >= 4);
	CU_ASSERT(count_steps("waiting") < 60);
	tester_ask(&a, 3, "CANCEL", "sip:help@192.0.2.3",
	    "<sip:help@q.example>", "a1", 1, "a1", "");
	stage_run(&s, 1000);
	CU_ASSERT(tester_count(&a, "INVITE", 487) >= 1);
	stop();
}

/* Two queues are each other's agents. */
static void
queues_in_a_ring(void)
{
	start("ring_time=3s rest=1s", NULL, NULL);
	stage_node(&s, "r", "queue", "r.example", 6, "ring_time=2s rest=1s");
	log_on("sip:help@192.0.2.6", NULL);
	CU_ASSERT_EQUAL(stage_do(&s, "r", "logon", NULL, "agent",
			    "sip:help@192.0.2.3", NULL),
	    0);
	call(&a, "a1");
	stage_run(&s, 10000);
	tester_ask(&a, 3, "CANCEL", "sip:help@192.0.2.3",
	    "<sip:help@q.example>", "a1", 1, "a1", "");
	stage_run(&s, 1000);
	CU_ASSERT(tester_count(&a, "INVITE", 487) >= 1);
	stop();
}

/* Whatever an agent does while his phone rings, the caller has one call. */
static void
agent_is_hostile(void)
{
	static const char *const answers[] = {
		CONTACT(9) "Content-Type: application/sdp\n\nv=0\nm=\xff\n",
		"Contact: <sips:no>\n" SDP,
		CONTACT(9) "Require: 100rel\nRSeq: 0\n" SDP,
		CONTACT(9) "Require: 100rel\nRSeq: 77\n" SDP,
		"",
	};

	for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
		start("ring_time=3s", NULL, "answer=0s");
		log_on("sip:tester@192.0.2.9", NULL);
		log_on("ben", "none");
		CU_ASSERT_EQUAL(
		    stage_do(&s, "q", "logoff", NULL, "agent", "ben", NULL), 0);
		call(&a, "a1");
		stage_run(&s, 100);
		tester_answer(
		    &b, tester_find(&b, "INVITE", 0, 0), 183, "b", answers[i]);
		stage_run(&s, 100);
		log_on("ben", NULL);
		stage_run(&s, 3100);
		CU_ASSERT_EQUAL(tester_count(&a, "INVITE", 200), 1);
		CU_ASSERT_EQUAL(tester_count(&a, "INVITE", 183), 0);
		acknowledge(&a, "a1");
		/* Too late. */
		tester_answer(
		    &b, tester_find(&b, "INVITE", 0, 0), 200, "b", answers[i]);
		stage_run(&s, 100);
		hang_up(&a, "a1");
		CU_ASSERT_EQUAL(tester_count(&a, "BYE", 200), 1);
		stop();
	}
}

CHECK_MAIN("call_queue",
    { "waits until an agent is free", waits_until_an_agent_is_free },
    { "tells the place again", tells_the_place_again },
    { "next agent when one refuses", next_agent_when_one_refuses },
    { "next agent when one has vanished", next_agent_when_one_has_vanished },
    { "strategies", strategies }, { "by skill", by_skill },
    { "all ring", all_ring }, { "caller gives up", caller_gives_up },
    { "no room", no_room }, { "nobody there", nobody_there },
    { "at night", at_night }, { "registers", registers },
    { "queue crashes", queue_crashes }, { "agent is silent", agent_is_silent },
    { "queue is its own agent", queue_is_its_own_agent },
    { "queues in a ring", queues_in_a_ring },
    { "agent is hostile", agent_is_hostile })
