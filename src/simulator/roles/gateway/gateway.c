/*
 * The role of a gateway: its life, its handling of requests, and the common
 * part of calls in both directions; see roles/gateway/gateway_in.h.
 */
#include "roles/gateway/gateway_in.h"

#include "agent/reliable.h"
#include "base/err.h"
#include "base/mem.h"
#include "machine/tables.h"
#include "rules/rule_names.h"
#include "role/verb.h"

#include <assert.h>
#include <stddef.h>

static_assert(offsetof(struct gateway, agent) == 0, "an agent comes first");
static_assert(offsetof(struct gateway_call, call) == 0, "a call comes first");

/* ---- legs ---- */

struct gateway_leg *
gateway_leg_new(struct gateway *g, bool out)
{
	struct gateway_leg *l = mem_zalloc(1, sizeof(*l));
	LOCAL_BUF id = BUF_INIT;

	if (l == NULL)
		return NULL;
	list_init(&l->link);
	list_init(&l->others);
	list_append(&g->legs, &l->link);
	l->gateway = g;
	l->out = out;
	l->machine.table = out ? &machine_sip_isup : &machine_isup_sip;
	buf_printf(&id, "%s/leg-%u", g->agent.node->name, ++g->nlegs);
	l->id = mem_dup(id.p, id.n);
	if (l->id == NULL) {
		gateway_leg_settle(l);
		return NULL;
	}
	return l;
}

static struct gateway_call *
gateway_call_of(struct agent_call *c)
{
	return (struct gateway_call *)(uintptr_t)c;
}

void
gateway_leg_take(struct gateway_leg *l, struct agent_call *c)
{
	if (l->call != NULL)
		list_append(&l->others, &gateway_call_of(l->call)->link);
	gateway_call_of(c)->leg = l;
	list_init(&gateway_call_of(c)->link);
	l->call = c;
	if (gateway_encloses(l->gateway))
		c->mask = &l->mask;
}

void
gateway_leg_drop(struct agent_call *c)
{
	struct gateway_leg *l = gateway_leg_of(c);

	gateway_call_of(c)->leg = NULL;
	c->mask = NULL;
	if (l->call == c)
		l->call = NULL;
	else
		list_remove(&gateway_call_of(c)->link);
}

bool
gateway_step(struct gateway_leg *l, enum event_id event, enum rule_id why)
{
	return node_machine_step(
	    gateway_node(l), &l->machine, l->id, event, why);
}

static void fire_gateway_t7(void *arg);
static void fire_gateway_t9(void *arg);
static void fire_t10(void *arg);
static void fire_t11(void *arg);

static const struct node_timer timers[GATEWAY_TIMERS] = {
	[GATEWAY_T7] = { "T7", RULE_GATEWAY_T7, fire_gateway_t7, "sip-isup" },
	[GATEWAY_T9] = { "T9", RULE_GATEWAY_T9, fire_gateway_t9, "sip-isup" },
	[GATEWAY_T10] = { "T10", RULE_OVERLAP_COLLECT, fire_t10, "isup-sip" },
	[GATEWAY_T11] = { "T11", RULE_GATEWAY_T11, fire_t11, "isup-sip" },
};

void
gateway_timer_set(struct gateway_leg *l, enum gateway_timer t, int64_t after_ns)
{
	struct node *n = gateway_node(l);

	node_timer_set(n, &l->timers[t], &timers[t], l->id,
	    sim_now(node_sim(n)) + after_ns, l);
}

void
gateway_timer_stop(struct gateway_leg *l, enum gateway_timer t)
{
	node_timer_stop(gateway_node(l), &l->timers[t], &timers[t], l->id);
}

static void
gateway_expire(struct gateway_leg *l, enum gateway_timer t)
{
	node_timer_fired(gateway_node(l), &l->timers[t], &timers[t], l->id);
	if (l->out)
		gateway_out_expired(l, t);
	else
		gateway_in_expired(l, t);
}

static void
fire_gateway_t7(void *arg)
{
	gateway_expire(arg, GATEWAY_T7);
}

static void
fire_gateway_t9(void *arg)
{
	gateway_expire(arg, GATEWAY_T9);
}

static void
fire_t10(void *arg)
{
	gateway_expire(arg, GATEWAY_T10);
}

static void
fire_t11(void *arg)
{
	gateway_expire(arg, GATEWAY_T11);
}

void
gateway_leg_settle(struct gateway_leg *l)
{
	if (l->call != NULL || l->circuit != NULL || !list_empty(&l->others))
		return;
	for (int t = 0; t < GATEWAY_TIMERS; t++)
		if (l->gateway->stopping)
			sim_cancel(node_sim(gateway_node(l)), l->timers[t]);
		else
			gateway_timer_stop(l, (enum gateway_timer)t);
	list_remove(&l->link);
	buf_free(&l->iam);
	buf_free(&l->heard);
	buf_free(&l->said);
	buf_free(&l->call_id);
	buf_free(&l->tag);
	mem_free(l->id);
	mem_free(l);
}

