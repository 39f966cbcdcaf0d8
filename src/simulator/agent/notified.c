/*
 * Which subscription a NOTIFY belongs to, and whether it can be used: RFC 6665
 * 4.1.3, 4.4.1, 8.2.1.  The first one makes the dialog; of a SUBSCRIBE that was
 * forked each branch has one (4.1.4, 5.4.9).
 */
#include "agent/notifier.h"
#include "agent/subscriber.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/parts.h"
#include "rules/rule_names.h"
#include "sip/defaults.h"

#include <string.h>

/* ---- which ---- */

static void
lose_subscriber(struct agent_usage *u, unsigned status)
{
	agent_subscriber_end((struct agent_subscriber *)(void *)u,
	    EVENT_300_699, RULE_USAGE_DIALOG_LOST, status);
}

const struct agent_usage_ops agent_subscriber_usage = { .lost =
							    lose_subscriber };

/* Of the package and with the id of an Event; of the first REFER in a dialog
 * the id may be left out (RFC 3515 2.4.6). */
static bool
is_event_of(const struct agent_subscriber *s,
    const struct agent_package *package, struct str id)
{
	uint32_t cseq;

	if (s->package != package || !agent_subscriber_lives(s))
		return false;
	if (!s->refers)
		return str_is(id, s->id);
	if (id.n == 0)
		return s->first;
	/* The REFER may have gone out again with another number. */
	return str_u32(id, &cseq) == 0 && cseq == s->cseq;
}

static struct agent_subscriber *
find_subscriber_in_dialog(const struct agent_dialog *d,
    const struct agent_package *package, struct str id)
{
	list_each (struct agent_usage, u, &d->usages, link) {
		struct agent_subscriber *s =
		    (struct agent_subscriber *)(void *)u;

		if (u->ops == &agent_subscriber_usage && !u->over &&
		    is_event_of(s, package, id))
			return s;
	}
	return NULL;
}

/* One more subscription of the SUBSCRIBE that has made S; NULL when out of
 * memory. */
static struct agent_subscriber *
make_sibling(struct agent_subscriber *s)
{
	struct agent_subscribe what = {
		.package = s->package,
		.uri = str_of(s->uri),
		.id = str_of(s->id),
		.self = s->self,
		.expires_s = s->asked_s,
		.ops = s->ops,
		.arg = s->arg,
	};
	struct agent_subscriber *other =
	    agent_subscriber_new(s->agent, &what, NULL);

	if (other == NULL)
		return NULL;
	other->sibling = true;
	s->siblings++;
	other->tag = mem_strdup(s->tag);
	other->cseq = s->cseq;
	other->realms = s->realms;
	if (other->tag == NULL) {
		agent_subscriber_free(other);
		return NULL;
	}
	agent_subscriber_step(other, EVENT_SUBSCRIBE, RULE_SUBSCRIBE_FORKED);
	return other;
}

/* The NOTIFY M makes S's dialog: 0, ERR_NOMEM, ERR_SYNTAX (its Contact). */
static int
open_subscriber_dialog(struct agent_subscriber *s, const struct msg *m)
{
	int err = agent_dialog_accept(s->agent, m, str_of(s->tag), EVENT_NOTIFY,
	    &s->usage, &agent_subscriber_usage);

	if (err != 0)
		return err;
	s->usage.dialog->sip->local_cseq = s->cseq;
	s->usage.dialog->realms = s->realms;
	return 0;
}

/* A NOTIFY of one more branch may make a subscription, too (4.1.4, 5.4.9). */
static bool
may_fork(const struct agent_subscriber *s, enum rule_id *why)
{
	*why = RULE_NOTIFY_FORK;
	if (!s->package->forks || s->unwanted)
		return false;
	*why = RULE_NOTIFY_FORKS;
	return s->siblings < SIP_FORKS_MAX;
}

/* Whose IN is, of PACKAGE with ID; NULL: nobody's, for the reason *WHY.
 * *FORKED: it is of another branch than the one that has made that one. */
static struct agent_subscriber *
find_subscriber(struct agent *agent, const struct sip_in *in,
    const struct agent_package *package, struct str id, bool *forked,
    enum rule_id *why)
{
	struct agent_dialog *d = agent_dialog_of(agent, in->m);
	struct agent_subscriber *s;

