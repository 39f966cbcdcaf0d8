/*
 * What a topology file says: its nodes, links and subgraphs, each with its line
 * and with every inheritance resolved.  The language is Graphviz's for
 * undirected graphs and means what it means to Graphviz; a file is bounded in
 * nodes, links and nesting.
 */
#ifndef TOPOLOGY_TOPOLOGY_GRAPH_H
#define TOPOLOGY_TOPOLOGY_GRAPH_H

#include "base/arena.h"
#include "base/diag.h"
#include "topology/topology_table.h"

#define TOPOLOGY_NODES_MAX     10000
#define TOPOLOGY_LINKS_MAX     10000
#define TOPOLOGY_CHAIN_MAX     1000 /* links in one statement a -- b -- c */
#define TOPOLOGY_DEPTH_MAX     32   /* subgraphs in subgraphs */
#define TOPOLOGY_SUBGRAPHS_MAX 1000
#define TOPOLOGY_PARTS_MAX     100 /* strings joined by + */

struct topology_value {
	const char *text; /* NULL: none, never "" */
	unsigned line;    /* 0: the file says nothing of it */
	bool own;         /* given to this node or link, not inherited */
	const struct topology_setting
	    *setting; /* it comes from that; or NULL */
};

/* The values of one object by enum topology_attr_id. */
struct topology_values {
	struct topology_value of[TOPOLOGY_NATTRS];
};

enum topology_default { DEFAULT_GRAPH, DEFAULT_NODE, DEFAULT_EDGE, DEFAULTS };

struct topology_subgraph {
	struct topology_subgraph *next;   /* in the order of opening */
	struct topology_subgraph *parent; /* NULL of the graph itself */
	const char *name;                 /* NULL: without one */
	struct topology_values values;
	struct topology_values defaults[DEFAULTS]; /* set in its own braces */
	unsigned char has[(TOPOLOGY_NODES_MAX + 7) / 8]; /* bits of nodes */
};

struct topology_graph_node {
	const char *name;
	unsigned line; /* where it is first named */
	struct topology_values values;
	const char *group, *cluster; /* see struct topology_node */
	const char *innermost; /* the name of the innermost cluster, or NULL */
	const char *domain;    /* of the innermost that has one, or NULL */
	const char *strange;   /* another cluster that holds it, neither within
				  the innermost nor around that; or NULL */
};

struct topology_graph_link {
	size_t a, b;                 /* indices of nodes */
	const char *a_port, *b_port; /* as in a:port -- b:port; or NULL */
	unsigned line;
	const char *key; /* Graphviz's attribute: one link of each, or NULL */
	const struct topology_values *values; /* its statement's, or its own */
};

struct topology_graph {
	const char *name; /* "" for none */
	bool strict;
	struct topology_subgraph *top;     /* the graph itself comes first */
	struct topology_graph_node *nodes; /* in the order of first mention */
	size_t nnodes, nodes_cap;
	struct topology_graph_link *links; /* in Graphviz's order */
	size_t nlinks, links_cap;
	struct arena *store; /* where all that lives */
};

/* S can be a node's name: [A-Za-z0-9_.-], at most 63. */
bool topology_is_name(struct str s);

/* Reads TEXT; names and values are kept in TEXTS.  0, or D->err.  To be freed
 * in any case. */
int topology_graph_read(struct topology_graph *g, struct arena *texts,
    struct str text, const char *file, struct diag *d);
void topology_graph_free(struct topology_graph *g);

static inline bool
topology_subgraph_has(const struct topology_subgraph *s, size_t node)
{
	return (s->has[node / 8] >> node % 8 & 1) != 0;
}

/* The values of link L, to be changed: a copy of its statement's that only L
 * has.  NULL when out of memory. */
struct topology_values *
topology_link_values(struct topology_graph *g, struct topology_graph_link *l);

#endif
