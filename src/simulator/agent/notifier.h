/*
 * The side that is subscribed to: RFC 6665 4.2.  Which packages an agent serves
 * is its table of services; what their state is, and who may have it, is the
 * service's business.  NOTIFYs go out one after the other, each with the state
 * of that moment: one NOTIFY may tell several changes. */
#ifndef AGENT_NOTIFIER_H
#define AGENT_NOTIFIER_H

#include "agent/agent_dialog.h"
#include "agent/package.h"
#include "node/node_machine.h"

struct agent_notifier;

/* A package that an agent serves. */
struct agent_service {
	const struct agent_package *package;
	uint32_t least_s, most_s; /* expiries; below the least: 423 */
	/* It is served at this time; NULL: always. */
	bool (*serves)(const struct agent *agent);
	/* IN, a SUBSCRIBE, asks for N: 0, or the status with which it is
	 * rejected.  May set N->arg (whose state it is) and N->pending.  NULL:
	 * all are admitted. */
	unsigned (*admit)(struct agent_notifier *n, const struct sip_in *in);
	/* A SUBSCRIBE has refreshed N, and is answered by the state at once; or
	 * the reason with which N ends by that NOTIFY (a literal), by *WHY. May
	 * be NULL. */
	const char *(*refreshed)(struct agent_notifier *n, enum rule_id *why);
	/* The state, as the body of a NOTIFY, into OUT; empty for none.  0 or
	 * ERR_NOMEM. */
	int (*write)(struct agent_notifier *n, struct buf *out);
	/* N is freed after this.  May be NULL. */
	void (*ended)(struct agent_notifier *n);
};

struct agent_notifier {
	struct agent_usage usage;
	struct list link; /* in agent->notifiers */
	struct agent *agent;
	const struct agent_service *service;
	void *arg;                  /* the service's */
	struct machine_run machine; /* "subscription" */
	char *name;                 /* in the trace, "pa/presence-1" */
	char *uri;                  /* whose state: the Request-URI */
	char *watcher;              /* URI of the From */
	char *id;                   /* of Event; "" */
	size_t bytes;               /* of memory: URI, WATCHER and ID */
	int64_t until;              /* when it expires */
	int64_t told;               /* when its last NOTIFY was sent */
	unsigned version;           /* NOTIFYs sent before */
	bool refers;                /* a REFER has made it */
	bool pending;               /* it is not decided yet */
	bool news;                  /* one more NOTIFY, after the answer */
	const char *ending;         /* the reason of the last NOTIFY; or NULL */
	enum rule_id ending_why;
	struct agent_client *client; /* NOTIFY */
	sim_event expire, news_later;
};

/* IN is a SUBSCRIBE, in whatever dialog, or in none yet. */
void agent_subscribed(struct agent *agent, const struct sip_in *in);
/* M's Event names a package of which AGENT notifies. */
bool agent_notifies_of(const struct agent *agent, const struct msg *m);
/* 8.2.2: the packages that AGENT serves, or can read, with commas. */
void agent_write_events(const struct agent *agent, struct buf *out);

/* Something has changed of what N tells.  False: its NOTIFY can't be sent, and
 * N is freed. */
bool agent_notify(struct agent_notifier *n);
/* The same, but not within GAP_NS of the NOTIFY before: it is told then. */
bool agent_notify_after(struct agent_notifier *n, int64_t gap_ns);
/* N was pending: its watcher may have the state now. */
void agent_notifier_admit(struct agent_notifier *n);
/* Ends N by a last NOTIFY, with REASON of 4.1.3, a literal. */
void agent_notifier_end(
    struct agent_notifier *n, const char *reason, enum rule_id why);
void agent_notifiers_end(struct agent *agent);

#endif
