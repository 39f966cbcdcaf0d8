/*
 * The ladder as a sequence diagram of mermaid, which draws it in a page of
 * Markdown or HTML.  A row a line; there is no axis of time.
 */
#ifndef LADDER_LADDER_MERMAID_H
#define LADDER_LADDER_MERMAID_H

#include "ladder/layout.h"

struct ladder_mermaid_options {
	const char *title; /* NULL: the trace's own; "": none */
};

/* Appends the script; O may be NULL.  0 or ERR_NOMEM. */
int ladder_mermaid_write(const struct layout *l,
    const struct ladder_mermaid_options *o, struct buf *out);

#endif
