/* Shared by the files of outcome: hops and dialogs of a call, and judging. */
#ifndef OUTCOME_OUTCOME_IN_H
#define OUTCOME_OUTCOME_IN_H

#include "base/arena.h"
#include "base/map.h"
#include "outcome/outcome.h"
#include "follower/follower.h"
#include "follower/sent_message.h"

#define SECOND INT64_C(1000000000)

/* Notes about a transaction, next to its followed_tx. */
struct hop {
	struct followed_tx *tx;
	struct leg *leg;
	struct hop *next;              /* of the same call */
	unsigned drops;                /* of its request's packets */
	uint64_t drop[OUTCOME_PROOFS]; /* the first of them */
	enum trace_drop why;
};

/* The messages of one Call-ID. */
struct leg {
	struct str call_id;
	struct leg *next; /* in the order of their first messages */
	struct hop *first, *last;
	uint64_t sent; /* its last message */
	struct side *sides;
	struct stream *streams; /* outcome_media.c … */
	size_t nstreams;
	bool rests;        /* … one of them, now and then */
	struct leg *upper; /* whose INVITE this leg's was made of; or NULL */
	struct leg *lower, *beside; /* legs made of this, linked by `beside` */
	struct outcome *outcome;
};

/* A dialog of a leg. */
struct side {
	struct followed_dialog *d;
	struct side *next;
};

/* When a node was seen last, and when it sent its last REGISTER. */
struct lately {
	int64_t seen, registered;
};

struct outcomes {
	const struct trace *t;
	bool capture;
	const struct follower *follower;
	struct follower *own;    /* the same, where O has made it; or NULL */
	uint64_t position, seen; /* records judged, and read, by `own` */
	struct arena *arena;
	struct arena *texts; /* of `list` */
	struct map *legs;    /* by Call-ID */
	struct leg *first, **last;
	struct hop **hops; /* owned; by a transaction's id */
	size_t nhops, hops_cap;
	struct lately *nodes; /* owned; by the node's number */
	size_t nnodes, nodes_cap;
	struct outcome *list;
	size_t n, cap;
	int64_t t_end;
	struct sent_message message; /* read again */
	struct buf scratch;
	int err;
};

/* ---- outcome_facts.c ---- */

/* Which calls are legs of one B2BUA. */
void outcome_join_legs(struct outcomes *o);
static inline struct hop *
outcome_hop_of(const struct outcomes *o, const struct followed_tx *tx)
{
	return tx->id < o->nhops ? o->hops[tx->id] : NULL;
}

/* The hop whose response the final one of H was forwarded from; NULL: its
 * server has made it itself. */
struct hop *outcome_answered_by(struct outcomes *o, const struct hop *h);
/* The message of record SEQ, read again; NULL: it can't be read. */
const struct msg *outcome_message(struct outcomes *o, uint64_t seq);
struct str outcome_keep(struct outcomes *o, struct str text);
/* The cause in a value of Reason; 0: it has none, or is another PROTOCOL's. */
uint32_t outcome_cause(struct str value, const char *protocol);
/* Record SEQ, or 0, is a proof of OUT. */
void outcome_prove(struct outcome *out, uint64_t seq);
/* Text of a message, for {text} and {reason}. */
#define OUTCOME_TEXT 80
/* The trace goes on for NS after T. */
bool outcome_goes_on(const struct outcomes *o, int64_t t, int64_t ns);
/* A request of time T has had its time: after 63*T1 it is sent last. */
bool outcome_is_due(const struct outcomes *o, int64_t t);
/* In a capture: TX was sent once by UDP, although no answer is seen.  Its
 * client, which did not send it again, must have got one. */
bool
outcome_is_unproven(const struct outcomes *o, const struct followed_tx *tx);
/* What was lost of H tells why nothing came: each attempt, or a connection. */
bool outcome_is_lost(const struct hop *h);

/* ---- outcome_judge.c: all; outcome_talk.c: calls after their 2xx;
 * outcome_request.c: why a request failed ---- */

void outcome_judge(struct outcomes *o, struct leg *leg, struct outcome *out);
/* The 2xx of TOP, an INVITE of ROOT, has come. */
void outcome_judge_talk(struct outcomes *o, struct leg *root,
    const struct hop *top, struct outcome *out);
/* A request within the call of LEG got no answer. */
bool outcome_judge_within(
    struct outcomes *o, const struct leg *leg, struct outcome *out);
/* A hop before H of the same client asked it to wait longer than it did. */
bool outcome_judge_retry(
    struct outcomes *o, const struct hop *h, struct outcome *out);
/* outcome_media.c: of all calls that ended.  0 or ERR_NOMEM. */
int outcomes_judge_media(struct outcomes *o);
/* The last INVITE, or other request, by which LEG tries to reach its callee. */
struct hop *outcome_last_attempt(const struct leg *leg);
/* H, a request that is OUT's, has got no final response that its client has
 * heard, or one that its server has made because of a hop after it; false:
 * neither. */
bool outcome_judge_failed(
    struct outcomes *o, const struct hop *h, struct outcome *out);
/* The final response of H is a rejection: whose, and why. */
void outcome_judge_rejected(
    struct outcomes *o, const struct hop *h, struct outcome *out);

#endif
