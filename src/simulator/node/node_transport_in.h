/* Connections of a face, among the files of node/node_transport.h. */
#ifndef NODE_NODE_TRANSPORT_IN_H
#define NODE_NODE_TRANSPORT_IN_H

#include "base/connection_end.h"
#include "base/list.h"
#include "msg/framing.h"
#include "net/tcp.h"
#include "node/channel.h"
#include "node/node.h"
#include "node/node_transport.h"

/* A message that was sent and is not known to have arrived. */
struct sent {
	struct list link; /* in connection->sent, in order */
	uint64_t seq;     /* of its record */
	uint64_t awaited; /* sip_awaited */
	struct addr dst;  /* as who sent it named it */
	struct str bytes; /* they stand behind */
};

struct connection {
	struct list link;  /* in transport->connections */
	struct list owing; /* in transport->owing, or in none */
	struct transport *transport;
	struct net_conn *net; /* NULL once it is over */
	struct channel *channel;
	struct addr remote;
	struct addr alias; /* len 0: none */
	bool opened;       /* by this node */
	bool used;         /* a message has got through, in either direction */
	struct list sent;  /* struct sent */
	struct msg_framing framing;
	sim_event idle;
	int64_t used_ns; /* when something went over it last … */
	uint64_t cause;  /* … and which record that was */
};

struct transport {
	struct node *node;
	const struct node_face
	    *face; /* of NODE's, whose connections they are */
	struct net_listener *listeners[ADDR_KNOWN_TRANSPORTS];
	struct list connections;
	struct list owing;   /* connections with unacknowledged messages in
			      * `sent` */
	struct map *by_addr; /* remote and alias → connection */
	struct buf text;     /* the message that is being handed on */
};

/* node_transport.c */
/* What the other side has acknowledged is not kept. */
void connection_drop_acked(struct connection *k);
/* K is no longer found by lookups; the network's connection is not touched. */
void connection_forget(struct connection *k);
/* Closed from here, for WHY, which the outside hears. */
void connection_close(struct connection *k, enum connection_end why);
/* 18.4: reports TROUBLE to the transactions that wait for an answer over K, or
 * sent one over it. */
void connection_report(
    struct connection *k, enum sip_trouble trouble, const char *how);
/* Sends K's remaining messages once more, in order. */
void connection_send_again(struct connection *k);
/* Something goes over it. */
void connection_touch(struct connection *k);

/* node_transport_receive.c */
/* Last of all: tells K's keep-alives and the waiters for its connecting that it
 * is over; their messages go over another connection. */
void connection_tell_over(struct connection *k);
extern const struct net_tcp_ops connection_ops;

#endif
