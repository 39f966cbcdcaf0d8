/* What the files of clocks share. */
#ifndef INFERENCE_CLOCKS_IN_H
#define INFERENCE_CLOCKS_IN_H

#include "base/map.h"
#include "inference/clocks.h"

/* Between two capture points p < q: how far q's clock is ahead of p's. */
struct clock_bounds {
	int64_t least, most;
	bool has_least, has_most;
};

/* What was seen, for the bounds; see clocks_events.c. */
struct clock_events {
	struct map *messages; /* key of a message → struct event */
	struct map *flows;    /* two points and two hosts → struct flow */
	uint64_t seen[CLOCKS_PLACES]; /* messages at each */
};

int clock_events_create(struct clock_events *e);
void clock_events_destroy(struct clock_events *e);
/* Notes message M, whose bytes are there.  0 or ERR_NOMEM. */
int clock_events_add(struct clock_events *e, const struct capture_message *m);
/* The bounds that all events give, into BOUNDS[p][q], p < q. */
int clock_events_bounds(struct clock_events *e,
    struct clock_bounds bounds[CLOCKS_PLACES][CLOCKS_PLACES]);

#endif
