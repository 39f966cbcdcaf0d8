/*
 * The table of a translator: bindings, their ports, their filters, their times.
 * Each is found by a key, and bindings of one lifetime are in the order in
 * which they run out, with one event for the first: ten thousand cost a packet
 * no more than ten.
 */
#include "net/nat_in.h"

#include "base/err.h"
#include "base/mem.h"

#include <stdio.h>
#include <string.h>

#define BINDING_BYTES (sizeof(struct net_nat_binding) + 3 * 64)
#define PEER_BYTES    (sizeof(struct peer) + 64)
#define PORT_LOW      1024 /* RFC 4787 REQ-3 a: those below stay below */

/* A other end to which a binding has sent, in the table of those; or one that
 * has come in by it, in that of bindings by their inner side. */
struct peer {
	struct list list;
	struct map *in;
	struct str key; /* in BYTES */
	char bytes[40];
};

static const int lives[NET_NAT_STATES] = {
	[NET_NAT_OPEN] = NAT_LIVES_UDP,
	[NET_NAT_OPENING] = NAT_LIVES_OPENING,
	[NET_NAT_ESTABLISHED] = NAT_LIVES_TCP,
	[NET_NAT_CLOSING] = NAT_LIVES_OPENING,
};

/* ---- keys ---- */

/* A, as far as RULE depends on it, as 18 bytes. */
static void
key_binding_addr(char *key, const struct addr *a, enum net_nat_rule rule)
{
	memset(key, 0, 18);
	if (rule >= NET_NAT_ADDRESS)
		memcpy(key, a->ip, a->len);
	if (rule >= NET_NAT_ADDRESS_PORT)
		memcpy(key + 16, &a->port, sizeof(a->port));
}

static struct str
key_inner(char key[40], const struct net_nat *nat, bool tcp,
    const struct addr *inner, const struct addr *remote)
{
	key[0] = (char)tcp;
	key[1] = 0;
	key_binding_addr(key + 2, inner, NET_NAT_ADDRESS_PORT);
	key_binding_addr(key + 20, remote, nat->config.mapping);
	return (struct str){ key, 38 };
}

static struct str
key_outer(char key[4], bool tcp, uint16_t port)
{
	key[0] = (char)tcp;
	key[1] = 0;
	memcpy(key + 2, &port, sizeof(port));
	return (struct str){ key, 4 };
}

static struct str
key_admit(
    char key[26], const struct net_nat_binding *b, const struct addr *remote)
{
	memcpy(key, &b->number, 8);
	key_binding_addr(key + 8, remote, b->nat->config.filtering);
	return (struct str){ key, 26 };
}

/* ---- finding ---- */

/* The binding for what INNER sends to REMOTE, or NULL. */
static struct net_nat_binding *
net_nat_find(const struct net_nat *nat, bool tcp, const struct addr *inner,
    const struct addr *remote)
{
	char key[40];

	return map_get(nat->by_inner, key_inner(key, nat, tcp, inner, remote));
}

struct net_nat_binding *
net_nat_at(const struct net_nat *nat, bool tcp, uint16_t port)
{
	char key[4];

	return map_get(nat->by_outer, key_outer(key, tcp, port));
}

bool
net_nat_admits(const struct net_nat_binding *b, const struct addr *remote)
{
	char key[26];

	return b->nat->config.filtering == NET_NAT_ENDPOINT ||
	       map_get(b->nat->admitted, key_admit(key, b, remote)) != NULL;
}

const struct addr *
net_nat_outer(const struct net_nat *nat)
{
	return &nat->outer;
}

size_t
net_nat_count(const struct net_nat *nat)
{
	return nat->count;
}

/* ---- ports (RFC 4787 4.2) ---- */

static bool
nat_is_free(const struct net_nat *nat, bool tcp, uint16_t port)
{
	const struct net_nat_binding *b = net_nat_at(nat, tcp, port);
	struct addr own = nat->outer;

	own.port = port;
	return (b == NULL || b->over) &&
	       !net_host_listens(nat->host, tcp, &own);
}

