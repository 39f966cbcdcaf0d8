/*
 * The calls of a phone: what its calls ask of it, and the timers by which it
 * does something in them by itself.
 */
#include "nodes/ua.h"

#include "base/err.h"
#include "node/timer.h"
#include "nodes/roles.h"

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

/* A call and an agent are the first members of what a phone makes of them. */
static_assert(offsetof(struct ua_call, call) == 0, "a call comes first");
static_assert(offsetof(struct ua, agent) == 0, "an agent comes first");

struct ua_call *
ua_call_of(const struct agent_call *c)
{
	return (struct ua_call *)(uintptr_t)c;
}

struct ua *
ua_of(const struct agent_call *c)
{
	return (struct ua *)(void *)c->agent;
}

struct ua_transfer *
ua_transfer_of(const struct agent_call *c)
{
	return &ua_call_of(c)->transfer;
}

/* ---- timers ---- */

#define X(id, name, fire, why, machine) static void fire_##id(void *arg);
UA_TIMER_LIST(X)
#undef X

static const struct node_timer timers[] = {
#define X(id, name, fire, why, machine) \
	[UA_TIMER_##id] = { name, why, fire_##id, machine },
	UA_TIMER_LIST(X)
#undef X
};

static void
fired(struct agent_call *c, enum ua_timer t)
{
	node_timer_fired(
	    c->agent->node, &ua_call_of(c)->timers[t], &timers[t], c->name);
}

#define X(id, name, fire, why, machine)    \
	static void fire_##id(void *arg)   \
	{                                  \
		fired(arg, UA_TIMER_##id); \
		fire(arg);                 \
	}
UA_TIMER_LIST(X)
#undef X

void
ua_timer_set(struct agent_call *c, enum ua_timer t, int64_t due)
{
	node_timer_set(c->agent->node, &ua_call_of(c)->timers[t], &timers[t],
	    c->name, due, c);
}

void
ua_timer_stop(struct agent_call *c, enum ua_timer t)
{
	node_timer_stop(
	    c->agent->node, &ua_call_of(c)->timers[t], &timers[t], c->name);
}

void
ua_fire_hangup(struct agent_call *c)
{
	agent_note_act(c->agent, "bye", c->name);
	agent_call_bye(c, NULL);
}

/* ---- what a call asks of it ---- */

/* The attribute `hangup`: it ends the call by itself. */
static void
on_established(struct agent_call *c)
{
	int64_t after = node_attr_time(c->agent->node, "hangup", -1);

	if (after >= 0)
		ua_timer_set(
		    c, UA_TIMER_HANGUP, sim_now(agent_sim(c->agent)) + after);
}

static void
on_decided(struct agent_call *c)
{
	ua_call_of(c)->queued = false;
	ua_timer_stop(c, UA_TIMER_ANSWER);
	ua_timer_stop(c, UA_TIMER_NO_ANSWER);
}

static void
on_stop(struct agent_call *c)
{
	ua_transfer_stop(c);
	for (size_t t = 0; t < UA_TIMERS; t++)
		ua_timer_stop(c, (enum ua_timer)t);
}

static void
on_leave(struct agent_call *c)
{
	for (size_t t = 0; t < UA_TIMERS; t++)
		sim_cancel(agent_sim(c->agent), ua_call_of(c)->timers[t]);
	ua_transfer_leave(c);
}

static void
on_ended(struct agent *agent)
{
	ua_line_free((struct ua *)(void *)agent);
}

static int
refuse(struct agent_call *c)
{
	return agent_call_reject(
	    c, ua_refusal_status(ua_of(c), 486), NULL, RULE_INVITE_REJECT);
}

static bool
refuse_change(struct agent_call *c, const struct sip_in *in)
{
	struct ua_refusal r;
	bool refused;

	ua_judge_request(ua_of(c), in->m, &r);
	refused = r.status != 0;
	if (refused)
		ua_refuse(ua_of(c), in, &r);
	buf_free(&r.text);
	return refused;
}

const struct agent_call_ops ua_call_ops = {
	.size = sizeof(struct ua_call),
	.role = &role_ua,
	.capabilities = ua_capabilities,
	.ncapabilities = UA_CAPABILITIES,
	.established = on_established,
	.outcome = ua_transfer_outcome,
	.decided = on_decided,
	.stop = on_stop,
	.leave = on_leave,
	.ended = on_ended,
	.refuse = refuse,
	.refuse_change = refuse_change,
};
