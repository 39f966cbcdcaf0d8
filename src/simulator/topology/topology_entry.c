/*
 * A domain's entry: where requests for its users go.  It is the node with
 * inbound=true, else the only proxy or redirect server, or whose attribute
 * `serves` has the domain, else the registrar (RFC 3263 would find it in the
 * DNS).
 */
#include "topology/topology_in.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/map.h"
#include "base/param.h"
#include "node/serves.h"
#include "role/role.h"

/* N, of the domain that is asked about, or TOLD to serve it. */
static bool
is_inbound(const struct topology_node *n, bool told)
{
	const struct topology_attr *a = topology_attr(n, "inbound");
	bool yes = false;

	(void)told;
	return a != NULL && param_bool(str_of(a->value), &yes) == 0 && yes;
}

static bool
is_proxy(const struct topology_node *n, bool told)
{
	return told || role_plays(str_of(n->role), "proxy") ||
	       role_plays(str_of(n->role), "redirect");
}

static bool
is_registrar(const struct topology_node *n, bool told)
{
	(void)told;
	return role_plays(str_of(n->role), "registrar");
}

/* In the order in which they are tried. */
static bool (*const entry_kinds[])(const struct topology_node *,
    bool) = { is_inbound, is_proxy, is_registrar };

#define KINDS (sizeof(entry_kinds) / sizeof(entry_kinds[0]))

/* A domain's first two nodes of each kind. */
struct domain {
	struct topology_node *first[KINDS], *second[KINDS];
};

/* What is known of DOMAIN, made where it is not; NULL: no memory. */
static struct domain *
get_domain(struct map *domains, struct arena *store, struct str domain)
{
	struct buf small = BUF_INIT;
	struct domain *d = NULL;

	/* RFC 3261 19.1.4: hosts are alike in any case. */
	for (size_t i = 0; i < domain.n; i++)
		buf_putc(&small, chr_lower(domain.p[i]));
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
add_domain_node(struct domain *d, struct topology_node *n, bool told)
{
	for (size_t k = 0; k < KINDS; k++) {
		if (!entry_kinds[k](n, told))
			continue;
		if (d->first[k] == NULL || d->first[k] == n)
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
say_two_entries(struct topology_build *b, struct str domain,
    const struct topology_node *found, const struct topology_node *rival)
{
	size_t i = (size_t)(rival - b->t->nodes);
	struct topology_at at;

	if (is_inbound(rival, false)) {
		at = topology_at(b, TOPOLOGY_NODE, i, TOPOLOGY_ATTR_inbound);
		return topology_say(&at, ERR_SYNTAX,
		    _("%.*s has two entries, %s and %s: leave inbound=true to "
		      "one of them"),
		    STR_ARG(domain), found->name, rival->name);
	}
	at = topology_at(b, TOPOLOGY_NODE, i, TOPOLOGY_ATTR_role);
	return topology_say(&at, ERR_SYNTAX,
	    _("%.*s may be entered at %s or at %s: give one of them "
	      "inbound=true"),
	    STR_ARG(domain), found->name, rival->name);
}

/* What is done with the domain NAME of node N, which D tells of. */
typedef int domain_fn(struct topology_build *b, struct domain *d,
    struct topology_node *n, struct str name, bool told);

static int
at_domain(struct topology_build *b, struct map *domains, domain_fn *fn,
    struct topology_node *n, struct str name, bool told)
{
	struct domain *d = get_domain(domains, b->store, name);

	return d != NULL ? fn(b, d, n, name, told) : topology_no_memory(b);
}

/* FN for all domains of all nodes, their own and those that they serve. */
static int
each_domain(struct topology_build *b, struct map *domains, domain_fn *fn)
{
	int err = 0;

	for (size_t i = 0; err == 0 && i < b->t->nnodes; i++) {
		struct topology_node *n = &b->t->nodes[i];
		const struct topology_attr *a = topology_attr(n, "serves");
		struct str rest = str_of(a != NULL ? a->value : "");
		struct str role, whom;

		if (n->domain[0] != '\0')
			err = at_domain(
			    b, domains, fn, n, str_of(n->domain), false);
		while (err == 0 && node_serves_next(&rest, &role, &whom))
			if (node_serves_domain(whom))
				err = at_domain(b, domains, fn, n, whom, true);
	}
	return err;
}

static int
add_to_domain(struct topology_build *b, struct domain *d,
    struct topology_node *n, struct str name, bool told)
{
	(void)name;
	b->t->nserved += told;
	add_domain_node(d, n, told);
	return 0;
}

static int
set_entry(struct topology_build *b, struct domain *d, struct topology_node *n,
    struct str name, bool told)
{
	size_t k = find_kind(d);
	struct topology_served *s = &b->t->served[b->t->nserved];

	if (k < KINDS && d->second[k] != NULL)
		return say_two_entries(b, name, d->first[k], d->second[k]);
	if (!told) {
		n->entry = k < KINDS ? d->first[k] : NULL;
	} else if (d->first[k] == n) {
		s->domain = arena_str(b->store, name);
		s->entry = d->first[k];
		if (s->domain == NULL)
			return topology_no_memory(b);
		b->t->nserved++;
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
	err = each_domain(b, domains, add_to_domain);
	if (err == 0) {
		b->t->served = arena_get(
		    b->store, b->t->nserved + 1, sizeof(*b->t->served));
		if (b->t->served == NULL)
			err = topology_no_memory(b);
		b->t->nserved = 0;
	}
	if (err == 0)
		err = each_domain(b, domains, set_entry);
	map_destroy(domains);
	return err;
}
