/* UDP (RFC 768, RFC 1122 4.1): ports, and the datagram that waits for ARP. */
#include "firmware/net/net_in.h"

#include <string.h>

struct binding {
	uint16_t port; /* 0: free */
	net_datagram_fn *datagram;
	net_unreachable_fn *unreachable;
	void *arg;
};

static struct binding bindings[NET_BINDINGS];

/* The datagram that is sent; it stays here while it waits. */
static struct {
	bool waits;
	uint32_t cause; /* while it waits */
	uint32_t dst;
	size_t n;
	uint8_t bytes[IP_PAYLOAD_MAX];
} out;

void
net_udp_init(void)
{
	memset(bindings, 0, sizeof(bindings));
	out.waits = false;
}

static struct binding *
find_binding(uint16_t port)
{
	for (unsigned i = 0; i < NET_BINDINGS; i++)
		if (bindings[i].port == port)
			return &bindings[i];
	return NULL;
}

bool
net_udp_bind(uint16_t port, net_datagram_fn *datagram,
    net_unreachable_fn *unreachable, void *arg)
{
	struct binding *b = find_binding(port);

	if (b == NULL)
		b = find_binding(0);
	if (port == 0 || b == NULL)
		return false;
	*b = (struct binding){ port, datagram, unreachable, arg };
	return true;
}

bool
net_udp_send(uint32_t dst, uint16_t dst_port, uint16_t src_port,
    const void *bytes, size_t n)
{
	uint16_t sum;

	if (n > NET_DATAGRAM_MAX)
		return false;
	out.dst = dst;
	out.n = UDP_HEADER + n;
	put16(out.bytes, src_port);
	put16(out.bytes + 2, dst_port);
	put16(out.bytes + 4, (uint32_t)out.n);
	put16(out.bytes + 6, 0);
	if (n > 0)
		memcpy(out.bytes + UDP_HEADER, bytes, n);
	sum = net_sum_end(net_sum(
	    net_sum_pseudo(net_if.ip, dst, IP_UDP, out.n), out.bytes, out.n));
	/* 0 says that there is none */
	put16(out.bytes + 6, sum == 0 ? 0xFFFF : sum);
	out.waits = net_arp_gateway() == NULL;
	out.cause = hal_cause();
	return out.waits || net_ip_send(dst, IP_UDP, out.bytes, out.n);
}

void
net_udp_flush(void)
{
	uint32_t cause = hal_cause();

	if (!out.waits)
		return;
	out.waits = false;
	hal_set_cause(out.cause);
	(void)net_ip_send(out.dst, IP_UDP, out.bytes, out.n);
	hal_set_cause(cause);
}

void
net_udp_give_up(void)
{
	out.waits = false;
}

static bool
good(const struct packet *p)
{
	size_t n;

	if (p->n < UDP_HEADER)
		return false;
	n = get16(p->bytes + 4);
	if (n < UDP_HEADER || n > p->n)
		return false;
	return get16(p->bytes + 6) == 0 ||
	       net_sum_end(net_sum(net_sum_pseudo(p->src, p->dst, IP_UDP, n),
		   p->bytes, n)) == 0;
}

void
net_udp_receive(const struct packet *p)
{
	struct net_datagram d;
	struct binding *b;

	if (!good(p)) {
		net_if.counts.bad++;
		return;
	}
	d = (struct net_datagram){ p->src, p->dst, get16(p->bytes),
		get16(p->bytes + 2), p->bytes + UDP_HEADER,
		(size_t)get16(p->bytes + 4) - UDP_HEADER };
	b = d.dst_port == 0 ? NULL : find_binding(d.dst_port);
	if (b != NULL) {
		b->datagram(&d, b->arg);
		return;
	}
	net_if.counts.no_port++;
	net_icmp_error(p, ICMP_UNREACHABLE, ICMP_PORT);
}

void
net_udp_unreachable(uint32_t dst, const uint8_t *bytes)
{
	uint16_t port = get16(bytes);
	struct binding *b = port == 0 ? NULL : find_binding(port);

	if (b != NULL && b->unreachable != NULL)
		b->unreachable(dst, get16(bytes + 2), b->arg);
}
