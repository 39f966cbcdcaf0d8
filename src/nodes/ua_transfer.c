/*
 * Transferring a call: RFC 3515, RFC 5589 6.2.  A REFER within the dialog asks
 * the other side to call somebody else; its NOTIFYs tell what came of it, in a
 * subscription that the REFER has made (RFC 6665).  When the target has taken
 * the call this side hangs up, else it goes on with the call it has.
 *
 * One transfer at a time, of either side.  Who hangs up in between waits for no
 * more news.  This file is the side that asks; ua_referred.c is the other one.
 */
#include "nodes/ua.h"

#include "base/err.h"
#include "msg/parts.h"
#include "sip/defaults.h"

#include <string.h>

/* What a NOTIFY may promise, at most. */
#define EXPIRES_MAX_S 3600

/* ---- the subscription ---- */

bool
ua_transfer_lives(const struct agent_call *c)
{
	return ua_transfer_of(c)->machine.state != NULL;
}

bool
ua_transfer_is(const struct agent_call *c, const char *state)
{
	return ua_transfer_lives(c) &&
	       strcmp(ua_transfer_of(c)->machine.state, state) == 0;
}

void
ua_transfer_step(struct agent_call *c, const char *event, enum rule_id why)
{
	struct node_machine *m = &ua_transfer_of(c)->machine;

	if (m->table == NULL)
		m->table = machine_find(STR(UA_SUBSCRIPTION));
	node_machine_step(c->agent->node, m, c->name, event, why);
	if (ua_transfer_lives(c))
		return;
	ua_timer_stop(c, UA_TIMER_NOTIFY);
	ua_timer_stop(c, UA_TIMER_EXPIRE);
}

void
ua_transfer_stop(struct agent_call *c)
{
	uint64_t old = sim_cause(agent_sim(c->agent));

	if (!ua_transfer_lives(c))
		return;
	ua_transfer_step(c, "stop", RULE_TRANSFER_STOP);
	sim_set_cause(agent_sim(c->agent), old);
}

void
ua_transfer_leave(struct agent_call *c)
{
	agent_client_drop(ua_transfer_of(c)->client);
	ua_transfer_of(c)->client = NULL;
	if (ua_transfer_of(c)->made != NULL)
		ua_call_of(ua_transfer_of(c)->made)->referrer = NULL;
	ua_transfer_of(c)->made = NULL;
	if (ua_call_of(c)->referrer != NULL)
		ua_transfer_of(ua_call_of(c)->referrer)->made = NULL;
	ua_call_of(c)->referrer = NULL;
}

/* ---- REFER ---- */

/* The call is as it was before: STATUS has come, or counts as if it had. */
static void
go_on(struct agent_call *c, unsigned status)
{
	agent_client_drop(ua_transfer_of(c)->client);
	ua_transfer_of(c)->client = NULL;
	sim_set_cause(agent_sim(c->agent),
	    agent_call_step(c, "transfer", RULE_TRANSFER_FAILED, status));
	/* RFC 5589 6.3 */
	if (c->state == AGENT_CALL_CONFIRMED && c->hold)
		agent_call_hold(c, false, NULL);
}

/* RFC 3261 12.2.1.2: the other side does not know the dialog any more. */
static void
lost(struct agent_call *c, unsigned status)
{
	sim_set_cause(agent_sim(c->agent),
	    agent_call_step(c, "transfer", RULE_REINVITE_LOST, status));
	agent_call_bye_because(c, RULE_REINVITE_LOST);
}

/* RFC 6665 4.1.2: Timer N.  It is set after Timer F, since no answer at all says
 * more than no NOTIFY. */
static void
await_notify(struct agent_call *c)
{
	if (ua_call_of(c)->timers[UA_TIMER_NOTIFY] == 0)
		ua_timer_set(c, UA_TIMER_NOTIFY,
		    sim_now(agent_sim(c->agent)) + SIP_64T1_NS);
}

