/*
 * Flows that are kept alive: RFC 5626 4.4.  A flow is a way from this node to a
 * server, and back: over UDP two addresses with their ports, over TCP a
 * connection.  Its owner sends keep-alives over it from time to time, so that
 * NATs on the way do not forget it, and is told when it has failed.
 */
#ifndef NODE_KEEPALIVE_H
#define NODE_KEEPALIVE_H

#include "node/stun.h"

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
