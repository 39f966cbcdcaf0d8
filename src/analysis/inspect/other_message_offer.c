/* Finds the other messages of offers and answers: the one whose description a
 * message's own is compared with (inspect/other_message.h). */
#include "inspect/other_message.h"

#include "msg/header_names.h"

static struct followed_session *
session_of(const struct inspected_message *l, unsigned *own)
{
	struct followed_session *k;

	if (l->forwarded || l->seen == NULL)
		return NULL;
	k = follower_find_session(l->in->follower,
	    msg_value(l->msg, MSG_H_CALL_ID), l->from_tag, l->to_tag);
	/* The first answer makes the dialog of which the INVITE had the
	 * caller's tag alone. */
	if (k == NULL && !l->msg->request)
		k = follower_find_session(l->in->follower,
		    msg_value(l->msg, MSG_H_CALL_ID), l->from_tag, STR_NULL);
	if (k != NULL)
		*own = follower_sender(k, l->seen);
	return k;
}

/* L's description is an answer to O. */
static bool
answers(const struct inspected_message *l, const struct followed_offer *o)
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
find_offer(struct inspected_message *l, const struct followed_offer *o,
    struct placed_message *p)
{
	const struct followed_dialog *d = other_message_dialog(l);
	uint64_t sent;

	if (!o->told && l->tx != NULL) {
		sent = other_message_take_tx(l->tx, p);
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

uint64_t
other_message_OFFER(struct inspected_message *l, struct placed_message *p)
{
	unsigned own = 0;
	const struct followed_session *k = session_of(l, &own);

	return k != NULL && answers(l, &k->offers[!own])
		   ? find_offer(l, &k->offers[!own], p)
		   : 0;
}

uint64_t
other_message_THEIRS(struct inspected_message *l, struct placed_message *p)
{
	unsigned own = 0;
	const struct followed_session *k = session_of(l, &own);

	if (k == NULL || l->tx == NULL)
		return 0;
	/* Those on the way may have changed it. */
	p->sure =
	    (l->msg->request ? l->tx->server : l->tx->client) == k->node[!own];
	return k->agreed[!own];
}

/* Of the descriptions that were seen; where one that a capture lacks matters
 * the row has DOUBT_CAPTURE.  The same offer may be answered in several
 * responses. */
static uint64_t
find_own(const struct inspected_message *l, bool answered)
{
	unsigned own = 0;
	const struct followed_session *k = session_of(l, &own);

	return k != NULL && (!answered ||
				(answers(l, &k->offers[!own]) &&
				    k->agreed[!own] == k->offers[!own].seq))
		   ? k->agreed[own]
		   : 0;
}

OTHER_MESSAGE(AGREED, find_own(l, false))
OTHER_MESSAGE(ANSWERED, find_own(l, true))

static uint64_t
find_pending(const struct inspected_message *l)
{
	unsigned own = 0;
	const struct followed_session *k = session_of(l, &own);
	const struct followed_offer *o = k != NULL ? &k->offers[own] : NULL;

	return o != NULL && o->invite && !o->told && !o->answered ? o->seq : 0;
}

OTHER_MESSAGE(PENDING, find_pending(l))

/* RFC 3262 5: the first reliable response to an INVITE without an offer. */
uint64_t
other_message_WANTED(struct inspected_message *l, struct placed_message *p)
{
	const struct followed_dialog *d = other_message_dialog(l);
	const struct followed_tx *tx;

	if (d == NULL || !l->msg->request || l->msg->method != MSG_PRACK)
		return 0;
	tx = d->out != NULL ? d->out : d->tx;
	if (tx == NULL || tx->client != l->node || tx->sdp ||
	    tx_facts(l, tx)->closed || tx->cseq != d->rseq_cseq ||
	    d->rseq_came != d->rseq_first_came)
		return 0;
	p->sure = !tx->twice;
	return d->reliable;
}

uint64_t
other_message_LAST(struct inspected_message *l, struct placed_message *p)
{
	const struct followed_dialog *d = other_message_dialog(l);
	struct description now;

	if (d == NULL)
		return 0;
	p->sure = l->in->whole;
	/* One between would have the version between. */
	if (!p->sure && l->has_sdp) {
		inspected_description(l, &now);
		p->sure = now.version <= dialog_facts(l, d)->sdp.version + 1;
	}
	return dialog_facts(l, d)->described;
}
