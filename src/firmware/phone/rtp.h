/*
 * RTP (RFC 3550 5.1) with G.711 (RFC 3551) and telephone events (RFC 4733), as
 * bytes.
 */
#ifndef FIRMWARE_PHONE_RTP_H
#define FIRMWARE_PHONE_RTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RTP_HEAD 12
#define RTP_MAX  (RTP_HEAD + 160)

struct rtp_out {
	uint32_t ssrc, stamp;
	uint16_t sequence;
};

struct rtp_in {
	uint8_t payload;
	uint16_t sequence;
	uint32_t stamp;
	const uint8_t *data;
	size_t n;
};

/* Writes the head of the next packet and moves on. */
void rtp_head(struct rtp_out *out, uint8_t payload, bool marker, uint32_t stamp,
    uint8_t packet[RTP_HEAD]);
/* RFC 4733 2.3: four bytes.  DURATION is in samples. */
void rtp_event(uint8_t event, bool end, uint16_t duration, uint8_t payload[4]);
/* RFC 4733 3.2: the event of 0 to 9, * and #. */
uint8_t rtp_event_of(char digit);
/* False where it is no packet. */
bool rtp_read(const uint8_t *packet, size_t n, struct rtp_in *in);

#endif
