/*
 * TCP (RFC 9293) as far as a SIP course can see it: a connection is made by
 * three packets, carries a stream of bytes each way in segments that fit the
 * path's MTU, repeats lost segments, hands bytes on in order, and ends with FIN
 * or RST.  There is no congestion window; unacknowledged bytes are bounded by a
 * window of 65,535.  Each segment with bytes is acknowledged at once.
 *
 * Unacknowledged bytes are repeated (RFC 6298) after 1 s, later after a time
 * computed from measured round trips, at least 200 ms (as Linux has it), which
 * doubles with each repetition; or at once after three duplicate
 * acknowledgements (RFC 5681).  After 20 s without progress the connection is
 * given up, in its handshake as later; a SIP transaction (32 s) lives to see
 * that.
 *
 * A connection is two ends (struct net_conn), one on each host.  A message that
 * is sent is one `send` record, as with UDP; where its bytes have all come and
 * the receiver knows where it ends, net_tcp_take writes `recv`.  No message of
 * a connection that lives is dropped: its packets are.  Each message is pushed:
 * a segment carries bytes of one message only, though the receiver may get
 * several at once.  What the network adds to the trace:
 *
 *	packet  as in net.h, with conn (a number, the same for both ends) and
 *	        flags ("syn", "syn ack", "ack", "fin ack", "rst" or "data",
 *	        then "retx" for a repetition, "frag" and "dup"); "of" and "off"
 *	        name the message of which it carries bytes, and are absent
 *	        where it carries none.  Data and its repetitions are caused by
 *	        the message (or the fault that struck it), an acknowledgement
 *	        by what it acknowledges
 *	drop    of a packet: reason, packet (where it was on a link), conn,
 *	        without `of`; only where packets are written
 *
 * A connection attempt, data not yet acknowledged and a FIN not yet
 * acknowledged hold the simulation; an idle connection does not.
 */
#ifndef NET_TCP_H
#define NET_TCP_H

#include "net/net.h"

struct net_conn;
struct net_listener;

/* X(ID, name in the trace): why a connection ends. */
#define NET_CLOSES(X)                                             \
	X(NORMAL, "fin")       /* the other side has closed it */ \
	X(RESET, "reset")      /* it was broken off */            \
	X(REFUSED, "refused")  /* no socket listens there */      \
	X(TIMEOUT, "time-out") /* no answer, or none any more */  \
	X(NO_PATH, "no-path")

enum net_close {
#define X(id, name) NET_CLOSE_##id,
	NET_CLOSES(X)
#undef X
};
const char *net_close_name(enum net_close why);

/* What a connection tells its user.  Any may be NULL; each may call anything.
 */
struct net_tcp_ops {
	/* The handshake is done (not for one that was accepted). */
	void (*connected)(struct net_conn *c, void *arg);
	/* More bytes have come: see net_tcp_peek.  Need not take them all. */
	void (*received)(struct net_conn *c, void *arg);
	/* The last word: C is freed after this.  What has come can be peeked
	 * at, taken and skipped, what was not acknowledged be asked for
	 * (net_tcp_unacked), nothing else be done with C. */
	void (*closed)(struct net_conn *c, enum net_close why, void *arg);
};

/* A connection has come in and belongs to the user now, who gives it its own
 * ops (net_tcp_set_user), or aborts it. */
typedef void net_accept_fn(struct net_conn *c, void *arg);

/* For plain TCP.  0, ERR_NOMEM, ERR_EXISTS (the port is taken by another
 * listener).  PORT 0 is every port and any transport, for a host outside
 * (net_add_outside, or a node that a real program plays). */
int net_tcp_listen(struct net_host *h, uint16_t port, net_accept_fn *fn,
    void *arg, struct net_listener **l);
/* The same at LOCAL alone, one of H's addresses, for its transport; it goes
 * along where that changes. */
int net_tcp_listen_at(struct net_host *h, const struct addr *local,
    net_accept_fn *fn, void *arg, struct net_listener **l);
/* Connections that were made stay. NULL is fine. */
void net_tcp_unlisten(struct net_listener *l);

/*
 * Starts to connect to DST, by its transport (TCP where that is not a stream),
 * from a new dynamic port; the present cause is that of its packets.  The
 * outcome is reported later, never before this returns: connected, or closed
 * with REFUSED (no listener), TIMEOUT (no answer) or NO_PATH (no path, or no
 * host has the address: at once).  0, ERR_NOMEM, or ERR_LIMIT where no port is
 * left.
 */
int net_tcp_connect(struct net_host *h, const struct addr *dst,
    const struct net_tcp_ops *ops, void *arg, struct net_conn **c);
