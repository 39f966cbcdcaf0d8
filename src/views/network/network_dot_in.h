/* What the files of the network's figure share. */
#ifndef VIEWS_NETWORK_NETWORK_DOT_IN_H
#define VIEWS_NETWORK_NETWORK_DOT_IN_H

#include "base/map.h"
#include "views/network/network_dot.h"

/* From the top to the bottom of the figure; a backbone's routers have links to
 * routers only. */
enum network_level {
	LEVEL_BACKBONE,
	LEVEL_SERVER,
	LEVEL_ROUTER,
	LEVEL_PHONE,
	LEVEL_COUNT
};

struct network_figure {
	const struct trace_head *head;
	const struct network_dot_options *o;
	struct map *nodes; /* name -> index plus 1 */
	struct place {
		enum network_level level;
		/* Links along its row, the nodes at their other ends, and its
		 * place in what they string together. */
		unsigned flat;
		size_t beside[2], string, order;
		/* Of routers that stand in no row: how many links from the one
		 * at the top, plus 1. */
		size_t depth;
	} * places;    /* by node */
	size_t arches; /* links that go above their row, so far */
	bool servers;  /* there is a row of them */
	bool deep;     /* routers stand below each other, by depth */
	struct buf *out, text;
};

/* The ends of L; false where the head does not have both. */
bool network_dot_ends(const struct network_figure *f,
    const struct trace_link *l, size_t *a, size_t *b);

/* Where node I is written: the first of its frame. */
size_t network_dot_place_of(const struct network_figure *f, size_t i);

/* network_dot_links.c: what is said of L, whose ends are *A and *B, is a node.
 */
bool network_dot_has_words(const struct network_figure *f,
    const struct trace_link *l, size_t *a, size_t *b);
/* That node, of link I; link I. */
void network_dot_put_words(struct network_figure *f, size_t i);
void network_dot_put_link(struct network_figure *f, size_t i);

/* network_dot_rows.c: which links go along their row, and which way. */
void network_dot_string(struct network_figure *f);
/* The link of A and B does. */
bool network_dot_is_flat(const struct network_figure *f, size_t a, size_t b);
/* No node of the row of A and B stands between them in the head. */
bool
network_dot_are_neighbours(const struct network_figure *f, size_t a, size_t b);
/* A and B are strung together, and I between them. */
bool network_dot_between(
    const struct network_figure *f, size_t i, size_t a, size_t b);

/* network_dot_depth.c: whether routers stand below each other, and how deep. */
void network_dot_deepen(struct network_figure *f);
/* A is to be drawn above B; of two in one row neither is above the other. */
bool network_dot_is_above(const struct network_figure *f, size_t a, size_t b);
/* Neither is above the other. */
bool network_dot_is_level(const struct network_figure *f, size_t a, size_t b);

#endif
