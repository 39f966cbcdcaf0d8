/*
 * Addresses: given ones are checked, all other nodes get one from the ranges
 * set aside for documentation.
 *
 * Nodes of one domain (and those without any) share a network of 254
 * addresses, so that a figure shows by the address where a node belongs.
 * Networks are dealt out in the file's order: RFC 5737's 192.0.2.0/24,
 * 198.51.100.0/24 and 203.0.113.0/24, then those of RFC 2544's 198.18.0.0/15.
 */
#include "topology/topology_in.h"

#include "base/err.h"
#include "base/map.h"

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
addr_key(const struct addr *a)
{
	return (struct str){ (const char *)a->ip, a->len };
}

/* Unspecified, broadcast and multicast addresses are nobody's own. */
static bool
is_own(const struct addr *a)
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
take_given(struct dealer *x, size_t i, int attr, const struct addr *a)
{
	struct topology_build *b = x->b;
	struct topology_node *n = &b->t->nodes[i];
	struct topology_at at = topology_at(b, TOPOLOGY_NODE, i, attr);
	const struct topology_node *other = map_get(x->taken, addr_key(a));
	struct buf text = BUF_INIT;
	int err = 0;

	if (is_guest(n, a))
		return 0;
	addr_write(a, &text);
	if (!is_own(a))
		err = topology_say(&at, ERR_SYNTAX,
		    _("a node can't have the address %s"), buf_cstr(&text));
	else if (other != NULL)
		err = topology_say(&at, ERR_EXISTS,
		    _("node %s has the address %s already"), other->name,
		    buf_cstr(&text));
	else if (map_put(x->taken, addr_key(a), n) != 0)
		err = topology_no_memory(b);
	buf_free(&text);
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
		err = take_given(x, i, TOPOLOGY_ATTR_addr, &n->addr);
	if (a != NULL && n->nfaces > 0)
		n->faces[0].addr = n->addr;
	for (size_t k = a != NULL; err == 0 && k < n->nfaces; k++)
		err = take_given(x, i, TOPOLOGY_ATTR_faces, &n->faces[k].addr);
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
		if (map_get(x->taken, addr_key(a)) == NULL)
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
