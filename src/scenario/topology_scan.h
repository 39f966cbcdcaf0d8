/*
 * Where things stand in a topology file.  libcgraph says what a file means but
 * not on which line; this scan follows the same language, notes the line of
 * every node, link and attribute, refuses attributes that nobody knows, and
 * keeps hostile files from libcgraph: it is bounded in nodes, links, nesting
 * and in the text that inheritance would multiply.
 */
#ifndef SCENARIO_TOPOLOGY_SCAN_H
#define SCENARIO_TOPOLOGY_SCAN_H

#include "base/diag.h"
#include "scenario/topology_store.h"
#include "scenario/topology_table.h"

#define TOPOLOGY_FILE_MAX      (1u << 20) /* bytes */
#define TOPOLOGY_NODES_MAX     1000
#define TOPOLOGY_LINKS_MAX     10000
#define TOPOLOGY_CHAIN_MAX     1000 /* links in one statement a -- b -- c */
#define TOPOLOGY_DEPTH_MAX     32   /* subgraphs in subgraphs */
#define TOPOLOGY_SUBGRAPHS_MAX 1000
#define TOPOLOGY_PARTS_MAX     100         /* strings joined by + */
#define TOPOLOGY_WORK_MAX      (64u << 20) /* bytes that inheritance copies */

/* Where an attribute's value stands; line 0: it has none. */
struct topology_mark {
	uint32_t line : 31;
	uint32_t own : 1; /* given to this node or link itself, not inherited */
};

/* Lines of the values of one object, by enum topology_attr_id. */
struct topology_marks {
	struct topology_mark at[TOPOLOGY_NATTRS];
};

struct topology_scan_node {
	const char *name;
	unsigned line; /* where it is first named */
	struct topology_marks marks;
};

/* One link as the text has it; several may stand in one statement. */
struct topology_scan_link {
	uint32_t a, b; /* indices of nodes */
	unsigned line;
	uint32_t statement; /* index into the marks of links */
};

struct topology_scan {
	const char *name; /* the graph's, "" for none */
	bool strict;
	size_t end;                  /* of the graph's closing brace */
	struct topology_marks marks; /* the graph's own attributes */
	struct topology_scan_node *nodes;
	size_t nnodes;
	struct topology_scan_link *links;
	size_t nlinks;
	struct topology_marks *statements;
	size_t nstatements;
	/* Links of subgraphs that were opened before are not listed one by
	 * one; the last statement that has such. */
	unsigned reopened_line;
	size_t graph_bytes; /* memory that libcgraph may want for the text */
};

/* Scans TEXT; names and values are kept in STORE.  0, or D->err. */
int topology_scan(struct topology_scan *s, struct topology_store *store,
    struct str text, const char *file, struct diag *d);
void topology_scan_free(struct topology_scan *s);

#endif
