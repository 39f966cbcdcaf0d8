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
		size_t domain; /* the first node of its domain */
		enum network_level level;
		/* Links along its row, the nodes at their other ends, and its
		 * place in what they string together. */
		unsigned flat;
		size_t beside[2], string, order;
	} * places;    /* by node */
	size_t arches; /* links that go above their row, so far */
	bool servers;  /* there is a row of them */
	struct buf *out, text;
};

/* The ends of L; false where the head does not have both. */
bool network_dot_ends(const struct network_figure *f,
    const struct trace_link *l, size_t *a, size_t *b);

/* network_dot_rows.c: which links go along their row, and which way. */
void network_dot_string(struct network_figure *f);
/* The link of A and B does. */
bool network_dot_is_flat(const struct network_figure *f, size_t a, size_t b);
/* A and B are strung together, and I between them. */
bool network_dot_between(
    const struct network_figure *f, size_t i, size_t a, size_t b);

#endif
