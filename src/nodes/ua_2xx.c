/*
 * The 2xx to an INVITE, or a re-INVITE, that is repeated until the ACK comes:
 * RFC 3261 13.3.1.4.
 */
#include "nodes/ua.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/parts.h"
#include "sip/defaults.h"

static void
arm(struct ua_call *c)
{
	int64_t due = sim_now(ua_sim(c->ua)) + c->ok->interval;

	ua_timer_set(
	    c, UA_TIMER_2XX, due < c->ok->deadline ? due : c->ok->deadline);
}

int
ua_2xx_start(struct ua_call *c, struct sip_transaction *tr, uint32_t cseq,
    struct sip_bytes *bytes)
{
	struct ua_2xx *ok = mem_zalloc(1, sizeof(*ok));

	if (ok == NULL)
		return ERR_NOMEM;
	ok->tr = tr;
	ok->bytes = sip_bytes_ref(bytes);
	ok->dst = *sip_transaction_peer(tr);
	ok->cseq = cseq;
	ok->interval = SIP_T1_NS;
	ok->deadline = sim_now(ua_sim(c->ua)) + SIP_64T1_NS;
	c->ok = ok;
	arm(c);
	return 0;
}

void
ua_2xx_forget(struct ua_call *c, const struct sip_transaction *tr)
{
	if (c->ok != NULL && c->ok->tr == tr)
		c->ok->tr = NULL;
}

void
ua_2xx_stop(struct ua_call *c)
{
	if (c->ok == NULL)
		return;
	sip_bytes_unref(c->ok->bytes);
	mem_free(c->ok);
	c->ok = NULL;
}

static void
acked(struct ua_call *c, enum trace_rule why)
{
	bool first = c->state != UA_CONFIRMED;
	uint64_t entered;

	ua_timer_stop(c, UA_TIMER_2XX);
	ua_2xx_stop(c);
	entered = ua_call_enter(c, UA_CONFIRMED, why, 0);
	/* 15: a BYE had to wait for this; 64*T1 without an ACK end the
	 * session, too. */
	sim_set_cause(ua_sim(c->ua), entered);
	if (c->bye_wanted || why == RULE_INVITE_NO_ACK)
		ua_call_bye(c, NULL);
	else if (first)
		ua_call_plan_hangup(c);
}

void
ua_2xx_acked(struct ua_call *c, const struct msg *ack)
{
	struct msg_cseq cseq;

	if (c->ok != NULL &&
	    msg_cseq_read(msg_value(ack, MSG_H_CSEQ), &cseq) == 0 &&
	    cseq.number == c->ok->cseq)
		acked(c, RULE_INVITE_ACKED);
}

void
ua_fire_2xx(struct ua_call *c)
{
	struct sip_origin why = { RULE_INVITE_2XX_AGAIN, 0 };
	struct ua_2xx *ok = c->ok;

	if (sim_now(ua_sim(c->ua)) >= ok->deadline) {
		acked(c, RULE_INVITE_NO_ACK);
		return;
	}
	/* Through its transaction while that lives, else directly. */
	if (ok->tr == NULL || sip_server_respond(ok->tr, ok->bytes, &why) != 0)
		sip_stack_send(c->ua->node->stack, sip_bytes_view(ok->bytes),
		    &ok->dst, &why, 0);
	ok->interval *= 2;
	if (ok->interval > SIP_T2_NS)
		ok->interval = SIP_T2_NS;
	arm(c);
}
