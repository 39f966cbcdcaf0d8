/*
 * The other side changes the session: RFC 3261 14.2.  A re-INVITE is accepted
 * at once, unless a script answers it; also before the ACK for the 2xx came
 * (RFC 5407 3.1.4), unless that 2xx had the offer (3.1.5).
 */
#include "agent/call.h"

#include "agent/call_in.h"
#include "agent/session_timer.h"
#include "base/err.h"
#include "base/mem.h"
#include "msg/header_names.h"
#include "msg/parts.h"
#include "rules/rule_names.h"

static void
reinvited_ack(struct sip_transaction *tr, const struct sip_in *in, void *arg)
{
	(void)tr;
	agent_call_2xx_acked(arg, in->m);
}

static void
forget_change(struct agent_call *c)
{
	agent_call_timer_stop(c, AGENT_CALL_TIMER_100);
	sip_bytes_unref(c->reinvite.change);
	c->reinvite.change = NULL;
}

static void
reinvited_ended(struct sip_transaction *tr, void *arg)
{
	struct agent_call *c = arg;

	agent_call_2xx_forget(c, tr);
	if (c->reinvite.change != NULL) /* it could not be answered */
		agent_call_offer_note(c, 500, true, false);
	forget_change(c);
	c->reinvite.theirs = NULL;
}

static const struct sip_transaction_ops reinvited_ops = {
	.ack = reinvited_ack,
	.ended = reinvited_ended,
};

/* IN waits for its answer from now on, in place of the re-INVITE before. */
static void
keep_change(struct agent_call *c, const struct sip_in *in)
{
	if (c->reinvite.theirs != NULL) {
		agent_call_2xx_forget(c, c->reinvite.theirs);
		sip_transaction_set_user(c->reinvite.theirs, NULL, NULL);
	}
	c->reinvite.theirs = in->tr;
	sip_transaction_set_user(in->tr, &reinvited_ops, c);
	c->reinvite.change = sip_bytes_ref(in->bytes);
	agent_call_offer_note(c, 0, false, agent_call_sdp_of(in->m).n > 0);
	agent_call_sdp_tell(c, c->main, agent_call_sdp_of(in->m));
}

static const struct msg *
read_change(struct agent_call *c)
{
	return world_read(c->agent->node->world, c->reinvite.change);
}

/* ---- answers ---- */

static int
respond_to_change(struct agent_call *c, const struct sip_response_spec *spec,
    enum rule_id rule)
{
	struct sip_origin why = { rule, 0 };
	LOCAL_REF struct sip_bytes *b = NULL;
	int err =
	    sip_build_response(c->agent->node->stack, read_change(c), spec, &b);

	if (err == 0)
		err = sip_server_respond(c->reinvite.theirs, b, &why);
	if (err == 0)
		agent_call_offer_note(c, spec->status, true, false);
	return err;
}

static int
answer_change(struct agent_call *c, enum rule_id why)
{
	struct agent_session_fields f;
	struct sip_response_spec spec = {
		.status = 200,
		.contact = agent_call_contact(c),
		.headers = f.list,
		.content_type = STR(AGENT_SDP),
	};
	struct sip_origin origin = { why, 0 };
	LOCAL_REF struct sip_bytes *b = NULL;
	struct msg_cseq cseq = { 0 };
	bool offers = agent_call_sdp_of(read_change(c)).n == 0;
	LOCAL_MEM char *sdp = NULL;
	int err;

	msg_cseq_read(msg_value(read_change(c), MSG_H_CSEQ), &cseq);
	agent_call_sdp_note_hold(
	    agent_call_offer(c), agent_call_sdp_of(read_change(c)));
	err = agent_call_sdp_make(c, agent_call_session(c),
	    agent_call_sdp_of(read_change(c)), true, &sdp);
	spec.body = str_of(sdp);
	agent_session_accept(c, read_change(c), &f);
	spec.nheaders = f.n;
	if (err == 0)
		err = sip_build_response(
		    c->agent->node->stack, read_change(c), &spec, &b);
	/* 12.2.2: an accepted request refreshes the target. */
	if (err == 0)
		err = sip_dialog_refresh(c->dialog->sip, read_change(c));
	if (err == 0)
		err = sip_server_respond(c->reinvite.theirs, b, &origin);
	if (err == 0)
		agent_call_offer_note(c, 200, true, true);
	if (err == 0)
		err = agent_call_2xx_start(
		    c, c->reinvite.theirs, cseq.number, b, offers);
	if (err == 0)
		agent_session_accepted(c, &f);
	return err;
}

