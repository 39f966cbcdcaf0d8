/* What nodes are called. */
#ifndef WORDS_NODE_WORDS_H
#define WORDS_NODE_WORDS_H

#include "trace/reader.h"

/* What stands below the head of a node NAME, which is that name, as sentences
 * and commands use it: its LABEL where it says more, in the reader's language
 * where it is of rung's own networks, or nothing. */
struct str node_caption(struct str name, struct str label);

#endif
