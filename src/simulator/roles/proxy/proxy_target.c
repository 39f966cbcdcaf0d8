/*
 * Which requests a proxy takes (RFC 3261 16.3, 16.4), where a copy of one goes
 * (16.5, 16.6 step 7), and the copy itself.
 */
#include "roles/proxy/proxy_in.h"

#include "msg/header_names.h"
#include "msg/parts.h"
#include "msg/splice.h"
#include "msg/usages.h"
#include "node/flow.h"
#include "node/uri.h"
#include "rules/rule_names.h"

#include <string.h>

/* A proxy with strict_routing=true behaves as RFC 2543 had it: the first Route
 * becomes the Request-URI, and its own Record-Route has no lr. */
static bool
routes_begin_strict(const struct proxy *p)
{
	return node_attr_bool(p->node, "strict_routing", false);
}

/* A Route with the domain's name means the domain's entry (RFC 3263), which may
 * be another node. */
static bool
is_entry(const struct proxy *p, struct str uri)
{
	struct addr entry;

	return node_is_domain(p->node, uri) &&
	       (world_locate(p->node->world, uri, &entry) != 0 ||
		   node_face_at(p->node, &entry) != NULL);
}

/* 16.4: first Routes that name this proxy are taken off; the one that then
 * comes first is where the request goes. */
static struct str
routes(const struct proxy *p, const struct msg *m, const struct addr *src,
    struct proxy_hop *h)
{
	struct msg_values it = { 0 };
	struct str first;
	struct msg_addr a;

	for (; msg_next_value(m, MSG_H_ROUTE, &it, &first); h->drop_routes++) {
		if (msg_addr_read(first, &a) != 0 ||
		    (!node_is_uri(p->node, a.uri) && !is_entry(p, a.uri)))
			return first;
		proxy_flow_take(p, a.uri, src, h);
	}
	return STR_NULL;
}

/* Where P reaches N with a request for URI: a sips URI by TLS (RFC 5630 5.3),
 * else as N likes best. */
static struct addr
proxy_target_place_of(
    const struct proxy *p, const struct node *n, struct str uri)
{
	enum addr_transport by = node_transport(n);

	if (node_is_sips(uri))
		by = addr_transports[by].sips;
	return node_face_addr(node_face_for(n, p->node), by);
}

/* A REGISTER names the domain alone (10.2): it goes to the registrar that this
 * domain has, which sits on another node. */
static bool
leads_to_registrar(const struct proxy *p, struct str uri, struct addr *dst)
{
	const struct node *n = NULL;

	if (node_is_domain(p->node, uri))
		n = world_registrar(p->node->world, str_of(p->node->domain));
	if (n == NULL || n == p->node)
		return false;
	*dst = proxy_target_place_of(p, n, uri);
	return true;
}

/* RFC 3856 5, RFC 3903 3: the presence of this domain's users is kept by
 * another node. */
static bool
leads_to_presence(const struct proxy *p, const struct msg *m, struct addr *dst)
{
	const struct node *n = world_find(
	    p->node->world, node_attr(p->node, "presence_agent", ""));
	struct str params;

	if (n == NULL || n == p->node || !node_is_domain(p->node, m->uri) ||
	    (m->method != MSG_PUBLISH && m->method != MSG_SUBSCRIBE) ||
	    !str_iis(
		msg_cut_params(msg_value(m, MSG_H_EVENT), &params), "presence"))
		return false;
	*dst = proxy_target_place_of(p, n, m->uri);
	return true;
}

/* 16.6 step 7; RFC 2543 12.3: the Route itself becomes the Request-URI. */
static void
by_route(const struct proxy *p, const struct msg *m, struct str route,
    struct proxy_hop *h)
{
	struct msg_addr a;
	struct msg_uri u;
	struct str lr;

	h->how = "route";
	h->why = RULE_PROXY_BY_ROUTE;
	if (msg_addr_read(route, &a) == 0) {
		if (routes_begin_strict(p)) {
			h->uri = a.uri;
			h->drop_routes++;
			h->why = RULE_PROXY_STRICT;
		} else if (msg_uri_read(a.uri, &u) == 0 &&
			   !msg_param(u.params, "lr", &lr)) {
			h->how = "strict-route";
			h->why = RULE_PROXY_TO_STRICT;
		}
	}
	h->next = node_next_uri(m->uri, route);
}

bool
proxy_choose(const struct proxy *p, const struct msg *m, const struct addr *src,
    struct proxy_hop *h)
{
	struct str route, maddr;
	struct msg_uri u;
	struct addr a;

