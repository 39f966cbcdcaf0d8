/* What nodes are called. */
#ifndef WORDS_NODE_WORDS_H
#define WORDS_NODE_WORDS_H

#include "trace/reader.h"

/* The line below the name of node NAME: its LABEL where that says more than the
 * name, else empty.  A label of one of rung's own networks is in the user's
 * language. */
struct str node_caption(struct str name, struct str label);

#endif
