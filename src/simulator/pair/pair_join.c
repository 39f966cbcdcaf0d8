/*
 * Pairs whose parties are called by the box itself: both (RFC 3725 4), after a
 * wait, for a REFER that it carries out (7).
 */
#include "pair/pair_in.h"

#include "agent/refer.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/ref.h"
#include "msg/header_names.h"
#include "node/timer.h"
#include "rules/rule_names.h"
#include "sip/defaults.h"

/* ---- A caller who waits ---- */

void *
pair_user(const struct pair *p)
{
	return p->user;
}

void
pair_set_user(struct pair *p, void *user)
{
	p->user = user;
}

/* ---- what the first party hears ---- */

void
pair_give_phrase(struct pair *p, char *text)
{
	p->legs[0]->mask.phrase = text;
	mem_free(p->phrase);
	p->phrase = text;
}

/* RFC 3262 5: the first reliable response would have to offer, and neither
 * party has described its session. */
static void
tell_first_party(struct pair *p, unsigned status, char *text)
{
	if (p->mute) {
		mem_free(text);
		return;
	}
	pair_give_phrase(p, text);
	agent_call_ring(&p->legs[0]->call, status);
}

void
pair_tell_waiting(struct pair *p, const char *text)
{
	char *copy = mem_strdup(text);

	if (copy == NULL)
		agent_fail_memory(&p->pairs->agent);
	else if (p->legs[0] != NULL &&
		 agent_call_is_ringing(&p->legs[0]->call)) {
		tell_first_party(p, 182, copy);
		return;
	}
	mem_free(copy);
}

void
pair_refuse(struct pair *p, unsigned status, enum rule_id why)
{
	if (p->legs[0] != NULL && agent_call_is_ringing(&p->legs[0]->call))
		agent_call_reject(&p->legs[0]->call, status, NULL, why);
}

/* ---- who is called ---- */

bool
pair_is_trying(const struct pair *p)
{
	return !list_empty(&p->tried);
}

bool
pair_is_unanswered(const struct pair *p)
{
	return p->waits && pair_is(p, STATE_SECOND) && p->legs[0] != NULL &&
	       p->legs[1] == NULL && !pair_is_trying(p);
}

static void
leave_tried(struct pair_leg *h)
{
	list_remove(&h->link);
	h->tried = false;
	pair_note_left(h->pair);
	pair_leg_leave(h);
}

/*
 * The second party of a caller who waits is called when the role says so, and
 * may be several, one after another or at once, each in a call of its own.  The
 * first of them to answer is the second party; until then the caller hears a
 * 182 or a 180 of the box's own, and no description of theirs.
 */
int
pair_try(struct pair *p, struct str uri, void *who)
{
	struct agent_call *c;
	struct pair_leg *h;
	int err = pair_call_party(p, uri, &c);

	if (err != 0)
		return err;
	h = pair_leg_of(c);
	c->mask = &h->mask;
	h->pair = p;
	h->side = 1;
	h->tried = true;
	h->who = who;
	list_append(&p->tried, &h->link);
	if (pair_is(p, STATE_FIRST))
		pair_step(p, EVENT_INVITE_SENT, (struct pair_input){ 1, 0 });
	return 0;
}

void
pair_try_end(struct pair *p, enum rule_id why)
{
	/* Each may end at once, and its end may make others end. */
	ref_keep(p);
	while (pair_is_trying(p)) {
		struct pair_leg *h =
		    LIST_ENTRY(p->tried.next, struct pair_leg, link);

		leave_tried(h);
		/* RFC 3326 2: the reason that another phone has answered. */
		if (p->legs[1] != NULL &&
		    agent_call_give_reason(&h->call,
			"SIP;cause=200;text=\"Call completed elsewhere\"") != 0)
			agent_fail_memory(h->call.agent);
		agent_call_bye_because(&h->call, why);
	}
	ref_drop(p);
}

