/*
 * Who may watch a user: RFC 3856 6.6.2, by the attributes `watchers`,
 * `admitted` and `blocked` of the presence agent's node, and by what a person
 * decides meanwhile.
 */
#ifndef NODES_WATCHERS_H
#define NODES_WATCHERS_H

#include "agent/notifier.h"

/* 0, where N may be told, or N->pending is set; or the status that refuses it.
 */
unsigned watchers_judge(struct agent_notifier *n);
/* WATCHER (a URI, or a user of AGENT's domain) may have the state, or not: from
 * now on, and with what waits or stands.  0, ERR_NOMEM, ERR_SYNTAX. */
int watchers_decide(
    struct agent *agent, const char *watcher, bool admit, struct diag *d);

#endif
