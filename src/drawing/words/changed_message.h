/*
 * A changed message: a fault changed it on its way (a person's edit, a script's
 * rewriting, damage), or a NAT has rewritten it.  The send record holds what
 * the node sent; what travelled is in the fault's record or in that of the
 * arrival.
 */
#ifndef WORDS_CHANGED_MESSAGE_H
#define WORDS_CHANGED_MESSAGE_H

#include "trace/reader.h"

enum message_change {
	CHANGED_MESSAGE_EDIT,
	CHANGED_MESSAGE_REWRITE,
	CHANGED_MESSAGE_CORRUPT,
	CHANGED_MESSAGE_NAT, /* by a NAT: its record is not a fault's */
};

struct changed_message {
	enum message_change how;
	bool person;      /* a person did it, not the script */
	uint64_t fault;   /* its record */
	bool known;       /* the trace has what travelled … */
	struct str bytes; /* … which may be nothing; a slice of the trace or of
			     the scratch */
};

/* How the message of record SEND was changed; false where it was not.  SCRATCH
 * tells of missing memory. */
bool changed_message_read(const struct trace *t, uint64_t send,
    struct changed_message *a, struct buf *scratch);

/* How the fault, or NAT, of REC changes a message, "edited", or NULL if it does
 * not; SCRATCH as above. */
const char *
changed_message_word(const struct trace_rec *rec, struct buf *scratch);

/* "edited on its way by a person" */
const char *changed_message_text(const struct changed_message *a);

#endif
