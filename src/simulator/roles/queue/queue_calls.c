/*
 * The calls of a queue: who waits, what he is told, which agent he gets, and
 * what becomes of it.
 */
#include "roles/queue/queue_in.h"

#include "base/map.h"
#include "base/mem.h"
#include "machine/tables.h"
#include "msg/parts.h"
#include "node/timer.h"
#include "rules/rule_names.h"

/* The least time between two notifications of a change. */
#define TELL_NS (10 * SIM_S)

static bool
caller_is(const struct queue_call *c, enum state_id state)
{
	return machine_run_is(&c->machine, state);
}

/* ---- the timers of a call ---- */

static void queue_call_fire_ring(void *arg);
static void fire_place(void *arg);
static void fire_wrap_up(void *arg);

static const struct node_timer ring_timer = {
	.name = "ring",
	.why = RULE_QUEUE_SILENT,
	.fn = queue_call_fire_ring,
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
	list_remove(&c->open);
	list_each (struct queue_agent, a, &c->agents, busy)
		list_remove(&a->busy);
	mem_free(c->name);
	mem_free(c);
}

/* C, of the open calls that wait the last. */
static void
queue_call_rank(struct queue_call *c)
{
	struct queue *q = c->queue;
	struct queue_skill *s = c->skill;

	if (s->ranked != q->ranked)
		s->waiting = 0;
	s->ranked = q->ranked;
	c->ahead = q->waiting;
	/* A call that needs another skill takes no agent from it. */
	if (s->word.p != NULL)
		c->ahead = s->waiting +
			   (q->any.ranked == q->ranked ? q->any.waiting : 0);
	s->waiting++;
	q->waiting++;
}

static void
rank_all(struct queue *q)
{
	if (!q->unranked)
		return;
	q->unranked = false;
	q->ranked++;
	q->waiting = 0;
	list_each (struct queue_call, c, &q->open, open)
		if (caller_is(c, STATE_WAITING))
			queue_call_rank(c);
}

/* C has come. */
static void
rank_last(struct queue_call *c)
{
	if (c->queue->unranked)
		rank_all(c->queue);
	else
		queue_call_rank(c);
}

unsigned
queue_calls_waiting(struct queue *q)
{
	rank_all(q);
	return q->waiting;
}

static void
step_caller(struct queue_call *c, enum event_id event)
{
	struct queue *q = c->queue;
	struct node *n = queue_node(q);
	const struct machine_edge *e = machine_run_next(&c->machine, event);
	bool waited = caller_is(c, STATE_WAITING);

	node_timer_stop(n, &c->ring, &ring_timer, c->name);
	node_machine_step(n, &c->machine, c->name, event,
	    e != NULL ? e->rule : RULE_QUEUE_WAIT);
	if (!caller_is(c, STATE_WAITING))
		node_timer_stop(n, &c->place, &place_timer, c->name);
	if (!caller_is(c, STATE_WAITING) && !caller_is(c, STATE_RINGING))
		list_remove(&c->open);
	if (event == EVENT_INVITE_RECEIVED)
		rank_last(c);
	else if (waited != caller_is(c, STATE_WAITING))
		q->tell = q->unranked = true;
	q->look |= !waited && caller_is(c, STATE_WAITING) &&
		   event != EVENT_INVITE_RECEIVED;
}

/* The agents whom C occupies have no call any more, except for KEPT; LATER: nor
 * get one for a while. */
static void
release_agents(struct queue_call *c, const struct queue_agent *kept, bool later)
{
	list_each (struct queue_agent, a, &c->agents, busy)
		if (a != kept)
			queue_agent_release(a, later);
}

struct queue_skill *
queue_read_skill(struct queue *q, const struct msg *m)
{
	struct queue_skill *skill;
	struct msg_uri u;

	if (!queue_needs_skills(q) || msg_uri_read(m->uri, &u) != 0)
		return &q->any;
	skill = map_get(q->skills, u.user);
	if (skill != NULL)
		return skill;
	skill = mem_zalloc(1, sizeof(*skill));
	if (skill != NULL && map_put(q->skills, u.user, skill) == 0 &&
	    map_keep(q->skills, u.user, &skill->word) == 0)
		return skill;
	mem_free(skill);
	node_fail_memory(queue_node(q));
	return &q->any;
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
	list_init(&c->open);
	list_init(&c->agents);
	buf_printf(&name, "%s/caller-%u", queue_node(q)->name, ++q->next);
	c->name = buf_take(&name);
	if (c->name == NULL) {
		queue_call_free(c);
		return NULL;
	}
	list_append(&q->calls, &c->link);
	list_append(&q->open, &c->open);
	return c;
}

/* ---- what a caller is told ---- */

/* How long a call has taken its agent so far, in seconds. */
static int64_t
each_takes(const struct queue *q)
{
	return q->handled > 0 ? q->handled_ns / q->handled / SIM_S : 0;
}

