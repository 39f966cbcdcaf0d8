/* The tables of trace/machines_transaction.c and machines_usage.c. */
#ifndef TRACE_MACHINES_IMPL_H
#define TRACE_MACHINES_IMPL_H

#include "trace/machines.h"

extern const struct trace_machine trace_machine_ict, trace_machine_nict,
    trace_machine_ist, trace_machine_nist, trace_machine_dialog,
    trace_machine_call, trace_machine_registration, trace_machine_subscription;

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
