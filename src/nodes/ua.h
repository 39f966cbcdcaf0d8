/* What the files of the user agent share. */
#ifndef NODES_UA_H
#define NODES_UA_H

#include "base/list.h"
#include "base/map.h"
#include "node/machine.h"
#include "node/node.h"
#include "agent/agent.h"
#include "node/world.h"
#include "sip/dialog.h"
#include "sip/sdp_session.h"

#define UA_ALLOW "INVITE, ACK, BYE, CANCEL, OPTIONS, REFER, NOTIFY, INFO"
/* RFC 3327 5.1 */
#define UA_SUPPORTED "path"
#define UA_SDP       "application/sdp"

/* X(ID, name): the states of a call, in order of life (docs/SCENARIO.md). */
#define UA_CALL_STATES(X)             \
	X(IDLE, "idle")               \
	X(CALLING, "calling")         \
	X(PROCEEDING, "proceeding")   \
	X(EARLY, "early")             \
	X(CONFIRMED, "confirmed")     \
	X(TERMINATING, "terminating") \
	X(TERMINATED, "terminated")

enum ua_call_state {
#define X(id, name) UA_##id,
	UA_CALL_STATES(X)
#undef X
};

/* X(ID, name in the trace, what fires, rule, machine): the timers of a call;
 * the last two are of its subscription (RFC 6665). */
#define UA_TIMERS(X)                                                          \
	X(ANSWER, "answer", ua_fire_answer, RULE_NONE, NULL)                  \
	X(NO_ANSWER, "no-answer", ua_fire_no_answer, RULE_NONE, NULL)         \
	X(HANGUP, "hangup", ua_fire_hangup, RULE_NONE, NULL)                  \
	X(100, "100", ua_fire_100, RULE_IST_REQUEST, NULL)                    \
	X(1XX, "1xx", ua_fire_1xx, RULE_INVITE_1XX_AGAIN, NULL)               \
	X(EXPIRES, "expires", ua_fire_expires, RULE_INVITE_EXPIRED, NULL)     \
	X(2XX, "2xx", ua_fire_2xx, RULE_INVITE_2XX_AGAIN, NULL)               \
	X(CANCEL, "cancel", ua_fire_cancel, RULE_CANCEL_TIMEOUT, NULL)        \
	X(GLARE, "glare", ua_fire_glare, RULE_REINVITE_GLARE, NULL)           \
	X(RETRY, "retry", ua_fire_retry, RULE_REINVITE_RETRY, NULL)           \
	X(NOTIFY, "N", ua_fire_no_notify, RULE_REFER_SILENT, UA_SUBSCRIPTION) \
	X(EXPIRE, "expire", ua_fire_expire, RULE_REFER_EXPIRED, UA_SUBSCRIPTION)

/* Machines of machine/machine.h. */
#define UA_SUBSCRIPTION "subscription"
#define UA_REGISTRATION "registration"

enum ua_timer {
#define X(id, name, fire, why, machine) UA_TIMER_##id,
	UA_TIMERS(X)
#undef X
	    UA_TIMER_COUNT
};

struct ua;

/* The answer to an offer of this side's.  13.2.1: in the responses to an INVITE
 * the first session description from a dialog counts, also in a provisional
 * one, and those after it are ignored. */
struct ua_answer {
	bool taken;
	bool unfit; /* it leaves nothing of the offer */
	bool holds; /* the other side does not want to receive */
};

/* The 2xx that is repeated until the ACK comes (13.3.1.4). */
struct ua_2xx {
	struct list link;           /* in call->oks */
	struct sip_transaction *tr; /* of its INVITE, while that lives */
	struct sip_bytes *bytes;
	struct addr dst;
	uint32_t cseq;
	bool offers; /* the ACK shall answer what it offers (13.2.1) … */
	struct ua_answer answer; /* … like this */
	int64_t interval, due, deadline;
};

