/* UPDATE of either side: RFC 3311 5. */
#include "agent/update.h"

#include "agent/call_in.h"
#include "agent/session_timer.h"
#include "base/err.h"
#include "base/mem.h"
#include "rules/rule_names.h"

#include <string.h>

/* How often an UPDATE goes out again by itself, at most. */
#define UPDATE_TRIES 10

static struct agent_offer_message
describe_update(unsigned status, bool sent, bool described)
{
	return (struct agent_offer_message){
		.method = MSG_UPDATE,
		.status = status,
		.sent = sent,
		.described = described,
	};
}

/* The fields of a message in C: those of session timers once it is answered. */
static void
fill_update_fields(const struct agent_call *c, struct agent_session_fields *f)
{
	if (c->machine.state == STATE_CONFIRMED) {
		agent_session_ask(c, f);
		return;
	}
	f->n = 0;
	for (size_t i = 0;
	     i < c->ops->ncapabilities && f->n < AGENT_SESSION_FIELDS; i++)
		f->list[f->n++] = agent_reliable_capabilities(c)[i];
}

static bool
is_ending(const struct agent_call *c)
{
	return c->over || c->end.bye != NULL ||
	       c->machine.state >= STATE_TERMINATING;
}

/* ---- this side's: 5.1, 5.3 ---- */

static const struct agent_client_ops update_ops;

static int
send_update(struct agent_call *c, enum rule_id why)
{
	struct agent_call_usage *u = c->main;
	struct agent_session_fields f;
	struct sip_request_spec spec = {
		.method = STR("UPDATE"),
		.contact = agent_call_contact(c),
		.headers = f.list,
		.content_type = STR(AGENT_SDP),
	};
	struct agent_request r = { 0 };
	LOCAL_MEM char *sdp = NULL;
	int err = 0;

	if (u->update.described)
		err = agent_call_sdp_make(c, &u->sdp, STR_NULL, true, &sdp);
	fill_update_fields(c, &f);
	spec.nheaders = f.n;
	spec.body = str_of(sdp);
	if (err == 0)
		err = agent_dialog_request(u->usage.dialog, &spec, &r);
	if (err == 0)
		err = agent_client_replace(
		    c->agent, &r, why, &update_ops, u, &u->update.client);
	if (err == 0)
		agent_offer_note(
		    &u->offer, describe_update(0, true, u->update.described));
	if (err == 0 && u->update.described)
		agent_call_sdp_forget_answer(&u->answer);
	agent_fail_nomem(c->agent, err);
	return err;
}

static bool
update_is_busy(const struct agent_call *c)
{
	return agent_client_is_pending(c->main->update.client) ||
	       agent_call_waits_again(c);
}

static int
begin_update(struct agent_call *c, struct agent_update how, enum rule_id why,
    struct diag *d)
{
	int err;

	if (c->main == NULL || is_ending(c))
		return diag_set(d, ERR_STATE, NULL, 0,
		    _("%s can't be updated: it has no dialog yet, or it has "
		      "ended"),
		    c->name);
	if (update_is_busy(c))
		return diag_set(d, ERR_STATE, NULL, 0,
		    _("%s can't be changed: another change is still in "
		      "progress"),
		    c->name);
	if (how.described && !agent_offer_may(&c->main->offer, MSG_UPDATE))
		return diag_set(d, ERR_STATE, NULL, 0,
		    _("%s can't be updated: there is no session yet, or an "
		      "offer has no answer yet"),
		    c->name);
	/* The one before, which has its answer, runs out by itself. */
	agent_client_drop(c->main->update.client);
	c->main->update = how;
	err = send_update(c, why);
	if (err != 0 && err != ERR_NOMEM)
		diag_set(d, err, NULL, 0,
		    err == ERR_LIMIT
			? _("%s can't be changed: all RTP ports are in use")
			: _("%s can't be changed: the peer's Contact has no "
			    "address"),
		    c->name);
	return err;
}

