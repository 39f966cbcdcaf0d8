/*
 * The location service's store: bindings by address-of-record, each with its
 * own time to live, changed under the rules of RFC 3261 10.3 step 7.  Whatever
 * the number of addresses-of-record, finding one takes the same time; the
 * bindings of one are few (LOCATION_CONTACTS).
 */
#include "roles/location/location_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/parts.h"
#include "node/uri.h"
#include "node/phones.h"
#include "rules/rule_names.h"

#include <string.h>

/* ---- one binding ---- */

/* phones_fits_fn: N, if it is outside, hears how ARG, a record, stands. */
static bool
tell_one(const struct node *n, const void *arg)
{
	const struct record *r = arg;
	const struct world_watch *watch = &n->world->watch;

	if (n->outside)
		watch->changed(n->name,
		    r->n > 0 ? "registered" : "unregistered", watch->arg);
	return false;
}

/* A real program does not tell a script what it has done: R, which has changed,
 * does. */
static void
tell_of_outside(const struct record *r)
{
	struct node *own = r->location->node;
	struct world *w = own->world;
	const struct node *none;

	if (w->outside && w->watch.changed != NULL &&
	    phones_find(w, str_of(r->aor), tell_one, r, &none) != 0)
		node_fail_memory(own);
}

static uint64_t
location_store_record_binding(
    const struct binding *b, const char *op, enum rule_id why)
{
	struct trace_writer *w =
	    node_record(b->record->location->node, TRACE_BINDING, why);

	trace_put_cstr(w, "op", op);
	trace_put_cstr(w, "aor", b->record->aor);
	trace_put_cstr(w, "contact", b->uri);
	if (b->expires >= 0)
		trace_put_int(w, "expires", b->expires);
	trace_put_int(w, "q", b->q);
	if (b->path != NULL)
		trace_put_cstr(w, "path", b->path);
	if (b->instance != NULL) {
		trace_put_cstr(w, "instance", b->instance);
		if (b->reg_id > 0)
			trace_put_int(w, "reg_id", b->reg_id);
	}
	return trace_close(w);
}

static size_t
location_store_length(const char *text)
{
	return text != NULL ? strlen(text) : 0;
}

/* The bytes of a contact in a 200, beside the usual: its URI, and what names an
 * instance of AOR, three times with its parameters. */
#define INSTANCE_BYTES 130
static size_t
said_bytes(const char *uri, const char *instance, const char *aor)
{
	return location_store_length(uri) +
	       (instance != NULL
		       ? 2 * location_store_length(instance) +
			     2 * location_store_length(aor) + INSTANCE_BYTES
		       : 0);
}

/* What B takes of the run's memory is counted again. */
static void
binding_weigh(struct binding *b)
{
	struct sim *sim = node_sim(b->record->location->node);

	sim_give_back_memory(sim, b->bytes);
	b->bytes =
	    sizeof(*b) + SIM_EVENT_BYTES + location_store_length(b->uri) +
	    location_store_length(b->path) + location_store_length(b->call_id);
	if (b->instance != NULL)
		b->bytes += location_store_length(b->instance) +
			    location_store_length(b->temp);
	sim_take_memory(sim, b->bytes);
}

/* What R takes: its name is the map's key as well, and that of its words. */
static size_t
count_record_bytes(const struct record *r)
{
	return sizeof(*r) + SIM_EVENT_BYTES +
	       3 * location_store_length(r->aor) + r->gruu_bytes;
}

/* Frees what B holds. */
static void
binding_clear(struct binding *b)
{
	mem_free(b->uri);
	mem_free(b->path);
	mem_free(b->call_id);
	if (b->instance != NULL) {
		mem_free(b->instance);
		mem_free(b->temp);
	}
	mem_free(b);
}

static void
binding_free(struct binding *b)
{
	struct record *r = b->record;

	sim_cancel(node_sim(r->location->node), b->timer);
	sim_give_back_memory(node_sim(r->location->node), b->bytes);
	location_instance_drop(b);
	list_remove(&b->link);
	r->n--;
	r->uri_bytes -= said_bytes(b->uri, b->instance, r->aor);
	r->path_bytes -= location_store_length(b->path);
	binding_clear(b);
}

