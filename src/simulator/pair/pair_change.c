/*
 * What changes a session goes on through a pair: RFC 3264, RFC 3311, RFC 3725
 * 7, RFC 6337 5.  Each call makes its offers and answers of what the other
 * party has said last (struct agent_call_ops, `describe`).
 */
#include "pair/pair_in.h"
#include "pair/pair_sdp_in.h"

#include "agent/refusal.h"
#include "base/err.h"
#include "base/ref.h"
#include "machine/passing.h"
#include "msg/header_names.h"
#include "rules/rule_names.h"

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
	bool updates = pair_partner(h)->update != NULL && h->updates;

	/* RFC 3311 5.1: in an early dialog there is nothing else. */
	return early || updates ? agent_call_update(c, true, NULL)
				: agent_call_reinvite(c, late, NULL);
}

/* A party's change can't be asked of the other one: what the party hears. */
static enum rule_id
find_change_rule(const struct pair_leg *h, enum pass_fault fault)
{
	const struct pair *p = pair_within(h);

	return fault == PASS_FAULT_PENDING && p != NULL && p->flow != NULL
		   ? RULE_THIRD_PENDING
		   : pass_faults[fault].rule;
}

/* Why the other party could not be asked, where ERR is: in an early dialog, and
 * in a later one. */
static const struct {
	int err;
	enum pass_fault early, late;
} unasked[] = {
	{ ERR_STATE, PASS_FAULT_LATE, PASS_FAULT_PENDING },
	{ ERR_UNSUPPORTED, PASS_FAULT_UNPASSED, PASS_FAULT_UNPASSED },
	{ 0, PASS_FAULT_NO_PORT, PASS_FAULT_NO_PORT }, /* any other */
};

static void
refuse_unasked(struct pair_leg *h, int err, bool early)
{
	enum pass_fault fault;
	size_t i = 0;

	while (unasked[i].err != 0 && unasked[i].err != err)
		i++;
	fault = early ? unasked[i].early : unasked[i].late;
	refuse_waiting(
	    h, pass_faults[fault].status, find_change_rule(h, fault));
}

/* H's party asks for a change, without an offer where LATE: the other party is
 * asked, and H's waits. */
static void
pass_change(struct pair_leg *h, bool late)
{
	struct pair_leg *other = pair_partner(h);
	struct pair *p = pair_within(h);
	bool early = pair_is(p, STATE_SECOND) && p->target == NULL;
	int err = late || h->now.fresh ? 0 : ERR_UNSUPPORTED;

	h->late = late;
	h->undo = false;
	if (p->flow == NULL)
		other->now.fresh = false;
	if (late)
		h->now.fresh = false;
	/* What undoes the change before would wait for its turn (14.1): what
	 * this party wants now goes out in its place. */
	agent_call_replace_again(&other->call, RULE_PAIR_UNDONE);
	if (err == 0)
		err = ask_too(other, early, late);
	if (err == 0)
		return;
	h->late = false;
	pair_media_restore(h);
	if (p->flow == NULL)
		other->now.fresh = other->now.text != NULL;
	refuse_unasked(h, err, early);
}

/* H's party says again what was agreed: the other was asked already. */
static bool
is_agreed_again(const struct pair_leg *h, struct str sdp)
{
	return sdp.n > 0 && h->kept.offered && h->kept.text != NULL &&
	       str_is(sdp, h->kept.text);
}

/* H's party holds, and the box hides that from the other one. */
static bool
swallows(const struct pair_leg *h, struct str sdp)
{
	bool receives;

	return (pair_within(h)->policy.faults &
		   PAIR_FAULT_BIT(PAIR_FAULT_HOLD)) != 0 &&
	       sip_sdp_text_receives(sdp, &receives) && !receives;
}

void
pair_on_stop(struct agent_call *c)
{
	struct pair_leg *h = pair_leg_of(c);
	struct sip_transaction *tr = take_update(h);

	pair_stop_patience(c);
	pair_part_soon(h);
	/* 15.1.2, as in a re-INVITE. */
	if (tr != NULL)
		agent_call_update_refuse(c, tr, 487, RULE_BYE_487);
}

