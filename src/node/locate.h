/*
 * Where a request goes: a URI's address, port and transport (RFC 3263 4).  A
 * locator answers at once, as the table of domains does (node/world.h), or
 * later, where it has to ask for the answer itself; the sender goes on in the
 * function that gets the answer.  There may be several, in the order in which
 * they are to be tried: the first is told, who fails there asks for the next
 * one (4.3).
 */
#ifndef NODE_LOCATE_H
#define NODE_LOCATE_H

#include "base/addr.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct node;
struct node_question;

/* ERR 0: DST is where the request goes.  ERR_NOTFOUND: no address is known. */
typedef void node_located_fn(int err, const struct addr *dst, void *arg);

/* A question, in the struct of whoever asks; zero before. */
struct node_question {
	struct node *node;
	node_located_fn *fn;
	void *arg;
	uint8_t liked; /* the transport, where the URI leaves it open */
	bool open;     /* it is not answered yet */
	void *locator; /* what the locator knows of it */
	/* The answers behind the first, which are not tried yet; owned. */
	struct addr *more;
	size_t nmore, more_cap, next;
};

struct node_locator {
	/* 0 with DST filled in, the first of them, and the others given by
	 * node_locate_add; ERR_NOTFOUND; ERR_STOPPED: the answer comes later,
	 * by node_locate_answer(Q, …).  URI is borrowed for the call. */
	int (*ask)(struct node_question *q, struct str uri, struct addr *dst);
	/* Q is taken back: it must not be answered. */
	void (*forget)(struct node_question *q);
};

/* Asks in N's name where URI leads; FN is called once, before this returns or
 * later.  LIKED: the transport where URI names none (RFC 3263 4.1), ADDR_UDP
 * for whatever the other side prefers.  Until the answer is there the run does
 * not end. */
void node_locate(struct node *n, struct str uri, enum addr_transport liked,
    node_located_fn *fn, void *arg, struct node_question *q);
/* For locators: answers Q, which `ask` has left open. */
void
node_locate_answer(struct node_question *q, int err, const struct addr *dst);
/* For locators, before they answer Q: one more answer, behind those that there
 * are.  0 or ERR_NOMEM. */
int node_locate_add(struct node_question *q, const struct addr *dst);
/* RFC 3263 4.3: nothing came back from the answer told last (Timer B or F, an
 * error of the transport), or a 503 did: the next one, into *DST.  False where
 * there is none. */
bool node_locate_next(struct node_question *q, struct addr *dst);
bool node_locate_has_next(const struct node_question *q);
/* Takes Q back where it is open, and forgets its answers. */
void node_locate_stop(struct node_question *q);

/* The locator of a new world: its table of domains, at once. */
extern const struct node_locator node_directory;

#endif
