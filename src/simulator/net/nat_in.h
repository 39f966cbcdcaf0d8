/*
 * What the files of a translator share: net/nat.c has the table, net/nat_pass.c
 * what becomes of packets.
 */
#ifndef NET_NAT_IN_H
#define NET_NAT_IN_H

#include "net/nat.h"
#include "net/net_in.h"

/* Bindings that live as long without packets, the next to run out first. */
struct net_nat_queue {
	struct net_nat *nat;
	struct list bindings;
	sim_event event; /* at `due`, not after the first runs out */
	int64_t due;
};

enum { NAT_LIVES_UDP, NAT_LIVES_OPENING, NAT_LIVES_TCP, NAT_LIVES };

#define NAT_TOLD 8

/* From whom to whom packets without records were lost. */
struct net_nat_flow {
	enum net_nat_refusal why;
	struct addr src, dst;
};

struct net_nat {
	struct net_host *host;
	struct addr outer;
	size_t outer_face; /* as in struct net_way */
	struct net_nat_config config;
	const struct net_nat_ops *ops;
	void *arg;
	struct map *by_inner; /* and remote, as the mapping depends on it */
	struct map *by_outer; /* also ended bindings */
	struct map *admitted; /* of a binding's number and a remote end */
	size_t count;
	uint64_t numbers;
	uint16_t next[2]; /* where the search for a port begins; of TCP */
	struct rng draws;
	struct net_nat_queue queues[NAT_LIVES];
	struct net_nat_flow told[NAT_TOLD]; /* the last of them, round about */
	size_t ntold;
};

/* The same, made where there is none; NULL: full. */
struct net_nat_binding *net_nat_bind(struct net_nat *nat, bool tcp,
    const struct addr *inner, const struct addr *remote);
/* The one that has the outer PORT, or had it (`over`). */
struct net_nat_binding *
net_nat_at(const struct net_nat *nat, bool tcp, uint16_t port);
/* B has sent to REMOTE, which its filter admits from now on. */
void net_nat_admit(struct net_nat_binding *b, const struct addr *remote);
/* Something from REMOTE has come in through B: so goes what answers it. */
void net_nat_let_in(struct net_nat_binding *b, const struct addr *remote);
/* A packet goes through B: its state is STATE now, and its time begins again
 * where the packet refreshes it. */
void net_nat_use(
    struct net_nat_binding *b, enum net_nat_state state, bool refreshes);

#endif
