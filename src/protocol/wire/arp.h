/*
 * The Address Resolution Protocol for IPv4 on Ethernet (RFC 826), and the six
 * bytes that an Ethernet address has.
 */
#ifndef WIRE_ARP_H
#define WIRE_ARP_H

#include "base/str.h"

#define WIRE_MAC 6

struct arp {
	bool request; /* else a reply */
	uint8_t sender_mac[WIRE_MAC], target_mac[WIRE_MAC];
	uint8_t sender[4], target[4]; /* IPv4 */
};

#define ARP_FRAME 42 /* bytes of a frame with one */

/* False where FRAME is no such packet, or one that is cut. */
bool arp_read(struct str frame, struct arp *a);
/* The frame that carries A: a reply goes to its target, a request to all. */
void arp_write(const struct arp *a, uint8_t frame[ARP_FRAME]);

#endif
