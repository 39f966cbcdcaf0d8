/*
 * Transferring a call: RFC 3515, RFC 5589 6.2.  A REFER within the dialog asks
 * the other side to call somebody else; its NOTIFYs tell what came of it.  When
 * the target has taken the call this side hangs up, else it goes on with the
 * call it has.
 */
#include "agent/refer.h"
#include "agent/refer_sub.h"

#include "base/err.h"
#include "msg/parts.h"
#include "msg/usages.h"
#include "rules/rule_names.h"

/* ---- what comes of it ---- */

/* The transfer of C has failed by STATUS, which has come or counts as if it
 * had: C goes on as before. */
static void
fail_transfer(struct agent_call *c, unsigned status)
{
	sim_set_cause(agent_sim(c->agent),
	    agent_call_step(c, EVENT_TRANSFER, RULE_TRANSFER_FAILED, status));
	c->ops->transferred(c, status);
}

/* The REFER itself was not answered, or by what says that nothing in its dialog
 * will be.  RFC 5057 5.1: that it could not be sent says nothing of that. */
static bool
is_lost(unsigned status, enum rule_id why)
{
	return why == RULE_UAC_408 ||
	       (why == RULE_REFER_REFUSED &&
		   (status == 408 || status == 481 ||
		       msg_usage_effect(status) == MSG_ENDS_DIALOG));
}

static bool
is_talking(const struct agent_call *c)
{
	return c != NULL && c->machine.state == STATE_CONFIRMED;
}

static void
refer_failed(struct agent_subscriber *s, unsigned status, enum rule_id why)
{
	struct agent_call *c = s->arg;

	if (!is_talking(c))
		return;
	/* RFC 4488 4: it is being done; the call is left as it is. */
	if (why == RULE_REFER_UNHEARD)
		agent_call_step(c, EVENT_TRANSFER, why, status);
	else if (is_lost(status, why))
		agent_call_bye_lost(c, EVENT_TRANSFER, status);
	else
		fail_transfer(c, status);
}

static unsigned
refer_judge(
    struct agent_subscriber *s, const struct sip_in *in, struct str *reason)
{
	struct str rest;

	(void)s;
	*reason = STR("Bad Body of message/sipfrag");
	return msg_sipfrag_status(in->m->body, &rest) == 0 ? 400 : 0;
}

static void
refer_news(struct agent_subscriber *s, const struct sip_in *in, bool ends)
{
	struct agent_call *c = s->arg;
	struct str rest;
	unsigned status = msg_sipfrag_status(in->m->body, &rest);

	if (!ends || !is_talking(c))
		return;
	if (status < 200 || status >= 300) {
		fail_transfer(c, status);
		return;
	}
	sim_set_cause(agent_sim(c->agent),
	    agent_call_step(c, EVENT_TRANSFER, RULE_TRANSFER_DONE, status));
	c->ops->transferred(c, status);
}

static void
refer_ended(struct agent_subscriber *s)
{
	struct agent_call *c = s->arg;

	if (c != NULL && c->refer.asked == s)
		c->refer.asked = NULL;
}

static const struct agent_subscriber_ops refer_ops = {
	.judge = refer_judge,
	.news = refer_news,
	.failed = refer_failed,
	.ended = refer_ended,
};

void
agent_refer_leave(struct agent_call *c)
{
	if (c->refer.asked != NULL)
		c->refer.asked->arg = NULL;
	if (c->refer.told != NULL)
		c->refer.told->within = NULL;
	if (c->refer.made_by != NULL)
		c->refer.made_by->made = NULL;
	c->refer.asked = NULL;
	c->refer.told = NULL;
	c->refer.made_by = NULL;
}

/* ---- REFER ---- */

/* The fields of a REFER, one that wants SILENCE with two more: */
#define FIELDS (2 + AGENT_REFER_SUB_FIELDS)

/* Those that ask for URI on behalf of SELF into LIST, which points into
 * TARGET.  Their number, 0 when out of memory. */
static size_t
write_fields(const struct agent_self *self, struct str uri, bool silent,
    struct buf *target, struct sip_header *list)
{
	buf_printf(target, "<%.*s>", STR_ARG(uri));
	if (target->err != 0)
		return 0;
	list[0] = (struct sip_header){ "Refer-To", buf_view(target) };
	list[1] = (struct sip_header){ "Referred-By", str_of(self->identity) };
	for (size_t i = 0; silent && i < AGENT_REFER_SUB_FIELDS; i++)
		list[2 + i] = agent_refer_sub_fields[i];
	return silent ? FIELDS : 2;
}

