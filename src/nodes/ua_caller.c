/*
 * The calling side: INVITE, its responses, the ACK for a 2xx.
 * RFC 3261 13.2.
 */
#include "nodes/ua.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/parts.h"

static void
invite_response(struct sip_transaction *tr, const struct sip_in *in, void *arg);

static void
invite_failed(struct sip_transaction *tr, enum sip_failure why, void *arg)
{
	(void)tr;
	(void)why;
	/* 8.1.3.1: as if a 408 had come. */
	ua_call_end(arg, RULE_UAC_408, 408);
}

static void
invite_ended(struct sip_transaction *tr, void *arg)
{
	(void)tr;
	ua_call_forget_invite(arg);
}

static const struct sip_transaction_ops invite_ops = {
	.response = invite_response,
	.failed = invite_failed,
	.ended = invite_ended,
};

/* ---- INVITE ---- */

static int
build_invite(struct ua *ua, struct ua_call *c, struct addr *dst)
{
	static const struct sip_header allow = { "Allow",
		{ UA_ALLOW, sizeof(UA_ALLOW) - 1 } };
	struct buf from = BUF_INIT, to = BUF_INIT, call_id = BUF_INIT,
		   route = BUF_INIT;
	struct str r = ua_route(ua, &route);
	char *sdp = ua_sdp_make(ua, STR_NULL);
	int err;

	buf_printf(&from, "%s;tag=%s", ua->identity, c->local_tag);
	buf_printf(&to, "<%s>", c->peer);
	sip_stack_token(ua->node->stack, SIP_STREAM_CALL_ID, 12, &call_id);
	buf_putc(&call_id, '@');
	addr_write_host(&ua->node->addr, &call_id);
	c->invite_cseq = 1;
	struct sip_request_spec spec = {
		.method = STR("INVITE"),
		.uri = str_of(c->peer),
		.from = buf_view(&from),
		.to = buf_view(&to),
		.call_id = buf_view(&call_id),
		.cseq = c->invite_cseq,
		.contact = str_of(ua->contact),
		.routes = &r,
		.nroutes = r.n > 0,
		.headers = &allow,
		.nheaders = 1,
		.content_type = STR(UA_SDP),
		.body = str_of(sdp),
	};
	err = ua_next_hop(ua, spec.uri, r, dst);
	if (sdp == NULL || from.err != 0 || to.err != 0 || call_id.err != 0 ||
	    route.err != 0)
		err = ERR_NOMEM;
	if (err == 0)
		err = sip_build_request(ua->node->stack, &spec, &c->request);
	mem_free(sdp);
	buf_free(&from);
	buf_free(&to);
	buf_free(&call_id);
	buf_free(&route);
	return err;
}

static int
cant_call(const struct ua *ua, const char *target, int err, struct diag *d)
{
	if (err == ERR_NOMEM)
		return err;
	return diag_set(d, err, NULL, 0,
	    err == ERR_NOTFOUND
		? _("%s can't call %s: no address is known for it (no such "
		    "domain in the topology)")
		: _("%s can't call %s: that is no URI"),
	    ua->node->name, target);
}

int
ua_invite(
    struct ua *ua, const char *target, struct ua_call **call, struct diag *d)
{
	struct buf uri = BUF_INIT;
	struct ua_call *c = NULL;
	struct addr dst;
	int err = ua_write_target(ua, target, &uri);

	*call = NULL;
	if (err == 0) {
		c = ua_call_new(ua, true, buf_view(&uri));
		err = c != NULL ? build_invite(ua, c, &dst) : ERR_NOMEM;
	}
	buf_free(&uri);
	if (err != 0) {
		if (c != NULL)
			ua_call_free(c);
		return cant_call(ua, target, err, d);
	}
	ua_call_enter(c, UA_CALLING, RULE_INVITE_SEND, 0);
	err = ua_send(
	    ua, c->request, &dst, RULE_INVITE_SEND, &invite_ops, c, &c->invite);
	if (err != 0) {
		ua_call_end(c, RULE_UAC_NO_TARGET, 0);
		return cant_call(ua, target, err, d);
	}
	*call = c;
	return 0;
}

/* ---- responses ---- */

static void
send_ack(struct ua_call *c)
{
	struct sip_origin why = { RULE_INVITE_ACK, 0 };
	/* 13.2.2.4: the CSeq number of the INVITE. */
	struct sip_request_spec spec = { .method = STR("ACK"),
		.cseq = c->invite_cseq };
	bool again = c->ack != NULL;
	int err = again ? 0 : ua_call_request(c, &spec, &c->ack, &c->ack_dst);

	if (err == ERR_NOMEM) {
		ua_fail_memory(c->ua);
	} else if (err != 0) {
		ua_note_bad(
		    c->ua, RULE_UAC_NO_TARGET, c->dialog->remote_target);
	} else {
		uint64_t seq = sip_stack_send(c->ua->node->stack,
		    sip_bytes_view(c->ack), &c->ack_dst, &why, c->ack_sent);

		if (!again)
			c->ack_sent = seq;
	}
}

/* The first Contact names a target: a 2xx that has none (it should) leaves
 * the target as it was. */
