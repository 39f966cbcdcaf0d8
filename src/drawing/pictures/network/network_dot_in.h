/* Shared by the files of the network's figure. */
#ifndef PICTURES_NETWORK_NETWORK_DOT_IN_H
#define PICTURES_NETWORK_NETWORK_DOT_IN_H

#include "base/map.h"
#include "pictures/network/network_dot.h"

/* From the top to the bottom of the figure; a backbone's routers have links to
 * routers only. */
enum network_level {
	LEVEL_BACKBONE,
	LEVEL_EXCHANGE, /* of a telephone network, … */
	LEVEL_GATEWAY,  /* … and the nodes linked to one */
	LEVEL_SERVER,
	LEVEL_ROUTER,
	LEVEL_PHONE,
	LEVEL_COUNT
};

struct network_figure {
	const struct trace_head *head;
	const struct network_dot_options *o;
	struct map *nodes; /* name -> index plus 1 */
	const char **ids;  /* by node, its name as an ID; of `texts` */
	struct arena *texts;
	struct place {
		enum network_level level;
		/* How many links run along the node's row (2 at most) and the
		 * nodes at their other ends; the string of nodes that such
		 * links join, and the node's place in it from 1. */
		unsigned flat;
		size_t beside[2], string, order;
		/* Of routers that are in no row: how many links from the one
		 * at the top, plus 1. */
		size_t depth;
		bool hub; /* of servers */
	} * places;       /* by node */
	size_t arches;    /* links that go above their row, so far */
	bool servers;     /* there is a row of them */
	bool deep;        /* routers stand below each other, by depth */
	struct buf *out, text;
};

/* Gets the names of H's nodes as IDs of the language, which TEXTS owns, to be
 * destroyed in any case.  The figures' own names have a space, as no node of a
 * topology has.  0 or ERR_NOMEM. */
int network_dot_name_nodes(
    const struct trace_head *h, struct arena **texts, const char ***ids);

/* The ends of L; false where the head does not have both. */
bool network_dot_ends(const struct network_figure *f,
    const struct trace_link *l, size_t *a, size_t *b);

/* The node that link K joins to node I; NNODES if it joins none to I. */
size_t network_dot_joined(const struct network_figure *f, size_t k, size_t i);
/* Where there are no links, as in a capture, there are hosts alone; of some of
 * them no role was seen. */
bool network_dot_is_router(
    const struct network_figure *f, const struct trace_node *n);

/* network_dot_rows.c: the level of each node. */
void network_dot_find_levels(struct network_figure *f);

/* network_dot_rows.c: which links go along their row, and which way. */
void network_dot_string(struct network_figure *f);
/* Whether links between A and B run along their row. */
bool network_dot_is_flat(const struct network_figure *f, size_t a, size_t b);
/* A, I and B are in one string, I between the other two. */
bool network_dot_between(
    const struct network_figure *f, size_t i, size_t a, size_t b);

/* network_dot_rows.c: whether routers stand below each other, and how deep. */
void network_dot_deepen(struct network_figure *f);
/* A is to be drawn above B; of two in one row neither is above the other. */
bool network_dot_is_above(const struct network_figure *f, size_t a, size_t b);
/* Neither is above the other. */
bool network_dot_is_level(const struct network_figure *f, size_t a, size_t b);

#endif
