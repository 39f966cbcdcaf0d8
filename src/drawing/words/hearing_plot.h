/* How good what is heard has sounded over time, in characters. */
#ifndef WORDS_HEARING_PLOT_H
#define WORDS_HEARING_PLOT_H

#include "draw/doc.h"
#include "story/hearing.h"

/* Appends to D the MOS of each stream of H that has been counted twice, from
 * its first packet up to T_NS. */
void hearing_plot(const struct trace *t, const struct hearings *h, int64_t t_ns,
    size_t width, struct doc *d);

#endif
