/*
 * The machine of a call in a queue: how it comes to an agent, or does not.
 * What passes between the two is a pair's (pairs.c); this is what the queue
 * knows of it.  RFC 3261 has no more of it than the status 182 (21.1.4).
 */
#include "machine/tables.h"

/* clang-format off */
static const struct machine_state queue_call_states[] = {
	{ STATE_IDLE, false, N_("Nobody has called.") },
	{ STATE_WAITING, false, N_("The caller waits, and is told how many are ahead of him.") },
	{ STATE_RINGING, false, N_("It rings at an agent's, or at several.") },
	{ STATE_TALKING, false, N_("An agent has answered.") },
	{ STATE_WRAPPING, false, N_("The call is over; its agent writes down what it was about.") },
	{ STATE_OVER, true, N_("Nothing is left of it, and its agent is free.") },
};

static const struct machine_edge queue_call_edges[] = {
	STEP(IDLE, INVITE_RECEIVED, WAITING, QUEUE_WAIT, N_("Somebody calls: 182.")),
	STEP(WAITING, INVITE_SENT, RINGING, QUEUE_CHOSEN, N_("An agent is chosen, and called.")),
	STEP(WAITING, TURNED_AWAY, OVER, QUEUE_EMPTY, N_("Nobody is left who could take the call.")),
	STEP(WAITING, LEFT, OVER, QUEUE_ABANDONED, N_("The caller waits no longer.")),
	STEP(RINGING, INVITE_SENT, RINGING, QUEUE_CHOSEN, N_("One more agent is called, too.")),
	STEP(RINGING, 2XX, TALKING, QUEUE_TALK, N_("The first agent to answer has the call.")),
	STEP(RINGING, NO_ANSWER, WAITING, QUEUE_SILENT, N_("All who were called have refused.")),
	STEP(RINGING, TIMER_RING, WAITING, QUEUE_SILENT, N_("It has rung for long enough.")),
	STEP(RINGING, LEFT, OVER, QUEUE_ABANDONED, N_("The caller waits no longer.")),
	STEP(TALKING, LEFT, WRAPPING, QUEUE_WRAP_UP, N_("One of the two has hung up.")),
	STEP(WRAPPING, TIMER_WRAP_UP, OVER, QUEUE_FREE, N_("The agent is free again.")),
};

static const struct machine_timer queue_call_timers[] = {
	{ "ring", EVENT_TIMER_RING, 0, 0, MACHINE_SAME, N_("as configured"), STATE_RINGING, STATE_NONE, N_("calls another agent when nobody answers") },
	{ "place", EVENT_NONE, 0, 0, MACHINE_SAME, N_("up to 10 s"), STATE_WAITING, STATE_NONE, N_("tells a caller of his new place, ten seconds after the last time") },
	{ "wrap-up", EVENT_TIMER_WRAP_UP, 0, 0, MACHINE_SAME, N_("as configured"), STATE_WRAPPING, STATE_NONE, N_("gives the agent time to write down what the call was about") },
};

const struct machine machine_queue_call = {
	.name = "queue-call", .title = N_("call in a queue"),
	.heading = N_("Calls in queues"),
	.rfc = 3261, .section = "21.1.4", .start = STATE_IDLE,
	MACHINE_TABLES(queue_call),
};
/* clang-format on */
