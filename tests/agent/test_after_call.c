/*
 * What still comes for a call that is over: a 2xx of another branch of its
 * INVITE, its own 2xx again, that of a re-INVITE.  RFC 3261 13.2.2.4.
 */
#include "fixtures/stage.h"

#include "msg/header_names.h"
#include "roles/ua/ua.h"

static struct stage s;
static struct tester a, b;

#define PEER "sip:peer@192.0.2.11"

static void
start(const char *attrs)
{
	STAGE_OPEN(&s, &a, "a", 11);
	tester_open(&s, &b, "b", 12);
	stage_node(&s, "bob", "ua", "b.example", 3, attrs);
}

static const struct ua *
bob(void)
{
	return node_role_state(world_find(s.w, "bob"), "ua");
}

/* Nothing is left of any call. */
static void
is_clean(void)
{
	CU_ASSERT_EQUAL(sim_held(s.w->sim), 0);
	CU_ASSERT(list_empty(&bob()->agent.calls));
	CU_ASSERT(list_empty(&bob()->agent.over));
	CU_ASSERT(list_empty(&bob()->agent.clients));
	CU_ASSERT_EQUAL(map_count(bob()->agent.by_name), 0);
	CU_ASSERT_EQUAL(map_count(bob()->agent.by_dialog), 0);
	CU_ASSERT_EQUAL(map_count(bob()->agent.by_request), 0);
}

static void
stop(void)
{
	CU_ASSERT(stage_run(&s, 80000));
	is_clean();
	STAGE_CLOSE(&s, &a);
	tester_close(&b);
}

static void
calls(void)
{
	STAGE_CALL(&s, "bob", PEER, 15);
}

static void
says(unsigned status, const char *tag, const char *extra)
{
	tester_answer(&a, tester_find(&a, "INVITE", 0, 0), status, tag, extra);
	stage_run(&s, 25);
}

/* The peer hangs up the dialog with this TAG. */
static void
hangs_up(const char *tag)
{
	size_t i = tester_find(&a, "INVITE", 0, 0);

	tester_say(&a, 3,
	    "BYE sip:bob@192.0.2.3 SIP/2.0\n"
	    "Via: SIP/2.0/UDP 192.0.2.11;branch=z9hG4bKbye%s\n"
	    "From: <" PEER ">;tag=%s\n"
	    "To: <sip:bob@b.example>;tag=%.*s\n"
	    "Call-ID: %.*s\n"
	    "CSeq: 1 BYE\n\n",
	    tag, tag, STR_ARG(msg_tag(msg_value(tester_at(&a, i), MSG_H_FROM))),
	    STR_ARG(msg_value(tester_at(&a, i), MSG_H_CALL_ID)));
}

static void
hung_up(const char *tag)
{
	hangs_up(tag);
	stage_run(&s, 25);
	CU_ASSERT(tester_count(&a, "BYE", 200) > 0);
}

/* The own 2xx comes again, since its ACK got lost: as it was, until Timer M. */
static void
own_again(void)
{
	size_t i;

	start("");
	calls();
	says(200, "one", CONTACT(11));
	hung_up("one");
	says(200, "one", CONTACT(11));
	i = tester_find(&a, "ACK", 0, 0);
	TESTER_HAS(&a, 2, "ACK", 0);
	CU_ASSERT(str_eq(buf_view(&a.got[i].bytes),
	    buf_view(&a.got[tester_find(&a, "ACK", 0, 1)].bytes)));
	TESTER_HAS(&a, 0, "BYE", 0);
	/* RFC 5407 2: its dialog is known until Timer J of the last BYE. */
	hung_up("one");
	CU_ASSERT_EQUAL(map_count(bob()->agent.by_dialog), 1);
	stage_run(&s, 32000);
	is_clean();
	says(200, "one", CONTACT(11));
	TESTER_HAS(&a, 2, "ACK", 0);
	stop();
}

/* A refused call leaves nothing; call after call leaves only those whose Timer
 * M runs. */
static void
many(void)
{
	start("");
	calls();
	says(486, "one", "");
	CU_ASSERT(list_empty(&bob()->agent.over));
	STAGE_CLOSE(&s, &a);
	tester_close(&b);
	stage_open(&s);
	stage_node(&s, "bob", "ua", "b.example", 3, "");
	stage_node(&s, "eve", "ua", "b.example", 4, "answer=0s hangup=1s");
	for (size_t i = 0, n; i < 200; i++) {
		STAGE_CALL(&s, "bob", "sip:eve@192.0.2.4", 2000);
		n = 0;
		list_foreach (node, &bob()->agent.over) {
			n++;
		}
		CU_ASSERT_FATAL(n <= 17);
	}
	STAGE_HAS(&s, 400, KIND("call"), "\"state\":\"terminated\"", NULL);
	CU_ASSERT(stage_run(&s, 33000));
	is_clean();
	stage_close(&s);
}

/* ---- out of memory ---- */

/* What bob does, or what A does to him. */
static const struct step {
	const char *verb; /* of bob's; NULL: the answer */
	size_t invite;    /* which one is answered */
	unsigned status;
	const char *tag, *extra;
	bool bye; /* instead: A hangs up */
} steps[] = {
	{ .verb = "invite" },
	{ NULL, 0, 200, "one", CONTACT(11), false },
	{ .verb = "reinvite" },
	{ .bye = true },
	{ NULL, 1, 200, "", CONTACT(12), false },
	{ NULL, 0, 200, "one", CONTACT(11), false },
	{ NULL, 0, 200, "two", CONTACT(12), false },
	{ NULL, 0, 200, "three", "", false },
	{ NULL, 0, 200, "two", CONTACT(12), false },
};
#define STEPS (sizeof(steps) / sizeof(steps[0]))

/* A call's life and after, in which the N-th allocation of step STEP fails. */
static int
story(size_t failing, unsigned long n, unsigned long *count)
{
	int err = 0;

	start("");
	for (size_t i = 0; i < STEPS && err == 0; i++) {
		const struct step *step = &steps[i];
		const char *call = i == 0 ? NULL : "bob/1";

		mem_count();
		if (i == failing)
			mem_fail_from(n);
		if (step->verb != NULL)
			err = stage_do(
			    &s, "bob", step->verb, call, "target", PEER, NULL);
		else if (step->bye)
			hangs_up("one");
		else
			tester_answer(&a,
			    tester_find(&a, "INVITE", 0, step->invite),
			    step->status, step->tag, step->extra);
		if (err == 0 && !stage_run(&s, 25))
			err = sim_error(s.w->sim)->err;
		if (i == failing)
			*count = mem_count();
		mem_fail_from(0);
	}
	return err;
}

static void
leave(void)
{
	STAGE_CLOSE(&s, &a);
	tester_close(&b);
}

static void
no_memory(void)
{
	unsigned long all = 0, n, ignored;

	for (size_t i = 0; i < STEPS; i++) {
		CU_ASSERT_EQUAL(story(i, 0, &all), 0);
		CU_ASSERT(all > 1);
		TESTER_HAS(&a, 3, "ACK", 0);
		TESTER_HAS(&b, 3, "ACK", 0);
		leave();
		for (n = 1; n <= all; n++) {
			int err = story(i, n, &ignored);

			/* Where the tester has lost a message, the call is
			 * not answered. */
			CU_ASSERT(
			    err == ERR_NOMEM || err == 0 || err == ERR_STATE);
			leave();
		}
	}
}

CHECK_MAIN("after_call", { "own again", own_again }, { "many", many },
    { "no memory", no_memory }, )
