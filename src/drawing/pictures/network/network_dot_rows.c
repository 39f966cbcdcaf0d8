/*
 * The rows of the network's figure: nodes that are alike, and routers with
 * hosts as long as their links go along it.
 */
#include "pictures/network/network_dot_in.h"

#include "role/role.h"

static enum network_level
level_of(const struct network_figure *f, const struct trace_node *n)
{
	if (network_dot_is_router(f, n))
		return LEVEL_BACKBONE; /* until a host is found at it */
	if (n->role.n == 0)
		return LEVEL_PHONE;
	return (role_traits(n->role) & TRAIT_PHONE) != 0 ? LEVEL_PHONE
							 : LEVEL_SERVER;
}

/* So many nodes of a frame make a router stand above it. */
#define ROUTER_ABOVE 3

/* Router I, of no frame, is linked to many nodes of one frame, in two rows:
 * beside the frame its links would lead over each other. */
static bool
is_over_frame(const struct network_figure *f, size_t i)
{
	const struct trace_node *nodes = f->head->nodes;
	size_t n = f->head->nnodes, at;

	for (size_t frame = 0; nodes[i].frame.n == 0 && frame < n; frame++) {
		size_t rows[LEVEL_COUNT] = { 0 };

		if (nodes[frame].frame.n == 0 ||
		    nodes[frame].frame_first != frame)
			continue;
		for (size_t k = 0; k < f->head->nlinks; k++)
			if ((at = network_dot_joined(f, k, i)) < n &&
			    nodes[at].frame_first == frame)
				rows[f->places[at].level]++;
		if (rows[LEVEL_SERVER] > 0 && rows[LEVEL_PHONE] > 0 &&
		    rows[LEVEL_SERVER] + rows[LEVEL_PHONE] >= ROUTER_ABOVE)
			return true;
	}
	return false;
}

/* A router with a host at it is none of a backbone, unless the host is in a
 * frame below it. */
static void
find_backbone(struct network_figure *f)
{
	size_t at;

	for (size_t i = 0; i < f->head->nnodes; i++)
		for (size_t k = 0; f->places[i].level == LEVEL_BACKBONE &&
				   k < f->head->nlinks;
		     k++)
			if ((at = network_dot_joined(f, k, i)) <
				f->head->nnodes &&
			    f->head->nodes[at].role.n > 0 &&
			    !is_over_frame(f, i))
				f->places[i].level = LEVEL_ROUTER;
}

/* A host linked to so many servers is a hub. */
#define HUB_LINKS 4

/* A hub stands above its servers: beside them links would lead over each
 * other. */
static void
find_hubs(struct network_figure *f)
{
	size_t at;

	for (size_t i = 0; i < f->head->nnodes; i++) {
		struct place *p = &f->places[i];
		size_t n = 0;

		for (size_t k = 0; k < f->head->nlinks; k++)
			n += (at = network_dot_joined(f, k, i)) <
				 f->head->nnodes &&
			     f->places[at].level == LEVEL_SERVER;
		p->hub = n >= HUB_LINKS && f->head->nodes[i].role.n > 0;
		if (p->hub && p->level == LEVEL_SERVER)
			p->level = LEVEL_GATEWAY;
	}
}

static bool
has_router(const struct network_figure *f, size_t i)
{
	size_t at;

	for (size_t k = 0; k < f->head->nlinks; k++)
		if ((at = network_dot_joined(f, k, i)) < f->head->nnodes &&
		    network_dot_is_router(f, &f->head->nodes[at]))
			return true;
	return false;
}

/* Exchanges that are linked to servers stand above these, with the gateways
 * between: in one row a proxy's links to several gateways and theirs to
 * exchanges would lead over each other. */
