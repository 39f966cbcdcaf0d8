/* What the files of the user agent share. */
#ifndef NODES_UA_H
#define NODES_UA_H

#include "base/list.h"
#include "base/map.h"
#include "nodes/node.h"
#include "nodes/world.h"
#include "sip/dialog.h"

#define UA_ALLOW "INVITE, ACK, BYE, CANCEL, OPTIONS"
#define UA_SDP   "application/sdp"
/* 13.3.1.1: how often a provisional response is sent again. */
#define SIP_1XX_AGAIN_NS (60 * SIM_S)

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

/* X(ID, name in the trace, rule): the timers of a call. */
#define UA_TIMERS(X)                               \
	X(ANSWER, "answer", RULE_NONE)             \
	X(HANGUP, "hangup", RULE_NONE)             \
	X(1XX, "1xx", RULE_INVITE_1XX_AGAIN)       \
	X(EXPIRES, "expires", RULE_INVITE_EXPIRED) \
	X(2XX, "2xx", RULE_INVITE_2XX_AGAIN)       \
	X(CANCEL, "cancel", RULE_CANCEL_TIMEOUT)

enum ua_timer {
#define X(id, name, why) UA_TIMER_##id,
	UA_TIMERS(X)
#undef X
	    UA_TIMER_COUNT
};

struct ua;

/* Callee: the 2xx that is repeated until the ACK comes (13.3.1.4). */
struct ua_2xx {
	struct sip_bytes *bytes;
	struct addr dst;
	int64_t interval, deadline;
};

struct ua_call {
	struct node_owner owner; /* role_ua */
	struct list link;        /* in ua->calls */
	struct ua *ua;
	char *name; /* "alice/1" */
	char *peer; /* the other side's URI */
	char *local_tag;
	enum ua_call_state state;
	bool caller;
	bool cancel_wanted; /* 9.1: waits for a provisional */
	bool cancelled;     /* CANCEL is out */
	bool bye_wanted;    /* 15: waits for the ACK */
	uint32_t invite_cseq;
	struct sip_dialog *dialog;
	struct sip_transaction *bye;
	/* What the INVITE's transaction needs, while that lives. */
	struct sip_transaction *invite;
	struct sip_bytes *request;
	struct sip_bytes *ack; /* caller: for a repeated 2xx */
	struct addr ack_dst;
	uint64_t ack_sent;
	struct ua_2xx *ok; /* callee: not yet acknowledged */
	sim_event timers[UA_TIMER_COUNT];
};

struct ua_registration {
	char *call_id;
	char *from_tag;
	uint32_t cseq;
	int64_t expires_s; /* what is asked for; 0: take away */
	char *contact;     /* another URI than the own, "*" for all, "" to
			      ask only; NULL: the own */
	struct sip_transaction *tr;
	bool pending; /* no final response yet (10.2) */
	bool again;   /* `next_s` is to be asked for after that */
	int64_t next_s;
	sim_event refresh;
	bool registered;
};

struct ua {
	struct node *node;
	char *aor;       /* "sip:alice@atlanta.example.com" */
	char *canonical; /* the same as 10.3 compares it */
	char *identity;  /* From value without tag */
	char *contact;   /* whole value */
	struct list calls;
	struct map *by_name;   /* call by its name */
	struct map *by_dialog; /* call by Call-ID and tags */
	struct map *by_invite; /* call that came in, by 8.2.2.2's key */
	struct buf key;
	unsigned next_call;
	struct ua_registration reg;
};

/* ua.c */
struct sim *ua_sim(const struct ua *ua);
/* The preloaded Route of an outbound proxy; empty where there is none. */
struct str ua_route(const struct ua *ua, struct buf *scratch);
/* The address-of-record of a user agent's node, also while it is down; the
 * caller frees.  NULL when out of memory. */
char *ua_aor_of(const struct node *n);
void ua_fail_memory(const struct ua *ua);
/* Tells who watches (the state of the node). */
void ua_tell(struct ua *ua, const char *state);
/* Starts a transaction for REQUEST; 0, or why it can't be sent (recorded). */
int ua_send(struct ua *ua, struct sip_bytes *request, struct addr *dst,
    enum trace_rule why, const struct sip_transaction_ops *ops, void *arg,
    struct sip_transaction **tr);
void ua_note_bad(struct ua *ua, enum trace_rule why, const char *reason);
/* The record of a setting that does VERB on OBJECT by itself; what follows has
 * it as its cause. */
void ua_note_act(struct ua *ua, const char *verb, const char *object);

/* ua_requests.c */
enum node_claim ua_claim(void *role, const struct sip_in *in);
void ua_request(void *role, const struct sip_in *in);

/* ua_verbs.c */
extern const struct node_verb ua_verbs[];

/* ua_options.c */
/* The target as a URI: the name of a user agent means its address-of-record,
 * any other bare word somebody of the own domain.  0, ERR_NOMEM, ERR_SYNTAX. */
