/*
 * The network as a figure that Graphviz lays out: nodes with what they are and
 * their addresses, the head's frames, links with delay and loss.  Servers stand
 * above the routers, phones below them.
 */
#ifndef PICTURES_NETWORK_NETWORK_DOT_H
#define PICTURES_NETWORK_NETWORK_DOT_H

#include "trace/reader.h"

/* Most nodes, and most links, of a figure: with more, Graphviz takes too long.
 */
#define NETWORK_DOT_MOST 500

struct network_dot_options {
	const char *title;  /* NULL: the trace's own */
	const char *footer; /* where it comes from, or NULL */
};

/*
 * Appends the file of T's head for plain dot.  A trace whose head has no links
 * (a capture) gets one node in their place to which all others are linked.  O
 * may be NULL.  0, ERR_NOMEM, or ERR_LIMIT with a sentence in D.
 */
int network_dot_write(const struct trace *t,
    const struct network_dot_options *o, struct buf *out, struct diag *d);

#endif
