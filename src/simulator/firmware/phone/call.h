/*
 * Calls: RFC 3261 9, 12 to 15, RFC 3264.  The states' names are those of
 * rung's trace: a callee is in `moratorium` from its 2xx to the ACK.
 */
#ifndef FIRMWARE_PHONE_CALL_H
#define FIRMWARE_PHONE_CALL_H

#include "firmware/phone/dialog.h"
#include "firmware/phone/sdp.h"
#include "firmware/phone/sip.h"

#define CALL_LINES    2 /* calls at once */
#define CALL_DIGITS   20
#define CALL_HEARD    14
#define CALL_BRANCHES 4 /* of a forked INVITE, whose 1xx are acknowledged */

struct phone;

enum call_state {
	CALL_IDLE, /* the slot is free */
	CALL_CALLING,
	CALL_PROCEEDING,
	CALL_EARLY,
	CALL_MORATORIUM, /* callee: the 2xx is out, no ACK has come */
	CALL_CONFIRMED,
	CALL_TERMINATING,
};

/* RFC 3262 4: a branch that sent provisional responses to be acknowledged. */
struct call_branch {
	char *tag; /* of its To; NULL: free */
	uint32_t rseq;
	int cseq; /* of our last request in its dialog */
};

/* Our REFER in a call. */
struct transfer {
	bool lives; /* its outcome is open */
	unsigned cseq;
	unsigned joined;    /* the call that is to be replaced, 0: none */
	struct timer timer; /* the next NOTIFY does not come */
};

/* A REFER of the other side's, and the subscription that it made. */
struct referral {
	struct phone *phone;   /* NULL: free */
	struct call *call;     /* whose dialog it is, NULL: … */
	osip_dialog_t *dialog; /* … its own since that call is over */
	struct auth auth;      /* the same */
	struct call *made;     /* NULL: its outcome is known */
	unsigned id;           /* of the REFER */
	bool named;            /* NOTIFYs say of which REFER they are */
	struct tx *notify;     /* under way */
	int outcome;           /* the status of MADE, 0: none yet */
	bool told;             /* the last NOTIFY is out */
	struct timer expire;
};

/* Whom to call, and why. */
struct call_wish {
	char *uri;
	char *replaces; /* value of Replaces, NULL: none */
	char *by;       /* Referred-By, NULL: no transfer */
};

struct call {
	struct phone *phone;
	enum call_state state;
	unsigned id;
	bool outgoing;
	bool hang_up; /* as soon as that is allowed */
	bool quiet;   /* its end is not shown */
	bool held;    /* by us: the other side knows */
	bool held_by_peer;
	bool hold_wanted;             /* what the pending re-INVITE is for */
	bool we_offered;              /* in a response of ours … */
	bool offer_answered;          /* … and the answer has come */
	char peer[CONFIG_URI];        /* a URI */
	char name[CONFIG_NAME];       /* "" where no name is known */
	char digits[CALL_DIGITS + 1]; /* DTMF sent */
	char heard[CALL_HEARD + 1];   /* by INFO */
	char *target;                 /* Request-URI, caller's side */
	char *from, *to, *call_id, *tag;
	char *replaces, *by;       /* of its wish */
	struct referral *referral; /* who waits for its outcome */
	struct transfer transfer;
	unsigned refers; /* REFERs that came in it */
	unsigned cseq;   /* of the last INVITE before a dialog */
	unsigned redirects;
	osip_dialog_t *dialog; /* NULL until one is early */
	struct tx *invite;     /* the INVITE that makes the call */
	struct tx *reinvite;   /* ours, pending */
	struct tx *bye;
	osip_message_t *ack; /* of the last 2xx, to be repeated */
	struct where ack_to;
	osip_message_t *ok; /* the 2xx that waits for its ACK */
	struct where ok_to;
	uint64_t ok_wait_us;
	struct call_branch branches[CALL_BRANCHES];
	/* Called side: the 1xx that waits for its PRACK, NULL: none. */
	osip_message_t *progress;
	uint32_t rseq;
	uint64_t progress_wait_us;
	bool answer_wanted; /* as soon as the PRACK has come */
	struct auth auth;
	struct sdp_own own;
	struct sdp_peer media; /* what was agreed */
	bool media_agreed;
	uint64_t since_us; /* when it was confirmed */
	struct timer repeat, give_up, answer, retry;
	struct timer progress_repeat, progress_give_up;
};

/* ---- what the user does ---- */

/* Calls URI; NULL where it can't be (the screen says why). */
struct call *call_dial(struct phone *phone, const char *uri);
struct call *call_dial_wish(struct phone *phone, const struct call_wish *wish);
/* A line is free. */
bool call_may_dial(struct phone *phone);
void call_answer(struct call *call);
/* CANCEL, BYE, or 486 to a call that rings: 603 would stop it from ringing
 * elsewhere too (21.6.2). */
void call_end(struct call *call);
void call_hold(struct call *call, bool hold);
/* Has the other side call URI instead of us. */
void call_transfer(struct call *call, const char *uri);
/* Has OTHER's other side take our place in CALL (RFC 5589 7). */
void call_join(struct call *call, struct call *other);
/* CALL, which may be NULL, is one that a REFER can be sent in. */
bool call_may_transfer(const struct call *call);
/* DIGIT is 0 to 9, * or #: by RTP (RFC 4733) where media flow, else by INFO. */
void call_digit(struct call *call, char digit);

