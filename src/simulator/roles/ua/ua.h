/* Shared by the files of the user agent. */
#ifndef ROLES_UA_UA_H
#define ROLES_UA_UA_H

#include "agent/call.h"
#include "agent/multipart.h"
#include "agent/publication.h"
#include "agent/refer.h"
#include "agent/refusal.h"
#include "agent/registration.h"
#include "agent/replaces.h"
#include "agent/requests.h"
#include "base/list.h"
#include "node/node.h"
#include "node/world.h"

/* The methods of a phone, in the order of its Allow: see agent/requests.h. */
#define UA_METHODS(X, AND)                                        \
	X(INVITE, agent_call_reinvited, ua_invited)               \
	AND X(ACK, NULL, NULL)                                    \
	AND X(BYE, agent_call_bye_received, NULL)                 \
	AND X(CANCEL, NULL, NULL)                                 \
	AND X(OPTIONS, ua_call_answer_options, ua_answer_options) \
	AND X(REFER, NULL, agent_referred)                        \
	AND X(SUBSCRIBE, NULL, agent_subscribed)                  \
	AND X(NOTIFY, NULL, agent_notified)                       \
	AND X(INFO, agent_call_informed, NULL)                    \
	AND X(MESSAGE, ua_call_messaged, ua_messaged)             \
	AND X(PRACK, agent_reliable_acked, NULL)                  \
	AND X(UPDATE, agent_call_updated, NULL)
#define UA_ALLOW     UA_METHODS(AGENT_METHOD_NAME, ", ")
#define UA_SUPPORTED AGENT_CALL_SUPPORTED
#define UA_DTMF_MS   160 /* how long a digit sounds, as the handset says */

/* X(ID, name in the trace, what fires): the timers that a phone has in a call.
 */
#define UA_TIMER_LIST(X)                             \
	X(ANSWER, "answer", ua_fire_answer)          \
	X(NO_ANSWER, "no-answer", ua_fire_no_answer) \
	X(HANGUP, "hangup", ua_fire_hangup)

enum ua_timer {
#define X(id, name, fire) UA_TIMER_##id,
	UA_TIMER_LIST(X)
#undef X
	    UA_TIMERS
};

struct ua;
struct ua_conference;
struct ua_discovery;

extern const struct node_role role_ua;

/* A call of a phone, and what the phone does in it. */
struct ua_call {
	struct agent_call call;
	bool watched;         /* callee: a script has been told */
	bool attends;         /* its conference was asked for, once */
	bool queued;          /* callee: waits for a line, and … */
	struct list in_queue; /* … is in the phone's `queue` */
	struct ua_conference *conference; /* that it is to; NULL: none */
	char *confers; /* the call that follows it into one, or NULL */
	sim_event timers[UA_TIMERS];
};

/* Whether its server is there (attribute `ping`). */
struct ua_ping {
	sim_event timer;
	struct agent_client *client; /* the last, until it is answered */
	bool lost;                   /* the last was not answered */
};

/* How many failed calls are remembered, each by its number: a verb on one is
 * rejected with the reason. */
#define UA_FAILED_MOST 16

/* RFC 5626 4.2.1: how many flows a phone should be able to have. */
#define UA_FLOWS 4

struct ua {
	struct agent agent;
	struct agent_registration reg;
	/* RFC 5626: those over its other flows. */
	struct agent_registration more[UA_FLOWS - 1];
	sim_event ask;              /* it is going to ask … */
	struct node_stun *question; /* … how it is seen (attribute `stun`) */
	struct ua_discovery *discovery; /* of its NAT; NULL: none is made */
	struct list queue; /* calls that wait for a line, the first first … */
	size_t nqueue;     /* … and how many */
	struct list outbox; /* what waits for its turn (roles/ua/ua_outbox.h) */
	struct list redials; /* who was busy (ua_redial.c) … */
	char *busy;          /* … and who was last, or NULL */
	struct ua_ping ping;
	unsigned described; /* descriptions of what it can do sent so far */
	sim_event at_once;  /* it is going to register by itself */
	sim_event soon;     /* … to publish and subscribe by itself */
	struct agent_publication pub; /* of its user's presence */
	bool closed;                  /* presence: "closed", not "open" */
	char *note;                   /* presence: a note for people, or NULL */
	struct ua_failed {
		uint32_t call;   /* 0: none */
		unsigned status; /* 300 to 699 */
	} failed[UA_FAILED_MOST];
};

/* 13.2.1, 13.3.1.4: Allow and Supported, in every INVITE and its 2xx. */
#define UA_CAPABILITIES 2
extern const struct sip_header ua_capabilities[UA_CAPABILITIES];
/* Of a phone with reliable=no. */
extern const struct sip_header ua_plain_capabilities[UA_CAPABILITIES];

/* ua_outbox.c: the INFO of ARGS (package=, type=, body=); the digits of ARGS
 * (digits=, duration=), one INFO each. */
int ua_call_info(
    struct agent_call *c, const struct node_args *args, struct diag *d);
int ua_call_dtmf(
    struct agent_call *c, const struct node_args *args, struct diag *d);

/* ua_outbox.c: RFC 3428 */
/* The records of what a user reads, and what scripts wait for. */
void ua_messaged(struct agent *agent, const struct sip_in *in);
void ua_call_messaged(struct agent_call *c, const struct sip_in *in);
/* Sends a MESSAGE within C, as ARGS say. */
int ua_call_message(
    struct agent_call *c, const struct node_args *args, struct diag *d);

/* ua_verbs.c; the verbs beside calls in ua_verbs.c (ua_verbs.h) */
extern const struct node_verb ua_verbs[];