/* The ACK for a 2xx, for when that comes again (13.2.2.4). */
struct ua_ack {
	struct list link; /* in call->acks or call->others */
	char *tag;        /* of the branch it is for; NULL: the call's own */
	uint32_t cseq;    /* of its INVITE */
	struct sip_bytes *bytes;
	struct addr dst;
	uint64_t sent;
};

/* One more early dialog of a call that was forked (13.2.2.1). */
struct ua_early {
	struct list link; /* in call->early */
	struct sip_dialog *dialog;
	struct ua_answer answer;
};

/* A call being transferred, at either side: RFC 3515. */
struct ua_transfer {
	struct node_machine machine; /* the subscription that the REFER makes */
	bool referred;               /* the other side has sent the REFER */
	unsigned status;             /* referred: the outcome, not told yet */
	uint32_t cseq;               /* of the REFER */
	uint32_t sent, taken;        /* REFERs of either side in this dialog */
	struct agent_client *client; /* the REFER; or the last NOTIFY */
	struct ua_call *made;        /* referred: the call with the target */
};

struct ua_call {
	struct node_owner owner; /* role_ua */
	struct list link;        /* in ua->calls; once over in ua->over */
	struct ua *ua;
	struct agent *agent; /* ua->agent */
	char *name;          /* "alice/1" */
	char *peer;          /* the other side's URI */
	char *local_tag;
	enum ua_call_state state;
	bool caller;
	bool late;            /* caller: its INVITE has no offer */
	uint8_t transport;    /* by which its INVITE goes, or came */
	bool cancel_wanted;   /* 9.1: waits for a provisional */
	bool cancelled;       /* CANCEL is out */
	bool bye_wanted;      /* 15: waits for the ACK */
	uint64_t bye_cause;   /* what asked for it then */
	enum rule_id bye_why; /* RULE_NONE: somebody hangs up */
	bool watched;         /* called side: a script has been told */
	bool queued;          /* called side: waits for a line */
	bool over;            /* has ended; its INVITEs have not */
	unsigned progress;    /* called side: the last 1xx that was sent */
	uint32_t invite_cseq;
	struct sip_dialog *dialog;
	struct ua_answer answer; /* in it, to the last INVITE with an offer */
	struct list early;       /* caller: the others of a fork */
	uint32_t realms;         /* that have challenged this Call-ID */
	struct agent_client *bye;
	struct list invites; /* its INVITEs under way, of either kind */
	sim_event patience;  /* over: when a re-INVITE is given up */
	/* What is known of the own session description (RFC 3264 8). */
	struct sip_sdp_session sdp;
	bool hold;      /* this side holds the other one … */
	bool hold_next; /* … once the re-INVITE under way is accepted */
	bool held;      /* the other side holds this one */
	/* What the INVITE's transaction needs, while that lives. */
	struct agent_client *client; /* caller */
	struct list acks;            /* caller */
	struct list others; /* caller: of other branches, ended at once */
	struct sip_transaction *invite; /* called side */
	struct sip_bytes *request;      /* called side */
	/* The last re-INVITE of either side, likewise. */
	struct agent_client *reinvite;
	bool reinvite_late;
	struct sip_transaction *reinvited;
	struct sip_bytes *change; /* the other side's, not yet answered */
	unsigned reinvite_tries;  /* how often it was sent again by itself */
	struct list oks;          /* 2xx not yet acknowledged … */
	int64_t oks_due;          /* … and when the timer fires for them */
	struct ua_transfer transfer;
	struct ua_call *referrer; /* whose REFER made this one, till told */
	sim_event timers[UA_TIMER_COUNT];
};

struct ua_registration {
	char *call_id;
	char *from_tag;
	uint32_t cseq;
	uint32_t realms;             /* that have challenged this Call-ID */
	struct node_machine machine; /* of the own address-of-record */
	int64_t expires_s;           /* what is asked for; 0: take away */
	int64_t refresh_s;           /* the same, of the own Contact */
	char *contact; /* others than the own, separated by commas, "*"
			  for all, "" to ask only; NULL: the own */
	char *aor;     /* another user's (10.2); NULL: the own */
	bool told;     /* `expires_s` is the script's word */
	struct agent_client *client;
	bool again; /* `next_s` is to be asked for after that */
	int64_t next_s;
	sim_event refresh;
};

