/*
 * What a registrar knows of a user whose registrations somebody watches: a
 * picture of the bindings, with what happened to each of them last.  RFC 3680
 * 4.7.1.
 */
#ifndef NODES_REGISTRAR_PICTURE_H
#define NODES_REGISTRAR_PICTURE_H

#include "nodes/registrar.h"

struct registrar_contact {
	struct list link;
	char *uri;
	unsigned id, q;
	int64_t since; /* it was registered; negative: before anybody asked */
	int64_t until; /* negative: without end */
	const char *event; /* the last one */
	bool over;
	unsigned change; /* of its user, when that was */
};

struct registrar_user {
	struct list link; /* in registrar->users */
	struct registrar *registrar;
	char *aor;
	unsigned id, next_contact;
	bool known;      /* the location service has answered */
	unsigned change; /* counts them */
	struct list contacts;
	size_t watchers;
	sim_event expire; /* of the next contact */
};

/* A subscription. */
struct registrar_watch {
	struct registrar_user *user;
	unsigned told; /* the last change that a NOTIFY has told of */
};

/* Of AOR, canonical; NULL: nobody watches it. */
struct registrar_user *registrar_user_find(struct registrar *r, struct str aor);
/* NULL when out of memory. */
struct registrar_user *registrar_user_new(struct registrar *r, struct str aor);
void registrar_user_free(struct registrar_user *u);
/* REGISTER M, or an administrator (NULL), has left U with BINDINGS: what is new
 * is told. */
void registrar_user_update(struct registrar_user *u,
    const struct location_contacts *bindings, const struct msg *m);

#endif
