/* Notes facts about the dialog and the transaction of a message
 * (struct dialog_facts, struct tx_facts), once the follower has taken the
 * message: facts that only checks ask for. */
#include "inspect/check.h"

#include "base/array.h"
#include "base/err.h"
#include "msg/header_names.h"

/* ---- what begins ---- */

int
inspect_note_tx(struct inspected_message *l)
{
	struct inspect *in = l->in;
	struct tx_facts *x = arena_get(in->arena, 1, sizeof(*x));
	uint32_t id = l->tx->id;

	if (x == NULL ||
	    ARRAY_ROOM(&in->tx_facts, &in->tx_facts_cap, (size_t)id + 1) != 0)
		return ERR_NOMEM;
	in->tx_facts[id] = x;
	x->call = l->call;
	x->nroutes = msg_count_values(l->msg, MSG_H_ROUTE);
	if (x->nroutes > 0) {
		struct str all = inspected_routes(l, MSG_H_ROUTE, false);

		x->route = inspect_keep(in, str_cut(all, '\n', &all));
	}
	x->closed = inspected_is_closed(l);
	if (l->has_sdp) {
		x->source = inspected_ssrc(l);
		inspected_description(l, &x->description);
	}
	x->may_be_reliable = msg_lists(l->msg, MSG_H_SUPPORTED, "100rel") ||
			     msg_lists(l->msg, MSG_H_REQUIRE, "100rel");
	x->rport_asked = l->via.has_rport && l->via.rport.n == 0;
	return in->err;
}

/* L's response names the two ends otherwise than its request. */
static bool
is_renaming(struct inspected_message *l)
{
	static const enum msg_header ends[] = { MSG_H_FROM, MSG_H_TO };
	const struct msg *m = l->tx != NULL && !l->msg->request
				  ? inspected_other(l, l->tx->request)
				  : NULL;

	for (size_t i = 0; m != NULL && i < COUNT_OF(ends); i++)
		if (!str_eq(msg_addr_uri(msg_value(l->msg, ends[i])),
			msg_addr_uri(msg_value(m, ends[i]))))
			return true;
	return false;
}

/* Makes the notes about the dialog that L's message has made; 0 or ERR_NOMEM.
 */
static int
inspect_note_dialog(struct inspected_message *l)
{
	struct inspect *in = l->in;
	struct dialog_facts *x = arena_get(in->arena, 1, sizeof(*x));
	uint32_t id = l->dialog->id;

	if (x == NULL || ARRAY_ROOM(&in->dialog_facts, &in->dialog_facts_cap,
			     (size_t)id + 1) != 0)
		return ERR_NOMEM;
	in->dialog_facts[id] = x;
	x->call = l->call;
	if (l->call != NULL)
		l->call->tagged = true;
	x->sdp.version = -1;
	x->renamed = is_renaming(l);
	return 0;
}

/* L, a response, is sent by who has made the request that it names: a proxy has
 * left its Via in it. */
static bool
is_astray(const struct inspected_message *l)
{
	return l->tx->client == l->node && l->tx->server != l->node;
}

static void
note_provisional(struct inspected_message *l)
{
	if (!l->msg->request && l->tx != NULL && l->msg->status < 200 &&
	    l->tx->server == l->node)
		tx_facts(l, l->tx)->t_provisional = l->time;
}

void
follow_repeat(struct inspected_message *l)
{
	if (l->read)
		note_provisional(l);
}

/* ---- dialogs ---- */

/* The request of L's response has made its dialog: its sender's offer. */
static void
begin_own(const struct inspected_message *l, const struct followed_dialog *d)
{
	struct dialog_facts *x = dialog_facts(l, d);

	x->sdp = tx_facts(l, l->tx)->description;
	x->described = x->sdp.there ? l->tx->request : 0;
}

/* L's 2xx is another of D's. */
static void
note_ok(struct inspected_message *l, const struct followed_dialog *d)
{
	struct dialog_facts *x = dialog_facts(l, d);

	x->offer_in_ok = l->has_sdp && l->tx != NULL && !l->tx->sdp &&
			 !tx_facts(l, l->tx)->closed;
}

/* ---- sent ---- */

/* L is an ACK, and not for D's last 2xx, nor for a rejection (17.1.1.3), which
 * has nothing to do with that. */
static bool
is_misacking(const struct inspected_message *l, const struct followed_dialog *d)
{
	return l->msg->method == MSG_ACK && d->ok != 0 && d->ack == 0 &&
	       l->cseq.number != d->ok_cseq &&
	       (l->tx == NULL || l->tx->status < 300);
}

