/*
 * Finds the other messages of subscriptions, publications and transfers
 * (inspect/other_message.h), and notes the records of a message by which later
 * messages find it.
 */
#include "inspect/other_message.h"
#include "inspect/relating.h"
#include "msg/bodies.h"
#include "base/addr.h"
#include "msg/header_names.h"

/* The SUBSCRIBE of L's NOTIFY, and its transaction. */
static uint64_t
find_subscription(struct inspected_message *l, const struct followed_tx **tx)
{
	uint64_t seq =
	    l->msg->request && l->msg->method == MSG_NOTIFY && !l->forwarded
		? inspect_subscribed(l)
		: 0;

	*tx = seq != 0 ? follower_tx_of(l->in->follower, seq) : NULL;
	return seq;
}

/* The value of M's field ID is VALUE, except for its parameters. */
static bool
is_value(const struct msg *m, enum msg_header id, const char *value)
{
	struct str params;

	return str_iis(
	    str_trim(msg_cut_params(msg_value(m, id), &params)), value);
}

static struct str
notified_key(struct inspected_message *l)
{
	return inspect_mark(l->in, MARK_NOTIFIED,
	    msg_value(l->msg, MSG_H_CALL_ID), l->from_tag, l->to_tag,
	    msg_value(l->msg, MSG_H_EVENT));
}

/* L's request goes to a place that is known without asking for a name, and has
 * not been written before TX was answered. */
static bool
is_written_since(struct inspected_message *l, const struct followed_tx *tx)
{
	struct str routes = inspected_routes(l, MSG_H_ROUTE, false), rest;
	struct addr place;

	/* Nodes of a run may wait for any address. */
	return !l->in->whole && l->time - tx->t_final >= SIP_T1_NS / 10 &&
	       inspected_read_uri_place(
		   routes.n > 0 ? str_cut(routes, '\n', &rest) : l->msg->uri,
		   &place);
}

/* A NOTIFY may have been written before a further SUBSCRIBE came, and wait for
 * the address that it goes to; the one after it tells of that SUBSCRIBE. */
static bool
is_told_of(struct inspected_message *l, const struct followed_tx *tx)
{
	return tx != NULL && tx->status < 300 &&
	       (tx->initial ||
		   (tx->final != 0 && (l->time - tx->t_final >= SIP_64T1_NS ||
					  is_written_since(l, tx) ||
					  inspect_number(l->in,
					      notified_key(l)) > tx->final)));
}

uint64_t
other_message_SUBSCRIPTION(
    struct inspected_message *l, struct placed_message *p)
{
	const struct followed_tx *tx;
	uint64_t seq = find_subscription(l, &tx);

	if (!l->msg->request && l->msg->method == MSG_NOTIFY && !l->forwarded)
		return inspect_first_subscribed(l);
	/* Of several REFERs it may be another one. */
	p->sure = is_value(l->msg, MSG_H_EVENT, "refer")
		      ? seq == inspect_first_subscribed(l)
		      : is_told_of(l, tx);
	return seq;
}

/* Of a SUBSCRIBE that has forked others notify as well. */
uint64_t
other_message_GRANT(struct inspected_message *l, struct placed_message *p)
{
	const struct followed_tx *tx;

	(void)find_subscription(l, &tx);
	if (tx == NULL || tx->status / 100 != 2)
		return 0;
	/* A server that has forgotten it answers its repetition again. */
	p->sure = is_told_of(l, tx) && tx->final_by == l->node && !tx->passed &&
		  tx_facts(l, tx)->other_tag.n == 0;
	return tx->final;
}

