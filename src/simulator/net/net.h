/*
 * The simulated network: hosts and routers with addresses, links between them,
 * packets that cross the links one by one, UDP sockets on the hosts; TCP is in
 * net/tcp.h.
 *
 * A packet goes along the shortest path (hops, then the order in which links
 * were declared); only routers (and hosts with forwarding on) pass other nodes'
 * packets.  Hosts and links that are down are avoided where a detour exists;
 * otherwise the packet goes as far as it can and is lost there.  A datagram
 * larger than a link's MTU travels in IP fragments (RFC 791, RFC 8200); one
 * lost fragment loses it.
 *
 * Each direction of a link draws from its own random streams, the same number
 * of values for each packet whether or not a fault is configured.
 *
 * What it writes into the trace, beside the fields that all records have:
 *
 *	send    node, src, dst (absent where no host has the address), src_addr,
 *	        dst_addr, transport, the message's fields, size, text or base64
 *	packet  link ("a>b": the direction it crosses), of (the send), off and
 *	        len (of the message's bytes), flags ("frag", "dup" for the
 *	        second of two that a link made out of one, or "frag dup");
 *	        written when it comes to the link, without node; its cause is
 *	        the send, the packet on the link before, or for a "dup" its
 *	        twin
 *	recv    node, of, src_addr, dst_addr; text or base64 only where a
 *	        fault changed the bytes; its cause is the packet that
 *	        completed it
 *	drop    of, reason, and as far as they apply: node (where it happened;
 *	        absent for what a link lost on its way), link, packet (that
 *	        was lost, where packets are written)
 *
 * A message has one recv for each copy that arrives in full, or one drop once
 * nothing of it can arrive any more: the drop tells of the piece lost last, or
 * says "fragment" where some pieces had come to the receiver.  What a fault's
 * verdict delays, copies or changes is caused by the fault's record.
 *
 * A message in flight holds the simulation (sim_hold), so that a run does not
 * end with one in the air.
 */
#ifndef NET_NET_H
#define NET_NET_H

#include "base/addr.h"
#include "sim/sim.h"

struct net;
struct net_host;
struct net_link;
struct net_sock;

/* Borrows SIM, which must outlive it.  0 or ERR_NOMEM. */
int net_create(struct net **n, struct sim *sim);
/* Frees hosts, links and sockets as well; packets in flight are dropped without
 * a record. */
void net_destroy(struct net *n);

/* NAME is copied.  FORWARDS: passes other nodes' packets. 0, ERR_NOMEM or
 * ERR_EXISTS. */
int net_add_host(
    struct net *n, const char *name, bool forwards, struct net_host **h);
struct net_host *net_find_host(const struct net *n, const char *name);
const char *net_host_name(const struct net_host *h);
/* Several addresses are possible, the first is the host's own; ports are
 * ignored.  0, ERR_NOMEM or ERR_EXISTS. */
int net_host_add_addr(struct net_host *h, const struct addr *a);
/*
 * FROM, one of its addresses, becomes TO, as when a phone moves to another
 * network.  Sockets keep their ports, links stay; packets under way to FROM are
 * lost.  0, ERR_NOTFOUND (FROM is not the host's), ERR_EXISTS (a host has TO)
 * or ERR_NOMEM.
 */
int net_host_change_addr(
    struct net_host *h, const struct addr *from, const struct addr *to);
/*
 * Which of H's addresses, by its number from 0 on, faces DST: what it sends
 * there has that as its source.  Of several it is the one of the link that the
 * way to DST begins with; where that link is of none of them in particular, or
 * of one of another family, the first of DST's family that no link is of, else
 * the first of that family, else the first.  An address of H's own faces
 * itself.
 */
size_t net_host_facing(struct net_host *h, const struct addr *dst);
/* Its first address, len 0 where it has none. */
struct addr net_host_addr(const struct net_host *h);
/* The host that has the address, the one outside where no other has it, or
 * NULL. */
struct net_host *net_by_addr(const struct net *n, const struct addr *a);
/*
 * A host that stands for all that is not simulated: it has every address that
 * no other host has.  Between it and the others there is no link: packets to
 * it, or from it, take no time and are not lost on their way.  Packets to it
 * are for net_udp_open_rest and for a listener of port 0.  NAME is copied.  0,
 * ERR_NOMEM or ERR_EXISTS (the name, or there is one already).
 */
