/*
 * A host name with a dot behind it is the same name (RFC 1034 3.1, RFC 3261
 * 25.1: hostname = *( domainlabel "." ) toplabel [ "." ]).
 */
#include "fixtures/fork.h"

static void
check_reached(const char *uri, const char *id)
{
	tester_ask(
	    &fork_up, 2, "OPTIONS", uri, "<" FORK_BOB ">", id, 1, id, "");
	stage_run(&fork_s, 25);
	TESTER_HAS(&fork_a, 1, "OPTIONS", 0);
	tester_answer(
	    &fork_a, tester_find(&fork_a, "OPTIONS", 0, 0), 200, "a", "");
	stage_run(&fork_s, 25);
	fork_a.n = 0;
}

static void
same_domain(void)
{
	fork_start("", "Contact: <sip:bob@192.0.2.11>\n");
	fork_a.n = 0;
	check_reached("sip:bob@b.example", "o1");
	check_reached("sip:bob@b.example.", "o2");
	check_reached("sip:bob@B.Example.;x=y", "o3");
	/* A whole name ends in one dot. */
	tester_ask(&fork_up, 2, "OPTIONS", "sip:bob@b.example..",
	    "<" FORK_BOB ">", "o4", 1, "o4", "");
	stage_run(&fork_s, 25);
	TESTER_HAS(&fork_a, 0, "OPTIONS", 0);
	fork_stop();
}

static void
registered_so(void)
{
	fork_start("", "");
	tester_ask(&fork_a, 2, "REGISTER", "sip:b.example.",
	    "<sip:bob@b.example.>", "r", 1, "r",
	    "Contact: <sip:bob@192.0.2.11>\n");
	stage_run(&fork_s, 25);
	CU_ASSERT_EQUAL(tester_status(&fork_a, 0), 200);
	fork_a.n = 0;
	check_reached("sip:bob@b.example", "o1");
	fork_stop();
}

/* The table of domains, of another proxy. */
static void
other_domain(void)
{
	fork_start("", "Contact: <sip:bob@192.0.2.11>\n");
	world_add_domain(fork_s.w, "c.example",
	    stage_node(&fork_s, "other", "proxy", "c.example", 3, ""));
	world_add_domain(fork_s.w, "b.example", world_find(fork_s.w, "prx"));
	tester_ask(&fork_up, 3, "OPTIONS", "sip:bob@b.example.",
	    "<" FORK_BOB ">", "o1", 1, "o1", "");
	stage_run(&fork_s, 50);
	TESTER_HAS(&fork_a, 1, "OPTIONS", 0);
	tester_answer(
	    &fork_a, tester_find(&fork_a, "OPTIONS", 0, 0), 200, "a", "");
	fork_stop();
}

CHECK_MAIN("trailing_dot", { "same domain", same_domain },
    { "registered so", registered_so }, { "other domain", other_domain })
