/*
 * UDPTL: packets of facsimile data over UDP (ITU-T T.38, clause 9.1).  A packet
 * has a sequence number, its primary IFP packet, and earlier ones again, or
 * sums of them, against loss.
 */
#ifndef MEDIA_UDPTL_H
#define MEDIA_UDPTL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct udptl_packet {
	uint16_t sequence;
	uint16_t primary; /* bytes of the primary IFP packet */
	bool fec;         /* sums (parity) instead of earlier packets */
};

/* N bytes at P into *PACKET; false where they are none.  The head of RTP, whose
 * first two bits are 10, is none before packet 32,768. */
bool udptl_read(const uint8_t *p, size_t n, struct udptl_packet *packet);

#endif
