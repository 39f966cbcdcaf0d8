/*
 * The dialogs of a user agent, and the usages that share one (RFC 5057): an
 * INVITE usage (agent/call.h), subscriptions (agent/subscriber.h,
 * agent/notifier.h), the implicit ones of a REFER (agent/refer.h).  A dialog
 * lives while a usage of it does: it comes with the first and ends with the
 * last (RFC 5057 4).
 *
 * A usage is a struct of its user's, which begins with a struct agent_usage.
 * An ended usage may stay in its dialog for late responses to its requests: it
 * keeps the memory, not the dialog.
 */
#ifndef AGENT_AGENT_DIALOG_H
#define AGENT_AGENT_DIALOG_H

#include "agent/agent.h"
#include "sip/dialog.h"

struct agent_usage;

struct agent_dialog {
	struct agent *agent;
	struct agent_identity *self; /* who this side is in it */
	struct sip_dialog *sip;
	struct list usages;  /* in the order in which they came */
	struct list clients; /* requests within it that are under way */
	uint32_t realms;     /* that have challenged its Call-ID */
	bool listed;         /* agent_dialog_of finds it */
	uint8_t contact_by;  /* its Contact (12.1.1): agent_contact_by */
	/* … and where that is; NULL: wherever its route set leads to */
	const struct node_face *face;
};

/* What kind of usage it is. */
struct agent_usage_ops {
	/* RFC 5057 5.1: the dialog is gone, since STATUS was the answer to a
	 * request of another usage: U is over.  It may be freed. */
	void (*lost)(struct agent_usage *u, unsigned status);
};

struct agent_usage {
	struct list link; /* in its dialog's `usages` */
	const struct agent_usage_ops *ops;
	struct agent_dialog *dialog; /* NULL: it has none */
	bool over;
	bool
	    mortal; /* it only keeps the dialog known (agent/mortal_dialog.h) */
};

/* The same for the dialog that the request M makes, whose other side knows it
 * by TAG; EVENT is its first step.  0, ERR_NOMEM, ERR_SYNTAX (of its Contact)
 * or ERR_LIMIT (of its Record-Route). */
int agent_dialog_accept(struct agent *agent, const struct msg *m,
    struct str tag, enum event_id event, struct agent_usage *u,
    const struct agent_usage_ops *ops);
/* U is one more usage of D. */
void agent_dialog_join(struct agent_dialog *d, struct agent_usage *u,
    const struct agent_usage_ops *ops);
/* The dialog M (received) belongs to, or NULL. */
struct agent_dialog *agent_dialog_of(struct agent *agent, const struct msg *m);
/* U's dialog has no other usage that is not over, nor mortal. */
bool agent_usage_is_alone(const struct agent_usage *u);
/* U is over: with it, where it was the last, its dialog, by WHY. */
void agent_usage_end(struct agent_usage *u, enum rule_id why);
/* U leaves its dialog, if it has one, without a record; the dialog is freed
 * with its last usage. */
void agent_usage_leave(struct agent_usage *u);
/* D is gone, by STATUS and WHY: all its usages but BUT are told, and are over.
 */
void agent_dialog_lose(struct agent_dialog *d, const struct agent_usage *but,
    unsigned status, enum rule_id why);
/* The name in the trace of AGENT's next subscription, of either side, to
 * PACKAGE: "alice/presence-1".  Freed by the caller; NULL when out of memory.
 */
char *agent_subscription_name(struct agent *agent, const char *package);
/* The face through which D's messages go, never NULL. */
const struct node_face *agent_dialog_face(const struct agent_dialog *d);
/* The Contact of D's messages, a whole value: 8.1.1.8, 12.1.1. */
struct str agent_dialog_contact(const struct agent_dialog *d);
/* A request within D: sip_dialog_request for targets and routes that are names,
 * and for strict routers.  R is for agent_client_start: its bytes are the
 * caller's.  0, ERR_NOMEM, ERR_NOTFOUND, ERR_SYNTAX. */
int agent_dialog_request(struct agent_dialog *d, struct sip_request_spec *spec,
    struct agent_request *r);

int agent_dialog_show(struct agent_dialog *d);

/* From now on agent_dialog_of does not find D; or (show) finds it again: 0 or
 * ERR_NOMEM. */
void agent_dialog_hide(struct agent_dialog *d);

/* Makes a dialog that owns SIP (freed where this fails), with U as its first
 * usage; agent_dialog_of finds it from now on.  0 or ERR_NOMEM. */
int agent_dialog_open(struct agent *agent, struct sip_dialog *sip,
    struct agent_usage *u, const struct agent_usage_ops *ops);

/* This side is SELF in D. */
void agent_dialog_set_self(struct agent_dialog *d, struct agent_identity *self);

#endif
