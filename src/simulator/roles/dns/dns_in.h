/* Shared by the files of the name server. */
#ifndef ROLES_DNS_DNS_IN_H
#define ROLES_DNS_DNS_IN_H

#include "dns/zone.h"
#include "net/tcp.h"
#include "node/resolver.h"
#include "node/world.h"

struct dns {
	struct node *node;
	struct net_sock *sock;
	struct net_listener *listener;
	struct list streams;   /* of struct dns_stream */
	struct list questions; /* of struct dns_question: not yet answered */
	struct map *zones; /* struct dns_zone, by the apex in small letters */
	unsigned turn;     /* of rotated answers */
};

/* A client's connection (RFC 7766). */
struct dns_stream {
	struct list link;
	struct dns *dns;
	struct net_conn *conn;
};

/* A question that waits for its time, or for other servers' answers. */
struct dns_question {
	struct list link;
	struct dns *dns;
	struct addr from;
	struct dns_stream *stream; /* NULL: it came by UDP */
	struct dns_message m;
	uint64_t recv; /* its record: the answer's cause */
	sim_event timer;
	struct resolver_wait wait;
	bool waits; /* for the resolver */
};

/* ---- dns_zones.c ---- */

/* Makes the zones of S's files, else those of the topology: of two with one
 * apex the first counts.  0, or an error of dns_zone_read. */
int dns_make_zones(struct dns *s);
void dns_free_zones(struct dns *s);
/* The zone nearest to NAME, or NULL. */
struct dns_zone *dns_zone_for(const struct dns *s, const struct dns_name *name);

/* ---- dns_answer.c ---- */

/* What S says to Q, a question, into A, which is otherwise empty and borrows
 * from both; which rule has decided.  ERR_STOPPED: others are being asked, and
 * Q->wait is called.  0 or ERR_NOMEM. */
int
dns_decide(struct dns_question *q, struct dns_message *a, enum rule_id *why);
/* A as bytes for Q, whose way bounds them: *WHY is another where it has to be
 * cut off.  0 or ERR_NOMEM. */
int dns_fit(const struct dns_question *q, struct dns_message *a,
    struct buf *out, enum rule_id *why);
/* S does WORD, of the attribute `reply`. */
bool dns_replies(const struct dns *s, const char *word);

#endif
