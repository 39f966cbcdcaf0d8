/*
 * Topology files: Graphviz's undirected graphs, so that dot draws the very file
 * that rung runs.  docs/TOPOLOGY.md is the reference.
 */
#ifndef TOPOLOGY_TOPOLOGY_H
#define TOPOLOGY_TOPOLOGY_H

#include "base/diag.h"
#include "net/net.h"
#include "node/world.h"
#include "topology/topology_setting.h"

/* One attribute as written; slices belong to the topology. */
struct topology_attr {
	const char *name, *value;
	unsigned line; /* where it stands, 0 when that is not known */
};

struct topology_node {
	const char *name;   /* [A-Za-z0-9_.-], at most 63 */
	unsigned line;      /* where the node is first named */
	const char *role;   /* words with single spaces, "" for a router */
	uint64_t roles;     /* the same as a set */
	const char *domain; /* "" where it has none */
	/* Label and name of the innermost cluster with a label, unless a
	 * cluster within that has a domain; else "". */
	const char *group, *cluster;
	struct addr addr; /* given or assigned; the port is 0 when not given */
	/* Where it has more than one, or one with a name: all, the first of
	 * which has the address above; the name is "" where addr= gave it. */
	struct world_face *faces;
	size_t nfaces;
	const struct topology_attr
	    *attrs; /* all of rung's own, in the table's
		       order; those not given are absent */
	size_t nattrs;
	/* Where requests for its domain enter that: the node with inbound=true,
	 * else its only proxy or redirect server, else its registrar; NULL
	 * where there is none, or no domain. */
	const struct topology_node *entry;
};

/* A domain that is none of its nodes' own, but served (node/node_serves.h). */
struct topology_served {
	const char *domain;
	const struct topology_node *entry;
};

struct topology_edge {
	size_t a, b; /* indices of nodes */
	/* Which face of its node either end is of, from 1 on; 0: any. */
	size_t a_face, b_face;
	/* A port that neither names a face nor a point of the compass, of the
	 * node STRAY_AT, which has no faces; NULL: none. */
	const char *stray;
	const char *stray_at;
	unsigned line;
	struct net_link_params params;
};

struct topology {
	char *file;          /* for sentences */
	char *title;         /* graph attribute label, or "" */
	uint64_t seed;       /* graph attribute, 1 by default */
	int64_t duration_ns; /* graph attribute, 0: none */
	bool dated;          /* graph attribute start: */
	struct world_date date;
	struct topology_node *nodes; /* in the file's order */
	size_t nnodes;
	struct topology_edge *edges;
	size_t nedges;
	struct topology_served *served;
	size_t nserved;
	const struct diag
	    *doubt;          /* a warning about a probable mistake, or NULL */
	void *store;         /* owns the strings */
	struct map *by_name; /* the nodes */
};

/*
 * Reads TEXT (the bytes of FILE).  SETTINGS override the file, applied before
 * anything is judged.  Every mistake gets a sentence in D with its line.  0, or
 * D->err.  The topology stays as it is, and is shared (topology_keep).
 */
int topology_read(struct topology **t, struct str text, const char *file,
    const struct topology_setting *settings, size_t nsettings, struct diag *d);
/* T, with one holder more; NULL stays NULL. */
struct topology *topology_keep(struct topology *t);
/* One holder less; T may be NULL. */
void topology_drop(struct topology *t);

/* The attribute as written or inherited; NULL where it has none. */
const struct topology_attr *
topology_attr(const struct topology_node *n, const char *name);
struct topology_at;
struct topology_attr_row;
/* 0, or a sentence: VALUE of the attribute ATTR, of its form, names nodes or
 * domains that T does not have. */
int topology_judge_names(const struct topology *t, const struct topology_at *at,
    int attr, struct str value);
/* The same of WHAT, a URI: "sip:bob" is a node, and has no domain. */
int topology_judge_uri(const struct topology *t, const struct topology_at *at,
    const struct topology_attr_row *row, const char *what, struct str uri);
/* A label as people read it: a line's end of a drawing, also Graphviz's \n, \l
 * and \r, is a space, any other character behind a backslash stands for
 * itself. */
void topology_put_label(struct buf *out, const char *text);
/* VALUE as NAME, an attribute of links, in P: 0, ERR_NOTFOUND where links have
 * none of that name, else an error: it is not a value for it. */
int topology_link_param(
    struct net_link_params *p, const char *name, struct str value);
/* The node of that name, or NULL; *INDEX may be NULL. */
const struct topology_node *
topology_find(const struct topology *t, const char *name, size_t *index);

#endif
