/* The verbs that any node has: crash, restart, set. */
#ifndef NODES_VERBS_H
#define NODES_VERBS_H

#include "nodes/node.h"

extern const struct node_verb node_verbs[]; /* ended by a row without name */

#endif
