/*
 * ARP (RFC 826): answers who asks for us, and knows the gateway's hardware
 * address.  All packets go by the gateway, so the cache has one entry; it is
 * asked for again after a minute, and never more often than once a second (RFC
 * 1122 2.3.2.1).
 */
#include "firmware/net/net_in.h"

#include <string.h>

#define LIFE_US  60000000u
#define RETRY_US 1000000u
#define TRIES    4u

#define PACKET  28u /* of Ethernet and IPv4 addresses */
#define REQUEST 1u
#define REPLY   2u
/* Where the fields stand: operation, sender's addresses, target's. */
#define OP  6u
#define SHA 8u
#define SPA 14u
#define THA 18u
#define TPA 24u

static const uint8_t fixed[OP] = { 0, 1, 0x08, 0x00, MAC_SIZE, 4 };
static const uint8_t everybody[MAC_SIZE] = { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
	0xFF };

static struct {
	bool known;
	uint8_t mac[MAC_SIZE];
	uint64_t until; /* known: when it is forgotten */
	unsigned asked; /* times in a row without an answer; 0: not asking */
	uint64_t again; /* asking: when next */
} gateway;

void
net_arp_init(void)
{
	memset(&gateway, 0, sizeof(gateway));
}

static void
send_arp(uint8_t op, const uint8_t to[MAC_SIZE], const uint8_t tha[MAC_SIZE],
    uint32_t tpa)
{
	uint8_t frame[ETHER_HEADER + PACKET];
	uint8_t *p = frame + ETHER_HEADER;

	memcpy(p, fixed, sizeof(fixed));
	put16(p + OP, op);
	memcpy(p + SHA, net_if.mac, MAC_SIZE);
	put32(p + SPA, net_if.ip);
	memcpy(p + THA, tha, MAC_SIZE);
	put32(p + TPA, tpa);
	(void)net_ether_send(frame, to, ETHER_ARP, PACKET);
}

static void
ask(uint64_t now)
{
	static const uint8_t unknown[MAC_SIZE];

	gateway.asked++;
	gateway.again = now + RETRY_US;
	send_arp(REQUEST, everybody, unknown, net_if.gw);
}

const uint8_t *
net_arp_gateway(void)
{
	uint64_t now = hal_now_us();

	if (gateway.known && now < gateway.until)
		return gateway.mac;
	gateway.known = false;
	if (gateway.asked == 0)
		ask(now);
	return NULL;
}

static void
learn(const uint8_t mac[MAC_SIZE])
{
	bool known = gateway.known;

	memcpy(gateway.mac, mac, MAC_SIZE);
	gateway.known = true;
	gateway.until = hal_now_us() + LIFE_US;
	gateway.asked = 0;
	net_udp_flush();
	if (!known && net_if.tcp != NULL)
		net_if.tcp->flush();
}

void
net_arp_receive(const uint8_t *p, size_t n)
{
	uint32_t sender, target;

	if (n < PACKET || memcmp(p, fixed, sizeof(fixed)) != 0 ||
	    (p[SHA] & 1) != 0 || get32(p + SPA) == net_if.ip) {
		net_if.counts.bad++;
		return;
	}
	sender = get32(p + SPA);
	target = get32(p + TPA);
	/* A known address is brought up to date by any packet; a new one comes
	 * only from a packet for us (826, "Packet Reception"). */
	if (sender == net_if.gw && (gateway.known || target == net_if.ip))
		learn(p + SHA);
	if (target != net_if.ip)
		net_if.counts.not_ours++;
	else if (get16(p + OP) == REQUEST)
		send_arp(REPLY, p + SHA, p + SHA, sender);
}

void
net_arp_tick(uint64_t now)
{
	if (gateway.asked == 0 || now < gateway.again)
		return;
	if (gateway.asked < TRIES) {
		ask(now);
		return;
	}
	gateway.asked = 0;
	net_if.counts.arp_failed++;
	net_udp_give_up();
}

uint64_t
net_arp_due(void)
{
	return gateway.asked == 0 ? UINT64_MAX : gateway.again;
}
