/* An explained message for programs (docs/TRACE.md). */
#ifndef WORDS_ANNOTATE_DOC_H
#define WORDS_ANNOTATE_DOC_H

#include "base/field.h"
#include "draw/theme.h"
#include "msg/annotate.h"

extern const struct field annotate_fields[], annotate_note_fields[];

/* Appends NOTES with FAULT (empty: none), in LINE from 1, and the sentence OSIP
 * (empty: none), as an object and a newline.  0 or ERR_NOMEM. */
int annotate_json(const struct msg_notes *notes, struct str fault,
    unsigned line, struct str osip, struct buf *out);

struct annotate_text_options {
	size_t width; /* cells of a line; 0: 80; never below 40 */
	enum theme theme;
};

/*
 * Appends NOTES as text to OUT, safe for a terminal: each line of the message,
 * and under it, in two columns, where it is defined and what it means. O may be
 * NULL. 0 or ERR_NOMEM.
 */
int annotate_text(const struct msg_notes *notes,
    const struct annotate_text_options *o, struct buf *out);

#endif