static void
binding_expire(void *arg)
{
	struct binding *b = arg;
	const struct record *r = b->record;

	b->timer = 0;
	location_store_record_binding(b, "expire", RULE_BINDING_EXPIRED);
	binding_free(b);
	tell_of_outside(r);
}

/* Its time to live starts now; without end where EXPIRES_S is negative. */
static void
binding_arm(
    struct binding *b, const char *op, int64_t expires_s, enum rule_id why)
{
	struct location *l = b->record->location;
	struct sim *sim = node_sim(l->node);
	uint64_t old;

	sim_cancel(sim, b->timer);
	b->timer = 0;
	b->expires = expires_s < 0 ? -1 : sim_now(sim) + expires_s * SIM_S;
	old = sim_set_cause(sim, location_store_record_binding(b, op, why));
	if (b->expires >= 0)
		b->timer =
		    sim_at(sim, b->expires, l->node->name, binding_expire, b);
	sim_set_cause(sim, old);
}

/* Its REGISTER, and its values now.  0 or ERR_NOMEM. */
static int
binding_set(struct binding *b, struct str call_id, uint32_t cseq,
    const struct location_contact *c)
{
	struct record *r = b->record;
	int err = 0;
	bool other = b->call_id == NULL || !str_is(call_id, b->call_id);
	char *id = mem_dup(call_id.p, call_id.n);
	char *path = c->path != NULL ? mem_strdup(c->path) : NULL;

	if (id == NULL || (path == NULL) != (c->path == NULL)) {
		mem_free(id);
		mem_free(path);
		return ERR_NOMEM;
	}
	r->path_bytes +=
	    location_store_length(path) - location_store_length(b->path);
	mem_free(b->call_id);
	mem_free(b->path);
	b->call_id = id;
	b->path = path;
	if (c->instance != NULL) {
		r->uri_bytes -= said_bytes(b->uri, b->instance, r->aor);
		err = location_instance_set(b, c, other);
		r->uri_bytes += said_bytes(b->uri, b->instance, r->aor);
	}
	binding_weigh(b);
	b->cseq = cseq;
	b->q = c->q;
	return err;
}

/* A new binding to C, not linked and not armed; NULL when out of memory. */
static struct binding *
binding_new(struct record *r, const struct location_contact *c)
{
	struct binding *b = mem_zalloc(1, sizeof(*b));

	if (b == NULL)
		return NULL;
	b->record = r;
	list_init(&b->link);
	b->uri = mem_strdup(c->uri);
	if (b->uri == NULL) {
		binding_clear(b);
		return NULL;
	}
	list_append(&r->bindings, &b->link);
	r->n++;
	r->uri_bytes += location_store_length(b->uri);
	return b;
}

/* ---- an address-of-record ---- */

/* 10.3 step 7: by the rules of 19.1.4; those over flows have others. */
static struct binding *
location_store_find_binding(const struct record *r, struct str uri)
{
	list_each (struct binding, b, &r->bindings, link)
		if (b->reg_id == 0 && msg_uri_equal(str_of(b->uri), uri))
			return b;
	return NULL;
}

/* RFC 5626 6: by instance and flow. */
static struct binding *
find_binding_of(const struct record *r, const struct location_contact *c)
{
	if (c->reg_id == 0)
		return location_store_find_binding(r, str_of(c->uri));
	list_each (struct binding, b, &r->bindings, link)
		if (b->reg_id == c->reg_id &&
		    strcmp(b->instance, c->instance) == 0)
			return b;
	return NULL;
}

static struct record *
create_record(struct location *l, struct str aor)
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
	/* From here on it is the map's. */
	sim_take_memory(node_sim(l->node), count_record_bytes(r));
	return location_words_add(l, r) == 0 ? r : NULL;
}

