/* SUBSCRIBE, at the side that notifies: RFC 6665 4.2.1. */
#include "agent/notifier_in.h"

#include "agent/requests.h"
#include "base/err.h"
#include "base/mem.h"
#include "msg/header_names.h"
#include "msg/parts.h"
#include "rules/rule_names.h"
#include "sip/defaults.h"

/* ---- which packages ---- */

static const struct agent_service *
subscription_find_service(
    const struct agent *agent, const struct agent_package *package)
{
	const struct agent_service *service = NULL;

	for (size_t i = 0; i < agent->ops->nservices; i++)
		if (agent->ops->services[i].package == package)
			service = &agent->ops->services[i];
	if (service != NULL && service->serves != NULL &&
	    !service->serves(agent))
		return NULL;
	return service;
}

void
agent_write_events(const struct agent *agent, struct buf *out)
{
	for (size_t i = 0; i < AGENT_PACKAGE_COUNT; i++)
		if (&agent_packages[i] ==
			&agent_packages[AGENT_PACKAGE_REFER] ||
		    subscription_find_service(agent, &agent_packages[i]) !=
			NULL)
			buf_printf(out, "%s%s", out->n > 0 ? ", " : "",
			    agent_packages[i].row->name);
}

bool
agent_notifies_of(const struct agent *agent, const struct msg *m)
{
	struct str params;
	const struct agent_package *package = agent_package_of(m, &params);

	return package != NULL &&
	       subscription_find_service(agent, package) != NULL;
}

/* The one of PACKAGE with ID in D, while it stands, or (ENDS) whose last NOTIFY
 * is out; or NULL. */
static struct agent_notifier *
find_notifier_in_dialog(const struct agent_dialog *d,
    const struct agent_package *package, struct str id, bool ends)
{
	list_each (struct agent_usage, u, &d->usages, link) {
		struct agent_notifier *n = (struct agent_notifier *)(void *)u;

		if (u->ops == &agent_notifier_usage && !u->over &&
		    (agent_notifier_lives(n) && n->ending == NULL) != ends &&
		    n->service->package == package && str_is(id, n->id))
			return n;
	}
	return NULL;
}

/* ---- SUBSCRIBE requests ---- */

bool
agent_notifier_refuse(struct agent *agent, const struct sip_in *in)
{
	struct buf seconds = BUF_INIT;

	if (agent->nnotifiers < SIP_SUBSCRIPTIONS_MAX)
		return false;
	buf_u64(&seconds, SIP_BUSY_S);
	node_reply_field(
	    agent->node, in, 503, "Retry-After", &seconds, RULE_SUBSCRIBE_FULL);
	return true;
}

/* Seconds; false: rejected. */
static bool
read_subscribe_expires(struct agent *agent, const struct sip_in *in,
    const struct agent_service *service, uint32_t *seconds)
{
	struct str text = msg_value(in->m, MSG_H_EXPIRES);
	struct buf least = BUF_INIT;

	*seconds = service->package->expires_s;
	if (text.n > 0 && str_u32(text, seconds) != 0) {
		node_answer_bad(
		    agent->node, in, MSG_H_EXPIRES, RULE_BAD_REQUEST);
		return false;
	}
	if (*seconds > service->most_s)
		*seconds = service->most_s;
	if (*seconds == 0 || *seconds >= service->least_s)
		return true;
	buf_u64(&least, service->least_s);
	node_reply_field(
	    agent->node, in, 423, "Min-Expires", &least, RULE_SUBSCRIBE_BRIEF);
	return false;
}

/* 20.1, 8.2.1: no Accept stands for the package's own type. */
static bool
accepts_type(const struct msg *m, const char *type)
{
	struct msg_values it = { 0 };
	struct str v, rest;
	size_t values = 0;

	while (msg_next_value(m, MSG_H_ACCEPT, &it, &v)) {
		v = str_trim(msg_cut_params(v, &rest));
		if (str_iis(v, type) || str_is(v, "*/*") ||
		    str_is(v, "application/*"))
			return true;
		values++;
	}
	return values == 0;
}

/* ---- answers ---- */

/* 4.2.1.2: how long it is granted for. */
static void
answer_granted(struct agent_notifier *n, const struct sip_in *in,
    uint32_t seconds, struct str tag, enum rule_id why)
{
	LOCAL_BUF text = BUF_INIT;
	struct sip_header expires = { "Expires", STR_NULL };
	struct sip_response_spec spec = {
		.status = 200,
		.to_tag = tag,
		.contact = agent_dialog_contact(n->usage.dialog),
		.record_route = true,
		.headers = &expires,
		.nheaders = 1,
	};

	buf_u64(&text, seconds);
	expires.value = buf_view(&text);
	if (text.err != 0)
		agent_fail_memory(n->agent);
	else
		node_reply(n->agent->node, in, &spec, why);
}

/* 4.2.1.2, 4.2.1.3: each SUBSCRIBE is answered by a NOTIFY at once. */
static void
notify_at_once(struct agent_notifier *n, uint32_t seconds)
{
	if (seconds == 0) {
		agent_notifier_end(n, "timeout", RULE_NOTIFY_AT_ONCE);
		return;
	}
	agent_notifier_run(n, seconds);
	agent_notify(n);
}

