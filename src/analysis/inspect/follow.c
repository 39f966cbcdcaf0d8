/* What a message changes in the tables, once the checks have seen it. */
#include "inspect/check.h"
#include "inspect/doubt.h"

#include "base/err.h"
#include "msg/header_names.h"

/* ---- repetitions ---- */

static void
count_again(struct again *a, int64_t t)
{
	a->n++;
	a->last = t;
}

bool
inspect_was_asked(const struct look *l)
{
	return l->tx->repeats.n > 0 &&
	       (l->time - l->tx->t_again < CROSS_NS / 5 ||
		   l->time - l->tx->repeats.last < CROSS_NS / 5);
}

/* L, a response, is sent by who has made the request that it names: a proxy has
 * left its Via in it. */
static bool
is_astray(const struct look *l)
{
	return l->tx->client == l->node && l->tx->server != l->node;
}

void
follow_repeat(struct look *l)
{
	struct tx *tx = l->tx;

	if (!l->read || tx == NULL)
		return;
	if (l->msg->request && l->msg->method == tx->method) {
		count_again(&tx->repeats, l->time);
		tx->there |= tx->server < l->in->node_n &&
			     l->in->node[tx->server].t_sent > tx->t;
	}
	if (!l->msg->request && l->msg->status >= 200 && !is_astray(l)) {
		tx->finals.asked |= inspect_was_asked(l);
		count_again(&tx->finals, l->time);
		if (l->dialog != NULL && l->dialog->ok != 0)
			count_again(&l->dialog->oks, l->time);
	}
}

/* The first time it is L's record, at its time. */
static void
note_first(const struct look *l, uint64_t *seq, int64_t *t)
{
	if (*seq == 0) {
		*seq = l->seq;
		*t = l->time;
	}
}

/* ---- dialogs ---- */

static void
set_target(struct look *l, struct dialog *d)
{
	struct str uri = look_contact(l);

	if (uri.n == 0 || str_eq(uri, d->target))
		return;
	d->before = d->target;
	d->target = inspect_keep(l->in, uri);
}

static void
following_set_routes(struct look *l, struct dialog *d, bool reverse)
{
	d->routes =
	    inspect_keep(l->in, look_routes(l, MSG_H_RECORD_ROUTE, reverse));
	d->routes_known = true;
}

static bool
forms_dialog(const struct look *l)
{
	return l->msg->status > 100 && l->msg->status < 300 &&
	       l->to_tag.n > 0 && l->from_tag.n > 0 &&
	       (l->cseq.method.n > 0 &&
		   msg_method_is(l->msg->method, MSG_FORMS)) &&
	       (l->msg->method == MSG_INVITE || l->msg->status >= 200);
}

static void
following_confirm(struct look *l, struct dialog *d, bool mine)
{
	d->confirmed = true;
	/* Each side counts for itself: both may have come to one number. */
	if (d->ok != 0 && d->ok_mine == mine && d->ok_cseq == l->cseq.number)
		return;
	/* RFC 5407 3.1.4: the 2xx of an INVITE before comes again. */
	if (d->ok != 0 && d->ok_mine == mine && l->cseq.number < d->ok_cseq)
		return;
	d->ok = l->seq;
	d->ok_mine = mine;
	d->ok_direct = l->tx != NULL && l->tx->origin;
	d->ok_tx = l->tx;
	d->noks++;
	d->t_ok = l->time;
	d->ok_cseq = l->cseq.number;
	d->ack = 0;
	d->oks = (struct again){ .last = l->time };
	d->offer_in_ok =
	    l->has_sdp && l->tx != NULL && !l->tx->sdp && !l->tx->closed;
	if (d->offer_in_ok)
		d->offered = inspect_keep(l->in, look_streams(l));
}

/* A NOTIFY that comes before the 2xx finds no dialog yet. */
static struct str
notify_key(struct look *l, struct str tag)
{
	return inspect_key(
	    l->in, "notify", msg_value(l->msg, MSG_H_CALL_ID), tag);
}

