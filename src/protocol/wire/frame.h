/* Packets as they are on a wire; see wire/frame.c. */
#ifndef WIRE_FRAME_H
#define WIRE_FRAME_H

#include "base/addr.h"
#include "base/buf.h"

#define FRAME_MTU      1500  /* where the trace does not say otherwise */
#define FRAME_TCP_MOST 65495 /* RFC 9293 in RFC 791: 65535 - 20 - 20 */
#define FRAME_TTL      64    /* RFC 1700 */

/* IP's protocol numbers (RFC 791 3.1). */
enum {
	FRAME_TCP = 6,
	FRAME_UDP = 17,
	FRAME_SCTP = 132,
};

/* Bits of TCP's flags, RFC 9293 3.1. */
enum {
	FRAME_FIN = 0x01,
	FRAME_SYN = 0x02,
	FRAME_RST = 0x04,
	FRAME_PSH = 0x08,
	FRAME_ACK = 0x10,
};

/* What IP carries: a UDP datagram, a TCP segment, or a packet of SCTP. */
struct frame_content {
	struct addr src, dst; /* of one family: frame_unite */
	uint8_t proto;     /* FRAME_UDP, …; BYTES of SCTP have its header */
	uint32_t seq, ack; /* of TCP */
	uint8_t flags;
	struct str bytes; /* at most ADDR_UDP_MOST, FRAME_TCP_MOST */
};

/* One packet, on one link. */
struct frame_place {
	uint32_t from, to; /* numbers of the nodes at the link's ends */
	uint32_t id;       /* IP's identification; of IPv4 16 bits count */
	uint8_t ttl;
	/* Which part of the content, its header included; OFF in units of 8
	 * bytes where it is not all. */
	uint32_t off, len;
};

/* The Ethernet address that frames of node NUMBER have. */
void frame_mac(uint32_t number, uint8_t mac[6]);
/* Makes A and B addresses of one family: IPv6 where one of them is, else IPv4,
 * with zeros for one that is missing. */
void frame_unite(struct addr *a, struct addr *b);
/* How many bytes of header UDP or TCP has; 0 of SCTP. */
uint32_t frame_header(uint8_t proto);
/* C with its header and checksum; OUT is cleared first. */
void frame_pack(const struct frame_content *c, struct buf *out);
/* How many of PACKED bytes of content fit into one packet for MTU: all of them,
 * or a multiple of 8. */
uint32_t frame_step(bool v4, size_t packed, uint32_t mtu);
/* An Ethernet frame with the part of PACKED (frame_pack's) that P says; OUT is
 * cleared first. */
void frame_build(const struct frame_content *c, struct str packed,
    const struct frame_place *p, struct buf *out);

/*
 * Packets of SCTP (RFC 9260): written with one DATA chunk, a whole message, for
 * captures that others read; read chunk by chunk. Nothing here knows an
 * association.
 */
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
/* The next chunk of CHUNKS, the part behind the common head, from *AT, 0 at
 * first; false: there is none. */
bool sctp_next(struct str chunks, size_t *at, struct sctp_piece *p);

#endif
