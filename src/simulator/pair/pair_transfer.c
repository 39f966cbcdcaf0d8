/*
 * A REFER that a box carries out itself (RFC 3515, RFC 3725 7): it calls the
 * target in the place of who has asked, without an offer; what that offers the
 * party that stays hears in a re-INVITE, whose answer goes into the target's
 * ACK.  Until then who has asked stands aside: where the target can't be had
 * all is as it was.
 */
#include "pair/pair_in.h"

#include "base/err.h"
#include "rules/rule_names.h"

#include <string.h>

/* Attribute `refers`; one that names a dialog to be replaced is passed on,
 * since that dialog is the asker's (machine/passing.h). */
bool
pair_carries_out(const struct agent_call *c, const struct msg *m)
{
	const char *way = node_attr(c->agent->node, "refers", "pass");
	struct str to = msg_value(m, MSG_H_REFER_TO);

	return strcmp(way, "do") == 0 && str_find(to, "Replaces=") < 0;
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
call_target(struct pairs *pairs, const struct pair_leg *other,
    const struct agent_refer_target *to, struct str by,
    struct agent_call **made)
{
	const struct node_face *face =
	    agent_face_toward(&pairs->agent, buf_view(&to->uri));
	struct buf from = BUF_INIT, referrer = BUF_INIT;
	struct node_fields fields = { 0 };
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
	node_fields_free(&fields);
	buf_free(&from);
	buf_free(&referrer);
	return err;
}

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
	err = call_target(p->pairs, other, to, by, made);
	if (err != 0)
		return err;
	p->sdp.addr[side] = (*made)->face->addr;
	/* RFC 3725 7: what it has said to who has asked is no answer to the
	 * target. */
	other->fresh = false;
	pair_leg_leave(h);
	h->aside_of = p;
	p->aside = h;
	p->refusal.status = 0;
	pair_add_leg(p, side, *made);
	pair_sdp_forget(&p->sdp, side);
	pair_relay_follow(p);
	pair_step(p, EVENT_TRANSFER, (struct pair_input){ side, 0 });
	return 0;
}

struct pair_leg *
pair_partner(const struct pair_leg *h)
{
	const struct pair *p = h->pair;

	if (h->aside_of != NULL)
		return h->aside_of->legs[!h->side];
	if (p != NULL && p->aside != NULL && pair_is(p, STATE_SECOND) &&
	    p->aside->side != h->side)
		return p->aside;
	return pair_other(h);
}

void
pair_leave_aside(struct pair_leg *h)
{
	if (h->aside_of != NULL)
		h->aside_of->aside = NULL;
	h->aside_of = NULL;
}

/* The one who stood aside comes back to the place that is empty now. */
bool
pair_take_back(struct pair *p)
{
	struct pair_leg *h = p->aside;
	struct pair_leg *other = h != NULL ? p->legs[!h->side] : NULL;

	if (h == NULL || !pair_is(p, STATE_SECOND) ||
	    p->legs[h->side] != NULL || other == NULL ||
	    h->call.machine.state >= STATE_TERMINATING)
		return false;
	pair_leave_aside(h);
	pair_sdp_forget(&p->sdp, h->side);
	pair_sdp_resume(&p->sdp, h->side, &h->origin);
	p->sdp.addr[h->side] = h->call.face->addr;
	other->fresh = other->heard != NULL;
	if (h->heard != NULL &&
	    pair_sdp_hear(&p->sdp, h->side, str_of(h->heard)) == ERR_NOMEM)
		agent_fail_memory(h->call.agent);
	pair_add_leg(p, h->side, &h->call);
	pair_relay_follow(p);
	pair_step(p, EVENT_CHANGE_REFUSED, (struct pair_input){ h->side, 0 });
	return true;
}
