/*
 * Where a URI leads: whether two lead the same way, as targets and in routes,
 * whether a route is strict, which address one says.  RFC 3261 12.2.1.1, 16.12,
 * 19.1.
 */
#include "inspect/check.h"

/* The first route is no loose router: its URI is in the Request-URI. */
bool
routes_begin_strict(struct str routes)
{
	struct str rest, first = str_cut(routes, '\n', &rest), value;
	struct msg_uri uri;

	if (first.n == 0)
		return false;
	return msg_uri_read(first, &uri) != 0 ||
	       !msg_param(uri.params, "lr", &value);
}

/* lr is a flag: some write it with a value, and others then without (19.1.1).
 */
static struct str
cut_lr(struct str uri, struct buf *without)
{
	struct str name, value, rest;
	struct msg_uri u;

	if (msg_uri_read(uri, &u) != 0 || !msg_param(u.params, "lr", &value))
		return uri;
	buf_add(without, uri.p, (size_t)(u.params.p - uri.p));
	for (rest = u.params; msg_next_param(&rest, &name, &value);)
		if (!str_iis(name, "lr"))
			buf_printf(without,
			    value.n > 0 ? ";%.*s=%.*s" : ";%.*s", STR_ARG(name),
			    STR_ARG(value));
	return buf_view(without);
}

bool
uri_is_same(struct str a, struct str b)
{
	LOCAL_BUF x = BUF_INIT, y = BUF_INIT;
	struct str value;
	struct msg_uri u, v;

	if (str_eq(a, b) || msg_uri_equal(a, b))
		return true;
	if (msg_uri_read(a, &u) != 0 || msg_uri_read(b, &v) != 0 ||
	    !msg_param(u.params, "lr", &value) ||
	    !msg_param(v.params, "lr", &value))
		return false;
	return msg_uri_equal(cut_lr(a, &x), cut_lr(b, &y));
}

static bool
same_place(struct str a, struct str b)
{
	LOCAL_BUF x = BUF_INIT, y = BUF_INIT;

	return msg_uri_aor(a, &x) == 0 && msg_uri_aor(b, &y) == 0 &&
	       str_eq(buf_view(&x), buf_view(&y));
}

/* URI has all parameters of TARGET (12.1.1, 12.2.1.1), except for a default
 * that TARGET says, and the value of lr. */
static bool
has_params_of(struct str uri, struct str target)
{
	struct str name, value, rest, has;
	struct msg_uri u, t;

	if (str_eq(uri, target))
		return true;
	if (msg_uri_read(uri, &u) != 0 || msg_uri_read(target, &t) != 0)
		return false;
	for (rest = t.params; msg_next_param(&rest, &name, &value);) {
		char key[64] = "";

		if (str_iis(name, "transport") && addr_word_is_udp(value))
			continue;
		if (name.n >= sizeof(key))
			return false;
		memcpy(key, name.p, name.n);
		if (!msg_param(u.params, key, &has) ||
		    (!str_iis(name, "lr") && !str_ieq(has, value)))
			return false;
	}
	return true;
}

/*
 * URI leads where TARGET does.  A default that one says and the other leaves
 * out (port 5060, UDP) makes URIs unequal by 19.1.4 but does no harm; any other
 * parameter of the target has to be there.
 */
bool
uri_leads_to(struct str uri, struct str target)
{
	return (uri_is_same(uri, target) || same_place(uri, target)) &&
	       has_params_of(uri, target);
}

/* A is the route set B. */
bool
routes_are_equal(struct str a, struct str b)
{
	struct str one, other;

	while (a.n > 0 && b.n > 0) {
		one = str_cut(a, '\n', &a);
		other = str_cut(b, '\n', &b);
		if (!uri_is_same(one, other) || !has_params_of(one, other))
			return false;
	}
	return a.n == b.n;
}

/* No name has to be looked up. */
bool
inspected_read_uri_place(struct str uri, struct addr *a)
{
	struct msg_uri u;
	struct str value;

	if (msg_uri_read(uri, &u) != 0 || !u.sip ||
	    msg_param(u.params, "maddr", &value) || addr_parse(u.host, a) != 0)
		return false;
	a->port = msg_uri_port(&u);
	return true;
}
