/*
 * Event packages (RFC 6665 5), a row each: a subscription's parameters, and the
 * meaning of its documents; for subscribers (agent/subscriber.h) and notifiers
 * (agent/notifier.h).
 */
#ifndef AGENT_PACKAGE_H
#define AGENT_PACKAGE_H

#include "agent/reg_info.h"
#include "base/buf.h"
#include "msg/conference_info.h"
#include "msg/message.h"
#include "msg/bodies.h"
#include "msg/packages.h"

struct agent_package {
	const struct msg_word *row; /* its name in an Event (8.2.1) */
	const char *type;           /* of the body of its NOTIFYs: its Accept */
	uint32_t expires_s;         /* where a SUBSCRIBE does not say (5.4.4) */
	bool forks; /* a SUBSCRIBE that was forked makes several (5.4.9) */
	/* What BODY, not empty, says, as a sentence for people appended to OUT:
	 * 0, ERR_SYNTAX, ERR_NOMEM.  NULL: its user reads it. */
	int (*read)(struct str body, struct buf *out);
};

/* The names of the packages that a SUBSCRIBE can ask for. */
#define AGENT_PACKAGE_WORDS "presence message-summary dialog reg conference"

/* X(ID of MSG_PACKAGES, type, default expiry in seconds, forks, read): RFC 3515
 * 3 (with RFC 6665 5.4.4), 3856 6, 3842 3, 4235 3, 3680 4, 4575 3. */
#define AGENT_PACKAGES(X)                                    \
	X(REFER, "message/sipfrag", 60, false, NULL)         \
	X(PRESENCE, PIDF_TYPE, 3600, true, pidf_say)         \
	X(MESSAGE_SUMMARY, MESSAGE_SUMMARY_TYPE, 3600, true, \
	    message_summary_say)                             \
	X(DIALOG, "application/dialog-info+xml", 3600, true, \
	    agent_dialog_info_read)                          \
	X(REG, REG_INFO_TYPE, 3761, false, reg_info_read)    \
	X(CONFERENCE, CONFERENCE_INFO_TYPE, 3600, false, conference_info_say)

enum agent_package_id {
#define X(id, type, expires, forks, read) AGENT_PACKAGE_##id,
	AGENT_PACKAGES(X)
#undef X
	    AGENT_PACKAGE_COUNT
};

extern const struct agent_package agent_packages[AGENT_PACKAGE_COUNT];

/* The row of NAME (of Event, without parameters), or NULL.  8.2.1: names are
 * compared byte by byte. */
const struct agent_package *agent_package_find(struct str name);
/* The row that M's Event names, with the part behind the name in *PARAMS; NULL:
 * none is known. */
const struct agent_package *
agent_package_of(const struct msg *m, struct str *params);
/* M is a 423 to a request with Expires ASKED_S, which is to go out again with
 * *LEAST (RFC 3261 21.4.17).  *ROUNDS counts those since it was last accepted,
 * and bounds them. */
bool agent_package_wants_longer(
    const struct msg *m, uint32_t asked_s, unsigned *rounds, uint32_t *least);
/* An Event's id, empty where PARAMS has none. */
struct str agent_package_event_id(struct str params);

#endif
