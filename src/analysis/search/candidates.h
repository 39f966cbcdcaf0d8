/*
 * The faults that can be injected into a run from a record on, in the order of
 * their records: each message lost, doubled, late by a time that matters,
 * overtaken; each node crashing behind each event that changes its state, and
 * starting again while nothing happens; each link down while something is sent
 * on it; each act that is to be tried, behind each event.
 */
#ifndef SEARCH_CANDIDATES_H
#define SEARCH_CANDIDATES_H

#include "search/fault.h"

/* Longer no packet is under way: the maximum segment lifetime (RFC 9293
 * 3.4.2). */
#define CANDIDATES_LATE_NS INT64_C(120000000000)

/* Which faults are asked for; zeroed except for `kinds`: all of them. */
struct search_wish {
	unsigned kinds;  /* FAULT_ bits */
	char node[64];   /* of or at this node alone; "": any */
	char method[32]; /* on messages of this method alone; "": any */
	/* Acts that are tried at each step, whatever their `after`: first the
	 * GIVEN_UP that end a call, by the call's name; NULL: none. */
	const struct inputs *tried;
	size_t given_up;
};

struct candidate {
	struct found_fault fault;
	bool idle; /* it touches nothing: the run stays what it is */
};

struct candidates {
	struct candidate *list;
	size_t n, cap;
};

/* Those of trace T behind record AFTER.  Free C in any case.  0 or ERR_NOMEM.
 */
int candidates_find(struct candidates *c, const struct trace *t, uint64_t after,
    const struct search_wish *w);
void candidates_free(struct candidates *c);

#endif
