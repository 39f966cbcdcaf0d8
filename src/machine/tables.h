/* The tables of machine/transactions.c and usages.c. */
#ifndef MACHINE_TABLES_H
#define MACHINE_TABLES_H

#include "machine/machine.h"

extern const struct machine machine_ict, machine_nict, machine_ist,
    machine_nist, machine_dialog, machine_call, machine_registration,
    machine_subscription;

/* The tables of a machine and their lengths; of one without timers the first
 * two. */
#define MACHINE_TABLES(prefix)         \
	MACHINE_STATES(prefix),        \
	    .timers = prefix##_timers, \
	    .ntimers = sizeof(prefix##_timers) / sizeof(*prefix##_timers)
#define MACHINE_STATES(prefix)                                         \
	.states = prefix##_states,                                     \
	.nstates = sizeof(prefix##_states) / sizeof(*prefix##_states), \
	.edges = prefix##_edges,                                       \
	.nedges = sizeof(prefix##_edges) / sizeof(*prefix##_edges)

#endif
