/*
 * The machines of H.248 (RFC 3525): a context and a termination as the gateway
 * has them (6.1, 6.2), and a gateway as its controller sees it (11.2).
 */
#include "machine/tables.h"

/* clang-format off */
static const struct machine_state context_states[] = {
	{ STATE_ACTIVE, false, N_("Terminations are in it, and hear each other as their modes allow.") },
	{ STATE_OVER, true, N_("No termination is in it any more: it is gone.") },
};

static const struct machine_edge context_edges[] = {
	STEP(NONE, ADD, ACTIVE, MEGACO_CONNECT, N_("A termination is added to a new context.")),
	STEP(ACTIVE, ADD, ACTIVE, MEGACO_CONNECT, N_("One more termination.")),
	STEP(ACTIVE, SUBTRACT, ACTIVE, MEGACO_RELEASE, N_("A termination leaves it; others stay.")),
	STEP(ACTIVE, SUBTRACT_LAST, OVER, MEGACO_RELEASE, N_("The last termination leaves it.")),
};

const struct machine machine_context = {
	.name = "context", .title = N_("context of H.248"),
	.heading = N_("Contexts"),
	.rfc = 3525, .section = "6.1", .start = STATE_NONE,
	MACHINE_STATES(context),
};

/* ---- a termination: RFC 3525 6.2 ---- */

static const struct machine_state termination_states[] = {
	{ STATE_NULL_CONTEXT, false, N_("It is with nobody: in the null context, with all that are free.") },
	{ STATE_IN_CONTEXT, false, N_("It is in a context, with others.") },
	{ STATE_OVER, true, N_("It was made for its context, and is gone.") },
};

static const struct machine_edge termination_edges[] = {
	STEP(NULL_CONTEXT, ADD, IN_CONTEXT, MEGACO_CONNECT, N_("It comes into a context; that of a stream comes to be with that.")),
	STEP(NULL_CONTEXT, MODIFY, NULL_CONTEXT, MEGACO_MODIFY, N_("It plays, looks out for, or sends something else.")),
	STEP(NULL_CONTEXT, SIGNAL_OVER, NULL_CONTEXT, MEGACO_SIGNAL, N_("What was asked for has happened, and ends the signal.")),
	STEP(NULL_CONTEXT, OFF_HOOK, NULL_CONTEXT, MEGACO_WATCH, N_("Its telephone is lifted.")),
	STEP(NULL_CONTEXT, ON_HOOK, NULL_CONTEXT, MEGACO_WATCH, N_("Its telephone is put down.")),
	STEP(IN_CONTEXT, MODIFY, IN_CONTEXT, MEGACO_MODIFY, N_("It plays, looks out for, or sends something else.")),
	STEP(IN_CONTEXT, SIGNAL_OVER, IN_CONTEXT, MEGACO_SIGNAL, N_("What was asked for has happened, and ends the signal.")),
	STEP(IN_CONTEXT, OFF_HOOK, IN_CONTEXT, MEGACO_WATCH, N_("Its telephone is lifted.")),
	STEP(IN_CONTEXT, ON_HOOK, IN_CONTEXT, MEGACO_WATCH, N_("Its telephone is put down.")),
	STEP(IN_CONTEXT, SUBTRACT, NULL_CONTEXT, MEGACO_RELEASE, N_("The telephone is free again.")),
	STEP(IN_CONTEXT, SUBTRACT_STREAM, OVER, MEGACO_RELEASE, N_("The stream ends with its place in the context.")),
};

const struct machine machine_termination = {
	.name = "termination", .title = N_("termination of H.248"),
	.heading = N_("Terminations"),
	.rfc = 3525, .section = "6.2", .start = STATE_NULL_CONTEXT,
	MACHINE_STATES(termination),
};

/* ---- a gateway, at its controller: RFC 3525 11.2 ---- */

static const struct machine_state media_gateway_states[] = {
	{ STATE_OUT_OF_SERVICE, false, N_("It has not said that it is there, or is out of reach: nobody behind it can be called.") },
	{ STATE_IN_SERVICE, false, N_("It obeys this controller.") },
};

static const struct machine_edge media_gateway_edges[] = {
	STEP(OUT_OF_SERVICE, SERVICE_CHANGE, IN_SERVICE, MEGACO_START, N_("It has said that it is there, and its telephones are made idle.")),
	STEP(IN_SERVICE, SERVICE_CHANGE, IN_SERVICE, MEGACO_START, N_("It is there again: what was in progress behind it is over.")),
	STEP(IN_SERVICE, TIMEOUT, OUT_OF_SERVICE, MEGACO_SILENT, N_("It has not replied for 30 seconds: its calls end, and it is called back until it comes anew.")),
};

const struct machine machine_media_gateway = {
	.name = "media-gateway", .title = N_("media gateway"),
	.heading = N_("Media gateways"),
	.rfc = 3525, .section = "11.2", .start = STATE_OUT_OF_SERVICE,
	MACHINE_STATES(media_gateway),
};
/* clang-format on */