/* ---- a side goes ---- */

void
gateway_release(
    struct gateway_leg *l, unsigned cause, unsigned location, enum rule_id why)
{
	struct q850_indicators c = { .location = (uint8_t)location,
		.cause = (uint8_t)cause };
	struct trunk_circuit *circuit = l->circuit;

	if (circuit == NULL)
		return;
	if (l->cause.cause != 0)
		c = l->cause;
	l->circuit = NULL;
	trunk_release(circuit, &c, why);
}

/* The event of its machine that the SIP side's end is. */
static enum event_id
end_event(const struct gateway_leg *l)
{
	bool answered = machine_run_is(&l->machine, STATE_CONNECTED) ||
			machine_run_is(&l->machine, STATE_WAITING_FOR_ACK);

	return answered ? EVENT_BYE_RECEIVED
	       : l->out ? EVENT_CANCEL_RECEIVED
			: EVENT_300_699;
}

void
gateway_call_over(struct agent_call *c)
{
	struct gateway_leg *l = gateway_leg_of(c);
	enum event_id event;

	if (l == NULL || l->circuit == NULL || l->gateway->stopping ||
	    l->call != c)
		return;
	gateway_pass(l, NULL);
	event = end_event(l);
	gateway_timer_stop(l, GATEWAY_T7);
	gateway_timer_stop(l, GATEWAY_T9);
	gateway_timer_stop(l, GATEWAY_T11);
	if (machine_run_lives(&l->machine))
		gateway_step(l, event,
		    event == EVENT_BYE_RECEIVED ? RULE_GATEWAY_BYE
		    : l->out                    ? RULE_GATEWAY_CANCEL
						: RULE_GATEWAY_STATUS);
	gateway_release(l, 16, 0, RULE_TRUNK_RELEASE);
}

void
gateway_call_left(struct agent_call *c)
{
	struct gateway_leg *l = gateway_leg_of(c);

	if (l == NULL)
		return;
	gateway_call_over(c);
	gateway_leg_drop(c);
	gateway_leg_settle(l);
}

/* ---- common to both directions ---- */

/* SUS and RES. */
static void
gateway_suspend(struct gateway_leg *l, bool on)
{
	struct diag d = DIAG_INIT;

	/* What can't be changed now stays: RFC 3398 9.1 says MAY. */
	if (l->call != NULL)
		agent_call_hold(l->call, on, &d);
}

#define NOTIFY_HOLD     "\xF9"
#define NOTIFY_RETRIEVE "\xFA"
#define EVENT_PROGRESS  "\2"

void
gateway_streams(struct agent_call *c, const struct sip_sdp_session *s)
{
	struct gateway_leg *l = gateway_leg_of(c);
	bool held = s->nplaces > 0;
	struct isup *m;

	for (size_t i = 0; i < s->nplaces; i++)
		held =
		    held && (!s->places[i].own || !s->places[i].agreed.sends);
	if (l == NULL || l->circuit == NULL || held == l->held || c->hold.on ||
	    !machine_run_is(&l->machine, STATE_CONNECTED))
		return;
	l->held = held;
	m = &l->gateway->trunks.out;
	isup_begin(m, ISUP_CPG);
	isup_add(m, ISUP_PARAM_EVENT, STR(EVENT_PROGRESS));
	isup_add(m, ISUP_PARAM_NOTIFICATION,
	    str_of(held ? NOTIFY_HOLD : NOTIFY_RETRIEVE));
	trunk_send(l->circuit, m, RULE_GATEWAY_HOLD, 0);
}

/* ---- the trunk's user ---- */

static void
on_gateway_heard(struct trunk_circuit *c, const struct isup *m)
{
	struct gateway_leg *l = c->user;
	bool suspends = m->row->type == ISUP_SUS;

	/* RFC 3398 9.1: one way for both. */
	if (suspends || m->row->type == ISUP_RES) {
		if (!gateway_inform(l, m))
			gateway_suspend(l, suspends);
	} else if (l->out)
		gateway_out_heard(l, m);
	else
		gateway_in_heard(l, m);
}

static void
on_gateway_released(struct trunk_circuit *c, void *user,
    const struct q850_indicators *why, const struct isup *m)
{
	struct gateway_leg *l = user;

	(void)c;
	l->circuit = NULL;
	gateway_pass(l, m);
	for (int t = 0; t < GATEWAY_TIMERS; t++)
		gateway_timer_stop(l, (enum gateway_timer)t);
	if (l->out)
		gateway_out_released(l, why);
	else
		gateway_in_released(l, why);
}

static void
on_gateway_taken(struct trunk_circuit *c, void *user)
{
	struct gateway_leg *l = user;

	(void)c;
	l->circuit = NULL;
	gateway_out_again(l);
}

