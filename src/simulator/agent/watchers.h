/*
 * The watchers that a user admits: RFC 3856 6.6.2, by the attributes
 * `watchers`, `admitted` and `blocked` of the presence agent's node, and by a
 * person's decisions meanwhile.
 */
#ifndef AGENT_WATCHERS_H
#define AGENT_WATCHERS_H

#include "agent/notifier.h"

/* 0, where N may be told, or N->pending is set; or the status that rejects it.
 */
unsigned watchers_judge(struct agent_notifier *n);
/* The verbs admit and block of a role whose state begins with its agent: the
 * argument `watcher` (a URI, or a user of the own domain) may have the state,
 * or not.  This holds from now on, also for subscriptions that are pending or
 * active. */
int watchers_verb_admit(const struct node_act *a);
int watchers_verb_block(const struct node_act *a);

#endif
