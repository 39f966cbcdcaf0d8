/*
 * Translation of addresses and ports (NAT): RFC 4787 for UDP, RFC 5382 for
 * TCP. A host that translates has one external address; the links of that
 * address are its external side, all others its internal side. A packet from
 * the internal to the external side leaves with the external address and a
 * port of its own: the mapping. A packet to that port is forwarded to the
 * internal address if the filter allows it.
 *
 *	from inside, for outside          source translated; a binding is made
 *	from inside, for the outer address  both translated, where it hairpins
 *	from outside, for the outer address  destination translated; without a
 *	                                  binding it is the host's own, where
 *	                                  something listens there, else lost
 *	from outside, for an inner host   lost: no route leads to a private
 *	                                  address.  (The first router without
 *	                                  such a route would lose it; here it
 *	                                  comes as far as the translator.)
 *	from inside, for inside; of another family than the outer address
 *	                                  passed on as by any router
 *
 * Answers to what has come in through a binding leave through it, whatever the
 * mapping depends on.
 *
 * A filter admits those to whom the binding has sent, as long as it lives: its
 * entries have no timers of their own.  Fragments (RFC 4787 11) are kept until
 * the datagram is whole, in whatever order they come, and it goes on in as
 * many pieces as the next link asks for, as Linux does it.
 *
 * No two bindings of a protocol share a port (RFC 4787 REQ-3).  A binding's
 * timer is set anew only when that moves it by at least NET_NAT_GRAIN, or an
 * eighth of its time where that is less, as on real hosts, which saves work
 * and records; so a binding may run out so much earlier than its time after
 * the last packet.
 *
 * This file knows nothing of records and of SIP: who translates gives it
 * functions (struct net_nat_ops).
 */
#ifndef NET_NAT_H
#define NET_NAT_H

#include "base/list.h"
#include "net/net.h"

#define NET_NAT_GRAIN SIM_S

struct net_nat;

/* Of what of the other side a binding, or a filter, depends (RFC 4787 4.1, 5).
 */
enum net_nat_rule {
	NET_NAT_ENDPOINT,     /* of nothing: endpoint-independent */
	NET_NAT_ADDRESS,      /* address-dependent */
	NET_NAT_ADDRESS_PORT, /* address- and port-dependent */
};

/* Which port a binding gets (RFC 4787 4.2). */
enum net_nat_ports {
	NET_NAT_PRESERVE,   /* the inner one where it is free, else as PARITY */
	NET_NAT_PARITY,     /* the next free one that is even or odd as that */
	NET_NAT_SEQUENTIAL, /* the next free one */
	NET_NAT_RANDOM,
};

enum net_nat_state {
	NET_NAT_OPEN,        /* UDP */
	NET_NAT_OPENING,     /* TCP: nothing has come back yet */
	NET_NAT_ESTABLISHED, /* TCP */
	NET_NAT_CLOSING,     /* TCP: both FINs, or a RST, have passed */
	NET_NAT_STATES
};

struct net_nat_binding {
	struct net_nat *nat;
	struct addr inner, outer;
	struct addr remote; /* as far as the mapping depends on it, else zero */
	bool tcp;
	enum net_nat_state state;
	int64_t due;     /* when it runs out */
	uint64_t number; /* 1, 2, 3 … of those of this translator */
	uint64_t record; /* that made it; of one that is over, that ended it */
	bool over;       /* kept to tell why its port is closed */
	void *user;      /* of the functions below */
	/* the translator's own: */
	struct list by_due;
	bool fin_in, fin_out;
	struct list peers;
	char key_in[4], key_out[40];
};

/* The events of a binding that its user learns of. */
enum net_nat_told {
	NET_NAT_MADE,
	NET_NAT_STEPPED,   /* it has another state */
	NET_NAT_REFRESHED, /* its timer is set anew, to `due` */
	NET_NAT_EXPIRED,
	NET_NAT_FORGOTTEN,
};

/* Why a packet is lost. */
enum net_nat_refusal {
	NET_NAT_UNBOUND,  /* no binding has that port */
	NET_NAT_FILTERED, /* it has sent nothing there */
	NET_NAT_FULL,     /* no room for a binding, or no port */
	NET_NAT_PRIVATE,  /* to an inner address from outside */
	NET_NAT_NO_HAIRPIN,
};

struct net_nat_lost {
	enum net_nat_refusal why;
	bool tcp;
	uint64_t send; /* of the message that it carries; 0: of none */
	const struct addr *src, *dst;
	const struct net_nat_binding *binding; /* the one that there is, or that
						  there was; NULL: none */
};

struct net_nat_ops {
	/* Reports the event WHAT of B; the present cause is the packet, or
	 * unchanged for a timer.  The record written becomes B->record where it
	 * made or ended B. */
	void (*told)(
	    struct net_nat_binding *b, enum net_nat_told what, void *arg);
	/* The record of a packet that is lost: what causes its drop. */
	uint64_t (*lost)(const struct net_nat_lost *l, void *arg);
	/* Changes D, a UDP datagram that B has translated, OUTWARD or inward:
	 * its bytes then are OUT.  The record that says so; 0: they stay.  May
	 * be NULL. */
	uint64_t (*rewrite)(const struct net_nat_binding *b, bool outward,
	    const struct net_datagram *d, struct buf *out, void *arg);
	/* B is freed: USER is no longer referred to. */
	void (*freed)(struct net_nat_binding *b, void *arg);
};

struct net_nat_config {
	enum net_nat_rule mapping, filtering;
	enum net_nat_ports ports;
	bool hairpin;
	bool refresh_in;    /* packets from outside refresh, too (REQ-6) */
	int64_t udp_ns;     /* how long a binding lives without packets */
	int64_t tcp_ns;     /* … of an established connection */
	int64_t opening_ns; /* … of one that opens or closes */
	size_t most;        /* bindings at one time */
};

/* H translates, and forwards, from now on; OUTER is one of its addresses.
 * CONFIG is copied.  0, ERR_NOMEM or ERR_EXISTS. */
int net_nat_create(struct net_nat **nat, struct net_host *h,
    const struct addr *outer, const struct net_nat_config *config,
    const struct net_nat_ops *ops, void *arg);
/* H goes on forwarding.  Nothing is told of the bindings but that they are
 * freed.  NULL is fine. */
void net_nat_destroy(struct net_nat *nat);
/* For bindings made and refreshed from now on. */
void
net_nat_configure(struct net_nat *nat, const struct net_nat_config *config);
/* All bindings end, as after a restart; how many there were. */
size_t net_nat_forget(struct net_nat *nat);
/* The same, and from now on OUTER is the outer address, in place of the one
 * that the host had (net_host_change_addr). */
void net_nat_move(struct net_nat *nat, const struct addr *outer);
const struct addr *net_nat_outer(const struct net_nat *nat);
size_t net_nat_count(const struct net_nat *nat);
/* Tells whether the filter of B admits REMOTE. */
bool net_nat_admits(const struct net_nat_binding *b, const struct addr *remote);

#endif
