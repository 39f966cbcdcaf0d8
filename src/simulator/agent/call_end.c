/*
 * Ending a call: BYE (RFC 3261 15), CANCEL (9.1).
 */
#include "agent/call_in.h"

#include "agent/mortal_dialog.h"
#include "agent/session_timer.h"
#include "base/err.h"
#include "msg/usages.h"
#include "rules/rule_names.h"
#include "sip/defaults.h"

/* ---- BYE ---- */

/* Why C may send a BYE that begins no usual end, else RULE_NONE: 15. */
static enum rule_id
find_early_reason(const struct agent_call *c)
{
	if (c->end.bye_why == RULE_BYE_TOO_EARLY)
		return RULE_BYE_TOO_EARLY;
	return sip_dialog_is(c->dialog->sip, STATE_EARLY) ? RULE_BYE_EARLY
							  : RULE_NONE;
}

static void
bye_sending(struct agent_client *q, void *arg)
{
	struct agent_call *c = arg;
	enum rule_id early = find_early_reason(c);

	if (q->attempts > 0)
		return;
	/* A CANCEL that came too late has begun the end already. */
	if (c->machine.state != STATE_TERMINATING)
		agent_call_step(c, EVENT_BYE,
		    early != RULE_NONE ? early : RULE_BYE_SEND, 0);
	/* 15.1.1: the session is over as soon as the BYE goes out. */
	agent_mortal_begin(
	    &c->main->usage, early != RULE_NONE ? early : RULE_DIALOG_BYE);
}

static void
bye_response(struct agent_client *q, const struct sip_in *in, void *arg)
{
	struct agent_call *c = arg;

	(void)q;
	/* 15.1.1: whatever the answer, the session is over; but the INVITE of
	 * an early dialog has its own final response (15.1.2: 487). */
	if (in->m->status >= 200 && !agent_client_is_pending(c->out.client))
		agent_call_end(c,
		    in->m->status < 300 ? EVENT_2XX : EVENT_300_699,
		    RULE_BYE_SEND, 0);
}

static void
bye_failed(struct agent_client *q, unsigned status, void *arg)
{
	(void)q;
	agent_call_end(arg, EVENT_TIMEOUT,
	    status == 408 ? RULE_UAC_408 : RULE_UAC_503, status);
}

static void
leave_after_bye(struct agent_client *q, void *arg)
{
	struct agent_call *c = arg;

	(void)q;
	agent_mortal_leave(c->dialog);
}

static const struct agent_client_ops bye_ops = {
	.sending = bye_sending,
	.response = bye_response,
	.failed = bye_failed,
	.ended = leave_after_bye,
};

/* Stops the timers and requests of the call beside the BYE. */
static void
stop_all(struct agent_call *c)
{
	agent_call_timer_stop(c, AGENT_CALL_TIMER_2XX);
	agent_call_2xx_stop(c);
	agent_call_stop_again(c);
	/* That of a re-INVITE; an INVITE's own goes on. */
	if (c->machine.state == STATE_CONFIRMED)
		agent_call_timer_stop(c, AGENT_CALL_TIMER_CANCEL);
	agent_session_stop(c);
	agent_call_change_drop(c, RULE_BYE_487);
	agent_call_tell(c, c->ops->stop);
}

int
agent_call_send_bye(struct agent_call *c, struct diag *d)
{
	struct sip_header reason = { "Reason",
		str_of(c->end.reason != NULL ? c->end.reason : "") };
	struct sip_request_spec spec = { .method = STR("BYE"),
		.headers = &reason,
		.nheaders = c->end.reason != NULL };
	enum rule_id why =
	    c->end.bye_why != RULE_NONE ? c->end.bye_why : RULE_BYE_SEND;
	struct agent_request r;
	int err;

	/* Its cause is the one of the request for it. */
	if (why == RULE_BYE_HELD)
		sim_set_cause(agent_sim(c->agent), c->end.bye_cause);
	err = agent_dialog_request(c->dialog, &spec, &r);
	stop_all(c);
	if (err == 0 && c->mask != NULL)
		err = agent_multipart_add(
		    c->agent, c->mask->pieces, c->mask->npieces, &r.bytes);
	if (err == 0)
		err = agent_client_replace(
		    c->agent, &r, why, &bye_ops, c, &c->end.bye);
	if (err != 0)
		agent_mortal_leave(c->dialog);
	if (err == ERR_NOMEM) {
		agent_fail_memory(c->agent);
	} else if (err != 0 && err != ERR_NOTFOUND) {
		agent_call_end(c, EVENT_NOT_SENT, RULE_BYE_SEND, 0);
	} else if (err != 0) {
		diag_set(d, err, NULL, 0,
		    _("%s can't hang up: the peer's Contact has no address"),
		    c->name);
		agent_note_bad(c->agent, RULE_UAC_NO_TARGET,
		    TRACE_REFUSAL_NO_ADDRESS,
		    str_of(c->dialog->sip->remote_target));
		agent_call_end(c, EVENT_NOT_SENT, RULE_UAC_NO_TARGET, 0);
	}
	return err;
}

