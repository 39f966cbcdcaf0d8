/* Messages beside the one that is asked about, by name (inspect/relation.h):
 * what the follower knows of them, read again where they are asked for. */
#include "inspect/relate.h"
#include "inspect/relating.h"

#include "msg/bodies.h"
#include "msg/header_names.h"

/* The record of the message at a place; 0: there is none.  *P is sure where
 * nothing else is said. */
typedef uint64_t place_fn(struct look *l, struct placed *p);

static uint64_t
take_tx(const struct story_tx *tx, struct placed *p)
{
	p->sure = !tx->twice;
	p->source = tx->src_addr;
	p->destination = tx->dst_addr;
	return tx->request;
}

static uint64_t
place_HERE(struct look *l, struct placed *p)
{
	p->source = l->send.src_addr;
	p->destination = l->send.dst_addr;
	return l->seq;
}

static uint64_t
place_WAY(struct look *l, struct placed *p)
{
	return place_HERE(l, p);
}

/* The request that has L's branch, whatever else tells them apart; NULL: none
 * that L may be for. */
static const struct story_tx *
find_by_branch(struct look *l)
{
	const struct story_tx *tx = inspect_tx_of_branch(l);

	if (tx == NULL || tx->cseq != l->cseq.number)
		return NULL;
	return l->msg->request
		   ? (tx->client == l->node && tx->server == l->other ? tx
								      : NULL)
	       : tx->client == l->other && tx->server == l->node ? tx
								 : NULL;
}

/* What a response answers, as its server has got it. */
static uint64_t
place_REQUEST(struct look *l, struct placed *p)
{
	const struct story_tx *tx =
	    l->tx != NULL || l->msg->request ? l->tx : find_by_branch(l);
	uint64_t sent;

	/* A proxy may have left its own Via in it. */
	if (l->msg->request || tx == NULL || tx->method != l->msg->method ||
	    (tx->client == l->node && tx->server != l->node))
		return 0;
	sent = take_tx(tx, p);
	/* Its proxy's own Via stands below; or it came once more. */
	p->sure &=
	    !tx->passed_below && (l->tx == NULL || !look_is_answered_anew(l));
	/* An ALG shows each side what it knows: this is the client's. */
	return tx->arrived == 0 || str_eq(l->send.dst_addr, tx->src_addr)
		   ? sent
		   : tx->arrived;
}

static uint64_t
place_INVITE(struct look *l, struct placed *p)
{
	const struct story_tx *tx = NULL;

	if (!l->msg->request)
		return 0;
	if (l->msg->method == MSG_CANCEL) {
		tx = look_find_exactly(l);
		if (tx == NULL)
			tx = find_by_branch(l);
	} else if (l->msg->method == MSG_ACK)
		tx = l->tx != NULL && l->tx->method == MSG_INVITE
			 ? l->tx
			 : inspect_find_invite(l);
	return tx != NULL && tx->client == l->node ? take_tx(tx, p) : 0;
}

/* The INVITE that an ACK of its client is for, which was refused. */
static const struct story_tx *
find_refused(struct look *l)
{
	const struct story_tx *tx = l->tx;

	if (!l->msg->request || l->msg->method != MSG_ACK)
		return NULL;
	if (tx == NULL || tx->method != MSG_INVITE)
		tx = find_by_branch(l);
	return tx != NULL && tx->method == MSG_INVITE &&
		       tx->client == l->node && tx->final_came != 0 &&
		       tx->status >= 300
		   ? tx
		   : NULL;
}

static uint64_t
place_REFUSED(struct look *l, struct placed *p)
{
	const struct story_tx *tx = find_refused(l);

	return tx != NULL ? take_tx(tx, p) : 0;
}

static uint64_t
place_REFUSAL(struct look *l, struct placed *p)
{
	const struct story_tx *tx = find_refused(l);

	p->sure = tx == NULL || !tx->twice;
	return tx != NULL ? tx->final_came : 0;
}

/* A proxy's message, as it came to the proxy. */
static uint64_t
place_CAME(struct look *l, struct placed *p)
{
	p->sure = l->came == NULL || !l->came->twice;
	return l->forwarded ? l->send.fwd : 0;
}

static const struct story_dialog *
own_dialog(const struct look *l)
{
	return l->forwarded ? NULL : l->dialog;
}

