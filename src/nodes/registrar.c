/*
 * The registrar: RFC 3261 10.3, its steps in order.  The bindings are the
 * location service's; this file judges the request and words the answer.
 */
#include "base/err.h"
#include "base/mem.h"
#include "base/list.h"
#include "msg/parts.h"
#include "nodes/location.h"
#include "nodes/roles.h"
#include "nodes/world.h"
#include "sip/build.h"
#include "sip/defaults.h"

#include <stdio.h>
#include <string.h>

struct registrar {
	struct node *node;
	struct location_client *location;
	struct list pending;
};

/* A REGISTER whose bindings are being stored. */
struct pending {
	struct list link;
	struct registrar *registrar;
	struct sip_transaction *tr; /* NULL once it has ended */
};

static void
pending_free(struct pending *p)
{
	if (p->tr != NULL)
		sip_transaction_set_user(p->tr, NULL, NULL);
	list_remove(&p->link);
	mem_free(p);
}

static void
registrar_stop(void *role)
{
	struct registrar *r = role;

	if (r == NULL)
		return;
	location_client_destroy(r->location);
	list_foreach (node, &r->pending) {
		pending_free(LIST_ENTRY(node, struct pending, link));
	}
	mem_free(r);
}

static int
registrar_start(struct node *n, void **role)
{
	struct registrar *r = mem_zalloc(1, sizeof(*r));

	*role = NULL;
	if (r == NULL)
		return ERR_NOMEM;
	r->node = n;
	list_init(&r->pending);
	if (location_client_create(&r->location, n) != 0) {
		registrar_stop(r);
		return ERR_NOMEM;
	}
	*role = r;
	return 0;
}

/* Step 1: the Request-URI names the domain (or this very host). */
static bool
is_own(const struct registrar *r, struct str uri)
{
	return node_is_domain(r->node, uri) || node_is_uri(r->node, uri);
}

static enum node_claim
registrar_claim(void *role, const struct sip_in *in)
{
	struct msg_uri u;

	if (in->m->method == MSG_REGISTER)
		return is_own(role, in->m->uri) ? NODE_REGISTRAR
						: NODE_FALLBACK;
	/* 11: asked what it can do, not where somebody is. */
	if (in->m->method == MSG_OPTIONS && is_own(role, in->m->uri) &&
	    msg_uri_read(in->m->uri, &u) == 0 && u.user.n == 0)
		return NODE_FALLBACK;
	return NODE_PASS;
}

/* ---- the request ---- */

/* How long this Contact asks for (step 7). */
static int64_t
asked_expires(const struct registrar *r, const struct msg *m, struct str params)
{
	struct str text;
	uint32_t s;

	if (msg_param(params, "expires", &text) && str_u32(text, &s) == 0)
		return s;
	if (str_u32(msg_value(m, MSG_H_EXPIRES), &s) == 0)
		return s;
	return node_attr_time(
		   r->node, "default_expires", SIP_EXPIRES_S * SIM_S) /
	       SIM_S;
}

/* The least that the registrar accepts, in seconds. */
static int64_t
least_expires(const struct registrar *r)
{
	int64_t ns = node_attr_time(r->node, "min_expires", 60 * SIM_S);

	return ns / SIM_S + (ns % SIM_S != 0);
}

/* Why a request is refused. */
struct verdict {
	unsigned status; /* 0: it is not */
	enum trace_rule why;
};

static const struct verdict accepted = { 0, RULE_REGISTER_OK };

/* Reads the Contacts. */
static struct verdict
read_contacts(
    const struct registrar *r, const struct msg *m, struct location_update *u)
{
	int64_t least = least_expires(r);
	struct msg_values it = { 0 };
	struct msg_addr a;
	struct str v;
	uint32_t s;

	while (msg_next_value(m, MSG_H_CONTACT, &it, &v)) {
		int64_t expires;
		int err;

		if (msg_addr_read(v, &a) != 0)
			return (struct verdict){ 400, RULE_BAD_REQUEST };
		if (a.star) {
			u->star = true;
			continue;
		}
		expires = asked_expires(r, m, a.params);
		/* Step 7: too brief, and less than an hour. */
		if (expires > 0 && expires < least && expires < SIP_EXPIRES_S)
			return (struct verdict){ 423, RULE_REGISTER_BRIEF };
		err = location_contacts_add(
		    &u->contacts, a.uri, expires, msg_q(a.params));
		if (err == ERR_NOMEM)
			node_fail_memory(r->node);
		if (err != 0)
			return (struct verdict){ 500, RULE_REGISTER_FAILED };
	}
	/* Step 6: * stands alone, and with Expires: 0. */
	if (u->star &&
	    (u->contacts.n > 0 ||
		str_u32(msg_value(m, MSG_H_EXPIRES), &s) != 0 || s != 0))
		return (struct verdict){ 400, RULE_REGISTER_STAR };
	return accepted;
}