	memset(h, 0, sizeof(*h));
	route = routes(p, m, src, h);
	if (h->token || h->refused != 0)
		return true;
	h->next = m->uri;
	if (route.n > 0) {
		by_route(p, m, route, h);
		return true;
	}
	if (msg_uri_read(m->uri, &u) == 0 &&
	    msg_param(u.params, "maddr", &maddr) && maddr.n > 0) {
		/* 16.5: then that is the only target. */
		h->how = "uri";
		h->why = RULE_PROXY_BY_MADDR;
		return true;
	}
	if (m->method == MSG_REGISTER && p->home == NULL &&
	    leads_to_registrar(p, m->uri, &h->dst)) {
		h->how = "registrar";
		h->why = RULE_PROXY_BY_REGISTRAR;
		h->next = STR_NULL;
		return true;
	}
	if (leads_to_presence(p, m, &h->dst)) {
		h->how = "presence";
		h->why = RULE_PROXY_BY_PRESENCE;
		h->next = STR_NULL;
		return true;
	}
	if (proxy_is_number(p, m->uri)) {
		h->how = "enum";
		h->why = RULE_ENUM_TARGET;
		return false;
	}
	/* RFC 3966, RFC 5031: a URI without a host is looked up here. */
	if (node_is_own(p->node, m->uri) ||
	    (msg_uri_read(m->uri, &u) == 0 && node_is_led(&u))) {
		h->how = "location";
		h->why = RULE_PROXY_BY_LOCATION;
		return false;
	}
	if (msg_uri_read(m->uri, &u) == 0 && addr_parse(u.host, &a) == 0) {
		h->how = "uri";
		h->why = RULE_PROXY_BY_URI;
	} else {
		h->how = "domain";
		h->why = RULE_PROXY_BY_DOMAIN;
	}
	proxy_alias_take(p, m->uri, h);
	return true;
}

void
proxy_aim(
    const struct proxy *p, struct proxy_hop *h, const struct proxy_target *t)
{
	struct str path = str_of(t->path != NULL ? t->path : "");
	struct str rest = path, first = msg_cut_value(&rest);
	struct msg_addr a;

	h->uri = str_of(t->uri);
	h->path = path;
	h->next = node_next_uri(
	    str_of(t->secure != NULL ? t->secure : t->uri), first);
	if (path.n == 0)
		proxy_alias_take(p, h->next, h);
	/* RFC 5626 7: the flow to this very node, unless a program has named
	 * that so that the request comes by once more. */
	else if (strcmp(t->how, "program") != 0 && proxy_knows_flows(p) &&
		 msg_addr_read(first, &a) == 0 && node_is_uri(p->node, a.uri)) {
		h->path = str_trim(rest);
		proxy_flow_take(p, a.uri, NULL, h);
	}
}

void
proxy_locate(const struct proxy *p, const struct proxy_hop *h,
    node_located_fn *fn, void *arg, struct node_question *q)
{
	if (h->next.n > 0)
		node_locate(p->node, h->next, ADDR_DEFAULT, fn, arg, q);
	else
		fn(0, &h->dst, arg);
}

void
proxy_trace_route(
    const struct proxy *p, const struct msg *m, const struct proxy_hop *h)
{
	struct trace_writer *w = node_record(p->node, TRACE_ROUTE, h->why);
	LOCAL_BUF next = BUF_INIT;

	trace_put_cstr(w, "how", h->how);
	trace_put_str(w, "target", h->uri.n > 0 ? h->uri : m->uri);
	addr_write(&h->dst, &next);
	trace_put_str(w, "next", buf_view(&next));
	node_record_cause(p->node);
}

/* ---- the copy ---- */

unsigned
proxy_breadth(const struct msg *m)
{
	uint32_t n;

	/* The default is the greatest that a proxy allows.  0 was rejected
	 * (proxy_validate). */
	if (str_u32(msg_value(m, MSG_H_MAX_BREADTH), &n) != 0 ||
	    n > SIP_MAX_BREADTH)
		n = SIP_MAX_BREADTH;
	return n;
}

/* FACE as a route, asking for TRANSPORT, be it the one that is meant where
 * nothing is said; SIPS: all requests along it are. */
static void
write_by(const struct node_face *face, enum addr_transport transport, bool sips,
    struct buf *out)
{
	size_t at = out->n;

