/*
 * The nodes that talk to each other, as a figure that Graphviz lays out: a
 * system by its layers (access, control, service), and for each two nodes the
 * protocols that they speak, whatever routers lie between.
 */
#ifndef PICTURES_NETWORK_MAP_DOT_H
#define PICTURES_NETWORK_MAP_DOT_H

#include "pictures/network/network_dot.h"

/*
 * Appends the file for plain dot.  Where all nodes are in clusters with
 * labels of their own, those are the layers, in their order from the top down;
 * else they are told from what nodes are: who serves servers, servers, phones.
 * Nodes that have said nothing to others, as routers, are left out.  O may be
 * NULL. 0, ERR_NOMEM, or ERR_LIMIT (NETWORK_DOT_MOST) with a sentence in D.
 */
int map_dot_write(const struct trace *t, const struct network_dot_options *o,
    struct buf *out, struct diag *d);

#endif
