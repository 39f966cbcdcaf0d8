/* An explained message for programs (docs/JSON.md). */
#ifndef WORDS_ANNOTATE_JSON_H
#define WORDS_ANNOTATE_JSON_H

#include "base/field.h"
#include "msg/annotate.h"

extern const struct field annotate_fields[], annotate_note_fields[];

/* Appends NOTES with what is wrong (empty: nothing), in LINE from 1, as an
 * object and a newline.  0 or ERR_NOMEM. */
int annotate_json(const struct msg_notes *notes, struct str fault,
    unsigned line, struct buf *out);

#endif