	if (transport == ADDR_DEFAULT)
		node_write_address_by(
		    face, transport, ";transport=udp;lr", out);
	else
		node_write_address_by(face, transport, ";lr", out);
	if (sips)
		node_make_sips(out, at + 1);
}

/* 16.6 step 4: requests that make a dialog get a Record-Route; also the ones
 * that make it by the reverse way (RFC 6665 4.3: every NOTIFY). */
static bool
proxy_target_makes_dialog(const struct msg *m)
{
	return msg_method_answers(m->method) ||
	       (msg_method_is(m->method, MSG_FORMS) &&
		   msg_tag_of(m, MSG_H_TO).n == 0);
}

/* By which transport M came, as its top Via has it. */
static enum addr_transport
came_by(const struct msg *m)
{
	uint8_t transport = ADDR_DEFAULT;
	struct msg_via via;

	if (msg_top_via(m, &via) == 0)
		addr_transport_find(via.transport, &transport);
	return transport;
}

/*
 * The way back through P, for Record-Route (16.6 step 4) and Path (RFC 3327
 * 5.2).  Where the transport or the face changes here there are two (RFC 5658
 * 5, 6.2): the one below for who is asked, first, the one above for who asks,
 * each with its transport; both come back as Routes and are taken off together.
 * FLOW, where there is one, stands for the side that it leads to.
 */
static void
write_way_back(const struct proxy *p, const struct msg *m,
    const struct proxy_hop *h, struct str flow, struct buf *out)
{
	enum addr_transport in = came_by(m), next = h->dst.transport;
	/* RFC 5630 5.3, 3261 16.6 step 4 */
	bool sips = node_is_sips(m->uri);
	const struct node_face *before = node_face_before(p->node, m);
	const struct node_face *after = node_face_toward(p->node, &h->dst);

	if (in != next || before != after) {
		if (flow.n > 0 && h->token)
			buf_str(out, flow);
		else
			write_by(after, next, sips, out);
		buf_puts(out, ", ");
		if (flow.n > 0 && !h->token)
			buf_str(out, flow);
		else
			write_by(before, in, sips, out);
	} else if (flow.n > 0) {
		buf_str(out, flow);
	} else if (in != ADDR_DEFAULT) {
		write_by(after, in, sips, out);
	} else {
		node_write_address(after, ";lr", out);
	}
}

int
proxy_build(const struct proxy *p, const struct msg *m,
    const struct proxy_hop *h, struct str branch, struct sip_bytes **out)
{
	LOCAL_BUF via = BUF_INIT, rr = BUF_INIT, path = BUF_INIT;
	LOCAL_BUF uri = BUF_INIT, flow = BUF_INIT;
	struct proxy_session session;
	int err;

	*out = NULL;
	sip_stack_begin_via(p->node->stack, &via);
	buf_puts(&via, ";branch=");
	buf_str(&via, branch);
	proxy_flow_write(p, m, h, &flow);
	if (h->how != NULL && strcmp(h->how, "noted") == 0)
		node_alias_strip(h->uri.n > 0 ? h->uri : m->uri, &uri);
	if (m->method == MSG_REGISTER && flow.n > 0) {
		write_way_back(p, m, h, buf_view(&flow), &path);
	} else if (proxy_target_makes_dialog(m) && flow.n > 0) {
		write_way_back(p, m, h, buf_view(&flow), &rr);
	} else if (proxy_target_makes_dialog(m) &&
		   node_attr_bool(p->node, "record_route", true)) {
		if (routes_begin_strict(p))
			node_write_address(
			    node_face_toward(p->node, &h->dst), "", &rr);
		else
			write_way_back(p, m, h, STR_NULL, &rr);
	}
	/* RFC 3327 5.2: for those who know it. */
	if (m->method == MSG_REGISTER && path.n == 0 &&
	    node_attr_bool(p->node, "path", false) &&
	    msg_lists(m, MSG_H_SUPPORTED, "path"))
		write_way_back(p, m, h, STR_NULL, &path);
	proxy_session_change(p, m, &session);
	struct sip_forward f = {
		.uri = uri.n > 0 ? buf_view(&uri) : h->uri,
		.drop_routes = h->drop_routes,
		.routes = h->path,
		.strict = routes_begin_strict(p),
		.record_route = buf_view(&rr),
		.path = buf_view(&path),
		.via = buf_view(&via),
		.bare_vias = proxy_overload_says(p),
		/* RFC 5393 5.3.3: all proxied requests have one. */
		.breadth = h->breadth != 0 ? h->breadth : proxy_breadth(m),
		.session_expires = session.interval,
		.min_se = session.least,
		.change = h->change,
	};

	err = via.err != 0 ? via.err : rr.err != 0 ? rr.err : path.err;
	if (err == 0)
		err = uri.err != 0 ? uri.err : flow.err;
	if (err == 0)
		err = sip_forward_request(node_sim(p->node), m, &f, out);
	return err;
}

