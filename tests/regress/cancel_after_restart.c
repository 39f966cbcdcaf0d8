/*
 * A CANCEL for which a stateful proxy knows no transaction is forwarded
 * statelessly (RFC 3261 16.10), under the branch that the INVITE had: so a
 * phone that rings still hears of it when the proxy between has crashed and
 * come back.
 */
#include "fixtures/fork.h"

#define DIRECT "sip:x@192.0.2.11"

static void
ask(const char *method, const char *uri, const char *id)
{
	tester_ask(&fork_up, 2, method, uri, "<" FORK_BOB ">", id, 1, id, "");
	stage_run(&fork_s, 25);
}

/* The branch of the first METHOD that a got. */
static struct str
branch_of(const char *method)
{
	struct str vias = msg_value(
	    tester_at(&fork_a, tester_find(&fork_a, method, 0, 0)), MSG_H_VIA);
	struct msg_via via = { 0 };

	msg_via_read(msg_cut_value(&vias), &via);
	return via.branch;
}

static void
crash_and_restart(void)
{
	CU_ASSERT_EQUAL(stage_do(&fork_s, "prx", "crash", NULL, NULL), 0);
	CU_ASSERT_EQUAL(stage_do(&fork_s, "prx", "restart", NULL, NULL), 0);
}

/* a got the CANCEL under its INVITE's branch, and its answer goes up. */
static void
check_cancelled(void)
{
	char invite[128];

	TESTER_HAS(&fork_a, 1, "CANCEL", 0);
	snprintf(invite, sizeof(invite), "%.*s", STR_ARG(branch_of("INVITE")));
	CU_ASSERT(invite[0] != '\0' && str_is(branch_of("CANCEL"), invite));
	tester_answer(
	    &fork_a, tester_find(&fork_a, "CANCEL", 0, 0), 200, "a", "");
	stage_run(&fork_s, 25);
	TESTER_HAS(&fork_up, 1, "CANCEL", 200);
	TESTER_HAS(&fork_up, 0, "CANCEL", 481);
	/* RFC 6026 8.9: the INVITE's own answer belongs to nothing. */
	fork_answer(&fork_a, 487, "a", "");
	TESTER_HAS(&fork_up, 0, "INVITE", 487);
}

static void
directly(void)
{
	fork_start("", "");
	ask("INVITE", DIRECT, "i1");
	fork_answer(&fork_a, 180, "a", CONTACT(11));
	crash_and_restart();
	ask("CANCEL", DIRECT, "i1");
	check_cancelled();
	fork_stop();
}

/* The location service knows bob again. */
static void
by_location(void)
{
	fork_start("", "Contact: <sip:bob@192.0.2.11>\n");
	ask("INVITE", FORK_BOB, "i1");
	fork_answer(&fork_a, 180, "a", CONTACT(11));
	crash_and_restart();
	CU_ASSERT_EQUAL(stage_do(&fork_s, "prx", "bind", NULL, "aor", FORK_BOB,
			    "contact", "sip:bob@192.0.2.11", NULL),
	    0);
	ask("CANCEL", FORK_BOB, "i1");
	check_cancelled();
	/* Of this user nothing is known: refused as any request would be. */
	ask("CANCEL", "sip:nobody@b.example", "i2");
	TESTER_HAS(&fork_up, 1, "CANCEL", 404);
	fork_stop();
}

/* A repetition after the restart is the phone's old INVITE, not a second one
 * (8.2.2.2). */
static void
repetition(void)
{
	char first[128];

	fork_start("", "");
	ask("INVITE", DIRECT, "i1");
	snprintf(first, sizeof(first), "%.*s", STR_ARG(branch_of("INVITE")));
	crash_and_restart();
	fork_a.n = 0;
	ask("INVITE", DIRECT, "i1");
	CU_ASSERT(str_is(branch_of("INVITE"), first));
	fork_answer(&fork_a, 486, "a", "");
	TESTER_HAS(&fork_up, 1, "INVITE", 486);
	/* A client that uses its branch twice gets another one here. */
	ask("ACK", DIRECT, "i1");
	stage_run(&fork_s, 10000);
	fork_a.n = 0;
	ask("INVITE", DIRECT, "i1");
	TESTER_HAS(&fork_a, 1, "INVITE", 0);
	CU_ASSERT(!str_is(branch_of("INVITE"), first));
	fork_answer(&fork_a, 486, "a", "");
	ask("ACK", DIRECT, "i1");
	fork_stop();
}

/* What is known is not forwarded: a CANCEL for an INVITE that is over. */
static void
known(void)
{
	fork_start("", "");
	ask("INVITE", DIRECT, "i1");
	fork_answer(&fork_a, 486, "a", "");
	ask("CANCEL", DIRECT, "i1");
	TESTER_HAS(&fork_a, 0, "CANCEL", 0);
	TESTER_HAS(&fork_up, 1, "CANCEL", 200);
	fork_stop();
}

CHECK_MAIN("cancel_after_restart", { "directly", directly },
    { "by location", by_location }, { "repetition", repetition },
    { "known", known })
