/*
 * Packets of SCTP (RFC 9260) with one DATA chunk, a whole message: written, for
 * captures that others read.  Nothing here knows an association.
 */
#ifndef WIRE_SCTP_H
#define WIRE_SCTP_H

#include "base/buf.h"

#define SCTP_HEADER 28 /* of the packet and of its chunk */

/* What a message is of (RFC 9260 3.3.1, RFC 4666, RFC 6733 2.1). */
enum {
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

#endif
