/*
 * Stream framing: divides a TCP stream into frames, each a message.  A frame is
 * a SIP message (RFC 3261 18.3), also within frames of WebSocket (RFC 6455, RFC
 * 7118) of either direction, or a packet of HEP3.  It may be a packet of RTP or
 * RTCP after its length (RFC 4571).  Messages of DNS, TLS and WebSocket that
 * serve calls are frames as well.  Junk is skipped: a stream may be joined in
 * its middle, and a message without Content-Length has no body.
 */
#ifndef PACKETS_STREAM_FRAMING_H
#define PACKETS_STREAM_FRAMING_H

#include "base/buf.h"
#include "base/str.h"
#include "trace/protocol.h"
#include "wire/decode.h"

/* SIP among other bytes is known by its first line, on whatever port. */
enum recognised {
	RECOGNISED_NO,
	RECOGNISED_PART, /* it may become SIP when more has come */
	RECOGNISED_SIP,
};

/* S begins with a request line or a status line (RFC 3261 7.1, 7.2); a line may
 * end with LF alone. */
enum recognised recognise_start(struct str s);

/* Where in S a message begins, after any other bytes; -1: nowhere. */
ptrdiff_t recognise_find_start(struct str s);

/*
 * How long the message at the beginning of S is: to the end of its body where
 * Content-Length tells it, else all of S.  *HEAD is where its body begins, or
 * S.n.
 */
size_t recognise_measure(struct str s, size_t *head);

/* A longer message is skipped and reported (STREAM_FRAME_LONG). */
#define STREAM_FRAMING_MOST (1u << 20)

/* Zeroed at the beginning of a stream; stream_framing_reset frees what it
 * holds. */
struct stream_framing {
	size_t scanned; /* bytes of a head in which its end was not found */
	size_t size;    /* of the message whose head is complete, else 0 */
	uint64_t skip;  /* bytes still to be skipped, of a message too long */
	bool dns; /* messages of DNS behind their lengths, from the start */
	bool diameter;     /* … of Diameter, with theirs */
	bool sip;          /* there was a message of SIP */
	bool secure;       /* records of TLS follow, … */
	bool sealed;       /* … encrypted ones */
	bool websocket;    /* frames follow, … */
	bool client;       /* … of a client */
	bool packed;       /* the message under way is compressed */
	struct buf frames; /* what they have carried of a message so far */
	struct buf name;   /* of STREAM_FRAME_OTHER */
};

enum stream_frame_kind {
	STREAM_FRAME_MORE,    /* more bytes are needed */
	STREAM_FRAME_SKIP,    /* N bytes are nothing */
	STREAM_FRAME_MESSAGE, /* N bytes are a message, or carry one */
	STREAM_FRAME_HEP, /* … a HEP3 packet: it went between other addresses */
	STREAM_FRAME_LONG,   /* N bytes begin a message that is too long */
	STREAM_FRAME_PACKED, /* N bytes are the end of a compressed message */
	STREAM_FRAME_OTHER,  /* N bytes are a message of another protocol, or
				media */
};

struct stream_frame {
	size_t n;
	struct str bytes;  /* the message: in IN, or until the next call */
	struct datagram d; /* of STREAM_FRAME_HEP: its addresses */
	/* Of STREAM_FRAME_OTHER; its name stands until the next call. */
	enum trace_proto proto;
	struct str name;
	bool hello;    /* of TLS: the first of a connection */
	bool unmasked; /* a client's frame, against RFC 6455 5.1 */
};

/* The next frame of C, into OUT.  IN: all that has come and was not taken.
 * Unless it returns STREAM_FRAME_MORE, the caller takes N bytes off before the
 * next call. */
enum stream_frame_kind stream_framing_next(
    struct stream_framing *c, struct str in, struct stream_frame *out);
/* The stream goes on elsewhere: what had come of a message is forgotten. */
void stream_framing_reset(struct stream_framing *c);
/* Bytes of memory that C holds. */
size_t stream_framing_size(const struct stream_framing *c);

#endif
