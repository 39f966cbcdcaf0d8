/* What fork.h declares. */
#include "fork.h"

#include "check.h"

#include <stdlib.h>

struct stage fork_s;
struct tester fork_up, fork_a, fork_b, fork_c;

void
fork_start(const char *attrs, const char *contacts)
{
	stage_open(&fork_s);
	tester_open(&fork_s, &fork_up, "up", 8);
	tester_open(&fork_s, &fork_a, "a", 11);
	tester_open(&fork_s, &fork_b, "b", 12);
	tester_open(&fork_s, &fork_c, "c", 13);
	stage_node(
	    &fork_s, "prx", "proxy registrar location", "b.example", 2, attrs);
	if (contacts[0] == '\0')
		return;
	tester_ask(&fork_a, 2, "REGISTER", "sip:b.example", "<" FORK_BOB ">",
	    "r", 1, "r", contacts);
	stage_run(&fork_s, 25);
	CU_ASSERT_EQUAL(tester_status(&fork_a, 0), 200);
}

void
fork_stop(void)
{
	CU_ASSERT(stage_run(&fork_s, 300000));
	CU_ASSERT_EQUAL(sim_held(fork_s.w->sim), 0);
	stage_close(&fork_s);
	tester_close(&fork_up);
	tester_close(&fork_a);
	tester_close(&fork_b);
	tester_close(&fork_c);
}

void
fork_ask(const char *method, const char *branch, const char *extra)
{
	tester_ask(&fork_up, 2, method, FORK_BOB, "<" FORK_BOB ">", branch, 1,
	    branch, extra);
	stage_run(&fork_s, 25);
}

void
fork_answer(
    struct tester *t, unsigned status, const char *tag, const char *extra)
{
	tester_answer(t, tester_find(t, "INVITE", 0, 0), status, tag, extra);
	stage_run(&fork_s, 25);
}
