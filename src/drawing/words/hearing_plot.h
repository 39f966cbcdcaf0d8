/* The quality of received sound over time, in characters and as SVG. */
#ifndef WORDS_HEARING_PLOT_H
#define WORDS_HEARING_PLOT_H

#include "draw/doc.h"
#include "story/hearing.h"

/* Appends to D the MOS of each of COUNT streams that has been counted twice,
 * from its first packet up to T_NS. */
void hearing_plot(const struct trace *t, const struct hearing *list,
    size_t count, int64_t t_ns, size_t width, struct doc *d);

/* Appends the MOS of all streams of T over time, as SVG, to OUT; false where
 * there is nothing to draw.  Missing memory is OUT's err. */
bool
hearing_plot_svg(const struct trace *t, const char *title, struct buf *out);

#endif
