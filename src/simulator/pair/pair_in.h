/* Shared by the files of a pair. */
#ifndef PAIR_PAIR_IN_H
#define PAIR_PAIR_IN_H

#include "pair/pair.h"

/* What a party has said of its media. */
struct pair_said {
	char *text;    /* shared (base/ref.h); NULL: nothing */
	bool offered;  /* it was an offer, answered by the other party */
	bool fresh;    /* the other party has not been told */
	bool recalled; /* a change of it came to nothing: it is what was
			* agreed before */
};

/* One party's call. */
struct pair_leg {
	struct agent_call call; /* first */
	struct pair *pair;      /* NULL: it never came to be, or is over */
	int side : 2;
	bool late : 1; /* its change that waits has no offer */
	bool undo : 1; /* its change was taken back while the other was asked */
	bool leaving : 1; /* it has hung up: nothing more is to be agreed on */
	/* RFC 3311 5.1: the party has said that it knows UPDATE. */
	bool updates : 1;
	bool tried : 1; /* called, beside others maybe (pair_join.c) … */
	struct agent_call_mask mask;
	/* The last description that it has sent, and that of the last
	 * agreement, which comes back where a change comes to nothing. */
	struct pair_said now, kept;
	char *before; /* what the other party has been told of it, while its
		       * own part of another's change is undone; shared */
	/* A change of this party's that the other one is asked about: an UPDATE
	 * here, a re-INVITE in call.change. */
	struct sip_transaction *update;
	sim_event patience;
	struct pair *aside_of;     /* its place there is another's, for a try */
	struct pair_origin origin; /* without a pair: what it was told last */
	struct list link; /* of one tried, in pair->tried: it is none of
			     pair->legs yet */
	void *who;        /* of pair_try; NULL: called otherwise */
};

/* What one of the phones that a proxy has called for the second party has said
 * of its media before any of them has answered: RFC 6337 2.2, a session each.
 */
struct pair_branch {
	struct list link; /* in pair->branches */
	char *tag, *heard;
};

/* Why the first party is rejected. */
struct pair_refusal {
	unsigned status; /* 0: nothing has rejected it */
	/* Why the call failed: the rule by which the box itself rejected it or
	 * cancelled its INVITE; RULE_NONE: the second party rejected it. */
	enum rule_id why;
	char *reason;
};

struct pair {
	struct list link; /* in pairs->pairs */
	struct list left; /* in pairs->left, while it is to be looked at */
	struct pairs *pairs;
	char *name; /* "sbc/pair-1" */
	struct machine_run machine;
	struct pair_policy policy;
	const struct pair_flow *flow; /* NULL: the first party has called */
	struct pair_leg *legs[2];     /* NULL: not called yet, or over */
	/* The leg that has asked for a transfer, until that is over, and that
	 * of the target, until its offer is made to who stays; or NULL. */
	struct pair_leg *aside, *target;
	sim_event joining; /* … once no change is under way */
	char *second;      /* of a controller's: whom it calls then */
	struct pair_sdp sdp;
	struct pair_refusal refusal;
	struct node_fields *fields; /* carried over to the first party; owned,
				       until that has its answer */
	char *reason;               /* of the side that has hung up: RFC 3326 */
	bool late; /* the first party's INVITE has no offer … */
	bool mute; /* … and wants reliable responses alone (RFC 3262 5) */
	struct list branches; /* in the order in which they were heard of */
	char *branch; /* tag of the branch whose early media are passed */
	bool moved;   /* … but another one has answered … */
	bool renewed; /* … which has not heard of the first party's UPDATE */
	bool adopts;  /* the first party is asked for its answer to the offer
		       * of the branch that has answered */
	bool waits;   /* the second party is called by pair_try */
	struct list tried; /* of legs that the second may become */
	void *user;        /* the role's, while it waits */
	char *phrase;      /* of the 1xx that the first party gets; or NULL */
	/* One of its calls is hung up: the other hears of it right after that.
	 */
	sim_event parting;
};

/* What happens in a pair, beside its name. */
struct pair_input {
	int side;        /* whose call it happens to */
	unsigned status; /* of the response, where one makes it happen */
};

/* ---- pair.c ---- */

/* AGENT, that of a role of pairs. */
struct pairs *pairs_of(struct agent *agent);
struct pair_leg *pair_leg_of(struct agent_call *c);
/* The other party's call of C's pair, or NULL. */
struct pair_leg *pair_other(const struct pair_leg *h);
/* H's pair, also where H stands aside; or NULL. */
struct pair *pair_within(const struct pair_leg *h);
/* The leg with which those of P talk at SIDE: that which stands aside, while
 * the target of a transfer is called; or NULL. */
