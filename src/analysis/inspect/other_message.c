/* Finds the other message that a relation names (inspect/relation.h), such as
 * the request of a response.  The follower knows its record, and the message is
 * read again when it is asked for. */
#include "inspect/other_message.h"
#include "inspect/relating.h"

#include "msg/bodies.h"
#include "base/addr.h"
#include "msg/header_names.h"

/* The request of TX, which may be NULL. */
uint64_t
other_message_take_tx(const struct followed_tx *tx, struct placed_message *p)
{
	if (tx == NULL)
		return 0;
	p->sure = !tx->twice;
	p->source = tx->src_addr;
	p->destination = tx->dst_addr;
	return tx->request;
}

uint64_t
other_message_HERE(struct inspected_message *l, struct placed_message *p)
{
	p->source = l->send.src_addr;
	p->destination = l->send.dst_addr;
	return l->seq;
}

OTHER_MESSAGE(WAY, other_message_HERE(l, p))

/* The request that has L's branch, whatever else tells them apart; NULL: none
 * that L may be for. */
static const struct followed_tx *
find_by_branch(struct inspected_message *l)
{
	const struct followed_tx *tx = inspect_tx_of_branch(l);

	if (tx == NULL || tx->cseq != l->cseq.number)
		return NULL;
	return l->msg->request
		   ? (tx->client == l->node && tx->server == l->other ? tx
								      : NULL)
	       : tx->client == l->other && tx->server == l->node ? tx
								 : NULL;
}

/* The INVITE that has all of L, a response, but the branch, which none has. */
static const struct followed_tx *
find_by_number(struct inspected_message *l)
{
	struct followed_message asked = *l->seen;
	const struct followed_tx *tx;

	asked.node = l->other;
	tx = l->msg->request || l->msg->method != MSG_INVITE ||
		     inspect_tx_of_branch(l) != NULL
		 ? NULL
		 : follower_find_invite(l->in->follower, &asked);
	return tx != NULL && tx->origin && tx->server == l->node &&
		       tx->final == 0 && l->nvias == 1
		   ? tx
		   : NULL;
}

/* What a response answers, as its server has got it. */
uint64_t
other_message_REQUEST(struct inspected_message *l, struct placed_message *p)
{
	const struct followed_tx *tx =
	    l->tx != NULL || l->msg->request ? l->tx : find_by_branch(l);
	uint64_t sent;

	if (tx == NULL)
		tx = find_by_number(l);
	/* A proxy may have left its own Via in it. */
	if (l->msg->request || tx == NULL || tx->method != l->msg->method ||
	    (tx->client == l->node && tx->server != l->node))
		return 0;
	sent = other_message_take_tx(tx, p);
	/* Its proxy's own Via stands below; or it came once more. */
	p->sure &= (l->tx != NULL || str_eq(l->send.dst_addr, tx->src_addr)) &&
		   !tx->passed_below &&
		   (l->tx == NULL || !inspected_is_answered_anew(l));
	/* An ALG shows each side what it knows: this is the client's. */
	return tx->arrived == 0 || str_eq(l->send.dst_addr, tx->src_addr)
		   ? sent
		   : tx->arrived;
}

/* A NAT shows requests of one host with several addresses. */
static bool
has_same_ends(const struct inspected_message *l, const struct followed_tx *tx)
{
	struct addr went, goes;

	return addr_parse(tx->dst_addr, &went) == 0 &&
	       addr_parse(l->send.dst_addr, &goes) == 0 &&
	       (!addr_same_ip(&went, &goes) || went.port == goes.port) &&
	       (l->in->whole || str_eq(l->send.src_addr, tx->src_addr));
}

uint64_t
other_message_INVITE(struct inspected_message *l, struct placed_message *p)
{
	const struct followed_tx *tx = NULL;

	if (!l->msg->request)
		return 0;
	if (l->msg->method == MSG_CANCEL) {
		tx = inspected_find_exactly(l);
		if (tx == NULL)
			tx = find_by_branch(l);
	} else if (l->msg->method == MSG_ACK)
		tx = l->tx != NULL && l->tx->method == MSG_INVITE
			 ? l->tx
			 : inspect_find_invite(l);
	if (tx == NULL || tx->client != l->node)
		return 0;
	(void)other_message_take_tx(tx, p);
	p->sure &= !tx->old && has_same_ends(l, tx);
	return tx->request;
}

