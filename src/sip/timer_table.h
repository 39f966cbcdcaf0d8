/*
 * Where libosip2 keeps the timers of machine/transactions.c.  Timers L and M
 * (RFC 6026) are ours.
 */
#ifndef SIP_TIMER_TABLE_H
#define SIP_TIMER_TABLE_H

#include "machine/machine.h"
#include "sip/engine_priv.h"

/* No machine has more than this many timers. */
#define SIP_TIMERS_EACH 4

struct sip_timer_place {
	type_t event;         /* libosip2's */
	size_t length, start; /* offsets in the machine's context */
};

/* NULL where T is ours. */
const struct sip_timer_place *sip_timer_place(const struct machine_timer *t);

#endif
