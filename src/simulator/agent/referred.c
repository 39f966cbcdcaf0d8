/*
 * Being transferred: RFC 3515 2.4.  A REFER that is accepted makes this side
 * call the target, and notify the sender: at once that the call is under way,
 * and in the end of its final status.  The call in which it came stays as it
 * is; hanging that up is the other side's business.
 */
#include "agent/notifier_in.h"
#include "agent/refer.h"
#include "agent/requests.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/header_names.h"
#include "msg/methods.h"
#include "msg/parts.h"
#include "node/timer.h"
#include "node/uri.h"
#include "rules/rule_names.h"
#include "sip/defaults.h"

/* ---- NOTIFY bodies ---- */

/* RFC 3515 2.4.5 */
static int
write_status(struct agent_notifier *n, struct buf *out)
{
	const struct agent_referral *r = n->arg;

	buf_printf(
	    out, "SIP/2.0 %u %s\r\n", r->status, msg_status_phrase(r->status));
	return out->err;
}

/* It is not going to call any more. */
static void
stop_waiting(struct agent_referral *r)
{
	struct sim *sim = agent_sim(r->notifier->agent);

	if (r->later == 0)
		return;
	sim_cancel(sim, r->later);
	sim_release(sim);
	r->later = 0;
}

static void
referral_ended(struct agent_notifier *n)
{
	struct agent_referral *r = n->arg;

	if (r == NULL)
		return;
	if (r->within != NULL && r->within->refer.told == r)
		r->within->refer.told = NULL;
	if (r->made != NULL)
		r->made->refer.made_by = NULL;
	if (r->asked != NULL)
		r->asked->arg = NULL;
	stop_waiting(r);
	agent_refer_target_free(&r->to);
	buf_free(&r->by);
	mem_free(r);
}

static const struct agent_service service = {
	.package = &agent_packages[AGENT_PACKAGE_REFER],
	.most_s = SIP_REFER_EXPIRES_S,
	.write = write_status,
	.ended = referral_ended,
};

void
agent_referral_done(struct agent_referral *r, unsigned status)
{
	if (r->asked != NULL)
		r->asked->arg = NULL;
	r->asked = NULL;
	r->status = status;
	agent_notifier_end(r->notifier, "noresource", RULE_NOTIFY_FINAL);
}

void
agent_refer_outcome(struct agent_call *made, unsigned status)
{
	struct agent_referral *r = made->refer.made_by;

	if (r == NULL)
		return;
	made->refer.made_by = NULL;
	r->made = NULL;
	/* RFC 4579 5.11: it has ended as was asked; else it was taken back. */
	if (r->to.method == MSG_BYE)
		status = status == 408 ? 408 : 200;
	agent_referral_done(r, status != 0 ? status : 487);
}

/* ---- REFER ---- */

/* Why it is not done; 0: it is.  C may be NULL. */
static unsigned
referral_judge_refer(struct agent *agent, struct agent_call *c,
    const struct sip_in *in, struct agent_refer_target *to, enum rule_id *why)
{
	struct msg_addr addr;

	*why = c != NULL ? RULE_REFER_DECLINE : RULE_REFER_OUTSIDE;
	if (agent->ops->may_refer == NULL || !agent->ops->may_refer(agent, c))
		return 603;
	*why = RULE_REFER_TARGET;
	/* RFC 3515 2.4.2: there is exactly one (node_refuse_malformed). */
	if (msg_addr_read(msg_value(in->m, MSG_H_REFER_TO), &addr) != 0 ||
	    agent_refer_target_read(agent->node, addr.uri, to) != 0)
		return 603;
	/* There is no user here who could allow that. */
	*why = RULE_SIPS_DERIVED;
	if (c != NULL && to->method == MSG_INVITE && agent_call_is_sips(c) &&
	    !node_is_sips(buf_view(&to->uri)))
		return 603;
	*why = RULE_REFER_TARGET;
	buf_str(&to->at, in->m->uri);
	if (to->method != MSG_INVITE && agent->ops->judge_refer == NULL)
		return 603;
	*why = RULE_REFER_PENDING;
	if (c != NULL && (!sip_dialog_stands(c->dialog->sip) ||
			     c->refer.told != NULL || c->refer.asked != NULL))
		return 491;
	return agent->ops->judge_refer != NULL
		   ? agent->ops->judge_refer(agent, c, in, to, why)
		   : 0;
}