	*forked = false;
	*why = RULE_NOTIFY_NONE;
	if (d != NULL)
		return find_subscriber_in_dialog(d, package, id);
	s = agent_subscriber_asked(agent, in->m);
	if (s == NULL || !is_event_of(s, package, id))
		return NULL;
	*forked = s->usage.dialog != NULL;
	return !*forked || may_fork(s, why) ? s : NULL;
}

/* ---- whether it can be used ---- */

void
agent_refuse_event(
    struct agent *agent, const struct sip_in *in, enum rule_id why)
{
	struct buf list = BUF_INIT;

	agent_write_events(agent, &list);
	node_reply_field(agent->node, in, 489, "Allow-Events", &list, why);
}

static void
refuse_type(const struct agent_subscriber *s, const struct sip_in *in)
{
	struct sip_header accept = { "Accept", str_of(s->package->type) };
	struct sip_response_spec spec = {
		.status = 415, .headers = &accept, .nheaders = 1
	};

	node_reply(s->agent->node, in, &spec, RULE_NOTIFY_TYPE);
}

/* What the body says, for people; false: it says nothing that is of the
 * package. */
static bool
read_body(struct agent_subscriber *s, struct str body, struct buf *out)
{
	int err = 0;

	if (s->package->read != NULL && body.n > 0)
		err = s->package->read(body, out);
	if (err == ERR_NOMEM || out->err != 0)
		agent_fail_memory(s->agent);
	return err == 0;
}

/* True: refused. */
static bool
refuse_body(
    struct agent_subscriber *s, const struct sip_in *in, struct buf *out)
{
	struct sip_response_spec bad = { .status = 400,
		.reason = STR("Bad Body of NOTIFY") };
	struct str rest,
	    type = msg_cut_params(msg_value(in->m, MSG_H_CONTENT_TYPE), &rest);

	if ((in->m->body.n > 0 || s->refers) &&
	    !str_iis(type, s->package->type)) {
		refuse_type(s, in);
		return true;
	}
	if (s->ops->judge != NULL)
		bad.status = s->ops->judge(s, in, &bad.reason);
	else
		bad.status = read_body(s, in->m->body, out) ? 0 : 400;
	if (bad.status == 0)
		return false;
	node_reply(s->agent->node, in, &bad, RULE_NOTIFY_BAD);
	return true;
}

/* ---- NOTIFY ---- */

/* IN, whose body says TEXT, is S's, or of one more branch of its request. */
static void
take_notify(struct agent_subscriber *s, bool forked, const struct sip_in *in,
    struct str text)
{
	struct agent *agent = s->agent;
	bool first = forked || s->usage.dialog == NULL;
	int err = 0;

	if (forked)
		s = make_sibling(s);
	if (s == NULL)
		err = ERR_NOMEM;
	else if (first)
		err = open_subscriber_dialog(s, in->m);
	if (err == ERR_NOMEM)
		agent_fail_memory(agent);
	else if (err != 0)
		node_answer_bad(
		    agent->node, in, MSG_H_CONTACT, RULE_NOTIFY_BAD);
	if (err == 0)
		agent_subscriber_notified(s, in, first, text);
	else if (forked && s != NULL)
		agent_subscriber_end(s, EVENT_300_699, RULE_NOTIFY_BAD, 0);
}

void
agent_notified(struct agent *agent, const struct sip_in *in)
{
	struct str params;
	const struct agent_package *package = agent_package_of(in->m, &params);
	struct agent_subscriber *s;
	struct buf text = BUF_INIT;
	enum rule_id why;
	bool forked;

	if (package == NULL) {
		agent_refuse_event(agent, in, RULE_NOTIFY_EVENT);
		return;
	}
	s = find_subscriber(
	    agent, in, package, agent_package_event_id(params), &forked, &why);
	if (s == NULL)
		node_answer(agent->node, in, 481, why);
	else if (!refuse_body(s, in, &text))
		take_notify(s, forked, in, buf_view(&text));
	buf_free(&text);
}