static void
refer_response(struct agent_client *q, const struct sip_in *in, void *arg)
{
	struct agent_call *c = arg;
	unsigned status = in->m->status;

	if (status >= 200)
		c->realms = q->realms;
	ua_transfer_of(c)->cseq = q->number;
	if (status < 200 || !ua_transfer_lives(c))
		return;
	if (status < 300) {
		if (!ua_transfer_is(c, "notify_wait"))
			return;
		await_notify(c);
		ua_transfer_step(c, "2xx", RULE_REFER_2XX);
		return;
	}
	ua_transfer_step(c, "300-699", RULE_REFER_REFUSED);
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
	if (!ua_transfer_lives(c))
		return;
	ua_transfer_step(
	    c, "timeout", status == 408 ? RULE_UAC_408 : RULE_UAC_503);
	lost(c, status);
}

static void
refer_ended(struct agent_client *q, void *arg)
{
	struct agent_call *c = arg;

	if (ua_transfer_of(c)->client == q)
		ua_transfer_of(c)->client = NULL;
}

static void
refer_sending(struct agent_client *q, void *arg)
{
	struct ua_transfer *t = ua_transfer_of(arg);

	if (q->attempts > 0)
		return;
	ua_transfer_step(arg, "REFER sent", RULE_REFER_SEND);
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
build_refer(struct agent_call *c, const char *to, struct agent_request *r)
{
	struct buf uri = BUF_INIT, target = BUF_INIT;
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
	int err = ua_write_target(ua_of(c), to, &uri);

	buf_printf(&target, "<%s>", buf_cstr(&uri));
	headers[0].value = buf_view(&target);
	if (target.err != 0)
		err = ERR_NOMEM;
	if (err == 0)
		err = agent_call_request(c, &spec, r);
	buf_free(&uri);
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
	if (ua_transfer_lives(c))
		return diag_set(d, ERR_STATE, NULL, 0,
		    _("%s is being transferred already"), c->name);
	return 0;
}

static int
send_refer(struct agent_call *c, const struct agent_request *r)
{
	struct ua_transfer *t = ua_transfer_of(c);
	int err;

	agent_client_drop(t->client);
	t->client = NULL;
	t->referred = false;
	err = agent_client_start(
	    c->agent, r, RULE_REFER_SEND, &refer_ops, c, &t->client);
	if (err != 0) {
		if (ua_transfer_is(c, "notify_wait"))
			ua_transfer_step(c, "not sent", RULE_UAC_NO_TARGET);
		return err;
	}
	if (!agent_client_is_idle(t->client))
		await_notify(c);
	return 0;
}

int
ua_call_transfer(struct agent_call *c, const char *to, struct diag *d)
{
	struct agent_request r = { 0 };
	int err = may_transfer(c, d);

	if (err != 0)
		return err;
	err = build_refer(c, to, &r);
	if (err == 0)
		err = send_refer(c, &r);
	sip_bytes_unref(r.bytes);
	if (err == ERR_SYNTAX)
		diag_set(d, err, NULL, 0,
		    _("%s can't be transferred to %s: that is no URI"), c->name,
		    to);
	else if (err != 0 && err != ERR_NOMEM)
		diag_set(d, err, NULL, 0,
		    _("%s can't be transferred: the other side's Contact has "
		      "no address"),
		    c->name);
	return err;
}

/* No NOTIFY, or no more of them. */
void
ua_fire_no_notify(struct agent_call *c)
{
	ua_transfer_step(c, "Timer N", RULE_REFER_SILENT);
	go_on(c, 408);
}

void
ua_fire_expire(struct agent_call *c)
{
	if (ua_transfer_of(c)->referred) {
		ua_referred_expire(c);
		return;
	}
	ua_transfer_step(c, "Timer expire", RULE_REFER_EXPIRED);
	go_on(c, 408);
}

/* ---- NOTIFY ---- */

/* "refer;id=3": what stands before the parameters, and these. */
static struct str
cut_params(struct str value, struct str *params)
{
	ptrdiff_t at = str_chr(value, ';');
	size_t n = at >= 0 ? (size_t)at : value.n;

	*params = str_slice(value, n, value.n);
	return str_trim(str_slice(value, 0, n));
}

/* RFC 6665 8.2.1: of the package refer, and of this REFER: of the first one in
 * a dialog the id may be left out (RFC 3515 2.4.6). */
static bool
is_awaited(const struct agent_call *c, struct str params)
{
	uint32_t cseq;
	struct str id;

	if (c == NULL || !ua_transfer_lives(c) || ua_transfer_of(c)->referred)
		return false;
	if (!msg_param(params, "id", &id))
		return ua_transfer_of(c)->sent == 1;
	/* The REFER may have gone out again with another number. */
	return str_u32(id, &cseq) == 0 &&
	       cseq == (ua_transfer_of(c)->client != NULL
			       ? ua_transfer_of(c)->client->number
			       : ua_transfer_of(c)->cseq);
}

/* With one header field that says what would have been right. */
static void
refuse(struct ua *ua, const struct sip_in *in, unsigned status,
    const struct sip_header *right, enum rule_id why)
{
	struct sip_response_spec spec = {
		.status = status, .headers = right, .nheaders = 1
	};

	node_reply(ua->agent.node, in, &spec, why);
}

/* True: refused. */
static bool
refuse_notify(
    struct ua *ua, const struct agent_call *c, const struct sip_in *in)
{
	static const struct sip_header events = { "Allow-Events",
		{ "refer", 5 } };
	static const struct sip_header accept = { "Accept",
		{ "message/sipfrag", 15 } };
	static const struct sip_response_spec no_status = { .status = 400,
		.reason = STR_INIT("Bad Body of message/sipfrag") };
	struct str params, rest;
	struct str package = cut_params(msg_value(in->m, MSG_H_EVENT), &params);
	struct str type =
	    cut_params(msg_value(in->m, MSG_H_CONTENT_TYPE), &rest);

	if (!str_iis(package, "refer"))
		refuse(ua, in, 489, &events, RULE_NOTIFY_EVENT);
	else if (!is_awaited(c, params))
		node_answer(ua->agent.node, in, 481, RULE_NOTIFY_NONE);
	else if (!str_iis(type, "message/sipfrag"))
		refuse(ua, in, 415, &accept, RULE_NOTIFY_TYPE);
	else if (msg_sipfrag_status(in->m->body, &rest) == 0)
		node_reply(ua->agent.node, in, &no_status, RULE_NOTIFY_BAD);
	else
		return false;
	return true;
}

/* The subscription is over, with STATUS as the last that is known. */
static void
finish(struct agent_call *c, unsigned status)
{
	bool done = status >= 200 && status < 300;

	ua_transfer_step(c, "NOTIFY terminated", RULE_NOTIFY_NEWS);
	if (!done) {
		go_on(c, status);
		return;
	}
	sim_set_cause(agent_sim(c->agent),
	    agent_call_step(c, "transfer", RULE_TRANSFER_DONE, status));
	agent_call_bye_because(c, RULE_TRANSFER_DONE);
}

/* It goes on, for as long as PARAMS says. */
static void
go_on_waiting(struct agent_call *c, bool pending, struct str params)
{
	int64_t now = sim_now(agent_sim(c->agent));
	uint32_t s = SIP_REFER_EXPIRES_S;
	enum rule_id why = ua_transfer_is(c, "notify_wait") ? RULE_NOTIFY_BEGINS
							    : RULE_NOTIFY_NEWS;
	struct str value;

	if (msg_param(params, "expires", &value) && str_u32(value, &s) != 0)
		s = EXPIRES_MAX_S;
	if (pending && !ua_transfer_is(c, "active"))
		ua_transfer_step(c, "NOTIFY pending", why);
	else
		ua_transfer_step(c, "NOTIFY active", why);
	ua_timer_stop(c, UA_TIMER_NOTIFY);
	/* The last NOTIFY may have to be repeated. */
	ua_timer_set(c, UA_TIMER_EXPIRE,
	    now + (s < EXPIRES_MAX_S ? s : EXPIRES_MAX_S) * SIM_S +
		SIP_64T1_NS);
}

void
ua_call_notified(struct ua *ua, struct agent_call *c, const struct sip_in *in)
{
	struct str params, how, reason;

	if (refuse_notify(ua, c, in))
		return;
	node_answer(ua->agent.node, in, 200, RULE_NOTIFY_RECV);
	/* RFC 6665 4.4.1: a target refresh request. */
	if (sip_dialog_refresh(c->dialog, in->m) == ERR_NOMEM)
		agent_fail_memory(&ua->agent);
	how = cut_params(msg_value(in->m, MSG_H_SUBSCRIPTION_STATE), &params);
	if (str_iis(how, "terminated"))
		finish(c, msg_sipfrag_status(in->m->body, &reason));
	else
		go_on_waiting(c, str_iis(how, "pending"), params);
}
