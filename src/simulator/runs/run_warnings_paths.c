/*
 * Warnings about nodes without a path between them, so that their packets are
 * lost: no chain of links, a node with a role between them, no common address
 * family.
 */
#include "base/mem.h"
#include "role/role.h"
#include "runs/run_in.h"

/* Packets of others pass through it: a router, a NAT. */
static bool
passes_packets(const struct topology_node *n)
{
	return n->role[0] == '\0' || run_warn_has_role(n, "nat") ||
	       topology_attr(n, "ip_forward") != NULL;
}

/* A phone whose calls go straight to whom they are for. */
static bool
calls_directly(const struct topology_node *n)
{
	return (role_traits(str_of(n->role)) & TRAIT_PHONE) != 0 &&
	       n->entry == NULL && topology_attr(n, "outbound") == NULL;
}

/* Marks in REACHED what packets of those in it reach; also what they would if
 * node THROUGH passed them on. */
static void
run_warn_reach(const struct topology *t, bool *reached,
    const struct topology_node *from, const struct topology_node *through)
{
	bool more = true;

	reached[from - t->nodes] = true;
	while (more) {
		more = false;
		for (size_t i = 0; i < 2 * t->nedges; i++) {
			const struct topology_edge *e = &t->edges[i / 2];
			size_t a = i % 2 == 0 ? e->a : e->b;
			size_t b = i % 2 == 0 ? e->b : e->a;
			const struct topology_node *n = &t->nodes[a];

			if (!reached[a] || reached[b] ||
			    (n != from && n != through && !passes_packets(n)))
				continue;
			reached[b] = more = true;
		}
	}
}

/* The first router among N's neighbours, or NULL. */
static const struct topology_node *
run_warn_router_of(const struct topology *t, const struct topology_node *n)
{
	size_t at = (size_t)(n - t->nodes);

	for (size_t i = 0; i < t->nedges; i++) {
		const struct topology_edge *e = &t->edges[i];
		size_t other = e->a == at ? e->b : e->a;

		if ((e->a == at || e->b == at) &&
		    t->nodes[other].role[0] == '\0')
			return &t->nodes[other];
	}
	return NULL;
}

/* No chain of links leads from FROM to TO. */
static void
warn_unlinked(struct run *r, const struct topology_node *from,
    const struct topology_node *to)
{
	const struct topology_node *a = run_warn_router_of(r->topology, from);
	const struct topology_node *b = run_warn_router_of(r->topology, to);

	if (a != NULL && b != NULL)
		run_warn(r, r->in->topology_file, to->line,
		    _("there is no path from %s to %s: the routers %s and %s "
		      "have no link; %s -- %s links them"),
		    from->name, to->name, a->name, b->name, a->name, b->name);
	else
		run_warn(r, r->in->topology_file, to->line,
		    _("there is no path from %s to %s: they have no link; link "
		      "both to a node without a role: lan -- {%s %s}"),
		    from->name, to->name, from->name, to->name);
}

/* The node with a role that passes no packets on, though it lies between FROM
 * and TO; NULL: there is none.  REACHED: what FROM reaches. */
static const struct topology_node *
find_between(const struct topology *t, bool *reached,
    const struct topology_node *from, const struct topology_node *to)
{
	for (size_t i = 0; i < t->nnodes; i++) {
		const struct topology_node *n = &t->nodes[i];

		if (!reached[i] || n == from || passes_packets(n))
			continue;
		run_warn_reach(t, reached, from, n);
		if (reached[to - t->nodes])
			return n;
	}
	return NULL;
}

static void
warn_between(struct run *r, const struct topology_node *n,
    const struct topology_node *from, const struct topology_node *to)
{
	run_warn(r, r->in->topology_file, n->line,
	    _("there is no path from %s to %s: %s, between them, has a "
	      "role and does not forward packets; link all of them to "
	      "a node without a role: lan -- {%s %s %s}"),
	    from->name, to->name, n->name, from->name, n->name, to->name);
}

/* Packets from FROM find no path to TO: why, as far as the topology shows it,
 * REACHED being what they reach. */
