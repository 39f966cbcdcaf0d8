/*
 * The side that subscribes: RFC 6665 4.1.  A subscription is a usage (RFC 5057
 * 4.2) that a SUBSCRIBE, or a REFER (4.5), asks for, and that the first NOTIFY
 * makes; it is refreshed until its user does not want it any more, or the
 * notifier ends it.  What the news mean is its user's business (struct
 * agent_subscriber_ops) and its package's (agent/package.h).
 *
 *   subscriber.c         its life, its timers, what NOTIFYs make of it
 *   subscriber_ask.c     SUBSCRIBE and its answers
 *                        which subscription a NOTIFY belongs to
 */
#ifndef AGENT_SUBSCRIBER_H
#define AGENT_SUBSCRIBER_H

#include "agent/agent_dialog.h"
#include "agent/package.h"
#include "node/node_machine.h"

#define AGENT_SUBSCRIPTION "subscription" /* of machine/machine.h */

/* X(ID, name in the trace, what fires, rule) */
#define AGENT_SUBSCRIBER_TIMER_LIST(X)                                  \
	X(NOTIFY, "N", fire_silence, RULE_NOTIFY_SILENT)                \
	X(EXPIRE, "expire", fire_expiry, RULE_SUBSCRIBE_EXPIRED)        \
	X(REFRESH, "resubscribe", fire_refresh, RULE_SUBSCRIBE_REFRESH) \
	X(RETRY, "retry", subscriber_fire_retry, RULE_SUBSCRIBE_AGAIN)  \
	X(RECOVERY, "recovery", fire_recovery, RULE_SUBSCRIBE_RECOVER)

enum agent_subscriber_timer {
#define X(id, name, fire, why) AGENT_SUBSCRIBER_TIMER_##id,
	AGENT_SUBSCRIBER_TIMER_LIST(X)
#undef X
	    AGENT_SUBSCRIBER_TIMERS
};

struct agent_subscriber;

/* Its user; any may be NULL.  None may free it. */
struct agent_subscriber_ops {
	/* What IN, a NOTIFY of the right type, deserves before anything is done
	 * with it: 0, or a status, with a reason phrase in *REASON. */
	unsigned (*judge)(struct agent_subscriber *s, const struct sip_in *in,
	    struct str *reason);
	/* IN has brought news; ENDS: the last. */
	void (*news)(
	    struct agent_subscriber *s, const struct sip_in *in, bool ends);
	/* It is over and there was no NOTIFY that said so; STATUS (408 where
	 * nothing came; a 2xx where none is to come, RFC 4488) and WHY say how.
	 * Not called when its user has ended it.  A kept subscription may begin
	 * again. */
	void (*failed)(
	    struct agent_subscriber *s, unsigned status, enum rule_id why);
	/* STATUS, a 2xx, has come to its SUBSCRIBE or REFER. */
	void (*accepted)(struct agent_subscriber *s, unsigned status);
	/* It is freed after this. */
	void (*ended)(struct agent_subscriber *s);
};

struct agent_subscriber {
	struct agent_usage usage;
	struct list link; /* in agent->subscribers */
	struct agent *agent;
	const struct agent_package *package;
	const struct agent_subscriber_ops *ops;
	void *arg; /* its user's */
	struct machine_run machine;
	char *name;                  /* in the trace, "alice/presence-1" */
	struct agent_identity *self; /* the subscriber's identity */
	char *uri;                   /* whose state */
	char *id;                    /* of Event; "" */
	char *call_id, *tag;         /* of the request that asked for it */
	uint32_t cseq;               /* of the last outside of a dialog */
	uint32_t realms;
	int64_t again;               /* when it was asked for again; 0 */
	uint32_t wanted_s;           /* Expires of the first request, … */
	uint32_t asked_s;            /* … of the last */
	unsigned longer;             /* 423s that it has heard in a row */
	bool refers;                 /* a REFER asked for it */
	bool first;                  /* … the first in its dialog */
	bool silent;                 /* … that wants no news (RFC 4488) */
	bool unwanted;               /* it is being ended */
	bool kept;                   /* it begins again after a failure, … */
	unsigned failures;           /* … so many in a row, … */
	uint32_t after_s;            /* Retry-After of the last, or 0 */
	bool sibling;                /* of a fork: another one has asked */
	unsigned siblings;           /* that NOTIFYs of other branches made */
	struct agent_client *client; /* SUBSCRIBE or REFER */
	sim_event timers[AGENT_SUBSCRIBER_TIMERS];
};

