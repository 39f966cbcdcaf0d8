/*
 * The proxy: RFC 3261 section 16.  This file takes messages in: validation
 * (16.3), 16.4, the choice of the targets (16.5), ACK and CANCEL.
 */
#include "roles/proxy/proxy_in.h"

#include "base/err.h"
#include "msg/header_names.h"
#include "msg/parts.h"
#include "node/uri.h"
#include "roles/hss/cx.h"
#include "rules/rule_names.h"
#include "sip/build.h"

static void
proxy_stop(void *role)
{
	struct proxy *p = role;

	proxy_health_stop(p);
	proxy_overload_stop(p);
	auth_destroy(p->auth);
	location_client_destroy(p->location);
	cx_client_destroy(p->home);
	list_each (struct proxy_context, c, &p->contexts, link)
		proxy_context_free(c);
	proxy_acks_destroy(p->acks);
}

static int
proxy_start(struct node *n, void *role)
{
	struct proxy *p = role;
	struct program *program = node_program(n, "proxy");
	struct diag d = DIAG_INIT;

	p->node = n;
	p->program = program;
	list_init(&p->contexts);
	list_init(&p->probes);
	return auth_create(&p->auth, n, true) != 0 ||
		       location_client_create(&p->location, n) != 0 ||
		       (!node_plays(n, "registrar") &&
			   cx_client_create(&p->home, n, NULL, NULL) != 0) ||
		       proxy_acks_create(&p->acks, node_sim(n)) != 0 ||
		       (program != NULL &&
			   program->ops->begin(program, &d) != 0) ||
		       proxy_health_start(p) != 0 ||
		       proxy_overload_start(p) != 0
		   ? d.err != 0 ? d.err : ERR_NOMEM
		   : 0;
}

static enum node_claim
proxy_claim(void *role, const struct sip_in *in)
{
	(void)role;
	(void)in;
	return NODE_FORWARD;
}

/* ---- ACK ---- */

/* 16.6, without a transaction: an ACK for a 2xx. */
static void
proxy_forward_ack(struct proxy *p, const struct msg *m, uint64_t recv,
    const struct proxy_hop *h)
{
	struct sip_origin origin = { RULE_PROXY_ACK, recv };
	LOCAL_BUF branch = BUF_INIT;
	LOCAL_REF struct sip_bytes *b = NULL;
	int err;

	proxy_trace_route(p, m, h);
	/* 16.11: a repeated ACK gets the same branch again. */
	buf_puts(&branch, SIP_COOKIE "-");
	buf_puts(&branch, p->node->name);
	buf_putc(&branch, '-');
	buf_hex(&branch, str_hash(msg_value(m, MSG_H_VIA)), 16);
	proxy_write_loop_part(m, &branch);
	err = branch.err != 0 ? branch.err
			      : proxy_build(p, m, h, buf_view(&branch), &b);
	if (err == 0)
		err = proxy_send_alone(p, b, &h->dst, &origin, &branch);
	node_fail_nomem(p->node, err);
}

/* ---- 16.5 ---- */

/* What the location service may say beside a list, and what becomes of it. */
static const struct {
	unsigned status;
	enum rule_id why;
} verdicts[] = {
	[LOCATION_OK] = { 0, RULE_PROXY_480 },
	[LOCATION_UNKNOWN] = { 404, RULE_PROXY_404 },
	[LOCATION_GONE] = { 410, RULE_LOCATION_GONE },
	[LOCATION_AMBIGUOUS] = { 485, RULE_LOCATION_AMBIGUOUS },
	[LOCATION_INCOMPLETE] = { 484, RULE_LOCATION_INCOMPLETE },
	[LOCATION_SILENT] = { 480, RULE_LOCATION_SILENT },
	[LOCATION_GARBLED] = { 502, RULE_LOCATION_GARBLED },
	[LOCATION_ORDER] = { 480, RULE_PROXY_480 },
	[LOCATION_FULL] = { 480, RULE_PROXY_480 },
	[LOCATION_REFUSED] = { 480, RULE_PROXY_480 },
};

/* 0, or the status that tells why there is no target. */
static unsigned
proxy_judge_answer(
    const struct proxy *p, enum location_status says, enum rule_id *why)
{
	uint32_t status = verdicts[says].status;

	*why = verdicts[says].why;
	if (says == LOCATION_SILENT)
		str_u32(
		    str_of(node_attr(p->node, "unlocated", "480")), &status);
	return status;
}

/* 21.4.23: whom the caller may have meant. */
static void
answer_candidates(struct proxy_context *c,
    const struct location_contacts *found, enum rule_id why)
{
	struct sip_response_spec spec = { .status = 485 };
	LOCAL_BUF contact = BUF_INIT;

	location_contacts_write(found, &contact);
	spec.contact = buf_view(&contact);
	if (contact.err != 0)
		node_fail_memory(c->proxy->node);
	else
		proxy_context_reply(c, &spec, why);
}