static uint64_t
place_FIRST(struct look *l, struct placed *p)
{
	const struct story_dialog *d = own_dialog(l);

	if (d == NULL || d->tx == NULL || !d->tx->initial)
		return 0;
	/* 12.1.2 lets the caller take the URIs of the response; RFC 4916 4.1
	 * lets either side take another one of its own. */
	p->sure = !d->tx->twice && !dialog_facts(l, d)->renamed &&
		  !msg_lists(l->msg, MSG_H_SUPPORTED, "from-change");
	return d->uac || d->tx->arrived == 0 ? d->tx->request : d->tx->arrived;
}

static uint64_t
place_MAKER(struct look *l, struct placed *p)
{
	const struct story_dialog *d = own_dialog(l);

	(void)p;
	return d != NULL && d->tx != NULL ? d->made : 0;
}

static uint64_t
place_OK(struct look *l, struct placed *p)
{
	const struct story_dialog *d = own_dialog(l);

	(void)p;
	return d != NULL ? d->ok : 0;
}

/* Of several 2xx, each of a phone of its own, that of the ACK's dialog. */
static uint64_t
place_ACCEPTED(struct look *l, struct placed *p)
{
	const struct story_dialog *d = own_dialog(l);
	const struct story_tx *tx =
	    l->msg->request && l->msg->method == MSG_ACK && !l->forwarded
		? inspect_find_invite(l)
		: NULL;

	if (tx == NULL || tx->status / 100 != 2)
		return 0;
	p->sure = !tx->twice;
	return d != NULL && d->ok != 0 ? d->ok : tx->final;
}

/* As its server has it, where a proxy has sent the PRACK, and the INVITE with
 * another CSeq than it had. */
static uint64_t
find_pracked(const struct look *l)
{
	const struct story_dialog *d = own_dialog(l);
	const struct story_tx *tx;

	if (d != NULL)
		return d->reliable;
	d = follower_find_far(l->in->follower, l->seen, l->other, false);
	tx = d == NULL ? NULL : d->in != NULL ? d->in : d->tx;
	if (tx == NULL)
		return 0;
	d = l->came == NULL ? NULL
			    : follower_find_far(l->in->follower, l->seen,
				  l->came->client, true);
	return d != NULL && d->rseq_cseq == tx->cseq ? 0 : tx->reliable;
}

static uint64_t
place_RELIABLE(struct look *l, struct placed *p)
{
	const struct story_dialog *d = own_dialog(l);

	if (l->msg->request)
		return l->msg->method == MSG_PRACK ? find_pracked(l) : 0;
	/* One between is not sent before its PRACK has come, and that names
	 * it. */
	p->sure = l->in->whole || d == NULL || d->rack_came <= d->rseq;
	return l->tx != NULL && !l->forwarded ? l->tx->reliable : 0;
}

/* ---- descriptions ---- */

static struct story_session *
session_of(const struct look *l, unsigned *own)
{
	struct story_session *k;

	if (l->forwarded)
		return NULL;
	k = follower_find_session(l->in->follower,
	    msg_value(l->msg, MSG_H_CALL_ID), l->from_tag, l->to_tag);
	/* The first answer makes the dialog of which the INVITE had the
	 * caller's tag alone. */
	if (k == NULL && !l->msg->request)
		k = follower_find_session(l->in->follower,
		    msg_value(l->msg, MSG_H_CALL_ID), l->from_tag, STR_NULL);
	if (k != NULL)
		*own = k->node[0] == l->node ? 0 : 1;
	return k;
}

/* L's description is an answer to O. */
static bool
answers(const struct look *l, const struct story_offer *o)
{
	bool invite = l->msg->method == MSG_INVITE || l->msg->method == MSG_ACK;

	if (o->seq == 0)
		return false;
	if (l->msg->request && l->msg->method == MSG_PRACK)
		return o->told;
	if (l->msg->request && l->msg->method != MSG_ACK)
		return false;
	return o->cseq == l->cseq.number && o->invite == invite &&
	       (!l->msg->request || o->told);
}

/* Offer O as it came to the node of L, which answers it: those on the way may
 * have changed it. */
static uint64_t
find_offer(struct look *l, const struct story_offer *o, struct placed *p)
{
	const struct story_dialog *d = own_dialog(l);
	uint64_t sent;

	if (!o->told && l->tx != NULL) {
		sent = take_tx(l->tx, p);
		return l->tx->arrived != 0 ? l->tx->arrived : sent;
	}
	if (d != NULL && l->msg->method == MSG_ACK &&
	    d->ok_cseq == l->cseq.number)
		return d->ok;
	if (d != NULL && l->msg->method == MSG_PRACK && d->reliable != 0)
		return d->reliable;
	p->sure = false;
	return o->seq;
}

