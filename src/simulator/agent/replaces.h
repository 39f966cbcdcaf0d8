/*
 * An INVITE that is about another call: Replaces (RFC 3891), in whose place the
 * new call comes, and Join (RFC 3911), with whose media it is to be mixed.
 *
 * The agent's role calls agent_place_of for each INVITE outside of dialogs and
 * agent_place_take when a call is established; `may_take` of struct
 * agent_call_ops says who may replace or join a call.
 *
 *   replaces.c   the fields, which call they mean, how that gives way
 *                calls whose media are mixed
 */
#ifndef AGENT_REPLACES_H
#define AGENT_REPLACES_H

#include "agent/call.h"

#define AGENT_REPLACES "replaces" /* the option tags: RFC 3891 6.2 … */
#define AGENT_JOIN     "join"     /* … and RFC 3911 7.2 */

/* What Replaces or Join say: slices of the field's value. */
struct agent_place_name {
	struct str call_id;
	struct str to_tag;   /* the tag of the side that reads it */
	struct str from_tag; /* of the side that it talks to */
	bool early_only;
};
/* 0 or ERR_SYNTAX. */
int agent_place_read(struct str value, struct agent_place_name *name);

/* ---- the side that is asked (replaces.c) ---- */

/* The call of AGENT's with the dialog that NAME names, or NULL. */
struct agent_call *
agent_place_find(struct agent *agent, const struct agent_place_name *name);

/* RFC 3891 3: rejects a Replaces or a Join in a request other than INVITE; true
 * where it did. */
bool agent_place_refuse(struct agent *agent, const struct sip_in *in);
/* IN is an INVITE outside of dialogs: false where what it asks for can't be,
 * and it was rejected.  *OLD: the call that it is about, NULL: about none. */
bool agent_place_of(
    struct agent *agent, const struct sip_in *in, struct agent_call **old);
/* C, which IN has made, is about OLD.  A call that replaces it is to be
 * answered at once, and takes its place when it is established; the media of a
 * call that joins are mixed then. */
void agent_place_claim(
    struct agent_call *c, struct agent_call *old, const struct sip_in *in);
/* C replaces another call, so it is answered without asking its user. */
bool agent_place_is_sure(const struct agent_call *c);
/* C was answered: an early call whose place it takes is cancelled. */
void agent_place_answered(struct agent_call *c);
/* C is established: it replaces the call it is about, or is mixed with it. */
void agent_place_take(struct agent_call *c);
/* The rule by which C is answered. */
enum rule_id agent_place_rule(const struct agent_call *c);

/* ---- the side that asks (replaces.c) ---- */

/* The value of a Replaces or Join that names the dialog of C, to be read by the
 * other side of C, appended to OUT.  0, ERR_NOMEM, ERR_STATE (C has none). */
int
agent_place_write(const struct agent_call *c, bool early_only, struct buf *out);

/* ---- its life ---- */

void agent_place_init(struct agent_call *c);
/* C is freed, or no longer found: it takes no other call's place, and calls
 * that were to take its place stand by themselves. */
void agent_place_leave(struct agent_call *c);

/* ---- calls whose media are mixed (mix.c) ---- */

/* From now on the media of A and B, and of the calls that either is mixed with,
 * are mixed, by WHY; those among them that the agent holds are resumed. */
void agent_mix(struct agent_call *a, struct agent_call *b, enum rule_id why);

#endif
