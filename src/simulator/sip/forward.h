/*
 * What a proxy changes in a message that it forwards, and nothing else: the
 * received bytes are spliced.  RFC 3261 16.6 (requests), 16.7 (responses).
 */
#ifndef SIP_FORWARD_H
#define SIP_FORWARD_H

#include "msg/message.h"
#include "sip/bytes.h"

/* Fields that a proxy takes out of a head, and lines that it puts in behind the
 * rest of it, in its user's or its network's name (RFC 3325, 7044, 5806). */
#define SIP_CHANGE_DROPS 12
struct sip_change {
	enum msg_header drop[SIP_CHANGE_DROPS]; /* all fields with that id */
	size_t ndrop;
	struct str add; /* whole lines; may be empty */
	/* RFC 7339 5.4, of a response: the Vias below are rid of parameters of
	 * overload control; the next one gets these back, which it had. */
	bool bare_vias;
	struct str via_params;
	struct str contact; /* what its Contact's URI gets after it */
};

/* C takes the fields with ID out as well. */
static inline void
sip_change_drop(struct sip_change *c, enum msg_header id)
{
	for (size_t i = 0; i < c->ndrop; i++)
		if (c->drop[i] == id)
			return;
	if (c->ndrop < SIP_CHANGE_DROPS)
		c->drop[c->ndrop++] = id;
}

/* Empty slices change nothing. */
struct sip_forward {
	struct str uri;          /* step 2: the new Request-URI */
	unsigned drop_routes;    /* 16.4: first Route values to take off */
	struct str routes;       /* RFC 3327: values put before the Routes */
	bool strict;             /* RFC 2543: no regard to lr */
	struct str record_route; /* step 4: a whole value, put first */
	struct str path;         /* RFC 3327 5.2: a whole value, put first */
	struct str via;          /* step 8: a whole value, put first */
	bool bare_vias;          /* RFC 7339 5.6: as in a response */
	unsigned breadth;        /* RFC 5393 5.3.3: Max-Breadth; 0: as it is */
	uint32_t session_expires, min_se; /* RFC 4028 8.1: likewise */
	const struct sip_change *change;  /* or NULL */
};

/* Max-Forwards goes down by one, or is put in with 70 (step 3). One reference
 * in *OUT.  0, ERR_NOMEM, ERR_SYNTAX, ERR_RANGE (no hop is left), ERR_LIMIT
 * (too much is to change). */
int sip_forward_request(struct sim *sim, const struct msg *m,
    const struct sip_forward *f, struct sip_bytes **out);

/* Takes the topmost Via value off (16.7 step 3).  CHANGE (may be NULL): also
 * the challenges of other branches, put behind the head's own (step 7). */
int sip_forward_response(struct sim *sim, const struct msg *m,
    const struct sip_change *change, struct sip_bytes **out);

#endif