struct pair_leg *pair_voice(const struct pair *p, int side);
/* A pair without calls, which a step will make known; NULL: no memory. */
struct pair *pair_create(struct pairs *pairs, const struct pair_flow *flow);
/* P is over: its calls go on without it, and its box does not know it any more.
 * It is freed with the last function that is at work on it (ref_keep). */
void pair_free(struct pair *p);
/* A call is none of P's any more: what that makes of P is looked at when one of
 * the agent's has ended. */
void pair_note_left(struct pair *p);
/* P takes the step EVENT of the table of pairs, and what that makes of it is
 * done.  P, held meanwhile, may be freed by that.  False: there is no such
 * step. */
bool pair_step(struct pair *p, enum event_id event, struct pair_input in);
bool pair_is(const struct pair *p, enum state_id state);
/* The first party has its answer: what was carried over to it is freed. */
void pair_forget_fields(struct pair *p);
/* H is hung up, or ends: the other call is as well, though H's BYE may have no
 * answer for long. */
void pair_part_soon(struct pair_leg *h);
/* A call of P's: its place. */
void pair_add_leg(struct pair *p, int side, struct agent_call *c);
/* What the node's attributes `hides` and `faults` (bits of enum pair_fault) say
 * now. */
bool pair_hides(const struct pairs *pairs);
unsigned pair_faults(const struct pairs *pairs);

/* ---- what a step does ---- */

void pair_answer_caller(struct pair *p, struct pair_input in);
void pair_await_second(struct pair *p, struct pair_input in);
void pair_call_second(struct pair *p, struct pair_input in);
void pair_offer_first(struct pair *p, struct pair_input in);
void pair_answer_second(struct pair *p, struct pair_input in);
void pair_accept_change(struct pair *p, struct pair_input in);
void pair_refuse_change(struct pair *p, struct pair_input in);

/* ---- what its calls tell ---- */

void pair_on_progress(struct agent_call *c, const struct sip_in *in);
void pair_on_answered(struct agent_call *c, const struct msg *m);
void
pair_on_refused(struct agent_call *c, unsigned status, const struct sip_in *in);
void pair_on_established(struct agent_call *c);
void pair_on_changed(struct agent_call *c, unsigned status);
/* The party of H has asked for a change that waits: a re-INVITE, an UPDATE. */
bool pair_is_changing(const struct pair_leg *h);
bool pair_on_change(struct agent_call *c);
bool pair_on_update(struct agent_call *c, const struct sip_in *in);
void pair_on_change_cancelled(struct agent_call *c);
bool pair_asks_for(const struct agent_call *c);
bool pair_on_refuse_change(struct agent_call *c, const struct sip_in *in);
void pair_stop_patience(struct agent_call *c);
/* 16.8: H's party rings; attribute `ring_time`. */
void pair_limit_ringing(struct pair_leg *h);
/* C is hung up, or ends: what its party still waits for is rejected. */
void pair_on_stop(struct agent_call *c);

/* ---- pair_media.c ---- */

void pair_on_described(struct agent_call *c, struct str tag, struct str sdp);
int pair_on_describe(struct agent_call *c, struct str offer, char **sdp);
/* pair_sdp_pass, with the codecs that the box allows. */
int pair_pass_sdp(
    struct pair *p, int side, struct str text, bool offers, struct buf *out);
/* What H's party has said last is agreed; OFFERED: it was the offer. */
void pair_media_keep(struct pair_leg *h, bool offered);
/* What H's party has said last came to nothing: what was agreed stands. */
void pair_media_restore(struct pair_leg *h);
/* H's party has said nothing yet; ALL: nor agreed to anything. */
void pair_media_forget(struct pair_leg *h, bool all);

/* ---- pair_sdp.c ---- */

/* What P's parties send goes through as they have said it last, where the box
 * has given them ports of its own. */
void pair_relay_follow(struct pair *p);

/* ---- pair_call.c ---- */

/* Where IN goes on: as the role says, else to its Request-URI. */
void pair_find_target(
    struct pairs *pairs, const struct sip_in *in, struct pair_target *to);

/* Where the other side of H is called that is to replace its dialog: RFC 3891
 * 3. */
