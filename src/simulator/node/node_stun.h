/*
 * STUN at a node: questions to servers (RFC 8489 6.2.1), each a machine of
 * machine/transactions.c, and answers to those of others, on the sockets of SIP
 * (RFC 5626 5.4, 8) and on those of a server of its own (roles/stun.c).
 */
#ifndef NODE_NODE_STUN_H
#define NODE_NODE_STUN_H

#include "node/node.h"
#include "stun/stun.h"

struct node_stun;

/* M: the response; NULL: none came, or none that is of use.  Valid during the
 * call. */
typedef void node_stun_fn(const struct stun *m, void *arg);

struct node_stun_ask {
	struct net_sock *sock; /* from where; its datagrams are to be given to
				  node_stun_received */
	struct addr dst;
	struct addr from; /* from where alone the response may come; len 0:
			     from DST */
	unsigned change;  /* bits of CHANGE-REQUEST */
	enum rule_id why; /* it is asked */
};

/* *Q is one that waits, until FN is called; it is no more then.  0 or
 * ERR_NOMEM. */
int node_stun_ask(struct node *n, const struct node_stun_ask *ask,
    node_stun_fn *fn, void *arg, struct node_stun **q);
/* FN is not called any more; NULL is fine. */
void node_stun_drop(struct node_stun *q);
/* All of N's, in silence. */
void node_stun_stop(struct node *n);

/* Where a server listens, and the same for the other port, the other address,
 * and both (RFC 5780 6); those after the first may have no socket. */
#define NODE_STUN_PLACES 4
struct node_stun_place {
	struct node *node;
	struct net_sock *sock;
	struct addr addr;
	/* By the bits of CHANGE-REQUEST over two: itself, the other port, the
	 * other address, both. */
	const struct node_stun_place *places[NODE_STUN_PLACES];
};

/* D has come to a socket of N's that answers keep-alives alone (RFC 5626 8).
 * False: it is no STUN. */
bool node_stun_received(struct node *n, const struct net_datagram *d);
/* D has come to PLACE. */
void node_stun_serve(
    const struct node_stun_place *place, const struct net_datagram *d);

#endif
