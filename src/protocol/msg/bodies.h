/* Bodies beside SDP: presence, waiting messages, several in one. */
#ifndef MSG_BODIES_H
#define MSG_BODIES_H

#include "base/buf.h"
#include "base/str.h"
#include "msg/message.h"
#include "text/xml.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * Presence documents: PIDF (RFC 3863).  Read are the entity, its tuples with
 * their contents, and the first note.  Elements of other namespaces are passed
 * over, unless they must be understood (RFC 3863 4.2.3).
 */
#define PIDF_TYPE   "application/pidf+xml"
#define PIDF_TUPLES 16 /* of a document, at most */

/* Texts of a document that was read, or of the caller; empty where there is
 * none. */
struct pidf_tuple {
	struct str id;
	bool said, open; /* a basic status was said; it is "open" */
	struct str contact, priority, note, timestamp;
};

struct pidf {
	struct xml document;
	struct str entity; /* whose, a URI */
	struct pidf_tuple tuples[PIDF_TUPLES];
	size_t n;
	struct str note;
};

/* 0, ERR_SYNTAX, ERR_LIMIT (too many tuples), ERR_NOMEM: then there is nothing
 * to free. */
int pidf_read(struct pidf *p, struct str body);
void pidf_free(struct pidf *p);

/* A document is written as its beginning, its tuples, its note, its end. */
void pidf_write_begin(struct buf *out, struct str entity);
/* T with ID in place of its own. */
void
pidf_write_tuple(struct buf *out, const struct pidf_tuple *t, struct str id);
void pidf_write_end(struct buf *out, struct str note);

/* What BODY says, as a sentence for people: 0, ERR_SYNTAX, ERR_NOMEM. */
int pidf_say(struct str body, struct buf *out);

/*
 * How many messages wait in a mailbox: the body of RFC 3842 5.2, lines of the
 * form "name: value".  Of its classes of messages voice alone is read.
 */
#define MESSAGE_SUMMARY_TYPE "application/simple-message-summary"

struct message_count {
	uint32_t fresh, old;
};

struct message_summary {
	bool waiting;
	struct str account; /* URI of the mailbox, a slice; may be empty */
	bool counted;       /* there are numbers for voice */
	struct message_count voice, urgent; /* URGENT: of those in VOICE */
};

void message_summary_write(const struct message_summary *s, struct buf *out);
/* What BODY says, as a sentence for people: 0, ERR_SYNTAX, ERR_NOMEM. */
int message_summary_say(struct str body, struct buf *out);

/*
 * Digits in the body of an INFO, as application/dtmf-relay has them
 * ("Signal=5", "Duration=160"): in no RFC, in use since before RFC 6086 (2).
 */
#define MSG_DTMF_RELAY "application/dtmf-relay"

/* SIGNAL is one of the sixteen digits. */
bool msg_is_digit(struct str signal);
/* The digit in M's body, one byte of it; empty: M has none of that kind.
 * *DURATION (may be NULL): how long it lasts, as it is there, or empty. */
struct str msg_digit(const struct msg *m, struct str *duration);

/*
 * The unread rest of a body of several parts (RFC 2046 5.1), which is cut
 * without copying.
 */
struct msg_parts {
	struct str rest; /* begins with a delimiter, or is empty */
	struct str boundary;
	bool ended; /* the delimiter that ends the body was there */
};

struct msg_part {
	struct str delimiter; /* the line before it */
	struct str head;      /* its fields, with the empty line */
	struct str type;   /* "application/sdp"; text/plain if none is said */
	struct str params; /* of its type, from the first ';' */
	struct str disposition; /* Content-Disposition, whole, or empty */
	struct str body;
};

/* BODY, whose type has PARAMS; false: these have no boundary. */
bool
msg_parts_begin(struct str params, struct str body, struct msg_parts *parts);
/* The next part; false behind the last, where PART->delimiter is the end's, or
 * empty. */
bool msg_parts_next(struct msg_parts *parts, struct msg_part *part);

/* The body of TYPE in M: all of it, or the first such part of a multipart, or
 * of one in that; false: there is none. */
bool msg_body_of(const struct msg *m, const char *type, struct str *params,
    struct str *body);

/* M's body is a multipart whose parts can't be found (RFC 2046 5.1.1): its type
 * has no boundary (*BOUNDARY is empty), or one that occurs nowhere in it. */
bool msg_parts_lost(const struct msg *m, struct str *boundary);

/* The session description in M, alone or as a part; empty: it has none. */
struct str msg_sdp_of(const struct msg *m);

/* RFC 3204 3.1: "version" or "base" among PARAMS of application/ISUP names a
 * variant that is built otherwise. */
bool msg_isup_is_ansi(struct str params);

#endif