struct ua {
	struct agent agent;
	struct list calls;
	struct list over;      /* calls that only acknowledge */
	struct map *by_name;   /* call by its name */
	struct map *by_dialog; /* call by Call-ID and tags */
	unsigned next_call;
	struct sip_sdp_ports rtp;
	struct ua_registration reg;
};

/* 13.2.1, 13.3.1.4: Allow and Supported, in every INVITE and its 2xx. */
#define UA_CAPABILITIES 2
extern const struct sip_header ua_capabilities[UA_CAPABILITIES];

/* ua.c */
/* The Contact that C's messages have, a whole value: 8.1.1.8, 12.1.1. */
struct str ua_call_contact(const struct ua_call *c);

/* ua_requests.c */
enum node_claim ua_claim(void *role, const struct sip_in *in);
void ua_request(void *role, const struct sip_in *in);

/* ua_info.c: RFC 6086 */
/* An INFO within C's dialog. */
void ua_call_informed(struct ua_call *c, const struct sip_in *in);

/* ua_verbs.c */
extern const struct node_verb ua_verbs[];

/* ua_options.c */
/* The target as a URI: the name of a user agent means its address-of-record,
 * any other bare word somebody of the own domain.  0, ERR_NOMEM, ERR_SYNTAX. */
int ua_write_target(const struct ua *ua, const char *target, struct buf *out);
int ua_options(struct ua *ua, const char *target, struct diag *d);
/* A refusal of the extensions that IN requires (8.2.2.3) was sent. */
bool ua_refuse_extensions(struct ua *ua, const struct sip_in *in);
/* 11.2: as an INVITE would be answered, 200 within a dialog. */
void ua_answer_options(struct ua *ua, const struct sip_in *in, bool dialog);

/* ua_call.c */
struct ua_call *ua_call_new(struct ua *ua, bool caller, struct str peer);
void ua_call_free(struct ua_call *c);
/* EVENT, which the table of calls (machine/usages.c) must have in C's state: C
 * steps.  The record of it, or the present cause where there is none. */
uint64_t ua_call_step(
    struct ua_call *c, const char *event, enum rule_id why, unsigned status);
/* C's state is terminated, whatever it is that ends it; a part of ua_call_end.
 */
uint64_t
ua_call_terminate(struct ua_call *c, enum rule_id why, unsigned status);
struct ua_call *ua_call_find(struct ua *ua, const char *name);
/* Ends it: dialogs, timers, state; C is gone for its caller. */
void ua_call_end(struct ua_call *c, enum rule_id why, unsigned status);
/* Q, one of C's INVITEs, has ended; C may be gone then. */
void ua_call_forget_client(struct ua_call *c, struct agent_client *q);
void ua_timer_set(struct ua_call *c, enum ua_timer t, int64_t due);
void ua_timer_stop(struct ua_call *c, enum ua_timer t);
/* The attribute `hangup`: it ends the call by itself. */
void ua_call_plan_hangup(struct ua_call *c);

/* ua_dialogs.c: the dialogs of a call (several where it was forked), and how it
 * is found */
/* The call whose dialog M (received) belongs to, or NULL. */
struct ua_call *ua_call_of(struct ua *ua, const struct msg *m);
/* Of C's dialogs the one that M belongs to, or NULL. */
struct sip_dialog *ua_call_dialog(const struct ua_call *c, const struct msg *m);
/* The answer in that dialog, likewise. */
struct ua_answer *ua_call_dialog_answer(struct ua_call *c, const struct msg *m);
/* Its main dialog has been made: from now on ua_call_of finds it. 0,
 * ERR_NOMEM. */
