/* What the two files of the SVG device share. */
#ifndef DRAW_FIGURE_SVG_IN_H
#define DRAW_FIGURE_SVG_IN_H

#include "draw/figure.h"

/* Heads in units of the page; the tip lies at the end of the line. */
#define SVG_HEAD_LENGTH 8.0

/* Either may be NULL. */
bool svg_same_text(const char *a, const char *b);

/* figure_svg_style.c: all that stands in front of the body, which was met by
 * then: the root element, what the figure says of itself, the style sheet,
 * heads of lines, patterns, the paper. */
void svg_style_put(struct figure *f, struct buf *out);

#endif
