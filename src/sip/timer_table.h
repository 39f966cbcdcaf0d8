/*
 * The timers of the four machines: where libosip2 keeps each, in which states
 * it counts (elsewhere the library leaves it armed and would loop), and the
 * rule by which it is set.  Timers L and M are ours (RFC 6026).
 */
#ifndef SIP_TIMER_TABLE_H
#define SIP_TIMER_TABLE_H

#include "sip/engine_priv.h"
#include "sip/transaction.h"

/* No machine has more than this many timers. */
#define SIP_TIMERS_EACH 4

struct sip_timer_row {
	enum sip_machine machine;
	const char *name;     /* "A" */
	bool ours;            /* L, M: libosip2 knows nothing of it */
	type_t event;         /* libosip2's */
	state_t states[2];    /* where it counts */
	size_t length, start; /* offsets in the machine's context */
	enum rule_id set, fire;
};

/* The rows of MACHINE, *N of them; a timer's index in the rows is its index
 * in sip_transaction.timers. */
const struct sip_timer_row *sip_timer_rows(enum sip_machine machine, size_t *n);

#endif
