/*
 * A controller: RFC 3725.  It calls two parties and lets them talk with each
 * other: what one says of its media it passes on to the other (third-party call
 * control).  It sees no media itself.
 *
 *   controller.c         the role, its verbs
 *   controller_join.c    the two calls of a session
 *   controller_sdp.c     what is passed on
 */
#ifndef NODES_CONTROLLER_IN_H
#define NODES_CONTROLLER_IN_H

#include "agent/requests.h"
#include "nodes/roles.h"
#include "nodes/controller_sdp.h"

#define CONTROLLER_METHODS(X, AND)                          \
	X(INVITE, agent_call_reinvited, controller_invited) \
	AND X(ACK, NULL, NULL)                              \
	AND X(BYE, agent_call_bye_received, NULL)           \
	AND X(CANCEL, NULL, NULL)                           \
	AND X(OPTIONS, role_described, role_asked)
#define CONTROLLER_ALLOW CONTROLLER_METHODS(AGENT_METHOD_NAME, ", ")

/* X(ID, word, rule): the flows of RFC 3725 4 that are recommended. */
#define CONTROLLER_FLOWS(X)                \
	X(I, "I", RULE_THIRD_FLOW_I)       \
	X(III, "III", RULE_THIRD_FLOW_III) \
	X(IV, "IV", RULE_THIRD_FLOW_IV)

enum controller_flow {
#define X(id, word, rule) CONTROLLER_FLOW_##id,
	CONTROLLER_FLOWS(X)
#undef X
	    CONTROLLER_FLOW_COUNT
};

struct controller {
	struct agent agent;
	struct list joins; /* its sessions */
};

void controller_invited(struct agent *agent, const struct sip_in *in);

/* ---- controller_join.c ---- */

/* Calls FIRST and then SECOND (URIs), to be joined by FLOW: *CALL is the first
 * call.  0, or why it can't be. */
int controller_join(struct controller *controller, struct str first,
    struct str second, enum controller_flow flow, struct agent_call **call);
/* All its calls are gone. */
void controller_joins_free(struct controller *controller);

#endif
