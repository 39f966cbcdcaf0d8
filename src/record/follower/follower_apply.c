/* What a message changes in the follower, at its sender and at its receiver. */
#include "base/addr.h"
#include "msg/constants.h"
#include "msg/header_names.h"
#include "follower/follower_in.h"

/* ---- repetitions ---- */

static void
count_again(struct followed_retry *a, int64_t t)
{
	a->n++;
	a->last = t;
}

bool
follower_was_asked(const struct followed_message *s)
{
	return s->tx->repeats.n > 0 &&
	       (s->tx->t_again > s->tx->finals.last ||
		   s->time - s->tx->t_again < FOLLOWER_CROSS_NS / 5 ||
		   s->time - s->tx->repeats.last < FOLLOWER_CROSS_NS / 5);
}

/* S, a response, is sent by who has made the request that it names: a proxy has
 * left its Via in it. */
static bool
is_astray(const struct followed_message *s)
{
	return s->tx->client == s->node && s->tx->server != s->node;
}

/* S is a 2xx to an INVITE, in a dialog that has one. */
static bool
is_ok(const struct followed_message *s)
{
	return s->dialog != NULL && s->dialog->ok != 0 &&
	       s->msg->method == MSG_INVITE && s->msg->status / 100 == 2;
}

static void
take_repeated(struct followed_message *s)
{
	struct followed_tx *tx = s->tx;

	if (!s->read || tx == NULL)
		return;
	if (s->msg->request && s->msg->method == tx->method)
		count_again(&tx->repeats, s->time);
	if (!s->msg->request && s->msg->status >= 200 && !is_astray(s)) {
		tx->finals.asked |= follower_was_asked(s);
		count_again(&tx->finals, s->time);
		if (is_ok(s))
			count_again(&s->dialog->oks, s->time);
	}
}

/* The first time it is S's record, at its time. */
static bool
note_first(const struct followed_message *s, uint64_t *seq, int64_t *t)
{
	if (*seq != 0)
		return false;
	*seq = s->seq;
	*t = s->time;
	return true;
}

/* ---- dialogs ---- */

static struct followed_dialog *
make_dialog(struct follower *f, struct followed_message *s, struct str local,
    struct str remote)
{
	struct followed_dialog *d = follower_put_dialog(f, s, local, remote);

	if (d == NULL)
		return NULL;
	d->node = s->node;
	d->tx = s->msg->request ? NULL : s->tx;
	d->made = s->seq;
	d->t_made = s->time;
	s->dialog = d;
	s->events |= FOLLOWER_DIALOG_MADE;
	return d;
}

static void
set_target(struct follower *f, const struct followed_message *s,
    struct followed_dialog *d)
{
	struct str uri = follower_contact(s->msg);

	if (uri.n == 0 || str_eq(uri, d->target))
		return;
	d->before = d->target;
	d->target = follower_keep(f, uri);
}

static struct str
read_recorded(
    struct follower *f, const struct followed_message *s, bool reverse)
{
	return follower_routes(
	    s->msg, MSG_H_RECORD_ROUTE, reverse, &f->scratch);
}

static void
set_routes(struct follower *f, const struct followed_message *s,
    struct followed_dialog *d, bool reverse)
{
	d->routes = follower_keep(f, read_recorded(f, s, reverse));
	d->routes_known = true;
}

static bool
forms_dialog(const struct followed_message *s)
{
	/* RFC 6228 4: a 199 makes no early dialog. */
	return s->msg->status > 100 && s->msg->status != 199 &&
	       s->msg->status < 300 && s->to_tag.n > 0 && s->from_tag.n > 0 &&
	       (s->cseq.method.n > 0 &&
		   msg_method_is(s->msg->method, MSG_FORMS)) &&
	       (s->msg->method == MSG_INVITE || s->msg->status >= 200);
}

