/*
 * Changing a session: RFC 3261 14.  A re-INVITE carries a new offer and the
 * present Contact (12.2.1.2: it refreshes the target at the other side, and its
 * 2xx at this one); it is accepted at once, since nobody needs to be asked.
 * Hold is such an offer with other directions: RFC 3264 8.4.
 */
#include "nodes/ua.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/parts.h"

static const struct sip_header allow = { "Allow",
	{ UA_ALLOW, sizeof(UA_ALLOW) - 1 } };

/* ---- sent ---- */

static const struct ua_client_ops reinvite_ops;

static enum trace_rule
reason(const struct ua_call *c)
{
	if (c->hold_next == c->hold)
		return RULE_REINVITE_SEND;
	return c->hold_next ? RULE_HOLD_SEND : RULE_RESUME_SEND;
}

static int
send_reinvite(struct ua_call *c, struct diag *d)
{
	char *sdp = c->reinvite_late ? NULL : ua_sdp_make(c, STR_NULL, true);
	struct sip_request_spec spec = {
		.method = STR("INVITE"),
		.contact = ua_call_contact(c),
		.headers = &allow,
		.nheaders = 1,
		.content_type = STR(UA_SDP),
		.body = str_of(sdp),
	};
	struct ua_request r = { 0 };
	struct ua_client *q;
	int err = sdp == NULL && !c->reinvite_late
		      ? ERR_NOMEM
		      : ua_call_request(c, &spec, &r);

	if (err == 0)
		err =
		    ua_client_start(c->ua, &r, reason(c), &reinvite_ops, c, &q);
	/* The one before, if any, goes on acknowledging its 2xx. */
	if (err == 0) {
		list_append(&c->invites, &q->mate);
		c->reinvite = q;
	}
	mem_free(sdp);
	sip_bytes_unref(r.bytes);
	if (err == ERR_NOMEM)
		ua_fail_memory(c->ua);
	else if (err != 0)
		diag_set(d, err, NULL, 0,
		    _("%s can't be changed: the other side's Contact has no "
		      "address"),
		    c->name);
	return err;
}

static int
may_change(const struct ua_call *c, struct diag *d)
{
	if (c->state != UA_CONFIRMED)
		return diag_set(d, ERR_STATE, NULL, 0,
		    _("%s can't be changed: it is not answered yet, or over"),
		    c->name);
	/* 14.1: only one INVITE at a time, of either side. */
	if (ua_client_is_pending(c->reinvite) || c->ok != NULL ||
	    c->timers[UA_TIMER_GLARE] != 0)
		return diag_set(d, ERR_STATE, NULL, 0,
		    _("%s can't be changed: a change is still under way"),
		    c->name);
	return 0;
}

int
ua_call_reinvite(struct ua_call *c, bool late, struct diag *d)
{
	int err = may_change(c, d);

	if (err != 0)
		return err;
	c->reinvite_late = late;
	c->hold_next = c->hold;
	return send_reinvite(c, d);
}

int
ua_call_hold(struct ua_call *c, bool hold, struct diag *d)
{
	int err = may_change(c, d);

	if (err != 0)
		return err;
	if (c->hold == hold)
		return hold ? diag_set(d, ERR_STATE, NULL, 0,
				  _("%s is on hold already"), c->name)
			    : diag_set(d, ERR_STATE, NULL, 0,
				  _("%s is not on hold"), c->name);
	c->reinvite_late = false;
	c->hold_next = hold;
	err = send_reinvite(c, d);
	if (err != 0)
		c->hold_next = c->hold;
	return err;
}

/* 14.1: who owns the Call-ID waits longer, so that the two do not meet again.
 */
static void
wait_for_another(struct ua_call *c)
{
	uint64_t low = c->caller ? 210 : 0, high = c->caller ? 400 : 200;
	uint64_t steps = low + sip_stack_below(c->ua->node->stack,
				   SIP_STREAM_GLARE, high - low + 1);

	ua_timer_set(c, UA_TIMER_GLARE,
	    sim_now(ua_sim(c->ua)) + (int64_t)steps * 10 * SIM_MS);
}

void
ua_fire_glare(struct ua_call *c)
{
	if (c->state != UA_CONFIRMED)
		return;
	if (c->ok != NULL)
		wait_for_another(c); /* the other side's is under way */
	else
		send_reinvite(c, NULL);
}

/* 12.2.1.2: the other side does not know the dialog any more. */
static void
lost(struct ua_call *c, unsigned status)
{
	sim_set_cause(ua_sim(c->ua),
	    ua_call_enter(c, c->state, RULE_REINVITE_LOST, status));
	ua_call_bye(c, NULL);
}

static void
accepted(struct ua_call *c, struct ua_client *q, const struct msg *m)
{
	bool first = !ua_ack_was_sent(c, q->number);

	if (first) {
		c->realms = q->realms;
		c->hold = c->hold_next;
		ua_sdp_note_hold(c, ua_sdp_of(m));
		if (sip_dialog_refresh(c->dialog, m) == ERR_NOMEM)
			ua_fail_memory(c->ua);
	}
	ua_ack_send(c, ua_client_request(q), q->number, c->reinvite_late, m);
	if (!first || c->state != UA_CONFIRMED)
		return;
	ua_call_enter(c, UA_CONFIRMED, RULE_REINVITE_OK, m->status);
	if (c->reinvite_late && ua_sdp_unusable(ua_sdp_of(m)))
		ua_call_bye(c, NULL);
}