/* It was taken, and none came between where its CSeq is the one before. */
uint64_t
other_message_EARLIER(struct inspected_message *l, struct placed_message *p)
{
	uint64_t seq = l->msg->method == MSG_NOTIFY && is_own_request(l)
			   ? inspect_number(l->in, notified_key(l))
			   : 0;
	const struct followed_tx *tx = follower_tx_of(l->in->follower, seq);
	const struct followed_tx *subscribed;
	const struct msg *m = seq != 0 ? inspected_other(l, seq) : NULL;
	struct msg_cseq cseq;

	/* Another SUBSCRIBE begins again. */
	if (m != NULL && is_value(m, MSG_H_SUBSCRIPTION_STATE, "terminated") &&
	    find_subscription(l, &subscribed) > seq)
		return 0;
	p->sure = m != NULL && tx != NULL && tx->status / 100 == 2 &&
		  msg_cseq_read(msg_value(m, MSG_H_CSEQ), &cseq) == 0 &&
		  l->cseq.number == cseq.number + 1;
	return seq;
}

/* After a 481 there is no subscription (RFC 6665 4.2.2); one that is lost comes
 * again with its NOTIFY, which is sent each T2 at least. */
uint64_t
other_message_TOLD(struct inspected_message *l, struct placed_message *p)
{
	uint64_t seq = other_message_EARLIER(l, p);
	const struct followed_tx *tx = follower_tx_of(l->in->follower, seq);
	const struct followed_tx *subscribed;

	if (tx == NULL || find_subscription(l, &subscribed) > seq)
		return 0;
	p->sure =
	    !tx->twice && (l->in->whole || l->time - tx->t_final >= SIP_T2_NS);
	return tx->final_came;
}

static struct str
change_key(struct inspected_message *l, enum mark mark, uint32_t server)
{
	char digits[24];

	return inspect_mark(l->in, mark, msg_value(l->msg, MSG_H_CALL_ID),
	    l->from_tag, l->cseq.method, inspect_digits(server, digits));
}

static bool
is_change(const struct inspected_message *l)
{
	return l->msg->method == MSG_INVITE || l->msg->method == MSG_UPDATE;
}

/* 14.2, RFC 3311 5.2: a second one comes before the first has its final
 * response, which a capture does not lack if it is as young as this. */
uint64_t
other_message_OVERTAKEN(struct inspected_message *l, struct placed_message *p)
{
	const struct followed_tx *tx;

	if (l->msg->request || l->tx == NULL || !is_change(l) ||
	    inspect_number(l->in, change_key(l, MARK_CHANGE, l->node)) !=
		l->tx->request)
		return 0;
	tx = follower_tx_of(l->in->follower,
	    inspect_number(l->in, change_key(l, MARK_CHANGE_BEFORE, l->node)));
	if (tx == NULL || tx->final != 0 || tx->cseq >= l->tx->cseq)
		return 0;
	p->sure =
	    !tx->twice && (l->in->whole || l->time - tx->t < FOLLOWER_CROSS_NS);
	return tx->request;
}

static void
note_change(struct inspected_message *l)
{
	struct inspect *in = l->in;
	uint64_t before =
	    inspect_number(in, change_key(l, MARK_CHANGE, l->other));

	inspect_put_number(
	    in, change_key(l, MARK_CHANGE_BEFORE, l->other), before);
	inspect_put_number(in, change_key(l, MARK_CHANGE, l->other), l->seq);
}

OTHER_MESSAGE(
    BYE, l->msg->request &&other_message_dialog(l) != NULL ? l->dialog->bye : 0)

/* Its Contact tells a user agent from what stands before several (9.2). */
uint64_t
other_message_RUNG(struct inspected_message *l, struct placed_message *p)
{
	const struct followed_tx *tx =
	    l->msg->request || l->msg->method != MSG_CANCEL
		? NULL
		: inspected_find_cancelled(l);
	const struct followed_dialog *d =
	    tx == NULL || tx->own_tag.n == 0 || tx->passed
		? NULL
		: follower_dialog_of(l->in->follower, l->node,
		      msg_value(l->msg, MSG_H_CALL_ID), tx->own_tag,
		      l->from_tag);
	const struct msg *m = d != NULL ? inspected_other(l, d->made) : NULL;
	struct addr contact, own;

	if (m == NULL ||
	    !inspected_read_uri_place(follower_contact(m), &contact) ||
	    addr_parse(l->send.src_addr, &own) != 0 ||
	    !addr_same_ip(&contact, &own))
		return 0;
	p->sure = !tx->twice;
	return d->made;
}

