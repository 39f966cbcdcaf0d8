/*
 * The making of a trace, in steps: what happens in a capture is collected until
 * a time, put into order and told.  inference/trace.c does that once for all of
 * it, inference/live.c again and again.
 */
#ifndef INFERENCE_TRACE_IN_H
#define INFERENCE_TRACE_IN_H

#include "inference/infer.h"
#include "inference/trace.h"
#include "inference/trace_heard.h"
#include "inference/trace_media.h"

/* A message leaves, or arrives (or does not); a stream of media begins, or
 * ends; a loss; a message of another protocol leaves, or arrives; a packet of
 * media is sent; a node begins to hear a stream; a digit or RTCP comes; the
 * stream falls silent. */
enum trace_what {
	TRACE_LEAVES,
	TRACE_ARRIVES,
	TRACE_FLOWS,
	TRACE_STOPS,
	TRACE_LACKS,
	TRACE_SAYS,
	TRACE_HEARS,
	TRACE_PACKETS,
	TRACE_LISTENS,
	TRACE_NOTES,
	TRACE_HAS_HEARD,
};

struct trace_event {
	int64_t t;
	uint32_t at; /* the message, stream, remark, packet or note */
	enum trace_what what;
};

/* A packet of `media` that is told: both numbers from 1 and from 0. */
struct making_packet {
	uint32_t packet, stream;
};

/* An end of a message of another protocol that has none of SIP in the trace. */
struct making_host {
	char *name;
	struct addr addr;
	const char *role; /* that it shows by these messages; NULL: none */
};

/* A sighting of a message of another protocol: the record that sends it, and
 * its first and last sighting, remarks as well. */
struct making_other {
	uint64_t send;
	uint32_t first, last;
};

/* The nodes of chosen messages, the time in which there were some, and when the
 * last of another call was before that. */
struct making_chosen {
	bool *used;
	int64_t from, to, before;
};

struct making {
	struct correlation *co;
	struct infer *f;
	struct trace_writer *w;
	const struct capture_trace_options *o;
	/* The queue of events. */
	struct trace_event *events;
	size_t n, cap;
	struct media_stream *media;
	size_t nmedia;
	struct media_note *notes;
	size_t nnotes;
	struct making_packet *packets;
	size_t npackets, packets_cap;
	/* Messages up to this one were collected; the ones on their way. */
	size_t collected;
	uint32_t *on_way;
	size_t non_way, on_way_cap;
	bool *named; /* by node: it is in the head */
	size_t nnamed, named_cap;
	size_t names; /* so many are */
	struct making_host *hosts;
	size_t nhosts, hosts_cap;
	struct making_other *others; /* by remark */
	size_t nothers, others_cap;
	uint32_t read;           /* the message in co->msg, from 1; 0: none */
	struct trace_event last; /* told */
	bool told;
};

/* trace_queue.c. */
int making_add(struct making *k, struct trace_event e);
/* Puts what was added into order. */
void making_sort(struct making *k);
/* Negative: A is before B. */
int making_compare(const void *a, const void *b);

/* trace.c.  Zeroes K and begins it; CO, O and ARG are borrowed.  0 or
 * ERR_NOMEM. */
int making_begin(struct making *k, struct correlation *co,
    const struct capture_trace_options *o, trace_sink_fn *sink, void *arg);
void making_free(struct making *k);

/* Adds the events of chosen messages, of the settled ones, until UNTIL. */
int making_collect(struct making *k, int64_t until);
/* Remark I, at T of the trace, is one that is told, if the nodes are known. */
bool making_has_remark(const struct making *k, size_t i, int64_t *t);

/* trace_media_tell.c.  Finds the streams of chosen calls (ALL: of every call)
 * and their reception. */
int making_find_media(struct making *k, bool all);
void making_free_media(struct making *k);
/* Adds their begins and ends, and the events between. */
int making_collect_media(struct making *k);
/* E is TRACE_FLOWS or TRACE_STOPS; TRACE_LISTENS or TRACE_HAS_HEARD;
 * TRACE_NOTES; TRACE_PACKETS. */
void making_tell_stream(struct making *k, const struct trace_event *e);
int making_tell_hearing(struct making *k, const struct trace_event *e);
void making_tell_media_note(struct making *k, const struct trace_event *e);
void making_tell_packet(struct making *k, const struct trace_event *e);
/* Hash of what a note tells. */
uint64_t
making_facts_of_note(const struct making *k, const struct trace_event *e);

/* trace_others.c.  Adds the messages of other protocols that serve the calls:
 * messages of hosts that speak SIP, and queries of name servers on their
 * behalf.  CHOSEN may be NULL: all calls. */
int making_collect_others(struct making *k, const struct making_chosen *chosen);
/* Writes what E, TRACE_SAYS or TRACE_HEARS, is. */
void making_tell_other(struct making *k, const struct trace_event *e);
/* Hash of what that tells. */
uint64_t
making_facts_of_other(const struct making *k, const struct trace_event *e);
/* Those of `hosts` that are no other nodes of the head, appended to B. */
void making_put_hosts(const struct making *k, struct buf *b);
void making_free_hosts(struct making *k);

/* trace.c.  Writes the records of what was added, which is none afterwards. */
int making_tell(struct making *k);
/* The head of the trace as it is by now, without a newline, into B. */
int making_put_head(struct making *k, struct buf *b);
/* The last record. */
int making_end(struct making *k);

#endif
