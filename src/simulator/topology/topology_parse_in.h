/* Shared by the parts of the reader: topology_parse.c follows the grammar,
 * topology_graph.c makes the graph, topology_addr.c looks at its domains.
 */
#ifndef TOPOLOGY_TOPOLOGY_PARSE_IN_H
#define TOPOLOGY_TOPOLOGY_PARSE_IN_H

#include "base/map.h"
#include "topology/topology_graph.h"
#include "topology/topology_lex_in.h"

/* A name or a value. */
struct topology_atom {
	struct str text; /* kept */
	unsigned line;
	bool html;
};

/* A node in a statement, with its port as in Graphviz's a:port, or NULL. */
struct topology_named {
	size_t node;
	const char *port;
};

/* One end of a link: a subgraph, or the nodes between FROM and TO in `named`.
 */
struct topology_end {
	const struct topology_subgraph *set; /* or NULL */
	size_t from, to;
	unsigned line; /* of the -- before it */
};

struct topology_reading {
	struct topology_graph *g;
	struct arena *texts;
	struct topology_lex lex;
	struct topology_token t; /* the one at hand */
	struct buf text;         /* of the atom at hand */
	unsigned list;           /* the line of the [ that is open; 0: none */
	struct str value;        /* as it stands, without quotes, or empty */
	struct str name;         /* of that value, or empty … */
	struct topology_at at;   /* … and what it is an attribute of */
	struct topology_subgraph *in, *last; /* the open one, the newest */
	unsigned depth, opened;              /* how deep it is; how many were */
	struct map *nodes;                   /* name to index */
	size_t linked;                       /* links that were asked for */
	/* Of the statements that are open. */
	struct topology_named *named;
	size_t nnamed, named_cap;
	struct topology_end *ends;
	size_t nends, ends_cap;
};

/* Each: 0, or an error with its sentence in R->lex.d. */
int topology_parse(struct topology_reading *r);
int topology_no_room(struct topology_reading *r);
int topology_name_node(
    struct topology_reading *r, const struct topology_atom *name);
/* The node named last has PORT here. */
void topology_name_port(struct topology_reading *r, const char *port);
int
topology_add_end(struct topology_reading *r, const struct topology_end *end);
/* The next node of an end, *AT being 0 at first; false behind the last. */
bool topology_end_next(const struct topology_reading *r,
    const struct topology_end *e, size_t *at, struct topology_named *node);
int topology_open(struct topology_reading *r, const char *name);
void topology_close(struct topology_reading *r);
/* What a default is of.  It has no name, unless it is a subgraph's. */
struct topology_at topology_default_at(const struct topology_reading *r,
    enum topology_default kind, unsigned line);
int topology_set_default(struct topology_reading *r, enum topology_default kind,
    const struct topology_atom *name, const struct topology_atom *value);
/* An attribute of the node or link AT, collected in VALUES. */
int topology_set_attr(struct topology_reading *r, struct topology_at at,
    const struct topology_atom *name, const struct topology_atom *value,
    struct topology_values *values);
/* The end of a statement, whose ends are those from FIRST on. */
void topology_give_nodes(struct topology_reading *r, size_t first,
    const struct topology_values *values);
int topology_make_links(struct topology_reading *r, size_t first,
    const struct topology_values *values, const char *key);
bool topology_is_cluster(const struct topology_subgraph *s);
/* Finds the clusters that node I lies in, when all is read. */
void topology_place_node(struct topology_graph *g, size_t i);

#endif
