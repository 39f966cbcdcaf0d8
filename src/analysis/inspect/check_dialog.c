/*
 * Dialogs as each of their ends has them: what it sends within one follows from
 * what it has sent and got before.  RFC 3261 12, 13, 14, 15; RFC 3262.
 */
#include "inspect/check.h"
#include "inspect/relate.h"

#include "msg/header_names.h"
#include "msg/usages.h"
#include "rules/rule_names.h"

/* L, of a dialog, acknowledges a rejection: it has the Request-URI and the
 * Route of its INVITE (17.1.1.3), whatever its branch. */
static bool
is_refusal_ack(struct inspected_message *l)
{
	const struct followed_dialog *d = l->dialog;

	if (l->msg->method != MSG_ACK || l->tx == NULL)
		return false;
	if (l->tx->method == MSG_INVITE)
		return l->tx->status >= 300;
	if (d->ok != 0 && !d->ok_mine && d->ok_cseq == l->cseq.number)
		return false;
	return inspect_find_refused(l) != NULL;
}

bool
inspected_is_within(struct inspected_message *l)
{
	return is_own_request(l) && l->dialog != NULL &&
	       l->msg->method != MSG_CANCEL && !is_refusal_ack(l);
}

/* A proxy speaks in the name of one side, and has no dialog itself: what has
 * come from there counts. */
static enum verdict
judge_borrowed_cseq(struct inspected_message *l)
{
	const struct followed_dialog *d =
	    follower_find_far(l->in->follower, l->seen, l->other, false);
	uint32_t last = d != NULL ? d->cseq_came : 0;

	if (d != NULL && !d->uac && d->tx != NULL && d->tx->cseq > last)
		last = d->tx->cseq;
	if (last == 0)
		return SILENT;
	l->as = ROLE_CLASS_TERMINAL;
	inspected_measured(l,
	    _("CSeq %u, and the last one in this dialog was %u"),
	    (unsigned)l->cseq.number, (unsigned)last);
	return l->cseq.number == last || (l->cseq.number < last && l->in->whole)
		   ? BROKEN
		   : SEEN;
}

/* A request that is seen late, when it is retransmitted, was sent before the
 * one with D's highest number, and so were those between (12.2.1.1: numbers go
 * up by one): a capture does not lack so many of them. */
#define UNSEEN 8

/* In a capture D's request N may be such a one: not after 64*T1, nor where its
 * number was used before, or is below that which the dialog was made with. */
static bool
may_be_late(const struct inspected_message *l, const struct followed_dialog *d,
    uint32_t n)
{
	uint32_t below = d->cseq - n;
	uint64_t between = d->cseqs >> 1;

	if (l->in->whole || l->time - d->t_cseq >= SIP_64T1_NS ||
	    (d->uac && inspected_is_below_first(d, n)))
		return false;
	if (below < 64 && (d->cseqs >> below & 1) != 0)
		return false;
	if (d->tx == NULL || !d->tx->initial)
		return true;
	if (below < 64)
		between &= (UINT64_C(1) << below) / 2 - 1;
	return below < UNSEEN + 1 + (unsigned)__builtin_popcountll(between);
}

/* 12.2.1.1 */
enum verdict
check_dialog_cseq(struct inspected_message *l)
{
	const struct followed_dialog *d = l->dialog;
	uint32_t n = l->cseq.number;

	if (d == NULL && is_own_request(l) && l->to_tag.n > 0 &&
	    l->msg->method != MSG_ACK && l->msg->method != MSG_CANCEL)
		return judge_borrowed_cseq(l);
	if (!inspected_is_within(l) || l->msg->method == MSG_ACK ||
	    !d->has_cseq)
		return SILENT;
	/* Those between may not have been seen. */
	if (n > d->cseq)
		return verdict_unless(KEPT, n != d->cseq + 1);
	/* 18.1.1: the same request once more, by another transport. */
	if (n == d->cseq &&
	    (l->rule == RULE_TRANSPORT_FALLBACK ||
		d->cseq_stream == addr_word_is_udp(l->send.transport)))
		return SEEN;
	if (may_be_late(l, d, n))
		return SEEN;
	inspected_measured(l,
	    _("CSeq %u, and the last one in this dialog was %u"), (unsigned)n,
	    (unsigned)d->cseq);
	return BROKEN;
}

