/* What the files of the user agent share. */
#ifndef NODES_UA_H
#define NODES_UA_H

#include "base/list.h"
#include "base/map.h"
#include "node/machine.h"
#include "node/node.h"
#include "agent/call.h"
#include "agent/registration.h"
#include "node/world.h"

#define UA_ALLOW "INVITE, ACK, BYE, CANCEL, OPTIONS, REFER, NOTIFY, INFO"
#define UA_SUPPORTED AGENT_SUPPORTED

/* X(ID, name in the trace, what fires, rule, machine): the timers that a phone
 * has in a call; the last two are of its subscription (RFC 6665). */
#define UA_TIMER_LIST(X)                                                      \
	X(ANSWER, "answer", ua_fire_answer, RULE_NONE, NULL)                  \
	X(NO_ANSWER, "no-answer", ua_fire_no_answer, RULE_NONE, NULL)         \
	X(HANGUP, "hangup", ua_fire_hangup, RULE_NONE, NULL)                  \
	X(NOTIFY, "N", ua_fire_no_notify, RULE_REFER_SILENT, UA_SUBSCRIPTION) \
	X(EXPIRE, "expire", ua_fire_expire, RULE_REFER_EXPIRED, UA_SUBSCRIPTION)

/* Of machine/machine.h. */
#define UA_SUBSCRIPTION "subscription"

enum ua_timer {
#define X(id, name, fire, why, machine) UA_TIMER_##id,
	UA_TIMER_LIST(X)
#undef X
	    UA_TIMERS
};

struct ua;

/* A call being transferred, at either side: RFC 3515. */
struct ua_transfer {
	struct node_machine machine; /* the subscription that the REFER makes */
	bool referred;               /* the other side has sent the REFER */
	unsigned status;             /* referred: the outcome, not told yet */
	uint32_t cseq;               /* of the REFER */
	uint32_t sent, taken;        /* REFERs of either side in this dialog */
	struct agent_client *client; /* the REFER; or the last NOTIFY */
	struct agent_call *made;     /* referred: the call with the target */
};

/* A call of a phone, and what the phone does in it. */
struct ua_call {
	struct agent_call call;
	bool watched; /* called side: a script has been told */
	bool queued;  /* called side: waits for a line */
	struct ua_transfer transfer;
	struct agent_call *referrer; /* whose REFER made this one, till told */
	sim_event timers[UA_TIMERS];
};

struct ua {
	struct agent agent;
	struct agent_registration reg;
	sim_event at_once; /* it is going to register by itself */
};

/* 13.2.1, 13.3.1.4: Allow and Supported, in every INVITE and its 2xx. */
#define UA_CAPABILITIES 2
extern const struct sip_header ua_capabilities[UA_CAPABILITIES];

/* ua_requests.c */
enum node_claim ua_claim(void *role, const struct sip_in *in);
void ua_request(void *role, const struct sip_in *in);

/* ua_info.c: RFC 6086 */
/* An INFO within C's dialog. */
void ua_call_informed(struct agent_call *c, const struct sip_in *in);

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

/* ua_call_send.c */
/* A request within C's dialog as a script writes it: method=, headers=, body=.
 * Its answer changes nothing. */
int ua_call_send(
    struct agent_call *c, const struct node_args *args, struct diag *d);

/* ua_call.c */
extern const struct agent_call_ops ua_call_ops;
/* Of a call that is a phone's. */
struct ua_call *ua_call_of(const struct agent_call *c);
struct ua *ua_of(const struct agent_call *c);
struct ua_transfer *ua_transfer_of(const struct agent_call *c);
void ua_timer_set(struct agent_call *c, enum ua_timer t, int64_t due);
void ua_timer_stop(struct agent_call *c, enum ua_timer t);

/* ua_invite.c */
struct ua_invite {
	const char *target;
	bool late;              /* without an offer (13.2.1) */
	struct str referred_by; /* RFC 3892: a value, empty for none */
	/* Header fields, a line each, and a body in place of the offer. */
	struct str headers, body;
	enum rule_id why;
};
int ua_invite(struct ua *ua, const struct ua_invite *what,
    struct agent_call **call, struct diag *d);

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
void ua_judge_call(
    struct ua *ua, const struct agent_call *but, struct ua_refusal *r);
/* All lines are taken (attribute `lines`), not counting BUT. */
bool ua_is_full(const struct ua *ua, const struct agent_call *but);
/* STATUS, or what one says that speaks for all phones of its user. */
unsigned ua_refusal_status(const struct ua *ua, unsigned status);
void
ua_refuse(struct ua *ua, const struct sip_in *in, const struct ua_refusal *r);

/* ua_callee.c */
void ua_invited(struct ua *ua, const struct sip_in *in);
/* A call has ended: one that was waiting for a line rings now. */
void ua_line_free(struct ua *ua);

/* ua_transfer.c: RFC 3515, the side that sends the REFER */
/* Asks the other side of C to call TO instead. */
int ua_call_transfer(struct agent_call *c, const char *to, struct diag *d);
/* A NOTIFY in C's dialog (C NULL: outside of any). */
void
ua_call_notified(struct ua *ua, struct agent_call *c, const struct sip_in *in);
/* C has a subscription; or it has one that is in STATE. */
bool ua_transfer_lives(const struct agent_call *c);
bool ua_transfer_is(const struct agent_call *c, const char *state);
/* EVENT happens to it; what follows has the record of it as its cause. */
void
ua_transfer_step(struct agent_call *c, const char *event, enum rule_id why);
/* C is hung up: what is left of its transfer ends. */
void ua_transfer_stop(struct agent_call *c);
/* C is gone, and leaves nothing behind in other calls. */
void ua_transfer_leave(struct agent_call *c);

/* ua_referred.c: RFC 3515, the side that is to call somebody else */
/* A REFER within C's dialog. */
void ua_call_referred(struct agent_call *c, const struct sip_in *in);
/* C, which may have been made by a REFER, has this final answer; 0: none. */
void ua_transfer_outcome(struct agent_call *c, unsigned status);
/* Its time is over, and the other side hears so. */
void ua_referred_expire(struct agent_call *c);

/* What the timers do when they fire. */
#define X(id, name, fire, why, machine) void fire(struct agent_call *c);
UA_TIMER_LIST(X)
#undef X

/* ua_register.c */
/* For how long the attributes say. */
int64_t ua_register_expires(const struct ua *ua);
/* A node that comes up again and is to register by itself. */
void ua_register_at_once(struct ua *ua);
/* It was registered before the run begins. */
void ua_warm(struct ua *ua);

#endif