int ua_call_listen(struct ua_call *c);
/* 13.2.2.1, 13.2.2.4: makes the dialog of a response with a To tag to C's
 * INVITE, or moves it on; a 2xx makes it C's main one.  0, ERR_NOMEM,
 * ERR_SYNTAX, ERR_LIMIT. */
int ua_call_take_dialog(
    struct ua_call *c, struct sip_bytes *invite, const struct msg *response);
/* A second 2xx: the dialog of that branch goes over to OTHER, made now where
 * it was not there yet.  As above. */
int ua_call_split(struct ua_call *c, struct ua_call *other,
    struct sip_bytes *invite, const struct msg *response);
/* 12.3: one of them ends, or all; or the early ones beside the main one. */
void
ua_call_end_dialog(struct ua_call *c, struct sip_dialog *d, enum rule_id why);
void ua_call_end_dialogs(struct ua_call *c, enum rule_id why);
/* C is over: the main one ends, but is kept for ACKs within it; so do the early
 * ones, but where C was answered: those only wait for a 2xx of their own. */
void ua_call_close_dialogs(struct ua_call *c, enum rule_id why);
void ua_call_end_early(struct ua_call *c, enum rule_id why);
/* The same without a record. */
void ua_call_free_dialogs(struct ua_call *c);

/* ua_call_send.c */
/* A request within C's dialog as a script writes it: method=, headers=, body=.
 * Its answer changes nothing. */
int
ua_call_send(struct ua_call *c, const struct node_args *args, struct diag *d);

/* ua_hangup.c */
/* A request within the call's dialog: sip_dialog_request for targets and
 * routes that are names, and for strict routers.  R is for agent_client_start:
 * its bytes are the caller's.  0, ERR_NOMEM, ERR_NOTFOUND, ERR_SYNTAX. */
int ua_call_request(
    struct ua_call *c, struct sip_request_spec *spec, struct agent_request *r);
/* Sends a BYE in the call's confirmed dialog. */
int ua_call_end_session(struct ua_call *c, struct diag *d);
/* Hangs up in whatever way the call's state asks for. */
int ua_call_bye(struct ua_call *c, struct diag *d);
/* The same by BYE wherever a dialog is: of a caller in an early one, too (15),
 * of a called side before the ACK. */
int ua_call_bye_now(struct ua_call *c, struct diag *d);
/* The same by itself, for the reason WHY. */
void ua_call_bye_because(struct ua_call *c, enum rule_id why);
int ua_call_cancel(struct ua_call *c, struct diag *d);
/* A provisional response has come for a call to be cancelled. */
void ua_call_send_cancel(struct ua_call *c);

/* ua_caller.c */
struct ua_invite {
	const char *target;
	bool late;              /* without an offer (13.2.1) */
	struct str referred_by; /* RFC 3892: a value, empty for none */
	/* Header fields, a line each, and a body in place of the offer. */
	struct str headers, body;
	enum rule_id why;
};
int ua_invite(struct ua *ua, const struct ua_invite *what,
    struct ua_call **call, struct diag *d);
/* The user's word on a redirection. */
int ua_call_follow(struct ua_call *c, struct diag *d);

/* ua_ack.c: 13.2.2.4 */
/* Acknowledges M, a 2xx to the INVITE (as it was sent; NULL: gone by now) with
 * this CSeq; where that had no offer, with the answer to M's. */
void ua_ack_send(struct ua_call *c, struct sip_bytes *invite, uint32_t cseq,
    bool late, const struct msg *m);
bool ua_ack_was_sent(const struct ua_call *c, uint32_t cseq);
/* OTHER, the call that M made of another branch of C's INVITE, is ended at
 * once: C keeps its ACK.  0 or ERR_NOMEM. */
int ua_ack_keep_other(
    struct ua_call *c, const struct ua_call *other, const struct msg *m);
/* M comes again from such a branch: acknowledged again; false where it is from
 * a branch not heard of. */
