/* Pairs of calls: their life, their steps, their end. */
#include "pair/pair_in.h"

#include "agent/call.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/ref.h"
#include "machine/tables.h"
#include "msg/header_names.h"
#include "node/overload.h"
#include "rules/rule_names.h"

#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

static void pair_branches_free(struct pair *p);

static_assert(offsetof(struct pair_leg, call) == 0, "a call comes first");
static_assert(offsetof(struct pairs, agent) == 0, "an agent comes first");

struct pair_leg *
pair_leg_of(struct agent_call *c)
{
	return (struct pair_leg *)(void *)c;
}

struct pair_leg *
pair_other(const struct pair_leg *h)
{
	return h->pair != NULL && !h->tried ? h->pair->legs[!h->side] : NULL;
}

struct pair *
pair_within(const struct pair_leg *h)
{
	return h->pair != NULL ? h->pair : h->aside_of;
}

struct pair_leg *
pair_voice(const struct pair *p, int side)
{
	struct pair_leg *target = p->target;

	return target != NULL && target == p->legs[side] ? p->aside
							 : p->legs[side];
}

struct pairs *
pairs_of(struct agent *agent)
{
	return (struct pairs *)(void *)agent;
}

bool
pair_is(const struct pair *p, enum state_id state)
{
	return machine_run_is(&p->machine, state);
}

/* ---- the end ---- */

static void
pair_give_reason(struct pair *p, struct agent_call *c)
{
	LOCAL_BUF reason = BUF_INIT;

	if (p->reason != NULL)
		buf_puts(&reason, p->reason);
	else if (p->flow != NULL && p->refusal.status >= 300)
		buf_printf(&reason, "SIP ;cause=%u ;text=\"%s\"",
		    p->refusal.status, msg_status_phrase(p->refusal.status));
	if (reason.err != 0 ||
	    (reason.n > 0 && agent_call_give_reason(c, buf_cstr(&reason)) != 0))
		agent_fail_memory(c->agent);
}

/* The caller hears how the other party was not to be had. */
static void
refuse_caller(struct pair *p, struct agent_call *c)
{
	struct sip_response_spec spec = {
		.status = p->refusal.status != 0 ? p->refusal.status : 480,
		.reason = str_of(p->refusal.reason),
		.headers = p->fields != NULL ? p->fields->list : NULL,
		.nheaders = p->fields != NULL ? p->fields->n : 0,
	};

	pair_leg_of(c)->mask.fields = NULL;
	/* A caller has one called party, which rejects as any does. */
	agent_call_refuse_for(c, &spec,
	    p->refusal.why != RULE_NONE ? p->refusal.why : RULE_PAIR_REFUSED,
	    RULE_INVITE_REJECT);
}

static void
part_leg(struct pair_leg *h)
{
	struct agent_call *c = &h->call;
	struct pair *p = h->pair;

	if (agent_call_is_ringing(c)) {
		refuse_caller(p, c);
		return;
	}
	pair_give_reason(p, c);
	/* Its 2xx has not got an ACK yet: one without any stream. */
	agent_call_ack_late(c);
	agent_call_bye_because(c, p->flow == NULL ? RULE_PAIR_BYE
				  : p->refusal.status >= 300
				      ? RULE_THIRD_FAILED
				      : RULE_THIRD_PARTED);
}

/* A leg that ends is none of P's any more, whichever end has ended it. */
static void
part_legs(struct pair *p, struct pair_input in)
{
	struct pair_leg *aside;

	(void)in;
	pair_try_end(p, RULE_PAIR_BYE);
	for (int side = 0; side < 2; side++)
		if (p->legs[side] != NULL)
			part_leg(p->legs[side]);
	/* The leg that has asked for a failed transfer. */
	aside = p->aside;
	if (aside != NULL) {
		pair_leave_aside(aside);
		agent_call_bye_because(&aside->call, RULE_PAIR_BYE);
	}
}

static void
part_now(void *arg)
{
	struct pair *p = arg;

	p->parting = 0;
	if (pair_is(p, STATE_JOINED))
		pair_step(p, EVENT_LEFT, (struct pair_input){ 0 });
}

