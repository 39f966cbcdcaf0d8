/*
 * A REFER without a subscription: RFC 4488.  Who asks says Refer-Sub: false;
 * who is asked, and knows that, says the same in its 2xx: nothing is told of
 * what comes of it.  Else all is as without it.
 */
#ifndef AGENT_REFER_SUB_H
#define AGENT_REFER_SUB_H

#include "agent/agent.h"
#include "msg/message.h"
#include "sip/build.h"

/* Refer-Sub: false, and Supported; the tail of what a silent REFER has. */
#define AGENT_REFER_SUB_FIELDS 2
extern const struct sip_header agent_refer_sub_fields[AGENT_REFER_SUB_FIELDS];

/* AGENT obeys Refer-Sub (attribute `norefersub`). */
bool agent_refer_sub_knows(const struct agent *agent);
/* … and says so in Supported. */
bool agent_refer_sub_tells(const struct agent *agent);
/* M, a REFER or its 2xx, has Refer-Sub: false. */
bool agent_refer_sub_is_off(const struct msg *m);
/* 4, 5: a REFER to URI, outside of dialogs, goes to one phone alone: URI is an
 * address, or has the parameter gr (RFC 5627). */
bool agent_refer_sub_is_sure(struct str uri);

#endif
