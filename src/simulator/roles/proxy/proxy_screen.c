/*
 * Who may call whom: RFC 5359 2.13 and 2.14.  A user does not want certain
 * callers (`screen_in` of his phone), or may not call certain places
 * (`screen_out`).  A From says nothing of who calls; only a password does, or
 * another proxy's word (RFC 3325).
 */
#include "roles/proxy/proxy_in.h"

#include "msg/parts.h"
#include "rules/rule_names.h"

/* WORD, without a scheme, is U's domain, or the name of a user of P's own. */
static bool
names(const struct proxy *p, struct str word, const struct msg_uri *u)
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
	struct buf aor = BUF_INIT, own = BUF_INIT;
	struct msg_uri u = { .sip = false };
	bool found = false, sip = msg_uri_aor(uri, &aor) == 0;

	msg_uri_read(uri, &u);
	while (!found && rest.n > 0) {
		struct str word = str_cut(rest, ' ', &rest);

		buf_clear(&own);
		if (str_chr(word, ':') < 0)
			found = names(p, word, &u);
		else if (sip && msg_uri_aor(word, &own) == 0)
			found = str_eq(buf_view(&aor), buf_view(&own));
		else
			found = str_eq(word, uri);
	}
	if (aor.err != 0 || own.err != 0)
		node_fail_memory(p->node);
	buf_free(&aor);
	buf_free(&own);
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
	struct buf uri = BUF_INIT;
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
	buf_free(&uri);
}

bool
proxy_screen(struct proxy_context *c)
{
	const struct proxy *p = c->proxy;
	const struct msg *m = proxy_context_request(c);

	/* Whoever is in a call has been let in. */
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
