/* What the files of the home subscriber server share. */
#ifndef ROLES_HSS_HSS_IN_H
#define ROLES_HSS_HSS_IN_H

#include "roles/hss/cx.h"
#include "sim/rng.h"
#include "sip/aka.h"

/* A user: what the attributes of his phone say, and how he is registered. */
struct subscriber {
	struct aka_sim sim;
	char *impi, *text; /* TEXT is what SIM was read from */
	char *domain;
	char *identities; /* canonical public identities with spaces between,
			     the default one first */
	char *server;     /* the S-CSCF; NULL: none */
	char *host;       /* … as Diameter names it, */
	struct addr at;   /* … and where its last question came from */
	bool registered;
	bool gone; /* he is no subscriber any more */
};

struct hss {
	struct node *node;
	struct net_sock *sock;
	struct cx_client *asks;
	struct rng rng; /* of RAND */
};

extern const struct node_verb hss_verbs[]; /* hss_push.c */

/* hss_subscribers.c: what is written lives as long as the world: a server that
 * crashes and comes again has its disk. */
/* Those that topology W knows when this is first called.  0 or ERR_NOMEM. */
int subscribers_create(struct world *w);
/* Identities that REST lists, canonical, with spaces between, behind those in
 * OUT. */
void subscriber_add_identities(struct str rest, struct buf *out);
/* The one with IMPI, or, where that is empty, with IMPU, of N's domain; NULL:
 * there is none. */
struct subscriber *
subscribers_find(const struct node *n, struct str impi, struct str impu);
bool subscriber_has(const struct subscriber *s, struct str impu);
/* His profile (TS 29.228 annex B), appended to OUT. */
void subscriber_write_profile(const struct subscriber *s, struct buf *out);

#endif
