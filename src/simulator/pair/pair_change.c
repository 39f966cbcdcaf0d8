/*
 * What changes a session goes on through a pair: RFC 3264, RFC 3311, RFC 3725
 * 7, RFC 6337 5.  Each call makes its offers and answers of what the other
 * party has said last (struct agent_call_ops, `describe`).
 */
#include "pair/pair_in.h"

#include "agent/refusal.h"
#include "base/err.h"
#include "base/mem.h"
#include "machine/passing.h"
#include "msg/header_names.h"
#include "rules/rule_names.h"

/* ---- session descriptions ---- */

void
pair_on_described(struct agent_call *c, struct str sdp)
{
	struct pair_leg *h = pair_leg_of(c), *other = pair_other(h);
	int err = 0;

	if (sdp.n == 0)
		return;
	mem_free(h->heard);
	h->heard = mem_dup(sdp.p, sdp.n);
	h->fresh = h->heard != NULL;
	if (!h->fresh)
		err = ERR_NOMEM;
	else if (h->pair != NULL)
		err = pair_sdp_hear(&h->pair->sdp, h->side, sdp);
	if (err == ERR_NOMEM)
		agent_fail_memory(c->agent);
	else if (err != 0)
		h->fresh = false; /* more streams than it can keep apart */
	if (h->pair != NULL)
		pair_relay_follow(h->pair);
	/* An ACK that waits for this; a controller says when. */
	if (other != NULL && h->pair->flow == NULL)
		agent_call_ack_late(&other->call);
}

int
pair_pass_sdp(
    struct pair *p, int side, struct str text, bool offers, struct buf *out)
{
	const struct node *n = p->pairs->agent.node;
	const struct pair_leg *h = p->legs[side];
	struct pair_sdp_way way = {
		.offers = offers,
		.codecs = p->flow == NULL ? node_attr(n, "codecs", NULL) : NULL,
		.transcodes = p->policy.transcodes,
		.offer = str_of(h != NULL ? h->heard : NULL),
	};
	int err = pair_sdp_pass(&p->sdp, side, text, &way, out);

	pair_relay_follow(p);
	return err;
}

/* What the other party of H has said last, as H's gets it. */
static int
pass_description(struct pair_leg *h, bool offers, struct buf *out)
{
	struct pair *p = h->pair;
	struct pair_leg *other = pair_other(h);
	bool known = other != NULL && other->heard != NULL;

	/* A box may repeat the agreed session as an offer: RFC 4028 7.4. */
	if (p->flow != NULL || !offers)
		known = known && other->fresh;
	if (!known)
		return ERR_STATE;
	return pair_pass_sdp(p, h->side, str_of(other->heard), offers, out);
}

/* What H says that belongs to no pair any more, or stands aside. */
static void
write_hole(struct pair_leg *h, struct str offer, struct buf *out)
{
	struct pair_sdp alone = { .addr[0] = h->call.face->addr };

	pair_sdp_resume(&alone, 0, &h->origin);
	if (offer.n > 0)
		pair_sdp_hole(&alone, 0, offer, out);
	else
		pair_sdp_empty(&alone, 0, out);
	h->origin = pair_sdp_origin(&alone, 0);
	pair_sdp_free(&alone);
}

/* OFFER, in a provisional response, is of another phone than that whose offer
 * the first party was told: RFC 3262 5. */
static bool
pair_change_is_beside(const struct pair_leg *h, struct str offer)
{
	return pair_is(h->pair, STATE_SECOND) && h->pair->flow == NULL &&
	       h->side == 1 && h->call.machine.state < STATE_CONFIRMED &&
	       offer.n > 0 && h->heard != NULL && !str_is(offer, h->heard);
}

