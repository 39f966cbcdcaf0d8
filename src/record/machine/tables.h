/* The tables of machine/transactions.c, usages.c and telephone.c. */
#ifndef MACHINE_TABLES_H
#define MACHINE_TABLES_H

#include "machine/machine.h"
#include "rules/rule_names.h"

extern const struct machine machine_ict, machine_nict, machine_ist,
    machine_nist, machine_dialog, machine_call, machine_registration,
    machine_subscription, machine_publication, machine_offers, machine_pair,
    machine_queue_call, machine_participant, machine_nat_binding, machine_name,
    machine_stun, machine_circuit, machine_blocking, machine_sip_isup,
    machine_isup_sip, machine_exchange, machine_hss_user, machine_context,
    machine_termination, machine_media_gateway;

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

/* A step from a state to another by an event, each by its id in machine/ids.h,
 * and a rule of rules/rules_table.h; STEP_IN where another section than the
 * rule's asks for it, or no rule of ours says what that section does. */
#define STEP(from, event, to, rule, text) \
	STEP_IN(from, event, to, rule, 0, NULL, text)
#define STEP_IN(from, event, to, rule, rfc, section, text)                 \
	{                                                                  \
		STATE_##from, EVENT_##event, STATE_##to, RULE_##rule, rfc, \
		    section, text, 0                                       \
	}

#endif