static struct str
referred_key(struct inspected_message *l, uint32_t node, struct str uri)
{
	char digits[24];
	struct str rest;

	return inspect_mark(l->in, MARK_REFERRED, inspect_digits(node, digits),
	    str_cut(uri, '?', &rest));
}

uint64_t
other_message_REFERRED(struct inspected_message *l, struct placed_message *p)
{
	(void)p;
	return l->msg->request ? inspect_number(l->in,
				     referred_key(l, l->node, l->msg->uri))
			       : 0;
}

const struct followed_dialog *
inspected_replaced(
    const struct inspected_message *l, uint32_t node, const struct msg *invite)
{
	struct str params, to, from;
	struct str call = str_trim(
	    msg_cut_params(msg_value(invite, MSG_H_REPLACES), &params));

	return msg_param(params, "to-tag", &to) &&
		       msg_param(params, "from-tag", &from)
		   ? follower_dialog_of(l->in->follower, node, call, to, from)
		   : NULL;
}

/* RFC 3891 3, of the INVITE that L answers: its dialog there. */
static const struct followed_dialog *
find_replaced(struct inspected_message *l)
{
	const struct msg *m = l->msg->request || l->msg->method != MSG_INVITE
				  ? NULL
				  : relate_place(l, OTHER_MESSAGE_REQUEST)->msg;

	return m != NULL && l->tx != NULL && msg_may_have(m, MSG_H_REPLACES)
		   ? inspected_replaced(l, l->node, m)
		   : NULL;
}

uint64_t
other_message_REPLACED(struct inspected_message *l, struct placed_message *p)
{
	const struct followed_dialog *d = find_replaced(l);
	uint64_t bye;

	(void)p;
	if (d == NULL)
		return 0;
	bye = d->bye != 0 ? d->bye : d->bye_came;
	return bye != 0 && bye < l->tx->arrived       ? bye
	       : d->ok != 0 && d->ok < l->tx->arrived ? d->ok
						      : d->made;
}

uint64_t
other_message_RANG(struct inspected_message *l, struct placed_message *p)
{
	const struct followed_dialog *d = find_replaced(l);

	(void)p;
	return d != NULL && !d->uac && d->ok == 0 && d->bye_came == 0 &&
		       d->tx != NULL && d->tx->final == 0
		   ? d->made
		   : 0;
}

static struct str
published_key(struct inspected_message *l, enum mark mark)
{
	char digits[24];

	return inspect_mark(
	    l->in, mark, inspect_digits(l->tx->client, digits), l->tx->uri);
}

/* There may be several of one resource. */
uint64_t
other_message_PUBLISHED(struct inspected_message *l, struct placed_message *p)
{
	if (l->msg->method != MSG_PUBLISH || l->tx == NULL || l->forwarded)
		return 0;
	p->sure = inspect_number(l->in, published_key(l, MARK_PUBLISHES)) == 1;
	return inspect_number(l->in, published_key(l, MARK_PUBLISHED));
}

static void
note_published(struct inspected_message *l)
{
	struct inspect *in = l->in;
	uint64_t n;

	if (l->msg->request && msg_field(l->msg, MSG_H_SIP_IF_MATCH, 0) == NULL)
		inspect_put_number(
		    in, published_key(l, MARK_PUBLISHES_ANEW), l->seq);
	if (l->msg->request || l->msg->status / 100 != 2)
		return;
	inspect_put_number(in, published_key(l, MARK_PUBLISHED), l->seq);
	if (inspect_number(in, published_key(l, MARK_PUBLISHES_ANEW)) !=
	    l->tx->request)
		return;
	n = inspect_number(in, published_key(l, MARK_PUBLISHES));
	inspect_put_number(in, published_key(l, MARK_PUBLISHES), n + 1);
}

