/*
 * Transactions: when messages are repeated, what ends them, what ACK and CANCEL
 * share with their INVITE.  RFC 3261 9, 17.
 */
#include "inspect/check.h"

#include "msg/header_names.h"
#include "msg/headers.h"
#include "rules/rule_names.h"

/* A repetition comes too early where less than this part of the time that it
 * has to wait is over, of a capture after a way of changing length.  Later is
 * not a mistake: one between may have been lost before it was seen, and T1 may
 * be longer (17.1.1.1). */
#define EARLY     0.75
#define EARLY_WAY 0.5

/* A datagram may be overtaken on its way by one that was sent so much later. */
#define OVERTAKEN_NS INT64_C(100000000)

/* Timer C of proxies, at least (16.6 step 11). */
#define TIMER_C_NS INT64_C(180000000000)

static bool
is_udp(const struct inspected_message *l)
{
	return addr_word_is_udp(l->via.transport) &&
	       addr_word_is_udp(l->send.transport);
}

/* Repetition number A->n + 1 comes at L's time: T1 * 2^n after the last one,
 * however late that was.  Some more may have been lost before they were seen,
 * which makes the next one wait longer, not less. */
static bool
tx_check_is_early(const struct inspected_message *l,
    const struct followed_retry *a, int64_t most)
{
	int64_t gap = l->time - a->last;
	int64_t wait = SIP_T1_NS << (a->n < 16 ? a->n : 16);

	if (wait > most)
		wait = most;
	return (double)gap < (l->in->whole ? EARLY : EARLY_WAY) * (double)wait;
}

static enum verdict
judge_early(
    struct inspected_message *l, const struct followed_retry *a, int64_t most)
{
	inspected_measured(l,
	    _("%.*s is retransmitted %lld ms after the last time, too early"),
	    STR_ARG(l->msg->request ? l->msg->method_name : STR("response")),
	    (long long)((l->time - a->last) / 1000000));
	return verdict_of(!tx_check_is_early(l, a, most));
}

/* A response is here, and the request is retransmitted all the same.  What was
 * captured may have been lost behind that. */
static bool
tx_check_is_answered(
    const struct inspected_message *l, uint64_t came, int64_t t)
{
	return l->in->whole && !tx_facts(l, l->tx)->altered && came != 0 &&
	       l->time > t;
}

/* L, which its node forwards, may be so again because it came again: a
 * stateless proxy passes on whatever comes. */
static bool
may_be_passed_on(const struct inspected_message *l)
{
	const struct followed_tx *up = l->tx->up;

	return l->forwarded &&
	       (up == NULL ||
		   (up->repeats.n > 0 && up->t_again > l->tx->repeats.last));
}

/* Timers B and F have ended it; in Proceeding Timer E is T2 once it has fired
 * (17.1.2.2); what its sender waits for was there, and may have been lost on
 * its way. */
static bool
may_be_needless(const struct inspected_message *l)
{
	const struct followed_tx *tx = l->tx;
	bool proceeding =
	    tx->provisional != 0 && tx->t_provisional < tx->repeats.last;

	return l->time - tx->t > SIP_64T1_NS ||
	       (proceeding && l->time - tx->repeats.last < SIP_T2_NS / 2) ||
	       (!l->in->whole &&
		   (tx->final_came != 0 ||
		       (tx->method == MSG_INVITE && tx->provisional != 0)));
}

