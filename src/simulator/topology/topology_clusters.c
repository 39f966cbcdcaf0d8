/* Clusters: subgraphs that are domains, and which of them a node lies in. */
#include "topology/topology_parse_in.h"

#include <string.h>

bool
topology_is_cluster(const struct topology_subgraph *s)
{
	return s->parent != NULL && str_starts(str_of(s->name), "cluster");
}

/* A value that the subgraph does not merely have from the one above. */
static const char *
own_value(const struct topology_subgraph *s, int attr)
{
	const char *v = s->values.of[attr].text;
	const char *above = s->parent->values.of[attr].text;

	return v != NULL && above != NULL && strcmp(v, above) == 0 ? NULL : v;
}

/* The cluster that C's nodes are shown in: the innermost with a label or a
 * domain, or NULL. */
static const struct topology_subgraph *
shown_cluster(const struct topology_subgraph *c)
{
	for (; c->parent != NULL; c = c->parent)
		if (topology_is_cluster(c) &&
		    (own_value(c, TOPOLOGY_ATTR_label) != NULL ||
			own_value(c, TOPOLOGY_ATTR_domain) != NULL))
			return c;
	return NULL;
}

static bool
holds(const struct topology_subgraph *outer,
    const struct topology_subgraph *inner)
{
	while (inner != NULL && inner != outer)
		inner = inner->parent;
	return inner != NULL;
}

/* A node lies in the innermost of its clusters; outer ones were opened first.
 */
void
topology_place_node(struct topology_graph *g, size_t i)
{
	struct topology_graph_node *n = &g->nodes[i];
	const struct topology_subgraph *in = NULL, *shown;
	const char *label;

	for (const struct topology_subgraph *s = g->top; s != NULL;
	     s = s->next) {
		if (!topology_is_cluster(s) || !topology_subgraph_has(s, i))
			continue;
		if (in == NULL || holds(in, s))
			in = s;
		else if (n->strange == NULL)
			n->strange = s->name;
	}
	if (in == NULL)
		return;
	n->innermost = in->name;
	shown = shown_cluster(in);
	label = shown != NULL ? own_value(shown, TOPOLOGY_ATTR_label) : NULL;
	if (label != NULL) {
		n->group = label;
		n->cluster = shown->name;
	}
	for (; n->domain == NULL && in->parent != NULL; in = in->parent)
		n->domain = own_value(in, TOPOLOGY_ATTR_domain);
}
