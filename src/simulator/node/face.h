/*
 * The faces of a node: its addresses, and the ports that it listens on at each.
 * A node has one as a rule; a server between two networks has one in each.
 * Code that writes an address of a node into a message, or compares one with
 * it, asks here for the face: the one that faces a destination (messages to it
 * come from there), the one at which a message arrived, or any.
 */
#ifndef NODE_FACE_H
#define NODE_FACE_H

#include "base/addr.h"
#include "base/str.h"
#include "net/net.h"

struct msg;
struct node;
struct transport;

/* How many a node may have. */
#define NODE_FACES 8

/* At a face that names none it listens by all. */
#define NODE_LISTENS_ALL ((1U << ADDR_TRANSPORTS) - 1)

struct node_face {
	struct node *node;
	const char *name; /* "" of the one that only addr= gives; borrowed */
	/* With the port of the first transport by which it listens, and of all
	 * that share it by default: the address in the topology. */
	struct addr addr;
	uint16_t usual;        /* that rule's port */
	struct addr mapped;    /* as others see it by UDP (STUN); or len 0 */
	unsigned listens;      /* bits of enum addr_transport */
	struct net_sock *sock; /* UDP; NULL while it is down */
	struct transport
	    *transport; /* of streams (node/node_transport.h); likewise
			 */
};

/* The rest of F, which has its node, name, address (port 0: none was said) and
 * `listens` (0: by all that nodes have).  Of two streams that would have one
 * port the second is not listened for. */
void node_face_init(struct node_face *f);
/* Where F is reached by BY, whether it listens by it or not: its address with
 * the port and the transport. */
struct addr node_face_addr(const struct node_face *f, enum addr_transport by);
/* What F's node calls itself there, without a port, appended. */
void node_face_write_host(const struct node_face *f, struct buf *out);
/* F listens at PORT, by whatever transport. */
bool node_face_listens(const struct node_face *f, uint16_t port);

/* The first face's address, without parameters.  It names a node that has no
 * domain, and is right for nodes with one face.
 */
const struct addr *node_addr(const struct node *n);
/* The face that faces DST (net_host_facing). */
const struct node_face *
node_face_toward(const struct node *n, const struct addr *dst);
/* The face that faces the sender of M, a request, as its top Via names it. */
const struct node_face *
node_face_before(const struct node *n, const struct msg *m);
/* N's face that OTHER, a node, sees. */
const struct node_face *
node_face_for(const struct node *n, const struct node *other);
/* The face that has A, with a port at which it listens; NULL: none. */
const struct node_face *
node_face_at(const struct node *n, const struct addr *a);
/* The face NAME, or NULL. */
struct node_face *node_face_named(struct node *n, struct str name);
/* One of N's faces has A's IP address. */
bool node_has_addr(const struct node *n, const struct addr *a);

/*
 * Cuts the first face off TEXT, "inside=10.0.0.1 outside=192.0.2.7:5080/tcp": a
 * name, an address, perhaps a port, and the transports by which it listens with
 * commas between, all where none is named (*LISTENS 0).  False at the end of
 * TEXT; *ERR: 0, ERR_SYNTAX (it is none; *NAME is the text there), ERR_RANGE
 * (no such transport).
 */
bool node_face_read(struct str *text, struct str *name, struct addr *a,
    unsigned *listens, int *err);

/* Begins to listen at all of N's faces; 0, ERR_NOMEM, ERR_EXISTS. */
int node_faces_open(struct node *n, net_recv_fn *fn);
void node_faces_close(struct node *n);

bool
node_face_listens_by(const struct node_face *f, enum addr_transport transport);

#endif