/* Timer A, which never stops doubling, or E (17.1.1.2, 17.1.2.2). */
enum verdict
check_request_again(struct inspected_message *l)
{
	bool invite = l->check->method == MSG_INVITE;
	const struct followed_tx *tx = l->tx;

	if (!l->msg->request || tx == NULL || !is_udp(l) ||
	    l->msg->method == MSG_ACK || may_be_passed_on(l) ||
	    (l->msg->method == MSG_INVITE) != invite)
		return SILENT;
	if (invite &&
	    (tx_check_is_answered(l, tx->provisional, tx->t_provisional) ||
		tx_check_is_answered(l, tx->final_came, tx->t_final_came)))
		inspected_say(
		    l, _("the INVITE is retransmitted after a response"));
	else if (tx_check_is_answered(l, tx->final_came, tx->t_final_came))
		inspected_measured(l,
		    _("%.*s is retransmitted after its final "
		      "response"),
		    STR_ARG(l->msg->method_name));
	else
		return verdict_unless(judge_early(l, &tx->repeats,
					  invite ? INT64_MAX : SIP_T2_NS),
		    may_be_needless(l));
	return BROKEN;
}

static enum verdict
judge_repeated(struct inspected_message *l, bool acked, int64_t t_acked)
{
	if (l->tx->finals.asked || follower_was_asked(l->seen))
		return SEEN;
	if (acked && l->in->whole && l->time > t_acked) {
		inspected_measured(
		    l, _("%u is retransmitted after its ACK"), l->msg->status);
		return BROKEN;
	}
	return verdict_unless(judge_early(l, &l->tx->finals, SIP_T2_NS),
	    acked || l->time - l->tx->t_final > SIP_64T1_NS);
}

enum verdict
check_timer_g(struct inspected_message *l)
{
	const struct followed_tx *tx = l->tx;

	if (l->msg->request || tx == NULL || tx->method != MSG_INVITE ||
	    l->msg->status < 300 || !is_udp(l) || l->forwarded)
		return SILENT;
	return judge_repeated(l, tx->ack_came != 0, tx->t_ack_came);
}

enum verdict
check_2xx_again(struct inspected_message *l)
{
	const struct followed_dialog *d = l->dialog;

	if (!inspected_is_response_to(l, MSG_INVITE, 2) || l->tx == NULL ||
	    l->forwarded)
		return SILENT;
	/* Over a stream as well, since a hop behind it may be UDP. */
	if (d == NULL || !d->ok_mine || d->ok_cseq != l->cseq.number)
		return SEEN;
	return judge_repeated(l, d->ack != 0, d->t_ack);
}

/* In a run: no response, and no repetition although Timer A or E was due. */
enum verdict
check_unrepeated(struct inspected_message *l)
{
	const struct followed_tx *tx = l->tx;
	bool invite = l->check->method == MSG_INVITE;
	int64_t due = tx->t + SIP_T1_NS + SIP_T1_NS / 2;

	if (tx->method == MSG_ACK || (tx->method == MSG_INVITE) != invite ||
	    tx->stream || !tx->origin || !l->in->whole ||
	    (tx->provisional != 0 && tx->t_provisional < due) ||
	    (tx->final_came != 0 && tx->t_final_came < due))
		return SILENT;
	if (tx->repeats.n > 0)
		return tx->repeats.last - tx->t <= SIP_64T1_NS ? KEPT : SEEN;
	if (inspected_node_is_down(l, tx->client) || l->in->t_end < due ||
	    tx_facts(l, tx)->misanswered)
		return SEEN;
	l->at = tx->request;
	inspected_measured(l,
	    _("no response, and the %.*s is not retransmitted"),
	    STR_ARG(tx->method_name));
	return BROKEN;
}

/* ---- the ends of transactions ---- */

/* 17.1.1.3.  In a capture the ACK may have been lost before it was seen; not
 * all of them, where the rejection was repeated. */
enum verdict
check_refusal_acked(struct inspected_message *l)
{
	const struct followed_tx *tx = l->tx;

	if (tx->method != MSG_INVITE || tx->final_came == 0 || tx->status < 300)
		return SILENT;
	if (tx->ack != 0)
		return KEPT;
	if (tx_facts(l, tx)->misacked || tx->orphan)
		return SILENT;
	/* Timer B, or 64*T1 after CANCEL (9.1), has ended the transaction; as
	 * that may do after the dialog's BYE (tx->orphan). */
	if ((tx->provisional == 0 && tx->t_final_came - tx->t >= SIP_64T1_NS) ||
	    (tx->cancel_sent != 0 &&
		tx->t_final_came - tx->t_cancel_sent >= SIP_64T1_NS))
		return SILENT;
	inspected_measured(l, _("no ACK for the %u"), tx->status);
	return judge_missing(l, l->in->whole || tx->finals.n >= 3, tx->client,
	    tx->t_final_came, SIP_T1_NS, tx->final_came);
}