/* The parameters of a SUBSCRIBE. */
struct agent_subscribe {
	const struct agent_package *package;
	struct str uri;
	struct str id;               /* of Event; may be empty */
	struct agent_identity *self; /* the subscriber's identity; NULL: the
				      * agent itself */
	uint32_t expires_s;          /* 0: a single look (4.4.3) */
	const struct agent_subscriber_ops *ops;
	void *arg;
	enum rule_id why;
	bool kept; /* its user goes on wanting it when it fails (4.1.2.2) */
};

/* ---- its life (subscriber.c) ---- */

/* A new subscription without a request yet, named after AGENT's node and the
 * package, or NAME (may be NULL).  NULL when out of memory. */
struct agent_subscriber *agent_subscriber_new(
    struct agent *agent, const struct agent_subscribe *what, const char *name);
/* Frees S without a record. */
void agent_subscriber_free(struct agent_subscriber *s);
void agent_subscribers_end(struct agent *agent);
/* By name; NULL. */
struct agent_subscriber *
agent_subscriber_find(struct agent *agent, struct str name);
bool agent_subscriber_is(const struct agent_subscriber *s, enum state_id state);
/* S is neither at its start nor at its end: it was asked for, and is not
 * over. */
bool agent_subscriber_lives(const struct agent_subscriber *s);
/* EVENT happens to S; the record of it is the present cause from now on. */
void agent_subscriber_step(
    struct agent_subscriber *s, enum event_id event, enum rule_id why);
/* S's refresh was rejected, but S goes on: no NOTIFY will come of it, and one
 * that is kept is refreshed once more before its time is over. */
void agent_subscriber_refused(struct agent_subscriber *s);
/* S is over, by EVENT where it was asked for at all; its user hears of STATUS
 * (0: nothing).  S is freed, or waits to be asked for again: either way it is
 * not for the caller any more. */
void agent_subscriber_end(struct agent_subscriber *s, enum event_id event,
    enum rule_id why, unsigned status);
/* 4.1.2: Timer N, unless it runs. */
void agent_subscriber_await(struct agent_subscriber *s);
void agent_subscriber_timer_stop(
    struct agent_subscriber *s, enum agent_subscriber_timer t);
/* IN, a NOTIFY that belongs to S (and has just made its dialog), and whose body
 * says TEXT to people. */
void agent_subscriber_notified(struct agent_subscriber *s,
    const struct sip_in *in, bool makes_dialog, struct str text);

/* ---- asking (subscriber_ask.c) ---- */

/* Sends a SUBSCRIBE.  0, ERR_NOMEM, ERR_NOTFOUND (no address is known),
 * ERR_SYNTAX.  *S is the subscription, also where one that is kept could not be
 * sent and waits to be asked for again; else NULL. */
int agent_subscribe(struct agent *agent, const struct agent_subscribe *what,
    struct agent_subscriber **s);
/* S is over; what it was for is asked for again, by a SUBSCRIBE outside of its
 * dialog and with another Call-ID.  0, or as above. */
int agent_subscriber_again(struct agent_subscriber *s, enum rule_id why);
/* A SUBSCRIBE in its dialog; EXPIRES_S 0 ends it.  0, or as above. */
int agent_subscriber_refresh(
    struct agent_subscriber *s, uint32_t expires_s, enum rule_id why);
/* Ends S for its user: by a SUBSCRIBE with Expires 0, which waits for the first
 * NOTIFY where S has no dialog yet. */
void agent_subscriber_stop(struct agent_subscriber *s);
/* Sends the request SPEC, a SUBSCRIBE or a REFER, that asks for S: in S's
 * dialog, or outside of any, where the NOTIFY that answers it will find S.  Its
 * Contact is filled in.  0, or as agent_subscribe. */
int agent_subscriber_send(struct agent_subscriber *s,
    struct sip_request_spec *spec, enum rule_id why);
/* No NOTIFY outside of dialogs finds S any more. */
void agent_subscriber_forget_ask(struct agent_subscriber *s);
/* The one whose request M, a NOTIFY without a dialog, may answer; or NULL. */
struct agent_subscriber *
agent_subscriber_asked(struct agent *agent, const struct msg *m);

/* ---- NOTIFY (subscriber_ask.c) ---- */

/* IN is a NOTIFY, in whatever dialog, or in none yet. */
void agent_notified(struct agent *agent, const struct sip_in *in);
extern const struct agent_usage_ops agent_subscriber_usage;
/* 489, with the packages there are (8.2.2). */
void agent_refuse_event(
    struct agent *agent, const struct sip_in *in, enum rule_id why);

#endif
