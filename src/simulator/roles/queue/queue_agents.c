/*
 * The agents of a queue: who is on duty, what they can do, and which of them
 * gets a call.
 */
#include "roles/queue/queue_in.h"

#include "base/mem.h"
#include "node/timer.h"
#include "node/uri.h"
#include "rules/rule_names.h"

#include <string.h>

/* However short the attribute `rest` is: who can't be called at all is not
 * called without end. */
#define REST_LEAST_NS (100 * SIM_MS)

static void
note_agent(const struct queue_agent *a, enum rule_id why, const char *what)
{
	struct buf text = BUF_INIT;

	buf_printf(&text, "%s %s", a->aor, what);
	node_note(queue_node(a->queue), why, &text);
}

/* ---- who is free ---- */

/* An agent without a call for longer than B, or logged on before. */
static bool
is_idler(const struct queue_agent *a, const struct queue_agent *b)
{
	return a->since < b->since;
}

static bool
is_next_in_turn(const struct queue_agent *a, const struct queue_agent *b)
{
	return a->turn < b->turn;
}

static const struct queue_strategy {
	const char *word;
	bool skilled, all;
	/* A comes before B, who logged on before. */
	bool (*before)(
	    const struct queue_agent *a, const struct queue_agent *b);
} strategies[] = {
	{ "longest-idle", false, false, is_idler },
	{ "round-robin", false, false, is_next_in_turn },
	{ "all", false, true, is_idler },
	{ "skills", true, false, is_idler },
};

static const struct queue_strategy *
find_strategy(const struct queue *q)
{
	const char *word = node_attr(queue_node(q), "strategy", "");
	size_t i = COUNT_OF(strategies) - 1;

	while (i > 0 && strcmp(strategies[i].word, word) != 0)
		i--;
	return &strategies[i];
}

static bool
queue_agent_is_free(const struct queue_agent *a)
{
	return !a->leaving && a->call == NULL && a->calls == 0 && a->rest == 0;
}

static bool
queue_agent_comes_before(
    const struct queue_agent *a, const struct queue_agent *b)
{
	const struct queue_strategy *s = a->queue->strategy;

	return s->before(a, b) || (!s->before(b, a) && a->number < b->number);
}

/* A, of whom something has changed, is in the list of the free, or is not. */
static void
settle_agent(struct queue_agent *a)
{
	struct queue *q = a->queue;
	struct list *before = q->free.prev;

	if (queue_agent_is_free(a) == !list_empty(&a->free))
		return;
	if (!queue_agent_is_free(a)) {
		list_remove(&a->free);
		q->nfree--;
		return;
	}
	if (q->strategy == NULL)
		q->strategy = find_strategy(q);
	/* The agent that is free last has mostly had the last call. */
	while (before != &q->free &&
	       queue_agent_comes_before(
		   a, LIST_ENTRY(before, struct queue_agent, free)))
		before = before->prev;
	list_append(before->next, &a->free);
	q->nfree++;
}

/* The strategy, which a verb may set, puts the free in order. */
static void
order_free(struct queue *q)
{
	if (q->strategy == find_strategy(q))
		return;
	q->strategy = find_strategy(q);
	list_each (struct queue_agent, a, &q->agents, link)
		list_remove(&a->free);
	q->nfree = 0;
	list_each (struct queue_agent, a, &q->agents, link)
		settle_agent(a);
}

void
queue_agent_occupy(struct queue_agent *a, struct queue_call *c)
{
	struct list *before = c->agents.prev;

	while (before != &c->agents &&
	       a->number < LIST_ENTRY(before, struct queue_agent, busy)->number)
		before = before->prev;
	list_append(before->next, &a->busy);
	a->call = c;
	a->turn = ++a->queue->turns;
	settle_agent(a);
}

/* The agents on duty have changed, or their skills. */
static void
note_staff(struct queue *q)
{
	q->staff++;
	q->look = q->tell = true;
	queue_serve_soon(q);
}

/* ---- the timers of one ---- */

