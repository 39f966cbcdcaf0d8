/* For the files that explain a message: notes are added here. */
#ifndef MSG_ANNOTATE_IN_H
#define MSG_ANNOTATE_IN_H

#include "msg/annotate.h"

/* NULL: no memory. */
struct msg_note *
msg_note_add(struct msg_notes *notes, enum msg_note_kind kind, struct str text);
/* What took the place of the RFC that defines the line, and what that itself
 * took the place of. */
void msg_note_history(struct msg_note *n);

/* A body, or a part of one. */
struct msg_noted_body {
	struct msg_notes *notes;
	struct str type;   /* "application/sdp", */
	struct str params; /* ";version=itu-t92+" */
	struct str bytes;
	unsigned depth;
	unsigned *parts; /* how many there were, of all */
};
/* Notes on one: in one piece, and field by field or line by line, by its type.
 * 0 or ERR_NOMEM. */
int msg_note_whole(const struct msg_noted_body *b);
int msg_note_isup(const struct msg_noted_body *b);
int msg_note_manscdp(const struct msg_noted_body *b);
int msg_note_mansrtsp(const struct msg_noted_body *b);

/* The body of the message that was read, by its type; 0 or ERR_NOMEM. */
int msg_note_body(struct msg_notes *notes);

#endif
