/*
 * Calls: their states, their records, their timers, their life.
 *
 * A call that is confirmed lasts long, and there may be many: what only the
 * INVITE's transaction needs is freed with that.
 */
#include "nodes/roles.h"
#include "nodes/timer.h"
#include "nodes/ua.h"

#include "base/err.h"
#include "base/mem.h"

static const char *const state_names[] = {
#define X(id, name) [UA_##id] = name,
	UA_CALL_STATES(X)
#undef X
};

/* The call's name and state, for the trace and for who watches. */
static uint64_t
record(
    struct ua_call *c, const char *from, enum trace_rule why, unsigned status)
{
	const struct world_watch *watch = &c->ua->node->world->watch;
	struct sim *sim = ua_sim(c->ua);
	struct trace_writer *w = sim_trace(sim);
	uint64_t seq, old;

	sim_open(sim, TRACE_CALL, c->ua->node->name, why);
	trace_put_cstr(w, "id", c->name);
	trace_put_cstr(w, "from", from);
	trace_put_cstr(w, "state", state_names[c->state]);
	trace_put_cstr(w, "peer", c->peer);
	if (status != 0)
		trace_put_int(w, "status", status);
	seq = trace_close(w);
	old = sim_set_cause(sim, seq);
	if (watch->changed != NULL)
		watch->changed(c->name, state_names[c->state], watch->arg);
	sim_set_cause(sim, old);
	return seq;
}

uint64_t
ua_call_enter(struct ua_call *c, enum ua_call_state state, enum trace_rule why,
    unsigned status)
{
	const char *from = state_names[c->state];

	if (c->state == state && status == 0)
		return sim_cause(ua_sim(c->ua));
	c->state = state;
	return record(c, from, why, status);
}

/* ---- timers ---- */

#define X(id, name, fire, why) static void fire_##id(void *arg);
UA_TIMERS(X)
#undef X

static const struct node_timer timers[] = {
#define X(id, name, fire, why) [UA_TIMER_##id] = { name, why, fire_##id },
	UA_TIMERS(X)
#undef X
};

static void
fired(struct ua_call *c, enum ua_timer t)
{
	node_timer_fired(c->ua->node, &c->timers[t], &timers[t], c->name);
}

#define X(id, name, fire, why)             \
	static void fire_##id(void *arg)   \
	{                                  \
		fired(arg, UA_TIMER_##id); \
		fire(arg);                 \
	}
UA_TIMERS(X)
#undef X

void
ua_timer_set(struct ua_call *c, enum ua_timer t, int64_t due)
{
	node_timer_set(c->ua->node, &c->timers[t], &timers[t], c->name, due, c);
}

void
ua_timer_stop(struct ua_call *c, enum ua_timer t)
{
	node_timer_stop(c->ua->node, &c->timers[t], &timers[t], c->name);
}

void
ua_call_plan_hangup(struct ua_call *c)
{
	int64_t after = node_attr_time(c->ua->node, "hangup", -1);

	if (after >= 0)
		ua_timer_set(
		    c, UA_TIMER_HANGUP, sim_now(ua_sim(c->ua)) + after);
}

/* ---- life ---- */

struct ua_call *
ua_call_find(struct ua *ua, const char *name)
{
	return name != NULL ? map_get(ua->by_name, str_of(name)) : NULL;
}

struct ua_call *
ua_call_new(struct ua *ua, bool caller, struct str peer)
{
	struct ua_call *c = mem_zalloc(1, sizeof(*c));
	struct buf tag = BUF_INIT, name = BUF_INIT;

	if (c == NULL)
		return NULL;
	c->owner.role = &role_ua;
	c->ua = ua;
	c->caller = caller;
	c->peer = mem_dup(peer.p, peer.n);
	sip_stack_token(ua->node->stack, SIP_STREAM_TAG, 8, &tag);
	c->local_tag = mem_dup(tag.p, tag.n);
	buf_printf(&name, "%s/%u", ua->node->name, ++ua->next_call);
	c->name = mem_dup(name.p, name.n);
	list_init(&c->link);
	list_init(&c->early);
	list_init(&c->acks);
	list_init(&c->others);
	sim_hold(ua_sim(ua));
	if (tag.err != 0 || name.err != 0 || c->peer == NULL ||
	    c->local_tag == NULL || c->name == NULL ||
	    map_put(ua->by_name, str_of(c->name), c) != 0) {
		ua_call_free(c);
		c = NULL;
	} else {
		list_append(&ua->calls, &c->link);
	}
	buf_free(&tag);
	buf_free(&name);
	return c;
}

void
ua_call_free(struct ua_call *c)
{
	struct sim *sim = ua_sim(c->ua);

	for (size_t t = 0; t < UA_TIMER_COUNT; t++)
		sim_cancel(sim, c->timers[t]);
	if (c->invite != NULL)
		sip_transaction_set_user(c->invite, NULL, NULL);
	if (c->reinvited != NULL)
		sip_transaction_set_user(c->reinvited, NULL, NULL);
	ua_client_drop(c->client);
	ua_client_drop(c->reinvite);
	ua_client_drop(c->bye);
	ua_2xx_stop(c);
	ua_ack_free(c, 0);
	ua_call_forget_invite(c);
	list_remove(&c->link);
	if (c->name != NULL)
		map_remove(c->ua->by_name, str_of(c->name));
	ua_call_free_dialogs(c);
	mem_free(c->name);
	mem_free(c->peer);
	mem_free(c->local_tag);
	mem_free(c);
	sim_release(sim);
}

/* An INVITE that was answered with 1xx would wait for ever. */
static void
end_invite(struct ua_client **qp)
{
	struct ua_client *q = *qp;

	if (!ua_client_is_pending(q))
		return;
	*qp = NULL;
	ua_client_abort(q);
}

void
ua_call_end(struct ua_call *c, enum trace_rule why, unsigned status)
{
	struct ua *ua = c->ua;
	uint64_t old, ended = sim_cause(ua_sim(ua));

	for (size_t t = 0; t < UA_TIMER_COUNT; t++)
		ua_timer_stop(c, (enum ua_timer)t);
	ua_call_end_dialogs(c, RULE_DIALOG_END);
	end_invite(&c->client);
	end_invite(&c->reinvite);
	if (c->state != UA_TERMINATED)
		ended = ua_call_enter(c, UA_TERMINATED, why, status);
	ua_call_free(c);
	old = sim_set_cause(ua_sim(ua), ended);
	ua_line_free(ua);
	sim_set_cause(ua_sim(ua), old);
}
