/*
 * Transactions of H.248 over UDP (RFC 3525 8, annex D.1), for both sides.  A
 * requester repeats its transaction until the reply comes; a responder keeps
 * its replies, so that a repetition is answered again and not carried out
 * twice.
 */
#ifndef ROLES_SOFTSWITCH_MEGACO_PORT_H
#define ROLES_SOFTSWITCH_MEGACO_PORT_H

#include "base/list.h"
#include "megaco/megaco.h"
#include "node/node.h"

/* D.1.3, D.1.1 */
#define MEGACO_FIRST (SIM_S / 2)  /* until it is retransmitted, first … */
#define MEGACO_SLOW  (4 * SIM_S)  /* … and at most */
#define MEGACO_LONG  (30 * SIM_S) /* LONG-TIMER */

struct megaco_port;

/* REPLY is the one that has come, valid until this returns; NULL: none has. */
typedef void megaco_done_fn(const struct megaco_item *reply, void *arg);

struct megaco_port_ops {
	/* FROM may tell ARG's node something. */
	bool (*knows)(void *arg, const struct addr *from);
	/* T is a transaction of FROM's: its reply is written to O, within the
	 * braces. */
	void (*request)(void *arg, const struct addr *from,
	    const struct megaco_item *t, struct megaco_out *o);
	/* The same has its reply: what it leads to. */
	void (*obeyed)(
	    void *arg, const struct addr *from, const struct megaco_item *t);
	/* DST is out of reach: it has not replied for LONG-TIMER (D.1.5). */
	void (*silent)(void *arg, const struct addr *dst);
};

struct megaco_port {
	struct node *node;
	struct net_sock *sock;
	const struct megaco_port_ops *ops;
	void *arg;
	uint32_t next; /* number of a transaction */
	struct list asks, replies;
	struct megaco_ask *open; /* being written */
};

/* 0, ERR_NOMEM, ERR_EXISTS: the port is taken. */
int megaco_port_begin(struct megaco_port *p, struct node *n,
    const struct megaco_port_ops *ops, void *arg);
/* Callbacks end. */
void megaco_port_end(struct megaco_port *p);

/* A transaction for DST is written into what this returns, its actions, and
 * then sent by WHY; FN(reply, ARG) is called once, later. */
struct megaco_out *
megaco_port_ask(struct megaco_port *p, const struct addr *dst);
void megaco_port_send(
    struct megaco_port *p, enum rule_id why, megaco_done_fn *fn, void *arg);
/* What DST has not answered yet is not asked any more: FN(NULL, ARG) of each.
 */
void megaco_port_give_up(struct megaco_port *p, const struct addr *dst);

/* The number of the first Error in REPLY (also one within a command), or 0; 500
 * of NULL. */
unsigned megaco_reply_error(const struct megaco_item *reply);

#endif
