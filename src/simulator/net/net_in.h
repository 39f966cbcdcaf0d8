/*
 * Declarations shared by the network's files alone.
 *
 * A datagram is what IP carries for a protocol above it: a UDP datagram with
 * one message, or a TCP segment; its bytes, once, whatever pieces and copies of
 * it travel.  A packet is one IP packet: a slice of a datagram's IP payload
 * (the protocol's header, then the bytes) on its way over one link.  Each
 * packet counts on its datagram.  What the protocols do differently is in a
 * table, struct net_proto.
 *
 * Both come from pools that the network keeps; both are in a chain of all
 * that were ever made, so that net_destroy finds those still in flight.
 */
#ifndef NET_NET_IN_H
#define NET_NET_IN_H

#include "base/list.h"
#include "base/map.h"
#include "net/net.h"
#include "sim/rng.h"

#define NET_IPV4_HEADER   20    /* RFC 791 3.1, without options */
#define NET_IPV6_HEADER   40    /* RFC 8200 3 */
#define NET_IPV6_FRAGMENT 8     /* RFC 8200 4.5 */
#define NET_UDP_HEADER    8     /* RFC 768 */
#define NET_TCP_HEADER    20    /* RFC 9293 3.1, without options */
#define NET_MTU_MIN       68    /* RFC 791 3.2 */
#define NET_MTU_OWN       65535 /* of a host to itself */
#define NET_PORT_FIRST    49152 /* RFC 6335 6: dynamic ports */
#define NET_COPIES_MAX    1000  /* that one verdict may ask for */
/* How long a receiver keeps pieces: RFC 791 says at least 15 s, RFC 8200 60 s,
 * Linux 30 s for IPv4. */
#define NET_REASSEMBLY_NS (30 * SIM_S)

/* One direction of a link. */
struct net_way {
	struct net_link *link;
	struct net_host *from, *to;
	struct net_way *back;
	char *name;  /* "a>b" */
	size_t face; /* FROM's address here, from 1 on; 0: any of them */
	struct rng loss, duplicate, jitter;
	int64_t free_ns;  /* when all that was accepted has been sent */
	int64_t *waiting; /* a ring: when each packet's turn comes */
	uint32_t first, nwaiting, cap;
};

struct net_link {
	struct net *net;
	size_t index; /* order of declaration */
	struct net_link_params params;
	bool up;
	uint64_t downs; /* how often it went down */
	struct net_way ways[2];
};

struct net_host {
	struct net *net;
	char *name;
	size_t index;
	bool forwards, up;
	struct addr *addrs;
	size_t naddrs;
	struct addr named; /* of which NAMED_TEXT is the text */
	char named_text[ADDR_TEXT];
	struct net_way **ways; /* out of here, in order of the links */
	size_t nways;
	struct net_port *socks; /* by port; of one port, as opened */
	size_t nsocks;
	net_recv_fn *rest; /* of other ports; NULL: none */
	void *rest_arg;
	struct list listeners;
	struct list conns;
	struct net_nat *nat; /* NULL: it translates no addresses */
	unsigned nats;       /* how many it has had: one a start */
	uint16_t tcp_port;   /* where the search for a free one goes on */
	/* The way to this host from every other, by index; see net.c. */
	struct net_way **routes;
	size_t nroutes;
	uint64_t routes_at; /* the net's `topology` they were built for */
};

/* Where packets that a socket sends to DST go, as long as the net's `changes`
 * stay the same; 0: nowhere yet. */
struct net_path {
	uint64_t changes;
	struct addr src, dst;
	bool ok;             /* both are of one family */
	struct net_host *to; /* NULL: no host has DST */
	struct net_way *way; /* the first; NULL: none is needed, or there */
};

struct net_sock {
	struct net_host *host;
	struct addr local; /* its port; of any of HOST's addresses: len 0 */
	net_recv_fn *fn;
	void *arg;
	net_wants_fn *wants; /* NULL: the address is this socket's alone */
	void (*prefetch)(const void *arg, unsigned step); /* NULL: nothing */
	struct net_path path; /* of what it has sent folded */
};

/* A socket and its port, which stands here as well, so that who looks for one
 * touches no other. */
struct net_port {
	uint16_t port;
	struct net_sock *sock; /* owned */
};

/* How a piece of a datagram was lost. */
struct net_loss {
	enum trace_drop reason; /* TRACE_DROP_COUNT: none was */
	const struct net_host *host;
	const struct net_way *way;
	uint64_t packet; /* seq of its record, where such are written */
	uint64_t cause;
};

struct net_dgram;
struct net_packet;
struct net_nat;

/* A protocol above IP. */
struct net_proto {
	uint32_t header; /* bytes before those of the datagram */
	/* The last piece of its datagram is at the receiver; takes P. */
	void (*deliver)(struct net_packet *p);
	/* A piece of D was lost. */
	void (*lost)(struct net_dgram *d, const struct net_loss *loss);
	/* Nothing of D travels any more. */
	void (*gone)(struct net_dgram *d);
};
extern const struct net_proto net_udp, net_tcp;

