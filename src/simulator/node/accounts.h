/*
 * The passwords of users by realm, as servers know them (RFC 3261 22.1).  They
 * come from the topology: the attribute `password` of the phones whose
 * address-of-record is of the domain, and the attribute `accounts` of any node,
 * "name:password@realm", several with spaces between; without a realm the
 * node's own domain is meant.  Of several passwords for one name the first in
 * the topology counts, `password` before `accounts`.
 *
 * Servers know what the topology said when the run began: a password set later
 * is one that the phone tries.
 */
#ifndef NODE_ACCOUNTS_H
#define NODE_ACCOUNTS_H

#include "base/buf.h"
#include "node/node.h"

struct accounts;
struct world;

int accounts_create(struct accounts **a, const struct world *w);
void accounts_destroy(struct accounts *a);

/* The password of USER (a user name as text, the realm may stand behind an @)
 * in the REALM, NULL for an unknown user.  AOR becomes the canonical
 * address-of-record that the name means there, empty where it can be none; its
 * err says that memory ran out. */
const char *accounts_password(const struct accounts *a, struct str user,
    struct str realm, struct buf *aor);

/* One of the accounts of an attribute. */
struct account {
	struct str name, password, realm; /* empty: the own domain */
};
/* Cuts the next one off *REST, skipping words that are no account; false at the
 * end. */
bool account_next(struct str *rest, struct account *a);

/* The user of N has a password for the REALM.  ERR_NOMEM, else 0 or
 * ERR_NOTFOUND. */
int account_find(const struct node *n, struct str realm);

#endif
