/*
 * Calls: their states, their records, their timers, their life.
 *
 * One that is confirmed lasts long, and there may be many: data that only the
 * INVITE's transaction needs are freed with that.  One that has ended stays in
 * memory while a transaction of an INVITE of its own lives, to acknowledge
 * repeated 2xx (RFC 3261 13.2.2.4); but it is not found by lookups any more.
 */
#include "agent/call_in.h"
#include "agent/mortal_dialog.h"
#include "agent/refer.h"
#include "agent/requests.h"
#include "agent/replaces.h"

#include "base/mem.h"
#include "machine/tables.h"
#include "node/timer.h"
#include "rules/rule_names.h"
#include "sip/defaults.h"
#include "sip/machine_step.h"

#include <string.h>

/* The call's name and state, for the trace and for who watches. */
static uint64_t
agent_call_record(
    struct agent_call *c, enum state_id from, enum rule_id why, unsigned status)
{
	const struct world_watch *watch = &c->agent->node->world->watch;
	struct sim *sim = agent_sim(c->agent);
	struct trace_writer *w = sim_trace(sim);
	uint64_t seq, old;

	sim_open(sim, TRACE_CALL, c->agent->node->name, why);
	trace_put_cstr(w, "id", c->name);
	trace_put_cstr(w, "from", state_word(from));
	trace_put_cstr(w, "state", agent_call_state_name(c));
	trace_put_cstr(w, "peer", c->peer);
	if (status != 0)
		trace_put_int(w, "status", status);
	seq = trace_close(w);
	old = sim_set_cause(sim, seq);
	/* 13.3.1.4: without an ACK it is confirmed to be ended at once, which
	 * is not what waits for a call that has come about. */
	if (watch->changed != NULL && why != RULE_INVITE_NO_ACK)
		watch->changed(c->name, agent_call_state_name(c), watch->arg);
	sim_set_cause(sim, old);
	return seq;
}

/* The watcher of its agent's calls is told of the step, by SEQ. */
static uint64_t
agent_call_tell_step(struct agent_call *c, enum event_id event, uint64_t seq)
{
	const struct agent_ops *ops = c->agent->ops;
	uint64_t old = sim_set_cause(agent_sim(c->agent), seq);

	agent_call_media_step(c);
	if (ops->stepped != NULL)
		ops->stepped(c, event);
	sim_set_cause(agent_sim(c->agent), old);
	return seq;
}

/* C has taken the step E.  One that leads nowhere and says nothing has no
 * record: then the present cause. */
static uint64_t
note_step(struct agent_call *c, const struct machine_edge *e, enum rule_id why,
    unsigned status)
{
	if (e->from == e->to && status == 0)
		return sim_cause(agent_sim(c->agent));
	return agent_call_tell_step(
	    c, e->event, agent_call_record(c, e->from, why, status));
}

uint64_t
agent_call_step(struct agent_call *c, enum event_id event, enum rule_id why,
    unsigned status)
{
	struct sim *sim = agent_sim(c->agent);
	struct sip_machine_who who = { c->agent->node->name, c->name, why };
	const struct machine_edge *e =
	    sip_machine_step(sim, &c->machine, event, &who);

	return e != NULL ? note_step(c, e, why, status) : sim_cause(sim);
}

/* The last step of C: EVENT, or where that does not lead to the end, which the
 * trace says, any that does. */
static uint64_t
step_to_end(struct agent_call *c, enum event_id event, enum rule_id why,
    unsigned status)
{
	struct sim *sim = agent_sim(c->agent);
	struct sip_machine_who who = { c->agent->node->name, c->name, why };
	const struct machine_edge *e = machine_run_next(&c->machine, event);

	if (e == NULL || e->to != STATE_TERMINATED) {
		sip_machine_refuse(sim, &c->machine, event, &who);
		e = machine_way(&machine_call, machine_run_state(&c->machine),
		    STATE_TERMINATED);
	}
	if (e == NULL)
		return sim_cause(sim);
	c->machine.state = e->to;
	return note_step(c, e, why, status);
}

/* Its node has crashed: C is terminated by no step of the table. */
static void
crash_call(struct agent_call *c)
{
	enum state_id from = c->machine.state;

	c->machine.state = STATE_TERMINATED;
	agent_call_record(c, from, RULE_NONE, 0);
	agent_call_media_step(c);
}

/* ---- timers ---- */

#define X(id, name, fire, why) static void fire_##id(void *arg);
AGENT_CALL_TIMER_LIST(X)
#undef X

