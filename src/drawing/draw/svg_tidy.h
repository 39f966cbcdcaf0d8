/*
 * Graphviz's SVG made fit for readers: arrows have tooltips, the picture a
 * title and a description for screen readers, and no place depends on the fonts
 * that this machine has.
 */
#ifndef DRAW_SVG_TIDY_H
#define DRAW_SVG_TIDY_H

#include "base/buf.h"

/* Colours of cells with one text, which is in their middle or at their left. */
#define SVG_TIDY_MIDDLE "transparent"
#define SVG_TIDY_LEFT   "#ffffff01"

/*
 * Appends SVG to OUT: the graph's name and tooltip become the picture's title
 * and description, an edge's tooltip its title; other titles (which are names
 * from the DOT file) and comments go.  The text of a cell (draw/dot_html.h) is
 * tied to the cell's middle or left end, and the cell goes.  What is not as
 * expected passes as it is.  0 or ERR_NOMEM.
 */
int svg_tidy(struct str svg, struct buf *out);

#endif
