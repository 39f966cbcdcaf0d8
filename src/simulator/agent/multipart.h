/*
 * Bodies that a message has besides its session description: all are in one
 * multipart/mixed (RFC 2046 5.1, RFC 5621).  A gateway has ISUP there (RFC
 * 3204).
 */
#ifndef AGENT_MULTIPART_H
#define AGENT_MULTIPART_H

#include "agent/client.h"
#include "msg/bodies.h"

struct agent_multipart_body {
	const char *type, *disposition; /* values of its fields */
	struct str body;
};

/* *B, a message as it was built, gets the N pieces of LIST behind its body, as
 * parts where they are not alone.  0, or an error. */
int agent_multipart_add(struct agent *agent,
    const struct agent_multipart_body *list, size_t n, struct sip_bytes **b);
/* RFC 3261 8.1.3.5: Q's request has nothing but its session description from
 * the next attempt on; false: it has nothing else, or none. */
bool agent_client_strip(struct agent_client *q);

/* ---- INFO within a call, as it comes: RFC 6086 ---- */

#define AGENT_DTMF MSG_DTMF_RELAY /* the type of digits */

struct agent_call;

/* An INFO within C's dialog. */
void agent_call_informed(struct agent_call *c, const struct sip_in *in);
/* The digit that M, an INFO, tells by agent_call_informed, or '\0'. */
char agent_digit_of(const struct msg *m);

#endif
