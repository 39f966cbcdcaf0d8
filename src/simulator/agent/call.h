/*
 * A call: one INVITE usage (RFC 5057 4.1) of a user agent, from either side;
 * RFC 3261 12 to 15, RFC 3264, RFC 5407.  Its dialogs, its INVITEs and what
 * they bring, offers and answers, and how it ends are here.  Ringing,
 * answering, hanging up and transferring are decided by its user (struct
 * agent_call_ops): a phone has habits and a script, a gateway has the other
 * half of the call.
 *
 *   call.c           states, timers, life
 *   call_caller.c    INVITE and its responses (13.2)
 *   call_called.c    its answers (13.3, 9.2)
 *   reliable.c, reliable_prack.c
 *                    provisional responses that arrive (reliable.h)
 *   update.c         UPDATE of either side (update.h)
 *   call_dialogs.c   its dialogs, of forks several, also where one of those
 *                    ends before the others (RFC 6228)
 *   call_ack.c, call_called.c     what makes a 2xx arrive
 *   call_change.c, call_changed.c  re-INVITE of either side (14)
 *   call_end.c       BYE, CANCEL
 *   call_sdp.c       its session descriptions
 *   session_timer.c  whether it expires (session_timer.h)
 *   replaces.c       one that is about another (replaces.h)
 *   refer.c, referred.c   a REFER within it (refer.h)
 */
#ifndef AGENT_CALL_H
#define AGENT_CALL_H

#include "agent/agent_dialog.h"
#include "agent/multipart.h"
#include "agent/offer.h"
#include "agent/reliable.h"
#include "agent/update.h"
#include "node/node_machine.h"
#include "node/fields.h"
#include "rtp/rtp_session.h"
#include "sip/sdp_session.h"

#define AGENT_SDP "application/sdp"

/* X(ID, name in the trace, what fires, rule): the timers of a call. */
#define AGENT_CALL_TIMER_LIST(X)                                            \
	X(100, "100", agent_call_fire_100, RULE_IST_100)                    \
	X(1XX, "1xx", agent_call_fire_1xx, RULE_INVITE_1XX_AGAIN)           \
	X(EXPIRES, "expires", agent_call_fire_expires, RULE_INVITE_EXPIRED) \
	X(2XX, "2xx", agent_call_fire_2xx, RULE_INVITE_2XX_AGAIN)           \
	X(REL, "reliable", agent_call_fire_reliable, RULE_RELIABLE_AGAIN)   \
	X(CANCEL, "cancel", agent_call_fire_cancel, RULE_CANCEL_TIMEOUT)    \
	X(GLARE, "glare", agent_call_fire_glare, RULE_REINVITE_GLARE)       \
	X(RETRY, "retry", agent_call_fire_glare, RULE_REINVITE_RETRY)       \
	X(UPDATE_GLARE, "glare", agent_call_fire_glare, RULE_UPDATE_AGAIN)  \
	X(UPDATE_RETRY, "retry", agent_call_fire_glare, RULE_UPDATE_RETRY)  \
	X(REFRESH, "session-refresh", agent_call_fire_refresh,              \
	    RULE_SESSION_REFRESH)                                           \
	X(SESSION, "session", agent_call_fire_session, RULE_SESSION_EXPIRED)

enum agent_call_timer {
#define X(id, name, fire, why) AGENT_CALL_TIMER_##id,
	AGENT_CALL_TIMER_LIST(X)
#undef X
	    AGENT_CALL_TIMERS
};

struct agent_call;
struct agent_referral;
struct agent_subscriber;

/* A call and REFERs (agent/refer.h). */
struct agent_refer {
	struct agent_subscriber
	    *asked;                  /* this side's REFER, until it is over */
	struct agent_referral *told; /* the other side's, likewise */
	struct agent_referral
	    *made_by; /* the other side's REFER that made this call, until the
			 outcome is reported */
	uint32_t sent, taken; /* REFERs sent and received in its dialog */
};

/* A call that an INVITE is about (agent/replaces.h). */
struct agent_place {
	struct agent_call *of; /* NULL: none, or all is done */
	struct list link;      /* in of->place.claims */
	struct list claims;    /* calls whose `of` is this one */
	struct list mix;       /* a ring: those whose media are mixed */
};

/* The user of a call.  None of these may free it; those marked so may be NULL.
 */
