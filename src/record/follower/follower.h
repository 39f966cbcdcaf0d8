/*
 * The follower follows SIP by its messages: it gets one after the other, in the
 * order of the records.  It keeps the transactions, each between two nodes, the
 * dialogs as either user agent sees them, and the sessions.  It returns what
 * each message belongs to, and what it has begun, continued or ended.  It knows
 * no rules: its callers judge.
 *
 *	seen.msg = ...;                 who asks has read the message
 *	follower_see(f, &seen);         what it is of; a new request begins
 *	...                             here all is as it was before
 *	follower_apply(f, &seen);        it takes effect
 *
 * A dialog is one side's view (RFC 3261 12): "own" is what this side sends.  A
 * transaction is a hop; where a proxy forwards, one hop's `up` is the other.
 * Tables are typed, keys are numbers of texts; nothing is found by walking.
 * docs/ARCHITECTURE.md says who asks what of it.
 */
#ifndef FOLLOWER_FOLLOWER_H
#define FOLLOWER_FOLLOWER_H

#include "msg/message.h"
#include "msg/parts.h"
#include "trace/reader.h"

/* A capture's times are those of one point on the way: two messages this close
 * may have crossed, each sent before the other came. */
#define FOLLOWER_CROSS_NS INT64_C(1000000000)

/* How often a message was retransmitted, and when. */
struct followed_retry {
	unsigned n;
	bool asked;   /* once as the answer to a repeated request */
	int64_t last; /* when it was sent last */
};

/* The texts that name what a message is of, as numbers of the follower's, in
 * the order in which they were seen; 0: the text is empty. */
struct followed_names {
	uint32_t call, from_tag, to_tag;
	uint32_t branch, host; /* of the topmost Via */
	uint32_t port;         /* that Via's, or its transport's (18.1.1) */
};

/*
 * One transaction between two nodes: a hop.  A record's number is that of the
 * first of its kind, 0: there is none; t_… is its time, ns.  Texts are the
 * follower's.
 */
struct followed_tx {
	struct followed_tx *next; /* in the order of their first messages */
	struct followed_tx *older; /* of the same branch, with another CSeq … */
	unsigned nolder;           /* … and how many there are */
	uint32_t id;               /* from 0, in the order of `next` */
	uint32_t client, server;   /* nodes */

	/* The request. */
	uint64_t request, arrived;     /* sent, come to its server */
	int64_t t, t_arrived, t_again; /* t_again: came last */
	struct followed_retry repeats;
	enum msg_method method;
	struct str method_name;
	uint32_t cseq;
	unsigned nvias;
	bool stream;
	bool initial; /* no To tag */
	bool origin;  /* one Via: its client made the request */
	bool old;     /* RFC 2543: no magic cookie */
	bool late;    /* its CSeq is lower than that of an earlier one */
	bool twice; /* a capture shows the request with other addresses as well
		     */
	bool sdp;   /* it has a session description */
	struct str from_tag, to_tag, uri, src_addr, dst_addr, sent_by;
	struct str routes;  /* values of Record-Route, a line each */
	struct str contact; /* the URI of the first Contact, or empty */

	/* Its responses. */
	uint64_t provisional; /* came to the client */
	int64_t t_provisional;
	unsigned provisional_status;
	bool reliable_sdp;          /* an answer stood in a reliable 1xx */
	uint64_t reliable;          /* the last one sent; 0: none */
	uint32_t confirmed;         /* the highest RSeq that a PRACK names */
	uint64_t final, final_came; /* sent, come to the client */
	int64_t t_final, t_final_came;
	uint32_t final_by, final_to;  /* the nodes that sent it, and to whom */
	unsigned status, came_status; /* of a server that has crashed others */
	struct str final_tag;
	struct str
	    own_tag; /* in To of its server's first response of its own */
	struct followed_retry finals;
	uint64_t final_hash; /* of all its bytes */
	bool orphan; /* it came 64*T1 after the BYE of its dialog, or later */

	/* The ACK for a rejection, and the CANCEL. */
	uint64_t ack, ack_came;
	int64_t t_ack_came;
	bool acked_here; /* its client made the ACK, and did not forward it */
	uint64_t cancel_sent, cancel;
	int64_t t_cancel_sent, t_cancel;

	/* Where a proxy stands between two hops. */
	struct followed_tx *up; /* the hop whose request this one forwards */
	struct followed_tx
	    *branches; /* the hops that forward this request, linked by */
	struct followed_tx *beside; /* … their `beside` */
	bool passed;                /* its server has forwarded the request */
	bool passed_below; /* … with the Via on top that it came with */
	bool relayed;      /* its client is a proxy: the request is forwarded */
	bool returned;     /* its 2xx was forwarded */
};

