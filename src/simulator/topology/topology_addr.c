/*
 * Addresses: given ones are checked, all other nodes get one from the ranges
 * set aside for documentation.
 *
 * Nodes of one domain (and those without any) share a network of 254
 * addresses, so that a figure shows by the address where a node belongs.
 * Networks are dealt out in the file's order: RFC 5737's 192.0.2.0/24,
 * 198.51.100.0/24 and 203.0.113.0/24, then those of RFC 2544's 198.18.0.0/15.
 */
#include "base/rows.h"
#include "topology/topology_in.h"

#include "base/err.h"
#include "base/map.h"
#include "base/param.h"
#include "topology/topology_parse_in.h"

#include <string.h>

#define NETWORKS (3 + 512)
#define HOSTS    254

struct group {
	unsigned network;
};

struct dealer {
	struct topology_build *b;
	struct map *taken;      /* address bytes to node */
	struct map *groups;     /* domain to struct group */
	unsigned fresh;         /* networks that were dealt out */
	uint8_t last[NETWORKS]; /* host number that was given last */
};

static void
make_addr(unsigned network, unsigned host, struct addr *a)
{
	static const uint8_t rfc5737[3][3] = { { 192, 0, 2 }, { 198, 51, 100 },
		{ 203, 0, 113 } };

	memset(a, 0, sizeof(*a));
	a->len = 4;
	if (network < 3) {
		memcpy(a->ip, rfc5737[network], 3);
	} else {
		a->ip[0] = 198;
		a->ip[1] = (uint8_t)(18 + (network - 3) / 256);
		a->ip[2] = (uint8_t)((network - 3) % 256);
	}
	a->ip[3] = (uint8_t)host;
}

static struct str
topology_addr_key(const struct addr *a)
{
	return (struct str){ (const char *)a->ip, a->len };
}

/* Unspecified, broadcast and multicast addresses can't be a host's own. */
static bool
topology_addr_is_own(const struct addr *a)
{
	static const uint8_t zero[16];

	if (memcmp(a->ip, zero, a->len) == 0)
		return false;
	return a->len == 4 ? a->ip[0] < 224 : a->ip[0] != 0xff;
}

/* A real program at ::1, of which a machine has but one: it shares that with a
 * node that is none. */
static bool
is_guest(const struct topology_node *n, const struct addr *a)
{
	const struct topology_attr *outside = topology_attr(n, "outside");

	return a->len == 16 && addr_is_loopback(a) && a->port != 0 &&
	       outside != NULL && strcmp(outside->value, "true") == 0;
}

/* Node I has A, which attribute ATTR says. */
static int
topology_addr_take_given(
    struct dealer *x, size_t i, int attr, const struct addr *a)
{
	struct topology_build *b = x->b;
	struct topology_node *n = &b->t->nodes[i];
	struct topology_at at = topology_at(b, TOPOLOGY_NODE, i, attr);
	const struct topology_node *other =
	    map_get(x->taken, topology_addr_key(a));
	LOCAL_BUF text = BUF_INIT;
	int err = 0;

	if (is_guest(n, a))
		return 0;
	addr_write(a, &text);
	if (!topology_addr_is_own(a))
		err = topology_say(&at, ERR_SYNTAX,
		    _("a node can't have the address %s"), buf_cstr(&text));
	else if (other != NULL)
		err = topology_say(&at, ERR_EXISTS,
		    _("node %s already has the address %s"), other->name,
		    buf_cstr(&text));
	else if (map_put(x->taken, topology_addr_key(a), n) != 0)
		err = topology_no_memory(b);
	return err;
}

/* What the file says of the addresses of node I. */
static int
take_all_given(struct dealer *x, size_t i)
{
	struct topology_node *n = &x->b->t->nodes[i];
	const struct topology_attr *a = topology_attr(n, "addr");
	int err = 0;

	/* Judged before. */
	if (a != NULL && addr_parse(str_of(a->value), &n->addr) == 0)
		err = topology_addr_take_given(
		    x, i, TOPOLOGY_ATTR_addr, &n->addr);
	if (a != NULL && n->nfaces > 0)
		n->faces[0].addr = n->addr;
	for (size_t k = a != NULL; err == 0 && k < n->nfaces; k++)
		err = topology_addr_take_given(
		    x, i, TOPOLOGY_ATTR_faces, &n->faces[k].addr);
	if (n->nfaces > 0)
		n->addr = n->faces[0].addr;
	return err;
}

/* The next free address of a network; false where there is none. */
static bool
next_in(struct dealer *x, unsigned network, struct addr *a)
{
	while (x->last[network] < HOSTS) {
		make_addr(network, ++x->last[network], a);
		if (map_get(x->taken, topology_addr_key(a)) == NULL)
			return true;
	}
	return false;
}

