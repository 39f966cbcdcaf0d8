/*
 * What a user agent says of who it is: the hint for the proxy that knows it
 * (P-Preferred-Identity, RFC 3325 9.2), the wish not to be known to others
 * (Privacy, RFC 3323 4.2) and the From that goes with it (4.1).
 */
#ifndef AGENT_IDENTITY_H
#define AGENT_IDENTITY_H

#include "agent/agent.h"
#include "node/fields.h"

struct agent_identity {
	struct sip_header list[NODE_FIELDS + 2]; /* those of the spec, and the
						    two of this file */
	struct buf preferred, privacy;
};

/* The From of the requests that AGENT sends as SELF, but for its tag. */
const char *
agent_from(const struct agent *agent, const struct agent_self *self);
/* Adds the two fields to SPEC, of a request outside of dialogs.  SPEC then
 * points into ID, which is freed after the request was built.  0 or ERR_NOMEM.
 */
int agent_identify(const struct agent *agent, struct agent_identity *id,
    struct sip_request_spec *spec);
void agent_identity_free(struct agent_identity *id);

#endif
