/*
 * Happy Eyeballs (RFC 8305 5): a host with addresses of both families is
 * reached by whichever connection is made first.  One is tried after the other,
 * each some time after the last or when that has failed.
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
/* A connection of N to REMOTE is made, or is over. */
void node_race_heard(struct node *n, const struct addr *remote, bool made);

#endif
