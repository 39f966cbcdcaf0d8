/*
 * The session of two parties, from the first INVITE to the last BYE: RFC 3725
 * 4, 6, 7.  What a party says is passed on where the other one's call has to
 * say something (ops.describe): an ACK that needs it waits for it.
 */
#include "nodes/controller_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "node/timer.h"
#include "nodes/roles.h"
#include "rules/rule_names.h"
#include "rules/rules.h"

enum join_step {
	JOIN_FIRST,    /* the first party is called */
	JOIN_SECOND,   /* the second is */
	JOIN_ADAPTING, /* the first hears what the second offers */
	JOIN_DONE,
};

struct join_half;

struct join {
	struct list link; /* in controller->joins */
	struct controller *controller;
	const struct controller_flow *flow;
	enum join_step step;
	struct join_half *halves[2]; /* NULL: not called yet, or over */
	char *second;                /* whom it calls then */
	struct controller_sdp sdp;
	bool both;       /* the second party was called */
	bool parted;     /* both are being hung up, or are gone */
	unsigned status; /* why, of the second's refusal */
};

/* One party's call. */
struct join_half {
	struct agent_call call;
	struct join *join; /* NULL: it never came to be */
	int side;
	char *heard; /* the last that it has said … */
	bool fresh;  /* … which the other one has not heard of */
	sim_event patience;
};

static const struct agent_call_ops call_ops;

const struct controller_flow *
controller_flow_at(size_t i)
{
	static const struct controller_flow flows[] = {
		{ "I", RULE_THIRD_FLOW_I, .offer_second = true },
		{ "III", RULE_THIRD_FLOW_III, .hole_first = true },
		{ "IV", RULE_THIRD_FLOW_IV, .empty_first = true },
	};

	return i < sizeof(flows) / sizeof(flows[0]) ? &flows[i] : NULL;
}

static struct join_half *
half_of(struct agent_call *c)
{
	return (struct join_half *)(void *)c;
}

static struct join_half *
other_of(const struct join_half *h)
{
	return h->join != NULL ? h->join->halves[!h->side] : NULL;
}

/* ---- the end: 6, 7 ---- */

/* H hears why, where the other one could not be had. */
static void
hang_up(struct join_half *h, enum rule_id why)
{
	struct agent_call *c = &h->call;
	struct buf reason = BUF_INIT;

	if (h->join->status >= 300) {
		buf_printf(&reason, "SIP ;cause=%u ;text=\"%s\"",
		    h->join->status, msg_status_phrase(h->join->status));
		if (reason.err != 0 ||
		    agent_call_give_reason(c, buf_cstr(&reason)) != 0)
			agent_fail_memory(c->agent);
		buf_free(&reason);
	}
	/* Its 2xx has not got an ACK yet: one without any stream. */
	agent_call_ack_late(c);
	agent_call_bye_because(c, why);
}

static void
part_parties(struct join *j, enum rule_id why)
{
	struct join_half *first = j->halves[0], *second = j->halves[1];

	if (j->parted)
		return;
	j->parted = true;
	/* J is freed with the last that ends. */
	if (first != NULL)
		hang_up(first, why);
	if (second != NULL)
		hang_up(second, why);
}

static void
join_free(struct join *j)
{
	list_remove(&j->link);
	controller_sdp_free(&j->sdp);
	mem_free(j->second);
	mem_free(j);
}

/* A session of CONTROLLER's of which one call is over, and the other is not yet
 * told; or one without any. */
static struct join *
find_ended(const struct controller *controller)
{
	list_each (struct join, j, &controller->joins, link) {
		bool first = j->halves[0] != NULL;
		bool second = j->halves[1] != NULL;

		if (!first && !second)
			return j;
		if (!j->parted && (!first || (j->both && !second)))
			return j;
	}
	return NULL;
}

/* One of its calls has ended; hanging up the other may end that at once. */
static void
on_join_ended(struct agent *agent)
{
	struct controller *controller = (struct controller *)(void *)agent;
	struct join *j;

	while ((j = find_ended(controller)) != NULL) {
		bool alone = j->halves[0] == NULL && j->halves[1] == NULL;

		if (alone)
			join_free(j);
		else
			part_parties(j, j->status >= 300 ? RULE_THIRD_FAILED
							 : RULE_THIRD_PARTED);
	}
}

void
controller_joins_free(struct controller *controller)
{
	list_each (struct join, j, &controller->joins, link)
		join_free(j);
}

/* ---- what is passed on ---- */

