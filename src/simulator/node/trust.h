/*
 * Whom a node trusts, RFC 3325 2.3: the Spec(T) of its network, cut short to
 * the attribute `trust`, names of nodes and domains with spaces between.
 */
#ifndef NODE_TRUST_H
#define NODE_TRUST_H

#include "node/node.h"

/* N has the attribute `trust`: without it there is no trust domain (3). */
bool node_has_trust(const struct node *n);
/* A is an address of N's own, or one that its attribute `trust` names. */
bool node_trusts(const struct node *n, const struct addr *a);
/* The first identity that M asserts, a sip or tel URI; empty: none that can be
 * read. */
struct str node_asserted_in(const struct msg *m);

#endif
