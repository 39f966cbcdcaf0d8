/*
 * The name server: a host that answers questions of the DNS over UDP and TCP,
 * port 53, with the zones of master files (zone=FILE), or with zones made from
 * the topology: for each domain its servers by NAPTR and SRV, and where its
 * hosts are.
 */
#ifndef ROLES_DNS_DNS_H
#define ROLES_DNS_DNS_H

#include "node/node.h"

/* What it does otherwise than it should: words of the attribute `reply`. */
#define DNS_REPLY_WORDS \
	"silent truncated plain servfail refused nxdomain rotated"

/* WORD is a name and an address, "sip1.example.com=192.0.2.66", as the
 * attribute `lies` has them. */
bool dns_is_lie(struct str word);

/* The zones of N, whose texts the world has, are as they must be; 0, or an
 * error with its sentence. */
int dns_check(const struct node *n, struct diag *d);

#endif
