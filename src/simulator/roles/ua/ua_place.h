/* Calls that a phone's user makes out of other calls; see ua_place.c. */
#ifndef ROLES_UA_UA_PLACE_H
#define ROLES_UA_UA_PLACE_H

#include "roles/ua/ua.h"

/* The call that an INVITE is about (agent/replaces.h), as a verb says it. */
struct ua_place {
	const char *header, *tag; /* "Replaces", "replaces"; NULL: about none */
	enum rule_id why;
	struct buf value;  /* of the field */
	struct buf target; /* the URI of the other party of that call; empty:
			    * not known */
};

/* The arguments replaces= or join=, and early_only=.  0, or an error with its
 * sentence in D, or ERR_NOMEM; free P either way. */
int ua_place_read(struct ua *ua, const struct node_args *args,
    struct ua_place *p, struct diag *d);
void ua_place_free(struct ua_place *p);

/* The argument `other` is one more call of C's phone.  Join mixes the media of
 * both; swap holds the one that is not on hold and resumes the other. */
int ua_call_join(
    struct agent_call *c, const struct node_args *args, struct diag *d);
int ua_call_swap(
    struct agent_call *c, const struct node_args *args, struct diag *d);

#endif