/* The INVITE that an ACK of its client is for, which was rejected. */
static const struct followed_tx *
find_refused(struct inspected_message *l)
{
	const struct followed_tx *tx = l->tx;

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

/* What has come for TX's request, which may be NULL. */
static uint64_t
take_answer(const struct followed_tx *tx, struct placed_message *p)
{
	p->sure = tx == NULL || !tx->twice;
	return tx != NULL ? tx->final_came : 0;
}

OTHER_MESSAGE(REFUSED, other_message_take_tx(find_refused(l), p))
OTHER_MESSAGE(REFUSAL, take_answer(find_refused(l), p))

/* VIA is one of the two topmost of M; a proxy may have left out its own. */
static bool
has_via(const struct msg *m, const struct msg_via *via)
{
	struct msg_values iter = { 0 };
	struct msg_via one;
	struct str value;

	for (int n = 0; n < 2; n++)
		if (msg_next_value(m, MSG_H_VIA, &iter, &value) &&
		    msg_via_read(value, &one) == 0 &&
		    str_ieq(one.sent_by, via->sent_by) &&
		    str_eq(one.branch, via->branch))
			return true;
	return false;
}

/* A proxy's message, as it came to the proxy: the Via says so, which a gateway
 * between networks would have changed as well.  A capture does not say which
 * one of several responses goes on. */
uint64_t
other_message_CAME(struct inspected_message *l, struct placed_message *p)
{
	const struct msg *m = inspected_source(l);
	struct msg_via via;

	if (m == NULL || msg_top_via(m, &via) != 0)
		return 0;
	p->sure =
	    (l->came == NULL || !l->came->twice || is_via_below(l)) &&
	    (l->msg->request ? has_via(l->msg, &via) : has_via(m, &l->via));
	if (!l->msg->request && !l->in->whole)
		p->sure &= l->msg->status >= 200 &&
			   str_eq(l->to_tag, msg_tag(msg_value(m, MSG_H_TO)));
	return l->send.fwd;
}

/* RFC 7332 5 leaves it free within dialogs. */
uint64_t
other_message_MADE(struct inspected_message *l, struct placed_message *p)
{
	p->sure = l->made.proved;
	return l->msg->request && l->made.to != 0 && l->made.same &&
		       l->to_tag.n == 0 && !l->forwarded
		   ? l->made.recv
		   : 0;
}

uint64_t
other_message_FIRST(struct inspected_message *l, struct placed_message *p)
{
	const struct followed_dialog *d = other_message_dialog(l);

	if (d == NULL || d->tx == NULL || !d->tx->initial)
		return 0;
	/* 12.1.2 lets the caller take the URIs of the response; RFC 4916 4.1
	 * lets either side take another one of its own. */
	p->sure = !d->tx->twice && !dialog_facts(l, d)->renamed &&
		  !msg_lists(l->msg, MSG_H_SUPPORTED, "from-change");
	return d->uac || d->tx->arrived == 0 ? d->tx->request : d->tx->arrived;
}

OTHER_MESSAGE(MAKER, other_message_dialog(l) != NULL && l->dialog->tx != NULL
			 ? l->dialog->made
			 : 0)

/* Of several 2xx, each of a phone of its own, that of the ACK's dialog. */
uint64_t
other_message_ACCEPTED(struct inspected_message *l, struct placed_message *p)
{
	const struct followed_dialog *d = other_message_dialog(l);
	const struct followed_tx *tx =
	    l->msg->request && l->msg->method == MSG_ACK && !l->forwarded
		? inspect_find_invite(l)
		: NULL;

	if (tx == NULL || tx->status / 100 != 2 || tx->came_status >= 300)
		return 0;
	p->sure = !tx->twice;
	return d != NULL && d->ok != 0 ? d->ok : tx->final;
}

/* 12.2.1.1: what the dialog knows, no message. */
OTHER_MESSAGE(ROUTED,
    l->msg->request &&inspected_is_within(l) && l->dialog->routes_known ? l->seq
									: 0)

uint64_t
other_message_GLARED(struct inspected_message *l, struct placed_message *p)
{
	const struct followed_dialog *d = other_message_dialog(l);
	const struct followed_tx *tx = d == NULL || !l->msg->request  ? NULL
				       : l->msg->method == MSG_INVITE ? d->out
				       : l->msg->method == MSG_UPDATE
					   ? d->update
					   : NULL;

	if (tx == NULL || tx->status != 491)
		return 0;
	p->sure = !tx->twice;
	return tx->final_came;
}

/* Two phones of a fork have Contacts of their own. */
uint64_t
other_message_FIRST_2XX(struct inspected_message *l, struct placed_message *p)
{
	const struct followed_tx *tx = l->tx;
	const struct msg *m =
	    tx == NULL || l->msg->request || l->forwarded ||
		    l->msg->method != MSG_INVITE || l->msg->status / 100 != 2 ||
		    tx->status / 100 != 2 || tx->final_by != l->node
		? NULL
		: inspected_other(l, tx->final);

	p->sure = tx != NULL && !tx->passed && !tx->twice;
	return m != NULL &&
		       str_eq(follower_contact(m), follower_contact(l->msg))
		   ? tx->final
		   : 0;
}

/* As its server has it, where a proxy has sent the PRACK, and the INVITE with
 * another CSeq than it had. */
static uint64_t
find_pracked(const struct inspected_message *l)
{
	const struct followed_dialog *d = other_message_dialog(l);
	const struct followed_tx *tx;

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

uint64_t
other_message_RELIABLE(struct inspected_message *l, struct placed_message *p)
{
	const struct followed_dialog *d = other_message_dialog(l);
	const struct msg *m;

	if (l->msg->request)
		return l->msg->method == MSG_PRACK ? find_pracked(l) : 0;
	/* One between is not sent before its PRACK has come, and that names
	 * it. */
	p->sure = l->in->whole || d == NULL || d->rack_came <= d->rseq;
	if (l->tx == NULL || l->forwarded || l->tx->reliable == 0)
		return 0;
	/* Another phone of a fork counts for itself. */
	m = inspected_other(l, l->tx->reliable);
	return m != NULL && str_eq(msg_tag(msg_value(m, MSG_H_TO)), l->to_tag)
		   ? l->tx->reliable
		   : 0;
}

/* ---- credentials, and INVITEs that wait ---- */

/* The last request of L's node with L's Call-ID, From tag and method. */
static const struct followed_tx *
find_last_try(struct inspected_message *l)
{
	return l->msg->request && !l->forwarded
		   ? follower_tx_of(l->in->follower, inspect_last_try(l))
		   : NULL;
}

static const struct followed_tx *
find_succeeded(struct inspected_message *l)
{
	const struct followed_tx *tx = find_last_try(l);

	return tx != NULL && tx->status / 100 == 2 && tx->initial ? tx : NULL;
}

static const struct followed_tx *
find_tried(struct inspected_message *l, unsigned status, unsigned or_status)
{
	const struct followed_tx *tx = find_last_try(l);

	return tx != NULL && (tx->status == status || tx->status == or_status)
		   ? tx
		   : NULL;
}

OTHER_MESSAGE(SUCCEEDED, other_message_take_tx(find_succeeded(l), p))
OTHER_MESSAGE(TRIED, other_message_take_tx(find_tried(l, 401, 407), p))

static uint64_t
find_final(const struct followed_tx *tx)
{
	return tx != NULL ? tx->final : 0;
}

OTHER_MESSAGE(CHALLENGE, find_final(find_tried(l, 401, 407)))
OTHER_MESSAGE(TOO_SMALL, find_final(find_tried(l, 422, 422)))

/* It waited when L's request came.  One with an answer in a reliable response
 * does not wait for that.  In a capture the final response of one that was sent
 * just now is not missing. */
static bool
is_waiting(const struct inspected_message *l, const struct followed_tx *tx)
{
	return tx != NULL && tx != l->tx &&
	       (tx->final_came == 0 || tx->final_came > l->tx->arrived) &&
	       !tx->reliable_sdp &&
	       (l->in->whole || l->time - tx->t < FOLLOWER_CROSS_NS);
}

uint64_t
other_message_WAITING(struct inspected_message *l, struct placed_message *p)
{
	const struct followed_dialog *d = other_message_dialog(l);
	const struct followed_tx *tx;

	if (l->msg->request || d == NULL || l->tx == NULL)
		return 0;
	tx = is_waiting(l, d->out)      ? d->out
	     : is_waiting(l, d->update) ? d->update
					: NULL;
	return tx != NULL && tx->request < l->tx->arrived
		   ? other_message_take_tx(tx, p)
		   : 0;
}

/* 8.1.3.5, 10.2.8, RFC 4028 7.3: what was rejected so is changed and tried
 * again. */
static const struct followed_tx *
find_failed(struct inspected_message *l)
{
	static const unsigned statuses[] = { 413, 415, 416, 420, 421, 422,
		423 };
	const struct followed_tx *tx =
	    l->to_tag.n == 0 ? find_last_try(l) : NULL;

	for (size_t i = 0; tx != NULL && i < COUNT_OF(statuses); i++)
		if (tx->status == statuses[i] && tx->final_came != 0)
			return tx;
	return NULL;
}

OTHER_MESSAGE(FAILED, other_message_take_tx(find_failed(l), p))
OTHER_MESSAGE(FAILURE, relate_place(l, OTHER_MESSAGE_FAILED)->msg == NULL
			   ? 0
			   : take_answer(find_failed(l), p))

/* A note about the first nonce of M's challenges or credentials; 0. */
static uint64_t
noted_of_nonce(struct inspected_message *l, enum mark mark, const struct msg *m)
{
	struct str nonce;
	size_t at = 0;

	return m != NULL && relate_next_nonce(m, &at, &nonce)
		   ? inspect_number(l->in, inspect_mark(l->in, mark, nonce))
		   : 0;
}

OTHER_MESSAGE(
    NONCE, l->msg->request ? noted_of_nonce(l, MARK_NONCE, l->msg) : 0)

/* Others may have used it unseen, but between a try and the next one. */
uint64_t
other_message_FRESH(struct inspected_message *l, struct placed_message *p)
{
	uint64_t seq = other_message_NONCE(l, p);
	const struct msg *m = seq != 0 ? inspected_other(l, seq) : NULL;
	struct msg_cseq cseq;

	if (m == NULL || noted_of_nonce(l, MARK_NONCE_USED, l->msg) != 0)
		return 0;
	p->sure = l->in->whole ||
		  (str_eq(msg_value(m, MSG_H_CALL_ID),
		       msg_value(l->msg, MSG_H_CALL_ID)) &&
		      msg_cseq_read(msg_value(m, MSG_H_CSEQ), &cseq) == 0 &&
		      l->cseq.number == cseq.number + 1);
	return seq;
}

OTHER_MESSAGE(TAKEN, noted_of_nonce(l, MARK_NONCE_TAKEN,
			 relate_place(l, OTHER_MESSAGE_REQUEST)->msg))

/* ---- reading ---- */

const struct placed_message *
relate_place(struct inspected_message *l, enum other_message which)
{
	static other_message_fn *const finders[] = {
#define X(id, text) other_message_##id,
		OTHER_MESSAGES(X)
#undef X
	};
	struct placed_message *p = &l->in->relating->at[which];
	uint64_t seq;

	if (p->asked)
		return p;
	p->asked = p->sure = true;
	p->via_asked = p->from.asked = p->to.asked = false;
	p->via = NULL;
	p->msg = NULL;
	p->source = p->destination = STR_NULL;
	seq = p->seq = finders[which](l, p);
	if (seq == l->seq)
		p->msg = l->msg;
	else if (seq != 0 && seq < l->seq)
		p->msg = inspected_other(l, seq);
	return p;
}

const struct msg_via *
relate_via(struct inspected_message *l, enum other_message which)
{
	struct placed_message *p = &l->in->relating->at[which];

	if (relate_place(l, which)->msg == NULL)
		return NULL;
	if (!p->via_asked && which == OTHER_MESSAGE_HERE)
		p->via = &l->via;
	else if (!p->via_asked && msg_top_via(p->msg, &p->own_via) == 0)
		p->via = &p->own_via;
	p->via_asked = true;
	return p->via;
}

const struct msg_addr *
relate_party(
    struct inspected_message *l, enum other_message which, enum msg_header id)
{
	struct placed_message *p = &l->in->relating->at[which];
	struct placed_message_party *party =
	    id == MSG_H_FROM ? &p->from : &p->to;

	if (relate_place(l, which)->msg == NULL)
		return NULL;
	if (!party->asked) {
		party->asked = true;
		party->good =
		    msg_addr_read(msg_value(p->msg, id), &party->addr) == 0;
	}
	return party->good ? &party->addr : NULL;
}

const struct msg_sdp *
relate_sdp(struct inspected_message *l, enum other_message which)
{
	struct relating *r = l->in->relating;
	const struct msg *m = relate_place(l, which)->msg;
	struct described *d = &r->described;
	struct str at, text;

	/* Content-Length may cut it short. */
	if (which == OTHER_MESSAGE_HERE && !r->looked) {
		r->looked = true;
		r->own =
		    inspected_sdp(l) && m->body.n >= inspected_sent_body(l).n
			? l->in->sdp
			: NULL;
	}
	if (which == OTHER_MESSAGE_HERE)
		return r->own;
	if (m == NULL)
		return NULL;
	if (d->of == m)
		return d->good ? &d->sdp : NULL;
	text = msg_sdp_of(m);
	d->of = m;
	d->good = text.n > 0 && !inspected_is_encoded(m) &&
		  msg_sdp_read(&d->sdp, text, &at) == 0;
	return d->good ? &d->sdp : NULL;
}
