/* For msg/annotate*.c. */
#ifndef MSG_ANNOTATE_IN_H
#define MSG_ANNOTATE_IN_H

#include "msg/explain_in.h"

/* A note on TEXT without its line end, or NULL: there is no memory. */
struct msg_note *
annotate_add(struct msg_notes *notes, enum msg_note_kind kind, struct str text);
/* What took the place of the RFC that defines N's line, and what that itself
 * took the place of: books and slides still cite the older number. */
void annotate_history(struct msg_note *n);
/* A body, or a part of one. */
struct annotate_part {
	struct msg_notes *notes;
	struct str type;   /* "application/sdp" */
	struct str params; /* of the type, from the first ';' */
	struct str bytes;
	unsigned depth;  /* 0: the message's own */
	unsigned *parts; /* how many there were, of all */
};

/* ERR_NOMEM where the notes lack memory, else 0. */
int annotate_errors(const struct msg_notes *notes);
/* Notes on the body, by its Content-Type; 0 or ERR_NOMEM. */
int annotate_body(struct msg_notes *notes);

#endif
