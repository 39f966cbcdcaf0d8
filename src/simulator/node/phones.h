/*
 * Whose phones: which nodes are phones of an address-of-record, or have an
 * address, as an index over all nodes of a world.  It is made when it is first
 * asked, and thrown away when a node is added, moves, or is another user's.
 */
#ifndef NODE_PHONES_H
#define NODE_PHONES_H

#include "base/str.h"
#include "node/node.h"

struct phones;
struct world;

/* FITS with ARG: whether it may be N. */
typedef bool phones_fits_fn(const struct node *n, const void *arg);

/* The first of the world's phones that fits, and which URI names or whose
 * user URI names (compared as RFC 3261 10.3 step 5 does); *FOUND is NULL where
 * there is none.  0 or ERR_NOMEM. */
int phones_find(struct world *w, struct str uri, phones_fits_fn *fits,
    const void *arg, const struct node **found);
/* Frees the index; the next question makes it again. */
void phones_forget(struct world *w);
void phones_destroy(struct phones *u);

#endif
