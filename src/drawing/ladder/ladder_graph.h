/*
 * The ladder as a graph for Graphviz, which dot lays out and people and
 * programs can edit.  A head is a node; so is each moment of a lifeline.  A
 * message is an edge.  Ranks are times; a timer, a note, a state is a node of
 * its lifeline.
 */
#ifndef LADDER_LADDER_GRAPH_H
#define LADDER_LADDER_GRAPH_H

#include "ladder/ladder_figure.h"

/* Appends the graph to OUT; of O it takes the texts, the marks, the numbers and
 * the messages.  PINNED: with the places that everything has in the figure
 * (`pos`, layout=nop2).  A ladder with more rows than dot lays out in a few
 * seconds (300, with a time axis 150) is pinned unasked; a sentence in REMARK,
 * if not NULL, says so then.  0 or ERR_NOMEM. */
int ladder_graph_write(const struct layout *l,
    const struct ladder_figure_options *o, bool pinned, struct buf *remark,
    struct buf *out);

#endif
