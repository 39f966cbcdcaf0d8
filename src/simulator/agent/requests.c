/* Requests that come to a user agent; see agent/requests.h. */
#include "agent/requests.h"
#include "agent/mortal_dialog.h"
#include "agent/replaces.h"
#include "agent/session_timer.h"

#include "agent/subscriber.h"
#include "msg/header_names.h"
#include "msg/parts.h"
#include "msg/usages.h"
#include "node/node_serves.h"
#include "rules/rule_names.h"
#include "sip/defaults.h"

static bool
is_contact(const struct agent *agent, struct str uri)
{
	const struct node *n = agent->node;
	struct msg_addr contact;

	for (size_t i = 0; i < n->nfaces; i++)
		if (msg_addr_read(str_of(agent_contact(agent, &n->faces[i])),
			&contact) == 0 &&
		    msg_uri_equal(uri, contact.uri))
			return true;
	return false;
}

/* URI is another one for which AGENT answers. */
static bool
is_others(const struct agent *agent, struct str uri)
{
	return agent->ops->named != NULL && agent->ops->named(agent, uri);
}

/* The Request-URI names this user: its AOR, its Contact, the bare host, or one
 * whom a role of the node is told to serve: where that is another one, it has
 * got the request. */
static bool
request_is_own(struct agent *agent, struct str uri)
{
	struct msg_uri mine, theirs;

	buf_clear(&agent->key);
	if (msg_uri_aor(uri, &agent->key) == 0 &&
	    str_is(buf_view(&agent->key), agent->canonical))
		return true;
	if (is_contact(agent, uri) || node_serves_user(agent->node, uri))
		return true;
	if (!node_is_uri(agent->node, uri) || msg_uri_read(uri, &theirs) != 0 ||
	    msg_uri_read(str_of(agent->aor), &mine) != 0)
		return false;
	return theirs.user.n == 0 || msg_user_equal(theirs.user, mine.user) ||
	       node_attr(agent->node, "contact", NULL) != NULL;
}

/* URI is one of the further names of this one. */
static bool
request_is_named(const struct agent *agent, struct str uri)
{
	return str_has_word(
	    str_of(node_attr(agent->node, "identities", "")), uri);
}

/* The row of METHOD, or NULL where it has no handler. */
static const struct agent_method *
request_find_method(const struct agent *agent, enum msg_method method)
{
	const struct agent_ops *ops = agent->ops;

	for (size_t i = 0; i < ops->nmethods; i++)
		if (ops->methods[i].method == method &&
		    (ops->methods[i].within != NULL ||
			ops->methods[i].outside != NULL))
			return &ops->methods[i];
	return NULL;
}

bool
agent_answers(const struct agent *agent, enum msg_method method)
{
	return request_find_method(agent, method) != NULL;
}

bool
agent_request_lost(const struct agent *agent, const struct sip_in *in)
{
	return msg_tag_of(in->m, MSG_H_TO).n > 0 &&
	       agent_answers(agent, in->m->method) &&
	       is_contact(agent, in->m->uri);
}

bool
agent_refuse_extensions(struct agent *agent, const struct sip_in *in)
{
	char said[AGENT_SESSION_SUPPORTED], known[sizeof(said) + 16];

	const char *supported = agent_session_supported(agent, said);
	size_t n = str_join(known, sizeof(known), 0, str_of(supported));

	/* RFC 4488 4: that one may be known without a word of it. */
	if (agent_refer_sub_knows(agent))
		str_join(known, sizeof(known), n, STR(", norefersub"));
	return node_refuse_extensions(
	    agent->node, in, MSG_H_REQUIRE, known, RULE_UAS_REQUIRE);
}

/* ---- within a dialog ---- */

/* RFC 5407 2: a BYE was sent or has come in D, and another request comes now.
 * RFC 5057 5.5: where another usage keeps the dialog, only those of the session
 * are too late. */
static bool
is_too_late(const struct agent_dialog *d, enum msg_method method)
{
	if (method == MSG_BYE)
		return false;
	if (sip_dialog_is(d->sip, STATE_MORTAL))
		return !msg_method_answers(method);
	return agent_mortal_in(d) != NULL &&
	       msg_usage_method_find(method, MSG_USAGE_INVITE) != NULL;
}