bool ua_ack_other_again(struct ua_call *c, const struct msg *m);
/* CSEQ 0: of all INVITEs. */
void ua_ack_free(struct ua_call *c, uint32_t cseq);
/* A 2xx that nobody waits for: acknowledged again where it is of a call. */
bool ua_call_2xx_again(struct ua *ua, const struct sip_in *in);

/* ua_judge.c: 8.2, 13.3.1 */
/* Why a request is refused, and what the response says beside its status. */
struct ua_refusal {
	unsigned status; /* 0: it is not */
	enum rule_id why;
	enum msg_header bad; /* 400: the field at fault */
	struct sip_header headers[2];
	size_t nheaders;
	struct str contact, content_type, body;
	struct buf text; /* what they may point into */
};
/* What is wrong with the request itself.  Free R->text either way. */
void ua_judge_request(struct ua *ua, const struct msg *m, struct ua_refusal *r);
/* What the settings say of any call at this moment; BUT as below. */
void
ua_judge_call(struct ua *ua, const struct ua_call *but, struct ua_refusal *r);
/* All lines are taken (attribute `lines`), not counting BUT. */
bool ua_is_full(const struct ua *ua, const struct ua_call *but);
/* STATUS, or what one says that speaks for all phones of its user. */
unsigned ua_refusal_status(const struct ua *ua, unsigned status);
void
ua_refuse(struct ua *ua, const struct sip_in *in, const struct ua_refusal *r);
/* The session description in M, empty where its body is none (20.11). */
struct str ua_sdp_of(const struct msg *m);

/* ua_callee.c */
void ua_invited(struct ua *ua, const struct sip_in *in);
/* CODE: 180 to 183. */
int ua_call_ring(struct ua_call *c, unsigned code);
int ua_call_answer(struct ua_call *c);
/* 17.2.1: an INVITE or re-INVITE that is not answered within 200 ms gets a
 * 100. */
void ua_call_plan_100(struct ua_call *c);
/* REASON may be NULL. */
int ua_call_reject(
    struct ua_call *c, unsigned status, const char *reason, enum rule_id why);
/* The same with whatever SPEC says, but for its To tag. */
int ua_call_refuse(
    struct ua_call *c, const struct sip_response_spec *spec, enum rule_id why);
/* 13.3.1.2 */
int ua_call_redirect(struct ua_call *c, const char *contact);
void ua_call_cancelled(struct ua_call *c, const struct sip_in *in);
/* A call has ended: one that was waiting for a line rings now. */
void ua_line_free(struct ua *ua);

/* ua_2xx.c: 13.3.1.4 */
/* BYTES, just sent to the caller through TR: a reference is taken.  OFFERS: it
 * has an offer, not an answer.  0 or ERR_NOMEM. */
int ua_2xx_start(struct ua_call *c, struct sip_transaction *tr, uint32_t cseq,
    struct sip_bytes *bytes, bool offers);
/* One of C's 2xx has no ACK yet; or one that has an offer. */
bool ua_2xx_waits(const struct ua_call *c);
bool ua_2xx_offers(const struct ua_call *c);
/* TR has ended. */
void ua_2xx_forget(struct ua_call *c, const struct sip_transaction *tr);
void ua_2xx_stop(struct ua_call *c);
void ua_2xx_acked(struct ua_call *c, const struct msg *ack);

/* ua_transfer.c: RFC 3515, the side that sends the REFER */
/* Asks the other side of C to call TO instead. */
int ua_call_transfer(struct ua_call *c, const char *to, struct diag *d);
/* A NOTIFY in C's dialog (C NULL: outside of any). */
void
ua_call_notified(struct ua *ua, struct ua_call *c, const struct sip_in *in);
/* C has a subscription; or it has one that is in STATE. */
bool ua_transfer_lives(const struct ua_call *c);
bool ua_transfer_is(const struct ua_call *c, const char *state);
/* EVENT happens to it; what follows has the record of it as its cause. */
void ua_transfer_step(struct ua_call *c, const char *event, enum rule_id why);
/* C is hung up: what is left of its transfer ends. */
void ua_transfer_stop(struct ua_call *c);
/* C is gone, and leaves nothing behind in other calls. */
void ua_transfer_leave(struct ua_call *c);

