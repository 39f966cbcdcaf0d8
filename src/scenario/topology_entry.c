/*
 * A domain's entry: where requests for its users go.  It is the node with
 * inbound=true, else the only proxy or redirect server, else the registrar
 * (RFC 3263 would find it in the DNS).
 */
#include "scenario/topology_private.h"

#include "base/err.h"
#include "base/param.h"

#include <string.h>

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
	return topology_has_role(n->role, "proxy") ||
	       topology_has_role(n->role, "redirect");
}

static bool
is_registrar(const struct topology_node *n)
{
	return topology_has_role(n->role, "registrar");
}

/* In the order in which they are tried. */
static bool (*const kinds[])(
    const struct topology_node *) = { is_inbound, is_proxy, is_registrar };

/* The first that fits, and a second one of the same kind in *RIVAL. */
static const struct topology_node *
find_entry(const struct topology *t, struct str domain,
    const struct topology_node **rival)
{
	*rival = NULL;
	for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++) {
		const struct topology_node *found = NULL;

		for (size_t i = 0; i < t->nnodes; i++) {
			const struct topology_node *n = &t->nodes[i];

			/* RFC 3261 19.1.4: hosts are alike in any case. */
			if (!str_ieq(str_of(n->domain), domain) || !kinds[k](n))
				continue;
			if (found != NULL) {
				*rival = n;
				return found;
			}
			found = n;
		}
		if (found != NULL)
			return found;
	}
	return NULL;
}

const struct topology_node *
topology_entry(const struct topology *t, const char *domain)
{
	const struct topology_node *rival;

	if (domain == NULL || domain[0] == '\0')
		return NULL;
	return find_entry(t, str_of(domain), &rival);
}

static int
check_entry(struct topology_build *b, const char *domain)
{
	const struct topology_node *rival, *found;
	struct topology_at at;
	size_t i;

	found = find_entry(b->t, str_of(domain), &rival);
	if (rival == NULL)
		return 0;
	i = (size_t)(rival - b->t->nodes);
	if (is_inbound(rival)) {
		at = topology_at(b, TOPOLOGY_NODE, i, TOPOLOGY_ATTR_inbound);
		return topology_say(&at, ERR_SYNTAX,
		    _("%s has two entries, %s and %s: leave inbound=true to "
		      "one of them"),
		    domain, found->name, rival->name);
	}
	at = topology_at(b, TOPOLOGY_NODE, i, TOPOLOGY_ATTR_role);
	return topology_say(&at, ERR_SYNTAX,
	    _("%s may be entered at %s or at %s: give one of them "
	      "inbound=true"),
	    domain, found->name, rival->name);
}

int
topology_check_entries(struct topology_build *b)
{
	const char *before = "";
	int err = 0;

	for (size_t i = 0; err == 0 && i < b->t->nnodes; i++) {
		const struct topology_node *n = &b->t->nodes[i];

		if (n->domain[0] == '\0' || strcmp(n->domain, before) == 0 ||
		    (!is_inbound(n) && !is_proxy(n) && !is_registrar(n)))
			continue;
		before = n->domain;
		err = check_entry(b, n->domain);
	}
	return err;
}
