/*
 * Max-Breadth (RFC 5393 5.3): every request that a proxy forwards has it, with
 * or without a transaction; 0 is refused; all pending branches together never
 * have more than came in.
 */
#include "fixtures/fork.h"

/* The value in the N-th METHOD that T got; 1000 where there is none. */
static unsigned
breadth_of(struct tester *t, const char *method, size_t n)
{
	uint32_t value = 1000;
	const struct msg *m = tester_at(t, tester_find(t, method, 0, n));

	str_u32(msg_value(m, MSG_H_MAX_BREADTH), &value);
	return value;
}

static void
ask_as(const char *method, const char *id, const char *extra)
{
	tester_ask(&fork_up, 2, method, "sip:x@192.0.2.11", "<" FORK_BOB ">",
	    id, 1, id, extra);
	stage_run(&fork_s, 25);
}

static void
in_every_request(void)
{
	fork_start("", "");
	ask_as("INVITE", "i1", CONTACT(8));
	ask_as("OPTIONS", "o1", "Max-Breadth: 7\n");
	ask_as("MESSAGE", "m1", "Max-Breadth: 4294967296\n");
	/* For a 2xx: a request of its own. */
	ask_as("ACK", "a1", "");
	CU_ASSERT_EQUAL(breadth_of(&fork_a, "INVITE", 0), 60);
	CU_ASSERT_EQUAL(breadth_of(&fork_a, "OPTIONS", 0), 7);
	CU_ASSERT_EQUAL(breadth_of(&fork_a, "MESSAGE", 0), 60);
	CU_ASSERT_EQUAL(breadth_of(&fork_a, "ACK", 0), 60);
	fork_answer(&fork_a, 486, "a", "");
	fork_stop();
	fork_start("stateless=true", "");
	ask_as("OPTIONS", "o1", "");
	CU_ASSERT_EQUAL(breadth_of(&fork_a, "OPTIONS", 0), 60);
	fork_stop();
}

static void
nothing_left(void)
{
	fork_start("", FORK_THREE);
	ask_as("OPTIONS", "o1", "Max-Breadth: 0\n");
	TESTER_HAS(&fork_up, 1, "OPTIONS", 440);
	fork_ask("OPTIONS", "o2", "Max-Breadth: 00\n");
	TESTER_HAS(&fork_up, 2, "OPTIONS", 440);
	/* No number, and two of them. */
	ask_as("OPTIONS", "o3", "Max-Breadth: many\n");
	ask_as("OPTIONS", "o4", "Max-Breadth: 3\nMax-Breadth: 3\n");
	TESTER_HAS(&fork_up, 2, "OPTIONS", 400);
	TESTER_HAS(&fork_a, 0, "OPTIONS", 0);
	fork_stop();
	fork_start("stateless=true", "");
	ask_as("OPTIONS", "o1", "Max-Breadth: 0\n");
	TESTER_HAS(&fork_up, 1, "OPTIONS", 440);
	fork_stop();
}

#define STEPS                                   \
	"Contact: <sip:bob@192.0.2.11>;q=0.9\n" \
	"Contact: <sip:bob@192.0.2.12>;q=0.5\n" \
	"Contact: <sip:bob@192.0.2.13>;q=0.1\n"

/* A branch that says nothing is pending while the next one has its turn. */
static void
beside_the_silent(void)
{
	fork_start("ring_time=2s", STEPS);
	fork_ask("INVITE", "i1", "Max-Breadth: 10\n" CONTACT(8));
	stage_run(&fork_s, 2000);
	CU_ASSERT_EQUAL(breadth_of(&fork_a, "INVITE", 0), 8);
	CU_ASSERT_EQUAL(breadth_of(&fork_b, "INVITE", 0), 1);
	/* What has its answer gives its part back. */
	fork_answer(&fork_a, 486, "a", "");
	fork_answer(&fork_b, 486, "b", "");
	CU_ASSERT_EQUAL(breadth_of(&fork_c, "INVITE", 0), 10);
	fork_answer(&fork_c, 200, "c", CONTACT(13));
	fork_stop();
	/* There is one only: the next waits for the silent one's end. */
	fork_start("ring_time=2s", STEPS);
	fork_ask("INVITE", "i1", "Max-Breadth: 1\n" CONTACT(8));
	stage_run(&fork_s, 4000);
	TESTER_HAS(&fork_b, 0, "INVITE", 0);
	fork_answer(&fork_a, 486, "a", "");
	CU_ASSERT_EQUAL(breadth_of(&fork_b, "INVITE", 0), 1);
	fork_answer(&fork_b, 200, "b", CONTACT(12));
	fork_stop();
}

CHECK_MAIN("max_breadth", { "in every request", in_every_request },
    { "nothing left", nothing_left },
    { "beside the silent", beside_the_silent })
