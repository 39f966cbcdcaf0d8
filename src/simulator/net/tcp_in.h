/*
 * What the files of TCP share.
 *
 * An end of a connection has two streams of bytes, counted from 0 (a real TCP
 * counts from a random number, RFC 9293 3.4.1, which keeps segments of an old
 * connection out of a new one; here each end has a number of its own and each
 * segment names both ends).  Of bytes sent it keeps the unacknowledged ones and
 * the messages that they belong to; a segment carries bytes of one message
 * only.  Of bytes received it keeps those not taken yet, and the packet of each
 * part; parts that came too early wait in a list.
 *
 * An end belongs to its user until it tells the user that it is closed, or the
 * user closes it.  It may live on without a user until all is sent and closed,
 * and it may be dead while the user still holds it (net_tcp_forget).  It is
 * freed when it is dead, has no user, and none of our functions works on it.
 */
#ifndef NET_TCP_IN_H
#define NET_TCP_IN_H

#include "net/net_in.h"
#include "net/tcp.h"

#define TCP_WINDOW    65535 /* RFC 9293 3.1: without the window scale option */
#define TCP_MSS       536   /* RFC 9293 3.7.1: where the path is not known */
#define TCP_RTO_FIRST (1 * SIM_S)    /* RFC 6298 2.1 */
#define TCP_RTO_LATE  (3 * SIM_S)    /* RFC 6298 5.7 */
#define TCP_RTO_LEAST (200 * SIM_MS) /* as Linux; RFC 6298 2.4 has 1 s */
#define TCP_RTO_MOST  (60 * SIM_S)   /* RFC 6298 2.5 */
#define TCP_DUP_ACKS  3              /* RFC 5681 3.2 */
/* Without progress for so long a connection is given up. */
#define TCP_GIVE_UP (20 * SIM_S)
/* How long it waits in FIN-WAIT-2 and TIME-WAIT: as long as the other side
 * may repeat its FIN (RFC 9293 3.6 says 2*MSL). */
#define TCP_LINGER TCP_GIVE_UP

/* flags of a segment */
#define TCP_SYN 1U
#define TCP_ACK 2U
#define TCP_FIN 4U
#define TCP_RST 8U

struct net_listener {
	struct list in_host;
	struct net_host *host;
	struct addr local; /* its port; of any address: len 0; its transport,
			    * which its connections get */
	net_accept_fn *fn;
	void *arg;
};

/* Bytes that come at one end and go at the other. */
struct tcp_bytes {
	struct buf b;
	size_t gone; /* so many at its start count no more */
};

/* A growing row of elements, taken off at its start. */
struct tcp_row {
	char *p;
	size_t first, n, cap;
};

/* A message to be sent, until all of it is acknowledged. */
struct tcp_message {
	uint64_t start, end; /* in the stream */
	uint64_t send, cause;
	int64_t not_before_ns;
	bool changed, drop;
	bool told; /* what became of it, by the other side */
};

/* Bytes that have come in order, by one packet. */
struct tcp_part {
	uint64_t start, end; /* in the stream */
	uint64_t send;       /* the message they are of … */
	uint64_t off;        /* … from this byte of it on … */
	uint64_t size;       /* … of so many */
	uint64_t cause; /* the packet that filled the last gap before END */
	bool changed;
};

/* Bytes that have come too early. */
struct tcp_piece {
	struct list list; /* by their start */
	struct tcp_part part;
	char bytes[];
};

/* A message that waits for net_tcp_release. */
struct tcp_waiting {
	struct list link;
	struct net_wrapping wrapping;
	struct net_verdict verdict; /* its bytes are owned */
	uint64_t send;
	size_t n;
	char bytes[];
};

enum tcp_state {
	TCP_CONNECTING, /* RFC 9293 3.3.2: SYN-SENT */
	TCP_ACCEPTING,  /* SYN-RECEIVED */
	TCP_OPEN,       /* all up to TIME-WAIT: the FINs are flags below */
	TCP_WAITING,    /* FIN-WAIT-2, TIME-WAIT */
	TCP_DEAD,
};

struct net_conn {
	struct list in_host;
	struct net_host *host;
	struct addr local, remote;
	char local_text[ADDR_TEXT], remote_text[ADDR_TEXT];
	uint64_t id;           /* of the connection */
	uint64_t end, far_end; /* numbers of the ends */
	enum tcp_state state;
	const struct net_tcp_ops *ops;
	void *arg;
	bool user; /* held by its user */
	bool held; /* it holds the simulation */
	/* How many functions of ours work on it.  No `ref`: it is also kept by
	 * `user` and `state`, which tell more than a count. */
	unsigned busy;
	bool no_path;   /* there is no way to the other side */
	uint64_t cause; /* of its beginning */