static int
may_transfer(const struct agent_call *c, struct diag *d)
{
	if (!agent_call_talks(c))
		return diag_set(d, ERR_STATE, NULL, 0,
		    _("%s can't be transferred: it is not answered yet, or "
		      "over"),
		    c->name);
	if (c->refer.asked != NULL || c->refer.told != NULL)
		return diag_set(d, ERR_STATE, NULL, 0,
		    _("%s is being transferred already"), c->name);
	return 0;
}

static int
send_refer(struct agent_subscriber *s, struct str uri)
{
	struct buf target = BUF_INIT;
	struct sip_header headers[FIELDS];
	struct sip_request_spec spec = {
		.method = STR("REFER"),
		.uri = str_of(s->uri),
		.headers = headers,
		.nheaders =
		    write_fields(s->self, uri, s->silent, &target, headers),
	};
	int err = spec.nheaders == 0
		      ? ERR_NOMEM
		      : agent_subscriber_send(s, &spec, RULE_REFER_SEND);

	buf_free(&target);
	return err;
}

/* Asks whom WHAT says, or the other side of C, to call URI.  Outside of calls
 * (C is NULL) the first NOTIFY makes the dialog (RFC 3515 2.4.1, RFC 6665
 * 4.4.1).  *ASKED (may be NULL): what waits for its news. */
static int
ask_to_call(struct agent *agent, struct agent_call *c,
    struct agent_subscribe *what, struct str uri, bool silent,
    struct agent_subscriber **asked)
{
	struct agent_subscriber *s;
	int err;

	what->package = &agent_packages[AGENT_PACKAGE_REFER];
	what->self = c != NULL ? c->self : what->self;
	s = agent_subscriber_new(agent, what, c != NULL ? c->name : NULL);
	if (s == NULL)
		return ERR_NOMEM;
	if (asked != NULL)
		*asked = s;
	s->refers = true;
	s->silent = silent;
	s->first = c == NULL || c->refer.sent == 0;
	if (c != NULL)
		agent_dialog_join(
		    c->dialog, &s->usage, &agent_subscriber_usage);
	err = send_refer(s, uri);
	if (err != 0) {
		agent_subscriber_end(s, EVENT_NOT_SENT, RULE_UAC_NO_TARGET, 0);
	} else if (c != NULL) {
		c->refer.sent++;
		c->refer.asked = s;
	}
	return err;
}

int
agent_call_transfer(
    struct agent_call *c, struct str uri, bool silent, struct diag *d)
{
	struct agent_subscribe what = {
		.uri = uri, .ops = &refer_ops, .arg = c
	};
	int err = may_transfer(c, d);

	if (err != 0)
		return err;
	err = ask_to_call(c->agent, c, &what, uri, silent, NULL);
	if (err != 0 && err != ERR_NOMEM)
		diag_set(d, err, NULL, 0,
		    _("%s can't be transferred: the other side's Contact has "
		      "no address"),
		    c->name);
	return err;
}

int
agent_refer(struct agent *agent, struct str whom, struct str uri, bool silent)
{
	struct agent_subscribe what = { .uri = whom, .ops = &refer_ops };

	return ask_to_call(agent, NULL, &what, uri, silent, NULL);
}

/* ---- on behalf of somebody else ---- */

static void
passed_accepted(struct agent_subscriber *s, unsigned status)
{
	if (s->arg != NULL)
		agent_referral_done(s->arg, status);
}

static void
passed_failed(struct agent_subscriber *s, unsigned status, enum rule_id why)
{
	(void)why;
	if (s->arg != NULL)
		agent_referral_done(s->arg, status);
}

static void
passed_ended(struct agent_subscriber *s)
{
	struct agent_referral *r = s->arg;

	if (r != NULL)
		r->asked = NULL;
}

static const struct agent_subscriber_ops passed_ops = {
	.judge = refer_judge,
	.failed = passed_failed,
	.accepted = passed_accepted,
	.ended = passed_ended,
};

int
agent_refer_on(struct agent *agent, const struct agent_refer_target *to,
    struct agent_referral *r)
{
	struct agent_subscribe what = {
		.self = agent_self_for(agent, buf_view(&to->at)),
		.uri = buf_view(&to->uri),
		.ops = &passed_ops,
		.arg = r,
	};

	return ask_to_call(agent, NULL, &what, buf_view(&to->headers), false,
	    r != NULL ? &r->asked : NULL);
}
