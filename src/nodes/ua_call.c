/*
 * Calls: their states, their records, their timers, and how each is found by
 * name and by dialog (RFC 3261 12.2.2).
 *
 * A call that is confirmed lasts long, and there may be many: what only the
 * INVITE's transaction needs is freed with that.
 */
#include "nodes/roles.h"
#include "nodes/ua.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/parts.h"

#include <stdio.h>
#include <string.h>

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

static const struct {
	const char *name;
	enum trace_rule why;
} timers[] = {
#define X(id, name, why) [UA_TIMER_##id] = { name, why },
	UA_TIMERS(X)
#undef X
};

static uint64_t
record_timer(struct ua_call *c, enum ua_timer t, const char *op, int64_t due)
{
	struct sim *sim = ua_sim(c->ua);
	struct trace_writer *w = sim_trace(sim);

	sim_open(sim, TRACE_TIMER, c->ua->node->name, timers[t].why);
	trace_put_cstr(w, "op", op);
	trace_put_cstr(w, "name", timers[t].name);
	trace_put_cstr(w, "id", c->name);
	if (due >= 0) {
		trace_put_int(w, "due", due);
		trace_put_int(w, "length", due - sim_now(sim));
	}
	return trace_close(w);
}

static void
fired(struct ua_call *c, enum ua_timer t)
{
	c->timers[t] = 0;
	sim_set_cause(ua_sim(c->ua), record_timer(c, t, "fire", -1));
}

