/* Shared by the files of TCP.  See tcp.h. */
#ifndef FIRMWARE_NET_CONNECTION_IN_H
#define FIRMWARE_NET_CONNECTION_IN_H

#include "firmware/net/net_in.h"
#include "firmware/net/tcp.h"

#define TCP_HEADER     20u
#define TCP_MSS        1460u
#define TCP_MSS_LEAST  64u
#define TCP_MSS_UNSAID 536u /* RFC 9293 3.7.1 */
#define TCP_FLIGHT     4u   /* segments before an acknowledgement */
/* As much as fits into half of the frames that the board keeps. */
#define TCP_WINDOW     (4 * TCP_MSS)
#define TCP_RTO_US     1000000u
#define TCP_GIVE_UP_US 20000000u
#define TCP_FIRST_PORT 49152u /* RFC 6335 6 */

#define TCP_FIN 1u
#define TCP_SYN 2u
#define TCP_RST 4u
#define TCP_PSH 8u
#define TCP_ACK 16u

/* RFC 9293 3.3.2; of LISTEN there is no connection. */
enum tcp_state {
	TCP_FREE,
	TCP_SYN_SENT,
	TCP_SYN_RECEIVED,
	TCP_ESTABLISHED,
	TCP_FIN_WAIT_1,
	TCP_FIN_WAIT_2,
	TCP_CLOSING,
	TCP_TIME_WAIT,
	TCP_CLOSE_WAIT,
	TCP_LAST_ACK,
};

struct net_tcp {
	enum tcp_state state;
	uint32_t ip; /* of the other side */
	uint16_t port, own_port;
	const struct net_tcp_ops *ops; /* NULL: no callbacks */
	void *arg;
	uint32_t una, nxt; /* SND.UNA, SND.NXT */
	uint32_t rcv;      /* RCV.NXT */
	uint32_t window;   /* SND.WND */
	uint32_t mss;
	bool fin; /* asked for: goes behind the last byte */
	bool fin_sent;
	uint32_t recover; /* `nxt` when it last began to send again */
	bool ack_wanted;  /* at the end of what comes just now */
	uint64_t due_us;  /* the timer; UINT64_MAX: it does not run */
	uint64_t rto_us;
	uint64_t progress_us; /* when it last got further */
	uint32_t cause;       /* of what was sent last */
	size_t n;             /* bytes in OUT, from UNA on */
	uint8_t out[NET_TCP_BUFFER];
};

/* A segment that came. */
struct tcp_segment {
	uint32_t src, seq, ack, window;
	uint16_t src_port, dst_port;
	unsigned flags;
	uint32_t mss; /* of its option, 0: none */
	const uint8_t *bytes;
	uint32_t n; /* of them */
};

extern struct net_tcp net_tcp_all[NET_TCP_CONNECTIONS];

/* A is before B on the circle of sequence numbers (RFC 9293 3.4). */
static inline bool
tcp_before(uint32_t a, uint32_t b)
{
	return (int32_t)(a - b) < 0;
}

/* ---- tcp.c ---- */
/* Frees C, and tells its user WHY it ended. */
void tcp_end(struct net_tcp *c, enum net_tcp_end why);
/* C is established: gives it to the listener. */
void tcp_accepted(struct net_tcp *c);

/* ---- tcp_out.c ---- */
/* Sends FLAGS and no bytes, with the sequence number `nxt`. */
void tcp_out_bare(struct net_tcp *c, unsigned flags);
/* Answers S, which belongs to no connection, with RST (RFC 9293 3.10.7.1). */
void tcp_out_refuse(const struct tcp_segment *s);
/* Sends what may be sent. */
void tcp_out_push(struct net_tcp *c);
/* Sends the unacknowledged bytes again, from their start. */
void tcp_out_again(struct net_tcp *c);
/* The other side has got further, to ACK. */
void tcp_out_acked(struct net_tcp *c, uint32_t ack);

/* ---- tcp_in.c ---- */
void tcp_in(struct net_tcp *c, const struct tcp_segment *s);
/* What the other side's SYN says. */
void tcp_synchronise(struct net_tcp *c, const struct tcp_segment *s);
/* Reads P; false: it is none, or broken. */
bool tcp_read(const struct packet *p, struct tcp_segment *s);

#endif
