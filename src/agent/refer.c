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

/* ---- what comes of it ---- */

/* The call is as it was before: STATUS has come, or counts as if it had. */
static void
go_on(struct agent_call *c, unsigned status)
{
	sim_set_cause(agent_sim(c->agent),
	    agent_call_step(c, "transfer", RULE_TRANSFER_FAILED, status));
	c->ops->transferred(c, false);
}

/* The REFER itself was not answered, or by what says that nothing in its dialog
 * will be. */
static bool
is_lost(unsigned status, enum rule_id why)
{
	return why == RULE_UAC_408 || why == RULE_UAC_503 ||
	       (why == RULE_REFER_REFUSED &&
		   (status == 408 || status == 481 ||
		       msg_usage_effect(status) == MSG_ENDS_DIALOG));
}

static bool
is_talking(const struct agent_call *c)
{
	return c != NULL && c->state == AGENT_CALL_CONFIRMED;
}

static void
refer_failed(struct agent_subscriber *s, unsigned status, enum rule_id why)
{
	struct agent_call *c = s->arg;

	if (!is_talking(c))
		return;
	/* RFC 4488 4: it is being done; the call is left as it is. */
	if (why == RULE_REFER_UNHEARD)
		agent_call_step(c, "transfer", why, status);
	else if (is_lost(status, why))
		agent_call_bye_lost(c, "transfer", status);
	else
		go_on(c, status);
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
		go_on(c, status);
		return;
	}
	sim_set_cause(agent_sim(c->agent),
	    agent_call_step(c, "transfer", RULE_TRANSFER_DONE, status));
	c->ops->transferred(c, true);
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

/* Those that ask for URI on behalf of AGENT into LIST, which points into
 * TARGET.  Their number, 0 when out of memory. */
static size_t
write_fields(const struct agent *agent, struct str uri, bool silent,
    struct buf *target, struct sip_header *list)
{
	buf_printf(target, "<%.*s>", STR_ARG(uri));
	if (target->err != 0)
		return 0;
	list[0] = (struct sip_header){ "Refer-To", buf_view(target) };
	list[1] = (struct sip_header){ "Referred-By", str_of(agent->identity) };
	for (size_t i = 0; silent && i < AGENT_REFER_SUB_FIELDS; i++)
		list[2 + i] = agent_refer_sub_fields[i];
	return silent ? FIELDS : 2;
}

static int
build_refer(
    struct agent_call *c, struct str uri, bool silent, struct agent_request *r)
{
	struct buf target = BUF_INIT;
	struct sip_header headers[FIELDS];
	struct sip_request_spec spec = {
		.method = STR("REFER"),
		.contact = agent_call_contact(c),
		.headers = headers,
		.nheaders =
		    write_fields(c->agent, uri, silent, &target, headers),
	};
	int err = spec.nheaders == 0
		      ? ERR_NOMEM
		      : agent_dialog_request(c->dialog, &spec, r);

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
	if (c->refer.asked != NULL || c->refer.told != NULL)
		return diag_set(d, ERR_STATE, NULL, 0,
		    _("%s is being transferred already"), c->name);
	return 0;
}

/* The subscription that a REFER within C's dialog asks for. */
static struct agent_subscriber *
make_subscription(struct agent_call *c, struct str uri, bool silent)
{
	struct agent_subscribe what = {
		.package = &agent_packages[AGENT_PACKAGE_REFER],
		.uri = uri,
		.ops = &refer_ops,
		.arg = c,
	};
	struct agent_subscriber *s =
	    agent_subscriber_new(c->agent, &what, c->name);

	if (s == NULL)
		return NULL;
	s->refers = true;
	s->silent = silent;
	s->first = c->refer.sent++ == 0;
	agent_dialog_join(c->dialog, &s->usage, &agent_subscriber_usage);
	return s;
}

static int
send_refer(struct agent_call *c, struct str uri, bool silent,
    const struct agent_request *r)
{
	struct agent_subscriber *s = make_subscription(c, uri, silent);
	int err;

	if (s == NULL)
		return ERR_NOMEM;
	err = agent_client_start(c->agent, r, RULE_REFER_SEND,
	    &agent_subscriber_client_ops, s, &s->client);
	if (err != 0) {
		c->refer.sent--;
		agent_subscriber_end(s,
		    agent_subscriber_lives(s) ? "not sent" : NULL,
		    RULE_UAC_NO_TARGET, 0);
		return err;
	}
	c->refer.asked = s;
	if (!agent_client_is_idle(s->client))
		agent_subscriber_await(s);
	return 0;
}

int
agent_call_transfer(
    struct agent_call *c, struct str uri, bool silent, struct diag *d)
{
	struct agent_request r = { 0 };
	int err = may_transfer(c, d);

	if (err != 0)
		return err;
	err = build_refer(c, uri, silent, &r);
	if (err == 0)
		err = send_refer(c, uri, silent, &r);
	sip_bytes_unref(r.bytes);
	if (err != 0 && err != ERR_NOMEM)
		diag_set(d, err, NULL, 0,
		    _("%s can't be transferred: the other side's Contact has "
		      "no address"),
		    c->name);
	return err;
}

/* ---- outside of calls ---- */

/* RFC 3515 2.4.1, RFC 6665 4.4.1: nothing of it hangs on a call, and the first
 * NOTIFY makes its dialog. */
static struct agent_subscriber *
make_outside(struct agent *agent, struct str whom, bool silent)
{
	struct agent_subscribe what = {
		.package = &agent_packages[AGENT_PACKAGE_REFER],
		.uri = whom,
		.ops = &refer_ops,
	};
	struct agent_subscriber *s = agent_subscriber_new(agent, &what, NULL);
	struct buf tag = BUF_INIT;

	if (s == NULL)
		return NULL;
	s->refers = true;
	s->silent = silent;
	s->first = true;
	sip_stack_token(agent->node->stack, SIP_STREAM_TAG, 8, &tag);
	s->tag = buf_take(&tag);
	if (s->tag != NULL)
		return s;
	agent_subscriber_free(s);
	return NULL;
}

static int
send_outside(struct agent_subscriber *s, struct str uri)
{
	struct buf target = BUF_INIT;
	struct sip_header headers[FIELDS];
	struct sip_request_spec spec = {
		.method = STR("REFER"),
		.uri = str_of(s->uri),
		.contact = str_of(agent_contact(s->agent)),
		.headers = headers,
		.nheaders =
		    write_fields(s->agent, uri, s->silent, &target, headers),
	};
	struct agent_request r = { 0 };
	int err = spec.nheaders == 0
		      ? ERR_NOMEM
		      : agent_request_build(s->agent, spec, str_of(s->tag), &r);

	if (err == 0)
		err = agent_subscriber_ask(s, &r);
	if (err == 0)
		err = agent_client_start(s->agent, &r, RULE_REFER_SEND,
		    &agent_subscriber_client_ops, s, &s->client);
	sip_bytes_unref(r.bytes);
	buf_free(&target);
	return err;
}

int
agent_refer(struct agent *agent, struct str whom, struct str uri, bool silent)
{
	struct agent_subscriber *s = make_outside(agent, whom, silent);
	int err = s == NULL ? ERR_NOMEM : send_outside(s, uri);

	if (err == 0)
		agent_subscriber_await(s);
	else if (s != NULL)
		agent_subscriber_end(s,
		    agent_subscriber_lives(s) ? "not sent" : NULL,
		    RULE_UAC_NO_TARGET, 0);
	return err;
}
