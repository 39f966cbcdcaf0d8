/*
 * What outlasts a request at a proxy: flows to phones (RFC 5626) and sessions
 * that are refreshed (RFC 4028).
 */
#include "roles/proxy/proxy_in.h"

#include "base/err.h"
#include "base/num.h"
#include "msg/header_names.h"
#include "msg/parts.h"
#include "node/flow.h"
#include "node/uri.h"
#include "rules/rule_names.h"
#include "sip/dialog.h"

#include <string.h>

/* ---- Flow tokens: RFC 5626 5 (the first hop of a phone) ---- */

static bool
proxy_flow_is_edge(const struct proxy *p)
{
	return node_attr_bool(p->node, "edge_proxy", false);
}

bool
proxy_knows_flows(const struct proxy *p)
{
	return proxy_flow_is_edge(p) || node_plays(p->node, "registrar");
}

/* 5.3.1: SRC, the other end of the flow, is where H goes. */
static void
go_over(const struct proxy *p, const struct addr *flow, struct proxy_hop *h)
{
	h->token = true;
	h->dst = *flow;
	h->next = STR_NULL;
	h->how = "flow";
	h->why = RULE_FLOW_ROUTE;
	if (node_flow_stands(p->node, flow))
		return;
	h->refused = 430;
	h->why = RULE_FLOW_FAILED;
}

void
proxy_flow_take(const struct proxy *p, struct str route, const struct addr *src,
    struct proxy_hop *h)
{
	struct addr flow;
	int err;

	if (!proxy_knows_flows(p) || h->token || h->refused != 0)
		return;
	err = node_flow_read(p->node, route, &flow);
	if (err == ERR_NOMEM) {
		node_fail_memory(p->node);
	} else if (err == ERR_SYNTAX) {
		h->refused = 403;
		h->why = RULE_FLOW_FORGED;
	} else if (err == 0 && (src == NULL || !addr_eq(&flow, src))) {
		/* 5.3: requests over the flow itself go on as usual. */
		go_over(p, &flow, h);
	}
}

/* 5.1: M is a REGISTER of a phone with a flow. */
static bool
registers_flow(const struct msg *m)
{
	struct msg_values it = { 0 };
	struct str v, id;
	struct msg_addr a;

	while (msg_next_value(m, MSG_H_CONTACT, &it, &v))
		if (msg_addr_read(v, &a) == 0 &&
		    msg_param(a.params, "reg-id", &id))
			return true;
	return false;
}

/* 5.3.2: the sender of M wants requests back over the flow. */
static bool
wants_flow(const struct msg *m)
{
	struct str contact = msg_value(m, MSG_H_CONTACT), ob;
	struct msg_addr a;
	struct msg_uri u;

	return str_find(contact, ";ob") >= 0 &&
	       msg_addr_read(contact, &a) == 0 &&
	       msg_uri_read(a.uri, &u) == 0 && msg_param(u.params, "ob", &ob);
}

void
proxy_flow_write(const struct proxy *p, const struct msg *m,
    const struct proxy_hop *h, struct buf *out)
{
	static const struct addr any = { 0 };
	const struct addr *at = h->at != NULL ? h->at : &any;
	bool sips = node_is_sips(m->uri);

	if (!proxy_knows_flows(p) || h->src == NULL)
		return;
	if (m->method == MSG_REGISTER) {
		if (proxy_flow_is_edge(p) && node_flow_begins(m) &&
		    registers_flow(m))
			node_flow_write(
			    p->node, at, h->src, sips, ";lr;ob", out);
	} else if (h->token) {
		/* 5.3.1: what follows goes over the same flow. */
		node_flow_write(p->node, &any, &h->dst, sips, ";lr", out);
	} else if (wants_flow(m) && node_flow_begins(m)) {
		node_flow_write(p->node, at, h->src, sips, ";lr", out);
	}
}

/* ---- Several flows to one phone: 7 (the proxy of its domain) ---- */

/* Another binding of L's instance, after it: registered later. */
static bool
has_later(const struct location_contacts *found, size_t i)
{
	for (size_t k = i + 1; k < found->n; k++)
		if (found->list[k].instance != NULL &&
		    strcmp(found->list[k].instance, found->list[i].instance) ==
			0)
			return true;
	return false;
}

/* The instance that URI, a GRUU of this domain, names; empty: it is none, or
 * one that names it in secret (RFC 5627 3.1). */
static struct str
named_instance(struct str uri)
{
	struct msg_uri u;
	struct str gr = STR_NULL;

	if (msg_uri_read(uri, &u) == 0)
		msg_param(u.params, "gr", &gr);
	return gr;
}

bool
proxy_is_gruu(struct str uri)
{
	return named_instance(uri).n > 0;
}

/* Why a request goes to L, a binding with an instance. */
static enum rule_id
why_to(const struct location_contact *l)
{
	return l->reg_id > 0     ? RULE_FLOW_ONE
	       : l->path != NULL ? RULE_PROXY_BY_PATH
				 : RULE_PROXY_BY_LOCATION;
}

size_t
proxy_flow_targets(
    struct proxy_context *c, const struct location_contacts *found)
{
	struct str gr = named_instance(proxy_context_request(c)->uri);
	size_t n = 0;

	for (size_t i = 0; i < found->n; i++) {
		const struct location_contact *l = &found->list[i];
		bool spare;

		if (l->instance == NULL ||
		    (gr.n > 0 && !str_is(gr, l->instance)))
			continue;
		spare = has_later(found, i);
		if (proxy_context_add_flow(
			c, l, spare, gr.n > 0 ? RULE_GRUU_ROUTE : why_to(l)) &&
		    !spare)
			n++;
	}
	return n;
}

