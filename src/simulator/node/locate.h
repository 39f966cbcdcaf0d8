/*
 * Where a request goes: a URI's address, port and transport (RFC 3263 4).  A
 * locator answers at once, as the table of domains does (node/world.h), or
 * later, if it has to ask for the answer itself. The sender continues in the
 * function that gets the answer.
 *
 * There may be several places, in the order in which they are to be tried: the
 * first is reported, and a sender that fails there asks for the next one
 * (4.3).  A sender with other ways than the URI, as a user agent with several
 * outbound proxies, adds them: a way is a Route. The places of the first way
 * follow those of the URI, and so on. A way is looked up when its turn comes.
 */
#ifndef NODE_LOCATE_H
#define NODE_LOCATE_H

#include "base/addr.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct node;
struct node_question;
struct node_race;
struct sip_search_ops;

/* ERR 0: DST is where the request goes, with q->route as its first Route, where
 * that is not NULL.  ERR_NOTFOUND: no address is known. */
typedef void node_located_fn(int err, const struct addr *dst, void *arg);

/* A place that is not tried yet: an address; or a host with a port and a
 * transport, or a way, of which the addresses are not known yet. */
struct node_place {
	struct addr addr; /* of a host its port and transport alone */
	char *host;       /* its name; NULL: it is none */
	char *route;      /* of a way, a Route value; NULL: it is none */
};

/* A question, a member of the asker's struct; zero before. */
struct node_question {
	struct node *node;
	node_located_fn *fn;
	void *arg;
	uint8_t wanted; /* the transport that its asker would like … */
	uint8_t liked;  /* … and gets, where the URI leaves it open */
	bool open;      /* it is not answered yet */
	bool chosen;    /* the locator has chosen the transport, as the domain
			   says; else the one that is liked is taken where the
			   URI leaves it open */
	bool asking;    /* the locator is asked for the first time */
	bool rested;    /* a server before the one that is told has asked to
			   be left alone (node/locate.h) */
	void *locator;  /* what the locator knows of it */
	struct node_race *race; /* connections are tried for it */
	uint64_t same; /* not 0: draws that choose among servers are made of
			  this, so that they come out alike again (4.4) */
	char *sought;  /* the host of the URI, for which the server found later
			* has to have a certificate (RFC 5922 7.3), or NULL */
	char *route;   /* of the way that was asked for last, or NULL … */
	size_t ways;   /* … and how many have been */
	/* In order, tried up to `next`; the locator appends places at `end`,
	 * behind other ones that the same way leads to. */
	struct node_place *places;
	size_t nplaces, places_cap, next, end;
};

struct node_locator {
	/* 0 with DST filled in, the first of them, and the others given by
	 * node_locate_add; ERR_NOTFOUND; ERR_STOPPED: the answer comes later,
	 * by node_locate_answer(Q, …).  URI is borrowed for the call. */
	int (*ask)(struct node_question *q, struct str uri, struct addr *dst);
	/* Q is taken back: it must not be answered. */
	void (*forget)(struct node_question *q);
	/* The same as `ask` of HOST, which node_locate_add_host has given, with
	 * DST's port and transport.  NULL: there are never such. */
	int (*find_host)(
	    struct node_question *q, const char *host, struct addr *dst);
	/* RFC 3261 8.1.3.1, RFC 2308: nothing is known for Q, of which `ask`
	 * knew at once.  ERR_STOPPED: that is told as late as an answer would
	 * be, by node_locate_answer, since what a cache has changes when, not
	 * what becomes of it; ERR_NOTFOUND: now.  NULL: always now. */
	int (*tell_late)(struct node_question *q);
};

/* Asks in N's name where URI leads; FN is called once, before this returns or
 * later.  LIKED: the transport where URI names none (RFC 3263 4.1),
 * ADDR_DEFAULT for the other side's preference.  Until the answer is there the
 * run does not end.  Q keeps its earlier ways: the one asked for last, and the
 * untried ones. */
void node_locate(struct node *n, struct str uri, enum addr_transport liked,
    node_located_fn *fn, void *arg, struct node_question *q);
/* For locators: answers Q, which `ask` has left open. */
void
node_locate_answer(struct node_question *q, int err, const struct addr *dst);
/* For node/race.c: DST is reached, or no address that was tried is (the first
 * of them is DST). */
void node_locate_raced(
    struct node_question *q, bool reached, const struct addr *dst);
/* For locators, before they answer Q: appends one more answer.  0 or
 * ERR_NOMEM. */
int node_locate_add(struct node_question *q, const struct addr *dst);
/* The same of HOST, with BY's port and transport, whose addresses are asked for
 * when its turn comes; a host without any is passed over.  Port 0: of a
 * service, whose servers are asked for then. */
int node_locate_add_host(
    struct node_question *q, struct str host, const struct addr *by);
/* ROUTE, a Route value, is appended to Q's ways: Q is not asked yet.  0 or
 * ERR_NOMEM. */
int node_locate_add_way(struct node_question *q, struct str route);
/* RFC 3263 4.3: a request fails at a place where STATUS, of a response that has
 * come (RECEIVED) or of what counts as one (RFC 3261 8.1.3.1), is 503, or 408
 * without any response, ANSWERED is a provisional one.  A 408 that was received
 * is an answer. */
bool node_place_fails(unsigned status, bool received, bool answered);
/* DST is where something goes by BY instead: at BY's port, unless DST has
 * another than its own transport has where none is said (4.2). */
void node_place_by(struct addr *dst, enum addr_transport by);
/* The place told last has failed: Q's function is notified of the next one,
 * before this returns or later.  False where there is none. */
bool node_locate_next(struct node_question *q);
bool node_locate_has_next(const struct node_question *q);
/* The place told last is not the first. */
bool node_locate_has_moved(const struct node_question *q);
/* Takes Q back where it is open, and forgets all that it knows. */
void node_locate_stop(struct node_question *q);

/* For the node's stack: responses that go where a name says (RFC 3263 5). */
extern const struct sip_search_ops node_search_ops;

/* The locator of a new world: its table of domains, at once. */
extern const struct node_locator node_directory;
/* The same in a world with name servers: by RFC 3263, with what they say
 * (node/locate_dns.c); a host that has none of them to ask has the table. */
extern const struct node_locator node_dns;

struct msg;

/* ---- Servers that have asked for rest: RFC 3261 21.5.4, RFC 3263 4.3 ---- */

/* RFC 3261 20.33: "120 (in a meeting);duration=60", the seconds of M's
 * Retry-After; false: it has none. */
bool node_retry_after(const struct msg *m, uint32_t *seconds);
/*
 * M, a response, has come to N from SERVER: notes how long that is to be left
 * alone.  A 503 with Retry-After wants no other request for so long; if a URI
 * leads to several servers, the next one has its turn meanwhile.  A crash
 * clears the list.  Without memory N fails (node_fail_memory).
 */
void node_rest(struct node *n, const struct addr *server, const struct msg *m);

#endif
