/* What a host keeps of names, and who waits for them (node/resolver.h). */
#include "node/resolver_in.h"

#include "base/err.h"
#include "base/map.h"
#include "base/mem.h"
#include "machine/tables.h"
#include "node/node_machine.h"
#include "node/timer.h"
#include "node/world.h"

#include <string.h>

/* ---- making and finding ---- */

static int
create_resolver(struct node *n)
{
	struct resolver *r = mem_zalloc(1, sizeof(*r));

	if (r == NULL)
		return ERR_NOMEM;
	r->node = n;
	list_init(&r->names);
	rng_init(&r->ids, sim_seed(node_sim(n)), n->name, "dns-id");
	rng_init(&r->servers, sim_seed(node_sim(n)), n->name, "srv");
	if (map_create_borrowing(&r->by_key) != 0 ||
	    map_create(&r->denied) != 0) {
		map_destroy(r->by_key);
		mem_free(r);
		return ERR_NOMEM;
	}
	n->resolver = r;
	return 0;
}

/* The type stands behind the name: both together are the key. */
static struct str
put_name_key(struct dns_name *name, unsigned type, char key[DNS_NAME_MAX + 2])
{
	dns_name_fold(name);
	memcpy(key, name->b, name->n);
	key[name->n] = (char)(type >> 8);
	key[name->n + 1] = (char)type;
	return (struct str){ key, (size_t)name->n + 2 };
}

static void
forget_records(struct resolver_name *e)
{
	mem_free(e->records);
	buf_free(&e->bytes);
	e->records = NULL;
	e->n = 0;
}

static const struct node_timer ttl_timer;

static void
resolver_free_entry(struct resolver_name *e)
{
	struct resolver *r = e->of;

	/* Without records: the node is gone. */
	if (e->query != NULL) {
		sim_cancel(node_sim(r->node), e->query->retry);
		e->query->retry = 0;
	}
	resolver_end_query(e);
	sim_cancel(node_sim(r->node), e->expiry);
	list_each (struct resolver_wait, w, &e->waiters, link)
		list_remove(&w->link);
	list_remove(&e->link);
	map_drop(r->denied, dns_name_view(&e->name), e);
	if (e->key != NULL)
		map_remove(r->by_key, (struct str){ e->key, e->name.n + 2u });
	forget_records(e);
	r->n--;
	mem_free(e->key);
	mem_free(e->id);
	mem_free(e);
}

void
resolver_destroy(struct resolver *r)
{
	if (r == NULL)
		return;
	list_each (struct resolver_name, e, &r->names, link)
		resolver_free_entry(e);
	net_udp_close(r->sock);
	map_destroy(r->by_key);
	map_destroy(r->denied);
	mem_free(r);
}

/* Makes room for one more: removes the oldest name without waiters. */
static void
resolver_make_room(struct resolver *r)
{
	list_each (struct resolver_name, e, &r->names, link) {
		if (r->n < RESOLVER_NAMES)
			break;
		if (e->query == NULL)
			resolver_free_entry(e);
	}
}

static char *
resolver_write_id(const struct dns_name *name, unsigned type)
{
	struct buf b = BUF_INIT;

	dns_type_write(type, &b);
	buf_putc(&b, ' ');
	dns_name_write(name, &b);
	return buf_take(&b);
}

struct resolver_name *
resolver_entry(struct resolver *r, const struct dns_name *name, unsigned type)
{
	char key[DNS_NAME_MAX + 2];
	struct dns_name small = *name;
	struct str k = put_name_key(&small, type, key);
	struct resolver_name *e = map_get(r->by_key, k);

	if (e != NULL)
		return e;
	resolver_make_room(r);
	e = mem_zalloc(1, sizeof(*e));
	if (e == NULL)
		return NULL;
	e->of = r;
	e->name = small;
	e->type = (uint16_t)type;
	e->answered_ns = -1;
	e->machine.table = &machine_name;
	list_init(&e->waiters);
	list_init(&e->link);
	list_append(&r->names, &e->link);
	r->n++;
	e->id = resolver_write_id(&small, type);
	e->key = mem_dup(k.p, k.n);
	if (e->id == NULL || e->key == NULL ||
	    map_put(r->by_key, (struct str){ e->key, k.n }, e) != 0) {
		resolver_free_entry(e);
		return NULL;
	}
	return e;
}