static void
confirm(struct followed_message *s, struct followed_dialog *d, bool mine)
{
	if (!d->confirmed)
		s->events |= FOLLOWER_DIALOG_CONFIRMED;
	d->confirmed = true;
	/* Each side counts for itself: both may have come to one number. */
	if (d->ok != 0 && d->ok_mine == mine && d->ok_cseq == s->cseq.number)
		return;
	/* RFC 5407 3.1.4: the 2xx of an INVITE before comes again. */
	if (d->ok != 0 && d->ok_mine == mine && s->cseq.number < d->ok_cseq)
		return;
	d->ok = s->seq;
	d->ok_mine = mine;
	d->ok_direct = s->tx != NULL && s->tx->origin;
	d->ok_tx = s->tx;
	d->noks++;
	d->t_ok = s->time;
	d->ok_cseq = s->cseq.number;
	d->ack = 0;
	d->oks = (struct followed_retry){ .last = s->time };
	s->events |= FOLLOWER_DIALOG_OK;
}

/* A user agent answers: its view of the dialog comes from the request. */
static void
answer_dialog(struct follower *f, struct followed_message *s)
{
	struct followed_dialog *d = s->dialog;

	if (d == NULL && !s->tx->passed) {
		d = make_dialog(f, s, s->to_tag, s->from_tag);
		if (d == NULL)
			return;
		d->invite = s->msg->method == MSG_INVITE;
		d->subscribed = s->msg->method == MSG_SUBSCRIBE;
		/* A NOTIFY that came before the 2xx found no dialog. */
		d->notify = follower_notice(f, s, s->to_tag);
		d->cseq_came = s->cseq.number;
		d->target = s->tx->contact;
		d->routes = s->tx->routes;
		d->routes_known = s->tx->arrived != 0 && s->tx->initial;
	}
	if (d != NULL && s->msg->method == MSG_INVITE && s->msg->status >= 200)
		confirm(s, d, true);
}

/* The request of S's response makes D: what its sender has said in it. */
static void
begin_own(struct followed_message *s, struct followed_dialog *d)
{
	s->events |= FOLLOWER_DIALOG_OWN;
	d->uac = true;
	d->invite = s->msg->method == MSG_INVITE;
	d->cseq = s->cseq.number;
	d->cseqs = 1;
	d->t_cseq = s->time;
	d->has_cseq = true;
	d->cseq_stream = s->tx->stream;
}

/* A user agent is answered: its view comes from the response, unless a NOTIFY
 * has come before (notify_dialog).  What answers a request within a dialog,
 * whose beginning was not seen, has no Record-Route that counts (12.2). */
static void
join_dialog(struct follower *f, struct followed_message *s)
{
	struct followed_dialog *d = s->dialog;
	bool fresh = d == NULL;

	if (fresh)
		d = make_dialog(f, s, s->from_tag, s->to_tag);
	if (d == NULL)
		return;
	if (s->tx->initial && !d->has_cseq)
		begin_own(s, d);
	if (fresh || (!d->confirmed && s->msg->status >= 200 && d->invite)) {
		set_routes(f, s, d, true);
		d->routes_known = s->tx->initial;
		set_target(f, s, d);
	} else if (s->msg->status >= 200 &&
		   msg_method_is(s->msg->method, MSG_REFRESHES)) {
		set_target(f, s, d);
	}
	if (!d->invite && d->routes.n == 0 && read_recorded(f, s, true).n > 0)
		d->routes_known = false;
	if (s->msg->method == MSG_INVITE && s->msg->status >= 200)
		confirm(s, d, false);
}

/* RFC 6665 4.4.1: the first NOTIFY makes the subscriber's dialog, also where it
 * comes before the 2xx, and has its route set, whatever the 2xx has; not where
 * an INVITE has made it.  Where the NOTIFY alone has none, many take that of
 * the 2xx (RFC 3265). */
static void
notify_dialog(struct follower *f, struct followed_message *s)
{
	struct followed_dialog *d = s->dialog;
	bool recorded;

	if (d == NULL) {
		d = make_dialog(f, s, s->to_tag, s->from_tag);
		if (d == NULL)
			return;
		d->uac = true;
		d->cseq_came = s->cseq.number;
		set_target(f, s, d);
	}
	if (d->notify == 0 && d->uac && !d->invite) {
		recorded = d->routes.n > 0;
		set_routes(f, s, d, false);
		d->routes_known = !recorded || d->routes.n > 0;
	}
	if (d->notify == 0)
		d->notify = s->seq;
}

static void
end_dialog(
    struct followed_message *s, const struct followed_dialog *d, bool first)
{
	if (first && (d->bye == 0 || d->bye_came == 0))
		s->events |= FOLLOWER_DIALOG_ENDED;
}