struct agent_call_ops {
	size_t size; /* of the user's struct, which begins with the call */
	const struct node_role *role; /* gets the CANCEL for its INVITE */
	/* 13.2.1, 13.3.1.4: Allow and Supported, in every INVITE and its 2xx.
	 */
	const struct sip_header *capabilities;
	/* The same without 100rel (agent/reliable.h); NULL: there is none. */
	const struct sip_header *plain_capabilities;
	size_t ncapabilities;
	enum rtp_sound says; /* with media=true, at first */
	/* IN, a provisional response except for 100, has come to its INVITE,
	 * after what it does to the call was done.  Or NULL. */
	void (*progress)(struct agent_call *c, const struct sip_in *in);
	/* Its INVITE was rejected, by IN, or, where that is NULL, is taken as
	 * rejected with STATUS (8.1.3.1); the call ends after this.  Or NULL.
	 */
	void (*refused)(
	    struct agent_call *c, unsigned status, const struct sip_in *in);
	/* M, a 2xx to its first INVITE, has come, before it is acknowledged. Or
	 * NULL. */
	void (*answered)(struct agent_call *c, const struct msg *m);
	/* An answer, heard or made, says what streams S, the session of one of
	 * its dialogs, has; they may be the same as before.  Or NULL; of who
	 * describes (below) nothing is known here. */
	void (*streams)(struct agent_call *c, const struct sip_sdp_session *s);
	/* A digit was heard among its media; NULL: digits are ignored. */
	void (*digit)(struct agent_call *c, char digit);
	/* It is confirmed: the 2xx has come, or the ACK for it.  Or NULL. */
	void (*established)(struct agent_call *c);
	/* The call that rings is answered or rejected.  Or NULL. */
	void (*decided)(struct agent_call *c);
	/* It is hung up, or ends: the user stops its own timers in it.  Or
	 * NULL. */
	void (*stop)(struct agent_call *c);
	/* It is freed, or is over and no longer found: the user forgets it.  Or
	 * NULL. */
	void (*leave)(struct agent_call *c);
	/* One of AGENT's has ended.  Or NULL. */
	void (*ended)(struct agent *agent);
	/* The status with which it is rejected when it is hung up while it
	 * rings; NULL: 486. */
	unsigned (*refusal)(const struct agent_call *c);
	/* IN, a re-INVITE, was answered with a rejection; NULL: none is. */
	bool (*refuse_change)(struct agent_call *c, const struct sip_in *in);
	/* RFC 3725: its descriptions come from elsewhere, as in a B2BUA: an
	 * offer, or the answer to OFFER, into *SDP (freed by the call).  0,
	 * ERR_NOMEM, or ERR_STATE: there is none yet; the ACK that needs it
	 * waits for agent_call_ack_late.  NULL: it makes them itself. */
	int (*describe)(struct agent_call *c, struct str offer, char **sdp);
	/* The other side has sent SDP, in the dialog with its TAG (empty: there
	 * is none yet): an offer or an answer, except for those of its first
	 * INVITE and of unreliable provisional responses.  Or NULL. */
	void (*described)(struct agent_call *c, struct str tag, struct str sdp);
	/* This side's re-INVITE, or its UPDATE with an offer, was answered with
	 * STATUS, and does not go out again.  Or NULL. */
	void (*changed)(struct agent_call *c, unsigned status);
	/* The other side's re-INVITE waits for agent_call_change_accept or
	 * agent_call_change_refuse; NULL: none does. */
	bool (*defer_change)(struct agent_call *c);
	/* The other side has taken back its re-INVITE that waited, by CANCEL:
	 * its 487 is out.  Or NULL. */
	void (*change_cancelled)(struct agent_call *c);
	/* The change under way was requested by a third party, which learns of
	 * a 491 or Retry-After by `changed` at once: the call does not repeat
	 * it by itself.  NULL: never the case. */
	bool (*asks_for)(const struct agent_call *c);
	/* IN, the other side's UPDATE with an offer, waits for
	 * agent_call_update_accept or _refuse; NULL: none does. */
	bool (*defer_update)(struct agent_call *c, const struct sip_in *in);
	/* RFC 3891 3, RFC 3911 4: the sender of IN, an INVITE with Replaces or
	 * Join, may replace or join C; NULL: never. */
	bool (*may_take)(const struct agent_call *c, const struct sip_in *in);
	/* RFC 3515 2.4.5: its user tells what came of the REFER that has made
	 * it (agent_refer_outcome), once it is answered.  NULL: never. */
	bool (*reports)(const struct agent_call *c);
	/* RFC 3515: the transfer that this side asked for is over: a 2xx, the
	 * target has answered, or the status with which it has failed.  NULL
	 * for a user that asks for no transfer. */
	void (*transferred)(struct agent_call *c, unsigned status);
};

