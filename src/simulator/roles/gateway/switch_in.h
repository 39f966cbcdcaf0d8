/*
 * A telephone exchange: telephones behind it, circuits to other exchanges and
 * to gateways (roles/gateway/trunk.h).  A call has two sides, each a telephone
 * of its own or a circuit; the messages of one side are forwarded to the
 * other. A call is a machine (machine/telephone.c). The sound of telephones is
 * not simulated.
 *
 *   switch.c        the role, its life, what comes on its circuits; what
 *                   people do with its telephones
 *   switch_call.c   calls: routing, records, ends
 */
#ifndef ROLES_GATEWAY_SWITCH_IN_H
#define ROLES_GATEWAY_SWITCH_IN_H

#include "roles/gateway/trunk.h"
#include "role/verbs_table.h"

struct switch_call;

struct telephone {
	struct list link; /* in exchange->telephones, as in the topology */
	char *number;
	struct switch_call *call; /* NULL: it is idle */
};

struct exchange {
	struct trunks trunks; /* first */
	struct list telephones, calls;
	unsigned ncalls; /* that there were */
};

/* Neither: that side is not there yet, or gone. */
struct switch_side {
	struct trunk_circuit *circuit;
	struct telephone *phone;
};

enum switch_timer {
	SWITCH_T6,
	SWITCH_T7,
	SWITCH_T9,
	SWITCH_T35,
	SWITCH_RING,
	SWITCH_PICK_UP,
	SWITCH_DIAL,
	SWITCH_TIMERS
};

enum { CALLING, CALLED };

struct switch_call {
	struct list link; /* in exchange->calls */
	struct exchange *exchange;
	char *id;
	struct machine_run machine;
	struct switch_side sides[2];
	struct isup_number number;
	struct buf iam;
	bool complete;               /* an ACM has come or gone */
	unsigned tries;              /* circuits that were not to be had */
	char later[ISUP_DIGITS + 1]; /* digits that are still to be dialled */
	sim_event timers[SWITCH_TIMERS];
};

static inline struct node *
switch_node(const struct switch_call *c)
{
	return c->exchange->trunks.node;
}

/* ---- switch_call.c ---- */

/* A call of SIDE's to NUMBER, whose IAM is IAM; NULL when out of memory. */
struct switch_call *switch_call_new(struct exchange *x, struct switch_side side,
    const struct isup_number *number, const struct isup *iam);
void switch_call_free(struct switch_call *c);
/* Looks where C goes by the digits that there are. */
void switch_call_route(struct switch_call *c);
/* M has come from SIDE. */
void
switch_call_heard(struct switch_call *c, unsigned side, const struct isup *m);
/* C ends with CAUSE, said by LOCATION; it is freed. */
void switch_call_end(struct switch_call *c, enum event_id event,
    const struct q850_indicators *why, enum rule_id rule);
/* Another circuit is tried for C. */
void switch_call_again(struct switch_call *c);
/* Its called telephone is taken up, put down. */
void switch_call_answer(struct switch_call *c);
void switch_call_suspend(struct switch_call *c, bool on);
void
switch_call_set(struct switch_call *c, enum switch_timer t, int64_t after_ns);

/* ---- switch.c ---- */

#define X(owner, name, ...) node_verb_fn owner##_verb_##name;
SWITCH_VERBS(X)
#undef X

#endif
