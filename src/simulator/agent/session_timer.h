/*
 * Session timers: RFC 4028.  An INVITE and its 2xx may agree that the session
 * expires, and which side refreshes it: one does so at half the time, by a
 * re-INVITE that changes nothing, the other hangs up when none has come.  So a
 * side that has crashed is noticed.
 *
 * An agent knows of it where one of its attributes `session_expires`, `min_se`
 * and `refresher` is given.
 */
#ifndef AGENT_SESSION_TIMER_H
#define AGENT_SESSION_TIMER_H

#include "agent/call.h"
#include "sip/dialog.h"

#define AGENT_SESSION_FIELDS    8
#define AGENT_SESSION_SUPPORTED 96 /* of text */

/* The header fields of an INVITE, or of its 2xx: the user's capabilities and
 * the session's parameters.  LIST points into the struct. */
struct agent_session_fields {
	struct sip_header list[AGENT_SESSION_FIELDS];
	size_t n;
	struct agent_session next; /* of a 2xx: what holds when it is out */
	char supported[AGENT_SESSION_SUPPORTED], interval[32], min_se[16];
};

/* Writes the extensions that AGENT says it knows, as in Supported, into OUT, of
 * AGENT_SESSION_SUPPORTED bytes; returns OUT. */
const char *agent_session_supported(const struct agent *agent, char *out);

/* 7.1: SPEC, a request within a dialog of AGENT's, says that it knows session
 * timers, if it says nothing of extensions: its fields are in LIST then. */
#define AGENT_SESSION_REQUEST_FIELDS 16
void
agent_session_announce(const struct agent *agent, struct sip_request_spec *spec,
    struct sip_header list[AGENT_SESSION_REQUEST_FIELDS]);

/* 7.1, 7.4: the fields of C's next INVITE. */
void
agent_session_ask(const struct agent_call *c, struct agent_session_fields *f);
/* 7.2: M, a 2xx to C's INVITE (as it was sent; may be NULL), has come; FIRST:
 * it makes the session. */
void agent_session_agreed(struct agent_call *c, struct sip_bytes *invite,
    const struct msg *m, bool first);
/* 7.3: M, a 422, asks for a longer interval, which Q's next attempt will have;
 * false: it does not. */
bool agent_session_longer(struct agent_client *q, const struct msg *m);
/* Puts that interval into M, the request, by edits of SP; new lines go into
 * LINES. */
void agent_session_put(const struct agent_client *q, const struct msg *m,
    struct msg_splice *sp, struct buf *lines);

/* 9: the status to reject M with, an INVITE: 422 where its interval is too
 * short, 400 where it is none; else 0. */
unsigned agent_session_judge(const struct agent *agent, const struct msg *m);
/* The least that AGENT takes, in seconds. */
uint32_t agent_session_least(const struct agent *agent);
/* 9: the fields of C's 2xx to M, an INVITE, into F; agent_session_accepted,
 * once that 2xx was sent, makes them hold. */
void agent_session_accept(const struct agent_call *c, const struct msg *m,
    struct agent_session_fields *f);
void agent_session_accepted(
    struct agent_call *c, const struct agent_session_fields *f);

/* C is being hung up: nothing expires any more. */
void agent_session_stop(struct agent_call *c);
/* 7.4: the other side has rejected UPDATE after all: a re-INVITE refreshes C's
 * session, now and from now on. */
void agent_session_spare_update(struct agent_call *c);

#endif
