/* What the files of measures share. */
#ifndef MEASURES_MEASURES_IN_H
#define MEASURES_MEASURES_IN_H

#include "base/map.h"
#include "measures/measures.h"

struct measures {
	struct measure *list; /* owned */
	size_t n, cap;
	struct map *texts; /* copies of Call-IDs */
	/* Texts, as keys, to the number of an attempt plus one: */
	struct map *calls;        /* Call-ID → the session */
	struct map *transactions; /* node and branch → whose request that is */
	struct map *latest;       /* kind, node and Call-ID → the last one */
	uint64_t position;        /* records read so far */
	int err;
	struct buf fields, key, bytes; /* scratch */
};

/* measures_take.c: what record REC of T, a send, a recv or an fsm, tells.
 * 0 or ERR_NOMEM. */
int measures_take(
    struct measures *m, const struct trace *t, const struct trace_rec *rec);

#endif