static void
refuse(struct registrar *r, const struct sip_in *in, struct verdict v)
{
	struct sip_header h = { "Min-Expires", STR_NULL };
	struct sip_response_spec spec = { .status = v.status };
	char text[24];

	if (v.status == 423) {
		snprintf(
		    text, sizeof(text), "%lld", (long long)least_expires(r));
		h.value = str_of(text);
		spec.headers = &h;
		spec.nheaders = 1;
	}
	node_reply(r->node, in, &spec, v.why);
}

/* ---- the answer ---- */

/* 25.1: a digit, and at most three behind the point. */
static void
write_q(unsigned q, struct buf *b)
{
	unsigned digits = 3;

	for (; digits > 1 && q % 10 == 0; digits--)
		q /= 10;
	buf_printf(b, ";q=0.%0*u", (int)digits, q);
}

static void
write_bindings(const struct location_contacts *c, struct buf *b)
{
	for (size_t i = 0; i < c->n; i++) {
		const struct location_contact *l = &c->list[i];

		buf_printf(b, "%s<%s>;expires=%lld", i > 0 ? ", " : "", l->uri,
		    (long long)l->expires_s);
		if (l->q < 1000)
			write_q(l->q, b);
	}
}

static void
stored(enum location_status status, const struct location_contacts *bindings,
    void *arg)
{
	struct pending *p = arg;
	struct registrar *r = p->registrar;
	struct sip_response_spec spec = { .status = 200 };
	enum trace_rule why = RULE_REGISTER_OK;
	struct buf contact = BUF_INIT;

	if (p->tr == NULL) {
		pending_free(p);
		return;
	}
	if (status == LOCATION_OK) {
		write_bindings(bindings, &contact);
		spec.contact = buf_view(&contact);
	} else {
		/* Step 7: the whole update fails. */
		spec.status = status == LOCATION_REFUSED ? 403 : 500;
		why = status == LOCATION_ORDER ? RULE_REGISTER_ORDER
					       : RULE_REGISTER_FAILED;
	}
	struct sip_in in = {
		.bytes = sip_transaction_request(p->tr),
		.tr = p->tr,
	};
	in.m = world_read(r->node->world, in.bytes);
	if (contact.err != 0)
		node_fail_memory(r->node);
	else
		node_reply(r->node, &in, &spec, why);
	buf_free(&contact);
	pending_free(p);
}

static void
ended(struct sip_transaction *tr, void *arg)
{
	struct pending *p = arg;

	(void)tr;
	p->tr = NULL;
}

static const struct sip_transaction_ops ops = { .ended = ended };

static void
store(struct registrar *r, const struct sip_in *in,
    const struct location_update *u)
{
	struct pending *p = mem_zalloc(1, sizeof(*p));

	if (p == NULL) {
		node_fail_memory(r->node);
		return;
	}
	p->registrar = r;
	p->tr = in->tr;
	list_append(&r->pending, &p->link);
	sip_transaction_set_user(in->tr, &ops, p);
	if (location_store(r->location, u, stored, p) != 0) {
		pending_free(p);
		refuse(r, in, (struct verdict){ 500, RULE_REGISTER_FAILED });
	}
}

/* Step 5: the address-of-record, in its canonical form. */
static struct verdict
read_aor(const struct registrar *r, const struct msg *m, struct buf *aor)
{
	struct msg_addr to;

	if (msg_addr_read(msg_value(m, MSG_H_TO), &to) != 0 ||
	    msg_uri_aor(to.uri, aor) != 0)
		return (struct verdict){ 400, RULE_BAD_REQUEST };
	if (!is_own(r, m->uri) || (r->node->domain[0] != '\0' &&
				      !node_is_domain(r->node, buf_view(aor))))
		return (struct verdict){ 404, RULE_REGISTER_AOR };
	return accepted;
}

static void
registrar_request(void *role, const struct sip_in *in)
{
	struct registrar *r = role;
	struct location_update u = { 0 };
	struct buf aor = BUF_INIT;
	struct msg_cseq cseq = { 0 };
	struct verdict v;

	/* Step 2: nothing is supported beyond the RFC itself. */
	if (node_refuse_extensions(
		r->node, in, MSG_H_REQUIRE, RULE_UAS_REQUIRE))
		return;
	if (in->m->method == MSG_OPTIONS) {
		node_answer_options(r->node, in);
		return;
	}
	msg_cseq_read(msg_value(in->m, MSG_H_CSEQ), &cseq);
	v = read_aor(r, in->m, &aor);
	if (v.status == 0)
		v = read_contacts(r, in->m, &u);
	if (aor.err != 0) {
		node_fail_memory(r->node);
	} else if (v.status == 0) {
		u.aor = buf_view(&aor);
		u.call_id = msg_value(in->m, MSG_H_CALL_ID);
		u.cseq = cseq.number;
		store(r, in, &u);
	} else {
		refuse(r, in, v);
	}
	location_contacts_free(&u.contacts);
	buf_free(&aor);
}

const struct node_role role_registrar = {
	.word = "registrar",
	.text = N_("registrar: accepts REGISTER for the users of its domain"),
	.allow = "REGISTER, OPTIONS",
	.start = registrar_start,
	.stop = registrar_stop,
	.claim = registrar_claim,
	.request = registrar_request,
};