/* What this side sends within D passes where its INVITE did: other requests
 * have, or its first Route or its target leads there. */
static bool
goes_same_way(const struct followed_dialog *d)
{
	struct str rest = d->routes, first = str_cut(d->routes, '\n', &rest);
	const struct followed_tx *tx = d->ok_tx != NULL ? d->ok_tx : d->tx;
	struct addr place, hop;

	if (d->asked > 0 || tx == NULL)
		return d->asked > 0;
	return inspected_read_uri_place(
		   first.n > 0 ? first : d->target, &place) &&
	       addr_parse(d->uac ? tx->dst_addr : tx->src_addr, &hop) == 0 &&
	       addr_same_ip(&place, &hop);
}

/* In a capture what D's side sends may go another way, or be lost before it is
 * seen: not where another message from there is, behind T. */
static bool
is_heard_behind(const struct inspected_message *l,
    const struct followed_dialog *d, int64_t t)
{
	return !inspected_node_is_down(l, d->node) && goes_same_way(d) &&
	       d->node < l->in->node_n && l->in->node[d->node].t_sent > t;
}

/* The ACK may go another way than its INVITE: not where the 2xx comes again and
 * again. */
static enum verdict
judge_silence(struct inspected_message *l, const struct followed_dialog *d)
{
	unsigned n = d->ok_tx->finals.n;

	l->at = d->ok;
	inspected_measured(l,
	    _("the 2xx arrives %u times, and no ACK is sent, although other "
	      "messages are"),
	    n + 1);
	return n >= 3 && is_heard_behind(l, d, d->asked > 0 ? 0 : d->t_ok)
		   ? BROKEN
		   : SEEN;
}

/* 13.2.2.4 */
enum verdict
check_ok_acked(struct inspected_message *l)
{
	const struct followed_dialog *d = l->dialog;

	if (d->ok_mine || d->ok == 0 || !d->ok_direct)
		return SILENT;
	if (d->ack != 0)
		return KEPT;
	if (dialog_facts(l, d)->misacked)
		return SILENT;
	if (!l->in->whole)
		return judge_silence(l, d);
	inspected_say(l, _("no ACK for the 2xx"));
	return judge_missing(l, true, d->node, d->t_ok, SIP_64T1_NS, d->ok);
}

/* 13.3.1.4: no ACK has come, and the 2xx is not sent again. */
enum verdict
check_2xx_repeated(struct inspected_message *l)
{
	const struct followed_dialog *d = l->dialog;
	int64_t due = d->t_ok + 2 * SIP_T1_NS;

	if (!d->ok_mine || d->ok == 0 || !l->in->whole ||
	    dialog_facts(l, d)->misacked || (d->ack != 0 && d->t_ack < due) ||
	    (d->bye_came != 0 && d->t_bye_came < due) ||
	    (d->bye != 0 && d->t_bye < due))
		return SILENT;
	if (d->oks.n > 0)
		return d->oks.last - d->t_ok <= SIP_64T1_NS ? KEPT : SEEN;
	inspected_say(
	    l, _("no ACK has arrived, and the 2xx is not retransmitted"));
	return judge_missing(l, true, d->node, d->t_ok, due - d->t_ok, d->ok);
}

/* ---- BYE ---- */

/* RFC 3891 3.  In a capture the BYE may go where it is not seen. */
enum verdict
check_replaced(struct inspected_message *l)
{
	const struct followed_dialog *d = l->dialog, *old;
	const struct msg *m;

	if (d->uac || !d->ok_mine || d->tx == NULL)
		return SILENT;
	m = inspected_other(l, d->tx->request);
	if (m == NULL || !msg_may_have(m, MSG_H_REPLACES))
		return SILENT;
	old = inspected_replaced(l, d->node, m);
	if (old == NULL || old->tx == NULL || (old->ok == 0 && !old->uac))
		return SILENT;
	if (old->bye != 0 || old->tx->cancel_sent != 0 ||
	    old->tx->came_status >= 300 ||
	    (old->bye_came != 0 && old->t_bye_came - d->t_ok < SIP_T2_NS))
		return KEPT;
	inspected_say(l, _("the call that it replaces gets neither a BYE nor a "
			   "CANCEL"));
	return judge_missing(l,
	    l->in->whole || (old->ok_tx != NULL && goes_same_way(old)), d->node,
	    d->t_ok, SIP_T2_NS, d->ok);
}