int
pair_on_describe(struct agent_call *c, struct str offer, char **sdp)
{
	struct pair_leg *h = pair_leg_of(c);
	struct pair *p = h->pair;
	LOCAL_BUF out = BUF_INIT;
	int err = 0;

	if (p == NULL)
		/* It is hung up at once; its offer has an answer before that.
		 */
		write_hole(h, offer, &out);
	else if (pair_is(p, STATE_PARTING) || h->leaving ||
		 c->end.cancel_wanted)
		pair_sdp_empty(&p->sdp, h->side, &out);
	else if (pair_is(p, STATE_FIRST) && p->flow != NULL &&
		 p->flow->hole_first)
		pair_sdp_hole(&p->sdp, h->side, offer, &out);
	else if (pair_change_is_beside(h, offer)) {
		/* Nothing flows until it has answered, and hears the other. */
		pair_sdp_hole(&p->sdp, h->side, offer, &out);
		p->renewed = true;
	} else
		err = pass_description(h, offer.n == 0, &out);
	if (err == 0)
		*sdp = buf_take(&out);
	return err != 0 ? err : *sdp != NULL ? 0 : ERR_NOMEM;
}

void
pair_remember(struct pair_leg *h, bool offered)
{
	h->offered = offered;
	mem_free(h->agreed);
	h->agreed = h->heard != NULL ? mem_strdup(h->heard) : NULL;
	if (h->heard != NULL && h->agreed == NULL)
		agent_fail_memory(h->call.agent);
	pair_sdp_agree(&h->pair->sdp, h->side);
}

/* What H's party has said last came to nothing: what was agreed stands. */
static void
forget_offer(struct pair_leg *h)
{
	if (h->agreed != NULL) {
		mem_free(h->heard);
		h->heard = mem_strdup(h->agreed);
		if (h->heard == NULL)
			agent_fail_memory(h->call.agent);
		for (int side = 0; side < 2; side++)
			if (h->pair->legs[side] != NULL &&
			    h->pair->legs[side]->agreed != NULL)
				pair_sdp_undo(&h->pair->sdp, side);
	}
	h->fresh = h->heard != NULL && h->pair->flow == NULL;
	pair_relay_follow(h->pair);
}

/* ---- it goes on ---- */

bool
pair_is_changing(const struct pair_leg *h)
{
	return h->call.reinvite.change != NULL || h->update != NULL;
}

/* The UPDATE of H's party that waits, which is answered now; or NULL. */
static struct sip_transaction *
take_update(struct pair_leg *h)
{
	struct sip_transaction *tr = h->update;

	h->update = NULL;
	if (tr != NULL)
		sip_transaction_set_user(tr, NULL, NULL);
	return tr;
}

static void
accept_waiting(struct pair_leg *h)
{
	struct sip_transaction *tr = take_update(h);

	if (tr != NULL)
		agent_call_update_accept(&h->call, tr);
	else if (h->call.reinvite.change != NULL)
		agent_call_change_accept(&h->call);
}

static void
refuse_waiting(struct pair_leg *h, unsigned status, enum rule_id why)
{
	struct sip_response_spec spec = { .status = status };
	struct sip_transaction *tr = take_update(h);

	if (tr != NULL)
		agent_call_update_refuse(&h->call, tr, status, why);
	else if (h->call.reinvite.change != NULL)
		agent_call_change_refuse(&h->call, &spec, why);
}

/* The call H asks what the other party has asked.  0, or why it can't. */
static int
ask_too(struct pair_leg *h, bool early, bool late)
{
	struct agent_call *c = &h->call;
	bool updates = pair_other(h)->update != NULL && h->updates;

	/* RFC 3311 5.1: in an early dialog there is nothing else. */
	return early || updates ? agent_call_update(c, true, NULL)
				: agent_call_reinvite(c, late, NULL);
}

/* Why a change can't be asked of the other party: what the first to ask hears.
 */
static const struct {
	int err;
	enum pass_fault fault;
} unasked[] = {
	{ ERR_STATE, PASS_FAULT_PENDING },
	{ ERR_UNSUPPORTED, PASS_FAULT_UNPASSED },
	{ 0, PASS_FAULT_NO_PORT }, /* any other */
};

