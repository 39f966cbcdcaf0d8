/*
 * Where the requests of a user agent go: RFC 3261 8.1.2 (outbound proxies as
 * preloaded Routes), RFC 3608 6.1 (the route that a registrar has given).
 */
#include "agent/agent.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/header_names.h"
#include "msg/parts.h"
#include "node/uri.h"
#include "rules/rule_names.h"
#include "sip/dialog.h"

#include <string.h>

const struct node *
agent_proxy_at(const struct agent *agent, size_t i)
{
	struct str rest = str_of(node_attr(agent->node, "outbound", ""));

	while (rest.n > 0) {
		struct str word = str_trim(str_cut(rest, ' ', &rest));
		const struct node *n = map_get(agent->node->world->nodes, word);

		if (n != NULL && i-- == 0)
			return n;
	}
	return NULL;
}

const struct node *
agent_outbound(const struct agent *agent, size_t i)
{
	/* The one whose flow stands changes places with the first. */
	if (i == 0)
		i = agent->proxy;
	else if (i == agent->proxy)
		i = 0;
	return agent_proxy_at(agent, i);
}

bool
agent_has_proxies(const struct agent *agent)
{
	return strchr(node_attr(agent->node, "outbound", ""), ' ') != NULL;
}

void
agent_write_route(const struct agent *agent, const struct node *proxy,
    struct str uri, struct buf *out)
{
	enum addr_transport by = node_transport(proxy);
	size_t at = out->n;

	if (by == ADDR_DEFAULT)
		by = node_transport(agent->node);
	if (node_is_sips(uri))
		by = addr_transports[by].sips;
	node_write_address_by(
	    node_face_for(proxy, agent->node), by, ";lr", out);
	if (node_is_sips(uri))
		node_make_sips(out, at + 1);
	else if (node_is_nameless(agent->node))
		node_make_sip(out, at + 1);
}

/* ROUTES, values with commas, as the route set of a request for URI: RFC 5630
 * 5.1.1 makes sips of all for sips. */
static void
route_add(struct str routes, struct str uri, struct buf *out)
{
	if (!node_is_sips(uri)) {
		buf_str(out, routes);
		return;
	}
	for (const char *before = ""; routes.n > 0; before = ",") {
		buf_puts(out, before);
		node_write_sips_route(msg_cut_value(&routes), out);
	}
}

/* RFC 3608 6.1: the service route comes behind the routes needed to leave the
 * network, which it may name itself. */
static bool
route_names(
    const struct agent *agent, struct str routes, const struct node *proxy)
{
	struct addr first;
	struct str route = msg_cut_value(&routes);

	return route.n > 0 &&
	       world_locate(agent->node->world, node_next_uri(STR_NULL, route),
		   &first) == 0 &&
	       node_face_at(proxy, &first) != NULL;
}

int
agent_preload(const struct agent *agent, const struct node *proxy,
    struct str uri, bool service, struct agent_routes *r)
{
	/* A service (RFC 5031) is found where the phone is, not by the network
	 * that it is registered in: who needs help may be anywhere. */
	struct str given = service && !str_istarts(uri, "urn:service:")
			       ? str_of(agent->service_route)
			       : STR_NULL;
	struct str rest;

	r->text = BUF_INIT;
	r->n = 0;
	if (proxy != NULL && !route_names(agent, given, proxy))
		agent_write_route(agent, proxy, uri, &r->text);
	if (given.n > 0 && r->text.n > 0)
		buf_putc(&r->text, ',');
	route_add(given, uri, &r->text);
	rest = buf_view(&r->text);
	while (rest.n > 0 && r->n < AGENT_ROUTES)
		r->list[r->n++] = msg_cut_value(&rest);
	return r->text.err;
}

void
agent_take_service_route(struct agent *agent, const struct msg *m)
{
	struct msg_values it = { 0 };
	LOCAL_BUF all = BUF_INIT;
	struct msg_addr a;
	struct str v;
	size_t n = 0;

	mem_free(agent->service_route);
	agent->service_route = NULL;
	while (m != NULL && n < AGENT_SERVICE_ROUTES &&
	       msg_next_value(m, MSG_H_SERVICE_ROUTE, &it, &v)) {
		if (msg_addr_read(v, &a) != 0 || a.star)
			continue;
		buf_puts(&all, n++ > 0 ? "," : "");
		for (size_t i = 0; i < v.n; i++)
			buf_putc(&all, chr_is_space(v.p[i]) ? ' ' : v.p[i]);
	}
	if (all.err != 0)
		agent_fail_memory(agent);
	else if (all.n > 0)
		agent->service_route = buf_take(&all);
	if (n > 0 && agent->service_route == NULL)
		agent_fail_memory(agent);
}

