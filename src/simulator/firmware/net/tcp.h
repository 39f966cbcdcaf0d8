/*
 * TCP (RFC 9293) for a few connections: enough for SIP, and no more.
 *
 * Bytes go out in segments of at most the other side's MSS, four of them before
 * an acknowledgement; unacknowledged bytes are retransmitted after 1 s, then
 * after twice as long each time, and given up after 20 s without progress.
 * There is no measuring of round trips.  Bytes that come in order go up at
 * once, so that the window is always the same; segments that come too early are
 * dropped, and are repeated by the sender.  A segment that could be forged is
 * only believed where its numbers are exact (RFC 5961).
 *
 * One thread; all callbacks are called from net_poll, and may call anything but
 * net_poll and net_init.
 */
#ifndef FIRMWARE_NET_TCP_H
#define FIRMWARE_NET_TCP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NET_TCP_CONNECTIONS 4
#define NET_TCP_BUFFER      8192u /* bytes that wait to be acknowledged */

/* Why a connection is over. */
enum net_tcp_end {
	NET_TCP_CLOSED,  /* the other side has closed it in good order */
	NET_TCP_RESET,   /* it was broken off, or rejected */
	NET_TCP_TIMEOUT, /* no answer */
};

struct net_tcp; /* a connection */

struct net_tcp_ops {
	/* The handshake is done; not of one that was accepted. */
	void (*connected)(struct net_tcp *c, void *arg);
	void (*received)(
	    struct net_tcp *c, const uint8_t *bytes, size_t n, void *arg);
	/* The last callback: C must not be used afterwards. */
	void (*ended)(struct net_tcp *c, enum net_tcp_end why, void *arg);
};

/* Accepts connections to PORT: each gets OPS and ARG, and ACCEPTED, which may
 * be NULL, is called with it. */
void net_tcp_listen(uint16_t port, const struct net_tcp_ops *ops, void *arg,
    void (*accepted)(struct net_tcp *c, void *arg));
/* Begins, after net_init; until then there is no TCP.  SECRET is what initial
 * sequence numbers come from (RFC 6528). */
void net_tcp_start(uint64_t secret);

/* A connection to DST, PORT from a port of its own; NULL: there is no room. */
struct net_tcp *net_tcp_connect(
    uint32_t dst, uint16_t port, const struct net_tcp_ops *ops, void *arg);
/* Sends N bytes, also before it is connected.  False, and nothing of them is
 * sent, where that is more than there is room for, or it is being closed. */
bool net_tcp_send(struct net_tcp *c, const void *bytes, size_t n);
/* Closes C once what was sent has reached the other side.  No callback of C is
 * called any more. */
void net_tcp_close(struct net_tcp *c);
/* Ends C at once (RST).  No callback of C is called any more. */
void net_tcp_abort(struct net_tcp *c);

/* The other side. */
uint32_t net_tcp_address(const struct net_tcp *c);
uint16_t net_tcp_port(const struct net_tcp *c);

#endif