/* RFC 3515 2.4.6: from the second REFER in a dialog on, which one. */
static int
referral_write_id(
    const struct agent_call *c, const struct msg *m, struct buf *out)
{
	struct msg_cseq cseq = { 0 };

	if (c == NULL || c->refer.taken == 0)
		return 0;
	msg_cseq_read(msg_value(m, MSG_H_CSEQ), &cseq);
	buf_u64(out, cseq.number);
	return out->err;
}

/* The referral, and the subscription that reports it, in no dialog yet; NULL
 * when out of memory. */
static struct agent_referral *
make_referral(struct agent *agent, struct agent_call *c, const struct msg *m)
{
	struct agent_referral *r = mem_zalloc(1, sizeof(*r));
	LOCAL_BUF id = BUF_INIT;

	if (r != NULL && referral_write_id(c, m, &id) == 0)
		r->notifier = agent_notifier_new(
		    agent, &service, c != NULL ? c->name : NULL, buf_view(&id));
	if (r == NULL || r->notifier == NULL) {
		mem_free(r);
		return NULL;
	}
	r->notifier->arg = r;
	r->notifier->refers = true;
	r->status = 100;
	r->within = c;
	return r;
}

/* 202, and the subscription begins with its first NOTIFY; false: that can't be
 * sent, and R is freed. */
static bool
begin_referral(
    struct agent_referral *r, const struct sip_in *in, struct str tag)
{
	struct agent_notifier *n = r->notifier;
	struct sip_response_spec spec = {
		.status = 202,
		.to_tag = tag,
		.record_route = tag.n > 0,
		.contact = agent_dialog_contact(n->usage.dialog),
	};

	node_reply(n->agent->node, in, &spec, RULE_REFER_ACCEPT);
	agent_notifier_step(n, EVENT_REFER, RULE_REFER_ACCEPT);
	agent_notifier_run(n, SIP_REFER_EXPIRES_S);
	return agent_notify(n);
}

/* What IN asks for is under way; NULL: it can't be told of. */
static struct agent_referral *
referral_accept_refer(
    struct agent *agent, struct agent_call *c, const struct sip_in *in)
{
	struct agent_referral *r = make_referral(agent, c, in->m);
	LOCAL_BUF tag = BUF_INIT;
	int err = r == NULL ? ERR_NOMEM : 0;

	if (err == 0 && c != NULL) {
		agent_dialog_join(
		    c->dialog, &r->notifier->usage, &agent_notifier_usage);
		c->refer.told = r;
		c->refer.taken++;
	} else if (err == 0) {
		sip_stack_token(agent->node->stack, SIP_STREAM_TAG, 8, &tag);
		err = tag.err != 0 ? ERR_NOMEM
				   : agent_notifier_open(
					 r->notifier, in->m, buf_view(&tag));
	}
	if (err == ERR_NOMEM)
		agent_fail_memory(agent);
	else if (err != 0)
		node_answer_bad(
		    agent->node, in, MSG_H_CONTACT, RULE_BAD_REQUEST);
	if (err != 0 && r != NULL)
		agent_notifier_free(r->notifier);
	if (err != 0 || !begin_referral(r, in, buf_view(&tag)))
		r = NULL;
	return r;
}

/* RFC 3261 7.3.1: a value on one line. */
static void
referral_unfold(struct str value, struct buf *out)
{
	for (size_t i = 0; i < value.n; i++)
		if (value.p[i] == '\n')
			buf_putc(out, ' ');
		else if (value.p[i] != '\r')
			buf_putc(out, value.p[i]);
}

/* Carries out TO, asked for in C (may be NULL) on behalf of BY; R (NULL: no
 * subscription) reports the outcome.  0, or why it can't be. */
static int
do_asked(struct agent *agent, struct agent_call *c,
    const struct agent_refer_target *to, struct str by,
    struct agent_referral *r)
{
	struct agent_call *made = NULL;
	bool ends = to->method == MSG_BYE;
	int err;

	if (to->method == MSG_REFER)
		return agent_refer_on(agent, to, r);
	err = agent->ops->refer(agent, c, to, by, &made);
	if (err == 0 && r != NULL) {
		made->refer.made_by = r;
		r->made = made;
	}
	if (err == 0 && ends)
		agent_call_bye_because(made, RULE_CONFERENCE_REMOVE);
	return err;
}