static void
refuse_unasked(struct pair_leg *h, int err, bool early)
{
	const struct pass_fault_row *row;
	size_t i = 0;

	while (unasked[i].err != 0 && unasked[i].err != err)
		i++;
	row = &pass_faults[early && err == ERR_STATE ? PASS_FAULT_LATE
						     : unasked[i].fault];
	refuse_waiting(h, row->status,
	    row->rule == RULE_PAIR_PENDING && h->pair->flow != NULL
		? RULE_THIRD_PENDING
		: row->rule);
}

/* H's party asks for a change, without an offer where LATE: the other party is
 * asked, and H's waits. */
static void
pass_change(struct pair_leg *h, bool late)
{
	struct pair_leg *other = pair_other(h);
	bool third = h->pair->flow != NULL;
	bool early = pair_is(h->pair, STATE_SECOND);
	int err = late || h->fresh ? 0 : ERR_UNSUPPORTED;

	h->late = late;
	h->undo = false;
	if (!third)
		other->fresh = false;
	if (late)
		h->fresh = false;
	if (err == 0)
		err = ask_too(other, early, late);
	if (err == 0)
		return;
	forget_offer(h);
	if (!third)
		other->fresh = other->heard != NULL;
	refuse_unasked(h, err, early);
}

/* H's party says again what was agreed: the other was asked already. */
static bool
is_agreed_again(const struct pair_leg *h, struct str sdp)
{
	return sdp.n > 0 && h->offered && h->agreed != NULL &&
	       str_is(sdp, h->agreed);
}

/* H's party holds, and the box hides that from the other one. */
static bool
swallows(const struct pair_leg *h, struct str sdp)
{
	bool receives;

	return (h->pair->policy.faults & PAIR_FAULT_BIT(PAIR_FAULT_HOLD)) !=
		   0 &&
	       sip_sdp_says_receives(sdp, &receives) && !receives;
}

void
pair_on_stop(struct agent_call *c)
{
	struct pair_leg *h = pair_leg_of(c);
	struct sip_transaction *tr = take_update(h);

	pair_stop_patience(c);
	pair_part_soon(h);
	/* 15.1.2, as of a re-INVITE. */
	if (tr != NULL)
		agent_call_update_refuse(c, tr, 487, RULE_BYE_487);
}

bool
pair_on_change(struct agent_call *c)
{
	struct pair_leg *h = pair_leg_of(c);
	struct str sdp = agent_call_sdp_of(
	    world_read(c->agent->node->world, c->reinvite.change));

	if (pair_other(h) == NULL)
		return false;
	if (h->pair->flow == NULL &&
	    (is_agreed_again(h, sdp) || swallows(h, sdp)))
		return false; /* answered at once, as before */
	pass_change(h, sdp.n == 0);
	return true;
}

/* 9.2, 14.1: the other party's change has no asker any more.  Its CANCEL goes
 * out as soon as it may; a change that it accepts all the same is undone. */
void
pair_on_change_cancelled(struct agent_call *c)
{
	struct pair_leg *h = pair_leg_of(c), *other = pair_other(h);

	if (other == NULL)
		return;
	h->undo = true;
	agent_call_cancel(&other->call, NULL);
}

bool
pair_asks_for(const struct agent_call *c)
{
	const struct pair_leg *h = (const void *)c, *other = pair_other(h);

	return other != NULL && pair_is_changing(other);
}

/* What H's party has taken back was accepted by ASKED's. */
static void
undo_change(struct pair_leg *h, struct pair_leg *asked)
{
	h->undo = false;
	pair_remember(asked, false);
	forget_offer(h);
	asked->fresh = false;
	if (agent_call_reinvite_by(&asked->call, RULE_PAIR_UNDONE) != 0)
		agent_call_bye_because(&asked->call, RULE_PAIR_UNFIT);
}

static void
update_ended(struct sip_transaction *tr, void *arg)
{
	struct pair_leg *h = arg;

	if (h->update == tr)
		h->update = NULL;
}

static const struct sip_transaction_ops update_ops = { .ended = update_ended };