void
pair_give_up(struct pair *p)
{
	struct pairs *pairs = p->pairs;

	pair_try_end(p, RULE_PAIR_SILENT);
	pairs->calls.ended(&pairs->agent);
}

void
pair_try_progress(struct pair_leg *h, const struct sip_in *in)
{
	struct pair_leg *first = h->pair->legs[0];

	if (in->m->status == 180 && first != NULL &&
	    first->call.in.progress != 180 &&
	    agent_call_is_ringing(&first->call))
		tell_first_party(h->pair, 180, NULL);
}

void
pair_try_answered(struct pair_leg *h)
{
	struct pair *p = h->pair;

	leave_tried(h);
	pair_add_leg(p, 1, &h->call);
	p->legs[0]->now.fresh = false;
	pair_try_end(p, RULE_PAIR_TAKEN);
	p->pairs->kind->waits->answered(p, h->who);
}

void
pair_try_left(struct pair_leg *h)
{
	struct pairs *pairs = h->pair->pairs;

	leave_tried(h);
	pairs->kind->waits->lost(pairs, h->who, h->call.status);
}

void
pair_try_over(struct pair_leg *h)
{
	struct pairs *pairs = pairs_of(h->call.agent);
	void *who = h->who;

	h->who = NULL;
	pairs->kind->waits->over(pairs, who);
}

void
pair_wait_parted(struct pair *p)
{
	if (p->waits && p->user != NULL)
		p->pairs->kind->waits->parted(p);
	p->user = NULL;
}

/* ---- A REFER that a box carries out itself: RFC 3515, RFC 3725 7 ---- */

/* Attribute `refers` has WORD. */
static bool
refers_by(const struct agent *agent, const char *word)
{
	return str_has_word(
	    str_of(node_attr(agent->node, "refers", "pass")), str_of(word));
}

static bool
rolls_back(const struct pairs *pairs)
{
	return refers_by(&pairs->agent, "rollback");
}

/* One that names a dialog to be replaced is passed on, since that dialog is the
 * asker's (machine/passing.h). */
bool
pair_carries_out(const struct agent_call *c, const struct msg *m)
{
	return (refers_by(c->agent, "do") || refers_by(c->agent, "rollback")) &&
	       str_find(msg_value(m, MSG_H_REFER_TO), "Replaces=") < 0;
}

bool
pair_may_refer(const struct agent *agent, const struct agent_call *c)
{
	const struct pair_leg *h = (const struct pair_leg *)(const void *)c;

	(void)agent;
	return c != NULL && h->pair != NULL && h->pair->flow == NULL &&
	       pair_is(h->pair, STATE_JOINED) && pair_other(h) != NULL &&
	       h->pair->aside == NULL;
}

/* Calls TO for the party of OTHER.  0, or why it can't be. */
static int
pair_join_call_target(struct pairs *pairs, const struct pair_leg *other,
    const struct agent_refer_target *to, struct str by,
    struct agent_call **made)
{
	const struct node_face *face =
	    agent_face_toward(&pairs->agent, buf_view(&to->uri), false);
	LOCAL_BUF from = BUF_INIT, referrer = BUF_INIT;
	LOCAL(node_fields_free) struct node_fields fields = { 0 };
	struct agent_call_invite what = {
		.uri = buf_view(&to->uri),
		.late = true,
		.reliable = "no",
		.why = RULE_PAIR_TRANSFER,
	};
	int err;

	buf_printf(&from, "<%s>", other->call.peer);
	pair_hide_party(pairs, face, &from);
	what.from = buf_view(&from);
	buf_str(&referrer, by);
	pair_hide_party(pairs, face, &referrer);
	what.referred_by = buf_view(&referrer);
	err = from.err != 0 || referrer.err != 0
		  ? ERR_NOMEM
		  : node_fields_read(&fields, buf_view(&to->headers), NULL);
	if (err == 0)
		err = agent_call_invite(
		    &pairs->agent, &pairs->calls, &what, &fields, made);
	return err;
}

