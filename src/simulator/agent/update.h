/*
 * UPDATE: RFC 3311.  It changes the session, or refreshes the target alone, as
 * a re-INVITE does, but also in an early dialog, and is answered at once.  Who
 * may offer when is agent/offer.c's business.
 */
#ifndef AGENT_UPDATE_H
#define AGENT_UPDATE_H

#include "base/diag.h"
#include "rules/rule_id.h"

#include <stdbool.h>

struct agent_call;
struct agent_client;
struct sip_in;
struct sip_transaction;

/* The UPDATE of this side's in a dialog. */
struct agent_update {
	struct agent_client *client; /* the last; or NULL */
	bool described;              /* it has an offer */
	bool refreshes;              /* it is there for the session's timer */
	enum rule_id
	    again;      /* why it waits to be retransmitted (5.3); RULE_NONE */
	unsigned tries; /* how often it was, by itself */
};

/* Sends one in C's main dialog; DESCRIBED: with an offer.  0, or why not, with
 * its sentence in D. */
int agent_call_update(struct agent_call *c, bool described, struct diag *d);
/* One without an offer that refreshes C's session (RFC 4028 7.4).  0, or why
 * not. */
int agent_update_refresh(struct agent_call *c);
/* The wait after a rejection is over: C's UPDATE goes out again; false: none
 * waits. */
bool agent_update_again(struct agent_call *c);
/* 5.2: IN is an UPDATE in one of C's dialogs. */
void agent_call_updated(struct agent_call *c, const struct sip_in *in);
/* TR, that of an UPDATE with an offer which waits (struct agent_call_ops,
 * `defer_update`), is answered: as it would have been at once, or with STATUS.
 */
void agent_call_update_accept(struct agent_call *c, struct sip_transaction *tr);
void agent_call_update_refuse(struct agent_call *c, struct sip_transaction *tr,
    unsigned status, enum rule_id why);

#endif
