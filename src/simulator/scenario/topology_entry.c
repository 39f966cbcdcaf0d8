/*
 * A domain's entry: where requests for its users go.  It is the node with
 * inbound=true, else the only proxy or redirect server, else the registrar
 * (RFC 3263 would find it in the DNS).
 */
#include "scenario/topology_in.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/map.h"
#include "base/param.h"
#include "role/role.h"

static bool
is_inbound(const struct topology_node *n)
{
	const struct topology_attr *a = topology_attr(n, "inbound");
	bool yes = false;

	return a != NULL && param_bool(str_of(a->value), &yes) == 0 && yes;
}

static bool
is_proxy(const struct topology_node *n)
{
	return (role_is(str_of(n->role)) &
		   (ROLE_BIT(proxy) | ROLE_BIT(redirect))) != 0;
}

static bool
is_registrar(const struct topology_node *n)
{
	return (role_is(str_of(n->role)) & ROLE_BIT(registrar)) != 0;
}

/* In the order in which they are tried. */
static bool (*const kinds[])(
    const struct topology_node *) = { is_inbound, is_proxy, is_registrar };

#define KINDS (sizeof(kinds) / sizeof(kinds[0]))

/* A domain's first two nodes of each kind. */
struct domain {
	struct topology_node *first[KINDS], *second[KINDS];
};

/* What is known of DOMAIN, made where it is not; NULL: no memory. */
static struct domain *
get_domain(struct map *domains, struct arena *store, const char *domain)
{
	struct buf small = BUF_INIT;
	struct domain *d = NULL;

	/* RFC 3261 19.1.4: hosts are alike in any case. */
	for (const char *p = domain; *p != '\0'; p++)
		buf_putc(&small, chr_lower(*p));
	if (small.err == 0)
		d = map_get(domains, buf_view(&small));
	if (small.err == 0 && d == NULL) {
		d = arena_get(store, 1, sizeof(*d));
		if (d != NULL && map_put(domains, buf_view(&small), d) != 0)
			d = NULL;
	}
	buf_free(&small);
	return d;
}

static void
add_domain_node(struct domain *d, struct topology_node *n)
{
	for (size_t k = 0; k < KINDS; k++) {
		if (!kinds[k](n))
			continue;
		if (d->first[k] == NULL)
			d->first[k] = n;
		else if (d->second[k] == NULL)
			d->second[k] = n;
	}
}

/* The kind that decides, KINDS where D has no entry. */
static size_t
find_kind(const struct domain *d)
{
	size_t k = 0;

	while (k < KINDS && d->first[k] == NULL)
		k++;
	return k;
}

static int
say_two_entries(struct topology_build *b, const struct topology_node *found,
    const struct topology_node *rival)
{
	size_t i = (size_t)(rival - b->t->nodes);
	struct topology_at at;

	if (is_inbound(rival)) {
		at = topology_at(b, TOPOLOGY_NODE, i, TOPOLOGY_ATTR_inbound);
		return topology_say(&at, ERR_SYNTAX,
		    _("%s has two entries, %s and %s: leave inbound=true to "
		      "one of them"),
		    found->domain, found->name, rival->name);
	}
	at = topology_at(b, TOPOLOGY_NODE, i, TOPOLOGY_ATTR_role);
	return topology_say(&at, ERR_SYNTAX,
	    _("%s may be entered at %s or at %s: give one of them "
	      "inbound=true"),
	    found->domain, found->name, rival->name);
}

static int
set_entries(struct topology_build *b, struct map *domains)
{
	struct topology *t = b->t;
	struct domain *d;
	size_t i, k;

	for (i = 0; i < t->nnodes; i++) {
		if (t->nodes[i].domain[0] == '\0')
			continue;
		d = get_domain(domains, b->store, t->nodes[i].domain);
		if (d == NULL)
			return topology_no_memory(b);
		add_domain_node(d, &t->nodes[i]);
	}
	for (i = 0; i < t->nnodes; i++) {
		if (t->nodes[i].domain[0] == '\0')
			continue;
		d = get_domain(domains, b->store, t->nodes[i].domain);
		if (d == NULL)
			return topology_no_memory(b);
		k = find_kind(d);
		if (k < KINDS && d->second[k] != NULL)
			return say_two_entries(b, d->first[k], d->second[k]);
		t->nodes[i].entry = k < KINDS ? d->first[k] : NULL;
	}
	return 0;
}

int
topology_set_entries(struct topology_build *b)
{
	struct map *domains;
	int err = map_create(&domains);

	if (err != 0)
		return topology_no_memory(b);
	err = set_entries(b, domains);
	map_destroy(domains);
	return err;
}