int net_add_outside(struct net *n, const char *name, struct net_host **h);
/* H shares ::1, of which a machine has but one, with another host: a packet to
 * a port there at which that other has no socket is for H.  0, ERR_NOMEM, or
 * ERR_EXISTS: there is one such host already. */
int net_host_add_guest(struct net_host *h);
/* ::1 (RFC 4291 2.5.3). */
bool net_addr_is_shared(const struct addr *a);
/* A host within the network, not the outside, has the address A. */
bool net_has_addr(const struct net *n, const struct addr *a);
/* The addresses at which H receives, FN(AT, ARG) for each: its UDP ports and
 * those of its listeners, with their transport; the length of an address is 0
 * where it is all that H has. */
typedef void net_port_fn(const struct addr *at, void *arg);
void net_each_port(const struct net_host *h, net_port_fn *fn, void *arg);
/* Counts whatever changes what net_each_port says of any host. */
uint64_t net_ports_changed(const struct net *n);
/* A host that is down sends, receives and forwards nothing; its TCP connections
 * end as net_tcp_forget has it (net/tcp.h). */
void net_host_set_up(struct net_host *h, bool up);

struct net_link_params {
	int64_t delay_ns;  /* propagation, one way */
	int64_t jitter_ns; /* up to this much more, evenly; may reorder */
	double loss;       /* share of packets lost, 0 to 1 */
	double duplicate;  /* share of packets that arrive twice, 0 to 1 */
	uint64_t rate_bps; /* 0: infinite */
	uint32_t queue;    /* packets that may wait for the rate; 0: no limit */
	uint32_t mtu;      /* bytes of an IP packet, at least 68 */
};

/* 5 ms, no jitter, no loss, infinite rate, queue 100, MTU 1500. */
extern const struct net_link_params net_link_defaults;

/* One link between two nodes; both directions have PARAMS. 0, ERR_NOMEM,
 * ERR_EXISTS. */
int net_add_link(struct net *n, struct net_host *a, struct net_host *b,
    const struct net_link_params *params, struct net_link **l);
/* L's end at H is of A, one of H's addresses: what H sends over L comes from
 * there (net_host_facing).  ERR_NOTFOUND: L does not end at H, or A is not
 * H's. */
int net_link_set_face(
    struct net_link *l, const struct net_host *h, const struct addr *a);
/* In either order of names; NULL where there is none. */
struct net_link *
net_find_link(const struct net *n, const char *a, const char *b);
const struct net_link_params *net_link_params(const struct net_link *l);
/* For packets that come to the link from now on; both directions. */
void
net_link_set_params(struct net_link *l, const struct net_link_params *params);
/* A link that goes down loses the packets on it and in its queue; their drops
 * stand at the time at which they would have arrived. */
void net_link_set_up(struct net_link *l, bool up);

/* The smallest MTU on the path to DST, 65,535 to an own address; 0 where there
 * is no path.  On a broken path: as far as the break. */
uint32_t net_path_mtu(struct net_host *h, const struct addr *dst);

/* The least time in which anything can come to H from another host, INT64_MAX
 * where it has no link. */
int64_t net_host_reach(const struct net_host *h);

/* A datagram handed to its receiver; nothing of it outlives the call. */
struct net_datagram {
	struct addr src, dst;
	struct str bytes;
	uint64_t send; /* seq of the send record, 0: it is folded */
	uint64_t recv; /* seq of the recv record, already the present cause */
};

typedef void net_recv_fn(const struct net_datagram *d, void *arg);

/*
 * PORT 0 takes the lowest free one from 49152 on.  FN runs once for each
 * datagram that arrives on any of the host's addresses; it may send, open and
 * close, this socket too.  0, ERR_NOMEM or ERR_EXISTS.
 */
int net_udp_open(struct net_host *h, uint16_t port, net_recv_fn *fn, void *arg,
    struct net_sock **s);
/* The same at LOCAL alone, one of H's addresses, which is also the source of
 * what it sends.  It goes along where H's address changes. */
int net_udp_open_at(struct net_host *h, const struct addr *local,
    net_recv_fn *fn, void *arg, struct net_sock **s);
/* Whether BYTES are meant for the socket that has ARG. */
typedef bool net_wants_fn(const void *arg, struct str bytes);
/* Likewise, and several sockets opened so may have the same address: a datagram
 * there is for the first one that WANTS it, and for the first of all if none
 * does.
 */
