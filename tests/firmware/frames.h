/* Frames of UDP, ARP and ICMP for tests of the firmware's network: put together
 * by hand, taken apart. */
#ifndef FIRMWARE_FRAMES_H
#define FIRMWARE_FRAMES_H

#include "wire.h"

/* ---- what came up ---- */

static struct {
	unsigned datagrams, unreachable;
	struct net_datagram last;
	uint8_t bytes[NET_DATAGRAM_MAX];
	uint32_t dst;
	uint16_t dst_port;
} up;

static inline void
on_datagram(const struct net_datagram *d, void *arg)
{
	CU_ASSERT_PTR_EQUAL(arg, &up);
	CU_ASSERT(d->n <= NET_DATAGRAM_MAX);
	up.datagrams++;
	up.last = *d;
	memcpy(up.bytes, d->bytes, d->n);
}

static inline void
on_unreachable(uint32_t dst, uint16_t dst_port, void *arg)
{
	CU_ASSERT_PTR_EQUAL(arg, &up);
	up.unreachable++;
	up.dst = dst;
	up.dst_port = dst_port;
}

/* ---- frames by hand ---- */

struct frame {
	uint8_t b[20000];
	size_t n;
};

static inline void
add(struct frame *f, const void *bytes, size_t n)
{
	memcpy(f->b + f->n, bytes, n);
	f->n += n;
}

static inline void
add16(struct frame *f, uint32_t v)
{
	add(f, (uint8_t[]){ (uint8_t)(v >> 8), (uint8_t)v }, 2);
}

static inline void
add32(struct frame *f, uint32_t v)
{
	add16(f, v >> 16);
	add16(f, v & 0xFFFF);
}

static inline struct frame
ether(const uint8_t *to, uint32_t type)
{
	struct frame f = { .n = 0 };

	add(&f, to, 6);
	add(&f, gw_mac, 6);
	add16(&f, type);
	return f;
}

static inline struct frame
arp(const uint8_t *to, uint32_t op, const uint8_t *sha, uint32_t spa,
    uint32_t tpa)
{
	struct frame f = ether(to, 0x0806);

	add(&f, (uint8_t[]){ 0, 1, 8, 0, 6, 4 }, 6);
	add16(&f, op);
	add(&f, sha, 6);
	add32(&f, spa);
	add(&f, op == 2 ? own_mac : (const uint8_t[6]){ 0 }, 6);
	add32(&f, tpa);
	return f;
}

/* A packet of N bytes at OFFSET of datagram ID from FAR to us. */
static inline struct frame
ip(uint32_t protocol, uint32_t id, uint32_t offset, bool more,
    const uint8_t *bytes, size_t n)
{
	struct frame f = ether(own_mac, 0x0800);
	uint8_t *h = f.b + f.n;

	add(&f, (uint8_t[]){ 0x45, 0 }, 2);
	add16(&f, (uint32_t)(20 + n));
	add16(&f, id);
	add16(&f, (more ? 0x2000u : 0) | offset / 8);
	add16(&f, 64u << 8 | protocol);
	add16(&f, 0);
	add32(&f, FAR);
	add32(&f, OWN);
	set16(h + 10, sum_of(0, h, 20));
	add(&f, bytes, n);
	return f;
}

/* The sum of the IP header is made right after a change. */
static inline void
resum(struct frame *f)
{
	set16(f->b + 24, 0);
	set16(f->b + 24, sum_of(0, f->b + 14, (f->b[14] & 15u) * 4u));
}

/* A UDP datagram from FAR, 5070 to our PORT_TO, with its checksum. */
static inline struct frame
udp(uint32_t port_to, const uint8_t *bytes, size_t n)
{
	struct frame f = { .n = 0 };

	add16(&f, 5070);
	add16(&f, port_to);
	add16(&f, (uint32_t)(8 + n));
	add16(&f, 0);
	add(&f, bytes, n);
	set16(f.b + 6, sum_of(pseudo(17, FAR, OWN, f.n), f.b, f.n));
	return f;
}

static inline void
give(struct frame f)
{
	give_frame(f.b, f.n);
}

static inline void
begin(void)
{
	now = 5;
	nsent = 0;
	controller_ready = true;
	memset(&up, 0, sizeof(up));
	net_init(own_mac, OWN, GW);
	CU_ASSERT(net_udp_bind(PORT, on_datagram, on_unreachable, &up));
}

static inline void
know_gateway(void)
{
	CU_ASSERT(net_udp_send(FAR, 1, PORT, "?", 1));
	give(arp(own_mac, 2, gw_mac, GW, OWN));
	nsent = 0;
}

static inline const uint8_t *
text(size_t n)
{
	static uint8_t bytes[NET_DATAGRAM_MAX + 1];

	for (size_t i = 0; i < n; i++)
		bytes[i] = (uint8_t)(i * 7 + i / 256);
	return bytes;
}

/* ---- taking apart ---- */

static inline void
check_ip(size_t i, uint32_t protocol, uint32_t offset, bool more, size_t n)
{
	const uint8_t *f = sent[i].bytes, *h = f + 14;

	CU_ASSERT_EQUAL(sent[i].n, 34 + n);
	CU_ASSERT(memcmp(f, gw_mac, 6) == 0 && memcmp(f + 6, own_mac, 6) == 0);
	CU_ASSERT_EQUAL(at16(f + 12), 0x0800);
	CU_ASSERT_EQUAL(h[0], 0x45);
	CU_ASSERT_EQUAL(at16(h + 2), 20 + n);
	CU_ASSERT_EQUAL(at16(h + 6), (more ? 0x2000u : 0u) | offset / 8);
	CU_ASSERT_EQUAL(h[8], 64);
	CU_ASSERT_EQUAL(h[9], protocol);
	CU_ASSERT_EQUAL(at32(h + 12), OWN);
	CU_ASSERT_EQUAL(at32(h + 16), FAR);
	CU_ASSERT_EQUAL(sum_of(0, h, 20), 0);
}

static inline void
check_arp(size_t i, const uint8_t *to, uint32_t op, uint32_t target)
{
	const uint8_t *f = sent[i].bytes;

	CU_ASSERT_EQUAL(sent[i].n, 42);
	CU_ASSERT(memcmp(f, to, 6) == 0 && memcmp(f + 6, own_mac, 6) == 0);
	CU_ASSERT_EQUAL(at16(f + 12), 0x0806);
	CU_ASSERT(memcmp(f + 14, "\0\1\10\0\6\4", 6) == 0);
	CU_ASSERT_EQUAL(at16(f + 20), op);
	CU_ASSERT(memcmp(f + 22, own_mac, 6) == 0);
	CU_ASSERT_EQUAL(at32(f + 28), OWN);
	CU_ASSERT_EQUAL(at32(f + 38), target);
}

#endif
