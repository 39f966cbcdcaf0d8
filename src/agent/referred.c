/*
 * Being transferred: RFC 3515 2.4.  A REFER that is accepted makes this side
 * call somebody else, and tell the one who asked by NOTIFY: at once that it is
 * under way, and in the end how it was answered.  The call in which it came
 * stays as it is; hanging that up is the other side's business.
 */
#include "agent/refer.h"

#include "base/err.h"
#include "msg/methods.h"
#include "msg/parts.h"
#include "sip/defaults.h"

#include <string.h>

/* ---- NOTIFY ---- */

static void tell_outcome(struct agent_call *c, unsigned status);

/* RFC 6665 4.2.2 */
static void
nobody_listens(struct agent_call *c, const char *event)
{
	if (!agent_refer_lives(c))
		return;
	c->refer.status = 0;
	agent_refer_step(c, event, RULE_NOTIFY_LOST);
}

static void
notify_response(struct agent_client *q, const struct sip_in *in, void *arg)
{
	struct agent_call *c = arg;
	unsigned outcome = c->refer.status;

	if (in->m->status < 200)
		return;
	c->dialog->realms = q->realms;
	c->refer.status = 0;
	if (in->m->status >= 300)
		nobody_listens(c, "300-699");
	else if (outcome != 0 && agent_refer_lives(c))
		tell_outcome(c, outcome);
}

static void
notify_failed(struct agent_client *q, unsigned status, void *arg)
{
	(void)q;
	(void)status;
	nobody_listens(arg, "timeout");
}

static void
notify_ended(struct agent_client *q, void *arg)
{
	struct agent_call *c = arg;

	if (c->refer.client == q)
		c->refer.client = NULL;
}

static const struct agent_client_ops notify_ops = {
	.response = notify_response,
	.failed = notify_failed,
	.ended = notify_ended,
};

/* RFC 3515 2.4.6: from the second REFER in a dialog on, which one. */
static void
write_event(const struct agent_call *c, struct buf *out)
{
	buf_puts(out, "refer");
	if (c->refer.taken > 1)
		buf_printf(out, ";id=%u", (unsigned)c->refer.cseq);
}

static int
send_notify(
    struct agent_call *c, unsigned status, const char *state, enum rule_id why)
{
	struct buf event = BUF_INIT, body = BUF_INIT;
	struct sip_header headers[] = {
		{ "Event", STR_NULL },
		{ "Subscription-State", str_of(state) },
	};
	struct sip_request_spec spec = {
		.method = STR("NOTIFY"),
		.contact = agent_call_contact(c),
		.headers = headers,
		.nheaders = 2,
		.content_type = STR("message/sipfrag"),
	};
	struct agent_request r = { 0 };
	int err;

	write_event(c, &event);
	buf_printf(
	    &body, "SIP/2.0 %u %s\r\n", status, msg_status_phrase(status));
	headers[0].value = buf_view(&event);
	spec.body = buf_view(&body);
	err = (event.err | body.err) != 0
		  ? ERR_NOMEM
		  : agent_dialog_request(c->dialog, &spec, &r);
	agent_client_drop(c->refer.client);
	c->refer.client = NULL;
	if (err == 0)
		err = agent_client_start(
		    c->agent, &r, why, &notify_ops, c, &c->refer.client);
	if (err == ERR_NOMEM)
		agent_fail_memory(c->agent);
	sip_bytes_unref(r.bytes);
	buf_free(&event);
	buf_free(&body);
	return err;
}

/* The last NOTIFY. */
static void
end_subscription(
    struct agent_call *c, unsigned status, const char *state, enum rule_id why)
{
	struct sim *sim = agent_sim(c->agent);
	uint64_t old = sim_cause(sim);

	if (c->refer.made != NULL)
		c->refer.made->refer.referrer = NULL;
	c->refer.made = NULL;
	agent_refer_step(c, "NOTIFY terminated sent", why);
	send_notify(c, status, state, why);
	sim_set_cause(sim, old);
}

static void
tell_outcome(struct agent_call *c, unsigned status)
{
	end_subscription(
	    c, status, "terminated;reason=noresource", RULE_NOTIFY_FINAL);
}

void
agent_refer_end_late(struct agent_call *c)
{
	end_subscription(
	    c, 100, "terminated;reason=timeout", RULE_NOTIFY_TIMEOUT);
}

void
agent_refer_outcome(struct agent_call *made, unsigned status)
{
	struct agent_call *c = made->refer.referrer;

	if (c == NULL)
		return;
	made->refer.referrer = NULL;
	c->refer.made = NULL;
	if (!agent_refer_lives(c))
		return;
	if (status == 0)
		status = 487; /* it was taken back */
	/* One NOTIFY after the other, so that none overtakes. */
	if (agent_client_is_pending(c->refer.client))
		c->refer.status = status;
	else
		tell_outcome(c, status);
}

/* ---- REFER ---- */

/* The URI to call, without what is no part of a Request-URI (RFC 3261 19.1.1),
 * into OUT; false: it can't be called from here. */
