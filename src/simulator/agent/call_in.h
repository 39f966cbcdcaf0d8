/* Shared by the files of a call (agent/call*.c). */
#ifndef AGENT_CALL_IN_H
#define AGENT_CALL_IN_H

#include "agent/call.h"

/* ---- its life (call.c) ---- */

/* A call of AGENT with PEER, a URI: OPS->size bytes, all zero after it.
 * NULL when out of memory. */
struct agent_call *agent_call_new(struct agent *agent,
    const struct agent_call_ops *ops, bool caller, struct str peer);
/* Calls FN, one of C's `ops`, unless it is NULL. */
static inline void
agent_call_tell(struct agent_call *c, void (*fn)(struct agent_call *c))
{
	if (fn != NULL)
		fn(c);
}
/* Q, one of C's INVITEs, has ended; C may be gone then. */
void agent_call_forget_client(struct agent_call *c, struct agent_client *q);
void agent_call_timer_stop(struct agent_call *c, enum agent_call_timer t);
/* What the timers do when they fire. */
#define X(id, name, fire, why) void fire(struct agent_call *c);
AGENT_CALL_TIMER_LIST(X)
#undef X

/* ---- its dialogs, several where it was forked, and how it is found
 * (call_dialogs.c) ---- */

/* Opens a dialog of C that owns SIP (freed where this fails); it is C's main
 * one where C has none. agent_call_of finds C by it.  0, ERR_NOMEM. */
int agent_call_open(struct agent_call *c, struct sip_dialog *sip);
/* 13.2.2.1, 13.2.2.4: makes the dialog of a response with a To tag to C's
 * INVITE, or moves it on; a 2xx makes it C's main one.  0, ERR_NOMEM,
 * ERR_SYNTAX, ERR_LIMIT. */
int agent_call_take_dialog(
    struct agent_call *c, struct sip_bytes *invite, const struct msg *response);
/* RESPONSE is a second 2xx: the dialog of its branch moves from C to OTHER, or
 * is made there.  Returns as agent_call_take_dialog. */
int agent_call_split(struct agent_call *c, struct agent_call *other,
    struct sip_bytes *invite, const struct msg *response);
/* 12.3: all its dialogs end; or the early ones beside the main one. */
void agent_call_end_dialogs(struct agent_call *c, enum rule_id why);
void agent_call_end_early(struct agent_call *c, enum rule_id why);
/* U, one of C's early dialogs, ends; where it was the main one another takes
 * its place. */
void agent_call_end_branch(
    struct agent_call *c, struct agent_call_usage *u, enum rule_id why);
/* C is over: its main dialog ends, but is kept for ACKs within it.  The early
 * ones end as well; where the INVITE was accepted they stay, hidden, for a 2xx
 * of their own branch (13.2.2.4). */
void agent_call_close_dialogs(struct agent_call *c, enum rule_id why);
/* All are freed, without a record. */
void agent_call_free_dialogs(struct agent_call *c);

/* IN is a 199 with a To tag, for C's INVITE. */
void agent_call_early_ended(struct agent_call *c, const struct sip_in *in);

/* By which rule ERR, not ERR_NOMEM, keeps a callee from answering. */
enum rule_id agent_call_rule_of(int err);

/* ---- requests in it, and its end (call_end.c) ---- */

/* Sends a BYE in the call's confirmed dialog. */
int agent_call_send_bye(struct agent_call *c, struct diag *d);
/* A provisional response has come for a call to be cancelled. */
void agent_call_send_cancel(struct agent_call *c);
/* One has come to C's re-INVITE, which may be to be cancelled. */
void agent_call_change_heard(struct agent_call *c);

/* ---- answers (call_called.c) ---- */

/* The INVITE that C, a callee, has got; while its transaction lives. */
static inline const struct msg *
agent_call_request(const struct agent_call *c)
{
	return world_read(c->agent->node->world, c->in.request);
}

/* Of a response to an INVITE, without those of its mask. */
#define AGENT_CALL_FIELDS 16
/* Answers C's INVITE.  *SENT (may be NULL) gets a reference. */
int
agent_call_respond(struct agent_call *c, const struct sip_response_spec *given,
    enum rule_id why, struct sip_bytes **sent);

/* ---- the ACK for a 2xx: 13.2.2.4 (call_ack.c) ---- */

/* Acknowledges M, a 2xx to the INVITE (as it was sent; NULL: gone by now) with
 * this CSeq; where M has an offer, with the answer to it. */
void agent_call_ack_send(struct agent_call *c, struct sip_bytes *invite,
    uint32_t cseq, const struct msg *m);
bool agent_call_ack_was_sent(const struct agent_call *c, uint32_t cseq);
/* OTHER, the call that M made of another branch of C's INVITE, is ended at
 * once: C keeps its ACK.  0 or ERR_NOMEM. */
int agent_call_ack_keep_other(
    struct agent_call *c, const struct agent_call *other, const struct msg *m);
/* M, a 2xx that comes again from such a branch, is acknowledged again; false
 * where its branch is not known. */
bool agent_call_ack_other_again(struct agent_call *c, const struct msg *m);
/* Frees the ACKs for the INVITE with CSEQ; 0: for all INVITEs. */
void agent_call_ack_free(struct agent_call *c, uint32_t cseq);

/* ---- 2xx without an ACK: 13.3.1.4 (call_called.c) ---- */

/* Repeats BYTES, a 2xx just sent to the caller through TR, until its ACK comes;
 * takes a reference.  OFFERS: it has an offer, not an answer.  0 or ERR_NOMEM.
 */