/* The next free port, even or odd as INNER where PARITY; 0: none is left. */
static uint16_t
next_port(
    struct net_nat *nat, bool tcp, uint16_t inner, uint32_t start, bool parity)
{
	uint32_t low = inner < PORT_LOW ? 1 : PORT_LOW;
	uint32_t high = inner < PORT_LOW ? PORT_LOW - 1 : UINT16_MAX;

	if (start < low || start > high)
		start = low;
	for (uint32_t i = 0, n = high - low + 1; i < n; i++) {
		uint16_t port = (uint16_t)(low + (start - low + i) % n);

		if (parity && ((port ^ inner) & 1) != 0)
			continue;
		if (nat_is_free(nat, tcp, port)) {
			nat->next[tcp] = (uint16_t)(port + 1);
			return port;
		}
	}
	return 0;
}

static uint16_t
choose_port(struct net_nat *nat, bool tcp, uint16_t inner)
{
	enum net_nat_ports how = nat->config.ports;
	uint32_t start = nat->next[tcp];

	if (how == NET_NAT_PRESERVE && inner != 0 &&
	    nat_is_free(nat, tcp, inner))
		return inner;
	if (how == NET_NAT_RANDOM)
		start = PORT_LOW + (uint32_t)rng_below(
				       &nat->draws, UINT16_MAX + 1 - PORT_LOW);
	return next_port(nat, tcp, inner, start,
	    how == NET_NAT_PRESERVE || how == NET_NAT_PARITY);
}

/* ---- times ---- */

static void run_out(void *arg);

static void
nat_arm(struct net_nat_queue *q)
{
	struct list *first = list_first(&q->bindings);
	struct net_host *h = q->nat->host;

	if (q->event != 0 || first == NULL)
		return;
	q->due = LIST_ENTRY(first, struct net_nat_binding, by_due)->due;
	q->event = sim_at(h->net->sim, q->due, h->name, run_out, q);
}

/* How long B lives without packets. */
static int64_t
life(const struct net_nat_binding *b)
{
	const struct net_nat_config *c = &b->nat->config;
	const int64_t times[NAT_LIVES] = {
		[NAT_LIVES_UDP] = c->udp_ns,
		[NAT_LIVES_OPENING] = c->opening_ns,
		[NAT_LIVES_TCP] = c->tcp_ns,
	};

	return times[lives[b->state]];
}

/* B runs out at DUE: behind all that run out before it. */
static void
enqueue_binding(struct net_nat_binding *b, int64_t due)
{
	struct net_nat_queue *q = &b->nat->queues[lives[b->state]];
	struct list *at = &q->bindings;

	list_remove(&b->by_due);
	b->due = due;
	while (at->prev != &q->bindings &&
	       LIST_ENTRY(at->prev, struct net_nat_binding, by_due)->due > due)
		at = at->prev;
	list_append(at, &b->by_due);
	/* Times are shorter than they were (net_nat_configure). */
	if (q->event != 0 && due < q->due) {
		sim_cancel(b->nat->host->net->sim, q->event);
		q->event = 0;
	}
	nat_arm(q);
}

/* By how much a timer must move to be set anew. */
static int64_t
grain(const struct net_nat_binding *b)
{
	int64_t part = life(b) / 8;

	return part < NET_NAT_GRAIN ? part : NET_NAT_GRAIN;
}

void
net_nat_use(struct net_nat_binding *b, enum net_nat_state state, bool refreshes)
{
	struct net_nat *nat = b->nat;
	bool stepped = state != b->state;
	int64_t due;

	b->state = state;
	due = sim_now(nat->host->net->sim) + life(b);
	if (stepped) {
		enqueue_binding(b, due);
		nat->ops->told(b, NET_NAT_STEPPED, nat->arg);
	} else if (refreshes && (due - b->due >= grain(b) || due < b->due)) {
		enqueue_binding(b, due);
		nat->ops->told(b, NET_NAT_REFRESHED, nat->arg);
	}
}

/* ---- bindings ---- */

static void
drop_peers(struct net_nat_binding *b)
{
	struct sim *sim = b->nat->host->net->sim;

	list_each (struct peer, p, &b->peers, list) {
		map_remove(p->in, p->key);
		list_remove(&p->list);
		mem_free(p);
		sim_give_back_memory(sim, PEER_BYTES);
	}
}

