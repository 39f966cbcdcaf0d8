/*
 * The session of two parties, from the first INVITE to the last BYE: RFC 3725
 * 4, 6, 7.  What a party says is passed on where the other one's call has to
 * say something (ops.describe): an ACK that needs it waits for it.
 *
 * A session is a small machine: what happens to a party's call is an event, and
 * what that makes of the session a row of `join_steps`.  Its calls have their
 * records in the trace; it has none of its own.
 */
#include "nodes/controller_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "node/timer.h"
#include "nodes/roles.h"
#include "rules/rule_names.h"
#include "rules/rules.h"

enum join_state {
	JOIN_FIRST,    /* the first party is called */
	JOIN_SECOND,   /* the second is */
	JOIN_ADAPTING, /* the first hears what the second offers */
	JOIN_JOINED,   /* each knows what the other one has said */
	JOIN_PARTED,   /* both are being hung up, or are gone */
};

enum join_event {
	JOIN_REACHED,  /* the first's 2xx */
	JOIN_INVITED,  /* the second's INVITE is out */
	JOIN_ANSWERED, /* the second's 2xx, with its answer … */
	JOIN_OFFERED,  /* … or with its offer */
	JOIN_ACCEPTED, /* a re-INVITE to a party is accepted … */
	JOIN_REFUSED,  /* … or refused */
	JOIN_REJECTED, /* the second's INVITE is, or comes to nothing */
	JOIN_FAILED,   /* it can't go on */
	JOIN_LEFT,     /* a party's call is over */
};

struct join_half;

struct join {
	struct list link; /* in controller->joins */
	struct controller *controller;
	const struct controller_flow *flow;
	enum join_state state;
	struct join_half *halves[2]; /* NULL: not called yet, or over */
	char *second;                /* whom it calls then */
	struct controller_sdp sdp;
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

/* What happens in a session, beside its name. */
struct join_input {
	int side;        /* whose call it happens to */
	unsigned status; /* of the response, where one makes it happen */
};

/* Takes the row that J's state has for EVENT, if any.  J may be freed by that.
 */
static void
join_step(struct join *j, enum join_event event, int side, unsigned status);

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

	/* J is freed with the last that ends. */
	if (first != NULL)
		hang_up(first, why);
	if (second != NULL)
		hang_up(second, why);
}

static void
part_failed(struct join *j, struct join_input in)
{
	(void)in;
	part_parties(j, RULE_THIRD_FAILED);
}

/* One of them has hung up; or the second's refusal is told to the first. */
static void
part_left(struct join *j, struct join_input in)
{
	(void)in;
	part_parties(
	    j, j->status >= 300 ? RULE_THIRD_FAILED : RULE_THIRD_PARTED);
}

/* The first refuses what the second offers, or has no answer to it. */
static void
part_refused(struct join *j, struct join_input in)
{
	j->status = in.status >= 300 ? in.status : 0;
	part_failed(j, in);
}

