/*
 * REFER (RFC 3515), within a call or outside of dialogs, and the subscription
 * that it makes (RFC 6665 4.5): a usage of its own, which the end of the call
 * does not end (RFC 5057 5.5).  Of one call there is one at a time, of either
 * side.  Its outcome, the permission to ask for it and the call that it leads
 * to are decided by the call's user and the agent's role.
 *
 *   refer.c      the side that asks; without a subscription
 *   referred.c   the side that receives the REFER and calls its target
 */
#ifndef AGENT_REFER_H
#define AGENT_REFER_H

#include "agent/call.h"
#include "agent/notifier.h"
#include "agent/refer_target.h"
#include "agent/subscriber.h"

/* What a REFER that was accepted has made: the state that its NOTIFYs tell. */
struct agent_referral {
	struct agent_notifier *notifier;
	struct agent_call
	    *within;             /* the call it came in; NULL: none, or over */
	struct agent_call *made; /* the call with the target, until told */
	struct agent_subscriber
	    *asked;      /* the REFER that it has sent to its peer */
	unsigned status; /* of that: 100 until there is a final one */
	struct agent_refer_target to; /* whom to call … */
	struct buf by;                /* … on whose behalf (Referred-By) */
	sim_event later; /* until it calls (attribute `refer_after`) */
};

/* ---- the side that asks (refer.c) ---- */

/* Asks the other side of C to call URI instead; SILENT: and to tell nothing of
 * it (agent/refer_sub.h).  0, or an error with its sentence in D (ERR_STATE,
 * ERR_NOTFOUND), ERR_NOMEM. */
int agent_call_transfer(
    struct agent_call *c, struct str uri, bool silent, struct diag *d);
/* Asks WHOM, outside of dialogs, to call URI, likewise.  0, ERR_NOMEM,
 * ERR_NOTFOUND (no address is known), ERR_SYNTAX. */
int
agent_refer(struct agent *agent, struct str whom, struct str uri, bool silent);
/* Asks whom TO names to call what that names (RFC 4579 5.7); R (may be NULL)
 * is told how that is answered.  0, or as agent_refer. */
int agent_refer_on(struct agent *agent, const struct agent_refer_target *to,
    struct agent_referral *r);
/* C is freed, or no longer found: REFERs in it, and calls made by them, go on
 * without it. */
void agent_refer_leave(struct agent_call *c);

/* ---- the side that is asked (referred.c) ---- */

/* IN is a REFER, in whatever dialog, or in none. */
void agent_referred(struct agent *agent, const struct sip_in *in);
/* What R asks for was answered with STATUS: R is told of, and over. */
void agent_referral_done(struct agent_referral *r, unsigned status);
/* C, which may have been made by a REFER, has this final answer; 0: none. */
void agent_refer_outcome(struct agent_call *c, unsigned status);

#endif
