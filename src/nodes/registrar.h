/* What the files of the registrar share. */
#ifndef NODES_REGISTRAR_H
#define NODES_REGISTRAR_H

#include "agent/requests.h"
#include "nodes/location.h"

struct registrar {
	struct agent
	    agent; /* of its subscriptions (nodes/registrar_events.h) */
	struct location_client *location;
	struct auth *auth;
	struct list pending;
	struct list users, questions; /* of those who are watched */
	unsigned next_user;
	struct str
	    asker; /* who a SUBSCRIBE that is looked at is from, proved */
};

/* Whose agent it is. */
struct registrar *registrar_of(const struct agent *agent);

/* Why a request is refused. */
struct registrar_verdict {
	unsigned status; /* 0: it is not */
	enum rule_id why;
	enum msg_header bad; /* 400: the field at fault */
};

static const struct registrar_verdict registrar_accepted = {
	.why = RULE_REGISTER_OK
};

static inline struct registrar_verdict
registrar_refusal(unsigned status, enum rule_id why, enum msg_header bad)
{
	return (struct registrar_verdict){ status, why, bad };
}

/* registrar_read.c: what a REGISTER asks for, steps 6 and 7. */
/* The least that registrar N accepts, in seconds. */
int64_t registrar_least_expires(const struct node *n);
/* Reads the Contacts, each with the Path, into U, which is to be freed. */
struct registrar_verdict registrar_read(
    const struct node *n, const struct msg *m, struct location_update *u);
/* The Path as one value, unfolded; appended to OUT. */
void registrar_write_path(const struct msg *m, struct buf *out);

/* registrar.c: step 4: USER, a canonical address-of-record that somebody has
 * proved to be, may change the bindings of AOR: his own, and those of the users
 * that the attribute `registers_for` of a phone of his lists (third-party
 * registration).  Empty: nobody was asked.  Then the From proves nothing, since
 * anybody can write it; step 3 leaves to the registrar what it makes of that,
 * and this one lets everybody pass. */
bool
registrar_may_change(const struct node *n, struct str user, struct str aor);

#endif
