/*
 * A conference server (RFC 4353, RFC 4579): an agent that is the focus of
 * several conferences.  Each has a URI, which is the Contact of its calls, with
 * isfocus.  What the files of the role share.
 *
 *   conference.c         the role: its life, its conferences and their URIs
 *   conference_room.c    one conference: its users, when it is over
 *   conference_call.c    the calls of its participants, and what may come in;
 *                        what it is asked for by REFER
 *   conference_verbs.c   calls to an application that makes a conference;
 *                        what it can be told to do
 *   conference_news.c    its users, notified to subscribers (RFC 4575)
 *
 * A user is a participant of a conference, by address-of-record; each call is
 * an endpoint of its user, with a machine of its own ("participant").
 * agent/replaces.c chooses the media to mix, rtp/mix.c mixes them.
 */
#ifndef ROLES_CONFERENCE_CONFERENCE_IN_H
#define ROLES_CONFERENCE_CONFERENCE_IN_H

#include "agent/refer.h"
#include "agent/requests.h"
#include "base/map.h"
#include "msg/conference_info.h"

/* The methods, in the order of its Allow. */
#define CONFERENCE_METHODS(X, AND)                             \
	X(INVITE, agent_call_reinvited, conference_invited)    \
	AND X(ACK, NULL, NULL)                                 \
	AND X(BYE, agent_call_bye_received, NULL)              \
	AND X(CANCEL, NULL, NULL)                              \
	AND X(OPTIONS, conference_described, conference_asked) \
	AND X(REFER, NULL, agent_referred)                     \
	AND X(SUBSCRIBE, NULL, agent_subscribed)               \
	AND X(NOTIFY, NULL, agent_notified)                    \
	AND X(INFO, conference_informed, NULL)                 \
	AND X(PRACK, agent_reliable_acked, NULL)               \
	AND X(UPDATE, agent_call_updated, NULL)
#define CONFERENCE_ALLOW  CONFERENCE_METHODS(AGENT_METHOD_NAME, ", ")
#define CONFERENCE_EVENTS "conference, refer" /* its Allow-Events */

#define CONFERENCE_PACKAGE (&agent_packages[AGENT_PACKAGE_CONFERENCE])

/* Limits: conferences of a server; users of one by default; departed users
 * remembered for subscribers that were not notified yet. */
#define CONFERENCE_ROOMS 1000
#define CONFERENCE_MOST  64
#define CONFERENCE_GONE  64

extern const struct node_role role_conference;

struct conference {
	struct agent agent;
	struct list rooms;   /* rooms that are not over */
	struct map *by_name; /* the same, by the user part of their URI */
	size_t ndue;         /* of those, how many are to end */
};

/* One conference.  Shared (base/ref.h): by the server while it is not over, by
 * its calls and by its watchers. */
struct conference_room {
	struct list link; /* in conference->rooms */
	struct conference *conference;
	char *name;
	struct agent_identity *self; /* its URI and its Contact */
	struct map *by_entity;
	struct list users;    /* the last one changed is the last */
	struct list watchers; /* struct conference_watcher */
	struct list talking;  /* calls that are connected, by `talks` */
	unsigned nusers;      /* that are there … */
	unsigned ngone;       /* … and that are remembered */
	unsigned nameless;    /* so many have kept back their names */
	/* Each change has a number: the last, and the last that is forgotten.
	 */
	uint32_t change, forgotten;
	struct conference_user
	    *creator; /* who came first, unless it is fixed */
	bool fixed;   /* it exists without users */
	bool locked;
	bool due;         /* it is to end, by … */
	enum rule_id why; /* … this */
	bool over;
	sim_event empty; /* the room is still empty */
};

struct conference_user {
	struct list link;  /* in room->users */
	char *entity;      /* a canonical URI */
	struct list calls; /* by their `link`; empty: it has left */
	uint32_t change;
	int64_t left; /* when its last call was over */
	bool shown;   /* the state was sent in a NOTIFY */
};

struct conference_call {
	struct agent_call call;
	/* NULL: it never came to be, or it is an application's still. */
	struct conference_room *room;
	struct conference_user *user;
	struct list link;  /* in user->calls */
	struct list talks; /* in room->talking */
	struct machine_run machine;
	bool out;      /* the focus has called */
	bool nameless; /* it does not want to be named */
	bool muted;    /* its media are not mixed */
	bool parts;    /* it was told to end with the conference */
};

struct conference_watcher {
	struct list link; /* in room->watchers */
	struct agent_notifier *notifier;
	struct conference_room *room;
	char *entity;  /* the user's who it is */
	uint32_t told; /* the last change that it knows */
	bool whole;    /* it has asked for all */
	bool parts;    /* it was told that all is over */
};

