/*
 * The location service's store: bindings by address-of-record, each with its
 * own time to live, changed under the rules of RFC 3261 10.3 step 7.
 */
#include "nodes/location.h"

#include "base/err.h"
#include "base/list.h"
#include "base/mem.h"
#include "msg/parts.h"
#include "nodes/roles.h"
#include "nodes/world.h"

#include <string.h>

struct record;

struct binding {
	struct list link; /* in record->bindings, in order of arrival */
	struct record *record;
	char *uri, *call_id;
	uint32_t cseq;
	int64_t expires; /* absolute, ns */
	unsigned q;
	sim_event timer;
};

struct record {
	struct location *location;
	char *aor;
	struct list bindings;
	size_t n;
};

struct location {
	struct node *node;
	struct net_sock *sock;
	struct map *records; /* aor → record; kept when its bindings go */
};

static struct sim *
sim_of(const struct location *l)
{
	return l->node->world->sim;
}

static uint64_t
record_binding(struct binding *b, const char *op, enum trace_rule why)
{
	struct location *l = b->record->location;
	struct trace_writer *w = sim_trace(sim_of(l));

	sim_open(sim_of(l), TRACE_BINDING, l->node->name, why);
	trace_put_cstr(w, "op", op);
	trace_put_cstr(w, "aor", b->record->aor);
	trace_put_cstr(w, "contact", b->uri);
	trace_put_int(w, "expires", b->expires);
	trace_put_int(w, "q", b->q);
	return trace_close(w);
}

static void
binding_free(struct binding *b)
{
	sim_cancel(sim_of(b->record->location), b->timer);
	list_remove(&b->link);
	b->record->n--;
	mem_free(b->uri);
	mem_free(b->call_id);
	mem_free(b);
}

static void
binding_expire(void *arg)
{
	struct binding *b = arg;

	b->timer = 0;
	record_binding(b, "expire", RULE_BINDING_EXPIRED);
	binding_free(b);
}

/* Its time to live starts now. */
static void
binding_arm(struct binding *b, const char *op, int64_t expires_s)
{
	struct sim *sim = sim_of(b->record->location);
	uint64_t old;

	sim_cancel(sim, b->timer);
	b->expires = sim_now(sim) + expires_s * SIM_S;
	old = sim_set_cause(sim, record_binding(b, op, RULE_LOCATION_STORE));
	b->timer = sim_at(sim, b->expires, b->record->location->node->name,
	    binding_expire, b);
	sim_set_cause(sim, old);
}

static struct binding *
find(struct record *r, const char *uri)
{
	list_foreach (node, &r->bindings) {
		struct binding *b = LIST_ENTRY(node, struct binding, link);

		if (msg_uri_equal(str_of(b->uri), str_of(uri)))
			return b;
	}
	return NULL;
}

static struct record *
record_new(struct location *l, struct str aor)
{
	struct record *r = mem_zalloc(1, sizeof(*r));

	if (r == NULL)
		return NULL;
	r->location = l;
	list_init(&r->bindings);
	r->aor = mem_dup(aor.p, aor.n);
	if (r->aor == NULL || map_put(l->records, aor, r) != 0) {
		mem_free(r->aor);
		mem_free(r);
		return NULL;
	}
	return r;
}

static void
list_bindings(struct record *r, struct location_contacts *out)
{
	int64_t now = sim_now(sim_of(r->location));

	list_foreach (node, &r->bindings) {
		struct binding *b = LIST_ENTRY(node, struct binding, link);

		if (location_contacts_add(out, str_of(b->uri),
			(b->expires - now + SIM_S - 1) / SIM_S, b->q) != 0)
			node_fail_memory(r->location->node);
	}
}

enum location_status
location_do_query(
    struct location *l, struct str aor, struct location_contacts *bindings)
{
	struct record *r = map_get(l->records, aor);

	if (r == NULL)
		return LOCATION_UNKNOWN;
	list_bindings(r, bindings);
	return LOCATION_OK;
}

/* 10.3 step 7: the same Call-ID needs a higher CSeq. */
static bool
out_of_order(const struct binding *b, const struct location_update *u)
{
	return str_is(u->call_id, b->call_id) && u->cseq <= b->cseq;
}

/* All of it or nothing: judged before anything changes. */
static enum location_status
judge(struct record *r, const struct location_update *u)
{
	size_t fresh = 0;

	list_foreach (node, &r->bindings) {
		struct binding *b = LIST_ENTRY(node, struct binding, link);

		if (u->star && out_of_order(b, u))
			return LOCATION_ORDER;
	}
	for (size_t i = 0; i < u->contacts.n; i++) {
		struct binding *b = find(r, u->contacts.list[i].uri);

		if (b != NULL && out_of_order(b, u))
			return LOCATION_ORDER;
		fresh += b == NULL && u->contacts.list[i].expires_s > 0;
	}
	return r->n + fresh > LOCATION_CONTACTS ? LOCATION_FULL : LOCATION_OK;
}

static int
binding_add(struct record *r, const struct location_update *u,
    const struct location_contact *c)
{
	struct binding *b = mem_zalloc(1, sizeof(*b));

	if (b == NULL)
		return ERR_NOMEM;
	b->record = r;
	b->uri = mem_strdup(c->uri);
	b->call_id = mem_dup(u->call_id.p, u->call_id.n);
	b->cseq = u->cseq;
	b->q = c->q;
	list_init(&b->link);
	if (b->uri == NULL || b->call_id == NULL) {
		mem_free(b->uri);
		mem_free(b->call_id);
		mem_free(b);
		return ERR_NOMEM;
	}
	list_append(&r->bindings, &b->link);
	r->n++;
	binding_arm(b, "add", c->expires_s);
	return 0;
}

