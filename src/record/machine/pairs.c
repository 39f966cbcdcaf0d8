/*
 * The machine of a pair of calls: what happens to a party's call is an event,
 * and what that makes of the two a step.  RFC 7092 (two user agents back to
 * back, the first of which is called), RFC 3725 (two that are both called by a
 * controller).
 */
#include "machine/tables.h"

/* clang-format off */
static const struct machine_state pair_states[] = {
	{ STATE_IDLE, false, N_("Neither party is there.") },
	{ STATE_FIRST, false, N_("One party has called, or is called; the other is not yet.") },
	{ STATE_SECOND, false, N_("The other party is called: what it answers is told to the first.") },
	{ STATE_ADAPTING, false, N_("A party has offered in its 2xx; the other one is asked what it answers.") },
	{ STATE_JOINED, false, N_("Each knows what the other has said; what one changes is asked of the other.") },
	{ STATE_PARTING, false, N_("One is gone or could not be had: the other is told.") },
	{ STATE_OVER, true, N_("Both calls are over.") },
};

static const struct machine_edge pair_edges[] = {
	STEP(IDLE, INVITE_RECEIVED, FIRST, PAIR_INVITE, N_("A party calls: the box is the user agent that is called.")),
	STEP(IDLE, INVITE_SENT, FIRST, THIRD_FLOW_IV, N_("A controller calls the first party.")),
	STEP(FIRST, 2XX, FIRST, THIRD_FLOW_IV, N_("The first party that a controller has called answers.")),
	STEP(FIRST, INVITE_SENT, SECOND, PAIR_CALL, N_("The other party is called, in a call of its own.")),
	STEP(FIRST, NOT_SENT, PARTING, PAIR_NOT_SENT, N_("There is nobody to call, or nowhere to send it.")),
	STEP(FIRST, LEFT, PARTING, PAIR_BYE, N_("The first party is gone before the other was called.")),
	STEP(SECOND, 2XX, JOINED, PAIR_ANSWER, N_("The other party has answered, and so does the box.")),
	STEP(SECOND, 2XX_OFFER, ADAPTING, THIRD_FLOW_IV, N_("The other party makes the offer, which the first hears in a re-INVITE.")),
	STEP(SECOND, NO_ANSWER, FIRST, PAIR_SILENT, N_("None of those called is to be had: the first party waits on.")),
	STEP(SECOND, LEFT, PARTING, PAIR_REFUSED, N_("The other party refuses, or the first takes its call back.")),
	STEP(ADAPTING, CHANGE_ACCEPTED, JOINED, PAIR_ADAPTED, N_("The answer of one is the other's, in the ACK.")),
	STEP(ADAPTING, CHANGE_REFUSED, PARTING, PAIR_UNFIT, N_("The two have nothing that both can do.")),
	STEP(ADAPTING, NOT_SENT, PARTING, PAIR_UNFIT, N_("The offer can't be passed on.")),
	STEP(ADAPTING, LEFT, PARTING, PAIR_BYE, N_("One has hung up.")),
	STEP(JOINED, CHANGE_ACCEPTED, JOINED, PAIR_CHANGE, N_("What one has offered the other accepts.")),
	STEP(JOINED, CHANGE_REFUSED, JOINED, PAIR_CHANGE, N_("What one has offered the other refuses: all stays as it was.")),
	STEP(JOINED, TRANSFER, SECOND, PAIR_TRANSFER, N_("The box calls somebody else in the place of one, who has asked for it.")),
	STEP(SECOND, CHANGE_REFUSED, JOINED, PAIR_TRANSFER, N_("Whom the box has called instead is not to be had: all is as it was.")),
	STEP(JOINED, LEFT, PARTING, PAIR_BYE, N_("One has hung up: the box hangs up with the other.")),
	STEP(PARTING, LEFT, OVER, PAIR_OVER, N_("The last call of the pair is over.")),
};

const struct machine machine_pair = {
	.name = "pair", .title = N_("pair of calls"),
	.heading = N_("Pairs of calls"),
	.rfc = 7092, .section = "3.1", .start = STATE_IDLE,
	MACHINE_STATES(pair),
};
/* clang-format on */
