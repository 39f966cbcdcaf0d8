/*
 * The registrar: RFC 3261 10.3, its steps in order.  The bindings are the
 * location service's; this file takes the request in and gives the answer out.
 */
#include "base/err.h"
#include "base/list.h"
#include "base/mem.h"
#include "msg/header_names.h"
#include "msg/parts.h"
#include "node/node_auth.h"
#include "node/uri.h"
#include "node/phones.h"
#include "roles/registrar/registrar_in.h"
#include "node/world.h"

#include "rules/rule_names.h"

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

static_assert(offsetof(struct registrar, agent) == 0, "an agent comes first");

/* A REGISTER whose bindings are being stored. */
struct pending {
	struct list link;
	struct registrar *registrar;
	struct sip_transaction *tr; /* NULL once it has ended */
};

static void
free_registered(struct pending *p)
{
	if (p->tr != NULL)
		sip_transaction_set_user(p->tr, NULL, NULL);
	list_remove(&p->link);
	mem_free(p);
}

/* RFC 3680 4.6: of all users in the domain, registered or not. */
static bool
names_user(const struct agent *agent, struct str uri)
{
	struct msg_uri u;

	return node_is_own(agent->node, uri) && msg_uri_read(uri, &u) == 0 &&
	       u.user.n > 0;
}

static const struct agent_method methods[] = { AGENT_METHOD_ROW(
    SUBSCRIBE, NULL, agent_subscribed) };

static const struct agent_ops agent_ops = {
	.methods = methods,
	.nmethods = 1,
	.services = &registrar_reg_service,
	.nservices = 1,
	.named = names_user,
};

struct registrar *
registrar_of(const struct agent *agent)
{
	return (struct registrar *)(uintptr_t)agent;
}

static void
registrar_stop(void *role)
{
	struct registrar *r = role;

	agent_usages_end(&r->agent);
	agent_end(&r->agent);
	registrar_events_stop(r);
	registrar_home_stop(r);
	location_client_destroy(r->location);
	auth_destroy(r->auth);
	list_each (struct pending, p, &r->pending, link)
		free_registered(p);
}

static int
registrar_start(struct node *n, void *role)
{
	struct registrar *r = role;

	list_init(&r->pending);
	list_init(&r->users);
	list_init(&r->questions);
	return agent_begin(&r->agent, n, &agent_ops) != 0 ||
		       location_client_create(&r->location, n) != 0 ||
		       auth_create(&r->auth, n, false) != 0 ||
		       registrar_home_start(r) != 0
		   ? ERR_NOMEM
		   : 0;
}

static enum node_claim
registrar_claim(void *role, const struct sip_in *in)
{
	const struct node *n = ((struct registrar *)role)->agent.node;

	/* Step 1: the Request-URI names the domain (or this very host). */
	if (in->m->method == MSG_REGISTER)
		return node_is_own(n, in->m->uri) ? NODE_METHOD : NODE_FALLBACK;
	return node_is_asked(n, in->m) ? NODE_FALLBACK
				       : registrar_event_claim(role, in);
}

/* ---- the answer ---- */

void
registrar_refuse(
    struct node *n, const struct sip_in *in, struct registrar_verdict v)
{
	struct buf least = BUF_INIT;

	if (v.status == 400) {
		node_answer_bad(n, in, v.bad, v.why);
		return;
	}
	if (v.status == 423)
		buf_i64(&least, registrar_least_expires(n));
	node_reply_field(n, in, v.status, "Min-Expires", &least, v.why);
}

/* "<sip:orig@192.0.2.12:5060;lr>" */
static void
write_marked(const struct node_face *f, struct buf *out)
{
	struct buf plain = BUF_INIT;
	struct str rest, scheme;

	node_write_address(f, ";lr", &plain);
	scheme = str_cut(buf_view(&plain), ':', &rest);
	buf_str(out, scheme);
	buf_puts(out, ":orig@");
	buf_str(out, rest);
	buf_end(&plain, &out->err);
}

/* The proxies of the attribute as loose routes, in its order.  TS 24.229
 * 5.4.1.2.2F: by "orig" an S-CSCF recognizes requests of its users. */
static void
write_service_route(
    const struct registrar *r, const struct addr *src, struct buf *out)
{
	const struct node *n = r->agent.node;
	struct str rest = str_of(node_attr(n, "service_route", ""));

	while (rest.n > 0) {
		struct str word = str_cut(rest, ' ', &rest);
		const struct node *proxy = map_get(n->world->nodes, word);

		if (proxy == NULL)
			continue;
		buf_puts(out, out->n > 0 ? ", " : "");
		if (r->home != NULL && proxy == n)
			write_marked(node_face_toward(n, src), out);
		else
			node_write_address(
			    node_face_toward(proxy, src), ";lr", out);
	}
}

