/*
 * What is to be known of a broken run to say which hole of the protocol it fell
 * into: what the faults befell, as seen from where the invariant is broken, and
 * which messages never arrived because of them.
 */
#ifndef SEARCH_HOLE_FACTS_H
#define SEARCH_HOLE_FACTS_H

#include "search/attempt.h"
#include "search/judge.h"

/* X(ID, word, what is struck, as seen from where it is broken) */
#define HOLE_PLACES(X)                                                   \
	X(SELF, "self", N_("the node itself"))                           \
	X(END, "end", N_("another end of the call"))                     \
	X(RELAY, "relay", N_("a proxy on the way"))                      \
	X(REGISTRAR, "registrar", N_("a registrar or location service")) \
	X(APART, "apart", N_("a node that has no part in it"))           \
	X(LINK, "link", N_("a link"))                                    \
	X(MESSAGE, "message", N_("a message"))

/* Kinds of messages.  X(ID, word); PROVISIONAL, SUCCESS and REFUSAL are of an
 * INVITE; FOREIGN: of another signalling than SIP. */
#define HOLE_MESSAGES(X)            \
	X(INVITE, "INVITE")         \
	X(PROVISIONAL, "1xx")       \
	X(SUCCESS, "2xx")           \
	X(REFUSAL, "3xx-6xx")       \
	X(ACK, "ACK")               \
	X(CANCEL, "CANCEL")         \
	X(BYE, "BYE")               \
	X(REGISTER, "REGISTER")     \
	X(NOTIFY, "NOTIFY")         \
	X(REQUEST, "other request") \
	X(RESPONSE, "response")     \
	X(FOREIGN, "no SIP")

/* Marks of a run. */
enum {
	/* What shows it is a response whose transaction had ended before. */
	HOLE_STRAY = 1 << 0,
	/* Somebody has taken a binding away at the registrar. */
	HOLE_UNBIND = 1 << 1,
};

enum hole_place {
#define X(id, word, text) HOLE_AT_##id,
	HOLE_PLACES(X)
#undef X
	    HOLE_PLACE_COUNT
};

enum hole_message {
#define X(id, word) HOLE_IS_##id,
	HOLE_MESSAGES(X)
#undef X
	    HOLE_MESSAGE_COUNT
};

struct hole_facts {
	enum invariant invariant;
	unsigned kinds;  /* of faults: FAULT_ bits; of crashes that the lab
			    itself makes, too */
	unsigned places; /* which they befell: bits by enum hole_place */
	/* Of the call or request, by enum hole_message: those that did not
	 * arrive a single time, and those that a fault hit itself. */
	unsigned lost, hit;
	unsigned marks;
};

/* Those of V, the verdict upon the run T with N FAULTS.  0 or ERR_NOMEM. */
int hole_facts_find(struct hole_facts *f, const struct trace *t,
    const struct found_fault *faults, size_t n, const struct verdict *v);

#endif