/* A user agent answers: its view of the dialog comes from the request. */
static void
answer_dialog(struct look *l)
{
	struct dialog *d = l->dialog;

	if (d == NULL && !l->tx->passed) {
		d = inspect_make_dialog(l, l->to_tag, l->from_tag);
		if (d == NULL)
			return;
		d->invite = l->msg->method == MSG_INVITE;
		d->subscribed = l->msg->method == MSG_SUBSCRIBE;
		d->notify = inspect_number(l->in, notify_key(l, l->to_tag));
		d->cseq_came = l->cseq.number;
		d->target = l->tx->contact;
		d->routes = l->tx->routes;
		d->routes_known = l->tx->arrived != 0;
		l->dialog = d;
	}
	if (d != NULL && l->msg->method == MSG_INVITE && l->msg->status >= 200)
		following_confirm(l, d, true);
}

/* The request of L's response makes D: what its sender has said in it. */
static void
following_begin_own(const struct look *l, struct dialog *d)
{
	d->uac = true;
	d->invite = l->msg->method == MSG_INVITE;
	d->cseq = l->cseq.number;
	d->cseqs = 1;
	d->t_cseq = l->time;
	d->has_cseq = true;
	d->cseq_stream = l->tx->stream;
	d->sdp = l->tx->description;
	d->agreed = d->sdp;
	d->lines_most = d->sdp.lines > 0 ? d->sdp.lines - 1 : 0;
}

/* A user agent is answered: its view comes from the response, unless a NOTIFY
 * has come before (notify_dialog). */
static void
join_dialog(struct look *l)
{
	struct dialog *d = l->dialog;
	bool fresh = d == NULL;

	if (fresh)
		d = inspect_make_dialog(l, l->from_tag, l->to_tag);
	if (d == NULL)
		return;
	l->dialog = d;
	if (l->tx->initial && !d->has_cseq)
		following_begin_own(l, d);
	if (fresh || (!d->confirmed && l->msg->status >= 200 && d->invite)) {
		following_set_routes(l, d, true);
		set_target(l, d);
	} else if (l->msg->status >= 200 &&
		   msg_method_is(l->msg->method, MSG_REFRESHES)) {
		set_target(l, d);
	}
	if (l->msg->method == MSG_INVITE && l->msg->status >= 200)
		following_confirm(l, d, false);
}

/* RFC 6665 4.4.1: the first NOTIFY makes the subscriber's dialog, also where it
 * comes before the 2xx, and has its route set, whatever the 2xx has; not where
 * an INVITE has made it. */
static void
notify_dialog(struct look *l)
{
	struct dialog *d = l->dialog;

	if (d == NULL) {
		d = inspect_make_dialog(l, l->to_tag, l->from_tag);
		if (d == NULL)
			return;
		d->uac = true;
		d->cseq_came = l->cseq.number;
		set_target(l, d);
		l->dialog = d;
	}
	if (d->notify == 0 && d->uac && !d->invite)
		following_set_routes(l, d, false);
	if (d->notify == 0)
		d->notify = l->seq;
}

/* ---- sent ---- */

static struct str
invite_key(struct look *l)
{
	char node[24], number[24];

	return inspect_key(l->in, "invite", msg_value(l->msg, MSG_H_CALL_ID),
	    l->from_tag, inspect_digits(l->node, node),
	    inspect_digits(l->cseq.number, number));
}

struct tx *
inspect_find_invite(struct look *l)
{
	return map_get(l->in->kept, invite_key(l));
}

static void
count_cseq(const struct look *l, struct dialog *d)
{
	uint32_t n = l->cseq.number;

	if (d->has_cseq && n <= d->cseq) {
		if (d->cseq - n < 64)
			d->cseqs |= UINT64_C(1) << (d->cseq - n);
		return;
	}
	d->cseqs =
	    d->has_cseq && n - d->cseq < 64 ? d->cseqs << (n - d->cseq) | 1 : 1;
	d->cseq = n;
	d->t_cseq = l->time;
	d->has_cseq = true;
	d->cseq_stream = !addr_word_is_udp(l->send.transport);
}

/* L is an ACK, and not for D's last 2xx, nor for a refusal (17.1.1.3), which
 * has nothing to do with that. */
static bool
is_misacking(const struct look *l, const struct dialog *d)
{
	return l->msg->method == MSG_ACK && d->ok != 0 && d->ack == 0 &&
	       l->cseq.number != d->ok_cseq &&
	       (l->tx == NULL || l->tx->status < 300);
}