/* The answer to an offer of this side's.  13.2.1: in the responses to an INVITE
 * the first session description from a dialog counts, also in a provisional
 * one, and those after it are ignored. */
struct agent_call_answer {
	bool taken; /* it has come, maybe in an unreliable provisional response,
		       which leaves the exchange open */
	bool unfit; /* it does not fit the offer, or leaves no stream of it */
	bool holds; /* the other side does not want to receive */
	char *text; /* till it is agreed; owned */
};

/* The 2xx that is repeated until the ACK comes (13.3.1.4). */
struct agent_call_2xx {
	struct list link;           /* in call->in.oks */
	struct sip_transaction *tr; /* of its INVITE, while that lives */
	struct sip_bytes *bytes;
	uint64_t first; /* seq of its first `send` record, once TR is gone */
	struct addr dst, at; /* to where, and from which own address */
	uint32_t cseq;
	/* It has an offer, which its ACK is to answer (13.2.1).  The exchange
	 * does not know which of several 2xx that is … */
	bool offers;
	struct agent_call_answer answer; /* … and has answered like this … */
	bool unanswered; /* … or not, though its ACK should (13.2.2.4) */
	int64_t interval, due, deadline;
};

/* The ACK for a 2xx, for when that comes again (13.2.2.4). */
struct agent_call_ack {
	struct list link; /* in call->out.acks or call->out.others */
	char *tag;        /* of the branch it is for; NULL: the call's own */
	uint32_t cseq;    /* of its INVITE */
	struct agent_request request;
	struct agent_call *call;
	struct node_question where; /* DST is asked for once */
	struct addr dst;
	uint64_t sent; /* seq of its first `send` record; 0: not yet sent */
};

/* How long the session lasts (agent/session_timer.h). */
struct agent_session {
	uint32_t interval; /* seconds; 0: it does not expire */
	uint32_t least;    /* RFC 4028 7.4: the largest Min-SE; 0: none */
	bool refreshes;    /* this side does, not the other */
	bool updates;      /* RFC 4028 7.4: the other side allows UPDATE … */
	bool spares;       /* … but has rejected one */
};

/* The INVITE usage in one of a call's dialogs: of a call that was forked there
 * are several, until one is answered (13.2.2.1). */
struct agent_call_usage {
	struct agent_usage usage;
	struct list link; /* in call->early, except for the main one */
	struct agent_call *call;
	struct agent_call_answer answer; /* to the last INVITE with an offer */
	/* The own session description and the agreement so far (RFC 3264 8). */
	struct sip_sdp_session sdp;
	struct agent_offer offer;
	struct agent_prack prack;
	struct agent_update update;
};

/* X(ID, word): RFC 3264 8.4: the forms of hold. */
#define AGENT_HOLDS(X)          \
	X(SENDONLY, "sendonly") \
	X(INACTIVE, "inactive") \
	X(ZERO, "zero") /* c=0.0.0.0, as in RFC 2543 */

enum agent_hold {
#define X(id, word) AGENT_HOLD_##id,
	AGENT_HOLDS(X)
#undef X
	    AGENT_HOLD_COUNT
};

/* The values that a back-to-back user agent puts into a call's messages in the
 * place of its own. */
struct agent_call_mask {
	const struct node_fields *fields; /* more ones of the responses to its
					     INVITE; NULL: none */
	/* Its Contact is that of this face; NULL: of its own. */
	const struct node_face *contact_face;
	bool forgets_route; /* 12.1.1: its responses have no Record-Route */
	/* RFC 3262 4: the reliable responses to its INVITE are counted as if
	 * all early dialogs were one. */
	bool counts_as_one;
	/* The reason phrase of its provisional responses; NULL: that of the
	 * status. */
	const char *phrase;
	/* The body parts besides the session description in its INVITE, its
	 * responses but rejections, and its BYE. */
	const struct agent_multipart_body *pieces;
	size_t npieces;
};

/* Of a caller: what its INVITE's transaction needs, while that lives.  Written
 * by call_caller.c and call_ack.c, freed by call.c. */
