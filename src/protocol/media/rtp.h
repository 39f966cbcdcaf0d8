/*
 * RTP and RTCP (RFC 3550) as bytes: heads written, packets read.
 */
#ifndef MEDIA_RTP_H
#define MEDIA_RTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RTP_HEAD  12 /* bytes, without the list of CSRCs */
#define RTP_CSRCS 15 /* of a packet, at most */

/* RFC 3551 6: payload types that stand for a codec by themselves. */
enum rtp_payload {
	RTP_PCMU = 0,
	RTP_PCMA = 8,
	RTP_COMFORT = 13, /* RFC 3389: comfort noise */
};

/* 5.1 */
struct rtp_head {
	uint8_t payload; /* its type */
	uint16_t sequence;
	uint32_t stamp, ssrc;
	size_t n; /* bytes, with the list of CSRCs */
};

struct rtp_packet {
	struct rtp_head head;
	const uint8_t *data; /* in the bytes that were read */
	size_t n;
};

/* 6.4: the first of a compound. */
struct rtcp_head {
	uint8_t type;
	uint32_t ssrc;
};

/* A stream that goes out: what its next packet has. */
struct rtp_out {
	uint32_t ssrc, stamp;
	uint16_t sequence;
};

/* RFC 5761 4: N bytes at P are RTCP, if they are either. */
bool rtp_is_control(const uint8_t *p, size_t n);
/* False where N bytes at P begin with no head. */
bool rtp_read_head(const uint8_t *p, size_t n, struct rtp_head *head);
bool rtcp_read_head(const uint8_t *p, size_t n, struct rtcp_head *head);
/* The packet without its extension and padding; false where it is none. */
bool rtp_read(const uint8_t *p, size_t n, struct rtp_packet *packet);
/* Writes the head of OUT's next packet, with the time STAMP, and moves on to
 * the next sequence number. */
void rtp_write_head(struct rtp_out *out, uint8_t payload, bool marker,
    uint32_t stamp, uint8_t p[RTP_HEAD]);
/* Puts N sources that have contributed to a packet behind its head at P; how
 * many bytes the head has then. */
size_t rtp_write_sources(const uint32_t *ssrcs, unsigned n, uint8_t *p);

#endif
