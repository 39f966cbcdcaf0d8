/*
 * The machines of a node above the transactions: a registration, a
 * subscription, a call.  They run on their tables in machine/machine.h: what an
 * event leads to is there and nowhere else.
 */
#ifndef NODE_NODE_MACHINE_H
#define NODE_NODE_MACHINE_H

#include "node/node.h"
#include "machine/machine.h"

/*
 * M takes the step EVENT, and the record of it, with WHY, is the present cause.
 * ID says which one it is at node N.  False where the table has no such step: M
 * stays, and the record says that (sip/machine_step.h).
 */
bool node_machine_step(struct node *n, struct machine_run *m, const char *id,
    enum event_id event, enum rule_id why);

/* The same, except for a record that says more: it is open, for the caller to
 * add to and then to make it the present cause by node_record_cause.  NULL
 * where the table has no such step. */
struct trace_writer *
node_machine_open_step(struct node *n, struct machine_run *m, const char *id,
    enum event_id event, enum rule_id why);

#endif