struct str pair_place_uri(const struct pair_leg *h);

/* ---- pair_call.c ---- */

/* URI is called for P's first party, in the call *C, which the caller makes a
 * leg; only the answer's description counts.  0, or why not. */
int pair_call_party(struct pair *p, struct str uri, struct agent_call **c);

/* What of M, a response of the second party's, the first one's has. */
void pair_carry_fields(struct pair *p, const struct msg *m);
/* The 1xx that the first party gets for STATUS, another's. */
unsigned pair_nearest_progress(unsigned status);

/* ---- pair.c ---- */

/* The branch of M, a message of it; NULL: it has described nothing. */
struct pair_branch *pair_find_branch(struct pair *p, const struct msg *m);
/* 13.2.1: M, a provisional response with a description to C, is of the branch
 * whose early media are passed.  Descriptions of other branches are passed when
 * one of them has answered. */
bool
pair_is_first_branch(struct pair *p, struct agent_call *c, const struct msg *m);
/* RFC 6228: M, a 199 of the second party's, has ended one of the early dialogs
 * of C.  That of the first party stands for all of them; it is over as well,
 * where none is left, or where it was told the media of that one.  What others
 * ring is told in another one; but where one of them has said reliably what it
 * talks with, it stays. */
void pair_pass_early_ended(
    struct pair *p, struct agent_call *c, const struct msg *m);

/* ---- pair_join.c ---- */

/* 21.1: the 1xx of P's first party have the phrase TEXT, which is taken; NULL:
 * the words of their status. */
void pair_give_phrase(struct pair *p, char *text);
/* A party that was called, and others who may be, is still to be heard of. */
bool pair_is_trying(const struct pair *p);
/* P waits, and all parties called have failed. */
bool pair_is_unanswered(const struct pair *p);
/* H, one of those called, has made progress; has answered: the second party; is
 * over. */
void pair_try_progress(struct pair_leg *h, const struct sip_in *in);
void pair_try_answered(struct pair_leg *h);
void pair_try_left(struct pair_leg *h);
/* H's call, whatever it was begun for, is over. */
void pair_try_over(struct pair_leg *h);
/* All parties still being called are hung up, by WHY. */
void pair_try_end(struct pair *p, enum rule_id why);
/* H's call goes on without its pair, which is there yet; nothing else of the
 * pair changes. */
void pair_leg_leave(struct pair_leg *h);
/* The role is told that P parts. */
void pair_wait_parted(struct pair *p);

/* ---- pair_pass.c ---- */

struct pair_track;

/* R goes on for the sender of IN; TRACK (NULL: none) hears of the answer before
 * the sender does; CALL (NULL: none) is that in which it goes on, and ends
 * where the answer says so.  0, or why it can't be sent. */
int pair_send_on(struct pairs *pairs, const struct sip_in *in,
    struct agent_request *r, struct pair_track *track,
    const struct agent_call *call);
/* TRACK is gone: who still waits for an answer gets it all the same. */
void pair_passed_leave(struct pairs *pairs, const struct pair_track *track);
/* The request that IN becomes outside of dialogs, at TO, with the tag TAG; its
 * Contact where CONTACT says one.  0, ERR_NOMEM, ERR_SYNTAX. */
int pair_build_outside(struct pairs *pairs, const struct sip_in *in,
    const struct pair_target *to, struct str tag, struct str contact,
    struct agent_request *r);
/* IN goes on in D.  0, or why it can't be sent. */
int pair_send_within(struct pairs *pairs, const struct sip_in *in,
    struct agent_dialog *d, struct pair_track *track);
/* The status of a request that ERR keeps from going on. */
unsigned pair_status_of(int err);
/* IN could not be sent on, by ERR. */
void pair_refuse_passing(struct pairs *pairs, const struct sip_in *in, int err);
/* 20.22: false, and rejected: it must not go on. */
bool pair_may_go_on(struct pairs *pairs, const struct sip_in *in);
/* Where it goes on in *TO; false, and rejected: nowhere. */
bool
pair_aim(struct pairs *pairs, const struct sip_in *in, struct pair_target *to);
/* Requests of PAIRS' that have gone on are forgotten. */
void pair_passed_end(struct pairs *pairs);

/* ---- pair_join.c ---- */

/* M, a REFER within C, is carried out by the box itself. */
bool pair_carries_out(const struct agent_call *c, const struct msg *m);
/* The partner of H's party: the leg that has asked for a transfer, until the
 * target has answered; or NULL. */
