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
/* The body of the message that was read, by its type; 0 or ERR_NOMEM. */
int msg_note_body(struct msg_notes *notes);

#endif
