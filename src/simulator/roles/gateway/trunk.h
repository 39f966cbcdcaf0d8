/*
 * Circuits between exchanges: what a gateway and a switch share.  A trunk is
 * all circuits to one neighbour; what passes is ISUP (ITU-T Q.763) in datagrams
 * behind the head that MTP3 puts before it (isup/m3ua.h), from port to port
 * TRACE_PORT_ISUP.  Each circuit is a machine (machine/telephone.c).
 *
 *   trunk.c           life, seizing of circuits, sending
 *   trunk_receive.c   messages received
 *   trunk_care.c      repetition, blocking, reset, continuity check
 *   trunk_group.c     the same of several circuits at once
 *
 * A call has one circuit or two; what a message means to it is its user's
 * (struct trunk_ops).
 */
#ifndef ROLES_GATEWAY_TRUNK_H
#define ROLES_GATEWAY_TRUNK_H

#include "isup/isup.h"
#include "isup/m3ua.h"
#include "isup/q850.h"
#include "node/node_machine.h"
#include "node/timer.h"
#include "node/world.h"

struct trunks;

/* The other side's neighbour and its circuits. */
struct trunk {
	struct list link; /* in trunks->all, as in the topology */
	struct trunks *trunks;
	const struct node *peer; /* borrowed */
	uint32_t code;           /* its point code */
	struct list circuits;    /* by their numbers */
};

/* A message that goes out until its answer comes. */
struct trunk_repeat {
	struct trunk_circuit *circuit;
	const char *id;   /* in the trace; borrowed */
	struct buf bytes; /* the message */
	sim_event again;
	int64_t since;  /* when it went out first */
	uint64_t first; /* that `send` record */
	uint8_t type;   /* 0: none is out */
};

/* Why a circuit is blocked (Q.763 3.13); each is blocked and unblocked for
 * itself. */
enum trunk_cause { TRUNK_MAINTENANCE, TRUNK_HARDWARE, TRUNK_CAUSES };

/* What becomes of a call whose circuit is lost. */
enum trunk_loss { TRUNK_KEPT, TRUNK_ENDED, TRUNK_TAKEN };

struct trunk_circuit {
	struct list link;
	struct trunk *trunk;
	unsigned cic;
	char *id;          /* "switch1:5" */
	char *hardware_id; /* "switch1:5/hardware" */
	struct machine_run machine;
	void *user;           /* the call; NULL: none */
	bool heard;           /* the other side has answered the IAM */
	bool faulty;          /* a check has failed, or it has no other end */
	enum trunk_loss loss; /* of USER, not reported yet */
	struct machine_run blocking[TRUNK_CAUSES];
	struct buf held; /* an IAM whose check is not over */
	sim_event check;
	struct trunk_repeat release, care; /* REL, RSC or GRS; BLO or UBL */
	/* CGB or CGU of a range that begins here. */
	struct trunk_repeat groups[TRUNK_CAUSES];
};

struct trunk_ops {
	/* M, an IAM, has come on C, which has no user yet. */
	void (*seized)(struct trunk_circuit *c, const struct isup *m);
	/* M has come, of the call that uses C. */
	void (*heard)(struct trunk_circuit *c, const struct isup *m);
	/* The other side has ended the call of USER on C, which is no longer
	 * its; M is the REL, or NULL: it was reset (cause 41). */
	void (*released)(struct trunk_circuit *c, void *user,
	    const struct q850_indicators *why, const struct isup *m);
	/* C is not to be had for USER, which may take another. */
	void (*taken)(struct trunk_circuit *c, void *user);
};

struct trunks {
	struct node *node;
	const struct trunk_ops *ops;
	struct net_sock *sock;
	uint32_t code; /* its own point code */
	struct list all;
	bool checked;        /* a circuit was checked already */
	uint64_t recv;       /* that of the message that has come last */
	struct isup in, out; /* a message at a time */
	struct buf bytes;    /* scratch */
};

/* ---- trunk.c ---- */

/* T is all zero.  0 or an error; the caller calls trunks_end in both cases. */
int trunks_begin(struct trunks *t, struct node *n, const struct trunk_ops *ops);
void trunks_end(struct trunks *t);
/* An idle circuit for a call to DIGITS, USER's from now on; none of trunk NOT
 * (may be NULL).  NULL: there is none. */
struct trunk_circuit *trunk_seize(
    struct trunks *t, const char *digits, const struct trunk * not, void *user);
/* There are circuits for such a call, be they idle or not. */
bool trunk_leads(
    const struct trunks *t, const char *digits, const struct trunk * not );
/* Sends M on C, by WHY; RETX is the first `send` of the same bytes, or 0.  The
 * seq of this one. */
uint64_t trunk_send(struct trunk_circuit *c, const struct isup *m,
    enum rule_id why, uint64_t retx);
/* The same of a type with one parameter at most, CODE with VALUE (0: none). */
uint64_t trunk_say(struct trunk_circuit *c, enum isup_type type,
    enum isup_code code, struct str value, enum rule_id why);
/* IAM's caller hears tones and no causes (RFC 3398 7.2.1.1). */
bool trunk_interworks(struct trunks *t, const struct buf *iam);
/* The call on C can't be, and a tone says so until the caller hangs up;
 * COMPLETE: an ACM has gone. */
