/*
 * Timers of a node's own, those of transactions aside
 * (sip/transaction_machine.c): an event of the simulation, with records of its
 * setting, firing and stopping.
 */
#ifndef NODE_TIMER_H
#define NODE_TIMER_H

#include "node/node.h"

struct node_timer {
	const char *name; /* in the trace */
	enum rule_id why;
	sim_fn *fn;          /* calls node_timer_fired first */
	const char *machine; /* of an owner that is a transaction, else NULL */
};

/* Sets *EVENT to fire at DUE, in place of one that is set; ID is the owner's
 * name in the trace. */
void node_timer_set(struct node *n, sim_event *event,
    const struct node_timer *t, const char *id, int64_t due, void *arg);
/* Does nothing where it is not set. */
void node_timer_stop(struct node *n, sim_event *event,
    const struct node_timer *t, const char *id);
/* Its record becomes the present cause. */
void node_timer_fired(struct node *n, sim_event *event,
    const struct node_timer *t, const char *id);

#endif
