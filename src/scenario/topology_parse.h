/* What the two halves of the scan share: topology_parse.c follows the grammar,
 * topology_scan.c keeps the books. */
#ifndef SCENARIO_TOPOLOGY_PARSE_H
#define SCENARIO_TOPOLOGY_PARSE_H

#include "base/map.h"
#include "scenario/topology_lex.h"
#include "scenario/topology_scan.h"

/* A subgraph's braces, or the graph's (index 0). */
struct topology_scope {
	uint32_t parent;
	struct str name; /* as in sentences */
	bool cluster;
	struct topology_marks nodes, edges; /* its defaults: node [..], … */
};

/* A name or a value. */
struct topology_atom {
	struct str text; /* in the store */
	struct str raw;  /* where it begins in the file */
	unsigned line;
	bool html;
};

/* One end of a link: the nodes named between FROM and TO in `mentions`. */
struct topology_end {
	size_t from, to;
	bool set;      /* a subgraph: each node once */
	bool reopened; /* a subgraph that may have had nodes before */
};

enum topology_default { DEFAULT_GRAPH, DEFAULT_NODE, DEFAULT_EDGE, DEFAULTS };

struct topology_books {
	struct topology_scan *s;
	struct topology_store *store;
	struct topology_lex lex;
	struct topology_token t; /* the one at hand */
	struct buf text;         /* of the atom at hand */
	unsigned depth;
	uint32_t scope; /* index of the one that is open */
	struct topology_scope *scopes;
	size_t nscopes;
	struct map *nodes;     /* name to index + 1 */
	struct map *subgraphs; /* names that were there */
	uint32_t *mentions;    /* nodes in the order of the text */
	size_t nmentions, mentions_cap;
	uint32_t *stamps; /* for counting each node once */
	uint32_t stamp;
	uint32_t *ends[2]; /* room for one end's nodes */
	size_t nodes_cap, links_cap, statements_cap, scopes_cap;
	size_t links_bound; /* links that libcgraph may make */
	size_t work;        /* bytes it may copy */
	size_t default_bytes[DEFAULTS];
};

/* Each 0 or an error that is told. */
int topology_parse(struct topology_books *b);
int topology_books_say(
    struct topology_books *b, int err, unsigned line, const char *text);
int topology_books_mention(
    struct topology_books *b, const struct topology_atom *name);
int topology_books_open(
    struct topology_books *b, const struct topology_atom *name, bool *reopened);
void topology_books_close(struct topology_books *b);
/* The links between two ends of a chain; *COUNT grows by their number. */
int topology_books_link(struct topology_books *b, const struct topology_end *t,
    const struct topology_end *h, unsigned line, size_t *count);
int topology_books_default(struct topology_books *b, enum topology_default kind,
    const struct topology_atom *name, const struct topology_atom *value);
/* An attribute of a node or link, collected in MARKS; BYTES grows. */
int topology_books_attr(struct topology_books *b, const struct topology_at *at,
    const struct topology_atom *name, const struct topology_atom *value,
    struct topology_marks *marks, size_t *bytes);
/* The end of a statement: the attributes go to what it named. */
int
topology_books_nodes_end(struct topology_books *b, const struct topology_end *e,
    const struct topology_marks *marks, size_t bytes);
int topology_books_links_end(struct topology_books *b, size_t first_link,
    size_t count, unsigned line, const struct topology_marks *marks,
    size_t bytes);

#endif