static void
on_described(struct agent_call *c, struct str sdp)
{
	struct join_half *h = half_of(c);
	int err = 0;

	mem_free(h->heard);
	h->heard = mem_dup(sdp.p, sdp.n);
	h->fresh = h->heard != NULL;
	if (!h->fresh)
		err = ERR_NOMEM;
	else if (h->join != NULL)
		err = controller_sdp_hear(&h->join->sdp, h->side, sdp);
	if (err == ERR_NOMEM)
		agent_fail_memory(c->agent);
	else if (err != 0)
		h->fresh = false; /* more streams than it can keep apart */
}

static int
give_sdp(struct buf *out, char **sdp)
{
	*sdp = buf_take(out);
	return *sdp != NULL ? 0 : ERR_NOMEM;
}

static int
on_describe(struct agent_call *c, struct str offer, char **sdp)
{
	struct join_half *h = half_of(c), *other = other_of(h);
	struct join *j = h->join;
	struct buf out = BUF_INIT;

	if (j == NULL)
		return ERR_STATE;
	if (j->parted)
		controller_sdp_empty(&j->sdp, h->side, &out);
	else if (j->step == JOIN_FIRST && j->flow->hole_first)
		controller_sdp_hole(&j->sdp, h->side, offer, &out);
	else if (other != NULL && other->fresh)
		controller_sdp_pass(
		    &j->sdp, h->side, str_of(other->heard), offer.n == 0, &out);
	else
		return ERR_STATE;
	return give_sdp(&out, sdp);
}

/* ---- the flows: 4 ---- */

/* Calls URI for SIDE of J: with BODY as its offer, or without one. */
static int
call_party(struct join *j, int side, const char *uri, const char *body)
{
	struct agent_call_invite what = {
		.uri = str_of(uri),
		.late = body == NULL,
		.body = str_of(body),
		.reliable = "no",
		.why = j->flow->rule,
	};
	struct node_fields fields = { 0 };
	struct agent_call *c;
	int err;

	err = agent_call_invite(
	    &j->controller->agent, &call_ops, &what, &fields, &c);
	if (err != 0)
		return err;
	half_of(c)->join = j;
	half_of(c)->side = side;
	j->halves[side] = half_of(c);
	j->both = side == 1;
	return 0;
}

static void on_impatience(void *arg);

static const struct node_timer patience = { "no-answer", RULE_THIRD_UNANSWERED,
	on_impatience, NULL };

/* Attribute `no_answer`: the second party has rung for long enough. */
static void
on_impatience(void *arg)
{
	struct join_half *h = arg;
	struct agent_call *c = &h->call;

	node_timer_fired(c->agent->node, &h->patience, &patience, c->name);
	agent_note_act(c->agent, "cancel", c->name);
	agent_call_cancel(c, NULL);
}

static void
call_second(struct join *j)
{
	const struct node *n = j->controller->agent.node;
	int64_t after = node_attr_time(n, "no_answer", -1);
	struct join_half *first = j->halves[0];
	struct buf body = BUF_INIT;
	bool offers = j->flow->offer_second;
	int err = 0;

	j->step = JOIN_SECOND;
	if (offers)
		controller_sdp_pass(&j->sdp, 1,
		    str_of(first->fresh ? first->heard : ""), true, &body);
	first->fresh = false;
	if (body.err != 0 || (offers && buf_view(&body).n == 0))
		err = body.err != 0 ? ERR_NOMEM : ERR_SYNTAX;
	if (err == 0)
		err = call_party(
		    j, 1, j->second, offers ? buf_cstr(&body) : NULL);
	buf_free(&body);
	if (err == ERR_NOMEM)
		agent_fail_memory(&j->controller->agent);
	if (err != 0)
		part_parties(j, RULE_THIRD_FAILED);
	else if (after >= 0)
		node_timer_set(j->controller->agent.node,
		    &j->halves[1]->patience, &patience, j->halves[1]->call.name,
		    sim_now(agent_sim(&j->controller->agent)) + after,
		    j->halves[1]);
}

/* The second party has answered. */
static void
adapt_first(struct join *j)
{
	struct join_half *first = j->halves[0], *second = j->halves[1];

	if (j->flow->offer_second) {
		j->step = JOIN_DONE;
		agent_call_ack_late(&first->call);
		second->fresh = false;
		return;
	}
	j->step = JOIN_ADAPTING;
	if (!second->fresh ||
	    agent_call_reinvite(&first->call, false, NULL) != 0)
		part_parties(j, RULE_THIRD_FAILED);
}

static void
on_half_established(struct agent_call *c)
{
	struct join_half *h = half_of(c);
	struct join *j = h->join;

	if (j == NULL || j->parted)
		return;
	if (h->side == 0)
		call_second(j);
	else
		adapt_first(j);
}

/* ---- afterwards: 7 ---- */