/* ---- Which requests are rejected: RFC 3261 16.3 ---- */

/* What the choice of the target depends on: the Request-URI and the Routes. */
static uint64_t
loop_hash(const struct msg *m)
{
	struct msg_values it = { 0 };
	uint64_t h = str_hash(m->uri);
	struct str v;

	while (msg_next_value(m, MSG_H_ROUTE, &it, &v))
		h = (h ^ str_hash(v)) * UINT64_C(0x100000001b3);
	return h;
}

void
proxy_write_loop_part(const struct msg *m, struct buf *out)
{
	uint64_t hash = loop_hash(m);

	buf_putc(out, '.');
	buf_hex(out, hash ^ hash >> 32, 8);
}

/* RFC 5393 4.2.2: one of our own Vias has the same second part.  RFC 5393 4.2:
 * a request that comes through again changed (a spiral) is well; one whose
 * target would be chosen as the last time (a loop) is not. */
static bool
has_looped(const struct proxy *p, const struct msg *m)
{
	LOCAL_BUF part = BUF_INIT;
	struct msg_values it = { 0 };
	struct msg_via via;
	struct addr a;
	struct str v;
	bool loop = false;

	proxy_write_loop_part(m, &part);
	while (!loop && msg_next_value(m, MSG_H_VIA, &it, &v)) {
		if (msg_via_read(v, &via) != 0 || addr_parse(via.host, &a) != 0)
			continue;
		a.port = msg_via_port(&via);
		loop = node_face_at(p->node, &a) != NULL && part.err == 0 &&
		       via.branch.n > part.n &&
		       str_eq(str_slice(via.branch, via.branch.n - part.n,
				  via.branch.n),
			   buf_view(&part));
	}
	node_fail_nomem(p->node, part.err);
	return loop;
}

/* Full: as many requests as it may have are being handled. */
static bool
proxy_target_is_full(const struct proxy *p)
{
	uint32_t most;

	return str_u32(str_of(node_attr(p->node, "capacity", "")), &most) ==
		   0 &&
	       p->ncontexts >= most;
}

/* M has a Route beside P's own. */
static bool
is_led_on(const struct proxy *p, const struct msg *m)
{
	struct msg_values it = { 0 };
	struct msg_addr a;
	struct str first;
	bool own = msg_next_value(m, MSG_H_ROUTE, &it, &first) &&
		   msg_addr_read(first, &a) == 0 && node_is_uri(p->node, a.uri);

	return msg_count_values(m, MSG_H_ROUTE) > (own ? 1 : 0);
}

/* 16.3: what says no place is understood where a Route says it, or who knows
 * numbers or services is here. */
static bool
understands(const struct proxy *p, const struct msg *m, const struct msg_uri *u)
{
	return node_speaks(p->node, u) || proxy_is_number(p, m->uri) ||
	       (node_is_led(u) &&
		   (p->program != NULL || p->home != NULL || is_led_on(p, m)));
}

unsigned
proxy_validate(const struct proxy *p, const struct msg *m, enum rule_id *why)
{
	struct str value = msg_value(m, MSG_H_MAX_FORWARDS);
	struct msg_uri u;
	uint32_t hops = 1, breadth = 1;

	*why = RULE_URI_TOO_LONG;
	if (m->uri.n > SIP_MAX_URI)
		return 414;
	*why = RULE_PROXY_SCHEME;
	if (msg_uri_read(m->uri, &u) != 0 || !understands(p, m, &u))
		return 416;
	/* 20.22: 0 to 255. */
	*why = RULE_BAD_REQUEST;
	if (value.n > 0 && (str_u32(value, &hops) != 0 || hops > 255))
		return 400;
	/* 16.3 (3): also an OPTIONS, which a proxy may answer: so it is plain
	 * that its target was not asked.  One for the proxy itself never gets
	 * here. */
	*why = RULE_PROXY_MAX_FORWARDS;
	if (hops == 0)
		return 483;
	/* RFC 5393 5.3.1: positive.  0 has room for no branch at all. */
	*why = RULE_PROXY_BREADTH;
	value = msg_value(m, MSG_H_MAX_BREADTH);
	if (value.n > 0 && str_u32(value, &breadth) == 0 && breadth == 0)
		return 440;
	*why = RULE_PROXY_LOOP;
	if (has_looped(p, m))
		return 482;
	if (m->method != MSG_ACK && p->overload != NULL &&
	    (*why = overload_refuses(p->overload, m)) != RULE_NONE)
		return 503;
	*why = RULE_PROXY_OVERLOAD;
	/* 21.5.4; an ACK needs no context. */
	return m->method != MSG_ACK && proxy_target_is_full(p) ? 503 : 0;
}