static struct peer *
peer_new(struct net_nat_binding *b, struct map *in)
{
	struct peer *p = mem_zalloc(1, sizeof(*p));

	if (p == NULL) {
		net_fail(b->nat->host->net);
		return NULL;
	}
	p->in = in;
	return p;
}

/* P, whose key is set, is one of B's, and leads to VALUE. */
static void
put_peer(struct net_nat_binding *b, struct peer *p, void *value)
{
	if (map_put(p->in, p->key, value) != 0) {
		mem_free(p);
		net_fail(b->nat->host->net);
		return;
	}
	list_append(&b->peers, &p->list);
	sim_take_memory(b->nat->host->net->sim, PEER_BYTES);
}

void
net_nat_admit(struct net_nat_binding *b, const struct addr *remote)
{
	struct peer *p;

	if (net_nat_admits(b, remote))
		return;
	p = peer_new(b, b->nat->admitted);
	if (p == NULL)
		return;
	p->key = key_admit(p->bytes, b, remote);
	put_peer(b, p, p);
}

void
net_nat_let_in(struct net_nat_binding *b, const struct addr *remote)
{
	struct net_nat *nat = b->nat;
	struct peer *p;

	if (net_nat_find(nat, b->tcp, &b->inner, remote) != NULL)
		return;
	p = peer_new(b, nat->by_inner);
	if (p == NULL)
		return;
	p->key = key_inner(p->bytes, nat, b->tcp, &b->inner, remote);
	put_peer(b, p, b);
}

/* B is found by its outer port alone from now on: it tells why that is closed.
 */
static void
end_binding(struct net_nat_binding *b, enum net_nat_told what)
{
	struct net_nat *nat = b->nat;

	list_remove(&b->by_due);
	map_remove(nat->by_inner, (struct str){ b->key_out, 38 });
	drop_peers(b);
	b->over = true;
	nat->count--;
	nat->ops->told(b, what, nat->arg);
}

static void
nat_free_binding(struct net_nat_binding *b)
{
	struct net_nat *nat = b->nat;

	drop_peers(b);
	list_remove(&b->by_due);
	nat->ops->freed(b, nat->arg);
	sim_give_back_memory(nat->host->net->sim, BINDING_BYTES);
	mem_free(b);
}

static void
run_out(void *arg)
{
	struct net_nat_queue *q = arg;
	struct sim *sim = q->nat->host->net->sim;
	struct list *first;

	q->event = 0;
	while ((first = list_first(&q->bindings)) != NULL) {
		struct net_nat_binding *b =
		    LIST_ENTRY(first, struct net_nat_binding, by_due);

		if (b->due > sim_now(sim))
			break;
		end_binding(b, NET_NAT_EXPIRED);
	}
	nat_arm(q);
}

/* B is in both tables, in place of what had its port before. */
static int
nat_put_binding(struct net_nat_binding *b)
{
	struct net_nat *nat = b->nat;
	struct str outer = key_outer(b->key_in, b->tcp, b->outer.port);
	struct str inner =
	    key_inner(b->key_out, nat, b->tcp, &b->inner, &b->remote);
	struct net_nat_binding *before = map_remove(nat->by_outer, outer);

	if (before != NULL)
		nat_free_binding(before);
	if (map_put(nat->by_outer, outer, b) != 0)
		return ERR_NOMEM;
	if (map_put(nat->by_inner, inner, b) != 0) {
		map_remove(nat->by_outer, outer);
		return ERR_NOMEM;
	}
	return 0;
}

static struct net_nat_binding *
make_binding(struct net_nat *nat, bool tcp, const struct addr *inner,
    const struct addr *remote, uint16_t port)
{
	struct net_nat_binding *b = mem_zalloc(1, sizeof(*b));
	enum net_nat_rule rule = nat->config.mapping;

	if (b == NULL)
		return NULL;
	b->nat = nat;
	b->tcp = tcp;
	b->inner = *inner;
	b->outer = nat->outer;
	b->outer.port = port;
	if (rule >= NET_NAT_ADDRESS)
		b->remote = *remote;
	if (rule == NET_NAT_ADDRESS)
		b->remote.port = 0;
	b->state = tcp ? NET_NAT_OPENING : NET_NAT_OPEN;
	b->number = ++nat->numbers;
	list_init(&b->by_due);
	list_init(&b->peers);
	if (nat_put_binding(b) != 0) {
		mem_free(b);
		return NULL;
	}
	sim_take_memory(nat->host->net->sim, BINDING_BYTES);
	nat->count++;
	enqueue_binding(b, sim_now(nat->host->net->sim) + life(b));
	return b;
}

