/*
 * Pictures from Graphviz files, by libgvc.  The only file that knows it.
 */
#ifndef DRAW_RENDER_H
#define DRAW_RENDER_H

#include "base/diag.h"

/* X(ID, name and ending of files) */
#define RENDER_FORMATS(X) \
	X(SVG, "svg")     \
	X(PNG, "png")     \
	X(PDF, "pdf")

enum render_format {
#define X(id, name) RENDER_##id,
	RENDER_FORMATS(X)
#undef X
	    RENDER_FORMAT_COUNT
};

/* RENDER_FORMAT_COUNT where there is no such format. */
enum render_format render_format_find(struct str name);

/*
 * Lays DOT out by ENGINE ("dot", "neato"; "nop2" for what has its places) and
 * appends the picture to OUT: the same bytes for the same DOT.  0, ERR_NOMEM,
 * ERR_LIMIT (too large for a bitmap), ERR_SYNTAX, ERR_UNSUPPORTED (this
 * Graphviz cannot write that format); each with a sentence in D.
 */
int render_layout(struct str dot, const char *engine, enum render_format f,
    struct buf *out, struct diag *d);

#endif
