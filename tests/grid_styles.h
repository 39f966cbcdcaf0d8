/*
 * A grid as text with its styles: below the lines of the screen's text the same
 * lines with a letter a cell for its style ('.' plain; the first letter of the
 * style's name, as far as that is free), and capital where a flag is set.
 */
#ifndef TESTS_GRID_STYLES_H
#define TESTS_GRID_STYLES_H

#include "draw/grid.h"

#include <ctype.h>

/* 0 or ERR_NOMEM. */
int grid_write_styles(const struct grid *g, struct buf *out);

#endif
