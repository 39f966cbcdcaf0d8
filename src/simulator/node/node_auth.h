/*
 * Servers that ask for passwords: a proxy (407) or a registrar (401) with
 * auth=true or auth=all.  RFC 3261 section 22, RFC 7616.
 *
 * The realm is the node's domain, or where it has none its address.  Known are
 * the passwords of the domain's users and the accounts that others have in this
 * realm (node/accounts.h).
 *
 * A nonce comes from the node's own random stream, lives five minutes, and
 * remembers which nc were used (node/node_auth.h): one that comes again is a
 * replay and rejected.  A client that has proved to know the password, but with
 * an old nonce or count, gets a new challenge with stale=true (RFC 7616 3.3).
 */
#ifndef NODE_NODE_AUTH_H
#define NODE_NODE_AUTH_H

#include "base/str.h"
#include "node/node.h"

struct auth;

/* PROXY: 407 and Proxy-Authorization, else 401 and Authorization.  0 or
 * ERR_NOMEM.  A node without auth= gets one that lets all requests pass. */
int auth_create(struct auth **a, struct node *n, bool proxy);
void auth_destroy(struct auth *a);

/*
 * Looks at a request that has a server transaction; with "set" the attribute
 * `auth` may change at any time.  A proxy does not ask: ACK and CANCEL,
 * requests with a To tag, REGISTER for a domain with another registrar, and
 * with auth=true (not all) requests for the own domain from others.
 *
 * True: the request may go on; USER (may be NULL) is the canonical
 * address-of-record that its sender proved to be, valid until the next call,
 * empty where no proof was asked for.  False: it has been answered, with a
 * challenge or with 400.  Each outcome has an `auth` record, except that no
 * proof was asked for.
 */
bool auth_check(struct auth *a, const struct sip_in *in, struct str *user);

/* The text of the realm, valid as long as A. */
struct str auth_realm(const struct auth *a);

/* A challenge that this server would send now to a user agent that was there
 * before the run began: its value, appended to OUT.  False where it challenges
 * no request. */
bool auth_warm(struct auth *a, struct buf *out);

/* ---- The nonces of a node: RFC 7616 3.3, 3.4, 5.4, 5.5 ---- */

/* How long a nonce is good (nanoseconds), and how many there are at most. */
#define NONCES_LIFE_NS (300 * INT64_C(1000000000))
#define NONCES_MAX     131072

/*
 * The nonces that a node has given out, and which nonce counts came back with
 * each.  All roles of a node share them, having one realm.  A nonce that is not
 * in the table (any more, or since the node was restarted) is stale like one
 * that is too old, so old ones need not be kept.  The table therefore has a
 * bound; if that is reached, the oldest nonce goes.
 */
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

/*
 * The nonce comes back with the count NC, which is then used up; without qop
 * there is none, NC is UINT32_MAX, and the nonce itself is used up.  Counts may
 * overtake each other on the way, so those up to 64 below the greatest that
 * were not seen yet are good; a count that was seen, or is further back, is a
 * replay.
 */
enum nonces_verdict
nonces_use(struct nonces *n, struct str nonce, uint32_t nc, int64_t now);

#endif
