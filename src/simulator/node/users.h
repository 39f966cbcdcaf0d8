/*
 * Whose phones: which nodes are phones of an address-of-record, or have an
 * address, as an index over all nodes of a world.  It is made when it is first
 * asked, and thrown away when a node is added, moves, or is another user's.
 */
#ifndef NODE_USERS_H
#define NODE_USERS_H

#include "base/buf.h"
#include "base/str.h"
#include "msg/parts.h"
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
/* Frees the index; the next question makes it again. */
void users_forget(struct world *w);
void users_destroy(struct users *u);

/* N has the attribute `trust`: without it there is no trust domain (3).  Whom a
 * node trusts, RFC 3325 2.3: the Spec(T) of its network, cut short to names of
 * nodes and domains with spaces between. */
bool node_has_trust(const struct node *n);
/* A is an address of N's own, or one that its attribute `trust` names. */
bool node_trusts(const struct node *n, const struct addr *a);
/* The first identity that M asserts, a sip or tel URI; empty: none that can be
 * read. */
struct str node_asserted_in(const struct msg *m);

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
struct accounts;

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

/*
 * What a Request-URI is to a role of a node; the greater, the more it means
 * that role.  The attribute `serves` tells several roles of a node apart:
 * "redirect=carol redirect=old.example.com voicemail=vm", a role and a user or
 * a domain each, with spaces between.
 */
enum node_serves {
	NODE_SERVES_OTHERS, /* it is told for whom it is: for others */
	NODE_SERVES_ALL,    /* it is not told */
	NODE_SERVES_DOMAIN, /* it is told: for this domain */
	NODE_SERVES_USER,   /* … for this user */
};

/* Cuts the next word off REST: its role and whom it is for.  False where there
 * is none; ROLE is empty where the word has no form. */
bool node_serves_next(struct str *rest, struct str *role, struct str *whom);
/* WHOM is a domain, "old.example.com", and no user, "carol", "carol@b.example"
 * or a URI. */
bool node_serves_domain(struct str whom);

/* What URI is to N's role. */
enum node_serves
node_serves(const struct node *n, const char *role, struct str uri);
/* Any of N's roles is told to serve the domain of U; the user whom URI names.
 */
bool node_serves_domain_of(const struct node *n, const struct msg_uri *u);
bool node_serves_user(const struct node *n, struct str uri);

#endif
