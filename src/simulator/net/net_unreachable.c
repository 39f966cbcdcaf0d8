/*
 * Pairs of hosts between which something was lost since no path leads from the
 * one to the other, or they have no common address family.
 */
#include "net/net_in.h"

/* Whatever socket and address were chosen, A and B have others that fit. */
static bool
net_shares_family(const struct net_host *a, const struct net_host *b)
{
	for (size_t i = 0; i < a->naddrs; i++)
		for (size_t k = 0; k < b->naddrs; k++)
			if (a->addrs[i].len == b->addrs[k].len)
				return true;
	return false;
}

void
net_note_unreachable(const struct net_host *from, const struct net_host *to,
    const struct addr *dst, enum trace_drop reason)
{
	struct net *n = from->net;
	size_t i = 0;

	if ((reason != TRACE_DROP_NO_PATH && reason != TRACE_DROP_NO_FAMILY) ||
	    to == NULL)
		return;
	if (reason == TRACE_DROP_NO_FAMILY && net_shares_family(from, to))
		return;
	while (i < n->nastray &&
	       (n->astray[i].from != from || n->astray[i].to != to))
		i++;
	if (i == n->nastray && i < COUNT_OF(n->astray))
		n->astray[n->nastray++] =
		    (struct net_unreachable){ from, to, *dst, reason };
}

size_t
net_unreachable(const struct net *n, const struct net_unreachable **rows)
{
	*rows = n->astray;
	return n->nastray;
}
