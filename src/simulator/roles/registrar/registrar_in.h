/* Shared by the files of the registrar. */
#ifndef ROLES_REGISTRAR_REGISTRAR_IN_H
#define ROLES_REGISTRAR_REGISTRAR_IN_H

#include "agent/requests.h"
#include "roles/location/location.h"
#include "rules/rule_id.h"

extern const struct node_role role_registrar;

struct registrar {
	struct agent agent; /* of its subscriptions (registrar_events.c) */
	struct location_client *location;
	struct auth *auth;
	struct registrar_home *home; /* NULL: no hss */
	struct list pending;
	struct list users, questions; /* of watched users */
	unsigned next_user;
	struct str asker; /* proved sender of the SUBSCRIBE being handled */
};

/* The registrar that AGENT is part of. */
struct registrar *registrar_of(const struct agent *agent);

/* Why a request is rejected. */
struct registrar_verdict {
	unsigned status; /* 0: it is not */
	enum rule_id why;
	enum msg_header bad; /* 400: the field at fault */
};

extern const struct registrar_verdict registrar_accepted;

static inline struct registrar_verdict
registrar_refusal(unsigned status, enum rule_id why, enum msg_header bad)
{
	return (struct registrar_verdict){ status, why, bad };
}

/* registrar_read.c: what a REGISTER asks for, steps 6 and 7. */
/* The least that registrar N accepts, in seconds. */
int64_t registrar_least_expires(const struct node *n);
/* Reads the Contacts of IN, each with the Path, into U, which is to be freed.
 */
struct registrar_verdict registrar_read(
    const struct node *n, const struct sip_in *in, struct location_update *u);
/* RFC 5626 6: M binds its Contact to an instance over a flow. */
bool registrar_has_flow(const struct msg *m);
/* The Path as one value, unfolded; appended to OUT. */
void registrar_write_path(const struct msg *m, struct buf *out);

/* registrar_tell.c: what the one of BINDINGS that lasts longest has left, in
 * seconds; 0: there is none. */
int64_t registrar_longest(const struct location_contacts *bindings);
/* REGISTER M has left its user with BINDINGS: others are told
 * (third_party). */
void registrar_tell(struct registrar *r, const struct msg *m,
    const struct location_contacts *bindings);

/* ---- registrar_home_hss.c: who proves who he is by his home subscriber
 * server.
 * ---- */

/* 0 or ERR_NOMEM; stop also after a failure. */
int registrar_home_start(struct registrar *r);
void registrar_home_stop(struct registrar *r);
/* IN, a REGISTER, is challenged, rejected, or goes on (registrar_proved). */
void registrar_home_request(struct registrar *r, const struct sip_in *in);
/* The identities that AOR's user has, as values of P-Associated-URI; empty:
 * none. */
struct str registrar_home_associated(const struct registrar *r, struct str aor);
/* The identity of AOR's user under which his bindings are kept: one REGISTER
 * binds all that are registered together; AOR itself where there are none. */
struct str registrar_home_first(const struct registrar *r, struct str aor);
/* REGISTER M has left its user with bindings, of which the last ends in so many
 * SECONDS; 0: with none. */
void registrar_home_stored(
    struct registrar *r, const struct msg *m, int64_t seconds);

/* registrar.c: from step 4 on: IN is from USER, or from an authorized third
 * party. */
void
registrar_proved(struct registrar *r, const struct sip_in *in, struct str user);

/* registrar.c: answers IN, which V rejects. */
void registrar_refuse(
    struct node *n, const struct sip_in *in, struct registrar_verdict v);

/* registrar.c: step 4: USER, the sender's proved canonical address-of-record,
 * may change the bindings of AOR: his own, and those of the users that the
 * attribute `registers_for` of a phone of his lists (third-party registration).
 * Empty: no proof was asked for.  Then the From proves nothing, since any
 * sender can write it; step 3 leaves the decision to the registrar, and this
 * one lets all pass. */
bool
registrar_may_change(const struct node *n, struct str user, struct str aor);

/* ---- registrar_events.c: the event package `reg`, RFC 3680 ---- */

/* Subscriptions to a user's registration state.  The registrar keeps a picture
 * of the bindings of each user with a subscription; a NOTIFY has its changes
 * and their reasons.  Users without watchers have none. */
extern const struct agent_service registrar_reg_service;

/* IN is no REGISTER: what it asks for, as far as it is about subscriptions. */
void registrar_event_request(struct registrar *r, const struct sip_in *in);
/* How strongly R claims IN, such a request. */
enum node_claim
registrar_event_claim(struct registrar *r, const struct sip_in *in);
/* REGISTER M has left its user with BINDINGS. */
void registrar_event_stored(struct registrar *r, const struct msg *m,
    const struct location_contacts *bindings);
/* An administrator has changed the bindings of AOR at the location service of
 * the node (struct node_role). */
void registrar_rebound(void *role, struct str aor);
/* AOR has no bindings any more: what the home subscriber server says ends them
 * by EVENT. */
void
registrar_event_ended(struct registrar *r, struct str aor, const char *event);
/* After the subscriptions have ended. */
void registrar_events_stop(struct registrar *r);

/* ---- registrar_picture.c: the picture of such a user's bindings, with the
 * last event of each.  RFC 3680 4.7.1. ---- */

struct registrar_contact {
	struct list link;
	char *uri;
	unsigned id, q;
	int64_t since;     /* it was registered; negative: before the first
			    * subscription */
	int64_t until;     /* negative: without end */
	const char *event; /* the last one */
	bool over;
	unsigned change; /* its user's `change` at that event */
};

struct registrar_user {
	struct list link; /* in registrar->users */
	struct registrar *registrar;
	char *aor;
	char *identities; /* the identities registered with it, as values of
			   * P-Associated-URI; NULL: it alone */
	unsigned id, next_contact;
	bool known;         /* the location service has answered */
	const char *ending; /* the event of what ends now; NULL: as ever */
	unsigned change;    /* number of its last change */
	struct list contacts;
	size_t watchers;
	sim_event expire; /* of the next contact */
};

/* A subscription. */
struct registrar_watch {
	struct registrar_user *user;
	unsigned told; /* the last change that a NOTIFY has told of */
};

/* AOR is U's, or is registered with it. */
bool registrar_user_is(const struct registrar_user *u, struct str aor);
/* Of AOR, canonical; NULL: it has no watcher. */
struct registrar_user *registrar_user_find(struct registrar *r, struct str aor);
/* NULL when out of memory. */
struct registrar_user *registrar_user_new(struct registrar *r, struct str aor);
void registrar_user_free(struct registrar_user *u);
/* REGISTER M, or an administrator (NULL), has left U with BINDINGS: notifies
 * watchers of the changes. */
void registrar_user_update(struct registrar_user *u,
    const struct location_contacts *bindings, const struct msg *m);

/* The same of AOR, who has none any more, without a REGISTER. */
void registrar_tell_ended(struct registrar *r, struct str aor);

#endif
