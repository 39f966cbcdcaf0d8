/*
 * What the files of the presence agent share: RFC 3856 (subscriptions to a
 * user's state), RFC 3903 6 (its publication).  A user of its domain has
 * presence here as long as there is a publication or a watcher.
 *
 *   presence.c           the role: what it claims, SUBSCRIBE
 *   presence_publish.c   PUBLISH
 *   presence_state.c     users, their publications, the document made of them
 */
#ifndef ROLES_PRESENCE_PRESENCE_IN_H
#define ROLES_PRESENCE_PRESENCE_IN_H

#include "agent/requests.h"
#include "base/list.h"
#include "node/node_auth.h"

#define PRESENCE_METHODS(X, AND)                 \
	X(SUBSCRIBE, NULL, agent_subscribed)     \
	AND X(PUBLISH, NULL, presence_published) \
	AND X(OPTIONS, NULL, agent_asked)
#define PRESENCE_ALLOW PRESENCE_METHODS(AGENT_METHOD_NAME, ", ")

/* At most: users, publications of one, bytes of a document that is published,
 * and of all of one user together: escaped, they still fit into one NOTIFY. */
#define PRESENCE_USERS        100000
#define PRESENCE_PUBLICATIONS 16
#define PRESENCE_BYTES        8192
#define PRESENCE_ALL_BYTES    10240
#define PRESENCE_EXPIRES_S    3600  /* where a PUBLISH does not say */
#define PRESENCE_MOST_S       86400 /* longest interval granted */

struct presence {
	struct agent agent; /* first */
	struct agent_ops ops;
	struct agent_service service;
	struct auth *auth;
	struct str user;    /* The user that the sender of the present request
			     * proved to be, canonical; empty: no proof was
			     * asked for. */
	struct map *users;  /* canonical aor → struct presence_user */
	struct map *by_tag; /* entity tag → struct presence_publication */
};

struct presence_user {
	struct presence *presence;
	char *aor; /* canonical */
	struct list publications, watchers;
	size_t npublications;
	struct buf document; /* what watchers are told */
};

struct presence_publication {
	struct list link; /* in its user's */
	struct presence_user *user;
	char *tag;
	char *body; /* a document that can be read */
	sim_event expire;
};

/* Of a subscription: its notifier's `arg`. */
struct presence_watcher {
	struct list link; /* in its user's */
	struct presence_user *user;
	struct agent_notifier *notifier;
};

/* presence_publish.c */
void presence_published(struct agent *agent, const struct sip_in *in);

/* presence_state.c */
/* The user of URI, made where there is none; ref_drop gives it back.  Its
 * publications and watchers hold it as well, and it is there for no longer than
 * any of them.  0, ERR_NOMEM, ERR_SYNTAX, ERR_LIMIT. */
int presence_user_get(
    struct presence *p, struct str uri, struct presence_user **user);
/* A publication has changed: notifies all watchers. */
void presence_user_changed(struct presence_user *user);
/* A new publication of USER, of which no watcher is told yet; NULL when out of
 * memory. */
struct presence_publication *
presence_publication_new(struct presence_user *user);
/* Gives P a new tag and, where BODY is not NULL, that document (copied).  0 or
 * ERR_NOMEM. */
int presence_publication_set(
    struct presence_publication *p, const struct str *body);
void
presence_publication_keep(struct presence_publication *p, uint32_t seconds);
/* Takes it away; its user may be gone then. */
void presence_publication_end(struct presence_publication *p);
void presence_state_free(struct presence *p);

#endif
