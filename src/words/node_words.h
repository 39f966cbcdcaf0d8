/* What nodes are called. */
#ifndef WORDS_NODE_WORDS_H
#define WORDS_NODE_WORDS_H

#include "trace/reader.h"

/* A node's label, else its name. */
struct str node_label(const struct trace_node *n);

#endif