void trunk_play_tone(struct trunk_circuit *c, bool complete);
/* C, which was seized by this side, gets its IAM: M. */
void trunk_call(struct trunk_circuit *c, struct isup *m);
/* The call on C ends by WHY, which REL says; C is no longer its user's. */
void trunk_release(struct trunk_circuit *c, const struct q850_indicators *why,
    enum rule_id rule);
/* The circuit ID, "switch1:5", or NULL. */
struct trunk_circuit *trunk_find(struct trunks *t, struct str id);

static inline struct node *
trunk_node(const struct trunk_circuit *c)
{
	return c->trunk->trunks->node;
}
static inline bool
trunk_step(struct trunk_circuit *c, enum event_id event, enum rule_id why)
{
	return node_machine_step(trunk_node(c), &c->machine, c->id, event, why);
}

/* Of two who seize C at once this side's call stays (Q.764 2.9.1.4). */
static inline bool
trunk_controls(const struct trunk_circuit *c)
{
	return (c->trunk->trunks->code > c->trunk->code) == (c->cic % 2 == 0);
}
static inline bool
trunk_is_idle(const struct trunk_circuit *c)
{
	return c->machine.state == STATE_NONE ||
	       machine_run_is(&c->machine, STATE_IDLE);
}

/* C is blocked for CAUSE by this side (HERE), or by the other one. */
static inline bool
trunk_is_blocked(
    const struct trunk_circuit *c, enum trunk_cause cause, bool here)
{
	const struct machine_run *m = &c->blocking[cause];

	return machine_run_is(m, STATE_BLOCKED_BOTH) ||
	       machine_run_is(
		   m, here ? STATE_BLOCKED_HERE : STATE_BLOCKED_THERE);
}
static inline bool
trunk_is_blocked_here(const struct trunk_circuit *c)
{
	return trunk_is_blocked(c, TRUNK_MAINTENANCE, true) ||
	       trunk_is_blocked(c, TRUNK_HARDWARE, true);
}

/* ---- trunk_receive.c ---- */

void trunk_received(const struct net_datagram *d, void *arg);

/* ---- trunk_care.c ---- */

/* M goes out now and again, as R. */
void trunk_repeat_start(
    struct trunk_repeat *r, const struct isup *m, enum rule_id why);
/* The same of a type with one parameter at most, CODE with VALUE (n 0: none).
 */
void trunk_repeat_say(struct trunk_repeat *r, enum isup_type type,
    enum isup_code code, struct str value, enum rule_id why);
void trunk_repeat_stop(struct trunk_repeat *r);
/* C's blocking for CAUSE takes the step EVENT, if its state has one: a blocked
 * circuit may be blocked again. */
void trunk_block_step(struct trunk_circuit *c, enum trunk_cause cause,
    enum event_id event, enum rule_id why);
/* The other side is told that C is blocked here; it has used C all the same. */
void trunk_remind(struct trunk_circuit *c);
/* C takes the step EVENT, if there is one; its call is lost, which
 * trunk_tell_loss tells its user once all circuits that are lost with it have
 * their state.  A call of this side's of which nothing has been heard takes
 * another circuit (Q.764 2.8.2.3, 2.9.3.1). */
void trunk_lose(struct trunk_circuit *c, enum event_id event, enum rule_id why);
void trunk_tell_loss(struct trunk_circuit *c);
/* C's call is over for USER, as if it had been released with CAUSE. */
void trunk_reset(struct trunk_circuit *c, enum rule_id why);
/* T8 runs for C's check, or this side's own ends. */
void trunk_check_wait(struct trunk_circuit *c);
void trunk_check_begin(struct trunk_circuit *c);
void trunk_check_stop(struct trunk_circuit *c);

/* ---- trunk_group.c ---- */

/* N circuits from CIC on, as far as they exist. */
struct trunk_range {
	struct trunk *trunk;
	unsigned cic, n;
};
#define TRUNK_RESET_MOST 32 /* Q.763 3.43: circuits of a GRS */

/* GRS, or RSC of a single one.  At most TRUNK_RESET_MOST. */
void trunk_range_reset(const struct trunk_range *r, enum rule_id why);
/* CGB or CGU (ON false) for CAUSE. */
void
trunk_range_block(const struct trunk_range *r, enum trunk_cause cause, bool on);
/* M, of a group that begins with C, or no such: false. */
bool trunk_range_heard(struct trunk_circuit *c, const struct isup *m);
struct trunk_circuit *trunk_circuit_at(struct trunk *t, unsigned cic);

/* The verbs of a role with trunks, which OF finds in its state. */
int trunk_block(struct trunks *t, const struct node_act *a, bool on);
int trunk_reset_named(struct trunks *t, const struct node_act *a);
#define TRUNK_VERBS_OF(of)                                      \
	static int trunk_verb_block(const struct node_act *a)   \
	{                                                       \
		return trunk_block(of(a->role), a, true);       \
	}                                                       \
	static int trunk_verb_unblock(const struct node_act *a) \
	{                                                       \
		return trunk_block(of(a->role), a, false);      \
	}                                                       \
	static int trunk_verb_reset(const struct node_act *a)   \
	{                                                       \
		return trunk_reset_named(of(a->role), a);       \
	}

#endif
