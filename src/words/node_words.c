/*
 * A node's label, where it is one.
 */
#include "words/node_words.h"

#include <string.h>

struct str
node_label(const struct trace_node *n)
{
	/* "px proxy" is a label for a drawing that says no roles. */
	if (n->label.n == 0 ||
	    (n->label.n > n->name.n && n->label.p[n->name.n] == ' ' &&
		memcmp(n->label.p, n->name.p, n->name.n) == 0))
		return n->name;
	return n->label;
}