void
pair_part_soon(struct pair_leg *h)
{
	struct pair *p = h->pair;
	struct sim *sim = agent_sim(h->call.agent);

	if (p == NULL || p->parting != 0 || !pair_is(p, STATE_JOINED))
		return;
	p->parting =
	    sim_at(sim, sim_now(sim), p->pairs->agent.node->name, part_now, p);
}

/* A party rejects what the other offers, or has no answer to it. */
static void
part_refused(struct pair *p, struct pair_input in)
{
	p->refusal.status = in.status >= 300 ? in.status : 0;
	part_legs(p, in);
}

/* A pair of which one call is over, and the other is not yet told; or one
 * without any. */
static struct pair *
find_ended(const struct pairs *pairs)
{
	list_each (struct pair, p, &pairs->left, left) {
		bool first = p->legs[0] != NULL;
		bool second = p->legs[1] != NULL || pair_is_trying(p);

		if (!first && !second)
			return p;
		if (!pair_is(p, STATE_PARTING) &&
		    (!first || (!pair_is(p, STATE_FIRST) && !second)))
			return p;
		list_remove(&p->left);
	}
	return NULL;
}

/* One of its calls has ended; hanging up the other may end that at once. */
static void
pair_on_ended(struct agent *agent)
{
	struct pairs *pairs = pairs_of(agent);
	struct pair_input in = { 0 };
	struct pair *p;

	while ((p = find_ended(pairs)) != NULL) {
		bool alone = p->legs[0] == NULL && p->legs[1] == NULL;

		if (pair_take_back(p))
			continue;
		if (pair_is_unanswered(p)) {
			pair_step(p, EVENT_NO_ANSWER, in);
			pairs->kind->waits->unanswered(p);
		} else if (!alone || !pair_is(p, STATE_PARTING))
			pair_step(p, EVENT_LEFT, in);
		else if (pair_step(p, EVENT_LEFT, in))
			pair_free(p);
	}
}

void
pair_note_left(struct pair *p)
{
	list_remove(&p->left);
	list_append(&p->pairs->left, &p->left);
}

static void
pair_on_leave(struct agent_call *c)
{
	struct pair_leg *h = pair_leg_of(c);

	sim_cancel(agent_sim(c->agent), h->patience);
	if (h->update != NULL)
		sip_transaction_set_user(h->update, NULL, NULL);
	h->update = NULL;
	pair_media_forget(h, true);
	pair_leave_aside(h);
	pair_leg_of(c)->mask.fields = NULL;
	pair_leg_of(c)->mask.phrase = NULL;
	if (h->pair != NULL)
		pair_note_left(h->pair);
	if (h->tried)
		pair_try_left(h);
	if (h->who != NULL)
		pair_try_over(h);
	if (h->pair == NULL)
		return;
	if (h->pair->target == h)
		h->pair->target = NULL;
	/* RFC 3725 6: what the second party's rejection was. */
	if (h->pair->flow != NULL && h->side == 1 &&
	    pair_is(h->pair, STATE_SECOND))
		h->pair->refusal.status = c->status >= 300 ? c->status : 500;
	h->pair->legs[h->side] = NULL;
	h->pair = NULL;
}

/* The target of a transfer was not reachable: it has not heard of the call. */
static void
pair_stay(struct pair *p, struct pair_input in)
{
	(void)in;
	p->refusal.status = 0;
	p->refusal.why = RULE_NONE;
}

/* ---- its steps ---- */

static const struct deed {
	enum state_id from;
	enum event_id event;
	void (*act)(struct pair *p, struct pair_input in);
} deeds[] = {
	/* clang-format off */
	{ STATE_FIRST,    EVENT_2XX,             pair_call_second },
	{ STATE_FIRST,    EVENT_INVITE_SENT,     pair_await_second },
	{ STATE_FIRST,    EVENT_NOT_SENT,        part_legs },
	{ STATE_FIRST,    EVENT_LEFT,            part_legs },
	{ STATE_SECOND,   EVENT_2XX,             pair_answer_caller },
	{ STATE_SECOND,   EVENT_2XX_OFFER,       pair_offer_first },
	{ STATE_SECOND,   EVENT_LEFT,            part_legs },
	{ STATE_SECOND,   EVENT_TRANSFER_FAILED, pair_stay },
	{ STATE_ADAPTING, EVENT_TRANSFER_FAILED, pair_stay },
	{ STATE_JOINED,   EVENT_TRANSFER_FAILED, pair_stay },
	{ STATE_ADAPTING, EVENT_CHANGE_ACCEPTED, pair_answer_second },
	{ STATE_ADAPTING, EVENT_CHANGE_REFUSED,  part_refused },
	{ STATE_ADAPTING, EVENT_NOT_SENT,        part_refused },
	{ STATE_ADAPTING, EVENT_LEFT,            part_legs },
	{ STATE_JOINED,   EVENT_CHANGE_ACCEPTED, pair_accept_change },
	{ STATE_JOINED,   EVENT_CHANGE_REFUSED,  pair_refuse_change },
	{ STATE_JOINED,   EVENT_LEFT,            part_legs },
	/* clang-format on */
};