static void
sent_in_dialog(struct look *l, struct dialog *d)
{
	bool counts = l->msg->method != MSG_ACK && l->msg->method != MSG_CANCEL;
	struct msg_rack rack;

	if (counts) {
		count_cseq(l, d);
		d->asked++;
	}
	if (l->msg->method == MSG_ACK && d->ok != 0 && !d->ok_mine &&
	    l->cseq.number == d->ok_cseq)
		note_first(l, &d->ack, &d->t_ack);
	/* Where that is not told of it, there is no ACK. */
	d->misacked |=
	    is_misacking(l, d) && (d->ok_mine || check_ack_cseq(l) == BROKEN ||
				      check_ack_fields(l) == BROKEN);
	d->ack_astray |=
	    l->msg->method == MSG_ACK && (check_dialog_route(l) == BROKEN ||
					     check_dialog_target(l) == BROKEN);
	if (l->msg->method == MSG_INVITE)
		d->out = l->tx;
	if (l->msg->method == MSG_UPDATE && l->has_sdp)
		d->update = l->tx;
	if (l->msg->method == MSG_PRACK &&
	    msg_rack_read(msg_value(l->msg, MSG_H_RACK), &rack) == 0 &&
	    rack.cseq.number == d->rseq_cseq && rack.rseq > d->racked)
		d->racked = rack.rseq;
	if (l->msg->method == MSG_NOTIFY && d->notify == 0)
		d->notify = l->seq;
	if (l->msg->method == MSG_BYE)
		note_first(l, &d->bye, &d->t_bye);
}

static struct tx *
find_cancelled_invite(const struct look *l)
{
	struct tx *tx = inspect_find_tx(l, STR("INVITE"));

	/* 17.2.3: the branch tells, whatever the CSeq. */
	if (tx == NULL && str_starts(l->via.branch, "z9hG4bK"))
		tx = inspect_find_branch(l, STR("INVITE"));
	return tx;
}

static void
sent_cancel(struct look *l)
{
	struct tx *invite = find_cancelled_invite(l);

	if (invite != NULL)
		note_first(l, &invite->cancel_sent, &invite->t_cancel_sent);
}

/* An ACK with another CSeq, or another branch, than its INVITE: that is told of
 * it, not that there is none. */
static void
acks_amiss(struct look *l)
{
	struct tx *tx = l->like;

	if (tx == NULL && l->tx->method != MSG_INVITE && !l->forwarded)
		tx = inspect_find_refused(l);
	if (tx != NULL)
		tx->misacked = true;
}

static void
sent_request(struct look *l)
{
	struct tx *tx = l->tx;

	if (tx == NULL)
		return;
	follow_subscription(l);
	if (l->came != NULL && l->came != tx)
		l->came->passed = true;
	if (l->msg->method == MSG_INVITE && !l->forwarded &&
	    map_put(l->in->kept, invite_key(l), tx) != 0)
		l->in->err = ERR_NOMEM;
	if (l->msg->method == MSG_ACK && tx->method == MSG_INVITE &&
	    tx->ack == 0) {
		tx->ack = l->seq;
		tx->acked_here = l->nvias == 1 && !l->forwarded;
		tx->ack_amiss = inspect_copies_amiss(l, tx);
	}
	if (l->msg->method == MSG_ACK)
		acks_amiss(l);
	if (l->msg->method == MSG_CANCEL)
		sent_cancel(l);
	if (l->dialog != NULL && !l->forwarded)
		sent_in_dialog(l, l->dialog);
	else if (l->msg->method == MSG_NOTIFY && !l->forwarded)
		inspect_put_number(l->in, notify_key(l, l->from_tag), l->seq);
}

static void
sent_final(struct look *l, struct tx *tx)
{
	if (tx->final == 0) {
		tx->final = l->seq;
		tx->final_by = l->node;
		tx->final_to = l->other;
		tx->final_hash = str_hash(l->msg->bytes);
		tx->t_final = l->time;
		tx->status = l->msg->status;
		if (tx->status == 401 || tx->status == 407)
			tx->challenges =
			    msg_count_values(l->msg, MSG_H_WWW_AUTHENTICATE) +
			    msg_count_values(l->msg, MSG_H_PROXY_AUTHENTICATE);
		tx->final_tag = inspect_keep(l->in, l->to_tag);
		tx->finals = (struct again){ .last = l->time };
	}
}

