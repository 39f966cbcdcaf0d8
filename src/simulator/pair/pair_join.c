/*
 * Two who are both called, and talk with each other then: the flows of RFC 3725
 * 4.  What one says is passed on where the other one's call has to say
 * something: an ACK that needs it waits for it.
 */
#include "pair/pair_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "node/timer.h"
#include "rules/rule_names.h"
#include "sip/defaults.h"

const struct pair_flow *
pair_flow_at(size_t i)
{
	static const struct pair_flow flows[] = {
		{ "I", RULE_THIRD_FLOW_I, .offer_second = true },
		{ "III", RULE_THIRD_FLOW_III, .hole_first = true },
		{ "IV", RULE_THIRD_FLOW_IV, .empty_first = true },
	};

	return i < sizeof(flows) / sizeof(flows[0]) ? &flows[i] : NULL;
}

/* Calls URI for SIDE of P: with BODY as its offer, or without one. */
static int
call_party(struct pair *p, int side, const char *uri, const char *body)
{
	struct agent_call_invite what = {
		.uri = str_of(uri),
		.late = body == NULL,
		.body = str_of(body),
		.reliable = "no",
		.why = p->flow->rule,
	};
	struct node_fields fields = { 0 };
	struct agent_call *c;
	int err = agent_call_invite(
	    &p->pairs->agent, &p->pairs->calls, &what, &fields, &c);

	if (err == 0)
		pair_add_leg(p, side, c);
	return err;
}

/* ---- how long the second may ring ---- */

static void on_impatience(void *arg);

/* Attribute `no_answer` of a controller, `ring_time` of another box. */
static const struct node_timer patience[] = {
	{ "no-answer", RULE_THIRD_UNANSWERED, on_impatience, NULL },
	{ "ring", RULE_PAIR_RANG, on_impatience, NULL },
};

static const struct node_timer *
patience_of(const struct pair_leg *h)
{
	return &patience[h->pair == NULL || h->pair->flow == NULL];
}

/* The second party has rung for long enough. */
static void
on_impatience(void *arg)
{
	struct pair_leg *h = arg;
	struct agent_call *c = &h->call;

	node_timer_fired(c->agent->node, &h->patience, patience_of(h), c->name);
	if (h->pair != NULL && h->pair->flow == NULL) {
		h->pair->refusal.status = 408;
		h->pair->refusal.why = RULE_PAIR_RANG;
	}
	agent_note_act(c->agent, "cancel", c->name);
	agent_call_cancel(c, NULL);
}

static void
set_patience(struct pair_leg *h, int64_t after)
{
	struct node *n = h->call.agent->node;

	if (after >= 0)
		node_timer_set(n, &h->patience, patience_of(h), h->call.name,
		    sim_now(node_sim(n)) + after, h);
}

void
pair_await_second(struct pair *p, struct pair_input in)
{
	if (p->flow != NULL && p->legs[in.side] != NULL)
		set_patience(p->legs[in.side],
		    node_attr_time(p->pairs->agent.node, "no_answer", -1));
}

void
pair_limit_ringing(struct pair_leg *h)
{
	if (h->patience == 0)
		set_patience(h, node_attr_time(h->call.agent->node, "ring_time",
				    SIP_TIMER_C_NS));
}

void
pair_stop_patience(struct agent_call *c)
{
	struct pair_leg *h = pair_leg_of(c);

	node_timer_stop(c->agent->node, &h->patience, patience_of(h), c->name);
}

/* ---- the flows ---- */

void
pair_call_second(struct pair *p, struct pair_input in)
{
	struct pair_leg *first = p->legs[0];
	struct buf body = BUF_INIT;
	bool offers = p->flow->offer_second;
	int err = 0;

	(void)in;
	if (offers)
		err = pair_pass_sdp(p, 1,
		    str_of(first->fresh ? first->heard : ""), true, &body);
	first->fresh = false;
	if (err == 0 && offers && body.n == 0)
		err = ERR_SYNTAX;
	if (err == 0)
		err = call_party(
		    p, 1, p->second, offers ? buf_cstr(&body) : NULL);
	buf_free(&body);
	if (err == ERR_NOMEM)
		agent_fail_memory(&p->pairs->agent);
	pair_step(p, err == 0 ? EVENT_INVITE_SENT : EVENT_NOT_SENT,
	    (struct pair_input){ 1, 0 });
}

/* Flows III and IV: the second's offer is made to the first. */
void
pair_offer_first(struct pair *p, struct pair_input in)
{
	struct pair_leg *first = p->legs[!in.side];

	first->fresh = false;
	if (!p->legs[in.side]->fresh ||
	    agent_call_reinvite(&first->call, false, NULL) != 0)
		pair_step(p, EVENT_NOT_SENT, in);
}

/* The first's answer is the second's, in its ACK. */
void
pair_answer_second(struct pair *p, struct pair_input in)
{
	struct pair_leg *answered = p->legs[in.side];
	struct pair_leg *offered = p->legs[!in.side];

	if (p->flow == NULL) {
		pair_remember(answered, false);
		pair_remember(offered, true);
		if (p->aside != NULL)
			pair_leave_aside(p->aside);
		return;
	}
	offered->fresh = false;
	agent_call_ack_late(&offered->call);
	answered->fresh = false;
}

/* ---- it begins ---- */

static struct pair *
create_joined(
    struct pairs *pairs, struct str second, const struct pair_flow *flow)
{
	struct pair *p = pair_create(pairs, flow);

	if (p == NULL)
		return NULL;
	p->sdp.addr[0] = p->sdp.addr[1] =
	    agent_face_toward(&pairs->agent, second)->addr;
	p->second = mem_dup(second.p, second.n);
	if (p->second != NULL)
		return p;
	pair_free(p);
	return NULL;
}

int
pair_connect(struct pairs *pairs, struct str first, struct str second,
    const struct pair_flow *flow, struct agent_call **call)
{
	struct pair *p = create_joined(pairs, second, flow);
	char *uri = mem_dup(first.p, first.n);
	struct buf body = BUF_INIT;
	int err = p == NULL || uri == NULL ? ERR_NOMEM : 0;

	/* A call that ends before it is out finds no pair to free. */
	if (p != NULL)
		list_remove(&p->link);
	if (err == 0 && flow->empty_first)
		pair_sdp_empty(&p->sdp, 0, &body);
	if (err == 0)
		err = body.err;
	if (err == 0)
		err = call_party(
		    p, 0, uri, flow->empty_first ? buf_cstr(&body) : NULL);
	if (err == 0) {
		list_append(&pairs->pairs, &p->link);
		*call = &p->legs[0]->call;
		pair_step(p, EVENT_INVITE_SENT, (struct pair_input){ 0, 0 });
	} else if (p != NULL) {
		pair_free(p);
	}
	buf_free(&body);
	mem_free(uri);
	return err;
}