int
agent_call_change_accept(struct agent_call *c)
{
	enum rule_id why =
	    agent_call_2xx_waits(c) ? RULE_REINVITE_MORATORIUM : RULE_REINVITE;
	struct sip_response_spec cant = { .status = 500 };
	int err = answer_change(c, why);

	if (err == 0)
		agent_call_step(c, EVENT_RE_INVITE_RECEIVED, why, 200);
	else if (err != ERR_NOMEM)
		err = respond_to_change(c, &cant, agent_call_rule_of(err));
	forget_change(c);
	agent_fail_nomem(c->agent, err);
	return err;
}

int
agent_call_change_refuse(struct agent_call *c,
    const struct sip_response_spec *spec, enum rule_id why)
{
	int err = respond_to_change(c, spec, why);

	agent_fail_nomem(c->agent, err);
	if (err == 0)
		forget_change(c);
	return err;
}

void
agent_call_change_try(struct agent_call *c)
{
	struct sip_response_spec spec = { .status = 100 };

	if (respond_to_change(c, &spec, RULE_IST_100) == ERR_NOMEM)
		agent_fail_memory(c->agent);
}

void
agent_call_change_drop(struct agent_call *c, enum rule_id why)
{
	struct sip_response_spec spec = { .status = 487 };

	if (c->reinvite.change != NULL)
		agent_call_change_refuse(c, &spec, why);
}

/* ---- it comes in ---- */

/* 14.2, RFC 3311 5.2: when it may come again. */
static void
answer_too_early(
    struct agent_call *c, const struct sip_in *in, enum rule_id why)
{
	struct buf seconds = BUF_INIT;

	buf_u64(&seconds,
	    sip_stack_below(c->agent->node->stack, SIP_STREAM_RETRY, 11));
	node_reply_field(c->agent->node, in, 500, "Retry-After", &seconds, why);
}

/* Rejects IN, a re-INVITE, or an UPDATE with an offer, that crosses a pending
 * exchange of U, one of C's usages (agent/offer.c).  A 500 gets a Retry-After
 * of 0 to 10 seconds.  False: it crosses nothing. */
bool
agent_call_refuse_crossing(struct agent_call *c,
    const struct agent_call_usage *u, const struct sip_in *in)
{
	struct agent_offer_refusal r;

	if (!agent_offer_refuses(&u->offer, in->m->method, &r))
		return false;
	if (r.status == 500)
		answer_too_early(c, in, r.why);
	else
		node_answer(c->agent->node, in, r.status, r.why);
	return true;
}

static void
take_change(struct agent_call *c, const struct sip_in *in)
{
	const struct world_watch *watch = &c->agent->node->world->watch;

	keep_change(c, in);
	if (c->ops->defer_change != NULL && c->ops->defer_change(c))
		agent_call_plan_100(c);
	else if (watch->reinvited != NULL &&
		 watch->reinvited(c->agent->node->name, c->name, watch->arg))
		agent_call_plan_100(c);
	else
		agent_call_change_accept(c);
}

void
agent_call_reinvited(struct agent_call *c, const struct sip_in *in)
{
	if (agent_call_refuse_crossing(c, c->main, in))
		return;
	if (c->ops->refuse_change == NULL || !c->ops->refuse_change(c, in))
		take_change(c, in);
}