static int
apply(struct record *r, const struct location_update *u,
    const struct location_contact *c)
{
	struct binding *b = find(r, c->uri);
	char *call_id;

	if (c->expires_s == 0) {
		if (b != NULL) {
			record_binding(b, "remove", RULE_REGISTER_REMOVE);
			binding_free(b);
		}
		return 0;
	}
	if (b == NULL)
		return binding_add(r, u, c);
	call_id = mem_dup(u->call_id.p, u->call_id.n);
	if (call_id == NULL)
		return ERR_NOMEM;
	mem_free(b->call_id);
	b->call_id = call_id;
	b->cseq = u->cseq;
	b->q = c->q;
	binding_arm(b, "refresh", c->expires_s);
	return 0;
}

static void
remove_all(struct record *r)
{
	list_foreach (node, &r->bindings) {
		struct binding *b = LIST_ENTRY(node, struct binding, link);

		record_binding(b, "remove", RULE_REGISTER_REMOVE);
		binding_free(b);
	}
}

/* An address-of-record that nothing was ever stored for stays unknown. */
static bool
adds(const struct location_update *u)
{
	for (size_t i = 0; i < u->contacts.n; i++)
		if (u->contacts.list[i].expires_s > 0)
			return true;
	return false;
}

enum location_status
location_do_store(struct location *l, const struct location_update *u,
    struct location_contacts *bindings)
{
	struct record *r = map_get(l->records, u->aor);
	enum location_status s;

	if (r == NULL && !adds(u))
		return LOCATION_OK;
	if (r == NULL)
		r = record_new(l, u->aor);
	if (r == NULL) {
		node_fail_memory(l->node);
		return LOCATION_FULL;
	}
	s = judge(r, u);
	if (s == LOCATION_OK && u->star)
		remove_all(r);
	for (size_t i = 0; s == LOCATION_OK && i < u->contacts.n; i++) {
		if (apply(r, u, &u->contacts.list[i]) != 0) {
			node_fail_memory(l->node);
			s = LOCATION_FULL;
		}
	}
	list_bindings(r, bindings);
	return s;
}

/* ---- asked by datagrams ---- */

/* Registrars store, proxies and redirect servers query, nobody else. */
static bool
allowed(const struct location *l, const struct addr *src, int op)
{
	static const char *const askers[] = { "proxy", "redirect" };
	struct net_host *h = net_by_addr(l->node->world->net, src);
	const struct node *n;

	if (h == NULL)
		return false;
	n = world_find(l->node->world, net_host_name(h));
	if (n == NULL)
		return false;
	if (op == LOCATION_STORE)
		return node_role_state(n, "registrar") != NULL;
	for (size_t i = 0; i < 2; i++)
		if (node_role_state(n, askers[i]) != NULL)
			return true;
	return false;
}

static void
answer(
    struct location *l, const struct net_datagram *d, struct location_packet *p)
{
	bool query = p->op == LOCATION_QUERY;
	enum trace_rule why = query ? RULE_LOCATION_QUERY : RULE_LOCATION_STORE;
	struct trace_message m = { .proto = "location",
		.method = STR("answer") };
	struct location_contacts found = { NULL, 0 };
	enum location_status s = LOCATION_REFUSED;
	struct buf b = BUF_INIT;

	if (allowed(l, &d->src, p->op))
		s = query ? location_do_query(l, p->update.aor, &found)
			  : location_do_store(l, &p->update, &found);
	location_record(
	    l->node, query ? "query" : "store", p->update.aor, s, &found, why);
	location_write_answer(&b, p->id, s, &found);
	if (b.err == 0)
		net_udp_send(l->sock, &d->src, buf_view(&b), &m, why);
	else
		node_fail_memory(l->node);
	location_contacts_free(&found);
	buf_free(&b);
}

static void
on_datagram(const struct net_datagram *d, void *arg)
{
	struct location *l = arg;
	struct location_packet p;
	int err = location_packet_read(&p, d->bytes);

	if (err == ERR_NOMEM)
		node_fail_memory(l->node);
	else if (err != 0 || p.op == LOCATION_ANSWER)
		location_note_bad(l->node, "neither query nor store");
	else
		answer(l, d, &p);
	location_packet_free(&p);
}

static void
location_stop(void *role)
{
	struct location *l = role;
	size_t at = 0;
	void *value;

	if (l == NULL)
		return;
	while (l->records != NULL && map_next(l->records, &at, NULL, &value)) {
		struct record *r = value;

		list_foreach (node, &r->bindings) {
			struct binding *b =
			    LIST_ENTRY(node, struct binding, link);

			/* A crash loses them; the end of the run does not. */
			if (!l->node->up)
				record_binding(b, "remove", RULE_NONE);
			binding_free(b);
		}
		mem_free(r->aor);
		mem_free(r);
	}
	map_destroy(l->records);
	if (l->sock != NULL)
		net_udp_close(l->sock);
	mem_free(l);
}

static int
location_start(struct node *n, void **role)
{
	struct location *l = mem_zalloc(1, sizeof(*l));
	int err;

	*role = NULL;
	if (l == NULL)
		return ERR_NOMEM;
	l->node = n;
	err = map_create(&l->records);
	if (err == 0)
		err = net_udp_open(
		    n->host, LOCATION_PORT, on_datagram, l, &l->sock);
	if (err != 0)
		location_stop(l);
	else
		*role = l;
	return err;
}

const struct node_role role_location = {
	.word = "location",
	.text = N_("location service: knows where each address-of-record is"),
	.start = location_start,
	.stop = location_stop,
};
