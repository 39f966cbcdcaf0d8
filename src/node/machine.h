/*
 * The machines of a node above the transactions: a registration, a
 * subscription.  They run on their tables in machine/machine.h: what an event
 * leads to stands there and nowhere else.
 */
#ifndef NODE_MACHINE_H
#define NODE_MACHINE_H

#include "node/node.h"
#include "machine/machine.h"

struct node_machine {
	const struct machine *table;
	const char *state; /* of the table; NULL: at its start */
};

/* The state it is in. */
const char *node_machine_state(const struct node_machine *m);
/* It is in STATE, which is not its start. */
bool node_machine_is(const struct node_machine *m, const char *state);
/*
 * M takes the step EVENT, and the record of it, with WHY, is the present cause.
 * ID says which one it is at node N.  A machine that gets to its end is at its
 * start again.  Where the table has no such step M stays, and the record says
 * that (sip/no_step.h).
 */
void node_machine_step(struct node *n, struct node_machine *m, const char *id,
    const char *event, enum rule_id why);

#endif