struct net_nat_binding *
net_nat_bind(struct net_nat *nat, bool tcp, const struct addr *inner,
    const struct addr *remote)
{
	struct net_nat_binding *b = net_nat_find(nat, tcp, inner, remote);
	uint16_t port;

	if (b != NULL || nat->count >= nat->config.most)
		return b;
	port = choose_port(nat, tcp, inner->port);
	if (port == 0)
		return NULL;
	b = make_binding(nat, tcp, inner, remote, port);
	if (b == NULL)
		net_fail(nat->host->net);
	else
		nat->ops->told(b, NET_NAT_MADE, nat->arg);
	return b;
}

/* ---- life ---- */

static int
init(struct net_nat *nat, struct net_host *h, const struct addr *outer)
{
	char draws[24] = "ports";

	nat->host = h;
	nat->outer = *outer;
	nat->next[0] = nat->next[1] = NET_PORT_FIRST;
	for (size_t i = 0; i < h->naddrs; i++)
		if (addr_same_ip(&h->addrs[i], outer))
			nat->outer_face = i + 1;
	for (size_t i = 0; i < NAT_LIVES; i++) {
		nat->queues[i].nat = nat;
		list_init(&nat->queues[i].bindings);
	}
	/* After a restart it draws others. */
	if (h->nats++ > 0)
		snprintf(draws, sizeof(draws), "ports %u", h->nats);
	rng_init(&nat->draws, sim_seed(h->net->sim), h->name, draws);
	if (map_create_borrowing(&nat->by_inner) != 0 ||
	    map_create_borrowing(&nat->by_outer) != 0 ||
	    map_create_borrowing(&nat->admitted) != 0)
		return ERR_NOMEM;
	return net_tcp_know_ends(h->net);
}

static void
destroy_tables(struct net_nat *nat)
{
	map_destroy(nat->by_inner);
	map_destroy(nat->by_outer);
	map_destroy(nat->admitted);
	mem_free(nat);
}

int
net_nat_create(struct net_nat **np, struct net_host *h,
    const struct addr *outer, const struct net_nat_config *config,
    const struct net_nat_ops *ops, void *arg)
{
	struct net_nat *nat;

	*np = NULL;
	if (h->nat != NULL)
		return ERR_EXISTS;
	nat = mem_zalloc(1, sizeof(*nat));
	if (nat == NULL)
		return ERR_NOMEM;
	nat->config = *config;
	nat->ops = ops;
	nat->arg = arg;
	if (init(nat, h, outer) != 0) {
		destroy_tables(nat);
		return ERR_NOMEM;
	}
	h->nat = *np = nat;
	h->forwards = true;
	h->net->nnats++;
	net_change_routes(h->net);
	return 0;
}

void
net_nat_destroy(struct net_nat *nat)
{
	struct str key;
	void *b;

	if (nat == NULL)
		return;
	for (size_t at = 0; map_next(nat->by_outer, &at, &key, &b);) {
		map_remove(nat->by_outer, key);
		nat_free_binding(b);
	}
	for (size_t i = 0; i < NAT_LIVES; i++)
		sim_cancel(nat->host->net->sim, nat->queues[i].event);
	nat->host->nat = NULL;
	destroy_tables(nat);
}

void
net_nat_configure(struct net_nat *nat, const struct net_nat_config *config)
{
	nat->config = *config;
}

void
net_nat_move(struct net_nat *nat, const struct addr *outer)
{
	net_nat_forget(nat);
	nat->outer = *outer;
}

size_t
net_nat_forget(struct net_nat *nat)
{
	size_t before = nat->count;

	for (size_t i = 0; i < NAT_LIVES; i++)
		list_each (
		    struct net_nat_binding, b, &nat->queues[i].bindings, by_due)
			end_binding(b, NET_NAT_FORGOTTEN);
	return before;
}