static void fire_rest(void *arg);
static void queue_agent_fire_expire(void *arg);

static const struct node_timer rest_timer = {
	.name = "rest",
	.why = RULE_QUEUE_SILENT,
	.fn = fire_rest,
};
static const struct node_timer expire_timer = {
	.name = "expire",
	.why = RULE_QUEUE_LOGON,
	.fn = queue_agent_fire_expire,
};

static void
fire_rest(void *arg)
{
	struct queue_agent *a = arg;

	node_timer_fired(queue_node(a->queue), &a->rest, &rest_timer, a->aor);
	settle_agent(a);
	queue_serve_soon(a->queue);
}

static void
queue_agent_fire_expire(void *arg)
{
	struct queue_agent *a = arg;

	node_timer_fired(
	    queue_node(a->queue), &a->expire, &expire_timer, a->aor);
	queue_agent_remove(a);
}

/* ---- who may ---- */

/* A word of the attribute `staff` names AOR; the part behind its "=" to
 * *SKILLS. */
static bool
find_staff(const struct queue *q, struct str aor, struct str *skills)
{
	const struct node *n = queue_node(q);
	struct str rest = str_of(node_attr(n, "staff", ""));
	LOCAL_BUF one = BUF_INIT;
	bool found = false;

	while (rest.n > 0 && !found) {
		struct str word = str_cut(rest, ' ', &rest);
		struct str can, name = str_cut(word, '=', &can);

		buf_clear(&one);
		found = name.n > 0 &&
			node_write_aor(name, n->domain, &one) == 0 &&
			str_eq(buf_view(&one), aor);
		if (found)
			*skills = can;
	}
	node_fail_nomem(n, one.err);
	return found;
}

bool
queue_agent_may(const struct queue *q, struct str aor)
{
	struct str skills;

	return node_attr(queue_node(q), "staff", NULL) == NULL ||
	       find_staff(q, aor, &skills);
}

/* ---- on duty, and off ---- */

struct queue_agent *
queue_agent_find(const struct queue *q, struct str aor)
{
	list_each (struct queue_agent, a, &q->agents, link)
		if (str_is(aor, a->aor))
			return a;
	return NULL;
}

void
queue_agent_free(struct queue_agent *a)
{
	struct node *n = queue_node(a->queue);

	sim_cancel(node_sim(n), a->rest);
	sim_cancel(node_sim(n), a->expire);
	list_remove(&a->link);
	list_remove(&a->busy);
	a->queue->nfree -= !list_empty(&a->free);
	list_remove(&a->free);
	mem_free(a->aor);
	mem_free(a->uri);
	mem_free(a->skills);
	mem_free(a->call_id);
	mem_free(a);
}

/* What A can do: SKILLS, or as the attribute says. */
static void
read_skills(struct queue_agent *a, const char *skills)
{
	struct str own = STR_NULL;

	mem_free(a->skills);
	a->skills = NULL;
	if (skills == NULL && find_staff(a->queue, str_of(a->aor), &own) &&
	    own.n > 0)
		a->skills = mem_dup(own.p, own.n);
	else if (skills != NULL)
		a->skills = mem_strdup(skills);
	if (a->skills == NULL && (skills != NULL || own.n > 0))
		node_fail_memory(queue_node(a->queue));
}

static struct queue_agent *
create_agent(struct queue *q, struct str aor)
{
	struct queue_agent *a = mem_zalloc(1, sizeof(*a));

	if (a == NULL)
		return NULL;
	a->queue = q;
	a->since = queue_now(q);
	a->number = ++q->logons;
	list_init(&a->link);
	list_init(&a->free);
	list_init(&a->busy);
	list_append(&q->agents, &a->link);
	a->aor = mem_dup(aor.p, aor.n);
	return a;
}

struct queue_agent *
queue_agent_add(
    struct queue *q, struct str aor, struct str uri, const char *skills)
{
	struct queue_agent *a = queue_agent_find(q, aor);
	bool is_new = a == NULL;
	char *copy = mem_dup(uri.p, uri.n);