/* H's re-INVITE was answered by the other one. */
static void
answer_change(struct join_half *h, unsigned status)
{
	struct sip_response_spec spec = { .status = status };

	if (h->call.change == NULL)
		return;
	if (status < 300)
		agent_call_change_accept(&h->call);
	else
		agent_call_change_refuse(&h->call, &spec, RULE_THIRD_PASSED);
}

static void
on_changed(struct agent_call *c, unsigned status)
{
	struct join_half *h = half_of(c), *other = other_of(h);
	struct join *j = h->join;

	if (j == NULL || j->parted || other == NULL)
		return;
	other->fresh = false;
	if (j->step == JOIN_DONE) {
		answer_change(other, status);
	} else if (status >= 300 || !h->fresh) {
		j->status = status >= 300 ? status : 0;
		part_parties(j, RULE_THIRD_FAILED);
		return;
	} else {
		j->step = JOIN_DONE;
		agent_call_ack_late(&other->call);
	}
	h->fresh = false;
}

static bool
on_defer_change(struct agent_call *c)
{
	struct join_half *h = half_of(c), *other = other_of(h);
	struct sip_response_spec spec = { .status = 491 };

	if (other == NULL || !h->fresh ||
	    agent_call_reinvite(&other->call, false, NULL) != 0) {
		h->fresh = false;
		agent_call_change_refuse(c, &spec, RULE_THIRD_PENDING);
	}
	return true;
}

/* 6, figure 5. */
static bool
on_half_refuse_change(struct agent_call *c, const struct sip_in *in)
{
	struct join_half *h = half_of(c), *other = other_of(h);
	bool joined = h->join != NULL && h->join->step == JOIN_DONE;

	if (!joined || h->join->parted || other == NULL ||
	    other->call.change != NULL)
		node_answer(c->agent->node, in, 491, RULE_THIRD_PENDING);
	else if (agent_call_sdp_of(in->m).n == 0)
		node_answer(c->agent->node, in, 488, RULE_THIRD_NO_OFFER);
	else
		return false;
	return true;
}

static void
on_half_stop(struct agent_call *c)
{
	node_timer_stop(
	    c->agent->node, &half_of(c)->patience, &patience, c->name);
}

static void
on_half_leave(struct agent_call *c)
{
	struct join_half *h = half_of(c);

	sim_cancel(agent_sim(c->agent), h->patience);
	mem_free(h->heard);
	h->heard = NULL;
	h->fresh = false;
	if (h->join == NULL)
		return;
	/* 6: what the second party's refusal was. */
	if (h->side == 1 && h->join->step == JOIN_SECOND)
		h->join->status = c->status >= 300 ? c->status : 500;
	h->join->halves[h->side] = NULL;
	h->join = NULL;
}

/* ---- its calls ---- */

static const struct sip_header capabilities[] = {
	{ "Allow", STR_INIT(CONTROLLER_ALLOW) },
};

static const struct agent_call_ops call_ops = {
	.size = sizeof(struct join_half),
	.role = &role_controller,
	.capabilities = capabilities,
	.plain_capabilities = capabilities,
	.ncapabilities = sizeof(capabilities) / sizeof(capabilities[0]),
	.established = on_half_established,
	.stop = on_half_stop,
	.leave = on_half_leave,
	.ended = on_join_ended,
	.refuse_change = on_half_refuse_change,
	.describe = on_describe,
	.described = on_described,
	.changed = on_changed,
	.defer_change = on_defer_change,
};

static struct join *
join_create(struct controller *controller, struct str second)
{
	struct join *j = mem_zalloc(1, sizeof(*j));

	if (j == NULL)
		return NULL;
	list_init(&j->link);
	j->controller = controller;
	j->sdp.addr = controller->agent.node->addr;
	j->second = mem_dup(second.p, second.n);
	if (j->second != NULL)
		return j;
	join_free(j);
	return NULL;
}

int
controller_join(struct controller *controller, struct str first,
    struct str second, const struct controller_flow *flow,
    struct agent_call **call)
{
	struct join *j = join_create(controller, second);
	char *uri = mem_dup(first.p, first.n);
	struct buf body = BUF_INIT;
	bool offers = flow->empty_first;
	int err = j == NULL || uri == NULL ? ERR_NOMEM : 0;

	if (err == 0) {
		j->flow = flow;
		if (offers)
			controller_sdp_empty(&j->sdp, 0, &body);
		err = body.err;
	}
	if (err == 0)
		err = call_party(j, 0, uri, offers ? buf_cstr(&body) : NULL);
	/* A call that ends before it is out finds no session to free. */
	if (err == 0) {
		list_append(&controller->joins, &j->link);
		*call = &j->halves[0]->call;
	} else if (j != NULL) {
		join_free(j);
	}
	buf_free(&body);
	mem_free(uri);
	return err;
}