static int
deal(struct dealer *x, struct topology_node *n)
{
	/* "" can't be told from no key: every domain gets a letter. */
	char key[256] = "d";
	struct group *g;

	strncat(key, n->domain, sizeof(key) - 2);
	g = map_get(x->groups, str_of(key));
	if (g == NULL) {
		g = arena_get(x->b->store, 1, sizeof(*g));
		if (g == NULL || map_put(x->groups, str_of(key), g) != 0)
			return topology_no_memory(x->b);
		g->network = x->fresh < NETWORKS ? x->fresh++ : 0;
	}
	while (!next_in(x, g->network, &n->addr)) {
		/* A thousand nodes never fill all networks. */
		if (x->fresh < NETWORKS)
			g->network = x->fresh++;
		else
			g->network = (g->network + 1) % NETWORKS;
	}
	return 0;
}

int
topology_assign_addresses(struct topology_build *b)
{
	struct dealer x = { .b = b };
	struct topology *t = b->t;
	int err = 0;

	if (map_create(&x.taken) != 0 || map_create(&x.groups) != 0)
		err = topology_no_memory(b);
	for (size_t i = 0; err == 0 && i < t->nnodes; i++)
		err = take_all_given(&x, i);
	for (size_t i = 0; err == 0 && i < t->nnodes; i++)
		if (t->nodes[i].addr.len == 0)
			err = deal(&x, &t->nodes[i]);
	map_destroy(x.taken);
	map_destroy(x.groups);
	return err;
}

/* ---- Faces ---- */

/* graphviz.org/docs/attr-types/portPos */
static bool
is_compass_point(struct str s)
{
	static const char *const points[] = { "n", "ne", "e", "se", "s", "sw",
		"w", "nw", "c", "_" };

	return ROWS_HAS(s, points);
}

static size_t
find_face(const struct topology_node *n, struct str name)
{
	size_t i = 0;

	while (i < n->nfaces && !str_is(name, n->faces[i].name))
		i++;
	return i;
}

static int
topology_addr_add_face(struct topology_build *b, const struct topology_at *at,
    struct topology_node *n, struct str name, const struct addr *a,
    unsigned listens)
{
	struct str shown = topology_shown(name);
	const char *copy;

	if (!topology_is_name(name))
		return topology_say(at, ERR_SYNTAX,
		    _("“%.*s” can't be the name of a face; use letters, "
		      "digits, “_”, “.” and “-”, at most 63"),
		    STR_ARG(shown));
	if (is_compass_point(name))
		return topology_say(at, ERR_SYNTAX,
		    _("“%.*s” can't be the name of a face: Graphviz uses it as "
		      "a compass point"),
		    STR_ARG(shown));
	if (find_face(n, name) < n->nfaces)
		return topology_say(at, ERR_EXISTS,
		    _("it has two faces called “%.*s”"), STR_ARG(shown));
	if (n->nfaces == NODE_FACES)
		return topology_say(
		    at, ERR_LIMIT, _("more than %d faces"), NODE_FACES);
	copy = arena_str(b->store, name);
	if (copy == NULL)
		return topology_no_memory(b);
	n->faces[n->nfaces++] =
	    (struct world_face){ .name = copy, .addr = *a, .listens = listens };
	return 0;
}

static int
build_faces(struct topology_build *b, size_t i, struct str rest)
{
	struct topology_at at =
	    topology_at(b, TOPOLOGY_NODE, i, TOPOLOGY_ATTR_faces);
	struct topology_node *n = &b->t->nodes[i];
	unsigned listens;
	struct addr a;
	struct str name;
	int err = 0, bad;

	if ((role_traits(str_of(n->role)) & TRAIT_FIRMWARE) != 0)
		return topology_say(&at, ERR_SYNTAX,
		    _("a handset can have only one address: "
		      "addr=\"192.0.2.7\""));
	n->faces = arena_get(b->store, NODE_FACES, sizeof(*n->faces));
	if (n->faces == NULL)
		return topology_no_memory(b);
	/* What addr= gives is the first, without a name. */
	if (topology_attr(n, "addr") != NULL)
		n->faces[n->nfaces++] = (struct world_face){ .name = "" };
	/* Their form was judged. */
	while (err == 0 && node_face_read(&rest, &name, &a, &listens, &bad))
		err = topology_addr_add_face(b, &at, n, name, &a, listens);
	return err;
}