/*
 * The box calls the target in the place of the party that has asked, without an
 * offer; what the target offers the party that stays hears in a re-INVITE,
 * whose answer goes into the target's ACK.  Until then the party that has asked
 * stands aside: if the target can't be reached, all is as it was.
 */
int
pair_refer(struct agent *agent, struct agent_call *c,
    const struct agent_refer_target *to, struct str by,
    struct agent_call **made)
{
	struct pair_leg *h = c != NULL ? pair_leg_of(c) : NULL, *other;
	struct pair *p = h != NULL ? h->pair : NULL;
	int side, err;

	if (!pair_may_refer(agent, c))
		return ERR_STATE;
	side = h->side;
	other = pair_other(h);
	err = pair_join_call_target(p->pairs, other, to, by, made);
	if (err != 0)
		return err;
	h->pair = NULL;
	h->aside_of = p;
	p->aside = h;
	p->refusal.status = 0;
	pair_add_leg(p, side, *made);
	p->target = p->legs[side];
	pair_step(p, EVENT_TRANSFER, (struct pair_input){ side, 0 });
	return 0;
}

struct pair_leg *
pair_partner(const struct pair_leg *h)
{
	const struct pair *p = pair_within(h);

	if (h->tried || p == NULL)
		return NULL;
	return h->aside_of != NULL || h == p->target ? p->legs[!h->side]
						     : pair_voice(p, !h->side);
}

void
pair_leave_aside(struct pair_leg *h)
{
	if (h->aside_of != NULL)
		h->aside_of->aside = NULL;
	h->aside_of = NULL;
}

/* RFC 3515 2.4.5: a target is not talked with before who stays has agreed. */
bool
pair_on_reports(const struct agent_call *c)
{
	const struct pair_leg *h = (const void *)c;

	return h->pair != NULL && h->pair->target == h;
}

/* The place of SIDE is H's now; what was said to who was there is H's to go on
 * with where it has come back. */
static void
take_place(struct pair *p, struct pair_leg *h)
{
	pair_sdp_forget(&p->sdp, h->side);
	pair_sdp_resume(&p->sdp, h->side, &h->origin);
	p->sdp.addr[h->side] = h->call.face->addr;
	if (h->now.text != NULL &&
	    pair_sdp_hear(&p->sdp, h->side, str_of(h->now.text)) == ERR_NOMEM)
		agent_fail_memory(h->call.agent);
}

static void
join_now(void *arg)
{
	struct pair *p = arg;
	struct pair_leg *h = p->target;

	p->joining = 0;
	if (h != NULL && pair_join_target(h))
		pair_step(
		    p, EVENT_2XX_OFFER, (struct pair_input){ h->side, 0 });
}

/* A target's offer waits until a change under way has come to its end. */
#define JOIN_AGAIN (100 * SIM_MS)

bool
pair_join_target(struct pair_leg *h)
{
	struct pair *p = h->pair;
	struct pair_leg *stays = p->legs[!h->side];
	struct sim *sim = agent_sim(h->call.agent);

	if (stays != NULL && p->aside != NULL &&
	    agent_call_may_change(&stays->call, NULL) != 0) {
		p->joining = sim_at(sim, sim_now(sim) + JOIN_AGAIN,
		    p->pairs->agent.node->name, join_now, p);
		return false;
	}
	h->origin = pair_sdp_origin(&p->sdp, h->side);
	if (p->aside != NULL)
		p->aside->origin = h->origin;
	h->origin.version = 0;
	h->origin.told = 0;
	take_place(p, h);
	pair_relay_follow(p);
	return true;
}

/* Who has asked for a transfer is back in the place of who is gone. */
static void
come_back(struct pair *p)
{
	struct pair_leg *h = p->aside, *stays = p->legs[!h->side];
	bool placed = !pair_is(p, STATE_SECOND);
	bool agreed = pair_is(p, STATE_JOINED);

	sim_cancel(agent_sim(h->call.agent), p->joining);
	p->joining = 0;
	p->target = NULL;
	pair_leave_aside(h);
	if (placed) {
		take_place(p, h);
		pair_sdp_agree(&p->sdp, h->side);
	}
	pair_add_leg(p, h->side, &h->call);
	pair_step(p, EVENT_TRANSFER_FAILED, (struct pair_input){ h->side, 0 });
	if (placed)
		pair_change_back(h, stays, agreed);
	pair_relay_follow(p);
}

