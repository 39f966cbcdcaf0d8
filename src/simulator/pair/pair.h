/*
 * Pairs of calls: two user agents of one node, back to back (RFC 3261 6, RFC
 * 7092).  One party calls and the B2BUA calls the other, or the B2BUA calls
 * both (RFC 3725). In both cases each party has a call of its own
 * (agent/call.h), and the B2BUA relays what one says to the other.
 * machine/passing.h lists the messages relayed, machine/usages.c has the steps
 * of a pair.
 *
 *   pair.c        life, steps, the end; phones that ring for the second
 *                 party, before one answers
 *   pair_call.c   an INVITE and its responses go on
 *                 whom the box calls for it, and where
 *   pair_join.c   a caller that waits for a second party; two parties
 *                 both called: the flows of RFC 3725 4
 *   pair_change.c what changes a session goes on
 *   pair_pass.c   other requests go on
 *   pair_join.c       a REFER that the box carries out itself
 *   pair_track.c  the subscriptions that they make
 *   pair_bind.c   whose Contacts stand behind those of a box that hides them
 *   pair_fields.c which header fields do
 *   pair_media.c  what each party has said of its media, and both agreed on
 *   pair_sdp.c    session descriptions; pair_sdp_lines.c, pair_sdp_codecs.c
 *                 their lines and codecs, pair_sdp_fit.c an old one made to fit
 *                 the media that go through the box
 *
 * A role that makes pairs has a struct that begins with a struct pairs.
 */
#ifndef PAIR_PAIR_H
#define PAIR_PAIR_H

#include "agent/requests.h"
#include "pair/pair_faults.h"
#include "pair/pair_sdp.h"

struct overload;
struct pair;
struct pairs;

/* The methods of a box that is called, in the order of its Allow. */
#define PAIR_METHODS(X, AND)                           \
	X(INVITE, agent_call_reinvited, pair_invited)  \
	AND X(ACK, NULL, NULL)                         \
	AND X(BYE, pair_bye_received, NULL)            \
	AND X(CANCEL, NULL, NULL)                      \
	AND X(OPTIONS, agent_described, agent_asked)   \
	AND X(INFO, pair_pass_within, NULL)            \
	AND X(PRACK, agent_reliable_acked, NULL)       \
	AND X(UPDATE, agent_call_updated, NULL)        \
	AND X(MESSAGE, pair_pass_within, pair_pass_on) \
	AND X(REFER, pair_pass_within, pair_track)     \
	AND X(SUBSCRIBE, pair_pass_within, pair_track) \
	AND X(NOTIFY, pair_pass_within, pair_tracked)  \
	AND X(PUBLISH, NULL, pair_pass_on)             \
	AND X(REGISTER, NULL, pair_pass_on)
#define PAIR_ALLOW PAIR_METHODS(AGENT_METHOD_NAME, ", ")

/* Where a request that comes goes on. */
struct pair_target {
	struct buf uri;     /* its Request-URI there; pair_target_free … */
	struct buf headers; /* … what an INVITE there says more, a line each */
	bool direct;        /* past the box's outbound proxy */
	bool waits;         /* nowhere yet: the role calls by pair_try */
	unsigned status;    /* not 0: nowhere, it is rejected, by WHY */
	enum rule_id why;
};

#define PAIR_TARGET_INIT                             \
	{                                            \
		.uri = BUF_INIT, .headers = BUF_INIT \
	}
void pair_target_free(struct pair_target *to);

/* What a role that lets its callers wait (pair_target, `waits`) is told of
 * those pairs; static. */
struct pair_wait {
	/* P has its caller, the sender of IN, and waits. */
	void (*begun)(
	    struct pairs *pairs, struct pair *p, const struct sip_in *in);
	/* WHO, called by pair_try, can't be reached: STATUS, or 0.  No call may
	 * be started or hung up in this callback. */
	void (*lost)(struct pairs *pairs, void *who, unsigned status);
	/* Nor is any other of those called: P waits on. */
	void (*unanswered)(struct pair *p);
	/* WHO has answered; the others are given up. */
	void (*answered)(struct pair *p, void *who);
	/* The call to WHO is over, whatever has become of it: he has no other
	 * of the box's. */
	void (*over)(struct pairs *pairs, void *who);
	/* One side of P has hung up; no call may be started or hung up in this
	 * callback. */
	void (*parted)(struct pair *p);
};

/* What a role is to its pairs; static. */
struct pair_kind {
	const struct node_role *role;
	bool border; /* it hides its network and anchors media, unless told */
	/* Allow and Supported of its calls, with 100rel and without. */
	const struct sip_header *capabilities, *plain_capabilities;
	size_t ncapabilities;
	/* Says in *TO where IN, a request outside of dialogs, goes on; NULL: to
	 * its Request-URI. */
	void (*route)(struct pairs *pairs, const struct sip_in *in,
	    struct pair_target *to);
	const struct pair_wait *waits; /* or NULL: no caller waits */
};