/* What a TCP segment says beside its bytes; see tcp_in.h. */
struct net_segment {
	unsigned flags;
	uint64_t from_end, to_end;
	uint64_t seq, ack;
	uint64_t size; /* of the whole message that its bytes belong to */
};

struct net_dgram {
	struct net *net;
	const struct net_proto *proto;
	struct net_dgram *all, *free;
	struct net_host *from,
	    *to; /* TO is NULL where no host has the address */
	struct addr src, dst;
	struct net_way *way; /* out of FROM, where that is known; else NULL */
	char *bytes;
	size_t n, cap;
	size_t memory;    /* of the run: its bytes, and this */
	uint32_t refs;    /* packets, and who works on it; 0: in the pool, which
			     is why it is no `ref`: it is not freed */
	uint64_t *pieces; /* a bit for each 8 bytes that arrived */
	size_t npieces;   /* bits set */
	int64_t pieces_ns;                /* when the first of them came */
	const struct net_host *pieces_at; /* where they are */
	/* What a translator has made this of (net/nat_pass.c); it has a
	 * reference, and is told what becomes of this.  NULL: it was sent. */
	struct net_dgram *origin;
	/* For the records of its packets: */
	uint64_t send;     /* of the message that it carries; 0: of none */
	uint64_t off;      /* which byte of that is its first */
	uint64_t conn;     /* 0: no connection */
	const char *flags; /* NULL: none */
	bool changed;      /* bytes differ from the send record's */
	bool folded;       /* nothing that becomes of it is recorded */
	/* UDP */
	char src_text[ADDR_TEXT], dst_text[ADDR_TEXT];
	bool whole; /* one copy of it arrived in full */
	struct net_loss loss;
	/* TCP */
	struct net_segment seg;
};

struct net_packet {
	struct net_dgram *dgram; /* NULL in the pool */
	struct net_packet *all, *free;
	struct net_way *way; /* that it is on; NULL within one host */
	sim_event event;
	uint64_t cause;    /* its record, or the nearest written one */
	uint64_t record;   /* its record; 0 where none is written */
	uint64_t downs;    /* of the link when it set out */
	uint32_t off, len; /* of the IP payload */
	bool fragment;
	bool lost; /* will not be there at the other end */
};

struct net {
	struct sim *sim;
	struct net_host **hosts;
	size_t nhosts;
	struct net_host *outside; /* NULL: there is none */
	struct net_host *guest;   /* of net_host_add_guest; NULL: none */
	struct net_link **links;
	size_t nlinks;
	struct map *by_name, *by_addr;
	uint64_t topology; /* counts changes that move routes */
	uint64_t changes;  /* those, and changes of addresses */
	uint64_t ports;    /* count of sockets opened and closed */
	/* For building routes: */
	struct net_way **try_ways;
	struct net_host **queue;
	uint32_t *dist;
	size_t scratch; /* hosts that they have room for */
	struct net_dgram *dgrams, *free_dgrams;
	struct net_packet *packets, *free_packets;
	struct map *conn_by_addrs;
	struct map *conn_by_end; /* NULL: no host translates addresses */
	size_t nnats;            /* how many translators were made */
	uint64_t conns, ends;    /* how many there were: numbers for new ones */
	struct buf text;
	net_tamper_fn *tamper;
	void *tamper_arg;
	struct net_unreachable astray[8];
	size_t nastray;
	net_loss_fn *watch_losses; /* NULL: losses are not reported */
	void *losses_arg;
};

/* Packets of FROM for TO cross no link: it is the same host, or one is outside.
 */
static inline bool
net_is_direct(const struct net_host *from, const struct net_host *to)
{
	const struct net_host *outside = from->net->outside;

	return from == to ||
	       (outside != NULL && (from == outside || to == outside));
}

/* Routes may be others from now on. */
static inline void
net_change_routes(struct net *n)
{
	n->topology++;
	n->changes++;
}

/* The run stops: there is no memory. */
void net_fail(struct net *n);

bool net_host_has_addr(const struct net_host *h, const struct addr *a);

/* net_link.c */
void net_link_destroy(struct net_link *l);
/*
 * P, whose cause is set, goes onto W: its `packet` record is written and its
 * arrival scheduled, or it is lost.  EXTRA_NS is added to the delay.
 */
void net_way_pass(struct net_way *w, struct net_packet *p, int64_t extra_ns);

/* P goes between two hosts of which one is outside, without a link: its
 * `packet` record alone. */
void net_packet_write_direct(struct net_packet *p);

/* net.c: where a packet for TO leaves FROM; NULL where no path is. */
struct net_way *net_route(struct net_host *from, struct net_host *to);

/* message.c */
/* A message on its way, whatever carries it. */
struct net_passage {
	const struct net_host *from, *to; /* TO may be NULL */
	const char *src, *dst;            /* addresses */
	const char *transport;
};
/* `ip:port`, with its NUL. */
void net_addr_text(struct net *n, const struct addr *a, char text[ADDR_TEXT]);
/* The same for an address that is mostly the same: HOST's, which keeps it; HOST
 * may be NULL. */
