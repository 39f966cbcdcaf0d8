/*
 * Two traces side by side, or what differs between them as a list.
 */
#ifndef WORDS_DIFF_TEXT_H
#define WORDS_DIFF_TEXT_H

#include "base/buf.h"
#include "draw/theme.h"
#include "trace/align.h"

struct diff_text_options {
	size_t width; /* cells of a line; 0: 80; below 60 it counts as 60 */
	enum theme theme;
	bool ascii; /* signs of ASCII, of the same width */
	bool brief; /* only what differs, a line each */
	bool times; /* by how much each message comes earlier or later */
	bool all;   /* also what is the same over many rows */
	const char *name_a, *name_b; /* what the two are called, or NULL */
};

/* Safe for a terminal, in the user's language.  0 or ERR_NOMEM. */
int diff_text_write(
    const struct align *al, const struct diff_text_options *o, struct buf *out);

#endif