/* ---- what comes ---- */

/* An INVITE outside of a dialog. */
void call_incoming(struct phone *phone, struct tx *tx);
/* TX's request belongs to a call; false: to none. */
bool call_request(struct phone *phone, struct tx *tx);
/* A CANCEL of INVITE came; the CANCEL itself was answered with 200. */
void call_cancelled(struct phone *phone, struct tx *invite);
void call_acked(struct phone *phone, const osip_message_t *ack);

/* ---- questions ---- */

const char *call_state_name(enum call_state state);
/* Rings and waits for the user. */
bool call_rings(const struct call *call);
/* The user has something to do with it. */
bool call_lives(const struct call *call);
/* The first that lives, other than BUT; NULL: none. */
struct call *call_other(struct phone *phone, const struct call *but);
/* What to call the other side on a screen. */
const char *call_name(const struct call *call, char *out, size_t cap);

/* ---- between the files of a call ---- */

struct call *call_create(struct phone *phone, const char *peer);
void call_enter(struct call *call, enum call_state state);
/* The end of CALL and of what it holds.  WHY is shown, TEXT_NONE: nothing. */
void call_over(struct call *call, enum text_id why);
/* A request within the dialog (12.2.1.1); NULL: it can't be built. */
osip_message_t *call_within(
    struct call *call, const char *method, const char *type, const char *body);
/* Sends REQUEST with the credentials known; NULL: its destination is
 * unknown. */
struct tx *call_send(struct call *call, osip_message_t *request, tx_fn fn);
/* Sends TX's request again with the credentials that RESPONSE asks for; NULL:
 * that can't be done. */
struct tx *call_send_again(
    struct call *call, struct tx *tx, const osip_message_t *response, tx_fn fn);
/* ACK of a 2xx to REQUEST within CALL's dialog (13.2.2.4). */
void call_ack_2xx(
    struct call *call, const osip_message_t *request, const char *body);
/* Sends the last ACK once more if it belongs to OK, a 2xx that came once more.
 */
void call_ack_again(struct call *call, const osip_message_t *ok);
/* CANCEL, where a provisional response has come (9.1). */
void call_cancel(struct call *call);
/* BYE; the call is over when it is answered. */
void call_bye(struct call *call);
/* Makes the dialog of M, a response to our INVITE (12.1.2). */
void call_make_dialog(struct call *call, osip_message_t *m);
/* Adds to RESPONSE our description: the answer to what REQUEST offers, or an
 * offer where it has none.  False where there is nothing in common: all is as
 * before. */
bool call_describe(struct call *call, const osip_message_t *request,
    osip_message_t *response, bool hold);
/* Sends OK, a 2xx to TX's INVITE, which it takes, and repeats it until its ACK
 * comes (13.3.1.4). */
void call_accept(struct call *call, struct tx *tx, osip_message_t *ok);
/* A digit that the other side has sent. */
void call_hear_digit(struct call *call, char digit);

/* ---- requests within its dialog (call_request) ---- */

void call_info(struct call *call, struct tx *tx);
void call_updated(struct call *call, struct tx *tx);
void call_pracked(struct call *call, struct tx *tx);
void call_referred(struct call *call, struct tx *tx);
void call_notified(struct call *call, struct tx *tx);

/* ---- a REFER that came (call_referred.c) ---- */

/* MADE was answered with STATUS. */
void referral_outcome(struct call *made, int status);
/* CALL is over, but not the subscriptions in its dialog. */
void referral_keep(struct call *call);
/* Forgets all of PHONE's referrals. */
void referral_stop(struct phone *phone);

/* ---- RFC 3891 (call_replaces.c) ---- */

/* *REPLACED is the call whose place the INVITE M takes, NULL: none.  Returns
 * the status that rejects M, 0: it is not rejected. */
int call_find_replaced(
    struct phone *phone, const osip_message_t *m, struct call **replaced);

/* ---- RFC 3262 (call_reliable.c) ---- */

/* Acknowledges M, a 1xx of more than 100, where it asks for that.  False: it is
 * a copy, or came too early. */
bool call_take_reliable(struct call *call, osip_message_t *m);
void call_branches_free(struct call *call);
/* The number of our last request to the branch TAG, 0: none was sent. */
int call_branch_cseq(struct call *call, const char *tag);
/* Makes RINGING, a 1xx that is to be sent, one to be acknowledged where the
 * INVITE requires it. */
void call_make_reliable(struct call *call, osip_message_t *ringing);
/* No 2xx may go out yet; it does when the PRACK has come. */
bool call_must_wait(struct call *call);

/* 488 to TX's offer, which comes later and can't be answered. */
void call_refuse_offer(struct call *call, struct tx *tx);
/* Reads the other side's description. */
void call_learn_media(struct call *call, const osip_message_t *m);
/* What we want of the sound, for a description of ours. */
enum sdp_direction call_direction(const struct call *call, bool hold);

#endif
