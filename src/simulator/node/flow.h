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
#include "node/node_stun.h"

/* M comes directly from its originator: its Via has no other element (5.1). */
bool node_flow_begins(const struct msg *m);
/* The route over the flow from SRC to N's address AT, a name-addr with PARAMS
 * (";lr;ob") behind its URI, which is of SIPS or sip, appended to OUT. */
void node_flow_write(const struct node *n, const struct addr *at,
    const struct addr *src, bool sips, const char *params, struct buf *out);
/* The other end of the flow that URI, of N's own, has a token of: 0,
 * ERR_NOTFOUND (it has none), ERR_SYNTAX (it is not N's). */
int node_flow_read(const struct node *n, struct str uri, struct addr *src);
/* The flow still exists; over UDP that can't be told: true. */
bool node_flow_stands(const struct node *n, const struct addr *src);

/* ";alias=203.0.113.7~61000~udp" where CONTACT, a URI, is at another address
 * than SRC, from which it has come; nothing else. */
void
node_alias_write(struct str contact, const struct addr *src, struct buf *out);
/* N remembers that requests for CONTACT go to SRC, if an alias would be
 * written; else it forgets CONTACT.  0 or ERR_NOMEM. */
int node_alias_keep(struct node *n, struct str contact, const struct addr *src);
/* The address that URI has; false where it has none. */
bool node_alias_read(struct str uri, struct addr *at);
/* URI without it. */
void node_alias_strip(struct str uri, struct buf *out);

/*
 * Flows that are kept alive: RFC 5626 4.4.  A flow is a way from this node to a
 * server, and back: over UDP two addresses with their ports, over TCP a
 * connection.  Its owner sends keep-alives over it from time to time, so that
 * NATs on the way do not forget it, and is told when it has failed.
 */
struct node_keepalive {
	struct list link; /* in node->flows, while it is kept alive */
	struct node *node;
	const char *id;     /* in the trace; borrowed */
	struct addr dst;    /* the server */
	int64_t most_ns;    /* between two; 0: as the transport asks */
	struct addr mapped; /* by STUN: as it was seen last; len 0: not yet */
	bool on;
	bool confirmed; /* something came back (4.5), or nothing ever does */
	struct node_stun *question;
	sim_event timer, pong;
	/* It has failed, and is kept alive no more; `confirmed` stays. */
	void (*failed)(struct node_keepalive *k, void *arg);
	void *arg;
};

/* The attribute `flows` is more than 0. */
bool node_has_flows(const struct node *n);
/* The attribute `keepalive`: something is to be sent. */
bool node_keepalive_wanted(const struct node *n);
/* K, whose node, id, dst, failed and arg are set, is kept alive from now on;
 * the server wants to hear within FLOW_TIMER_S, unless 0. */
void node_keepalive_begin(struct node_keepalive *k, uint32_t flow_timer_s);
/* K goes on, and the server wants to hear within FLOW_TIMER_S from now on. */
void node_keepalive_within(struct node_keepalive *k, uint32_t flow_timer_s);
/* All zero is fine; in silence, as its owner goes. */
void node_keepalive_end(struct node_keepalive *k);
void node_keepalive_stop(struct node_keepalive *k);

/* What PEER has sent over a connection is a pong; its connection is gone. */
void node_keepalive_pong(struct node *n, const struct addr *peer);
void node_keepalive_broken(struct node *n, const struct addr *peer);

#endif