/* About how long C waits, in seconds: as long as calls have taken so far; 0:
 * none has come to its end yet. */
static int64_t
guess_wait(const struct queue_call *c)
{
	int64_t agents = queue_agents_count(c->queue, c->skill);
	int64_t s =
	    agents > 0 ? each_takes(c->queue) * ((int64_t)c->ahead + 1) / agents
		       : 0;

	return (s + 9) / 10 * 10;
}

static void
queue_call_say_place(struct queue_call *c, int64_t wait)
{
	LOCAL_BUF text = BUF_INIT;

	if (c->ahead == 0)
		buf_puts(&text, "Queued, you are next");
	else
		buf_printf(&text, "Queued, %u ahead of you", c->ahead);
	if (wait > 0) {
		buf_puts(&text, ", about ");
		buf_i64(&text, wait);
		buf_puts(&text, " s");
	}
	if (text.err != 0)
		node_fail_memory(queue_node(c->queue));
	else
		pair_tell_waiting(c->pair, buf_cstr(&text));
}

/* Its timer will tell it of the place that it has then. */
static bool
is_told_later(const struct queue_call *c)
{
	return c->place != 0 && c->said.is && c->said.ahead != c->ahead &&
	       queue_now(c->queue) < c->told + TELL_NS;
}

/* Its rank holds (rank_all). */
static void
queue_call_tell_place(struct queue_call *c)
{
	struct node *n = queue_node(c->queue);
	int64_t now = queue_now(c->queue), wait = guess_wait(c);

	if (c->said.is && c->said.ahead == c->ahead && c->said.wait == wait) {
		node_timer_stop(n, &c->place, &place_timer, c->name);
	} else if (c->told >= 0 && now < c->told + TELL_NS) {
		if (c->place == 0)
			node_timer_set(n, &c->place, &place_timer, c->name,
			    c->told + TELL_NS, c);
	} else {
		c->told = now;
		c->said.is = true;
		c->said.ahead = c->ahead;
		c->said.wait = wait;
		queue_call_say_place(c, wait);
	}
}

static void
fire_place(void *arg)
{
	struct queue_call *c = arg;

	node_timer_fired(
	    queue_node(c->queue), &c->place, &place_timer, c->name);
	rank_all(c->queue);
	queue_call_tell_place(c);
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
	queue_agent_occupy(a, c);
	called = pair_try(c->pair, str_of(a->uri), a) == 0;
	if (called)
		a->calls++;
	else
		queue_agent_release(a, true);
	sim_set_cause(sim, cause);
	return called;
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
	/* No agent is called for it. */
	if (caller_is(c, STATE_RINGING) && list_empty(&c->agents))
		step_caller(c, EVENT_NO_ANSWER);
}

/* C can't be served any more.  It is freed. */
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

/* All of them, else until no agent is free. */
static void
serve_calls(struct queue *q, bool all)
{
	list_each (struct queue_call, c, &q->open, open) {
		if (!all && q->nfree == 0)
			break;
		if (caller_is(c, STATE_WAITING) &&
		    queue_agents_count(q, c->skill) == 0)
			turn_away(c);
		else
			find_agents(c);
	}
}

static void
queue_call_serve(void *arg)
{
	struct queue *q = arg;
	bool all = q->look;

	q->serve = 0;
	q->look = false;
	serve_calls(q, all);
	if (!q->tell)
		return;
	q->tell = false;
	rank_all(q);
	list_each (struct queue_call, c, &q->open, open)
		if (caller_is(c, STATE_WAITING) && !is_told_later(c))
			queue_call_tell_place(c);
}

void
queue_serve_soon(struct queue *q)
{
	struct node *n = queue_node(q);

	if (q->serve == 0 && !q->stopping)
		q->serve = sim_at(
		    node_sim(n), queue_now(q), n->name, queue_call_serve, q);
}

/* ---- what happens to a call ---- */

static void
queue_call_fire_ring(void *arg)
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
	queue_call_tell_place(c);
	queue_serve_soon(q);
}

static void
queue_call_on_lost(struct pairs *pairs, void *who, unsigned status)
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
	c->said.is = false;
	c->queue->tell = true;
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
	int64_t took = each_takes(q);

	node_timer_fired(queue_node(q), &c->wrap_up, &wrap_up_timer, c->name);
	step_caller(c, EVENT_TIMER_WRAP_UP);
	q->handled_ns += queue_now(q) - c->answered;
	q->handled++;
	q->tell |= each_takes(q) != took;
	list_each (struct queue_agent, a, &c->agents, busy)
		a->since = queue_now(q);
	release_agents(c, NULL, false);
	queue_call_free(c);
}

const struct pair_wait queue_waits = {
	.begun = on_begun,
	.lost = queue_call_on_lost,
	.over = on_over,
	.unanswered = on_unanswered,
	.answered = on_answered,
	.parted = on_parted,
};