/* What the step means by the flow, where that says more than the table. */
static enum rule_id
find_step_rule(const struct pair *p, const struct machine_edge *e)
{
	return p->flow != NULL && e->event != EVENT_LEFT ? p->flow->rule
							 : e->rule;
}

/* The record of the step says which calls P has at that moment. */
static bool
pair_record_step(
    struct pair *p, enum event_id event, const struct machine_edge *e)
{
	static const char *const sides[] = { "first", "second" };
	struct node *n = p->pairs->agent.node;
	struct trace_writer *w = node_machine_open_step(
	    n, &p->machine, p->name, event, find_step_rule(p, e));

	if (w == NULL)
		return false;
	for (int side = 0; side < 2; side++)
		if (p->legs[side] != NULL)
			trace_put_cstr(
			    w, sides[side], p->legs[side]->call.name);
	node_record_cause(n);
	return true;
}

bool
pair_step(struct pair *p, enum event_id event, struct pair_input in)
{
	const struct machine_edge *e = machine_run_next(&p->machine, event);
	enum state_id from = machine_run_state(&p->machine);

	if (e == NULL || !pair_record_step(p, event, e))
		return false;
	ref_keep(p);
	if (pair_is(p, STATE_PARTING)) {
		pair_sdp_end_relays(&p->sdp);
		pair_wait_parted(p);
	}
	for (size_t i = 0; i < COUNT_OF(deeds); i++) {
		if (deeds[i].from != from || deeds[i].event != event)
			continue;
		deeds[i].act(p, in);
		break;
	}
	ref_drop(p);
	return true;
}

/* ---- life ---- */

void
pair_forget_fields(struct pair *p)
{
	if (p->legs[0] != NULL)
		p->legs[0]->mask.fields = NULL;
	if (p->fields != NULL)
		node_fields_free(p->fields);
	mem_free(p->fields);
	p->fields = NULL;
}

void
pair_leg_leave(struct pair_leg *h)
{
	h->origin = pair_sdp_origin(&h->pair->sdp, h->side);
	h->pair = NULL;
}

/* Those who hold one are its box, until pair_free, and functions here that are
 * at work on it. */
static void
pair_destroy(void *arg)
{
	struct pair *p = arg;

	pair_forget_fields(p);
	pair_sdp_free(&p->sdp);
	mem_free(p->refusal.reason);
	mem_free(p->second);
	mem_free(p->reason);
	pair_branches_free(p);
	mem_free(p->phrase);
	mem_free(p->name);
	/* A function that still reads P fails, whatever the allocator does. */
	memset(p, 0xa5, sizeof(*p));
}

void
pair_free(struct pair *p)
{
	for (int side = 0; side < 2; side++)
		if (p->legs[side] != NULL) {
			p->legs[side]->mask.fields = NULL;
			p->legs[side]->mask.phrase = NULL;
			pair_leg_leave(p->legs[side]);
			p->legs[side] = NULL;
		}
	list_each (struct pair_leg, h, &p->tried, link) {
		list_remove(&h->link);
		h->tried = false;
		pair_leg_leave(h);
	}
	sim_cancel(agent_sim(&p->pairs->agent), p->parting);
	sim_cancel(agent_sim(&p->pairs->agent), p->joining);
	p->parting = p->joining = 0;
	list_remove(&p->link);
	list_remove(&p->left);
	if (p->name != NULL)
		p->pairs->live--;
	if (p->aside != NULL)
		pair_leave_aside(p->aside);
	ref_drop(p);
}