static const struct trunk_ops trunk_ops = {
	.seized = gateway_seized,
	.heard = on_gateway_heard,
	.released = on_gateway_released,
	.taken = on_gateway_taken,
};

/* ---- requests ---- */

/* The Reason of IN is why the circuit of C will be released. */
static void
note_reason(const struct agent_call *c, const struct sip_in *in)
{
	struct gateway_leg *l = c != NULL ? gateway_leg_of(c) : NULL;

	if (l != NULL)
		gateway_read_cause(l, in->m);
}

static void
bye_received(struct agent_call *c, const struct sip_in *in)
{
	note_reason(c, in);
	agent_call_bye_received(c, in);
}

static void
cancelled(void *role, void *user, const struct sip_in *in)
{
	if (user != role)
		note_reason(user, in);
	agent_role_cancel(role, user, in);
}

#define GATEWAY_METHODS(X, AND)                          \
	X(INVITE, agent_call_reinvited, gateway_invited) \
	AND X(ACK, NULL, NULL)                           \
	AND X(BYE, bye_received, NULL)                   \
	AND X(CANCEL, NULL, NULL)                        \
	AND X(OPTIONS, agent_described, agent_asked)     \
	AND X(PRACK, agent_reliable_acked, NULL)         \
	AND X(UPDATE, agent_call_updated, NULL)
#define GATEWAY_ALLOW GATEWAY_METHODS(AGENT_METHOD_NAME, ", ")

/* INFO is for those who have the attribute `isup`. */
static const struct agent_method methods[] = { GATEWAY_METHODS(AGENT_METHOD_ROW,
						   AGENT_METHOD_AND),
	{ MSG_INFO, gateway_informed, NULL } };

static const struct sip_header isup_capabilities[GATEWAY_CAPABILITIES] = {
	{ "Allow", STR_INIT(GATEWAY_ALLOW ", INFO") },
	{ "Supported", STR_INIT(AGENT_CALL_SUPPORTED) },
};
static const struct sip_header isup_plain_capabilities[GATEWAY_CAPABILITIES] = {
	{ "Allow", STR_INIT(GATEWAY_ALLOW ", INFO") },
	{ "Supported", STR_INIT(AGENT_CALL_SUPPORTED_PLAIN) },
};

const struct sip_header gateway_capabilities[GATEWAY_CAPABILITIES] = {
	{ "Allow", STR_INIT(GATEWAY_ALLOW) },
	{ "Supported", STR_INIT(AGENT_CALL_SUPPORTED) },
};
const struct sip_header gateway_plain_capabilities[GATEWAY_CAPABILITIES] = {
	{ "Allow", STR_INIT(GATEWAY_ALLOW) },
	{ "Supported", STR_INIT(AGENT_CALL_SUPPORTED_PLAIN) },
};

/* Any user in its domain, or at its address: numbers, as a rule. */
static bool
names_number(const struct agent *agent, struct str uri)
{
	return node_is_own(agent->node, uri) || str_istarts(uri, "tel:");
}

static const struct agent_ops gateway_ops = {
	.methods = methods,
	.nmethods = COUNT_OF(methods),
	.named = names_number,
};

/* ---- life ---- */

static struct trunks *
gateway_trunks_of(void *role)
{
	return &((struct gateway *)role)->trunks;
}

static void
gateway_stop(void *role)
{
	struct gateway *g = role;

	g->stopping = true;
	agent_usages_end(&g->agent);
	list_each (struct gateway_leg, l, &g->legs, link) {
		l->call = NULL;
		l->circuit = NULL;
		list_init(&l->others);
		gateway_leg_settle(l);
	}
	agent_end(&g->agent);
	trunks_end(&g->trunks);
}

static int
gateway_start(struct node *n, void *role)
{
	struct gateway *g = role;

	list_init(&g->legs);
	if (agent_begin(&g->agent, n, &gateway_ops) != 0 ||
	    trunks_begin(&g->trunks, n, &trunk_ops) != 0)
		return ERR_NOMEM;
	g->calls[0] = gateway_in_ops;
	g->calls[1] = gateway_out_ops;
	for (int i = 0; i < 2 && gateway_encloses(g); i++) {
		g->calls[i].capabilities = isup_capabilities;
		g->calls[i].plain_capabilities = isup_plain_capabilities;
	}
	return 0;
}

TRUNK_VERBS_OF(gateway_trunks_of)

static const struct node_verb verbs[] = {
	/* clang-format off */
	TRUNK_VERBS(NODE_VERB)
	{ 0 },
	/* clang-format on */
};

NODE_ROLE(gateway) = {
	.word = "gateway",
	.allow = GATEWAY_ALLOW,
	.supported = AGENT_CALL_SUPPORTED,
	.size = sizeof(struct gateway),
	.start = gateway_start,
	.stop = gateway_stop,
	AGENT_ROLE(cancelled),
	.verbs = verbs,
};
