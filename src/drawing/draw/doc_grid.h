/* What was drawn on a grid, as lines of a text. */
#ifndef DRAW_DOC_GRID_H
#define DRAW_DOC_GRID_H

#include "draw/doc.h"

/* Appends the lines of G to D, without the spaces at their ends and the empty
 * lines at the foot.  What has not happened yet is dim; D's err has G's, too.
 */
void doc_put_grid(struct doc *d, const struct grid *g);

#endif
