/*
 * The name server: a host that answers questions of the DNS over UDP and TCP,
 * port 53, with the zones of master files (zone=FILE), or with those that the
 * topology makes: for each domain its servers by NAPTR and SRV, and where its
 * hosts are.
 */
#ifndef ROLES_DNS_DNS_H
#define ROLES_DNS_DNS_H

#include "node/node.h"

/* What it does otherwise than it should: words of the attribute `reply`. */
#define DNS_REPLY_WORDS \
	"silent truncated plain servfail refused nxdomain rotated"

/* The attributes of N that a name server reads (its zones, whose texts the
 * world has, `lies`, and `srv` of any node) are as they must be; 0, or an error
 * with its sentence. */
int dns_check(const struct node *n, struct diag *d);

#endif
