/*
 * The DNS answers that each node has received, as far as the trace contains
 * them: a row for each name and type. They show where a request may go
 * (inspect/check_locate.c). A trace without DNS answers has no rows.
 */
#ifndef INSPECT_LOCATE_H
#define INSPECT_LOCATE_H

#include "dns/dns_message.h"
#include "inspect/inspect_in.h"

/* A record of an answer. */
struct told_record {
	uint16_t rank; /* priority of SRV, order of NAPTR */
	uint16_t port;
	uint8_t by;       /* enum addr_transport, of NAPTR; out of its range: of
			     another service */
	struct str name;  /* SRV's target, NAPTR's replacement; folded */
	struct addr addr; /* of A and AAAA */
};

/* The last answer to a node for a name and type. */
struct told {
	uint64_t asked, came; /* the last question, the last answer; 0 */
	int64_t until;        /* its TTL is over then */
	uint32_t server;      /* who said it */
	bool open;            /* an alias leads to a name that is not in it */
	struct told_record *list;
	size_t n, cap;
};

/* Where the place of a request is looked for (RFC 3263 4). */
struct hop {
	struct msg_uri uri;   /* of the first Route, or the Request-URI */
	struct dns_name host; /* folded */
	struct addr dst;
	uint8_t by;
	bool routed;
	struct followed_tx
	    *before;          /* the same request, tried before; or NULL */
	struct told *servers; /* SRV of its host by that transport; or NULL */
	struct told *places;  /* those, or the host's addresses; or NULL */
};

/* The DNS answers of NODE about NAME; NULL: no question or answer.
 * TRACE_NO_NODE: of any node. */
struct told *told_find_name(
    struct inspect *in, uint32_t node, unsigned type, struct str name);
/* NODE was told, now or before, that NAME has ADDR (whatever its port);
 * STR_NULL: that any name has. */
bool told_has_address(struct inspect *in, uint32_t node, struct str name,
    const struct addr *addr);
/* Keys of a node's entries (inspect_key, inspect_mark). */
struct str
locate_key(struct inspect *in, uint32_t node, struct str a, struct str b);
struct str locate_mark(struct inspect *in, enum mark mark, uint32_t node,
    struct str a, struct str b);

/* M, a question that L sends; M, an answer that has come to L. */
void
told_note_question(struct inspected_message *l, const struct dns_message *m);
void told_note_answer(
    struct inspected_message *l, uint32_t server, const struct dns_message *m);

/* L's request, sent the first time: its place is judged, and kept. */
void locate_sent(struct inspected_message *l);
/* L's request may be a REGISTER that begins a flow (inspect/check_match.c). */
void locate_note_flow(struct inspected_message *l);

#endif
