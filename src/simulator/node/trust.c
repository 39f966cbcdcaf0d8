/* Whom a node trusts; see node/trust.h. */
#include "node/trust.h"

#include "msg/header_names.h"
#include "node/world.h"

/* WORD names the node with address A, or the domain that it is of. */
static bool
names_address(const struct world *w, struct str word, const struct addr *a)
{
	const struct net_host *h = net_by_addr(w->net, a);
	const struct node *n =
	    h != NULL ? world_find(w, net_host_name(h)) : NULL;

	return n != NULL && (str_is(word, n->name) || str_iis(word, n->domain));
}

bool
node_has_trust(const struct node *n)
{
	return node_attr(n, "trust", NULL) != NULL;
}

bool
node_trusts(const struct node *n, const struct addr *a)
{
	struct str rest = str_of(node_attr(n, "trust", NULL));

	if (node_has_addr(n, a))
		return true; /* a spiral */
	while (rest.n > 0) {
		struct str word = str_cut(rest, ' ', &rest);

		if (word.n > 0 && names_address(n->world, word, a))
			return true;
	}
	return false;
}

struct str
node_asserted_in(const struct msg *m)
{
	struct msg_values it = { 0 };
	struct msg_addr a;
	struct msg_uri u;
	struct str v;

	while (msg_next_value(m, MSG_H_P_ASSERTED_IDENTITY, &it, &v))
		if (msg_addr_read(v, &a) == 0 && !a.star &&
		    msg_uri_read(a.uri, &u) == 0 &&
		    (u.sip || str_iis(u.scheme, "tel")))
			return a.uri;
	return STR_NULL;
}
