/*
 * What a proxy does with calls because their users have asked for it:
 * forwarding and find-me (RFC 5359 2.7 to 2.9, 2.12), screening (2.13, 2.14).
 */
#include "roles/proxy/proxy_in.h"

#include "msg/header_names.h"
#include "msg/parts.h"
#include "rules/rule_names.h"

/* He was asked, and came too late or not at all. */
static bool
proxy_service_is_unanswered(const struct proxy_branch *b)
{
	return b->cancel_wanted == RULE_PROXY_RING_TIME || b->passed_over ||
	       b->status == 408 || b->status == 480;
}

static bool
is_branch_busy(const struct proxy_branch *b)
{
	return b->status == 486;
}

/*
 * Forwarding and find-me.  A user's settings are attributes of a phone of his
 * that says services=proxy; the phone may be down, or far away.  Without that
 * attribute the phone itself redirects calls (302).
 *
 * A service adds targets to the response context (RFC 3261 16.5): some before
 * any target is asked, in place of the location service's, others when all
 * targets have rejected.  A 6xx adds none: it speaks for all places (21.6).
 */
static const struct {
	const char *attr;                            /* URIs */
	bool (*is_due)(const struct proxy_branch *); /* NULL: at once */
	bool forwards; /* the caller hears 181; a place that calls are
			  forwarded to has no other after it */
	enum rule_id why;
} services[PROXY_SERVICES] = {
	{ "forward", NULL, true, RULE_SERVICE_FORWARD },
	{ "find_me", NULL, false, RULE_SERVICE_FIND_ME },
	{ "forward_no_answer", proxy_service_is_unanswered, true,
	    RULE_SERVICE_NO_ANSWER },
	{ "forward_busy", is_branch_busy, true, RULE_SERVICE_BUSY },
};

static const char *
service_setting(const struct proxy_context *c, size_t i)
{
	return c->user != NULL ? node_attr(c->user, services[i].attr, NULL)
			       : NULL;
}

/* ---- targets ---- */

/* The URIs of service I become targets, the first with the highest q.  True
 * where one was added. */
static bool
proxy_service_add_targets(struct proxy_context *c, size_t i)
{
	struct str rest = str_of(service_setting(c, i));
	unsigned q = 1000;
	bool added = false;

	c->services_done |= 1u << i;
	while (rest.n > 0) {
		struct str uri = str_cut(rest, ' ', &rest);

		if (uri.n > 0 && proxy_context_add(c, uri, STR_NULL, q,
				     "service", services[i].why)) {
			added = true;
			q -= q > 0;
		}
	}
	if (!added)
		return false;
	/* 16.5: the target set is what the user wants it to be. */
	c->responsible = true;
	if (services[i].forwards)
		c->services_done = ~0u;
	if (services[i].forwards && !c->told_181)
		proxy_tell_181(c);
	return true;
}

static bool
proxy_service_is_open(const struct proxy_context *c, size_t i)
{
	return (c->services_done & 1u << i) == 0 &&
	       service_setting(c, i) != NULL;
}

bool
proxy_service_begin(struct proxy_context *c)
{
	const struct msg *m = proxy_context_request(c);
	bool added = false;

	/* Calls alone; what lies in a dialog has its target. */
	if (!c->invite || msg_tag_of(m, MSG_H_TO).n > 0)
		return false;
	c->user = proxy_find_user(c->proxy, m->uri, "services", "proxy");
	for (size_t i = 0; i < PROXY_SERVICES && !added; i++)
		added = services[i].is_due == NULL &&
			proxy_service_is_open(c, i) &&
			proxy_service_add_targets(c, i);
	return added;
}

static bool
is_any_due(const struct proxy_context *c, size_t i)
{
	list_each (const struct proxy_branch, b, &c->branches, link)
		if (services[i].is_due(b))
			return true;
	return false;
}

