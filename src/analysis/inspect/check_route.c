/* Routes: what a proxy takes off, where a request goes for their sake, and what
 * a response hands back of Record-Route.  RFC 3261 12.1.1, 16.4, 16.6. */
#include "inspect/checks.h"

#include "base/addr.h"

/* Nobody has to look a name up. */
bool
read_place(struct str uri, struct addr *a)
{
	struct msg_uri u;
	struct str value;

	if (msg_uri_read(uri, &u) != 0 || !u.sip ||
	    msg_param(u.params, "maddr", &value) || addr_parse(u.host, a) != 0)
		return false;
	a->port = msg_uri_port(&u);
	return true;
}

static bool
read_router(struct str uri, struct addr *a)
{
	return !is_strict(uri) && read_place(uri, a);
}

/* A stream may have been opened by the far end, from any port. */
static bool
is_place(const struct look *l, const struct addr *router, struct str place)
{
	struct addr a;

	return addr_parse(place, &a) == 0 && addr_same_ip(router, &a) &&
	       (!addr_word_is_udp(l->send.transport) || router->port == a.port);
}

static struct str
first_route(struct look *l)
{
	struct str rest;

	return str_cut(look_routes(l, MSG_H_ROUTE, false), '\n', &rest);
}

/* For a strict router its URI has become the Request-URI (16.6 step 6), and the
 * first Route is that of the hop behind it. */
static bool
may_be_rewritten(const struct look *l)
{
	const struct dialog *d = l->dialog;
	struct addr target;

	if (read_place(l->msg->uri, &target) &&
	    !is_place(l, &target, l->send.dst_addr))
		return false;
	if (l->forwarded)
		return l->came == NULL || !str_eq(l->came->uri, l->msg->uri);
	return d == NULL || !d->routes_known || is_strict(d->routes);
}

/* Of a capture the address may be that of a NAT, or of one of several hosts
 * behind it. */
static enum verdict
judge_way(struct look *l)
{
	struct str route = first_route(l);
	struct addr router;

	if (!read_router(route, &router))
		return SILENT;
	look_measured(l, _("its first Route is %.*s, and it goes to %.*s"),
	    STR_ARG(str_slice(route, 0, 80)), STR_ARG(l->send.dst_addr));
	if (is_place(l, &router, l->send.dst_addr))
		return KEPT;
	return l->in->whole && !may_be_rewritten(l) ? BROKEN : SEEN;
}

/* 8.1.2: who goes another way leaves proxies out that want to stay on it. */
enum verdict
check_route_taken(struct look *l)
{
	return is_own_request(l) ? judge_way(l) : SILENT;
}

/* 16.6 step 7 */
enum verdict
check_next_hop(struct look *l)
{
	return l->msg->request && l->forwarded ? judge_way(l) : SILENT;
}

/* 16.4 */
enum verdict
check_route_removed(struct look *l)
{
	const struct tx *came = l->came;
	struct addr router;

	if (!is_forwarded(l, true) || came->nroutes == 0 ||
	    !read_router(came->route, &router) ||
	    !is_place(l, &router, came->dst_addr))
		return SILENT;
	look_measured(l,
	    _("the Route %.*s, which names this proxy, is left in it"),
	    STR_ARG(str_slice(came->route, 0, 80)));
	return verdict_of(
	    msg_count_values(l->msg, MSG_H_ROUTE) < came->nroutes ||
	    !msg_uri_equal(first_route(l), came->route));
}

/* Makes a dialog, early or not (12.1).  A REFER may do without (RFC 4488). */
static bool
makes_dialog(const struct look *l)
{
	enum msg_method m = l->msg->method;

	return !l->msg->request && l->tx != NULL && l->tx->initial &&
	       l->to_tag.n > 0 && (m == MSG_INVITE || m == MSG_SUBSCRIBE) &&
	       l->msg->status / 100 <= 2 && l->msg->status > 100 &&
	       l->msg->status != 199 &&
	       (m == MSG_INVITE || l->msg->status >= 200);
}

/* 12.1.1.  At any hop the response has what its request has there: proxies
 * behind have put theirs before it. */
enum verdict
check_route_copied(struct look *l)
{
	struct str want, all;
	size_t n, extra;

	if (!makes_dialog(l) || l->forwarded || l->tx->routes.n == 0)
		return SILENT;
	if (l->tx->twice)
		return SEEN;
	want = l->tx->routes;
	all = look_routes(l, MSG_H_RECORD_ROUTE, false);
	n = str_count(want, '\n');
	extra = str_count(all, '\n');
	look_measured(l,
	    _("the request has %zu Record-Routes, and the %u does not "
	      "hand them back"),
	    n, l->msg->status);
	for (; extra > n; extra--)
		str_cut(all, '\n', &all);
	if (!same_routes(all, want))
		return BROKEN;
	/* Equal they are by 19.1.4 where one lacks a parameter. */
	return str_eq(all, want) ? KEPT : DOUBTED;
}
