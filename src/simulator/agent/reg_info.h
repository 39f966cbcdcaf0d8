/* Registrations as a document: the event package `reg`, RFC 3680 5. */
#ifndef AGENT_REG_INFO_H
#define AGENT_REG_INFO_H

#include "base/buf.h"
#include "base/str.h"

#define REG_INFO_TYPE      "application/reginfo+xml"
#define REG_INFO_NAMESPACE "urn:ietf:params:xml:ns:reginfo"

/* What BODY says, as a sentence for people: 0, ERR_SYNTAX, ERR_NOMEM.  For the
 * row of the package (agent/package.h). */
int reg_info_read(struct str body, struct buf *out);

/* What a document says of one contact. */
struct reg_info_contact {
	bool active;
	struct str event; /* a word of 5.1, for good */
	bool waits;       /* it has retry-after, in seconds: */
	uint32_t retry_after_s;
};

/* What BODY says of URI, which is bound to AOR; of several the one that is
 * active.  0, ERR_NOTFOUND, ERR_SYNTAX, ERR_NOMEM. */
int reg_info_find(struct str body, struct str aor, struct str uri,
    struct reg_info_contact *found);

#endif
