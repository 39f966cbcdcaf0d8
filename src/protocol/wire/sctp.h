/*
 * Packets of SCTP (RFC 9260): written with one DATA chunk, a whole message, for
 * captures that others read; read chunk by chunk.  Nothing here knows an
 * association.
 */
#ifndef WIRE_SCTP_H
#define WIRE_SCTP_H

#include "base/buf.h"

#define SCTP_HEADER 28 /* of the packet and of its chunk */
#define SCTP_COMMON 12 /* of the packet alone: ports, tag, checksum */

/* What a message is of (RFC 9260 3.3.1, RFC 4666, RFC 6733 2.1). */
enum {
	SCTP_SIP = 0, /* RFC 4168 gives it no number */
	SCTP_M3UA = 3,
	SCTP_DIAMETER = 46,
};

/* TSN has to grow by 1 from packet to packet, SEQUENCE from each to the next of
 * its STREAM. */
struct sctp_data {
	uint16_t source, destination; /* ports */
	uint32_t tag;
	uint32_t tsn;
	uint16_t stream, sequence;
};
void sctp_put(const struct sctp_data *s, uint32_t payload, struct str message,
    struct buf *out);

/* A DATA chunk that was read: a message, or a piece of one (3.3.1); or an
 * I-DATA chunk (RFC 8260 2.1). */
struct sctp_piece {
	uint32_t tsn;
	bool first, last; /* piece of its message */
	struct str bytes;
	bool cut; /* less than the chunk says */
};
/* The next of those of CHUNKS, what stands behind the common head, from *AT,
 * 0 at first; false: there is none. */
bool sctp_next(struct str chunks, size_t *at, struct sctp_piece *p);

#endif
