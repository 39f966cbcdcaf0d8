/*
 * The machine of a question to a STUN server over UDP (RFC 8489 6.2.1): nothing
 * but repetition makes it reliable.
 */
#include "machine/tables.h"
#include "machine/times.h"

/* clang-format off */
static const struct machine_state stun_states[] = {
	{ STATE_TRYING, false, N_("The request is out, and repeated.") },
	{ STATE_COMPLETED, true, N_("An answer has come.") },
	{ STATE_FAILED, true, N_("None has come, or the server has refused.") },
};

static const struct machine_edge stun_edges[] = {
	STEP(NONE, REQUEST_SENT, TRYING, STUN_ASK, N_("A request with a transaction id of its own goes out.")),
	STEP(TRYING, TIMER_RTO, TRYING, STUN_AGAIN, N_("No answer yet: the same bytes once more.")),
	STEP(TRYING, ANSWERED, COMPLETED, STUN_LEARN, N_("The answer says from where the request has come to the server.")),
	STEP(TRYING, REJECTED, FAILED, STUN_REFUSED, N_("The server has answered with an error.")),
	STEP(TRYING, TIMER_RM, FAILED, STUN_SILENT, N_("No answer to the last of them either.")),
};

static const struct machine_timer stun_timers[] = {
	{ "RTO", EVENT_TIMER_RTO, TIME_STUN_RTO_MS, TIME_STUN_RTO_MS << (TIME_STUN_RC - 2), MACHINE_NEVER, "500 ms, 1 s, 2 s, …", STATE_TRYING, STATE_NONE, N_("sends the request again: as a rule seven times in all") },
	{ "Rm", EVENT_TIMER_RM, TIME_STUN_RM * TIME_STUN_RTO_MS, 0, MACHINE_SAME, "16*RTO", STATE_TRYING, STATE_NONE, N_("ends the wait for an answer to the last request") },
};

const struct machine machine_stun = {
	.name = "stun", .title = N_("STUN transaction"),
	.heading = N_("Questions to STUN servers"),
	.rfc = 8489, .section = "6.2.1", .start = STATE_NONE,
	MACHINE_TABLES(stun),
};
/* clang-format on */
