/*
 * The requests that a phone sends one after the other: an instant message waits
 * until the one before it to the same user is answered (RFC 3428 8), and so
 * does an INFO within a call, as nothing else keeps their order (RFC 6086 4.4).
 */
#ifndef ROLES_UA_UA_OUTBOX_H
#define ROLES_UA_UA_OUTBOX_H

#include "roles/ua/ua.h"

/* Such a request. */
struct ua_parcel {
	enum msg_method method;
	enum rule_id why;
	struct str uri; /* whom it goes to; within a call left empty */
	struct str type, body;
	struct str package; /* of INFO (RFC 6086 7.2); may be empty */
	int64_t expires_s;  /* for how long it is worth reading; -1: always */
	/* STATUS is the final one; 408 or 503 where none came, 0 where it could
	 * not be sent.  NULL: no callback. */
	void (*answered)(struct ua *ua, struct str uri, unsigned status);
};

/* What waits in C, or is under way there, is forgotten. */
void ua_outbox_leave(struct agent_call *c);
/* All of it. */
void ua_outbox_stop(struct ua *ua);

#endif
