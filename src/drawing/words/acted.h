/*
 * What a person can act on at a moment of a run: the calls and subscriptions
 * that live then, nodes and links, by the names that acts have for them
 * (trace/act.h), for all that offer it.
 */
#ifndef WORDS_ACTED_H
#define WORDS_ACTED_H

#include "trace/fold.h"

enum acted_kind { ACTED_CALL, ACTED_NODE, ACTED_LINK, ACTED_KINDS };

struct acted {
	enum acted_kind kind;
	struct str on;   /* "bob", "alice/1", "alice-lan1" */
	struct str text; /* what it is, in words; of a router empty */
	struct str addr; /* a node's, or some with spaces between */
	/* How much a node can be asked to do, at any time. */
	size_t offers;
};

typedef void acted_fn(void *arg, const struct acted *it);

/* Tells FN of each at the moment of F (NULL: of no call): the calls of NODE,
 * which may be empty, and NODE itself before the others.  0 or ERR_NOMEM. */
int acted_list(const struct trace *t, const struct fold *f, struct str node,
    acted_fn *fn, void *arg);

#endif