static uint64_t
place_OFFER(struct look *l, struct placed *p)
{
	unsigned own = 0;
	const struct story_session *k = session_of(l, &own);

	return k != NULL && answers(l, &k->offers[!own])
		   ? find_offer(l, &k->offers[!own], p)
		   : 0;
}

/* Of the descriptions that were seen; where one that a capture lacks matters
 * the row has DOUBT_CAPTURE. */
static uint64_t
place_AGREED(struct look *l, struct placed *p)
{
	unsigned own = 0;
	const struct story_session *k = session_of(l, &own);

	(void)p;
	return k != NULL ? k->agreed[own] : 0;
}

static uint64_t
place_THEIRS(struct look *l, struct placed *p)
{
	unsigned own = 0;
	const struct story_session *k = session_of(l, &own);

	if (k == NULL || l->tx == NULL)
		return 0;
	/* Those on the way may have changed it. */
	p->sure =
	    (l->msg->request ? l->tx->server : l->tx->client) == k->node[!own];
	return k->agreed[!own];
}

/* The same offer may be answered in several responses. */
static uint64_t
place_ANSWERED(struct look *l, struct placed *p)
{
	unsigned own = 0;
	const struct story_session *k = session_of(l, &own);

	(void)p;
	return k != NULL && answers(l, &k->offers[!own]) &&
		       k->agreed[!own] == k->offers[!own].seq
		   ? k->agreed[own]
		   : 0;
}

static uint64_t
place_PENDING(struct look *l, struct placed *p)
{
	unsigned own = 0;
	const struct story_session *k = session_of(l, &own);
	const struct story_offer *o = k != NULL ? &k->offers[own] : NULL;

	(void)p;
	return o != NULL && o->invite && !o->told && !o->answered ? o->seq : 0;
}

static uint64_t
place_LAST(struct look *l, struct placed *p)
{
	const struct story_dialog *d = own_dialog(l);
	struct description now;

	if (d == NULL)
		return 0;
	p->sure = l->in->whole;
	/* One between would have the version between. */
	if (!p->sure && l->has_sdp) {
		look_description(l, &now);
		p->sure = now.version <= dialog_facts(l, d)->sdp.version + 1;
	}
	return dialog_facts(l, d)->described;
}

/* ---- credentials and subscriptions ---- */

/* The last request of L's node with L's Call-ID, From tag and method. */
static const struct story_tx *
find_last_try(struct look *l)
{
	return l->msg->request && !l->forwarded
		   ? follower_tx_of(l->in->follower, inspect_last_try(l))
		   : NULL;
}

static const struct story_tx *
find_tried(struct look *l, unsigned status, unsigned or_status)
{
	const struct story_tx *tx = find_last_try(l);

	return tx != NULL && (tx->status == status || tx->status == or_status)
		   ? tx
		   : NULL;
}

static uint64_t
place_TRIED(struct look *l, struct placed *p)
{
	const struct story_tx *tx = find_tried(l, 401, 407);

	return tx != NULL ? take_tx(tx, p) : 0;
}

static uint64_t
place_CHALLENGE(struct look *l, struct placed *p)
{
	const struct story_tx *tx = find_tried(l, 401, 407);

	(void)p;
	return tx != NULL ? tx->final : 0;
}

/* One with an answer in a reliable response does not wait for that.  In a
 * capture the final response of one that was sent just now is not missing. */
static bool
is_waiting(const struct look *l, const struct story_tx *tx)
{
	return tx != NULL && tx != l->tx && tx->final_came == 0 &&
	       !tx->reliable_sdp &&
	       (l->in->whole || l->time - tx->t < STORY_CROSS_NS);
}

static uint64_t
place_WAITING(struct look *l, struct placed *p)
{
	const struct story_dialog *d = own_dialog(l);
	const struct story_tx *tx;

	if (l->msg->request || d == NULL || l->tx == NULL)
		return 0;
	tx = is_waiting(l, d->out)      ? d->out
	     : is_waiting(l, d->update) ? d->update
					: NULL;
	return tx != NULL && tx->request < l->tx->arrived ? take_tx(tx, p) : 0;
}

