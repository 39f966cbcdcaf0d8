/*
 * A step of a machine above the transactions.  What its table does not have is
 * a `bad` record and nothing else: what others send decides which events come,
 * and no order of theirs may end a run.
 */
#ifndef SIP_MACHINE_STEP_H
#define SIP_MACHINE_STEP_H

#include "machine/machine.h"
#include "sim/sim.h"

/* Which machine it is, and why it is asked: for the record. */
struct sip_machine_who {
	const char *node, *id;
	enum rule_id why;
};

/* M takes the step EVENT: the edge, of which the caller makes a record.  NULL
 * where M's table has no such step: M stays, and the trace says so. */
const struct machine_edge *
sip_machine_step(struct sim *sim, struct machine_run *m, enum event_id event,
    const struct sip_machine_who *who);
/* The trace says that EVENT, which is asked of M, does not lead where it
 * should.  M stays. */
void sip_machine_refuse(struct sim *sim, const struct machine_run *m,
    enum event_id event, const struct sip_machine_who *who);

#endif