int
agent_call_give_reason(struct agent_call *c, const char *text)
{
	return str_keep(&c->end.reason, str_of(text));
}

int
agent_call_bye(struct agent_call *c, struct diag *d)
{
	if (c->machine.state >= STATE_TERMINATING || c->end.bye != NULL)
		return 0;
	if (agent_call_2xx_waits(c)) {
		/* 15: who has answered must not send BYE before the ACK. */
		c->end.bye_wanted = true;
		c->end.bye_why = RULE_BYE_HELD;
		c->end.bye_cause = sim_cause(agent_sim(c->agent));
		return 0;
	}
	if (c->dialog != NULL && sip_dialog_stands(c->dialog->sip))
		return agent_call_send_bye(c, d);
	/* Not answered yet: a caller takes back, a callee rejects. */
	if (c->caller)
		return agent_call_cancel(c, d);
	return agent_call_reject(c,
	    c->ops->refusal != NULL ? c->ops->refusal(c) : 486, NULL,
	    RULE_INVITE_REJECT);
}

int
agent_call_bye_now(struct agent_call *c, struct diag *d)
{
	bool early = agent_call_dialog_is(c, STATE_EARLY);

	if (c->machine.state >= STATE_TERMINATING || c->end.bye != NULL)
		return 0;
	/* 15: the callee sends no BYE within an early dialog. */
	if (c->dialog == NULL || (early && !c->caller))
		return agent_call_bye(c, d);
	/* 15: it should wait, and the script will not have it so. */
	if (agent_call_2xx_waits(c))
		c->end.bye_why = RULE_BYE_TOO_EARLY;
	if (early) {
		agent_client_give_up(c->out.client);
		agent_call_timer_set(c, AGENT_CALL_TIMER_CANCEL,
		    sim_now(agent_sim(c->agent)) + SIP_64T1_NS);
	}
	return agent_call_send_bye(c, d);
}

void
agent_call_bye_because(struct agent_call *c, enum rule_id why)
{
	c->end.bye_why = why;
	agent_call_bye(c, NULL);
}

void
agent_call_bye_received(struct agent_call *c, const struct sip_in *in)
{
	struct agent_call_usage *u = agent_call_usage_of(c, in->m);
	bool early = sip_dialog_is(u->usage.dialog->sip, STATE_EARLY);

	agent_mortal_answer(u->usage.dialog, &u->usage, in);
	if (u == c->main)
		agent_call_change_drop(c, RULE_BYE_487);
	/* Requests that are still pending get a 487; our own INVITE (its 2xx
	 * was lost for good) is taken back, except for one branch of several.
	 */
	if (u != c->main)
		agent_call_end_usage(u, RULE_BYE_RECV);
	else if (early && agent_call_is_ringing(c))
		agent_call_reject(c, 487, NULL, RULE_BYE_487);
	else if (early && c->machine.state == STATE_EARLY)
		agent_call_cancel(c, NULL);
	else
		agent_call_end(c, EVENT_BYE_RECEIVED, RULE_BYE_RECV, 0);
}

void
agent_call_bye_lost(struct agent_call *c, enum event_id event, unsigned status)
{
	sim_set_cause(agent_sim(c->agent),
	    agent_call_step(c, event, RULE_REINVITE_LOST, status));
	agent_call_bye_because(c, RULE_REINVITE_LOST);
}

bool
agent_call_ends_by(struct agent_call *c, enum event_id event, unsigned status)
{
	switch (msg_usage_effect(status)) {
	case MSG_ENDS_DIALOG:
		agent_dialog_lose(
		    c->dialog, NULL, status, RULE_USAGE_DIALOG_LOST);
		return true;
	case MSG_ENDS_USAGE:
		agent_call_bye_lost(c, event, status);
		return true;
	case MSG_ENDS_NOTHING:
		break;
	}
	return false;
}

/* A branch of a fork that fails leaves the others; the INVITE's outcome is its
 * final response. */
static bool
fails_branch(struct agent_call_usage *u)
{
	if (u->call->machine.state != STATE_EARLY ||
	    !sip_dialog_is(u->usage.dialog->sip, STATE_EARLY))
		return false;
	agent_call_end_branch(u->call, u, RULE_EARLY_LOST);
	return true;
}

