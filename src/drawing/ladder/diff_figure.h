/*
 * Two ladders side by side as a figure: messages that match stand at the same
 * height, and between them a sign for what differs.
 */
#ifndef LADDER_DIFF_FIGURE_H
#define LADDER_DIFF_FIGURE_H

#include "draw/figure.h"
#include "trace/align.h"

struct diff_figure_options {
	const char *name_a, *name_b; /* what the two are called, or NULL */
	const char *title;           /* NULL: none */
	bool all;   /* also long stretches without differences */
	bool times; /* by how much a message comes earlier or later */
};

/* Appends the figure to OUT.  0 or ERR_NOMEM. */
int
diff_figure_write(const struct align *al, const struct diff_figure_options *o,
    const struct figure_device *device, struct buf *out);
/* The same as a graph for Graphviz; REMARK: ladder/ladder_graph.h. */
int diff_graph_write(const struct align *al,
    const struct diff_figure_options *o, struct buf *remark, struct buf *out);

#endif