static bool
has_target(const struct msg *m)
{
	struct str v = msg_value(m, MSG_H_CONTACT);
	struct msg_addr a;

	return v.n > 0 && msg_addr_read(msg_cut_value(&v), &a) == 0 && !a.star;
}

/* 12.1.2: the dialog of a response to INVITE. */
static int
make_dialog(
    struct ua_call *c, struct sip_bytes *invite, const struct sip_in *in)
{
	int err = sip_dialog_uac(&c->dialog, c->ua->node->stack,
	    world_read(c->ua->node->world, invite), in->m);

	return err != 0 ? err : ua_call_listen(c);
}

/* Makes the dialog at the first response with a tag, moves it on later. */
static bool
take_dialog(struct ua_call *c, const struct sip_in *in)
{
	int err = 0;

	/* 13.2.2.4: a 2xx of another early dialog than the one we know. */
	if (c->dialog != NULL && in->m->status >= 200 &&
	    !sip_dialog_matches(c->dialog, in->m)) {
		ua_call_unlisten(c);
		sip_dialog_enter(
		    c->dialog, SIP_DIALOG_TERMINATED, RULE_DIALOG_END);
		sip_dialog_destroy(c->dialog);
		c->dialog = NULL;
	}
	if (c->dialog == NULL)
		err = make_dialog(c, c->request, in);
	else if (in->m->status >= 200)
		err = sip_dialog_confirm_uac(c->dialog, in->m);
	if (err != 0 && c->dialog != NULL &&
	    c->dialog->state == SIP_DIALOG_CONFIRMED && !has_target(in->m))
		err = 0;
	if (err == ERR_NOMEM)
		ua_fail_memory(c->ua);
	return err == 0;
}

/* 13.2.2.4: a 2xx from another branch of a fork has a dialog of its own: it
 * is acknowledged, and that session is ended again. */
static void
end_other_branch(struct ua_call *c, const struct sip_in *in)
{
	struct ua_call *other = ua_call_of(c->ua, in->m);

	if (other != NULL) {
		send_ack(other);
		return;
	}
	other = ua_call_new(c->ua, true, str_of(c->peer));
	if (other == NULL) {
		ua_fail_memory(c->ua);
		return;
	}
	other->invite_cseq = c->invite_cseq;
	if (make_dialog(other, c->request, in) != 0) {
		ua_call_free(other);
		return;
	}
	ua_call_enter(other, UA_CONFIRMED, RULE_INVITE_2XX, in->m->status);
	send_ack(other);
	ua_call_bye(other, NULL);
}

static void
confirmed(struct ua_call *c, const struct sip_in *in)
{
	ua_timer_stop(c, UA_TIMER_CANCEL);
	if (!take_dialog(c, in)) {
		ua_call_end(c, RULE_INVITE_2XX, in->m->status);
		return;
	}
	send_ack(c);
	if (c->cancel_wanted) {
		/* 9.1: it was answered before the CANCEL could take it
		 * back. */
		ua_call_end_session(c, NULL);
		return;
	}
	ua_call_enter(c, UA_CONFIRMED, RULE_INVITE_2XX, in->m->status);
	ua_call_plan_hangup(c);
}

static void
progress(struct ua_call *c, const struct sip_in *in)
{
	unsigned status = in->m->status;
	bool tagged = msg_tag(msg_value(in->m, MSG_H_TO)).n > 0;

	if (c->state == UA_TERMINATING) {
		if (c->cancel_wanted && !c->cancelled)
			ua_call_send_cancel(c);
	} else if (status > 100 && tagged && take_dialog(c, in)) {
		ua_call_enter(c, UA_EARLY, RULE_INVITE_1XX, status);
	} else if (c->state == UA_CALLING) {
		ua_call_enter(c, UA_PROCEEDING, RULE_ICT_1XX, status);
	}
}

static void
invite_response(struct sip_transaction *tr, const struct sip_in *in, void *arg)
{
	struct ua_call *c = arg;
	unsigned status = in->m->status;

	(void)tr;
	if (status < 200)
		progress(c, in);
	else if (status >= 300)
		ua_call_end(c, RULE_INVITE_FAILED, status);
	else if (c->dialog == NULL || c->dialog->state == SIP_DIALOG_EARLY)
		confirmed(c, in);
	else if (sip_dialog_matches(c->dialog, in->m))
		send_ack(c);
	else
		end_other_branch(c, in);
}

/* A 2xx that comes when its transaction is gone. */
bool
ua_call_2xx_again(struct ua *ua, const struct sip_in *in)
{
	struct ua_call *c = ua_call_of(ua, in->m);
	struct msg_cseq cseq;

	if (c == NULL || !c->caller || in->m->status / 100 != 2 ||
	    msg_cseq_read(msg_value(in->m, MSG_H_CSEQ), &cseq) != 0 ||
	    !str_is(cseq.method, "INVITE") || cseq.number != c->invite_cseq)
		return false;
	send_ack(c);
	/* It was built for this once. */
	if (c->invite == NULL)
		ua_call_forget_invite(c);
	return true;
}
