/*
 * Messages that a script sends by itself: a request goes out once its
 * destination is known; its final response changes nothing, but a script may
 * wait for it.
 */
#ifndef NODE_SCRIPT_REQUEST_H
#define NODE_SCRIPT_REQUEST_H

#include "node/node.h"

/* In names of requests, between the node's and a number. */
#define NODE_REQUEST_NAME "/send-"

struct node_request {
	struct sip_bytes *bytes;   /* a reference is taken */
	struct str uri;            /* what it is sent to (node_next_uri) */
	const struct addr *dst;    /* where that is; NULL: to be asked */
	enum addr_transport liked; /* as for node_locate */
	/* The transport to use whatever URI and LIKED say; NULL: as located. */
	const struct addr_transport_row *by;
	enum rule_id why;
	uint64_t fwd; /* the recv that it forwards, or 0 */
	bool ack;     /* 17.1.1: it has no transaction */
	/* Gets the request's name, "alice/send-1", by which the world's watch
	 * is told of its answer; NULL: it is not told. */
	struct node_result *named;
};

/* 0 also while the address is being asked for; ERR_NOTFOUND (no address is
 * known), or why it can't be sent.  A failure after the return is only
 * recorded. */
int node_request_send(struct node *n, const struct node_request *l);
/* N goes down: frees the requests that still wait for an address, or an
 * answer. */
void node_request_stop(struct node *n);

/* ---- The verbs that any node has: crash, restart, set, send ---- */

extern const struct node_verb node_verbs[]; /* ended by one without a row */

/* send{…} (node/send.c). */
node_verb_fn sender_verb_send;

#endif
