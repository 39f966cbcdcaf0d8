/* Shared by the files of the network.  See net.h. */
#ifndef FIRMWARE_NET_NET_IN_H
#define FIRMWARE_NET_NET_IN_H

#include "firmware/hal.h"
#include "firmware/net/net.h"

#define ETHER_HEADER 14u
#define ETHER_IPV4   0x0800u
#define ETHER_ARP    0x0806u
#define MAC_SIZE     6u

#define IP_HEADER     20u
#define IP_HEADER_MAX 60u
#define IP_ICMP       1u
#define IP_TCP        6u
#define IP_UDP        17u
#define IP_BROADCAST  0xFFFFFFFFu
#define UDP_HEADER    8u

/* What one datagram holds behind the IP header: a UDP header and payload. */
#define IP_PAYLOAD_MAX (UDP_HEADER + NET_DATAGRAM_MAX)

/* A whole datagram that has come: of one packet, or put together. */
struct packet {
	uint32_t src, dst;
	uint8_t protocol;
	const uint8_t *header; /* of its first fragment, for ICMP errors */
	size_t header_n;       /* 20 to 60 */
	const uint8_t *bytes;  /* behind the header */
	size_t n;              /* at most IP_PAYLOAD_MAX */
};

/* The interface; the module's state is this and what arp.c, reassembly.c and
 * udp.c keep. */
struct interface {
	uint8_t mac[MAC_SIZE];
	uint32_t ip, gw;
	struct net_counts counts;
	const struct net_protocol *tcp; /* NULL until net_tcp_start */
};
extern struct interface net_if;

/* ---- numbers in network byte order ---- */
static inline uint16_t
get16(const uint8_t *p)
{
	return (uint16_t)(p[0] << 8 | p[1]);
}

static inline uint32_t
get32(const uint8_t *p)
{
	return (uint32_t)get16(p) << 16 | get16(p + 2);
}

static inline void
put16(uint8_t *p, uint32_t value)
{
	p[0] = (uint8_t)(value >> 8);
	p[1] = (uint8_t)value;
}

static inline void
put32(uint8_t *p, uint32_t value)
{
	put16(p, value >> 16);
	put16(p + 2, value);
}

/* ---- checksum.c (RFC 1071) ---- */
/* Adds N bytes to SUM, 0 at first.  Only the last part may be odd. */
uint32_t net_sum(uint32_t sum, const uint8_t *bytes, size_t n);
/* Adds the pseudo header of UDP (RFC 768) and TCP (RFC 9293 3.1). */
uint32_t net_sum_pseudo(uint32_t src, uint32_t dst, uint8_t protocol, size_t n);
/* The checksum that goes into the header; where SUM included the one that the
 * header holds, 0 says that it is right. */
uint16_t net_sum_end(uint32_t sum);

/* ---- ether.c ---- */
/* Puts a header before the N bytes at FRAME + ETHER_HEADER and sends the frame.
 */
bool net_ether_send(
    uint8_t *frame, const uint8_t to[MAC_SIZE], uint16_t type, size_t n);

/* ---- arp.c ---- */
void net_arp_init(void);
/* N bytes of an ARP packet. */
void net_arp_receive(const uint8_t *bytes, size_t n);
/* The gateway's hardware address; NULL while it is not known, and then it is
 * asked for. */
const uint8_t *net_arp_gateway(void);
void net_arp_tick(uint64_t now);
uint64_t net_arp_due(void);

/* ---- ipv4.c ---- */
void net_ip_init(void);
/* N bytes of a packet; BROADCAST: the frame was for everybody. */
void net_ip_receive(const uint8_t *bytes, size_t n, bool broadcast);
/* Sends a datagram of N bytes, at most IP_PAYLOAD_MAX, in as many packets as it
 * takes, to the gateway.  False where the gateway's hardware address is not
 * known or the controller takes nothing. */
bool
net_ip_send(uint32_t dst, uint8_t protocol, const uint8_t *bytes, size_t n);

/* ---- reassembly.c (RFC 791 3.2) ---- */
void net_reassembly_init(void);
/* Takes a fragment: P's bytes at OFFSET of datagram ID; MORE follow.  True when
 * the datagram is whole: then *P is it, until the next call. */
bool
net_reassembly_take(struct packet *p, uint16_t id, size_t offset, bool more);
void net_reassembly_tick(uint64_t now);
uint64_t net_reassembly_due(void);

/* ---- icmp.c (RFC 792) ---- */
void net_icmp_receive(const struct packet *p);
#define ICMP_UNREACHABLE   3u
#define ICMP_PORT          3u /* code of UNREACHABLE */
#define ICMP_TIME_EXCEEDED 11u
#define ICMP_REASSEMBLY    1u /* code of TIME_EXCEEDED */
/* Tells P's sender that P was not taken; sends nothing about a broadcast (RFC
 * 1122 3.2.2). */
void net_icmp_error(const struct packet *p, uint8_t type, uint8_t code);

/* ---- a registered protocol beside UDP ---- */
struct net_protocol {
	uint8_t number; /* of IP */
	void (*receive)(const struct packet *p);
	void (*tick)(uint64_t now);
	uint64_t (*due)(void);
	/* The gateway is known: what waited for that goes. */
	void (*flush)(void);
};

/* ---- udp.c ---- */
void net_udp_init(void);
void net_udp_receive(const struct packet *p);
/* An ICMP error quotes UDP header BYTES (8) of a datagram to DST. */
void net_udp_unreachable(uint32_t dst, const uint8_t *bytes);
/* The gateway is known: what waited for that goes. */
void net_udp_flush(void);
/* ARP had no answer: the waiting packets are dropped. */
void net_udp_give_up(void);

#endif