/* How a box treats a call: its node's attributes as they were when the call
 * came. */
struct pair_policy {
	bool hides;      /* RFC 5853 3.1: its network's shape */
	bool anchors;    /* RFC 7092 3.2.1: media go through it */
	bool transcodes; /* RFC 7092 3.2.3: PCMU and PCMA, there */
	bool latches;    /* RFC 7362 4: back to where they come from */
	unsigned faults; /* bits of enum pair_fault */
};

/* What a role that has pairs begins with. */
struct pairs {
	struct agent agent;
	const struct pair_kind *kind;
	struct agent_call_ops calls; /* of its calls */
	struct list pairs;           /* in the order in which they were made */
	struct list left;            /* of those: a call of theirs has ended */
	struct list passed; /* requests that have gone on (pair_pass.c) */
	/* Subscriptions (pair_track.c): ASKED wait for their first NOTIFY,
	 * TRACKS have their dialogs. */
	struct list asked, tracks;
	struct list bindings; /* Contacts (pair_bind.c) */
	struct map *by_uri, *by_token;
	struct map
	    *registers; /* REGISTERs, by the Call-ID that they came with */
	unsigned next_binding;
	unsigned next, live; /* pairs that were made, and that there are */
	struct overload *overload; /* new calls in a second; NULL: any */
};

/* PAIRS is all zero.  0 or ERR_NOMEM; the caller calls pairs_end in both cases.
 */
int pairs_begin(struct pairs *pairs, struct node *n,
    const struct agent_ops *ops, const struct pair_kind *kind);
/* All is freed: the node has crashed, or the run is over. */
void pairs_end(struct pairs *pairs);
/* The same for a struct node_role whose state is its pairs. */
void pair_role_stop(void *role);

/* ---- requests received ---- */

/* IN, an INVITE outside of dialogs, makes a pair, or is rejected. */
void pair_invited(struct agent *agent, const struct sip_in *in);
void pair_bye_received(struct agent_call *c, const struct sip_in *in);
void pair_cancel(void *role, void *user, const struct sip_in *in);
/* IN goes on in the other call; or by itself. */
void pair_pass_within(struct agent_call *c, const struct sip_in *in);
void pair_pass_on(struct agent *agent, const struct sip_in *in);
/* IN, a SUBSCRIBE or REFER outside of calls, goes on with the dialog that it
 * makes; a NOTIFY that may make it; a request in such a dialog: false where D
 * is none. */
void pair_track(struct agent *agent, const struct sip_in *in);
void pair_tracked(struct agent *agent, const struct sip_in *in);
bool pair_in_track(
    struct agent *agent, struct agent_dialog *d, const struct sip_in *in);
/* RFC 3515, for struct agent_ops: a REFER within a call is carried out by the
 * box (attribute `refers`). */
bool pair_may_refer(const struct agent *agent, const struct agent_call *c);
int pair_refer(struct agent *agent, struct agent_call *c,
    const struct agent_refer_target *to, struct str by,
    struct agent_call **made);
/* ---- a waiting caller (pair_join.c) ---- */

/* What the role keeps of P, or NULL. */
void *pair_user(const struct pair *p);
void pair_set_user(struct pair *p, void *user);
/* Calls URI in a call of its own, in which WHO is to be had: the second party,
 * where that is the first of those called to answer.  0, or why it can't be. */
int pair_try(struct pair *p, struct str uri, void *who);
/* Hangs up with all called parties. */
void pair_give_up(struct pair *p);
/* Tells the caller in a 182 that he waits, by the reason phrase TEXT. */
void pair_tell_waiting(struct pair *p, const char *text);
/* Rejects the caller, by WHY.  P may be freed by that. */
void pair_refuse(struct pair *p, unsigned status, enum rule_id why);
/* P waits no more: URI is called as by any other box.  P may be freed by that.
 */
void pair_pass_to(struct pair *p, struct str uri);

/* The verb `bye` of a call of a pair. */
int controlled_verb_bye(const struct node_act *a);

/* ---- a controller ---- */

/* The order of offers and answers in a flow of RFC 3725 4. */
struct pair_flow {
	const char *word;
	enum rule_id rule;
	bool empty_first;  /* the first INVITE offers a session without media */
	bool hole_first;   /* the first party's offer gets media on hold */
	bool offer_second; /* the second INVITE has what the first party said */
};

/* The I-th of the recommended flows; NULL behind the last. */
const struct pair_flow *pair_flow_at(size_t i);

/* Calls FIRST and then SECOND (URIs), to be joined by FLOW: *CALL is the first
 * call.  0, or why it can't be. */
int pair_connect(struct pairs *pairs, struct str first, struct str second,
    const struct pair_flow *flow, struct agent_call **call);

#endif
