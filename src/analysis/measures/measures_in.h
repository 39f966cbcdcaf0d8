/* What the files of measures share. */
#ifndef MEASURES_MEASURES_IN_H
#define MEASURES_MEASURES_IN_H

#include "base/map.h"
#include "measures/measures.h"
#include "story/story.h"

struct measures {
	struct measure *list; /* owned */
	size_t n, cap;
	struct measure_stream *streams; /* owned */
	size_t nstreams, streams_cap;
	struct map *texts; /* copies of Call-IDs */
	/* Texts, as keys, to the number of an attempt plus one: */
	struct map *calls;        /* Call-ID → the session */
	struct map *transactions; /* story_transaction_key → whose request */
	struct map *latest;       /* kind, node and Call-ID → the last one */
	struct map *sources;      /* node, SSRC and call → a stream's */
	uint64_t position;        /* records read so far */
	int err;
	struct story_message message; /* scratch, as what follows */
	struct buf key;
};

/* measures_take.c: what record SEQ of T tells.  0 or ERR_NOMEM. */
int measures_take(struct measures *m, const struct trace *t, uint64_t seq);
/* measures_media.c: the same of a `media` record. */
int
measures_take_media(struct measures *m, const struct trace *t, uint64_t seq);

#endif
