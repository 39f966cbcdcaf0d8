/*
 * An S-CSCF that has lost what it knew of its users (3GPP TS 23.380): it
 * answers 504 with a body that wants an initial registration,
 * TS 24.229 5.1.2A.1.6, 5.4.3.2, 7.6.  The text of these was not at hand; names
 * and order of the elements are those that public implementations send
 * (Kamailio, Clearwater).
 */
#ifndef AGENT_RESTORATION_H
#define AGENT_RESTORATION_H

#include "agent/agent.h"

#define RESTORATION_TYPE "application/3gpp-ims+xml"

/* M, a final response, wants AGENT to register anew: by such a body, from one
 * of those that its Service-Route names (P-Asserted-Identity). */
bool restoration_is_wanted(const struct agent *agent, const struct msg *m);

#endif
