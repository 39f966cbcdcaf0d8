/* Whom each role of a node serves; see node/node_serves.h. */
#include "node/node_serves.h"

#include "node/uri.h"

bool
node_serves_next(struct str *rest, struct str *role, struct str *whom)
{
	struct str word = STR_NULL;

	while (word.n == 0 && rest->n > 0)
		word = str_cut(*rest, ' ', rest);
	*role = str_cut(word, '=', whom);
	if (whom->n == 0)
		*role = STR_NULL;
	return word.n > 0;
}

bool
node_serves_domain(struct str whom)
{
	return str_chr(whom, '.') >= 0 && str_chr(whom, '@') < 0 &&
	       str_chr(whom, ':') < 0;
}

/* WHOM means URI; one without a domain is a user of N's own, or at N itself. */
static bool
means_user(const struct node *n, struct str whom, struct str uri)
{
	LOCAL_BUF aor = BUF_INIT, own = BUF_INIT;
	struct msg_uri u;
	bool same;

	if (str_chr(whom, '@') < 0 && str_chr(whom, ':') < 0)
		return msg_uri_read(uri, &u) == 0 && u.sip &&
		       msg_user_equal(whom, u.user) &&
		       (str_ieq(msg_host_name(u.host),
			    msg_host_name(str_of(n->domain))) ||
			   node_is_uri(n, uri));
	same = msg_uri_aor(uri, &aor) == 0 &&
	       node_write_aor(whom, n->domain, &own) == 0 &&
	       str_eq(buf_view(&aor), buf_view(&own));

	if (aor.err != 0 || own.err != 0)
		node_fail_memory(n);
	return same;
}

static bool
means_domain(struct str whom, const struct msg_uri *u)
{
	return u->sip && node_serves_domain(whom) &&
	       str_ieq(msg_host_name(whom), msg_host_name(u->host));
}

enum node_serves
node_serves(const struct node *n, const char *role, struct str uri)
{
	struct str rest = str_of(node_attr(n, "serves", ""));
	enum node_serves best = NODE_SERVES_ALL;
	struct msg_uri u = { .sip = false };
	struct str word, whom;

	if (rest.n == 0)
		return NODE_SERVES_ALL;
	msg_uri_read(uri, &u);
	while (node_serves_next(&rest, &word, &whom)) {
		if (!str_is(word, role))
			continue;
		if (best == NODE_SERVES_ALL)
			best = NODE_SERVES_OTHERS;
		if (means_domain(whom, &u) && best < NODE_SERVES_DOMAIN)
			best = NODE_SERVES_DOMAIN;
		else if (!node_serves_domain(whom) && means_user(n, whom, uri))
			return NODE_SERVES_USER;
	}
	return best;
}

bool
node_serves_domain_of(const struct node *n, const struct msg_uri *u)
{
	struct str rest = str_of(node_attr(n, "serves", ""));
	struct str role, whom;

	while (node_serves_next(&rest, &role, &whom))
		if (means_domain(whom, u))
			return true;
	return false;
}

bool
node_serves_user(const struct node *n, struct str uri)
{
	struct str rest = str_of(node_attr(n, "serves", ""));
	struct str role, whom;

	while (node_serves_next(&rest, &role, &whom))
		if (!node_serves_domain(whom) && means_user(n, whom, uri))
			return true;
	return false;
}
