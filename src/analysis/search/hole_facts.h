/*
 * What is to be known of a broken run to say which hole of the protocol it fell
 * into: what the faults befell, as seen from where the invariant is broken, and
 * which messages never arrived because of them.
 */
#ifndef SEARCH_HOLE_FACTS_H
#define SEARCH_HOLE_FACTS_H

#include "search/attempt.h"
#include "search/judge.h"

/* What a fault has struck, as seen from where it is broken. */
enum hole_place {
	HOLE_AT_SELF,      /* the node itself */
	HOLE_AT_END,       /* another end of the call */
	HOLE_AT_RELAY,     /* a proxy on the way */
	HOLE_AT_REGISTRAR, /* a registrar or location service; beside that */
	HOLE_AT_APART,     /* a node that has no part in it */
	HOLE_AT_LINK,
	HOLE_AT_MESSAGE,
};

/* Kinds of messages. */
enum hole_message {
	HOLE_IS_INVITE,
	HOLE_IS_PROVISIONAL, /* response to one, as the next two */
	HOLE_IS_SUCCESS,
	HOLE_IS_REFUSAL,
	HOLE_IS_ACK,
	HOLE_IS_CANCEL,
	HOLE_IS_BYE,
	HOLE_IS_OTHER,
	HOLE_IS_FOREIGN, /* of another signalling than SIP */
	HOLE_IS_DIAMETER,
};

/* Marks of a run. */
enum {
	/* What shows it is a response whose transaction had ended before. */
	HOLE_STRAY = 1 << 0,
	/* Somebody has taken a binding away at the registrar. */
	HOLE_UNBIND = 1 << 1,
	/* A server has refused a BYE of the call with 503. */
	HOLE_REFUSED = 1 << 2,
	/* A BYE of the call has come where nobody knew of a dialog: 481. */
	HOLE_TOO_EARLY = 1 << 3,
};

/* What one fault has struck; or all crashes that the lab itself makes. */
struct hole_struck {
	unsigned kinds;  /* FAULT_ bits */
	unsigned places; /* bits by enum hole_place */
	unsigned hit;    /* the message that it hit itself: enum hole_message */
};

struct hole_facts {
	enum invariant invariant;
	struct hole_struck struck[ATTEMPT_FAULTS + 1]; /* crashes: the last */
	size_t nstruck;
	/* Of the call or request, by enum hole_message: those that did not
	 * arrive a single time. */
	unsigned lost;
	unsigned marks;
};

/* Those of V, the verdict upon the run T with N FAULTS.  0 or ERR_NOMEM. */
int hole_facts_find(struct hole_facts *f, const struct trace *t,
    const struct found_fault *faults, size_t n, const struct verdict *v);

#endif