/* ua_callee.c */
/* An OPTIONS within C's dialog. */
int ua_call_options(struct agent_call *c, struct diag *d);
/* A request as SPEC says: within the dialog of C, or where that is NULL outside
 * of dialogs, with a From tag of its own. */
int ua_build(struct ua *ua, struct agent_call *c, struct sip_request_spec *spec,
    struct agent_request *r);
/* An OPTIONS to URI, or within the dialog of C, if that is not NULL. */
int ua_options_build(struct ua *ua, struct agent_call *c, struct str uri,
    struct agent_request *r);
/* 11.2: 200 within a dialog, else as an INVITE would be answered. */
void ua_call_answer_options(struct agent_call *c, const struct sip_in *in);
void ua_answer_options(struct agent *agent, const struct sip_in *in);

/* ua_stun.c: RFC 8489, RFC 5780 */
/* Asks how it is seen, where the attribute `stun` says whom; it registers when
 * it knows. */
void ua_stun_start(struct ua *ua);
/* Finds out what its NAT does; 0, or an error with its sentence in D. */
int ua_discover(struct ua *ua, struct diag *d);
void ua_stun_stop(struct ua *ua);

/* ua_ping.c: OPTIONS at regular times (attribute `ping`), while it is up.
 */
void ua_ping_start(struct ua *ua);
void ua_ping_stop(struct ua *ua);

/* ua_verbs.c */

/* ua.c */
extern const struct agent_call_ops ua_call_ops;
/* Of a call that is a phone's. */
struct ua_call *ua_call_of(const struct agent_call *c);
struct ua *ua_of(const struct agent_call *c);
/* The number of the call named OBJECT, "alice/3"; 0: it is no such name. */
uint32_t ua_call_number(const char *object);
/* Asks the other side of C to call TO instead, in the place of a call or into
 * it where PLACE names one: 0, or an error with its sentence in D. */
struct ua_place;
int ua_call_transfer(struct agent_call *c, const char *to,
    const struct ua_place *place, bool silent, struct diag *d);
void ua_timer_set(struct agent_call *c, enum ua_timer t, int64_t due);

/* ua_place.c */
struct ua_invite {
	const char *target;
	bool late;              /* without an offer (13.2.1) */
	struct str referred_by; /* RFC 3892: a value, empty for none */
	/* Header fields, a line each, and a body in place of the offer. */
	struct str headers, body;
	const char *reliable;         /* in place of the attribute, or NULL */
	const struct ua_place *place; /* ua_place.h; NULL: a call of its own */
	enum rule_id why;
};
int ua_invite(struct ua *ua, const struct ua_invite *what,
    struct agent_call **call, struct diag *d);

/* ua_callee.c: 8.2, 13.3.1 */
/* ua_callee.c */
/* An INVITE outside of dialogs. */
void ua_invited(struct agent *agent, const struct sip_in *in);
/* A call has ended: one that was waiting for a line rings now. */
void ua_line_free(struct ua *ua);
/* C waits for a line no longer, if it did. */
void ua_queue_leave(struct agent_call *c);

/* What the timers do when they fire. */
#define X(id, name, fire) void fire(struct agent_call *c);
UA_TIMER_LIST(X)
#undef X

/* ua_subscribe.c: RFC 6665 */
/* Publishes, and asks for, what the attributes `publish` and `subscribe` say,
 * when others have had the time to register. */
void ua_subscribe_soon(struct ua *ua);
/* struct program_neighbours */
int ua_follow(void *ua, struct str uri, bool on);
/* Asks for TARGET's state (NULL: its own user's), as WHAT says, whose uri is
 * filled in, and whose ops where they are NULL.  0, or an error with its
 * sentence in D, or ERR_NOMEM; *S as in agent_subscribe. */
int ua_subscribe(struct ua *ua, const char *target,
    struct agent_subscribe *what, struct agent_subscriber **s, struct diag *d);

/* ua_subscribe.c: RFC 4579, RFC 4575 */
/* C is established; it is over, or its phone is. */
void ua_conference_established(struct agent_call *c);
/* C has taken the step EVENT: its other side may have become a focus. */
void ua_conference_stepped(struct agent_call *c, enum event_id event);
void ua_conference_left(struct agent_call *c);
/* S, which was begun with these, is a subscription of UA's to a conference: 0
 * or ERR_NOMEM. */

/* ua_presence.c: RFC 3856, RFC 3903 */
/* For its table of services; served with presence=self. */
#define UA_PRESENCE_SERVICE                                                   \
	{                                                                     \
		.package = &agent_packages[AGENT_PACKAGE_PRESENCE],           \
		.least_s = 60, .most_s = 86400, .serves = ua_presence_is_own, \
		.admit = ua_presence_admit, .write = ua_presence_write,       \
	}
bool ua_presence_is_own(const struct agent *agent);
unsigned ua_presence_admit(struct agent_notifier *n, const struct sip_in *in);
int ua_presence_write(struct agent_notifier *n, struct buf *out);
/* Publishes what the attribute `publish` says.  0 or an error. */
int ua_publish_by_itself(struct ua *ua);
void ua_presence_stop(struct ua *ua);

/* ua.c */
/* For how many seconds the attributes say that it registers. */
uint32_t ua_register_expires(const struct ua *ua);
/* It was registered before the run begins. */
void ua_warm(struct ua *ua);

/* ua_redial.c: calling a busy user again, as soon as it is free: RFC 5359 2.17.
 * A phone with `redial=true` subscribes to the dialogs (RFC 4235) of a user who
 * answered 486 or 600, and calls again when there is none any more; any phone
 * does so for a user named by the verb `redial`. */
/* C is answered; or it is over, and its user leaves it. */
void ua_redial_established(struct agent_call *c);
void ua_redial_left(struct agent_call *c);
/* All that wait are forgotten. */
void ua_redial_stop(struct ua *ua);

#endif