bool
pair_take_back(struct pair *p)
{
	struct pair_leg *h = p->aside;

	if (h == NULL || p->legs[h->side] != NULL ||
	    p->legs[!h->side] == NULL || pair_is(p, STATE_PARTING) ||
	    h->call.machine.state >= STATE_TERMINATING)
		return false;
	come_back(p);
	return true;
}

bool
pair_drop_target(struct pair *p, unsigned status)
{
	struct pair_leg *h = p->aside, *target;

	if (h == NULL || h->call.machine.state >= STATE_TERMINATING)
		return false;
	target = p->legs[h->side];
	agent_refer_outcome(&target->call, status >= 300 ? status : 488);
	p->legs[h->side] = NULL;
	pair_leg_leave(target);
	agent_call_ack_late(&target->call);
	agent_call_bye_because(&target->call, RULE_PAIR_UNFIT);
	come_back(p);
	return true;
}

/* ---- Both parties are called: RFC 3725 4 ---- */

/* The flows of RFC 3725 4.  What one party says is passed on when the other
 * one's call has to say something: an ACK that needs it waits for it. */
const struct pair_flow *
pair_flow_at(size_t i)
{
	static const struct pair_flow flows[] = {
		{ "I", RULE_THIRD_FLOW_I, .offer_second = true },
		{ "III", RULE_THIRD_FLOW_III, .hole_first = true },
		{ "IV", RULE_THIRD_FLOW_IV, .empty_first = true },
	};

	return i < COUNT_OF(flows) ? &flows[i] : NULL;
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
	LOCAL_BUF body = BUF_INIT;
	bool offers = p->flow->offer_second;
	int err = 0;

	(void)in;
	if (offers)
		err = pair_pass_sdp(p, 1,
		    str_of(first->now.fresh ? first->now.text : ""), true,
		    &body);
	first->now.fresh = false;
	if (err == 0 && offers && body.n == 0)
		err = ERR_SYNTAX;
	if (err == 0)
		err = call_party(
		    p, 1, p->second, offers ? buf_cstr(&body) : NULL);
	agent_fail_nomem(&p->pairs->agent, err);
	pair_step(p, err == 0 ? EVENT_INVITE_SENT : EVENT_NOT_SENT,
	    (struct pair_input){ 1, 0 });
}

/* Flows III and IV: the second's offer is made to the first. */
void
pair_offer_first(struct pair *p, struct pair_input in)
{
	struct pair_leg *first = p->legs[!in.side];

	first->now.fresh = false;
	p->target = NULL;
	if (!p->legs[in.side]->now.fresh ||
	    agent_call_reinvite(&first->call, false, NULL) != 0)
		pair_step(p, EVENT_NOT_SENT, in);
}

/* The first's answer is the second's, in its ACK. */
void
pair_answer_second(struct pair *p, struct pair_input in)
{
	struct pair_leg *answered = p->legs[in.side];
	struct pair_leg *offered = p->legs[!in.side];

	pair_media_keep(offered, true);
	pair_media_keep(answered, false);
	if (p->flow == NULL) {
		agent_refer_outcome(&offered->call, 200);
		if (p->aside != NULL && !rolls_back(p->pairs))
			pair_leave_aside(p->aside);
		return;
	}
	offered->now.fresh = false;
	agent_call_ack_late(&offered->call);
	answered->now.fresh = false;
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
	    agent_face_toward(&pairs->agent, second, false)->addr;
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
	LOCAL_MEM char *uri = mem_dup(first.p, first.n);
	LOCAL_BUF body = BUF_INIT;
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
	return err;
}