/* What translates has an outer side and at least one other. */
static int
judge_nat(struct topology_build *b, size_t i)
{
	const struct topology_node *n = &b->t->nodes[i];
	struct topology_at at =
	    topology_at(b, TOPOLOGY_NODE, i, TOPOLOGY_ATTR_role);

	if (!role_plays(str_of(n->role), "nat") ||
	    (n->nfaces > 1 && find_face(n, STR("outside")) < n->nfaces))
		return 0;
	return topology_say(&at, ERR_SYNTAX,
	    _("a NAT needs a face called outside, and one other face: "
	      "faces=\"inside=192.168.1.1 outside=203.0.113.7\""));
}

/* Faces are what gives a node several addresses (attribute `faces`), and the
 * ports of links (a -- b:port) name one of them.  A port of a node without
 * faces is for Graphviz alone, as is one of its compass points. */
int
topology_build_faces(struct topology_build *b)
{
	int err = 0;

	for (size_t i = 0; err == 0 && i < b->t->nnodes; i++) {
		const struct topology_attr *a =
		    topology_attr(&b->t->nodes[i], "faces");

		if (a != NULL)
			err = build_faces(b, i, str_of(a->value));
		if (err == 0)
			err = judge_nat(b, i);
	}
	return err;
}

int
topology_find_face(struct topology_build *b, size_t i, size_t n,
    const char *port, size_t *face)
{
	const struct topology_node *node = &b->t->nodes[n];
	struct topology_at at = topology_at(b, TOPOLOGY_EDGE, i, -1);
	struct str name = str_of(port != NULL ? port : "");
	struct str shown = topology_shown(name);
	size_t k = find_face(node, name);
	struct diag d = DIAG_INIT;

	*face = 0;
	if (name.n == 0 || is_compass_point(name))
		return 0;
	if (node->nfaces == 0) {
		b->t->edges[i].stray = port;
		b->t->edges[i].stray_at = node->name;
		return 0;
	}
	if (k < node->nfaces) {
		*face = k + 1;
		return 0;
	}
	diag_set(&d, ERR_NOTFOUND, NULL, 0, _("%s has no face “%.*s”"),
	    node->name, STR_ARG(shown));
	diag_one_of(&d, ERR_NOTFOUND, name, &node->faces[0].name, node->nfaces,
	    sizeof(node->faces[0]));
	return topology_say(&at, ERR_NOTFOUND, "%s", d.text);
}

/* Clusters: subgraphs that are domains, and which of them a node lies in. */

bool
topology_is_cluster(const struct topology_subgraph *s)
{
	return s->parent != NULL && str_starts(str_of(s->name), "cluster");
}

/* A value that the subgraph does not merely have from the one above. */
static const char *
student_value(const struct topology_subgraph *s, int attr)
{
	const char *v = s->values.of[attr].text;
	const char *above = s->parent->values.of[attr].text;

	return v != NULL && above != NULL && strcmp(v, above) == 0 ? NULL : v;
}

/* The cluster that C's nodes are shown in: the innermost with a label or a
 * domain, or NULL. */
static const struct topology_subgraph *
shown_cluster(const struct topology_subgraph *c)
{
	for (; c->parent != NULL; c = c->parent)
		if (topology_is_cluster(c) &&
		    (student_value(c, TOPOLOGY_ATTR_label) != NULL ||
			student_value(c, TOPOLOGY_ATTR_domain) != NULL))
			return c;
	return NULL;
}

static bool
topology_addr_holds(const struct topology_subgraph *outer,
    const struct topology_subgraph *inner)
{
	while (inner != NULL && inner != outer)
		inner = inner->parent;
	return inner != NULL;
}

/* A node lies in the innermost of its clusters; outer ones were opened first.
 */
void
topology_place_node(struct topology_graph *g, size_t i)
{
	struct topology_graph_node *n = &g->nodes[i];
	const struct topology_subgraph *in = NULL, *shown;
	const char *label;

	for (const struct topology_subgraph *s = g->top; s != NULL;
	     s = s->next) {
		if (!topology_is_cluster(s) || !topology_subgraph_has(s, i))
			continue;
		if (in == NULL || topology_addr_holds(in, s))
			in = s;
		else if (n->strange == NULL)
			n->strange = s->name;
	}
	if (in == NULL)
		return;
	n->innermost = in->name;
	shown = shown_cluster(in);
	label =
	    shown != NULL ? student_value(shown, TOPOLOGY_ATTR_label) : NULL;
	if (label != NULL) {
		n->group = label;
		n->cluster = shown->name;
	}
	for (; n->domain == NULL && in->parent != NULL; in = in->parent)
		n->domain = student_value(in, TOPOLOGY_ATTR_domain);
}
