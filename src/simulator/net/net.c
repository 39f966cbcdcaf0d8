/*
 * Hosts and routers, their names and addresses: the static part while packets
 * move.
 */
#include "net/net_in.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "net/tcp_in.h"

#include <string.h>

int
net_create(struct net **np, struct sim *sim)
{
	struct net *n = mem_zalloc(1, sizeof(*n));

	*np = NULL;
	if (n == NULL)
		return ERR_NOMEM;
	n->sim = sim;
	n->topology = n->changes = 1;
	/* addr_write into `text` cannot fail later */
	if (map_create(&n->by_name) != 0 || map_create(&n->by_addr) != 0 ||
	    map_create(&n->conn_by_addrs) != 0 ||
	    buf_reserve(&n->text, ADDR_TEXT) != 0) {
		net_destroy(n);
		return ERR_NOMEM;
	}
	net_packet_begin(n);
	*np = n;
	return 0;
}

static void
host_destroy(struct net_host *h)
{
	for (size_t i = 0; i < h->nsocks; i++)
		mem_free(h->socks[i].sock);
	mem_free(h->socks);
	net_tcp_destroy_host(h);
	mem_free(h->routes);
	mem_free(h->ways);
	mem_free(h->addrs);
	mem_free(h->name);
	mem_free(h);
}

void
net_destroy(struct net *n)
{
	if (n == NULL)
		return;
	/* packets in flight first: their events name hosts and links */
	for (struct net_packet *p = n->packets, *next; p != NULL; p = next) {
		next = p->all;
		net_packet_destroy(p);
	}
	for (struct net_dgram *d = n->dgrams, *next; d != NULL; d = next) {
		next = d->all;
		net_dgram_destroy(d);
	}
	for (size_t i = 0; i < n->nlinks; i++)
		net_link_destroy(n->links[i]);
	for (size_t i = 0; i < n->nhosts; i++)
		host_destroy(n->hosts[i]);
	mem_free(n->links);
	mem_free(n->hosts);
	map_destroy(n->by_name);
	map_destroy(n->by_addr);
	map_destroy(n->conn_by_addrs);
	map_destroy(n->conn_by_end);
	mem_free(n->try_ways);
	mem_free(n->queue);
	mem_free(n->dist);
	buf_free(&n->text);
	mem_free(n);
}

void
net_fail(struct net *n)
{
	sim_fail(n->sim, ERR_NOMEM, "%s", err_text(ERR_NOMEM));
}

int
net_add_host(
    struct net *n, const char *name, bool forwards, struct net_host **hp)
{
	struct net_host *h;

	*hp = NULL;
	if (net_find_host(n, name) != NULL)
		return ERR_EXISTS;
	if (ARRAY_RESIZE(&n->hosts, n->nhosts + 1) != 0)
		return ERR_NOMEM;
	h = mem_zalloc(1, sizeof(*h));
	if (h == NULL)
		return ERR_NOMEM;
	h->net = n;
	h->index = n->nhosts;
	h->forwards = forwards;
	h->up = true;
	list_init(&h->listeners);
	list_init(&h->conns);
	h->tcp_port = NET_PORT_FIRST;
	h->name = mem_strdup(name);
	if (h->name == NULL || map_put(n->by_name, str_of(name), h) != 0) {
		host_destroy(h);
		return ERR_NOMEM;
	}
	n->hosts[n->nhosts++] = h;
	net_change_routes(n);
	*hp = h;
	return 0;
}

int
net_add_outside(struct net *n, const char *name, struct net_host **h)
{
	int err =
	    n->outside == NULL ? net_add_host(n, name, false, h) : ERR_EXISTS;

	if (err == 0)
		n->outside = *h;
	return err;
}

