/*
 * The ACKs that a proxy has forwarded lately.  They have no transaction (RFC
 * 3261 16.6), so nothing else can tell that one is a repetition; what lies
 * 64*T1 back is forgotten, since nobody repeats a 2xx for longer.
 */
#ifndef NODES_PROXY_ACKS_H
#define NODES_PROXY_ACKS_H

#include "sim/sim.h"

struct proxy_acks;

/* Borrows SIM. 0 or ERR_NOMEM. */
int proxy_acks_create(struct proxy_acks **a, struct sim *sim);
void proxy_acks_destroy(struct proxy_acks *a);

/* The first send of the ACK with this branch, 0 where there was none. */
uint64_t proxy_acks_first(struct proxy_acks *a, struct str branch);
/* SEND is the first. 0 or ERR_NOMEM. */
int proxy_acks_add(struct proxy_acks *a, struct str branch, uint64_t send);

#endif
