/*
 * A small simulated network for tests: the trace is collected in a buffer and
 * looked at line by line.  Host number i (from 1) has 192.0.2.i, or 2001:db8::i
 * in a world of IPv6, and a socket on port 5060 that counts what arrives.
 */
#ifndef NET_WORLD_H
#define NET_WORLD_H

#include "base/err.h"
#include "base/mem.h"
#include "fixtures/check.h"
#include "net/net_in.h"
#include "text/json.h"

#include <string.h>

#define WORLD_HOSTS 32

struct world {
	struct buf trace;
	struct trace_writer *writer;
	struct sim *sim;
	struct net *net;
	bool v6;
	struct net_host *hosts[WORLD_HOSTS];
	struct net_sock *socks[WORLD_HOSTS];
	size_t nhosts;
	unsigned received;
	struct buf last; /* bytes of the last datagram */
	struct net_datagram got;
	uint64_t cause; /* in force while it was delivered */
};

void world_recv(const struct net_datagram *d, void *arg);

/* 0 or an error code; world_close works either way. */
int world_open(struct world *w, uint64_t seed, enum trace_detail detail);
void world_close(struct world *w);

/* The address to which S is open. */
struct addr world_sock_addr(const struct net_sock *s);
struct addr world_addr(const struct world *w, size_t host);

/* NAMES are words; a '*' behind one makes it a router. */
int world_hosts(struct world *w, const char *names);

/* PAIRS as in "a-b b-c", each link with PARAMS (NULL: the defaults). */
int world_links(
    struct world *w, const char *pairs, const struct net_link_params *params);
size_t world_index(const struct world *w, const char *name);
uint64_t
world_send(struct world *w, const char *from, const char *to, struct str bytes);
enum sim_result world_run(struct world *w, int64_t until_ns);

/* The N-th line (from 0) that holds all of A, B (may be NULL); else empty. */
struct str
world_line(const struct world *w, size_t n, const char *a, const char *b);
size_t world_count(const struct world *w, const char *a, const char *b);

/* The number KEY of a line, -1 where there is none. */
int64_t world_int(struct str line, const char *key);

/* Whether the line's KEY is the string TEXT. */
bool world_is(struct str line, const char *key, const char *text);

#define KIND(name) "\"kind\":\"" name "\""

void world_make(struct world *w, const char *hosts, const char *links);

/* The last line of kind drop. */
struct str world_last_drop(const struct world *w);

/* Bytes 0, 1, 2 … of any length. */
struct str world_text(size_t n);
void world_mtu(struct world *w, const char *a, const char *b, uint32_t mtu);

#endif
