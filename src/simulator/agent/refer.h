/*
 * REFER (RFC 3515), within a call or outside of dialogs, and the subscription
 * that it makes (RFC 6665 4.5): a usage of its own, which the end of the call
 * does not end (RFC 5057 5.5).  Of one call there is one at a time, of either
 * side.  Its outcome, the permission to ask for it and the call that it leads
 * to are decided by the call's user and the agent's role.
 *
 *   refer.c      the side that asks; without a subscription
 *   referred.c   the side that receives the REFER and calls its target
 */
#ifndef AGENT_REFER_H
#define AGENT_REFER_H

#include "agent/agent.h"
#include "agent/call.h"
#include "agent/notifier.h"
#include "agent/subscriber.h"
#include "base/buf.h"
#include "msg/message.h"
#include "msg/methods.h"
#include "sip/build.h"

/* What a REFER asks for: the URI of Refer-To, with the header fields that the
 * INVITE to it is to have (RFC 3261 19.1.1, RFC 5589 7), or with another method
 * (RFC 4579 5.7, 5.11). */
struct agent_refer_target {
	struct buf uri;     /* of whom to call, without method and headers */
	struct buf headers; /* "Name: value", a line each */
	/* INVITE; REFER: the other side is to be told the same, to call
	 * `headers`, a URI; BYE: the call with it is to end. */
	enum msg_method method;
	struct buf at; /* the Request-URI of the REFER */
};

#define AGENT_REFER_TARGET_INIT                                       \
	{                                                             \
		.uri = BUF_INIT, .headers = BUF_INIT, .at = BUF_INIT, \
		.method = MSG_INVITE                                  \
	}

/* Reads URI into T, whose `at` stays empty, and which is freed either way.  0,
 * ERR_NOMEM, ERR_SYNTAX (N can't call it, or it has a method or header field
 * that a REFER must not bring about). */
int agent_refer_target_read(
    const struct node *n, struct str uri, struct agent_refer_target *t);
void agent_refer_target_free(struct agent_refer_target *t);

/* S without its %-escapes, appended to OUT; false where that can't are in a
 * header field: a line break would begin another one. */
bool agent_unescape_line(struct str s, struct buf *out);

/* "?NAME=VALUE", or "&NAME=VALUE" behind a URI that has such a thing already,
 * with VALUE escaped, is appended to OUT, which ends with a URI.  0 or
 * ERR_NOMEM. */
int agent_refer_target_add(struct buf *out, const char *name, struct str value);

/* What a REFER that was accepted has made: the state that its NOTIFYs tell. */
struct agent_referral {
	struct agent_notifier *notifier;
	struct agent_call
	    *within;             /* the call it came in; NULL: none, or over */
	struct agent_call *made; /* the call with the target, until told */
	struct agent_subscriber
	    *asked;      /* the REFER that it has sent to its peer */
	unsigned status; /* of that: 100 until there is a final one */
	struct agent_refer_target to; /* whom to call … */
	struct buf by;                /* … on whose behalf (Referred-By) */
	sim_event later; /* until it calls (attribute `refer_after`) */
};

/* ---- the side that asks (refer.c) ---- */

/* Asks the other side of C to call URI instead; SILENT: and to tell nothing of
 * it (agent/refer.h).  0, or an error with its sentence in D (ERR_STATE,
 * ERR_NOTFOUND), ERR_NOMEM. */
int agent_call_transfer(
    struct agent_call *c, struct str uri, bool silent, struct diag *d);
/* Asks WHOM, outside of dialogs, to call URI, likewise.  0, ERR_NOMEM,
 * ERR_NOTFOUND (no address is known), ERR_SYNTAX. */
int
agent_refer(struct agent *agent, struct str whom, struct str uri, bool silent);
/* Asks whom TO names to call what that names (RFC 4579 5.7); R (may be NULL)
 * is told how that is answered.  0, or as agent_refer. */
int agent_refer_on(struct agent *agent, const struct agent_refer_target *to,
    struct agent_referral *r);
/* C is freed, or no longer found: REFERs in it, and calls made by them, go on
 * without it. */
void agent_refer_leave(struct agent_call *c);

/* ---- the side that is asked (referred.c) ---- */

/* IN is a REFER, in whatever dialog, or in none. */
void agent_referred(struct agent *agent, const struct sip_in *in);
/* What R asks for was answered with STATUS: R is told of, and over. */
void agent_referral_done(struct agent_referral *r, unsigned status);
/* C, which may have been made by a REFER, has this final answer; 0: none. */
void agent_refer_outcome(struct agent_call *c, unsigned status);

/* ---- A REFER without a subscription: RFC 4488 ---- */

/* Refer-Sub: false, and Supported; the tail of what a silent REFER has. */
#define AGENT_REFER_SUB_FIELDS 2
extern const struct sip_header agent_refer_sub_fields[AGENT_REFER_SUB_FIELDS];

/* AGENT obeys Refer-Sub (attribute `norefersub`): the sender writes Refer-Sub:
 * false, a receiver that knows it writes the same in its 2xx, and the outcome
 * is not notified. */
bool agent_refer_sub_knows(const struct agent *agent);
/* … and says so in Supported. */
bool agent_refer_sub_tells(const struct agent *agent);
/* M, a REFER or its 2xx, has Refer-Sub: false. */
bool agent_refer_sub_is_off(const struct msg *m);
/* 4, 5: a REFER to URI, outside of dialogs, goes to one phone alone: URI is an
 * address, or has the parameter gr (RFC 5627). */
bool agent_refer_sub_is_sure(struct str uri);

#endif
