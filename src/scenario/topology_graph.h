/*
 * The one place where libcgraph is called: from a file's text to plain data
 * with every inheritance resolved.
 */
#ifndef SCENARIO_TOPOLOGY_GRAPH_H
#define SCENARIO_TOPOLOGY_GRAPH_H

#include "base/diag.h"
#include "scenario/topology_store.h"
#include "scenario/topology_table.h"

/* The values of one object by enum topology_attr_id; NULL: none, never "". */
struct topology_values {
	const char *of[TOPOLOGY_NATTRS];
};

struct topology_raw_node {
	const char *name;
	struct topology_values values;
	const char *group, *cluster; /* see struct topology_node */
	const char *domain; /* of the innermost cluster that has one, or NULL */
	const char *strange;   /* a cluster that holds it too but neither holds
				  nor is held by the other, or NULL */
	const char *innermost; /* the name of the innermost cluster, or NULL */
};

struct topology_raw_link {
	size_t a, b; /* indices of nodes */
	struct topology_values values;
};

/* Everything lives in the store it was read with. */
struct topology_raw {
	struct topology_values values;   /* the graph's */
	struct topology_raw_node *nodes; /* in the order of first mention */
	size_t nnodes;
	struct topology_raw_link *links; /* in the order of the file */
	size_t nlinks;
};

/* Reads TEXT, for which libcgraph wants ROOM bytes of memory at most; 0, or
 * D->err with libcgraph's own finding as a sentence. */
int topology_graph_read(struct topology_raw *raw, struct topology_store *store,
    struct str text, size_t room, const char *file, struct diag *d);

#endif
