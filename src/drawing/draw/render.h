/*
 * Pictures from Graphviz files, by its program `dot`.  The only file that knows
 * it.  What is to be no SVG goes on through draw/raster.h.
 */
#ifndef DRAW_RENDER_H
#define DRAW_RENDER_H

#include "base/diag.h"

/*
 * Lays DOT out by ENGINE ("dot", "neato"; "nop2" for what has its places) and
 * appends the picture to OUT as SVG: the same bytes for the same DOT.  0,
 * ERR_SYNTAX, or an error of program_run; each with a sentence in D.
 */
int
render_svg(struct str dot, const char *engine, struct buf *out, struct diag *d);

#endif