static void
request_in_dialog(
    struct agent *agent, struct agent_dialog *d, const struct sip_in *in)
{
	enum msg_method method = in->m->method;
	const struct agent_method *row = request_find_method(agent, method);
	struct agent_call_usage *session = agent_call_usage_in(d);
	unsigned status = sip_dialog_receive(d->sip, in->m);

	if (status == 400)
		node_answer_bad(
		    agent->node, in, MSG_H_CONTACT, RULE_BAD_REQUEST);
	else if (status != 0)
		node_answer(agent->node, in, status, RULE_DIALOG_CSEQ);
	else if (agent_refuse_extensions(agent, in))
		return;
	else if (is_too_late(d, method))
		node_answer(agent->node, in, 481, RULE_DIALOG_MORTAL);
	else if (method == MSG_BYE && session == NULL &&
		 agent_mortal_in(d) != NULL)
		agent_mortal_answer(d, NULL, in);
	else if (row == NULL)
		node_refuse_method(agent->node, in);
	else if (row->within != NULL && session != NULL)
		row->within(session->call, in);
	else if (agent->ops->in_dialog != NULL &&
		 agent->ops->in_dialog(agent, d, in))
		return;
	else if (row->within == NULL && row->outside != NULL)
		row->outside(agent, in);
	else
		node_answer(agent->node, in, 481, RULE_DIALOG_NONE);
}

/* ---- outside of dialogs ---- */

/* 8.2.2.1, 21.4.12: 0, or the status for an unknown user. */
static unsigned
request_check_uri(struct agent *agent, const struct msg *m, enum rule_id *why)
{
	struct msg_uri u;
	unsigned status;

	*why = RULE_URI_TOO_LONG;
	if (m->uri.n > SIP_MAX_URI)
		return 414;
	*why = RULE_UAS_SCHEME;
	if (msg_uri_read(m->uri, &u) != 0)
		return 416;
	/* What says no place was led here by a Route: a number, a service. */
	if (!u.sip)
		return request_is_named(agent, m->uri) ||
			       is_others(agent, m->uri)
			   ? 0
			   : 416;
	*why = RULE_UAS_TLS;
	if (agent_wants_tls(agent, m->uri))
		return 416;
	if (request_is_own(agent, m->uri) || is_others(agent, m->uri))
		return 0;
	status =
	    agent->ops->stranger != NULL ? agent->ops->stranger(agent) : 404;
	*why = status >= 600 ? RULE_INVITE_EVERYWHERE : RULE_UAS_URI;
	return status;
}

static bool
needs_no_dialog(enum msg_method method)
{
	return method == MSG_MESSAGE || msg_method_is(method, MSG_FORMS);
}

static void
request_outside(struct agent *agent, const struct sip_in *in)
{
	const struct agent_method *row =
	    request_find_method(agent, in->m->method);
	/* RFC 6665 4.4.1: a NOTIFY brings the tag of the request it answers. */
	bool tagged = msg_tag_of(in->m, MSG_H_TO).n > 0 &&
		      !msg_method_answers(in->m->method);
	bool copy = !tagged && !agent_request_keep(agent, in);
	enum rule_id why;
	unsigned status;

	if (row == NULL) {
		node_refuse_method(agent->node, in);
		return;
	}
	status = request_check_uri(agent, in->m, &why);
	if (status != 0)
		node_answer(agent->node, in, status, why);
	else if (copy)
		node_answer(agent->node, in, 482, RULE_UAS_MERGED);
	else if (tagged && agent_reliable_late(agent, in))
		return;
	else if (!tagged && row->outside == NULL &&
		 needs_no_dialog(row->method))
		node_answer(agent->node, in, 403, RULE_UAS_OUTSIDE);
	else if (tagged || row->outside == NULL)
		node_answer(agent->node, in, 481, RULE_DIALOG_NONE);
	else if (in->m->method == MSG_INVITE ||
		 !agent_refuse_extensions(agent, in))
		row->outside(agent, in);
}

/* ---- for its role ---- */