/* Step 8: all bindings, the Path as it came (RFC 3327 5.3), the Service-Route
 * (RFC 3608 6.3).  There is no Date, which step 8 would like: no clock of the
 * outside world is read. */
static void
registrar_answer_stored(struct registrar *r, const struct sip_in *in,
    const struct location_contacts *bindings)
{
	struct node *n = r->agent.node;
	LOCAL_BUF contact = BUF_INIT, path = BUF_INIT, service = BUF_INIT;
	struct sip_header headers[5];
	struct sip_response_spec spec = { .status = 200, .headers = headers };
	uint32_t within = node_attr_seconds(n, "flow_timer", 0);
	bool flow = registrar_has_flow(in->m);
	LOCAL_BUF timer = BUF_INIT;
	struct str aor = STR_NULL, own;
	LOCAL_BUF whose = BUF_INIT;
	struct msg_addr to;

	/* RFC 5627 5.3: who knows what a GRUU is gets his, but where requests
	 * to it would be redirected: an ACK can't be. */
	if (!str_has_word(str_of(n->roles), STR("redirect")) &&
	    msg_lists(in->m, MSG_H_SUPPORTED, "gruu") &&
	    msg_addr_read(msg_value(in->m, MSG_H_TO), &to) == 0)
		aor = to.uri;
	location_contacts_write_own(bindings, aor, &contact);
	registrar_write_path(in->m, &path);
	write_service_route(r, &in->src, &service);
	spec.contact = buf_view(&contact);
	if (path.n > 0)
		headers[spec.nheaders++] =
		    (struct sip_header){ "Path", buf_view(&path) };
	if (service.n > 0)
		headers[spec.nheaders++] =
		    (struct sip_header){ "Service-Route", buf_view(&service) };
	/* RFC 7315 4.1 */
	if (msg_addr_read(msg_value(in->m, MSG_H_TO), &to) == 0)
		msg_uri_aor(to.uri, &whose);
	own = registrar_home_associated(r, buf_view(&whose));
	if (own.n > 0)
		headers[spec.nheaders++] =
		    (struct sip_header){ "P-Associated-URI", own };
	/* RFC 5626 6, 5.4. */
	if (flow)
		headers[spec.nheaders++] =
		    (struct sip_header){ "Require", STR("outbound") };
	buf_u64(&timer, within);
	if (flow && within > 0)
		headers[spec.nheaders++] =
		    (struct sip_header){ "Flow-Timer", buf_view(&timer) };
	if (contact.err != 0 || path.err != 0 || service.err != 0 ||
	    timer.err != 0)
		node_fail_memory(n);
	else
		node_reply(n, in, &spec,
		    service.n > 0 ? RULE_SERVICE_ROUTE_GIVE
		    : aor.n > 0   ? RULE_GRUU_GIVE
		    : flow        ? RULE_FLOW_BIND
				  : RULE_REGISTER_OK);
}

/* What a store that failed is to the user agent: step 7, the whole update
 * fails, with 500. */
static struct registrar_verdict
failure(enum location_status status)
{
	return registrar_refusal(500,
	    status == LOCATION_ORDER  ? RULE_REGISTER_ORDER
	    : status == LOCATION_FULL ? RULE_REGISTER_CROWD
				      : RULE_REGISTER_FAILED,
	    0);
}

static void
answer_register(enum location_status status,
    const struct location_contacts *bindings, void *arg)
{
	struct pending *p = arg;
	struct node *n = p->registrar->agent.node;
	struct sip_in in;

	if (p->tr != NULL) {
		in = node_request_of(n, p->tr);
		if (status == LOCATION_OK) {
			registrar_home_stored(
			    p->registrar, in.m, registrar_longest(bindings));
			registrar_answer_stored(p->registrar, &in, bindings);
			registrar_event_stored(p->registrar, in.m, bindings);
			registrar_tell(p->registrar, in.m, bindings);
		} else {
			registrar_refuse(n, &in, failure(status));
		}
	}
	free_registered(p);
}

static void
on_registered_ended(struct sip_transaction *tr, void *arg)
{
	struct pending *p = arg;

	(void)tr;
	p->tr = NULL;
}

static const struct sip_transaction_ops registrar_ops = {
	.ended = on_registered_ended
};

