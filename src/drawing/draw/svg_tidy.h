/*
 * Graphviz's SVG made fit for readers: arrows have tooltips, and the picture a
 * title and a description for screen readers.
 */
#ifndef DRAW_SVG_TIDY_H
#define DRAW_SVG_TIDY_H

#include "base/buf.h"

/*
 * Appends SVG to OUT: the graph's name and tooltip become the picture's title
 * and description, an edge's tooltip its title; other titles (which are names
 * from the DOT file) and comments go.  What is not as expected passes as it
 * is.  0 or ERR_NOMEM.
 */
int svg_tidy(struct str svg, struct buf *out);

#endif
