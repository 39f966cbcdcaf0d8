/* The comparison of two traces for programs; docs/DIFF.md is the format. */
#ifndef WORDS_DIFF_JSON_H
#define WORDS_DIFF_JSON_H

#include "base/buf.h"
#include "trace/align.h"

/* One JSON object.  NAME_A, NAME_B are what the two are called, or NULL.  0 or
 * ERR_NOMEM. */
int diff_json_write(const struct align *al, const char *name_a,
    const char *name_b, struct buf *out);

#endif