static void
store_bindings(struct registrar *r, const struct sip_in *in,
    const struct location_update *u)
{
	struct pending *p = mem_zalloc(1, sizeof(*p));

	if (p == NULL) {
		node_fail_memory(r->agent.node);
		return;
	}
	p->registrar = r;
	p->tr = in->tr;
	list_append(&r->pending, &p->link);
	sip_transaction_set_user(in->tr, &registrar_ops, p);
	if (location_store(r->location, u, answer_register, p) != 0) {
		free_registered(p);
		registrar_refuse(r->agent.node, in, failure(LOCATION_SILENT));
	}
}

/* ---- the request ---- */

static bool
registers_for(const struct node *n, const void *aor)
{
	return node_lists_aor(n, "registers_for", *(const struct str *)aor);
}

bool
registrar_may_change(const struct node *n, struct str user, struct str aor)
{
	const struct node *phone;

	if (user.n == 0 || str_eq(user, aor))
		return true;
	if (phones_find(n->world, user, registers_for, &aor, &phone) != 0)
		node_fail_memory(n);
	return phone != NULL;
}

/* Step 5: the address-of-record, in its canonical form. */
static struct registrar_verdict
judge_aor(const struct registrar *r, const struct msg *m, struct str user,
    struct buf *aor)
{
	struct msg_addr to;
	struct msg_uri u;

	if (msg_addr_read(msg_value(m, MSG_H_TO), &to) != 0 ||
	    msg_uri_aor(to.uri, aor) != 0)
		return registrar_refusal(400, RULE_BAD_REQUEST, MSG_H_TO);
	node_own_aor(r->agent.node, aor);
	/* 10.2 */
	if (msg_uri_read(to.uri, &u) != 0 || !u.sip)
		return registrar_refusal(400, RULE_REGISTER_SCHEME, MSG_H_TO);
	/* Step 4, before anything is told about the address-of-record. */
	if (!registrar_may_change(r->agent.node, user, buf_view(aor)))
		return registrar_refusal(403, RULE_REGISTER_FORBIDDEN, 0);
	if (!node_is_own(r->agent.node, m->uri) ||
	    (r->agent.node->domain[0] != '\0' &&
		!node_is_domain(r->agent.node, buf_view(aor))))
		return registrar_refusal(404, RULE_REGISTER_AOR, 0);
	return registrar_accepted;
}

void
registrar_proved(struct registrar *r, const struct sip_in *in, struct str user)
{
	struct location_update u = { 0 };
	LOCAL_BUF aor = BUF_INIT;
	struct msg_cseq cseq = { 0 };
	struct registrar_verdict v;

	msg_cseq_read(msg_value(in->m, MSG_H_CSEQ), &cseq);
	v = judge_aor(r, in->m, user, &aor);
	if (v.status == 0)
		v = registrar_read(r->agent.node, in, &u);
	if (aor.err != 0) {
		node_fail_memory(r->agent.node);
	} else if (v.status == 0) {
		u.aor = registrar_home_first(r, buf_view(&aor));
		u.call_id = msg_value(in->m, MSG_H_CALL_ID);
		u.cseq = cseq.number;
		store_bindings(r, in, &u);
	} else {
		registrar_refuse(r->agent.node, in, v);
	}
	location_contacts_free(&u.contacts);
}

static void
registrar_request(void *role, const struct sip_in *in)
{
	struct registrar *r = role;
	struct str user; /* the user that the sender proved to be; empty: no
			  * proof was asked for */

	if (in->m->method != MSG_REGISTER && in->m->method != MSG_OPTIONS) {
		registrar_event_request(r, in);
		return;
	}
	/* Step 2: RFC 3327 is supported beyond the RFC itself. */
	if (node_refuse_extensions(
		r->agent.node, in, MSG_H_REQUIRE, "path", RULE_UAS_REQUIRE))
		return;
	if (in->m->method == MSG_OPTIONS) {
		node_answer_options(r->agent.node, in);
		return;
	}
	/* Step 3. */
	if (r->home != NULL)
		registrar_home_request(r, in);
	else if (auth_check(r->auth, in, &user))
		registrar_proved(r, in, user);
}

static struct auth *
registrar_auth(void *role)
{
	return ((struct registrar *)role)->auth;
}

NODE_ROLE(registrar) = {
	.word = "registrar",
	.allow = "REGISTER, OPTIONS, SUBSCRIBE",
	.supported = "path", /* RFC 3327 */
	.size = sizeof(struct registrar),
	.start = registrar_start,
	.stop = registrar_stop,
	.moved = agent_role_moved,
	.claim = registrar_claim,
	.request = registrar_request,
	.rebound = registrar_rebound,
	.auth = registrar_auth,
};
