/*
 * The calls of a queue: who waits, what he is told, which agent he gets, and
 * what becomes of it.
 */
#include "nodes/queue_in.h"

#include "base/mem.h"
#include "machine/tables.h"
#include "msg/parts.h"
#include "node/timer.h"
#include "node/world.h"
#include "rules/rule_names.h"

#include <string.h>

/* How long nobody is told again what has changed. */
#define TELL_NS (10 * SIM_S)

static bool
caller_is(const struct queue_call *c, enum state_id state)
{
	return machine_run_is(&c->machine, state);
}

/* ---- the timers of a call ---- */

static void fire_ring(void *arg);
static void fire_place(void *arg);
static void fire_wrap_up(void *arg);

static const struct node_timer ring_timer = {
	.name = "ring",
	.why = RULE_QUEUE_SILENT,
	.fn = fire_ring,
};
static const struct node_timer place_timer = {
	.name = "place",
	.why = RULE_QUEUE_TOLD,
	.fn = fire_place,
};
static const struct node_timer wrap_up_timer = {
	.name = "wrap-up",
	.why = RULE_QUEUE_WRAP_UP,
	.fn = fire_wrap_up,
};

/* ---- the life of a call ---- */

void
queue_call_free(struct queue_call *c)
{
	struct sim *sim = node_sim(queue_node(c->queue));

	sim_cancel(sim, c->ring);
	sim_cancel(sim, c->place);
	sim_cancel(sim, c->wrap_up);
	list_remove(&c->link);
	mem_free(c->name);
	mem_free(c->skill);
	mem_free(c->said);
	mem_free(c);
}

static void
step_caller(struct queue_call *c, enum event_id event)
{
	struct node *n = queue_node(c->queue);
	const struct machine_edge *e = machine_run_next(&c->machine, event);

	node_timer_stop(n, &c->ring, &ring_timer, c->name);
	node_machine_step(n, &c->machine, c->name, event,
	    e != NULL ? e->rule : RULE_QUEUE_WAIT);
	if (!caller_is(c, STATE_WAITING))
		node_timer_stop(n, &c->place, &place_timer, c->name);
}

/* The agents whom C occupies have no call any more, but for KEPT; LATER: nor
 * get one for a while. */
static void
release_agents(struct queue_call *c, const struct queue_agent *kept, bool later)
{
	list_each (struct queue_agent, a, &c->queue->agents, link)
		if (a->call == c && (kept == NULL || a != kept))
			queue_agent_release(a, later);
}

char *
queue_read_skill(struct queue *q, const struct msg *m)
{
	struct msg_uri u;
	char *skill;

	if (!queue_needs_skills(q) || msg_uri_read(m->uri, &u) != 0)
		return NULL;
	skill = mem_dup(u.user.p, u.user.n);
	if (skill == NULL)
		node_fail_memory(queue_node(q));
	return skill;
}

static struct queue_call *
create_call(struct queue *q, struct pair *p, const struct msg *m)
{
	struct queue_call *c = mem_zalloc(1, sizeof(*c));
	struct buf name = BUF_INIT;

	if (c == NULL)
		return NULL;
	c->queue = q;
	c->pair = p;
	c->told = -1;
	c->machine = (struct machine_run){ &machine_queue_call,
		machine_queue_call.start };
	c->skill = queue_read_skill(q, m);
	list_init(&c->link);
	buf_printf(&name, "%s/caller-%u", queue_node(q)->name, ++q->next);
	c->name = buf_take(&name);
	if (c->name == NULL) {
		queue_call_free(c);
		return NULL;
	}
	list_append(&q->calls, &c->link);
	return c;
}

/* ---- what a caller is told ---- */

static bool
are_rivals(const struct queue_call *a, const struct queue_call *b)
{
	return a->skill == NULL || b->skill == NULL ||
	       strcmp(a->skill, b->skill) == 0;
}

/* How many wait ahead of C for the same agents. */
static unsigned
count_ahead(const struct queue_call *c)
{
	unsigned n = 0;

	list_each (struct queue_call, o, &c->queue->calls, link) {
		if (o == c)
			break;
		n += caller_is(o, STATE_WAITING) && are_rivals(o, c);
	}
	return n;
}

