/*
 * What a network's picture is made of: which nodes are routers, which hosts
 * hang on which of them, in what order.
 */
#include "ladder/layout.h"
#include "role/role.h"
#include "pictures/network/network_picture_in.h"

struct str
network_label(const struct network_state *s, uint32_t node)
{
	const struct trace_head *head = trace_head(s->v->t);

	if (s->hub && node == s->nnodes)
		return str_of(_("network"));
	return node < head->nnodes ? head->nodes[node].name : STR_NULL;
}

static size_t
degree(const struct placing *g, uint32_t node)
{
	size_t n = 0;

	for (size_t i = 0; i < g->s->nlinks; i++)
		n += g->s->links[i].a == node || g->s->links[i].b == node;
	return n;
}

uint32_t
placing_neighbour(const struct placing *g, size_t link, uint32_t node)
{
	const struct network_link *l = &g->s->links[link];

	return l->a == node ? l->b : l->b == node ? l->a : NETWORK_NONE;
}

/* The router that NODE hangs on: the first of its links that has one. */
static uint32_t
router_of(const struct placing *g, uint32_t node)
{
	for (size_t i = 0; i < g->s->nlinks; i++) {
		uint32_t to = placing_neighbour(g, i, node);

		if (to != NETWORK_NONE && g->router[to])
			return to;
	}
	return NETWORK_NONE;
}

/* Routers are what has no role and a link, and NATs.  Where hosts are linked to
 * hosts alone, the one with the most links stands as their router. */
void
placing_find_routers(struct placing *g)
{
	for (uint32_t i = 0; i < g->nnodes; i++)
		g->router[i] = network_forwards(g->s, i) && degree(g, i) > 0;
	for (uint32_t i = 0; i < g->nnodes; i++) {
		uint32_t best = i;

		if (g->router[i] || degree(g, i) == 0 ||
		    router_of(g, i) != NETWORK_NONE)
			continue;
		for (size_t k = 0; k < g->s->nlinks; k++) {
			uint32_t to = placing_neighbour(g, k, i);

			if (to != NETWORK_NONE &&
			    degree(g, to) > degree(g, best))
				best = to;
		}
		g->router[best] = true;
	}
	for (uint32_t i = 0; i < g->nnodes; i++)
		g->at[i] = g->router[i] ? NETWORK_NONE : router_of(g, i);
}

static struct island *
island_of(struct placing *g, uint32_t router)
{
	for (size_t i = 0; i < g->n; i++)
		if (g->islands[i].router == router)
			return &g->islands[i];
	g->islands[g->n] = (struct island){ .router = router };
	return &g->islands[g->n++];
}

/* The frame that hosts A and B both stand in; empty where there is none. */
static struct str
common_frame(const struct placing *g, uint32_t a, uint32_t b)
{
	const struct trace_head *head = trace_head(g->s->v->t);

	if (a >= head->nnodes || b >= head->nnodes ||
	    head->nodes[a].frame_first != head->nodes[b].frame_first)
		return STR_NULL;
	return head->nodes[a].frame;
}

static bool
is_phone(const struct placing *g, uint32_t node)
{
	const struct trace_head *head = trace_head(g->s->v->t);

	return node < head->nnodes &&
	       (role_traits(head->nodes[node].role) & TRAIT_PHONE) != 0;
}

/* How many hosts of the only island stand left: about half, but rather where
 * servers end and phones begin. */
static size_t
split(const struct placing *g, const struct island *d)
{
	size_t best = (d->n + 1) / 2, least = SIZE_MAX;

	for (size_t i = 1; i < d->n; i++) {
		size_t off = 2 * i > d->n ? 2 * i - d->n : d->n - 2 * i;

		if (is_phone(g, d->hosts[i]) == is_phone(g, d->hosts[i - 1]) ||
		    off >= least || off > d->n / 2)
			continue;
		least = off;
		best = i;
	}
	return best;
}

void
placing_find_islands(struct placing *g)
{
	for (uint32_t i = 0; i < g->nnodes; i++) {
		struct island *d;

		if (g->at[i] == NETWORK_NONE)
			continue;
		d = island_of(g, g->at[i]);
		if (d->n == 0 || d->frame.n > 0)
			d->frame =
			    common_frame(g, d->n > 0 ? d->hosts[0] : i, i);
		d->hosts[d->n++] = i;
	}
	for (uint32_t i = 0; i < g->nnodes; i++) {
		size_t k = 0;

		while (k < g->n && g->islands[k].router != i)
			k++;
		if (g->router[i] && k == g->n)
			g->spine[g->nspine++] = i;
	}
	if (g->n == 1)
		g->islands[0].left = split(g, &g->islands[0]);
	else if (g->n > 1)
		g->islands[0].left = g->islands[0].n;
}

/* The islands stand side by side, so a router between two others is in the
 * way of the link that joins those. */
bool
placing_passes(const uint32_t *row, size_t n, uint32_t a, uint32_t b)
{
	size_t ia = n, ib = n;

	for (size_t i = 0; i < n; i++) {
		ia = row[i] == a ? i : ia;
		ib = row[i] == b ? i : ib;
	}
	return ia < n && ib < n && ia + 1 != ib && ib + 1 != ia;
}

void
placing_routers(const struct placing *g, uint32_t *row)
{
	for (size_t i = 0; i < g->n; i++)
		row[i] = g->islands[i].router;
}