int net_udp_open_shared(struct net_host *h, const struct addr *local,
    net_wants_fn *wants, net_recv_fn *fn, void *arg, struct net_sock **s);
/*
 * A host with an IP stack of its own: FN, unless NULL, gets the datagrams for
 * ports on which no socket is open, and the stack tells whether a socket
 * listens there.
 */
void net_udp_open_rest(struct net_host *h, net_recv_fn *fn, void *arg);
/* The port that it has, at whatever address. */
uint16_t net_udp_port(const struct net_sock *s);
/* Before a datagram comes to S, FN fetches into the cache what it needs: called
 * three times with its ARG and STEP 0, 1, 2 (sim_prefetch). */
void net_udp_prefetch(
    struct net_sock *s, void (*fn)(const void *arg, unsigned step));
/* What sending folded by S needs is fetched into the cache: STEP 0, then 1,
 * then 2; nothing by others. */
void net_udp_prefetch_path(const struct net_sock *s, unsigned step);
/* Told of each message of UDP of which nothing arrives, folded ones too: its
 * BYTES, why, WHERE (a node, or "a>b"), and by which record, 0: by none. */
typedef void net_loss_fn(struct str bytes, enum trace_drop reason,
    const char *where, uint64_t record, void *arg);
void net_watch_losses(struct net *n, net_loss_fn *fn, void *arg);

/* Two hosts between which something was lost since no path led to the address
 * DST (TRACE_DROP_NO_PATH), or since they have no common address family
 * (NO_FAMILY). */
struct net_unreachable {
	const struct net_host *from, *to;
	struct addr dst;
	enum trace_drop reason;
};
/* Into *ROWS, borrowed, the first pairs of hosts of that kind, in the order in
 * which they were found; their number, at most 8. */
size_t
net_unreachable(const struct net *n, const struct net_unreachable **rows);

/* Its sent datagrams go on their way; later arrivals for it are dropped.  NULL
 * is fine. */
void net_udp_close(struct net_sock *s);

/*
 * Sends BYTES (copied) to DST, from the address of the host that faces DST:
 * writes `send` (with M, which may be NULL, and WHY; cause: the present one)
 * and sends the packets on their way.  Returns the seq of the send record; the
 * present cause stays as it was.  Sending to an own address takes no time and
 * no packet; it is delivered by an event of its own, not before this returns.
 * More than 65,507 bytes are dropped as too big.
 */
uint64_t net_udp_send(struct net_sock *s, const struct addr *dst,
    struct str bytes, const struct trace_message *m, enum rule_id why);

/*
 * Sends one packet of many, folded: it takes its way as any other, but has no
 * records, except those of a fault.  The sender sums them up in a record of its
 * own.  M describes it to faults.
 */
void net_udp_send_folded(struct net_sock *s, const struct addr *dst,
    struct str bytes, const struct trace_message *m);

/* The same from any port, for a stack that has no sockets here. */
uint64_t
net_udp_send_from(struct net_host *h, uint16_t port, const struct addr *dst,
    struct str bytes, const struct trace_message *m, enum rule_id why);

/* The same from SRC, an address of H's, or any where H is outside. */
uint64_t net_udp_send_as(struct net_host *h, const struct addr *src,
    const struct addr *dst, struct str bytes, const struct trace_message *m,
    enum rule_id why);

/* What a fault does to one message; the default does nothing. */
struct net_verdict {
	bool drop;        /* TCP sends it again, as it does whatever is lost */
	bool gone;        /* it does not come over TCP either */
	int64_t delay_ns; /* added to that of the first link */
	unsigned copies;  /* more than the one; 1,000 at most count */
	struct buf bytes; /* instead of what was sent, where `changed`; freed
			     by the network */
	bool changed;
	bool cut;       /* TCP: the connection breaks off … */
	size_t cut_at;  /* … after so many bytes of the message */
	uint64_t fault; /* seq of the fault record: causes what differs */
};

struct net_sent {
	const char *src, *dst; /* names; DST is NULL where no host has the
				* address */
	struct str bytes;
	const struct trace_message *message; /* may be NULL */
	uint64_t seq;         /* of the send record, just written */
	const char *dst_addr; /* with its port */
};

/* Called for every message, right after its send record, which is the present
 * cause.  It may send, and is then called for that message as well. */
typedef void
net_tamper_fn(const struct net_sent *sent, struct net_verdict *v, void *arg);
void net_set_tamper(struct net *n, net_tamper_fn *fn, void *arg);

#endif
