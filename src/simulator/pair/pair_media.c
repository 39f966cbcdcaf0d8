/*
 * What the parties of a pair have said of their media: RFC 3264.  Each call
 * makes its offers and answers of what the other party has said last (struct
 * agent_call_ops, `describe`).  What both have agreed on is kept, and comes
 * back where a change is rejected or taken back (RFC 3261 14.1, RFC 6141 3.4).
 */
#include "pair/pair_in.h"

#include "base/err.h"
#include "base/ref.h"

#include <string.h>

/* ---- what was said, and what was agreed ---- */

/* TEXT in a block of its own; NULL: no memory. */
static char *
make_text(struct str text)
{
	char *copy = ref_alloc(text.n + 1, NULL);

	if (copy != NULL)
		memcpy(copy, text.p, text.n);
	return copy;
}

/* TEXT, whose reference is taken, in the place of what AT has. */
static void
media_set_text(struct pair_said *at, char *text)
{
	ref_drop(at->text);
	at->text = text;
}

void
pair_media_forget(struct pair_leg *h, bool all)
{
	media_set_text(&h->now, NULL);
	h->now.fresh = false;
	if (!all)
		return;
	media_set_text(&h->kept, NULL);
	ref_drop(h->before);
	h->before = NULL;
}

/* Streams that the other party rejects are none of what H's has agreed to. */
static void
settle(struct pair_leg *h)
{
	const struct pair_leg *other = pair_partner(h);
	struct pair_sdp *s = &pair_within(h)->sdp;
	LOCAL_BUF out = BUF_INIT;
	char *text = NULL;

	if (other == NULL || other->now.text == NULL ||
	    !pair_sdp_refuses(s, h->side, str_of(other->now.text)))
		return;
	pair_sdp_fit(s, h->side, str_of(h->now.text), str_of(other->now.text),
	    false, &out);
	if (out.err == 0)
		text = make_text(buf_view(&out));
	if (text != NULL)
		media_set_text(&h->now, text);
	else
		agent_fail_memory(h->call.agent);
}

void
pair_media_keep(struct pair_leg *h, bool offered)
{
	pair_sdp_agree(&pair_within(h)->sdp, h->side);
	if (h->now.text != NULL)
		settle(h);
	media_set_text(&h->kept, ref_keep(h->now.text));
	h->kept.offered = offered;
}

void
pair_media_restore(struct pair_leg *h)
{
	struct pair *p = pair_within(h);

	if (h->kept.text != NULL) {
		media_set_text(&h->now, ref_keep(h->kept.text));
		h->now.recalled = true;
		for (int side = 0; side < 2; side++) {
			const struct pair_leg *leg = pair_voice(p, side);

			if (leg != NULL && leg->kept.text != NULL)
				pair_sdp_undo(&p->sdp, side);
		}
	}
	h->now.fresh = h->now.text != NULL && p->flow == NULL;
	pair_relay_follow(p);
}

/* RFC 6337 2.2: TAG is that of a phone that rings as well, and not the one
 * whose description the first party was told. */
static bool
is_of_other_branch(const struct pair_leg *h, struct str tag)
{
	const struct pair *p = h->pair;

	return p != NULL && p->flow == NULL && h->side == 1 && !p->moved &&
	       p->target == NULL && pair_is(p, STATE_SECOND) &&
	       p->branch != NULL && tag.n > 0 && !str_is(tag, p->branch);
}

/* 13.2.1: the answer to an offer that was asked for, in the ACK. */
static void
keep_late(struct pair_leg *h, struct pair_leg *other)
{
	if (!h->late || other == NULL || pair_is_changing(h))
		return;
	h->late = false;
	pair_media_keep(other, true);
	pair_media_keep(h, false);
}

void
pair_on_described(struct agent_call *c, struct str tag, struct str sdp)
{
	struct pair_leg *h = pair_leg_of(c), *other = pair_partner(h);
	struct pair *p = pair_within(h);
	int err = 0;

	if (sdp.n == 0 || is_of_other_branch(h, tag))
		return;
	media_set_text(&h->now, make_text(sdp));
	h->now.recalled = false;
	h->now.fresh = h->now.text != NULL;
	if (p != NULL && p->target == h)
		return; /* it takes its place first */
	if (!h->now.fresh)
		err = ERR_NOMEM;
	else if (p != NULL)
		err = pair_sdp_hear(&p->sdp, h->side, sdp);
	if (err == ERR_NOMEM)
		agent_fail_memory(c->agent);
	else if (err != 0)
		h->now.fresh = false; /* more streams than it can keep apart */
	if (p != NULL)
		pair_relay_follow(p);
	if (err == 0)
		keep_late(h, other);
	/* An ACK that waits for this; a controller says when. */
	if (other != NULL && p->flow == NULL)
		agent_call_ack_late(&other->call);
}

