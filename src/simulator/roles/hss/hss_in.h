/* Shared by the files of the home subscriber server. */
#ifndef ROLES_HSS_HSS_IN_H
#define ROLES_HSS_HSS_IN_H

#include "machine/machine.h"
#include "roles/hss/cx.h"
#include "sim/rng.h"
#include "sip/aka.h"
#include "sip/digest.h"

/* A user: what the attributes of his phone say, and how he is registered. */
struct subscriber {
	struct aka_sim sim;
	char *impi, *text; /* TEXT is what SIM was read from */
	/* A user without a SIM: the stored form of the password, as the phone
	 * uses it (TS 33.203 annex N); empty: there is a SIM. */
	char ha1[DIGEST_HEX];
	char *domain;
	char *identities; /* canonical public identities with spaces between,
			     the default one first */
	char *server;     /* the S-CSCF; NULL: none */
	char *host;       /* … as Diameter names it, */
	struct addr at;   /* … and where its last question came from */
	struct machine_run machine; /* "hss-user" */
};

struct hss {
	struct node *node;
	struct net_sock *sock;
	struct cx_client *asks;
	struct rng rng; /* of RAND */
};

static inline bool
subscriber_is_registered(const struct subscriber *s)
{
	return machine_run_is(&s->machine, STATE_REGISTERED);
}

/* hss_subscribers.c: written data live as long as the world: a server that
 * crashes and comes again has its disk. */
/* Makes the subscribers of topology W when first called.  0 or ERR_NOMEM. */
int subscribers_create(struct world *w);
/* Identities that REST lists, canonical, with spaces between, behind those in
 * OUT. */
void subscriber_add_identities(struct str rest, struct buf *out);
/* The one with IMPI, or, where that is empty, with IMPU, of N's domain; NULL:
 * there is none. */
struct subscriber *
subscribers_find(const struct node *n, struct str impi, struct str impu);
bool subscriber_has(const struct subscriber *s, struct str impu);
/* His first identity, by which the records name him. */
struct str subscriber_name(const struct subscriber *s);
/* S takes the step EVENT at H; one that leaves no S-CSCF behind forgets it. */
void subscriber_step(struct hss *h, struct subscriber *s, enum event_id event);
/* What H's disk has of its users, when H starts again: a step each. */
void subscribers_read(struct hss *h);
/* His profile (TS 29.228 annex B), appended to OUT. */
void subscriber_write_profile(const struct subscriber *s, struct buf *out);

#endif
