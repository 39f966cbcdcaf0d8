/*
 * Ending a call: BYE (RFC 3261 15), CANCEL (9.1), and requests within a dialog
 * in general (12.2.1.1).
 */
#include "nodes/ua.h"

#include "base/err.h"
#include "msg/parts.h"
#include "sip/defaults.h"

/* ---- requests within a dialog ---- */

int
ua_call_request(struct ua_call *c, struct sip_request_spec *spec,
    struct sip_bytes **out, struct addr *dst)
{
	struct buf next_hop = BUF_INIT;
	int err = sip_dialog_request(c->dialog, spec, out, &next_hop);

	if (err == 0)
		err =
		    world_locate(c->ua->node->world, buf_view(&next_hop), dst);
	if (err != 0) {
		sip_bytes_unref(*out);
		*out = NULL;
	}
	buf_free(&next_hop);
	return err;
}

/* ---- BYE ---- */

static void
bye_response(struct sip_transaction *tr, const struct sip_in *in, void *arg)
{
	(void)tr;
	/* 15.1.1: whatever the answer, the session is over. */
	if (in->m->status >= 200)
		ua_call_end(arg, RULE_BYE_SEND, 0);
}

static void
bye_failed(struct sip_transaction *tr, enum sip_failure why, void *arg)
{
	(void)tr;
	(void)why;
	ua_call_end(arg, RULE_UAC_408, 408);
}

static void
bye_ended(struct sip_transaction *tr, void *arg)
{
	struct ua_call *c = arg;

	(void)tr;
	c->bye = NULL;
}

static const struct sip_transaction_ops bye_ops = {
	.response = bye_response,
	.failed = bye_failed,
	.ended = bye_ended,
};

int
ua_call_end_session(struct ua_call *c, struct diag *d)
{
	struct sip_request_spec spec = { .method = STR("BYE") };
	struct sip_bytes *request = NULL;
	struct addr dst;
	int err = ua_call_request(c, &spec, &request, &dst);

	ua_2xx_stop(c);
	ua_timer_stop(c, UA_TIMER_HANGUP);
	if (err == ERR_NOMEM) {
		ua_fail_memory(c->ua);
		return err;
	}
	if (err != 0) {
		diag_set(d, err, NULL, 0,
		    _("%s can't hang up: the other side's Contact has no "
		      "address"),
		    c->name);
		ua_note_bad(
		    c->ua, RULE_UAC_NO_TARGET, c->dialog->remote_target);
		ua_call_end(c, RULE_UAC_NO_TARGET, 0);
		return err;
	}
	ua_call_enter(c, UA_TERMINATING, RULE_BYE_SEND, 0);
	if (ua_send(
		c->ua, request, &dst, RULE_BYE_SEND, &bye_ops, c, &c->bye) != 0)
		ua_call_end(c, RULE_BYE_SEND, 0);
	sip_bytes_unref(request);
	return 0;
}

int
ua_call_bye(struct ua_call *c, struct diag *d)
{
	if (c->state >= UA_TERMINATING)
		return 0;
	if (c->ok != NULL) {
		/* 15: the called side must not send BYE before the ACK. */
		c->bye_wanted = true;
		return 0;
	}
	if (c->dialog != NULL && c->dialog->state == SIP_DIALOG_CONFIRMED)
		return ua_call_end_session(c, d);
	/* Not answered yet: a caller takes back, a called side refuses. */
	if (c->caller)
		return ua_call_cancel(c, d);
	return ua_call_reject(c, 486, RULE_INVITE_REJECT);
}

void
ua_fire_hangup(struct ua_call *c)
{
	ua_note_act(c->ua, "bye", c->name);
	ua_call_bye(c, NULL);
}

/* ---- CANCEL ---- */

static const struct sip_transaction_ops cancel_ops = { 0 };

void
ua_call_send_cancel(struct ua_call *c)
{
	struct sim *sim = ua_sim(c->ua);
	struct sip_bytes *request;
	struct sip_transaction *tr;
	struct addr dst = *sip_transaction_peer(c->invite);
	int err;

	c->cancelled = true;
	err = sip_build_cancel(c->ua->node->stack,
	    world_read(c->ua->node->world, c->request), &request);
	if (err == ERR_NOMEM)
		ua_fail_memory(c->ua);
	if (err != 0)
		return;
	ua_send(c->ua, request, &dst, RULE_CANCEL_SEND, &cancel_ops, NULL, &tr);
	sip_bytes_unref(request);
	ua_timer_set(c, UA_TIMER_CANCEL, sim_now(sim) + SIP_64T1_NS);
}

/* 9.1: no final response to the INVITE either; its transaction is given up. */
void
ua_fire_cancel(struct ua_call *c)
{
	struct sip_transaction *invite = c->invite;

	ua_call_end(c, RULE_CANCEL_TIMEOUT, 487);
	sip_transaction_destroy(invite);
}

int
ua_call_cancel(struct ua_call *c, struct diag *d)
{
	bool silent = c->state == UA_CALLING;

	if (!c->caller ||
	    (!silent && c->state != UA_PROCEEDING && c->state != UA_EARLY))
		return diag_set(d, ERR_STATE, NULL, 0,
		    _("%s can't be cancelled: it is answered or over"),
		    c->name);
	c->cancel_wanted = true;
	/* 9.1: not before a provisional response has come. */
	ua_call_enter(
	    c, UA_TERMINATING, silent ? RULE_CANCEL_WAIT : RULE_CANCEL_SEND, 0);
	if (!silent)
		ua_call_send_cancel(c);
	return 0;
}