struct pair_leg *pair_partner(const struct pair_leg *h);
/* The target that has answered, H, takes its place: true, or later where the
 * party that stays can't be asked yet. */
bool pair_join_target(struct pair_leg *h);
/* The target can't be talked with, by STATUS: it is hung up, and true where the
 * two who have talked before are together again. */
bool pair_drop_target(struct pair *p, unsigned status);
bool pair_on_reports(const struct agent_call *c);
/* H has come back beside STAYS, which is being asked for another, or, where
 * AGREED, has agreed with that: the session is that of before. */
void pair_change_back(struct pair_leg *h, struct pair_leg *stays, bool agreed);
/* H, which may stand aside, is over, or back. */
void pair_leave_aside(struct pair_leg *h);
/* The target that was called was not reachable: true where the leg that has
 * asked is back in P. */
bool pair_take_back(struct pair *p);

/* ---- pair_track.c ---- */

/* M, the answer to TRACK's request, has come: what the answer to the near side
 * says of the dialog, in SPEC. */
void pair_track_answer(struct pair_track *track, const struct sip_in *asked,
    const struct msg *m, struct sip_response_spec *spec);
/* The same, without an answer that goes on: ASKED comes to nothing by STATUS,
 * and TRACK may be over by it. */
void pair_track_refused(
    struct pair_track *track, const struct sip_in *asked, unsigned status);
/* IN, a REFER within NEAR's call, goes on in FAR's: a usage of both dialogs;
 * NULL: no memory. */
struct pair_track *pair_track_within(
    struct pair_leg *near, struct pair_leg *far, const struct sip_in *in);
/* TRACK's request could not be sent. */
void pair_track_drop(struct pair_track *track);
void pair_tracks_end(struct pairs *pairs);

/* ---- pair_bind.c ---- */

/* The Contacts of IN, a REGISTER, as the box's own towards URI, appended to
 * OUT; of its 2xx, as they were.  0 or ERR_NOMEM. */
int pair_bind_contacts(struct pairs *pairs, const struct sip_in *in,
    struct str uri, struct buf *out);
int
pair_bound_contacts(struct pairs *pairs, const struct msg *m, struct buf *out);
/* 10.2: the Call-ID and CSeq with which M, a REGISTER, goes on: REGISTERs that
 * come with one Call-ID go on with one.  0 or ERR_NOMEM. */
int pair_name_register(struct pairs *pairs, const struct msg *m,
    struct buf *call_id, uint32_t *cseq);
/* URI is one of those Contacts: whose it is, in TO, whose `err` of its texts
 * says whether that could be written.  False: none's. */
bool
pair_find_bound(struct pairs *pairs, struct str uri, struct pair_target *to);
/* VALUE, a Refer-To, as it is said where FACE is: a Contact of the box's stands
 * for an address in it, and for a call that is to be replaced, which is the
 * other half of that which VALUE names, where that is the box's.  0, ERR_NOMEM,
 * ERR_LIMIT. */
int pair_bind_referred(struct pairs *pairs, struct str value,
    const struct node_face *face, struct buf *out);
void pair_bindings_end(struct pairs *pairs);

/* ---- pair_fields.c ---- */

/* Reads into OUT, which the caller frees, what of M's fields goes on through
 * FACE, with one hop less; BODY: its body does as well.  0 or ERR_NOMEM. */
int pair_fields_carry(struct pairs *pairs, const struct msg *m, bool body,
    const struct node_face *face, struct node_fields *out);
/* The value of M's From or To (ID) without its tag, appended. */
void pair_write_party(const struct msg *m, enum msg_header id, struct buf *out);
/* The same of its To: where PAIRS hides its network, a caller of the box there
 * has called FACE here. */
void pair_write_called(const struct pairs *pairs, const struct msg *m,
    const struct node_face *face, struct buf *out);
/* RFC 5853 3.1: where PAIRS hides its network, PARTY, such a value, names the
 * address of FACE, if the URI in it has one for its host; that is all that is
 * left behind the user. */
void pair_hide_party(
    const struct pairs *pairs, const struct node_face *face, struct buf *party);
/* 20.22, RFC 7332 5: M's Max-Forwards, one less.  False: there is none left. */
bool pair_next_hops(const struct msg *m, uint32_t *hops);
/* A field is added to F, whose lines live as long as NAME and VALUE. */
void pair_add_field(struct node_fields *f, const char *name, struct str value);

#endif