/* ---- to the other party ---- */

int
pair_pass_sdp(
    struct pair *p, int side, struct str text, bool offers, struct buf *out)
{
	const struct node *n = p->pairs->agent.node;
	const struct pair_leg *h = pair_voice(p, side);
	struct pair_sdp_way way = {
		.offers = offers,
		.codecs = p->flow == NULL ? node_attr(n, "codecs", NULL) : NULL,
		.transcodes = p->policy.transcodes,
		.offer = str_of(h != NULL ? h->now.text : NULL),
	};
	int err = pair_sdp_pass(&p->sdp, side, text, &way, out);

	pair_relay_follow(p);
	return err;
}

/* An answer to OFFER, or an offer, by which no media flow. */
static void
write_nothing(struct pair_sdp *s, int side, struct str offer, struct buf *out)
{
	if (offer.n > 0)
		pair_sdp_hole(s, side, offer, out);
	else
		pair_sdp_empty(s, side, out);
}

/* The answer to OFFER of H's party made of what the other party had agreed to
 * before: that party is not asked again. */
static int
answer_as_before(struct pair_leg *h, struct str offer, struct buf *out)
{
	struct pair *p = pair_within(h);
	struct pair_leg *other = pair_partner(h);
	LOCAL_BUF fit = BUF_INIT;

	if (pair_sdp_fit(&p->sdp, other->side, str_of(other->now.text), offer,
		true, &fit))
		return fit.err != 0 ? ERR_NOMEM
				    : pair_pass_sdp(p, h->side, buf_view(&fit),
					  false, out);
	pair_sdp_hole(&p->sdp, h->side, offer, out);
	return 0;
}

/* What the other party of H has said last, as H's gets it. */
static int
pass_description(struct pair_leg *h, struct str offer, struct buf *out)
{
	struct pair *p = pair_within(h);
	struct pair_leg *other = pair_partner(h);
	bool known = other != NULL && other->now.text != NULL;
	bool offers = offer.n == 0;

	/* A box may repeat the agreed session as an offer: RFC 4028 7.4. */
	if (p->flow != NULL || !offers)
		known = known && other->now.fresh;
	/* A target's offer is made to who stays first. */
	if (!known || p->target == h)
		return ERR_STATE;
	if (!offers && other->now.recalled)
		return answer_as_before(h, offer, out);
	return pair_pass_sdp(p, h->side, str_of(other->now.text), offers, out);
}

/* What H says that belongs to no pair any more, or stands aside. */
static void
write_hole(struct pair_leg *h, struct str offer, struct buf *out)
{
	struct pair_sdp alone = { .addr[0] = h->call.face->addr };

	pair_sdp_resume(&alone, 0, &h->origin);
	write_nothing(&alone, 0, offer, out);
	h->origin = pair_sdp_origin(&alone, 0);
	pair_sdp_free(&alone);
}

/* OFFER, in a provisional response, is of another phone than that whose offer
 * the first party was told: RFC 3262 5. */
static bool
is_beside(const struct pair_leg *h, struct str offer)
{
	const struct pair *p = pair_within(h);

	return pair_is(p, STATE_SECOND) && p->flow == NULL && h->side == 1 &&
	       h->call.machine.state < STATE_CONFIRMED && !p->moved &&
	       p->target == NULL && offer.n > 0 && h->now.text != NULL &&
	       !str_is(offer, h->now.text);
}

int
pair_on_describe(struct agent_call *c, struct str offer, char **sdp)
{
	struct pair_leg *h = pair_leg_of(c);
	struct pair *p = pair_within(h);
	LOCAL_BUF out = BUF_INIT;
	int err = 0;

	if (p == NULL || (h->pair == NULL && pair_voice(p, h->side) != h))
		/* It is hung up at once; its offer has an answer before that.
		 */
		write_hole(h, offer, &out);
	else if (pair_is(p, STATE_PARTING) || h->leaving ||
		 c->end.cancel_wanted)
		/* It ends, but not because of this answer; in a
		 * controller's, neither has agreed to anything. */
		write_nothing(
		    &p->sdp, h->side, p->flow == NULL ? offer : STR_NULL, &out);
	else if (pair_is(p, STATE_FIRST) && p->flow != NULL &&
		 p->flow->hole_first)
		pair_sdp_hole(&p->sdp, h->side, offer, &out);
	else if (is_beside(h, offer)) {
		/* Nothing flows until it has answered, and hears the other. */
		pair_sdp_hole(&p->sdp, h->side, offer, &out);
		p->renewed = true;
	} else
		err = pass_description(h, offer, &out);
	if (err == 0)
		*sdp = buf_take(&out);
	return err != 0 ? err : *sdp != NULL ? 0 : ERR_NOMEM;
}
