/*
 * The resolver of a host (RFC 1034 5.3, RFC 1035 7): it asks name servers over
 * the simulated network, and keeps what they say as long as they say.  Each
 * name with a type that was asked for is a machine `name`, from its question to
 * the end of its TTL.
 *
 * A host asks the servers that its attribute `dns` names, else those of its
 * domain, else all that there are, and wants recursion of them.  A name server
 * that resolves for others (recursion) asks the domain's own server, or begins
 * at its `hints`, and wants none.
 *
 * The resolver's memory is of one life of its node: a crash forgets it.
 */
#ifndef NODE_RESOLVER_H
#define NODE_RESOLVER_H

#include "base/list.h"
#include "dns/dns_message.h"

struct node;
struct resolver;
struct rng;

/* Of what one host keeps at most; the oldest goes first. */
#define RESOLVER_NAMES 4096
/* Servers of one zone that are asked, and how often each. */
#define RESOLVER_SERVERS 8
#define RESOLVER_ROUNDS  3
/* Referrals and aliases from one question on. */
#define RESOLVER_STEPS 16

struct resolver_answer {
	const struct dns_record *records; /* of the type asked for, or the SOA
					     by which there are none; borrowed
					     until the next question */
	size_t n;
	enum dns_rcode rcode; /* NOERROR and absent: no data */
	bool absent;          /* there are none */
	bool silent;   /* no server has answered, or there is none to ask */
	uint32_t left; /* of their TTL: seconds, begun ones too */
};

/* There is an answer now: waiters ask for it again. */
typedef void resolver_fn(void *arg);

/* A waiting question, a member of the asker's struct. */
struct resolver_wait {
	struct list link;
	resolver_fn *fn;
	void *arg;
	/* When it began: no name is asked for twice that was answered since
	 * then, whatever its TTL, or went unanswered. */
	int64_t began_ns;
};
/* W, of which nothing is read, begins now. */
void resolver_begin(
    struct node *n, struct resolver_wait *w, resolver_fn *fn, void *arg);

/* How near N's domain is to NAME, which is of it: its labels and one more; 1: N
 * has none; 0: NAME is of another. */
unsigned resolver_nearness(const struct node *n, const struct dns_name *name);
/* N has servers to ask. */
bool resolver_has_servers(struct node *n);
/*
 * What NAME has of TYPE: 0 with A; ERR_STOPPED: it is being asked for, and
 * W->fn(W->arg) is called once there is an answer, or none will come, unless W
 * is taken back by resolver_forget; ERR_NOMEM.
 */
int resolver_get(struct node *n, const struct dns_name *name, unsigned type,
    struct resolver_wait *w, struct resolver_answer *a);
void resolver_forget(struct resolver_wait *w);
/* The stream from which N draws among servers of one priority; N has servers to
 * ask. */
struct rng *resolver_draws(struct node *n);
/* Waiters are not told.  NULL is fine. */
void resolver_destroy(struct resolver *r);

#endif
