/*
 * A caller who cancels a fork gets the 487 of the phones that rang, not the 486
 * of one that was busy before (RFC 3261 16.7 step 6, 16.10).
 */
#include "fixtures/fork.h"

/* STATUS comes up, and nothing else. */
static void
check_final(unsigned status)
{
	static const unsigned finals[] = { 302, 401, 408, 486, 487, 603 };

	for (size_t i = 0; i < sizeof(finals) / sizeof(finals[0]); i++)
		CU_ASSERT_EQUAL(tester_count(&fork_up, "INVITE", finals[i]) > 0,
		    finals[i] == status);
}

static void
cancel(unsigned busy)
{
	fork_start("", "Contact: <sip:bob@192.0.2.11>, <sip:bob@192.0.2.12>\n");
	fork_ask("INVITE", "i1", CONTACT(8));
	fork_answer(&fork_a, busy, "a", "");
	fork_answer(&fork_b, 180, "b", CONTACT(12));
	fork_ask("CANCEL", "i1", "");
	fork_answer(&fork_b, 487, "b", "");
}

static void
cancelled(void)
{
	static const unsigned before[] = { 486, 401, 408 };

	for (size_t i = 0; i < sizeof(before) / sizeof(before[0]); i++) {
		cancel(before[i]);
		check_final(487);
		fork_stop();
	}
	/* 16.7 step 6: a 6xx in the context is always chosen. */
	cancel(603);
	check_final(603);
	fork_stop();
}

/* Without a CANCEL a 487 says least. */
static void
not_cancelled(void)
{
	fork_start("", "Contact: <sip:bob@192.0.2.11>, <sip:bob@192.0.2.12>\n");
	fork_ask("INVITE", "i1", CONTACT(8));
	fork_answer(&fork_b, 487, "b", "");
	fork_answer(&fork_a, 486, "a", "");
	check_final(486);
	fork_stop();
}

/* One never says a word, and so can't be cancelled (9.1): Timer B. */
static void
silent(void)
{
	fork_start("", "Contact: <sip:bob@192.0.2.11>, <sip:bob@192.0.2.12>\n");
	fork_ask("INVITE", "i1", CONTACT(8));
	fork_answer(&fork_a, 486, "a", "");
	fork_ask("CANCEL", "i1", "");
	stage_run(&fork_s, 33000);
	check_final(487);
	fork_stop();
}

CHECK_MAIN("cancelled_fork", { "cancelled", cancelled },
    { "not cancelled", not_cancelled }, { "silent", silent })
