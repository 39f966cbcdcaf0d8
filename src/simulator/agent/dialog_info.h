/*
 * The state of calls: the event package `dialog` (RFC 4235), written for
 * subscribers to an agent's calls, and read.  The attribute `dialogs` says how
 * much subscribers learn: `state` (the default; only whether there is a call,
 * 3.7.2), `all` or `none`; the user's own phones learn all.  Where a document
 * has no room for all calls, all subscribers learn as much as by `state`.
 */
#ifndef AGENT_DIALOG_INFO_H
#define AGENT_DIALOG_INFO_H

#include "agent/call.h"
#include "agent/notifier.h"
#include "text/xml.h"

/* For the table of services of an agent that serves the package, and for
 * `stepped` in its struct agent_ops. */
#define AGENT_DIALOG_SERVICE                                      \
	{                                                         \
		.package = &agent_packages[AGENT_PACKAGE_DIALOG], \
		.least_s = 10, .most_s = 86400,                   \
		.admit = agent_dialog_info_admit,                 \
		.write = agent_dialog_info_write,                 \
	}
unsigned
agent_dialog_info_admit(struct agent_notifier *n, const struct sip_in *in);
int agent_dialog_info_write(struct agent_notifier *n, struct buf *out);
/* C has taken the step EVENT: its watchers are told, where it means something
 * to them. */
void agent_dialog_info_stepped(struct agent_call *c, enum event_id event);

/* One dialog of a document; texts of that, empty where it does not say. */
struct agent_dialog_info {
	struct str call_id, local_tag, remote_tag;
	struct str direction; /* "initiator" or "recipient" */
	struct str state;     /* "early", … */
	struct str remote;    /* identity of the other side … */
	struct str target;    /* … and where that can be reached */
};
/* The next one of X, a document that was read: 0, ERR_NOTFOUND (no more),
 * ERR_SYNTAX. */
int agent_dialog_info_next(struct xml *x, struct agent_dialog_info *d);
/* For the row of the package (agent/package.h). */
int agent_dialog_info_read(struct str body, struct buf *out);

#endif