static bool
write_callee(struct str uri, struct buf *out)
{
	struct str name, value, rest;
	struct msg_uri u;

	if (msg_uri_read(uri, &u) != 0 || !u.sip || agent_wants_tls(uri) ||
	    u.headers.n > 0)
		return false;
	if (msg_param(u.params, "method", &value) && !str_is(value, "INVITE"))
		return false;
	buf_add(out, uri.p,
	    (size_t)(u.params.n > 0 ? u.params.p - uri.p : (ptrdiff_t)uri.n));
	for (rest = u.params; msg_next_param(&rest, &name, &value);)
		if (!str_iis(name, "method"))
			buf_printf(out, value.n > 0 ? ";%.*s=%.*s" : ";%.*s",
			    STR_ARG(name), STR_ARG(value));
	return true;
}

/* Why it is not done; 0: it is. */
static unsigned
judge(const struct agent_call *c, const struct sip_in *in, struct buf *callee,
    enum rule_id *why)
{
	struct msg_addr to;

	*why = RULE_REFER_DECLINE;
	if (c->ops->may_refer == NULL || !c->ops->may_refer(c))
		return 603;
	*why = RULE_REFER_TARGET;
	/* RFC 3515 2.4.2: there is exactly one (node_refuse_malformed). */
	if (msg_addr_read(msg_value(in->m, MSG_H_REFER_TO), &to) != 0 ||
	    !write_callee(to.uri, callee))
		return 603;
	*why = RULE_REFER_PENDING;
	if (!sip_dialog_stands(c->dialog->sip) || agent_refer_lives(c))
		return 491;
	return 0;
}

static void
accept(struct agent_call *c, const struct sip_in *in)
{
	struct sip_response_spec spec = { .status = 202,
		.contact = agent_call_contact(c) };
	struct agent_refer *t = &c->refer;
	struct sim *sim = agent_sim(c->agent);
	struct msg_cseq cseq = { 0 };
	struct buf state = BUF_INIT;
	uint64_t old = sim_cause(sim);

	node_reply(c->agent->node, in, &spec, RULE_REFER_ACCEPT);
	msg_cseq_read(msg_value(in->m, MSG_H_CSEQ), &cseq);
	t->referred = true;
	t->status = 0;
	t->cseq = cseq.number;
	t->taken++;
	agent_refer_step(c, "REFER", RULE_REFER_ACCEPT);
	agent_refer_step(c, "NOTIFY active sent", RULE_NOTIFY_FIRST);
	agent_refer_timer_set(c, AGENT_REFER_TIMER_EXPIRE,
	    sim_now(sim) + SIP_REFER_EXPIRES_S * SIM_S);
	buf_printf(&state, "active;expires=%d", SIP_REFER_EXPIRES_S);
	if (state.err != 0)
		agent_fail_memory(c->agent);
	else if (send_notify(c, 100, buf_cstr(&state), RULE_NOTIFY_FIRST) != 0)
		nobody_listens(c, "stop");
	buf_free(&state);
	sim_set_cause(sim, old);
}

/* RFC 3261 7.3.1: a value on one line. */
static void
unfold(struct str value, struct buf *out)
{
	for (size_t i = 0; i < value.n; i++)
		if (value.p[i] == '\n')
			buf_putc(out, ' ');
		else if (value.p[i] != '\r')
			buf_putc(out, value.p[i]);
}

/* CALLEE is called, on behalf of who sent M. */
static void
call(struct agent_call *c, const struct msg *m, struct str callee)
{
	struct buf by = BUF_INIT;
	struct agent_call *made;
	int err;

	unfold(msg_value(m, MSG_H_REFERRED_BY), &by);
	err = by.err != 0 ? ERR_NOMEM
			  : c->ops->refer(c, callee, buf_view(&by), &made);
	buf_free(&by);
	if (err == 0 && agent_refer_lives(c)) {
		made->refer.referrer = c;
		c->refer.made = made;
	} else if (err == ERR_NOMEM) {
		agent_fail_memory(c->agent);
	} else if (err != 0 && agent_refer_lives(c)) {
		/* RFC 3515 2.4.5; as if it had come (RFC 3261 8.1.3.1). */
		c->refer.status = 503;
	}
}

void
agent_referred(struct agent *agent, const struct sip_in *in)
{
	node_answer(agent->node, in, 603, RULE_REFER_OUTSIDE);
}

void
agent_call_referred(struct agent_call *c, const struct sip_in *in)
{
	struct buf callee = BUF_INIT;
	enum rule_id why;
	unsigned status;

	if (c->state == AGENT_CALL_TERMINATING) {
		node_answer(c->agent->node, in, 481, RULE_DIALOG_NONE);
		return;
	}
	status = judge(c, in, &callee, &why);
	if (callee.err != 0)
		agent_fail_memory(c->agent);
	else if (status != 0)
		node_answer(c->agent->node, in, status, why);
	else
		accept(c, in);
	if (callee.err == 0 && status == 0)
		call(c, in->m, buf_view(&callee));
	buf_free(&callee);
}