/* ---- sent ---- */

static void
count_cseq(const struct followed_message *s, struct followed_dialog *d)
{
	uint32_t n = s->cseq.number;

	if (d->has_cseq && n <= d->cseq) {
		if (d->cseq - n < 64)
			d->cseqs |= UINT64_C(1) << (d->cseq - n);
		return;
	}
	d->cseqs =
	    d->has_cseq && n - d->cseq < 64 ? d->cseqs << (n - d->cseq) | 1 : 1;
	d->cseq = n;
	d->t_cseq = s->time;
	d->has_cseq = true;
	d->cseq_stream = !addr_word_is_udp(s->send->transport);
}

static void
sent_in_dialog(struct followed_message *s, struct followed_dialog *d)
{
	bool counts = s->msg->method != MSG_ACK && s->msg->method != MSG_CANCEL;
	struct msg_rack rack;

	if (counts) {
		count_cseq(s, d);
		d->asked++;
	}
	if (s->msg->method == MSG_ACK && d->ok != 0 && !d->ok_mine &&
	    s->cseq.number == d->ok_cseq)
		note_first(s, &d->ack, &d->t_ack);
	if (s->msg->method == MSG_INVITE)
		d->out = s->tx;
	if (s->msg->method == MSG_UPDATE && s->has_sdp)
		d->update = s->tx;
	if (s->msg->method == MSG_PRACK &&
	    msg_rack_read(msg_value(s->msg, MSG_H_RACK), &rack) == 0 &&
	    rack.cseq.number == d->rseq_cseq && rack.rseq > d->racked)
		d->racked = rack.rseq;
	if (s->msg->method == MSG_NOTIFY && d->notify == 0)
		d->notify = s->seq;
	if (s->msg->method == MSG_BYE)
		end_dialog(s, d, note_first(s, &d->bye, &d->t_bye));
}

/* 17.2.3: the branch tells, whatever the CSeq. */
static struct followed_tx *
find_cancelled_invite(
    const struct follower *f, const struct followed_message *s)
{
	struct followed_tx *tx = follower_find_tx(f, s, STR("INVITE"));

	if (tx == NULL && str_starts(s->via.branch, SIP_COOKIE))
		tx = follower_find_branch(f, s, STR("INVITE"));
	return tx;
}

static void
take_cancel(struct follower *f, struct followed_message *s, bool arrived)
{
	struct followed_tx *invite = find_cancelled_invite(f, s);

	if (invite == NULL)
		return;
	if (arrived
		? note_first(s, &invite->cancel, &invite->t_cancel)
		: note_first(s, &invite->cancel_sent, &invite->t_cancel_sent))
		s->events |= FOLLOWER_CANCELLED;
}

static void
sent_request(struct follower *f, struct followed_message *s)
{
	struct followed_tx *tx = s->tx;
	bool forwarded = s->send->fwd != 0;

	if (tx == NULL)
		return;
	if (s->came != NULL && s->came != tx)
		s->came->passed = true;
	if (s->msg->method == MSG_INVITE && !forwarded)
		follower_put_invite(f, s, tx);
	if (s->msg->method == MSG_ACK && tx->method == MSG_INVITE &&
	    tx->ack == 0) {
		tx->ack = s->seq;
		tx->acked_here = s->nvias == 1 && !forwarded;
		s->events |= FOLLOWER_ACKED;
	}
	if (s->msg->method == MSG_CANCEL)
		take_cancel(f, s, false);
	if (msg_field(s->msg, MSG_H_AUTHORIZATION, 0) != NULL ||
	    msg_field(s->msg, MSG_H_PROXY_AUTHORIZATION, 0) != NULL)
		s->events |= FOLLOWER_CREDENTIALS;
	if (s->dialog != NULL && !forwarded)
		sent_in_dialog(s, s->dialog);
	else if (s->msg->method == MSG_NOTIFY && !forwarded)
		follower_put_notice(f, s, s->from_tag);
}