static void
reinvite_response(struct ua_client *q, const struct sip_in *in, void *arg)
{
	struct ua_call *c = arg;
	unsigned status = in->m->status;

	if (status < 200)
		return;
	if (status < 300) {
		accepted(c, q, in->m);
		return;
	}
	if (c->state != UA_CONFIRMED)
		return; /* it is being hung up anyhow */
	if (status == 481 || status == 408) {
		lost(c, status);
		return;
	}
	/* 14.1: the session stays as it was. */
	if (status != 491)
		c->hold_next = c->hold;
	ua_call_enter(c, UA_CONFIRMED,
	    status == 491 ? RULE_REINVITE_GLARE : RULE_REINVITE_REFUSED,
	    status);
	if (status == 491)
		wait_for_another(c);
}

static void
reinvite_failed(struct ua_client *q, unsigned status, void *arg)
{
	struct ua_call *c = arg;

	(void)q;
	if (c->state == UA_CONFIRMED)
		lost(c, status);
}

static void
reinvite_ended(struct ua_client *q, void *arg)
{
	struct ua_call *c = arg;

	if (c->reinvite == q)
		c->reinvite = NULL;
	ua_ack_free(c, q->number);
	ua_call_forget_client(c, q);
}

static const struct ua_client_ops reinvite_ops = {
	.response = reinvite_response,
	.failed = reinvite_failed,
	.ended = reinvite_ended,
};

/* ---- received ---- */

static void
reinvited_ack(struct sip_transaction *tr, const struct sip_in *in, void *arg)
{
	(void)tr;
	ua_2xx_acked(arg, in->m);
}

static void
reinvited_ended(struct sip_transaction *tr, void *arg)
{
	struct ua_call *c = arg;

	ua_2xx_forget(c, tr);
	c->reinvited = NULL;
}

static const struct sip_transaction_ops reinvited_ops = {
	.ack = reinvited_ack,
	.ended = reinvited_ended,
};

static int
answer(struct ua_call *c, const struct sip_in *in, uint32_t cseq)
{
	struct sip_response_spec spec = {
		.status = 200,
		.contact = ua_call_contact(c),
		.headers = &allow,
		.nheaders = 1,
		.content_type = STR(UA_SDP),
	};
	struct sip_origin why = { RULE_REINVITE, 0 };
	struct sip_bytes *b = NULL;
	char *sdp;
	int err;

	ua_sdp_note_hold(c, ua_sdp_of(in->m));
	sdp = ua_sdp_make(c, ua_sdp_of(in->m), true);
	err = sdp == NULL ? ERR_NOMEM : 0;

	spec.body = str_of(sdp);
	if (err == 0)
		err = sip_build_response(c->ua->node->stack, in->m, &spec, &b);
	/* 12.2.2: what is accepted refreshes the target. */
	if (err == 0)
		err = sip_dialog_refresh(c->dialog, in->m);
	if (err == 0)
		err = sip_server_respond(in->tr, b, &why);
	if (err == 0)
		err = ua_2xx_start(c, in->tr, cseq, b);
	mem_free(sdp);
	sip_bytes_unref(b);
	return err;
}

static void
accept(struct ua_call *c, const struct sip_in *in)
{
	struct msg_cseq cseq = { 0 };
	int err;

	msg_cseq_read(msg_value(in->m, MSG_H_CSEQ), &cseq);
	if (c->reinvited != NULL)
		sip_transaction_set_user(c->reinvited, NULL, NULL);
	c->reinvited = in->tr;
	sip_transaction_set_user(in->tr, &reinvited_ops, c);
	err = answer(c, in, cseq.number);
	if (err == ERR_NOMEM)
		ua_fail_memory(c->ua);
	else if (err != 0)
		node_answer(c->ua->node, in, 500, RULE_UAS_TOO_LARGE);
	else
		ua_call_enter(c, c->state, RULE_REINVITE, 200);
}

/* 14.2: the first INVITE is not answered, or its answer not acknowledged. */
static void
answer_too_early(struct ua_call *c, const struct sip_in *in)
{
	struct buf seconds = BUF_INIT;
	struct sip_header again = { "Retry-After", STR_NULL };
	struct sip_response_spec spec = {
		.status = 500, .headers = &again, .nheaders = 1
	};

	buf_u64(&seconds,
	    sip_stack_below(c->ua->node->stack, SIP_STREAM_RETRY, 11));
	again.value = buf_view(&seconds);
	if (seconds.err != 0)
		ua_fail_memory(c->ua);
	else
		node_reply(c->ua->node, in, &spec, RULE_REINVITE_EARLY);
	buf_free(&seconds);
}

void
ua_call_reinvited(struct ua_call *c, const struct sip_in *in)
{
	bool early = c->dialog->state == SIP_DIALOG_EARLY;
	struct ua_refusal r;

	if ((c->caller && early) || ua_client_is_pending(c->reinvite)) {
		node_answer(c->ua->node, in, 491, RULE_REINVITE_PENDING);
		return;
	}
	if (early || c->ok != NULL) {
		answer_too_early(c, in);
		return;
	}
	ua_judge_request(c->ua, in->m, &r);
	if (r.status != 0)
		ua_refuse(c->ua, in, &r);
	else
		accept(c, in);
	buf_free(&r.text);
}