/* The last of the waiting targets, which was registered last. */
static struct proxy_target *
find_spare(const struct proxy_context *c, const char *instance)
{
	struct proxy_target *last = NULL;

	list_each (struct proxy_target, t, &c->targets, link)
		if (t->spare && !t->started &&
		    strcmp(t->instance, instance) == 0)
			last = t;
	return last;
}

/* A remark: which flow takes the place of which. */
static void
note_next(const struct proxy_branch *b, unsigned status)
{
	struct buf text = BUF_INIT;

	buf_printf(&text, "a flow has failed (%u): the next one to %s", status,
	    b->hop.instance);
	node_note(b->context->proxy->node, RULE_FLOW_NEXT, &text);
}

bool
proxy_flow_next(struct proxy_branch *b, unsigned status)
{
	struct proxy_context *c = b->context;
	struct proxy_target *t;

	if ((status != 430 && status != 408 && status != 503) ||
	    b->hop.instance == NULL || c->final || c->closed ||
	    (status == 503 && b->response != NULL))
		return false;
	t = find_spare(c, b->hop.instance);
	if (t == NULL)
		return false;
	/* What it says is not the phone's word. */
	b->recursed = true;
	note_next(b, status);
	proxy_context_start(c, t, b->breadth);
	return true;
}

/* ---- noted addresses ---- */

static bool
notes(const struct proxy *p)
{
	return node_attr_bool(p->node, "alias", false);
}

void
proxy_alias_take(const struct proxy *p, struct str uri, struct proxy_hop *h)
{
	struct addr at;

	if (!notes(p) || h->next.p != uri.p || !node_alias_read(uri, &at))
		return;
	h->dst = at;
	h->next = STR_NULL;
	h->how = "noted";
	h->why = RULE_ALIAS_ROUTE;
}

/* Without RFC 5626: from where a phone's Contact has come is noted in it, and
 * requests go there (attribute `alias`). */
void
proxy_alias_note(const struct proxy *p, const struct msg *m,
    const struct addr *src, struct sip_change *change, struct buf *text)
{
	struct msg_addr a;

	/* Of who is next to this proxy alone. */
	if (!notes(p) || (m->request && !node_flow_begins(m)) ||
	    msg_count_values(m, MSG_H_CONTACT) != 1 ||
	    (!m->request && (m->status >= 300 || m->status < 101)) ||
	    msg_addr_read(msg_value(m, MSG_H_CONTACT), &a) != 0 || a.star)
		return;
	node_alias_write(a.uri, src, text);
	change->contact = buf_view(text);
}

/* ---- Session timers: RFC 4028 8 ---- */

/* 8.1: never less than 90 s; 0: it does not care. */
static uint32_t
least_interval(const struct proxy *p)
{
	uint32_t s = node_attr_seconds(p->node, "min_se", 0);

	return s > 0 ? num_larger(s, SIP_SESSION_MIN_S) : 0;
}

bool
proxy_session_knows(const struct proxy *p)
{
	return !proxy_is_stateless(p) &&
	       (node_attr_seconds(p->node, "session_expires", 0) > 0 ||
		   node_attr_seconds(p->node, "min_se", 0) > 0);
}

/* Only these may have Session-Expires (4, table 1). */
static bool
is_refresh(const struct msg *m)
{
	return m->method == MSG_INVITE || m->method == MSG_UPDATE;
}

uint32_t
proxy_session_refusal(const struct proxy *p, const struct msg *m)
{
	struct sip_session_interval asked;

	if (!proxy_session_knows(p) || !is_refresh(m) ||
	    sip_session_read(m, &asked) != 0 || !sip_session_supported(m))
		return 0;
	return asked.seconds < least_interval(p) ? least_interval(p) : 0;
}

/* A proxy that has `session_expires` wants every call to be refreshed that
 * often, one that has `min_se` not more often than that.  It remembers nothing:
 * what it has put into a request it works out once more when the 2xx comes. */
void
proxy_session_change(
    const struct proxy *p, const struct msg *m, struct proxy_session *s)
{
	struct sip_session_interval asked;
	uint32_t wish, least, floor;
	int err;

	*s = (struct proxy_session){ 0 };
	if (!proxy_session_knows(p) || !is_refresh(m))
		return;
	wish = node_attr_seconds(p->node, "session_expires", 0);
	least = sip_session_min(m);
	err = sip_session_read(m, &asked);
	if (err == ERR_SYNTAX)
		return;
	/* A caller that knows session timers hears of MIN_SE by a 422 alone. */
	if (err == 0 && asked.seconds < least_interval(p) &&
	    least < least_interval(p) && !sip_session_supported(m))
		s->least = least_interval(p);
	least = num_larger(least, s->least);
	floor = num_larger(least, SIP_SESSION_MIN_S);
	s->interval = err == 0 ? asked.seconds : 0;
	if (wish > 0 && (err != 0 || num_larger(wish, floor) < asked.seconds))
		s->interval = num_larger(wish, floor);
	/* It is made equal to Min-SE where it is less. */
	else if (s->interval > 0)
		s->interval = num_larger(s->interval, least);
}

void
proxy_session_answer(const struct proxy *p, const struct msg *request,
    const struct msg *m, struct buf *lines)
{
	struct sip_session_interval said;
	struct proxy_session s;

	proxy_session_change(p, request, &s);
	/* 8.2: the callee knows nothing of it, nor any proxy behind this
	 * one; the caller refreshes. */
	if (s.interval == 0 || m->status / 100 != 2 ||
	    !sip_session_supported(request) ||
	    sip_session_read(m, &said) != ERR_NOTFOUND)
		return;
	buf_printf(lines,
	    "Require: timer\r\nSession-Expires: %u;refresher=uac\r\n",
	    s.interval);
}