void
net_each_port(const struct net_host *h, net_port_fn *fn, void *arg)
{
	for (size_t i = 0; i < h->nsocks; i++)
		fn(&h->socks[i].sock->local, arg);
	list_each (struct net_listener, l, &h->listeners, in_host) {
		struct addr at = l->local;

		at.transport = net_tcp_carries(at.transport);
		fn(&at, arg);
	}
}

uint64_t
net_ports_changed(const struct net *n)
{
	return n->ports;
}

struct net_host *
net_find_host(const struct net *n, const char *name)
{
	return map_get(n->by_name, str_of(name));
}

const char *
net_host_name(const struct net_host *h)
{
	return h->name;
}

/* The address as a key: its bytes, 4 or 16. */
static struct str
net_addr_key(const struct addr *a)
{
	return (struct str){ (const char *)a->ip, a->len };
}

int
net_host_add_addr(struct net_host *h, const struct addr *a)
{
	if (map_get(h->net->by_addr, net_addr_key(a)) != NULL)
		return ERR_EXISTS;
	if (ARRAY_RESIZE(&h->addrs, h->naddrs + 1) != 0 ||
	    map_put(h->net->by_addr, net_addr_key(a), h) != 0)
		return ERR_NOMEM;
	h->net->changes++;
	h->addrs[h->naddrs] = *a;
	h->addrs[h->naddrs++].port = 0;
	return 0;
}

bool
net_addr_is_shared(const struct addr *a)
{
	return a->len == 16 && addr_is_loopback(a);
}

int
net_host_add_guest(struct net_host *h)
{
	static const struct addr shared = { .len = 16, .ip = { [15] = 1 } };

	if (h->net->guest != NULL)
		return ERR_EXISTS;
	if (ARRAY_RESIZE(&h->addrs, h->naddrs + 1) != 0)
		return ERR_NOMEM;
	h->addrs[h->naddrs++] = shared;
	h->net->guest = h;
	h->net->changes++;
	return 0;
}

/* Something of H is at A's port. */
static bool
has_port(const struct net_host *h, const struct addr *a)
{
	for (size_t i = 0; i < h->nsocks; i++)
		if (h->socks[i].port == a->port)
			return true;
	list_each (struct net_conn, c, &h->conns, in_host)
		if (c->local.port == a->port)
			return true;
	return net_listener_find(h, a) != NULL;
}

/* H's entry for A, or NULL. */
static struct addr *
own_addr(const struct net_host *h, const struct addr *a)
{
	for (size_t i = 0; i < h->naddrs; i++)
		if (addr_same_ip(&h->addrs[i], a))
			return &h->addrs[i];
	return NULL;
}

bool
net_host_has_addr(const struct net_host *h, const struct addr *a)
{
	return own_addr(h, a) != NULL ||
	       (h == h->net->outside && !net_has_addr(h->net, a));
}

void
net_addr_move(struct addr *a, const struct addr *to)
{
	memcpy(a->ip, to->ip, sizeof(a->ip));
	a->len = to->len;
}

int
net_host_change_addr(
    struct net_host *h, const struct addr *from, const struct addr *to)
{
	struct map *by_addr = h->net->by_addr;
	struct addr *own = own_addr(h, from);

	if (own == NULL)
		return ERR_NOTFOUND;
	if (net_has_addr(h->net, to))
		return ERR_EXISTS;
	if (map_put(by_addr, net_addr_key(to), h) != 0)
		return ERR_NOMEM;
	map_remove(by_addr, net_addr_key(own));
	h->net->changes++;
	for (size_t i = 0; i < h->nsocks; i++)
		if (addr_same_ip(&h->socks[i].sock->local, own))
			net_addr_move(&h->socks[i].sock->local, to);
	net_tcp_move_listeners(h, own, to);
	*own = *to;
	own->port = 0;
	return 0;
}

struct addr
net_host_addr(const struct net_host *h)
{
	if (h->naddrs == 0)
		return (struct addr){ 0 };
	return h->addrs[0];
}