static void
warn_path(struct run *r, bool *reached, const struct topology_node *from,
    const struct topology_node *to)
{
	const struct topology_node *n =
	    find_between(r->topology, reached, from, to);

	/* What was said before may be why. */
	if (n == NULL && r->nwarnings == 0)
		warn_unlinked(r, from, to);
	else if (n != NULL)
		warn_between(r, n, from, to);
}

/* What FROM reaches first is a node that is called itself. */
static bool
reaches_called(const struct topology *t, const bool *reached,
    const struct topology_node *from)
{
	for (size_t i = 0; i < t->nnodes; i++)
		if (reached[i] && &t->nodes[i] != from &&
		    !passes_packets(&t->nodes[i]))
			return run_warn_is_called(&t->nodes[i]);
	return false;
}

/* Two phones, of which one is to call the other, have no path between them. */
void
run_warn_paths(struct run *r)
{
	const struct topology *t = r->topology;
	const struct topology_node *from = NULL, *to = NULL;
	LOCAL_MEM bool *reached = mem_zalloc(t->nnodes + 1, sizeof(*reached));

	for (size_t i = 0; reached != NULL && i < t->nnodes && to == NULL;
	     i++) {
		const struct topology_node *n = &t->nodes[i];

		if (reached[i] || !calls_directly(n))
			continue;
		if (from == NULL)
			run_warn_reach(t, reached, from = n, NULL);
		else
			to = n;
	}
	if (to != NULL && !reaches_called(t, reached, from))
		warn_path(r, reached, from, to);
}

/* ---- hosts that can't reach each other ---- */

/* N is a phone with media, which go directly to the peer of a call. */
static bool
sends_media(const struct topology_node *n)
{
	return (role_traits(str_of(n->role)) & TRAIT_PHONE) != 0 &&
	       topology_attr(n, "media") != NULL;
}

/* Packets from FROM found no path to TO.  True if the topology has none, with
 * all links and nodes up.  A node with a role between them may be the subject
 * of a lab, unless it is media that it stops.  Without a script
 * run_warn_paths has reported the others. */
static bool
warn_no_path(struct run *r, const struct topology_node *from,
    const struct topology_node *to)
{
	const struct topology *t = r->topology;
	const struct topology_node *between;
	LOCAL_MEM bool *reached = mem_zalloc(t->nnodes + 1, sizeof(*reached));

	if (reached == NULL)
		return false;
	run_warn_reach(t, reached, from, NULL);
	if (reached[to - t->nodes])
		return false;
	between = find_between(t, reached, from, to);
	if (between != NULL) {
		if (!sends_media(from) || !sends_media(to))
			return false;
		warn_between(r, between, from, to);
	} else if (r->in->script != NULL && r->nwarnings == 0) {
		/* What was said before may be why. */
		warn_unlinked(r, from, to);
	}
	return true;
}

static bool
warn_no_family(struct run *r, const struct net_unreachable *row)
{
	LOCAL_BUF text = BUF_INIT;
	bool v4 = row->dst.len == 4;

	addr_write_bare(&row->dst, &text);
	if (text.err != 0)
		return false;
	run_warn(r, NULL, 0,
	    _("%s can't reach %s at %s: they have no common address family, "
	      "because %s has only %s addresses; give it an %s address as well "
	      "(attribute faces)"),
	    net_host_name(row->from), net_host_name(row->to), buf_cstr(&text),
	    net_host_name(row->from), v4 ? "IPv6" : "IPv4",
	    v4 ? "IPv4" : "IPv6");
	return true;
}

/* Of the first two hosts that the topology keeps apart. */
void
run_warn_astray(struct run *r)
{
	const struct net_unreachable *rows;
	size_t n = net_unreachable(r->world->net, &rows);
	bool told = false;

	for (size_t i = 0; i < n && !told; i++) {
		const struct topology_node *from = topology_find(
		    r->topology, net_host_name(rows[i].from), NULL);
		const struct topology_node *to =
		    topology_find(r->topology, net_host_name(rows[i].to), NULL);

		if (from == NULL || to == NULL)
			continue;
		told = rows[i].reason == TRACE_DROP_NO_FAMILY
			   ? warn_no_family(r, &rows[i])
			   : warn_no_path(r, from, to);
	}
}