static bool
is_bye(const struct inspected_message *l)
{
	return is_own_request(l) && l->dialog != NULL && l->dialog->invite &&
	       l->msg->method == MSG_BYE;
}

/* 15: who has answered waits for the ACK, or for 64*T1.  In a capture only an
 * ACK that comes later proves that there was none before. */
enum verdict
check_bye_held(struct inspected_message *l)
{
	const struct followed_dialog *d = l->dialog;

	/* The 2xx of a re-INVITE does not count. */
	if (!is_bye(l) || d->uac || d->ok == 0 || d->noks > 1)
		return SILENT;
	if (d->ack != 0 || l->time - d->t_ok >= SIP_64T1_NS)
		return KEPT;
	if (dialog_facts(l, d)->misacked)
		return SEEN;
	inspected_say(l, _("BYE before the ACK for the 2xx has arrived"));
	return l->in->whole ? BROKEN : SEEN;
}

enum verdict
check_bye_early(struct inspected_message *l)
{
	const struct followed_dialog *d = l->dialog;

	if (!is_bye(l) || d->uac)
		return SILENT;
	inspected_say(l, _("BYE of an early dialog by the callee"));
	/* A 2xx that has not named its dialog has answered all the same. */
	return verdict_of(
	    d->ok != 0 ||
	    (d->tx != NULL &&
		(d->tx->status / 100 == 2 || tx_facts(l, d->tx)->misanswered)));
}

/* The other side's BYE was answered by a 2xx: since then the session is over
 * for L's node, too (15.1.2).  BYEs may cross before. */
static bool
has_taken_bye(const struct inspected_message *l)
{
	const struct followed_tx *tx =
	    follower_tx_of(l->in->follower, l->dialog->bye_came);

	return tx != NULL && tx->method == MSG_BYE && tx->status / 100 == 2 &&
	       tx->final_by == l->node && tx->final < l->seq;
}

/* 15.1.1: the session is over for who has sent a BYE.  A subscription of the
 * dialog goes on (RFC 5057 5.5). */
enum verdict
check_after_bye(struct inspected_message *l)
{
	if (!inspected_is_within(l) ||
	    (l->msg->method != MSG_INVITE && l->msg->method != MSG_UPDATE &&
		l->msg->method != MSG_INFO && l->msg->method != MSG_BYE))
		return SILENT;
	if (l->dialog->bye == 0 && has_taken_bye(l)) {
		inspected_say(l, _("%s after the peer's BYE was answered"),
		    msg_method_name(l->msg->method));
		return BROKEN;
	}
	inspected_say(
	    l, _("%s after its own BYE"), msg_method_name(l->msg->method));
	if (l->dialog->bye == 0)
		return KEPT;
	if ((l->msg->method == MSG_BYE && relate_has_digest(l->msg)) ||
	    l->cseq.number <= l->dialog->cseq)
		return SEEN;
	return BROKEN;
}

/* TX, this side's INVITE, has no final response, and a capture that has shown a
 * provisional one would not lack it just now. */
static bool
is_just_pending(const struct inspected_message *l, const struct followed_tx *tx)
{
	return tx != NULL && tx->final_came == 0 && tx->provisional != 0 &&
	       l->time - tx->t_provisional < FOLLOWER_CROSS_NS;
}

/* 14.1.  A capture may lack the final response. */
enum verdict
check_reinvite(struct inspected_message *l)
{
	const struct followed_dialog *d = l->dialog;

	if (!inspected_is_within(l) || l->msg->method != MSG_INVITE)
		return SILENT;
	if (d->out != NULL && d->out->final_came == 0)
		inspected_say(
		    l, _("its previous INVITE has no final response yet"));
	else if (d->in != NULL && d->in->final == 0)
		inspected_say(
		    l, _("the peer's INVITE has no final response yet"));
	else
		return KEPT;
	return l->in->whole || is_just_pending(l, d->out) ? BROKEN : SEEN;
}

