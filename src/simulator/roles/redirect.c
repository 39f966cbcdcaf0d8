/*
 * The redirect server: RFC 3261 8.3.  It answers where to try instead, with
 * what the location service knows, and takes no further part; it sends no
 * request of its own.  What it does not understand (Require, methods, fields)
 * it ignores, as 8.3 wants.  Finding loops is its clients' business.
 *
 * A binding's path (RFC 3327) has no place in a Contact and is left out.
 *
 * The role's state, struct redirect, lives while its node is up; each request
 * that waits for the location service is a struct pending in it, until the
 * service has answered, also when its transaction has ended before.
 */
#include "base/err.h"
#include "base/list.h"
#include "base/mem.h"
#include "msg/header_names.h"
#include "msg/parts.h"
#include "roles/location/location.h"
#include "node/world.h"

#include "rules/rule_names.h"

#include <string.h>

struct redirect {
	struct node *node;
	struct location_client *location;
	struct list pending;
};

extern const struct node_role role_redirect;

/* A request whose answer the location service is asked for. */
struct pending {
	struct node_owner owner; /* role_redirect */
	struct list link;
	struct redirect *redirect;
	struct sip_transaction *tr; /* NULL once it has ended */
	bool answered;              /* it was cancelled */
	sim_event trying;           /* 17.2.1: an INVITE gets a 100 */
};

/* The answer. */
struct verdict {
	unsigned status;
	enum rule_id why;
};

/* ---- life ---- */

static void
free_redirected(struct pending *p)
{
	sim_cancel(node_sim(p->redirect->node), p->trying);
	if (p->tr != NULL)
		sip_transaction_set_user(p->tr, NULL, NULL);
	list_remove(&p->link);
	mem_free(p);
}

static void
redirect_stop(void *role)
{
	struct redirect *r = role;

	location_client_destroy(r->location);
	list_each (struct pending, p, &r->pending, link)
		free_redirected(p);
}

static int
redirect_start(struct node *n, void *role)
{
	struct redirect *r = role;

	r->node = n;
	list_init(&r->pending);
	return location_client_create(&r->location, n) != 0 ? ERR_NOMEM : 0;
}

/* A first Route that leads past this node, so that a proxy is meant. */
static bool
is_routed(const struct redirect *r, const struct msg *m)
{
	struct msg_values it = { 0 };
	struct msg_addr a;
	struct str route;

	while (msg_next_value(m, MSG_H_ROUTE, &it, &route))
		if (msg_addr_read(route, &a) != 0 ||
		    !node_is_own(r->node, a.uri))
			return true;
	return false;
}

static enum node_claim
redirect_claim(void *role, const struct sip_in *in)
{
	const struct redirect *r = role;

	/* An ACK has no destination: no dialog runs through here. */
	if (in->m->method == MSG_ACK)
		return NODE_PASS;
	if (!node_is_own(r->node, in->m->uri) || is_routed(r, in->m) ||
	    msg_tag_of(in->m, MSG_H_TO).n > 0)
		return NODE_FOREIGN;
	return NODE_DOMAIN;
}

/* ---- answers ---- */

static void
answer_found(struct redirect *r, const struct sip_in *in, struct verdict v,
    const struct location_contacts *contacts)
{
	struct buf contact = BUF_INIT;

	/* 21.4.23: whom a name may mean is there as well. */
	if (v.status < 400 || v.status == 485)
		location_contacts_write(contacts, &contact);
	node_reply_field(r->node, in, v.status, "Contact", &contact, v.why);
}

/* Answers with the address of another server. */
static void
answer_with_node(struct redirect *r, const struct sip_in *in, struct verdict v,
    const struct node *other)
{
	LOCAL_BUF contact = BUF_INIT;
	struct msg_addr a;

	node_write_address(node_face_toward(other, &in->src), "", &contact);
	/* 8.3: never to the URI that was asked for. */
	if (msg_addr_read(buf_view(&contact), &a) == 0 &&
	    msg_uri_equal(a.uri, in->m->uri))
		node_answer(r->node, in, 404, RULE_REDIRECT_SELF);
	else
		node_reply_field(
		    r->node, in, v.status, "Contact", &contact, v.why);
}

/* ---- what the location service found ---- */

/* What it says instead of locations. */
static const struct verdict troubles[] = {
	[LOCATION_OK] = { 480, RULE_REDIRECT_480 }, /* there are none */
	[LOCATION_UNKNOWN] = { 404, RULE_REDIRECT_404 },
	[LOCATION_GONE] = { 410, RULE_REDIRECT_410 },
	[LOCATION_INCOMPLETE] = { 484, RULE_REDIRECT_484 },
	[LOCATION_AMBIGUOUS] = { 485, RULE_REDIRECT_485 },
	[LOCATION_SILENT] = { 480, RULE_REDIRECT_SILENT },
	[LOCATION_GARBLED] = { 502, RULE_REDIRECT_502 },
	/* No query is answered with these, but an answer may have them. */
	[LOCATION_ORDER] = { 500, RULE_REDIRECT_500 },
	[LOCATION_FULL] = { 500, RULE_REDIRECT_500 },
	[LOCATION_REFUSED] = { 500, RULE_REDIRECT_500 },
};

/* Contacts of TO (borrowed) in the order of preference, without URI itself
 * (8.3).  0 or ERR_NOMEM. */