bool
pair_on_change(struct agent_call *c)
{
	struct pair_leg *h = pair_leg_of(c);
	struct str sdp = agent_call_sdp_of(
	    world_read(c->agent->node->world, c->reinvite.change));

	if (pair_partner(h) == NULL)
		return false;
	if (pair_within(h)->flow == NULL &&
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
	struct pair_leg *h = pair_leg_of(c), *other = pair_partner(h);

	if (other == NULL)
		return;
	h->undo = true;
	agent_call_cancel(&other->call, NULL);
}

bool
pair_asks_for(const struct agent_call *c)
{
	const struct pair_leg *h = (const void *)c, *other = pair_partner(h);

	return other != NULL && pair_is_changing(other);
}

/* What H's party has taken back was accepted by ASKED's; an offer of ASKED's,
 * whose ACK waits, is answered by what H's has had last (13.2.2.4). */
static void
undo_change(struct pair_leg *h, struct pair_leg *asked)
{
	h->undo = h->late = false;
	ref_drop(asked->before);
	asked->before = ref_keep(asked->kept.text);
	pair_media_keep(asked, false);
	pair_media_restore(h);
	h->now.fresh = h->now.text != NULL; /* of a controller's as well */
	agent_call_ack_late(&asked->call);
	asked->now.fresh = false;
	if (agent_call_reinvite_by(&asked->call, RULE_PAIR_UNDONE) != 0)
		agent_call_bye_because(&asked->call, RULE_PAIR_UNFIT);
}

void
pair_change_back(struct pair_leg *h, struct pair_leg *stays, bool agreed)
{
	if (agreed) {
		undo_change(h, stays);
		return;
	}
	pair_media_restore(h);
	pair_media_restore(stays);
	h->undo = stays->call.reinvite.own != NULL &&
		  agent_client_is_pending(stays->call.reinvite.own);
	if (h->undo)
		agent_call_cancel(&stays->call, NULL);
}

static void
on_update_ended(struct sip_transaction *tr, void *arg)
{
	struct pair_leg *h = arg;

	if (h->update == tr)
		h->update = NULL;
}

static const struct sip_transaction_ops update_ops = { .ended =
							   on_update_ended };

bool
pair_on_update(struct agent_call *c, const struct sip_in *in)
{
	struct pair_leg *h = pair_leg_of(c);
	struct str sdp = agent_call_sdp_of(in->m);

	if (pair_partner(h) == NULL ||
	    (pair_within(h)->flow == NULL &&
		(is_agreed_again(h, sdp) || swallows(h, sdp))))
		return false;
	h->update = in->tr;
	sip_transaction_set_user(in->tr, &update_ops, h);
	pass_change(h, false);
	return true;
}

/* Whether the other side of H can be asked what M, a change, asks: 14.2, RFC
 * 3725 6 (figure 5); PASS_FAULT_COUNT: it can. */
static enum pass_fault
judge_change(const struct pair_leg *h, const struct msg *m)
{
	const struct pair_leg *other = pair_partner(h);
	const struct pair *p = pair_within(h);
	bool called =
	    p != NULL && p->target == NULL && pair_is(p, STATE_SECOND);

	if (other == NULL)
		return PASS_FAULT_ALONE;
	/* Another phone has been told of. */
	if (called && p->branch != NULL && h->side == 1 &&
	    !str_is(msg_tag_of(m, MSG_H_FROM), p->branch))
		return PASS_FAULT_LATE;
	if (pair_is_changing(other) || pair_is_changing(h) ||
	    !(pair_is(p, STATE_JOINED) || pair_is(p, STATE_SECOND)) ||
	    (called && m->method != MSG_UPDATE))
		return PASS_FAULT_PENDING;
	return PASS_FAULT_COUNT;
}

bool
pair_on_refuse_change(struct agent_call *c, const struct sip_in *in)
{
	struct pair_leg *h = pair_leg_of(c);
	const struct pair *p = pair_within(h);
	bool offers = agent_call_sdp_of(in->m).n > 0;
	enum pass_fault fault;

	if (agent_refuse_interval(c->agent, in))
		return true;
	/* An UPDATE without an offer is this call's own business. */
	if (in->m->method == MSG_UPDATE && !offers)
		return false;
	fault = judge_change(h, in->m);
	if (fault != PASS_FAULT_COUNT)
		node_answer(c->agent->node, in, pass_faults[fault].status,
		    find_change_rule(h, fault));
	else if (p->flow != NULL && !offers)
		node_answer(c->agent->node, in, 488, RULE_THIRD_NO_OFFER);
	else
		return false;
	return true;
}

/* ---- responses ---- */

/* The next line of *REST but o= and sendrecv, the direction of a stream without
 * one. */
static struct str
next_said(struct str *rest)
{
	struct str line;

	do
		line = pair_sdp_line(rest);
	while (str_starts(line, "o=") || str_starts(line, "a=sendrecv"));
	return line;
}

static bool
say_same(struct str a, struct str b)
{
	struct str x, y;

	do {
		x = next_said(&a);
		y = next_said(&b);
	} while (x.n > 0 && str_eq(x, y));
	return str_eq(x, y);
}

/* The party of OTHER has taken a change back, and ASKED's has gone back, or has
 * not: what ASKED's says now OTHER's is to be told, where it is something else
 * than before. */
static void
tell_undone(struct pair_leg *asked, struct pair_leg *other)
{
	bool same = say_same(str_of(asked->before), str_of(asked->kept.text));

	ref_drop(asked->before);
	asked->before = NULL;
	asked->now.fresh |= !same;
	if (!same)
		agent_call_reinvite(&other->call, false, NULL);
}

void
pair_accept_change(struct pair *p, struct pair_input in)
{
	struct pair_leg *asked = pair_voice(p, in.side);
	struct pair_leg *other = pair_voice(p, !in.side);

	p->adopts = false;
	if (other->undo) {
		undo_change(other, asked);
		return;
	}
	if (p->flow != NULL)
		other->now.fresh = false;
	p->renewed |= pair_is(p, STATE_SECOND) && p->target == NULL;
	accept_waiting(other);
	if (p->flow != NULL)
		asked->now.fresh = false;
	/* Else the answer is in the ACK. */
	if (!other->late) {
		pair_media_keep(other, true);
		pair_media_keep(asked, false);
	}
	if (asked->before != NULL)
		tell_undone(asked, other);
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
	struct pair_leg *asked = pair_voice(p, in.side);
	struct pair_leg *other = pair_voice(p, !in.side);

	other->undo = other->late = false;
	/* The phone that has answered can't be talked with. */
	if (p->adopts) {
		pair_step(p, EVENT_LEFT, in);
		return;
	}
	pair_media_restore(other);
	pair_media_restore(asked);
	refuse_waiting(other, in.status,
	    p->flow != NULL ? RULE_THIRD_PASSED : RULE_PAIR_CHANGE);
	if (asked->before != NULL)
		tell_undone(asked, other);
}

void
pair_on_changed(struct agent_call *c, unsigned status)
{
	struct pair_leg *h = pair_leg_of(c), *other = pair_partner(h);
	struct pair_input in = { h->side, status };
	struct pair *p = pair_within(h);
	bool silent, refused = status >= 300;

	if (other == NULL)
		return;
	/* The first has to say something to the second's offer. */
	silent = pair_is(p, STATE_ADAPTING) && !h->now.fresh;
	if (pair_is(p, STATE_ADAPTING) && (refused || silent) &&
	    pair_drop_target(p, status))
		return;
	if (!pair_is(p, STATE_SECOND))
		pair_step(p,
		    refused || silent ? EVENT_CHANGE_REFUSED
				      : EVENT_CHANGE_ACCEPTED,
		    in);
	/* An UPDATE before the answer is not a step. */
	else if (refused)
		pair_refuse_change(p, in);
	else
		pair_accept_change(p, in);
}