struct pair *
pair_create(struct pairs *pairs, const struct pair_flow *flow)
{
	struct pair *p = ref_alloc(sizeof(*p), pair_destroy);
	const struct node *n = pairs->agent.node;
	struct buf name = BUF_INIT;

	if (p == NULL)
		return NULL;
	list_init(&p->link);
	list_init(&p->left);
	list_init(&p->tried);
	list_init(&p->branches);
	p->pairs = pairs;
	p->flow = flow;
	p->policy = (struct pair_policy){
		.hides = pair_hides(pairs),
		.anchors = node_attr_bool(n, "anchors", pairs->kind->border),
		.transcodes =
		    node_attr_bool(n, "anchors", pairs->kind->border) &&
		    node_attr_bool(n, "transcode", false),
		.latches = node_attr_bool(n, "latching", pairs->kind->border),
		.faults = pair_faults(pairs),
	};
	p->machine = (struct machine_run){ &machine_pair, machine_pair.start };
	buf_printf(&name, "%s/pair-%u", n->name, ++pairs->next);
	p->name = buf_take(&name);
	if (p->name == NULL) {
		pair_free(p);
		return NULL;
	}
	list_append(&pairs->pairs, &p->link);
	pairs->live++;
	return p;
}

void
pair_add_leg(struct pair *p, int side, struct agent_call *c)
{
	struct pair_leg *h = pair_leg_of(c);

	h->pair = p;
	h->side = side;
	c->mask = &h->mask;
	p->legs[side] = h;
}

/* RFC 3891 3: a sender that knows the names of a dialog may have it replaced;
 * authorization was for the nodes before the box. */
static bool
pair_may_take(const struct agent_call *c, const struct sip_in *in)
{
	(void)in;
	return ((const struct pair_leg *)(const void *)c)->pair != NULL;
}

/* Without what the role says of them. */
static const struct agent_call_ops call_ops = {
	.size = sizeof(struct pair_leg),
	.progress = pair_on_progress,
	.refused = pair_on_refused,
	.answered = pair_on_answered,
	.established = pair_on_established,
	.stop = pair_on_stop,
	.leave = pair_on_leave,
	.ended = pair_on_ended,
	.refuse_change = pair_on_refuse_change,
	.describe = pair_on_describe,
	.described = pair_on_described,
	.changed = pair_on_changed,
	.defer_change = pair_on_change,
	.defer_update = pair_on_update,
	.change_cancelled = pair_on_change_cancelled,
	.asks_for = pair_asks_for,
	.may_take = pair_may_take,
	.reports = pair_on_reports,
};

/* ---- the role's ---- */

bool
pair_hides(const struct pairs *pairs)
{
	return node_attr_bool(pairs->agent.node, "hides", pairs->kind->border);
}

unsigned
pair_faults(const struct pairs *pairs)
{
	static const char *const words[] = {
#define X(id, word, text) word,
		PAIR_FAULTS(X)
#undef X
	};
	struct str rest = str_of(node_attr(pairs->agent.node, "faults", ""));
	unsigned faults = 0;

	while (rest.n > 0) {
		struct str word = str_cut(rest, ' ', &rest);

		for (unsigned i = 0; i < PAIR_FAULT_COUNT; i++)
			if (str_is(word, words[i]))
				faults |= PAIR_FAULT_BIT(i);
	}
	return faults;
}

int
pairs_begin(struct pairs *pairs, struct node *n, const struct agent_ops *ops,
    const struct pair_kind *kind)
{
	uint32_t rate;

	pairs->kind = kind;
	list_init(&pairs->pairs);
	list_init(&pairs->left);
	list_init(&pairs->passed);
	list_init(&pairs->asked);
	list_init(&pairs->tracks);
	list_init(&pairs->bindings);
	pairs->calls = call_ops;
	pairs->calls.role = kind->role;
	pairs->calls.capabilities = kind->capabilities;
	pairs->calls.plain_capabilities = kind->plain_capabilities;
	pairs->calls.ncapabilities = kind->ncapabilities;
	if (agent_begin(&pairs->agent, n, ops) != 0)
		return ERR_NOMEM;
	if (str_u32(str_of(node_attr(n, "throughput", "")), &rate) != 0)
		return 0;
	return overload_create(&pairs->overload, n, rate, false);
}