bool
proxy_service_go_on(struct proxy_context *c)
{
	for (size_t i = 0; i < PROXY_SERVICES; i++)
		if (services[i].is_due != NULL && proxy_service_is_open(c, i) &&
		    is_any_due(c, i) && proxy_service_add_targets(c, i))
			return true;
	return false;
}

bool
proxy_service_waits(const struct proxy_context *c)
{
	for (size_t i = 0; i < PROXY_SERVICES; i++)
		if (services[i].is_due == proxy_service_is_unanswered &&
		    proxy_service_is_open(c, i))
			return true;
	return false;
}

/* ---- Screening of calls: RFC 5359 2.13, 2.14 ---- */

/* WORD, without a scheme, is U's domain, or the name of a user of P's own. */
static bool
proxy_service_names(
    const struct proxy *p, struct str word, const struct msg_uri *u)
{
	if (word.n == 0 || !u->sip)
		return false;
	return str_ieq(word, u->host) || (str_iis(u->host, p->node->domain) &&
					     msg_user_equal(word, u->user));
}

/* One of LIST, URIs, domains and users' names with spaces between, means URI.
 */
static bool
lists(const struct proxy *p, const char *list, struct str uri)
{
	struct str rest = str_of(list);
	LOCAL_BUF aor = BUF_INIT, own = BUF_INIT;
	struct msg_uri u = { .sip = false };
	bool found = false, sip = msg_uri_aor(uri, &aor) == 0;

	msg_uri_read(uri, &u);
	while (!found && rest.n > 0) {
		struct str word = str_cut(rest, ' ', &rest);

		buf_clear(&own);
		if (str_chr(word, ':') < 0)
			found = proxy_service_names(p, word, &u);
		else if (sip && msg_uri_aor(word, &own) == 0)
			found = str_eq(buf_view(&aor), buf_view(&own));
		else
			found = str_eq(word, uri);
	}
	if (aor.err != 0 || own.err != 0)
		node_fail_memory(p->node);
	return found;
}

/* USER's list ATTR has OTHER. */
static bool
has_listed(
    const struct proxy *p, struct str user, const char *attr, struct str other)
{
	const struct node *n = proxy_find_user(p, user, attr, NULL);

	return n != NULL && lists(p, node_attr(n, attr, ""), other);
}

/* 20.18: where the caller can hear more of it. */
static void
refuse_screened(struct proxy_context *c, const char *phrase, enum rule_id why)
{
	const char *where = node_attr(c->proxy->node, "announcement", NULL);
	LOCAL_BUF uri = BUF_INIT;
	struct sip_header info = { "Error-Info", STR_NULL };
	struct sip_response_spec spec = { .status = 403,
		.reason = str_of(phrase),
		.headers = &info,
		.nheaders = where != NULL };

	if (where != NULL)
		buf_printf(&uri, "<%s>", where);
	info.value = buf_view(&uri);
	if (uri.err != 0)
		node_fail_memory(c->proxy->node);
	else
		proxy_context_reply(c, &spec, why);
}

/* A user does not want certain callers (`screen_in` of his phone), or may not
 * call certain places (`screen_out`).  A From does not prove the caller; only a
 * password does, or another proxy's word (RFC 3325). */
bool
proxy_screen(struct proxy_context *c)
{
	const struct proxy *p = c->proxy;
	const struct msg *m = proxy_context_request(c);

	/* A caller within a dialog has been let in. */
	if (!c->invite || c->who == NULL || msg_tag_of(m, MSG_H_TO).n > 0)
		return false;
	if (has_listed(p, m->uri, "screen_in", str_of(c->who)))
		refuse_screened(
		    c, "Screening Failure (Terminating)", RULE_SCREEN_IN);
	else if (has_listed(p, str_of(c->who), "screen_out", m->uri))
		refuse_screened(
		    c, "Screening Failure (Originating)", RULE_SCREEN_OUT);
	else
		return false;
	return true;
}