void net_host_text(struct net *n, struct net_host *host, const struct addr *a,
    char text[ADDR_TEXT]);
/* H's address that a host at DST will see (net_host_facing), with PORT; where H
 * has none of that family, *OK is false and it is H's first. */
struct addr net_source_addr(
    struct net_host *h, const struct addr *dst, uint16_t port, bool *ok);
/*
 * Writes `send` and asks the tamperer for the verdict, which *V becomes; its
 * buffer is the caller's.  The `send`, whose seq is returned, is the present
 * cause then; *OLD what it was before.
 */
uint64_t net_message_send(struct net *n, const struct net_passage *way,
    struct str bytes, const struct trace_message *m, enum rule_id why,
    struct net_verdict *v, uint64_t *old);
/* The same question alone, of BYTES that were sent in record SEQ, 0: in none.
 */
void net_message_tamper(struct net *n, const struct net_passage *way,
    struct str bytes, const struct trace_message *m, uint64_t seq,
    struct net_verdict *v);
/* Writes `recv` of OF, a send record, with BYTES unless BYTES.p is NULL, and
 * makes it the present cause. */
uint64_t net_message_recv(struct net *n, const struct net_passage *way,
    uint64_t of, uint64_t cause, struct str bytes);

/* net_udp.c */
/* A datagram with a copy of BYTES and one reference; NULL: net_fail. */
struct net_dgram *
net_dgram_new(struct net *n, const struct net_proto *proto, struct str bytes);
/* Gives a reference back. */
void net_dgram_release(struct net_dgram *d);
void net_dgram_destroy(struct net_dgram *d);
/* The `drop` of D's message, or of a packet of its connection; the record, or
 * the nearest before it that is written. */
uint64_t net_dgram_drop(const struct net_dgram *d, const struct net_loss *l);
/* net_unreachable.c: what FROM sent to DST, an address of TO, was lost for
 * REASON; for net_unreachable. TO may be NULL. */
void net_note_unreachable(const struct net_host *from,
    const struct net_host *to, const struct addr *dst, enum trace_drop reason);

/* packet.c */
/* What arrivals of folded packets need is fetched beforehand. */
void net_packet_begin(struct net *n);
/* Sends one copy on its way. */
void net_packet_launch(struct net_dgram *d, uint64_t cause, int64_t extra_ns);
/* A twin of P on the same way, NULL: net_fail. */
struct net_packet *net_packet_twin(const struct net_packet *p);
/* P ends here for REASON; HOST, WAY where that happened, may be NULL. */
void net_packet_lose(struct net_packet *p, enum trace_drop reason,
    const struct net_host *host, const struct net_way *way);
/* Schedules what becomes of P at the other end. */
void net_packet_schedule(struct net_packet *p, int64_t t_ns);
/* Whether with P, which is at H, all of its datagram has come. */
bool net_packet_gather(const struct net_packet *p, const struct net_host *h);
/* P has done its part; back to the pool. */
void net_packet_free(struct net_packet *p);
void net_packet_destroy(struct net_packet *p);

/* nat_pass.c */
/* P, which has come over a link, is at a translator, which takes it; or says
 * that it shall go its way. */
bool net_nat_take(struct net_nat *nat, struct net_packet *p);
/* H, which has DST, or whom its bindings have behind that: whom something
 * that is sent there now is for. */
const struct net_host *
net_nat_behind(const struct net_host *h, bool tcp, const struct addr *dst);

/* net_udp.c, tcp.c */
/* Where a datagram to A arrives at H; NULL: nowhere. */
struct net_sock *net_udp_find(const struct net_host *h, const struct addr *a);
/* Something at H listens at A. */
bool net_host_listens(const struct net_host *h, bool tcp, const struct addr *a);
/* From now on an end of a connection is found by its number as well: where
 * addresses are translated the two do not know each other's.  0 or ERR_NOMEM.
 */
int net_tcp_know_ends(struct net *n);
/* The stream below a connection of BY, of enum addr_transport: itself, or plain
 * TCP where that is none over connections. */
uint8_t net_tcp_carries(uint8_t by);
void net_tcp_destroy_host(struct net_host *h);
/* A's address becomes TO's, its port stays. */
void net_addr_move(struct addr *a, const struct addr *to);
/* H's listeners at FROM listen at TO from now on. */
void net_tcp_move_listeners(
    struct net_host *h, const struct addr *from, const struct addr *to);

/* LOCAL, where something listens, is A; without an address (len 0) it is all
 * that have A's port. */
static inline bool
net_listens_at(const struct addr *local, const struct addr *a)
{
	return local->port == a->port &&
	       (local->len == 0 || addr_same_ip(local, a));
}

/* Nothing more can listen at B beside what listens at A. */
static inline bool
net_listens_alike(const struct addr *a, const struct addr *b)
{
	return net_listens_at(a, b) || net_listens_at(b, a);
}

#endif