/* ua_referred.c: RFC 3515, the side that is to call somebody else */
/* A REFER within C's dialog. */
void ua_call_referred(struct ua_call *c, const struct sip_in *in);
/* C, which may have been made by a REFER, has this final answer; 0: none. */
void ua_transfer_outcome(struct ua_call *c, unsigned status);
/* Its time is over, and the other side hears so. */
void ua_referred_expire(struct ua_call *c);

/* ua_reinvite.c: 14 */
/* LATE: without an offer. */
int ua_call_reinvite(struct ua_call *c, bool late, struct diag *d);
/* RFC 3264 8.4: a re-INVITE that holds the other side, or lets it go. */
int ua_call_hold(struct ua_call *c, bool hold, struct diag *d);

/* ua_reinvited.c: 14.2 */
/* IN is a re-INVITE of the other side. */
void ua_call_reinvited(struct ua_call *c, const struct sip_in *in);
/* c->change is accepted; or refused as SPEC says. */
int ua_change_accept(struct ua_call *c);
int ua_change_refuse(
    struct ua_call *c, const struct sip_response_spec *spec, enum rule_id why);
/* A 100 for it (17.2.1). */
void ua_change_try(struct ua_call *c);
/* It is cancelled, or the call is over: 487 (15.1.2), where there is one. */
void ua_change_drop(struct ua_call *c, enum rule_id why);

/* What the timers do when they fire. */
#define X(id, name, fire, why, machine) void fire(struct ua_call *c);
UA_TIMERS(X)
#undef X

/* ua_register_request.c */
/* The Call-ID of all REGISTERs, made once.  0 or ERR_NOMEM. */
int ua_register_prepare(struct ua *ua);
/* The next REGISTER: bytes, which the caller unrefs, and where it goes.  0,
 * ERR_NOTFOUND where no registrar is known, ERR_SYNTAX, ERR_NOMEM. */
int ua_register_build(struct ua *ua, struct agent_request *r);

/* ua_register.c */
int ua_register(struct ua *ua, int64_t expires_s, bool refresh);
/* The same for other CONTACTs or another AOR (see struct ua_registration; NULL:
 * the own), once. */
int ua_register_other(struct ua *ua, const char *contact, const char *aor,
    int64_t expires_s, bool told, struct diag *d);
/* The own Contact is bound, as far as the phone knows. */
bool ua_registered(const struct ua *ua);
/* For how long the attributes say. */
int64_t ua_register_expires(const struct ua *ua);
void ua_register_stop(struct ua *ua);
/* A node that comes up again and is to register by itself. */
void ua_register_at_once(struct ua *ua);
/* It was registered before the run begins. */
void ua_warm(struct ua *ua);

/* ua_sdp.c */
/* An offer, or the answer to OFFER (may be empty), into *SDP; the caller frees.
 * ANEW: the session is changed by it.  0, ERR_NOMEM, or ERR_LIMIT where no RTP
 * port is free: the answer, if it is one, refuses all streams then. */
int ua_sdp_make(struct ua_call *c, struct str offer, bool anew, char **sdp);
/* What the other side says in SDP (may be empty) of holding. */
void ua_sdp_note_hold(struct ua_call *c, struct str sdp);
/* 13.3.1.3: nothing in OFFER that this phone could use, or no SDP at all. */
bool ua_sdp_unusable(struct str offer);
/* SDP (may be empty) has come for A, in a response to C's offer; false where
 * it is empty, or A is taken already. */
bool ua_sdp_take_answer(
    const struct ua_call *c, struct ua_answer *a, struct str sdp);

#endif
