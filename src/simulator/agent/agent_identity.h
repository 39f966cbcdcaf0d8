/*
 * An agent's identity: the From of its requests (RFC 3261 8.1.1.3) and its
 * Contacts (8.1.1.8).  An agent has a self of its own; one that answers for
 * several, as a conference server for its conferences, has one more for each
 * (RFC 4579 4), which its calls, dialogs and requests take.  Selves are shared
 * by references (base/ref.h).
 */
#ifndef AGENT_AGENT_IDENTITY_H
#define AGENT_AGENT_IDENTITY_H

#include "base/ref.h"
#include "node/node.h"

/* For each transport a Contact for sip, and one for sips. */
#define AGENT_CONTACTS (2 * ADDR_TRANSPORTS)

struct agent_identity {
	char *aor;      /* "sip:alice@atlanta.example.com" */
	char *identity; /* From value without tag */
	/* Contact values, by the face that the peer sees, then by
	 * agent_contact_by; the first one is also that of requests outside of
	 * dialogs, and asks for the transport that the node prefers.  Those of
	 * sips are NULL where the node has no TLS. */
	char *contacts[NODE_FACES][AGENT_CONTACTS];
	const char *uri;    /* of all Contacts; NULL: they are addresses */
	const char *params; /* of its Contacts, behind the URI: a literal */
	char *gruu; /* what it is called in its Contacts (RFC 5627); or NULL */
};

/* That of a user of N's with AOR, which is taken, also where this fails.
 * NAMED: its Contacts are the AOR, which leads to N, not N's addresses.
 * PARAMS, a literal, stands behind each.  NULL when out of memory. */
struct agent_identity *agent_identity_new(
    const struct node *n, char *aor, bool named, const char *params);
/* Makes its Contacts again, after N's address has changed.  0 or ERR_NOMEM. */
int agent_identity_moved(struct agent_identity *self, const struct node *n);
/* From now on its Contacts are GRUU.  0 or ERR_NOMEM. */
int agent_identity_call(
    struct agent_identity *self, const struct node *n, struct str gruu);
/* Which Contact goes with a request for URI by TRANSPORT: RFC 5630 5.1.1.2,
 * 5.1.2 want sips for sips, and sip for sip. */
uint8_t agent_contact_by(enum addr_transport transport, struct str uri);
/* The Contact at FACE, BY being agent_contact_by. */
const char *agent_identity_contact(const struct agent_identity *self,
    const struct node_face *face, uint8_t by);
/* One at FACE as it is bound to AOR: sips where that is (RFC 5630 5.1.1.1); the
 * caller frees.  NULL when out of memory. */
char *agent_identity_write(
    const struct node_face *face, const char *aor, enum addr_transport by);

#endif