static inline struct conference *
conference_of(const struct agent *agent)
{
	return (struct conference *)(uintptr_t)agent;
}

static inline struct conference_call *
conference_call_of(const struct agent_call *c)
{
	return (struct conference_call *)(uintptr_t)c;
}

/* ---- conference.c ---- */

/* The one that URI names, or NULL. */
struct conference_room *
conference_find(const struct conference *cf, struct str uri);
/* One more room made on demand, by WHY; NULL when out of memory. */
struct conference_room *
conference_make(struct conference *cf, enum rule_id why);
/* There are as many as there may be. */
bool conference_is_full(const struct conference *cf);
/* URI is the factory's. */
bool conference_is_factory(const struct conference *cf, struct str uri);
/* OPTIONS: RFC 4579 5.13. */
void conference_asked(struct agent *agent, const struct sip_in *in);
void conference_described(struct agent_call *c, const struct sip_in *in);

/* ---- conference_room.c ---- */

/* R is not C's any more: it drops what it holds. */
void conference_room_forget(struct conference_room *r);
struct conference_room *
conference_room_new(struct conference *cf, struct str name);
/* The user of R with URI, or NULL; or made, where NEW, unless out of memory.
 * NAMELESS: URI is an anonymous caller's, another one each time. */
struct conference_user *
conference_user_find(struct conference_room *r, struct str uri);
struct conference_user *
conference_user_make(struct conference_room *r, struct str uri, bool nameless);
/* The one of R whose phone has the Contact URI, whatever the name; or NULL. */
struct conference_user *
conference_user_at(struct conference_room *r, struct str uri);
/* W's user has left, and has had the time to say that it wants no more news. */
bool conference_watcher_is_late(const struct conference_watcher *w);
/* Something has changed about U (NULL: about R alone); it is told with the next
 * news, which TELL says are due (RFC 4575 3.6). */
void conference_room_changed(
    struct conference_room *r, struct conference_user *u, bool tell);
/* C, of U, is one of R's from now on, or not any more. */
void conference_room_join(struct conference_room *r, struct conference_user *u,
    struct conference_call *c);
void conference_room_leave(struct conference_call *c);
/* Hangs up on U: all calls of it; U's subscriptions to R end, too (5.11). */
void
conference_user_remove(struct conference_room *r, struct conference_user *u);
/* How many users R may have. */
unsigned conference_room_most(const struct conference_room *r);
/* It has all the users that it may: participants, and those being called. */
bool conference_room_is_full(const struct conference_room *r);
/* The status, by *WHY, with which R rejects new users; 0: it takes them. */
unsigned
conference_room_refuses(const struct conference_room *r, enum rule_id *why);
/* Ends R: its calls and its subscriptions. */
void conference_room_close(struct conference_room *r, enum rule_id why);
/* Ends the rooms that are due. */
void conference_rooms_settle(struct conference *cf);

/* ---- conference_call.c ---- */

/* C, which IN has asked for and is in no conference yet; NULL when out of
 * memory. */
struct agent_call *
conference_call_take(struct conference *cf, const struct sip_in *in);
/* The other side of C, which talks with its application, is in R from now on.
 */
void conference_call_admit(struct agent_call *c, struct conference_room *r);
void conference_invited(struct agent *agent, const struct sip_in *in);
/* A call of AGENT's has taken the step EVENT. */
void conference_call_stepped(struct agent_call *c, enum event_id event);
/* Where P can be reached: its Contact, once it has said one. */
struct str conference_call_place(const struct conference_call *p);
/* P's media are not mixed, or are again. */
void conference_call_mute(struct conference_call *p, bool mute);
/* Calls URI into R, with HEADERS besides its own, on behalf of BY (empty: of
 * the server itself).  0 with the call, or why it can't be. */
int conference_dial(struct conference_room *r, struct str uri,
    struct str headers, struct str by, struct agent_call **made);

/* ---- conference_verbs.c ---- */

/* IN, an INVITE for the factory, is answered by its application. */
void conference_apply(struct conference *cf, const struct sip_in *in);
/* INFO in a call. */
void conference_informed(struct agent_call *c, const struct sip_in *in);
/* Its caller has pressed DIGIT, however it came. */
void conference_pressed(struct agent_call *c, char digit);

/* ---- conference_call.c ---- */

unsigned conference_judge_refer(struct agent *agent, struct agent_call *c,
    const struct sip_in *in, const struct agent_refer_target *to,
    enum rule_id *why);
int conference_refer(struct agent *agent, struct agent_call *c,
    const struct agent_refer_target *to, struct str by,
    struct agent_call **made);

/* ---- conference_news.c ---- */

extern const struct agent_service conference_service;

/* ---- conference_verbs.c ---- */

extern const struct node_verb conference_verbs[];

#endif