static void
refresh_notifier(struct agent_notifier *n, const struct sip_in *in)
{
	const char *reason = NULL;
	enum rule_id why;
	uint32_t seconds;

	if (!read_subscribe_expires(n->agent, in, n->service, &seconds))
		return;
	/* 4.4.1: a target refresh request. */
	if (sip_dialog_refresh(n->usage.dialog->sip, in->m) == ERR_NOMEM)
		agent_fail_memory(n->agent);
	agent_notifier_step(
	    n, EVENT_SUBSCRIBE_RECEIVED, RULE_SUBSCRIBE_REFRESHED);
	answer_granted(n, in, seconds, STR_NULL, RULE_SUBSCRIBE_REFRESHED);
	if (n->service->refreshed != NULL)
		reason = n->service->refreshed(n, &why);
	if (reason != NULL)
		agent_notifier_end(n, reason, why);
	else
		notify_at_once(n, seconds);
}

/* ---- a new one ---- */

static struct agent_notifier *
create_notifier(struct agent *agent, const struct sip_in *in,
    const struct agent_service *service, struct str id)
{
	struct agent_notifier *n = agent_notifier_new(agent, service, NULL, id);
	struct msg_addr from;

	if (n == NULL)
		return NULL;
	if (msg_addr_read(msg_value(in->m, MSG_H_FROM), &from) != 0)
		from.uri = STR_NULL;
	n->uri = mem_dup(in->m->uri.p, in->m->uri.n);
	n->watcher = mem_dup(from.uri.p, from.uri.n);
	n->bytes = in->m->uri.n + from.uri.n + id.n;
	sim_take_memory(agent_sim(agent), n->bytes);
	if (n->uri != NULL && n->watcher != NULL)
		return n;
	agent_notifier_free(n);
	return NULL;
}

/* N is admitted, for SECONDS. */
static void
begin_notifier(
    struct agent_notifier *n, const struct sip_in *in, uint32_t seconds)
{
	struct agent *agent = n->agent;
	struct sim *sim = agent_sim(agent);
	uint64_t old = sim_cause(sim);
	LOCAL_BUF tag = BUF_INIT;
	int err;

	sip_stack_token(agent->node->stack, SIP_STREAM_TAG, 8, &tag);
	err = tag.err != 0 ? ERR_NOMEM
			   : agent_notifier_open(n, in->m, buf_view(&tag));
	if (err == 0) {
		agent_notifier_step(
		    n, EVENT_SUBSCRIBE_RECEIVED, RULE_SUBSCRIBE_ACCEPT);
		answer_granted(
		    n, in, seconds, buf_view(&tag), RULE_SUBSCRIBE_ACCEPT);
		notify_at_once(n, seconds);
	} else {
		if (err == ERR_NOMEM)
			agent_fail_memory(agent);
		else
			node_answer_bad(
			    agent->node, in, MSG_H_CONTACT, RULE_BAD_REQUEST);
		agent_notifier_free(n);
	}
	sim_set_cause(sim, old);
}

static void
judge_subscribe(struct agent *agent, const struct sip_in *in,
    const struct agent_service *service, struct str id)
{
	struct agent_notifier *n;
	uint32_t seconds;
	unsigned status;

	if (!read_subscribe_expires(agent, in, service, &seconds))
		return;
	if (!accepts_type(in->m, service->package->type)) {
		node_answer(agent->node, in, 406, RULE_SUBSCRIBE_ACCEPTS);
		return;
	}
	if (agent_notifier_refuse(agent, in))
		return;
	n = create_notifier(agent, in, service, id);
	if (n == NULL) {
		agent_fail_memory(agent);
		return;
	}
	status = service->admit != NULL ? service->admit(n, in) : 0;
	if (status == 0) {
		begin_notifier(n, in, seconds);
		return;
	}
	node_answer(agent->node, in, status, RULE_SUBSCRIBE_REFUSED);
	agent_notifier_free(n);
}

void
agent_subscribed(struct agent *agent, const struct sip_in *in)
{
	struct agent_dialog *d = agent_dialog_of(agent, in->m);
	struct str params, id;
	const struct agent_package *package = agent_package_of(in->m, &params);
	const struct agent_service *service =
	    package != NULL ? subscription_find_service(agent, package) : NULL;
	struct agent_notifier *n = NULL;

	id = agent_package_event_id(params);
	if (d != NULL && package != NULL)
		n = find_notifier_in_dialog(d, package, id, false);
	if (n != NULL)
		refresh_notifier(n, in);
	else if (package != NULL && agent_answers(agent, MSG_REFER) &&
		 package == &agent_packages[AGENT_PACKAGE_REFER])
		/* RFC 3515 2.4.4: only a REFER begins one. */
		node_answer(agent->node, in, d != NULL ? 481 : 403,
		    RULE_SUBSCRIBE_REFER);
	else if (service == NULL)
		agent_refuse_event(agent, in, RULE_SUBSCRIBE_EVENT);
	else if (d != NULL &&
		 find_notifier_in_dialog(d, package, id, true) != NULL)
		/* 4.1.2.2: it has crossed the last NOTIFY. */
		node_answer(agent->node, in, 481, RULE_DIALOG_NONE);
	else if (d != NULL)
		node_answer(agent->node, in, 603, RULE_USAGE_SECOND);
	else
		judge_subscribe(agent, in, service, id);
}