/* ---- the next hop ---- */

const struct node_face *
agent_face_toward(const struct agent *agent, struct str uri, bool direct)
{
	const struct node *n = agent->node;
	const struct node *proxy = agent_outbound(agent, 0);
	struct str routes = str_of(agent->service_route);
	struct addr dst;

	if (n->nfaces == 1)
		return &n->faces[0];
	if (proxy != NULL && !direct)
		return node_face_for(n, proxy);
	if (!direct)
		uri = node_next_uri(uri, msg_cut_value(&routes));
	if (world_locate_for(n->world, n, uri, &dst) == 0)
		return node_face_toward(n, &dst);
	return &n->faces[0];
}

bool
agent_wants_tls(const struct agent *agent, struct str uri)
{
	struct msg_uri u;

	return msg_uri_read(uri, &u) == 0 && node_uri_is_sips(&u) &&
	       !node_has_tls(agent->node);
}

struct str
agent_first_route(struct agent *agent, struct sip_bytes *bytes, bool strict)
{
	struct msg_values it = { 0 };
	struct str route = STR_NULL;

	if (!strict)
		msg_next_value(world_read(agent->node->world, bytes),
		    MSG_H_ROUTE, &it, &route);
	return route;
}

struct str
agent_request_next(struct agent *agent, const struct agent_request *r)
{
	return node_next_uri(world_read(agent->node->world, r->bytes)->uri,
	    agent_first_route(agent, r->bytes, r->strict));
}

void
agent_locate(struct agent *agent, const struct agent_request *r,
    node_located_fn *fn, void *arg, struct node_question *q)
{
	node_locate(agent->node, agent_request_next(agent, r),
	    node_transport(agent->node), fn, arg, q);
}

struct agent_way
agent_find_way(const struct agent *agent, struct str uri, struct str route)
{
	struct addr direct;

	if (route.n > 0 && agent->service_route != NULL &&
	    str_eq(str_slice(str_of(agent->service_route), 0, route.n), route))
		return (struct agent_way){ "route", RULE_SERVICE_ROUTE };
	if (route.n == 0 && world_is_noted(agent->node, uri, &direct))
		return (struct agent_way){ "noted", RULE_ALIAS_ROUTE };
	return (struct agent_way){ route.n > 0 ? "outbound"
				   : sip_next_hop(uri, &direct) == 0 ? "uri"
								     : "domain",
		RULE_UAC_ROUTE };
}

void
agent_record_way(struct agent *agent, const struct agent_way *way,
    struct str uri, const struct addr *dst)
{
	struct sim *sim = agent_sim(agent);
	struct trace_writer *w = sim_trace(sim);
	LOCAL_BUF next = BUF_INIT;

	if (way->how == NULL || !trace_wants(w, TRACE_ROUTE))
		return;
	sim_open(sim, TRACE_ROUTE, agent->node->name, way->why);
	trace_put_cstr(w, "how", way->how);
	trace_put_str(w, "target", uri);
	addr_write(dst, &next);
	trace_put_str(w, "next", buf_view(&next));
	sim_set_cause(sim, trace_close(w));
}

int
agent_write_target(
    const struct agent *agent, const char *target, struct buf *out)
{
	const struct node *other = world_find(agent->node->world, target);
	const struct node_face *f =
	    other != NULL ? node_face_for(other, agent->node) : NULL;
	struct msg_uri u;

	if (strchr(target, ':') != NULL) {
		buf_puts(out, target);
	} else if (other != NULL && node_has_trait(other, TRAIT_USER)) {
		char *aor = node_aor_at(other, f);

		if (aor == NULL)
			return ERR_NOMEM;
		buf_puts(out, aor);
		mem_free(aor);
	} else if (other != NULL && other->roles[0] != '\0') {
		/* A server has no user: it is asked at its address. */
		buf_puts(out, "sip:");
		addr_write(&f->addr, out);
	} else {
		buf_printf(out, "sip:%s", target);
		if (strchr(target, '@') == NULL &&
		    agent->node->domain[0] != '\0')
			buf_printf(out, "@%s", agent->node->domain);
	}
	if (out->err != 0)
		return ERR_NOMEM;
	return msg_uri_read(buf_view(out), &u) == 0 ? 0 : ERR_SYNTAX;
}