	if (is_new)
		a = create_agent(q, aor);
	if (a == NULL || a->aor == NULL || copy == NULL) {
		node_fail_memory(queue_node(q));
		mem_free(copy);
		if (is_new && a != NULL)
			queue_agent_free(a);
		return NULL;
	}
	mem_free(a->uri);
	a->uri = copy;
	read_skills(a, skills);
	if (is_new || a->leaving)
		note_agent(a, RULE_QUEUE_LOGON, "has logged on");
	a->leaving = false;
	settle_agent(a);
	note_staff(q);
	return a;
}

static void
free_if_gone(struct queue_agent *a)
{
	settle_agent(a);
	if (a->leaving && a->call == NULL && a->calls == 0)
		queue_agent_free(a);
}

void
queue_agent_remove(struct queue_agent *a)
{
	struct queue *q = a->queue;

	if (!a->leaving)
		note_agent(a, RULE_QUEUE_LOGOFF, "has logged off");
	node_timer_stop(queue_node(q), &a->expire, &expire_timer, a->aor);
	a->leaving = true;
	free_if_gone(a);
	note_staff(q);
}

void
queue_agent_call_over(struct queue_agent *a)
{
	struct queue *q = a->queue;

	a->calls--;
	if (q->stopping)
		return;
	free_if_gone(a);
	queue_serve_soon(q);
}

void
queue_agent_release(struct queue_agent *a, bool later)
{
	struct queue *q = a->queue;
	struct node *n = queue_node(q);
	int64_t rest = node_attr_time(n, "rest", 10 * SIM_S);

	if (rest < REST_LEAST_NS)
		rest = REST_LEAST_NS;
	list_remove(&a->busy);
	q->look |= a->call != NULL && list_empty(&a->call->agents) &&
		   machine_run_is(&a->call->machine, STATE_RINGING);
	a->call = NULL;
	if (q->stopping)
		return;
	if (later && !a->leaving)
		node_timer_set(n, &a->rest, &rest_timer, a->aor,
		    sim_now(node_sim(n)) + rest, a);
	free_if_gone(a);
	queue_serve_soon(q);
}

void
queue_agent_expire(struct queue_agent *a, int64_t seconds)
{
	struct node *n = queue_node(a->queue);

	a->until = sim_now(node_sim(n)) + seconds * SIM_S;
	node_timer_set(n, &a->expire, &expire_timer, a->aor, a->until, a);
}

/* ---- which of them ---- */

bool
queue_needs_skills(const struct queue *q)
{
	return find_strategy(q)->skilled;
}

bool
queue_rings_all(const struct queue *q)
{
	return find_strategy(q)->all;
}

static bool
has_skill(const struct queue_agent *a, struct str skill)
{
	struct str rest = str_of(a->skills);

	if (skill.p == NULL || a->skills == NULL)
		return true;
	while (rest.n > 0)
		if (str_eq(str_trim(str_cut(rest, ',', &rest)), skill))
			return true;
	return false;
}

unsigned
queue_agents_count(struct queue *q, struct queue_skill *skill)
{
	if (skill->counted == q->staff)
		return skill->agents;
	skill->counted = q->staff;
	skill->agents = 0;
	list_each (struct queue_agent, a, &q->agents, link)
		skill->agents += !a->leaving && has_skill(a, skill->word);
	return skill->agents;
}

unsigned
queue_agents_free(const struct queue *q, const struct queue_skill *skill)
{
	unsigned n = 0;

	if (skill->word.p == NULL)
		return q->nfree;
	list_each (struct queue_agent, a, &q->free, free)
		n += has_skill(a, skill->word);
	return n;
}

struct queue_agent *
queue_agent_choose(struct queue *q, const struct queue_skill *skill)
{
	order_free(q);
	list_each (struct queue_agent, a, &q->free, free)
		if (has_skill(a, skill->word))
			return a;
	return NULL;
}