static bool
dialog_check_is_pending(const struct followed_tx *tx)
{
	return tx != NULL && tx->final_came == 0;
}

/* TX gets a 491 at TIME, and nothing is pending. */
static void
note_glared(struct dialog_facts *x, struct followed_tx *tx, int64_t time)
{
	if (x->glared != NULL && time - x->glared->t_final < INSPECT_WAITING_NS)
		return;
	if (x->first_glared == NULL)
		x->first_glared = x->glared;
	x->glared = tx;
}

/* 14.2, RFC 3311 5.2: there is something pending of this side's: an INVITE or
 * UPDATE, or a 2xx whose ACK has not come.  A box may wait for its other half.
 */
enum verdict
check_glare(struct inspected_message *l)
{
	const struct followed_dialog *d = l->dialog;

	if (l->msg->request || l->msg->status != 491 || d == NULL ||
	    l->tx == NULL || l->forwarded ||
	    (l->tx->method != MSG_INVITE && l->tx->method != MSG_UPDATE))
		return SILENT;
	if (dialog_check_is_pending(d->out) ||
	    dialog_check_is_pending(d->update) ||
	    (d->in != NULL && d->in != l->tx && d->in->final == 0) ||
	    (d->ok_mine && d->ack == 0) ||
	    (d->uac && dialog_check_is_pending(d->tx)))
		return KEPT;
	/* The callee may have made an offer in a provisional response. */
	if (d->confirmed && l->made.to == 0 &&
	    inspected_role(l) != ROLE_CLASS_B2BUA && l->in->whole)
		note_glared(dialog_facts(l, d), l->tx, l->time);
	return SEEN;
}

enum verdict
check_glared(struct inspected_message *l)
{
	const struct followed_dialog *d = l->dialog;
	const struct dialog_facts *x = dialog_facts(l, d);
	const struct followed_tx *tx =
	    x->first_glared != NULL ? x->first_glared : x->glared;

	if (tx == NULL)
		return SILENT;
	l->at = tx->final;
	inspected_say(l, _("a 491, although no request of its own is pending"));
	return BROKEN;
}

/* ---- RFC 3262 ---- */

/* L's INVITE, to which the UPDATE of TX belongs, has no answer with a tag. */
static bool
is_before_dialog(struct inspected_message *l, const struct followed_tx *tx)
{
	char node[24];
	struct str key =
	    inspect_mark(l->in, MARK_TRIED, msg_value(l->msg, MSG_H_CALL_ID),
		tx->to_tag, STR("INVITE"), inspect_digits(l->node, node));
	const struct followed_tx *invite =
	    follower_tx_of(l->in->follower, inspect_number(l->in, key));

	return l->dialog == NULL && invite != NULL && invite->final == 0 &&
	       invite->server == tx->client && invite->own_tag.n == 0;
}

/* The PRACK of TX is for a response to D's first INVITE, and none of these was
 * reliable. */
static bool
is_for_none(struct inspected_message *l, const struct followed_tx *tx)
{
	const struct followed_dialog *d = l->dialog;
	const struct msg *m = inspected_other(l, tx->request);
	struct msg_rack rack;

	return d != NULL && d->tx != NULL && d->tx->initial && d->in == NULL &&
	       d->tx->reliable == 0 && m != NULL &&
	       msg_rack_read(msg_value(m, MSG_H_RACK), &rack) == 0;
}

/* RFC 3262 4, RFC 3311 5.1.  A capture may lack what a PRACK or UPDATE is for:
 * not where that is rejected as well. */
enum verdict
check_unfounded(struct inspected_message *l)
{
	const struct followed_tx *tx = l->tx;

	if (l->msg->request || l->msg->method != l->check->method ||
	    (l->msg->status != 481 && l->msg->status != 400) || tx == NULL ||
	    tx->method != l->msg->method || l->forwarded || !tx->origin ||
	    tx->twice)
		return SILENT;
	l->at = tx->request;
	l->blame = tx->client;
	inspected_say(
	    l, tx->method == MSG_PRACK
		   ? _("PRACK, although no earlier response has an RSeq")
		   : _("UPDATE, although no response to the INVITE has a "
		       "tag yet"));
	return (tx->method == MSG_PRACK ? is_for_none(l, tx)
					: is_before_dialog(l, tx))
		   ? BROKEN
		   : SILENT;
}