#define FIRE(id, action)                   \
	static void fire_##id(void *arg)   \
	{                                  \
		fired(arg, UA_TIMER_##id); \
		action(arg);               \
	}

FIRE(ANSWER, ua_fire_answer)
FIRE(HANGUP, ua_fire_hangup)
FIRE(1XX, ua_fire_1xx)
FIRE(EXPIRES, ua_fire_expires)
FIRE(2XX, ua_fire_2xx)
FIRE(CANCEL, ua_fire_cancel)

static sim_fn *const actions[] = {
#define X(id, name, why) [UA_TIMER_##id] = fire_##id,
	UA_TIMERS(X)
#undef X
};

void
ua_timer_set(struct ua_call *c, enum ua_timer t, int64_t due)
{
	struct sim *sim = ua_sim(c->ua);
	uint64_t old;

	sim_cancel(sim, c->timers[t]);
	old = sim_set_cause(sim, record_timer(c, t, "set", due));
	c->timers[t] = sim_at(sim, due, c->ua->node->name, actions[t], c);
	sim_set_cause(sim, old);
}

void
ua_timer_stop(struct ua_call *c, enum ua_timer t)
{
	if (c->timers[t] == 0)
		return;
	sim_cancel(ua_sim(c->ua), c->timers[t]);
	c->timers[t] = 0;
	record_timer(c, t, "stop", -1);
}

void
ua_call_plan_hangup(struct ua_call *c)
{
	int64_t after = node_attr_time(c->ua->node, "hangup", -1);

	if (after >= 0)
		ua_timer_set(
		    c, UA_TIMER_HANGUP, sim_now(ua_sim(c->ua)) + after);
}

/* ---- finding ---- */

struct ua_call *
ua_call_find(struct ua *ua, const char *name)
{
	return name != NULL ? map_get(ua->by_name, str_of(name)) : NULL;
}

/* The dialog's key, into ua->key: 12, Call-ID, local and remote tag. */
static void
write_key(
    struct ua *ua, struct str call_id, struct str local, struct str remote)
{
	buf_clear(&ua->key);
	buf_str(&ua->key, call_id);
	buf_putc(&ua->key, '\n');
	buf_str(&ua->key, local);
	buf_putc(&ua->key, '\n');
	buf_str(&ua->key, remote);
}

static void
write_own_key(struct ua_call *c)
{
	write_key(c->ua, str_of(c->dialog->call_id),
	    str_of(c->dialog->local_tag), str_of(c->dialog->remote_tag));
}

struct ua_call *
ua_call_of(struct ua *ua, const struct msg *m)
{
	struct str to = msg_tag(msg_value(m, MSG_H_TO));
	struct str from = msg_tag(msg_value(m, MSG_H_FROM));

	/* No dialog of ours is without a tag of ours. */
	if ((m->request ? to.n : from.n) == 0)
		return NULL;
	write_key(ua, msg_value(m, MSG_H_CALL_ID), m->request ? to : from,
	    m->request ? from : to);
	return map_get(ua->by_dialog, buf_view(&ua->key));
}

int
ua_call_listen(struct ua_call *c)
{
	write_own_key(c);
	if (c->ua->key.err != 0)
		return ERR_NOMEM;
	return map_put(c->ua->by_dialog, buf_view(&c->ua->key), c);
}

void
ua_call_unlisten(struct ua_call *c)
{
	if (c->dialog == NULL)
		return;
	write_own_key(c);
	if (map_get(c->ua->by_dialog, buf_view(&c->ua->key)) == c)
		map_remove(c->ua->by_dialog, buf_view(&c->ua->key));
}

/* ---- life ---- */

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

/* 8.2.2.2: what is alike in a request that comes by two ways. */
static void
write_invite_key(struct ua *ua, const struct msg *m)
{
	write_key(ua, msg_value(m, MSG_H_CALL_ID),
	    msg_tag(msg_value(m, MSG_H_FROM)), msg_value(m, MSG_H_CSEQ));
}

struct ua_call *
ua_call_of_invite(struct ua *ua, const struct msg *m)
{
	write_invite_key(ua, m);
	return map_get(ua->by_invite, buf_view(&ua->key));
}

int
ua_call_keep_invite(struct ua_call *c, const struct sip_in *in)
{
	c->request = sip_bytes_ref(in->bytes);
	write_invite_key(c->ua, in->m);
	if (c->ua->key.err != 0)
		return ERR_NOMEM;
	return map_put(c->ua->by_invite, buf_view(&c->ua->key), c);
}

void
ua_call_forget_invite(struct ua_call *c)
{
	if (!c->caller && c->request != NULL &&
	    ua_call_of_invite(
		c->ua, world_read(c->ua->node->world, c->request)) == c)
		map_remove(c->ua->by_invite, buf_view(&c->ua->key));
	sip_bytes_unref(c->request);
	sip_bytes_unref(c->ack);
	c->request = NULL;
	c->ack = NULL;
	c->invite = NULL;
}

void
ua_call_free(struct ua_call *c)
{
	struct sim *sim = ua_sim(c->ua);

	for (size_t t = 0; t < UA_TIMER_COUNT; t++)
		sim_cancel(sim, c->timers[t]);
	if (c->invite != NULL)
		sip_transaction_set_user(c->invite, NULL, NULL);
	if (c->bye != NULL)
		sip_transaction_set_user(c->bye, NULL, NULL);
	ua_2xx_stop(c);
	ua_call_forget_invite(c);
	list_remove(&c->link);
	if (c->name != NULL)
		map_remove(c->ua->by_name, str_of(c->name));
	ua_call_unlisten(c);
	sip_dialog_destroy(c->dialog);
	mem_free(c->name);
	mem_free(c->peer);
	mem_free(c->local_tag);
	mem_free(c);
	sim_release(sim);
}

void
ua_call_end(struct ua_call *c, enum trace_rule why, unsigned status)
{
	for (size_t t = 0; t < UA_TIMER_COUNT; t++)
		ua_timer_stop(c, (enum ua_timer)t);
	if (c->dialog != NULL)
		sip_dialog_enter(
		    c->dialog, SIP_DIALOG_TERMINATED, RULE_DIALOG_END);
	if (c->state != UA_TERMINATED)
		ua_call_enter(c, UA_TERMINATED, why, status);
	ua_call_free(c);
}
