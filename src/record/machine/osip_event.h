/*
 * What libosip2 calls the event behind a transaction's step (osip.h, type_t),
 * for those who compare what they see with its sources.
 */
#ifndef MACHINE_OSIP_EVENT_H
#define MACHINE_OSIP_EVENT_H

#include "machine/machine.h"

/* "RCV_STATUS_1XX" for a step of M by EVENT ("1xx", "180", "Timer A") from
 * state FROM.  NULL where libosip2 has no part in it: other machines, and the
 * state `accepted` with Timers L and M, which RFC 6026 adds. */
const char *machine_osip_event(
    const struct machine *m, enum state_id from, struct str event);

#endif
