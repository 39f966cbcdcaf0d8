/*
 * The trace of a capture that is still being written (capture_follow,
 * capture_create): told record by record while messages come, and at the end,
 * byte for byte, the trace that capture_trace makes of the whole capture.
 *
 * A record is written when LIVE_WAIT_NS of the capture have passed since it,
 * because most messages that would change it have come by then: a message may
 * be seen at another place (0.4 s), an ICMP error may answer it (5 s), a proxy
 * may forward it, a stream of media may go on (5 s), the next INVITE may show
 * that a rejection was not the end.  A caller that does not want to wait asks
 * for all (live_go_on): records are written as they seem by then, and may be
 * rewritten sooner.
 *
 * A later message may show that a record is wrong; then `retell` gives the
 * record from which on others follow in their place.  These are:
 *
 *   - the cases that inference/correlation.h names, and messages that stand far
 *     behind later ones in the file (capture_moved);
 *   - clocks, where there are several capture points: each message may bound
 *     their offsets more closely, and moves all times;
 *   - media: the SDP that a stream fits, and deviations from it, are judged by
 * all streams and all messages; so are the nodes of remarks.
 *
 * Then all is inferred again, but no record is told again that is the same.
 * It is so when asked for all, at the end, and else when what has come has
 * grown by an eighth since all was looked at last; with several capture
 * points, media or remarks nothing is told in between.  So however a capture
 * is fed, the work is in proportion to it.
 *
 * The head (nodes, their roles, clocks) stands before the records but is known
 * last.  It is told before a record that names a node which was not in it, and
 * again when it has changed and what has come has grown by an eighth, or all
 * is asked for.
 *
 * The trace after all was asked for is that of the messages that have come,
 * except for its last record.
 */
#ifndef INFERENCE_LIVE_H
#define INFERENCE_LIVE_H

#include "inference/clocks.h"
#include "inference/trace.h"

#define LIVE_WAIT_NS INT64_C(5000000001)

/* Each returns 0 or an error, which ends the trace.  A LINE ends in a
 * newline. */
struct live_ops {
	/* The head, first or again. */
	int (*head)(struct str line, void *arg);
	/* The next record. */
	int (*record)(struct str line, void *arg);
	/* The records from number FROM on are wrong; the next one is FROM. */
	int (*retell)(uint64_t from, void *arg);
};

struct live;

/* O: names, title, detail and until count; all calls are told.  C, O, CLOCKS
 * and OPS are borrowed.  0, or D's error. */
int live_create(struct live **l, struct capture *c,
    const struct capture_trace_options *o, const struct clocks_options *clocks,
    const struct live_ops *ops, void *arg, struct diag *d);
void live_destroy(struct live *l); /* may be NULL */

/* Tells what C has by now; ALL: without waiting.  0, or D's error: that of OPS,
 * of capture_trace, of clocks_create. */
int live_go_on(struct live *l, bool all, struct diag *d);
/* After capture_end: tells the rest, and the last record. */
int live_end(struct live *l, struct diag *d);

struct live_figures {
	uint64_t records; /* that stand */
	uint64_t told;    /* in all */
	uint64_t amended; /* times that all was inferred again */
	uint64_t retold;  /* … and a record was another */
	bool behind;      /* more has come than was looked at */
};

struct live_figures live_figures(const struct live *l);

#endif