struct agent *
agent_of_node(const struct node *n)
{
	for (size_t i = 0; i < n->nroles; i++)
		if (n->role[i].ops->request == agent_role_request)
			return n->role[i].state;
	return NULL;
}

struct agent_call *
agent_call_of_node(const struct node *n, const char *name)
{
	struct agent_call *c = NULL;

	for (size_t i = 0; c == NULL && i < n->nroles; i++)
		if (n->role[i].ops->knows == agent_role_knows)
			c = agent_call_find(n->role[i].state, name);
	return c;
}

int
agent_role_moved(void *role)
{
	return agent_moved(role);
}

/* IN is in a dialog of AGENT's, or is to make the one that AGENT has asked for
 * (RFC 6665 4.4.1). */
static bool
is_of_dialog(struct agent *agent, const struct sip_in *in)
{
	return agent_dialog_of(agent, in->m) != NULL ||
	       (msg_method_answers(in->m->method) &&
		   agent_subscriber_asked(agent, in->m) != NULL);
}

/* AGENT does more with IN than reject it: its method, and of a SUBSCRIBE its
 * package.  With a To tag it is of a dialog that was lost. */
static bool
has_service_for(const struct agent *agent, const struct sip_in *in)
{
	const struct agent_method *row =
	    request_find_method(agent, in->m->method);

	if (in->m->method == MSG_ACK)
		return true;
	if (row == NULL || msg_tag_of(in->m, MSG_H_TO).n > 0)
		return row != NULL;
	if (in->m->method == MSG_INVITE && agent->ops->uncalled)
		return false;
	return row->outside != NULL && (in->m->method != MSG_SUBSCRIBE ||
					   agent_notifies_of(agent, in->m));
}

enum node_claim
agent_role_claim(void *role, const struct sip_in *in)
{
	struct agent *agent = role;
	bool serves = has_service_for(agent, in);
	enum node_claim claim =
	    in->m->method == MSG_SUBSCRIBE ? NODE_METHOD : NODE_NAMED;

	if (is_of_dialog(agent, in))
		return NODE_DIALOG;
	if (serves && agent->ops->stands_for_many)
		return NODE_ANYBODY;
	if (request_is_own(agent, in->m->uri))
		return serves ? claim : NODE_UNSERVED;
	return serves && is_others(agent, in->m->uri) ? claim : NODE_FALLBACK;
}

void
agent_role_request(void *role, const struct sip_in *in)
{
	struct agent *agent = role;
	struct agent_dialog *d = agent_dialog_of(agent, in->m);
	struct agent_call_usage *session = agent_call_usage_in(d);

	if (node_refuse_malformed(agent->node, in) ||
	    agent_place_refuse(agent, in))
		return;
	if (in->m->method != MSG_ACK && d != NULL)
		request_in_dialog(agent, d, in);
	else if (in->m->method != MSG_ACK)
		request_outside(agent, in);
	else if (session != NULL)
		agent_call_2xx_acked(session->call, in->m);
	else
		node_note_drop(agent->node, in->recv, TRACE_DROP_UNMATCHED,
		    d != NULL && agent_mortal_in(d) != NULL ? RULE_ACK_MORTAL
							    : RULE_ACK_NONE);
}

void
agent_role_cancel(void *role, void *user, const struct sip_in *in)
{
	(void)role;
	agent_call_cancelled(user, in);
}

bool
agent_role_stray(void *role, const struct sip_in *in)
{
	return agent_call_2xx_again(role, in);
}

bool
agent_role_knows(void *role, const char *object)
{
	const struct agent *agent = role;
	struct str name = str_of(object);

	return map_get(agent->by_name, name) != NULL ||
	       map_get(agent->by_subscription, name) != NULL;
}

void
agent_asked(struct agent *agent, const struct sip_in *in)
{
	node_answer_options(agent->node, in);
}

void
agent_described(struct agent_call *c, const struct sip_in *in)
{
	node_answer_options(c->agent->node, in);
}

void
agent_usages_end(struct agent *agent)
{
	agent_calls_end(agent);
	agent_mortals_end(agent);
	agent_subscribers_end(agent);
	agent_notifiers_end(agent);
}