/* About how long C waits, in seconds: as long as calls have taken so far; 0:
 * none has come to its end yet. */
static int64_t
guess_wait(const struct queue_call *c, unsigned ahead)
{
	const struct queue *q = c->queue;
	int64_t agents = queue_agents_count(q, c->skill, false);
	int64_t each = q->handled > 0 ? q->handled_ns / q->handled : 0;
	int64_t s = agents > 0 ? each / SIM_S * (ahead + 1) / agents : 0;

	return (s + 9) / 10 * 10;
}

static void
write_queue_place(const struct queue_call *c, struct buf *out)
{
	unsigned ahead = count_ahead(c);
	int64_t wait = guess_wait(c, ahead);

	if (ahead == 0)
		buf_puts(out, "Queued, you are next");
	else
		buf_printf(out, "Queued, %u ahead of you", ahead);
	if (wait > 0) {
		buf_puts(out, ", about ");
		buf_i64(out, wait);
		buf_puts(out, " s");
	}
}

static void
tell_place(struct queue_call *c)
{
	struct node *n = queue_node(c->queue);
	struct buf text = BUF_INIT;
	int64_t now = queue_now(c->queue);

	write_queue_place(c, &text);
	if (text.err != 0) {
		node_fail_memory(n);
	} else if (c->said != NULL && strcmp(buf_cstr(&text), c->said) == 0) {
		node_timer_stop(n, &c->place, &place_timer, c->name);
	} else if (c->told >= 0 && now < c->told + TELL_NS) {
		if (c->place == 0)
			node_timer_set(n, &c->place, &place_timer, c->name,
			    c->told + TELL_NS, c);
	} else {
		c->told = now;
		mem_free(c->said);
		c->said = buf_take(&text);
		pair_tell_waiting(c->pair, c->said);
	}
	buf_free(&text);
}

static void
fire_place(void *arg)
{
	struct queue_call *c = arg;

	node_timer_fired(
	    queue_node(c->queue), &c->place, &place_timer, c->name);
	tell_place(c);
}

/* ---- who gets an agent ---- */

/* C rings at A.  False: A can't be called, and gets no call for a while. */
static bool
call_agent(struct queue_call *c, struct queue_agent *a)
{
	struct queue *q = c->queue;
	struct node *n = queue_node(q);
	struct sim *sim = node_sim(n);
	uint64_t cause = sim_cause(sim);
	bool called;

	if (caller_is(c, STATE_WAITING)) {
		step_caller(c, EVENT_INVITE_SENT);
		node_timer_set(n, &c->ring, &ring_timer, c->name,
		    queue_now(q) + node_attr_time(n, "ring_time", 20 * SIM_S),
		    c);
	} else {
		node_machine_step(n, &c->machine, c->name, EVENT_INVITE_SENT,
		    RULE_QUEUE_CHOSEN);
	}
	a->turn = ++q->turns;
	a->call = c;
	called = pair_try(c->pair, str_of(a->uri), a) == 0;
	if (called)
		a->calls++;
	else
		queue_agent_release(a, true);
	sim_set_cause(sim, cause);
	return called;
}

/* Nobody is called for C, though it rings. */
static bool
is_deserted(const struct queue_call *c)
{
	list_each (struct queue_agent, a, &c->queue->agents, link)
		if (a->call == c)
			return false;
	return caller_is(c, STATE_RINGING);
}

/* Where one can't be called others are sought in a moment (queue_serve_soon).
 */
static void
find_agents(struct queue_call *c)
{
	bool all = queue_rings_all(c->queue), called = true;
	struct queue_agent *a;

	while (called &&
	       (caller_is(c, STATE_WAITING) ||
		   (all && caller_is(c, STATE_RINGING))) &&
	       (a = queue_agent_choose(c->queue, c->skill)) != NULL)
		called = call_agent(c, a);
	if (is_deserted(c))
		step_caller(c, EVENT_NO_ANSWER);
}

