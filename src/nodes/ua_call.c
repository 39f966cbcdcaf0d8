/*
 * Calls: their states, their records, their timers, their life.
 *
 * A call that is confirmed lasts long, and there may be many: what only the
 * INVITE's transaction needs is freed with that.  A call that has ended stays
 * in memory while a transaction of an INVITE of its own lives, to acknowledge
 * what 2xx still come (RFC 3261 13.2.2.4); but nobody finds it any more.
 */
#include "nodes/roles.h"
#include "node/timer.h"
#include "nodes/ua.h"

#include "base/err.h"
#include "base/mem.h"
#include "machine/machine.h"
#include "sip/defaults.h"

#include <assert.h>
#include <string.h>

static const char *const state_names[] = {
#define X(id, name) [UA_##id] = name,
	UA_CALL_STATES(X)
#undef X
};

/* The call's name and state, for the trace and for who watches. */
static uint64_t
record(struct ua_call *c, const char *from, enum rule_id why, unsigned status)
{
	const struct world_watch *watch = &c->agent->node->world->watch;
	struct sim *sim = agent_sim(c->agent);
	struct trace_writer *w = sim_trace(sim);
	uint64_t seq, old;

	sim_open(sim, TRACE_CALL, c->agent->node->name, why);
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

/* E, which the table has; a step that leads nowhere and says nothing has no
 * record: then the present cause. */
static uint64_t
take(struct ua_call *c, const struct machine_edge *e, enum rule_id why,
    unsigned status)
{
	const char *from = state_names[c->state];
	size_t to = 0;

	assert(e != NULL);
	if (strcmp(from, e->to) == 0 && status == 0)
		return sim_cause(agent_sim(c->agent));
	while (strcmp(state_names[to], e->to) != 0)
		to++;
	c->state = (enum ua_call_state)to;
	return record(c, from, why, status);
}

uint64_t
ua_call_step(
    struct ua_call *c, const char *event, enum rule_id why, unsigned status)
{
	const struct machine *m = machine_find(STR("call"));