static void
sent_final(
    struct follower *f, struct followed_message *s, struct followed_tx *tx)
{
	if (tx->final != 0)
		return;
	tx->final = s->seq;
	tx->final_by = s->node;
	tx->final_to = s->other;
	tx->final_hash = str_hash_words(s->msg->bytes, 0);
	tx->t_final = s->time;
	tx->status = s->msg->status;
	tx->final_tag = follower_keep(f, s->to_tag);
	tx->finals = (struct followed_retry){ .last = s->time };
	s->events |= FOLLOWER_ANSWERED;
	if (tx->status == 401 || tx->status == 407)
		s->events |= FOLLOWER_CHALLENGED;
}

static void
sent_reliable(const struct followed_message *s, struct followed_tx *tx)
{
	uint32_t rseq;

	if (msg_rseq_read(msg_value(s->msg, MSG_H_RSEQ), &rseq) != 0)
		return;
	if (s->dialog != NULL && s->send->fwd == 0) {
		if (tx->reliable == 0)
			s->dialog->rseq_first = rseq;
		s->dialog->rseq = rseq;
	}
	tx->reliable = s->seq;
	if (s->has_sdp)
		tx->reliable_sdp = true;
}

/* 8.2.6.2: all that a server answers by itself has the same one, until a 199
 * ends its early dialog (RFC 6228 5). */
static void
note_own_tag(struct follower *f, const struct followed_message *s,
    struct followed_tx *tx)
{
	if (s->send->fwd != 0 || s->node != tx->server)
		return;
	if (s->msg->status == 199)
		tx->own_tag = STR_NULL;
	else if (s->msg->status > 100 && tx->own_tag.n == 0)
		tx->own_tag = follower_keep(f, s->to_tag);
}

static void
sent_response(struct follower *f, struct followed_message *s)
{
	struct followed_tx *tx = s->tx;
	bool forwarded = s->send->fwd != 0;
	struct followed_dialog *d;

	if (s->came != NULL && s->msg->status / 100 == 2)
		s->came->returned = true;
	if (tx == NULL || is_astray(s))
		return;
	note_own_tag(f, s, tx);
	if (!forwarded && forms_dialog(s) && tx->initial)
		answer_dialog(f, s);
	else if (s->dialog != NULL && !forwarded &&
		 s->msg->method == MSG_INVITE && s->msg->status / 100 == 2)
		confirm(s, s->dialog, true);
	if (s->msg->status < 200)
		sent_reliable(s, tx);
	d = s->dialog;
	if (s->msg->method == MSG_PRACK && s->msg->status / 100 == 2 &&
	    d != NULL && d->rack_done < d->rack_came) {
		d->rack_done = d->rack_came;
		d->t_rack_done = s->time;
	}
	if (s->msg->status >= 200)
		sent_final(f, s, tx);
}

void
follower_apply(struct follower *f, struct followed_message *s)
{
	if (s->repeated) {
		take_repeated(s);
		return;
	}
	if (s->read && s->good && s->send->fwd == 0)
		follower_apply_offer(f, s);
	if (s->read && s->msg->request)
		sent_request(f, s);
	else if (s->read)
		sent_response(f, s);
}

/* ---- arrived ---- */

/* 12.2.2: requests of the other side, in the order in which they come. */
static void
order_request(const struct followed_message *s, struct followed_dialog *d)
{
	if (s->tx->arrived != s->seq || s->msg->method == MSG_ACK ||
	    s->msg->method == MSG_CANCEL)
		return;
	s->tx->late = s->cseq.number < d->cseq_came;
	if (!s->tx->late)
		d->cseq_came = s->cseq.number;
}

static void
came_in_dialog(
    struct follower *f, struct followed_message *s, struct followed_dialog *d)
{
	struct followed_tx *invite;
	struct msg_rack rack;

	order_request(s, d);
	if (s->msg->method == MSG_ACK && d->ok != 0 && d->ok_mine &&
	    s->cseq.number == d->ok_cseq)
		note_first(s, &d->ack, &d->t_ack);
	if (s->msg->method == MSG_INVITE)
		d->in = s->tx;
	if (s->msg->method == MSG_PRACK &&
	    msg_rack_read(msg_value(s->msg, MSG_H_RACK), &rack) == 0) {
		invite = d->in != NULL ? d->in : d->tx;
		/* It names none, and waits for no other one. */
		if (rack.rseq < d->rseq_first)
			rack.rseq = d->rseq;
		if (invite != NULL && rack.rseq > invite->confirmed)
			invite->confirmed = rack.rseq;
		if (rack.rseq > d->rack_came)
			d->rack_came = rack.rseq;
	}
	if (s->msg->method == MSG_BYE)
		end_dialog(s, d, note_first(s, &d->bye_came, &d->t_bye_came));
	if (msg_method_is(s->msg->method, MSG_REFRESHES))
		set_target(f, s, d);
}

