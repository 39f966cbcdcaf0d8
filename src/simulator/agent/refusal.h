/*
 * Requests that a user agent rejects for what they are (RFC 3261 8.2, 13.3.1.3,
 * 21), and the responses that say so.
 */
#ifndef AGENT_REFUSAL_H
#define AGENT_REFUSAL_H

#include "agent/agent.h"
#include "agent/multipart.h"
#include "base/buf.h"
#include "rules/rule_id.h"
#include "sip/build.h"

#define AGENT_TEXT "text/plain" /* of the messages that it can show */

struct agent_call;

/* Why a request is rejected, and what the response says beside its status. */
struct agent_refusal {
	unsigned status; /* 0: it is not */
	enum rule_id why;
	struct sip_header headers[2];
	size_t nheaders;
	struct str reason; /* empty: the usual words */
	struct str contact, content_type, body;
	struct buf text; /* what they may point into */
};
/* The sender of M accepts a session description (20.1). */
bool agent_takes_sdp(const struct msg *m);
/* STATUS; with the attribute `global` the 6xx that says the same for all phones
 * of the user. */
unsigned agent_refusal_status(const struct agent *agent, unsigned status);
void agent_refuse(const struct agent *agent, const struct sip_in *in,
    const struct agent_refusal *r);
/* Rejects IN where something is wrong with the request itself: true. */
bool agent_refuse_request(struct agent *agent, const struct sip_in *in);
/* Checks the session interval alone (RFC 4028 4, 9), for a back-to-back user
 * agent. */
bool agent_refuse_interval(struct agent *agent, const struct sip_in *in);
/* The same of a re-INVITE or UPDATE, which the attribute `refuse_changes` may
 * reject, too (agent_call_ops). */
bool agent_refuse_change(struct agent_call *c, const struct sip_in *in);

#endif
