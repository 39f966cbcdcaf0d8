/*
 * An explained message as a text for a pane: each line of the message, and
 * under it, in two columns, where it is defined and what it means.
 */
#ifndef WORDS_ANNOTATE_DOC_IN_H
#define WORDS_ANNOTATE_DOC_IN_H

#include "msg/annotate.h"
#include "draw/doc.h"

/* Puts LINE (bytes of the message, without its end) as one or more lines;
 * LINE.p is NULL once behind the last. */
typedef void annotate_line_fn(struct doc *d, struct str line, void *arg);

struct annotate_options {
	size_t width;           /* cells of a line; never below 40 */
	uint64_t seq;           /* the record that the lines lead to; 0: none */
	annotate_line_fn *line; /* NULL: bold, wrapped */
	void *arg;
};

/* The notes alone, without a word on the whole. */
void annotate_doc_notes(const struct msg_notes *notes,
    const struct annotate_options *o, struct doc *d);
/* Appends it to D, whose err tells of missing memory. */
void annotate_doc(const struct msg_notes *notes,
    const struct annotate_options *o, struct doc *d);

#endif
