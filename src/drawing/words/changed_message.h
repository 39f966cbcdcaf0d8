/*
 * A message that a fault changed on its way: a person's edit, a script's
 * rewriting, or damage; or that a NAT has rewritten.  The send record holds
 * what the node sent; what travelled is in the fault's record or in that of
 * the arrival.
 */
#ifndef WORDS_ALTERED_H
#define WORDS_ALTERED_H

#include "trace/reader.h"

enum alteration {
	ALTERED_EDIT,
	ALTERED_REWRITE,
	ALTERED_CORRUPT,
	ALTERED_NAT, /* by a NAT's gateway: its record is not a fault's */
};

struct altered {
	enum alteration how;
	bool person;      /* a person did it, not the script */
	uint64_t fault;   /* its record */
	bool known;       /* the trace has what travelled … */
	struct str bytes; /* … which may be nothing; a slice of the trace or of
			     the scratch */
};

/* How the message of record SEND was changed; false where it was not.  SCRATCH
 * tells of missing memory. */
bool message_altered(const struct trace *t, uint64_t send, struct altered *a,
    struct buf *scratch);

/* How the fault, or NAT, of REC changes a message, "edited", or NULL where it
 * does not;
 * SCRATCH as above. */
const char *altered_word(const struct trace_rec *rec, struct buf *scratch);

/* "edited on its way by a person" */
const char *altered_text(const struct altered *a);

#endif