/* How long after TX's request, or its last provisional response, an answer is
 * waited for: no client waits longer; who is called says each minute that it
 * still rings (13.3.1.1), and proxies wait for three (Timer C, 16.6). */
static int64_t
answer_is_due(struct inspected_message *l, const struct followed_tx *tx)
{
	if (tx->method != MSG_INVITE)
		return tx->t_arrived + SIP_64T1_NS;
	return tx_facts(l, tx)->t_provisional + TIMER_C_NS;
}

/* That the request has come is shown by a run, or by a provisional response; a
 * server may ignore an INVITE, but not one that it has begun to answer. */
enum verdict
check_final_sent(struct inspected_message *l)
{
	const struct followed_tx *tx = l->tx;
	bool begun = tx_facts(l, tx)->t_provisional != 0;
	int64_t due;

	if (tx->method == MSG_ACK || tx->arrived == 0 ||
	    (tx->method == MSG_INVITE && !begun))
		return SILENT;
	if (tx->final != 0)
		return KEPT;
	if (tx_facts(l, tx)->misanswered || tx->cancel != 0)
		return SILENT;
	due = answer_is_due(l, tx);
	if (inspected_node_is_down(l, tx->server) || tx->passed ||
	    !inspect_goes_on(l->in, due, 0))
		return SEEN;
	l->at = tx->arrived;
	l->blame = tx->server;
	inspected_measured(
	    l, _("no final response to this %.*s"), STR_ARG(tx->method_name));
	return l->in->whole || begun ? BROKEN : DOUBTED;
}

/* When the last of what TX, which was cancelled, waits for began: its own
 * CANCEL, those of its branches, a branch that has none yet.  64*T1 after that
 * there is a response (9.1, 16.10). */
static int64_t
begin_of_end(const struct followed_tx *tx)
{
	int64_t t = tx->t_cancel;

	for (const struct followed_tx *b = tx->branches; b != NULL;
	     b = b->beside) {
		int64_t own = b->cancel_sent != 0 ? b->t_cancel_sent : b->t;

		if (b->final_came == 0 && own > t)
			t = own;
	}
	return t;
}

enum verdict
check_cancel_ends(struct inspected_message *l)
{
	const struct followed_tx *tx = l->tx;

	/* Only the CANCEL may have come. */
	if (tx->method != MSG_INVITE || tx->cancel == 0 || tx->arrived == 0)
		return SILENT;
	/* 9.2: a final response that was on its way already may be any. */
	if (tx->final != 0)
		return verdict_unless(
		    KEPT, tx->final > tx->cancel && tx->status != 487);
	if (inspected_node_is_down(l, tx->server) ||
	    !inspect_goes_on(l->in, begin_of_end(tx), SIP_64T1_NS + SIP_T1_NS))
		return SEEN;
	l->at = tx->cancel;
	l->blame = tx->server;
	inspected_say(
	    l, _("the INVITE was cancelled and has no final response"));
	return BROKEN;
}

/* ---- one final response, and nothing behind it ---- */

/* A capture on both sides of an ALG that tells no interfaces shows what TX's
 * server answers twice: to the outside and, written again, to the inside. */
static bool
is_other_side(const struct inspected_message *l, const struct followed_tx *tx)
{
	return !l->in->whole && tx->final_to != l->other &&
	       tx->status == l->msg->status;
}

/* 16.10: a proxy that knows no request for a CANCEL treats it like any other,
 * without state, each time that it comes. */