struct net_host *
net_by_addr(const struct net *n, const struct addr *a)
{
	struct net_host *h = map_get(n->by_addr, net_addr_key(a));

	if (n->guest != NULL && net_addr_is_shared(a) &&
	    (h == NULL || !has_port(h, a)))
		return n->guest;
	return h != NULL ? h : n->outside;
}

bool
net_has_addr(const struct net *n, const struct addr *a)
{
	return map_get(n->by_addr, net_addr_key(a)) != NULL ||
	       (n->guest != NULL && net_addr_is_shared(a));
}

void
net_host_set_up(struct net_host *h, bool up)
{
	if (h->up == up)
		return;
	h->up = up;
	if (!up)
		net_tcp_forget(h);
	if (h->forwards)
		net_change_routes(h->net);
}

void
net_set_tamper(struct net *n, net_tamper_fn *fn, void *arg)
{
	n->tamper = fn;
	n->tamper_arg = arg;
}

/* ---- Routes ---- */

#define FAR UINT32_MAX

/* Room for all hosts in the scratch arrays and in the table of TO. */
static bool
make_route_room(struct net *n, struct net_host *to)
{
	if (n->scratch < n->nhosts) {
		if (ARRAY_RESIZE(&n->try_ways, n->nhosts) != 0 ||
		    ARRAY_RESIZE(&n->queue, n->nhosts) != 0 ||
		    ARRAY_RESIZE(&n->dist, n->nhosts) != 0)
			return false;
		n->scratch = n->nhosts;
	}
	if (to->nroutes < n->nhosts) {
		if (ARRAY_RESIZE(&to->routes, n->nhosts) != 0)
			return false;
		to->nroutes = n->nhosts;
	}
	return true;
}

/* X, at its distance from the destination, tells its neighbours of itself. */
static size_t
relax(struct net *n, struct net_host *x, bool only_up, size_t queued)
{
	for (size_t i = 0; i < x->nways; i++) {
		struct net_way *out = x->ways[i]->back; /* from s to x */
		size_t s = out->from->index;

		if (only_up && !out->link->up)
			continue;
		if (n->dist[s] == FAR) {
			n->dist[s] = n->dist[x->index] + 1;
			n->try_ways[s] = out;
			n->queue[queued++] = out->from;
		} else if (n->dist[s] == n->dist[x->index] + 1 &&
			   out->link->index < n->try_ways[s]->link->index) {
			n->try_ways[s] = out;
		}
	}
	return queued;
}

/* Fills try_ways with ways to TO; how many hosts were reached. */
static size_t
search_routes(struct net *n, struct net_host *to, bool only_up)
{
	size_t queued = 0;

	for (size_t i = 0; i < n->nhosts; i++) {
		n->dist[i] = FAR;
		n->try_ways[i] = NULL;
	}
	n->dist[to->index] = 0;
	n->queue[queued++] = to;
	for (size_t i = 0; i < queued; i++) {
		struct net_host *x = n->queue[i];

		if (x == to || (x->forwards && (x->up || !only_up)))
			queued = relax(n, x, only_up, queued);
	}
	return queued;
}

/*
 * A route is the shortest path in hops; among paths of equal length each hop
 * takes the link that was declared first.  Only hosts that forward are passed.
 *
 * The search goes over links and routers that are up.  A host that no such path
 * reaches takes the path as drawn instead, and its packets are lost where it is
 * broken: so a trace says which link or router was down, and "no path" is said
 * only if none was ever drawn.  Both kinds of path mix in one table without a
 * circle: a way as drawn leads over a link or router that is down, or to a host
 * that is nearer on the drawing and cut off as well.
 */