/* INSTANCE: its bindings alone; empty: all. */
static void
list_bindings(
    const struct record *r, struct str instance, struct location_contacts *out)
{
	int64_t now = sim_now(node_sim(r->location->node));

	list_each (struct binding, b, &r->bindings, link) {
		if (instance.n > 0 &&
		    (b->instance == NULL || !str_is(instance, b->instance)))
			continue;
		int64_t left = b->expires < 0
				   ? (int64_t)LOCATION_FOREVER_S
				   : (b->expires - now + SIM_S - 1) / SIM_S;
		int err =
		    location_contacts_add(out, str_of(b->uri), left, b->q);

		if (err == 0)
			err = location_contacts_set_path(out, str_of(b->path));
		if (err == 0 && b->instance != NULL)
			err = location_contacts_set_instance(out,
			    str_of(b->instance), b->reg_id, str_of(b->temp));
		if (err != 0)
			node_fail_memory(r->location->node);
	}
}

enum location_status
location_do_query(
    struct location *l, struct str aor, struct location_contacts *bindings)
{
	const struct record *r = map_get(l->records, aor);
	struct str instance = STR_NULL;
	bool gruu = r == NULL && location_gruu_find(l, aor, &r, &instance);

	if (r != NULL && r->n > 0)
		list_bindings(r, instance, bindings);
	/* 21.4.10: no forwarding address is known. */
	else if (node_lists_aor(
		     l->node, "gone", r != NULL ? str_of(r->aor) : aor))
		return LOCATION_GONE;
	/* RFC 5627 6.1: a GRUU that is not valid is unknown. */
	else if (r == NULL)
		return gruu ? LOCATION_UNKNOWN
			    : location_judge_unknown(l, aor, bindings);
	return LOCATION_OK;
}

/* ---- a REGISTER ---- */

/* 10.3 step 7: the same Call-ID needs a higher CSeq. */
static bool
out_of_order(const struct binding *b, const struct location_update *u)
{
	return u->call_id.n > 0 && str_is(u->call_id, b->call_id) &&
	       u->cseq <= b->cseq;
}

/* What R would hold after an update. */
struct sums {
	size_t n, uris, paths;
};

static void
count_binding(struct record *r, const struct location_contact *c,
    struct binding *b, struct sums *sums)
{
	bool first = b != NULL && b->update != r->location->update;

	if (b == NULL && c->expires_s > 0) {
		sums->n++;
		sums->uris += said_bytes(c->uri, c->instance, r->aor);
		sums->paths += location_store_length(c->path);
	} else if (first && c->expires_s > 0) {
		if (c->instance != NULL)
			sums->uris += said_bytes(c->uri, c->instance, r->aor) -
				      said_bytes(b->uri, b->instance, r->aor);
		sums->paths += location_store_length(c->path) -
			       location_store_length(b->path);
	} else if (first) {
		sums->n--;
		sums->uris -= said_bytes(b->uri, b->instance, r->aor);
		sums->paths -= location_store_length(b->path);
	}
	if (b != NULL)
		b->update = r->location->update;
}

/* All of it or nothing: judged before anything changes. */
static enum location_status
judge_update(struct record *r, const struct location_update *u)
{
	struct sums sums = { r->n, r->uri_bytes, r->path_bytes };

	r->location->update++;
	list_each (struct binding, b, &r->bindings, link)
		if (u->star && out_of_order(b, u))
			return LOCATION_ORDER;
	for (size_t i = 0; i < u->contacts.n; i++) {
		const struct location_contact *c = &u->contacts.list[i];
		struct binding *b = find_binding_of(r, c);

		if (b != NULL && out_of_order(b, u))
			return LOCATION_ORDER;
		count_binding(r, c, b, &sums);
	}
	return sums.n > LOCATION_CONTACTS || sums.uris > LOCATION_URI_BYTES ||
		       sums.paths > LOCATION_PATH_BYTES
		   ? LOCATION_FULL
		   : LOCATION_OK;
}

/* C of U, by WHY; its time to live may be LOCATION_FOREVER_S where none was
 * asked for. */
