/*
 * Transferring a call: RFC 3515, RFC 5589 6.2.  A REFER within the dialog asks
 * the other side to call somebody else; its NOTIFYs tell what came of it, in a
 * subscription that the REFER has made (RFC 6665).  When the target has taken
 * the call this side hangs up, else it goes on with the call it has.
 *
 * One transfer at a time, of either side.  Who hangs up in between waits for no
 * more news.  This file is the side that asks; referred.c is the other one.
 */
#include "agent/refer.h"
#include "node/timer.h"

#include "base/err.h"
#include "msg/parts.h"
#include "sip/defaults.h"

#include <string.h>

/* What a NOTIFY may promise, at most. */
#define EXPIRES_MAX_S 3600

/* ---- timers ---- */

#define X(id, name, fire, why) static void fire_##id(void *arg);
AGENT_REFER_TIMER_LIST(X)
#undef X

static const struct node_timer timers[] = {
#define X(id, name, fire, why) \
	[AGENT_REFER_TIMER_##id] = { name, why, fire_##id, AGENT_SUBSCRIPTION },
	AGENT_REFER_TIMER_LIST(X)
#undef X
};

static void
fired(struct agent_call *c, enum agent_refer_timer t)
{
	node_timer_fired(
	    c->agent->node, &c->refer.timers[t], &timers[t], c->name);
}

static void no_notify(struct agent_call *c);
static void expired(struct agent_call *c);

#define X(id, name, fire, why)                      \
	static void fire_##id(void *arg)            \
	{                                           \
		fired(arg, AGENT_REFER_TIMER_##id); \
		fire(arg);                          \
	}
AGENT_REFER_TIMER_LIST(X)
#undef X

void
agent_refer_timer_set(
    struct agent_call *c, enum agent_refer_timer t, int64_t due)
{
	node_timer_set(
	    c->agent->node, &c->refer.timers[t], &timers[t], c->name, due, c);
}

static void
timer_stop(struct agent_call *c, enum agent_refer_timer t)
{
	node_timer_stop(
	    c->agent->node, &c->refer.timers[t], &timers[t], c->name);
}

/* ---- the subscription ---- */

bool
agent_refer_lives(const struct agent_call *c)
{
	return c->refer.machine.state != NULL;
}

bool
agent_refer_is(const struct agent_call *c, const char *state)
{
	return agent_refer_lives(c) &&
	       strcmp(c->refer.machine.state, state) == 0;
}

void
agent_refer_step(struct agent_call *c, const char *event, enum rule_id why)
{
	struct node_machine *m = &c->refer.machine;

	if (m->table == NULL)
		m->table = machine_find(STR(AGENT_SUBSCRIPTION));
	node_machine_step(c->agent->node, m, c->name, event, why);
	if (agent_refer_lives(c))
		return;
	timer_stop(c, AGENT_REFER_TIMER_NOTIFY);
	timer_stop(c, AGENT_REFER_TIMER_EXPIRE);
}

void
agent_refer_stop(struct agent_call *c)
{
	uint64_t old = sim_cause(agent_sim(c->agent));

	if (!agent_refer_lives(c))
		return;
	agent_refer_step(c, "stop", RULE_TRANSFER_STOP);
	sim_set_cause(agent_sim(c->agent), old);
}

void
agent_refer_leave(struct agent_call *c)
{
	for (size_t t = 0; t < AGENT_REFER_TIMERS; t++)
		sim_cancel(agent_sim(c->agent), c->refer.timers[t]);
	agent_client_drop(c->refer.client);
	c->refer.client = NULL;
	if (c->refer.made != NULL)
		c->refer.made->refer.referrer = NULL;
	c->refer.made = NULL;
	if (c->refer.referrer != NULL)
		c->refer.referrer->refer.made = NULL;
	c->refer.referrer = NULL;
}

/* ---- REFER ---- */

/* The call is as it was before: STATUS has come, or counts as if it had. */
static void
go_on(struct agent_call *c, unsigned status)
{
	agent_client_drop(c->refer.client);
	c->refer.client = NULL;
	sim_set_cause(agent_sim(c->agent),
	    agent_call_step(c, "transfer", RULE_TRANSFER_FAILED, status));
	c->ops->transferred(c, false);
}

/* RFC 3261 12.2.1.2: the other side does not know the dialog any more. */
static void
lost(struct agent_call *c, unsigned status)
{
	sim_set_cause(agent_sim(c->agent),
	    agent_call_step(c, "transfer", RULE_REINVITE_LOST, status));
	agent_call_bye_because(c, RULE_REINVITE_LOST);
}

/* RFC 6665 4.1.2: Timer N.  It is set after Timer F, since no answer at all
 * says more than no NOTIFY. */
static void
await_notify(struct agent_call *c)
{
	if (c->refer.timers[AGENT_REFER_TIMER_NOTIFY] == 0)
		agent_refer_timer_set(c, AGENT_REFER_TIMER_NOTIFY,
		    sim_now(agent_sim(c->agent)) + SIP_64T1_NS);
}

static void
refer_response(struct agent_client *q, const struct sip_in *in, void *arg)
{
	struct agent_call *c = arg;
	unsigned status = in->m->status;

	if (status >= 200)
		c->dialog->realms = q->realms;
	c->refer.cseq = q->number;
	if (status < 200 || !agent_refer_lives(c))
		return;
	if (status < 300) {
		if (!agent_refer_is(c, "notify_wait"))
			return;
		await_notify(c);
		agent_refer_step(c, "2xx", RULE_REFER_2XX);
		return;
	}
	agent_refer_step(c, "300-699", RULE_REFER_REFUSED);
	if (status == 481 || status == 408)
		lost(c, status);
	else
		go_on(c, status);
}

static void
refer_failed(struct agent_client *q, unsigned status, void *arg)
{
	struct agent_call *c = arg;

	(void)q;
	if (!agent_refer_lives(c))
		return;
	agent_refer_step(
	    c, "timeout", status == 408 ? RULE_UAC_408 : RULE_UAC_503);
	lost(c, status);
}

static void
refer_ended(struct agent_client *q, void *arg)
{
	struct agent_call *c = arg;

	if (c->refer.client == q)
		c->refer.client = NULL;
}

static void
refer_sending(struct agent_client *q, void *arg)
{
	struct agent_call *c = arg;
	struct agent_refer *t = &c->refer;

	if (q->attempts > 0)
		return;
	agent_refer_step(c, "REFER sent", RULE_REFER_SEND);
	t->cseq = q->number;
	t->sent++;
}

static const struct agent_client_ops refer_ops = {
	.sending = refer_sending,
	.response = refer_response,
	.failed = refer_failed,
	.ended = refer_ended,
};

static int
build_refer(struct agent_call *c, struct str uri, struct agent_request *r)
{
	struct buf target = BUF_INIT;
	struct sip_header headers[] = {
		{ "Refer-To", STR_NULL },
		{ "Referred-By", str_of(c->agent->identity) },
	};
	struct sip_request_spec spec = {
		.method = STR("REFER"),
		.contact = agent_call_contact(c),
		.headers = headers,
		.nheaders = 2,
	};
	int err = 0;

	buf_printf(&target, "<%.*s>", STR_ARG(uri));
	headers[0].value = buf_view(&target);
	if (target.err != 0)
		err = ERR_NOMEM;
	if (err == 0)
		err = agent_dialog_request(c->dialog, &spec, r);
	buf_free(&target);
	return err;
}

static int
may_transfer(const struct agent_call *c, struct diag *d)
{
	if (c->state != AGENT_CALL_CONFIRMED)
		return diag_set(d, ERR_STATE, NULL, 0,
		    _("%s can't be transferred: it is not answered yet, or "
		      "over"),
		    c->name);
	if (agent_refer_lives(c))
		return diag_set(d, ERR_STATE, NULL, 0,
		    _("%s is being transferred already"), c->name);
	return 0;
}

static int
send_refer(struct agent_call *c, const struct agent_request *r)
{
	struct agent_refer *t = &c->refer;
	int err;

	agent_client_drop(t->client);
	t->client = NULL;
	t->referred = false;
	err = agent_client_start(
	    c->agent, r, RULE_REFER_SEND, &refer_ops, c, &t->client);
	if (err != 0) {
		if (agent_refer_is(c, "notify_wait"))
			agent_refer_step(c, "not sent", RULE_UAC_NO_TARGET);
		return err;
	}
	if (!agent_client_is_idle(t->client))
		await_notify(c);
	return 0;
}

int
agent_call_transfer(struct agent_call *c, struct str uri, struct diag *d)
{
	struct agent_request r = { 0 };
	int err = may_transfer(c, d);

	if (err != 0)
		return err;
	err = build_refer(c, uri, &r);
	if (err == 0)
		err = send_refer(c, &r);
	sip_bytes_unref(r.bytes);
	if (err != 0 && err != ERR_NOMEM)
		diag_set(d, err, NULL, 0,
		    _("%s can't be transferred: the other side's Contact has "
		      "no address"),
		    c->name);
	return err;
}

/* No NOTIFY, or no more of them. */
static void
no_notify(struct agent_call *c)
{
	agent_refer_step(c, "Timer N", RULE_REFER_SILENT);
	go_on(c, 408);
}

static void
expired(struct agent_call *c)
{
	if (c->refer.referred) {
		agent_refer_end_late(c);
		return;
	}
	agent_refer_step(c, "Timer expire", RULE_REFER_EXPIRED);
	go_on(c, 408);
}

/* ---- NOTIFY ---- */

/* RFC 6665 8.2.1: of the package refer, and of this REFER: of the first one in
 * a dialog the id may be left out (RFC 3515 2.4.6). */
static bool
is_awaited(const struct agent_call *c, struct str params)
{
	uint32_t cseq;
	struct str id;

	if (c == NULL || !agent_refer_lives(c) || c->refer.referred)
		return false;
	if (!msg_param(params, "id", &id))
		return c->refer.sent == 1;
	/* The REFER may have gone out again with another number. */
	return str_u32(id, &cseq) == 0 &&
	       cseq == (c->refer.client != NULL ? c->refer.client->number
						: c->refer.cseq);
}

/* True: refused. */
static bool
refuse_notify(struct agent *agent, const struct agent_call *c,
    const struct sip_in *in, struct str params)
{
	static const struct sip_header accept = { "Accept",
		STR_INIT("message/sipfrag") };
	static const struct sip_response_spec other_type = {
		.status = 415, .headers = &accept, .nheaders = 1
	};
	static const struct sip_response_spec no_status = { .status = 400,
		.reason = STR_INIT("Bad Body of message/sipfrag") };
	struct str rest,
	    type = msg_cut_params(msg_value(in->m, MSG_H_CONTENT_TYPE), &rest);

	if (!is_awaited(c, params))
		node_answer(agent->node, in, 481, RULE_NOTIFY_NONE);
	else if (!str_iis(type, "message/sipfrag"))
		node_reply(agent->node, in, &other_type, RULE_NOTIFY_TYPE);
	else if (msg_sipfrag_status(in->m->body, &rest) == 0)
		node_reply(agent->node, in, &no_status, RULE_NOTIFY_BAD);
	else
		return false;
	return true;
}

/* The subscription is over, with STATUS as the last that is known. */
static void
finish(struct agent_call *c, unsigned status)
{
	bool done = status >= 200 && status < 300;

	agent_refer_step(c, "NOTIFY terminated", RULE_NOTIFY_NEWS);
	if (!done) {
		go_on(c, status);
		return;
	}
	sim_set_cause(agent_sim(c->agent),
	    agent_call_step(c, "transfer", RULE_TRANSFER_DONE, status));
	c->ops->transferred(c, true);
}

/* It goes on, for as long as PARAMS says. */
static void
go_on_waiting(struct agent_call *c, bool pending, struct str params)
{
	int64_t now = sim_now(agent_sim(c->agent));
	uint32_t s = SIP_REFER_EXPIRES_S;
	enum rule_id why = agent_refer_is(c, "notify_wait") ? RULE_NOTIFY_BEGINS
							    : RULE_NOTIFY_NEWS;
	struct str value;

	if (msg_param(params, "expires", &value) && str_u32(value, &s) != 0)
		s = EXPIRES_MAX_S;
	if (pending && !agent_refer_is(c, "active"))
		agent_refer_step(c, "NOTIFY pending", why);
	else
		agent_refer_step(c, "NOTIFY active", why);
	timer_stop(c, AGENT_REFER_TIMER_NOTIFY);
	/* The last NOTIFY may have to be repeated. */
	agent_refer_timer_set(c, AGENT_REFER_TIMER_EXPIRE,
	    now + (s < EXPIRES_MAX_S ? s : EXPIRES_MAX_S) * SIM_S +
		SIP_64T1_NS);
}

void
agent_refer_notified(struct agent *agent, struct agent_call *c,
    const struct sip_in *in, struct str params)
{
	struct str how, reason;

	if (refuse_notify(agent, c, in, params))
		return;
	node_answer(agent->node, in, 200, RULE_NOTIFY_RECV);
	/* RFC 6665 4.4.1: a target refresh request. */
	if (sip_dialog_refresh(c->dialog->sip, in->m) == ERR_NOMEM)
		agent_fail_memory(agent);
	how =
	    msg_cut_params(msg_value(in->m, MSG_H_SUBSCRIPTION_STATE), &params);
	if (str_iis(how, "terminated"))
		finish(c, msg_sipfrag_status(in->m->body, &reason));
	else
		go_on_waiting(c, str_iis(how, "pending"), params);
}
