/* A message as names and values, a row each. */
#ifndef WORDS_NAMED_ROW_H
#define WORDS_NAMED_ROW_H

#include "draw/doc.h"

struct named_rows {
	struct doc *d;
	uint64_t seq; /* the record that the lines lead to */
	size_t width;
	size_t name; /* cells of what stands before a value */
};

/* NAME may be empty, where it is that of the row before.  VALUE, bytes of
 * anybody's, is freed and empty again. */
void named_row(const struct named_rows *r, const char *name,
    enum canvas_style style, struct buf *value);

#endif
