/*
 * A trace that the follower has read from its first record to its last, and
 * what it has said of each record.
 */
#ifndef FOLLOWER_WALK_H
#define FOLLOWER_WALK_H

#include "base/buf.h"
#include "base/map.h"
#include "follower/follower.h"

#define FOLLOWER_NEVER INT64_MIN

/* When, first, a dialog was what the name says. */
struct follower_times {
	int64_t made, confirmed, acked, ended;
};

struct follower_walk {
	const struct trace *t;
	struct follower *f;
	unsigned *events;                /* by record, FOLLOWER_… */
	struct followed_dialog **dialog; /* by record; or NULL */
	struct map *dialogs; /* by "NODE CALL-ID LOCAL REMOTE", a number */
	struct follower_times *times; /* by the id of a dialog */
	struct buf key;
};

/* Reads T; FN, where there is one, sees each message while all is as that has
 * left it.  0 or ERR_NOMEM. */
int follower_walk(struct follower_walk *w, const struct trace *t,
    void (*fn)(const struct follower_walk *w, const struct followed_message *s,
	void *arg),
    void *arg);
void follower_walk_free(struct follower_walk *w);

/* The dialog of NODE with that name; or NULL. */
struct followed_dialog *follower_walk_dialog(struct follower_walk *w,
    uint32_t node, struct str call, struct str local, struct str remote);
/* The offers and answers of the dialog with KEY in `dialogs`; or NULL. */
const struct followed_session *
follower_walk_session(const struct follower_walk *w, struct str key);
/* Each side of K has sent the description that it has agreed on; or neither has
 * agreed. */
bool follower_sides_fit(
    const struct follower_walk *w, const struct followed_session *k);
/* S's tag of its node, and that of the other side. */
struct str follower_own_tag(
    const struct follower_walk *w, const struct followed_message *s, bool own);

#endif