int agent_call_2xx_start(struct agent_call *c, struct sip_transaction *tr,
    uint32_t cseq, struct sip_bytes *bytes, bool offers);
/* TR has ended. */
void
agent_call_2xx_forget(struct agent_call *c, const struct sip_transaction *tr);
void agent_call_2xx_stop(struct agent_call *c);

/* ---- changing it: 14 (call_change.c) ---- */

/* M, a 2xx to an INVITE of C's, was acknowledged; OFFERED: it had an offer.
 * Ends C where its session is not possible, by the rule UNFIT where the answer
 * does not fit the offer: true. */
bool agent_call_ends_unusable(struct agent_call *c, const struct msg *m,
    bool offered, enum rule_id unfit);

/* C's re-INVITE was cancelled, and has no final response for 64*T1 (9.1). */
void agent_call_change_lost(struct agent_call *c);

/* ---- the other side changes it: 14.2 (call_changed.c) ---- */

/* After a 491 C's change waits for T, a timer `glare` (14.1). */
void agent_call_wait_glare(struct agent_call *c, enum agent_call_timer t);
/* Why a change, a re-INVITE or an UPDATE, that M has rejected goes out again,
 * after a 491, or after the SECONDS of a Retry-After; RULE_NONE: it does not,
 * or it is up to the side that has asked for it. */
enum rule_id agent_call_judge_refusal(
    const struct agent_call *c, const struct msg *m, uint32_t *seconds);
/* … and when: the timer for WHY is set. */
void
agent_call_plan_again(struct agent_call *c, enum rule_id why, uint32_t seconds);
/* A change of C's waits to go out again; it does no more. */
bool agent_call_waits_again(const struct agent_call *c);
void agent_call_stop_again(struct agent_call *c);
/* Sends a 100 for the other side's re-INVITE (17.2.1). */
void agent_call_change_try(struct agent_call *c);

/* ---- its descriptions (call_sdp.c) ---- */

/* The exchange of C's main dialog; of its INVITE where there is no dialog
 * yet. */
struct agent_offer *agent_call_offer(struct agent_call *c);
/* C's INVITE goes out, or has come: its exchange begins again. */
void agent_call_offer_begin(struct agent_call *c, bool sent, bool described);
/* The first dialog of C's INVITE, or one more of a fork: U's exchange and
 * session go on from those of the INVITE.  0 or ERR_NOMEM. */
int agent_call_offer_split(struct agent_call *c, struct agent_call_usage *u);
/* A response to an INVITE of C's main dialog, or the INVITE itself (STATUS 0).
 */
enum agent_offer_kind agent_call_offer_note(
    struct agent_call *c, unsigned status, bool sent, bool described);

/* An offer, or the answer to OFFER (may be empty), of C's session S into *SDP;
 * the caller frees.  ANEW: the session is changed by it.  0, ERR_NOMEM, or
 * ERR_LIMIT where no RTP port is free: the answer, if it is one, rejects all
 * streams then. */
int agent_call_sdp_make(struct agent_call *c, struct sip_sdp_session *s,
    struct str offer, bool anew, char **sdp);
/* C's descriptions come from elsewhere: what they say is not its business. */
static inline bool
agent_call_is_relayed(const struct agent_call *c)
{
	return c->ops->describe != NULL;
}

/* Q, C's INVITE, goes out from C's face: its offer (where it is C's own, not a
 * script's) has the address of that, whatever was guessed before. */
void agent_call_sdp_readdress(struct agent_call *c, struct agent_client *q);
/* Restores S, of C's, to its state before an offer that was not answered. */
void agent_call_sdp_take_back(struct agent_call *c, struct sip_sdp_session *s);
/* SDP (may be empty) has come from the other side, in U's dialog (NULL: there
 * is none yet): the role is told unless C is over, since what it would keep
 * then is never freed. */
void agent_call_sdp_tell(
    struct agent_call *c, const struct agent_call_usage *u, struct str sdp);
/* What the other side says in SDP (may be empty) of holding, in O's dialog. */
void agent_call_sdp_note_hold(struct agent_offer *o, struct str sdp);
/* SDP (may be empty), in a message of the other side's, is KIND in U's
 * exchange. An answer is kept in A; once it is more than a preview U's session
 * becomes what both say.  Where it should have come and did not, that is the
 * preview, else what was before.  False: an answer that says nothing new, since
 * one was kept before. */
bool agent_call_sdp_hear(struct agent_call_usage *u,
    struct agent_call_answer *a, enum agent_offer_kind kind, struct str sdp);
void agent_call_sdp_forget_answer(struct agent_call_answer *a);
/* ANSWER (may be empty) ends an exchange.  Where a script wrote the offer, C's
 * session takes its m= lines over from ANSWER. */
void agent_call_sdp_take_places(struct agent_call *c, struct str answer);

/* ---- call_sdp.c ---- */

/* C's streams are those of SDP now. */
/* C has taken a step: where it ends nothing flows any more. */
void agent_call_media_step(struct agent_call *c);
void agent_call_media_free(struct agent_call *c);

/* Rejects IN, a re-INVITE, or an UPDATE with an offer, that crosses a pending
 * exchange of U, one of C's usages (agent/offer.c).  A 500 gets a Retry-After
 * of 0 to 10 seconds.  False: it crosses nothing. */
bool agent_call_refuse_crossing(struct agent_call *c,
    const struct agent_call_usage *u, const struct sip_in *in);

#endif