bool
pair_on_update(struct agent_call *c, const struct sip_in *in)
{
	struct pair_leg *h = pair_leg_of(c);
	struct str sdp = agent_call_sdp_of(in->m);

	if (pair_other(h) == NULL ||
	    (h->pair->flow == NULL &&
		(is_agreed_again(h, sdp) || swallows(h, sdp))))
		return false;
	h->update = in->tr;
	sip_transaction_set_user(in->tr, &update_ops, h);
	pass_change(h, false);
	return true;
}

/* 14.2, RFC 3725 6 (figure 5): changes that come while the other side is being
 * asked, or before there is a session to change. */
bool
pair_on_refuse_change(struct agent_call *c, const struct sip_in *in)
{
	struct pair_leg *h = pair_leg_of(c), *other = pair_other(h);
	struct pair *p = h->pair;
	bool offers = agent_call_sdp_of(in->m).n > 0;
	bool updates = in->m->method == MSG_UPDATE;
	bool third = p != NULL && p->flow != NULL;

	if (agent_refuse_interval(c->agent, in))
		return true;
	/* An UPDATE without an offer is this call's own business. */
	if (updates && !offers)
		return false;
	if (p != NULL && p->branch != NULL && pair_is(p, STATE_SECOND) &&
	    h->side == 1 && !str_is(msg_tag_of(in->m, MSG_H_FROM), p->branch)) {
		node_answer(c->agent->node, in,
		    pass_faults[PASS_FAULT_LATE].status,
		    pass_faults[PASS_FAULT_LATE].rule);
		return true;
	}
	if (other == NULL || pair_is_changing(other) || pair_is_changing(h) ||
	    (!pair_is(p, STATE_JOINED) &&
		!(updates && pair_is(p, STATE_SECOND))))
		node_answer(c->agent->node, in, 491,
		    third ? RULE_THIRD_PENDING : RULE_PAIR_PENDING);
	else if (third && !offers)
		node_answer(c->agent->node, in, 488, RULE_THIRD_NO_OFFER);
	else
		return false;
	return true;
}

/* ---- responses ---- */

void
pair_accept_change(struct pair *p, struct pair_input in)
{
	struct pair_leg *asked = p->legs[in.side], *other = p->legs[!in.side];

	if (other->undo) {
		undo_change(other, asked);
		return;
	}
	if (p->flow != NULL)
		other->fresh = false;
	p->renewed |= pair_is(p, STATE_SECOND);
	accept_waiting(other);
	if (p->flow != NULL)
		asked->fresh = false;
	pair_remember(other, !other->late);
	pair_remember(asked, false);
	/* The party that has answered does not know the first party's
	 * description, which went to another phone that rang. */
	if (p->renewed && pair_is(p, STATE_JOINED)) {
		p->renewed = false;
		agent_call_reinvite(&other->call, false, NULL);
	}
}

void
pair_refuse_change(struct pair *p, struct pair_input in)
{
	struct pair_leg *asked = p->legs[in.side], *other = p->legs[!in.side];

	other->undo = false;
	forget_offer(other);
	forget_offer(asked);
	refuse_waiting(other, in.status,
	    p->flow != NULL ? RULE_THIRD_PASSED : RULE_PAIR_CHANGE);
}

void
pair_on_changed(struct agent_call *c, unsigned status)
{
	struct pair_leg *h = pair_leg_of(c), *other = pair_other(h);
	struct pair_input in = { h->side, status };
	struct pair *p = h->pair;
	bool silent, refused = status >= 300;

	if (other == NULL)
		return;
	/* The first has to say something to the second's offer. */
	silent = pair_is(p, STATE_ADAPTING) && !h->fresh;
	if (!pair_is(p, STATE_SECOND))
		pair_step(p,
		    refused || silent ? EVENT_CHANGE_REFUSED
				      : EVENT_CHANGE_ACCEPTED,
		    in);
	/* An UPDATE before the answer is no step. */
	else if (refused)
		pair_refuse_change(p, in);
	else
		pair_accept_change(p, in);
}
