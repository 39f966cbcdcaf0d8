/*
 * Phones that a call rings at together ring until one answers or the caller
 * gives up.  ring_time is for those before others whose turn comes later (RFC
 * 3261 16.6, 16.7 step 4, 16.8).
 */
#include "fixtures/fork.h"

/* Three of one q: nobody waits, so nobody is silenced. */
static void
nobody_waits(void)
{
	fork_start("", FORK_THREE);
	fork_ask("INVITE", "i1", CONTACT(8));
	fork_answer(&fork_a, 180, "a", CONTACT(11));
	fork_answer(&fork_b, 180, "b", CONTACT(12));
	fork_answer(&fork_c, 180, "c", CONTACT(13));
	stage_run(&fork_s, 60000);
	TESTER_HAS(&fork_a, 0, "CANCEL", 0);
	TESTER_HAS(&fork_b, 0, "CANCEL", 0);
	TESTER_HAS(&fork_c, 0, "CANCEL", 0);
	STAGE_HAS(&fork_s, 0, KIND("timer"), "\"timer\":\"ring\"", NULL);
	fork_answer(&fork_a, 200, "a", CONTACT(11));
	TESTER_HAS(&fork_up, 1, "INVITE", 200);
	fork_stop();
}

/* Two of one q before a third: both of the first group make room for it. */
static void
group_makes_room(void)
{
	fork_start("ring_time=5s", "Contact: <sip:bob@192.0.2.11>;q=0.9\n"
				   "Contact: <sip:bob@192.0.2.12>;q=0.9\n"
				   "Contact: <sip:bob@192.0.2.13>;q=0.1\n");
	fork_ask("INVITE", "i1", CONTACT(8));
	fork_answer(&fork_a, 180, "a", CONTACT(11));
	fork_answer(&fork_b, 180, "b", CONTACT(12));
	stage_run(&fork_s, 5000);
	TESTER_HAS(&fork_a, 1, "CANCEL", 0);
	TESTER_HAS(&fork_b, 1, "CANCEL", 0);
	fork_answer(&fork_a, 487, "a", "");
	fork_answer(&fork_b, 487, "b", "");
	TESTER_HAS(&fork_c, 1, "INVITE", 0);
	fork_answer(&fork_c, 180, "c", CONTACT(13));
	/* The last one rings on. */
	stage_run(&fork_s, 60000);
	TESTER_HAS(&fork_c, 0, "CANCEL", 0);
	fork_answer(&fork_c, 200, "c", CONTACT(13));
	fork_stop();
}

/* A 3xx brings a target while another phone rings: from then on one waits. */
static void
redirection_waits(void)
{
	fork_start("recurse=true ring_time=5s",
	    "Contact: <sip:bob@192.0.2.11>, <sip:bob@192.0.2.12>\n");
	fork_ask("INVITE", "i1", CONTACT(8));
	fork_answer(&fork_a, 180, "a", CONTACT(11));
	stage_run(&fork_s, 8000);
	TESTER_HAS(&fork_a, 0, "CANCEL", 0);
	fork_answer(&fork_b, 302, "b", "Contact: <sip:bob@192.0.2.13>\n");
	TESTER_HAS(&fork_a, 0, "CANCEL", 0);
	stage_run(&fork_s, 5000);
	TESTER_HAS(&fork_a, 1, "CANCEL", 0);
	fork_answer(&fork_a, 487, "a", "");
	TESTER_HAS(&fork_c, 1, "INVITE", 0);
	fork_answer(&fork_c, 200, "c", CONTACT(13));
	fork_stop();
}

CHECK_MAIN("fork_rings_on", { "nobody waits", nobody_waits },
    { "group makes room", group_makes_room },
    { "redirection waits", redirection_waits })