	return take(
	    c, machine_next(m, state_names[c->state], event), why, status);
}

uint64_t
ua_call_terminate(struct ua_call *c, enum rule_id why, unsigned status)
{
	const struct machine *m = machine_find(STR("call"));

	return take(c,
	    machine_step(m, str_of(state_names[c->state]), STR_NULL,
		str_of(state_names[UA_TERMINATED])),
	    why, status);
}

/* ---- timers ---- */

#define X(id, name, fire, why, machine) static void fire_##id(void *arg);
UA_TIMERS(X)
#undef X

static const struct node_timer timers[] = {
#define X(id, name, fire, why, machine) \
	[UA_TIMER_##id] = { name, why, fire_##id, machine },
	UA_TIMERS(X)
#undef X
};

static void
fired(struct ua_call *c, enum ua_timer t)
{
	node_timer_fired(c->agent->node, &c->timers[t], &timers[t], c->name);
}

#define X(id, name, fire, why, machine)    \
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
	node_timer_set(
	    c->agent->node, &c->timers[t], &timers[t], c->name, due, c);
}

void
ua_timer_stop(struct ua_call *c, enum ua_timer t)
{
	node_timer_stop(c->agent->node, &c->timers[t], &timers[t], c->name);
}

void
ua_call_plan_hangup(struct ua_call *c)
{
	int64_t after = node_attr_time(c->agent->node, "hangup", -1);

	if (after >= 0)
		ua_timer_set(
		    c, UA_TIMER_HANGUP, sim_now(agent_sim(c->agent)) + after);
}

/* ---- life ---- */

/* What one takes beside its messages: dialogs, session description, names. */
#define CALL_BYTES (sizeof(struct ua_call) + 2048)

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
	c->agent = &ua->agent;
	c->caller = caller;
	c->peer = mem_dup(peer.p, peer.n);
	sip_stack_token(ua->agent.node->stack, SIP_STREAM_TAG, 8, &tag);
	c->local_tag = mem_dup(tag.p, tag.n);
	buf_printf(&name, "%s/%u", ua->agent.node->name, ++ua->next_call);
	c->name = mem_dup(name.p, name.n);
	list_init(&c->link);
	list_init(&c->early);
	list_init(&c->acks);
	list_init(&c->others);
	list_init(&c->invites);
	list_init(&c->oks);
	sim_hold(agent_sim(&ua->agent));
	sim_take_memory(agent_sim(&ua->agent), CALL_BYTES);
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

/* Nobody finds it any more, nor tells it anything but what its INVITEs bring.
 */
static void
leave(struct ua_call *c)
{
	struct sim *sim = agent_sim(c->agent);

	for (size_t t = 0; t < UA_TIMER_COUNT; t++)
		sim_cancel(sim, c->timers[t]);
	if (c->invite != NULL)
		agent_request_leave(c->agent, c->invite);
	c->invite = NULL;
	sip_bytes_unref(c->request);
	c->request = NULL;
	sip_bytes_unref(c->change);
	c->change = NULL;
	if (c->reinvited != NULL)
		sip_transaction_set_user(c->reinvited, NULL, NULL);
	c->reinvited = NULL;
	agent_client_drop(c->bye);
	c->bye = NULL;
	ua_transfer_leave(c);
	ua_2xx_stop(c);
	sip_sdp_free(&c->sdp);
	list_remove(&c->link);
	if (c->name != NULL)
		map_remove(c->ua->by_name, str_of(c->name));
	sim_release(sim);
}

void
ua_call_free(struct ua_call *c)
{
	if (c->over)
		list_remove(&c->link);
	else
		leave(c);
	sim_cancel(agent_sim(c->agent), c->patience);
	list_foreach (node, &c->invites) {
		agent_client_drop(LIST_ENTRY(node, struct agent_client, mate));
	}
	ua_ack_free(c, 0);
	ua_call_free_dialogs(c);
	mem_free(c->name);
	mem_free(c->peer);
	mem_free(c->local_tag);
	sip_sdp_free(&c->sdp);
	sim_give_back_memory(agent_sim(c->agent), CALL_BYTES);
	mem_free(c);
}

/* ---- end ---- */

void
ua_call_forget_client(struct ua_call *c, struct agent_client *q)
{
	list_remove(&q->mate);
	if (c->over && list_empty(&c->invites))
		ua_call_free(c);
}

/* An INVITE that was answered with 1xx would wait for ever. */
static void
lose_patience(void *arg)
{
	struct ua_call *c = arg;
	struct agent_client *q = c->reinvite;

	c->patience = 0;
	if (!agent_client_is_pending(q))
		return;
	c->reinvite = NULL;
	agent_client_abort(q);
	if (list_empty(&c->invites))
		ua_call_free(c);
}

/* What its INVITEs may yet bring: a 2xx, or another one, wants its ACK
 * (13.2.2.4); no other answer is of interest. */
static void
keep_invites(struct ua_call *c)
{
	list_foreach (node, &c->invites) {
		struct agent_client *q =
		    LIST_ENTRY(node, struct agent_client, mate);
		bool pending = agent_client_is_pending(q);

		if (pending && q == c->reinvite) {
			agent_client_give_up(q);
			c->patience =
			    sim_after(agent_sim(c->agent), SIP_64T1_NS,
				c->agent->node->name, lose_patience, c);
		} else if (pending && !agent_client_is_asking(q)) {
			c->client = NULL;
			agent_client_abort(q);
		} else if (!q->accepted) {
			if (q == c->client)
				c->client = NULL;
			else if (q == c->reinvite)
				c->reinvite = NULL;
			agent_client_drop(q);
		}
	}
}

void
ua_call_end(struct ua_call *c, enum rule_id why, unsigned status)
{
	struct ua *ua = c->ua;
	uint64_t old, ended;

	ua_transfer_stop(c);
	for (size_t t = 0; t < UA_TIMER_COUNT; t++)
		ua_timer_stop(c, (enum ua_timer)t);
	ua_call_close_dialogs(c, RULE_DIALOG_END);
	ended = ua_call_terminate(c, why, status);
	old = sim_set_cause(agent_sim(&ua->agent), ended);
	ua_transfer_outcome(c, status);
	keep_invites(c);
	if (list_empty(&c->invites)) {
		ua_call_free(c);
	} else {
		leave(c);
		c->over = true;
		list_append(&ua->over, &c->link);
	}
	ua_line_free(ua);
	sim_set_cause(agent_sim(&ua->agent), old);
}
