/*
 * The other side changes the session: RFC 3261 14.2.  A re-INVITE is accepted
 * at once, since nobody needs to be asked; also before the ACK for the 2xx came
 * (RFC 5407 3.1.4), unless that 2xx had the offer (3.1.5).
 */
#include "nodes/ua.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/parts.h"

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
answer(struct ua_call *c, const struct sip_in *in, uint32_t cseq,
    enum trace_rule rule)
{
	struct sip_response_spec spec = {
		.status = 200,
		.contact = ua_call_contact(c),
		.headers = ua_capabilities,
		.nheaders = UA_CAPABILITIES,
		.content_type = STR(UA_SDP),
	};
	struct sip_origin why = { rule, 0 };
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
		err = ua_2xx_start(c, in->tr, cseq, b, ua_sdp_of(in->m).n == 0);
	mem_free(sdp);
	sip_bytes_unref(b);
	return err;
}

static void
accept(struct ua_call *c, const struct sip_in *in)
{
	struct msg_cseq cseq = { 0 };
	enum trace_rule why =
	    ua_2xx_waits(c) ? RULE_REINVITE_MORATORIUM : RULE_REINVITE;
	int err;

	msg_cseq_read(msg_value(in->m, MSG_H_CSEQ), &cseq);
	if (c->reinvited != NULL) {
		ua_2xx_forget(c, c->reinvited);
		sip_transaction_set_user(c->reinvited, NULL, NULL);
	}
	c->reinvited = in->tr;
	sip_transaction_set_user(in->tr, &reinvited_ops, c);
	err = answer(c, in, cseq.number, why);
	if (err == ERR_NOMEM)
		ua_fail_memory(c->ua);
	else if (err != 0)
		node_answer(c->ua->node, in, 500, RULE_UAS_TOO_LARGE);
	else
		ua_call_enter(c, c->state, why, 200);
}

/* 14.2: the first INVITE has no final response yet. */
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
	/* RFC 5407 3.1.5: two offers would meet. */
	if (ua_2xx_offers(c)) {
		node_answer(c->ua->node, in, 491, RULE_REINVITE_OFFERED);
		return;
	}
	if (early) {
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