static void
find_exchanges(struct network_figure *f)
{
	const struct trace_node *nodes = f->head->nodes;
	size_t a, b;

	for (size_t i = 0; i < f->head->nlinks; i++) {
		if (!network_dot_ends(f, &f->head->links[i], &a, &b))
			continue;
		if (role_plays(nodes[b].role, "switch")) {
			size_t other = a;

			a = b;
			b = other;
		}
		if (!role_plays(nodes[a].role, "switch") ||
		    network_dot_is_router(f, &nodes[b]) || has_router(f, b))
			continue;
		f->places[a].level = LEVEL_EXCHANGE;
		if (role_plays(nodes[b].role, "gateway"))
			f->places[b].level = LEVEL_GATEWAY;
	}
}

void
network_dot_find_levels(struct network_figure *f)
{
	for (size_t i = 0; i < f->head->nnodes; i++) {
		f->places[i].level = level_of(f, &f->head->nodes[i]);
		f->servers |= f->places[i].level == LEVEL_SERVER;
	}
	find_backbone(f);
	find_exchanges(f);
	find_hubs(f);
}

/* ---- nodes that are alike ---- */

static size_t
string_of(const struct network_figure *f, size_t i)
{
	while (f->places[i].string != i)
		i = f->places[i].string;
	return i;
}

/* The row of A and B has room for a link along it: it is not to pass others of
 * the row, which are strung by such links. */
static bool
net_row_is_free(const struct network_figure *f, size_t a, size_t b)
{
	const struct place *p = f->places;

	if (p[a].level != p[b].level || p[a].flat == 2 || p[b].flat == 2)
		return false;
	return string_of(f, a) != string_of(f, b);
}

/* No node of the row of A and B stands between them in the head. */
static bool
network_dot_are_neighbours(const struct network_figure *f, size_t a, size_t b)
{
	size_t from = a < b ? a : b, to = a < b ? b : a;

	for (size_t i = from + 1; i < to; i++)
		if (f->places[i].level == f->places[a].level)
			return false;
	return true;
}

static void
tie(struct network_figure *f, size_t a, size_t b)
{
	struct place *p = f->places;

	p[string_of(f, a)].string = string_of(f, b);
	p[a].beside[p[a].flat++] = b;
	p[b].beside[p[b].flat++] = a;
}

bool
network_dot_is_flat(const struct network_figure *f, size_t a, size_t b)
{
	const struct place *p = &f->places[a];

	return (p->flat > 0 && p->beside[0] == b) ||
	       (p->flat > 1 && p->beside[1] == b);
}

/* Numbers a string of nodes from one end to the other. */
static void
number_string(struct network_figure *f, size_t i)
{
	size_t before = SIZE_MAX, order = 1;

	while (i != SIZE_MAX) {
		struct place *p = &f->places[i];
		size_t next = SIZE_MAX;

		p->order = order++;
		for (unsigned k = 0; k < p->flat; k++)
			if (p->beside[k] != before)
				next = p->beside[k];
		before = i;
		i = next;
	}
}

/*
 * Nodes that are alike are in one row. Links between them go along it if they
 * string them together one after the other; a link that would have to pass
 * another node of the row goes above.
 */
void
network_dot_string(struct network_figure *f)
{
	size_t a, b;

	for (int wide = 0; wide < 2; wide++)
		for (size_t i = 0; i < f->head->nlinks; i++)
			if (network_dot_ends(f, &f->head->links[i], &a, &b) &&
			    (wide || network_dot_are_neighbours(f, a, b)) &&
			    net_row_is_free(f, a, b))
				tie(f, a, b);
	for (size_t i = 0; i < f->head->nnodes; i++)
		if (f->places[i].flat == 1 && f->places[i].order == 0)
			number_string(f, i);
}

bool
network_dot_between(
    const struct network_figure *f, size_t i, size_t a, size_t b)
{
	const struct place *p = f->places;
	size_t from = p[a].order < p[b].order ? p[a].order : p[b].order;
	size_t to = p[a].order < p[b].order ? p[b].order : p[a].order;

	return p[i].order > from && p[i].order < to &&
	       string_of(f, a) == string_of(f, b) &&
	       string_of(f, i) == string_of(f, a);
}