void
pairs_end(struct pairs *pairs)
{
	pair_passed_end(pairs);
	pair_tracks_end(pairs);
	pair_bindings_end(pairs);
	agent_usages_end(&pairs->agent);
	list_each (struct pair, p, &pairs->pairs, link) {
		assert(ref_holders(p) == 1);
		pair_free(p);
	}
	overload_destroy(pairs->overload);
	agent_end(&pairs->agent);
}

void
pair_role_stop(void *role)
{
	pairs_end(role);
}

int
controlled_verb_bye(const struct node_act *a)
{
	struct agent_call *c = agent_call_find(a->role, a->object);

	return c != NULL ? agent_call_bye(c, a->d)
			 : diag_set(a->d, ERR_NOTFOUND, NULL, 0,
			       _("%s no longer has a call %s"),
			       ((struct pairs *)a->role)->agent.node->name,
			       a->object);
}

/* ---- Branches of the second party ---- */

struct pair_branch *
pair_find_branch(struct pair *p, const struct msg *m)
{
	list_each (struct pair_branch, b, &p->branches, link)
		if (str_is(msg_tag_of(m, MSG_H_TO), b->tag))
			return b;
	return NULL;
}

static void
free_branch(struct pair_branch *b)
{
	list_remove(&b->link);
	mem_free(b->tag);
	mem_free(b->heard);
	mem_free(b);
}

/* What P's branches have said is forgotten. */
static void
pair_branches_free(struct pair *p)
{
	list_each (struct pair_branch, b, &p->branches, link)
		free_branch(b);
	mem_free(p->branch);
	p->branch = NULL;
}

/* The branch of M says SDP.  0 or ERR_NOMEM. */
static int
note_branch(struct pair *p, const struct msg *m, struct str sdp)
{
	struct pair_branch *b = pair_find_branch(p, m);
	struct str tag = msg_tag_of(m, MSG_H_TO);

	if (b == NULL) {
		b = mem_zalloc(1, sizeof(*b));
		if (b == NULL)
			return ERR_NOMEM;
		list_init(&b->link);
		list_append(&p->branches, &b->link);
		b->tag = mem_dup(tag.p, tag.n);
	}
	mem_free(b->heard);
	b->heard = mem_dup(sdp.p, sdp.n);
	if (b->tag != NULL && b->heard != NULL)
		return 0;
	free_branch(b);
	return ERR_NOMEM;
}

/* A proxy behind a box may ring several phones for its second party (RFC 3261
 * 16.6), each in an early dialog with a session of its own (RFC 6337 2.2).  The
 * first party has one early dialog, which stands for all of them. */
bool
pair_is_first_branch(struct pair *p, struct agent_call *c, const struct msg *m)
{
	struct str tag = msg_tag_of(m, MSG_H_TO);

	if (note_branch(p, m, agent_call_sdp_of(m)) != 0)
		agent_fail_memory(c->agent);
	if (p->branch == NULL) {
		p->branch = mem_dup(tag.p, tag.n);
		agent_call_prefer(c, m);
	}
	return p->branch != NULL && str_is(tag, p->branch);
}

void
pair_pass_early_ended(struct pair *p, struct agent_call *c, const struct msg *m)
{
	struct pair_leg *first = p->legs[0], *h = pair_leg_of(c);
	struct pair_branch *b = pair_find_branch(p, m);
	bool told =
	    p->branch != NULL && str_is(msg_tag_of(m, MSG_H_TO), p->branch);

	if (b != NULL)
		free_branch(b);
	if (c->main != NULL && (!told || c->reliable.taken != 0))
		return;
	pair_carry_fields(p, m);
	if (!agent_call_tell_ended(&first->call))
		return;
	mem_free(p->branch);
	p->branch = NULL;
	pair_media_forget(h, false);
	pair_relay_follow(p);
	pair_sdp_renew(&p->sdp, 0);
	if (c->main != NULL) {
		pair_forget_fields(p);
		pair_give_phrase(p, NULL);
		agent_call_ring(&first->call,
		    pair_nearest_progress(c->main->prack.progress));
	}
}
