/* IPv4 (RFC 791, RFC 1122 3.2.1): packets for us go up, data to send are cut
 * into packets that a frame holds. */
#include "firmware/net/net_in.h"

#include <string.h>

#define MTU       1500u
#define PIECE     ((MTU - IP_HEADER) / 8 * 8)
#define TTL       64u
#define MORE      0x2000u
#define OFFSET    0x1FFFu
#define LOOPBACK  127u        /* the first byte of its addresses */
#define MULTICAST 0xE0000000u /* and all above */

static uint16_t next_id;

void
net_ip_init(void)
{
	next_id = 0;
}

/* No valid source (RFC 1122 3.2.1.3): this network, the loopback, our own
 * address, a group, broadcast. */
static bool
impossible_source(uint32_t src)
{
	return src >> 24 == 0 || src >> 24 == LOOPBACK || src == net_if.ip ||
	       src >= MULTICAST;
}

/* Another of the loopback, where the handset itself is there. */
static bool
neighbour_on_loopback(uint32_t src)
{
	return src >> 24 == LOOPBACK && net_if.ip >> 24 == LOOPBACK &&
	       src != net_if.ip;
}

/* The header's lengths and sum; they say how long header and packet are. */
static bool
good_header(const uint8_t *b, size_t n, size_t *header, size_t *total)
{
	if (n < IP_HEADER || b[0] >> 4 != 4)
		return false;
	*header = (size_t)(b[0] & 15) * 4;
	*total = get16(b + 2);
	return *header >= IP_HEADER && *header <= *total && *total <= n &&
	       net_sum_end(net_sum(0, b, *header)) == 0;
}

static void
deliver_packet(const struct packet *p)
{
	if (p->protocol == IP_UDP)
		net_udp_receive(p);
	else if (net_if.tcp != NULL && p->protocol == net_if.tcp->number)
		net_if.tcp->receive(p);
	else if (p->protocol == IP_ICMP)
		net_icmp_receive(p);
	else
		net_if.counts.not_ours++;
}

void
net_ip_receive(const uint8_t *b, size_t n, bool broadcast)
{
	size_t header, total, offset;
	struct packet p;
	uint16_t flags;

	if (!good_header(b, n, &header, &total)) {
		net_if.counts.bad++;
		return;
	}
	p = (struct packet){ get32(b + 12), get32(b + 16), b[9], b, header,
		b + header, total - header };
	flags = get16(b + 6);
	offset = (size_t)(flags & OFFSET) * 8;
	/* 3.3.6: what came to everybody but is for one is not taken */
	if (p.dst != IP_BROADCAST && (p.dst != net_if.ip || broadcast))
		net_if.counts.not_ours++;
	else if (impossible_source(p.src) && !neighbour_on_loopback(p.src))
		net_if.counts.bad++;
	else if (((flags & MORE) == 0 && offset == 0) ||
		 net_reassembly_take(
		     &p, get16(b + 4), offset, (flags & MORE) != 0))
		deliver_packet(&p);
}

static bool
send_piece(const uint8_t *mac, uint32_t dst, uint8_t protocol,
    const uint8_t *bytes, size_t n, uint32_t flags)
{
	uint8_t frame[ETHER_HEADER + MTU];
	uint8_t *h = frame + ETHER_HEADER;

	memset(h, 0, IP_HEADER);
	h[0] = 4 << 4 | IP_HEADER / 4;
	put16(h + 2, (uint32_t)(IP_HEADER + n));
	put16(h + 4, next_id);
	put16(h + 6, flags);
	h[8] = TTL;
	h[9] = protocol;
	put32(h + 12, net_if.ip);
	put32(h + 16, dst);
	put16(h + 10, net_sum_end(net_sum(0, h, IP_HEADER)));
	memcpy(h + IP_HEADER, bytes, n);
	return net_ether_send(frame, mac, ETHER_IPV4, IP_HEADER + n);
}

bool
net_ip_send(uint32_t dst, uint8_t protocol, const uint8_t *bytes, size_t n)
{
	const uint8_t *mac = net_arp_gateway();
	size_t at = 0;

	if (mac == NULL)
		return false;
	next_id++;
	while (n - at > MTU - IP_HEADER) {
		if (!send_piece(mac, dst, protocol, bytes + at, PIECE,
			MORE | (uint32_t)(at / 8)))
			return false;
		at += PIECE;
	}
	return send_piece(
	    mac, dst, protocol, bytes + at, n - at, (uint32_t)(at / 8));
}
