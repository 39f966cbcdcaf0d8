/*
 * Whose phones: which nodes are phones of an address-of-record, or have an
 * address, as an index over all nodes of a world.  It is made when it is first
 * asked, and thrown away when a node is added, moves, or is another user's.
 */
#ifndef NODE_USERS_H
#define NODE_USERS_H

#include "base/str.h"
#include "node/node.h"

struct node;
struct users;
struct world;

/* FITS with ARG: whether it may be N. */
typedef bool users_fits_fn(const struct node *n, const void *arg);

/* The first of the world's phones that fits, and which URI names or whose
 * user URI names (compared as RFC 3261 10.3 step 5 does); *FOUND is NULL where
 * there is none.  0 or ERR_NOMEM. */
int users_find(struct world *w, struct str uri, users_fits_fn *fits,
    const void *arg, const struct node **found);
/* Frees the index; the next question makes it anew. */
void users_forget(struct world *w);
void users_destroy(struct users *u);

/*
 * Whom a node trusts: RFC 3325 2.3, the Spec(T) of its network, cut short to
 * the attribute `trust`: names of nodes and domains with spaces between. */

/* N has the attribute `trust`: without it there is no trust domain (3). */
bool node_has_trust(const struct node *n);
/* A is an address of N's own, or one that its attribute `trust` names. */
bool node_trusts(const struct node *n, const struct addr *a);
/* The first identity that M asserts, a sip or tel URI; empty: none that can be
 * read. */
struct str node_asserted_in(const struct msg *m);

#endif
