/*
 * The participants of a conference: documents of the event package `conference`
 * (RFC 4575), written by a focus and put together by a subscriber.
 *
 *   conference_info.c   written
 *                       read: a document changes the known state (4.6)
 */
#ifndef MSG_CONFERENCE_INFO_H
#define MSG_CONFERENCE_INFO_H

#include "base/buf.h"
#include "base/list.h"

#include <stdbool.h>
#include <stdint.h>

#define CONFERENCE_INFO_TYPE "application/conference-info+xml"
/* The limit of elements that a subscriber keeps. */
#define CONFERENCE_ELEMENTS 4096

/* ---- written: 5 ---- */

/* X(ID, word): 4.4, what an element says of what it is about. */
#define CONFERENCE_STATES(X)  \
	X(FULL, "full")       \
	X(PARTIAL, "partial") \
	X(DELETED, "deleted")

enum conference_state {
#define X(id, word) CONFERENCE_##id,
	CONFERENCE_STATES(X)
#undef X
};

struct conference_info {
	struct str entity; /* URI of the conference */
	uint32_t version;
	enum conference_state state;
	unsigned most;  /* users that it may have … */
	unsigned users; /* … and has */
	bool locked;
};

struct conference_endpoint {
	struct str entity;  /* its Contact's URI */
	const char *status; /* 5.7.2 */
	const char *joined; /* 5.7.3; a literal */
};

struct conference_media {
	unsigned id;
	struct str type;    /* "audio" */
	const char *status; /* as the participant sees it: "sendrecv" */
};

/* The beginning of a document, up to its users, and the end. */
void conference_info_begin(struct buf *out, const struct conference_info *info);
void conference_info_end(struct buf *out, const struct conference_info *info);
/* A user: whole, or deleted, which has no endpoint and no end. */
void conference_info_user(struct buf *out, struct str entity, bool deleted);
void conference_info_user_end(struct buf *out);
void conference_info_endpoint(
    struct buf *out, const struct conference_endpoint *endpoint);
void
conference_info_media(struct buf *out, const struct conference_media *media);
void conference_info_endpoint_end(struct buf *out);

/* ---- read: 4.6 ---- */

/* An element of a document, or of the known state. */
struct conference_element {
	struct list link;     /* in its parent's `children` */
	struct list children; /* in the order of the document */
	enum conference_state state;
	char *name;
	char *key;  /* 4.5: tells it from its siblings of that name; "" */
	char *text; /* "" */
};

/* A subscriber's state; all zero at first. */
struct conference_view {
	struct conference_element *root; /* NULL: nothing yet */
	uint32_t version;
};

enum conference_news {
	CONFERENCE_NEWS, /* the view is as the document says */
	CONFERENCE_OLD,  /* it says nothing that is not known */
	CONFERENCE_GAP,  /* something before it is missing: the view stays */
	CONFERENCE_OVER, /* the conference is no more */
};

/* BODY has come: V changes, and *NEWS says how.  0, ERR_NOMEM, ERR_SYNTAX,
 * ERR_LIMIT: then V stays as it was. */
int conference_view_take(
    struct conference_view *v, struct str body, enum conference_news *news);
void conference_view_free(struct conference_view *v);
/* V's participants, for people: "in the conference: sip:alice@…, sip:bob@…".  0
 * or ERR_NOMEM. */
int conference_view_say(const struct conference_view *v, struct buf *out);
/* What BODY alone says: "conference sip:…, version 3: sip:alice@… connected
 * (audio sendrecv)".  0, ERR_SYNTAX, ERR_NOMEM. */
int conference_info_say(struct str body, struct buf *out);

#endif