/* The targets, from the bindings. */
static void
take_targets(struct proxy_context *c, const struct location_contacts *found)
{
	size_t n = proxy_flow_targets(c, found);
	bool gruu = proxy_is_gruu(proxy_context_request(c)->uri);

	c->responsible = true;
	for (size_t i = 0; i < found->n; i++) {
		const struct location_contact *l = &found->list[i];
		bool path = l->path != NULL && l->path[0] != '\0';

		if (l->instance != NULL || gruu)
			continue;
		n += proxy_context_add(c, str_of(l->uri),
		    str_of(path ? l->path : ""), l->q,
		    c->by_number ? "enum" : "location",
		    c->by_number ? RULE_ENUM_TARGET
		    : path       ? RULE_PROXY_BY_PATH
				 : RULE_PROXY_BY_LOCATION);
	}
	if (n == 0)
		proxy_context_answer_480(
		    c, gruu ? RULE_GRUU_GONE : RULE_PROXY_480);
	else if (c->server != NULL)
		proxy_context_go(c);
}

/* C's request as it came in. */
static struct sip_in
proxy_request_of(struct proxy_context *c)
{
	return (struct sip_in){ proxy_context_request(c), c->request, c->src,
		c->recv, NULL, c->at };
}

static void
refuse_alone(struct proxy_context *c, unsigned status, enum rule_id why)
{
	struct sip_in in = proxy_request_of(c);

	proxy_refuse_stateless(c->proxy, &in, status, why);
}

/* It is known where C's request goes, which has no transaction. */
static void
located_alone(int err, const struct addr *dst, void *arg)
{
	struct proxy_context *c = arg;
	struct sip_in in = proxy_request_of(c);

	/* A stateless proxy that serves its domain alone has no other server to
	 * send it to. */
	if (err != 0 || (c->hop.why == RULE_PROXY_STATELESS &&
			    node_face_at(c->proxy->node, dst) != NULL)) {
		refuse_alone(c, c->unlocated, c->why);
	} else {
		c->hop.dst = *dst;
		if (in.m->method == MSG_ACK && !proxy_is_stateless(c->proxy))
			proxy_forward_ack(c->proxy, in.m, in.recv, &c->hop);
		else
			proxy_forward_stateless(c->proxy, &in, &c->hop);
	}
	if (!c->starting)
		proxy_context_release(c);
}

/* C's request goes where C->hop leads; STATUS by WHY where that is nowhere. */
static void
forward_alone(struct proxy_context *c, unsigned status, enum rule_id why)
{
	c->unlocated = status;
	c->why = why;
	c->where.same = proxy_hash_request(proxy_context_request(c));
	c->starting = true;
	proxy_locate(c->proxy, &c->hop, located_alone, c, &c->where);
	c->starting = false;
}

void
proxy_forward_alone(struct proxy *p, const struct sip_in *in,
    const struct proxy_hop *h, unsigned status, enum rule_id why)
{
	struct proxy_context *c = proxy_context_new(p, in);

	if (c == NULL)
		return;
	c->hop = *h;
	forward_alone(c, status, why);
	proxy_context_release(c);
}

/* 16.11: one target only, the best. */
static void
take_one_target(struct proxy_context *c, const struct location_contacts *found)
{
	const struct location_contact *best = NULL;
	const struct proxy_target *t;

	for (size_t i = 0; i < found->n; i++)
		if (best == NULL || found->list[i].q > best->q)
			best = &found->list[i];
	proxy_choose(c->proxy, proxy_context_request(c), &c->src, &c->hop);
	if (best == NULL || !proxy_context_add(c, str_of(best->uri),
				str_of(best->path != NULL ? best->path : ""),
				best->q, c->hop.how, c->hop.why)) {
		refuse_alone(c, 480, RULE_PROXY_480);
		return;
	}
	t = LIST_ENTRY(c->targets.next, struct proxy_target, link);
	proxy_aim(c->proxy, &c->hop, t);
	forward_alone(c, 480, RULE_PROXY_480);
}

/* A user that can't be reached counts as one that does not answer; of an
 * unknown number a program may know more. */
static bool
fails_unlocated(struct proxy_context *c, unsigned refused, enum rule_id why)
{
	bool waits = proxy_service_waits(c);

	if ((refused != 480 && refused != 404) ||
	    (!waits && !(c->by_number && proxy_program_waits(c))))
		return false;
	proxy_branch_fail(c, waits ? 480 : refused, why);
	proxy_context_go(c);
	return true;
}

