/*
 * Calls that are just over: RFC 3891 3 and RFC 3911 4 want an INVITE that is
 * about one of them declined, so that no phone rings for it.  A dialog is
 * remembered for 64*T1 after its end, by its Call-ID and tags alone.
 */
#ifndef AGENT_RECENT_CALLS_H
#define AGENT_RECENT_CALLS_H

#include "base/list.h"
#include "base/map.h"

struct agent;
struct agent_call;
struct agent_place_name;

/* Of an agent; all zero before agent_recent_calls_begin. */
struct agent_recent_calls {
	struct list order; /* as they ended */
	struct map *by_dialog;
};

/* 0 or ERR_NOMEM; agent_recent_calls_free in both cases. */
int agent_recent_calls_begin(struct agent_recent_calls *e);
void agent_recent_calls_free(struct agent *agent);
/* The node has crashed, and knows nothing any more. */
void agent_recent_calls_forget(struct agent *agent);
/* C, which has dialogs, ends now. */
void agent_recent_calls_add(struct agent_call *c);
/* NAME, of a Replaces or a Join, means such a dialog. */
bool agent_recent_calls_has(
    struct agent *agent, const struct agent_place_name *name);

#endif
