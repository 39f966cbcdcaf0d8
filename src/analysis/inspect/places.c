/* Messages beside the one that is asked about, by name (inspect/relation.h):
 * what the follower knows of them, read again where they are asked for. */
#include "inspect/places.h"
#include "inspect/relating.h"

#include "msg/bodies.h"
#include "base/addr.h"
#include "msg/header_names.h"

/* The request of TX, which may be NULL. */
uint64_t
place_take_tx(const struct story_tx *tx, struct placed *p)
{
	if (tx == NULL)
		return 0;
	p->sure = !tx->twice;
	p->source = tx->src_addr;
	p->destination = tx->dst_addr;
	return tx->request;
}

uint64_t
place_HERE(struct look *l, struct placed *p)
{
	p->source = l->send.src_addr;
	p->destination = l->send.dst_addr;
	return l->seq;
}

PLACE(WAY, place_HERE(l, p))

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

/* The INVITE that has all of L, a response, but the branch, which none has. */
static const struct story_tx *
find_by_number(struct look *l)
{
	struct story_seen asked = *l->seen;
	const struct story_tx *tx;

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
place_REQUEST(struct look *l, struct placed *p)
{
	const struct story_tx *tx =
	    l->tx != NULL || l->msg->request ? l->tx : find_by_branch(l);
	uint64_t sent;

	if (tx == NULL)
		tx = find_by_number(l);
	/* A proxy may have left its own Via in it. */
	if (l->msg->request || tx == NULL || tx->method != l->msg->method ||
	    (tx->client == l->node && tx->server != l->node))
		return 0;
	sent = place_take_tx(tx, p);
	/* Its proxy's own Via stands below; or it came once more. */
	p->sure &= (l->tx != NULL || str_eq(l->send.dst_addr, tx->src_addr)) &&
		   !tx->passed_below &&
		   (l->tx == NULL || !look_is_answered_anew(l));
	/* An ALG shows each side what it knows: this is the client's. */
	return tx->arrived == 0 || str_eq(l->send.dst_addr, tx->src_addr)
		   ? sent
		   : tx->arrived;
}

/* A NAT shows requests of one host with several addresses. */
static bool
has_same_ends(const struct look *l, const struct story_tx *tx)
{
	struct addr went, goes;

	return addr_parse(tx->dst_addr, &went) == 0 &&
	       addr_parse(l->send.dst_addr, &goes) == 0 &&
	       (!addr_same_ip(&went, &goes) || went.port == goes.port) &&
	       (l->in->whole || str_eq(l->send.src_addr, tx->src_addr));
}

uint64_t
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
	if (tx == NULL || tx->client != l->node)
		return 0;
	(void)place_take_tx(tx, p);
	p->sure &= !tx->old && has_same_ends(l, tx);
	return tx->request;
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

/* What has come for TX's request, which may be NULL. */
static uint64_t
take_answer(const struct story_tx *tx, struct placed *p)
{
	p->sure = tx == NULL || !tx->twice;
	return tx != NULL ? tx->final_came : 0;
}

PLACE(REFUSED, place_take_tx(find_refused(l), p))
PLACE(REFUSAL, take_answer(find_refused(l), p))

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
 * between networks would have changed, too.  A capture does not say which one
 * of several responses goes on. */
uint64_t
place_CAME(struct look *l, struct placed *p)
{
	const struct msg *m = look_source(l);
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
place_MADE(struct look *l, struct placed *p)
{
	p->sure = l->made.proved;
	return l->msg->request && l->made.to != 0 && l->made.same &&
		       l->to_tag.n == 0 && !l->forwarded
		   ? l->made.recv
		   : 0;
}

uint64_t
place_FIRST(struct look *l, struct placed *p)
{
	const struct story_dialog *d = place_dialog(l);

	if (d == NULL || d->tx == NULL || !d->tx->initial)
		return 0;
	/* 12.1.2 lets the caller take the URIs of the response; RFC 4916 4.1
	 * lets either side take another one of its own. */
	p->sure = !d->tx->twice && !dialog_facts(l, d)->renamed &&
		  !msg_lists(l->msg, MSG_H_SUPPORTED, "from-change");
	return d->uac || d->tx->arrived == 0 ? d->tx->request : d->tx->arrived;
}

PLACE(MAKER,
    place_dialog(l) != NULL && l->dialog->tx != NULL ? l->dialog->made : 0)

/* Of several 2xx, each of a phone of its own, that of the ACK's dialog. */
uint64_t
place_ACCEPTED(struct look *l, struct placed *p)
{
	const struct story_dialog *d = place_dialog(l);
	const struct story_tx *tx =
	    l->msg->request && l->msg->method == MSG_ACK && !l->forwarded
		? inspect_find_invite(l)
		: NULL;

	if (tx == NULL || tx->status / 100 != 2 || tx->came_status >= 300)
		return 0;
	p->sure = !tx->twice;
	return d != NULL && d->ok != 0 ? d->ok : tx->final;
}

/* As its server has it, where a proxy has sent the PRACK, and the INVITE with
 * another CSeq than it had. */
static uint64_t
find_pracked(const struct look *l)
{
	const struct story_dialog *d = place_dialog(l);
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

uint64_t
place_RELIABLE(struct look *l, struct placed *p)
{
	const struct story_dialog *d = place_dialog(l);
	const struct msg *m;

	if (l->msg->request)
		return l->msg->method == MSG_PRACK ? find_pracked(l) : 0;
	/* One between is not sent before its PRACK has come, and that names
	 * it. */
	p->sure = l->in->whole || d == NULL || d->rack_came <= d->rseq;
	if (l->tx == NULL || l->forwarded || l->tx->reliable == 0)
		return 0;
	/* Another phone of a fork counts for itself. */
	m = look_other(l, l->tx->reliable);
	return m != NULL && str_eq(msg_tag(msg_value(m, MSG_H_TO)), l->to_tag)
		   ? l->tx->reliable
		   : 0;
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

PLACE(TRIED, place_take_tx(find_tried(l, 401, 407), p))

static uint64_t
find_final(const struct story_tx *tx)
{
	return tx != NULL ? tx->final : 0;
}

PLACE(CHALLENGE, find_final(find_tried(l, 401, 407)))
PLACE(TOO_SMALL, find_final(find_tried(l, 422, 422)))

/* It waited when L's request came.  One with an answer in a reliable response
 * does not wait for that.  In a capture the final response of one that was sent
 * just now is not missing. */
static bool
is_waiting(const struct look *l, const struct story_tx *tx)
{
	return tx != NULL && tx != l->tx &&
	       (tx->final_came == 0 || tx->final_came > l->tx->arrived) &&
	       !tx->reliable_sdp &&
	       (l->in->whole || l->time - tx->t < STORY_CROSS_NS);
}

uint64_t
place_WAITING(struct look *l, struct placed *p)
{
	const struct story_dialog *d = place_dialog(l);
	const struct story_tx *tx;

	if (l->msg->request || d == NULL || l->tx == NULL)
		return 0;
	tx = is_waiting(l, d->out)      ? d->out
	     : is_waiting(l, d->update) ? d->update
					: NULL;
	return tx != NULL && tx->request < l->tx->arrived ? place_take_tx(tx, p)
							  : 0;
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

PLACE(FAILED, place_take_tx(find_failed(l), p))
PLACE(FAILURE, relate_place(l, PLACE_FAILED)->msg == NULL
		   ? 0
		   : take_answer(find_failed(l), p))

/* A note about the first nonce of M's challenges or credentials; 0. */
static uint64_t
noted_of_nonce(struct look *l, enum mark mark, const struct msg *m)
{
	struct str nonce;
	size_t at = 0;

	return m != NULL && relate_next_nonce(m, &at, &nonce)
		   ? inspect_number(l->in, inspect_mark(l->in, mark, nonce))
		   : 0;
}

PLACE(NONCE, l->msg->request ? noted_of_nonce(l, MARK_NONCE, l->msg) : 0)

/* Others may have used it unseen, but between a try and the next one. */
uint64_t
place_FRESH(struct look *l, struct placed *p)
{
	uint64_t seq = place_NONCE(l, p);
	const struct msg *m = seq != 0 ? look_other(l, seq) : NULL;
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

PLACE(TAKEN,
    noted_of_nonce(l, MARK_NONCE_TAKEN, relate_place(l, PLACE_REQUEST)->msg))

/* The SUBSCRIBE of L's NOTIFY, and its transaction. */
static uint64_t
find_subscription(struct look *l, const struct story_tx **tx)
{
	uint64_t seq =
	    l->msg->request && l->msg->method == MSG_NOTIFY && !l->forwarded
		? inspect_subscribed(l)
		: 0;

	*tx = seq != 0 ? follower_tx_of(l->in->follower, seq) : NULL;
	return seq;
}

/* The value of M's field ID is VALUE, but for its parameters. */
static bool
is_value(const struct msg *m, enum msg_header id, const char *value)
{
	struct str params;

	return str_iis(
	    str_trim(msg_cut_params(msg_value(m, id), &params)), value);
}

static struct str
notified_key(struct look *l)
{
	return inspect_mark(l->in, MARK_NOTIFIED,
	    msg_value(l->msg, MSG_H_CALL_ID), l->from_tag, l->to_tag,
	    msg_value(l->msg, MSG_H_EVENT));
}

/* L's request goes to a place that is known without asking for a name, and has
 * not been written before TX was answered. */
static bool
is_written_since(struct look *l, const struct story_tx *tx)
{
	struct str routes = look_routes(l, MSG_H_ROUTE, false), rest;
	struct addr place;

	return l->time - tx->t_final >= SIP_T1_NS / 10 &&
	       look_read_uri_place(
		   routes.n > 0 ? str_cut(routes, '\n', &rest) : l->msg->uri,
		   &place);
}

/* A NOTIFY may have been written before a further SUBSCRIBE came, and wait for
 * the address that it goes to; the one after it tells of that SUBSCRIBE. */
static bool
is_told_of(struct look *l, const struct story_tx *tx)
{
	return tx != NULL && tx->status < 300 &&
	       (tx->initial ||
		   (tx->final != 0 && (l->time - tx->t_final >= SIP_64T1_NS ||
					  is_written_since(l, tx) ||
					  inspect_number(l->in,
					      notified_key(l)) > tx->final)));
}

uint64_t
place_SUBSCRIPTION(struct look *l, struct placed *p)
{
	const struct story_tx *tx;
	uint64_t seq = find_subscription(l, &tx);

	if (!l->msg->request && l->msg->method == MSG_NOTIFY && !l->forwarded)
		return inspect_first_subscribed(l);
	/* Of several REFERs it may be another one. */
	p->sure = is_value(l->msg, MSG_H_EVENT, "refer")
		      ? seq == inspect_first_subscribed(l)
		      : is_told_of(l, tx);
	return seq;
}

/* Of a SUBSCRIBE that has forked others notify, too. */
uint64_t
place_GRANT(struct look *l, struct placed *p)
{
	const struct story_tx *tx;

	(void)find_subscription(l, &tx);
	if (tx == NULL || tx->status / 100 != 2)
		return 0;
	/* A server that has forgotten it answers its repetition anew. */
	p->sure = is_told_of(l, tx) && tx->final_by == l->node && !tx->passed &&
		  tx_facts(l, tx)->other_tag.n == 0;
	return tx->final;
}

/* It was taken, and none came between where its CSeq is the one before. */
uint64_t
place_EARLIER(struct look *l, struct placed *p)
{
	uint64_t seq = l->msg->method == MSG_NOTIFY && is_own_request(l)
			   ? inspect_number(l->in, notified_key(l))
			   : 0;
	const struct story_tx *tx = follower_tx_of(l->in->follower, seq);
	const struct story_tx *subscribed;
	const struct msg *m = seq != 0 ? look_other(l, seq) : NULL;
	struct msg_cseq cseq;

	/* Another SUBSCRIBE begins anew. */
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
place_TOLD(struct look *l, struct placed *p)
{
	uint64_t seq = place_EARLIER(l, p);
	const struct story_tx *tx = follower_tx_of(l->in->follower, seq);
	const struct story_tx *subscribed;

	if (tx == NULL || find_subscription(l, &subscribed) > seq)
		return 0;
	p->sure =
	    !tx->twice && (l->in->whole || l->time - tx->t_final >= SIP_T2_NS);
	return tx->final_came;
}

static struct str
change_key(struct look *l, enum mark mark, uint32_t server)
{
	char digits[24];

	return inspect_mark(l->in, mark, msg_value(l->msg, MSG_H_CALL_ID),
	    l->from_tag, l->cseq.method, inspect_digits(server, digits));
}

static bool
is_change(const struct look *l)
{
	return l->msg->method == MSG_INVITE || l->msg->method == MSG_UPDATE;
}

/* 14.2, RFC 3311 5.2: a second one comes before the first has its final
 * response, which a capture does not lack if it is as young as this. */
uint64_t
place_OVERTAKEN(struct look *l, struct placed *p)
{
	const struct story_tx *tx;

	if (l->msg->request || l->tx == NULL || !is_change(l) ||
	    inspect_number(l->in, change_key(l, MARK_CHANGE, l->node)) !=
		l->tx->request)
		return 0;
	tx = follower_tx_of(l->in->follower,
	    inspect_number(l->in, change_key(l, MARK_CHANGE_BEFORE, l->node)));
	if (tx == NULL || tx->final != 0 || tx->cseq >= l->tx->cseq)
		return 0;
	p->sure =
	    !tx->twice && (l->in->whole || l->time - tx->t < STORY_CROSS_NS);
	return tx->request;
}

static void
note_change(struct look *l)
{
	struct inspect *in = l->in;
	uint64_t before =
	    inspect_number(in, change_key(l, MARK_CHANGE, l->other));

	inspect_put_number(
	    in, change_key(l, MARK_CHANGE_BEFORE, l->other), before);
	inspect_put_number(in, change_key(l, MARK_CHANGE, l->other), l->seq);
}

PLACE(BYE, l->msg->request &&place_dialog(l) != NULL ? l->dialog->bye : 0)

/* Its Contact tells a user agent from what stands before several (9.2). */
uint64_t
place_RUNG(struct look *l, struct placed *p)
{
	const struct story_tx *tx =
	    l->msg->request || l->msg->method != MSG_CANCEL
		? NULL
		: look_find_cancelled(l);
	const struct story_dialog *d =
	    tx == NULL || tx->own_tag.n == 0 || tx->passed
		? NULL
		: follower_dialog_of(l->in->follower, l->node,
		      msg_value(l->msg, MSG_H_CALL_ID), tx->own_tag,
		      l->from_tag);
	const struct msg *m = d != NULL ? look_other(l, d->made) : NULL;
	struct addr contact, own;

	if (m == NULL || !look_read_uri_place(story_contact(m), &contact) ||
	    addr_parse(l->send.src_addr, &own) != 0 ||
	    !addr_same_ip(&contact, &own))
		return 0;
	p->sure = !tx->twice;
	return d->made;
}

static struct str
referred_key(struct look *l, uint32_t node, struct str uri)
{
	char digits[24];
	struct str rest;

	return inspect_mark(l->in, MARK_REFERRED, inspect_digits(node, digits),
	    str_cut(uri, '?', &rest));
}

uint64_t
place_REFERRED(struct look *l, struct placed *p)
{
	(void)p;
	return l->msg->request ? inspect_number(l->in,
				     referred_key(l, l->node, l->msg->uri))
			       : 0;
}

static struct str
published_key(struct look *l, enum mark mark)
{
	char digits[24];

	return inspect_mark(
	    l->in, mark, inspect_digits(l->tx->client, digits), l->tx->uri);
}

/* There may be several of one resource. */
uint64_t
place_PUBLISHED(struct look *l, struct placed *p)
{
	if (l->msg->method != MSG_PUBLISH || l->tx == NULL || l->forwarded)
		return 0;
	p->sure = inspect_number(l->in, published_key(l, MARK_PUBLISHES)) == 1;
	return inspect_number(l->in, published_key(l, MARK_PUBLISHED));
}

static void
note_published(struct look *l)
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
note_nonces(struct look *l)
{
	struct inspect *in = l->in;
	const struct story_tx *tx;
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
is_given_up(struct look *l)
{
	const struct msg *m =
	    l->tx != NULL ? look_other(l, l->tx->request) : NULL;

	return m != NULL && str_is(msg_value(m, MSG_H_EXPIRES), "0");
}

/* A 2xx to a SUBSCRIBE that asks for no more time, and a NOTIFY of a REFER,
 * say when the subscription is over; a NOTIFY that says so ends it. */
static void
note_ending(struct look *l, struct dialog_facts *x)
{
	struct str params, text;
	uint32_t seconds = 0;

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
relate_note(struct look *l)
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