bool
agent_call_fails_by(
    struct agent_call_usage *u, enum msg_method m, unsigned status)
{
	enum msg_effect effect = msg_method_effect(m, status);
	struct agent_call *c = u != NULL ? u->call : NULL;

	if (effect == MSG_ENDS_NOTHING || c == NULL || c->over ||
	    c->machine.state >= STATE_TERMINATING)
		return false;
	if (u != c->main || !list_empty(&c->early))
		return fails_branch(u);
	if (effect == MSG_ENDS_DIALOG && c->machine.state == STATE_CONFIRMED)
		agent_dialog_lose(
		    c->dialog, NULL, status, RULE_USAGE_DIALOG_LOST);
	else
		agent_call_bye_because(c, RULE_REINVITE_LOST);
	return true;
}

/* ---- CANCEL ---- */

static const struct sip_transaction_ops cancel_ops = { 0 };

static void
send_cancel_of(struct agent_call *c, struct agent_client *q)
{
	struct sim *sim = agent_sim(c->agent);
	struct sip_bytes *invite = agent_client_request(q), *request;
	struct sip_transaction *tr;
	struct addr dst = *sip_transaction_peer(q->tr);
	struct sip_origin origin = { RULE_CANCEL_SEND, 0 };
	int err;

	err = sip_build_cancel(c->agent->node->stack,
	    world_read(c->agent->node->world, invite),
	    str_of(c->end.reason != NULL ? c->end.reason : ""), &request);
	agent_fail_nomem(c->agent, err);
	if (err != 0)
		return;
	agent_send(c->agent, request, &dst, &origin, &cancel_ops, NULL, &tr);
	sip_bytes_unref(request);
	agent_call_timer_set(
	    c, AGENT_CALL_TIMER_CANCEL, sim_now(sim) + SIP_64T1_NS);
}

void
agent_call_send_cancel(struct agent_call *c)
{
	c->end.cancelled = true;
	send_cancel_of(c, c->out.client);
}

/* 9.1: no final response to the INVITE either; its transaction is given up. */
void
agent_call_fire_cancel(struct agent_call *c)
{
	struct agent_client *q = c->out.client;

	if (c->over)
		return; /* its re-INVITE was cancelled late (keep_invites) */
	if (c->machine.state == STATE_CONFIRMED) {
		agent_call_change_lost(c);
		return;
	}
	c->out.client = NULL;
	agent_client_abort(q);
	agent_call_end(c, EVENT_TIMEOUT, RULE_CANCEL_TIMEOUT, 487);
}

/* ---- of a re-INVITE: RFC 6141 3.3 ---- */

void
agent_call_change_heard(struct agent_call *c)
{
	bool first = !c->reinvite.heard;

	c->reinvite.heard = true;
	if (first && c->reinvite.unwanted)
		send_cancel_of(c, c->reinvite.own);
}

static int
cancel_change(struct agent_call *c, struct diag *d)
{
	if (!agent_client_is_pending(c->reinvite.own) || c->reinvite.unwanted)
		return diag_set(d, ERR_STATE, NULL, 0,
		    _("%s can't be cancelled: it is answered, and no change is "
		      "in progress"),
		    c->name);
	c->reinvite.unwanted = true;
	agent_client_give_up(c->reinvite.own);
	if (c->reinvite.heard)
		send_cancel_of(c, c->reinvite.own);
	return 0;
}

int
agent_call_cancel(struct agent_call *c, struct diag *d)
{
	bool silent = c->machine.state == STATE_CALLING;
	bool idle =
	    c->out.client != NULL && agent_client_is_idle(c->out.client);

	if (c->machine.state == STATE_CONFIRMED)
		return cancel_change(c, d);
	if (!c->caller ||
	    (!silent && !idle && c->machine.state != STATE_PROCEEDING &&
		c->machine.state != STATE_EARLY))
		return diag_set(d, ERR_STATE, NULL, 0,
		    _("%s can't be cancelled: it is answered or has ended"),
		    c->name);
	c->end.cancel_wanted = true;
	/* There is nothing to take back: it was sent elsewhere, or is not sent
	 * yet. */
	if (idle) {
		unsigned status = c->out.client->status;

		agent_call_end(c, status != 0 ? EVENT_300_699 : EVENT_NOT_SENT,
		    RULE_INVITE_FAILED, status);
		return 0;
	}
	/* Nor is it repeated, whatever comes now. */
	agent_client_give_up(c->out.client);
	/* 9.1: not before a provisional response has come. */
	agent_call_step(c, silent ? EVENT_CANCEL_UNSENT : EVENT_CANCEL,
	    silent ? RULE_CANCEL_WAIT : RULE_CANCEL_SEND, 0);
	if (!silent)
		agent_call_send_cancel(c);
	return 0;
}