/* ---- keeping ---- */

bool
resolver_knows(const struct resolver_name *e)
{
	return machine_run_is(&e->machine, STATE_KNOWN) ||
	       machine_run_is(&e->machine, STATE_ABSENT);
}

void
resolver_step(struct resolver_name *e, enum event_id event, enum rule_id why)
{
	node_machine_step(e->of->node, &e->machine, e->id, event, why);
}

static void
fire_ttl(void *arg)
{
	struct resolver_name *e = arg;

	node_timer_fired(e->of->node, &e->expiry, &ttl_timer, e->id);
	map_drop(e->of->denied, dns_name_view(&e->name), e);
	/* A question that waits for more than this may still want it. */
	resolver_step(e, EVENT_TIMER_TTL, RULE_DNS_EXPIRED);
}

static const struct node_timer ttl_timer = { "TTL", RULE_DNS_EXPIRED, fire_ttl,
	"name" };

/* E's records become copies of RECORDS. */
static int
copy_records(
    struct resolver_name *e, const struct dns_record *const *records, size_t n)
{
	size_t at = 0;

	e->records = n > 0 ? mem_zalloc(n, sizeof(*e->records)) : NULL;
	if (n > 0 && e->records == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < n; i++) {
		buf_str(&e->bytes, records[i]->name);
		buf_str(&e->bytes, records[i]->data);
	}
	if (e->bytes.err != 0)
		return ERR_NOMEM;
	for (size_t i = 0; i < n; i++) {
		struct dns_record *r = &e->records[i];
		struct str all = buf_view(&e->bytes);

		*r = *records[i];
		r->name = str_slice(all, at, at + r->name.n);
		at += r->name.n;
		r->data = str_slice(all, at, at + r->data.n);
		at += r->data.n;
	}
	e->n = n;
	return 0;
}

/* All who wait for E ask again: what they do is caused by the present record.
 */
static void
wake_waiters(struct resolver_name *e)
{
	struct sim *sim = node_sim(e->of->node);
	uint64_t cause = sim_cause(sim);
	struct list woken;

	list_init(&woken);
	list_each (struct resolver_wait, w, &e->waiters, link) {
		list_remove(&w->link);
		list_append(&woken, &w->link);
	}
	/* One of them may take others back, or ask again, or free E. */
	while (!list_empty(&woken)) {
		struct resolver_wait *w =
		    LIST_ENTRY(woken.next, struct resolver_wait, link);

		list_remove(&w->link);
		sim_set_cause(sim, cause);
		w->fn(w->arg);
	}
	sim_set_cause(sim, cause);
}

void
resolver_keep(struct resolver_name *e, enum event_id event,
    const struct dns_record *const *records, size_t n, enum dns_rcode rcode,
    uint32_t ttl, enum rule_id why)
{
	struct node *node = e->of->node;

	resolver_end_query(e);
	forget_records(e);
	e->rcode = rcode;
	e->absent = event == EVENT_NO_DATA;
	e->answered_ns = sim_now(node_sim(node));
	e->due_ns = e->answered_ns + (int64_t)ttl * SIM_S;
	if (copy_records(e, records, n) != 0) {
		node_fail_memory(node);
		return;
	}
	resolver_step(e, event, why);
	node_timer_set(node, &e->expiry, &ttl_timer, e->id, e->due_ns, e);
	wake_waiters(e);
}