static bool
is_stateless_cancel(const struct inspected_message *l)
{
	const struct followed_tx *cancelled;

	if (l->tx->method != MSG_CANCEL)
		return false;
	cancelled = inspected_find_cancelled(l);
	return cancelled == NULL || cancelled->arrived == 0;
}

enum verdict
check_final_once(struct inspected_message *l)
{
	const struct followed_tx *tx = l->tx;

	if (l->msg->request || tx == NULL || l->msg->status < 200)
		return SILENT;
	if (tx->final == 0)
		return KEPT;
	/* 16.7, 13.3.1.4: each 2xx to an INVITE goes out, whatever was said. */
	if (tx->method == MSG_INVITE && l->msg->status < 300)
		return KEPT;
	inspected_measured(l, _("%u after %u"), l->msg->status, tx->status);
	return tx->twice || tx->final_by != l->node ||
		       inspected_is_answered_anew(l) || is_other_side(l, tx) ||
		       is_stateless_cancel(l)
		   ? SEEN
		   : BROKEN;
}

enum verdict
check_provisional_late(struct inspected_message *l)
{
	const struct followed_tx *tx = l->tx;

	if (l->msg->request || tx == NULL || l->msg->status >= 200)
		return SILENT;
	if (tx->final == 0)
		return KEPT;
	/* A fork may still ring behind a 2xx: its proxy has to keep quiet. */
	inspected_measured(
	    l, _("%u after the final %u"), l->msg->status, tx->status);
	/* What a broken connection has lost goes out in its order once more. */
	if (tx->twice || tx->final_by != l->node ||
	    inspected_is_answered_anew(l) || l->rule == RULE_TRANSPORT_AGAIN)
		return SEEN;
	return l->in->whole || tx->stream ||
		       l->time - tx->t_final >= OVERTAKEN_NS
		   ? BROKEN
		   : SEEN;
}

/* ---- ACK and CANCEL ---- */

/* The 2xx of L's dialog, to a later INVITE than TX, still waits for its ACK. */
static bool
has_later_ok(const struct inspected_message *l, const struct followed_tx *tx)
{
	const struct followed_dialog *d = l->dialog;

	return d != NULL && d->ok != 0 && !d->ok_mine && d->ack == 0 &&
	       d->ok_cseq > tx->cseq;
}

struct followed_tx *
inspect_find_refused(struct inspected_message *l)
{
	struct followed_tx *tx = inspect_find_invite(l);

	if (tx == NULL || tx->final_came == 0 || tx->status < 300 ||
	    !str_eq(tx->final_tag, l->to_tag) || tx->server != l->other)
		return NULL;
	return tx->ack != 0 && has_later_ok(l, tx) ? NULL : tx;
}

enum verdict
check_ack_fields(struct inspected_message *l)
{
	const struct followed_tx *tx = l->tx;

	if (!l->msg->request || l->msg->method != MSG_ACK || l->forwarded)
		return SILENT;
	if (l->like != NULL && l->like->final != 0 && l->like->status >= 300 &&
	    !l->like->twice) {
		inspected_measured(l,
		    _("its CSeq is %u, that of the INVITE %u"),
		    (unsigned)l->cseq.number, (unsigned)l->like->cseq);
		return l->like->ack == 0 ? BROKEN : SEEN;
	}
	if (tx == NULL || tx->method != MSG_INVITE) {
		tx = inspect_find_refused(l);
		if (tx == NULL || inspect_tx_of_branch(l) == tx)
			return SILENT;
		inspected_measured(l,
		    _("the ACK for a %u has another branch than its "
		      "INVITE"),
		    tx->status);
		return BROKEN;
	}
	return tx->final == 0 || tx->status < 300 ? SILENT : KEPT;
}

static struct followed_tx *
cancelled_by(struct inspected_message *l)
{
	if (!l->msg->request || l->msg->method != MSG_CANCEL || l->forwarded)
		return NULL;
	return inspect_find_tx(l, STR("INVITE"));
}

