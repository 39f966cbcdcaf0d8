/*
 * Bodies of several parts (RFC 2046 5.1), cut without copying, and the one of a
 * type in a message, be it its whole body or a part.
 */
#ifndef MSG_MULTIPART_H
#define MSG_MULTIPART_H

#include "msg/message.h"

/* The unread rest of such a body. */
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
