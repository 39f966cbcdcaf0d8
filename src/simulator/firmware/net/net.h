/*
 * UDP and TCP (tcp.h) over IPv4 over Ethernet for one interface with one
 * address: ARP (RFC 826), IPv4 with fragments (RFC 791), ICMP as far as a host
 * must (RFC 1122 3.2.2), UDP (RFC 768).  Plain C over hal.h.
 *
 * One thread, and one board has one network: the state is the module's.  The
 * caller's loop is
 *
 *	size_t n = hal_frame_receive(frame);
 *	net_poll(frame, n);
 *	if (n == 0)
 *		hal_wait(min(net_due_us(), …));
 *
 * Addresses are numbers: 192.0.2.1 is 0xC0000201.
 */
#ifndef FIRMWARE_NET_NET_H
#define FIRMWARE_NET_NET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The largest UDP payload that is sent or put together again of fragments. */
#define NET_DATAGRAM_MAX 16384
#define NET_BINDINGS     8

struct net_datagram {
	uint32_t src, dst; /* dst is the board's address, or the broadcast */
	uint16_t src_port, dst_port;
	const uint8_t *bytes; /* as long as the callback runs */
	size_t n;             /* at most NET_DATAGRAM_MAX */
};

/* What arrived at a bound port. */
typedef void net_datagram_fn(const struct net_datagram *d, void *arg);

/* An ICMP error says that no host or port took a datagram from a bound port to
 * DST, DST_PORT (RFC 1122 4.1.3.3: it is passed up). */
typedef void net_unreachable_fn(uint32_t dst, uint16_t dst_port, void *arg);

/* Begins again: nothing bound, nothing known.  MAC: six bytes; all packets to
 * others go to the gateway GW, whose hardware address ARP finds. */
void net_init(const uint8_t mac[6], uint32_t ip, uint32_t gw);

/* Datagrams to PORT go to DATAGRAM; UNREACHABLE may be NULL.  Binding a port
 * again replaces.  False when NET_BINDINGS are taken. */
bool net_udp_bind(uint16_t port, net_datagram_fn *datagram,
    net_unreachable_fn *unreachable, void *arg);

/* Sends N bytes from SRC_PORT to DST, DST_PORT, in fragments where a frame is
 * too small.  While the gateway's hardware address is not known, the newest
 * such datagram waits (RFC 1122 2.3.2.2) and ARP asks, up to four times.  False
 * when N is above NET_DATAGRAM_MAX or the controller takes no frame.  True
 * promises nothing. */
bool net_udp_send(uint32_t dst, uint16_t dst_port, uint16_t src_port,
    const void *bytes, size_t n);

/* Takes a frame of N bytes (0: there is none) and does what has come due.  A
 * frame may hold anything.  Callbacks are called from here. */
void net_poll(const uint8_t *frame, size_t n);

/* When net_poll has something to do though no frame comes; UINT64_MAX: never.
 */
uint64_t net_due_us(void);

/* Counters, of what a test or a screen of figures wants to see. */
struct net_counts {
	uint32_t frames_in, frames_out;
	uint32_t
	    not_ours; /* for another station or address, or no IPv4 or ARP */
	uint32_t bad; /* a wrong length, checksum or option */
	uint32_t reassembled,
	    reassembly_failed; /* given up: late or too large */
	uint32_t arp_failed;   /* requests without an answer */
	uint32_t no_port;      /* answered with ICMP */
};
const struct net_counts *net_counts(void);

#endif