static void
sent_in_dialog(struct inspected_message *l, const struct followed_dialog *d)
{
	struct dialog_facts *x = dialog_facts(l, d);

	if ((l->msg->method == MSG_INVITE || l->msg->method == MSG_UPDATE) &&
	    x->glared != NULL &&
	    l->time - x->glared->t_final < INSPECT_WAITING_NS)
		x->glared = NULL;
	if (l->msg->method != MSG_ACK)
		return;
	if (d->ok != 0 && !d->ok_mine && l->cseq.number == d->ok_cseq)
		x->acked = d->ok_cseq;
	/* Where that is not told of it, there is no ACK. */
	x->misacked |=
	    is_misacking(l, d) && (d->ok_mine || check_ack_cseq(l) == BROKEN ||
				      check_ack_fields(l) == BROKEN);
}

/* An ACK with another CSeq, or another branch, than its INVITE: that is told of
 * it, not that there is none. */
static void
acks_amiss(struct inspected_message *l)
{
	struct followed_tx *tx = l->like;

	if (tx == NULL && l->tx->method != MSG_INVITE && !l->forwarded)
		tx = inspect_find_refused(l);
	if (tx != NULL)
		tx_facts(l, tx)->misacked = true;
}

static void
sent_request(struct inspected_message *l)
{
	struct followed_tx *tx = l->tx;

	if (tx == NULL)
		return;
	follow_subscription(l);
	follow_tried(l);
	if (l->msg->method == MSG_ACK)
		acks_amiss(l);
	if (l->dialog != NULL && !l->forwarded)
		sent_in_dialog(l, l->dialog);
}

static void
note_received(struct inspected_message *l, struct tx_facts *x)
{
	if (l->via.received.n > 0 && x->received == 0)
		x->received = l->seq;
	if (l->via.received.n == 0 && x->no_received == 0) {
		x->no_received = l->seq;
		x->no_received_by = l->node;
	}
}

static void
sent_response(struct inspected_message *l)
{
	struct tx_facts *x;

	if (l->like != NULL)
		tx_facts(l, l->like)->misanswered = true;
	follow_untagged(l);
	if (l->tx == NULL || is_astray(l))
		return;
	x = tx_facts(l, l->tx);
	note_provisional(l);
	note_received(l, x);
	if (l->msg->status >= 200 && !str_eq(l->to_tag, l->tx->final_tag))
		x->other_tag = inspect_keep(l->in, l->to_tag);
	if ((l->seen->events & FOLLOWER_CHALLENGED) != 0)
		x->challenges =
		    msg_count_values(l->msg, MSG_H_WWW_AUTHENTICATE) +
		    msg_count_values(l->msg, MSG_H_PROXY_AUTHENTICATE);
}

/* A description that the side of L's dialog sends. */
static void
following_describe(struct inspected_message *l)
{
	struct dialog_facts *x;

	if (l->dialog == NULL || !l->has_sdp || l->forwarded ||
	    (!l->msg->request && l->msg->status >= 300))
		return;
	x = dialog_facts(l, l->dialog);
	inspected_description(l, &x->sdp);
	x->described = l->seq;
}

/* The dialog that L's message has made, and its 2xx; false: no memory. */
static bool
note_dialog(struct inspected_message *l)
{
	unsigned events = l->seen->events;

	if ((events & FOLLOWER_DIALOG_MADE) != 0 &&
	    inspect_note_dialog(l) != 0) {
		l->in->err = ERR_NOMEM;
		return false;
	}
	if ((events & FOLLOWER_DIALOG_OWN) != 0)
		begin_own(l, l->dialog);
	if ((events & FOLLOWER_DIALOG_OK) != 0)
		note_ok(l, l->dialog);
	return true;
}

void
follow_sent(struct inspected_message *l)
{
	if (!l->read || !note_dialog(l))
		return;
	if (l->msg->request)
		sent_request(l);
	else
		sent_response(l);
	following_describe(l);
}

/* ---- arrived ---- */

void
follow_arrived(struct inspected_message *l)
{
	if (!l->read || l->tx == NULL || !note_dialog(l))
		return;
	/* A response that can't be read is not passed up (18.1.2). */
	if (!l->msg->request && l->fault != MSG_FAULT_NONE)
		return;
	if (l->dialog != NULL && l->msg->request)
		dialog_facts(l, l->dialog)->misacked |=
		    is_misacking(l, l->dialog);
}
