/* Ethernet II: which frames are ours, and to whom they go up (RFC 894, 826). */
#include "firmware/net/net_in.h"

#include <string.h>

struct interface net_if;

static const uint8_t everybody[MAC_SIZE] = { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
	0xFF };

void
net_init(const uint8_t mac[6], uint32_t ip, uint32_t gw)
{
	net_if = (struct interface){ .ip = ip, .gw = gw };
	memcpy(net_if.mac, mac, MAC_SIZE);
	net_arp_init();
	net_ip_init();
	net_reassembly_init();
	net_udp_init();
}

const struct net_counts *
net_counts(void)
{
	return &net_if.counts;
}

bool
net_ether_send(
    uint8_t *frame, const uint8_t to[MAC_SIZE], uint16_t type, size_t n)
{
	memcpy(frame, to, MAC_SIZE);
	memcpy(frame + MAC_SIZE, net_if.mac, MAC_SIZE);
	put16(frame + 2 * MAC_SIZE, type);
	if (!hal_frame_send(frame, ETHER_HEADER + n))
		return false;
	net_if.counts.frames_out++;
	return true;
}

static void
receive_frame(const uint8_t *frame, size_t n)
{
	bool broadcast = memcmp(frame, everybody, MAC_SIZE) == 0;
	uint16_t type = get16(frame + 2 * MAC_SIZE);

	if (!broadcast && memcmp(frame, net_if.mac, MAC_SIZE) != 0)
		net_if.counts.not_ours++;
	else if (type == ETHER_ARP)
		net_arp_receive(frame + ETHER_HEADER, n - ETHER_HEADER);
	else if (type == ETHER_IPV4)
		net_ip_receive(
		    frame + ETHER_HEADER, n - ETHER_HEADER, broadcast);
	else
		net_if.counts.not_ours++;
}

void
net_poll(const uint8_t *frame, size_t n)
{
	uint64_t now = hal_now_us();

	if (n != 0) {
		net_if.counts.frames_in++;
		if (n < ETHER_HEADER || n > HAL_FRAME_MAX)
			net_if.counts.bad++;
		else
			receive_frame(frame, n);
	}
	net_arp_tick(now);
	net_reassembly_tick(now);
	if (net_if.tcp != NULL)
		net_if.tcp->tick(now);
}

uint64_t
net_due_us(void)
{
	uint64_t due = net_arp_due(), other = net_reassembly_due();

	due = other < due ? other : due;
	other = net_if.tcp != NULL ? net_if.tcp->due() : UINT64_MAX;
	return other < due ? other : due;
}
