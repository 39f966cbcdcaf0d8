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

/* What the controller says to whom in a flow of RFC 3725 4. */
struct controller_flow {
	const char *word;
	enum rule_id rule;
	bool empty_first;  /* the first INVITE offers a session without media */
	bool hole_first;   /* the first party's offer gets media on hold */
	bool offer_second; /* the second INVITE has what the first party said */
};

/* The I-th of those that are recommended; NULL behind the last. */
const struct controller_flow *controller_flow_at(size_t i);

struct controller {
	struct agent agent;
	struct list joins; /* its sessions */
};

void controller_invited(struct agent *agent, const struct sip_in *in);

/* ---- controller_join.c ---- */

/* Calls FIRST and then SECOND (URIs), to be joined by FLOW: *CALL is the first
 * call.  0, or why it can't be. */
int controller_join(struct controller *controller, struct str first,
    struct str second, const struct controller_flow *flow,
    struct agent_call **call);
/* All its calls are gone. */
void controller_joins_free(struct controller *controller);

#endif