/* A dialog as one of its user agents sees it: "own" is what this side sends. */
struct followed_dialog {
	struct followed_dialog *next; /* in the order in which they were made */
	uint32_t id;                  /* from 0, in that order */
	struct followed_tx *tx; /* whose response made it; NULL: a NOTIFY */
	uint32_t node;
	uint64_t made; /* the record that made it */
	int64_t t_made;
	bool uac, invite, subscribed, confirmed;
	/* Own requests: the highest CSeq, which of the 64 below it were used
	 * (bit N: it less N), when it was; how many were sent, and got a 2xx.
	 */
	uint32_t cseq;
	uint64_t cseqs;
	int64_t t_cseq;
	bool has_cseq, cseq_stream; /* it went by a stream */
	uint32_t asked, granted;
	uint32_t cseq_came; /* the highest CSeq of the other side's requests */
	struct str target, before, routes; /* `before`: the target before */
	bool routes_known;
	/* The last 2xx to an INVITE: its CSeq, whether this side sent it,
	 * whether it came straight to the node that made the INVITE; how many
	 * different ones there were. */
	uint64_t ok;
	int64_t t_ok;
	uint32_t ok_cseq;
	bool ok_mine, ok_direct;
	struct followed_tx *ok_tx;
	unsigned noks;
	struct followed_retry oks;
	uint64_t ack, bye, bye_came; /* the ACK for it; BYEs of either side */
	int64_t t_ack, t_bye, t_bye_came;
	struct followed_tx *out, *in; /* the last INVITE of either side */
	struct followed_tx *update; /* this side's last UPDATE with an offer */
	uint32_t rseq, rseq_came, racked; /* last RSeq sent, come, confirmed */
	uint32_t rseq_first, rseq_first_came; /* the first to their INVITE */
	/* Of its reliable provisional responses: for which a PRACK came, and
	 * was answered.
	 */
	uint32_t rack_came, rack_done;
	int64_t t_rack_done;
	uint64_t reliable;  /* where rseq_came came */
	uint32_t rseq_cseq; /* and the CSeq there */
	uint64_t notify;    /* the first NOTIFY of either side */
};

/* What a side has offered last (RFC 3264), or asked to be offered by an INVITE
 * without a description; that of the other one may cross it. */
struct followed_offer {
	uint64_t seq;  /* the record whose message describes it; 0: none … */
	uint32_t cseq; /* … in this request, or in a response to it … */
	bool invite;   /* … which is an INVITE */
	bool told;     /* in a response: an ACK or a PRACK answers it */
	bool answered; /* it has had an answer, or that was an offer */
};

/* Offers and answers of a dialog; before there is one, of an INVITE with the
 * caller's tag alone.  Of the side that has sent the first INVITE, and of the
 * other. */
struct followed_session {
	uint32_t node[2]; /* who has sent an offer or answer; or none */
	uint32_t tag;     /* node[0]'s: its number */
	struct followed_offer offers[2];
	/* The records with the descriptions on which both have agreed; 0: they
	 * have not; and with which record. */
	uint64_t agreed[2], since;
	uint64_t before[2]; /* … before the last offer was answered */
};

/* X(ID, word): what a message has done. */
#define FOLLOWER_EVENTS(X)                                            \
	X(BEGUN, "begun")           /* the transaction */             \
	X(AGAIN, "again")           /* a repetition */                \
	X(ANSWERED, "answered")     /* finally, as its server sees */ \
	X(HEARD, "heard")           /* … as its client sees */      \
	X(ACKED, "acked")           /* the rejection */               \
	X(CANCELLED, "cancelled")   /* another transaction */         \
	X(CHALLENGED, "challenged") /* it asks for credentials */     \
	X(CREDENTIALS, "credentials")                                 \
	X(DIALOG_MADE, "dialog-made")                                 \
	X(DIALOG_OWN, "dialog-own") /* by a request of its own */     \
	X(DIALOG_OK, "dialog-ok")   /* another 2xx to an INVITE */    \
	X(DIALOG_CONFIRMED, "dialog-confirmed")                       \
	X(DIALOG_ENDED, "dialog-ended")                               \
	X(OFFERED, "offered")                                         \
	X(AGREED, "agreed")                                           \
	X(REJECTED, "rejected") /* the offer, or it was withdrawn */

enum {
#define X(id, word) FOLLOWER_AT_##id,
	FOLLOWER_EVENTS(X)
#undef X
	    FOLLOWER_EVENT_COUNT
};

/* A bit for each. */
enum {
#define X(id, word) FOLLOWER_##id = 1 << FOLLOWER_AT_##id,
	FOLLOWER_EVENTS(X)
#undef X
};

extern const char *const follower_event_words[FOLLOWER_EVENT_COUNT];

