/*
 * Where a request goes (RFC 3261 16.4, 16.5, 16.6 step 7) and the copy that
 * goes there (16.6 steps 1 to 8).
 */
#include "nodes/proxy.h"

#include "base/err.h"
#include "msg/parts.h"
#include "sip/forward.h"

/* 16.4: a first Route that names this proxy is taken off; the Route that then
 * comes first is where the request goes. */
static struct str
routes(const struct proxy *p, const struct msg *m, bool *own)
{
	struct msg_values it = { 0 };
	struct str first = STR_NULL;
	struct msg_addr a;

	*own = false;
	if (!msg_next_value(m, MSG_H_ROUTE, &it, &first))
		return STR_NULL;
	if (msg_addr_read(first, &a) != 0 ||
	    (!node_is_uri(p->node, a.uri) && !node_is_domain(p->node, a.uri)))
		return first;
	*own = true;
	if (!msg_next_value(m, MSG_H_ROUTE, &it, &first))
		return STR_NULL;
	return first;
}

/* A REGISTER names the domain alone (10.2): it goes to the registrar that this
 * domain has, which sits on another node. */
static bool
registrar_of(const struct proxy *p, struct str uri, struct addr *dst)
{
	struct str name;
	size_t at = 0;
	void *value;

	if (!node_is_domain(p->node, uri))
		return false;
	while (map_next(p->node->world->nodes, &at, &name, &value)) {
		const struct node *n = value;

		if (n != p->node && node_plays(n, "registrar") &&
		    str_ieq(str_of(n->domain), str_of(p->node->domain))) {
			*dst = n->addr;
			return true;
		}
	}
	return false;
}

int
proxy_choose(const struct proxy *p, const struct msg *m, struct proxy_target *t)
{
	struct str route = routes(p, m, &t->own_route);
	struct msg_uri u;
	struct addr a;

	t->uri = STR_NULL;
	if (route.n > 0) {
		t->how = "route";
		t->why = RULE_PROXY_BY_ROUTE;
		return world_next_hop(p->node->world, m->uri, &route, &t->dst);
	}
	if (m->method == MSG_REGISTER && registrar_of(p, m->uri, &t->dst)) {
		t->how = "registrar";
		t->why = RULE_PROXY_BY_REGISTRAR;
		return 0;
	}
	if (node_is_domain(p->node, m->uri) || node_is_uri(p->node, m->uri)) {
		t->how = "location";
		t->why = RULE_PROXY_BY_LOCATION;
		return ERR_UNSUPPORTED;
	}
	if (msg_uri_read(m->uri, &u) == 0 && addr_parse(u.host, &a) == 0) {
		t->how = "uri";
		t->why = RULE_PROXY_BY_URI;
	} else {
		t->how = "domain";
		t->why = RULE_PROXY_BY_DOMAIN;
	}
	return world_locate(p->node->world, m->uri, &t->dst);
}

void
proxy_record_route(
    const struct proxy *p, const struct msg *m, const struct proxy_target *t)
{
	struct sim *sim = p->node->world->sim;
	struct trace_writer *w = sim_trace(sim);
	struct buf next = BUF_INIT;

	sim_open(sim, TRACE_ROUTE, p->node->name, t->why);
	trace_put_cstr(w, "how", t->how);
	trace_put_str(w, "target", t->uri.n > 0 ? t->uri : m->uri);
	addr_write(&t->dst, &next);
	trace_put_str(w, "next", buf_view(&next));
	buf_free(&next);
	sim_set_cause(sim, trace_close(w));
}

/* 16.6 step 4: requests that make a dialog get a Record-Route. */
static bool
makes_dialog(const struct msg *m)
{
	return (m->method == MSG_INVITE || m->method == MSG_SUBSCRIBE ||
		   m->method == MSG_REFER) &&
	       msg_tag(msg_value(m, MSG_H_TO)).n == 0;
}

int
proxy_build(const struct proxy *p, const struct msg *m,
    const struct proxy_target *t, struct str branch, struct sip_bytes **out)
{
	struct buf via = BUF_INIT, rr = BUF_INIT;
	int err;

	*out = NULL;
	buf_puts(&via, "SIP/2.0/UDP ");
	addr_write(&p->node->addr, &via);
	buf_puts(&via, ";branch=");
	buf_str(&via, branch);
	if (makes_dialog(m) && node_attr_bool(p->node, "record_route", true)) {
		buf_puts(&rr, "<sip:");
		addr_write(&p->node->addr, &rr);
		buf_puts(&rr, ";lr>");
	}
	struct sip_forward f = {
		.uri = t->uri,
		.drop_route = t->own_route,
		.record_route = buf_view(&rr),
		.via = buf_view(&via),
	};
	err = via.err != 0 ? via.err : rr.err;
	if (err == 0)
		err = sip_forward_request(m, &f, out);
	buf_free(&via);
	buf_free(&rr);
	return err;
}