void
resolver_give_up(struct resolver_name *e)
{
	resolver_end_query(e);
	forget_records(e);
	resolver_step(e, EVENT_GIVEN_UP, RULE_DNS_GIVE_UP);
	e->answered_ns = sim_now(node_sim(e->of->node));
	wake_waiters(e);
}

/* ---- names that are not there ---- */

void
resolver_deny(struct resolver_name *e)
{
	if (map_put(e->of->denied, dns_name_view(&e->name), e) != 0)
		node_fail_memory(e->of->node);
}

/* RFC 2308 5: what says that E's name is not there, asked for another type; or,
 * by RFC 8020 2, that one above it is not; NULL: nothing does. */
static const struct resolver_name *
find_denial(const struct resolver_name *e)
{
	unsigned labels = dns_name_labels(&e->name);

	for (unsigned i = 0; map_count(e->of->denied) > 0 && i < labels; i++) {
		struct resolver_name *found;
		struct dns_name above;

		dns_name_cut(&e->name, i, &above);
		found = map_get(e->of->denied, dns_name_view(&above));
		if (found != NULL)
			return found;
	}
	return NULL;
}

/* ---- asking ---- */

struct rng *
resolver_draws(struct node *n)
{
	return &n->resolver->servers;
}

bool
resolver_has_servers(struct node *n)
{
	struct resolver_zone zone;

	if (n->resolver == NULL && create_resolver(n) != 0)
		return false;
	resolver_find_servers(n->resolver, &dns_root, &zone);
	return zone.n > 0;
}

void
resolver_begin(
    struct node *n, struct resolver_wait *w, resolver_fn *fn, void *arg)
{
	list_init(&w->link);
	w->fn = fn;
	w->arg = arg;
	w->began_ns = sim_now(node_sim(n));
}

void
resolver_forget(struct resolver_wait *w)
{
	list_remove(&w->link);
}

/* W has waited for what E knew, and it is over by now. */
static bool
was_waited_for(const struct resolver_name *e, const struct resolver_wait *w)
{
	return e->query == NULL && e->answered_ns >= w->began_ns;
}

static uint32_t
seconds_left(const struct resolver_name *e)
{
	int64_t left = e->due_ns - sim_now(node_sim(e->of->node));

	return left > 0 ? (uint32_t)((left + SIM_S - 1) / SIM_S) : 0;
}

static void
resolver_put_answer(const struct resolver_name *e, struct resolver_answer *a)
{
	a->silent = machine_run_is(&e->machine, STATE_UNANSWERED);
	a->records = e->records;
	a->n = e->n;
	a->rcode = e->rcode;
	a->absent = e->absent;
	a->left = seconds_left(e);
}

/* Nothing is known of E: it is asked for, unless its name is not there. */
static void
find_out(struct resolver_name *e)
{
	const struct resolver_name *no = find_denial(e);
	const struct dns_record *soa = no != NULL ? no->records : NULL;

	if (no == NULL)
		resolver_ask(e, RULE_DNS_ASK);
	else
		resolver_keep(e, EVENT_NO_DATA, &soa, no->n, DNS_NXDOMAIN,
		    seconds_left(no), RULE_DNS_DENIED);
}

int
resolver_get(struct node *n, const struct dns_name *name, unsigned type,
    struct resolver_wait *w, struct resolver_answer *a)
{
	struct resolver_name *e = NULL;

	*a = (struct resolver_answer){ 0 };
	if (n->resolver != NULL || create_resolver(n) == 0)
		e = resolver_entry(n->resolver, name, type);
	if (e == NULL)
		return ERR_NOMEM;
	if (e->query == NULL && !resolver_knows(e) && !was_waited_for(e, w))
		find_out(e);
	if (resolver_knows(e) || was_waited_for(e, w)) {
		resolver_put_answer(e, a);
		return 0;
	}
	if (e->query == NULL)
		return ERR_NOMEM;
	list_append(&e->waiters, &w->link);
	return ERR_STOPPED;
}