struct agent_call_out {
	struct agent_client *client;
	struct list acks;
	struct list others; /* ACKs for 2xx of other branches, whose calls were
			       ended at once */
	char *unanswered;   /* the offer whose answer its ACK waits for */
	uint32_t unanswered_cseq; /* of the INVITE of `unanswered` */
	/* Its first INVITE has no offer, whatever later INVITEs of the main
	 * dialog have: other branches still answer the first. */
	bool late;
};

/* Of a callee: the INVITE and the responses to it.  Written by
 * call_called.c, by pair_call.c what concerns the 1xx; freed by call.c. */
struct agent_call_in {
	struct sip_transaction *invite;
	struct sip_bytes *request;
	char *answer;       /* in a 1xx, which its 2xx repeats; NULL: none */
	bool answers_early; /* a 180 to 182 as well, answers the offer */
	unsigned progress;  /* the last 1xx that was sent … */
	int64_t again;      /* … and when it was last repeated; 0: never */
	struct list oks;    /* 2xx not yet acknowledged … */
	int64_t oks_due;    /* … and when the timer fires for them */
};

/* The end of a call by this side.  Written by call_end.c and, once a
 * provisional or the ACK has come, by call_caller.c and call_called.c; freed by
 * call.c. */
struct agent_call_ending {
	uint64_t bye_cause; /* of a BYE that waits */
	char *reason;       /* of its BYE or CANCEL (RFC 3326), or NULL */
	struct agent_client *bye;
	sim_event patience;   /* of one that is over: gives up its INVITEs */
	enum rule_id bye_why; /* RULE_NONE: the user hangs up */
	bool cancel_wanted;   /* 9.1: waits for a provisional */
	bool cancelled;       /* CANCEL is out */
	bool bye_wanted;      /* 15: waits for the ACK */
};

/* The last re-INVITE of either side, while their transactions live.  Written by
 * call_change.c; the other side's by call_changed.c; freed by call.c. */
struct agent_call_reinvite {
	struct agent_client *own;
	struct sip_transaction *theirs;
	struct sip_bytes *change; /* the other side's, not yet answered */
	/* Kinds of streams that the own one adds, takes out. */
	unsigned add, remove;
	unsigned tries;  /* how often it was retransmitted by itself */
	bool refreshing; /* it changes nothing */
	uint16_t why;    /* its user's rule; RULE_NONE: as it changes */
	bool late;       /* its next try is to have no offer */
	bool heard;      /* it has a provisional response (9.1) … */
	bool unwanted;   /* … and is to be cancelled with that */
};

/* Whether this side holds the other one.  Written by call_change.c, read by
 * call_sdp.c. */
struct agent_call_hold {
	bool on;   /* it does … */
	bool next; /* … once the re-INVITE under way is accepted */
	enum agent_hold how;
};

/* Written by call_sdp.c, which frees the session. */
struct agent_call_media {
	struct rtp_session *session; /* rtp/rtp_session.h; NULL: none flow */
	bool muted;                  /* its user is not heard */
	uint8_t says; /* rtp_sound, while nothing else is to be heard of it … */
	unsigned number; /* … which of that kind of sound */
};

/* What watchers were told last (agent/dialog_info.h); literals.
 * dialog_info.c alone knows it. */
struct agent_call_told {
	const char *info, *reason;
};

struct agent_call {
	struct node_owner owner; /* the role of its user */
	struct list link;        /* in agent->calls; once over in agent->over */
	struct agent *agent;
	struct agent_identity *self; /* the called user, or the caller */
	const struct agent_call_ops *ops;
	char *name; /* "alice/1" */
	char *peer; /* the other side's URI */
	char *local_tag;
	struct machine_run machine;
	bool caller;
	bool over;  /* has ended; its INVITEs have not */
	bool joins; /* PLACE: it is to be mixed with OF, not to replace it */
	/* Which Contact its INVITE has, or the answer to it. */
	uint8_t contact_by; /* agent_contact_by */
	unsigned status;    /* with which it has ended, or 0 */
	uint32_t invite_cseq;
	struct agent_session session; /* session_timer.c */
	const struct node_face *face; /* its node's, at its Contact */
	/* What its messages are made to say besides, its user's; or NULL. */
	const struct agent_call_mask *mask;
	struct list invites; /* its INVITEs under way, of either kind */
	struct agent_call_usage *main; /* NULL before there is a dialog */
	struct agent_dialog *dialog;   /* its dialog */
	struct list early;             /* caller: the others of a fork */
	struct agent_offer offer;      /* of its INVITE, before any dialog */
	/* That of its INVITE: before there is a dialog, and, of a caller, for
	 * the next one of a fork. */
	struct sip_sdp_session sdp;
	sim_event timers[AGENT_CALL_TIMERS];
	struct agent_call_out out;
	struct agent_call_in in;
	struct agent_call_ending end;
	struct agent_call_reinvite reinvite;
	struct agent_call_hold hold;
	struct agent_call_media media;
	struct agent_call_told told;
	struct agent_reliable reliable; /* reliable.c */
	struct agent_refer refer;       /* refer.c, referred.c */
	struct agent_place place;       /* replaces.c */
};