/* 6: what the second party's refusal was. */
static void
keep_refusal(struct join *j, struct join_input in)
{
	j->status = in.status >= 300 ? in.status : 500;
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
		if (j->state != JOIN_PARTED &&
		    (!first || (j->state != JOIN_FIRST && !second)))
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
			join_step(j, JOIN_LEFT, 0, 0);
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
	if (j->state == JOIN_PARTED)
		controller_sdp_empty(&j->sdp, h->side, &out);
	else if (j->state == JOIN_FIRST && j->flow->hole_first)
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
await_second(struct join *j, struct join_input in)
{
	struct node *n = j->controller->agent.node;
	struct join_half *second = j->halves[in.side];
	int64_t after = node_attr_time(n, "no_answer", -1);

	if (after >= 0)
		node_timer_set(n, &second->patience, &patience,
		    second->call.name,
		    sim_now(agent_sim(&j->controller->agent)) + after, second);
}

static void
call_second(struct join *j, struct join_input in)
{
	struct join_half *first = j->halves[0];
	struct buf body = BUF_INIT;
	bool offers = j->flow->offer_second;
	enum join_event event;
	int err = 0;

	(void)in;
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
	event = err == 0 ? JOIN_INVITED : JOIN_FAILED;
	join_step(j, event, 1, 0);
}

/* Flow I: the second's answer is the first's, too. */
static void
answer_first(struct join *j, struct join_input in)
{
	agent_call_ack_late(&j->halves[!in.side]->call);
	j->halves[in.side]->fresh = false;
}

/* Flows III, IV: its offer goes to the first by a re-INVITE. */
static void
offer_first(struct join *j, struct join_input in)
{
	if (!j->halves[in.side]->fresh ||
	    agent_call_reinvite(&j->halves[!in.side]->call, false, NULL) != 0)
		join_step(j, JOIN_FAILED, in.side, 0);
}

/* … and what the first says to that is the answer to the second. */
static void
answer_second(struct join *j, struct join_input in)
{
	j->halves[!in.side]->fresh = false;
	agent_call_ack_late(&j->halves[!in.side]->call);
	j->halves[in.side]->fresh = false;
}

static void
on_half_established(struct agent_call *c)
{
	struct join_half *h = half_of(c);
	struct join *j = h->join;
	enum join_event event = JOIN_REACHED;

	if (j == NULL)
		return;
	if (h->side == 1)
		event = j->flow->offer_second ? JOIN_ANSWERED : JOIN_OFFERED;
	join_step(j, event, h->side, 0);
}

/* ---- afterwards: 7 ---- */

/* SIDE has answered the other one's re-INVITE. */
static void
accept_change(struct join *j, struct join_input in)
{
	struct join_half *other = j->halves[!in.side];

	other->fresh = false;
	if (other->call.change != NULL)
		agent_call_change_accept(&other->call);
	j->halves[in.side]->fresh = false;
}

static void
refuse_change(struct join *j, struct join_input in)
{
	struct join_half *other = j->halves[!in.side];
	struct sip_response_spec spec = { .status = in.status };

	other->fresh = false;
	if (other->call.change != NULL)
		agent_call_change_refuse(
		    &other->call, &spec, RULE_THIRD_PASSED);
	j->halves[in.side]->fresh = false;
}

static void
on_changed(struct agent_call *c, unsigned status)
{
	struct join_half *h = half_of(c);
	struct join *j = h->join;
	/* The first has to say something to the second's offer. */
	bool silent = j != NULL && j->state == JOIN_ADAPTING && !h->fresh;
	enum join_event event =
	    status >= 300 || silent ? JOIN_REFUSED : JOIN_ACCEPTED;

	if (other_of(h) != NULL)
		join_step(j, event, h->side, status);
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
	bool joined = h->join != NULL && h->join->state == JOIN_JOINED;

	if (!joined || other == NULL || other->call.change != NULL)
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
	if (h->side == 1)
		join_step(h->join, JOIN_REJECTED, h->side, c->status);
	h->join->halves[h->side] = NULL;
	h->join = NULL;
}

/* ---- its steps ---- */

static const struct join_edge {
	enum join_state from;
	enum join_event event;
	enum join_state to;
	void (*act)(struct join *j, struct join_input in);
} join_steps[] = {
	/* clang-format off */
	{ JOIN_FIRST,    JOIN_REACHED,  JOIN_FIRST,    call_second },
	{ JOIN_FIRST,    JOIN_INVITED,  JOIN_SECOND,   await_second },
	{ JOIN_FIRST,    JOIN_FAILED,   JOIN_PARTED,   part_failed },
	{ JOIN_FIRST,    JOIN_LEFT,     JOIN_PARTED,   part_left },
	{ JOIN_SECOND,   JOIN_ANSWERED, JOIN_JOINED,   answer_first },
	{ JOIN_SECOND,   JOIN_OFFERED,  JOIN_ADAPTING, offer_first },
	{ JOIN_SECOND,   JOIN_REJECTED, JOIN_SECOND,   keep_refusal },
	{ JOIN_SECOND,   JOIN_LEFT,     JOIN_PARTED,   part_left },
	{ JOIN_ADAPTING, JOIN_ACCEPTED, JOIN_JOINED,   answer_second },
	{ JOIN_ADAPTING, JOIN_REFUSED,  JOIN_PARTED,   part_refused },
	{ JOIN_ADAPTING, JOIN_FAILED,   JOIN_PARTED,   part_failed },
	{ JOIN_ADAPTING, JOIN_LEFT,     JOIN_PARTED,   part_left },
	{ JOIN_JOINED,   JOIN_ACCEPTED, JOIN_JOINED,   accept_change },
	{ JOIN_JOINED,   JOIN_REFUSED,  JOIN_JOINED,   refuse_change },
	{ JOIN_JOINED,   JOIN_LEFT,     JOIN_PARTED,   part_left },
	/* clang-format on */
};

static void
join_step(struct join *j, enum join_event event, int side, unsigned status)
{
	const size_t n = sizeof(join_steps) / sizeof(join_steps[0]);

	for (size_t i = 0; i < n; i++) {
		const struct join_edge *e = &join_steps[i];

		if (e->from != j->state || e->event != event)
			continue;
		j->state = e->to;
		e->act(j, (struct join_input){ side, status });
		return;
	}
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
	j->sdp.addr = agent_face_toward(&controller->agent, second)->addr;
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
