/*
 * The reception of a capture's streams, as a phone of a run records it: packets
 * counted (RFC 3550 A.3, A.8), a buffer against jitter, how that sounds (ITU-T
 * G.107); digits (RFC 4733) and RTCP among the packets.  All is measured at the
 * capture point and so only inferred for receivers behind it.
 */
#ifndef INFERENCE_TRACE_HEARD_H
#define INFERENCE_TRACE_HEARD_H

#include "inference/trace_media.h"
#include "quality/rtcp.h"
#include "trace/writer.h"

struct heard;

/* Records of packets between a stream's begin and end. */
enum media_note_kind {
	MEDIA_REPORT, /* BLOCK is about the stream */
	MEDIA_DIGIT,
	MEDIA_CHANGE, /* its source goes on as another one */
	MEDIA_STILL,  /* nothing was seen of it for half a second … */
	MEDIA_AGAIN,  /* … and now there is */
};

struct media_note {
	int64_t t; /* of the trace */
	uint32_t stream;
	enum media_note_kind kind;
	char digit;
	struct rtcp_block block;
};

/* trace_hearers.c: streams of one source know each other; the heard ones, and
 * until when; how many packets of RTCP its sender had.  The notes of LIST, in
 * no order; the caller frees them.  0 or ERR_NOMEM. */
int media_hear(struct correlation *co, struct media_stream *list, size_t n,
    struct media_note **notes, size_t *nnotes);
/* Packet P, of the source of S, in the trace's time (trace_hearers.c). */
int64_t media_packet_time(const struct correlation *co,
    const struct media_stream *s, const struct capture_packet *p);

/* Measures the reception of LIST[AT], a source's main stream: all packets until
 * T.  NULL: no memory. */
struct heard *heard_create(
    const struct correlation *co, const struct media_stream *list, uint32_t at);
void heard_destroy(struct heard *h); /* may be NULL */
/* As what it is heard at present: LIST[AT], or a sibling. */
const struct media_stream *heard_stream(const struct heard *h);
/* What has come so far, for reports about it. */
struct media_rated heard_rated(const struct heard *h);
/* Up to the next codec at most: with that all is measured again. */
void heard_go_on(struct heard *h, int64_t t);
void heard_change(struct heard *h);
unsigned heard_changes(const struct heard *h); /* so far */
/* What of it its receiver has lost by B, and how that sounds. */
void media_put_reported(const struct media_rated *r, const struct rtcp_block *b,
    struct trace_writer *w);
/* Members of a record of what has come so far; ENDS: and will come no more. */
void heard_put(struct heard *h, bool ends, struct trace_writer *w);

#endif