enum verdict
check_cancel_fields(struct inspected_message *l)
{
	struct followed_tx *tx = cancelled_by(l);

	if (!l->msg->request || l->msg->method != MSG_CANCEL || l->forwarded)
		return SILENT;
	if (tx == NULL) {
		tx = inspect_find_branch(l, STR("INVITE"));
		if (tx != NULL && !tx->old &&
		    inspected_find_exactly(l) == NULL) {
			inspected_measured(l,
			    _("its CSeq is %u, that of the INVITE %u"),
			    (unsigned)l->cseq.number, (unsigned)tx->cseq);
			return BROKEN;
		}
		tx = inspect_find_invite(l);
		inspected_say(l, _("it cancels a request that was not sent"));
		if (tx == NULL && l->in->whole)
			return inspected_find_cancelled(l) == NULL ? BROKEN
								   : SILENT;
		if (tx == NULL || tx->server != l->other ||
		    inspect_tx_of_branch(l) == tx)
			return SILENT;
		inspected_say(
		    l, _("the CANCEL has another branch than its INVITE"));
		return BROKEN;
	}
	return KEPT;
}

/* The client of TX, by UDP, would send its INVITE again soon: it has sent its
 * CANCEL within the time of Timer A (17.1.1.2). */
static bool
may_still_wait(const struct followed_tx *tx)
{
	int64_t last = tx->repeats.n > 0 ? tx->repeats.last : tx->t;

	return !tx->stream && tx->repeats.n < 7 &&
	       tx->t_cancel_sent - last < SIP_T1_NS << tx->repeats.n;
}

/* 9.1: not before a provisional response.  In a capture one may be missing:
 * not where all that is there comes later, while the client still waits for
 * the first one, or it is a 100. */
enum verdict
check_cancel_wait(struct inspected_message *l)
{
	const struct followed_tx *tx = l->tx;

	if (tx->method != MSG_INVITE || tx->cancel_sent == 0)
		return SILENT;
	if ((tx->provisional != 0 && tx->t_provisional <= tx->t_cancel_sent) ||
	    (tx->final_came != 0 && tx->t_final_came <= tx->t_cancel_sent))
		return KEPT;
	/* 16.10: by Timer B the transaction is over; a proxy passes on a CANCEL
	 * of what it does not know. */
	if (tx->t_cancel_sent - tx->t >= 64 * SIP_T1_NS)
		return SILENT;
	if (!l->in->whole && tx->provisional_status != 100 &&
	    (tx->twice || !may_still_wait(tx) ||
		(tx->provisional == 0 && tx->final_came == 0)))
		return SEEN;
	l->at = tx->cancel_sent;
	inspected_say(
	    l, _("no provisional response has come for the INVITE yet"));
	return BROKEN;
}

enum verdict
check_cancel_late(struct inspected_message *l)
{
	const struct followed_tx *tx = cancelled_by(l);

	if (tx == NULL)
		return SILENT;
	inspected_measured(l, _("the INVITE already has its %u"), tx->status);
	return verdict_of(
	    tx->final_came == 0 || l->time - tx->t_final_came <
				       (l->in->whole ? 1 : FOLLOWER_CROSS_NS));
}

/* ---- 22.2: the next CSeq for another try ---- */

static struct str
tried_key(struct inspected_message *l)
{
	char node[24];

	return inspect_mark(l->in, MARK_TRIED, msg_value(l->msg, MSG_H_CALL_ID),
	    l->from_tag, l->msg->method_name, inspect_digits(l->node, node));
}

static bool
may_be_tried_again(const struct inspected_message *l)
{
	return is_own_request(l) && l->to_tag.n == 0 && l->tx != NULL &&
	       l->msg->method != MSG_ACK && l->msg->method != MSG_CANCEL;
}

uint64_t
inspect_last_try(struct inspected_message *l)
{
	return inspect_number(l->in, tried_key(l));
}

void
follow_tried(struct inspected_message *l)
{
	if (may_be_tried_again(l))
		inspect_put_number(l->in, tried_key(l), l->seq);
}
