/*
 * The ladder as a Graphviz file with everything in its place: plain dot draws
 * it, and so does draw/render.h.  Made for black and white first: kinds of
 * message differ by stroke and arrowhead, states by their pattern.
 */
#ifndef LADDER_LADDER_DOT_H
#define LADDER_LADDER_DOT_H

#include "ladder/layout.h"

struct ladder_dot_options {
	const char *title;    /* NULL: the trace's own */
	const char *subtitle; /* NULL: none */
	const char *footer;   /* where it comes from: lab, seed, trace; NULL */
};

/* Appends the file to OUT; O may be NULL.  0 or ERR_NOMEM. */
int ladder_dot_write(const struct layout *l, const struct ladder_dot_options *o,
    struct buf *out);

#endif
