/*
 * Calls whose media are mixed, so that all in them talk with each other: RFC
 * 3911 4, RFC 5359 2.10.  Known is who is in the conversation, a ring of calls,
 * and that nobody in it is on hold; what flows is mixed by rtp/mix.c.
 */
#include "agent/replaces.h"

#include "rtp/session.h"

static bool
are_mixed(const struct agent_call *a, const struct agent_call *b)
{
	list_each (struct agent_call, c, &a->place.mix, place.mix)
		if (c == b)
			return true;
	return a == b;
}

/* Two rings become one. */
static void
join_rings(struct list *a, struct list *b)
{
	struct list *after = a->next, *last = b->prev;

	a->next = b;
	b->prev = a;
	last->next = after;
	after->prev = last;
}

/* C is in a conversation with OTHER. */
static void
record_mix(const struct agent_call *c, const struct agent_call *other,
    enum rule_id why)
{
	struct sim *sim = agent_sim(c->agent);
	struct trace_writer *w = sim_trace(sim);

	sim_open(sim, TRACE_CALL, c->agent->node->name, why);
	trace_put_cstr(w, "id", c->name);
	trace_put_cstr(w, "from", agent_call_state_name(c));
	trace_put_cstr(w, "state", agent_call_state_name(c));
	trace_put_cstr(w, "peer", c->peer);
	trace_put_cstr(w, "mixed", other->name);
	sim_set_cause(sim, trace_close(w));
}

void
agent_mix(struct agent_call *a, struct agent_call *b, enum rule_id why)
{
	struct sim *sim = agent_sim(a->agent);
	uint64_t old = sim_cause(sim);

	if (are_mixed(a, b))
		return;
	join_rings(&a->place.mix, &b->place.mix);
	rtp_session_mix(a->media, b->media);
	record_mix(a, b, why);
	if (a->hold)
		agent_call_hold(a, false, NULL);
	list_each (struct agent_call, c, &a->place.mix, place.mix)
		if (c->hold)
			agent_call_hold(c, false, NULL);
	sim_set_cause(sim, old);
}
