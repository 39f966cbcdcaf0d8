/* When a failed request is tried again (RFC 5626 4.5); see agent/recovery.h. */
#include "agent/recovery.h"

bool
agent_may_pass(unsigned status)
{
	static const unsigned passing[] = { 408, 480, 481, 486, 491, 500, 502,
		503, 504, 600 };

	for (size_t i = 0; i < COUNT_OF(passing); i++)
		if (passing[i] == status)
			return true;
	return false;
}

/* 4.5: W = min(max-time, base-time * 2^consecutive-failures) */
static int64_t
longest_wait(int64_t base_ns, unsigned failures)
{
	int64_t wait = base_ns;

	for (unsigned i = 0; i < failures && wait < SIP_RECOVERY_MOST_NS; i++)
		wait *= 2;
	return wait < SIP_RECOVERY_MOST_NS ? wait : SIP_RECOVERY_MOST_NS;
}

int64_t
agent_recovery_due(struct agent *agent, enum sip_stream stream, int64_t base_ns,
    unsigned failures, uint32_t after_s)
{
	int64_t half = longest_wait(base_ns, failures) / 2;
	uint64_t steps = (uint64_t)(half / SIM_MS);
	uint64_t more = sip_stack_below(agent->node->stack, stream, steps + 1);
	int64_t wait = half + (int64_t)more * SIM_MS;

	/* 4.5: a 503 with Retry-After may make it wait longer. */
	if (after_s * SIM_S > wait)
		wait = after_s * SIM_S;
	return sim_now(agent_sim(agent)) + wait;
}
