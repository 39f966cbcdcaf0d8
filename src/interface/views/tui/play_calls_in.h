/*
 * What the list of calls knows: what its own files share.
 */
#ifndef VIEWS_TUI_PLAY_CALLS_IN_H
#define VIEWS_TUI_PLAY_CALLS_IN_H

#include "calls/calls.h"
#include "views/tui/play_panes.h"

/* The rows of the list of calls as they are shown, and what they were made of.
 */
struct play_order {
	uint32_t *rows;
	size_t n;
	const struct calls *calls;
	uint64_t position;
	enum calls_column by;
	bool down;
	uint64_t last; /* record that is shown: later calls are not listed */
	size_t kept;   /* records that the filter let through, with … */
	uint32_t sift; /* … play's `sift`, or play_calls's */
};

struct play_calls {
	struct calls
	    *list; /* the source's, where play_has_choice; else owned */
	const struct trace *trace; /* what an owned one is made of */
	struct buf marked;         /* a bool a call */
	size_t cursor, top;
	enum calls_column sort;
	bool reverse;
	struct play_order order;
	/* Where the source has more calls than its trace: */
	size_t shown;      /* how many calls the ladder shows */
	struct buf filter; /* text that the listed rows contain */
	uint32_t sift;     /* counts such filters */
};

/* Calls whose ladder is drawn together, at most. */
#define PLAY_CALLS_TOGETHER 64

#endif
