/*
 * The nonces that a node has given out, and which nonce counts came back with
 * each: RFC 7616 3.3 (nonce), 3.4 (nc), 5.4 and 5.5.
 *
 * All roles of a node share them, having one realm.  A nonce lives for
 * NONCES_LIFE_NS.  A nonce that is not in the table (any more, or since the
 * node was restarted) is stale like one that is too old, so old ones need not
 * be kept.  The table therefore has a bound; where that is reached the oldest
 * nonce goes.
 *
 * Counts may overtake each other on the way, so those up to 64 below the
 * greatest that were not seen yet are good; what was seen, or lies further
 * back, is a replay.
 */
#ifndef NODE_NONCES_H
#define NODE_NONCES_H

#include "base/str.h"

/* How long a nonce is good (nanoseconds), and how many there are at most. */
#define NONCES_LIFE_NS (300 * INT64_C(1000000000))
#define NONCES_MAX     131072

struct nonces;

int nonces_create(struct nonces **n);
void nonces_destroy(struct nonces *n);

/* A new one, given out NOW. 0 or ERR_NOMEM. */
int nonces_add(struct nonces *n, struct str nonce, int64_t now);
size_t nonces_count(const struct nonces *n);

enum nonces_verdict {
	NONCES_GOOD,
	NONCES_STALE,
	NONCES_REPLAY,
};

/* The nonce comes back with the count NC, which is then used up; without qop
 * there is none, NC is UINT32_MAX, and the nonce itself is used up. */
enum nonces_verdict
nonces_use(struct nonces *n, struct str nonce, uint32_t nc, int64_t now);

#endif