/* The same from FROM, one of H's addresses, whatever its port. */
int net_tcp_connect_from(struct net_host *h, const struct addr *from,
    const struct addr *dst, const struct net_tcp_ops *ops, void *arg,
    struct net_conn **c);
/* The same from LOCAL, an address that H, which is outside, has, with its port:
 * ERR_EXISTS where there is a connection between the two. */
int net_tcp_connect_as(struct net_host *h, const struct addr *local,
    const struct addr *dst, const struct net_tcp_ops *ops, void *arg,
    struct net_conn **c);
void
net_tcp_set_user(struct net_conn *c, const struct net_tcp_ops *ops, void *arg);

/*
 * Sends one message (copied): writes `send` with M (may be NULL) and WHY, and
 * the bytes follow when the connection allows; before the handshake is done
 * they wait.  Returns the seq of the send record; the present cause stays as it
 * was, and no callback runs before this returns.  A fault's verdict: `drop`
 * loses the packets of the first try, `delay` holds the bytes (and all behind
 * them) back, `changed` changes them, `copies` does nothing, `cut` breaks the
 * connection off (RST; both users are told RESET) when so many bytes of the
 * message, at most all, have been acknowledged.
 */
uint64_t net_tcp_send(struct net_conn *c, struct str bytes,
    const struct trace_message *m, enum rule_id why);

/* The bytes over a connection in place of a message's own, which its records
 * have. */
struct net_wrapping {
	/* Appends it to OUT; CHANGED: by a fault, on the way.  Called when the
	 * message's turn comes; 0 or ERR_NOMEM. */
	int (*wrap)(struct str bytes, bool changed, struct buf *out, void *arg);
	void *arg;
	bool waits; /* until net_tcp_release */
};
/* The same wrapped, W copied; NULL: as it is. */
uint64_t net_tcp_send_wrapped(struct net_conn *c, struct str bytes,
    const struct trace_message *m, enum rule_id why,
    const struct net_wrapping *w);
/* The same of one message of many, folded (net_udp_send_folded): no record says
 * that it goes, nor that it comes, nor that it is lost. */
void net_tcp_send_folded(struct net_conn *c, struct str bytes,
    const struct trace_message *m, const struct net_wrapping *w);
/* What waits goes out. */
void net_tcp_release(struct net_conn *c);

/* What has come in order and was not taken yet; valid until the next call of
 * any function here. */
struct str net_tcp_peek(const struct net_conn *c);
/* The same of the first message alone, as it was sent; nothing while it has not
 * all come. */
struct str net_tcp_peek_message(const struct net_conn *c);
/* Takes N bytes (at most all) off as one message: writes `recv`, of the send in
 * which they began, and makes it the present cause.  Its bytes are in the
 * record where they are not exactly those of that send: a fault changed them,
 * or the receiver cut them differently.  Returns its seq; a folded message has
 * no record. */
uint64_t net_tcp_take(struct net_conn *c, size_t n);
/* The same where they are a message whose own bytes are BYTES (net_wrapping).
 */
uint64_t net_tcp_take_as(struct net_conn *c, size_t n, struct str bytes);
/* Takes N bytes off that are no message (keep-alives, what can't be read). */
void net_tcp_skip(struct net_conn *c, size_t n);

/* Lets go of C, which is freed in time; `closed` is not called any more.  All
 * that was sent reaches the other side, then FIN does, and its user is notified
 * with NORMAL.  Bytes that come meanwhile are answered with RST. */
void net_tcp_close(struct net_conn *c);
/* Lets go of C as well, and breaks it off (RST): the other side is told RESET,
 * and what was not acknowledged may be lost. */
void net_tcp_abort(struct net_conn *c);

/* The `send` of the first message, by its number, of which the other side has
 * not acknowledged all; 0: it has all.  Also within `closed`. */
uint64_t net_tcp_unacked(const struct net_conn *c);

/* Addresses of both ends, with the transport by which this one was connected or
 * is listened for; the application protocol does not matter here. */
struct addr net_tcp_local(const struct net_conn *c);
struct addr net_tcp_remote(const struct net_conn *c);

/*
 * All connections of a host end at once without a word, as when it crashes:
 * nothing is sent and no callback of this host runs; the other side learns it
 * by a RST to what it sends next (a host that is up knows no such connection),
 * or by time-out.  Connections with a user stay the user's until it closes or
 * aborts them, which sends nothing then.  net_host_set_up does it when a host
 * goes down.
 */
void net_tcp_forget(struct net_host *h);
/* The same with the connections of LOCAL, one of its addresses. */
void net_tcp_forget_at(struct net_host *h, const struct addr *local);

#endif