static void
came_request(
    struct follower *f, struct followed_message *s, struct followed_tx *tx)
{
	if (tx->method == s->msg->method) {
		if (tx->arrived == 0)
			tx->server = s->node;
		note_first(s, &tx->arrived, &tx->t_arrived);
		tx->t_again = s->time;
	}
	if (s->msg->method == MSG_ACK && tx->method == MSG_INVITE)
		note_first(s, &tx->ack_came, &tx->t_ack_came);
	if (s->msg->method == MSG_CANCEL)
		take_cancel(f, s, true);
	if (s->dialog != NULL)
		came_in_dialog(f, s, s->dialog);
	/* A proxy is in Route, and passes it on. */
	if (s->msg->method == MSG_NOTIFY && s->to_tag.n > 0 &&
	    s->from_tag.n > 0 && msg_field(s->msg, MSG_H_ROUTE, 0) == NULL)
		notify_dialog(f, s);
}

/* A BYE went out or came at least 64*T1 ago. */
static bool
is_long_over(const struct followed_message *s, const struct followed_dialog *d)
{
	return (d->bye != 0 && s->time - d->t_bye >= SIP_64T1_NS) ||
	       (d->bye_came != 0 && s->time - d->t_bye_came >= SIP_64T1_NS);
}

/* Its client does not look at it any more, or throws it away. */
static bool
is_unheard(const struct follower *f, const struct followed_message *s,
    const struct followed_tx *tx)
{
	/* Timer B has ended the INVITE's transaction. */
	if (f->whole && tx->method == MSG_INVITE && tx->provisional == 0 &&
	    tx->final_came == 0 && s->time - tx->t >= SIP_64T1_NS)
		return true;
	/* 8.1.3.3: it has another number of Vias. */
	return s->nvias != tx->nvias && !tx->twice;
}

static void
came_final(struct followed_message *s, struct followed_tx *tx)
{
	struct followed_dialog *d = s->dialog;

	tx->final_came = s->seq;
	tx->t_final_came = s->time;
	tx->came_status = s->msg->status;
	if (d != NULL && !tx->initial && s->msg->status < 300)
		d->granted++;
	tx->orphan = d != NULL && is_long_over(s, d);
	s->events |= FOLLOWER_HEARD;
}

static void
came_response(
    struct follower *f, struct followed_message *s, struct followed_tx *tx)
{
	struct followed_dialog *d;
	uint32_t rseq;

	if (is_unheard(f, s, tx))
		return;
	/* A provisional response overtaken by a final one does not count. */
	if (s->msg->status < 200 && tx->provisional == 0 &&
	    tx->final_came == 0) {
		tx->provisional = s->seq;
		tx->t_provisional = s->time;
		tx->provisional_status = s->msg->status;
	}
	if (s->msg->status >= 200 && tx->final_came == 0)
		came_final(s, tx);
	if (forms_dialog(s) && tx->origin)
		join_dialog(f, s);
	d = s->dialog;
	if (d != NULL && s->msg->status < 200 && tx->final_came == 0 &&
	    msg_rseq_read(msg_value(s->msg, MSG_H_RSEQ), &rseq) == 0 &&
	    (rseq > d->rseq_came || s->cseq.number != d->rseq_cseq)) {
		if (s->cseq.number != d->rseq_cseq) {
			d->rseq_first_came = rseq;
			d->racked = 0;
		}
		d->rseq_came = rseq;
		d->reliable = s->seq;
		d->rseq_cseq = s->cseq.number;
	}
}

void
follower_apply_arrival(struct follower *f, struct followed_message *s)
{
	if (!s->read || s->tx == NULL)
		return;
	/* A response that can't be read is not passed up (18.1.2). */
	if (!s->msg->request && !s->good)
		return;
	if (s->msg->request)
		came_request(f, s, s->tx);
	else if (s->tx->client == s->node)
		came_response(f, s, s->tx);
}
