/*
 * Happy Eyeballs (RFC 8305 5): a host with addresses of both families is
 * reached by whichever connection is open first.  One is tried after the other,
 * each some time after the last or when that has failed.  The
 * RFC's attempt succeeds "generally when the TCP handshake completes"; here it
 * does when messages can be sent, with TLS and WebSocket after their
 * handshakes: an address whose certificate is bad wins nothing by its TCP.
 */
#ifndef NODE_RACE_H
#define NODE_RACE_H

#include "base/addr.h"

#include <stdbool.h>

struct node;
struct node_question;

/* DST is to be told as Q's place.  True: connections to it and to the addresses
 * that come next are tried first, and node_locate_raced is told (locate.c);
 * false: there is nothing to choose from, or a connection to one of them, which
 * is DST now. */
bool node_race_begin(struct node_question *q, struct addr *dst);
/* Q is taken back. */
void node_race_stop(struct node_question *q);
/* A connection of N to REMOTE is open (`made`), or is over. */
void node_race_heard(struct node *n, const struct addr *remote, bool made);

#endif
