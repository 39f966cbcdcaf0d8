/*
 * What belongs together in a capture: which sightings are one message, which
 * node sent it, which message it repeats, forwards or answers, and which calls
 * are two sides of one.  Everything here comes from the messages alone and is
 * no more than likely; nothing takes more than a fixed time a message.
 */
#ifndef CAPTURE_JOIN_H
#define CAPTURE_JOIN_H

#include "capture/names.h"
#include "capture/numbers.h"
#include "capture/reader.h"
#include "capture/keys.h"
#include "msg/message.h"
#include "msg/parts.h"

/* Vias that are looked at, from the top: a hop or two may not have been
 * captured. */
#define JOIN_VIAS 4

#define JOIN_NONE UINT32_MAX

struct join_message {
	int64_t t, t_last; /* first and last sighting; ns from the first
			      message */
	uint32_t at, last; /* their places in the source */
	uint32_t src, dst; /* nodes */
	uint32_t call;     /* number of the Call-ID; 0: none */
	uint32_t tx;       /* number of the transaction; 0: none */
	uint32_t cseq;
	uint32_t name; /* number of the method's name */
	uint32_t via[JOIN_VIAS];
	uint32_t from_tag, to_tag;
	uint32_t fwd;  /* the message that this forwards, or JOIN_NONE */
	uint32_t retx; /* the first one of its kind, or JOIN_NONE */
	uint32_t icmp; /* the error that answered it, as a datagram has it; 0 */
	uint16_t status; /* 0: a request */
	uint16_t nvias;
	uint8_t method; /* of enum msg_method; of a response that of CSeq */
	bool tcp;
	bool passed;   /* another forwards it */
	bool reliable; /* a provisional response with RSeq (RFC 3262) */
};

/* X(ID, word in the file): what shows that two calls are one. */
#define JOIN_SIGNS(X)               \
	X(NONE, "")                 \
	X(X_CALL_ID, "x-call-id")   \
	X(SESSION_ID, "session-id") \
	X(SDP, "sdp")               \
	X(PARTIES, "parties")       \
	X(CALLER, "caller")

enum join_sign {
#define X(id, word) JOIN_BY_##id,
	JOIN_SIGNS(X)
#undef X
};

const char *join_sign_word(enum join_sign s);

/* By the number of its Call-ID, from 1. */
struct join_call {
	uint32_t first;              /* message, or JOIN_NONE */
	uint32_t invite;             /* the first INVITE outside of a dialog */
	uint32_t last_invite;        /* the last such INVITE */
	uint32_t last, last_request; /* message; the last request of the first
					one's method */
	uint32_t leg_of;             /* the call that it belongs to, 0: none */
	uint32_t leg;      /* the next one that belongs to it, 0: none */
	uint16_t status;   /* of the last response to such a request, */
	uint32_t response; /* … which is this message */
	uint32_t messages;
	uint8_t by; /* of enum join_sign */
	bool chosen;
};

/* What a node was seen to do. */
struct join_node {
	char *name;
	struct addr addr; /* its first */
	bool forwards, registers, calls, answers, joins;
};

struct join {
	const struct capture_reader *src;
	struct numbers *texts; /* Call-IDs, branches, tags, methods */
	struct numbers *txs;   /* keys of transactions */
	struct join_message *m;
	size_t n;
	struct join_call *calls; /* by number of text: 0 is nobody's */
	size_t ncalls;
	struct join_node *nodes;
	size_t nnodes;
	struct join_places *places; /* addresses that have become nodes */
	uint32_t *tx_last;          /* by number: the last message of each */
	int64_t start;  /* time of the first message in the source */
	struct msg msg; /* scratch */
	struct buf scratch, key;
};

/*
 * Reads all of SRC (borrowed).  With CHOSEN only those calls and whatever
 * belongs to them count, once everything was joined.  0, ERR_NOMEM or
 * ERR_LIMIT.
 */
int join_create(struct join **j, const struct capture_reader *src,
    const struct capture_names *names);
void join_destroy(struct join *j);
/* The node at A, else at another port of its host; JOIN_NONE: no message went
 * from or to that host. */
uint32_t join_find_node(const struct join *j, const struct addr *a);

/* T of the source in the time of the trace. */
int64_t join_time(const struct join *j, int64_t t);

/* ---- the steps of join_create ---- */

/* join_nodes.c */
int join_places_create(
    struct join_places **p, struct join *j, const struct capture_names *names);
void join_places_destroy(struct join_places *p);
/* Looks at M before nodes are made: a host that talks to itself is more than
 * one node. */
int join_places_look(struct join_places *p, const struct capture_message *m);
int
join_places_node(struct join_places *p, const struct addr *a, uint32_t *node);
uint32_t join_places_find(const struct join_places *p, const struct addr *a);
/* What the nodes were seen to do, into `role` of the head: "proxy registrar".
 */
void join_roles(struct join *j);
const char *join_role(const struct join_node *n);

/* join_read.c: what M says of itself, from bytes already read into j->msg. */
int join_read(struct join *j, struct join_message *m);

/* join_same.c: one message seen more than once. */
struct join_same;
int join_same_create(struct join_same **s);
void join_same_destroy(struct join_same *s);
/* Looks at every message before the first is sought: whether what goes one way
 * is seen twice. */
int join_same_look(struct join_same *s, const struct capture_message *c);
/* *OF is the message of which M (not yet in the list) is another sighting, or
 * JOIN_NONE. 0 or ERR_NOMEM. */
int join_same_find(struct join_same *s, struct join *j,
    const struct join_message *m, const struct capture_message *c,
    uint32_t *of);

/* join_links.c: retx, fwd, times that fit them. */
int join_links(struct join *j);

/* join_remarks.c: icmp. 0 or ERR_NOMEM. */
int join_remarks(struct join *j);

/* join_legs.c: calls that are two sides of one. */
int join_legs(struct join *j);
/* Marks call CALL and whatever belongs to it. */
void join_choose(struct join *j, uint32_t call);

#endif
