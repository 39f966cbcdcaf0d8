/* Shared by the files of clocks. */
#ifndef INFERENCE_CLOCKS_IN_H
#define INFERENCE_CLOCKS_IN_H

#include "base/map.h"
#include "inference/clocks.h"
#include "packets/hashes.h"

/* Between two capture points p < q: how far q's clock is ahead of p's. */
struct clock_bounds {
	int64_t least, most;
	bool has_least, has_most;
};

/* What was seen, for the bounds; see clocks_events.c. */
struct clock_events {
	struct map *messages; /* key of a message → struct event */
	struct map *flows;    /* two points and two hosts → struct flow */
	struct hashes known;  /* bytes → a place in `read`, from 1 */
	struct event **read;  /* owned list, of `messages`; NULL: of none */
	size_t nread;
};

/* For at most MOST messages. */
int clock_events_create(struct clock_events *e, size_t most);
void clock_events_destroy(struct clock_events *e);
/* Notes message I of SRC.  0 or ERR_NOMEM. */
int clock_events_add(struct clock_events *e, const struct capture_reader *src,
    size_t i, struct buf *scratch);
/* The bounds that all events give, into BOUNDS[p][q], p < q. */
int clock_events_bounds(struct clock_events *e,
    struct clock_bounds bounds[CLOCKS_PLACES][CLOCKS_PLACES]);

#endif
