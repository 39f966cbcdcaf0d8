/*
 * A session in its dialog after a BYE: RFC 5407 2, the state Mortal.  It begins
 * when a BYE is sent or has come.  Its call is over, or will be with the
 * answer; the dialog is found by its tags all the same, so that a BYE that
 * crosses this one gets its 200, and any other request of the session a 481.
 * It ends (Morgue) with the BYE's transaction: by Timer K where the BYE was
 * sent, by Timer J where it came, at once over TCP, where both are 0; of two
 * BYEs that cross with the later one.
 *
 * It is a usage of its dialog that uses it for nothing more: subscriptions that
 * share the dialog go on in it (RFC 5057 4.1).
 */
#ifndef AGENT_MORTAL_DIALOG_H
#define AGENT_MORTAL_DIALOG_H

#include "agent/agent_dialog.h"

struct agent_mortal;

/* The Mortal session of D, or NULL: no BYE was sent or received. */
struct agent_mortal *agent_mortal_in(const struct agent_dialog *d);
/* The call of D's session is over: its BYE, Q (NULL: it has none), is watched
 * here from now on; dropped where it never went out. */
void agent_mortal_take(struct agent_dialog *d, struct agent_client *q);
/* Answers IN, a BYE in D, with 200.  SESSION is its usage; NULL: that is
 * over. */
void agent_mortal_answer(struct agent_dialog *d,
    const struct agent_usage *session, const struct sip_in *in);
/* Frees all of AGENT's, whose node has crashed, or whose run is over. */
void agent_mortals_end(struct agent *agent);

/* SESSION's BYE goes out, by WHY; agent_mortal_leave when its transaction has
 * ended, or agent_mortal_take before. */
void agent_mortal_begin(struct agent_usage *session, enum rule_id why);

/* A BYE of D, which EVENT is, by WHY, ends SESSION (NULL: it is over), and is
 * watched by the caller, who releases the result when its transaction has
 * ended.  NULL when out of memory. */
struct agent_mortal *agent_mortal_hold(struct agent_dialog *d,
    const struct agent_usage *session, enum event_id event, enum rule_id why);
/* One BYE less; with the last of them M, which may be NULL, ends. */
void agent_mortal_release(struct agent_mortal *m);

/* The transaction of D's own BYE has ended, or never was. */
void agent_mortal_leave(struct agent_dialog *d);

#endif
