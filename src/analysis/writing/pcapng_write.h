/*
 * A trace as a capture: a pcapng file (draft-ietf-opsawg-pcapng) with one
 * interface a link, in which each packet stands once for each link that it
 * came to, as a tap at the link's entrance would have seen it; those of a TCP
 * connection at one place only (writing/pcapng_emit.c).
 *
 * Where the trace has `packet` records (detail network) the packets are those.
 * Where it has none, one datagram a message is drawn up between its ends, and
 * for TCP a connection with its handshake, acknowledgements and close
 * (writing/pcapng_draw.c).  All addresses, times and bytes are the trace's;
 * what no trace has (MAC addresses, the numbers at which TCP begins to count,
 * IP's identification) follows from it alone, so equal traces give equal bytes.
 *
 * Traces are outside bytes: whatever one says, the file is well formed and each
 * packet whole.
 */
#ifndef WRITING_PCAPNG_WRITE_H
#define WRITING_PCAPNG_WRITE_H

#include "trace/reader.h"

/* 2020-01-01T00:00:00Z: when virtual time 0 is. */
#define PCAPNG_EPOCH_NS (TRACE_EPOCH_S * 1000000000)

/* Appends the number of record SEQ and what it tells, some lines without a
 * newline at the end. */
typedef void pcapng_words_fn(uint64_t seq, struct buf *out, void *arg);

/* One packet of a message, on one link. */
struct pcapng_packet_of {
	int64_t t_ns;
	struct str from, to; /* the nodes at the link's ends */
	struct str frame;    /* of Ethernet */
	uint32_t seq;        /* of TCP: of its first byte */
	bool stream;         /* it goes by TCP */
	bool lost;
};
typedef int pcapng_packet_fn(const struct pcapng_packet_of *packet, void *arg);

struct pcapng_options {
	int64_t epoch_ns;  /* virtual time 0, in ns since 1970 (UTC) */
	const char *title; /* NULL: the trace's own */
	uint64_t hash;     /* of the trace in the section's comment */
	/* Only what these nodes' links carry, as taps at these nodes would have
	 * it: datagrams when they come there.  Borrowed. */
	const char *const *nodes;
	size_t nnodes;
	/* Only messages with one of these Call-IDs (or their beginnings), and
	 * the TCP connections that carry one; borrowed; 0: all. */
	const char *const *calls;
	size_t ncalls;
	int64_t from_ns, to_ns; /* of virtual time, both included */
	/* Not NULL: hands over the packets of the message that record MESSAGE
	 * sent instead of writing them; what it returns ends the writing. */
	pcapng_packet_fn *packet;
	void *packet_arg;
	uint64_t message;
	pcapng_words_fn *words; /* for comments; NULL: record and rule */
	void *words_arg;
};

#define PCAPNG_OPTIONS            \
	((struct pcapng_options){ \
	    .epoch_ns = PCAPNG_EPOCH_NS, .to_ns = INT64_MAX })

/* Writes T as pcapng to SINK.  0, or the sink's error, ERR_NOMEM, ERR_NOTFOUND
 * (the trace has no such node) or ERR_LIMIT, with a sentence in D. */
int pcapng_write(const struct trace *t, const struct pcapng_options *o,
    sink_fn *sink, void *arg, struct diag *d);

#endif