static const struct node_timer timers[] = {
#define X(id, name, fire, why) \
	[AGENT_CALL_TIMER_##id] = { name, why, fire_##id, NULL },
	AGENT_CALL_TIMER_LIST(X)
#undef X
};

static void
note_fired_call_timer(struct agent_call *c, enum agent_call_timer t)
{
	node_timer_fired(c->agent->node, &c->timers[t], &timers[t], c->name);
}

#define X(id, name, fire, why)                                     \
	static void fire_##id(void *arg)                           \
	{                                                          \
		note_fired_call_timer(arg, AGENT_CALL_TIMER_##id); \
		fire(arg);                                         \
	}
AGENT_CALL_TIMER_LIST(X)
#undef X

void
agent_call_timer_set(struct agent_call *c, enum agent_call_timer t, int64_t due)
{
	node_timer_set(
	    c->agent->node, &c->timers[t], &timers[t], c->name, due, c);
}

void
agent_call_timer_stop(struct agent_call *c, enum agent_call_timer t)
{
	node_timer_stop(c->agent->node, &c->timers[t], &timers[t], c->name);
}

/* ---- life ---- */

/* What one takes beside its messages: dialogs, session description, names. */
#define AGENT_CALL_BYTES(c) ((c)->ops->size + 2048)

const char *
agent_call_state_name(const struct agent_call *c)
{
	return state_word(c->machine.state);
}

struct agent_call *
agent_call_find(struct agent *agent, const char *name)
{
	return name != NULL ? map_get(agent->by_name, str_of(name)) : NULL;
}

/* Bytes of "/1" to "/99999"; for a longer number a name grows. */
#define NUMBER_ROOM 6

struct agent_call *
agent_call_new(struct agent *agent, const struct agent_call_ops *ops,
    bool caller, struct str peer)
{
	struct agent_call *c = mem_zalloc(1, ops->size);
	struct buf name;

	if (c == NULL)
		return NULL;
	c->owner.role = ops->role;
	c->ops = ops;
	c->media.says = ops->says;
	c->machine = (struct machine_run){ &machine_call, machine_call.start };
	c->agent = agent;
	c->self = ref_keep(agent->self);
	c->caller = caller;
	c->face = agent_face_toward(agent, peer, false);
	c->peer = mem_dup(peer.p, peer.n);
	c->local_tag =
	    sip_stack_new_token(agent->node->stack, SIP_STREAM_TAG, 8);
	buf_begin(&name, strlen(agent->node->name) + NUMBER_ROOM);
	buf_puts(&name, agent->node->name);
	buf_putc(&name, '/');
	buf_u64(&name, ++agent->node->ncalls);
	c->name = buf_take(&name);
	list_init(&c->link);
	list_init(&c->early);
	list_init(&c->out.acks);
	list_init(&c->out.others);
	list_init(&c->invites);
	list_init(&c->in.oks);
	agent_place_init(c);
	agent_reliable_begin(c);
	sim_hold(agent_sim(agent));
	sim_take_memory(agent_sim(agent), AGENT_CALL_BYTES(c));
	if (c->peer == NULL || c->local_tag == NULL || c->name == NULL ||
	    map_put(agent->by_name, str_of(c->name), c) != 0) {
		agent_call_free(c);
		return NULL;
	}
	list_append(&agent->calls, &c->link);
	return c;
}

/* Removes it from lookups; from now on only its INVITEs' responses reach it. */
static void
leave_agent(struct agent_call *c)
{
	struct sim *sim = agent_sim(c->agent);

	for (size_t t = 0; t < AGENT_CALL_TIMERS; t++)
		sim_cancel(sim, c->timers[t]);
	if (c->in.invite != NULL)
		agent_request_leave(c->agent, c->in.invite);
	c->in.invite = NULL;
	mem_free(c->in.answer);
	c->in.answer = NULL;
	sip_bytes_unref(c->in.request);
	c->in.request = NULL;
	sip_bytes_unref(c->reinvite.change);
	c->reinvite.change = NULL;
	if (c->reinvite.theirs != NULL)
		sip_transaction_set_user(c->reinvite.theirs, NULL, NULL);
	c->reinvite.theirs = NULL;
	agent_mortal_take(c->dialog, c->end.bye);
	agent_refer_leave(c);
	agent_place_leave(c);
	agent_call_tell(c, c->ops->leave);
	agent_call_2xx_stop(c);
	agent_reliable_free(c);
	agent_call_media_free(c);
	sip_sdp_free(agent_call_session(c));
	sip_sdp_free(&c->sdp);
	list_remove(&c->link);
	if (c->name != NULL)
		map_remove(c->agent->by_name, str_of(c->name));
	sim_release(sim);
}

void
agent_call_free(struct agent_call *c)
{
	if (c->over)
		list_remove(&c->link);
	else
		leave_agent(c);
	sim_cancel(agent_sim(c->agent), c->end.patience);
	list_each (struct agent_client, q, &c->invites, mate)
		agent_client_drop(q);
	agent_call_ack_free(c, 0);
	agent_call_free_dialogs(c);
	agent_offer_free(&c->offer);
	mem_free(c->name);
	mem_free(c->peer);
	mem_free(c->local_tag);
	mem_free(c->end.reason);
	mem_free(c->out.unanswered);
	ref_drop(c->self);
	sip_sdp_free(&c->sdp);
	sim_give_back_memory(agent_sim(c->agent), AGENT_CALL_BYTES(c));
	mem_free(c);
}

void
agent_calls_end(struct agent *agent)
{
	list_each (struct agent_call, c, &agent->calls, link) {
		/* A crash is the end of a call; that of the run is not. */
		if (!agent->node->up)
			crash_call(c);
		agent_call_free(c);
	}
	list_each (struct agent_call, other, &agent->over, link)
		agent_call_free(other);
	agent_recent_calls_forget(agent);
}

void
agent_call_set_self(struct agent_call *c, struct agent_identity *self)
{
	ref_keep(self);
	ref_drop(c->self);
	c->self = self;
}

bool
agent_call_is_sips(const struct agent_call *c)
{
	return c->contact_by >= ADDR_TRANSPORTS;
}

struct str
agent_call_contact(const struct agent_call *c)
{
	const struct node_face *face =
	    c->mask != NULL && c->mask->contact_face != NULL
		? c->mask->contact_face
		: c->face;

	return str_of(agent_identity_contact(c->self, face, c->contact_by));
}

/* ---- end ---- */

void
agent_call_forget_client(struct agent_call *c, struct agent_client *q)
{
	list_remove(&q->mate);
	if (c->over && list_empty(&c->invites))
		agent_call_free(c);
}

/* An INVITE that was answered with 1xx would wait for ever. */
static void
lose_patience(void *arg)
{
	struct agent_call *c = arg;

	c->end.patience = 0;
	list_each (struct agent_client, q, &c->invites, mate) {
		if (!agent_client_is_pending(q))
			continue;
		if (q == c->out.client)
			c->out.client = NULL;
		else if (q == c->reinvite.own)
			c->reinvite.own = NULL;
		agent_client_abort(q);
	}
	if (list_empty(&c->invites))
		agent_call_free(c);
}

/* What its INVITEs may yet bring: any final response wants its ACK (17.1.1.3,
 * 13.2.2.4), and a 2xx may come again. */
static void
keep_invites(struct agent_call *c)
{
	list_each (struct agent_client, q, &c->invites, mate) {
		if (agent_client_is_pending(q) && !agent_client_is_idle(q)) {
			agent_client_give_up(q);
			if (c->end.patience == 0)
				c->end.patience =
				    sim_after(agent_sim(c->agent), SIP_64T1_NS,
					c->agent->node->name, lose_patience, c);
		} else if (!q->accepted) {
			if (q == c->out.client)
				c->out.client = NULL;
			else if (q == c->reinvite.own)
				c->reinvite.own = NULL;
			agent_client_drop(q);
		}
	}
}

void
agent_call_end(struct agent_call *c, enum event_id event, enum rule_id why,
    unsigned status)
{
	const struct agent_call_ops *ops = c->ops;
	struct agent *agent = c->agent;
	uint64_t old, ended;

	c->status = status;
	agent_call_tell(c, c->ops->stop);
	for (size_t t = 0; t < AGENT_CALL_TIMERS; t++)
		agent_call_timer_stop(c, (enum agent_call_timer)t);
	agent_recent_calls_add(c);
	agent_call_close_dialogs(c, RULE_DIALOG_END);
	ended = step_to_end(c, event, why, status);
	old = sim_set_cause(agent_sim(agent), ended);
	agent_refer_outcome(c, status);
	keep_invites(c);
	if (list_empty(&c->invites)) {
		agent_call_free(c);
	} else {
		leave_agent(c);
		c->over = true;
		list_append(&agent->over, &c->link);
	}
	if (ops->ended != NULL)
		ops->ended(agent);
	sim_set_cause(agent_sim(agent), old);
}