static uint64_t
place_TOO_SMALL(struct look *l, struct placed *p)
{
	const struct story_tx *tx = find_tried(l, 422, 422);

	(void)p;
	return tx != NULL ? tx->final : 0;
}

/* 8.1.3.5, 10.2.8, RFC 4028 7.3: what was refused so is changed and tried
 * again. */
static const struct story_tx *
find_failed(struct look *l)
{
	static const unsigned statuses[] = { 413, 415, 416, 420, 421, 422,
		423 };
	const struct story_tx *tx = l->to_tag.n == 0 ? find_last_try(l) : NULL;

	for (size_t i = 0; tx != NULL && i < COUNT_OF(statuses); i++)
		if (tx->status == statuses[i] && tx->final_came != 0)
			return tx;
	return NULL;
}

static uint64_t
place_FAILED(struct look *l, struct placed *p)
{
	const struct story_tx *tx = find_failed(l);

	return tx != NULL ? take_tx(tx, p) : 0;
}

static uint64_t
place_FAILURE(struct look *l, struct placed *p)
{
	const struct story_tx *tx =
	    relate_place(l, PLACE_FAILED)->msg != NULL ? find_failed(l) : NULL;

	(void)p;
	return tx != NULL ? tx->final_came : 0;
}

static uint64_t
place_SUBSCRIPTION(struct look *l, struct placed *p)
{
	uint64_t seq;

	if (!l->msg->request || l->msg->method != MSG_NOTIFY || l->forwarded)
		return 0;
	seq = inspect_subscribed(l);
	/* Of several REFERs it may be another one. */
	p->sure = seq == inspect_first_subscribed(l) ||
		  !msg_lists(l->msg, MSG_H_EVENT, "refer");
	return seq;
}

/* ---- reading ---- */

const struct placed *
relate_place(struct look *l, enum place place)
{
	static place_fn *const places[] = {
#define X(id, text) place_##id,
		PLACES(X)
#undef X
	};
	struct placed *p = &l->in->relating->at[place];
	uint64_t seq;

	if (p->asked)
		return p;
	p->asked = p->sure = true;
	p->via_asked = p->from.asked = p->to.asked = false;
	p->via = NULL;
	p->msg = NULL;
	p->source = p->destination = STR_NULL;
	seq = places[place](l, p);
	if (seq == l->seq)
		p->msg = l->msg;
	else if (seq != 0 && seq < l->seq)
		p->msg = look_other(l, seq);
	return p;
}

const struct msg_via *
relate_via(struct look *l, enum place place)
{
	struct placed *p = &l->in->relating->at[place];

	if (relate_place(l, place)->msg == NULL)
		return NULL;
	if (!p->via_asked && place == PLACE_HERE)
		p->via = &l->via;
	else if (!p->via_asked && msg_top_via(p->msg, &p->own_via) == 0)
		p->via = &p->own_via;
	p->via_asked = true;
	return p->via;
}

const struct msg_addr *
relate_party(struct look *l, enum place place, enum msg_header id)
{
	struct placed *p = &l->in->relating->at[place];
	struct placed_party *party = id == MSG_H_FROM ? &p->from : &p->to;

	if (relate_place(l, place)->msg == NULL)
		return NULL;
	if (!party->asked) {
		party->asked = true;
		party->good =
		    msg_addr_read(msg_value(p->msg, id), &party->addr) == 0;
	}
	return party->good ? &party->addr : NULL;
}

const struct msg_sdp *
relate_sdp(struct look *l, enum place place)
{
	struct relating *r = l->in->relating;
	const struct msg *m = relate_place(l, place)->msg;
	struct described *d = &r->described;
	struct str at, text;

	/* Content-Length may cut it short. */
	if (place == PLACE_HERE && !r->looked) {
		r->looked = true;
		r->own = look_sdp(l) && m->body.n >= look_sent_body(l).n
			     ? l->in->sdp
			     : NULL;
	}
	if (place == PLACE_HERE)
		return r->own;
	if (m == NULL)
		return NULL;
	if (d->of == m)
		return d->good ? &d->sdp : NULL;
	text = msg_sdp_of(m);
	d->of = m;
	d->good = text.n > 0 && !look_is_encoded(m) &&
		  msg_sdp_read(&d->sdp, text, &at) == 0;
	return d->good ? &d->sdp : NULL;
}