static int
apply(struct record *r, const struct location_update *u,
    const struct location_contact *c, enum rule_id why)
{
	struct binding *b = find_binding_of(r, c);
	bool fresh = b == NULL;
	bool ends = u->call_id.n > 0 || c->expires_s < LOCATION_FOREVER_S;

	if (c->expires_s == 0) {
		if (b != NULL) {
			location_store_record_binding(
			    b, "remove", RULE_REGISTER_REMOVE);
			binding_free(b);
		}
		return 0;
	}
	if (fresh)
		b = binding_new(r, c);
	if (b == NULL)
		return ERR_NOMEM;
	if (binding_set(b, u->call_id, u->cseq, c) != 0) {
		if (fresh)
			binding_free(b);
		return ERR_NOMEM;
	}
	/* RFC 5626 7, RFC 5627 6.1: who sends there tries the newest first. */
	if (b->instance != NULL) {
		list_remove(&b->link);
		list_append(&r->bindings, &b->link);
	}
	binding_arm(
	    b, fresh ? "add" : "refresh", ends ? c->expires_s : -1, why);
	return 0;
}

static void
remove_all(struct record *r, enum rule_id why)
{
	list_each (struct binding, b, &r->bindings, link) {
		location_store_record_binding(b, "remove", why);
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
		r = create_record(l, u->aor);
	if (r == NULL) {
		node_fail_memory(l->node);
		return LOCATION_FULL;
	}
	s = judge_update(r, u);
	if (s == LOCATION_OK && u->star)
		remove_all(r, RULE_REGISTER_REMOVE);
	for (size_t i = 0; s == LOCATION_OK && i < u->contacts.n; i++) {
		const struct location_contact *c = &u->contacts.list[i];

		/* RFC 3327 5.3: the path is stored with the binding. */
		if (apply(r, u, c,
			c->reg_id > 0     ? RULE_FLOW_BIND
			: c->path != NULL ? RULE_REGISTER_PATH
					  : RULE_LOCATION_STORE) != 0) {
			node_fail_memory(l->node);
			s = LOCATION_FULL;
		}
	}
	if (s == LOCATION_OK && (u->star || u->contacts.n > 0))
		tell_of_outside(r);
	list_bindings(r, STR_NULL, bindings);
	return s;
}

/* ---- an administrator ---- */

int
location_bind(struct location *l, struct str aor,
    const struct location_contact *c, enum rule_id why)
{
	struct record *r = map_get(l->records, aor);
	struct location_contact one = *c;
	/* A Call-ID that no REGISTER has: each of them may change it. */
	struct location_update u = { .aor = aor, .contacts = { &one, 1 } };
	int err = ERR_LIMIT;

	if (r == NULL)
		r = create_record(l, aor);
	if (r == NULL)
		return ERR_NOMEM;
	if (judge_update(r, &u) != LOCATION_FULL)
		err = apply(r, &u, &one, why);
	if (err == 0)
		tell_of_outside(r);
	return err;
}

size_t
location_unbind(struct location *l, struct str aor, struct str contact)
{
	struct record *r = map_get(l->records, aor);
	struct binding *b;
	size_t before;

	if (r == NULL)
		return 0;
	before = r->n;
	if (contact.n == 0) {
		remove_all(r, RULE_LOCATION_BIND);
	} else if ((b = location_store_find_binding(r, contact)) != NULL) {
		location_store_record_binding(b, "remove", RULE_LOCATION_BIND);
		binding_free(b);
	}
	if (r->n < before)
		tell_of_outside(r);
	return before - r->n;
}

void
location_store_free(struct location *l)
{
	size_t at = 0;
	void *value;

	while (l->records != NULL && map_next(l->records, &at, NULL, &value)) {
		struct record *r = value;

		list_each (struct binding, b, &r->bindings, link) {
			/* A crash loses them; the end of the run does not. */
			if (!l->node->up)
				location_store_record_binding(
				    b, "remove", RULE_NONE);
			binding_free(b);
		}
		if (!l->node->up)
			tell_of_outside(r);
		sim_give_back_memory(node_sim(l->node), count_record_bytes(r));
		mem_free(r->aor);
		mem_free(r);
	}
	map_destroy(l->records);
	map_destroy(l->temps);
	map_destroy(l->gruus);
}
