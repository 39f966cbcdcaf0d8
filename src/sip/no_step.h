/*
 * A machine that is asked for a step which its table does not have: nothing of
 * it changes, and the trace says so.  What others send decides which events
 * come; no order of theirs may end a run.
 */
#ifndef SIP_NO_STEP_H
#define SIP_NO_STEP_H

#include "machine/machine.h"
#include "sim/sim.h"

/* The machine ID of NODE is in state FROM of table M, which has no EVENT there;
 * WHY it was asked. */
struct sip_no_step {
	const char *node;
	const struct machine *table;
	const char *id, *from, *event;
	enum rule_id why;
};
void sip_record_no_step(struct sim *sim, const struct sip_no_step *what);

#endif