/* ---- its life (call.c) ---- */

void agent_call_free(struct agent_call *c);
/* Frees all calls of AGENT, whose node has crashed, or whose run is over. */
void agent_calls_end(struct agent *agent);
/* C takes the step EVENT of the table of calls (machine/usages.c); where it has
 * none in C's state C stays, and a record says that (sip/machine_step.h).  The
 * record of it, or the present cause where there is none. */
uint64_t agent_call_step(struct agent_call *c, enum event_id event,
    enum rule_id why, unsigned status);
/* It is answered and not hung up: no BYE has been sent, and none waits to be
 * sent, behind which no request may go out (15.1.1). */
static inline bool
agent_call_talks(const struct agent_call *c)
{
	return c->machine.state == STATE_CONFIRMED && c->end.bye == NULL;
}

/* C is SELF's, of which it has not said anything yet. */
void agent_call_set_self(struct agent_call *c, struct agent_identity *self);
/* The name of its state (docs/SCENARIO.md). */
const char *agent_call_state_name(const struct agent_call *c);
struct agent_call *agent_call_find(struct agent *agent, const char *name);
/* Ends it by EVENT, which leads from C's state to terminated: dialogs, timers,
 * state.  C may be freed by that. */
void agent_call_end(struct agent_call *c, enum event_id event, enum rule_id why,
    unsigned status);
void agent_call_timer_set(
    struct agent_call *c, enum agent_call_timer t, int64_t due);
/* It was begun by a sips URI. */
bool agent_call_is_sips(const struct agent_call *c);
/* The Contact that C's messages have, a whole value: 8.1.1.8, 12.1.1. */
struct str agent_call_contact(const struct agent_call *c);

/* ---- its dialogs, several where it was forked, and how it is found
 * (call_dialogs.c) ---- */

/* The INVITE usage of D (may be NULL) that is not over, or NULL. */
struct agent_call_usage *agent_call_usage_in(const struct agent_dialog *d);
/* The call whose dialog M (received) belongs to, or NULL. */
struct agent_call *agent_call_of(struct agent *agent, const struct msg *m);
/* Of C's usages the one in the dialog that M belongs to, or NULL. */
struct agent_call_usage *
agent_call_usage_of(const struct agent_call *c, const struct msg *m);
/* Of C's early dialogs that of M is its main one from now on. */
void agent_call_prefer(struct agent_call *c, const struct msg *m);
/* C has a dialog that is in STATE. */
bool agent_call_dialog_is(const struct agent_call *c, enum state_id state);
/* A request of any usage may still be sent in C's dialog: there is one, and no
 * BYE of this side's is out that ends it (15.1.1). */
bool agent_call_can_ask(const struct agent_call *c);
/* 12.3: one of them ends. */
void agent_call_end_usage(struct agent_call_usage *u, enum rule_id why);

/* ---- requests in it, and its end (call_end.c) ---- */

/* RFC 3326: TEXT, one line, is the Reason of its BYE or CANCEL.  0, ERR_NOMEM.
 */
int agent_call_give_reason(struct agent_call *c, const char *text);
/* Hangs up in whatever way the call's state asks for. */
int agent_call_bye(struct agent_call *c, struct diag *d);
/* The same by BYE wherever a dialog is: of a caller in an early one, too (15),
 * of a callee before the ACK. */
int agent_call_bye_now(struct agent_call *c, struct diag *d);
/* The same by itself, for the reason WHY. */
void agent_call_bye_because(struct agent_call *c, enum rule_id why);
int agent_call_cancel(struct agent_call *c, struct diag *d);
/* RFC 3261 12.2.1.2: STATUS says that the other side knows nothing of C any
 * more, or is not an answer at all: EVENT of the call's table, then a BYE. */
