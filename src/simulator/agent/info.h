/* INFO within a call, as it comes (RFC 6086): digits, and what has a package.
 */
#ifndef AGENT_INFO_H
#define AGENT_INFO_H

#include "msg/dtmf_relay.h"

#define AGENT_DTMF MSG_DTMF_RELAY /* the type of digits */

struct agent_call;
struct msg;
struct sip_in;

/* An INFO within C's dialog. */
void agent_call_informed(struct agent_call *c, const struct sip_in *in);
/* The digit that M, an INFO, tells by agent_call_informed, or '\0'. */
char agent_digit_of(const struct msg *m);

#endif
