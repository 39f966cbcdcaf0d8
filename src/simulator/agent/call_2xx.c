/*
 * The 2xx to an INVITE, or a re-INVITE, that is repeated until the ACK comes:
 * RFC 3261 13.3.1.4.  A call has several at a time where a re-INVITE comes
 * before the ACK (RFC 5407 3.1.4); one timer serves them all.
 */
#include "agent/call_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/parts.h"
#include "rules/rule_names.h"
#include "sip/defaults.h"

/* The timer is set for the one that is sent again first. */
static void
arm_2xx(struct agent_call *c)
{
	int64_t due = INT64_MAX;

	list_each (struct agent_call_2xx, ok, &c->oks, link)
		if (ok->due < due)
			due = ok->due;
	if (c->timers[AGENT_CALL_TIMER_2XX] != 0 && due == c->oks_due)
		return;
	agent_call_timer_stop(c, AGENT_CALL_TIMER_2XX);
	c->oks_due = due;
	if (due != INT64_MAX)
		agent_call_timer_set(c, AGENT_CALL_TIMER_2XX, due);
}

static void
plan_again(struct agent_call *c, struct agent_call_2xx *ok)
{
	ok->due = sim_now(agent_sim(c->agent)) + ok->interval;
	if (ok->due > ok->deadline)
		ok->due = ok->deadline;
}

int
agent_call_2xx_start(struct agent_call *c, struct sip_transaction *tr,
    uint32_t cseq, struct sip_bytes *bytes, bool offers)
{
	struct agent_call_2xx *ok = mem_zalloc(1, sizeof(*ok));

	if (ok == NULL)
		return ERR_NOMEM;
	ok->tr = tr;
	ok->bytes = sip_bytes_ref(bytes);
	ok->dst = *sip_transaction_peer(tr);
	ok->at = *sip_transaction_local(tr);
	ok->cseq = cseq;
	ok->offers = offers;
	ok->interval = SIP_T1_NS;
	ok->deadline = sim_now(agent_sim(c->agent)) + SIP_64T1_NS;
	plan_again(c, ok);
	list_append(&c->oks, &ok->link);
	arm_2xx(c);
	return 0;
}

bool
agent_call_2xx_waits(const struct agent_call *c)
{
	return !list_empty(&c->oks);
}

void
agent_call_2xx_forget(struct agent_call *c, const struct sip_transaction *tr)
{
	list_each (struct agent_call_2xx, ok, &c->oks, link) {
		if (ok->tr != tr || tr == NULL)
			continue;
		ok->first = sip_transaction_responded(tr);
		ok->tr = NULL;
	}
}

static void
ok_free(struct agent_call_2xx *ok)
{
	list_remove(&ok->link);
	agent_call_sdp_forget_answer(&ok->answer);
	sip_bytes_unref(ok->bytes);
	mem_free(ok);
}

void
agent_call_2xx_stop(struct agent_call *c)
{
	list_each (struct agent_call_2xx, ok, &c->oks, link)
		ok_free(ok);
}

/* The dialog is established once the ACK for its INVITE is there: RFC 5407 2.
 */
static void
handle_ack(struct agent_call *c, struct agent_call_2xx *ok, enum rule_id why)
{
	bool first =
	    c->machine.state != STATE_CONFIRMED && ok->cseq == c->invite_cseq;
	enum rule_id end = ok->answer.unfit ? RULE_BYE_UNFIT
			   : ok->unanswered ? RULE_OFFER_UNANSWERED
					    : RULE_NONE;

	if (why == RULE_INVITE_NO_ACK && ok->offers) {
		agent_offer_lost(agent_call_offer(c));
		agent_call_sdp_take_back(c, agent_call_session(c));
	}
	ok_free(ok);
	arm_2xx(c);
	if (first && why == RULE_INVITE_ACKED)
		sip_dialog_step(
		    c->dialog->sip, EVENT_ACK, RULE_DIALOG_ESTABLISHED);
	/* 15: a BYE had to wait for this; 64*T1 without an ACK end the
	 * session, too. */
	if (first)
		sim_set_cause(agent_sim(c->agent),
		    agent_call_step(c,
			why == RULE_INVITE_ACKED ? EVENT_ACK : EVENT_NO_ACK,
			why, 0));
	if (why == RULE_INVITE_NO_ACK)
		agent_call_2xx_stop(c);
	if (why == RULE_INVITE_NO_ACK)
		agent_call_bye_because(c, why);
	else if (c->bye_wanted && !agent_call_2xx_waits(c))
		agent_call_bye(c, NULL);
	else if (end != RULE_NONE)
		agent_call_bye_because(c, end);
	else if (first)
		agent_call_tell(c, c->ops->established);
}

/* 13.2.1: what the 2xx offered is answered in its ACK. */
static void
take_ack_answer(
    struct agent_call *c, struct agent_call_2xx *ok, const struct msg *ack)
{
	struct str sdp = agent_call_sdp_of(ack);
	struct agent_offer_message what = { .method = MSG_ACK,
		.described = sdp.n > 0 };
	enum agent_offer_kind kind;

	if (!ok->offers)
		return;
	kind = agent_offer_note(agent_call_offer(c), what);
	ok->unanswered = kind == AGENT_OFFER_MISSED;
	agent_call_sdp_hear(c->main, &ok->answer, kind, sdp);
}

void
agent_call_2xx_acked(struct agent_call *c, const struct msg *ack)
{
	struct msg_cseq cseq;

	if (msg_cseq_read(msg_value(ack, MSG_H_CSEQ), &cseq) != 0)
		return;
	list_each (struct agent_call_2xx, ok, &c->oks, link) {
		if (ok->cseq != cseq.number)
			continue;
		take_ack_answer(c, ok, ack);
		handle_ack(c, ok, RULE_INVITE_ACKED);
		return;
	}
}

static void
repeat_2xx(struct agent_call *c, struct agent_call_2xx *ok)
{
	struct sip_origin why = { RULE_INVITE_2XX_AGAIN, 0 };

	/* Through its transaction while that lives, else directly. */
	if (ok->tr == NULL || sip_server_respond(ok->tr, ok->bytes, &why) != 0)
		sip_stack_send_from(c->agent->node->stack,
		    sip_bytes_view(ok->bytes), &ok->at, &ok->dst, &why,
		    ok->first);
	ok->interval *= 2;
	if (ok->interval > SIP_T2_NS)
		ok->interval = SIP_T2_NS;
	plan_again(c, ok);
}

void
agent_call_fire_2xx(struct agent_call *c)
{
	int64_t now = sim_now(agent_sim(c->agent));

	list_each (struct agent_call_2xx, ok, &c->oks, link) {
		if (now < ok->deadline)
			continue;
		handle_ack(c, ok, RULE_INVITE_NO_ACK);
		return;
	}
	list_each (struct agent_call_2xx, ok, &c->oks, link)
		if (now >= ok->due)
			repeat_2xx(c, ok);
	arm_2xx(c);
}