/* A message, or its arrival, and what it is of. */
struct followed_message {
	/* By who asks. */
	uint64_t seq; /* its record */
	int64_t time;
	uint32_t node, other; /* who sends it, or to whom it has come */
	const struct trace_send *send;
	const struct msg *msg;
	bool good;   /* it has no fault (msg_read) */
	bool marked; /* its sender, or who reads captures, says that it is a
			repetition */
	/* follower_see_message: */
	bool read; /* Via and CSeq can be used */
	struct msg_via via;
	unsigned nvias;
	struct msg_cseq cseq;
	struct str from_tag, to_tag;
	bool has_sdp; /* it has a session description */
	/* The follower's. */
	struct followed_names names;
	struct followed_tx *tx;   /* its own, or that which it answers */
	struct followed_tx *like; /* where there is none: one of its branch and
				  Call-ID, with another CSeq */
	struct followed_tx *came; /* what it forwards */
	struct followed_dialog *dialog; /* of `node` */
	bool repeated;
	unsigned events; /* FOLLOWER_… */
};

/* Reads of S->msg what says what it is of. */
void follower_see_message(struct followed_message *s);
/* Values of a header field, Route or Record-Route, a URI a line, into B, which
 * is cleared first; REVERSE: the last first. */
struct str follower_routes(
    const struct msg *m, enum msg_header id, bool reverse, struct buf *b);
/* The URI of the first Contact; empty: there is none, or it is "*". */
struct str follower_contact(const struct msg *m);

struct follower;

/* WHOLE: all messages are there, as in a run.  0 or ERR_NOMEM. */
int follower_create(struct follower **f, bool whole);
void follower_destroy(struct follower *f); /* may be NULL */
/* 0; or ERR_NOMEM, from then on nothing is right. */
int follower_error(const struct follower *f);

/* S is sent: what it is of.  A request that is new begins its transaction. */
void follower_see(struct follower *f, struct followed_message *s);
/* It takes effect. */
void follower_apply(struct follower *f, struct followed_message *s);
/* S has come, with record `seq` of what was sent with record SENT.  ALTERED: it
 * has come with other addresses in it than it left with (an ALG, RFC 2663 2.9).
 */
void follower_see_arrival(struct follower *f, struct followed_message *s,
    uint64_t sent, bool altered);
void follower_apply_arrival(struct follower *f, struct followed_message *s);

/* Record SEQ of T, a message or its arrival, takes effect; what it is of goes
 * into S, whose slices stay until the next.  0, ERR_NOTFOUND where it is no
 * message of SIP, or ERR_NOMEM. */
int follower_read(struct follower *f, const struct trace *t, uint64_t seq,
    struct followed_message *s);

/* The transaction of record SEQ, a message or its arrival; or NULL. */
struct followed_tx *follower_tx_of(const struct follower *f, uint64_t seq);
/* The first of all, then by their `next`. */
struct followed_tx *follower_first_tx(const struct follower *f);
struct followed_dialog *follower_first_dialog(const struct follower *f);

/* With S's branch and CSeq, of METHOD; of that branch whatever the CSeq; of
 * METHOD, else of any other that is no CANCEL or ACK.  NULL: there is none. */
struct followed_tx *follower_find_tx(const struct follower *f,
    const struct followed_message *s, struct str method);
struct followed_tx *follower_find_branch(const struct follower *f,
    const struct followed_message *s, struct str method);
struct followed_tx *follower_find_any_branch(const struct follower *f,
    const struct followed_message *s, struct str method);
/* The INVITE of S's node with S's Call-ID, From tag and CSeq number. */
struct followed_tx *follower_find_invite(
    const struct follower *f, const struct followed_message *s);
/* S's node's dialog of S's Call-ID with these tags. */
struct followed_dialog *follower_find_dialog(const struct follower *f,
    const struct followed_message *s, struct str local, struct str remote);
/* The dialog of S's request as NODE has it, which has sent it, or gets it. */
struct followed_dialog *follower_find_far(const struct follower *f,
    const struct followed_message *s, uint32_t node, bool sent);
/* NODE's dialog of that Call-ID and tags; NULL: it has none. */
struct followed_dialog *follower_dialog_of(const struct follower *f,
    uint32_t node, struct str call_id, struct str local, struct str remote);
/* The last dialog of this Call-ID that NODE has, or has had, with the tag
 * LOCAL. */
const struct followed_dialog *follower_find_side(const struct follower *f,
    const struct followed_message *s, uint32_t node, struct str local);
/* The offers and answers of that dialog, whichever tag is whose; NULL: none. */
struct followed_session *follower_find_session(
    const struct follower *f, struct str call_id, struct str a, struct str b);
/* The side in K that sends S. */
unsigned follower_sender(
    const struct followed_session *k, const struct followed_message *s);
/* The request of S's transaction came again just now, or since its last final
 * response: that is due. */
bool follower_was_asked(const struct followed_message *s);

#endif
