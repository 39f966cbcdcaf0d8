/*
 * A queue of calls, as in a call centre: callers wait until one of its agents
 * is free, and are told so by 182 (RFC 3261 21.1.4).  A call that has come to
 * an agent is a pair of calls (pair/pair.h), in which the caller was there long
 * before the agent.  How each stands is a machine (machine/usages.c).
 *
 *   queue_role.c      the role, and who is let in
 *   queue_calls.c     calls: who waits, who is told what, who gets an agent
 *   queue_agents.c    agents: who is on duty, which of them is next
 *   queue_register.c  how they log on and off
 */
#include "roles/queue/queue_in.h"

#include "base/err.h"
#include "base/dates.h"
#include "base/map.h"
#include "node/node_auth.h"
#include "rules/rule_names.h"
#include "role/verb.h"

#include <assert.h>
#include <stddef.h>

static_assert(offsetof(struct queue, pairs) == 0, "pairs come first");

struct queue *
queue_of(const struct agent *agent)
{
	return (struct queue *)(uintptr_t)agent;
}

/* ---- who may come in ---- */

#define DAY_S (24 * 60 * 60)

/* "08:00" as seconds of the day; negative: it is none. */
static int64_t
queue_read_time(struct str s)
{
	if (s.n != 5 || !date_has_form(s, "00:00"))
		return -1;
	return date_number(s, 0, 2) * 3600 + date_number(s, 3, 2) * 60;
}

/* "08:00-18:00" has AT, "22:00-06:00" over midnight; *KNOWN: it is such. */
static bool
queue_has_time(struct str span, int64_t at, bool *known)
{
	struct str end, begin = str_cut(span, '-', &end);
	int64_t from = queue_read_time(begin), to = queue_read_time(end);

	if (from < 0 || to < 0)
		return false;
	*known = true;
	return from <= to ? at >= from && at < to : at >= from || at < to;
}

/* The attribute `hours`, by the clock of the people there. */
static bool
queue_is_open(const struct node *n)
{
	const struct world *w = n->world;
	struct str rest = str_of(node_attr(n, "hours", ""));
	int64_t at = (world_date_now(w) + w->date.ahead_s) % DAY_S;
	bool known = false;

	while (rest.n > 0)
		if (queue_has_time(str_cut(rest, ' ', &rest), at, &known))
			return true;
	return !known;
}

static bool
queue_is_full(struct queue *q, const struct queue_skill *skill)
{
	const char *room = node_attr(queue_node(q), "room", NULL);
	uint32_t most = UINT32_MAX;

	if (room == NULL || str_u32(str_of(room), &most) != 0)
		return false;
	return queue_calls_waiting(q) >=
	       most + (uint64_t)queue_agents_free(q, skill);
}

static void
route(struct pairs *pairs, const struct sip_in *in, struct pair_target *to)
{
	struct queue *q = queue_of(&pairs->agent);
	struct node *n = queue_node(q);
	const char *other = node_attr(n, "overflow", NULL);
	struct queue_skill *skill = queue_read_skill(q, in->m);

	if (!queue_is_open(n)) {
		to->status = 480;
		to->why = RULE_QUEUE_CLOSED;
	} else if (queue_agents_count(q, skill) == 0) {
		to->status = 480;
		to->why = RULE_QUEUE_EMPTY;
	} else if (queue_is_full(q, skill)) {
		to->status = 486;
		to->why = RULE_QUEUE_FULL;
	} else {
		to->waits = true;
	}
	if (to->status != 0 && to->why != RULE_QUEUE_CLOSED && other != NULL) {
		to->status = 0;
		buf_puts(&to->uri, other);
	}
}

/* ---- life ---- */

/* Within a call what passes through any box does so; outside of calls the queue
 * is called and registered with, and passes nothing on. */
#define QUEUE_METHODS(X, AND)                         \
	X(INVITE, agent_call_reinvited, pair_invited) \
	AND X(ACK, NULL, NULL)                        \
	AND X(BYE, pair_bye_received, NULL)           \
	AND X(CANCEL, NULL, NULL)                     \
	AND X(OPTIONS, agent_described, agent_asked)  \
	AND X(INFO, pair_pass_within, NULL)           \
	AND X(PRACK, agent_reliable_acked, NULL)      \
	AND X(UPDATE, agent_call_updated, NULL)       \
	AND X(MESSAGE, pair_pass_within, NULL)        \
	AND X(REFER, pair_pass_within, NULL)          \
	AND X(NOTIFY, pair_pass_within, pair_tracked) \
	AND X(REGISTER, NULL, queue_registered)
#define QUEUE_ALLOW QUEUE_METHODS(AGENT_METHOD_NAME, ", ")

static const struct agent_method methods[] = { QUEUE_METHODS(
    AGENT_METHOD_ROW, AGENT_METHOD_AND) };

static const struct sip_header capabilities[] = {
	{ "Allow", STR_INIT(QUEUE_ALLOW) },
	{ "Supported", STR_INIT(AGENT_CALL_SUPPORTED) },
};
static const struct sip_header plain_capabilities[] = {
	{ "Allow", STR_INIT(QUEUE_ALLOW) },
	{ "Supported", STR_INIT(AGENT_CALL_SUPPORTED_PLAIN) },
};

/* Whatever user of its domain: the queue, or one of its skills. */
static bool
names_queue(const struct agent *agent, struct str uri)
{
	return node_is_own(agent->node, uri);
}

static const struct agent_ops queue_ops = {
	.methods = methods,
	.nmethods = COUNT_OF(methods),
	.named = names_queue,
};

extern const struct node_role role_queue;

static const struct pair_kind kind = {
	.role = &role_queue,
	.capabilities = capabilities,
	.plain_capabilities = plain_capabilities,
	.ncapabilities = COUNT_OF(capabilities),
	.route = route,
	.waits = &queue_waits,
};

static void
queue_stop(void *role)
{
	struct queue *q = role;

	q->stopping = true;
	pairs_end(&q->pairs);
	list_each (struct queue_call, c, &q->calls, link)
		queue_call_free(c);
	list_each (struct queue_agent, a, &q->agents, link)
		queue_agent_free(a);
	sim_cancel(node_sim(queue_node(q)), q->serve);
	map_destroy_all(q->skills);
	auth_destroy(q->auth);
}

static int
queue_start(struct node *n, void *role)
{
	struct queue *q = role;

	list_init(&q->agents);
	list_init(&q->free);
	list_init(&q->calls);
	list_init(&q->open);
	q->staff = 1;
	return pairs_begin(&q->pairs, n, &queue_ops, &kind) != 0 ||
		       map_create(&q->skills) != 0 ||
		       auth_create(&q->auth, n, false) != 0
		   ? ERR_NOMEM
		   : 0;
}

static struct auth *
queue_auth(void *role)
{
	return ((struct queue *)role)->auth;
}

static const struct node_verb verbs[] = {
	/* clang-format off */
	QUEUE_VERBS(NODE_VERB)
	CONTROLLED_VERBS(NODE_VERB)
	{ 0 },
	/* clang-format on */
};

NODE_ROLE(queue) = {
	.word = "queue",
	.allow = QUEUE_ALLOW,
	.supported = AGENT_CALL_SUPPORTED,
	.size = sizeof(struct queue),
	.start = queue_start,
	.stop = queue_stop,
	.moved = agent_role_moved,
	.claim = agent_role_claim,
	.request = agent_role_request,
	.cancel = pair_cancel,
	.stray = agent_role_stray,
	.auth = queue_auth,
	.verbs = verbs,
};
