/*
 * Flows to phones: RFC 5626 5 (what the first hop of a phone does) and 7 (what
 * the proxy of its domain does).  And without that RFC: from where a phone's
 * Contact has come is noted in it, and requests go there (attribute `alias`).
 */
#include "roles/proxy/proxy_in.h"

#include "base/err.h"
#include "msg/parts.h"
#include "node/uri.h"
#include "node/flow.h"
#include "rules/rule_names.h"

#include <string.h>

/* ---- flow tokens ---- */

static bool
is_edge(const struct proxy *p)
{
	return node_attr_bool(p->node, "edge_proxy", false);
}

bool
proxy_knows_flows(const struct proxy *p)
{
	return is_edge(p) || node_plays(p->node, "registrar");
}

/* 5.3.1: SRC, the far end of the flow, is where H goes. */
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
		/* 5.3: what comes over the flow itself goes on as usual. */
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

/* 5.3.2: who sends M wants what comes back over the flow. */
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
		if (is_edge(p) && node_flow_begins(m) && registers_flow(m))
			node_flow_write(
			    p->node, at, h->src, sips, ";lr;ob", out);
	} else if (h->token) {
		/* 5.3.1: what follows goes over the same flow. */
		node_flow_write(p->node, &any, &h->dst, sips, ";lr", out);
	} else if (wants_flow(m) && node_flow_begins(m)) {
		node_flow_write(p->node, at, h->src, sips, ";lr", out);
	}
}

/* ---- several flows to one phone: 7 ---- */

/* Another binding of L's instance, behind it: registered later. */
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

/* The last of those that wait, which was registered last. */
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
