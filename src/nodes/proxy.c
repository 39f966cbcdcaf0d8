/*
 * The stateful proxy: RFC 3261 section 16.  This file takes requests in:
 * validation (16.3), the choice of the target (16.5), ACK and CANCEL.
 */
#include "nodes/proxy.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/parts.h"
#include "nodes/roles.h"
#include "sip/build.h"

#include <string.h>

static void
proxy_stop(void *role)
{
	struct proxy *p = role;

	if (p == NULL)
		return;
	location_client_destroy(p->location);
	list_foreach (node, &p->contexts) {
		proxy_context_free(
		    LIST_ENTRY(node, struct proxy_context, link));
	}
	proxy_acks_destroy(p->acks);
	mem_free(p);
}

static int
proxy_start(struct node *n, void **role)
{
	struct proxy *p = mem_zalloc(1, sizeof(*p));

	*role = NULL;
	if (p == NULL)
		return ERR_NOMEM;
	p->node = n;
	list_init(&p->contexts);
	if (location_client_create(&p->location, n) != 0 ||
	    proxy_acks_create(&p->acks, n->world->sim) != 0) {
		proxy_stop(p);
		return ERR_NOMEM;
	}
	*role = p;
	return 0;
}

static enum node_claim
proxy_claim(void *role, const struct sip_in *in)
{
	(void)role;
	(void)in;
	return NODE_FORWARD;
}

/* ---- 16.3 ---- */

/* 0, or the status to refuse with. */
static unsigned
validate(const struct msg *m, enum trace_rule *why)
{
	struct msg_uri u;
	uint32_t hops;

	*why = RULE_PROXY_SCHEME;
	if (msg_uri_read(m->uri, &u) != 0 || !u.sip)
		return 416;
	*why = RULE_PROXY_MAX_FORWARDS;
	if (str_u32(msg_value(m, MSG_H_MAX_FORWARDS), &hops) == 0 && hops == 0)
		return 483;
	return 0;
}

/* An OPTIONS for the proxy itself (11): its host or domain, nobody's name. */
static bool
is_for_me(const struct proxy *p, const struct msg *m)
{
	struct msg_uri u;

	return m->method == MSG_OPTIONS && msg_uri_read(m->uri, &u) == 0 &&
	       u.user.n == 0 &&
	       (node_is_uri(p->node, m->uri) ||
		   node_is_domain(p->node, m->uri));
}

/* ---- ACK ---- */

void
proxy_forward_ack(struct proxy *p, const struct msg *m, uint64_t recv,
    const struct proxy_target *t)
{
	struct sip_origin origin = { RULE_PROXY_ACK, recv };
	struct buf branch = BUF_INIT;
	struct sip_bytes *b = NULL;
	uint64_t first = 0, send = 0;
	int err;

	proxy_record_route(p, m, t);
	/* 16.11: a repeated ACK gets the same branch again. */
	buf_printf(&branch, SIP_COOKIE "-%s-%016llx", p->node->name,
	    (unsigned long long)str_hash(msg_value(m, MSG_H_VIA)));
	err = branch.err != 0 ? branch.err
			      : proxy_build(p, m, t, buf_view(&branch), &b);
	if (err == 0)
		first = proxy_acks_first(p->acks, buf_view(&branch));
	if (err == 0)
		send = sip_stack_send(
		    p->node->stack, sip_bytes_view(b), &t->dst, &origin, first);
	if (err == 0 && first == 0)
		err = proxy_acks_add(p->acks, buf_view(&branch), send);
	if (err == ERR_NOMEM)
		node_fail_memory(p->node);
	sip_bytes_unref(b);
	buf_free(&branch);
}

/* ---- 16.5 ---- */

/* What the location service found: the best of it. */
static const struct location_contact *
choose_best(const struct location_contacts *found)
{
	const struct location_contact *best = NULL;

	for (size_t i = 0; i < found->n; i++)
		if (best == NULL || found->list[i].q > best->q)
			best = &found->list[i];
	return best;
}

/* The target, from a Contact without what a Request-URI may not have
 * (19.1.1): 0, or the status that says why there is none. */
static unsigned
take_target(struct proxy *p, enum location_status status,
    const struct location_contacts *found, struct proxy_target *t,
    enum trace_rule *why)
{
	const struct location_contact *best = choose_best(found);
	struct str headers;

	*why = RULE_PROXY_404;
	if (status == LOCATION_UNKNOWN)
		return 404;
	/* Known but nowhere, or the service is silent. */
	*why = status == LOCATION_OK ? RULE_PROXY_480 : RULE_LOCATION_SILENT;
	if (best == NULL)
		return 480;
	t->uri = str_cut(str_of(best->uri), '?', &headers);
	t->how = "location";
	t->why = RULE_PROXY_BY_LOCATION;
	*why = RULE_PROXY_480;
	return world_locate(p->node->world, t->uri, &t->dst) == 0 ? 0 : 480;
}

