/*
 * What the files of a NAT share: roles/nat/nat.c is the role,
 * roles/nat/nat_alg.c what it does to SIP messages that it should leave alone.
 */
#ifndef ROLES_NAT_NAT_IN_H
#define ROLES_NAT_NAT_IN_H

#include "net/nat.h"
#include "roles/nat/nat_alg.h"
#include "node/machine.h"
#include "node/node.h"
#include "rules/rule_names.h"

#define NAT_UDP_NS        (300 * SIM_S)  /* RFC 4787 REQ-5 c */
#define NAT_TCP_NS        (7440 * SIM_S) /* RFC 5382 REQ-5: 2 h 4 min */
#define NAT_TRANSITORY_NS (240 * SIM_S)  /* RFC 5382 REQ-5 */
#define NAT_BINDINGS      65535

struct nat {
	struct node *node;
	struct net_nat *net;
	/* Of the gateway for SIP: what it rewrites, 0 where there is none, and
	 * what it works with. */
	unsigned alg;
	struct msg *msg;
	struct msg_splice *splice;
};

/* Opens a record of N that says OP of B. */
struct trace_writer *nat_open_record(const struct node *n, enum rule_id why,
    const char *op, const struct net_nat_binding *b);

/* nat_alg.c: what the attribute `alg` asks for, as bits. */
unsigned nat_alg_read(const struct node *n);
/* As struct net_nat_ops has it; ARG is the NAT. */
uint64_t nat_alg_rewrite(const struct net_nat_binding *b, bool outward,
    const struct net_datagram *d, struct buf *out, void *arg);

#endif