void
proxy_take_targets(enum location_status status,
    const struct location_contacts *found, void *arg)
{
	struct proxy_context *c = arg;
	enum rule_id why;
	unsigned refused = proxy_judge_answer(c->proxy, status, &why);

	if (refused == 404 && proxy_is_gruu(proxy_context_request(c)->uri))
		why = RULE_GRUU_NONE;
	c->asking = false;
	if (refused != 0 && c->alone)
		refuse_alone(c, refused, why);
	else if (refused == 485)
		answer_candidates(c, found, why);
	else if (refused != 0 && !fails_unlocated(c, refused, why))
		proxy_context_answer(c, refused, why);
	else if (refused != 0)
		;
	else if (c->alone)
		take_one_target(c, found);
	else if (!c->final)
		take_targets(c, found);
	proxy_context_release(c);
}

void
proxy_ask_location(struct proxy_context *c)
{
	int err;

	c->by_number = false;
	if (c->proxy->home != NULL && !c->alone) {
		proxy_ask_home(c);
		return;
	}
	err = location_query(c->proxy->location, proxy_context_request(c)->uri,
	    proxy_take_targets, c);
	if (err != 0) {
		c->asking = false;
		node_fail_nomem(c->proxy->node, err);
		if (c->alone)
			refuse_alone(c, 500, RULE_LOCATION_QUERY);
		else
			proxy_context_answer(c, 500, RULE_LOCATION_QUERY);
		proxy_context_release(c);
	}
}

/* Asks; C may be gone afterwards. */
static void
ask_targets(struct proxy_context *c)
{
	c->asking = true;
	c->by_number = proxy_is_number(c->proxy, proxy_context_request(c)->uri);
	if (c->by_number)
		proxy_ask_number(c);
	else
		proxy_ask_location(c);
}

void
proxy_ask_alone(struct proxy *p, const struct sip_in *in)
{
	struct proxy_context *c = proxy_context_new(p, in);

	if (c != NULL)
		ask_targets(c);
}

/* ---- requests ---- */

static void
proxy_receive_ack(struct proxy *p, const struct sip_in *in)
{
	struct proxy_hop h;
	enum rule_id why;

	/* An ACK is never answered. */
	if (proxy_validate(p, in->m, &why) != 0) {
		node_note_drop(p->node, in->recv, TRACE_DROP_REFUSED, why);
		return;
	}
	if (!proxy_choose(p, in->m, &in->src, &h))
		proxy_ask_alone(p, in);
	else if (h.refused != 0)
		node_note_drop(p->node, in->recv, TRACE_DROP_REFUSED, h.why);
	else
		proxy_forward_alone(p, in, &h, 500, RULE_PROXY_UNREACHABLE);
}

static void
refuse_request(
    struct proxy *p, const struct sip_in *in, unsigned status, enum rule_id why)
{
	struct buf later = BUF_INIT;

	/* proxy_validate looks at no other field's form. */
	if (status == 400) {
		node_answer_bad(p->node, in, MSG_H_MAX_FORWARDS, why);
		return;
	}
	/* 21.5.4: when it may be worth while to ask again.  RFC 7339 5.10.2:
	 * not where overload control says how much is too much. */
	if (status == 503 &&
	    (p->overload == NULL || !overload_says(p->overload)))
		buf_puts(&later, "10");
	node_reply_field(p->node, in, status, "Retry-After", &later, why);
}

/* RFC 4028 8.1: a 422 was sent. */
static bool
refuse_interval(struct proxy *p, const struct sip_in *in)
{
	uint32_t least = proxy_session_refusal(p, in->m);
	struct buf text = BUF_INIT;

	if (least == 0)
		return false;
	buf_u64(&text, least);
	node_reply_field(
	    p->node, in, 422, "Min-SE", &text, RULE_PROXY_SESSION_TOO_SMALL);
	return true;
}

/* 16.3: Proxy-Require. */
static bool
refuse_extensions(struct proxy *p, const struct sip_in *in)
{
	return node_refuse_extensions(p->node, in, MSG_H_PROXY_REQUIRE,
	    proxy_session_knows(p) ? "timer" : NULL, RULE_PROXY_REQUIRE);
}

/* 16.5, 16.6: a request that nothing speaks against; USER has proved to have
 * sent it, or is empty. */