/* The challenge that gives a nonce, and what takes credentials with it. */
static void
note_nonces(struct inspected_message *l)
{
	struct inspect *in = l->in;
	const struct followed_tx *tx;
	struct str nonce;
	size_t at = 0;

	while (!l->msg->request && relate_next_nonce(l->msg, &at, &nonce))
		inspect_note_number(
		    in, inspect_mark(in, MARK_NONCE, nonce), l->seq);
	if (!l->msg->request || !relate_next_nonce(l->msg, &at, &nonce))
		return;
	tx = follower_tx_of(in->follower,
	    inspect_number(in, inspect_mark(in, MARK_NONCE_USED, nonce)));
	if (tx != NULL && tx->client == l->node && tx->status / 100 == 2)
		inspect_put_number(
		    in, inspect_mark(in, MARK_NONCE_TAKEN, nonce), tx->final);
	inspect_put_number(
	    in, inspect_mark(in, MARK_NONCE_USED, nonce), l->seq);
}

/* L, a 2xx to a SUBSCRIBE, grants what asked for no more time. */
static bool
is_given_up(struct inspected_message *l)
{
	const struct msg *m =
	    l->tx != NULL ? inspected_other(l, l->tx->request) : NULL;

	return m != NULL && str_is(msg_value(m, MSG_H_EXPIRES), "0");
}

/* A 2xx to a SUBSCRIBE that asks for no more time, and a NOTIFY of a REFER,
 * say when the subscription is over; a NOTIFY that says so ends it. */
static void
note_ending(struct inspected_message *l, struct dialog_facts *x)
{
	struct str params, text;
	uint32_t seconds = 0;

	if (l->msg->request)
		x->notified = l->seq;
	(void)msg_cut_params(
	    msg_value(l->msg, MSG_H_SUBSCRIPTION_STATE), &params);
	if (!l->msg->request) {
		/* That NOTIFY may have come before. */
		if (l->dialog->notify == 0 || !is_given_up(l) ||
		    (x->ending == 0 && x->t_ending >= l->tx->t_arrived))
			return;
	} else if (is_value(l->msg, MSG_H_SUBSCRIPTION_STATE, "terminated")) {
		x->ending = 0;
		x->t_ending = l->time;
		return;
	} else if (!is_value(l->msg, MSG_H_EVENT, "refer") ||
		   !msg_param(params, "expires", &text) ||
		   str_u32(text, &seconds) != 0) {
		return;
	}
	x->ending = l->seq;
	x->t_ending = l->time + (int64_t)seconds * 1000000000;
}

void
relate_note(struct inspected_message *l)
{
	const struct msg *m = l->msg;

	if (!l->read || l->fault != MSG_FAULT_NONE)
		return;
	if (relate_has_digest(m) && (!m->request || is_own_request(l)))
		note_nonces(l);
	if (m->request && is_change(l) && l->to_tag.n > 0)
		note_change(l);
	if (m->method == MSG_PUBLISH && l->tx != NULL && !l->forwarded)
		note_published(l);
	if (m->request && m->method == MSG_REFER)
		inspect_put_number(l->in,
		    referred_key(l, l->other,
			msg_addr_uri(msg_value(m, MSG_H_REFER_TO))),
		    l->seq);
	if (l->dialog != NULL && !l->forwarded &&
	    (m->request ? m->method == MSG_NOTIFY
			: m->method == MSG_SUBSCRIBE && m->status / 100 == 2))
		note_ending(l, dialog_facts(l, l->dialog));
	if (m->request && m->method == MSG_NOTIFY && is_own_request(l))
		inspect_put_number(l->in, notified_key(l), l->seq);
}