static void
sent_reliable(struct look *l, struct tx *tx)
{
	uint32_t rseq;

	if (msg_rseq_read(msg_value(l->msg, MSG_H_RSEQ), &rseq) != 0)
		return;
	if (l->dialog != NULL && !l->forwarded)
		l->dialog->rseq = rseq;
	if (l->has_sdp)
		tx->reliable_sdp = true;
}

static void
note_received(struct look *l, struct tx *tx)
{
	if (l->via.received.n > 0 && tx->received == 0)
		tx->received = l->seq;
	if (l->via.received.n == 0 && tx->no_received == 0) {
		tx->no_received = l->seq;
		tx->no_received_by = l->node;
	}
}

/* 8.2.6.2: all that a server answers by itself has the same one, until a 199
 * ends its early dialog (RFC 6228 5). */
static void
note_own_tag(struct look *l, struct tx *tx)
{
	if (!l->forwarded && l->node == tx->server && l->msg->status == 199)
		tx->own_tag = STR_NULL;
	else if (!l->forwarded && l->node == tx->server &&
		 l->msg->status > 100 && tx->own_tag.n == 0)
		tx->own_tag = inspect_keep(l->in, l->to_tag);
}

static void
sent_response(struct look *l)
{
	struct tx *tx = l->tx;

	if (l->like != NULL)
		l->like->misanswered = true;
	follow_untagged(l);
	if (l->came != NULL && l->msg->status / 100 == 2)
		l->came->returned = true;
	if (tx == NULL || is_astray(l))
		return;
	note_received(l, tx);
	note_own_tag(l, tx);
	if (!l->forwarded && forms_dialog(l) && tx->initial)
		answer_dialog(l);
	else if (l->dialog != NULL && !l->forwarded &&
		 l->msg->method == MSG_INVITE && l->msg->status / 100 == 2)
		following_confirm(l, l->dialog, true);
	if (l->msg->status < 200)
		sent_reliable(l, tx);
	if (l->msg->method == MSG_PRACK && l->msg->status / 100 == 2 &&
	    l->dialog != NULL && l->dialog->rack_done < l->dialog->rack_came) {
		l->dialog->rack_done = l->dialog->rack_came;
		l->dialog->t_rack_done = l->time;
	}
	if (l->msg->status >= 200)
		sent_final(l, tx);
}

/* 14.1: after a refusal the session is as if there had been no offer. */
static void
settle_offer(const struct look *l, struct dialog *d)
{
	if (!l->tx->sdp || l->msg->status < 200)
		return;
	if (l->msg->status < 300)
		d->agreed = d->sdp;
	else
		d->sdp = d->agreed;
}

/* RFC 3264 8: an offer counts once it has its answer, which has as many
 * streams.  One that is rejected leaves what was agreed. */
static bool
following_agrees(const struct look *l)
{
	return l->msg->request ? l->msg->method == MSG_ACK
			       : l->tx != NULL && l->tx->sdp;
}

/* A description that D's side sends, or that comes to it. */
static void
following_describe(struct look *l, struct dialog *d, bool sent)
{
	struct description now;

	if (d == NULL || !l->has_sdp || l->forwarded ||
	    (!l->msg->request && l->msg->status >= 300))
		return;
	look_description(l, &now);
	if (sent)
		d->sdp = now;
	if (sent && (!l->msg->request || l->msg->method == MSG_ACK))
		d->agreed = now;
	if (following_agrees(l) && now.lines > 0 &&
	    now.lines - 1 > d->lines_most)
		d->lines_most = now.lines - 1;
}

void
follow_sent(struct look *l)
{
	if (!l->read)
		return;
	if (l->msg->request)
		sent_request(l);
	else
		sent_response(l);
	following_describe(l, l->dialog, true);
}

/* ---- arrived ---- */

/* 12.2.2: requests of the other side, in the order in which they come. */
static void
order_request(struct look *l, struct dialog *d)
{
	if (l->tx->arrived != l->seq || l->msg->method == MSG_ACK ||
	    l->msg->method == MSG_CANCEL)
		return;
	l->tx->late = l->cseq.number < d->cseq_came;
	if (!l->tx->late)
		d->cseq_came = l->cseq.number;
}