	/* sending */
	struct tcp_bytes out;    /* from `una` on */
	struct tcp_row messages; /* struct tcp_message */
	struct list waiting;     /* struct tcp_waiting */
	bool mixed; /* `messages` has some behind others that were sent later */
	uint64_t una, nxt, out_end; /* RFC 9293 3.3.1: SND.UNA, SND.NXT */
	uint64_t left; /* dead: the send of the first of `messages`, or 0 */
	bool fin, fin_sent, fin_acked; /* FIN is asked for, … */
	uint64_t fin_cause;
	bool cut; /* breaks off when `una` is `cut_at` */
	uint64_t cut_at, cut_cause;
	sim_event work; /* a delay is over, or a cut is due */

	/* repeating; RFC 6298, RFC 5681 */
	sim_event timer;
	int64_t progress_ns; /* when it last got further */
	int64_t rto_ns, srtt_ns, rttvar_ns;
	unsigned tries; /* of what waits for its acknowledgement */
	bool timing;    /* `timed` is being measured, since `timed_ns` */
	uint64_t timed;
	int64_t timed_ns;
	unsigned dup_acks;
	bool recovering; /* holes below `recover` are filled one by one */
	uint64_t recover;

	/* receiving */
	struct tcp_bytes in;  /* up to RCV.NXT */
	struct tcp_row parts; /* struct tcp_part, of `in` */
	uint64_t in_start;    /* where `in` begins */
	uint64_t rcv;         /* RCV.NXT, the FIN not counted */
	struct list early;    /* struct tcp_piece */
	bool far_fin; /* all before the other side's FIN has come, and it */
	bool far_fin_known;
	uint64_t far_fin_at;
	bool passive; /* the other side closed first */
};

/* tcp.c */
/* BY, of enum addr_transport: what its ends are said to be reached by; TCP
 * where that is not a stream. */
struct net_conn *net_conn_new(struct net_host *h, const struct addr *local,
    const struct addr *remote, uint8_t by, enum tcp_state state);
struct net_conn *net_conn_find(const struct net_host *h,
    const struct addr *local, const struct addr *remote);
struct net_listener *
net_listener_find(const struct net_host *h, const struct addr *a);
void net_conn_enter(struct net_conn *c);
/* C may be gone after this. */
void net_conn_leave(struct net_conn *c);
/* Holds the simulation while C needs it. */
void net_conn_hold(struct net_conn *c);
/* The `drop`, for REASON, of the message that SEND has sent, of which nothing
 * can arrive any more. */
void
net_conn_lose(const struct net_conn *c, uint64_t send, enum trace_drop reason);
/* What became of the message that SEND has sent was told at C, its receiver. */
void net_conn_told(const struct net_conn *c, uint64_t send);
/* As net_conn_die, where the other side has no such connection: it has nothing
 * of what it has not told of, and gets nothing. */
void net_conn_reset(struct net_conn *c);
/* C is over: none of its timers runs.  It is freed when its user and the
 * functions at work on it let go. */
void net_conn_bury(struct net_conn *c);
/* Tells the user, for whom this is the last word. */
void net_conn_tell_closed(struct net_conn *c, enum net_close why);
/* Buries C, then tells its user. */
void net_conn_die(struct net_conn *c, enum net_close why);
/* C has nothing more to send: it waits for the other side to close, or for a
 * repetition of its FIN, and then ends. */
void net_conn_wait(struct net_conn *c);

/* tcp_segment.c */
void tcp_bytes_drop(struct tcp_bytes *b, size_t n);
void tcp_bytes_free(struct tcp_bytes *b);
/* A place for one more element of SIZE bytes, or NULL. */
void *tcp_row_add(struct tcp_row *r, size_t size);
void *tcp_row_at(const struct tcp_row *r, size_t size, size_t i);
void tcp_row_drop(struct tcp_row *r);
void tcp_row_free(struct tcp_row *r);

/* tcp_segment.c */
/* A segment of C without bytes. */
void net_conn_segment(
    struct net_conn *c, unsigned flags, const char *words, uint64_t cause);
/* One with LEN bytes of M, which begin at SEQ of the stream. */
void net_conn_data(struct net_conn *c, const struct tcp_message *m,
    uint64_t seq, size_t len, bool again);

/* tcp_send.c */
/* What waits is lost, and so told; or only freed. */
void net_conn_lose_waiting(struct net_conn *c);
void net_conn_drop_waiting(struct net_conn *c);
/* Sends what may be sent. */
void net_conn_push(struct net_conn *c);
/* The other side has all before ACK (the FIN counts as one more); BARE: of a
 * segment that says nothing else. */
void net_conn_acked(struct net_conn *c, uint64_t ack, bool bare);
/* Arms the retransmission timer of unacknowledged bytes. */
void net_conn_arm(struct net_conn *c);
/* The handshake is done: its round trip is the first sample, unless it was
 * repeated (RFC 6298 5.7). */
void net_conn_measured(struct net_conn *c);

/* tcp_segment.c */

#endif