/* ---- routers ---- */

static bool
is_at_router_level(const struct network_figure *f, size_t i)
{
	return f->places[i].level == LEVEL_ROUTER ||
	       f->places[i].level == LEVEL_BACKBONE;
}

/* The ends of link I, if it is one of two routers. */
static bool
router_ends(const struct network_figure *f, size_t i, size_t *a, size_t *b)
{
	return network_dot_ends(f, &f->head->links[i], a, b) && *a != *b &&
	       is_at_router_level(f, *a) && is_at_router_level(f, *b);
}

/* Some link of two routers of the row of hosts' routers does not go along it.
 */
static bool
passes_others(const struct network_figure *f)
{
	size_t a, b;

	for (size_t i = 0; i < f->head->nlinks; i++)
		if (router_ends(f, i, &a, &b) &&
		    f->places[a].level == LEVEL_ROUTER &&
		    f->places[b].level == LEVEL_ROUTER &&
		    (!network_dot_is_flat(f, a, b) ||
			!network_dot_are_neighbours(f, a, b)))
			return true;
	return false;
}

/* Of the routers without a depth the one with the most links to others, of
 * those rather one of no frame; NNODES where all have theirs. */
static size_t
top_router(const struct network_figure *f)
{
	size_t best = f->head->nnodes, most = 0, a, b;

	for (size_t i = 0; i < f->head->nnodes; i++) {
		size_t weight = f->head->nodes[i].frame.n == 0 ? 2 : 1;

		if (!is_at_router_level(f, i) || f->places[i].depth > 0)
			continue;
		for (size_t k = 0; k < f->head->nlinks; k++)
			if (router_ends(f, k, &a, &b) && (a == i || b == i))
				weight += 2;
		if (weight > most) {
			most = weight;
			best = i;
		}
	}
	return best;
}

/* Nodes with a link to one of DEPTH are one deeper; false where there is none.
 */
static bool
go_deeper(struct network_figure *f, size_t depth)
{
	bool found = false;
	size_t a, b;

	for (size_t i = 0; i < f->head->nlinks; i++) {
		if (!router_ends(f, i, &a, &b))
			continue;
		if (f->places[b].depth == depth) {
			size_t other = a;

			a = b;
			b = other;
		}
		if (f->places[a].depth != depth || f->places[b].depth != 0)
			continue;
		f->places[b].depth = depth + 1;
		found = true;
	}
	return found;
}

/*
 * Routers with hosts are in one row as long as their links go along it. A link
 * that would have to pass others (a star, a ring, a mesh) would go through
 * their servers and frames: then all routers stand below each other instead,
 * the one with the most links to others at the top, and Graphviz leads each
 * link from one row down to another.
 */
void
network_dot_deepen(struct network_figure *f)
{
	size_t top;

	f->deep = passes_others(f);
	if (!f->deep)
		return;
	while ((top = top_router(f)) < f->head->nnodes) {
		size_t depth = 1;

		f->places[top].depth = depth;
		while (go_deeper(f, depth))
			depth++;
	}
}

bool
network_dot_is_above(const struct network_figure *f, size_t a, size_t b)
{
	const struct place *p = f->places;

	if (!f->deep || !is_at_router_level(f, a) ||
	    !is_at_router_level(f, b)) {
		if (f->deep && is_at_router_level(f, a))
			return p[b].level == LEVEL_PHONE;
		if (f->deep && is_at_router_level(f, b))
			return p[a].level == LEVEL_SERVER;
		return p[a].level < p[b].level;
	}
	if (p[a].depth != p[b].depth)
		return p[a].depth < p[b].depth;
	return a < b;
}

bool
network_dot_is_level(const struct network_figure *f, size_t a, size_t b)
{
	return !network_dot_is_above(f, a, b) && !network_dot_is_above(f, b, a);
}
