/*
 * Which stream of media belongs to which call: by the addresses that its
 * messages' SDP names (RFC 8866 5.7, 5.14).
 */
#ifndef INFERENCE_TRACE_MEDIA_H
#define INFERENCE_TRACE_MEDIA_H

#include "inference/correlation.h"
#include "quality/emodel.h"
#include "trace/vocab.h"

#define MEDIA_CODEC   48
#define MEDIA_FORMATS 64

/* What a report about a stream is to be held against. */
struct media_rated {
	const struct emodel_codec *codec; /* NULL: unknown */
	double delay_ms;
	int64_t seen;   /* packets that have come or are missing, … */
	uint16_t first; /* … the first of which has this number */
	uint32_t clock; /* ticks a second; 0: unknown */
};

/* A stream of a call that is known. */
struct media_stream {
	const struct capture_stream *s;
	uint32_t node; /* which sends it */
	uint32_t to;   /* whose SDP named its destination; CORRELATION_NONE: no
			  call's */
	uint32_t message; /* whose SDP named its source, or where it goes … */
	bool guessed;     /* … or at least that host */
	int64_t first, last;     /* in the trace */
	char codec[MEDIA_CODEC]; /* "opus/48000/2"; empty: not known */
	/* Where the receiver's SDP wants it, if it goes elsewhere; else no
	 * address. */
	struct addr asked;
	/* The payload types that its receiver asks for, where it has another;
	 * else empty. */
	char formats[MEDIA_FORMATS];
	/* Why it does not arrive; TRACE_DROP_COUNT: nothing says that. */
	enum trace_drop reason;
	const char *type; /* "audio"; NULL: nothing says that */
	/* inference/trace_heard.h: another of the same source, from 1; whether
	 * a node hears it, and until when; packets of RTCP its sender had. */
	uint32_t sibling;
	bool heard;
	/* From whom a NAT has it, which passes it on; else no address. */
	struct addr from;
	int64_t heard_last;
	uint64_t reports;
	/* While the trace is told: the records in which it begins to flow,
	 * its last packet so far comes and it begins to be heard. */
	uint64_t flow, recv, hear;
	struct heard *hearing;
	struct media_rated rated; /* when that was over */
};

/* The streams of CO's chosen calls (ALL: of every call), in the order of the
 * reader; the caller frees the list.  0 or ERR_NOMEM. */
int media_of_calls(
    struct correlation *co, bool all, struct media_stream **list, size_t *n);

#endif