static int
choose_contacts(const struct location_contacts *found, struct str uri,
    struct location_contacts *to)
{
	to->list = mem_zalloc(found->n + 1, sizeof(*to->list));
	if (to->list == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < found->n; i++) {
		const struct location_contact *c = &found->list[i];
		size_t k = to->n;

		if (msg_uri_equal(str_of(c->uri), uri))
			continue;
		for (; k > 0 && to->list[k - 1].q < c->q; k--)
			to->list[k] = to->list[k - 1];
		to->list[k] = *c;
		to->n++;
	}
	return 0;
}

static struct verdict
judge_found(const struct redirect *r, enum location_status status, size_t found,
    size_t chosen)
{
	struct verdict v = troubles[status];

	if (status == LOCATION_SILENT &&
	    strcmp(node_attr(r->node, "unlocated", "480"), "504") == 0)
		v.status = 504;
	if (status != LOCATION_OK || found == 0)
		return v;
	if (chosen == 0)
		return (struct verdict){ 404, RULE_REDIRECT_SELF };
	if (node_attr_bool(r->node, "permanent", false))
		return (struct verdict){ 301, RULE_REDIRECT_301 };
	if (chosen > 1)
		return (struct verdict){ 300, RULE_REDIRECT_300 };
	return (struct verdict){ 302, RULE_REDIRECT_302 };
}

static void
answer_located(enum location_status status,
    const struct location_contacts *found, void *arg)
{
	struct pending *p = arg;
	struct redirect *r = p->redirect;
	struct location_contacts chosen = { NULL, 0 };
	struct sip_in in;
	struct verdict v;
	int err;

	if (p->tr != NULL && !p->answered) {
		in = node_request_of(r->node, p->tr);
		err = choose_contacts(found, in.m->uri, &chosen);
		v = judge_found(r, status, found->n, chosen.n);
		if (err == 0)
			answer_found(r, &in, v, &chosen);
		else
			node_fail_memory(r->node);
	}
	mem_free(chosen.list);
	free_redirected(p);
}

/* ---- requests ---- */

static void
on_redirected_ended(struct sip_transaction *tr, void *arg)
{
	struct pending *p = arg;

	(void)tr;
	p->tr = NULL;
}

static const struct sip_transaction_ops redirect_ops = {
	.ended = on_redirected_ended
};

static void
redirect_say_trying(void *arg)
{
	struct pending *p = arg;
	struct node *n = p->redirect->node;
	struct sip_in in;

	p->trying = 0;
	if (p->tr == NULL || p->answered)
		return;
	in = node_request_of(n, p->tr);
	node_answer(n, &in, 100, RULE_REDIRECT_100);
}

static void
ask_contacts(struct redirect *r, const struct sip_in *in)
{
	struct pending *p = mem_zalloc(1, sizeof(*p));
	int err;

	if (p == NULL) {
		node_fail_memory(r->node);
		return;
	}
	p->owner.role = &role_redirect;
	p->redirect = r;
	p->tr = in->tr;
	list_append(&r->pending, &p->link);
	sip_transaction_set_user(in->tr, &redirect_ops, p);
	if (in->m->method == MSG_INVITE)
		p->trying =
		    node_after(r->node, SIP_TRYING_NS, redirect_say_trying, p);
	/* P may be gone afterwards. */
	err = location_query(r->location, in->m->uri, answer_located, p);
	if (err != 0) {
		node_fail_nomem(r->node, err);
		node_answer(r->node, in, 500, RULE_REDIRECT_500);
		free_redirected(p);
	}
}

/* The registrar of this domain, which sits on another node, or NULL. */
static const struct node *
find_registrar(const struct redirect *r)
{
	const struct node *n =
	    world_registrar(r->node->world, str_of(r->node->domain));

	return n != r->node ? n : NULL;
}

static void
redirect_request(void *role, const struct sip_in *in)
{
	struct redirect *r = role;
	const struct node *other;
	struct msg_uri u;

	if (node_is_asked(r->node, in->m)) {
		node_answer_options(r->node, in);
	} else if (in->m->method == MSG_REGISTER &&
		   node_is_own(r->node, in->m->uri)) {
		/* 10.3 allows a redirection to who does it. */
		other = find_registrar(r);
		if (other != NULL)
			answer_with_node(r, in,
			    (struct verdict){ 302, RULE_REDIRECT_REGISTRAR },
			    other);
		else
			node_answer_405(r->node, in);
	} else if ((other = world_find(r->node->world,
			node_attr(r->node, "use_proxy", ""))) != NULL) {
		answer_with_node(
		    r, in, (struct verdict){ 305, RULE_REDIRECT_305 }, other);
	} else if (msg_uri_read(in->m->uri, &u) != 0 || !u.sip) {
		node_answer(r->node, in, 416, RULE_UAS_SCHEME);
	} else if (!node_is_own(r->node, in->m->uri)) {
		node_answer(r->node, in, 404, RULE_REDIRECT_FOREIGN);
	} else {
		ask_contacts(r, in);
	}
}

/* 8.3, 9.2 */
static void
redirect_cancel(void *role, void *user, const struct sip_in *in)
{
	struct redirect *r = role;
	struct pending *p = user;
	struct sip_in invite;

	node_answer(r->node, in, 200, RULE_CANCEL_RECV);
	if (p->tr == NULL || p->answered)
		return;
	p->answered = true;
	invite = node_request_of(r->node, p->tr);
	node_answer(r->node, &invite, 487, RULE_CANCEL_487);
}

NODE_ROLE(redirect) = {
	.word = "redirect",
	.allow = "OPTIONS",
	.size = sizeof(struct redirect),
	.start = redirect_start,
	.stop = redirect_stop,
	.claim = redirect_claim,
	.request = redirect_request,
	.cancel = redirect_cancel,
};