static void
came_in_dialog(struct look *l, struct dialog *d)
{
	struct msg_rack rack;

	order_request(l, d);
	if (l->msg->method == MSG_ACK && d->ok != 0 && d->ok_mine &&
	    l->cseq.number == d->ok_cseq)
		note_first(l, &d->ack, &d->t_ack);
	d->misacked |= is_misacking(l, d);
	if (l->msg->method == MSG_INVITE)
		d->in = l->tx;
	if (l->msg->method == MSG_PRACK &&
	    msg_rack_read(msg_value(l->msg, MSG_H_RACK), &rack) == 0 &&
	    rack.rseq > d->rack_came)
		d->rack_came = rack.rseq;
	if (l->msg->method == MSG_BYE)
		note_first(l, &d->bye_came, &d->t_bye_came);
	if (msg_method_is(l->msg->method, MSG_REFRESHES))
		set_target(l, d);
}

static void
came_request(struct look *l, struct tx *tx)
{
	if (tx->method == l->msg->method) {
		if (tx->arrived == 0)
			tx->server = l->node;
		note_first(l, &tx->arrived, &tx->t_arrived);
		tx->t_again = l->time;
	}
	if (l->msg->method == MSG_ACK && tx->method == MSG_INVITE)
		note_first(l, &tx->ack_came, &tx->t_ack_came);
	if (l->msg->method == MSG_CANCEL) {
		struct tx *invite = find_cancelled_invite(l);

		if (invite != NULL)
			note_first(l, &invite->cancel, &invite->t_cancel);
	}
	if (l->dialog != NULL)
		came_in_dialog(l, l->dialog);
	if (l->msg->method == MSG_NOTIFY && l->to_tag.n > 0 &&
	    l->from_tag.n > 0)
		notify_dialog(l);
}

/* A BYE went out or came at least 64*T1 ago. */
static bool
is_long_over(const struct look *l, const struct dialog *d)
{
	return (d->bye != 0 && l->time - d->t_bye >= SIP_64T1_NS) ||
	       (d->bye_came != 0 && l->time - d->t_bye_came >= SIP_64T1_NS);
}

static void
came_response(struct look *l, struct tx *tx)
{
	uint32_t rseq;

	/* Timer B has ended the INVITE's transaction: its client does not
	 * wait. */
	if (l->in->whole && tx->method == MSG_INVITE && tx->provisional == 0 &&
	    tx->final_came == 0 && l->time - tx->t >= SIP_64T1_NS)
		return;
	/* 8.1.3.3: who gets another number of Vias throws it away. */
	if (l->nvias != tx->nvias && !tx->twice)
		return;
	/* A provisional response overtaken by a final one does not count. */
	if (l->msg->status < 200 && tx->provisional == 0 &&
	    tx->final_came == 0) {
		tx->provisional = l->seq;
		tx->t_provisional = l->time;
		tx->provisional_status = l->msg->status;
	}
	if (l->msg->status >= 200 && tx->final_came == 0) {
		tx->final_came = l->seq;
		tx->t_final_came = l->time;
		tx->came_status = l->msg->status;
		if (l->dialog != NULL && !tx->initial && l->msg->status < 300)
			l->dialog->granted++;
		tx->orphan = l->dialog != NULL && is_long_over(l, l->dialog);
	}
	if (forms_dialog(l) && tx->origin)
		join_dialog(l);
	if (l->dialog != NULL && l->msg->status < 200 && tx->final_came == 0 &&
	    msg_rseq_read(msg_value(l->msg, MSG_H_RSEQ), &rseq) == 0 &&
	    rseq > l->dialog->rseq_came) {
		l->dialog->rseq_came = rseq;
		l->dialog->reliable = l->seq;
		l->dialog->rseq_cseq = l->cseq.number;
	}
}

void
follow_arrived(struct look *l)
{
	if (!l->read || l->tx == NULL)
		return;
	/* A response that can't be read is not passed up (18.1.2). */
	if (!l->msg->request && l->fault != MSG_FAULT_NONE)
		return;
	if (l->msg->request)
		came_request(l, l->tx);
	else if (l->tx->client == l->node)
		came_response(l, l->tx);
	if (!l->msg->request && l->dialog != NULL)
		settle_offer(l, l->dialog);
	following_describe(l, l->dialog, false);
}
