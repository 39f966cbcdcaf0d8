/*
 * Calling again who was busy, as soon as he is free: RFC 5359 2.17.  A phone
 * with `redial=true` subscribes to the dialogs (RFC 4235) of whom it could not
 * reach for a 486 or 600, and calls again when there is none any more; any phone
 * does so for one who it is told by the verb `redial`.
 */
#ifndef NODES_UA_REDIAL_H
#define NODES_UA_REDIAL_H

#include "nodes/ua.h"

/* C is answered; or it is over, and its user leaves it. */
void ua_redial_established(struct agent_call *c);
void ua_redial_left(struct agent_call *c);
/* All that wait are forgotten. */
void ua_redial_stop(struct ua *ua);

#endif
