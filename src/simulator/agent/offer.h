/*
 * Offer and answer of one dialog: RFC 3264 4, RFC 6337 2.2, 4.  It is told of
 * each message that may carry a session description, by method, status and
 * direction, and classifies the description, says which side may offer now and
 * whether an offer is open.  It knows neither calls nor texts.  Its steps are
 * `fsm` records of the machine "offer-answer".
 *
 *   offer.c         what a description is, and what becomes of an offer
 *                   who may offer now, and what crosses something under way
 */
#ifndef AGENT_OFFER_H
#define AGENT_OFFER_H

#include "msg/methods.h"
#include "node/node_machine.h"
#include "rules/rule_id.h"

/* X(ID, received, sent, method, class of its status, 0: the request): the
 * messages that may carry one, and their events in the machine's table. */
#define AGENT_OFFER_CARRIERS(X)                   \
	X(INVITE, INVITE, INVITE_SENT, INVITE, 0) \
	X(INVITE_1XX, 1XX, 1XX_SENT, INVITE, 1)   \
	X(INVITE_2XX, 2XX, 2XX_SENT, INVITE, 2)   \
	X(ACK, ACK, ACK_SENT, ACK, 0)             \
	X(PRACK, PRACK, PRACK_SENT, PRACK, 0)     \
	X(PRACK_2XX, 2XX, 2XX_SENT, PRACK, 2)     \
	X(UPDATE, UPDATE, UPDATE_SENT, UPDATE, 0) \
	X(UPDATE_2XX, 2XX, 2XX_SENT, UPDATE, 2)

enum agent_offer_carrier {
#define X(id, received, sent, method, class) AGENT_OFFER_##id,
	AGENT_OFFER_CARRIERS(X)
#undef X
	    AGENT_OFFER_NO_CARRIER
};

/* A message as far as offers go. */
struct agent_offer_message {
	enum msg_method method; /* of the request, or of CSeq */
	unsigned status;        /* 0: the request */
	bool reliable;          /* of a 1xx: RFC 3262 */
	bool sent;              /* by this side */
	bool described;         /* it has a session description */
};

/* What the description in a message is. */
enum agent_offer_kind {
	AGENT_OFFER_NOTHING, /* neither: to be ignored */
	AGENT_OFFER_MADE,    /* an offer */
	AGENT_OFFER_TAKEN,   /* the answer to the open offer */
	AGENT_OFFER_PREVIEW, /* what the answer will be (3261 13.2.1) */
	AGENT_OFFER_MISSED,  /* there is none: it should be the answer */
};

/* All zero before agent_offer_begin, and after agent_offer_free: then nothing
 * is noted. */
struct agent_offer {
	struct node *node;
	char *id; /* of its records; owned */
	struct machine_run machine;
	enum agent_offer_carrier open; /* what has the open offer, if any … */
	bool mine;                     /* … and that is this side's */
	/* An INVITE received, sent ([1]) has no final response yet … */
	bool invited[2];
	/* … and no offer, nor has any response to it … */
	bool bare[2];
	/* … and has a reliable response with an offer or an answer, for which
	 * no PRACK has come, or none is answered. */
	bool unconfirmed[2];
	/* RFC 3264 8.4: the other side does not want to receive, as it has
	 * said last; told by the call, which reads what it says. */
	bool held;
};

/* What a request of the other side's that offers gets now, and why. */
struct agent_offer_refusal {
	unsigned status;
	enum rule_id why;
};

/* ID is copied.  0 or ERR_NOMEM. */
int agent_offer_begin(struct agent_offer *o, struct node *node, const char *id);
/* Without a record. */
void agent_offer_free(struct agent_offer *o);

/* What the description in M would be now. */
enum agent_offer_kind
agent_offer_judge(const struct agent_offer *o, struct agent_offer_message m);
/*
 * M has come or goes out: O steps where it is an offer, an answer, a preview, a
 * rejection of the open offer, or should have had the answer.  Messages outside
 * of RFC 6337's table and repetitions change nothing.  The result is that of
 * agent_offer_judge, or AGENT_OFFER_MISSED.  The present cause stays what it
 * was.
 */
enum agent_offer_kind
agent_offer_note(struct agent_offer *o, struct agent_offer_message m);
/* One more dialog of an INVITE of this side's, which had an offer, or had none
 * (BARE); O is at its start. */
void agent_offer_fork(struct agent_offer *o, bool bare);
/* No answer comes any more to what this side has offered. */
void agent_offer_lost(struct agent_offer *o);
/* Its dialog is over. */
void agent_offer_end(struct agent_offer *o);

/* The other side's 2xx has the open offer: the ACK is to answer it. */
bool agent_offer_is_for_ack(const struct agent_offer *o);
/* ---- who may offer: RFC 6337 4.3 (offer.c) ---- */

/* An INVITE of this side's is on its way out, and is noted once it is sent. */
void agent_offer_plan_invite(struct agent_offer *o);
/* This side may send a request of METHOD with an offer now; an INVITE, also
 * one without. */
bool agent_offer_may(const struct agent_offer *o, enum msg_method method);
/* True where a request of METHOD of the other side's that brings an offer (an
 * INVITE, also one without) is to be rejected now: *R says how.  500 goes with
 * a Retry-After. */
bool agent_offer_refuses(const struct agent_offer *o, enum msg_method method,
    struct agent_offer_refusal *r);

#endif
