/* Shared by the files of the resolver: resolver.c keeps names, resolver_ask.c
 * asks servers, resolver_read.c reads what they say. */
#ifndef NODE_RESOLVER_IN_H
#define NODE_RESOLVER_IN_H

#include "machine/machine.h"
#include "net/tcp.h"
#include "node/node.h"
#include "node/resolver.h"
#include "sim/rng.h"

/* The servers of a zone: what they say of names outside it is not believed. */
struct resolver_zone {
	struct dns_name apex;
	struct addr servers[RESOLVER_SERVERS];
	size_t n;
};

/* A question that is out. */
struct resolver_query {
	struct resolver_zone zone;
	struct dns_name asked; /* the name, or whatever it is an alias of */
	size_t at;      /* of the zone's servers, the one that is asked */
	unsigned sends; /* since these servers are asked */
	unsigned steps; /* referrals and aliases so far */
	uint32_t ttl;   /* the least of the aliases' */
	uint16_t id;
	bool plain;            /* without EDNS */
	uint64_t first;        /* seq of the first send of these bytes, or 0 */
	struct net_conn *conn; /* by TCP; NULL: by UDP */
	sim_event retry;
};

/* A name with a type: asked for, or known. */
struct resolver_name {
	struct list link; /* in resolver->names, oldest first */
	struct resolver *of;
	struct dns_name name; /* in small letters */
	uint16_t type;
	char *key; /* both, in by_key */
	char *id;  /* "SRV _sip._udp.example.com", in the trace */
	struct machine_run machine;
	struct resolver_query *query; /* while it is asked for */
	struct dns_record *records;   /* the cached records, their bytes in
				       * BYTES */
	size_t n;
	struct buf bytes;
	enum dns_rcode rcode;
	bool absent;
	/* When the answer came or the servers were given up (-1: never), and
	 * until when that is cached. */
	int64_t answered_ns, due_ns;
	sim_event expiry;
	struct list waiters;
};

struct resolver {
	struct node *node;
	struct map *by_key; /* name and type → struct resolver_name * */
	struct map *denied; /* name that is not there → the one that said so */
	struct list names;
	size_t n;
	struct net_sock *sock;   /* NULL: nothing was asked by UDP */
	struct rng ids, servers; /* of questions; among servers */
};

/* ---- resolver.c ---- */

/* What NAME has of TYPE, made where nothing is known of it; NULL: no memory. */
struct resolver_name *
resolver_entry(struct resolver *r, const struct dns_name *name, unsigned type);
/* It is in a state in which it can be answered from. */
bool resolver_knows(const struct resolver_name *e);
void
resolver_step(struct resolver_name *e, enum event_id event, enum rule_id why);
/* E's question is over by EVENT: with RECORDS, N of them, or, by EVENT_NO_DATA,
 * without any (RCODE): then they are the SOA.  Cached for TTL seconds; waiters
 * are told. */
void resolver_keep(struct resolver_name *e, enum event_id event,
    const struct dns_record *const *records, size_t n, enum dns_rcode rcode,
    uint32_t ttl, enum rule_id why);
/* The next result cached for E is that its name does not exist, whatever the
 * type.
 */
void resolver_deny(struct resolver_name *e);
/* E's servers have not answered: its waiters are told so. */
void resolver_give_up(struct resolver_name *e);

/* ---- resolver_ask.c ---- */

/* The servers that R's node begins with for NAME. */
void resolver_find_servers(struct resolver *r, const struct dns_name *name,
    struct resolver_zone *zone);
/* E is asked for. */
void resolver_ask(struct resolver_name *e, enum rule_id why);
/* Its question goes to the next server by EVENT; given up where each was asked
 * often enough. */
void resolver_ask_next(
    struct resolver_name *e, enum event_id event, enum rule_id why);
/* The same server is asked once more: by TCP, or without EDNS. */
void resolver_ask_by_tcp(struct resolver_name *e);
void resolver_ask_plain(struct resolver_name *e);
/* The servers of ZONE are asked for NAME from now on. */
void resolver_ask_others(struct resolver_name *e, enum event_id event,
    const struct resolver_zone *zone, const struct dns_name *name);
/* Frees what belongs to the question; NULL query is fine. */
void resolver_end_query(struct resolver_name *e);

/* ---- resolver_read.c ---- */

/* BYTES have come from SRC, by the connection of E, or by UDP (E NULL). */
void resolver_take(struct resolver *r, struct resolver_name *e,
    const struct addr *src, struct str bytes);

#endif