int
agent_call_update(struct agent_call *c, bool described, struct diag *d)
{
	struct agent_update how = { .described = described };

	return begin_update(c, how, RULE_UPDATE_SEND, d);
}

int
agent_update_refresh(struct agent_call *c)
{
	struct agent_update how = { .refreshes = true };

	return begin_update(c, how, RULE_SESSION_UPDATE, NULL);
}

bool
agent_update_again(struct agent_call *c)
{
	struct agent_call_usage *u = c->main;
	enum rule_id why;

	if (u == NULL || u->update.again == RULE_NONE)
		return false;
	if (is_ending(c))
		return true;
	if (u->update.described && !agent_offer_may(&u->offer, MSG_UPDATE)) {
		/* the other side's is under way */
		agent_call_wait_glare(c, AGENT_CALL_TIMER_UPDATE_GLARE);
		return true;
	}
	why = u->update.again;
	u->update.again = RULE_NONE;
	send_update(c, why);
	return true;
}

/* C's user is notified of the outcome of an UPDATE with an offer. */
static void
tell_updated(struct agent_call_usage *u, unsigned status)
{
	if (u->update.described && u->call->ops->changed != NULL)
		u->call->ops->changed(u->call, status);
}

/* KIND: what the description of M, a 2xx, is. */
static void
handle_accepted_update(struct agent_call_usage *u, struct agent_client *q,
    const struct msg *m, enum agent_offer_kind kind)
{
	struct agent_call *c = u->call;

	u->usage.dialog->realms = q->realms;
	if (sip_dialog_refresh(u->usage.dialog->sip, m) == ERR_NOMEM)
		agent_fail_memory(c->agent);
	if (c->machine.state == STATE_CONFIRMED)
		agent_session_agreed(c, agent_client_request(q), m, false);
	agent_call_sdp_hear(u, &u->answer, kind, agent_call_sdp_of(m));
	/* A session that can't be is ended, and C may be freed by that. */
	if (u->update.described && u->answer.unfit)
		agent_call_bye_because(c, RULE_BYE_UNFIT_CHANGE);
	else
		tell_updated(u, m->status);
}

/* 5.3: the session stays as it was; perhaps it is tried again. */
static void
handle_refused_update(struct agent_call_usage *u, const struct msg *m)
{
	struct agent_call *c = u->call;
	uint32_t seconds = 0;
	enum rule_id again = agent_call_judge_refusal(c, m, &seconds);

	agent_call_sdp_take_back(u->call, &u->sdp);
	if (u->update.refreshes && (m->status == 405 || m->status == 501))
		agent_session_spare_update(c);
	if (u->update.tries >= UPDATE_TRIES || u != c->main ||
	    again == RULE_NONE) {
		tell_updated(u, m->status);
		return;
	}
	agent_call_plan_again(c, again, seconds);
	u->update.tries++;
	u->update.again = again;
}

static void
update_response(struct agent_client *q, const struct sip_in *in, void *arg)
{
	struct agent_call_usage *u = arg;
	unsigned status = in->m->status;
	enum agent_offer_kind kind;

	if (status < 200)
		return;
	kind = agent_offer_note(&u->offer,
	    describe_update(status, false, agent_call_sdp_of(in->m).n > 0));
	if (is_ending(u->call))
		return;
	if (status < 300)
		handle_accepted_update(u, q, in->m, kind);
	else if (!agent_call_fails_by(u, MSG_UPDATE, status))
		handle_refused_update(u, in->m);
}

static void
update_failed(struct agent_client *q, unsigned status, void *arg)
{
	struct agent_call_usage *u = arg;

	(void)q;
	agent_offer_lost(&u->offer);
	if (is_ending(u->call) || agent_call_fails_by(u, MSG_UPDATE, status))
		return;
	agent_call_sdp_take_back(u->call, &u->sdp);
	tell_updated(u, status);
}