/* ---- After a strict router: RFC 3261 16.4, 16.12.1.2 ---- */

static bool
has_lr(struct str uri)
{
	struct msg_uri u;
	struct str v;

	return msg_uri_read(uri, &u) == 0 && msg_param(u.params, "lr", &v);
}

/* The last Route value, its field, and the value before it in that field. */
struct last {
	const struct msg_field *field;
	struct str value, before;
};

static bool
find_last(const struct msg *m, struct last *l)
{
	struct str rest, v;
	size_t n = 0;

	while (msg_field(m, MSG_H_ROUTE, n) != NULL)
		n++;
	if (n == 0)
		return false;
	l->field = msg_field(m, MSG_H_ROUTE, n - 1);
	l->value = l->before = STR_NULL;
	rest = l->field->value;
	while (rest.n > 0) {
		v = msg_cut_value(&rest);
		l->before = l->value;
		l->value = v;
	}
	return l->value.n > 0;
}

/* What lies from behind A to the end of B, both in one text. */
static struct str
between(struct str a, struct str b)
{
	const char *begin = a.p + a.n;

	return (struct str){ begin, (size_t)(b.p + b.n - begin) };
}

/* URI without maddr, port and transport. */
static void
write_without_maddr(const struct msg_uri *u, struct str uri, struct buf *out)
{
	struct str rest = u->params, name, value;

	/* Up to the host, which may be in brackets. */
	buf_add(out, uri.p, (size_t)(u->host.p - uri.p));
	buf_str(out, u->host);
	if (u->host.p[-1] == '[')
		buf_putc(out, ']');
	while (msg_next_param(&rest, &name, &value)) {
		if (str_iis(name, "maddr") || str_iis(name, "transport"))
			continue;
		buf_putc(out, ';');
		buf_str(out, name);
		if (value.n > 0) {
			buf_putc(out, '=');
			buf_str(out, value);
		}
	}
}

int
proxy_undo_maddr(
    const struct proxy *p, const struct msg *m, struct sip_bytes **out)
{
	LOCAL_BUF uri = BUF_INIT;
	struct msg_splice sp;
	struct msg_uri u;
	struct addr a;
	struct str maddr;

	*out = NULL;
	if (msg_uri_read(m->uri, &u) != 0 || !u.sip || u.host.n == 0 ||
	    !msg_param(u.params, "maddr", &maddr) ||
	    addr_parse(maddr, &a) != 0 || !node_has_addr(p->node, &a))
		return 0;
	write_without_maddr(&u, m->uri, &uri);
	msg_splice_init(&sp, m->bytes);
	if (uri.err != 0)
		sp.err = uri.err;
	else
		msg_splice_replace(&sp, m->uri, buf_view(&uri));
	return sip_bytes_splice(node_sim(p->node), &sp, out);
}

/* A strict router of RFC 2543 before this proxy puts the next Route into the
 * Request-URI and leaves the true target in the last Route. (One behind this
 * proxy is the business of sip/forward.c.) */
int
proxy_undo_strict(
    const struct proxy *p, const struct msg *m, struct sip_bytes **out)
{
	struct msg_splice sp;
	struct msg_addr a;
	struct last last;

	*out = NULL;
	/* What proxy_build puts into Record-Route: the address, and lr. */
	if (!has_lr(m->uri) || !node_is_uri(p->node, m->uri) ||
	    !find_last(m, &last) || msg_addr_read(last.value, &a) != 0)
		return 0;
	msg_splice_init(&sp, m->bytes);
	msg_splice_replace(&sp, m->uri, a.uri);
	msg_splice_delete(&sp, last.before.n > 0
				   ? between(last.before, last.value)
				   : last.field->line);
	return sip_bytes_splice(node_sim(p->node), &sp, out);
}