void
agent_call_bye_lost(struct agent_call *c, enum event_id event, unsigned status);
/* RFC 5057 5.1: STATUS is the answer to a request without which C's session
 * can't go on: ends C by agent_call_bye_lost, or with its whole dialog (C may
 * be freed then), as STATUS asks for; false: it asks for neither. */
bool
agent_call_ends_by(struct agent_call *c, enum event_id event, unsigned status);
/* RFC 5057 5.1: STATUS (408: none came) is the answer to a request of METHOD
 * in U (may be NULL), other than those for which there is agent_call_ends_by:
 * ends U's call where it must (it may be freed then); false: it ends nothing.
 */
bool agent_call_fails_by(
    struct agent_call_usage *u, enum msg_method m, unsigned status);
/* IN is a BYE within C's dialog (15.1.2). */
void agent_call_bye_received(struct agent_call *c, const struct sip_in *in);

/* ---- the calling side: 13.2 (call_caller.c) ---- */

struct agent_call_invite {
	struct str uri;
	bool late;              /* without an offer (13.2.1) */
	bool hears_late;        /* as in its request (agent/client.h) */
	struct str referred_by; /* RFC 3892: a value, empty for none */
	/* In place of the agent's own From and of the URI in To, values
	 * without a tag; empty: those. */
	struct str from, to;
	struct str call_id;   /* empty: a new one … */
	struct str tag;       /* … of From, likewise */
	uint32_t cseq;        /* 0: the first */
	bool direct;          /* past the agent's outbound proxies */
	struct str body;      /* in place of the offer */
	const char *reliable; /* in place of the attribute, or NULL */
	/* Of this INVITE alone, borrowed until it is sent; NULL: none. */
	const struct agent_call_mask *mask;
	struct agent_identity *self; /* who calls; NULL: the agent itself */
	enum rule_id why;
};
/* Sends an INVITE, which has FIELDS besides its own.  0, ERR_NOMEM,
 * ERR_NOTFOUND (no address is known), ERR_SYNTAX, ERR_LIMIT (no RTP port is
 * free). */
int agent_call_invite(struct agent *agent, const struct agent_call_ops *ops,
    const struct agent_call_invite *what, struct node_fields *fields,
    struct agent_call **c);
/* Goes where a redirection leads that waits for the user's consent. */
int agent_call_follow(struct agent_call *c, struct diag *d);

/* ---- the callee: 13.3, 9.2 (call_called.c) ---- */

/* The call that IN, an INVITE, asks for; NULL when out of memory. */
struct agent_call *agent_call_invited(struct agent *agent,
    const struct agent_call_ops *ops, const struct sip_in *in);
/* C has been asked for and is neither answered nor over. */
bool agent_call_is_ringing(const struct agent_call *c);
/* CODE: 180 to 183. */
int agent_call_ring(struct agent_call *c, unsigned code);
/* RFC 6228 5: what C's early dialog stands for is over: its caller gets a 199,
 * where he wants it, and the dialog ends; C goes on, by a tag of its own.
 * False: nothing could be said. */
bool agent_call_tell_ended(struct agent_call *c);
int agent_call_answer(struct agent_call *c);
/* 17.2.1: an INVITE or re-INVITE that is not answered within 200 ms gets a
 * 100. */
void agent_call_plan_100(struct agent_call *c);
/* REASON may be NULL. */
int agent_call_reject(struct agent_call *c, unsigned status, const char *reason,
    enum rule_id why);
/* The same with all that SPEC says; its To tag is filled in. */
int agent_call_refuse(struct agent_call *c,
    const struct sip_response_spec *spec, enum rule_id why);
/* The same where WHY is not the rule of the call's step, which is STEP. */
int agent_call_refuse_for(struct agent_call *c,
    const struct sip_response_spec *spec, enum rule_id why, enum rule_id step);
/* 13.3.1.2 */
int agent_call_redirect(struct agent_call *c, const char *contact);
void agent_call_cancelled(struct agent_call *c, const struct sip_in *in);

/* ---- the ACK for a 2xx: 13.2.2.4 (call_ack.c) ---- */

/* The answer that the ACK for C's first 2xx waits for is there
 * (ops->describe): it goes out; nothing where no ACK waits. */