/* What R asks for. */
static void
referral_call_target(struct agent_referral *r)
{
	struct agent *agent = r->notifier->agent;
	int err = do_asked(agent, r->within, &r->to, buf_view(&r->by), r);

	if (err == 0) {
		return;
	} else if (err == ERR_NOMEM) {
		agent_fail_memory(agent);
	} else {
		/* RFC 3515 2.4.5; as if it had come (RFC 3261 8.1.3.1). */
		r->status = 503;
		agent_notifier_end(
		    r->notifier, "noresource", RULE_NOTIFY_FINAL);
	}
}

static void fire_later(void *arg);

static const struct node_timer later_timer = { "refer", RULE_REFER_ASKS,
	fire_later, NULL };

static void
fire_later(void *arg)
{
	struct agent_referral *r = arg;
	struct node *node = r->notifier->agent->node;
	struct sim *sim = node->world->sim;

	node_timer_fired(node, &r->later, &later_timer, r->notifier->name);
	referral_call_target(r);
	sim_release(sim);
}

/* At once, or once its user has said yes (attribute `refer_after`). */
static void
call_in_time(struct agent_referral *r)
{
	struct node *node = r->notifier->agent->node;
	int64_t after = node_attr_time(node, "refer_after", 0);
	struct sim *sim = node->world->sim;

	if (after <= 0) {
		referral_call_target(r);
		return;
	}
	sim_hold(sim);
	node_timer_set(node, &r->later, &later_timer, r->notifier->name,
	    sim_now(sim) + after, r);
}

/* TO is to be called, on behalf of who sent M; R takes what TO has. */
static void
begin_call(struct agent_referral *r, const struct msg *m,
    struct agent_refer_target *to)
{
	r->to = *to;
	*to = (struct agent_refer_target)AGENT_REFER_TARGET_INIT;
	referral_unfold(msg_value(m, MSG_H_REFERRED_BY), &r->by);
	if (r->by.err != 0)
		agent_fail_memory(r->notifier->agent);
	else
		call_in_time(r);
}

/* RFC 4488 4: M asks for no reports of the outcome, and AGENT supports that. */
static bool
wants_silence(const struct agent *agent, const struct msg *m)
{
	return agent_refer_sub_knows(agent) && agent_refer_sub_is_off(m);
}

/* Carries it out without reports: no subscription, and, where C is NULL, no
 * dialog. */
static void
call_silently(struct agent *agent, struct agent_call *c,
    const struct sip_in *in, const struct agent_refer_target *to)
{
	struct sip_response_spec spec = {
		.status = 202,
		.contact = c != NULL
			       ? agent_call_contact(c)
			       : str_of(agent_identity_contact(
				     agent_identity_for(agent, in->m->uri),
				     agent_face_of(agent, in), ADDR_DEFAULT)),
		.headers = agent_refer_sub_fields,
		.nheaders = 1,
	};
	LOCAL_BUF by = BUF_INIT;
	int err;

	if (c != NULL)
		c->refer.taken++;
	node_reply(agent->node, in, &spec, RULE_REFER_UNTOLD);
	referral_unfold(msg_value(in->m, MSG_H_REFERRED_BY), &by);
	err = by.err != 0 ? ERR_NOMEM
			  : do_asked(agent, c, to, buf_view(&by), NULL);
	agent_fail_nomem(agent, err);
}

void
agent_referred(struct agent *agent, const struct sip_in *in)
{
	struct agent_call *c = agent_call_of(agent, in->m);
	struct sim *sim = agent_sim(agent);
	struct agent_refer_target to = AGENT_REFER_TARGET_INIT;
	struct agent_referral *r = NULL;
	uint64_t old = sim_cause(sim);
	enum rule_id why;
	unsigned status;

	if (c == NULL && agent_dialog_of(agent, in->m) != NULL) {
		node_answer(agent->node, in, 603, RULE_USAGE_SECOND);
		return;
	}
	if (c != NULL && c->machine.state == STATE_TERMINATING) {
		node_answer(agent->node, in, 481, RULE_DIALOG_NONE);
		return;
	}
	if (agent_notifier_refuse(agent, in))
		return;
	status = referral_judge_refer(agent, c, in, &to, &why);
	if ((to.uri.err | to.headers.err | to.at.err) != 0)
		agent_fail_memory(agent);
	else if (status != 0)
		node_answer(agent->node, in, status, why);
	else if (wants_silence(agent, in->m))
		call_silently(agent, c, in, &to);
	else
		r = referral_accept_refer(agent, c, in);
	sim_set_cause(sim, old);
	if (r != NULL)
		begin_call(r, in->m, &to);
	agent_refer_target_free(&to);
}
