/*
 * Why each call ended (outcome/outcome.h), of a trace that may grow: it is read
 * a part at a time, and read again when the trace has grown.  A view that
 * stands at a record is told of a call from the call's last message on, so that
 * nothing is given away.
 */
#ifndef WORDS_CALL_ENDS_H
#define WORDS_CALL_ENDS_H

#include "base/field.h"
#include "outcome/outcome.h"

struct call_ends;

/* T stays until E is gone.  0 or ERR_NOMEM. */
int call_ends_create(struct call_ends **e, const struct trace *t);
void call_ends_destroy(struct call_ends *e); /* may be NULL */
/* Reads at most MAX more records.  The outcomes judged last stay until all
 * records are judged.  False when all are judged, or memory ran out. */
bool call_ends_extend(struct call_ends *e, uint64_t max);
int call_ends_error(const struct call_ends *e); /* 0 or ERR_NOMEM */
/* Records that were judged. */
uint64_t call_ends_position(const struct call_ends *e);

/* How the call ended that CALL_ID is a leg of.  NULL: it is not known, the call
 * goes on, or has messages behind SEQ; or E is NULL. */
const struct outcome *
call_ends_at(const struct call_ends *e, struct str call_id, uint64_t seq);
/* The Ith call of all Call-IDs and its outcome; it has no message behind *LAST.
 * False: there are fewer.  NULL in *O: as above. */
bool call_ends_next(const struct call_ends *e, size_t *at, struct str *call_id,
    const struct outcome **o, uint64_t *last);

/* Few words for a call that did not go well, "closed port", in the user's
 * language; NULL: its status tells as much. */
const char *call_end_word(const struct outcome *o);
/* What to do next, and by which section it is judged; nothing where there is no
 * trouble. */
void call_end_put_next(const struct outcome *o, struct buf *b);
extern const struct field call_end_fields[]; /* of outcome_put_json */

#endif