void agent_call_ack_late(struct agent_call *c);
/* IN, a 2xx for which there is no transaction, is acknowledged again where it
 * belongs to a call of AGENT's; false where it does not. */
bool agent_call_2xx_again(struct agent *agent, const struct sip_in *in);

/* ---- 2xx without an ACK: 13.3.1.4 (call_called.c) ---- */

/* One of C's 2xx has no ACK yet. */
bool agent_call_2xx_waits(const struct agent_call *c);
void agent_call_2xx_acked(struct agent_call *c, const struct msg *ack);

/* ---- changing it: 14 (call_change.c) ---- */

/* C is answered, and not over: 0, or an error with its sentence. */
int agent_call_need_answered(const struct agent_call *c, struct diag *d);
/* A re-INVITE may go out now: the same. */
int agent_call_may_change(const struct agent_call *c, struct diag *d);
/* LATE: without an offer. */
int agent_call_reinvite(struct agent_call *c, bool late, struct diag *d);
/* The same with an offer, by the user's rule WHY. */
int agent_call_reinvite_by(struct agent_call *c, enum rule_id why);
/* Such a one, by WHY, that was rejected and is to go out again later, does not:
 * another takes its place. */
void agent_call_replace_again(struct agent_call *c, enum rule_id why);
/* RFC 4028 7.4: sends a re-INVITE that changes nothing and so refreshes the
 * session. */
int agent_call_refresh(struct agent_call *c, struct diag *d);
/* RFC 3264 8.4: sends a re-INVITE that holds the other side, or resumes. */
int agent_call_hold(struct agent_call *c, bool hold, struct diag *d);
/* The same, and HOW where it holds. */
int agent_call_hold_as(
    struct agent_call *c, bool hold, enum agent_hold how, struct diag *d);
/* RFC 3264 8.1, 8.2: sends a re-INVITE that adds streams and takes out others.
 * ADD and REMOVE name kinds, with commas or spaces between; either may be NULL.
 */
int agent_call_change_streams(
    struct agent_call *c, const char *add, const char *remove, struct diag *d);

/* ---- the other side changes it: 14.2 (call_changed.c) ---- */

/* IN is a re-INVITE of the other side. */
void agent_call_reinvited(struct agent_call *c, const struct sip_in *in);
/* c->reinvite.change is accepted; or rejected as SPEC says. */
int agent_call_change_accept(struct agent_call *c);
int agent_call_change_refuse(struct agent_call *c,
    const struct sip_response_spec *spec, enum rule_id why);
/* It is cancelled, or the call is over: 487 (15.1.2), where there is one. */
void agent_call_change_drop(struct agent_call *c, enum rule_id why);

/* ---- its descriptions (call_sdp.c) ---- */

/* The session of C's main dialog; of its INVITE where there is none yet. */
struct sip_sdp_session *agent_call_session(struct agent_call *c);
/* The type of M's body, without parameters; and whether it is encoded. */
struct str agent_call_type_of(const struct msg *m);
bool agent_call_is_encoded(const struct msg *m);
/* The session description in M, its body or a part of that; empty where there
 * is none (20.11). */
struct str agent_call_sdp_of(const struct msg *m);
/* What AGENT can do now toward whom FACE faces: attributes `codecs`, `streams`,
 * `bandwidth`. */
void agent_call_read_abilities(const struct agent *agent,
    const struct node_face *face, struct sip_sdp_can *can);
/* 13.3.1.3: whether AGENT can answer OFFER (may be empty), which came to FACE
 * and is to change the session of U (NULL: it is the first), at one of its
 * node's faces: 0, or the code of the Warning that says why not, with its words
 * in *TEXT. */
unsigned
agent_call_judge_offer(const struct agent *agent, const struct node_face *face,
    const struct agent_call_usage *u, struct str offer, const char **text);

/* ---- call_sdp.c ---- */

/* C says SOUND from now on, that with NUMBER. */
void
agent_call_say(struct agent_call *c, enum rtp_sound sound, unsigned number);
/* The user of C, and of all that it is mixed with, is not heard any more, or is
 * again.  0, or an error said in D. */
int agent_call_mute(struct agent_call *c, bool mute, struct diag *d);

/* C's user presses DIGITS, each for MS milliseconds, WAY.  0, or an error said
 * in D. */
int agent_call_media_press(struct agent_call *c, enum rtp_way way,
    struct str digits, unsigned ms, struct diag *d);

#endif
