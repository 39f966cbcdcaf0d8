/*
 * REFER within a call, and the subscription that it makes: RFC 3515, RFC 6665;
 * of either side, one at a time.  What is to come of it, whether the other side
 * may ask for it, and who is called then, is for the call's user (struct
 * agent_call_ops).
 *
 *   refer.c      the subscription; the side that asks
 *   referred.c   the side that is to call somebody else
 *   notified.c   NOTIFYs of any event package
 */
#ifndef AGENT_REFER_H
#define AGENT_REFER_H

#include "agent/call.h"

#define AGENT_SUBSCRIPTION "subscription" /* of machine/machine.h */

/* ---- the side that asks (refer.c) ---- */

/* Asks the other side of C to call URI instead: 0, or an error with its
 * sentence in D (ERR_STATE, ERR_NOTFOUND), ERR_NOMEM. */
int agent_call_transfer(struct agent_call *c, struct str uri, struct diag *d);
/* A NOTIFY of the package refer, with PARAMS behind that in its Event; C is
 * NULL outside of calls. */
void agent_refer_notified(struct agent *agent, struct agent_call *c,
    const struct sip_in *in, struct str params);

/* ---- the side that is asked (referred.c) ---- */

/* A REFER within C's dialog, or outside of any. */
void agent_call_referred(struct agent_call *c, const struct sip_in *in);
void agent_referred(struct agent *agent, const struct sip_in *in);
/* C, which may have been made by a REFER, has this final answer; 0: none. */
void agent_refer_outcome(struct agent_call *c, unsigned status);
/* The subscription's time is over, and the other side hears so. */
void agent_refer_end_late(struct agent_call *c);

/* ---- event packages (notified.c) ---- */

/* A NOTIFY in C's dialog, or outside of any. */
void agent_call_notified(struct agent_call *c, const struct sip_in *in);
void agent_notified(struct agent *agent, const struct sip_in *in);

/* ---- the subscription (refer.c) ---- */

/* C has one; or it has one that is in STATE. */
bool agent_refer_lives(const struct agent_call *c);
bool agent_refer_is(const struct agent_call *c, const char *state);
/* EVENT happens to it; what follows has the record of it as its cause. */
void
agent_refer_step(struct agent_call *c, const char *event, enum rule_id why);
void agent_refer_timer_set(
    struct agent_call *c, enum agent_refer_timer t, int64_t due);
/* C is hung up: what is left of its transfer ends. */
void agent_refer_stop(struct agent_call *c);
/* C is gone, and leaves nothing behind in other calls. */
void agent_refer_leave(struct agent_call *c);

#endif
