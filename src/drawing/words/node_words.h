/* What nodes are called. */
#ifndef WORDS_NODE_WORDS_H
#define WORDS_NODE_WORDS_H

#include "trace/reader.h"

/* The line below the name of node NAME: its LABEL where that says more than the
 * name, else empty.  A label of one of rung's own networks is in the user's
 * language. */
struct str node_caption(struct str name, struct str label);

/* LABEL says what a node that plays ROLE is called anyway. */
bool node_label_is_role(struct str label, struct str role);

/* A and B are the same text to who reads them: in whichever case, with spaces,
 * dashes and dots or without. */
bool node_reads_alike(struct str a, struct str b);

#endif
