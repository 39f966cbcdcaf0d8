/*
 * Connections for SIP (RFC 3261 18) of a face of a node: it listens there,
 * makes a connection where there is none, keeps it for later messages, and cuts
 * received bytes into messages.  UDP needs none of this (node/node.c).
 */
#ifndef NODE_NODE_TRANSPORT_H
#define NODE_NODE_TRANSPORT_H

#include "base/addr.h"
#include "trace/writer.h"

struct node_face;
struct transport;

/* Listens at F's address by each stream by which F does; the stack of its node
 * gets the messages.  0, ERR_NOMEM, ERR_EXISTS. */
int transport_create(struct transport **t, const struct node_face *f);
/* Connections end without a word, as in a crash; NULL is fine. */
void transport_destroy(struct transport *t);

/* What awaits WHAT (sip_awaited) need not go out once more. */
void transport_settled(struct transport *t, uint64_t what);

/* Sends one message to DST, over the connection that leads there, or over a new
 * one.  Returns the seq of the send record.  Where it does not get through
 * sip_stack_trouble hears of it, later. */
uint64_t transport_send(struct transport *t, const struct addr *dst,
    struct str bytes, const struct trace_message *m, enum rule_id why);

/* A connection to DST is begun, of which node_race_heard is told; false: none
 * can be. */
bool transport_open(struct transport *t, const struct addr *dst);
/* A connection that was wanted, and is not made yet, is not wanted any more. */
void transport_give_up(struct transport *t, const struct addr *dst);
/* Asks over the connection to DST whether that stands; false: there is none, or
 * it has no word for that. */
bool transport_ping(struct transport *t, const struct addr *dst);

/* A connection to DST is there or being made. */
bool transport_connected(const struct transport *t, const struct addr *dst);
/* A connection to DST exists, and messages go out at once. */
bool transport_ready(const struct transport *t, const struct addr *dst);

/* RFC 5923 8.2: requests to ADVERTISED may go over the connection from PEER. */
void transport_alias(struct transport *t, const struct addr *peer,
    const struct addr *advertised);

#endif
