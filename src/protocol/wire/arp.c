/* ARP (RFC 826): 28 bytes behind an Ethernet header of 14. */
#include "wire/arp.h"

#include "wire/bytes.h"

enum {
	ETHERTYPE_ARP = 0x0806,
	ETHERTYPE_IPV4 = 0x0800,
	HARDWARE_ETHERNET = 1,
	OP_REQUEST = 1,
	OP_REPLY = 2,
};

bool
arp_read(struct str frame, struct arp *a)
{
	const uint8_t *p = (const uint8_t *)frame.p;
	unsigned op;

	if (frame.n < ARP_FRAME || get16(p + 12) != ETHERTYPE_ARP ||
	    get16(p + 14) != HARDWARE_ETHERNET ||
	    get16(p + 16) != ETHERTYPE_IPV4 || p[18] != WIRE_MAC || p[19] != 4)
		return false;
	op = get16(p + 20);
	if (op != OP_REQUEST && op != OP_REPLY)
		return false;
	a->request = op == OP_REQUEST;
	memcpy(a->sender_mac, p + 22, WIRE_MAC);
	memcpy(a->sender, p + 28, 4);
	memcpy(a->target_mac, p + 32, WIRE_MAC);
	memcpy(a->target, p + 38, 4);
	return true;
}

void
arp_write(const struct arp *a, uint8_t frame[ARP_FRAME])
{
	static const uint8_t head[10] = { ETHERTYPE_ARP >> 8,
		ETHERTYPE_ARP & 0xff, 0, HARDWARE_ETHERNET, ETHERTYPE_IPV4 >> 8,
		ETHERTYPE_IPV4 & 0xff, WIRE_MAC, 4, 0, 0 };
	uint8_t *p = frame;

	if (a->request)
		memset(p, 0xff, WIRE_MAC);
	else
		memcpy(p, a->target_mac, WIRE_MAC);
	memcpy(p + 6, a->sender_mac, WIRE_MAC);
	memcpy(p + 12, head, sizeof(head));
	p[21] = a->request ? OP_REQUEST : OP_REPLY;
	memcpy(p + 22, a->sender_mac, WIRE_MAC);
	memcpy(p + 28, a->sender, 4);
	memcpy(p + 32, a->target_mac, WIRE_MAC);
	memcpy(p + 38, a->target, 4);
}