int ua_write_target(const struct ua *ua, const char *target, struct buf *out);
int ua_options(struct ua *ua, const char *target, struct diag *d);
/* 11.2: as an INVITE would be answered, 200 within a dialog. */
void ua_answer_options(struct ua *ua, const struct sip_in *in, bool dialog);

/* Where a request outside a dialog goes: to ROUTE (may be empty), else where
 * URI says (8.1.2).  Writes a route record, which causes what follows.  0 or
 * ERR_NOTFOUND. */
int
ua_next_hop(struct ua *ua, struct str uri, struct str route, struct addr *dst);

/* ua_call.c */
struct ua_call *ua_call_new(struct ua *ua, bool caller, struct str peer);
void ua_call_free(struct ua_call *c);
/* Writes the change; its record, or the present cause where there is none. */
uint64_t ua_call_enter(struct ua_call *c, enum ua_call_state state,
    enum trace_rule why, unsigned status);
struct ua_call *ua_call_find(struct ua *ua, const char *name);
/* The call whose dialog M (received) belongs to, or NULL. */
struct ua_call *ua_call_of(struct ua *ua, const struct msg *m);
/* Its dialog has been made: from now on ua_call_of finds it. 0, ERR_NOMEM. */
int ua_call_listen(struct ua_call *c);
void ua_call_unlisten(struct ua_call *c);
/* Ends it: dialog, timers, state; frees it. */
void ua_call_end(struct ua_call *c, enum trace_rule why, unsigned status);
/* The call of an INVITE that came before with the same Call-ID, From tag and
 * CSeq (8.2.2.2), or NULL; and keeping C's. 0, ERR_NOMEM. */
struct ua_call *ua_call_of_invite(struct ua *ua, const struct msg *m);
int ua_call_keep_invite(struct ua_call *c, const struct sip_in *in);
/* Its INVITE's transaction has ended: what only that needed goes. */
void ua_call_forget_invite(struct ua_call *c);
void ua_timer_set(struct ua_call *c, enum ua_timer t, int64_t due);
void ua_timer_stop(struct ua_call *c, enum ua_timer t);
/* The attribute `hangup`: it ends the call by itself. */
void ua_call_plan_hangup(struct ua_call *c);

/* ua_hangup.c */
/* A request within the call's dialog: sip_dialog_request for targets and
 * routes that are names, and for strict routers. */
int ua_call_request(struct ua_call *c, struct sip_request_spec *spec,
    struct sip_bytes **out, struct addr *dst);
/* Sends a BYE in the call's confirmed dialog. */
int ua_call_end_session(struct ua_call *c, struct diag *d);
/* Hangs up in whatever way the call's state asks for. */
int ua_call_bye(struct ua_call *c, struct diag *d);
int ua_call_cancel(struct ua_call *c, struct diag *d);
/* A provisional response has come for a call to be cancelled. */
void ua_call_send_cancel(struct ua_call *c);

/* ua_caller.c */
int ua_invite(
    struct ua *ua, const char *target, struct ua_call **call, struct diag *d);
bool ua_call_2xx_again(struct ua *ua, const struct sip_in *in);

/* ua_callee.c */
void ua_invited(struct ua *ua, const struct sip_in *in);
int ua_call_ring(struct ua_call *c);
int ua_call_answer(struct ua_call *c);
int ua_call_reject(struct ua_call *c, unsigned status, enum trace_rule why);
void ua_call_cancelled(struct ua_call *c, const struct sip_in *in);

/* ua_2xx.c: 13.3.1.4 */
/* BYTES, just sent to the caller: a reference is taken. 0 or ERR_NOMEM. */
int ua_2xx_start(struct ua_call *c, struct sip_bytes *bytes);
void ua_2xx_stop(struct ua_call *c);
void ua_2xx_acked(struct ua_call *c, const struct msg *ack);

/* What the timers do when they fire. */
void ua_fire_answer(struct ua_call *c);
void ua_fire_hangup(struct ua_call *c);
void ua_fire_1xx(struct ua_call *c);
void ua_fire_expires(struct ua_call *c);
void ua_fire_2xx(struct ua_call *c);
void ua_fire_cancel(struct ua_call *c);

/* ua_register.c */
int ua_register(struct ua *ua, int64_t expires_s, bool refresh);
/* The same for another CONTACT (see struct ua_registration), once. */
int ua_register_contact(
    struct ua *ua, const char *contact, int64_t expires_s, struct diag *d);
/* For how long the attributes say. */
int64_t ua_register_expires(const struct ua *ua);
void ua_register_stop(struct ua *ua);
/* A node that comes up again and is to register by itself. */
void ua_register_at_once(struct ua *ua);

/* ua_sdp.c */
/* An offer, or the answer to OFFER (may be empty); the caller frees. NULL when
 * out of memory. */
char *ua_sdp_make(struct ua *ua, struct str offer);
/* 13.3.1.3: nothing in OFFER that this phone could use, or no SDP at all. */
bool ua_sdp_unusable(struct str offer);

#endif