static const struct agent_client_ops update_ops = {
	.response = update_response,
	.failed = update_failed,
};

/* ---- the other side's: 5.2 ---- */

static bool
must_ask(const struct agent_call *c)
{
	return strcmp(node_attr(c->agent->node, "update", "accept"), "ask") ==
	       0;
}

/* It brings an offer that can't be answered now: true. */
static bool
refuse_offer(struct agent_call *c, const struct agent_call_usage *u,
    const struct sip_in *in)
{
	if (agent_call_refuse_crossing(c, u, in))
		return true;
	if (must_ask(c))
		node_answer(c->agent->node, in, 504, RULE_UPDATE_ASK);
	else
		return false;
	return true;
}

static void
accept_update(struct agent_call *c, struct agent_call_usage *u,
    const struct sip_in *in, struct str answer)
{
	bool talking = c->machine.state == STATE_CONFIRMED;
	struct agent_session_fields f;
	struct sip_response_spec spec = {
		.status = 200,
		.contact = agent_call_contact(c),
		.headers = f.list,
		.content_type = STR(AGENT_SDP),
		.body = answer,
	};

	if (talking)
		agent_session_accept(c, in->m, &f);
	else
		fill_update_fields(c, &f);
	spec.nheaders = f.n;
	/* RFC 3261 12.2.2: an accepted request refreshes the target. */
	if (sip_dialog_refresh(u->usage.dialog->sip, in->m) == ERR_NOMEM)
		agent_fail_memory(c->agent);
	node_reply(c->agent->node, in, &spec, RULE_UPDATE_RECV);
	agent_offer_note(&u->offer, describe_update(200, true, answer.n > 0));
	if (talking)
		agent_session_accepted(c, &f);
}

/* The same, with the answer to what it offers, if it does. */
static void
answer_update(struct agent_call *c, const struct sip_in *in)
{
	struct agent_call_usage *u = agent_call_usage_of(c, in->m);
	struct str offer = agent_call_sdp_of(in->m);
	LOCAL_MEM char *sdp = NULL;
	int err = 0;

	if (offer.n > 0)
		err = agent_call_sdp_make(c, &u->sdp, offer, true, &sdp);
	if (err == ERR_NOMEM) {
		agent_fail_memory(c->agent);
	} else if (err != 0) {
		node_answer(c->agent->node, in, 500, agent_call_rule_of(err));
		agent_offer_note(&u->offer, describe_update(500, true, false));
	} else {
		agent_call_sdp_note_hold(&u->offer, offer);
		accept_update(c, u, in, str_of(sdp));
	}
}

void
agent_call_updated(struct agent_call *c, const struct sip_in *in)
{
	struct agent_call_usage *u = agent_call_usage_of(c, in->m);
	struct str offer = agent_call_sdp_of(in->m);

	if (c->ops->refuse_change != NULL && c->ops->refuse_change(c, in))
		return;
	if (offer.n > 0 && refuse_offer(c, u, in))
		return;
	if (offer.n > 0) {
		agent_offer_note(&u->offer, describe_update(0, false, true));
		agent_call_sdp_tell(c, u, offer);
	}
	if (offer.n == 0 || c->ops->defer_update == NULL ||
	    !c->ops->defer_update(c, in))
		answer_update(c, in);
}

void
agent_call_update_accept(struct agent_call *c, struct sip_transaction *tr)
{
	struct sip_in in = node_request_of(c->agent->node, tr);

	if (agent_call_usage_of(c, in.m) != NULL)
		answer_update(c, &in);
}

void
agent_call_update_refuse(struct agent_call *c, struct sip_transaction *tr,
    unsigned status, enum rule_id why)
{
	struct sip_in in = node_request_of(c->agent->node, tr);
	struct agent_call_usage *u = agent_call_usage_of(c, in.m);

	node_answer(c->agent->node, &in, status, why);
	if (u != NULL)
		agent_offer_note(
		    &u->offer, describe_update(status, true, false));
}
