/*
 * An explained message as text: each line of the message, and under it, in two
 * columns, where it is defined and what it means.
 */
#ifndef WORDS_ANNOTATE_TEXT_H
#define WORDS_ANNOTATE_TEXT_H

#include "draw/theme.h"
#include "msg/annotate.h"

struct annotate_text_options {
	size_t width; /* cells of a line; 0: 80; never below 40 */
	enum theme theme;
};

/* Appends it to OUT, safe for a terminal.  O may be NULL.  0 or ERR_NOMEM. */
int annotate_text(const struct msg_notes *notes,
    const struct annotate_text_options *o, struct buf *out);

#endif