/* C can't be served by anybody any more.  It is freed. */
static void
turn_away(struct queue_call *c)
{
	const char *to = node_attr(queue_node(c->queue), "overflow", NULL);
	struct pair *p = c->pair;

	step_caller(c, EVENT_TURNED_AWAY);
	pair_set_user(p, NULL);
	queue_call_free(c);
	if (to != NULL)
		pair_pass_to(p, str_of(to));
	else
		pair_refuse(p, 480, RULE_QUEUE_EMPTY);
}

static void
serve(void *arg)
{
	struct queue *q = arg;

	q->serve = 0;
	list_each (struct queue_call, c, &q->calls, link) {
		if (caller_is(c, STATE_WAITING) &&
		    queue_agents_count(q, c->skill, false) == 0)
			turn_away(c);
		else
			find_agents(c);
	}
	list_each (struct queue_call, c, &q->calls, link)
		if (caller_is(c, STATE_WAITING))
			tell_place(c);
}

void
queue_serve_soon(struct queue *q)
{
	struct node *n = queue_node(q);

	if (q->serve == 0 && !q->stopping)
		q->serve = sim_at(node_sim(n), queue_now(q), n->name, serve, q);
}

/* ---- what happens to a call ---- */

static void
fire_ring(void *arg)
{
	struct queue_call *c = arg;

	node_timer_fired(queue_node(c->queue), &c->ring, &ring_timer, c->name);
	step_caller(c, EVENT_TIMER_RING);
	release_agents(c, NULL, true);
	pair_give_up(c->pair);
}

static void
on_begun(struct pairs *pairs, struct pair *p, const struct sip_in *in)
{
	struct queue *q = queue_of(&pairs->agent);
	struct queue_call *c = create_call(q, p, in->m);

	if (c == NULL) {
		node_fail_memory(queue_node(q));
		return;
	}
	pair_set_user(p, c);
	step_caller(c, EVENT_INVITE_RECEIVED);
	tell_place(c);
	queue_serve_soon(q);
}

static void
on_lost(struct pairs *pairs, void *who, unsigned status)
{
	(void)pairs;
	(void)status;
	queue_agent_release(who, true);
}

static void
on_over(struct pairs *pairs, void *who)
{
	(void)pairs;
	queue_agent_call_over(who);
}

static void
on_unanswered(struct pair *p)
{
	struct queue_call *c = pair_user(p);

	if (caller_is(c, STATE_RINGING))
		step_caller(c, EVENT_NO_ANSWER);
	/* He has heard it ring since he was told. */
	mem_free(c->said);
	c->said = NULL;
	queue_serve_soon(c->queue);
}

static void
on_answered(struct pair *p, void *who)
{
	struct queue_call *c = pair_user(p);

	c->answered = queue_now(c->queue);
	step_caller(c, EVENT_2XX);
	release_agents(c, who, false);
	queue_serve_soon(c->queue);
}

static void
on_parted(struct pair *p)
{
	struct queue_call *c = pair_user(p);
	struct queue *q = c->queue;
	struct node *n = queue_node(q);

	c->pair = NULL;
	step_caller(c, EVENT_LEFT);
	if (caller_is(c, STATE_WRAPPING)) {
		node_timer_set(n, &c->wrap_up, &wrap_up_timer, c->name,
		    queue_now(q) + node_attr_time(n, "wrap_up", 10 * SIM_S), c);
	} else {
		release_agents(c, NULL, false);
		queue_call_free(c);
	}
	queue_serve_soon(q);
}

static void
fire_wrap_up(void *arg)
{
	struct queue_call *c = arg;
	struct queue *q = c->queue;

	node_timer_fired(queue_node(q), &c->wrap_up, &wrap_up_timer, c->name);
	step_caller(c, EVENT_TIMER_WRAP_UP);
	q->handled_ns += queue_now(q) - c->answered;
	q->handled++;
	list_each (struct queue_agent, a, &q->agents, link)
		if (a->call == c)
			a->since = queue_now(q);
	release_agents(c, NULL, false);
	queue_call_free(c);
}

const struct pair_wait queue_waits = {
	.begun = on_begun,
	.lost = on_lost,
	.over = on_over,
	.unanswered = on_unanswered,
	.answered = on_answered,
	.parted = on_parted,
};