static bool
build_routes(struct net *n, struct net_host *to)
{
	size_t reached;

	if (!make_route_room(n, to)) {
		net_fail(n);
		return false;
	}
	reached = search_routes(n, to, true);
	memcpy(to->routes, n->try_ways, n->nhosts * sizeof(struct net_way *));
	if (reached < n->nhosts) {
		search_routes(n, to, false);
		for (size_t i = 0; i < n->nhosts; i++)
			if (to->routes[i] == NULL)
				to->routes[i] = n->try_ways[i];
	}
	to->routes_at = n->topology;
	return true;
}

/* The only way to H, where that has one link, and it is up. */
static struct net_way *
find_only_way(const struct net_host *h)
{
	return h->nways == 1 && h->ways[0]->link->up ? h->ways[0]->back : NULL;
}

/*
 * For each destination of packets (for a host behind a single router: for that
 * router) there is a table of the way out of every other host, built by one
 * breadth-first search from the destination when it is first needed after a
 * link or router went up or down.  A change only raises `topology`, so a
 * thousand hosts cost nothing until they send.
 */
struct net_way *
net_route(struct net_host *from, struct net_host *to)
{
	struct net_way *last = from != to ? find_only_way(to) : NULL;
	struct net *n = from->net;

	if (last != NULL && last->from == from)
		return last;
	/* A packet that reaches the router reaches the host behind it, which
	 * needs no table of its own: a router and ten thousand phones have
	 * one. */
	if (last != NULL && last->from->up && last->from->forwards)
		to = last->from;
	if (to->routes_at != n->topology && !build_routes(n, to))
		return NULL;
	return to->routes[from->index];
}

/* Whether one of H's links is of the address with number I. */
static bool
has_link_of(const struct net_host *h, size_t i)
{
	for (size_t k = 0; k < h->nways; k++)
		if (h->ways[k]->face == i + 1)
			return true;
	return false;
}

/* H's first address of DST's family that no link is of, else the first of that
 * family, else the first.  Where some of that family are of the loopback, and
 * others not, only those come into question that are as DST is. */
static size_t
find_address(const struct net_host *h, const struct addr *dst)
{
	size_t any = h->naddrs;
	bool kin = false;

	for (size_t i = 0; i < h->naddrs; i++)
		kin |= h->addrs[i].len == dst->len &&
		       addr_is_loopback(&h->addrs[i]) == addr_is_loopback(dst);
	for (size_t i = 0; i < h->naddrs; i++) {
		if (h->addrs[i].len != dst->len ||
		    (kin && addr_is_loopback(&h->addrs[i]) !=
				addr_is_loopback(dst)))
			continue;
		if (!has_link_of(h, i))
			return i;
		if (any == h->naddrs)
			any = i;
	}
	return any < h->naddrs ? any : 0;
}

size_t
net_host_facing(struct net_host *h, const struct addr *dst)
{
	struct net_host *to;
	const struct net_way *w;

	if (h->naddrs < 2)
		return 0;
	to = net_by_addr(h->net, dst);
	for (size_t i = 0; to == h && i < h->naddrs; i++)
		if (addr_same_ip(&h->addrs[i], dst))
			return i;
	w = to != NULL ? net_route(h, to) : NULL;
	if (w != NULL && w->face != 0 && h->addrs[w->face - 1].len == dst->len)
		return w->face - 1;
	return find_address(h, dst);
}

uint32_t
net_path_mtu(struct net_host *h, const struct addr *dst)
{
	struct net_host *to = net_by_addr(h->net, dst);
	uint32_t mtu = NET_MTU_OWN;

	if (to == NULL)
		return 0;
	if (h != to && net_is_direct(h, to))
		return net_link_defaults.mtu;
	while (h != to) {
		const struct net_way *w = net_route(h, to);

		if (w == NULL)
			return 0;
		if (w->link->params.mtu < mtu)
			mtu = w->link->params.mtu;
		/* a way as drawn may lead to a router that is down and
		 * whose own way is none of these: the far part is unknown */
		if (!w->link->up || (w->to != to && !w->to->up))
			break;
		h = w->to;
	}
	return mtu;
}
