/*
 * Flow tokens (RFC 5626 5.2): the two ends of a flow, signed, as the user part
 * of a URI that leads over that flow.  A node makes and reads its own, and
 * keeps nothing: its key is of its name, so that a token outlives a restart as
 * far as its flow does.  And the address that a server notes in a Contact,
 * which is the same without a secret (roles/proxy/proxy_flow.c).
 */
#ifndef NODE_FLOW_H
#define NODE_FLOW_H

#include "node/node.h"

/* M comes directly from its originator: its Via has no other element (5.1). */
bool node_flow_begins(const struct msg *m);
/* The route over the flow from SRC to N's address AT, a name-addr with PARAMS
 * (";lr;ob") behind its URI, which is of SIPS or sip, appended to OUT. */
void node_flow_write(const struct node *n, const struct addr *at,
    const struct addr *src, bool sips, const char *params, struct buf *out);
/* The far end of the flow that URI, of N's own, has a token of: 0, ERR_NOTFOUND
 * (it has none), ERR_SYNTAX (it is not N's). */
int node_flow_read(const struct node *n, struct str uri, struct addr *src);
/* The flow still exists; over UDP that can't be told: true. */
bool node_flow_stands(const struct node *n, const struct addr *src);

/* ";alias=203.0.113.7~61000~udp" where CONTACT, a URI, is at another address
 * than SRC, from which it has come; nothing else. */
void
node_alias_write(struct str contact, const struct addr *src, struct buf *out);
/* The address that URI has; false where it has none. */
bool node_alias_read(struct str uri, struct addr *at);
/* URI without it. */
void node_alias_strip(struct str uri, struct buf *out);

#endif