static void
proxy_on(struct proxy *p, const struct sip_in *in, struct str user)
{
	struct proxy_context *c = proxy_context_new(p, in);
	struct proxy_hop h;

	if (c == NULL)
		return;
	proxy_identity_take(c, user);
	proxy_history_take(c);
	if (proxy_screen(c))
		return;
	/* 16.2: at once, so that upstream need not repeat. */
	c->patience = proxy_context_patience(c);
	if (c->invite && c->patience == 0)
		proxy_context_answer(c, 100, RULE_PROXY_100);
	if (proxy_program_begin(c))
		return;
	if (proxy_choose(p, proxy_context_request(c), &c->src, &h)) {
		if (h.refused != 0)
			proxy_context_answer(c, h.refused, h.why);
		else
			proxy_context_forward(c, &h);
		return;
	}
	if (c->patience > 0)
		proxy_context_answer(c, 100, RULE_PROXY_100);
	c->patience = 0;
	if (proxy_service_begin(c))
		proxy_context_go(c);
	else if (!node_is_whole(proxy_context_request(c)->uri))
		proxy_context_answer(c, 484, RULE_LOCATION_INCOMPLETE);
	else
		ask_targets(c);
}

static void
proxy_take_request(struct proxy *p, const struct sip_in *in)
{
	enum rule_id why;
	struct str user = STR_NULL;
	unsigned status;

	if (node_is_asked(p->node, in->m)) {
		node_answer_options(p->node, in);
		return;
	}
	status = proxy_validate(p, in->m, &why);
	if (status != 0)
		refuse_request(p, in, status, why);
	else if (!refuse_extensions(p, in) &&
		 auth_check(p->auth, in, &user) && /* 22.3 */
		 !refuse_interval(p, in) && !proxy_identity_refuse(p, in))
		proxy_on(p, in, user);
}

/* What the Request-URI truly is; it causes what follows. */
static void
record_undone(const struct proxy *p, struct str uri, enum rule_id why)
{
	struct trace_writer *w = node_record(p->node, TRACE_ROUTE, why);

	trace_put_cstr(w, "how", "restored");
	trace_put_str(w, "target", uri);
	node_record_cause(p->node);
}

/* 16.4, then ACT. */
static void
preprocess(struct proxy *p, const struct sip_in *in,
    void (*act)(struct proxy *p, const struct sip_in *in))
{
	enum rule_id why = RULE_PROXY_FROM_STRICT;
	uint64_t old = sim_cause(node_sim(p->node));
	struct sip_bytes *undone;
	struct sip_in copy = *in;
	int err = proxy_undo_strict(p, in->m, &undone);

	if (err == 0 && undone == NULL) {
		why = RULE_PROXY_MADDR;
		err = proxy_undo_maddr(p, in->m, &undone);
	}
	if (err != 0) {
		node_fail_memory(p->node);
		return;
	}
	if (undone == NULL) {
		act(p, in);
		return;
	}
	copy.m = world_read(p->node->world, undone);
	copy.bytes = undone;
	record_undone(p, copy.m->uri, why);
	act(p, &copy);
	sip_bytes_unref(undone);
	sim_set_cause(node_sim(p->node), old);
}

void
proxy_take_ack(struct proxy *p, const struct sip_in *in)
{
	preprocess(p, in, proxy_receive_ack);
}

static void
proxy_request(void *role, const struct sip_in *in)
{
	preprocess(role, in,
	    in->m->method == MSG_ACK ? proxy_receive_ack : proxy_take_request);
}

/* 16.11; 16.10: a CANCEL comes here when nothing is known that it could mean.
 */
static bool
proxy_stateless(void *role, const struct sip_in *in)
{
	if (!proxy_is_stateless(role) && in->m->method != MSG_CANCEL)
		return false;
	preprocess(role, in, proxy_stateless_request);
	return true;
}

/* RFC 6026 8.9: only a stateless proxy forwards it; so does any other what
 * answers a CANCEL that it forwarded statelessly.  To one of its own there is
 * no second Via. */
static bool
proxy_stray(void *role, const struct sip_in *in)
{
	struct msg_cseq cseq;

	if (!proxy_is_stateless(role) &&
	    (msg_cseq_read(msg_value(in->m, MSG_H_CSEQ), &cseq) != 0 ||
		!str_is(cseq.method, "CANCEL") ||
		msg_count_values(in->m, MSG_H_VIA) < 2))
		return false;
	proxy_stateless_response(role, in);
	return true;
}

/* 16.10 */
static void
proxy_cancel(void *role, void *user, const struct sip_in *in)
{
	struct proxy *p = role;

	node_answer(p->node, in, 200, RULE_CANCEL_RECV);
	proxy_take_reason(user, in->m);
	proxy_context_cancel(user);
}

static struct auth *
proxy_auth(void *role)
{
	return ((struct proxy *)role)->auth;
}

NODE_ROLE(proxy) = {
	.word = "proxy",
	.allow = "OPTIONS",
	.supported = "path", /* RFC 3327 */
	.size = sizeof(struct proxy),
	.start = proxy_start,
	.stop = proxy_stop,
	.claim = proxy_claim,
	.request = proxy_request,
	.stateless = proxy_stateless,
	.cancel = proxy_cancel,
	.stray = proxy_stray,
	.auth = proxy_auth,
};
