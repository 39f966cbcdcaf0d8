/*
 * Presence documents: PIDF (RFC 3863).  Read are the entity, its tuples with
 * their contents, and the first note.  Elements of other namespaces are passed
 * over, unless they must be understood (RFC 3863 4.2.3).
 */
#ifndef MSG_PIDF_H
#define MSG_PIDF_H

#include "base/buf.h"
#include "base/str.h"
#include "text/xml.h"

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

#endif
