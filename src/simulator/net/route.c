/*
 * Routes: the shortest path in hops; among paths of equal length each hop takes
 * the link that was declared first.  Only hosts that forward are passed.
 *
 * For each destination somebody sends to (for a host behind a single router:
 * for that router) there is a table of the way out of
 * every other host, built by one breadth-first search from the destination
 * when it is first needed after a link or router went up or down.  A change
 * only raises `topology`, so a thousand hosts cost nothing until they speak.
 *
 * The search goes over what is up.  A host that no such path reaches takes the
 * path as drawn instead, and its packets are lost where it is broken: so a
 * trace says which link or router was down, and "no path" is said only where
 * none was ever drawn.  Both kinds of path mix in one table without a circle:
 * a way as drawn leads over something that is down, or to a host that is
 * nearer on the drawing and cut off as well.
 */
#include "net/net_in.h"

#include "base/array.h"

#include <string.h>

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

struct net_way *
net_route(struct net_host *from, struct net_host *to)
{
	struct net_way *last = from != to ? find_only_way(to) : NULL;
	struct net *n = from->net;

	if (last != NULL && last->from == from)
		return last;
	/* Whoever reaches the router before a host reaches the host, which
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
