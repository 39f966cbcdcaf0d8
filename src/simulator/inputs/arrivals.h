/*
 * Arrivals: input to a run's nodes from outside of it: bytes at a virtual time,
 * to a node, from an address, over UDP or a connection; so an input of the run,
 * as acts are.  The same list gives the same trace.
 *
 * They are kept in files (inputs/arrivals_file.h).  A list may be shared: who
 * adds to one that others have gets a copy first.
 */
#ifndef INPUTS_ARRIVALS_H
#define INPUTS_ARRIVALS_H

#include "base/addr.h"
#include "base/connection_end.h"

#define ARRIVALS_MAX       1000000       /* of one run */
#define ARRIVALS_BYTES_MAX (256u << 20)  /* that they all have */
#define ARRIVAL_BYTES_MAX  ADDR_UDP_MOST /* of one */

/* X(ID, the verb of its act): what arrives. */
#define ARRIVALS(X)                                                  \
	X(BYTES, "arrive") /* a datagram, or bytes of a connection,  \
			      which the first of them open */        \
	X(CLOSE, "close")  /* the connection is closed from there */ \
	X(RESET, "reset")  /* … is broken off */                   \
	X(ANSWER, "say")   /* what the node's program, which is a    \
			      process of its own, has answered: it   \
			      is there when the node asks */

enum arrival_what {
#define X(id, verb) ARRIVAL_##id,
	ARRIVALS(X)
#undef X
	    ARRIVAL_COUNT
};
const char *arrival_verb(unsigned what); /* NULL behind the last */

struct arrival {
	int64_t t_ns;
	enum arrival_what what;
	struct addr from; /* with port and transport */
	uint16_t port;    /* of the node; 0: the one it listens on */
	const char *node;
	const char *face; /* of the node, by name; "": its only one */
	struct str bytes;
	enum connection_end why; /* of the end of a connection */
	uint64_t asked;          /* of an answer: str_hash of the question */
};

/* By time, equal ones as they were added; made by arrivals_add. */
struct arrivals {
	struct arrival *list; /* their texts are owned as well */
	size_t n, cap;
	uint64_t bytes;
};

/* Copies A behind all that are not later; *LIST may be NULL.  0, ERR_NOMEM, or
 * ERR_LIMIT. */
int arrivals_add(struct arrivals **list, const struct arrival *a);
struct arrivals *arrivals_share(struct arrivals *list);
void arrivals_drop(struct arrivals *list);

/* What a run with an outside takes from there. */
struct inputs_outside {
	bool there; /* the run has an outside at all */
	/* A run that would end before, as all is quiet, goes on up to here. */
	int64_t open_ns;
	bool stops; /* and ends there */
	bool asks;  /* a program of a node is a process of its own */
	struct arrivals *arrivals;
};

#endif