/* RFC 3262 3: until the PRACK; what has overtaken its answer has left before.
 */
enum verdict
check_reliable_again(struct inspected_message *l)
{
	const struct followed_dialog *d = l->dialog;
	uint32_t rseq;

	if (l->msg->request || l->msg->status >= 200 || l->forwarded ||
	    d == NULL ||
	    msg_rseq_read(msg_value(l->msg, MSG_H_RSEQ), &rseq) != 0)
		return SILENT;
	inspected_measured(l,
	    _("RSeq %u is retransmitted after its PRACK was "
	      "answered"),
	    (unsigned)rseq);
	return rseq <= d->rack_done &&
		       (l->in->whole ||
			   l->time - d->t_rack_done >= FOLLOWER_CROSS_NS / 10)
		   ? BROKEN
		   : SEEN;
}

/* RFC 3262 4.  An offer may wait for its answer, and so the PRACK with it; an
 * INVITE that is rejected meanwhile needs none. */
enum verdict
check_pracked(struct inspected_message *l)
{
	const struct followed_dialog *d = l->dialog;
	const struct followed_tx *tx = d->out != NULL ? d->out : d->tx;
	const struct msg *m;
	int64_t came;

	if (!d->uac || d->rseq_came == 0 || !l->in->whole)
		return SILENT;
	if (d->racked >= d->rseq_came)
		return KEPT;
	/* An RSeq alone does not ask for one. */
	m = inspected_other(l, d->reliable);
	if (m != NULL && !msg_lists(m, MSG_H_REQUIRE, "100rel"))
		return SEEN;
	came = trace_time_of(l->t, d->reliable);
	if (tx != NULL && tx->came_status >= 300 &&
	    tx->t_final_came - came < SIP_64T1_NS)
		return SEEN;
	inspected_measured(
	    l, _("no PRACK for RSeq %u"), (unsigned)d->rseq_came);
	return judge_missing(l, true, d->node, came, SIP_64T1_NS, d->reliable);
}

/* ---- RFC 6665, RFC 3515 ---- */

/* RFC 6665 4.2.2, RFC 5057 5.1: a NOTIFY that had no answer, or such a one, has
 * ended its subscription: there is none that another could end. */
static bool
has_lost_subscriber(const struct inspected_message *l, uint64_t notify)
{
	const struct followed_tx *tx = follower_tx_of(l->in->follower, notify);

	return tx != NULL &&
	       (tx->final_came == 0 ||
		   msg_usage_effect(tx->came_status) != MSG_ENDS_NOTHING);
}

/* RFC 3515 2.4.7, RFC 6665 4.2.1.4: not where the call is over before.  A B2BUA
 * says what its other side has heard. */
enum verdict
check_ended(struct inspected_message *l)
{
	const struct followed_dialog *d = l->dialog;
	const struct dialog_facts *x = dialog_facts(l, d);
	const struct followed_tx *tx =
	    follower_tx_of(l->in->follower, x->ending);

	if (tx == NULL || tx->method != l->check->method ||
	    tx->status / 100 != 2 || (d->bye != 0 && d->t_bye < x->t_ending) ||
	    (d->bye_came != 0 && d->t_bye_came < x->t_ending) ||
	    has_lost_subscriber(l, x->notified))
		return SILENT;
	inspected_say(l, _("no NOTIFY ends the subscription"));
	return judge_missing(l, inspected_role(l) != ROLE_CLASS_B2BUA, d->node,
	    x->t_ending, SIP_64T1_NS, x->ending);
}

enum verdict
check_notified(struct inspected_message *l)
{
	const struct followed_dialog *d = l->dialog;

	if (d->uac || !d->subscribed)
		return SILENT;
	if (d->notify != 0)
		return KEPT;
	inspected_say(l, _("no NOTIFY after the SUBSCRIBE was accepted"));
	return judge_missing(l,
	    l->in->whole || is_heard_behind(l, d, d->t_made + SIP_64T1_NS),
	    d->node, d->t_made, SIP_64T1_NS, d->made);
}