static void
located(enum location_status status, const struct location_contacts *found,
    void *arg)
{
	struct proxy_context *c = arg;
	struct proxy *p = c->proxy;
	struct proxy_target t = { 0 };
	enum trace_rule why;
	unsigned refused;

	c->asking = false;
	/* For its Route: nothing has changed since it was asked for. */
	proxy_choose(p, proxy_context_request(c), &t);
	refused = take_target(p, status, found, &t, &why);
	if (c->ack && refused == 0)
		proxy_forward_ack(p, proxy_context_request(c), c->recv, &t);
	else if (c->ack)
		node_note_drop(p->node, c->recv, TRACE_DROP_REFUSED, why);
	else if (refused != 0)
		proxy_context_answer(c, refused, why);
	else if (c->server != NULL && !c->final)
		proxy_context_forward(c, &t);
	proxy_context_release(c);
}

/* Asks; C may be gone afterwards. */
static void
ask_location(struct proxy_context *c)
{
	struct buf aor = BUF_INIT;
	int err = msg_uri_aor(proxy_context_request(c)->uri, &aor);

	c->asking = true;
	if (err == 0)
		err = location_query(
		    c->proxy->location, buf_view(&aor), located, c);
	if (err != 0) {
		c->asking = false;
		if (err == ERR_NOMEM)
			node_fail_memory(c->proxy->node);
		proxy_context_answer(c, 500, RULE_LOCATION_QUERY);
		proxy_context_release(c);
	}
	buf_free(&aor);
}

/* ---- requests ---- */

static void
take_ack(struct proxy *p, const struct sip_in *in)
{
	struct proxy_context *c;
	struct proxy_target t;
	enum trace_rule why;
	int err;

	/* An ACK is never answered. */
	if (validate(in->m, &why) != 0) {
		node_note_drop(p->node, in->recv, TRACE_DROP_REFUSED, why);
		return;
	}
	err = proxy_choose(p, in->m, &t);
	if (err == 0) {
		proxy_forward_ack(p, in->m, in->recv, &t);
	} else if (err != ERR_UNSUPPORTED) {
		node_note_drop(p->node, in->recv, TRACE_DROP_REFUSED,
		    RULE_PROXY_UNREACHABLE);
	} else {
		c = proxy_context_new(p, in);
		if (c != NULL)
			ask_location(c);
	}
}

static void
take_request(struct proxy *p, const struct sip_in *in)
{
	struct proxy_context *c;
	struct proxy_target t;
	enum trace_rule why;
	unsigned status;
	int err;

	if (is_for_me(p, in->m)) {
		node_answer_options(p->node, in);
		return;
	}
	status = validate(in->m, &why);
	if (status != 0) {
		node_answer(p->node, in, status, why);
		return;
	}
	if (node_refuse_extensions(
		p->node, in, MSG_H_PROXY_REQUIRE, RULE_PROXY_REQUIRE))
		return;
	c = proxy_context_new(p, in);
	if (c == NULL)
		return;
	/* 16.2: at once, so that upstream need not repeat. */
	if (c->invite)
		proxy_context_answer(c, 100, RULE_PROXY_100);
	err = proxy_choose(p, proxy_context_request(c), &t);
	if (err == ERR_UNSUPPORTED)
		ask_location(c);
	else if (err != 0)
		proxy_context_answer(c, 500, RULE_PROXY_UNREACHABLE);
	else
		proxy_context_forward(c, &t);
}

/* 16.4, then ACT. */
static void
preprocess(struct proxy *p, const struct sip_in *in,
    void (*act)(struct proxy *p, const struct sip_in *in))
{
	struct sip_bytes *undone;
	struct sip_in copy = *in;

	if (proxy_undo_strict(p, in->m, &undone) != 0) {
		node_fail_memory(p->node);
		return;
	}
	if (undone == NULL) {
		act(p, in);
		return;
	}
	copy.m = world_read(p->node->world, undone);
	copy.bytes = undone;
	act(p, &copy);
	sip_bytes_unref(undone);
}

void
proxy_take_ack(struct proxy *p, const struct sip_in *in)
{
	preprocess(p, in, take_ack);
}

static void
proxy_request(void *role, const struct sip_in *in)
{
	preprocess(
	    role, in, in->m->method == MSG_ACK ? take_ack : take_request);
}

/* 16.10 */
static void
proxy_cancel(void *role, void *user, const struct sip_in *in)
{
	struct proxy *p = role;

	node_answer(p->node, in, 200, RULE_CANCEL_RECV);
	proxy_context_cancel(user);
}

const struct node_role role_proxy = {
	.word = "proxy",
	.text = N_("stateful proxy: forwards requests towards their target"),
	.allow = "OPTIONS",
	.start = proxy_start,
	.stop = proxy_stop,
	.claim = proxy_claim,
	.request = proxy_request,
	.cancel = proxy_cancel,
};
